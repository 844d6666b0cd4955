"""What the figures of one table say of each other: formulas, what includes what, partitions.

All is worked out as the report works it out, from the rows as a period of their own. A cell that
holds no figure is told where it stands; what rests on it is not judged.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from zhashui_stats.errors import FaultKind
from zhashui_stats.model.amounts import UNDEFINED, Amount, show_amount
from zhashui_stats.model.county import County
from zhashui_stats.model.formulas import TOTAL_ID
from zhashui_stats.model.indicators import Indicator, Partition
from zhashui_stats.model.periods import Period
from zhashui_stats.model.rounding import round_half_up
from zhashui_stats.model.submissions import Submissions, select
from zhashui_stats.model.units import Unit
from zhashui_stats.reading.blocks import TableColumn
from zhashui_stats.reading.cells import count_decimals

__all__ = ["CrossChecks", "Judgement", "UnitRow"]

# Behind these a workbook that rounds nothing shows the noise of its binary numbers.
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What a table gives of one unit.

    Attributes:
        unit: The unit.
        columns: Id of a figure -> its column, as far as the row has one.
        amounts: Id of a category or counted indicator -> amount; what no cell gives is left out.
        printed: Id of a formula -> what its cell prints, None for undefined; a blank one is left
            out.
    """

    unit: Unit
    columns: Mapping[str, TableColumn]
    amounts: Mapping[str, Amount]
    printed: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A fault of a row: its column, kind, what stands there and what should."""

    column: str
    kind: FaultKind
    found: str
    expected: str


class CrossChecks:
    """Holds the rows of one group's table against what county.toml says of its figures."""

    def __init__(self, county: County, period: Period, rows: Iterable[UnitRow]) -> None:
        """Take the rows; no unit has two.

        Args:
            county: What is counted, and how the figures hang together.
            period: The period of the table.
            rows: Those of units that are in place.
        """
        rows = tuple(rows)
        self.county = county
        ids = [category.id for category in county.categories]
        counted = [indicator.id for indicator in county.counted]
        self._now = Submissions(
            county,
            period,
            tuple(row.unit for row in rows),
            {row.unit.name: {id_: int(row.amounts.get(id_, 0)) for id_ in ids} for row in rows},
            figures={
                row.unit.name: {id_: row.amounts.get(id_, 0) for id_ in counted} for row in rows
            },
        )
        self._rests_on = cache(self._find_sources)

    def of_row(self, row: UnitRow) -> Iterator[Judgement]:
        """Tell what is wrong between the figures of one row."""
        for name, printed in row.printed.items():
            if self._is_known(row, name):
                amount = self._now.amount(row.unit.name, name)
                yield from self._differing(name, printed, amount, row.columns[name])
        for indicator in self.county.indicators_of(row.unit.group):
            if indicator.includes is not None and indicator.id in row.columns:
                yield from self._below_part(row, indicator, indicator.includes)
        for partition in self.county.partitions:
            yield from self._parts_differing(row, partition)

    def of_total(
        self, name: str, printed: Decimal | None, column: TableColumn, rows: Iterable[UnitRow]
    ) -> Iterator[Judgement] | None:
        """Hold what a total row prints of a formula against the rows that it covers.

        Returns:
            What is wrong; None where that rests on a cell that holds no figure.
        """
        rows = tuple(rows)
        if not all(self._is_known(row, name) for row in rows):
            return None
        amount = select(self._now, (row.unit for row in rows)).total_amount(name)
        return self._differing(name, printed, amount, column)

    def _differing(
        self, name: str, printed: Decimal | None, amount: Amount | None, column: TableColumn
    ) -> Iterator[Judgement]:
        """Hold what a cell prints against the amount, at the decimals that it prints."""
        indicator = self.county.indicator(name)
        if indicator is None or indicator.formula is None or _agrees(printed, amount):
            return
        labels = {figure.id: figure.label for figure in self.county.figures}
        formula = indicator.formula.say({**labels, TOTAL_ID: self.county.label(None)})
        found = UNDEFINED if printed is None else f"{printed:f}"
        # With fewer decimals than the cell has, the two might look alike.
        decimals = max(indicator.decimals, _decimals(printed))
        unit = "，除数为0" if amount is None else indicator.unit
        expected = f"{show_amount(amount, decimals)}{unit}，即{formula}"
        yield Judgement(column.header, FaultKind.FORMULA_DIFFERS, found, expected)

    def _below_part(self, row: UnitRow, whole: Indicator, part: str) -> Iterator[Judgement]:
        if not (self._is_known(row, whole.id) and self._is_known(row, part)):
            return
        own, least = self._amount(row, whole.id), self._amount(row, part)
        if own is not None and least is not None and own < least:
            header = row.columns[whole.id].header
            expected = f"不小于{self._say(part, least)}"
            yield Judgement(header, FaultKind.BELOW_PART, whole.say(own), expected)

    def _parts_differing(self, row: UnitRow, partition: Partition) -> Iterator[Judgement]:
        parts = [part for part in partition.parts if part.applies_to(row.unit.group)]
        column = next((row.columns[part.id] for part in parts if part.id in row.columns), None)
        is_known = all(self._is_known(row, name) for name in (partition.of, *_ids(parts)))
        if column is None or not is_known:
            return
        whole = self._amount(row, partition.of)
        amounts = [self._amount(row, part.id) for part in parts]
        defined = [amount for amount in amounts if amount is not None]
        if whole is None or len(defined) < len(amounts) or sum(defined) == whole:
            return
        said = "＋".join(
            f"{part.label}{part.show(amount)}" for part, amount in zip(parts, amounts, strict=True)
        )
        found = f"{said}＝{parts[0].say(sum(defined))}"
        expected = f"{partition.label}各部分之和等于{self._say(partition.of, whole)}"
        yield Judgement(column.header, FaultKind.PARTS_DIFFER, found, expected)

    def _amount(self, row: UnitRow, name: str) -> Amount | None:
        return self._now.amount(row.unit.name, _column(name))

    def _say(self, name: str, amount: Amount) -> str:
        column = _column(name)
        return f"“{self.county.label(column)}”的{self.county.say(column, amount)}"

    # --- What rests on what ---------------------------------------------------------------------

    def _is_known(self, row: UnitRow, name: str) -> bool:
        """Tell whether all that a figure rests on is given by a row."""
        return all(
            source in row.amounts
            for source in self._rests_on(name)
            if not (counted := self.county.indicator(source)) or counted.applies_to(row.unit.group)
        )

    def _find_sources(self, name: str) -> frozenset[str]:
        """Return the categories and counted indicators on which a figure rests, or that it is."""
        if name == TOTAL_ID:
            return frozenset(category.id for category in self.county.categories)
        indicator = self.county.indicator(name)
        if indicator is None or indicator.formula is None:
            return frozenset((name,))
        return frozenset[str]().union(*map(self._rests_on, indicator.formula.names))


def _agrees(printed: Decimal | None, amount: Amount | None) -> bool:
    """Tell whether a cell prints an amount; a dash stands for 0 as well as for undefined."""
    if printed is None:
        return not amount
    if amount is None:
        return False
    decimals = _decimals(printed)
    rounded = round_half_up(Fraction(printed), decimals)
    return rounded == round_half_up(Fraction(amount), decimals)


def _decimals(printed: Decimal | None) -> int:
    return 0 if printed is None else min(count_decimals(printed), _MOST_DECIMALS)


def _column(name: str) -> str | None:
    return None if name == TOTAL_ID else name


def _ids(indicators: Iterable[Indicator]) -> Iterator[str]:
    return (indicator.id for indicator in indicators)
