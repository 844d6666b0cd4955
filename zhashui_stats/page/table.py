"""How any table gets onto a page, and the key figures on top of it: HTML for all readers.

Tables have a caption and header scopes, and every text from data is escaped. The classes are
styled by the page's template; in JupyterLab the tables show in its own style.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

__all__ = ["Cell", "Header", "KeyFigures", "Link", "Row", "Table"]

_ADDRESS = re.compile(r"[\w.~%/#-]+", re.ASCII)
_PAUSE = re.compile(r"(?<=年)(?!$)|(?=（)")


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
"""What stands in a table; a whole number is a count (篇), muted at 0."""

Row = tuple[Cell, ...]

Header = str | tuple[str, ...]
"""A column's header, or the pieces between which it may break into lines."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that shows itself as HTML.

    Attributes:
        caption: What it shows.
        header: Column headers.
        rows: Rows of cells.
        footer: Rows of totals.
        row_header: Which column names the row.
        note: A line under the table; empty: none.
        numeric: Whether the other columns hold numbers, set right, or text.
        fine: Whether it is set small, as what stands at the end of a report is.
        wide: Whether it has more columns than a page has room for in its usual type.
    """

    caption: str
    header: tuple[Header, ...]
    rows: tuple[Row, ...]
    footer: tuple[Row, ...] = ()
    row_header: int = 0
    note: str = ""
    numeric: bool = True
    fine: bool = False
    wide: bool = False

    def _repr_html_(self) -> str:
        """Render the table; nothing where it has no rows."""
        if not self.rows:
            return ""
        head = "".join(map(self._head_cell, range(len(self.header)), self.header))
        parts = [
            f'<div class="zs-table-wrap" role="region" tabindex="0" '
            f'aria-label="{escape(self.caption)}">',
            f'<table class="zs-table{" zs-wide" * self.wide}{" zs-fine" * self.fine}">'
            f"<caption>{escape(self.caption)}</caption>",
            f"<thead><tr>{head}</tr></thead>",
            f"<tbody>{self._lines(self.rows)}</tbody>",
            f"<tfoot>{self._lines(self.footer)}</tfoot>" if self.footer else "",
            "</table></div>",
            f'<p class="zs-note">{escape(self.note)}</p>' if self.note else "",
        ]
        return "\n".join(part for part in parts if part)

    def _head_cell(self, column: int, header: Header) -> str:
        number = ' class="num"' if self.numeric and column != self.row_header else ""
        pieces = _in_pairs(header) if self.wide and isinstance(header, str) else header
        return f'<th scope="col"{number}>{_breakable(pieces)}</th>'

    def _lines(self, rows: Iterable[Row]) -> str:
        return "\n".join(
            f"<tr>{''.join(map(self._body_cell, range(len(row)), row))}</tr>" for row in rows
        )

    def _body_cell(self, column: int, cell: Cell) -> str:
        if column == self.row_header:
            return f'<th scope="row">{_content(cell)}</th>'
        if not self.numeric or cell == "":
            return f"<td>{_content(cell)}</td>"
        return f'<td class="num{" zero" if cell == 0 else ""}">{_content(cell)}</td>'


def _in_pairs(header: str) -> tuple[str, ...]:
    """Cut a header of four characters or more into pairs, but for the unit in brackets.

    >>> _in_pairs("政务公开（篇）"), _in_pairs("采用率")
    (('政务', '公开', '（篇）'), ('采用率',))
    """
    label, bracket, unit = header.partition("（")
    size = 2 if len(label) >= 4 else len(label) or 1
    pairs = (label[at : at + size] for at in range(0, len(label), size))
    return (*pairs, f"{bracket}{unit}") if unit else tuple(pairs)


def _breakable(header: Header) -> str:
    """Let a header break between its pieces, behind a year and before a bracket.

    A column is then as narrow as its cells.
    """
    pieces = (header,) if isinstance(header, str) else header
    return "<wbr/>".join(_PAUSE.sub("<wbr/>", escape(piece)) for piece in pieces)


def _content(cell: Cell) -> str:
    if isinstance(cell, Link):
        return f'<a href="{escape(cell.href)}">{escape(cell.text)}</a>'
    return escape(str(cell))


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
