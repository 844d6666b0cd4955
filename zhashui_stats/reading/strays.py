"""Numbers in a unit's row that no column claims: a separator too many, or a header too few."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.reading.blocks import Block
from zhashui_stats.reading.cells import is_blank, is_number
from zhashui_stats.reading.sheets import SheetCell, SheetRow, say_cell

__all__ = ["find_strays", "say_short_rows"]

_HEADED = "有表头的列里的数；请补上第{column}列的表头，或删去这个数"
_THOUSANDS = "没有分隔符的数；“{head},{tail}”请写成 {head}{tail}，或用英文双引号括起"
_MARKED = "用英文逗号分隔的各列；“{cell}”里的是中文逗号"
_LEADING = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_TRAILING = re.compile(r"\d{3}", re.ASCII)
_COMMA = "，"


def find_strays(
    rows: Sequence[SheetRow],
    blocks: Sequence[Block],
    file: str,
    *,
    units: Iterable[int],
    passed: Iterable[int] = (),
    widths: Sequence[int] = (),
) -> Iterator[Fault]:
    """Tell the numbers of units' rows that stand in a column without a header.

    Args:
        rows: All rows of the table.
        blocks: Its blocks.
        file: How faults name it.
        units: The numbers of the rows that count for a unit.
        passed: Those of the rows that give nothing.
        widths: How many cells each row of a text has, blank ones at its end included.
    """
    for header in sorted({block.header for block in blocks}):
        beside = [block for block in blocks if block.header == header]
        numbers = [number for number in sorted(set(units)) if header < number <= beside[0].last]
        lines = {number: rows[number - 1] for number in numbers}
        headed = _headed(beside[0].heading, lines.values(), beside)
        strays = {
            number: [n for n, cell in enumerate(row) if n not in headed and is_number(cell)]
            for number, row in lines.items()
        }
        width = max(widths[beside[0].top - 1 : header], default=0)
        surpluses = {number: widths[number - 1] - width if widths else 0 for number in numbers}
        # What every row has is how the file is written; what only some have is a slip.
        if len(lines) > 1 and len(set(map(tuple, strays.values()))) == 1:
            yield from _tell_headless(header, lines[numbers[0]], file, strays[numbers[0]])
            strays.clear()
        is_slip = len(set(surpluses.values())) > 1
        for number, row in lines.items():
            surplus = surpluses[number] if is_slip or len(lines) == 1 else 0
            yield from _judge(row, number, file, strays.get(number, []), surplus)
        for number in sorted(set(passed)) if widths else ():
            if header < number <= beside[0].last:
                surplus = min(widths[number - 1] - width, 0)
                yield from _judge(rows[number - 1], number, file, [], surplus)


def say_short_rows(
    blocks: Sequence[Block], units: Iterable[int], widths: Sequence[int]
) -> Iterator[str]:
    """Name the rows of a text that end before the last of their columns."""
    wanted = set(units)
    short = [
        str(number)
        for block in blocks
        for number in range(block.header + 1, block.last + 1)
        if number in wanted and widths
        if widths[number - 1] <= max(column.index for column in block.columns)
    ]
    if short:
        yield f"第{'、'.join(dict.fromkeys(short))}行比表头少几格，少的按0计"


def _judge(
    row: SheetRow, number: int, file: str, stray: Sequence[int], surplus: int
) -> Iterator[Fault]:
    pair = _thousands(row)
    if stray:
        index = stray[0]
        expected = _HEADED.format(column=index + 1)
        if pair:
            expected = _THOUSANDS.format(head=pair[0], tail=pair[1])
        found = "、".join(f"第{index + 1}列的 {say_cell(row[index])}" for index in stray)
    elif surplus > 0 and pair:
        expected = _THOUSANDS.format(head=pair[0], tail=pair[1])
        found = f"比表头多{surplus}格"
    elif surplus < 0 and (cell := _with_comma(row, -surplus)):
        expected, found = _MARKED.format(cell=cell), f"比表头少{-surplus}格"
    else:
        return
    yield Fault(file, number, None, FaultKind.STRAY_NUMBER, found, expected)


def _tell_headless(header: int, row: SheetRow, file: str, stray: Sequence[int]) -> Iterator[Fault]:
    for index in stray:
        found = f"第{index + 1}列没有表头，下面有数，如 {say_cell(row[index])}"
        expected = _HEADED.format(column=index + 1)
        yield Fault(file, header, None, FaultKind.STRAY_NUMBER, found, expected)


def _headed(header: SheetRow, rows: Iterable[SheetRow], blocks: Sequence[Block]) -> frozenset[int]:
    """Return the columns that have a header, or need none: one that counts the rows."""
    before = {block.name.index - 1 for block in blocks if block.name}
    lines = list(rows)
    serials = {n for n in before if n >= 0 and _counts_up([_cell(row, n) for row in lines])}
    return frozenset(n for n, cell in enumerate(header) if not is_blank(cell)) | serials


def _cell(row: SheetRow, index: int) -> SheetCell:
    return row[index] if index < len(row) else None


def _counts_up(cells: Sequence[SheetCell]) -> bool:
    said = [say_cell(cell) for cell in cells if not is_blank(cell)]
    if not said or not all(text.isascii() and text.isdigit() for text in said):
        return False
    return [int(text) for text in said] == list(range(int(said[0]), int(said[0]) + len(said)))


def _thousands(row: SheetRow) -> tuple[str, str] | None:
    """Return two cells of a text that may be one number, cut at its thousands separator."""
    for cells in pairwise(row):
        head, tail = map(say_cell, cells)
        if _LEADING.fullmatch(head) and _TRAILING.fullmatch(tail):
            return head, tail
    return None


def _with_comma(row: SheetRow, missing: int) -> str:
    """Return the first cell with Chinese commas, where they are the separators that lack."""
    cells = [text for text in map(say_cell, row) if _COMMA in text]
    return cells[0] if sum(text.count(_COMMA) for text in cells) == missing else ""
