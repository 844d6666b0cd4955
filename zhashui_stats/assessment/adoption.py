"""Adoption (采用): what became of the articles that were sent in, and why some were rejected."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from zhashui_stats.assessment.by_unit import ByUnit, Keys, Record, tally_units, units_of
from zhashui_stats.model.articles import Column, Status

if TYPE_CHECKING:
    from zhashui_stats.ledger.frame import Ledger

__all__ = ["Adoption", "adoption", "reasons_by_unit", "rejection_reasons"]


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
    """Count the period's rejected articles (篇) by reason; the ledger has 退稿原因.

    Returns:
        Reason -> 篇, most first, equal counts by text. White space within a reason never
        matters. Articles without one stand under None (未写明), after their equals.
    """
    counts = Counter[str | None]()
    for reasons in ledger.ask(reasons_by_unit).values():
        counts.update(reasons)
    return _in_order(counts)


def reasons_by_unit(ledger: "Ledger") -> Mapping[str, Mapping[str | None, int]]:
    """Count each unit's rejected articles (篇) by reason, as ``rejection_reasons`` does."""
    rejected = ledger.not_adopted & ledger.with_status(Status.REJECTED)
    tallied = tally_units(ledger, Column.REASON.value, where=rejected)
    return {name: _in_order(_fold_reasons(texts)) for name, texts in tallied.items()}


def _fold_reasons(texts: Mapping[Keys, int]) -> Mapping[str | None, int]:
    counts = Counter[str | None]()
    for (text,), articles in texts.items():
        counts["".join((text or "").split()) or None] += articles
    return counts


def _in_order(counts: Mapping[str | None, int]) -> dict[str | None, int]:
    def place(reason: str | None) -> tuple[int, bool, str]:
        return -counts[reason], reason is None, reason or ""

    return {reason: counts[reason] for reason in sorted(counts, key=place)}
