"""Workbooks of Excel 97 to 2003 (.xls): values by calamine, and what it does not tell, by records.

Calamine gives nothing for ``#N/A``, and a plain number for what is shown in per cent.
"""

import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from zhashui_stats.reading.grid import Area, Layout, Sheet, SheetCell, trim
from zhashui_stats.reading.number_formats import read_number, shown_as

__all__ = ["is_protected", "read_old_excel"]

_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_END = 0x0A
_ROW, _ERROR, _FORMULA, _NUMBER, _RK, _MANY_RK = 0x208, 0x205, 0x06, 0x203, 0x27E, 0xBD
_MERGED, _FILTER = 0xE5, 0x9B
_IS_HIDDEN = 0x20


@dataclass
class _Records:
    """What the records of a workbook say beside its values."""

    custom: dict[int, str] = field(default_factory=dict)
    formats: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    is_from_1904: bool = False
    is_protected: bool = False


@dataclass
class _SheetRecords:
    """What those of a sheet say: places are rows and columns from 0."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    is_filtered: bool = False


def is_protected(stream: bytes) -> bool:
    """Tell whether a workbook has a password."""
    return _read_globals(stream).is_protected


def read_old_excel(content: bytes, stream: bytes) -> list[Sheet]:
    """Return the visible sheets; what is wrong within them raises any exception.

    Args:
        content: The file.
        stream: The workbook within it.
    """
    from python_calamine import (  # noqa: PLC0415 -- few tables are so old
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    book = _read_globals(stream)
    sheets = []
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as values:
        for place, known in enumerate(values.sheets_metadata):
            is_table = known.typ == SheetTypeEnum.WorkSheet
            if is_table and known.visible == SheetVisibleEnum.Visible:
                said = _read_sheet(stream, book.starts[place])
                rows = values.get_sheet_by_name(known.name).to_python(skip_empty_area=False)
                sheets.append(_sheet(known.name, rows, said, book))
    return sheets


def _sheet(
    title: str, rows: Sequence[Sequence[object]], said: _SheetRecords, book: _Records
) -> Sheet:
    shown = [shown_as(number, book.custom) for number in book.formats]
    table: list[list[SheetCell]] = [[_plain(cell) for cell in row] for row in rows]
    for (row, column), style in said.styles.items():
        kind = shown[style] if style < len(shown) else ""
        cell = _cell(table, row, column)
        if kind in ("percent", "weekday") and isinstance(cell, int | float):
            table[row][column] = read_number(cell, kind, is_from_1904=book.is_from_1904)
    for (row, column), error in said.errors.items():
        table += [[] for _ in range(row + 1 - len(table))]
        table[row] += [None] * (column + 1 - len(table[row]))
        table[row][column] = error
    layout = Layout(tuple(said.merged), tuple(said.hidden), said.is_filtered)
    return Sheet(title, trim(map(tuple, table)), layout=layout)


def _cell(table: list[list[SheetCell]], row: int, column: int) -> SheetCell:
    return table[row][column] if row < len(table) and column < len(table[row]) else None


def _plain(cell: object) -> SheetCell:
    if cell == "" or not isinstance(cell, str | bool | int | float | date | time | timedelta):
        return None
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


# --- Records ------------------------------------------------------------------------------------


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Walk through the records up to the end of the part that begins there."""
    place = start
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        if kind == _END:
            return
        place += 4 + length


def _read_globals(stream: bytes) -> _Records:
    book = _Records()
    for kind, record in _records(stream, 0):
        match kind:
            case 0x85:  # BOUNDSHEET
                book.starts.append(struct.unpack_from("<I", record)[0])
            case 0x41E:  # FORMAT
                number, length, flags = struct.unpack_from("<HHB", record)
                size = length * (2 if flags & 1 else 1)
                encoding = "utf-16-le" if flags & 1 else "latin-1"
                book.custom[number] = record[5 : 5 + size].decode(encoding, "replace")
            case 0xE0:  # XF
                book.formats.append(struct.unpack_from("<H", record, 2)[0])
            case 0x22:  # DATEMODE
                book.is_from_1904 = record[:1] == b"\1"
            case 0x2F:  # FILEPASS
                book.is_protected = True
    return book


def _read_sheet(stream: bytes, start: int) -> _SheetRecords:
    said = _SheetRecords()
    for kind, record in _records(stream, start):
        if kind in (_NUMBER, _RK, _FORMULA, _ERROR):
            row, column, style = struct.unpack_from("<3H", record)
            said.styles[row, column] = style
            if error := _error(kind, record):
                said.errors[row, column] = error
        elif kind == _MANY_RK:
            row, first = struct.unpack_from("<2H", record)
            for number in range((len(record) - 6) // 6):
                style = struct.unpack_from("<H", record, 4 + 6 * number)[0]
                said.styles[row, first + number] = style
        elif kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", record)
            said.hidden += [row + 1] * bool(flags & _IS_HIDDEN)
        elif kind == _MERGED:
            said.merged += _areas(record)
        elif kind == _FILTER:
            said.is_filtered = True
    return said


def _error(kind: int, record: bytes) -> str:
    if kind == _ERROR and record[7]:
        return _ERRORS.get(record[6], "#N/A")
    is_error = kind == _FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2
    return _ERRORS.get(record[8], "#N/A") if is_error else ""


def _areas(record: bytes) -> Iterator[Area]:
    for number in range(struct.unpack_from("<H", record)[0]):
        top, bottom, left, right = struct.unpack_from("<4H", record, 2 + 8 * number)
        yield Area(top + 1, left + 1, bottom + 1, right + 1)
