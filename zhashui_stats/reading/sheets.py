"""Files as rows of cells: CSV in the separators and encodings of an office, workbooks."""

import codecs
import csv
import io
import string
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.reading.compound_file import find_stream
from zhashui_stats.reading.file_names import WORKBOOK_ENDINGS, plain_name
from zhashui_stats.reading.grid import (
    Formula,
    Percentage,
    Sheet,
    SheetCell,
    SheetRow,
    say_cell,
    trim,
)
from zhashui_stats.reading.old_excel import is_protected, read_old_excel
from zhashui_stats.reading.open_document import is_open_document, read_open_document
from zhashui_stats.reading.open_xml import OpenXml
from zhashui_stats.reading.refusals import (
    damaged_utf8,
    damaged_workbook,
    encrypted_workbook,
    huge_workbook,
    no_text,
    no_workbook,
    not_to_be_opened,
    several_headers,
    unknown_encoding,
    unreadable,
    workbook_as_text,
    wrong_separator,
)

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
    "read_content",
    "read_sheet",
    "read_workbook",
    "say_cell",
]

# So many of the wanted headers make a row a header.
HEADER_SCORE = 2


Score: TypeAlias = Callable[[SheetRow], int]


SEPARATORS = ",\t;"
_MARKS = "，；、|｜"
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
# A table of counts takes some kilobytes; the limits keep a wrong file from filling the memory.
_MAX_BYTES = 16 << 20
_MAX_UNPACKED = 256 << 20
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
    if file.lower().endswith(WORKBOOK_ENDINGS):
        return _only(read_workbook(content, file), file, score)
    text = decode(content, file)
    if not text.strip(SEPARATORS + string.whitespace):
        raise _empty(file)
    best = _best(_split(text, file), score)
    if _score(best, score) < HEADER_SCORE and (told := _told_mark(best.rows, score)):
        raise wrong_separator(file, *told)
    return best


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
        yield Sheet("", trim(read), tuple(map(len, read)))


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
    if not content.startswith((OLE, ZIP)) and (text := _start(content)):
        raise no_workbook(file, is_markup=text.startswith("<"))
    try:
        sheets = _read_old(content) if content.startswith(OLE) else _read_archive(content)
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:  # noqa: BLE001, RUF100 -- calamine raises even what is no Exception
        refuse = encrypted_workbook if content.startswith(OLE) else damaged_workbook
        raise refuse(file) from None
    if sheets is None:
        raise huge_workbook(file)
    return sheets


def _start(content: bytes) -> str:
    """Return how a text begins; empty for what is none."""
    try:
        return decode(content, "").lstrip("\ufeff \t\r\n")[:1]
    except FaultyData:
        return ""


def _read_old(content: bytes) -> list[Sheet]:
    stream = find_stream(content, "Workbook")
    if stream is None or is_protected(stream):
        raise ValueError("a workbook with a password, or another document of Office")
    return read_old_excel(content, stream)


def _read_archive(content: bytes) -> list[Sheet] | None:
    """Return the visible sheets of a zipped workbook; None where it would fill the memory."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
            return None
        if is_open_document(archive):
            return read_open_document(archive)
    with OpenXml(io.BytesIO(content)) as book:
        return [
            Sheet(title, trim(book.rows(part)), layout=book.layout(part))
            for title, part in book.sheets
        ]


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
