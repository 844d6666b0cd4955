"""The annexes' tables, one block of columns or two side by side, as offices print them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import ceil
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from zhashui_stats.model.amounts import UNDEFINED
from zhashui_stats.model.names import NAME_HEADERS, SERIAL_HEADER
from zhashui_stats.release.circular import AnnexTable
from zhashui_stats.release.word.text import add_text, clean, width

__all__ = ["REVISED", "add_table"]

REVISED = "[r]"
"""The mark behind a count that differs from the release before."""

_TOTAL = "合计"
_MOST_IN_ONE_BLOCK = 30
_MOST_BESIDE = 4  # with more columns of figures two blocks leave no room for the headers
_PAGE = 8844  # the width of the type area, in twips as all lengths here
_LARGE, _SMALL = 280, 210  # 14 and 10.5 pt
_FINER = (180, 150)  # 9 and 7.5 pt, where so many columns have no room otherwise
_LINES = {_LARGE: 360, _SMALL: 280, **dict.fromkeys(_FINER, 280)}  # line pitches, as the styles'
_LOWEST_LARGE, _LOWEST, _HIGHEST = 400, 300, 579  # heights of a row
_PADDING = 20  # above and below a header's text together
_MARGINS = 60  # left and right of a cell's text, and what the borders take
_WIDE_DIGITS = 1.3  # a font that stands in for another has digits that are so much wider
_NARROW = 0.8  # of its width: so far a header is set narrower before it is cut
_NARROWEST = 66  # per cent of a character's width; below that nobody likes to read


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands in a cell.

    Attributes:
        text: In one line where there is room.
        mark: What stands raised behind it.
        below: What begins a line of its own where the cell is narrow.
        is_split: Whether a text of several lines is cut into even ones.
    """

    text: str = ""
    mark: str = ""
    below: str = ""
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures: its header, a cell a unit, and what the row of totals has."""

    head: _Cell
    cells: tuple[_Cell, ...]
    total: _Cell


def add_table(document: Document, annex: AnnexTable, measure: str, room: int) -> None:
    """Add an annex's table at the end of a document.

    Args:
        document: Its last section has the page for the table.
        annex: Group, units and counts.
        measure: The measure word of the counts.
        room: What the page has left for the table, in twips; a table that cannot keep to it goes
            on with its header on the next page.
    """
    figures = tuple(_figures(annex, measure))
    blocks = 2 if len(annex.units) > _MOST_IN_ONE_BLOCK and len(figures) <= _MOST_BESIDE else 1
    header = (_Cell(SERIAL_HEADER), _Cell(NAME_HEADERS[0]), *(each.head for each in figures))
    header *= blocks
    rows = list(_rows(annex, figures, blocks))
    is_large = blocks == 1 and room // (len(rows) + 2) >= _LOWEST_LARGE
    size = _fitting(annex, figures, blocks, is_large=is_large)
    columns = _columns(annex, figures, size, blocks)
    top = max(map(_lines, header, columns, [size] * len(columns))) * _LINES[size] + _PADDING
    height = min(max((room - top) // len(rows), _LOWEST), _HIGHEST)
    suffix = "" if size == _LARGE else "Small"
    table = _start(document, columns, annex.title)
    _add_row(table, header, f"TableHead{suffix}", size, max(top, height), repeats=True)
    for row in rows:
        _add_row(table, row, f"TableText{suffix}", size, height)


# --- What stands in it --------------------------------------------------------------------------


def _figures(annex: AnnexTable, measure: str) -> Iterator[_Column]:
    """Give the columns of figures: categories, their sum, indicators, rank and grade."""
    is_split = annex.shows_sums
    counts = list(zip(*annex.counts, strict=True)) or [()] * len(annex.categories)
    totals = annex.totals or (0,) * len(annex.categories)
    for place, (label, column) in enumerate(zip(annex.categories, counts, strict=True)):
        cells = _marked(annex, place, map(str, column))
        yield _Column(_head(label, measure, is_split), cells, _Cell(str(totals[place])))
    if annex.shows_sums:
        cells = tuple(_Cell(str(total)) for total in annex.sums)
        yield _Column(_head(_TOTAL, measure, is_split), cells, _Cell(str(sum(totals))))
    for place, shown in enumerate(annex.indicators, len(annex.categories)):
        cells = _marked(annex, place, map(shown.indicator.show, shown.amounts))
        head = _head(shown.indicator.label, shown.indicator.unit, is_split)
        yield _Column(head, cells, _Cell(shown.indicator.show(shown.total)))
    for standing in annex.standings:
        cells = tuple(
            _Cell(UNDEFINED if place is None else clean(str(place))) for place in standing.places
        )
        yield _Column(_Cell(standing.label, is_split=True), cells, _Cell())


def _head(label: str, measure: str, is_split: bool) -> _Cell:
    unit = f"（{clean(measure)}）" if measure else ""
    return _Cell(clean(label).removesuffix(unit), below=unit, is_split=is_split)


def _marked(annex: AnnexTable, column: int, texts: Iterable[str]) -> tuple[_Cell, ...]:
    return tuple(
        _Cell(text, REVISED if (row, column) in annex.revised else "")
        for row, text in enumerate(texts)
    )


def _rows(
    annex: AnnexTable, figures: Sequence[_Column], blocks: int
) -> Iterator[tuple[_Cell, ...]]:
    """Give the rows; of two blocks the right one ends with the totals."""
    units = [
        (_Cell(str(row + 1)), _Cell(clean(unit)), *(each.cells[row] for each in figures))
        for row, unit in enumerate(annex.units)
    ]
    total = (_Cell(), _Cell(_TOTAL), *(each.total for each in figures))
    if blocks == 1:
        yield from (*units, total)
        return
    half = (len(units) + 1) // 2
    blank = (_Cell(),) * len(total)
    for left, right in zip_longest(units[:half], (*units[half:], total), fillvalue=blank):
        yield (*left, *right)


# --- How wide it is -----------------------------------------------------------------------------


def _fitting(annex: AnnexTable, figures: Sequence[_Column], blocks: int, *, is_large: bool) -> int:
    """Return the largest type in which every column has room; counts alone are always two sizes."""
    sizes = ((_LARGE,) if is_large else ()) + (_SMALL,)
    if not annex.shows_sums:
        return sizes[0]
    sizes += _FINER
    fitting = (size for size in sizes if _spare(annex, figures, size, blocks) >= 0)
    return next(fitting, sizes[-1])


def _spare(annex: AnnexTable, figures: Sequence[_Column], size: int, blocks: int) -> int:
    """Return how much of a block's width its columns leave."""
    needed = sum(_need(column, size) for column in figures)
    return _PAGE // blocks - size * 5 // 2 - _name_width(annex, size, blocks) - needed


def _need(column: _Column, size: int) -> int:
    """Return the width below which a column's figures, or the halves of its header, are cut."""
    longest = max(width(cell.text + cell.mark) for cell in (*column.cells, column.total))
    label = width(column.head.text)
    head = max(label / 2, min(label, 2), len(column.head.below) * _NARROW)
    return int(max(longest * _WIDE_DIGITS, head) * size) + _MARGINS


def _name_width(annex: AnnexTable, size: int, blocks: int) -> int:
    longest = max((width(clean(name)) for name in annex.units), default=0)
    return int(min(max(longest, 4), 8) * size) + size * (3 if blocks == 1 else 1) // 2


def _columns(
    annex: AnnexTable, figures: Sequence[_Column], size: int, blocks: int
) -> tuple[int, ...]:
    """Share the page's width: names take what they need, within reason, the figures the rest."""
    block, serial, name = _PAGE // blocks, size * 5 // 2, _name_width(annex, size, blocks)
    if annex.shows_sums:
        return (serial, *_shared(annex, figures, size, blocks)) * blocks
    counted = len(figures)
    if counted:
        name = max(min(name, block - serial - counted * size * 17 // 5), size * 4)
    count = (block - serial - name) // max(counted, 1)
    return (serial, block - serial - count * counted, *(count,) * counted) * blocks


def _shared(
    annex: AnnexTable, figures: Sequence[_Column], size: int, blocks: int
) -> tuple[int, ...]:
    """Give each column of figures what it needs, and an even share of what is left over or missing.

    The names' column comes first and takes what no share comes to.
    """
    block, spare = _PAGE // blocks - size * 5 // 2, _spare(annex, figures, size, blocks)
    needs = [_need(column, size) for column in figures]
    if spare < 0:
        needs = [need * (block - 4 * size) // sum(needs) for need in needs]
        spare = 0
    widths = [need + spare // len(needs) for need in needs]
    return (block - sum(widths), *widths)


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
    _fill(Paragraph(paragraph, None), cell, _room(column, size), size)  # type: ignore[arg-type]


def _room(column: int, size: int) -> float:
    """Return how many characters stand side by side in a cell."""
    return (column - _MARGINS) / size


def _lines(cell: _Cell, column: int, size: int) -> int:
    """Return how many lines a cell takes."""
    room = _room(column, size)
    if _fits(cell, room):
        return 1
    return _text_lines(cell, room) + bool(cell.below)


def _fits(cell: _Cell, room: float) -> bool:
    """Tell whether a cell takes one line; where headers are cut, each has its unit below."""
    return width(cell.text + cell.below) <= room and not (cell.is_split and cell.below)


def _text_lines(cell: _Cell, room: float) -> int:
    """Return how many lines a text takes that may be set narrower."""
    narrow = _NARROW if cell.is_split else _NARROWEST / 100
    return max(1, ceil(width(cell.text) * narrow / room))


def _fill(paragraph: Paragraph, cell: _Cell, room: float, size: int) -> None:
    """Write a cell's text; what is too long for a line is set narrower, within reason."""
    if not cell.text:
        return
    lines = _text_lines(cell, room) if cell.is_split else 1
    fits = _fits(cell, room)
    for number, line in enumerate(_cut(cell.text, lines)):
        if number:
            paragraph.runs[-1].add_break()
        _add_run(paragraph, line + (cell.below if fits else ""), width(line), room, size)
    if cell.below and not fits:
        paragraph.runs[-1].add_break()
        beyond = len(cell.below) if cell.is_split else 0
        _add_run(paragraph, cell.below, beyond, room, size)
    if cell.mark:
        _add_run(paragraph, cell.mark, 0, room, size).font.superscript = True


def _cut(text: str, lines: int) -> Iterator[str]:
    """Cut a text into lines that are as even as can be."""
    length = ceil(len(text) / lines)
    return (text[start : start + length] for start in range(0, len(text), length))


def _add_run(paragraph: Paragraph, text: str, wide: float, room: float, size: int) -> Run:
    """Add a run, narrower where it is wider than its room, smaller where the style's is too big."""
    run = add_text(paragraph, text)
    properties: Any = run._r.get_or_add_rPr() if wide > room or size in _FINER else None
    if wide > room:
        scale = max(int(room / wide * 100), _NARROWEST)
        properties.append(_element("w:w", val=scale))
    if size in _FINER:
        properties.append(_element("w:sz", val=size // 10))
        properties.append(_element("w:szCs", val=size // 10))
    return run


def _element(tag: str, **attributes: object) -> Any:
    """Make an element of the main namespace, its attributes too."""
    return OxmlElement(tag, {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
