"""Regularity (常态化): how sending in is spread over the period, by the day of 投稿日期.

Articles of every status count, as the day they were sent in is the unit's own doing. A ledger
that is asked has the column.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from zhashui_stats.assessment.by_unit import ByUnit, Record, tally_units, units_of
from zhashui_stats.model.articles import Column
from zhashui_stats.model.periods import Period, PeriodKind
from zhashui_stats.model.units import Unit

if TYPE_CHECKING:
    import pandas as pd

    from zhashui_stats.ledger.frame import Ledger

__all__ = [
    "Rush",
    "RushCount",
    "Unplaced",
    "idle_months",
    "monthly_counts",
    "regular_units",
    "rush",
    "undated_articles",
    "unplaced_articles",
]

_RISK = 0.05  # the chance that any unit at all is named though all spread evenly
_MONTH = 7  # so many characters of an ISO date name its month


@dataclass(frozen=True)
class RushCount(Record):
    """How much of a unit's articles came in the rush window.

    Attributes:
        articles: 篇, of the whole period.
        in_window: 篇, of the window.
    """

    labels: ClassVar = ("投稿", "期末投稿", "期末占比%")

    articles: int
    in_window: int

    @property
    def share(self) -> float | None:
        """The articles of the window in % of all; None where there are none."""
        return 100 * self.in_window / self.articles if self.articles else None

    @property
    def row(self) -> tuple[float | None, ...]:
        """Its counts and its share."""
        return (self.articles, self.in_window, self.share)


@dataclass(frozen=True)
class Rush:
    """Who sent in strikingly much at the period's end (突击投稿).

    Attributes:
        window_start: First day of the rush window, which ends with the period.
        even_share: The window's days in % of the period's.
        judged: The units with enough articles, and there throughout the period.
        named: Those whose articles in the window chance does not explain.
    """

    window_start: date
    even_share: float
    judged: ByUnit[RushCount]
    named: tuple[str, ...]

    @property
    def table(self) -> "pd.DataFrame":
        """The units judged, as ``ByUnit.table``, and in ``突击`` whether each is named."""
        return self.judged.table.assign(突击=[name in self.named for name in self.judged])


class Unplaced(NamedTuple):
    """A unit's articles of the period that stand in none of its months.

    Attributes:
        undated: 篇 that do not say when they were sent in.
        outside: 篇 that were sent in before the period, or after it.
    """

    undated: int = 0
    outside: int = 0


def monthly_counts(ledger: "Ledger") -> Mapping[str, Mapping[Period, int]]:
    """Count every unit's articles sent in (篇) in each month of the period, zeros included."""
    months = _months(ledger.period)
    return {
        name: {month: counts.get(month, 0) for month in months}
        for name, counts in ledger.ask(_sent).items()
    }


def idle_months(ledger: "Ledger") -> Mapping[str, tuple[Period, ...]]:
    """Name for every unit the months in which it sent in nothing.

    Months in which the unit was not there yet, or no more, are left out.
    """
    sent = ledger.ask(_sent)
    return {
        unit.name: tuple(
            month for month in _months_of(unit, ledger) if month not in sent[unit.name]
        )
        for unit in units_of(ledger)
    }


def regular_units(ledger: "Ledger") -> tuple[str, ...]:
    """Name the units that sent in an article in at least half of the months.

    Half of the period's months in which the unit was there.
    """
    idle = ledger.ask(idle_months)
    return tuple(
        unit.name
        for unit in units_of(ledger)
        if 2 * len(idle[unit.name]) <= len(_months_of(unit, ledger))
    )


def undated_articles(ledger: "Ledger") -> int:
    """Count the period's articles (篇) that do not say when they were sent in."""
    wanted = ledger.adopted | ledger.not_adopted
    days = ledger.tally(Column.SUBMITTED.value, where=wanted)
    return sum(articles for day, articles in days if not str(day or "").strip())


def unplaced_articles(ledger: "Ledger") -> Mapping[str, Unplaced]:
    """Count every unit's articles of the period that no month can be told for.

    While a unit has any, a month without a submission may be one of theirs.
    """
    day, wanted = Column.SUBMITTED, ledger.adopted | ledger.not_adopted
    tallied = tally_units(ledger, ledger.undated(day), ledger.within(day), where=wanted)
    return {
        name: Unplaced(counts[True, False], counts[False, False])
        for name, counts in tallied.items()
    }


def rush(ledger: "Ledger") -> Rush:
    """Find the units that sent in strikingly much in the last days of the period.

    Under an even spread each article falls in the window with the chance of the window's share
    of the days. A unit is named where as many in the window as it has would come about with less
    than 5 % divided by the number of units judged (Bonferroni), so that the chance of naming
    anybody wrongly stays below 5 %. Units with fewer articles than ``[ledger] rush_least`` and
    units that came or went within the period are not judged.
    """
    period = ledger.period
    days = (period.end - period.start).days + 1
    window = min(ledger.county.ledger.rush_days, days)
    start = period.end - timedelta(days=window - 1)
    counts = _rush_counts(ledger, start)
    units = tuple(unit for unit in units_of(ledger) if _is_judged(unit, counts[unit.name], ledger))
    judged = {unit.name: counts[unit.name] for unit in units}
    even = window / days
    named = (name for name, count in judged.items() if _is_rush(count, even, len(judged)))
    by_unit = ByUnit(RushCount, ledger.county, units, judged)
    return Rush(start, 100 * window / days, by_unit, tuple(named))


def _rush_counts(ledger: "Ledger", start: date) -> dict[str, RushCount]:
    in_window = ledger.day(Column.SUBMITTED) >= start.isoformat()
    tallied = tally_units(ledger, in_window, where=ledger.within(Column.SUBMITTED))
    return {name: RushCount(counts.total(), counts[True,]) for name, counts in tallied.items()}


def _is_judged(unit: Unit, counts: RushCount, ledger: "Ledger") -> bool:
    """Tell whether a unit has enough articles, and all of the period to spread them over."""
    throughout = not (unit.came_late(ledger.period) or unit.went_early(ledger.period))
    return throughout and counts.articles >= ledger.county.ledger.rush_least


def _is_rush(counts: RushCount, even: float, judged: int) -> bool:
    if counts.in_window <= even * counts.articles:
        return False
    return _chance(counts.in_window, counts.articles, even) < _RISK / judged


def _chance(least: int, articles: int, even: float) -> float:
    """Return the chance that at least so many of the articles fall in the window by chance.

    The upper tail of the binomial distribution, for ``least`` above its mean: the first term
    from its logarithm, as math.comb soon leaves the range of floats, and each further one from
    the one before.

    >>> round(_chance(2, 3, 0.5), 12)
    0.5
    """
    rest = articles - least
    ways = math.log(math.comb(articles, least))
    first = math.exp(ways + least * math.log(even) + rest * math.log1p(-even))
    odds = even / (1 - even)
    steps = ((articles - k) / (k + 1) * odds for k in range(least, articles))
    return first * math.fsum(accumulate(steps, mul, initial=1.0))


def _sent(ledger: "Ledger") -> dict[str, dict[Period, int]]:
    """Count every unit's articles of the period by the month in which they were sent in."""
    month = ledger.day(Column.SUBMITTED).str.head(_MONTH)
    tallied = tally_units(ledger, month, where=ledger.within(Column.SUBMITTED))
    return {
        name: {Period.parse(text): articles for (text,), articles in counts.items()}
        for name, counts in tallied.items()
    }


def _months(period: Period) -> tuple[Period, ...]:
    return tuple(part for part in period.nested() if part.kind is PeriodKind.MONTH)


def _months_of(unit: Unit, ledger: "Ledger") -> tuple[Period, ...]:
    months = _months(ledger.period)
    return tuple(month for month in months if month.overlaps(unit.since, unit.until))
