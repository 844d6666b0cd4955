"""Ledgers as text: comma, tab or semicolon; UTF-8, UTF-16 or GB18030, read row by row."""

import codecs
import csv
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.ledger.columns import Headers
from zhashui_stats.ledger.headed_rows import (
    HEAD_ROWS,
    HeadedRows,
    NumberedRow,
    empty_file,
    find_head,
    no_header,
)
from zhashui_stats.ledger.staged_csv import LONGEST_ROW
from zhashui_stats.reading.refusals import (
    damaged_utf8,
    no_text,
    not_to_be_opened,
    unknown_encoding,
    unreadable,
    workbook_as_text,
    wrong_separator,
)
from zhashui_stats.reading.sheets import (
    HEADER_SCORE,
    OLE,
    SEPARATORS,
    ZIP,
    find_mark,
    is_damaged_utf8,
    is_readable,
    marked_encoding,
)

__all__ = ["long_cells", "read_text"]

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_MOST_CHUNKS_IN_LINE = 64
_BROKEN = re.compile("[\udc80-\udcff]")
_LINE_ENDS = re.compile(rb"[\r\n]")


@dataclass(frozen=True, slots=True)
class _TextFile:
    """A file as text, with the separator that its rows are read with."""

    path: Path
    file: str
    encoding: str
    separator: str = ","
    errors: str = "strict"

    def records(self) -> Generator[NumberedRow, None, None]:
        """Read the rows, blank ones included; a line break in quotes ends none."""
        number = 0
        try:
            with self.path.open(encoding=self.encoding, errors=self.errors, newline="") as lines:
                reader = csv.reader(lines, delimiter=self.separator, strict=True)
                for number, cells in enumerate(reader, 1):  # noqa: B007, RUF100 -- told in faults
                    yield number, cells
        except csv.Error as error:
            raise self._fault(number + 1, error) from None
        except OSError as error:
            raise not_to_be_opened(self.file, error) from None

    def _fault(self, number: int, error: csv.Error) -> FaultyData:
        is_long = "limit" in str(error)
        found = f"单元格超过{LONGEST_ROW}个字" if is_long else "引号没有成对"
        expected = "含有分隔符、引号或换行的单元格用英文双引号括起，其中的双引号写两个"
        kind = FaultKind.UNREADABLE_FILE
        return FaultyData([Fault(self.file, number, None, kind, found, expected)])

    def until_fault(self) -> Generator[NumberedRow, None, None]:
        """Read the rows up to the first one that cannot be read."""
        try:
            yield from self.records()
        except FaultyData:
            return


@contextmanager
def long_cells() -> Iterator[None]:
    """Let the csv module take long cells meanwhile; its own limit is 131,072 characters."""
    earlier = csv.field_size_limit(LONGEST_ROW)
    try:
        yield
    finally:
        csv.field_size_limit(earlier)


def read_text(path: Path, file: str, headers: Headers) -> HeadedRows:
    """Find the encoding, the separator and the header of a text file.

    Its rows are to be read within ``long_cells``.

    Raises:
        FaultyData: It is no text, is empty, has no header, or its encoding is not known.
    """
    encoding = _find_encoding(path, file, headers)
    text = _best_separator(_TextFile(path, file, encoding), headers)
    head = find_head(text.until_fault, headers)
    if head.score < HEADER_SCORE:
        # Where quotes are wrong, the header may be there and not be found.
        head = find_head(text.records, headers)
        if head.is_blank:
            raise empty_file(file)
        raise _wrong_separator(text, headers) or no_header(file)
    return HeadedRows(head, text.records, head.number)


def _wrong_separator(text: _TextFile, headers: Headers) -> FaultyData | None:
    for number, cells in islice(text.until_fault(), HEAD_ROWS):
        if mark := find_mark(cells, lambda row: headers.score(map(str, row)) >= HEADER_SCORE):
            return wrong_separator(text.file, number, mark)
    return None


def _best_separator(text: _TextFile, headers: Headers) -> _TextFile:
    """Choose the separator that shows the header; the first of equals."""
    readings = [
        _TextFile(text.path, text.file, text.encoding, separator, text.errors)
        for separator in SEPARATORS
    ]
    return max(readings, key=lambda reading: find_head(reading.until_fault, headers).score)


def _find_encoding(path: Path, file: str, headers: Headers) -> str:
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    if sample.startswith((ZIP, OLE)):
        raise workbook_as_text(file)
    _refuse_endless_line(path, file)
    for encoding in _encodings(sample):
        if _is_in(path, encoding):
            return encoding
        if encoding.startswith("utf-8"):
            _refuse_damage(_TextFile(path, file, encoding, errors="surrogateescape"), headers)
    is_guess = b"\0" in sample and not marked_encoding(sample)
    raise no_text(file) if is_guess else unknown_encoding(file)


def _encodings(sample: bytes) -> tuple[str, ...]:
    """Name the encodings that a file may be in, by its first bytes."""
    if marked := marked_encoding(sample):
        return (marked,)
    if b"\0" not in sample:
        return ("utf-8", "gb18030")
    utf16 = tuple(name for name in ("utf-16-le", "utf-16-be") if _is_utf16(sample, name))
    # Chinese in UTF-16 is no UTF-8, and what is only ASCII has a NUL beside each character.
    if _decoded(sample, "utf-8") is None or sample.count(b"\0") * 3 > len(sample):
        return utf16
    return ("utf-8",)


def _is_utf16(sample: bytes, encoding: str) -> bool:
    text = _decoded(sample, encoding)
    return text is not None and is_readable(text)


def _decoded(sample: bytes, encoding: str) -> str | None:
    """Decode a sample, whose last character may be cut off; None where it cannot be."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _refuse_endless_line(path: Path, file: str) -> None:
    """A line is held in memory, and a file without line breaks is no table."""
    endless = 0
    for chunk in _chunks(path):
        endless = 0 if _LINE_ENDS.search(chunk) else endless + 1
        if endless > _MOST_CHUNKS_IN_LINE:
            found = f"有一行超过 {_MOST_CHUNKS_IN_LINE} MB"
            raise unreadable(file, found, "每篇稿件一行的表格")


def _is_in(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_damage(text: _TextFile, headers: Headers) -> None:
    """GB18030 would read a damaged UTF-8 file as other, wrong characters: better refuse it."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    broken = foreign = 0
    for chunk in _chunks(text.path):
        characters = decoder.decode(chunk)
        broken += characters.count("\ufffd")
        foreign += len(characters) - len(characters.encode("ascii", "ignore"))
    if text.encoding == "utf-8-sig" or is_damaged_utf8(broken, foreign):
        raise damaged_utf8(text.file, _broken_row(_best_separator(text, headers)))


def _broken_row(text: _TextFile) -> int | None:
    rows = (number for number, cells in text.until_fault() if _BROKEN.search("".join(cells)))
    return next(rows, None)
