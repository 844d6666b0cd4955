"""A release read back: annexes.xlsx and counts.csv become counts again, or all faults are told."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.model.county import County, Group
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading.annex import Annex, Names, missing_units, read_annex
from zhashui_stats.reading.blocks import Headings
from zhashui_stats.reading.cells import BadCount, read_count
from zhashui_stats.reading.sheets import (
    Sheet,
    SheetRow,
    read_content,
    read_sheet,
    read_workbook,
    say_cell,
)
from zhashui_stats.release.open_data import COLUMNS, guard_text

__all__ = ["Counts", "read_annexes", "read_counts_csv"]

Counts: TypeAlias = Mapping[str, Mapping[str, int]]
"""Unit name -> category id -> 篇: every unit of the period, in the order of the annexes."""

_ANNEX = re.compile(r"附件([1-9]\d*)")
_COUNT = "0 或正整数"


def read_annexes(path: Path, county: County, roster: Roster, period: Period) -> Counts:
    """Read the annex sheets of a workbook: 附件1 for the first group with units, and so on.

    Declared totals are checked, of rows as well as of columns; other sheets are passed over.

    Args:
        path: The workbook; faults name it by its last part.
        county: What is counted.
        roster: Every unit, ended ones included.
        period: Which release it is of.

    Raises:
        FaultyData: Everything that is wrong.
    """
    names, headings, file = Names(roster, period), Headings(county), path.name
    groups = [group for group in county.groups if names.here.of(group.id)]
    sheets = read_workbook(read_content(path, file, "发布的附件工作簿"), file)
    annexes: dict[str, Annex] = {}
    faults: list[Fault] = []
    for group, sheet in zip(groups, _annex_sheets(sheets, file, groups), strict=True):
        where = f"{file}“{sheet.title}”"
        annex = annexes[group.id] = read_annex(sheet.rows, where, group, headings, names)
        faults += annex.faults
    faults += missing_units(annexes, names.here)
    counts = {name: row for annex in annexes.values() for name, row in annex.counts.items()}
    return _finished(counts, faults, names, county)


def read_counts_csv(path: Path, county: County, roster: Roster, period: Period) -> Counts:
    """Read the tidy table of a release.

    Args:
        path: The table; faults name it by its last part.
        county: What is counted.
        roster: Every unit, ended ones included.
        period: Which release it is of.

    Raises:
        FaultyData: Everything that is wrong.
    """
    file, names = path.name, Names(roster, period)
    sheet = read_sheet(read_content(path, file, "发布的开放数据表"), file, _score)
    reader = _TidyReader(file, county, names)
    reader.read(sheet.rows)
    return _finished(reader.counts, reader.faults, names, county)


def _finished(
    counts: Mapping[str, Mapping[str, int]], faults: list[Fault], names: Names, county: County
) -> Counts:
    if faults:
        raise FaultyData(faults)
    units = (unit.name for group in county.groups for unit in names.here.of(group.id))
    ids = [category.id for category in county.categories]
    return MappingProxyType(
        {
            name: MappingProxyType({category: counts[name][category] for category in ids})
            for name in units
        }
    )


def _annex_sheets(sheets: list[Sheet], file: str, groups: list[Group]) -> list[Sheet]:
    """Return the annex sheets by number; there is one for each group."""
    numbered = {
        int(match[1]): sheet for sheet in sheets if (match := _ANNEX.fullmatch(sheet.title))
    }
    if sorted(numbered) != list(range(1, len(groups) + 1)):
        found = "、".join(sheet.title for sheet in sheets)
        wanted = "、".join(f"附件{n}（{group.label}）" for n, group in enumerate(groups, 1))
        kind, expected = FaultKind.AMBIGUOUS_SHEET, f"可见的工作表 {wanted}"
        raise FaultyData([Fault(file, None, None, kind, found, expected)])
    return [sheet for _, sheet in sorted(numbered.items())]


def _score(row: SheetRow) -> int:
    return len({say_cell(cell) for cell in row} & {*COLUMNS})


class _TidyReader:
    """Reads counts.csv row by row and collects what is wrong."""

    def __init__(self, file: str, county: County, names: Names) -> None:
        self.file = file
        self.county = county
        self.names = names
        self.units = {unit.name: unit for unit in names.here.units}
        self.groups = {group.id: group.label for group in county.groups}
        self.categories = {category.id: category.label for category in county.categories}
        self.counts: dict[str, dict[str, int]] = {}
        self.rows: dict[tuple[str, str], int] = {}
        self.faults: list[Fault] = []
        # While it is not known what a row counts, nothing can be called missing.
        self.in_doubt = False

    def read(self, rows: tuple[SheetRow, ...]) -> None:
        """Read the whole table."""
        header = [say_cell(cell) for cell in rows[0]]
        for column in COLUMNS:
            if (found := header.count(column)) != 1:
                kind = FaultKind.DUPLICATE_COLUMN if found else FaultKind.MISSING_COLUMN
                self._fault(1, column, kind, "、".join(header), f"一列 {column}")
        if self.faults:
            return
        for number, row in enumerate(rows[1:], 2):
            if any(map(say_cell, row)):
                # Cells beyond the row's end are blank.
                padded = (*map(say_cell, row), *[""] * len(header))
                self._read_row(number, dict(zip(header, padded, strict=False)))
        if not self.in_doubt:
            self._find_missing()

    def _read_row(self, number: int, cells: Mapping[str, str]) -> None:
        self._hold(number, cells, "period", str(self.names.period))
        unit = self._unit(number, cells["unit"])
        category = cells["category"]
        if category not in self.categories:
            self.in_doubt = True
            expected = f"其中之一：{'、'.join(self.categories)}"
            self._fault(number, "category", FaultKind.UNKNOWN_VALUE, category, expected)
        else:
            self._hold(number, cells, "category_label", self.categories[category])
        if unit:
            self._hold(number, cells, "group", unit.group, FaultKind.WRONG_GROUP)
            self._hold(number, cells, "group_label", self.groups[unit.group])
        count = self._count(number, cells["count"])
        if unit and category in self.categories:
            self._keep(number, unit.name, category, count)

    def _hold(
        self,
        number: int,
        cells: Mapping[str, str],
        column: str,
        expected: str,
        kind: FaultKind = FaultKind.UNKNOWN_VALUE,
    ) -> None:
        """Hold a cell against what the writer would have written."""
        if cells[column] != say_cell(guard_text(expected)):
            self._fault(number, column, kind, cells[column], expected)

    def _unit(self, number: int, name: str) -> Unit | None:
        """Return the unit of this very name: the table was written from the roster."""
        if unit := self.units.get(name):
            return unit
        self.in_doubt = True
        near = "、".join(self.names.here.candidates(name))
        validity = self.names.say_validity(name)
        expected = f"名册 units.csv 中 {self.names.period} 在册的单位"
        self._fault(
            number, "unit", FaultKind.UNKNOWN_UNIT,
            f"{name}，{validity}，本期不在册" if validity else name,
            f"{expected}，最接近的是：{near}" if near and not validity else expected,
        )  # fmt: skip
        return None

    def _count(self, number: int, text: str) -> int:
        """Return a count; a blank is none here, as zeros are written out."""
        kind = None if text else FaultKind.MISSING_VALUE
        try:
            count = read_count(text)
        except BadCount as error:
            count, kind = 0, error.kind
        if kind:
            self._fault(number, "count", kind, text, _COUNT)
        return count

    def _keep(self, number: int, unit: str, category: str, count: int) -> None:
        if earlier := self.rows.get((unit, category)):
            found = f"{unit} {category}，第{earlier}行已有"
            expected = "每个单位、每个类别只占一行"
            self._fault(number, "unit", FaultKind.DUPLICATE_UNIT, found, expected)
            return
        self.rows[unit, category] = number
        self.counts.setdefault(unit, {})[category] = count

    def _find_missing(self) -> None:
        for unit in self.units:
            for category in self.categories:
                if (unit, category) not in self.rows:
                    kind, expected = FaultKind.MISSING_UNIT, "每个单位、每个类别各占一行"
                    self._fault(None, None, kind, f"{unit} {category}", expected)

    def _fault(
        self, row: int | None, column: str | None, kind: FaultKind, found: str, expected: str
    ) -> None:
        self.faults.append(Fault(self.file, row, column, kind, found, expected))
