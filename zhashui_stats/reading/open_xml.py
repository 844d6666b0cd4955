"""Workbooks in Open XML (.xlsx), as Excel, WPS, LibreOffice and web systems write them.

Only what tells a cell's value is looked at, by local names, so that neither the strict variant nor
a slip in fonts, colours or document properties, which those programs pass over, is in the way.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from types import TracebackType
from typing import IO, Self
from xml.etree.ElementTree import Element, iterparse

from zhashui_stats.reading.grid import Area, Formula, Layout, SheetCell, SheetRow
from zhashui_stats.reading.number_formats import read_number, shown_as

__all__ = ["MOST_ROWS", "OpenXml", "is_plain_sheet"]

MOST_ROWS = 1 << 20
"""So many rows does a sheet have."""

_CHUNK = 1 << 20
_RELATIONSHIPS = "_rels/.rels"
_WORKBOOK = "xl/workbook.xml"
_ESCAPED = re.compile("_x(?![dD][89a-fA-F])([0-9a-fA-F]{4})_")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")
_FILTER = re.compile(rb"<(?:\w+:)?autoFilter\b")

# A formula; a cell without a place, or so far right (from AO on) that calamine, which holds the
# whole rectangle in memory, would fill it.
_NOT_PLAIN = re.compile(rb'<[cf](?:[>/]| (?!r="(?:[A-Z]|A[A-N])[0-9]{1,7}"))')
_ERROR = b' t="e"'


class OpenXml:
    """A workbook, open for reading; use it in a ``with`` statement.

    Whatever is wrong within it raises any exception of the libraries that unpack and parse it.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        """Open the archive."""
        self._archive = zipfile.ZipFile(stream)
        self._names = {_plain_part(name): name for name in self._archive.namelist()}

    def __enter__(self) -> Self:
        """Give the open workbook."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self._archive.close()

    @property
    def unpacked(self) -> int:
        """The number of its bytes when it is unpacked, as it says."""
        return sum(part.file_size for part in self._archive.infolist())

    @cached_property
    def sheets(self) -> tuple[tuple[str, str], ...]:
        """The visible worksheets: title and part of the archive."""
        targets = {
            relation.get("Id"): (relation.get("Type", ""), relation.get("Target", ""))
            for relation in self._elements(_relations_of(self._workbook), "Relationship")
        }
        folder = posixpath.dirname(self._workbook)
        found = []
        for sheet in self._elements(self._workbook, "sheet"):
            kind, target = targets[_reference(sheet)]
            if sheet.get("state", "visible") == "visible" and kind.endswith("/worksheet"):
                part = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
                found.append((sheet.get("name", ""), part))
        return tuple(found)

    @property
    def shows_weekdays(self) -> bool:
        """Whether a style shows dates as weekdays alone, which calamine takes for numbers."""
        return "weekday" in self._formats

    def open(self, part: str) -> IO[bytes]:
        """Open a part of the archive."""
        return self._archive.open(self._names[_plain_part(part)])

    def layout(self, part: str) -> Layout:
        """Return how a sheet is laid out."""
        with self.open(part) as stream:
            return _read_layout(stream)

    def rows(self, part: str) -> Iterator[SheetRow]:
        """Walk through the rows of a sheet, those that are not written included."""
        expected = 1
        with self.open(part) as stream:
            for number, row in self._numbered(stream):
                if not expected <= number <= MOST_ROWS:
                    raise ValueError("rows out of order, or more than a spreadsheet has")
                yield from ((),) * (number - expected)
                yield row
                expected = number + 1

    def _numbered(self, stream: IO[bytes]) -> Iterator[tuple[int, SheetRow]]:
        number, table = 0, None
        for event, element in iterparse(stream, events=("start", "end")):
            name = _local(element)
            if event == "start":
                table = element if name == "sheetData" else table
            elif name == "row":
                number = int(float(element.get("r", number + 1)))
                yield number, self._row(element)
                if table is not None:
                    table.clear()  # What was given is not held.

    def _row(self, element: Element) -> SheetRow:
        cells: list[SheetCell] = []
        for cell in element:
            if _local(cell) != "c":
                continue
            place = cell.get("r")
            column = _column(place) if place else len(cells) + 1
            cells += [None] * (column - len(cells))
            cells[column - 1] = self._value(cell)
        return tuple(cells)

    def _value(self, cell: Element) -> SheetCell:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _unescaped("".join(_texts(cell))) or None
        parts = {_local(part): part.text or "" for part in cell}
        text = parts.get("v", "")
        if not text:
            is_pending = "f" in parts and kind not in ("s", "str")
            return Formula.WITHOUT_VALUE if is_pending else None
        return self._read(kind, text, int(cell.get("s", 0)))

    def _read(self, kind: str, text: str, style: int) -> SheetCell:
        match kind:
            case "n":
                return self._number(text, style)
            case "s":
                return self._strings[int(text)]
            case "b":
                return bool(int(text))
            case "d":
                return _iso_date(text)
            case _:
                return _unescaped(text)

    def _number(self, text: str, style: int) -> SheetCell:
        number = float(text) if set(text) & set(".eE") else int(text)
        shown = self._formats[style] if style < len(self._formats) else ""
        return read_number(number, shown, is_from_1904=self._is_from_1904)

    @cached_property
    def _workbook(self) -> str:
        if _RELATIONSHIPS in self._names:
            for relation in self._elements(_RELATIONSHIPS, "Relationship"):
                if relation.get("Type", "").endswith("/officeDocument"):
                    return relation.get("Target", "").lstrip("/")
        return _WORKBOOK

    @cached_property
    def _is_from_1904(self) -> bool:
        return any(
            setting.get("date1904") in ("1", "true")
            for setting in self._elements(self._workbook, "workbookPr")
        )

    @cached_property
    def _strings(self) -> tuple[str, ...]:
        part = self._related("/sharedStrings")
        if not part:
            return ()
        return tuple(_unescaped("".join(_texts(si))) for si in self._elements(part, "si"))

    @cached_property
    def _formats(self) -> tuple[str, ...]:
        """How each style shows a number: date, weekday, span, percent; else empty."""
        part = self._related("/styles")
        if not part:
            return ()
        custom: dict[int, str] = {}
        shown: list[str] = []
        with self.open(part) as stream:
            is_within = False
            for event, element in iterparse(stream, events=("start", "end")):
                match event, _local(element):
                    case "end", "numFmt":
                        custom[int(element.get("numFmtId", 0))] = element.get("formatCode", "")
                    case _, "cellXfs":
                        is_within = event == "start"
                    case "end", "xf" if is_within:
                        shown.append(shown_as(int(element.get("numFmtId", 0)), custom))
        return tuple(shown)

    def _related(self, kind: str) -> str:
        for relation in self._elements(_relations_of(self._workbook), "Relationship"):
            if relation.get("Type", "").endswith(kind):
                folder = posixpath.dirname(self._workbook)
                target = posixpath.join(folder, relation.get("Target", ""))
                return posixpath.normpath(target).lstrip("/")
        return ""

    def _elements(self, part: str, name: str) -> Iterator[Element]:
        with self.open(part) as stream:
            for _, element in iterparse(stream):
                if _local(element) == name:
                    yield element
                    element.clear()


# --- Parts and elements -------------------------------------------------------------------------


def _plain_part(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _reference(sheet: Element) -> str | None:
    """Return the relation that a sheet names, in either variant's name space."""
    return next(
        (value for key, value in sheet.attrib.items() if key.endswith("relationships}id")), None
    )


def _texts(element: Element) -> Iterator[str]:
    """Give the runs of a text, without how it is to be pronounced."""
    for part in element:
        name = _local(part)
        if name == "t":
            yield part.text or ""
        elif name in ("r", "is"):
            yield from _texts(part)


def _unescaped(text: str) -> str:
    r"""Undo the way in which workbooks write control characters.

    >>> _unescaped("a_x000A_b")
    'a\nb'
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _column(place: str) -> int:
    """Return the number of a cell's column.

    >>> _column("A1"), _column("XFD12")
    (1, 16384)
    """
    number = 0
    for letter in place.rstrip("0123456789").upper():
        number = number * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
    if not 1 <= number <= 16384:
        raise ValueError("a column that no spreadsheet has")
    return number


def _iso_date(text: str) -> SheetCell:
    from openpyxl.utils.datetime import from_ISO8601  # noqa: PLC0415

    day: SheetCell = from_ISO8601(text)  # type: ignore[no-untyped-call]
    return day


# --- Layout -------------------------------------------------------------------------------------


def is_plain_sheet(stream: IO[bytes]) -> bool:
    """Tell whether all that a sheet holds is values, in places that calamine reads well."""
    is_first = True
    for text, end in _tags(stream):
        is_foreign = is_first and b"<worksheet" not in text
        if is_foreign or text.find(_ERROR, 0, end) >= 0 or _NOT_PLAIN.search(text, 0, end):
            return False
        is_first = False
    return True


def _read_layout(stream: IO[bytes]) -> Layout:
    hidden: list[int] = []
    merged: list[Area] = []
    is_filtered, number = False, 0
    for text, end in _tags(stream):
        for row in _ROW.finditer(text, 0, end):
            place = _NUMBER.search(row[1])
            number = int(place[1]) if place else number + 1
            hidden += [number] * bool(_HIDDEN.search(row[1]))
        for left, top, right, bottom in _MERGED.findall(text, 0, end):
            columns = (_column(side.decode()) for side in (left, right))
            merged.append(Area(int(top), next(columns), int(bottom), next(columns)))
        is_filtered = is_filtered or bool(_FILTER.search(text, 0, end))
    return Layout(tuple(merged), tuple(hidden), is_filtered)


def _tags(stream: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Give a stream in pieces, each with the place up to which its tags are whole."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        # A tag that is cut off is looked at with the next chunk.
        text = tail + chunk
        end = max(text.rfind(b"<"), 0)
        yield text, end
        tail = text[end:]
    if tail:
        yield tail, len(tail)
