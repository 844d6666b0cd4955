"""Claims against each other, where there is no table: what a circular says must fit together."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from zhashui_stats.audit.claims import Claim
from zhashui_stats.audit.facts import Scope
from zhashui_stats.model.county import Category, County

__all__ = ["Contradiction", "find_contradictions"]

Contradiction = tuple[int, str, str, str]
"""Number of the claim, its kind of contradiction, what should stand there, and why (Chinese)."""
_Totals = dict[Scope, tuple[int, Fraction]]


def find_contradictions(claims: Iterable[Claim], county: County) -> Iterator[Contradiction]:
    """Hold two mentions of one figure against each other, and parts against their whole.

    Only figures whose scope the words name are compared.
    """
    totals: _Totals = {}
    mentions: dict[object, Fraction] = {}
    for number, claim in enumerate(claims):
        if claim.value is None or claim.scope is None or claim.kind not in ("total", "unit_count"):
            continue
        key = (claim.kind, claim.units, claim.scope)
        before = mentions.setdefault(key, claim.value)
        if before != claim.value and claim.scope.category:
            yield number, "two_mentions", f"{before}", "前文对同一数字的说法不同"
        if claim.kind == "total":
            totals.setdefault(claim.scope, (number, claim.value))
    yield from _wrong_sums(totals, county)


def _wrong_sums(totals: _Totals, county: County) -> Iterator[Contradiction]:
    """Add up the groups of each category, and the categories of each group."""
    categories: tuple[Category | None, ...] = (*county.categories, None)
    groups = ((), *((group.id,) for group in county.groups))
    for category in categories:
        parts = [Scope((group.id,), category) for group in county.groups]
        yield from _wrong_sum(totals, Scope((), category), parts, "各组之和")
    for ids in groups:
        parts = [Scope(ids, category) for category in county.categories]
        yield from _wrong_sum(totals, Scope(ids), parts, "各类之和")


def _wrong_sum(
    totals: _Totals, whole: Scope, parts: list[Scope], said: str
) -> Iterator[Contradiction]:
    if whole not in totals or len(parts) < 2 or any(part not in totals for part in parts):
        return
    number, value = totals[whole]
    together = sum(totals[part][1] for part in parts)
    if together != value:
        yield number, "partition", f"{together}", f"与文中{said}不符"
