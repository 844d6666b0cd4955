"""Rows that declare totals (合计, 小计), held against the rows that they cover."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.county import County
from zhashui_stats.reading.blocks import Block
from zhashui_stats.reading.cross_checks import CrossChecks, UnitRow

__all__ = ["Declared", "DeclaredTotals", "Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one row; None where a cell holds none.

    Attributes:
        number: The row.
        amounts: Id of a category or counted indicator -> amount.
        unit: Whose row it is, with what its formulas print; None where that is not known.
    """

    number: int
    amounts: Mapping[str, Amount | None]
    unit: UnitRow | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A row that declares totals.

    Attributes:
        block: Where it stands.
        row: Its number.
        amounts: What it declares, by id of a category or counted indicator.
        printed: What it prints of formulas.
        covers: The lines that it covers; None: the whole group.
        own: The lines of its block above it.
    """

    block: Block
    row: int
    amounts: Mapping[str, Amount | None]
    printed: Mapping[str, Decimal | None]
    covers: tuple[Line, ...] | None
    own: tuple[Line, ...] = ()

    @property
    def adds_up_its_block(self) -> bool:
        """Whether it declares, of the whole group, what its block alone adds up to."""
        pairs = [
            (amount, [line.amounts.get(name) for line in self.own])
            for name, amount in self.amounts.items()
        ]
        return (
            self.covers is None
            and bool(pairs)
            and all(
                amount is not None and None not in parts and amount == sum(map(_number, parts))
                for amount, parts in pairs
            )
        )


class DeclaredTotals:
    """Judges the rows of one table that declare totals.

    Attributes:
        checked: How many totals were checked.
    """

    def __init__(
        self, county: County, file: str, faults: list[Fault], lines: Sequence[Line]
    ) -> None:
        """Take what is counted, the file's name, where faults are collected, and all lines."""
        self.county = county
        self.file = file
        self.faults = faults
        self.lines = lines
        self.checked = 0

    def judge(
        self, declared_rows: Iterable[Declared], checks: CrossChecks | None
    ) -> Iterator[Declared]:
        """Tell where totals are others, and give the rows of which all counts are right."""
        rows = tuple(declared_rows)
        of_blocks = [declared for declared in rows if self._is_of_block(declared)]
        if of_blocks:
            self.checked += 1
            self._tell_sums_of_blocks(of_blocks[0])
        for declared in rows:
            if declared not in of_blocks and self._judge_sums(declared):
                yield declared
            if checks:
                self._judge_formulas(declared, checks)

    def _is_of_block(self, declared: Declared) -> bool:
        """Tell whether a 合计 is that of its block alone, beside others."""
        is_other = any(
            total != sum(_number(line.amounts.get(name)) for line in self.lines)
            for name, total in declared.amounts.items()
        )
        return is_other and declared.adds_up_its_block

    def _tell_sums_of_blocks(self, declared: Declared) -> None:
        column = declared.block.name
        found = "合计等于本栏各行之和，不是全组的"
        expected = "小计（只管本栏）；合计管全组各栏"
        self._fault(
            declared.row, column.header if column else None, FaultKind.TOTAL_DIFFERS,
            found, expected,
        )  # fmt: skip

    def _covered(self, declared: Declared) -> Sequence[Line]:
        return self.lines if declared.covers is None else declared.covers

    def _judge_sums(self, declared: Declared) -> bool:
        """Tell where a declared total is another; return whether all are right."""
        is_right = True
        for name, total in declared.amounts.items():
            amounts = [line.amounts.get(name) for line in self._covered(declared)]
            known = [amount for amount in amounts if amount is not None]
            if total is None or len(known) < len(amounts):
                continue
            self.checked += 1
            if total != sum(known):
                column = declared.block.counted[name].header
                found, expected = (self.county.show(name, sum_) for sum_ in (total, sum(known)))
                self._fault(declared.row, column, FaultKind.TOTAL_DIFFERS, found, expected)
                is_right = False
        return is_right

    def _judge_formulas(self, declared: Declared, checks: CrossChecks) -> None:
        units = [line.unit for line in self._covered(declared) if line.unit]
        for name, printed in declared.printed.items():
            column = declared.block.formulas[name]
            judged = checks.of_total(name, printed, column, units)
            if judged is None:
                continue
            self.checked += 1
            for told in judged:
                self._fault(declared.row, told.column, told.kind, told.found, told.expected)

    def _fault(
        self, row: int, column: str | None, kind: FaultKind, found: str, expected: str
    ) -> None:
        self.faults.append(Fault(self.file, row, column, kind, found, expected))


def _number(amount: Amount | None) -> Amount:
    return 0 if amount is None else amount
