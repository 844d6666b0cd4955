"""What of the figures a chart shows: its drawing and its text take the same units and shares."""

from zhashui_stats.aggregate import ranked
from zhashui_stats.phrases import say_annex
from zhashui_stats.submissions import Submissions

__all__ = [
    "MOST_ROWS",
    "active_units",
    "category_shares",
    "drawn_units",
    "groups_of_several",
    "labelled_parts",
    "say_undrawn",
]

MOST_ROWS = 45
"""Rows of a ranking that fit onto one printed page; the annexes hold the others."""


def active_units(now: Submissions) -> list[str]:
    """Name the units that sent anything, best first, ties in the roster's order."""
    return [name for count, names in ranked(now) if count for name in names]


def drawn_units(now: Submissions) -> list[str]:
    """Name the units that a ranking draws; where it must stop, it stops between two counts."""
    units = active_units(now)
    if len(units) <= MOST_ROWS:
        return units
    next_count = now.count(units[MOST_ROWS])
    return [unit for unit in units if now.count(unit) > next_count] or units[:MOST_ROWS]


def say_undrawn(now: Submissions) -> str:
    """Say how many units a ranking leaves out, and which annex has them; empty: none."""
    rest = active_units(now)[len(drawn_units(now)) :]
    if not rest:
        return ""
    most, least, measure = now.count(rest[0]), now.count(rest[-1]), now.county.measure
    span = f"{most}{measure}" if most == least else f"{least}至{most}{measure}"
    where = say_annex(now.county, now.groups[0].id) if len(now.groups) == 1 else "附件"
    return f"采用{span}的另外{len(rest)}个单位未画出，见{where}"


def _by_group(now: Submissions) -> list[Submissions]:
    return [now.of(group.id) for group in now.groups]


def labelled_parts(now: Submissions) -> dict[str, Submissions]:
    """Return each group by its label and, where there are several, the sum of all."""
    parts = {part.groups[0].label: part for part in _by_group(now)}
    return parts if len(parts) == 1 else {**parts, "合计": now}


def groups_of_several(now: Submissions) -> list[Submissions]:
    """Return the groups that have more than one unit."""
    return [part for part in _by_group(now) if len(part.units) > 1]


def category_shares(part: Submissions) -> list[tuple[str, int, float]]:
    """Give each category's label, count (篇) and share (%); the part sent something."""
    counts = [(one.label, part.total(one.id)) for one in part.county.categories]
    return [(label, n, 100 * n / part.total()) for label, n in counts]
