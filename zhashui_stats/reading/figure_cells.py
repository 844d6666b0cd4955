"""The cells of a table's rows: counts, amounts, what formulas print; and what is none of them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.model.amounts import UNDEFINED, Amount
from zhashui_stats.model.county import County
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.reading.blocks import Block, TableColumn
from zhashui_stats.reading.cells import BadCount, is_blank, read_amount, read_count, read_printed
from zhashui_stats.reading.sheets import SheetCell, SheetRow, say_cell

__all__ = ["FigureCells"]

_COUNT = "0 或正整数，没有投稿的可以留空"
_PRINTED = f"由公式算出的数，或者留空；除数为0的写“{UNDEFINED}”"
_COMPUTED = "公式的计算结果；请用 Excel 或 WPS 打开、重算后保存，或改填数字"


class FigureCells:
    """Reads row after row.

    Attributes:
        blanks: How many blank cells count 0.
    """

    def __init__(self, county: County, file: str, faults: list[Fault]) -> None:
        """Take what is counted, the file's name, and where faults are collected."""
        self.county = county
        self.file = file
        self.faults = faults
        self.blanks = 0

    def amounts(
        self, block: Block, number: int, row: SheetRow, *, declared: bool = False
    ) -> Mapping[str, Amount | None]:
        """Read the categories and counted indicators of a row; None where a cell holds no figure.

        Args:
            block: Where the row stands.
            number: Its number.
            row: The row.
            declared: Whether it declares totals, which a blank cell does not.
        """
        amounts: dict[str, Amount | None] = {}
        for name, column in block.counted.items():
            cell = column.of(row)
            if declared and is_blank(cell):
                continue
            self.blanks += is_blank(cell)
            indicator = self.county.indicator(name)
            try:
                amounts[name] = read_amount(cell, indicator) if indicator else read_count(cell)
            except BadCount as error:
                amounts[name] = None
                self._refuse(number, column, error.kind, cell, _say_wanted(indicator))
        return amounts

    def printed(self, block: Block, number: int, row: SheetRow) -> Mapping[str, Decimal | None]:
        """Read what a row prints of formulas, None for undefined; blank cells print nothing."""
        printed: dict[str, Decimal | None] = {}
        for indicator, column in self._formulas(block):
            cell = column.of(row)
            if is_blank(cell):
                continue
            try:
                printed[indicator.id] = read_printed(cell, indicator)
            except BadCount as error:
                self._refuse(number, column, error.kind, cell, _PRINTED)
        return printed

    def _formulas(self, block: Block) -> Iterator[tuple[Indicator, TableColumn]]:
        for name, column in block.formulas.items():
            if indicator := self.county.indicator(name):
                yield indicator, column

    def _refuse(
        self, row: int, column: TableColumn, kind: FaultKind, cell: SheetCell, expected: str
    ) -> None:
        expected = _COMPUTED if kind is FaultKind.NO_CACHED_VALUE else expected
        self.faults.append(Fault(self.file, row, column.header, kind, say_cell(cell), expected))


def _say_wanted(indicator: Indicator | None) -> str:
    """Say what a cell may hold: of an indicator, or of a category."""
    if indicator is None:
        return _COUNT
    least = "" if indicator.negative else "不小于0的"
    decimals = f"数，至多{indicator.decimals}位小数" if indicator.decimals else "整数"
    return f"{least}{decimals}，没有的可以留空"
