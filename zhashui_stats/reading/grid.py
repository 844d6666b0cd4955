"""A table as rows of cells, whatever file it came from, and how its sheet is laid out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

__all__ = [
    "UNKNOWN",
    "Area",
    "Formula",
    "Layout",
    "Percentage",
    "Sheet",
    "SheetCell",
    "SheetRow",
    "cell_name",
    "say_cell",
    "trim",
]


class Formula(Enum):
    """A formula that the program which wrote the workbook never computed."""

    WITHOUT_VALUE = "没有计算结果的公式"


class Percentage(float):
    """A number that a workbook shows in %: it holds 0.875 where 87.5% stands."""

    @property
    def percent(self) -> Decimal:
        """What stands before the sign, by the digits that Excel shows.

        >>> Percentage(0.07).percent
        Decimal('7')
        """
        return Decimal(f"{self:.15g}").scaleb(2)


SheetCell: TypeAlias = str | float | date | time | timedelta | Formula | None
SheetRow: TypeAlias = tuple[SheetCell, ...]


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """Cells that are merged into one: rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out.

    Attributes:
        merged: Its merged cells.
        hidden: The rows that are not shown.
        is_filtered: Whether it has a filter, which hides rows as well.
    """

    merged: tuple[Area, ...] = ()
    hidden: tuple[int, ...] = ()
    is_filtered: bool = False


UNKNOWN = Layout()
"""Of a text, and of a table that is no file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one table; ``rows[0]`` is row 1 of the spreadsheet.

    Attributes:
        title: What the sheet is called; empty in a text.
        rows: Without the blank cells at their ends.
        widths: How many cells each row of a text has, those blank ones included.
        layout: What a workbook says beside its cells.
    """

    title: str
    rows: tuple[SheetRow, ...]
    widths: tuple[int, ...] = field(default=(), compare=False)
    layout: Layout = field(default=UNKNOWN, compare=False)


def cell_name(row: int, index: int) -> str:
    """Return what a spreadsheet calls a cell.

    Args:
        row: Its row, from 1.
        index: Its column, from 0.

    >>> cell_name(31, 2), cell_name(1, 26), cell_name(9, 701)
    ('C31', 'AA1', 'ZZ9')
    """
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def say_cell(cell: SheetCell) -> str:
    """Return a cell as a fault shows it; blank cells are empty.

    >>> say_cell(True), say_cell(3.0), say_cell(date(2022, 7, 8)), say_cell("  农 行 ")
    ('TRUE', '3', '2022-07-08', '农 行')
    """
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).upper()
        case Percentage():
            return f"{cell.percent:f}%"
        case float() if cell.is_integer():
            return f"{cell:.0f}"
        case Formula():
            return cell.value
        case _:
            return str(cell).strip()


def trim(rows: Iterable[SheetRow]) -> tuple[SheetRow, ...]:
    """Drop blank cells at the end of rows and blank rows at the end of the table."""
    kept: list[SheetRow] = []
    for row in rows:
        width = max(
            (n for n, cell in enumerate(row, 1) if cell is not None and cell != ""), default=0
        )
        kept.append(row[:width])
    while kept and not any(say_cell(cell) for cell in kept[-1]):
        kept.pop()
    return tuple(kept)
