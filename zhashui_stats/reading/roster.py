"""The roster (名册) from ``units.csv``, or all that is wrong with it.

A row is a unit, in the order of the annexes: its name and group, its official name, other names
parted by ``|``, and the first and last period in which it is there. Two units that are there at the
same time share no name; a unit that took over an ended one has the ended one's name as an alias.
"""

from collections.abc import Mapping
from pathlib import Path

from zhashui_stats.errors import Fault, FaultKind, FaultyData, PeriodError
from zhashui_stats.model.county import County
from zhashui_stats.model.names import SAFE_NAME, SUBTOTAL, TOTALS, fold_name, is_safe_name
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading.file_names import ROSTER
from zhashui_stats.reading.sheets import SheetRow, read_content, read_sheet, say_cell

__all__ = ["read_roster"]

_COLUMNS = ("name", "group", "full_name", "aliases", "since", "until")
_TOTAL_LABELS = frozenset((SUBTOTAL, *TOTALS))


def read_roster(path: Path, county: County) -> Roster:
    """Read ``units.csv``, in any separator and encoding that a group's table may have.

    Raises:
        FaultyData: The file cannot be read or a row is wrong; all faults at once.
    """
    sheet = read_sheet(read_content(path, ROSTER, f"单位名册 {ROSTER}"), ROSTER, _score)
    return _Rows(county).roster(sheet.rows)


def _score(row: SheetRow) -> int:
    return len({say_cell(cell) for cell in row} & {*_COLUMNS[:2]})


class _Rows:
    """Turns the rows of ``units.csv`` into a Roster and collects what is wrong with them."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.faults: list[Fault] = []

    def roster(self, rows: tuple[SheetRow, ...]) -> Roster:
        """Return the roster.

        Raises:
            FaultyData: What is wrong with the header; if nothing is, with the rows.
        """
        start = next((n for n, row in enumerate(rows) if _score(row) == 2), 0)
        header = [say_cell(cell) for cell in rows[start]]
        self._check(header, start + 1)
        if self.faults:
            raise FaultyData(self.faults)
        units = [
            self._unit(number, dict(zip(header, map(say_cell, row), strict=False)))
            for number, row in enumerate(rows[start + 1 :], start + 2)
            if any(map(say_cell, row))
        ]
        if not units:
            self._fault(None, None, FaultKind.EMPTY_FILE, "只有表头", "每个单位一行")
        self._distinct(units)
        if self.faults:
            raise FaultyData(sorted(self.faults, key=lambda fault: fault.row or 0))
        return Roster(tuple(unit for _, unit in units), self.county.name)

    def _check(self, header: list[str], number: int) -> None:
        for column in _COLUMNS:
            if header.count(column) > 1:
                self._fault(number, column, FaultKind.DUPLICATE_COLUMN, column, "只留一列")
        for column in ("name", "group"):
            if column not in header:
                found = "、".join(header)
                self._fault(number, column, FaultKind.MISSING_COLUMN, found, f"一列 {column}")
        for column in dict.fromkeys(header):
            if column and column not in _COLUMNS:
                expected = f"只用这些列：{'、'.join(_COLUMNS)}"
                self._fault(number, column, FaultKind.BAD_SETTING, "不认识的列", expected)

    def _unit(self, number: int, row: Mapping[str, str]) -> tuple[int, Unit]:
        cells = {column: row.get(column, "") for column in _COLUMNS}
        aliases = tuple(filter(None, map(str.strip, cells["aliases"].split("|"))))
        self._name(number, "name", cells["name"])
        for column, names in (("full_name", (cells["full_name"],)), ("aliases", aliases)):
            for name in filter(None, names):
                self._name(number, column, name)
        groups = [group.id for group in self.county.groups]
        if cells["group"] not in groups:
            expected = f"其中之一：{'、'.join(groups)}"
            self._fault(number, "group", FaultKind.BAD_SETTING, repr(cells["group"]), expected)
        since, until = (self._period(number, key, cells[key]) for key in ("since", "until"))
        if since and until and until.end < since.start:
            found = f"{since} 至 {until}"
            self._fault(number, "until", FaultKind.BAD_SETTING, found, "不早于 since 的期次")
        unit = Unit(cells["name"], cells["group"], cells["full_name"], aliases, since, until)
        return number, unit

    def _name(self, number: int, column: str, name: str) -> None:
        if not is_safe_name(name):
            expected = f"不为空、{SAFE_NAME}"
            self._fault(number, column, FaultKind.UNSAFE_NAME, repr(name), expected)
        elif fold_name(name) in _TOTAL_LABELS:
            expected = "单位的名称；“合计”“总计”“小计”在表中是合计行"
            self._fault(number, column, FaultKind.BAD_SETTING, name, expected)

    def _period(self, number: int, column: str, text: str) -> Period | None:
        try:
            return Period.parse(text) if text else None
        except PeriodError:
            self._fault(number, column, FaultKind.BAD_SETTING, repr(text), "期次，如 2022H1")
            return None

    def _distinct(self, units: list[tuple[int, Unit]]) -> None:
        """Two units there at the same time share neither a name nor an alias."""
        seen: dict[str, list[Unit]] = {}
        for number, unit in units:
            for name in dict.fromkeys(map(fold_name, unit.names)):
                for other in seen.setdefault(name, []):
                    if _coexist(unit, other) and not _is_merger(name, unit, other):
                        self._fault(
                            number, _column_of(name, unit), FaultKind.DUPLICATE_UNIT,
                            f"“{name}”与“{other.name}”重名", "同一时期内互不相同的名称和别名",
                        )  # fmt: skip
                seen[name].append(unit)

    def _fault(
        self, row: int | None, column: str | None, kind: FaultKind, found: str, expected: str
    ) -> None:
        self.faults.append(Fault(ROSTER, row, column, kind, found, expected))


def _column_of(name: str, unit: Unit) -> str:
    """Return the column in which a unit has a name, folded as it is."""
    if fold_name(unit.name) == name:
        return "name"
    return "full_name" if fold_name(unit.full_name) == name else "aliases"


def _coexist(*units: Unit) -> bool:
    starts = [unit.since.start for unit in units if unit.since]
    ends = [unit.until.end for unit in units if unit.until]
    return not starts or not ends or max(starts) <= min(ends)


def _is_merger(name: str, unit: Unit, other: Unit) -> bool:
    """A successor carries the name of an ended unit among its aliases."""
    for successor, ended in ((unit, other), (other, unit)):
        if ended.until and fold_name(ended.name) == name and successor.name != ended.name:
            return name in map(fold_name, successor.aliases)
    return False
