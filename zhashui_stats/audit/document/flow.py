"""Lines and tables in reading order, as the formats hand them in, become one text."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

__all__ = ["Document", "Flow", "TableRows", "TextTable", "assemble", "clean"]

TableRows: TypeAlias = tuple[tuple[str, ...], ...]
LineOrTable: TypeAlias = str | TableRows

# Form feeds and tabs lay out a text; every other control character only shifts what is counted.
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF))
_BREAKS = {"\r\n": "\n", "\r": "\n", "\v": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
_BREAK = re.compile("|".join(_BREAKS))
for _kept in "\t\n\f":
    del _CONTROLS[ord(_kept)]

# A cell that holds more is a part of a page laid out with a table, not a figure or a name.
_LONGEST_CELL = 300
# No table that people draw up has cells that span more.
_WIDEST = 40


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table within a text.

    Attributes:
        start: First character of the table in the text.
        end: Behind its last character.
        rows: One row a line of ``text[start:end]``; lines that hold no cells give empty rows.
    """

    start: int
    end: int
    rows: TableRows


@dataclass(frozen=True)
class Document:
    """A document as read.

    Attributes:
        name: File name without folder.
        text: Its characters; no control characters but line feed, tab and form feed.
        tables: Where its tables stand, in the order of the text; the rest is prose.
    """

    name: str
    text: str
    tables: tuple[TextTable, ...] = ()

    def line_of(self, place: int) -> int:
        r"""Return the number of the line that a character stands in, from 1.

        >>> Document("a.txt", "甲\n乙").line_of(2)
        2
        """
        return bisect_left(self._line_ends, place) + 1

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]


def clean(text: str) -> str:
    r"""Make every line end ``\n`` and drop control characters.

    >>> clean("甲\r\n乙\x00丙\f")
    '甲\n乙丙\x0c'
    """
    return _BREAK.sub(lambda found: _BREAKS[found[0]], text).translate(_CONTROLS)


def assemble(blocks: Iterable[LineOrTable]) -> tuple[str, tuple[TextTable, ...]]:
    r"""Lay lines and tables out as a text; a row is a line with tabs between its cells.

    >>> text, tables = assemble(["附件1", (("单位", "篇"), ("甲镇", "2")), "完"])
    >>> text
    '附件1\n单位\t篇\n甲镇\t2\n完'
    >>> text[tables[0].start : tables[0].end]
    '单位\t篇\n甲镇\t2'
    """
    parts: list[str] = []
    tables: list[TextTable] = []
    place = 0
    for block in blocks:
        part = clean(block) if isinstance(block, str) else ""
        if not isinstance(block, str):
            rows = tuple(tuple(clean(cell) for cell in row) for row in block)
            part = "\n".join(map("\t".join, rows))
            tables.append(TextTable(place, place + len(part), rows))
        parts.append(part)
        place += len(part) + 1
    return "\n".join(parts), tuple(tables)


@dataclass
class _OpenCell:
    blocks: list[LineOrTable] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass
class _OpenTable:
    rows: list[list[_OpenCell]] = field(default_factory=list)


class Flow:
    """Collects what a reader sees: text and line ends, tables within cells within tables."""

    def __init__(self) -> None:
        """Start with an empty page."""
        self._page = _OpenCell()
        self._tables: list[_OpenTable] = []
        self._lines: list[list[str]] = [[]]

    def add(self, text: str) -> None:
        """Go on with the line."""
        self._lines[-1].append(text)

    def end_line(self, *, keep_blank: bool = False) -> None:
        """End the line; a line with nothing on it counts only where it is to be kept."""
        line = "".join(self._lines[-1]).strip(" \t")
        self._lines[-1].clear()
        if line or keep_blank:
            self._cell.blocks.append(line)

    def open_box(self) -> None:
        """Begin a text box, whose lines come before the line that holds it."""
        self._lines.append([])

    def close_box(self) -> None:
        """End the text box."""
        self.end_line()
        self._lines.pop()

    def open_table(self) -> None:
        """Begin a table."""
        self.end_line()
        self._tables.append(_OpenTable())

    def open_row(self) -> None:
        """Begin a row."""
        self.end_line()
        if self._tables:
            self._tables[-1].rows.append([])

    def open_cell(self, columns: int = 1, rows: int = 1) -> None:
        """Begin a cell that spans so many columns and rows."""
        self.end_line()
        if not self._tables:
            return
        table = self._tables[-1]
        if not table.rows:
            table.rows.append([])
        cell = _OpenCell(columns=min(max(columns, 1), _WIDEST), rows=max(rows, 1))
        table.rows[-1].append(cell)

    def close_cell(self) -> None:
        """End a cell."""
        self.end_line()

    def close_table(self) -> None:
        """End a table; a table that only lays out a page becomes lines."""
        self.end_line()
        if not self._tables:
            return
        table = self._tables.pop()
        rows = [row for row in table.rows if row]
        if _is_layout(rows):
            self._cell.blocks.extend(_unfold(rows))
        else:
            self._cell.blocks.append(_grid(rows))

    def blocks(self) -> list[LineOrTable]:
        """End the page and return its lines and tables."""
        while self._tables:
            self.close_table()
        self.end_line()
        return self._page.blocks

    @property
    def _cell(self) -> _OpenCell:
        for table in reversed(self._tables):
            for row in table.rows[-1:]:
                if row:
                    return row[-1]
        return self._page


def _is_layout(rows: Sequence[Sequence[_OpenCell]]) -> bool:
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return True
    cells = [cell for row in rows for cell in row]
    return any(
        not isinstance(block, str) or len(block) > _LONGEST_CELL
        for cell in cells
        for block in cell.blocks
    )


def _unfold(rows: Iterable[Sequence[_OpenCell]]) -> Iterable[LineOrTable]:
    for row in rows:
        filled = [cell for cell in row if any(cell.blocks)]
        if all(len(cell.blocks) == 1 and isinstance(cell.blocks[0], str) for cell in filled):
            line = "\t".join(_text(cell) for cell in filled)
            yield from [line] if line else []
        else:
            for cell in filled:
                yield from cell.blocks


def _grid(rows: Sequence[Sequence[_OpenCell]]) -> TableRows:
    """Give every cell its column: cells that span several leave the others blank."""
    taken: dict[int, int] = {}
    grid: list[tuple[str, ...]] = []
    for row in rows:
        line: list[str] = []
        below: dict[int, int] = {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in row:
            while len(line) in taken:
                line.append("")
            start = len(line)
            line.extend([_text(cell), *[""] * (cell.columns - 1)])
            if cell.rows > 1:
                spanned = range(start, min(len(line), _WIDEST))
                below.update(dict.fromkeys(spanned, cell.rows - 1))
        grid.append(tuple(line))
        taken = below
    return tuple(grid)


def _text(cell: _OpenCell) -> str:
    return " ".join(" ".join(block.split()) for block in cell.blocks if isinstance(block, str))
