"""The way in: the folder of a period becomes Submissions, or all its faults are told at once."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from zhashui_stats.errors import (
    Fault,
    FaultKind,
    FaultyData,
    MissingPeriod,
)
from zhashui_stats.files import hash_file
from zhashui_stats.model.articles import LEDGERS
from zhashui_stats.model.county import County, Group
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import SourceFile, Submissions
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading.annex import Annex, Names, read_annex
from zhashui_stats.reading.blocks import Headings
from zhashui_stats.reading.county import read_county
from zhashui_stats.reading.remarks import read_remarks
from zhashui_stats.reading.roster import read_roster
from zhashui_stats.reading.settings import read_settings
from zhashui_stats.reading.sheets import decode, read_content, read_sheet

if TYPE_CHECKING:
    from zhashui_stats.ledger import Count, Ledger
from zhashui_stats.reading.folder import (
    COUNTY_FILE,
    LEDGER_STEM,
    OTHER_TABLES,
    REMARKS_FILE,
    ROSTER_FILE,
    SOURCE_FILE,
    TO_FILL,
    as_period,
    circular_of,
    file_of,
    find_data,
    missing_data,
    period_folders,
    table_of,
)

__all__ = ["load", "load_series", "read_ledger"]


def load(period: Period | str, data_dir: str | Path = "data") -> Submissions:
    """Read one period; a year without a folder of its own is the sum of its halves.

    Raises:
        PeriodError: The period cannot be read.
        MissingPeriod: There is no folder for it.
        FaultyData: Every fault of all files of the period.
    """
    wanted = as_period(period)
    return _read_periods((wanted,), wanted, find_data(data_dir))[-1]


def load_series(period: Period | str, data_dir: str | Path = "data") -> tuple[Submissions, ...]:
    """Read all periods of the same kind up to the wanted one, which is the last.

    Raises:
        PeriodError: The period cannot be read.
        MissingPeriod: There is no folder for it.
        FaultyData: Every fault of all files of all these periods.
    """
    wanted = as_period(period)
    data = find_data(data_dir)
    at_hand = period_folders(data)
    years = {one for folder in at_hand if (one := _year_of_halves(folder, at_hand))}
    earlier = (one for one in at_hand | years if one.kind is wanted.kind and one < wanted)
    return tuple(_read_periods((*sorted(earlier), wanted), wanted, data))


def read_ledger(
    path: str | Path,
    period: Period | str,
    data_dir: str | Path = "data",
    table: str | None = None,
) -> "Ledger":
    """Open a ledger, wherever it is, with the county and the roster of a data folder.

    Args:
        path: A .csv, .xlsx or .parquet file, or a SQLite or DuckDB database.
        period: What it is to be counted for.
        data_dir: The data folder.
        table: The table of a database; None: its only one.

    Raises:
        PeriodError: The period cannot be read.
        MissingPeriod: There is no data folder.
        FaultyData: The ledger cannot be read, or county.toml or units.csv have faults.
    """
    from zhashui_stats.ledger import open_ledger  # noqa: PLC0415 -- most periods have no ledger

    data = find_data(data_dir)
    if not data.is_dir():
        raise missing_data(data)
    county = read_county(data / COUNTY_FILE)
    roster = read_roster(data / ROSTER_FILE, county)
    where = Path(path)
    file = _in_line(where.name or str(where))
    return open_ledger(where, county, roster, as_period(period), file=file, table=table)


def _in_line(name: str) -> str:
    """A file may have any name; a fault is one line all the same."""
    return "".join(one if one.isprintable() else "\ufffd" for one in name)


def _year_of_halves(half: Period, at_hand: set[Period]) -> Period | None:
    year = Period.parse(f"{half.year:04}")
    return year if half in year.halves and at_hand.issuperset(year.halves) else None


def _read_periods(periods: tuple[Period, ...], wanted: Period, data: Path) -> list[Submissions]:
    at_hand = period_folders(data)
    if wanted not in at_hand and not (wanted.halves and at_hand.issuperset(wanted.halves)):
        raise _missing(wanted, data, at_hand)
    folder = _DataFolder(data, at_hand)
    series = [folder.read(period) for period in periods]
    if folder.faults:
        raise FaultyData(folder.faults)
    return [one for one in series if one]


def _missing(wanted: Period, data: Path, at_hand: set[Period]) -> MissingPeriod:
    if not data.is_dir():
        return missing_data(data)
    there = "、".join(map(str, sorted(at_hand))) or "还没有任何一期"
    message = f"没有文件夹 {data / str(wanted)}；已有的期次：{there}"
    if lacking := [str(half) for half in wanted.halves if half not in at_hand]:
        message += f"；全年数也可由上下半年相加，还缺 {'、'.join(lacking)}"
    return MissingPeriod(f"{message}。可用 zhashui-stats new {wanted} 新建")


@dataclass
class _PeriodFolder:
    """What one period's folder holds, as far as it could be read."""

    annexes: dict[str, Annex] = field(default_factory=dict)
    ledger: "Ledger | None" = None
    count: "Count | None" = None
    source: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    files: list[SourceFile] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _DataFolder:
    """Reads periods of one data folder and collects what is wrong with them."""

    def __init__(self, data: Path, at_hand: set[Period]) -> None:
        """Read the settings and the roster.

        Raises:
            FaultyData: county.toml has faults; without it nothing else can be judged.
        """
        self.data = data
        self.at_hand = at_hand
        self.faults: list[Fault] = []
        self.county: County = read_county(data / COUNTY_FILE)
        self.headings = Headings(self.county)
        self.roster: Roster | None = None
        self.files = [self._file(COUNTY_FILE)]
        try:
            self.roster = read_roster(data / ROSTER_FILE, self.county)
            self.files.append(self._file(ROSTER_FILE, len(self.roster.units)))
        except FaultyData as error:
            self.faults.extend(error.faults)
        self._read: dict[Period, Submissions | None] = {}

    def read(self, period: Period) -> Submissions | None:
        """Return a period; None where it has faults, which are kept."""
        if period not in self._read:
            self._read[period] = self._read_new(period)
        return self._read[period]

    def _read_new(self, period: Period) -> Submissions | None:
        halves: list[Submissions | None] = []
        if period.halves and self.at_hand.issuperset(period.halves):
            halves = [self.read(half) for half in period.halves]
        parts = [half for half in halves if half]
        is_whole = bool(parts) and len(parts) == len(halves)
        if period not in self.at_hand:
            return Submissions.sum_of(parts, period) if is_whole else None
        folder = self._read_folder(period)
        self.faults.extend(folder.faults)
        if folder.faults or self.roster is None:
            return None
        whole = self._submissions(period, folder, self.roster)
        if is_whole:
            summed = Submissions.sum_of(parts, period)
            self.faults.extend(_differences(whole, summed, folder.annexes))
        return whole

    def _submissions(self, period: Period, folder: _PeriodFolder, roster: Roster) -> Submissions:
        here = roster.valid_in(period)
        units = tuple(unit for group in self.county.groups for unit in here.of(group.id))
        counts = dict(folder.count.counts) if folder.count else {}
        for annex in folder.annexes.values():
            counts |= annex.counts
        files = (*self.files, *folder.files)
        return Submissions(
            self.county, period, units, counts, folder.source, folder.remarks, files,
            ledger=folder.ledger,
        )  # fmt: skip

    def _read_folder(self, period: Period) -> _PeriodFolder:
        folder = _PeriodFolder()
        names = Names(self.roster, period)
        has_ledger = self._try(folder, self._read_ledger, folder, period)
        for group in self.county.groups:
            self._try(folder, self._read_table, folder, period, group, names, has_ledger)
        folder.faults.extend(missing_units(folder.annexes, names.here))
        files = [annex.file for annex in folder.annexes.values()]
        folder.faults.sort(key=lambda one: files.index(one.file) if one.file in files else -1)
        for read in (self._read_source, self._read_remarks, self._note_circular):
            self._try(folder, read, folder, period)
        if folder.count:
            folder.faults.extend(_disagreements(folder.annexes, folder.count, self.county))
        folder.faults = list(dict.fromkeys(folder.faults))
        return folder

    @staticmethod
    def _try(folder: _PeriodFolder, read: Callable[..., object], *arguments: object) -> bool:
        """Run one step and keep its faults; return whether it found something to read."""
        try:
            return bool(read(*arguments))
        except FaultyData as error:
            folder.faults.extend(error.faults)
            return True

    def _read_ledger(self, folder: _PeriodFolder, period: Period) -> bool:
        """Count the period's ledger, if there is one; tables may be missing beside it."""
        endings = (*LEDGERS, *OTHER_TABLES)
        file = file_of(self.data / str(period), str(period), LEDGER_STEM, endings, "一期的台账")
        if file is None:
            return False
        if self.roster:
            from zhashui_stats.ledger import count_articles, open_ledger  # noqa: PLC0415 -- rare

            path = self.data / file
            ledger = open_ledger(path, self.county, self.roster, period, file=file)
            folder.count, folder.ledger = count_articles(ledger), ledger
            notes = (folder.count.summary, *ledger.notes)
            folder.files.append(
                SourceFile(file, hash_file(path), notes=notes, is_synthetic=ledger.is_synthetic)
            )
        return True

    def _read_table(
        self, folder: _PeriodFolder, period: Period, group: Group, names: Names, has_ledger: bool
    ) -> None:
        file = table_of(self.data / str(period), str(period), group)
        if file is None:
            if has_ledger or (not names.here.of(group.id) and self.roster):
                return
            wanted = f"“{group.label}”的统计表 {group.id}.csv 或 {group.id}.xlsx"
            file = f"{period}/{group.id}.csv"
            raise FaultyData([Fault(file, None, None, FaultKind.MISSING_FILE, "", wanted)])
        content = read_content(self.data / file, file, f"“{group.label}”的统计表")
        sheet = read_sheet(content, file, self.headings.score)
        annex = read_annex(sheet.rows, file, group, self.headings, names)
        folder.annexes[group.id] = annex
        folder.faults.extend(annex.faults)
        digest = hashlib.sha256(content).hexdigest()
        units, totals = len(annex.places), annex.totals
        folder.files.append(SourceFile(
            file, digest, units, totals, annex.notes, annex.alerts, annex.is_synthetic
        ))  # fmt: skip

    def _read_source(self, folder: _PeriodFolder, period: Period) -> None:
        file = f"{period}/{SOURCE_FILE}"
        if (content := self._optional(file)) is None:
            return
        settings = read_settings(content, file)
        for key, value in settings.items():
            if isinstance(value, str):
                folder.source[key] = value
            else:
                found = f"{type(value).__name__} 值"
                expected = '加英文双引号的一段文字，如 "2022年7月8日"'
                folder.faults.append(Fault(file, None, key, FaultKind.BAD_SETTING, found, expected))
        unfilled = [key for key, text in folder.source.items() if TO_FILL in text]
        alerts = (f"还没有填写：{'、'.join(unfilled)}",) if unfilled else ()
        digest = hashlib.sha256(content).hexdigest()
        folder.files.append(SourceFile(file, digest, notes=alerts, alerts=alerts))

    def _read_remarks(self, folder: _PeriodFolder, period: Period) -> None:
        file = f"{period}/{REMARKS_FILE}"
        if (content := self._optional(file)) is None:
            return
        folder.remarks, faults = read_remarks(decode(content, file), file)
        folder.faults.extend(faults)
        folder.files.append(SourceFile(file, hashlib.sha256(content).hexdigest()))

    def _note_circular(self, folder: _PeriodFolder, period: Period) -> None:
        """Count the circular among the inputs; the audit reads it."""
        file = circular_of(self.data / str(period), str(period))
        if file is not None:
            folder.files.append(self._file(file))

    def _optional(self, file: str) -> bytes | None:
        path = self.data / file
        wanted = "文件本身；这是一个链接，它指向的文件不存在，请补上文件或删除链接"
        return read_content(path, file, wanted) if os.path.lexists(path) else None

    def _file(self, file: str, units: int = 0) -> SourceFile:
        content = read_content(self.data / file, file, "可以读取的文件")
        return SourceFile(file, hashlib.sha256(content).hexdigest(), units)


def _disagreements(annexes: dict[str, Annex], count: "Count", county: County) -> Iterator[Fault]:
    """Hold the tables against the ledger, cell by cell."""
    for annex in annexes.values():
        for unit, place in annex.places.items():
            for category in county.categories:
                own, ledger = annex.counts[unit].get(category.id), count.counts[unit][category.id]
                if own is not None and own != ledger:
                    yield Fault(
                        annex.file, place.row, place.headers[category.id],
                        FaultKind.LEDGER_DIFFERS, f"{unit} {category.label} {own}",
                        f"{ledger}，即台账中的{county.measure}数；请核对统计表和台账",
                    )  # fmt: skip


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


def _differences(
    whole: Submissions, summed: Submissions, annexes: dict[str, Annex]
) -> Iterator[Fault]:
    """Hold a year's own tables, or its ledger, against the sum of its halves."""
    otherwise = whole.ledger.file if whole.ledger else str(whole.period)
    for unit in _union(whole.units, summed.units):
        annex = annexes.get(unit.group)
        place = annex.places.get(unit.name) if annex else None
        for category in whole.county.categories:
            own, halves = (_count_or_zero(one, unit, category.id) for one in (whole, summed))
            if own != halves:
                yield Fault(
                    annex.file if annex else otherwise,
                    place.row if place else None,
                    place.headers[category.id] if place else category.label,
                    FaultKind.HALVES_DIFFER,
                    f"{unit.name} {category.label} {own}",
                    f"{halves}，即上下半年之和",
                )


def _count_or_zero(now: Submissions, unit: Unit, category: str) -> int:
    return now.counts[unit.name][category] if unit.name in now.counts else 0


def _union(one: Iterable[Unit], other: Iterable[Unit]) -> Iterable[Unit]:
    return dict.fromkeys((*one, *other))
