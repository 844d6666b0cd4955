"""Which of the figures a chart or a table shows.

A chart and its text alternative ask the same function, and so never tell different things; the
check of characters asks which reasons a page will hold.
"""

from collections.abc import Mapping
from itertools import islice

from zhashui_stats.aggregate import counts_of, scopes_of, units_with_any
from zhashui_stats.assessment import Evidence
from zhashui_stats.model.names import TOTAL
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.wording import say_annex

__all__ = [
    "MOST_REASONS",
    "MOST_ROWS",
    "category_shares",
    "drawn_units",
    "groups_of_several",
    "labelled_parts",
    "listed_reasons",
    "months_by_group",
    "say_undrawn",
]

MOST_ROWS = 45
"""Rows of a ranking that fit onto one printed page; the annexes hold the others."""

MOST_REASONS = 20
"""Reasons that a table lists; ledgers whose reasons are free text hold hundreds."""


def drawn_units(now: Submissions, category: str | None = None) -> tuple[str, ...]:
    """Name the units that a ranking draws; where it must stop, it stops between two counts."""
    units = units_with_any(now, category)
    if len(units) <= MOST_ROWS:
        return units
    counts = counts_of(now, category)
    next_count = counts[units[MOST_ROWS]]
    return tuple(unit for unit in units if counts[unit] > next_count) or units[:MOST_ROWS]


def say_undrawn(now: Submissions, category: str | None = None) -> str:
    """Say how many units a ranking leaves out, and which annex has them; empty: none."""
    rest = units_with_any(now, category)[len(drawn_units(now, category)) :]
    if not rest:
        return ""
    counts, measure = counts_of(now, category), now.county.measure
    most, least = counts[rest[0]], counts[rest[-1]]
    span = f"{most}{measure}" if most == least else f"{least}至{most}{measure}"
    where = say_annex(now.county, now.groups[0].id) if len(now.groups) == 1 else "附件"
    return f"采用{span}的另外{len(rest)}个单位未画出，见{where}"


def labelled_parts(now: Submissions) -> dict[str, Submissions]:
    """Return each group by its label and, where there are several, the sum of all."""
    return scopes_of(now, TOTAL)


def groups_of_several(now: Submissions) -> list[Submissions]:
    """Return the groups that have more than one unit."""
    scopes = [now.of(group.id) for group in now.groups]
    return [scope for scope in scopes if len(scope.units) > 1]


def category_shares(part: Submissions) -> list[tuple[str, int, float]]:
    """Give each category's label, count (篇) and share (%); the part sent something."""
    counts = [(category.label, part.total(category.id)) for category in part.county.categories]
    return [(label, count, 100 * count / part.total()) for label, count in counts]


def months_by_group(now: Submissions) -> dict[Period, list[int]]:
    """Count the articles sent in (篇) in each month, by group; nothing without their dates."""
    regularity = Evidence(now.ledger).regularity
    if regularity is None:
        return {}
    sent = regularity.months
    units = [[unit.name for unit in now.of(group.id).units] for group in now.groups]
    months = next(iter(sent.values()), {})
    return {
        month: [sum(sent[name][month] for name in names) for names in units] for month in months
    }


def listed_reasons(now: Submissions) -> tuple[Mapping[str | None, int], int, int]:
    """Give the rejection reasons (篇) that a table lists, most first; and what is left out.

    Returns:
        Reason -> 篇, None for no reason; the number of other reasons, and their articles (篇).
    """
    reasons = Evidence(now.ledger).all_reasons or {}
    # One row for the rest is no shorter than the one reason that it would stand for.
    most = MOST_REASONS if len(reasons) > MOST_REASONS + 1 else len(reasons)
    listed = dict(islice(reasons.items(), most))
    return listed, len(reasons) - most, sum(reasons.values()) - sum(listed.values())
