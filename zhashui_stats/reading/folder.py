"""The data folder: where it is, which periods it has, and which files a period has.

A data folder holds ``county.toml``, ``units.csv`` and a folder for each period, such as
``2022H1``. What lies there is only looked up here, not opened. Files are named by their path below
the data folder, with ``/``, as faults name them.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from zhashui_stats.errors import (
    Fault,
    FaultKind,
    FaultyData,
    MissingPeriod,
    PeriodError,
    say_os_error,
)
from zhashui_stats.model.county import Group
from zhashui_stats.model.periods import Period
from zhashui_stats.reading import file_names

__all__ = [
    "circular_of",
    "cover",
    "files_of",
    "find_circular",
    "find_data",
    "has_circular",
    "has_ledger",
    "ledger_of",
    "list_folder",
    "missing_data",
    "missing_period",
    "missing_table",
    "period_folders",
    "sums_at_hand",
    "table_of",
]


_YEAR = Period(1)
_LEDGER_ENDINGS = (*file_names.LEDGER_ENDINGS, *file_names.OTHER_TABLE_ENDINGS)


# --- The folder and its periods -----------------------------------------------------------------


def find_data(data_dir: str | Path = "data") -> Path:
    """Return the data folder: a relative path is looked for here and in the folders above.

    So a notebook finds the same ``data`` whether it runs in its own folder, as JupyterLab does,
    or in the project's.
    """
    wanted = Path(data_dir)
    here = None if wanted.is_absolute() else _here()
    for place in (here, *here.parents) if here else ():
        if os.path.isfile(place / wanted / file_names.COUNTY):  # noqa: PTH113 -- false where it is forbidden
            return wanted if place == here else place / wanted
    return wanted


def missing_data(data: Path) -> MissingPeriod:
    """Return the error for a data folder that is not there."""
    advice = "请在项目文件夹中运行，或指明它在哪里（Python 中用 data_dir=，命令用 --data-dir）"
    return MissingPeriod(f"没有数据文件夹 {data}", advice)


def period_folders(data: Path) -> set[Period]:
    """Return the periods that have a folder of their own.

    Raises:
        MissingPeriod: The data folder cannot be read.
        FaultyData: A folder is named as a period whose folder has another name, as people write
            it: ``2023-01..03``, ``2022h1``, ``2022年上半年``.
    """
    try:
        if not data.is_dir():
            return set()
        names = sorted(path.name for path in data.iterdir() if path.is_dir())
    except OSError as error:
        found = f"无法读取数据文件夹 {data}（{say_os_error(error)}）"
        raise MissingPeriod(found, "请检查它的权限") from error
    periods = {name: period for name in names if (period := _named(name))}
    other = {name: period for name, period in periods.items() if name != str(period)}
    if misnamed := [_misnamed(name, other[name]) for name in other]:
        raise FaultyData(misnamed)
    return {period for name, period in periods.items() if name not in other}


def cover(period: Period, at_hand: set[Period]) -> tuple[Period, ...]:
    """Return the folders that a period is added up from; none where they leave a gap.

    A part with a folder of its own goes first; one without is covered by its own parts.
    """
    covers = [(part,) if part in at_hand else cover(part, at_hand) for part in period.parts]
    return tuple(chain.from_iterable(covers)) if all(covers) else ()


def sums_at_hand(at_hand: set[Period], like: Period = _YEAR) -> set[Period]:
    """Return the periods that have no folder of their own and add up.

    Args:
        at_hand: The periods that have a folder.
        like: Beside years, halves and quarters, periods of these months of a year.
    """
    years = {period.year for period in at_hand}
    known = {period for year in years for period in Period(year).nested()}
    known |= {replace(like, year=year) for year in years}
    return {period for period in known - at_hand if cover(period, at_hand)}


def missing_period(wanted: Period, data: Path, at_hand: set[Period]) -> MissingPeriod:
    """Return the error for a period without a folder, which says what there is instead.

    Args:
        wanted: The period.
        data: The data folder; it may be missing too.
        at_hand: The periods that have a folder.
    """
    if not data.is_dir():
        return missing_data(data)
    there = "、".join(map(str, sorted(at_hand))) or "还没有任何一期"
    advice = f"已有的期次：{there}"
    if (lacking := _lacking(wanted, at_hand)) != (wanted,):
        advice += f"；{wanted.label}也可由所含各期相加，还缺 {'、'.join(map(str, lacking))}"
    advice += f"。可用 zhashui-stats new {wanted} 新建"
    return MissingPeriod(f"没有文件夹 {data / str(wanted)}", advice)


# --- The files of a period ----------------------------------------------------------------------


def table_of(data: Path, period: Period, group: Group) -> str | None:
    """Return the path of a group's table, None where there is none; its label may name it too.

    Raises:
        FaultyData: There are several, or only one of a format that is not read.
    """
    names = _tables(list_folder(data, period), group)
    if len(names) > 1:
        raise _ambiguous(_table(period, group), names, "同一张表只留一个文件")
    if not names:
        return None
    file = f"{period}/{names[0]}"
    if not file.lower().endswith(file_names.TABLE_ENDINGS):
        kind, expected = FaultKind.UNREADABLE_FILE, "在 Excel 或 WPS 中另存为 .xlsx 的工作簿"
        found = f"{Path(file).suffix} 格式"
        raise FaultyData([Fault(file, None, None, kind, found, expected)])
    return file


def missing_table(period: Period, group: Group) -> FaultyData:
    """Return the error for a group's table that is needed and is not there."""
    expected = f"“{group.label}”的统计表 {group.id}.csv 或 {group.id}.xlsx"
    file = _table(period, group)
    return FaultyData([Fault(file, None, None, FaultKind.MISSING_FILE, "", expected)])


def files_of(data: Path, period: Period, groups: Iterable[Group]) -> Mapping[str, list[str]]:
    """Return the names of the files of a period that are read, or refused by what they are.

    Returns:
        The name before any ending, a table's always the group's id -> the files.
    """
    there = list_folder(data, period)
    found = {group.id: _tables(there, group) for group in groups}
    found[file_names.LEDGER] = _named_files(there, (file_names.LEDGER,), _LEDGER_ENDINGS)
    found[file_names.CIRCULAR] = _named_files(
        there, (file_names.CIRCULAR,), file_names.CIRCULAR_ENDINGS
    )
    for name in (file_names.SOURCE, file_names.REMARKS):
        found[Path(name).stem] = [path.name for path in there if path.name == name]
    return found


def has_ledger(data: Path, period: Period) -> bool:
    """Tell whether a period has a ledger, or several."""
    return bool(_names(data, period, file_names.LEDGER, _LEDGER_ENDINGS))


def has_circular(data: Path, period: Period) -> bool:
    """Tell whether a period has a circular, or several."""
    return bool(_names(data, period, file_names.CIRCULAR, file_names.CIRCULAR_ENDINGS))


def ledger_of(data: Path, period: Period) -> str | None:
    """Return the path of a period's ledger (台账), None where there is none.

    It may be of a format that is not read, which is told when it is opened.

    Raises:
        FaultyData: There are several.
    """
    return _only(data, period, file_names.LEDGER, _LEDGER_ENDINGS, "一期的台账只留一个文件")


def circular_of(data: Path, period: Period) -> str | None:
    """Return the path of a period's circular (通报), None where there is none.

    Raises:
        FaultyData: There are several.
    """
    stem, endings = file_names.CIRCULAR, file_names.CIRCULAR_ENDINGS
    return _only(data, period, stem, endings, "一期的通报只留一个文件")


def find_circular(period: Period | str, data_dir: str | Path = "data") -> Path | None:
    """Return where the circular of a period is, looking for the data folder first.

    Raises:
        PeriodError: The period cannot be read.
        FaultyData: There are several circulars.
    """
    wanted, data = Period.of(period), find_data(data_dir)
    file = circular_of(data, wanted)
    return None if file is None else data / file


# --- Looking up ---------------------------------------------------------------------------------


def _here() -> Path | None:
    """Return the working folder; None where it was deleted meanwhile."""
    try:
        return Path.cwd()
    except OSError:
        return None


def _named(name: str) -> Period | None:
    """Return the period that a folder's name is read as."""
    try:
        return Period.parse(name)
    except PeriodError:
        return None


def _misnamed(name: str, period: Period) -> Fault:
    expected = f"{period.label}的文件夹名 {period}；请改名，两个文件夹都有的请合并"
    return Fault(name, None, None, FaultKind.BAD_FOLDER, name, expected)


def _lacking(wanted: Period, at_hand: set[Period]) -> tuple[Period, ...]:
    """Return what is still needed to add a period up: itself, where nothing of it is there."""
    if wanted in at_hand:
        return ()
    if at_hand.isdisjoint(wanted.nested()):
        return (wanted,)
    return tuple(period for part in wanted.parts for period in _lacking(part, at_hand))


def _table(period: Period, group: Group) -> str:
    return f"{period}/{group.id}.csv"


def _only(
    data: Path, period: Period, stem: str, endings: tuple[str, ...], expected: str
) -> str | None:
    names = _names(data, period, stem, endings)
    if len(names) > 1:
        raise _ambiguous(f"{period}/{names[0]}", names, expected)
    return f"{period}/{names[0]}" if names else None


def _names(data: Path, period: Period, stem: str, endings: tuple[str, ...]) -> list[str]:
    return _named_files(list_folder(data, period), (stem,), endings)


def _tables(there: Iterable[Path], group: Group) -> list[str]:
    endings = (*file_names.TABLE_ENDINGS, *file_names.OTHER_TABLE_ENDINGS)
    return _named_files(there, (group.id, group.label), endings)


def _named_files(
    there: Iterable[Path], stems: tuple[str, ...], endings: tuple[str, ...]
) -> list[str]:
    """Return the files that have one of these names and one of these endings."""
    return sorted(
        path.name for path in there if path.stem in stems and path.suffix.lower() in endings
    )


def list_folder(data: Path, period: Period) -> list[Path]:
    """Return what a period's folder holds; nothing where there is none.

    Raises:
        FaultyData: It cannot be read.
    """
    try:
        return list((data / str(period)).iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        kind, found = FaultKind.UNREADABLE_FILE, say_os_error(error)
        file, expected = str(period), "可以读取的文件夹"
        raise FaultyData([Fault(file, None, None, kind, found, expected)]) from None


def _ambiguous(file: str, names: list[str], expected: str) -> FaultyData:
    kind, found = FaultKind.AMBIGUOUS_FILE, "、".join(names)
    return FaultyData([Fault(file, None, None, kind, found, expected)])
