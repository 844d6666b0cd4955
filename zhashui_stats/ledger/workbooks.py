"""Ledgers as .xlsx workbooks: by calamine, which is quick, or by ``OpenXml`` where it must be.

Calamine gives nothing for an error cell, and nothing for a formula that was never computed; so a
sheet that has either is read by ``OpenXml``. Both give the same text for the same cell, but for
dates that no calendar has, and for escapes that are escaped themselves.
"""

import warnings
import zipfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from types import NoneType
from typing import IO, TYPE_CHECKING, Any

from zhashui_stats.errors import FaultyData
from zhashui_stats.ledger.columns import Headers
from zhashui_stats.ledger.headed_rows import (
    SHEET_STEP,
    Head,
    HeadedRows,
    NumberedRow,
    RowReader,
    empty_file,
    find_head,
    no_header,
)
from zhashui_stats.ledger.merged import fill_merged, say_merged
from zhashui_stats.model.names import fold_heading
from zhashui_stats.reading.grid import Layout, Sheet
from zhashui_stats.reading.open_document import is_open_document
from zhashui_stats.reading.open_xml import MOST_ROWS, OpenXml, is_plain_sheet
from zhashui_stats.reading.passed_over import say_hidden
from zhashui_stats.reading.refusals import (
    damaged_workbook,
    huge_workbook,
    several_headers,
)
from zhashui_stats.reading.sheets import HEADER_SCORE, ZIP, Formula, Percentage
from zhashui_stats.reading.sheets import read_workbook as read_sheets

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["NOT_COMPUTED", "quiet", "read_workbook", "say_number"]

NOT_COMPUTED = "（公式没有计算结果）"
"""What stands for a formula that the program which wrote the workbook never computed."""

_MOST_UNPACKED = 2 << 30
_MOST_HELD = 256 << 20


def read_workbook(path: Path, file: str, headers: Headers) -> HeadedRows:
    """Return the one visible sheet that has a header, or all that have the same.

    It is to be read, and its rows as well, within ``quiet``.

    Raises:
        FaultyData: The workbook is encrypted, damaged, too big or empty, or none of its visible
            sheets has a header, or several have different ones.
    """
    with _faults(file):
        sheets = _inspect(path, file)
        heads = [find_head(sheet.records, headers) for sheet in sheets]
    headed = [
        (sheet.title, sheet.headed_rows(head, file))
        for sheet, head in zip(sheets, heads, strict=True)
        if head.score >= HEADER_SCORE
    ]
    if not headed:
        raise empty_file(file) if all(head.is_blank for head in heads) else no_header(file)
    if len(headed) == 1:
        return headed[0][1]
    if len({tuple(map(fold_heading, table.head.cells)) for _, table in headed}) > 1:
        raise several_headers(file, [title for title, _ in headed])
    return _put_together(headed)


def _put_together(headed: Sequence[tuple[str, HeadedRows]]) -> HeadedRows:
    """Read sheets of one header as one table: a workbook with a sheet for each month."""

    def records() -> Generator[NumberedRow, None, None]:
        for place, (_, table) in enumerate(headed):
            for number, cells in table.records():
                if not place or number > table.head.number:
                    yield place * SHEET_STEP + number, cells

    titles = tuple(title for title, _ in headed)
    first = headed[0][1]
    notes = [f"“{title}”{note}" for title, table in headed for note in table.notes]
    said = f"{len(titles)}张工作表表头相同，合在一起读：{'、'.join(titles)}"
    return HeadedRows(first.head, records, first.number, (said, *notes), titles)


@dataclass(frozen=True)
class _Sheet:
    """A sheet of a workbook: its rows, and how it is laid out."""

    title: str
    layout: Layout
    records: RowReader

    def headed_rows(self, head: Head, file: str) -> HeadedRows:
        """Return it as a table with a header."""
        notes = (
            *say_merged(self.layout.merged, head.number),
            *say_hidden(self.layout, head.number, MOST_ROWS),
        )
        return HeadedRows(head, _guarded(self.records, file), head.number, notes)


@contextmanager
def _faults(file: str) -> Iterator[None]:
    """Both libraries raise anything on a damaged workbook, calamine even what is no Exception."""
    try:
        yield
    except (FaultyData, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:  # noqa: BLE001, RUF100
        raise damaged_workbook(file) from None


def _guarded(records: RowReader, file: str) -> RowReader:
    def rows() -> Generator[NumberedRow, None, None]:
        with _faults(file):
            for number, cells in records():
                if number > MOST_ROWS:
                    raise huge_workbook(file, f"超过{MOST_ROWS}行")
                yield number, cells

    return rows


def _inspect(path: Path, file: str) -> list[_Sheet]:
    """Return the visible sheets."""
    with path.open("rb") as stream:
        is_small = _is_held(stream)
        stream.seek(0)
        if is_small:
            content = stream.read(_MOST_HELD + 1)
            if len(content) > _MOST_HELD:
                raise huge_workbook(file)
            return [_held(sheet) for sheet in read_sheets(content, file)]
        with OpenXml(stream) as book:
            if book.unpacked > _MOST_UNPACKED:
                raise huge_workbook(file)
            return [_streamed(path, title, part, book.layout(part)) for title, part in book.sheets]


def _is_held(stream: IO[bytes]) -> bool:
    """Tell whether a workbook is of a kind that is held in memory while it is read, or none."""
    if stream.read(len(ZIP)) != ZIP:
        return True
    with zipfile.ZipFile(stream) as archive:
        return is_open_document(archive)


def _held(sheet: Sheet) -> _Sheet:
    def records() -> Generator[NumberedRow, None, None]:
        for number, row in enumerate(sheet.rows, 1):
            yield number, [_say(cell) for cell in row]

    return _Sheet(sheet.title, sheet.layout, fill_merged(records, sheet.layout.merged))


def _streamed(path: Path, title: str, part: str, layout: Layout) -> _Sheet:
    return _Sheet(title, layout, fill_merged(_records(path, title, part), layout.merged))


@contextmanager
def quiet() -> Iterator[None]:
    """Pass over what openpyxl warns of while a workbook is read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # What openpyxl does not support never holds an article.
        yield


def _records(path: Path, title: str, part: str) -> RowReader:
    sheet = _sheet_by_calamine(path, title) if _is_plain(path, part) else None
    return (lambda: _quickly(sheet)) if sheet else (lambda: _slowly(path, part))


def _sheet_by_calamine(path: Path, title: str) -> "CalamineSheet | None":
    """Return a sheet; None where calamine stumbles over what office programs pass over."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 -- few ledgers are workbooks

    try:
        with CalamineWorkbook.from_path(path) as book:
            return book.get_sheet_by_name(title)
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:  # noqa: BLE001, RUF100 -- it raises even what is no Exception
        return None


def _is_plain(path: Path, part: str) -> bool:
    with path.open("rb") as stream, OpenXml(stream) as book, book.open(part) as sheet:
        return is_plain_sheet(sheet) and not book.shows_weekdays


def _quickly(sheet: "CalamineSheet") -> Generator[NumberedRow, None, None]:
    # Calamine fills up blank rows above the first cell, but not the columns on its left.
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [*left, *[cell if type(cell) is str else _say(cell) for cell in row]]


def _slowly(path: Path, part: str) -> Generator[NumberedRow, None, None]:
    with path.open("rb") as stream, OpenXml(stream) as book:
        for number, row in enumerate(book.rows(part), 1):
            yield number, [_say(cell) for cell in row]


def _say(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, dates as their day.

    >>> _say(3.0), _say(True), _say(datetime(2022, 1, 5, 8, 30)), _say(None), _say(Percentage(2))
    ('3', 'TRUE', '2022-01-05', '', '2')
    """
    return _SAYINGS.get(type(cell), str)(cell)


def say_number(number: float) -> str:
    """Return a number as text, a whole one without a point.

    >>> say_number(3.0), say_number(0.5)
    ('3', '0.5')
    """
    return f"{number + 0.0:.0f}" if number.is_integer() else str(number)


# Millions of cells are said, so that their types are looked up and not asked for in turn.
_SAYINGS: Mapping[type, Callable[[Any], str]] = {
    NoneType: lambda _: "",
    str: str,
    bool: lambda cell: str(cell).upper(),
    int: lambda cell: say_number(float(cell)),
    float: say_number,
    Percentage: say_number,
    datetime: lambda cell: cell.date().isoformat(),
    date: date.isoformat,
    time: time.isoformat,
    Formula: lambda _: NOT_COMPUTED,
}
