"""A made-up ledger as a file: CSV, workbook or Parquet, whole or not at all."""

import contextlib
import csv
import errno
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zhashui_stats.errors import OutputError
from zhashui_stats.files import staged_file, writing
from zhashui_stats.ledger.engine import literal
from zhashui_stats.model.articles import DATES, SYNTHETIC, Column

if TYPE_CHECKING:
    import duckdb

__all__ = ["open_database", "staged_ledger", "write_ledger", "write_query"]

_REFUSED = "无法写入 {path}（{reason}）；请检查文件夹、磁盘空间和权限"
_FIXED_TIME = b"2000-01-01T00:00:00Z"
_ANY_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def write_ledger(rows: Iterable[Mapping[Column, str]], path: Path) -> None:
    """Write a ledger, whole or not at all; the ending of its name tells the format.

    ``.csv`` is UTF-8 with BOM and CRLF, as Excel and WPS want it. In ``.xlsx`` and ``.parquet``
    dates are dates; a Parquet column where something else stands as well is text.

    Raises:
        OutputError: The ending is another one, or the place cannot be written.
    """
    writers = {".csv": _write_csv, ".xlsx": _write_workbook, ".parquet": _write_parquet}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        found = f"“{path.name}”的扩展名不是台账的格式"
        raise OutputError(f"{found}；应为：{'、'.join(writers)}，请改名后重试")
    with staged_ledger(path) as place:
        writer(list(rows), place)


@contextlib.contextmanager
def staged_ledger(path: Path) -> Iterator[Path]:
    """Give a file beside ``path`` to write to, which then takes its place.

    Raises:
        OutputError: The place cannot be written; what stood there stays as it was.
    """
    with writing(path, _REFUSED), staged_file(path) as place:
        yield place


def _write_csv(rows: Sequence[Mapping[Column, str]], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(column.label for column in Column)
        writer.writerows([row[column] for column in Column] for row in rows)


def _write_workbook(rows: Sequence[Mapping[Column, str]], path: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 -- most ledgers are read, not written

    book = Workbook(write_only=True)
    sheet = book.create_sheet(f"{SYNTHETIC}台账")
    # All cells are there before the first is written: half a sheet would leave a file open.
    lines = [
        [_cell(sheet, row[column], is_day=column in DATES) for column in Column] for row in rows
    ]
    for line in ([column.label for column in Column], *lines):
        sheet.append(line)
    content = io.BytesIO()
    book.save(content)
    _copy_without_times(content, path)


def _cell(sheet: Any, text: str, *, is_day: bool) -> object:
    """Make a cell: a date, or text that is never taken for a formula or an error."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    day = _as_day(text) if is_day else None
    if day or not text:
        return day
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _copy_without_times(content: io.BytesIO, path: Path) -> None:
    """Copy a workbook without the time of its making, or no two would be the same."""
    with ZipFile(content) as parts, ZipFile(path, "w") as copy:
        for part in parts.namelist():
            data = parts.read(part)
            if part == "docProps/core.xml":
                data = _ANY_TIME.sub(_FIXED_TIME, data)
            copy.writestr(ZipInfo(part), data, ZIP_DEFLATED)


def _write_parquet(rows: Sequence[Mapping[Column, str]], path: Path) -> None:
    cells = {column.value: [row[column] or None for row in rows] for column in Column}
    columns = ", ".join(_typed(column, cells[column.value]) for column in Column)
    given = ", ".join(f"unnest(${column.value}::VARCHAR[]) AS {column.value}" for column in Column)
    with open_database() as database:
        database.execute(f"CREATE TEMP TABLE ledger AS SELECT {given}", cells)
        write_query(database, f"SELECT {columns} FROM ledger", path)


def _typed(column: Column, cells: Iterable[str | None]) -> str:
    is_day = column in DATES and all(text is None or _as_day(text) for text in cells)
    return f'{column.value}{"::DATE" * is_day} AS "{column.label}"'


@contextlib.contextmanager
def open_database() -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open a database in memory; what it cannot write is told as the system would."""
    import duckdb  # noqa: PLC0415 -- only Parquet needs it

    try:
        with duckdb.connect() as database:
            yield database
    except duckdb.IOException as error:
        raise OSError(errno.EIO, str(error)) from error


def write_query(database: "duckdb.DuckDBPyConnection", query: str, path: Path) -> None:
    """Write what a query gives as Parquet."""
    options = "(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)"
    database.execute(f"COPY ({query}) TO {literal(str(path))} {options}")
