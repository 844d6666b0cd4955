"""A ledger file of any format becomes a relation of DuckDB, never loaded whole.

Parquet files and DuckDB databases are read where they are; text, workbooks and SQLite databases
go row by row into a DuckDB database in a temporary folder.
"""

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from zhashui_stats.errors import Fault, FaultKind, FaultyData, OutputError, say_os_error
from zhashui_stats.ledger.columns import Headers
from zhashui_stats.ledger.databases import attach_duckdb, read_sqlite
from zhashui_stats.ledger.engine import Workspace, engine_faults, glob_literal, identifier
from zhashui_stats.ledger.frame import ROW
from zhashui_stats.ledger.headed_rows import HeadedRows, empty_file, say_others
from zhashui_stats.ledger.staged_csv import load_table, place_columns
from zhashui_stats.ledger.text_files import long_cells, read_text
from zhashui_stats.ledger.workbooks import quiet, read_workbook
from zhashui_stats.reading.file_names import WORKBOOK_ENDINGS
from zhashui_stats.reading.refusals import not_to_be_opened, unreadable

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

__all__ = ["Source", "open_source"]

_DATABASES = (".duckdb", ".db", ".sqlite", ".sqlite3")
_SQLITE = b"SQLite format 3\0"
_DUCKDB = b"DUCK"
_DUCKDB_AT = 8
_PARQUET = (b"PAR1", b"PARE")


@dataclass(frozen=True, eq=False)
class Source:
    """The rows of a ledger file.

    Attributes:
        relation: The columns that are ours, under their headers as they stand, and ``row``, the
            row as a spreadsheet shows it, where rows have numbers.
        resources: What the relation needs as long as it is asked anything.
        notes: What was passed over (Chinese).
        sheets: The sheets that it was put together from; none where there is but one.
        places: Of a workbook, header -> its column, from 0.
    """

    relation: "DuckDBPyRelation"
    resources: object
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _File:
    """What is to be opened, how faults name it, and which of its tables is meant."""

    path: Path
    name: str
    headers: Headers
    table: str | None
    start: bytes

    @property
    def ending(self) -> str:
        return self.path.suffix.lower()


def open_source(path: Path, file: str, headers: Headers, table: str | None = None) -> Source:
    """Open a ledger by the ending of its name: text, workbook, Parquet or database.

    Args:
        path: Where it is.
        file: How faults name it.
        headers: What its columns may be headed.
        table: The table of a database; None: its only one.

    Raises:
        FaultyData: It is missing, empty or cannot be read; it has no header or one with faults;
            it is not told which table is meant.
        OutputError: The temporary folder cannot be written.
    """
    given = _File(path.absolute(), file, headers, table, _first_bytes(path, file))
    _check_table(given)
    try:
        workspace = Workspace()
    except OSError as error:
        raise OutputError(f"建不了临时文件夹：{say_os_error(error)}") from None
    try:
        return _opened(given, workspace)
    except BaseException:
        workspace.close()
        raise


def _first_bytes(path: Path, file: str) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise unreadable(file, "不是普通文件", "可以读取的文件")
        with path.open("rb") as stream:
            start = stream.read(len(_SQLITE))
    except FileNotFoundError:
        found = "链接所指的文件不存在" if path.is_symlink() else ""
        kind = FaultKind.MISSING_FILE
        raise FaultyData([Fault(file, None, None, kind, found, "投稿台账")]) from None
    except OSError as error:
        raise not_to_be_opened(file, error) from None
    if not start:
        raise empty_file(file)
    return start


def _check_table(given: _File) -> None:
    if given.table is not None and given.ending not in _DATABASES:
        found, kind = f"--table {given.table}", FaultKind.UNKNOWN_VALUE
        expected = "只有数据库文件才用 --table 指明表名"
        raise FaultyData([Fault(given.name, None, None, kind, found, expected)])


def _opened(given: _File, workspace: Workspace) -> Source:
    if given.ending == ".parquet":
        relation, notes = _open_parquet(given, workspace)
        return Source(relation, workspace, notes)
    if given.ending in _DATABASES and given.start != _SQLITE:
        relation, notes = _open_duckdb(given, workspace)
        return Source(relation, workspace, notes)
    with long_cells(), quiet():
        table = _read_table(given)
        relation, notes = load_table(table, given.name, given.headers, workspace)
        is_workbook = given.ending in WORKBOOK_ENDINGS
        places = {cell: place for place, cell in enumerate(table.head.cells) if is_workbook}
        return Source(relation, workspace, notes, table.sheets, places)


def _read_table(given: _File) -> HeadedRows:
    if given.ending in _DATABASES:
        return read_sqlite(given.path, given.name, given.headers, given.table)
    if given.ending == ".csv":
        return read_text(given.path, given.name, given.headers)
    if given.ending in WORKBOOK_ENDINGS:
        return read_workbook(given.path, given.name, given.headers)
    found = f"不支持 {given.ending} 格式" if given.ending else "文件名没有扩展名"
    expected = "另存为 .xlsx 或 .csv 的台账，或 .parquet、.duckdb、.db、.sqlite 文件"
    raise unreadable(given.name, found, expected)


def _open_parquet(given: _File, workspace: Workspace) -> tuple["DuckDBPyRelation", tuple[str, ...]]:
    expected = "完好的 Parquet 文件，请重新导出"
    if not given.start.startswith(_PARQUET):
        raise unreadable(given.name, "不是 Parquet 文件", expected)
    # Old writers do not tell text from bytes, and a folder such as year=2022 is no column.
    options = "binary_as_string = true, hive_partitioning = false"
    source = f"read_parquet({glob_literal(given.path)}, {options})"
    with engine_faults(given.name, "不是完好的 Parquet 文件", expected):
        return _select(source, "file_row_number", given, workspace)


def _open_duckdb(given: _File, workspace: Workspace) -> tuple["DuckDBPyRelation", tuple[str, ...]]:
    expected = "完好的 DuckDB 或 SQLite 数据库，关闭正在使用它的程序后重试"
    with given.path.open("rb") as stream:
        stream.seek(_DUCKDB_AT)
        if stream.read(len(_DUCKDB)) != _DUCKDB:
            raise unreadable(given.name, "不是 DuckDB 或 SQLite 数据库", expected)
    with engine_faults(given.name, "不是完好的 DuckDB 数据库，或版本不同，或正被占用", expected):
        stored = attach_duckdb(given.path, given.name, given.table, workspace)
        number = None if stored.is_view else "rowid"
        return _select(stored.name, number, given, workspace)


def _select(
    source: str, number: str | None, given: _File, workspace: Workspace
) -> tuple["DuckDBPyRelation", tuple[str, ...]]:
    """Choose the columns that are ours; ``number`` counts rows from 0, unless a column is so named.

    The first row is row 2, as if a header stood above it.
    """
    names = workspace.connection.sql(f"SELECT * FROM {source}").columns
    placed = place_columns(names, None, given.name, given.headers)
    columns = [identifier(header) for header in placed.headers.values()]
    if number and number not in map(str.lower, names):
        columns.append(f"({number} + 2)::BIGINT AS {identifier(ROW)}")
    relation = workspace.connection.sql(f"SELECT {', '.join(columns)} FROM {source}")
    if not relation.project("1").limit(1).fetchall():
        raise empty_file(given.name, "没有任何一行")
    return relation, tuple(say_others(names, given.headers))
