"""Adoption (采用): what became of the articles that were sent in, and why some were rejected."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from zhashui_stats.assessment.by_unit import ByUnit, Record, tally_units, units_of
from zhashui_stats.model.articles import Column, Status

if TYPE_CHECKING:
    from zhashui_stats.ledger.frame import Ledger

__all__ = ["NEEDED_FOR_REASONS", "Adoption", "adoption", "rejection_reasons"]

NEEDED_FOR_REASONS = (Column.REASON,)
"""The columns without which there are no rejection reasons."""


@dataclass(frozen=True)
class Adoption(Record):
    """What became of a unit's articles.

    Attributes:
        adopted: 篇, published within the period.
        rejected: 篇, sent in within the period where that date is known.
        pending: 篇, likewise; not decided, so no part of the rate.
    """

    labels: ClassVar = (*(status.label for status in Status), "采用率%")

    adopted: int
    rejected: int
    pending: int

    @property
    def rate(self) -> float | None:
        """The adopted articles in % of the adopted and rejected ones; None where there are none.

        >>> Adoption(adopted=3, rejected=1, pending=5).rate
        75.0
        """
        decided = self.adopted + self.rejected
        return 100 * self.adopted / decided if decided else None

    @property
    def row(self) -> tuple[float | None, ...]:
        """Its counts and its rate."""
        return (self.adopted, self.rejected, self.pending, self.rate)


def adoption(ledger: "Ledger") -> ByUnit[Adoption]:
    """Count each unit's adopted, rejected and pending articles; every ledger has the columns."""
    status = Column.STATUS.value
    adopted = tally_units(ledger, where=ledger.adopted)
    others = tally_units(ledger, status, where=ledger.not_adopted)
    records = {}
    for name, texts in others.items():
        counts = Counter[Status | None]()
        for (text,), articles in texts.items():
            counts[ledger.statuses[text]] += articles
        records[name] = Adoption(
            adopted[name].total(), counts[Status.REJECTED], counts[Status.PENDING]
        )
    return ByUnit(Adoption, ledger.county, units_of(ledger), records)


def rejection_reasons(ledger: "Ledger") -> Mapping[str | None, int]:
    """Count the period's rejected articles (篇) by reason (退稿原因).

    Ask first for ``ledger.has(*NEEDED_FOR_REASONS)``.

    Returns:
        Reason -> 篇, most first, equal counts by text. White space within a reason never
        matters. Articles without one stand under None (未写明), after their equals.
    """
    rejected = ledger.not_adopted & ledger.with_status(Status.REJECTED)
    counts = Counter[str | None]()
    for unit, reason, articles in ledger.tally(
        Column.UNIT.value, Column.REASON.value, where=rejected
    ):
        if ledger.unit(unit):
            counts["".join((reason or "").split()) or None] += int(articles)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0] is None, one[0] or ""))
    return dict(ordered)
