"""The data folder: what its files are called, and which of them are there."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    pass

__all__ = [
    "COUNTY_FILE",
    "LEDGER_STEM",
    "OTHER_TABLES",
    "REMARKS_FILE",
    "ROSTER_FILE",
    "SOURCE_FILE",
    "TO_FILL",
    "as_period",
    "circular_of",
    "file_of",
    "find_circular",
    "find_data",
    "missing_data",
    "period_folders",
    "table_of",
]

TO_FILL = "（待填写）"
"""What ``new`` writes where the analyst is to fill in."""


COUNTY_FILE = "county.toml"
ROSTER_FILE = "units.csv"
SOURCE_FILE = "source.toml"
REMARKS_FILE = "remarks.md"
_TABLES = (".csv", ".xlsx")
_CIRCULAR = "circular"
_CIRCULARS = (".txt", ".docx", ".html", ".htm", ".pdf")
LEDGER_STEM = "ledger"
OTHER_TABLES = (".xls", ".xlsm", ".xlsb", ".et", ".ods")


def find_data(data_dir: str | Path = "data") -> Path:
    """Return the data folder: a relative path is looked for here and in the folders above.

    So a notebook finds the same ``data`` whether it runs in its own folder, as JupyterLab does,
    or in the project's.
    """
    wanted = Path(data_dir)
    here = None if wanted.is_absolute() else _here()
    for place in (here, *here.parents) if here else ():
        if os.path.isfile(place / wanted / COUNTY_FILE):  # noqa: PTH113 -- false where it is forbidden
            return wanted if place == here else place / wanted
    return wanted


def missing_data(data: Path) -> MissingPeriod:
    """Return the error for a data folder that is not there."""
    advice = "请在项目文件夹中运行，或用 --data-dir（笔记本中用参数 data_dir）指明"
    return MissingPeriod(f"没有数据文件夹 {data}；{advice}")


def _here() -> Path | None:
    """Return the working folder; None where it was deleted meanwhile."""
    try:
        return Path.cwd()
    except OSError:
        return None


def find_circular(period: Period | str, data_dir: str | Path = "data") -> Path | None:
    """Return the circular that stands in a period's folder; None where there is none.

    Raises:
        FaultyData: There are several.
    """
    wanted, data = as_period(period), find_data(data_dir)
    name = circular_of(data / str(wanted), str(wanted))
    return None if name is None else data / name


def as_period(period: Period | str) -> Period:
    """Return a period, whichever way it is given."""
    return period if isinstance(period, Period) else Period.parse(period)


def period_folders(data: Path) -> set[Period]:
    """Return the periods that have a folder of their own."""
    try:
        if not data.is_dir():
            return set()
        return {one for path in data.iterdir() if path.is_dir() and (one := _named(path.name))}
    except OSError as error:
        reason = say_os_error(error)
        raise MissingPeriod(f"无法读取数据文件夹 {data}（{reason}）；请检查它的权限") from error


def _named(name: str) -> Period | None:
    try:
        period = Period.parse(name)
    except PeriodError:
        return None
    return period if str(period) == name else None


def table_of(folder: Path, period: str, group: Group) -> str | None:
    """Return the path of a group's table below the data folder, None where there is none.

    Raises:
        FaultyData: There are several, or only one of a format that is not read.
    """
    endings = (*_TABLES, *OTHER_TABLES)
    found = sorted(
        path.name
        for path in _listed(folder, period)
        if path.stem == group.id and path.suffix.lower() in endings
    )
    if len(found) > 1:
        kind, expected = FaultKind.AMBIGUOUS_FILE, "同一张表只留一个文件"
        file = f"{period}/{group.id}.csv"
        raise FaultyData([Fault(file, None, None, kind, "、".join(found), expected)])
    if not found:
        return None
    file = f"{period}/{found[0]}"
    if not file.lower().endswith(_TABLES):
        kind, expected = FaultKind.UNREADABLE_FILE, "在 Excel 或 WPS 中另存为 .xlsx 的工作簿"
        suffix = Path(file).suffix
        raise FaultyData([Fault(file, None, None, kind, f"{suffix} 格式", expected)])
    return file


def _listed(folder: Path, period: str) -> list[Path]:
    """Return what a period's folder holds; nothing where there is none."""
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        kind, found = FaultKind.UNREADABLE_FILE, say_os_error(error)
        raise FaultyData([Fault(period, None, None, kind, found, "可以读取的文件夹")]) from None


def circular_of(folder: Path, period: str) -> str | None:
    """Return the path of the circular below the data folder, None where there is none."""
    return file_of(folder, period, _CIRCULAR, _CIRCULARS, "一期的通报")


def file_of(
    folder: Path, period: str, stem: str, endings: tuple[str, ...], what: str
) -> str | None:
    """Return the path, below the data folder, of the one file of this name; None: there is none.

    Raises:
        FaultyData: There are several.
    """
    found = sorted(
        path.name
        for path in _listed(folder, period)
        if path.stem == stem and path.suffix.lower() in endings
    )
    if len(found) > 1:
        kind, expected = FaultKind.AMBIGUOUS_FILE, f"{what}只留一个文件"
        file = f"{period}/{found[0]}"
        raise FaultyData([Fault(file, None, None, kind, "、".join(found), expected)])
    return f"{period}/{found[0]}" if found else None
