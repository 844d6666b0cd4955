"""What sentences of several sections share: what things are called, and whom something concerns."""

from collections.abc import Mapping

from zhashui_stats.aggregate import Tie, cut_ties, group_ties, ranked
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.county import Category, County, Group, Scope
from zhashui_stats.model.names import ADOPTED_TOTAL
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.enumerations import say_ties
from zhashui_stats.narrative.escaping import escape

__all__ = [
    "NAMED",
    "NO_AMOUNT",
    "ROOM",
    "all_equal",
    "name_category",
    "name_everyone",
    "name_figure",
    "name_group",
    "say_all_of",
    "say_annex",
    "say_annexes",
    "say_concerned",
    "say_measured",
    "say_split",
    "top_ties",
]

NAMED = 5
"""How many leading units a sentence names; whoever ties with the last is named too."""

NO_AMOUNT = "无从计算"
"""What is said of an amount that is undefined."""

ROOM = 30
"""How many names a sentence has room for before it points to the annex."""


def name_category(category: Category) -> str:
    """Name what a category counts, such as 政务动态信息."""
    return escape(category.wording)


def name_figure(county: County, column: str | None) -> str:
    """Name a figure by its id, such as 政务动态信息, 采用率, or 采用总量 for the sum of all."""
    return ADOPTED_TOTAL if column is None else escape(county.figure(column).wording)


def say_measured(county: County, column: str | None, amount: Amount | None) -> str:
    """Write an amount of a figure (id) with its unit, such as 18篇 or 87.5%."""
    shown = county.show(column, amount)
    return shown if amount is None else f"{shown}{escape(county.unit_of(column))}"


def name_group(group: Group | Scope, scope: Submissions) -> str:
    """Name a group, or several under one name, by its size, and one of one by its unit."""
    if len(scope.units) == 1:
        return escape(scope.units[0].name)
    return f"{len(scope.units)}个{escape(group.label)}"


def say_annex(county: County, group: str) -> str:
    """Name the annex that holds a group, which goes by its id or label."""
    return f"附件{county.groups.index(county.group(group)) + 1}"


def say_annexes(county: County, group: Group | Scope) -> str:
    """Name the annexes that hold a group, or several under one name."""
    groups = group.groups if isinstance(group, Scope) else (group.id,)
    return "、".join(say_annex(county, name) for name in groups)


def name_everyone(now: Submissions) -> str:
    """Name all units together, and a single one by its name."""
    return "各单位" if len(now.units) > 1 else escape(now.units[0].name)


def say_all_of(scope: Submissions) -> str:
    """Say 均 where there are several units to share what is said."""
    return "均" if len(scope.units) > 1 else ""


def all_equal(scope: Submissions, category: str | None = None) -> bool:
    """Tell whether all units have the same count, of one category or in total."""
    return len(ranked(scope, category)) == 1


def say_split(parts: Mapping[str, int], measure: str) -> str:
    """Say what becomes of a number that was just told: of all of it one thing, or several.

    Args:
        parts: What -> how many; those with 0 are not told.
        measure: The measure word, 篇.

    >>> say_split({"按时发布": 3, "超期": 0}, "篇"), say_split({"按时发布": 3, "超期": 1}, "篇")
    ('，均按时发布', '：3篇按时发布，1篇超期')
    """
    told = {what: number for what, number in parts.items() if number}
    if len(told) == 1:
        [(what, number)] = told.items()
        return f"，{'均' if number > 1 else ''}{what}"
    return f"：{'，'.join(f'{number}{escape(measure)}{what}' for what, number in told.items())}"


def top_ties(counts: Mapping[str, int]) -> list[Tie]:
    """Return about the first five of some counts (篇), most first, as ``cut_ties`` does.

    >>> top_ties({"甲镇": 1, "乙镇": 3, "丙镇": 1})
    [(3, ('乙镇',)), (1, ('甲镇', '丙镇'))]
    """
    return cut_ties(group_ties(counts), NAMED)


def say_concerned(counts: Mapping[str, int], measure: str) -> str:
    """Say whom something concerns: a single unit, each of a few, or the first of many.

    Args:
        counts: Unit name -> 篇; at least one is not 0.
        measure: The measure word, 篇.

    >>> say_concerned({"甲镇": 1, "乙镇": 3, "丙镇": 0}, "篇")
    '涉及2个单位：乙镇3篇，甲镇1篇'
    """
    concerned = {name: number for name, number in counts.items() if number}
    if len(concerned) == 1:
        return f"涉及{escape(next(iter(concerned)))}"
    ties, text = top_ties(concerned), f"涉及{len(concerned)}个单位"
    named = sum(len(names) for _, names in ties)
    if named == len(concerned):
        return f"{text}：{say_ties(ties, measure)}"
    if named:
        return f"{text}，{'最多' if named == 1 else '较多'}的是{say_ties(ties, measure)}"
    most = max(concerned.values())
    tied = sum(number == most for number in concerned.values())
    first = "" if tied == len(concerned) else f"其中{tied}个最多，"
    return f"{text}，{first}各{most}{escape(measure)}"
