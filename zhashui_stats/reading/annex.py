"""One group's table (附件): its rows become counts, its declared totals are checked."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from zhashui_stats.errors import Fault, FaultKind, UnknownUnit, say_nearest
from zhashui_stats.model.amounts import Amount, Amounts
from zhashui_stats.model.articles import SYNTHETIC
from zhashui_stats.model.county import County, Group
from zhashui_stats.model.names import SAFE_NAME, SUBTOTAL, drop_invisible, is_safe_name
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading.blocks import Block, Headings, TableColumn, find_blocks
from zhashui_stats.reading.cells import (
    is_blank,
    is_nothing,
    is_number,
)
from zhashui_stats.reading.cross_checks import CrossChecks, UnitRow
from zhashui_stats.reading.declared_totals import Declared, DeclaredTotals, Line
from zhashui_stats.reading.figure_cells import FigureCells
from zhashui_stats.reading.file_names import ROSTER, WORKBOOK_ENDINGS
from zhashui_stats.reading.grid import UNKNOWN, Layout, cell_name
from zhashui_stats.reading.passed_over import say_hidden, say_passed_over
from zhashui_stats.reading.sheets import Formula, SheetRow, say_cell
from zhashui_stats.reading.strays import find_strays, say_short_rows
from zhashui_stats.reading.total_rows import RowSums, TotalLabels, is_signature

__all__ = ["Annex", "Names", "Place", "missing_units", "read_annex"]

_SENTENCE = re.compile(r"[:：。；;]")


@dataclass(frozen=True)
class Names:
    """Finds the units of one period by the names in its tables.

    Attributes:
        roster: Every unit, ended ones and those to come included; None where it is faulty itself.
        period: The period.
    """

    roster: Roster | None
    period: Period
    here: Roster = field(init=False)

    def __post_init__(self) -> None:
        """Choose the units that are there in the period."""
        here = self.roster.valid_in(self.period) if self.roster else Roster(())
        object.__setattr__(self, "here", here)

    def say_validity(self, name: str) -> str:
        """Say when a unit that is not there in this period was there; empty for an unknown name."""
        try:
            return (self.roster or self.here).resolve(name).say_validity()
        except UnknownUnit:
            return ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit's figures stand: its row, and the header of each figure's column."""

    row: int
    headers: Mapping[str, str]


@dataclass
class Annex:
    """What one group's table holds.

    Attributes:
        file: Path below the data folder.
        counts: Unit name -> category id -> 篇, without the cells that hold no count; complete
            only where there are no faults.
        figures: Unit name -> id of a counted indicator -> amount, likewise; what has no column is
            left out.
        places: Where each of these units stands.
        misplaced: Units of other groups that stand in this table.
        strangers: For every unknown name its candidates, best first.
        rows: Number of rows that give counts; without any, no unit can be called missing.
        totals: Number of declared totals that were checked.
        notes: How it was read: what was passed over, how many blank cells count as 0.
        alerts: Those of the notes that say that the table may not be filled in yet.
        is_synthetic: Whether a title above the header says that the counts are made up.
        faults: What is wrong, by row.
    """

    file: str
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    figures: dict[str, dict[str, Amount]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    misplaced: set[str] = field(default_factory=set)
    strangers: list[tuple[str, ...]] = field(default_factory=list)
    rows: int = 0
    totals: int = 0
    notes: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    is_synthetic: bool = False
    faults: list[Fault] = field(default_factory=list)


def read_annex(
    rows: tuple[SheetRow, ...],
    file: str,
    group: Group,
    headings: Headings,
    names: Names,
    *,
    given: Amounts = MappingProxyType({}),
    widths: Sequence[int] = (),
    layout: Layout = UNKNOWN,
) -> Annex:
    """Read the rows of a group's table.

    Units that are missing are not told here: they may stand in another group's table.

    Args:
        rows: Those of the sheet.
        file: How faults name it.
        group: Whose table it is.
        headings: What its columns may be headed.
        names: The units of its period.
        given: What a ledger gives of indicators that have no column here.
        widths: How many cells each row of a text has, blank ones at its end included.
        layout: What a workbook says beside its cells.
    """
    blocks, faults = find_blocks(rows, headings, file)
    reader = _Reader(
        rows, Annex(file, faults=list(faults)), group, headings.county, names, given=given
    )
    for block in blocks:
        reader.read_block(block)
    reader.judge()
    annex = reader.annex
    annex.rows = len(reader.lines)
    is_named = bool(blocks) and all(block.name for block in blocks)
    if is_named and not reader.lines and names.here.of(group.id):
        reader.fault(None, None, FaultKind.EMPTY_FILE, "只有表头", "表头和各单位的数据")
    units = [line.number for line in reader.lines]
    annex.faults.extend(
        find_strays(rows, blocks, file, units=units, passed=reader.passed, widths=widths)
    )
    annex.alerts = tuple(reader.say_unfilled())
    blanks = [f"{reader.cells.blanks}个空白单元格按0计"] * (
        reader.cells.blanks > 0 and not annex.alerts
    )
    short = () if annex.alerts else say_short_rows(blocks, units, widths)
    hidden = say_hidden(layout, blocks[0].header, len(rows)) if blocks else ()
    annex.notes = (
        *annex.alerts, *blanks, *short, *hidden, *say_passed_over(rows, blocks, reader.passed),
    )  # fmt: skip
    above = rows[: blocks[0].top - 1] if blocks else ()
    annex.is_synthetic = any(say_cell(cell).startswith(SYNTHETIC) for row in above for cell in row)
    annex.faults.sort(key=lambda fault: (fault.row is None, fault.row or 0))
    if file.lower().endswith(WORKBOOK_ENDINGS):
        annex.faults = [_with_cell(fault, rows, blocks) for fault in annex.faults]
    return annex


def _with_cell(fault: Fault, rows: tuple[SheetRow, ...], blocks: Iterable[Block]) -> Fault:
    """Name the cell of a fault, where there is but one that it may mean."""
    row = fault.row
    if row is None or fault.column is None:
        return fault
    places = [
        column
        for block in blocks
        if block.top <= row <= block.last
        for column in block.columns
        if column.header == fault.column
    ]
    if len(places) > 1:
        places = [place for place in places if say_cell(place.of(rows[row - 1])) == fault.found]
    return replace(fault, cell=cell_name(row, places[0].index)) if len(places) == 1 else fault


def missing_units(annexes: dict[str, Annex], here: Roster) -> Iterator[Fault]:
    """Tell the units that stand in no table, but not those that an unknown name probably means."""
    placed = {name for annex in annexes.values() for name in (*annex.places, *annex.misplaced)}
    for annex in annexes.values():
        for candidates in annex.strangers:
            meant = next((name for name in candidates if name not in placed), None)
            placed |= {meant} if meant else set()
    expected = "名册中本期在册的单位各占一行，没有投稿的填 0"
    for group, annex in annexes.items():
        for unit in here.of(group) if annex.rows else ():
            if unit.name not in placed:
                kind = FaultKind.MISSING_UNIT
                yield Fault(annex.file, None, None, kind, unit.name, expected)


class _Reader:
    """Reads block after block and collects what is wrong with them."""

    def __init__(
        self,
        rows: tuple[SheetRow, ...],
        annex: Annex,
        group: Group,
        county: County,
        names: Names,
        *,
        given: Amounts,
    ) -> None:
        self.rows = rows
        self.annex = annex
        self.group = group
        self.county = county
        self.names = names
        self.given = given
        self.lines: list[Line] = []
        self.declared: list[Declared] = []
        self.passed: list[int] = []
        self.cells = FigureCells(county, annex.file, annex.faults)
        self.labels = TotalLabels(county, group)
        self.sums = RowSums(county, annex.file, annex.faults)
        # While it is not known whose count a row gives, no total can be judged.
        self.in_doubt = names.roster is None

    def read_block(self, block: Block) -> None:
        """Read the rows that stand under one header."""
        if block.name is None:
            self.in_doubt = True
            return
        start = first = len(self.lines)
        for number in range(block.header + 1, block.last + 1):
            row = self.rows[number - 1]
            label = self.labels.of(block, row)
            if label is None:
                self._read_row(block, block.name, number, row)
                continue
            is_part = label == SUBTOTAL
            covers = tuple(self.lines[start:]) if is_part else None
            amounts = self.cells.amounts(block, number, row, declared=True)
            printed = self.cells.printed(block, number, row)
            own = tuple(self.lines[first:])
            self.declared.append(Declared(block, number, amounts, printed, covers, own))
            start = len(self.lines) if is_part else start

    def _read_row(self, block: Block, column: TableColumn, number: int, row: SheetRow) -> None:
        cell = column.of(row)
        if is_blank(cell) and all(is_nothing(place.of(row)) for place in block.counted.values()):
            if not all(is_blank(place.of(row)) for place in block.columns):
                self.passed.append(number)
            return
        if isinstance(cell, Formula):
            self._refuse(number, column, FaultKind.NO_CACHED_VALUE, say_cell(cell))
        elif is_signature(row):
            self.passed.append(number)
            return
        elif is_blank(cell):
            self._refuse(number, column, FaultKind.UNKNOWN_UNIT, "有数字而没有单位名称")
        elif self._is_footnote(block, row, say_cell(cell)):
            self.passed.append(number)
            return
        amounts = self.cells.amounts(block, number, row)
        printed = self.cells.printed(block, number, row)
        self.sums.judge(block, number, row, amounts)
        unit = None if isinstance(cell, Formula) else self._unit(number, column, say_cell(cell))
        whole = None
        if unit:
            known = {name: amount for name, amount in amounts.items() if amount is not None}
            self._place(block, number, unit, known)
            elsewhere = self.given.get(unit.name, {})
            given = {name: elsewhere[name] for name in elsewhere if name not in block.indicators}
            whole = UnitRow(unit, block.figures, {**given, **known}, printed)
        self.lines.append(Line(number, amounts, whole))

    def _place(self, block: Block, number: int, unit: Unit, known: Mapping[str, Amount]) -> None:
        """Keep what a row gives of a unit, and where that stands."""
        self.annex.counts[unit.name] = {
            name: int(known[name]) for name in block.categories if name in known
        }
        if block.indicators:
            self.annex.figures[unit.name] = {
                name: known[name] for name in block.indicators if name in known
            }
        headers = {name: place.header for name, place in block.figures.items()}
        self.annex.places[unit.name] = Place(number, headers)

    def _is_footnote(self, block: Block, row: SheetRow, name: str) -> bool:
        """A row without counts that looks like a sentence, or like no unit at all."""
        if not is_safe_name(_spaced(name)) or (block.serial and is_number(block.serial.of(row))):
            return False
        try:
            self.names.here.resolve(name)
        except UnknownUnit as error:
            cells = [say_cell(column.of(row)) for column in block.counted.values()]
            if _SENTENCE.search(name):
                return all(not cell or _SENTENCE.search(cell) for cell in cells)
            return not any(cells) and not error.candidates and not self.names.say_validity(name)
        return False

    def _unit(self, row: int, column: TableColumn, name: str) -> Unit | None:
        """Return the unit that a row is to count for; None where there is a fault."""
        if not name or self.names.roster is None:
            return None
        if not is_safe_name(_spaced(name)):
            self.annex.strangers.append(self.names.here.candidates(name))
            self._refuse(row, column, FaultKind.UNSAFE_NAME, repr(name), SAFE_NAME)
            return None
        try:
            unit = self.names.here.resolve(name)
        except UnknownUnit as error:
            self._refuse_stranger(row, column, name, error.candidates)
            return None
        if unit.group != self.group.id:
            self.annex.misplaced.add(unit.name)
            expected = f"{self.group.label}的单位；“{unit.name}”应列入 {unit.group} 表"
            self._refuse(row, column, FaultKind.WRONG_GROUP, name, expected)
            return None
        if place := self.annex.places.get(unit.name):
            found = f"{name}，第{place.row}行已有“{unit.name}”"
            self._refuse(row, column, FaultKind.DUPLICATE_UNIT, found, "每个单位只占一行")
            return None
        return unit

    def _refuse_stranger(
        self, row: int, column: TableColumn, name: str, candidates: tuple[str, ...]
    ) -> None:
        expected = f"名册 {ROSTER} 中 {self.names.period} 在册的单位"
        if validity := self.names.say_validity(name):
            found = f"{name}，{validity}，本期不在册"
            self._refuse(row, column, FaultKind.UNKNOWN_UNIT, found, expected)
            return
        self.annex.strangers.append(candidates)
        expected += say_nearest(candidates)
        self._refuse(row, column, FaultKind.UNKNOWN_UNIT, name, expected)

    def say_unfilled(self) -> Iterable[str]:
        """Say that a table looks as ``new`` made it, where no cell holds a count."""
        cells = sum(len(line.amounts) for line in self.lines)
        if cells and self.cells.blanks == cells:
            yield f"全部{cells}个数都是空白，一律按0计，像是还没有填写"

    def judge(self) -> None:
        """Hold the declared totals against the rows that they cover, and figures against others."""
        units = [(line.number, line.unit) for line in self.lines if line.unit]
        checks = None
        if self.county.indicators:
            checks = CrossChecks(self.county, self.names.period, (unit for _, unit in units))
            for number, unit in units:
                for told in checks.of_row(unit):
                    self.fault(number, told.column, told.kind, told.found, told.expected)
        totals = DeclaredTotals(self.county, self.annex.file, self.annex.faults, self.lines)
        for declared in totals.judge(() if self.in_doubt else self.declared, checks):
            row = self.rows[declared.row - 1]
            self.sums.judge(declared.block, declared.row, row, declared.amounts)
        self.annex.totals = totals.checked

    def _refuse(
        self, row: int, column: TableColumn, kind: FaultKind, found: str, expected: str = "单位名称"
    ) -> None:
        self.in_doubt = True
        self.fault(row, column.header, kind, found, expected)

    def fault(
        self, row: int | None, column: str | None, kind: FaultKind, found: str, expected: str
    ) -> None:
        """Collect a fault of this table."""
        self.annex.faults.append(Fault(self.annex.file, row, column, kind, found, expected))


def _spaced(name: str) -> str:
    """A line break within a cell is white space as any other; what nobody sees is nothing."""
    return re.sub(r"[\s]+", " ", drop_invisible(name))
