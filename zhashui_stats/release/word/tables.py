"""The annexes' tables, one block of columns or two side by side, as offices print them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import ceil
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from zhashui_stats.model.names import SERIAL_HEADER, TOTAL, UNIT_HEADER
from zhashui_stats.release.circular import AnnexTable
from zhashui_stats.release.word.text import add_text, clean, width

__all__ = ["REVISED", "add_table"]

REVISED = "[r]"
"""The mark behind a count that differs from the release before."""

_MOST_IN_ONE_BLOCK = 30
_MOST_BESIDE = 4  # with more categories two blocks leave no room for the headers
_PAGE = 8844  # the width of the type area, in twips as all lengths here
_LARGE, _SMALL = 280, 210  # 14 and 10.5 pt
_LINES = {_LARGE: 360, _SMALL: 280}  # their line pitch, as the styles have it
_LOWEST_LARGE, _LOWEST, _HIGHEST = 400, 300, 579  # heights of a row
_PADDING = 20  # above and below a header's text together
_MARGINS = 60  # left and right of a cell's text, and what the borders take
_NARROWEST = 66  # per cent of a character's width; below that nobody likes to read


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands in a cell; ``below`` begins a line of its own where the cell is narrow."""

    text: str = ""
    mark: str = ""
    below: str = ""


def add_table(document: Document, annex: AnnexTable, measure: str, room: int) -> None:
    """Add an annex's table at the end of a document.

    Args:
        document: Its last section has the page for the table.
        annex: Group, units and counts.
        measure: The measure word of the counts.
        room: What the page has left for the table, in twips; a table that cannot keep to it goes
            on with its header on the next page.
    """
    is_wide = len(annex.units) > _MOST_IN_ONE_BLOCK and len(annex.categories) <= _MOST_BESIDE
    blocks = 2 if is_wide else 1
    header = _header(annex, measure) * blocks
    rows = list(_rows(annex, blocks))
    is_large = blocks == 1 and room // (len(rows) + 2) >= _LOWEST_LARGE
    size = _LARGE if is_large else _SMALL
    columns = _columns(annex, size, blocks)
    top = max(map(_lines, header, columns, [size] * len(columns))) * _LINES[size] + _PADDING
    height = min(max((room - top) // len(rows), _LOWEST), _HIGHEST)
    suffix = "" if is_large else "Small"
    table = _start(document, columns, annex.title)
    _add_row(table, header, f"TableHead{suffix}", size, max(top, height), repeats=True)
    for row in rows:
        _add_row(table, row, f"TableText{suffix}", size, height)


def _header(annex: AnnexTable, measure: str) -> tuple[_Cell, ...]:
    unit = f"（{measure}）" if measure else ""
    labels = (label.removesuffix(unit) for label in annex.categories)
    return (
        _Cell(SERIAL_HEADER),
        _Cell(UNIT_HEADER),
        *(_Cell(label, below=unit) for label in labels),
    )


def _rows(annex: AnnexTable, blocks: int) -> Iterator[tuple[_Cell, ...]]:
    """Give the rows; of two blocks the right one ends with the totals."""
    units = list(_unit_rows(annex))
    totals = annex.totals or (0,) * len(annex.categories)
    total = (_Cell(), _Cell(TOTAL), *(_Cell(str(count)) for count in totals))
    if blocks == 1:
        yield from (*units, total)
        return
    half = (len(units) + 1) // 2
    blank = (_Cell(),) * len(total)
    for left, right in zip_longest(units[:half], (*units[half:], total), fillvalue=blank):
        yield (*left, *right)


def _unit_rows(annex: AnnexTable) -> Iterator[tuple[_Cell, ...]]:
    for row, (unit, counts) in enumerate(zip(annex.units, annex.counts, strict=True)):
        yield (
            _Cell(str(row + 1)),
            _Cell(clean(unit)),
            *(
                _Cell(str(count), REVISED if (row, column) in annex.revised else "")
                for column, count in enumerate(counts)
            ),
        )


def _columns(annex: AnnexTable, size: int, blocks: int) -> tuple[int, ...]:
    """Share the page's width: names take what they need, within reason, the counts the rest."""
    block = _PAGE // blocks
    serial = size * 5 // 2
    longest = max((width(clean(name)) for name in annex.units), default=0)
    name = int(min(max(longest, 4), 8) * size) + size * (3 if blocks == 1 else 1) // 2
    counted = len(annex.categories)
    if counted:
        name = max(min(name, block - serial - counted * size * 17 // 5), size * 4)
    count = (block - serial - name) // max(counted, 1)
    return (serial, block - serial - count * counted, *(count,) * counted) * blocks


def _start(document: Document, columns: Sequence[int], title: str) -> Table:
    """Add a table without rows."""
    table: Table = document.add_table(0, len(columns), style="Table Grid")
    properties: Any = table._tbl.tblPr
    for tag in ("w:tblW", "w:tblLayout", "w:tblLook"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    properties.append(_element("w:tblW", w=sum(columns), type="dxa"))
    properties.append(_element("w:jc", val="center"))
    properties.append(_element("w:tblLayout", type="fixed"))
    # What a screen reader says of the table before it reads the cells.
    properties.append(_element("w:tblCaption", val=clean(title)))
    for grid, column in zip(table._tbl.tblGrid, columns, strict=True):
        grid.set(qn("w:w"), str(column))
    return table


def _add_row(
    table: Table,
    cells: Sequence[_Cell],
    style: str,
    size: int,
    height: int,
    *,
    repeats: bool = False,
) -> None:
    row: Any = OxmlElement("w:tr")
    properties = _element("w:trPr")
    properties.append(_element("w:cantSplit"))
    properties.append(_element("w:trHeight", val=height, hRule="atLeast"))
    if repeats:
        properties.append(_element("w:tblHeader"))
    row.append(properties)
    table._tbl.append(row)
    for cell, column in zip(cells, table._tbl.tblGrid, strict=True):
        _add_cell(row, cell, int(column.get(qn("w:w"))), style, size)


def _add_cell(row: Any, cell: _Cell, column: int, style: str, size: int) -> None:
    element = _element("w:tc")
    properties = _element("w:tcPr")
    properties.append(_element("w:tcW", w=column, type="dxa"))
    properties.append(_element("w:vAlign", val="center"))
    element.append(properties)
    paragraph = _element("w:p")
    layout = _element("w:pPr")
    layout.append(_element("w:pStyle", val=style))
    paragraph.append(layout)
    element.append(paragraph)
    row.append(element)
    _fill(Paragraph(paragraph, None), cell, _room(column, size))  # type: ignore[arg-type]


def _room(column: int, size: int) -> float:
    """Return how many characters stand side by side in a cell."""
    return (column - _MARGINS) / size


def _lines(cell: _Cell, column: int, size: int) -> int:
    """Return how many lines a cell takes."""
    room = _room(column, size)
    if width(cell.text + cell.below) <= room:
        return 1
    narrow = width(cell.text) * _NARROWEST / 100
    return max(1, ceil(narrow / room)) + bool(cell.below)


def _fill(paragraph: Paragraph, cell: _Cell, room: float) -> None:
    """Write a cell's text; what is too long for a line is set narrower, within reason."""
    if not cell.text:
        return
    fits = width(cell.text + cell.below) <= room
    run = add_text(paragraph, cell.text + (cell.below if fits else ""))
    if width(cell.text) > room:
        scale = max(int(room / width(cell.text) * 100), _NARROWEST)
        run._r.get_or_add_rPr().append(_element("w:w", val=scale))
    if cell.below and not fits:
        run.add_break()
        add_text(paragraph, cell.below)
    if cell.mark:
        add_text(paragraph, cell.mark).font.superscript = True


def _element(tag: str, **attributes: object) -> Any:
    """Make an element of the main namespace, its attributes too."""
    return OxmlElement(tag, {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
