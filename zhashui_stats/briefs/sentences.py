"""The sentences of a unit's own figures: beside those of its group, and of earlier periods.

What the circular says of the unit is ``mentions``; what a ledger shows of it is ``own_ledger``.
"""

from zhashui_stats.briefs.brief import Brief, OwnChange
from zhashui_stats.briefs.indicators import say_own_indicators
from zhashui_stats.briefs.standing import Standing
from zhashui_stats.briefs.standing_words import say_place
from zhashui_stats.comparison import Partial
from zhashui_stats.model.county import Category
from zhashui_stats.narrative.changes import say_against, say_doubts
from zhashui_stats.narrative.enumerations import say_names
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.numbers import say_half
from zhashui_stats.narrative.opening import with_notice
from zhashui_stats.narrative.prose import prose
from zhashui_stats.narrative.wording import name_category, name_group
from zhashui_stats.narrative.work import say_totals

__all__ = ["say_own_changes", "say_own_figures", "say_own_title", "say_standing"]


@prose
def say_own_title(brief: Brief) -> str:
    """Title: whose brief, on which period; and whether any of it is made up."""
    title = f"# {escape(brief.name)}{brief.now.period.label}信息采编情况简报"
    return with_notice(title, brief.now)


@prose
def say_own_figures(brief: Brief) -> str:
    """What was adopted of the unit, by category; where that places it; and how it changed.

    What the county's indicators say of it follows.
    """
    figures = f"{say_totals(brief.own)}{say_standing(brief)}\n\n{say_own_changes(brief)}"
    further = say_own_indicators(brief)
    return f"{figures}\n\n{further}" if further else figures


def say_standing(brief: Brief) -> str:
    """Rank and distance to the median of the group, in total and by category.

    Where nothing was adopted of the unit, nobody is praised or blamed with a rank.
    """
    total, group = brief.standing(), name_group(brief.group, brief.scope)
    if total.is_alone:
        return f"{escape(brief.group.label)}只有一个单位，没有名次和中位数可比。"
    if not total.most:
        return f"{group}均没有稿件被采用，不排名次。"
    if not total.count:
        return _beside(brief, group, total)
    if total.all_equal:
        said = f"{group}的采用总量均为{total.count}{_measure(brief)}，不排名次。"
    else:
        said = f"采用总量{_place(brief, total, f'在{group}中')}。"
    categories = brief.now.county.categories
    if len(categories) > 1:
        said += f"分类看，{'；'.join(_category(brief, category) for category in categories)}。"
    return said


def _beside(brief: Brief, group: str, total: Standing) -> str:
    """Say how the group fares where the unit itself has nothing."""
    active = sum(1 for unit in brief.scope.units if brief.scope.count(unit.name))
    middle = f"{say_half(total.median)}{_measure(brief)}"
    return f"{group}中，{active}个有稿件被采用，采用总量的中位数为{middle}。"


def _category(brief: Brief, category: Category) -> str:
    own, label = brief.standing(category.id), name_category(category)
    if own.all_equal:
        return f"{label}各单位均为{own.count}{_measure(brief)}"
    if own.count:
        return f"{label}{_place(brief, own)}"
    return f"没有{label}被采用（中位数为{say_half(own.median)}{_measure(brief)}）"


def _place(brief: Brief, own: Standing, within: str = "") -> str:
    """Say a rank and a distance, such as 列第3名，比中位数（5篇）多4篇."""
    measure = _measure(brief)
    middle = f"中位数（{say_half(own.median)}{measure}）"
    rank = f"{within}{say_place(own)}"
    if not own.distance:
        return f"{rank}，等于{middle}"
    more = "多" if own.distance > 0 else "少"
    return f"{rank}，比{middle}{more}{say_half(max(own.distance, -own.distance))}{measure}"


def say_own_changes(brief: Brief) -> str:
    """The unit against itself in earlier periods (环比, 同比), like for like.

    Part of a period is not held against a whole one.
    """
    whole = [change for change in brief.changes if change.is_new or not change.partial]
    said = [_change(brief, change) for change in whole]
    return "".join([*said, *_partials(brief), *say_doubts(brief.history)])


def _partials(brief: Brief) -> list[str]:
    """Say which comparisons are not made, as the unit was there for part of a period only."""
    terms: dict[Partial, list[str]] = {}
    for change in brief.changes:
        if change.partial and not change.is_new:
            terms.setdefault(change.partial, []).append(change.term)
    return [
        f"{_say_partial(partial)}，不作{'、'.join(named)}比较。" for partial, named in terms.items()
    ]


def _say_partial(partial: Partial) -> str:
    since = f"{partial.since.label}起纳入统计" if partial.since else ""
    until = f"只统计到{partial.until.label}" if partial.until else ""
    return f"{escape(partial.name)}{'，'.join(filter(None, (since, until)))}"


def _change(brief: Brief, change: OwnChange) -> str:
    before = change.against.before
    label = before.period.label
    if change.is_new:
        return f"{label}的名册中没有{escape(brief.name)}，不作{change.term}比较。"
    text = say_against(change.name, change.term, change.against)
    merged = [unit for unit in before.units if unit.name != brief.name]
    if not merged:
        return text
    measure = _measure(brief)
    parts = say_names(unit.name for unit in merged)
    counts = sum(before.count(unit.name) for unit in merged)
    return f"{text}{parts}已并入本单位，{label}的{counts}{measure}一并计入。"


def _measure(brief: Brief) -> str:
    return escape(brief.now.county.measure)
