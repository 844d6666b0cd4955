"""Rows and columns that add others up, and the signatures below a table."""

import re
from collections.abc import Mapping

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.county import County, Group
from zhashui_stats.model.names import SUBTOTAL, TOTAL, TOTALS, fold_name
from zhashui_stats.reading.blocks import Block, TableColumn
from zhashui_stats.reading.cells import BadCount, fold_header, is_blank, is_number, read_count
from zhashui_stats.reading.sheets import SheetRow, say_cell

__all__ = ["RowSums", "TotalLabels", "is_signature"]

_COLONS = (":", "：")
_SIGNED = re.compile(
    "(?:填表|填报|制表|报送人|审核|审批|复核|核对|负责人|经办|联系|电话|签字|签名|盖章|日期|时间)[^:：]{0,8}[:：]"
)


class TotalLabels:
    """What a row that declares totals may be called: 合计, 全县合计, 镇办合计, 合计数, 小计."""

    def __init__(self, county: County, group: Group) -> None:
        """Take whose totals they may be."""
        whose = (
            "",
            f"全{county.level}",
            f"本{county.level}",
            county.name,
            group.label,
            *group.words,
        )
        self._kinds = {
            f"{fold_name(before)}{label}{after}": SUBTOTAL if label == SUBTOTAL else TOTAL
            for before in whose
            for label in (SUBTOTAL, *TOTALS)
            for after in ("", "数")
        }

    def of(self, block: Block, row: SheetRow) -> str | None:
        """Return 合计 or 小计 where a row declares totals.

        The label may stand under 序号 where the two cells are merged.
        """
        for column in (block.name, block.serial):
            if column and not is_blank(column.of(row)):
                return self._kinds.get(fold_header(column.of(row)).rstrip(":"))
        return None


class RowSums:
    """Holds the column 合计 against the categories of its row."""

    def __init__(self, county: County, file: str, faults: list[Fault]) -> None:
        """Take what is counted, the file's name, and where faults are collected."""
        self.county = county
        self.file = file
        self.faults = faults

    def judge(
        self, block: Block, number: int, row: SheetRow, amounts: Mapping[str, Amount | None]
    ) -> None:
        """Tell where the sum of a row is another; what is blank or no count says nothing."""
        parts = [amounts.get(name) for name in block.categories]
        cell = block.total.of(row) if block.total else None
        if block.total is None or is_blank(cell) or None in parts:
            return
        counted = sum(int(part) for part in parts if part is not None)
        try:
            told = read_count(cell)
        except BadCount as error:
            self._tell(number, block.total, error.kind, say_cell(cell), str(counted))
            return
        if told != counted:
            labels = "＋".join(self.county.label(name) for name in block.categories)
            expected = f"{counted}，即{labels}"
            self._tell(number, block.total, FaultKind.TOTAL_DIFFERS, str(told), expected)

    def _tell(
        self, row: int, column: TableColumn, kind: FaultKind, found: str, expected: str
    ) -> None:
        self.faults.append(Fault(self.file, row, column.header, kind, found, expected))


def is_signature(row: SheetRow) -> bool:
    """Tell whether a row says who filled a table in, and when: labels, and what belongs to them.

    >>> is_signature(("填表人：张三", None, "联系电话：", "4321000"))
    True
    >>> is_signature(("5", "甲镇", "1"))
    False
    """
    said = [cell for cell in row if not is_blank(cell)]
    before = [None, *said]
    return any(_SIGNED.search(say_cell(cell)) for cell in said) and not any(
        is_number(cell) and not say_cell(label).endswith(_COLONS)
        for label, cell in zip(before, said, strict=False)
    )
