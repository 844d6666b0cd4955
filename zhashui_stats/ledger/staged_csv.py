"""Rows of text become a table of DuckDB, by way of a file, so that none of them stays in memory."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from zhashui_stats.errors import Fault, FaultKind, FaultyData, OutputError, say_os_error
from zhashui_stats.ledger.columns import Headers, Placed
from zhashui_stats.ledger.days import fold_day
from zhashui_stats.ledger.engine import Workspace, glob_literal, identifier
from zhashui_stats.ledger.frame import ROW
from zhashui_stats.ledger.headed_rows import SHEET_STEP, HeadedRows, empty_file, say_others
from zhashui_stats.model.articles import DATES
from zhashui_stats.reading.passed_over import say_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

__all__ = ["LONGEST_ROW", "load_table", "place_columns"]

LONGEST_ROW = 8 << 20
"""So many characters of a row are read; the engine holds a row in memory, several times over."""

_LONGEST_DAY = 40  # Longer text is no date, and a cache of such texts would fill the memory.
_LEAST_BUFFER = 2 << 20


def load_table(
    table: HeadedRows, file: str, headers: Headers, workspace: Workspace
) -> tuple["DuckDBPyRelation", tuple[str, ...]]:
    """Load the columns that are ours; every cell is text, a blank one is nothing.

    Args:
        table: The rows.
        file: How faults name the file.
        headers: What the columns may be headed.
        workspace: Where the rows go.

    Returns:
        The relation, and what was passed over (Chinese).

    Raises:
        FaultyData: Columns are missing or double, or there is no row.
        OutputError: The temporary folder cannot be written.
    """
    placed = place_columns(table.head.cells, table.number, file, headers)
    staged = _StagedCsv(table, placed, file)
    path = workspace.folder / "staged.csv"
    try:
        staged.write(path)
    except OSError as error:
        raise OutputError(f"临时文件夹写不下台账：{say_os_error(error)}；请腾出磁盘空间") from None
    if not staged.loaded:
        raise empty_file(file, "只有表头")
    relation = _load(path, tuple(placed.headers.values()), staged.longest, workspace)
    path.unlink()
    others = say_others(table.head.cells, headers)
    return relation, (*table.head.notes, *table.notes, *others, *staged.notes())


def place_columns(cells: Sequence[str], number: int | None, file: str, headers: Headers) -> Placed:
    """Say where the columns stand.

    Raises:
        FaultyData: Columns are missing or double.
    """
    placed = headers.place(cells, file, number)
    faults = [*placed.faults, *_clashes(placed, file, number)]
    if faults:
        raise FaultyData(faults)
    return placed


def _clashes(placed: Placed, file: str, number: int | None) -> Iterable[Fault]:
    """DuckDB does not tell capital letters from small ones, and ``row`` is taken."""
    seen = {ROW}
    for header in placed.headers.values():
        if header.lower() in seen:
            kind = FaultKind.DUPLICATE_COLUMN
            found = f"“{header}”与另一列或行号列 {ROW} 同名"
            yield Fault(file, number, header, kind, found, "不分大小写也各不相同的表头")
        seen.add(header.lower())


class _StagedCsv:
    """Writes the cells that are ours, and remembers what was passed over."""

    def __init__(self, table: HeadedRows, placed: Placed, file: str) -> None:
        self.table = table
        self.file = file
        self.places = tuple(placed.columns.values())
        self.days = tuple(n for n, column in enumerate(placed.columns) if column in DATES)
        self.loaded = 0
        self.longest = 0
        self.blank: list[int] = []
        self.passed: list[int] = []

    def write(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerows(self._lines())

    def _lines(self) -> Iterator[list[str]]:
        first = self.table.head.number
        pending: list[int] = []
        for number, row in self.table.records():
            if number <= first:
                continue
            width = len(row)
            cells = [row[place] if place < width else "" for place in self.places]
            if not any(map(str.strip, cells)):
                is_blank = not any(map(str.strip, row))
                (pending if is_blank else self.passed).append(number)
                continue
            # Blank rows at the end are nothing that anybody wrote.
            self.blank += pending
            pending = []
            self._fold(cells)
            self._measure(cells, number)
            yield [str(number), *cells]

    def _fold(self, cells: list[str]) -> None:
        for place in self.days:
            cell = cells[place]
            if cell and len(cell) <= _LONGEST_DAY:
                cells[place] = fold_day(cell) or cell

    def _measure(self, cells: list[str], number: int) -> None:
        self.loaded += 1
        length = sum(map(len, cells))
        self.longest = max(self.longest, length)
        if length > LONGEST_ROW:
            found = f"这一行有{length}个字"
            expected = "每篇稿件一行；过长多半是因为引号没有成对"
            kind = FaultKind.UNREADABLE_FILE
            row = number % SHEET_STEP
            raise FaultyData([Fault(self.file, row, None, kind, found, expected)])

    def notes(self) -> Iterable[str]:
        for sheet, rows in self._by_sheet(self.blank):
            yield f"{sheet}{say_rows(rows)}是空行"
        for sheet, rows in self._by_sheet(self.passed):
            yield f"{sheet}{say_rows(rows)}没有填写台账的任何一列，未统计"

    def _by_sheet(self, numbers: list[int]) -> Iterator[tuple[str, list[int]]]:
        titles = self.table.sheets
        for place, rows in groupby(numbers, key=lambda number: number // SHEET_STEP):
            sheet = f"“{titles[place]}”" if titles else ""
            yield sheet, [number % SHEET_STEP for number in rows]


def _load(
    path: Path, headers: tuple[str, ...], longest: int, workspace: Workspace
) -> "DuckDBPyRelation":
    import duckdb  # noqa: PLC0415 -- most commands ask nothing of a ledger

    names = [f"c{n}" for n in range(len(headers))]
    texts = "".join(f", {identifier(name)}: 'VARCHAR'" for name in names)
    # A character takes at most four bytes, and a quote, which is doubled, two.
    line = max(_LEAST_BUFFER, 4 * longest + 4 * len(names) + 32)
    # Nothing is left for the engine to guess: cells may hold whatever it would guess from. In
    # parallel, a row that holds line breaks and quotes could be taken for several.
    options = (
        f"columns = {{{identifier(ROW)}: 'BIGINT'{texts}}}, auto_detect = false, header = false, "
        "delim = ',', quote = '\"', escape = '\"', new_line = '\\n', comment = '', skip = 0, "
        "nullstr = '', strict_mode = true, parallel = false, compression = 'none', "
        f"hive_partitioning = false, max_line_size = {line}, buffer_size = {2 * line}"
    )
    source = f"read_csv({glob_literal(path)}, {options})"
    try:
        workspace.connection.execute(f"CREATE TABLE articles AS SELECT * FROM {source}")
    except (duckdb.IOException, duckdb.OutOfMemoryException):
        message = "临时文件夹写不下台账，或内存不足；请腾出磁盘空间，或关闭别的程序"
        raise OutputError(message) from None
    # An alias takes any header as it stands; names within SQL would not.
    columns = [
        duckdb.ColumnExpression(name).alias(header)
        for name, header in zip(names, headers, strict=True)
    ]
    return workspace.connection.table("articles").select(*columns, duckdb.ColumnExpression(ROW))
