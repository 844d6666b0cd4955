"""Indicators (指标) in the sections of the circular: beside the total, who leads, who trails.

Which indicators a section tells follows from what they are, by the rules of
``docs/methodology.md``; a county that declares none has nothing of it.
"""

from collections.abc import Iterable
from functools import partial

from zhashui_stats.aggregate import Tie, cut_ties, group_ties, indicators_in, joint_scopes, ranked
from zhashui_stats.comparison import Change, Comparison
from zhashui_stats.errors import UndefinedFigure
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.county import County
from zhashui_stats.model.formulas import TOTAL_ID
from zhashui_stats.model.indicators import Indicator, Partition
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.enumerations import say_amounts
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.lists import Leading, half_of, leading, trailing
from zhashui_stats.narrative.numbers import say_amount, say_percent
from zhashui_stats.narrative.prose import prose
from zhashui_stats.narrative.wording import (
    NAMED,
    NO_AMOUNT,
    name_everyone,
    name_figure,
    say_measured,
)
from zhashui_stats.rating import assessed_column, explained

__all__ = [
    "leading_in",
    "led_figures",
    "say_figure_change",
    "say_figure_changes",
    "say_figure_leaders",
    "say_figures",
    "say_lowest",
    "say_size",
    "told_figures",
]


def told_figures(now: Submissions) -> tuple[Indicator, ...]:
    """一, 二（四）: the indicators told beside the total: counted ones and rates.

    Parts of a breakdown are told as such, and points in 三（五）.
    """
    points = _points_unit(now.county)
    return tuple(
        indicator
        for indicator in indicators_in(now)
        if indicator.is_counted != indicator.is_rate  # counted per cents have no total
        and not indicator.partition
        and indicator.unit != points
    )


def _points_unit(county: County) -> str | None:
    """Return the unit of the points (分) that the assessed figure adds up; None: it has none."""
    assessed = county.indicator(assessed_column(county))
    if assessed is None or assessed.is_counted or not assessed.adds_up:
        return None
    return None if assessed.unit == county.measure else assessed.unit


# --- 一、工作开展情况 -----------------------------------------------------------------------


@prose
def say_figures(now: Submissions) -> str:
    """一、工作开展情况: what stands beside the total: counted indicators, rates, breakdowns."""
    paragraphs = [_beside(now), "".join(_by_parts(now, split) for split in now.county.partitions)]
    return "\n\n".join(filter(None, paragraphs))


def _beside(now: Submissions) -> str:
    if not told_figures(now):
        return ""
    text = f"{name_everyone(now)}{_say_all(now)}。"
    if len(now.groups) == 1:
        return text
    scopes = [(group.label, now.of(group.id)) for group in now.groups]
    scopes += [(scope.label, part) for scope, part in joint_scopes(now).items()]
    said = [f"{escape(label)}{_say_all(part)}" for label, part in scopes if told_figures(part)]
    return f"{text}其中，{'；'.join(said)}。"


def _say_all(scope: Submissions) -> str:
    return "，".join(_say_total(scope, indicator) for indicator in told_figures(scope))


def _say_total(scope: Submissions, indicator: Indicator) -> str:
    amount = scope.total_amount(indicator.id)
    if amount is None:
        return f"{escape(indicator.label)}{NO_AMOUNT}"
    return escape(say_amount(indicator.label, indicator.say(amount)))


def _by_parts(now: Submissions, split: Partition) -> str:
    """Say a breakdown; nothing where there is nothing to divide, or no group in scope has it."""
    column = None if split.of == TOTAL_ID else split.of
    parts = [part for part in split.parts if part in indicators_in(now)]
    whole = now.total_amount(column)
    if not parts or not whole:
        return ""
    said = say_measured(now.county, column, whole)
    divided = "、".join(_say_total(now, part) for part in parts)
    return f"从{escape(split.label)}看，{name_figure(now.county, column)}{said}中，{divided}。"


def say_figure_changes(against: Comparison) -> str:
    """一、工作开展情况: what became of the indicators that are told beside the total."""
    said = [_say_figure_change(against, indicator) for indicator in told_figures(against.now)]
    return f"{'；'.join(said)}。" if said else ""


def _say_figure_change(against: Comparison, indicator: Indicator) -> str:
    label = escape(indicator.label)
    try:
        return f"{label}{say_figure_change(against.change(indicator.id), indicator)}"
    except UndefinedFigure:
        return f"{label}有一期{NO_AMOUNT}，不作比较"


def say_figure_change(change: Change, indicator: Indicator) -> str:
    """Say from what to what an indicator went; of a rate, by how many percentage points.

    The difference is that of the exact amounts, rounded as the indicator is.

    >>> from fractions import Fraction
    >>> rate = Indicator("rate", "采用率", "%", decimals=1)
    >>> say_figure_change(Change(70, Fraction("73.14")), rate)
    '由70.0%提高到73.1%，提高3.1个百分点'
    """
    before, after = (_measure(indicator, side) for side in (change.before, change.after))
    if not change.difference:
        return f"持平（均为{after}）"
    if indicator.show(change.size) == indicator.show(0):
        return f"基本持平（{after}）"
    rose = change.difference > 0
    if indicator.is_rate:
        verb = "提高" if rose else "下降"
        moved = f"由{before}{'提高到' if rose else '降至'}{after}"
        return f"{moved}，{verb}{_say_size(indicator, change.size)}"
    moved = f"由{before}{'增至' if rose else '减至'}{after}"
    if not change.before:
        return f"{moved}（基数为0，不计增幅）"
    if change.percent is None:
        return moved
    trend = "增长" if rose else "下降"
    return f"{moved}，{trend}{say_percent(max(change.percent, -change.percent))}"


def say_size(county: County, column: str | None, size: Amount) -> str:
    """Say by how much an amount of a figure (id) moved; that of a rate in 百分点."""
    indicator = county.indicator(column)
    return _say_size(indicator, size) if indicator else say_measured(county, column, size)


def _say_size(indicator: Indicator, size: Amount) -> str:
    if indicator.is_rate:
        return f"{indicator.show(size)}个百分点"
    return _measure(indicator, size)


def _measure(indicator: Indicator, amount: Amount) -> str:
    return f"{indicator.show(amount)}{escape(indicator.unit)}"


# --- 一（一） -------------------------------------------------------------------------------


def say_figure_leaders(now: Submissions) -> str:
    """一（一）: who leads in each indicator that adds up or is a rate, parts of others aside.

    The assessed figure, and the sums that it is made up of, are left to 三（五）.
    """
    if len(now.units) == 1:
        return ""
    return "".join(
        f"{_leaders(now, indicator)}{_deducted(now, indicator)}" for indicator in led_figures(now)
    )


def led_figures(now: Submissions) -> tuple[Indicator, ...]:
    """一（一）: the indicators of which it is told who leads."""
    made_up = [indicator for indicator, _ in explained(now.county) if indicator.adds_up]
    assessed = now.county.indicator(assessed_column(now.county))
    return tuple(
        indicator
        for indicator in indicators_in(now)
        if (indicator.adds_up or indicator.is_rate)
        and not indicator.partition
        and indicator not in (assessed, *made_up)
    )


def leading_in(now: Submissions, indicator: Indicator) -> Leading:
    """一（一）: find who leads in an indicator; of a rate at most half of those that have one."""
    room = NAMED if indicator.adds_up else min(NAMED, half_of(now, indicator.id))
    return leading(now, indicator.id, max(1, room))


def _leaders(now: Submissions, indicator: Indicator) -> str:
    """Say who has most; all who have any, where they are few. Nothing where nobody has any."""
    label = name_figure(now.county, indicator.id)
    ties = ranked(now, indicator.id)
    if len(ties) < 2:
        return _alike(now, indicator, ties)
    most = "最多" if indicator.is_counted else "最高"
    first = leading_in(now, indicator)
    if not first.ties:
        return ""
    if not first.is_named:
        said = _measure(indicator, first.ties[0][0])
        return f"{label}有{len(first.names)}个单位并列{most}，各{said}。"
    listed, named = say_amounts(first.ties, indicator.say), len(first.names)
    if indicator.adds_up and named == sum(len(names) for amount, names in ties if amount > 0):
        return f"有{label}的单位{'只' if named == 1 else ''}有{named}个：{listed}。"
    return f"{label}{most if named == 1 else '居前'}的是{listed}。"


def _alike(now: Submissions, indicator: Indicator, ties: Iterable[Tie]) -> str:
    """Say what all units have alike, of which it can be worked out for some alone, or for none."""
    label = name_figure(now.county, indicator.id)
    for amount, names in ties:
        said = _measure(indicator, amount)
        if len(names) == 1:
            return f"{label}只有{escape(names[0])}可以计算，为{said}。"
        is_whole = len(names) == len(now.units)
        who = name_everyone(now) if is_whole else f"可以计算的{len(names)}个单位"
        return f"{who}{label}均为{said}。"
    return f"{label}{NO_AMOUNT}。"


def _deducted(now: Submissions, indicator: Indicator) -> str:
    """Say of whom points were taken off, most first: those whose amount is below 0."""
    taken = {
        name: -amount for amount, names in ranked(now, indicator.id) for name in names if amount < 0
    }
    if not taken or len(ranked(now, indicator.id)) < 2:
        return ""
    ties, say = cut_ties(group_ties(taken), NAMED), partial(_say_taken, indicator)
    text = f"{name_figure(now.county, indicator.id)}为负的有{len(taken)}个"
    named = sum(len(names) for _, names in ties)
    if named == len(taken):
        return f"{text}：{say_amounts(ties, say)}。"
    if named:
        return f"{text}，扣得{'最多' if named == 1 else '较多'}的是{say_amounts(ties, say)}。"
    return f"{text}，最多的扣{_measure(indicator, max(taken.values()))}。"


def _say_taken(indicator: Indicator, amount: Amount) -> str:
    return f"扣{indicator.say(amount)}"


# --- 二（四） -------------------------------------------------------------------------------


def say_lowest(scope: Submissions, indicator: Indicator) -> str:
    """二（四）: which units of a group have the lowest rates, of those that have one."""
    last = trailing(scope, indicator.id, NAMED)
    if not last.ties:
        return ""
    label, names = name_figure(scope.county, indicator.id), last.names
    if not last.is_named:
        amount = _measure(indicator, last.ties[0][0])
        return f"{label}最低的有{len(names)}个，均为{amount}"
    which = "最低" if len(last.ties) == 1 else "居后"
    return f"{label}{which}的是{say_amounts(last.ties, indicator.say)}"
