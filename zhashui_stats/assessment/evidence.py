"""What one ledger (台账) shows, each question asked of it once at most.

A question takes the engine tens of milliseconds, and several sentences rest on the same answer.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from zhashui_stats.assessment import (
    Adoption,
    ByUnit,
    Disclosure,
    ReviewChain,
    Rush,
    active_units,
    adoption,
    disclosure,
    idle_months,
    monthly_counts,
    review_chain,
    rush,
    timeliness,
)
from zhashui_stats.assessment.by_unit import tally_units
from zhashui_stats.assessment.timeliness import NEEDED as POLICY
from zhashui_stats.assessment.timeliness import TimelinessByUnit
from zhashui_stats.model.articles import Column, Status
from zhashui_stats.model.periods import Period

if TYPE_CHECKING:
    from zhashui_stats.ledger import Ledger

__all__ = ["Evidence", "Unplaced"]


class Unplaced(NamedTuple):
    """A unit's articles of the period that stand in none of its months.

    Attributes:
        undated: 篇 that do not say when they were sent in.
        outside: 篇 that were sent in before the period, or after it.
    """

    undated: int = 0
    outside: int = 0


@dataclass(frozen=True)
class Evidence:
    """The answers of one ledger; ask it first whether it has the columns.

    Attributes:
        ledger: The articles; checked.
    """

    ledger: "Ledger"

    def has(self, *columns: Column) -> bool:
        """Tell whether the ledger has all of these columns."""
        return self.ledger.has(*columns)

    @cached_property
    def adoption(self) -> ByUnit[Adoption]:
        """What became of each unit's articles."""
        return adoption(self.ledger)

    @cached_property
    def months(self) -> Mapping[str, Mapping[Period, int]]:
        """Every unit's articles sent in (篇) in each month, zeros included."""
        return monthly_counts(self.ledger)

    @cached_property
    def idle(self) -> Mapping[str, tuple[Period, ...]]:
        """The months in which a unit was there and sent in nothing."""
        return idle_months(self.ledger)

    @cached_property
    def regulars(self) -> tuple[str, ...]:
        """The units that sent something in in at least half of the months."""
        return active_units(self.ledger)

    @cached_property
    def undated(self) -> int:
        """How many of the period's articles (篇) do not say when they were sent in."""
        wanted = self.ledger.adopted | self.ledger.not_adopted
        days = self.ledger.tally(Column.SUBMITTED.value, where=wanted)
        return sum(articles for day, articles in days if not str(day or "").strip())

    @cached_property
    def unplaced(self) -> Mapping[str, Unplaced]:
        """Every unit's articles of the period that no month can be told for.

        While a unit has any, a month without a submission may be one of theirs.
        """
        ledger, day = self.ledger, Column.SUBMITTED
        tallied = tally_units(
            ledger, ledger.undated(day), ledger.within(day),
            where=ledger.adopted | ledger.not_adopted,
        )  # fmt: skip
        return {
            name: Unplaced(counts[True, False], counts[False, False])
            for name, counts in tallied.items()
        }

    @cached_property
    def rush(self) -> Rush:
        """Who sent in strikingly much at the period's end."""
        return rush(self.ledger)

    @cached_property
    def chains(self) -> ByUnit[ReviewChain]:
        """How each unit's adopted articles went through the review chain."""
        return review_chain(self.ledger)

    @cached_property
    def marks(self) -> ByUnit[Disclosure]:
        """The disclosure attributes of each unit's articles."""
        return disclosure(self.ledger)

    @cached_property
    def timeliness(self) -> TimelinessByUnit | None:
        """How soon interpretations followed; None: no time limit, or no column to tell."""
        days = self.ledger.county.requirements.interpretation_days
        if days is None or not self.has(*POLICY):
            return None
        return timeliness(self.ledger, days)

    @cached_property
    def reasons(self) -> Mapping[str, Mapping[str | None, int]]:
        """Unit name -> rejection reason -> 篇, ordered as ``rejection_reasons`` does.

        White space within a reason never matters; None: not given.
        """
        rejected = self.ledger.not_adopted & self.ledger.with_status(Status.REJECTED)
        tallied = tally_units(self.ledger, Column.REASON.value, where=rejected)
        return {name: _in_order(counts) for name, counts in tallied.items()}


def _in_order(counts: Mapping[tuple[str | None, ...], int]) -> dict[str | None, int]:
    reasons = Counter[str | None]()
    for (reason,), articles in counts.items():
        reasons["".join((reason or "").split()) or None] += articles
    return dict(sorted(reasons.items(), key=lambda one: (-one[1], one[0] is None, one[0] or "")))
