"""A table, and the key figures of a page, as HTML with caption and header scopes.

Every text from data is escaped. The classes are styled by the page's template; in JupyterLab the
tables show in its own style.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["KeyFigures", "Link", "Table", "cell_content", "number_class"]

_FIGURE = re.compile(r"—|(?:并列)?[+−]?[\d.]+%?")
_ADDRESS = re.compile(r"[\w.~%/#-]+", re.ASCII)
_PAUSES = r"(?<=[年名])(?!$)|(?<=[环同]比)(?!$)|(?<=基尼)|(?=（)"
_WORDS = "(?<=审校)(?=不)|(?<=校不合)|(?<=未标)|(?<=标公开)"
_MIDDLES = "(?<=组)(?=中位)|(?<=中位数)(?=相)|(?<=组内)"
_BREAK = re.compile(rf"{_PAUSES}|{_WORDS}|{_MIDDLES}")


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to another page.

    Attributes:
        text: What is read.
        href: Where it leads: relative and percent-encoded, so that it never runs or asks anything.

    Raises:
        ValueError: The address is not percent-encoded, or names a scheme or a host.
    """

    text: str
    href: str

    def __post_init__(self) -> None:
        """Refuse an address that is more than a path of one's own."""
        if not _ADDRESS.fullmatch(self.href) or self.href.startswith("/"):
            raise ValueError(f"not a relative, percent-encoded address: {self.href!r}")

    def __str__(self) -> str:
        """Return what is read."""
        return self.text


Cell = str | int | Link


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that shows itself as HTML.

    Attributes:
        caption: What it shows.
        header: Column headers.
        rows: Rows of cells; whole numbers are counts (篇), set right and muted at 0.
        footer: Rows of totals.
        row_header: Which column names the row.
        note: A line under the table; empty: none.
        fine: Whether it is set small, as what stands at the end of a report is.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    footer: tuple[Row, ...] = ()
    row_header: int = 0
    note: str = ""
    fine: bool = False

    def _repr_html_(self) -> str:
        """Render the table; nothing where it has no rows."""
        if not self.rows:
            return ""
        head = "".join(
            f'<th scope="col"{number_class(sample)}>{_breakable(one)}</th>'
            for one, sample in zip(self.header, self.rows[0], strict=True)
        )
        parts = [
            f'<div class="zs-table-wrap" role="region" tabindex="0" '
            f'aria-label="{escape(self.caption)}">',
            f'<table class="zs-table{" zs-fine" if self.fine else ""}">'
            f"<caption>{escape(self.caption)}</caption>",
            f"<thead><tr>{head}</tr></thead>",
            f"<tbody>{self._lines(self.rows)}</tbody>",
            f"<tfoot>{self._lines(self.footer)}</tfoot>" if self.footer else "",
            "</table></div>",
            f'<p class="zs-note">{escape(self.note)}</p>' if self.note else "",
        ]
        return "\n".join(part for part in parts if part)

    def _lines(self, rows: Iterable[Sequence[Cell]]) -> str:
        return "\n".join(
            f"<tr>{''.join(self._cell(column, cell) for column, cell in enumerate(row))}</tr>"
            for row in rows
        )

    def _cell(self, column: int, cell: Cell) -> str:
        if column == self.row_header:
            return f'<th scope="row">{cell_content(cell)}</th>'
        if isinstance(cell, int):
            return f'<td class="num{"" if cell else " zero"}">{cell}</td>'
        return f"<td{number_class(cell)}>{cell_content(cell)}</td>"


def cell_content(cell: Cell) -> str:
    """Return a cell as HTML."""
    if isinstance(cell, Link):
        return f'<a href="{escape(cell.href)}">{escape(cell.text)}</a>'
    return escape(str(cell))


def _breakable(header: str) -> str:
    """Let a header break where one reads a pause, so that a column is as narrow as its cells."""
    return _BREAK.sub("<wbr/>", escape(header))


def number_class(cell: Cell) -> str:
    """Set numbers, and the headers above them, right."""
    is_number = isinstance(cell, int) or _FIGURE.fullmatch(str(cell))
    return ' class="num"' if is_number else ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The figures on top of the page: label, value, measure word and a line beneath."""

    figures: tuple[tuple[str, str, str, str], ...]

    def _repr_html_(self) -> str:
        """Render the figures as a list; without the page's style each item reads as a line."""
        cards = "\n".join(
            f'<li><span class="label">{escape(label)}</span> <span class="value">{escape(value)}'
            f'<span class="unit">{escape(measure)}</span></span>{_note(note)}</li>'
            for label, value, measure, note in self.figures
        )
        return f'<ul class="zs-keyfigures">\n{cards}\n</ul>'


def _note(text: str) -> str:
    return f' <span class="note">{escape(text)}</span>' if text else ""
