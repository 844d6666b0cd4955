"""What every format of a ledger comes down to: numbered rows of text under one header."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.ledger.columns import Headers
from zhashui_stats.model.articles import REQUIRED
from zhashui_stats.reading.stacked import join_headings

__all__ = [
    "HEAD_ROWS",
    "SHEET_STEP",
    "Head",
    "HeadedRows",
    "NumberedRow",
    "RowReader",
    "empty_file",
    "find_head",
    "no_header",
    "say_others",
]

NumberedRow: TypeAlias = tuple[int, Sequence[str]]
"""The number of a row as a spreadsheet shows it, and its cells as text; blank cells are empty."""

RowReader: TypeAlias = Callable[[], Generator[NumberedRow, None, None]]
"""Begins to read anew each time, since big tables are read more than once and never held."""

SHEET_STEP = 1 << 21
"""The rows of a second sheet are numbered from here on, more than any sheet has, and so forth."""

HEAD_ROWS = 50
"""The header stands in one of so many rows; title rows may stand above it."""

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a table.

    Attributes:
        number: Its row, from 1; of several, the last.
        cells: The headers as they stand.
        score: How many required columns it heads.
        notes: What stands above it (Chinese).
        is_blank: Whether none of the rows looked at holds anything.
    """

    number: int
    cells: tuple[str, ...] = ()
    score: int = 0
    notes: tuple[str, ...] = ()
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class HeadedRows:
    """A table that has a header: what every format of a ledger is read as.

    Attributes:
        head: The header.
        records: All rows of the table, header and title rows included.
        number: The header's row for faults; None where there are no rows, as in a database.
        notes: How its rows were read (Chinese).
        sheets: The sheets that it was put together from; none where there is but one.
    """

    head: Head
    records: RowReader
    number: int | None
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()


def find_head(records: RowReader, headers: Headers) -> Head:
    """Return the row, of the first 50, that heads most of the required columns; the upper of two.

    >>> from zhashui_stats.model.county import County
    >>> rows = ["某县台账"], ["标题", "投稿单位", "类别", "发布日期", "状态"], ["a"] * 5
    >>> headers = Headers(County("某县", "某县政府办", "篇", (), ()))
    >>> head = find_head(lambda: (row for row in enumerate(rows, 1)), headers)
    >>> head.number, head.score, head.notes
    (2, 5, ('第1行“某县台账”在表头之上，未统计',))
    """
    # A reader holds its file open until it is closed.
    with closing(records()) as rows:
        first = [(n, tuple(cells)) for n, cells in islice(rows, HEAD_ROWS) if n <= HEAD_ROWS]
    filled = [(number, cells) for number, cells in first if any(map(str.strip, cells))]
    if not filled:
        return Head(1, is_blank=True)
    number, cells = max(filled, key=lambda row: headers.score(row[1]))
    top, bottom, cells = _joined(dict(first), number, headers)
    above = tuple(f"第{n}行“{_start(row)}”在表头之上，未统计" for n, row in filled if n < top)
    return Head(bottom, cells, headers.score(cells), above)


def _joined(
    rows: Mapping[int, Sequence[str]], number: int, headers: Headers
) -> tuple[int, int, tuple[str, ...]]:
    """Join a header row with those above and below that head what it leaves open."""

    def join(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
        joined = join_headings(upper, lower, lambda cell: headers.column(str(cell or "")))
        return tuple(str(cell or "") for cell in joined)

    top, bottom, cells = number, number, tuple(rows[number])
    while (row := rows.get(top - 1)) and not headers.is_complete(cells):
        joined = join(row, cells)
        if headers.heads(joined) <= headers.heads(cells):
            break
        top, cells = top - 1, joined
    while (row := rows.get(bottom + 1)) and (joined := join(cells, row)):
        bottom, cells = bottom + 1, joined
    return top, bottom, cells


def say_others(cells: Sequence[str], headers: Headers) -> Iterable[str]:
    """Name the columns that are nothing of ours."""
    for index, header in enumerate(cells, 1):
        if header.strip() and not headers.column(header):
            yield f"第{index}列“{_start([header])}”未统计"


def _start(row: Sequence[str]) -> str:
    text = "、".join(" ".join(cell.split()) for cell in row if cell.strip())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def empty_file(file: str, found: str = "") -> FaultyData:
    """Make the error for a file that holds no articles."""
    expected = f"表头（在前{HEAD_ROWS}行之内），以下每篇稿件一行"
    return FaultyData([Fault(file, None, None, FaultKind.EMPTY_FILE, found, expected)])


def no_header(file: str) -> FaultyData:
    """Make the error for a table without a header."""
    found = f"前{HEAD_ROWS}行中没有表头"
    labels = "、".join(column.label for column in REQUIRED)
    expected = f"一行表头，含有这些列：{labels}"
    return FaultyData([Fault(file, None, None, FaultKind.MISSING_COLUMN, found, expected)])
