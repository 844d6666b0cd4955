"""What was passed over in a table: title rows, footnotes, blank rows, columns that are not ours."""

from collections.abc import Iterable, Sequence

from zhashui_stats.reading.blocks import Block
from zhashui_stats.reading.cells import is_blank
from zhashui_stats.reading.grid import Layout
from zhashui_stats.reading.sheets import SheetRow, say_cell

__all__ = ["say_hidden", "say_passed_over", "say_rows"]

_ROWS_SHOWN = 5


def say_passed_over(
    rows: tuple[SheetRow, ...], blocks: tuple[Block, ...], passed: Iterable[int]
) -> Iterable[str]:
    """Say it of a table.

    Args:
        rows: All its rows.
        blocks: Its blocks.
        passed: The numbers of the rows within them that give nothing.
    """
    if not blocks:
        return
    first = blocks[0].header
    for number in range(1, blocks[0].top):
        if any(map(say_cell, rows[number - 1])):
            yield f"第{number}行“{_start(rows[number - 1])}”在表头之上，未统计"
    for number in sorted(set(passed)):
        yield f"第{number}行“{_start(rows[number - 1])}”未统计"
    empty = [str(n) for n, row in enumerate(rows, 1) if n > first and not any(map(say_cell, row))]
    if empty:
        yield f"第{'、'.join(empty)}行是空行"
    for header in sorted({block.header for block in blocks}):
        part = [block for block in blocks if block.header == header]
        yield from _foreign_columns((part[0].heading, *rows[header : part[0].last]), part)


def say_hidden(layout: Layout, header: int, last: int) -> Iterable[str]:
    """Say which rows count though nobody sees them.

    Args:
        layout: How the sheet is laid out.
        header: The row of the header; those above it give nothing.
        last: The last row that holds something.
    """
    hidden = [number for number in layout.hidden if header < number <= last]
    if hidden:
        why = "被筛选或隐藏" if layout.is_filtered else "是隐藏的"
        yield f"{say_rows(hidden)}{why}，照样计入"


def say_rows(rows: Sequence[int]) -> str:
    """Name some rows, and how many there are.

    >>> say_rows([3, 4]), say_rows([1, 2, 3, 4, 5, 6])
    ('第3、4行', '第1、2、3、4、5行等6行')
    """
    first = "、".join(map(str, rows[:_ROWS_SHOWN]))
    return f"第{first}行" + (f"等{len(rows)}行" if len(rows) > _ROWS_SHOWN else "")


def _foreign_columns(rows: tuple[SheetRow, ...], blocks: list[Block]) -> Iterable[str]:
    ours = {column.index for block in blocks for column in block.columns}
    width = max(map(len, rows))
    for index in range(width):
        if index not in ours:
            header = say_cell(rows[0][index]) if index < len(rows[0]) else ""
            filled = any(not is_blank(row[index]) for row in rows if index < len(row))
            name = f"“{header}”" if header else "没有表头，" if filled else "是空列，"
            yield f"第{index + 1}列{name}未统计"


def _start(row: SheetRow) -> str:
    text = "、".join(filter(None, map(say_cell, row)))
    return text if len(text) <= 20 else f"{text[:20]}…"
