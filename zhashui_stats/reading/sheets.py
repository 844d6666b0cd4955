"""Files as rows of cells: CSV in the separators and encodings of an office, XLSX by openpyxl."""

import codecs
import csv
import io
import re
import string
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.reading.file_names import plain_name
from zhashui_stats.reading.refusals import (
    damaged_utf8,
    damaged_workbook,
    encrypted_workbook,
    huge_workbook,
    no_text,
    not_to_be_opened,
    several_headers,
    unknown_encoding,
    unreadable,
    workbook_as_text,
    wrong_separator,
)

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

__all__ = [
    "HEADER_SCORE",
    "OLE",
    "SEPARATORS",
    "ZIP",
    "Formula",
    "Percentage",
    "Sheet",
    "SheetCell",
    "SheetRow",
    "decode",
    "find_mark",
    "is_damaged_utf8",
    "is_readable",
    "marked_encoding",
    "read_cells",
    "read_content",
    "read_sheet",
    "read_workbook",
    "say_cell",
]

# So many of the wanted headers make a row a header.
HEADER_SCORE = 2


class Formula(Enum):
    """A formula that the program which wrote the workbook never computed."""

    WITHOUT_VALUE = "没有计算结果的公式"


class Percentage(float):
    """A number that a workbook shows in %: it holds 0.875 where 87.5% stands."""

    @property
    def percent(self) -> Decimal:
        """What stands before the sign, by the digits that Excel shows.

        >>> Percentage(0.07).percent
        Decimal('7')
        """
        return Decimal(f"{self:.15g}").scaleb(2)


SheetCell: TypeAlias = str | float | date | time | timedelta | Formula | None
SheetRow: TypeAlias = tuple[SheetCell, ...]
Score: TypeAlias = Callable[[SheetRow], int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one table; ``rows[0]`` is row 1 of the spreadsheet.

    Attributes:
        title: What the sheet is called; empty in a text.
        rows: Without the blank cells at their ends.
        widths: How many cells each row of a text has, those blank ones included.
    """

    title: str
    rows: tuple[SheetRow, ...]
    widths: tuple[int, ...] = field(default=(), compare=False)


SEPARATORS = ",\t;"
_MARKS = "，；、|｜"
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
# A table of counts takes some kilobytes; the limits keep a wrong file from filling the memory.
_MAX_BYTES = 16 << 20
_MAX_UNPACKED = 256 << 20
_MAX_ROWS = 1 << 20
# What stands in quotes or behind a backslash is shown as it is, and makes no percentage.
_LITERAL = re.compile(r'"[^"]*"|\\.')
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_content(path: Path, file: str, wanted: str) -> bytes:
    """Return the bytes of a file.

    Args:
        path: Where it is.
        file: How faults name it.
        wanted: What the file holds, in Chinese, for the fault where it is missing.

    Raises:
        FaultyData: It is missing, cannot be read, or is larger than any table.
    """
    try:
        if path.is_file() and path.stat().st_size > _MAX_BYTES:
            raise unreadable(file, "文件过大", "不超过 16 MB 的文件")
        return path.read_bytes()
    except FileNotFoundError:
        raise _fault(file, FaultKind.MISSING_FILE, _say_instead(path), wanted) from None
    except OSError as error:
        raise not_to_be_opened(file, error) from None


def _say_instead(path: Path) -> str:
    """Say which file may be the missing one, under a name that is not its own."""
    try:
        there = sorted(other.name for other in path.parent.iterdir())
    except OSError:
        return ""
    meant = plain_name(path.name)[0]
    alike = [name for name in there if plain_name(name)[0] == meant and name != path.name]
    return f"有 {'、'.join(alike)}" if alike else ""


def decode(content: bytes, file: str) -> str:
    """Return the text of a file in UTF-8 (with or without BOM), UTF-16 or GB18030.

    Raises:
        FaultyData: It is no text, or in another encoding.
    """
    if content.startswith((ZIP, OLE)):
        raise workbook_as_text(file)
    is_guess = b"\0" in content and not marked_encoding(content)
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            _refuse_damaged_utf8(content, error, file)
            continue
        if "\0" not in text and (not is_guess or is_readable(text)):
            return text
    raise no_text(file) if is_guess else unknown_encoding(file)


def read_sheet(content: bytes, file: str, score: Score) -> Sheet:
    """Return the one table of a CSV file or of a workbook.

    Args:
        content: The bytes of the file.
        file: How faults name it; its ending tells the format.
        score: How many of the wanted headers a row holds; from 2 it is a header.

    Raises:
        FaultyData: The file is empty or cannot be read, or several visible sheets have a header.
    """
    if not content.strip():
        raise _empty(file)
    if file.lower().endswith(".xlsx"):
        return _only(read_workbook(content, file), file, score)
    text = decode(content, file)
    if not text.strip(SEPARATORS + string.whitespace):
        raise _empty(file)
    best = _best(_split(text, file), score)
    if _score(best, score) < HEADER_SCORE and (told := _told_mark(best.rows, score)):
        raise wrong_separator(file, *told)
    return best


def say_cell(cell: SheetCell) -> str:
    """Return a cell as a fault shows it; blank cells are empty.

    >>> say_cell(True), say_cell(3.0), say_cell(date(2022, 7, 8)), say_cell("  农 行 ")
    ('TRUE', '3', '2022-07-08', '农 行')
    """
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).upper()
        case Percentage():
            return f"{cell.percent:f}%"
        case float() if cell.is_integer():
            return f"{cell:.0f}"
        case Formula():
            return cell.value
        case _:
            return str(cell).strip()


def marked_encoding(content: bytes) -> str | None:
    """Return the encoding that the first bytes of a text name; None where they name none."""
    return next((encoding for bom, encoding in _BOMS if content.startswith(bom)), None)


def _encodings(content: bytes) -> Iterable[str]:
    if marked := marked_encoding(content):
        return (marked,)
    if b"\0" in content:
        return ("utf-16-le", "utf-16-be")
    return ("utf-8", "gb18030")


def is_readable(text: str) -> bool:
    """Binary data read as UTF-16 shows what no text holds, and lacks what every table has."""
    is_clean = all(character.isprintable() or character.isspace() for character in text)
    return is_clean and any(map(str.isascii, text))


def _refuse_damaged_utf8(content: bytes, error: UnicodeDecodeError, file: str) -> None:
    """GB18030 would read a damaged UTF-8 file as other, wrong characters: better refuse it."""
    if error.encoding != "utf-8":
        return
    text = content.decode("utf-8", "replace")
    foreign = sum(not character.isascii() for character in text)
    if is_damaged_utf8(text.count("\ufffd"), foreign):
        raise damaged_utf8(file, error.object.count(b"\n", 0, error.start) + 1)


def is_damaged_utf8(broken: int, foreign: int) -> bool:
    """Tell a damaged UTF-8 text from one in another encoding.

    Args:
        broken: How many of its characters UTF-8 cannot read.
        foreign: How many are not ASCII, the broken ones among them.

    >>> is_damaged_utf8(1, 100), is_damaged_utf8(60, 100)
    (True, False)
    """
    return broken * 4 < foreign


def _split(text: str, file: str) -> Iterator[Sheet]:
    for separator in SEPARATORS:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            read = [tuple(line) for line in lines]
        except csv.Error:  # there is no other in a text that need not be well quoted
            found = f"单元格超过{csv.field_size_limit()}个字"
            raise unreadable(file, found, "用逗号、制表符或分号分隔的表格") from None
        yield Sheet("", _trimmed(read), tuple(map(len, read)))


def find_mark(cells: Iterable[SheetCell], is_header: Callable[[SheetRow], bool]) -> str | None:
    """Return the punctuation mark that stands where a header's separator should.

    >>> find_mark(["单位，政务公开"], lambda row: "单位" in row)
    '，'
    """
    for cell in cells:
        for mark in _MARKS:
            if isinstance(cell, str) and mark in cell and is_header(tuple(cell.split(mark))):
                return mark
    return None


def _told_mark(rows: Sequence[SheetRow], score: Score) -> tuple[int, str] | None:
    for number, row in enumerate(rows, 1):
        if mark := find_mark(row, lambda cells: score(cells) >= HEADER_SCORE):
            return number, mark
    return None


def read_workbook(content: bytes, file: str) -> list[Sheet]:
    """Return the visible sheets of a workbook, in their order.

    Raises:
        FaultyData: It is no workbook, or is encrypted, damaged or larger than any table.
    """
    if content.startswith(OLE):
        raise encrypted_workbook(file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        sheets = _visible_sheets(content) if unpacked <= _MAX_UNPACKED else None
    except Exception:  # noqa: BLE001, RUF100 -- openpyxl raises anything on a damaged workbook
        raise damaged_workbook(file) from None
    if sheets is None:
        raise huge_workbook(file)
    return sheets


def _visible_sheets(content: bytes) -> list[Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # What openpyxl does not support never holds a count.
        values, formulas = _open(content, data_only=True), _open(content, data_only=False)
        return [
            Sheet(sheet.title, _trimmed(read_cells(sheet, formulas[sheet.title])))
            for sheet in values.worksheets
            if sheet.sheet_state == "visible"
        ]


def _open(content: bytes, *, data_only: bool) -> "Workbook":
    from openpyxl import load_workbook  # noqa: PLC0415 -- most periods hold no workbook

    return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)


def read_cells(values: Any, formulas: Any) -> Iterator[SheetRow]:
    """Walk through the cached values beside the formulas, which tell absent from blank."""
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # What a file says of its own size is often wrong.
    pairs = zip(values.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (row, sources) in enumerate(pairs):
        if number == _MAX_ROWS:
            raise ValueError("more rows than a spreadsheet has")
        yield tuple(_value(*pair) for pair in zip(row, sources, strict=True))


def _value(cell: Any, source: Any) -> SheetCell:
    # A formula whose cached value is the empty text keeps the type of a text.
    if source.data_type == "f" and cell.value is None and cell.data_type not in ("s", "str"):
        return Formula.WITHOUT_VALUE
    value: SheetCell = cell.value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and _shows_percent(cell.number_format):
        return Percentage(cell.value)
    return value


def _shows_percent(number_format: str) -> bool:
    return "%" in number_format and "%" in _LITERAL.sub("", number_format)


def _trimmed(rows: Iterable[SheetRow]) -> tuple[SheetRow, ...]:
    """Drop blank cells at the end of rows and blank rows at the end of the table."""
    kept: list[SheetRow] = []
    for row in rows:
        width = max(
            (n for n, cell in enumerate(row, 1) if cell is not None and cell != ""), default=0
        )
        kept.append(row[:width])
    while kept and not any(say_cell(cell) for cell in kept[-1]):
        kept.pop()
    return tuple(kept)


def _score(sheet: Sheet, score: Score) -> int:
    return max(map(score, sheet.rows), default=0)


def _best(sheets: Iterable[Sheet], score: Score) -> Sheet:
    """Choose the reading that shows a header, else the one with most cells."""
    return max(sheets, key=lambda sheet: (_score(sheet, score), sum(map(len, sheet.rows))))


def _only(sheets: list[Sheet], file: str, score: Score) -> Sheet:
    headed = [sheet for sheet in sheets if _score(sheet, score) >= HEADER_SCORE]
    if len(headed) > 1:
        raise several_headers(file, [sheet.title for sheet in headed])
    filled = headed or [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise _empty(file)
    return max(filled, key=lambda sheet: _score(sheet, score))


def _empty(file: str) -> FaultyData:
    return _fault(file, FaultKind.EMPTY_FILE, "", "表头和各单位的数据")


def _fault(file: str, kind: FaultKind, found: str, expected: str) -> FaultyData:
    return FaultyData([Fault(file, None, None, kind, found, expected)])
