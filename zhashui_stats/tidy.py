"""The tidy table of a release (counts.csv): one row a unit and category, zeros included."""

from collections.abc import Iterator

from zhashui_stats.submissions import Submissions

__all__ = ["COLUMNS", "guard_text", "tidy_rows"]

COLUMNS = ("period", "group", "group_label", "unit", "category", "category_label", "count")
"""The header of the table."""

_FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")


def guard_text(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    Names and ids cannot begin so (see ``is_safe_name``), and are checked all the same; labels
    of groups and categories may. Whoever reads the table knows a row by its ids, and holds the
    guarded label against the label beside it: nothing is ever to be unguarded.

    >>> guard_text("=1+1"), guard_text("政务公开")
    ("'=1+1", '政务公开')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def tidy_rows(now: Submissions) -> Iterator[tuple[str, str, str, str, str, str, int]]:
    """Give the rows in the order of the annexes: units, then categories."""
    labels = {group.id: group.label for group in now.county.groups}
    for unit in now.units:
        for category in now.county.categories:
            texts = (
                str(now.period), unit.group, labels[unit.group],
                unit.name, category.id, category.label,
            )  # fmt: skip
            period, group, group_label, name, id_, label = map(guard_text, texts)
            count = now.counts[unit.name][category.id]
            yield period, group, group_label, name, id_, label, count
