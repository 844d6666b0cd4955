"""Ledgers in database files: tables of DuckDB, read by DuckDB itself, and of SQLite."""

import sqlite3
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.ledger.columns import Headers
from zhashui_stats.ledger.engine import Workspace, identifier, literal
from zhashui_stats.ledger.headed_rows import Head, HeadedRows, NumberedRow, empty_file
from zhashui_stats.ledger.workbooks import say_number
from zhashui_stats.reading.refusals import unreadable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Stored", "attach_duckdb", "read_sqlite"]

_FIRST_ROW = 2  # As if a header stood in row 1.
_EXPECTED = "完好的 SQLite 数据库，关闭正在使用它的程序后重试"
_VIEW = "view"


@dataclass(frozen=True, slots=True)
class Stored:
    """A table of a DuckDB database.

    Attributes:
        name: Its name, quoted for SQL.
        is_view: Whether it is a view, whose rows have no numbers.
    """

    name: str
    is_view: bool


def attach_duckdb(path: Path, file: str, table: str | None, workspace: Workspace) -> Stored:
    """Attach a DuckDB database, to be read only, and return the table that is meant.

    Raises:
        FaultyData: There is no such table, or it is not told which one is meant.
        duckdb.Error: The database cannot be read.
    """
    connection = workspace.connection
    connection.execute(f"ATTACH {literal(str(path))} AS source (READ_ONLY, TYPE duckdb)")
    # A view may name any file of this computer; only the database itself is asked for.
    connection.execute("SET enable_external_access = false")
    tables = _duckdb_tables(connection)
    schema, name, is_view = tables[_chosen(table, tables, file)]
    return Stored(f"source.{identifier(schema)}.{identifier(name)}", is_view)


def _duckdb_tables(connection: "DuckDBPyConnection") -> dict[str, tuple[str, str, bool]]:
    """Return the tables and views, by their names; a schema that is not main is named too."""
    rows = connection.execute(
        "SELECT schema_name, table_name, false FROM duckdb_tables()"
        " WHERE database_name = 'source' AND NOT internal"
        " UNION ALL SELECT schema_name, view_name, true FROM duckdb_views()"
        " WHERE database_name = 'source' AND NOT internal"
    ).fetchall()
    return {
        name if schema == "main" else f"{schema}.{name}": (schema, name, is_view)
        for schema, name, is_view in sorted(rows)
    }


def _chosen(table: str | None, tables: Mapping[str, object], file: str) -> str:
    """Return the name of the table that is meant."""
    if not tables:
        raise empty_file(file, "数据库中没有表")
    names = "、".join(sorted(tables))
    if table is None and len(tables) > 1:
        expected = "用 --table 表名 指明台账是哪一张表"
        kind = FaultKind.AMBIGUOUS_SHEET
        raise FaultyData([Fault(file, None, None, kind, f"有这些表：{names}", expected)])
    chosen = table if table is not None else next(iter(tables))
    if chosen not in tables:
        kind = FaultKind.UNKNOWN_VALUE
        found = f"没有名为“{chosen}”的表"
        raise FaultyData([Fault(file, None, None, kind, found, f"其中之一：{names}")])
    return chosen


def read_sqlite(path: Path, file: str, headers: Headers, table: str | None) -> HeadedRows:
    """Return the table of an SQLite database that is meant; its rows count as in a spreadsheet.

    Raises:
        FaultyData: The database is damaged or in use, there is no such table, or it is not told
            which one is meant.
    """
    with _connected(path, file) as connection:
        tables = _sqlite_tables(connection)
        name = _chosen(table, tables, file)
        source = identifier(name)
        names = tuple(
            column[0]
            for column in connection.execute(f"SELECT * FROM {source} LIMIT 0").description
        )
    # What is nothing of ours may be anything, pictures too, and is not read.
    cells = ", ".join(identifier(header) if headers.column(header) else "NULL" for header in names)
    # An index that holds these columns would give the rows in another order.
    order = "" if tables[name] == _VIEW else " NOT INDEXED"
    statement = f"SELECT {cells} FROM {source}{order}"
    head = Head(_FIRST_ROW - 1, names, headers.score(names))
    return HeadedRows(head, lambda: _sqlite_records(path, file, statement), None)


def _sqlite_tables(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute(
        "SELECT CAST(name AS BLOB), CAST(type AS BLOB) FROM sqlite_master"
        " WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    return {name.decode(): kind.decode() for name, kind in rows}


def _sqlite_records(path: Path, file: str, statement: str) -> Generator[NumberedRow, None, None]:
    number = _FIRST_ROW
    with _connected(path, file) as connection:
        try:
            for number, row in enumerate(connection.execute(statement), _FIRST_ROW):
                yield number, [_say(cell) for cell in row]
        except UnicodeDecodeError:
            kind = FaultKind.WRONG_ENCODING
            found = "有一个单元格不是 UTF-8 文本"
            raise FaultyData([Fault(file, number, None, kind, found, "UTF-8 文本")]) from None


@contextmanager
def _connected(path: Path, file: str) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(_address(path), uri=True)) as connection:
            connection.text_factory = bytes
            connection.execute("PRAGMA trusted_schema = OFF")
            yield connection
    except (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError):
        raise unreadable(file, "不是完好的数据库，或正被占用", _EXPECTED) from None


def _address(path: Path) -> str:
    """Say to SQLite that nobody writes, unless somebody left writes that are not done yet."""
    journals = (path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-journal"))
    is_settled = not any(journal.exists() and journal.stat().st_size for journal in journals)
    options = "mode=ro&immutable=1" if is_settled else "mode=ro"
    return f"file:{quote(str(path))}?{options}"


def _say(cell: object) -> str:
    """Return a cell as text; what SQLite holds as text comes as bytes.

    >>> _say("甲".encode()), _say(3.0), _say(None)
    ('甲', '3', '')
    """
    match cell:
        case None:
            return ""
        case bytes():
            return cell.decode("utf-8")
        case float():
            return say_number(cell)
        case _:
            return str(cell)
