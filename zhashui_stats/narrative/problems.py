"""二、存在的问题: its opening, and （四）: thresholds, who sent nothing, how uneven it is."""

from collections.abc import Iterable, Sequence

from zhashui_stats.aggregate import (
    EVERY_UNIT,
    SHARES,
    gini,
    joint_scopes,
    middle_amount,
    ranked,
    scopes_of,
    threshold_units,
    thresholds_of,
    top_share,
    units_with_none,
)
from zhashui_stats.model.county import Group, Scope, Threshold
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.enumerations import say_names
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.figures import say_lowest, told_figures
from zhashui_stats.narrative.lists import few_with_any, has_room
from zhashui_stats.narrative.numbers import say_decimal, say_half, say_percent
from zhashui_stats.narrative.practice import has_evidence
from zhashui_stats.narrative.prose import prose
from zhashui_stats.narrative.titled import TitledSection
from zhashui_stats.narrative.wording import (
    NO_AMOUNT,
    all_equal,
    name_category,
    name_figure,
    name_group,
    say_annexes,
    say_measured,
)

__all__ = [
    "say_bound",
    "say_concentration",
    "say_imbalance",
    "say_problems",
    "tell_imbalance",
]

_SECTIONS = ("二（一）", "二（二）", "二（三）", "二（五）")  # those that the tables cannot show
_ORDER = ("（一）", "（二）", "（三）", "（四）", "（五）")


@prose
def say_problems(now: Submissions) -> str:
    """二、存在的问题, opening: which of the five points rest on what."""
    evident = [section for section in _SECTIONS if has_evidence(now, section)]
    told = [section for section in _SECTIONS if section in now.remarks and section not in evident]
    silent = [section for section in _SECTIONS if section not in (*evident, *told)]
    tables = "台账" if now.ledger else "统计表"
    text = f"以下五个方面中，{_points(['二（四）', *evident])}由{tables}得出"
    noted = [section for section in ("二（四）", *evident) if section in now.remarks]
    if noted:
        which = "并" if len(noted) > len(evident) else f"其中{_points(noted)}"
        text += f"，{which}附经办人说明"
    text += f"；{_points(told)}引用经办人说明" if told else ""
    text += f"；{_points(silent)}本期没有数据" if silent else ""
    return f"{text}。"


def _points(sections: Iterable[str]) -> str:
    return "、".join(sorted((section[1:] for section in sections), key=_ORDER.index))


@prose
def say_imbalance(now: Submissions) -> str:
    """二（四）: the lists at and below the thresholds, and who sent nothing, group by group.

    Indicators follow the categories of their group, and what the county counts under one name
    follows the groups.
    """
    return tell_imbalance(now).say(now)


def tell_imbalance(now: Submissions) -> TitledSection:
    """二（四）, title and text apart."""
    paragraphs = []
    for group in now.groups:
        scope = now.of(group.id)
        paragraphs += [_thresholds(scope, group), _zeros(scope, group), _behind(scope, group)]
    paragraphs += [_thresholds(part, scope) for scope, part in joint_scopes(now).items()]
    text = "\n\n".join(filter(None, paragraphs))
    return TitledSection("二（四）", _imbalance_title(now), text)


def _imbalance_title(now: Submissions) -> str:
    if not now.total():
        return "本期没有稿件被采用"
    if len(now.units) == 1:
        return "只有一个投稿单位"
    if not all_equal(now):
        return "信息数量不均衡"
    if all(all_equal(now, category.id) for category in now.county.categories):
        return "各单位信息数量相同"
    return "各单位采用总量相同，类别构成不同"


def _thresholds(scope: Submissions, group: Group | Scope) -> str:
    """Give the lists at and below the thresholds; of what was adopted only where anything was."""
    listed = [
        _threshold(scope, group, threshold)
        for threshold in thresholds_of(scope, group.id)
        if scope.total() or scope.county.indicator(threshold.figure)
    ]
    return f"{_among(group, scope)}{'；'.join(listed)}。" if listed else ""


def _threshold(scope: Submissions, group: Group | Scope, threshold: Threshold) -> str:
    label = name_figure(scope.county, threshold.figure)
    names, bound = threshold_units(scope, threshold), say_bound(scope, threshold)
    if len(scope.units) == 1:
        return f"{label}{_reached(scope, threshold)}"
    if not names:
        return f"没有{label}{bound}的单位"
    if len(names) == len(scope.units):
        return f"{label}均{'在' if threshold.at_least is not None else ''}{bound}"
    if not has_room(names):
        return f"{label}{bound}的有{len(names)}个，见{say_annexes(scope.county, group)}"
    return f"{label}{bound}的有{len(names)}个：{say_names(names)}"


def say_bound(scope: Submissions, threshold: Threshold) -> str:
    """Say a threshold: 10篇以上 (inclusive), or 不足10篇."""
    bound = threshold.below if threshold.at_least is None else threshold.at_least
    said = say_measured(scope.county, threshold.figure, bound)
    return f"不足{said}" if threshold.at_least is None else f"{said}以上"


def _reached(scope: Submissions, threshold: Threshold) -> str:
    """Say of a single unit whether it reaches a threshold, be it stated as 以上 or as 以下."""
    bound = threshold.below if threshold.at_least is None else threshold.at_least
    amount = scope.total_amount(threshold.figure)
    if amount is None:
        return NO_AMOUNT
    is_below = amount < (bound or 0)
    said = say_measured(scope.county, threshold.figure, bound)
    return f"{'不足' if is_below else '达到'}{said}"


def _zeros(scope: Submissions, group: Group) -> str:
    """Say, category by category, who has nothing; categories without any or without all as one."""
    size, categories = len(scope.units), scope.county.categories
    zeros = {category: len(units_with_none(scope, category.id)) for category in categories}
    empty = [name_category(category) for category in categories if zeros[category] == size]
    full = [name_category(category) for category in categories if not zeros[category]]
    if max(len(empty), len(full)) == len(categories):
        what = "各类信息" if len(categories) > 1 else name_category(categories[0])
        every = "均" if size > 1 or len(categories) > 1 else ""
        return f"{name_group(group, scope)}的{what}{every}{'' if empty else '不'}为0。"
    said = [
        _some_zero(scope, group, category.id)
        for category in categories
        if 0 < zeros[category] < size
    ]
    said += [f"{'、'.join(empty)}{'全部' if size > 1 else _all_of(empty)}为0"] if empty else []
    said += [f"{'、'.join(full)}{'均' if size > 1 else _all_of(full)}不为0"] if full else []
    return f"{_among(group, scope)}{'；'.join(said)}。"


def _all_of(things: Sequence[str]) -> str:
    return "均" if len(things) > 1 else ""


def _some_zero(scope: Submissions, group: Group, column: str) -> str:
    """Name who has nothing; where that is more than half, the number leads."""
    zeros = units_with_none(scope, column)
    text = f"{name_figure(scope.county, column)}为0的有{len(zeros)}个"
    if others := few_with_any(scope, column):
        return f"{text}，超过半数，只有{say_names(others)}不为0"
    if 2 * len(zeros) > len(scope.units):
        text += "，超过半数"
    if not has_room(zeros):
        return f"{text}，见{say_annexes(scope.county, group)}"
    return f"{text}：{say_names(zeros)}"


def _behind(scope: Submissions, group: Group) -> str:
    """Say, indicator by indicator, who has nothing, and whose rates are lowest."""
    said = []
    for indicator in told_figures(scope) if len(scope.units) > 1 else ():
        zeros = len(units_with_none(scope, indicator.id))
        if indicator.is_rate:
            said.append(say_lowest(scope, indicator))
        elif zeros == len(scope.units):
            said.append(f"{name_figure(scope.county, indicator.id)}全部为0")
        elif zeros:
            said.append(_some_zero(scope, group, indicator.id))
    told = "；".join(filter(None, said))
    return f"{_among(group, scope)}{told}。" if told else ""


def _among(group: Group | Scope, scope: Submissions) -> str:
    """Begin a sentence on some units of a group, or on its only one."""
    return f"{name_group(group, scope)}{'中，' if len(scope.units) > 1 else ''}"


@prose
def say_concentration(now: Submissions) -> str:
    """二（四）: how unevenly the units submitted, in figures."""
    if not now.total():
        return "本期没有稿件被采用，集中程度无从计算。"
    if len(now.units) == 1:
        return "只有一个投稿单位，不计算集中程度。"
    scopes = scopes_of(now, EVERY_UNIT).items()
    said = [_concentration(escape(label), scope) for label, scope in scopes if len(scope.units) > 1]
    return f"{'；'.join(said)}。基尼系数在0和1之间，0表示各单位数量相同，越接近1越集中。"


def _concentration(label: str, scope: Submissions) -> str:
    coefficient, middle = gini(scope), middle_amount(scope)
    if coefficient is None or middle is None:
        return f"{label}没有稿件被采用"
    measure, even = escape(scope.county.measure), say_decimal(coefficient, 2)
    if all_equal(scope):
        count = ranked(scope)[0][0]
        return f"{label}的采用总量均为{count}{measure}，各单位数量相同，基尼系数{even}"
    shares = "".join(
        f"{'第' if first == 1 else '、前'}{first}名占{say_percent(share)}"
        for first in SHARES
        if (share := top_share(scope, first)) is not None
    )
    middle_said = say_half(middle)
    return f"{label}的采用总量，{shares}，中位数{middle_said}{measure}，基尼系数{even}"
