"""The annexes' tables, one block of columns or two side by side, as offices print them."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from zhashui_stats.release.circular import AnnexTable
from zhashui_stats.release.word.layout import (
    FINER,
    LARGE,
    NARROWEST,
    SMALL,
    column_widths,
    count_lines,
    count_text_lines,
    fit_type,
    fits_one_line,
    room_of,
)
from zhashui_stats.release.word.table_cells import Cell, figure_columns, table_header, table_rows
from zhashui_stats.release.word.text import add_text, clean, width

__all__ = ["add_table"]

_MOST_IN_ONE_BLOCK = 30
_MOST_BESIDE = 4  # with more columns of figures two blocks leave no room for the headers
_LINES = {LARGE: 360, SMALL: 280, **dict.fromkeys(FINER, 280)}  # line pitches, as the styles'
_LOWEST_LARGE, _LOWEST, _HIGHEST = 400, 300, 579  # heights of a row
_PADDING = 20  # above and below a header's text together


def add_table(document: Document, annex: AnnexTable, measure: str, room: int) -> None:
    """Add an annex's table at the end of a document.

    Args:
        document: Its last section has the page for the table.
        annex: Group, units and counts.
        measure: The measure word of the counts.
        room: What the page has left for the table, in twips; a table that cannot keep to it goes
            on with its header on the next page.
    """
    figures = tuple(figure_columns(annex, measure))
    blocks = 2 if len(annex.units) > _MOST_IN_ONE_BLOCK and len(figures) <= _MOST_BESIDE else 1
    header = table_header(figures, blocks)
    rows = list(table_rows(annex, figures, blocks))
    is_large = blocks == 1 and room // (len(rows) + 2) >= _LOWEST_LARGE
    size = fit_type(annex, figures, blocks, is_large=is_large)
    columns = column_widths(annex, figures, size, blocks)
    top = max(map(count_lines, header, columns, [size] * len(columns))) * _LINES[size] + _PADDING
    height = min(max((room - top) // len(rows), _LOWEST), _HIGHEST)
    suffix = "" if size == LARGE else "Small"
    table = _start(document, columns, annex.title)
    _add_row(table, header, f"TableHead{suffix}", size, max(top, height), repeats=True)
    for row in rows:
        _add_row(table, row, f"TableText{suffix}", size, height)


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
    cells: Sequence[Cell],
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


def _add_cell(row: Any, cell: Cell, column: int, style: str, size: int) -> None:
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
    _fill(Paragraph(paragraph, None), cell, room_of(column, size), size)  # type: ignore[arg-type]


def _fill(paragraph: Paragraph, cell: Cell, room: float, size: int) -> None:
    """Write a cell's text; what is too long for a line is set narrower, within reason."""
    if not cell.text:
        return
    lines = count_text_lines(cell, room) if cell.is_split else 1
    fits = fits_one_line(cell, room)
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
    properties: Any = run._r.get_or_add_rPr() if wide > room or size in FINER else None
    if wide > room:
        scale = max(int(room / wide * 100), NARROWEST)
        properties.append(_element("w:w", val=scale))
    if size in FINER:
        properties.append(_element("w:sz", val=size // 10))
        properties.append(_element("w:szCs", val=size // 10))
    return run


def _element(tag: str, **attributes: object) -> Any:
    """Make an element of the main namespace, its attributes too."""
    return OxmlElement(tag, {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
