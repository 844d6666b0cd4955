"""DuckDB, kept off the network, with a temporary folder that goes when nobody needs it."""

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zhashui_stats.errors import OutputError
from zhashui_stats.reading.refusals import unreadable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Workspace", "engine_faults", "glob_literal", "identifier", "literal"]

_MEMORY = "384MB"


class Workspace:
    """A connection and a folder for what does not fit into memory.

    Both go when the workspace is garbage-collected, when it is closed or when the process ends.

    Attributes:
        folder: The temporary folder.
        connection: The connection; its database is a file in the folder.
    """

    def __init__(self) -> None:
        """Make the folder and open the database.

        Raises:
            OSError: The folder cannot be made.
        """
        self.folder = Path(tempfile.mkdtemp(prefix="zhashui-"))
        try:
            self.connection = _connect(self.folder)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self._drop = weakref.finalize(self, _drop, self.connection, self.folder)

    def close(self) -> None:
        """Close the connection and remove the folder."""
        self._drop()


def _connect(folder: Path) -> "DuckDBPyConnection":
    import duckdb  # noqa: PLC0415 -- most commands ask nothing of a ledger

    # Extensions are downloaded where they are missing; a county's data stays off the network.
    connection = duckdb.connect(
        folder / "ledger.duckdb",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": _MEMORY,
            "temp_directory": str(folder / "spill"),
        },
    )
    # In Jupyter without ipywidgets the setting cannot even be turned off.
    if connection.sql("SELECT current_setting('enable_progress_bar')").fetchall()[0][0]:
        connection.execute("SET enable_progress_bar = false")
    connection.execute("SET python_enable_replacements = false")
    # A time with a zone belongs to the day that it was in Beijing, wherever this runs.
    connection.execute("SET TimeZone = 'Asia/Shanghai'")
    return connection


def _drop(connection: "DuckDBPyConnection", folder: Path) -> None:
    connection.close()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def engine_faults(file: str, found: str, expected: str) -> Iterator[None]:
    """Tell what DuckDB cannot read as a fault of the file.

    Raises:
        FaultyData: The file is damaged, or not what its name says.
        OutputError: There is no room left in memory or in the temporary folder.
    """
    import duckdb  # noqa: PLC0415 -- most commands ask nothing of a ledger

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise OutputError("内存或临时文件夹的空间不足，请关闭别的程序后重试") from None
    except duckdb.Error:
        raise unreadable(file, found, expected) from None


def identifier(name: str) -> str:
    """Quote the name of a table or column for SQL.

    >>> print(identifier('标题"a'))
    "标题""a"
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text for SQL.

    >>> print(literal("it's"))
    'it''s'
    """
    return "'" + text.replace("'", "''") + "'"


def glob_literal(path: Path) -> str:
    """Quote a path for a function that would take ``*``, ``?`` and ``[`` in it as wildcards.

    >>> print(glob_literal(Path("台账[1].parquet")))
    '台账[[]1].parquet'
    """
    return literal("".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path)))
