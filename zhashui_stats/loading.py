"""The way in: the folder of a period becomes Submissions, or all its faults are told at once.

``load`` gives one period, ``history`` those before it too, and both warn of files that may not be
filled in yet, or are made up; ``load_period`` and ``load_series`` leave that to whoever calls them.
``read_ledger`` opens a ledger wherever it is; ``periods`` says what there is without reading it.
The modules of ``reading`` turn one file each into values and faults; here they are called in turn,
what they found is held against each other (a table against the ledger, a period against its parts),
and nothing is made while anything is wrong.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhashui_stats.comparison import History
from zhashui_stats.errors import Fault, FaultKind, FaultyData, warn
from zhashui_stats.files import hash_file
from zhashui_stats.model.amounts import Amount, Amounts
from zhashui_stats.model.county import County, Figure, Group
from zhashui_stats.model.periods import Period, say_parts
from zhashui_stats.model.submissions import SourceFile, Submissions, add_up
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading import file_names
from zhashui_stats.reading.annex import Annex, Names, missing_units, read_annex
from zhashui_stats.reading.blocks import Headings
from zhashui_stats.reading.county import read_county
from zhashui_stats.reading.folder import (
    circular_of,
    cover,
    find_data,
    has_circular,
    has_ledger,
    ledger_of,
    missing_data,
    missing_period,
    missing_table,
    period_folders,
    sums_at_hand,
    table_of,
)
from zhashui_stats.reading.remarks import read_remarks
from zhashui_stats.reading.roster import read_roster
from zhashui_stats.reading.sheets import decode, read_content, read_sheet
from zhashui_stats.reading.source import read_source, say_unfilled
from zhashui_stats.reading.unread import Unread, find_unread

if TYPE_CHECKING:
    import pandas as pd

    from zhashui_stats.ledger import Count, Ledger

__all__ = ["history", "load", "load_period", "load_series", "periods", "read_ledger"]


def load(period: Period | str | int, data_dir: str | Path = "data") -> Submissions:
    """Read one period (期次); one without a folder of its own is the sum of its parts.

    A file that may not be filled in yet, or is made up, is a ``ZhashuiWarning``.

    Args:
        period: Such as ``"2022H1"``, ``"2022年上半年"``, ``"2022-01..04"`` or the year ``2022``.
        data_dir: The data folder.

    Raises:
        PeriodError: The period cannot be read.
        MissingPeriod: There is no folder for it.
        FaultyData: Every fault of all files of the period.
    """
    now = load_period(period, data_dir)
    _warn_of([now])
    return now


def load_period(period: Period | str | int, data_dir: str | Path = "data") -> Submissions:
    """Read one period as ``load`` does; its notices are left to whoever calls."""
    wanted, data = Period.of(period), find_data(data_dir)
    return _read_periods((), wanted, data, period_folders(data))[-1]


def history(period: Period | str | int, data_dir: str | Path = "data") -> History:
    """Read a period with all earlier ones of its kind (历期), to be held against each other.

    A file that may not be filled in yet, or is made up, is a ``ZhashuiWarning``.

    Raises:
        PeriodError: The period cannot be read.
        MissingPeriod: There is no folder for it.
        FaultyData: Every fault of all files of all these periods.
    """
    series = load_series(period, data_dir)
    _warn_of(series)
    return History(series)


def _warn_of(series: Iterable[Submissions]) -> None:
    for notice in dict.fromkeys(notice for now in series for notice in now.notices):
        warn(notice)


def load_series(
    period: Period | str | int, data_dir: str | Path = "data"
) -> tuple[Submissions, ...]:
    """Read all periods of the same kind up to the wanted one, which is the last.

    Spans are of one kind where they are of the same months.

    Raises:
        PeriodError: The period cannot be read.
        MissingPeriod: There is no folder for it.
        FaultyData: Every fault of all files of all these periods.
    """
    wanted, data = Period.of(period), find_data(data_dir)
    at_hand = period_folders(data)
    known = at_hand | sums_at_hand(at_hand, wanted)
    earlier = sorted(other for other in known if other.is_alike(wanted) and other < wanted)
    return _read_periods(tuple(earlier), wanted, data, at_hand)


def periods(data_dir: str | Path = "data") -> "pd.DataFrame":
    """Say which periods (期次) there are, by the names of folders and files alone.

    Returns:
        Index ``期次`` (the id), in the order of their last days, the whole after its parts; columns
        ``名称``, ``来源`` (数据文件夹, or 由上、下半年相加), ``台账`` and ``通报`` (有, 无).

    Raises:
        MissingPeriod: There is no data folder.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    data = find_data(data_dir)
    if not data.is_dir():
        raise missing_data(data)
    at_hand = period_folders(data)
    rows = {
        str(period): (
            period.label,
            "数据文件夹" if period in at_hand else f"由{say_parts(cover(period, at_hand))}相加",
            "有" if has_ledger(data, period) else "无",
            "有" if has_circular(data, period) else "无",
        )
        for period in sorted(at_hand | sums_at_hand(at_hand), key=_when_complete)
    }
    columns = ["名称", "来源", "台账", "通报"]
    return pd.DataFrame.from_dict(rows, "index", columns=columns).rename_axis("期次")


def _when_complete(period: Period) -> tuple[date, int]:
    return period.end, period.months


def read_ledger(
    path: str | Path,
    period: Period | str | int,
    data_dir: str | Path = "data",
    table: str | None = None,
) -> "Ledger":
    """Open a ledger (台账), wherever it is, with the county and the roster of a data folder.

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
    county = read_county(data / file_names.COUNTY)
    roster = read_roster(data / file_names.ROSTER, county)
    where = Path(path)
    file = _in_line(where.name or str(where))
    return open_ledger(where, county, roster, Period.of(period), file=file, table=table)


def _in_line(name: str) -> str:
    """A file may have any name; a fault is one line all the same."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


# --- Periods ------------------------------------------------------------------------------------


def _read_periods(
    earlier: tuple[Period, ...], wanted: Period, data: Path, at_hand: set[Period]
) -> tuple[Submissions, ...]:
    if wanted not in at_hand and not cover(wanted, at_hand):
        raise missing_period(wanted, data, at_hand)
    folder = _DataFolder(data, at_hand)
    series = [folder.read(period) for period in (*earlier, wanted)]
    if folder.faults:
        raise FaultyData(folder.faults)
    return tuple(period for period in series if period)


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
        self.county = read_county(data / file_names.COUNTY)
        self.roster: Roster | None = None
        self.files = [_read_file(data, file_names.COUNTY)]
        try:
            self.roster = read_roster(data / file_names.ROSTER, self.county)
            self.files.append(_read_file(data, file_names.ROSTER, len(self.roster.units)))
        except FaultyData as error:
            self.faults.extend(error.faults)
        self._read: dict[Period, Submissions | None] = {}

    def read(self, period: Period) -> Submissions | None:
        """Return a period; None where it has faults, which are kept."""
        if period not in self._read:
            self._read[period] = self._read_new(period)
        return self._read[period]

    def _read_new(self, period: Period) -> Submissions | None:
        parts = self._read_parts(period)
        summed = add_up(parts, period) if parts else None
        if period not in self.at_hand:
            return summed
        folder = _PeriodFolder(self.data, period, self.county, self.roster)
        folder.read()
        self.faults.extend(folder.faults)
        if folder.faults or self.roster is None:
            return None
        whole = folder.submissions(self.files)
        if summed:
            self.faults.extend(_differences(whole, summed, folder.annexes))
        return whole

    def _read_parts(self, period: Period) -> tuple[Submissions, ...]:
        """Return what a period is added up from; nothing where a part is not there, or faulty."""
        # Also those after a faulty one.
        parts = [self.read(part) for part in cover(period, self.at_hand)]
        sound = tuple(part for part in parts if part)
        return sound if len(sound) == len(parts) else ()


# --- The folder of a period ---------------------------------------------------------------------


class _PeriodFolder:
    """Reads the files of one period, as far as they can be read.

    Attributes:
        annexes: Group id -> its table.
        ledger: The period's ledger; None where it has none, or one with faults.
        count: What the ledger adds up to.
        source: What source.toml says.
        remarks: The analyst's paragraphs, by section.
        files: The files that were read.
        faults: What is wrong with any of them.
    """

    def __init__(self, data: Path, period: Period, county: County, roster: Roster | None) -> None:
        self.data = data
        self.period = period
        self.county = county
        self.names = Names(roster, period)
        self.annexes: dict[str, Annex] = {}
        self.ledger: Ledger | None = None
        self.count: Count | None = None
        self.source: dict[str, str] = {}
        self.remarks: dict[str, str] = {}
        self.files: list[SourceFile] = []
        self.faults: list[Fault] = []
        # Beside a ledger, even a faulty one, tables may be missing.
        self.needs_tables = False
        self.unread: tuple[Unread, ...] = ()
        self.without_table: set[str] = set()

    def read(self) -> None:
        """Read file after file; the faults of the tables come in the order of the groups."""
        self._try(self._find_unread)
        self._try(self._read_ledger)
        for group in self.county.groups:
            self._try(self._read_table, group)
        self.faults.extend(missing_units(self.annexes, self.names.here))
        files = [annex.file for annex in self.annexes.values()]
        self.faults.sort(key=lambda fault: files.index(fault.file) if fault.file in files else -1)
        for read in (self._read_source, self._read_remarks, self._note_circular):
            self._try(read)
        if self.count:
            self.faults.extend(_disagreements(self.annexes, self.count, self.county))
        self._hold_ledger_columns()
        self.faults = list(dict.fromkeys(self.faults))

    def submissions(self, shared: list[SourceFile]) -> Submissions:
        """Return what was read without faults.

        Args:
            shared: The files that the period has in common with all others.
        """
        groups = self.county.groups
        units = tuple(unit for group in groups for unit in self.names.here.of(group.id))
        counts = dict(self.count.counts) if self.count else {}
        for annex in self.annexes.values():
            counts |= annex.counts
        read = {name: row for annex in self.annexes.values() for name, row in annex.figures.items()}
        figures = {
            unit.name: {**self._counted.get(unit.name, {}), **read.get(unit.name, {})}
            for unit in units
        }
        return Submissions(
            self.county, self.period, units, counts, self.source, self.remarks,
            files=(*shared, *self.files), ledger=self.ledger, figures=figures,
        )  # fmt: skip

    @property
    def _counted(self) -> Amounts:
        """What the ledger gives of the indicators."""
        return self.count.figures if self.count else {}

    def _given(self) -> set[str]:
        """Return the indicators that a ledger has to give where no table does."""
        ruled = (indicator.id for indicator in self.county.counted if indicator.ledger)
        return set() if self.needs_tables else set(ruled)

    def _try(self, read: Callable[..., None], *arguments: object) -> None:
        """Run one step and keep its faults."""
        try:
            read(*arguments)
        except FaultyData as error:
            self.faults.extend(error.faults)

    def _find_unread(self) -> None:
        """Tell the files under a name that is not theirs, and note what else is not read."""
        self.unread = find_unread(self.data, self.period, self.county.groups)
        for unread in self.unread:
            if unread.is_sure and not unread.instead:
                self.faults.append(unread.fault)
            else:
                note = (unread.note,)
                self.files.append(SourceFile(unread.file, _hash(self.data, unread), notes=note))

    def _misnamed(self, stem: str) -> bool:
        return any(unread.stem == stem and unread.is_sure for unread in self.unread)

    def _read_ledger(self) -> None:
        file = ledger_of(self.data, self.period)
        if file is None:
            self.needs_tables = not self._misnamed(file_names.LEDGER)
            return
        if self.names.roster is None:
            return
        from zhashui_stats.ledger import count_articles, open_ledger  # noqa: PLC0415 -- rare

        path = self.data / file
        ledger = open_ledger(path, self.county, self.names.roster, self.period, file=file)
        self.count, self.ledger = count_articles(ledger), ledger
        notes = (self.count.summary, *self.count.notes, *ledger.notes)
        self.files.append(
            SourceFile(file, hash_file(path), notes=notes, is_synthetic=ledger.is_synthetic)
        )

    def _hold_ledger_columns(self) -> None:
        """Hold that the ledger has the columns of the indicators that no table gives."""
        if self.ledger is None:
            return
        from zhashui_stats.ledger import find_missing_columns  # noqa: PLC0415 -- rare

        headers: dict[str, Mapping[str, str]] = {
            unit.name: {} for unit in self.names.here.units if unit.group in self.without_table
        }
        for annex in self.annexes.values():
            headers |= {name: place.headers for name, place in annex.places.items()}
        units = [unit for unit in self.names.here.units if unit.name in headers]
        needed = (
            indicator
            for indicator in self.county.counted
            for unit in units
            if indicator.applies_to(unit.group) and indicator.id not in headers[unit.name]
        )
        self.faults.extend(find_missing_columns(self.ledger, needed))

    def _read_table(self, group: Group) -> None:
        file = table_of(self.data, self.period, group)
        headings = Headings(self.county, group.id, self._given())
        if file is None:
            may_have_units = self.names.roster is None or self.names.here.of(group.id)
            if (self.needs_tables or headings.needed_indicators) and may_have_units:
                meant = [unread for unread in self.unread if unread.stem == group.id]
                if meant:
                    raise FaultyData(unread.fault for unread in meant)
                raise missing_table(self.period, group)
            self.without_table.add(group.id)
            return
        content = read_content(self.data / file, file, f"“{group.label}”的统计表")
        sheet = read_sheet(content, file, headings.score)
        annex = read_annex(
            sheet.rows, file, group, headings, self.names,
            given=self._counted, widths=sheet.widths, layout=sheet.layout,
        )  # fmt: skip
        self.annexes[group.id] = annex
        self.faults.extend(annex.faults)
        self.files.append(_source_file(
            file, content, units=len(annex.places), totals=annex.totals,
            notes=annex.notes, alerts=annex.alerts, is_synthetic=annex.is_synthetic,
        ))  # fmt: skip

    def _read_source(self) -> None:
        file = f"{self.period}/{file_names.SOURCE}"
        if (content := self._optional(file)) is None:
            return
        self.source, faults = read_source(content, file)
        self.faults.extend(faults)
        alerts = tuple(filter(None, [say_unfilled(self.source)]))
        self.files.append(_source_file(file, content, notes=alerts, alerts=alerts))

    def _read_remarks(self) -> None:
        file = f"{self.period}/{file_names.REMARKS}"
        if (content := self._optional(file)) is None:
            return
        self.remarks, faults = read_remarks(decode(content, file), file)
        self.faults.extend(faults)
        self.files.append(_source_file(file, content))

    def _note_circular(self) -> None:
        """Count the circular among the inputs; the audit reads it."""
        file = circular_of(self.data, self.period)
        if file is not None:
            self.files.append(_read_file(self.data, file))

    def _optional(self, file: str) -> bytes | None:
        path = self.data / file
        wanted = "文件本身；这是一个链接，它指向的文件不存在，请补上文件或删除链接"
        return read_content(path, file, wanted) if os.path.lexists(path) else None


def _read_file(data: Path, file: str, units: int = 0) -> SourceFile:
    content = read_content(data / file, file, "可以读取的文件")
    return _source_file(file, content, units=units)


def _hash(data: Path, unread: Unread) -> str:
    """Return the hash of what is not read; none of a folder, or of what cannot be read."""
    path = data / unread.file
    try:
        return hash_file(path) if path.is_file() else ""
    except OSError:
        return ""


def _source_file(file: str, content: bytes, **seen: Any) -> SourceFile:
    return SourceFile(file, hashlib.sha256(content).hexdigest(), **seen)


# --- What is held against each other ------------------------------------------------------------


def _disagreements(annexes: dict[str, Annex], count: "Count", county: County) -> Iterator[Fault]:
    """Hold the tables against the ledger, cell by cell."""
    for annex in annexes.values():
        for unit, place in annex.places.items():
            own = {**annex.counts[unit], **annex.figures.get(unit, {})}
            for figure in county.figures:
                here, there = own.get(figure.id), count.amounts[unit].get(figure.id)
                if here is not None and there is not None and here != there:
                    found, expected = (county.show(figure.id, sum_) for sum_ in (here, there))
                    yield Fault(
                        annex.file, place.row, place.headers[figure.id],
                        FaultKind.LEDGER_DIFFERS, f"{unit} {figure.label} {found}",
                        f"{expected}，即台账中的{county.unit_of(figure.id)}数；请核对统计表和台账",
                    )  # fmt: skip


def _differences(
    whole: Submissions, summed: Submissions, annexes: dict[str, Annex]
) -> Iterator[Fault]:
    """Hold a period's own tables, or its ledger, against the sum of its parts."""
    county = whole.county
    otherwise = whole.ledger.file if whole.ledger else str(whole.period)
    counted: tuple[Figure, ...] = (*county.categories, *county.counted)
    for unit in dict.fromkeys((*whole.units, *summed.units)):
        annex = annexes.get(unit.group)
        place = annex.places.get(unit.name) if annex else None
        for figure in counted:
            own, added = (_amount_or_zero(then, unit, figure.id) for then in (whole, summed))
            if own != added:
                yield Fault(
                    annex.file if annex else otherwise,
                    place.row if place else None,
                    place.headers.get(figure.id, figure.label) if place else figure.label,
                    FaultKind.SUM_DIFFERS,
                    f"{unit.name} {figure.label} {county.show(figure.id, own)}",
                    f"{county.show(figure.id, added)}，即{say_parts(summed.parts)}之和",
                )


def _amount_or_zero(now: Submissions, unit: Unit, figure: str) -> Amount:
    own = now.counts.get(unit.name, {}).get(figure)
    return now.figures.get(unit.name, {}).get(figure, 0) if own is None else own
