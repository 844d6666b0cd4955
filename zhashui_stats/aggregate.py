"""The sums: pure functions of one period's Submissions.

A scope is chosen beforehand, ``gini(now.of("towns"))``; a category or an indicator by whatever
names it (``County.column``), and None means the sum of all categories. Units for which a figure is
undefined, or which have none of it, take no part. What was found is kept with the Submissions, so
that a sentence, its table and its chart take the same result. ``tabulation`` shows the sums as
tables for analysis. Definitions stand in ``docs/methodology.md``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from statistics import median as _median
from types import MappingProxyType
from typing import TypeAlias, cast

from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.county import Scope, Threshold
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.rounding import Percent
from zhashui_stats.model.submissions import Submissions, ask

__all__ = [
    "EVERY_UNIT",
    "SHARES",
    "Concentration",
    "Tie",
    "amounts_of",
    "counts_of",
    "cut_ties",
    "first_ties",
    "gini",
    "group_ties",
    "indicators_in",
    "joint_scopes",
    "last_ties",
    "leaders",
    "measure_concentration",
    "median",
    "middle_amount",
    "ranked",
    "scopes_of",
    "threshold_units",
    "thresholds_of",
    "top_share",
    "units_at_least",
    "units_below",
    "units_undefined",
    "units_with_any",
    "units_with_none",
]

Tie: TypeAlias = tuple[Amount, tuple[str, ...]]
"""An amount (of a category 篇) and the names that share it."""

EVERY_UNIT = "全部单位"
"""What all groups together are called where their units are not added up."""

SHARES = (1, 3, 5)
"""Of how many first units a share is told."""


# --- Counts and ties ----------------------------------------------------------------------------


def counts_of(now: Submissions, category: str | None = None) -> Mapping[str, int]:
    """Give every unit's count (篇) in a category or in all, in the order of the annexes."""
    return cast("Mapping[str, int]", amounts_of(now, category))


def amounts_of(now: Submissions, figure: str | None = None) -> Mapping[str, Amount]:
    """Give every unit's amount of a figure, in the order of the annexes; only defined ones."""
    return ask(now, _measure_units, now.county.column(figure))


def _measure_units(now: Submissions, column: str | None) -> Mapping[str, Amount]:
    amounts = {unit.name: now.amount(unit.name, column) for unit in now.units}
    return MappingProxyType(
        {name: amount for name, amount in amounts.items() if amount is not None}
    )


def group_ties(counts: Mapping[str, Amount]) -> list[Tie]:
    """Group names by count, most first, the names of one count in their given order.

    >>> group_ties({"甲镇": 1, "乙镇": 3, "丙镇": 1})
    [(3, ('乙镇',)), (1, ('甲镇', '丙镇'))]
    """
    ties: dict[Amount, list[str]] = {}
    for name, count in sorted(counts.items(), key=lambda item: -item[1]):
        ties.setdefault(count, []).append(name)
    return [(count, tuple(names)) for count, names in ties.items()]


def cut_ties(ties: Iterable[Tie], first: int) -> list[Tie]:
    """Take about the first so many names of those with any, and never some of a tie alone.

    The last count is taken with all its names where that makes at most two more than ``first``,
    and left out otherwise, with all that follows; so the result may be empty.

    >>> ties = [(9, ("甲镇",)), (5, ("乙镇", "丙镇", "丁镇")), (1, ("戊镇",))]
    >>> cut_ties(ties, 2), cut_ties(ties, 1)
    ([(9, ('甲镇',)), (5, ('乙镇', '丙镇', '丁镇'))], [(9, ('甲镇',))])
    """
    return _cut(takewhile(lambda tie: tie[0] > 0, ties), first)


def _cut(ties: Iterable[Tie], first: int) -> list[Tie]:
    head: list[Tie] = []
    room = first + 2
    for count, names in ties:
        if len(names) > room or room <= 2:
            break
        head.append((count, names))
        room -= len(names)
    return head


def ranked(now: Submissions, category: str | None = None) -> list[Tie]:
    """Group the ranking by count: each count (篇) with the units that share it, most first."""
    return list(ask(now, _rank_units, now.county.column(category)))


def _rank_units(now: Submissions, column: str | None) -> tuple[Tie, ...]:
    return tuple(group_ties(amounts_of(now, column)))


def leaders(now: Submissions, category: str | None, first: int) -> list[Tie]:
    """Return the ranking's head: about the first so many units with any, as ``cut_ties`` does."""
    return cut_ties(ranked(now, category), first)


def first_ties(now: Submissions, figure: str | None, first: int) -> list[Tie]:
    """Return the ranking's head as ``leaders`` does, whatever it is that the units have."""
    return _cut(ranked(now, figure), first)


def last_ties(now: Submissions, figure: str | None, last: int) -> list[Tie]:
    """Return the ranking's end, least first: about the last so many units, cut as ``cut_ties``.

    Who is first is never among the last.
    """
    return _cut(reversed(ranked(now, figure)[1:]), last)


# --- Lists of units -----------------------------------------------------------------------------


def units_at_least(now: Submissions, category: str | None, count: Amount) -> tuple[str, ...]:
    """Name the units with at least so many 篇 (以上, inclusive), most first."""
    return _where(now, category, lambda n: n >= count)


def units_below(now: Submissions, category: str | None, count: Amount) -> tuple[str, ...]:
    """Name the units with fewer 篇 than this (以下, exclusive), most first."""
    return _where(now, category, lambda n: n < count)


def units_with_any(now: Submissions, category: str | None = None) -> tuple[str, ...]:
    """Name the units that sent anything, most first, ties in the order of the annexes."""
    return _where(now, category, lambda n: n != 0)


def units_with_none(now: Submissions, category: str | None = None) -> tuple[str, ...]:
    """Name the units that sent nothing, in the order of the annexes."""
    return _where(now, category, lambda n: n == 0)


def units_undefined(now: Submissions, figure: str | None = None) -> tuple[str, ...]:
    """Name the units that have no amount of a figure, in the order of the annexes."""
    defined = amounts_of(now, figure)
    return tuple(unit.name for unit in now.units if unit.name not in defined)


def _where(
    now: Submissions, category: str | None, wanted: Callable[[Amount], bool]
) -> tuple[str, ...]:
    return tuple(name for n, names in ranked(now, category) if wanted(n) for name in names)


def thresholds_of(now: Submissions, group: str) -> tuple[Threshold, ...]:
    """Return the thresholds that apply to a group (id), or a scope (label), in this period."""
    applying = now.county.thresholds_for(now.period, summed=now.summed)
    return tuple(threshold for threshold in applying if threshold.group == group)


def threshold_units(scope: Submissions, threshold: Threshold) -> tuple[str, ...]:
    """Name the units of a group at least at, or below, a threshold, most first."""
    if threshold.at_least is not None:
        return units_at_least(scope, threshold.figure, threshold.at_least)
    return units_below(scope, threshold.figure, threshold.below or 0)


# --- How even it is -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Concentration:
    """How unevenly the units of a scope submitted.

    Attributes:
        label: The scope's: a group's label, or 全部单位.
        size: How many units it has.
        most: 篇 (of an indicator, its unit) of the unit that has most.
        median: 篇 likewise; None for a scope of one unit, which is neither even nor uneven.
        shares: Of the first 1, 3 and 5 units; None where there are not more, or nothing was sent.
        gini: From 0 to 1; None for a scope of one unit, and where nothing was sent.
    """

    label: str
    size: int
    most: Amount
    median: Amount | None
    shares: tuple[Percent | None, ...]
    gini: float | None


def measure_concentration(
    now: Submissions, category: str | None = None
) -> tuple[Concentration, ...]:
    """Measure each group and, where there are several, all units together."""
    return ask(now, _measure_all, now.county.column(category))


def _measure_all(now: Submissions, column: str | None) -> tuple[Concentration, ...]:
    scopes = scopes_of(now, EVERY_UNIT)
    return tuple(_measure(label, scope, column) for label, scope in scopes.items())


def _measure(label: str, scope: Submissions, column: str | None) -> Concentration:
    several = len(scope.units) > 1
    return Concentration(
        label,
        len(scope.units),
        max(amounts_of(scope, column).values(), default=0),
        middle_amount(scope, column) if several else None,
        tuple(top_share(scope, first, column) for first in SHARES),
        gini(scope, column) if several else None,
    )


def scopes_of(now: Submissions, all_of_them: str) -> dict[str, Submissions]:
    """Return each group by its label and, where there are several, all by another one."""
    scopes = {group.label: now.of(group.id) for group in now.groups}
    return scopes if len(scopes) == 1 else {**scopes, all_of_them: now}


def joint_scopes(now: Submissions) -> Mapping[Scope, Submissions]:
    """Return the units that the county counts under one name, by its scopes; none is empty."""
    here = {group.id for group in now.groups}
    within = {
        scope: [group for group in scope.groups if group in here] for scope in now.county.scopes
    }
    return {scope: now.of(groups) for scope, groups in within.items() if groups}


def indicators_in(now: Submissions) -> tuple[Indicator, ...]:
    """Return the indicators that a group in scope has, in the order of ``county.toml``."""
    return tuple(
        indicator
        for indicator in now.county.indicators
        if any(indicator.applies_to(group.id) for group in now.groups)
    )


def top_share(now: Submissions, first: int, category: str | None = None) -> Percent | None:
    """Return the share (%) of the first so many units of the ranking.

    None where nothing was sent, where there are not more units than ``first``, and for what does
    not add up to a whole: a rate, or amounts below 0.
    """
    amounts = _parts_of_whole(now, now.county.column(category))
    total = sum(amounts)
    if not total or not 0 < first < len(amounts):
        return None
    return Percent(100 * sum(amounts[-first:]) / total)


def _parts_of_whole(now: Submissions, column: str | None) -> list[Amount]:
    """Return the units' amounts, ascending; nothing where they are no parts of a whole."""
    indicator = now.county.indicator(column)
    amounts = sorted(amounts_of(now, column).values())
    is_whole = indicator is None or (indicator.adds_up and not indicator.is_rate)
    return amounts if is_whole and amounts and amounts[0] >= 0 else []


def gini(now: Submissions, category: str | None = None) -> float | None:
    """Return the Gini coefficient over all units of the scope, zeros included.

    0: all sent the same; towards 1: one unit sent everything. Not corrected for the number of
    units; None where nothing was sent, and for what does not add up to a whole.
    G = Σᵢ(2i − n − 1)·xᵢ / (n·Σx), x ascending, i from 1.
    """
    return ask(now, _gini, now.county.column(category))


def _gini(now: Submissions, column: str | None) -> float | None:
    amounts = _parts_of_whole(now, column)
    total, size = sum(amounts), len(amounts)
    if not total:
        return None
    return float(sum((2 * i - size - 1) * n for i, n in enumerate(amounts, 1)) / (size * total))


def median(now: Submissions, category: str | None = None) -> float | None:
    """Return the median (篇) over all units of the scope, None where there is no unit."""
    middle = middle_amount(now, category)
    return None if middle is None else float(middle)


def middle_amount(now: Submissions, figure: str | None = None) -> Amount | None:
    """Return the median exactly: an amount, or halfway between two."""
    amounts = [Fraction(amount) for amount in amounts_of(now, figure).values()]
    middle = _median(amounts) if amounts else None
    return int(middle) if middle is not None and middle.denominator == 1 else middle
