"""Workbooks in OpenDocument (.ods), as LibreOffice writes them."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from zhashui_stats.reading.grid import (
    Area,
    Formula,
    Layout,
    Percentage,
    Sheet,
    SheetCell,
    SheetRow,
    trim,
)

__all__ = ["is_open_document", "read_open_document"]

_CONTENT = "content.xml"
_MIMETYPE = "mimetype"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_ROWS = 1 << 20
_MOST_COLUMNS = 1 << 14


def is_open_document(archive: zipfile.ZipFile) -> bool:
    """Tell whether an archive is such a workbook, or a template for one."""
    if _MIMETYPE not in archive.namelist():
        return False
    return archive.read(_MIMETYPE).strip().startswith(_SPREADSHEET)


def read_open_document(archive: zipfile.ZipFile) -> list[Sheet]:
    """Return the visible sheets of a workbook; what is wrong within it raises any exception."""
    with archive.open(_CONTENT) as stream:
        return list(_sheets(stream))


@dataclass
class _Table:
    """A sheet while it is read."""

    title: str
    rows: list[SheetRow] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    is_filtered: bool = False

    def add(self, row: Element) -> None:
        """Add a row as often as it is repeated; blank ones at the end are dropped later."""
        number = len(self.rows) + 1
        cells = tuple(self._cells(row, number))
        times = int(_attribute(row, "number-rows-repeated", "1"))
        if not any(cell is not None for cell in cells):
            cells = ()
        if number + times - 1 > _MOST_ROWS:
            if cells or number > _MOST_ROWS:
                raise ValueError("more rows than a spreadsheet has")
            times = _MOST_ROWS - number + 1
        visibility = _attribute(row, "visibility", "visible")
        if visibility != "visible" and cells:
            self.hidden += range(number, number + times)
        self.is_filtered = self.is_filtered or visibility == "filter"
        self.rows += [cells] * times

    def _cells(self, row: Element, number: int) -> Iterator[SheetCell]:
        column = blank = 0
        for cell in row:
            if _local(cell.tag) not in ("table-cell", "covered-table-cell"):
                continue
            times = int(_attribute(cell, "number-columns-repeated", "1"))
            down = int(_attribute(cell, "number-rows-spanned", "1"))
            across = int(_attribute(cell, "number-columns-spanned", "1"))
            if down > 1 or across > 1:
                left = column + 1
                self.merged.append(Area(number, left, number + down - 1, left + across - 1))
            column += times
            value = _value(cell) if _local(cell.tag) == "table-cell" else None
            if value is None:
                blank += times
                continue
            if column > _MOST_COLUMNS:
                raise ValueError("more columns than a spreadsheet has")
            yield from (None,) * blank
            yield from (value,) * times
            blank = 0

    @property
    def sheet(self) -> Sheet:
        """The sheet as it was read."""
        layout = Layout(tuple(self.merged), tuple(self.hidden), self.is_filtered)
        return Sheet(self.title, trim(self.rows), layout=layout)


def _sheets(stream: IO[bytes]) -> Iterator[Sheet]:
    unseen: set[str] = set()
    style, table, depth = "", None, 0
    for event, element in iterparse(stream, events=("start", "end")):
        match event, _local(element.tag):
            case "start", "style":
                style = _attribute(element, "name")
            case "end", "table-properties" if _attribute(element, "display") == "false":
                unseen.add(style)
            case "start", "table":
                depth += 1
                if depth == 1:
                    table = _Table(_attribute(element, "name"))
            case "end", "table-row" if table and depth == 1:
                table.add(element)
                element.clear()
            case "end", "table":
                depth -= 1
                if table and depth == 0 and _attribute(element, "style-name") not in unseen:
                    yield table.sheet


def _value(cell: Element) -> SheetCell:
    kind = _attribute(cell, "value-type")
    match kind:
        case "float" | "currency":
            number = float(_attribute(cell, "value"))
            return int(number) if number.is_integer() else number
        case "percentage":
            return Percentage(_attribute(cell, "value"))
        case "date":
            return _day(_attribute(cell, "date-value"))
        case "boolean":
            return _attribute(cell, "boolean-value") == "true"
        case "":
            return Formula.WITHOUT_VALUE if _attribute(cell, "formula") else None
        case _:
            return "\n".join(_text(part) for part in cell if _local(part.tag) == "p") or None


def _day(text: str) -> SheetCell:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _text(paragraph: Element) -> str:
    """Return a paragraph as text; blanks, tabs and line breaks may be elements of their own."""
    said = [paragraph.text or ""]
    for part in paragraph:
        match _local(part.tag):
            case "s":
                said.append(" " * int(_attribute(part, "c", "1")))
            case "tab":
                said.append("\t")
            case "line-break":
                said.append("\n")
            case "ruby-text" | "annotation":
                pass
            case _:
                said.append(_text(part))
        said.append(part.tail or "")
    return "".join(said)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _attribute(element: Element, name: str, default: str = "") -> str:
    """Return an attribute of the office's own name spaces, whichever of them it is in."""
    named = (
        value
        for key, value in element.attrib.items()
        if _local(key) == name and "calcext" not in key
    )
    return next(named, default)
