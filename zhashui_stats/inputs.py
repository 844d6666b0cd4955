"""Which files a report on a period may read: the whole of what its making rests on."""

import os
from collections.abc import Iterator
from pathlib import Path

from zhashui_stats.county import read_county
from zhashui_stats.errors import FaultyData, PeriodError
from zhashui_stats.periods import Period
from zhashui_stats.readers import find_data

__all__ = ["input_files"]

_COUNTY, _ROSTER = "county.toml", "units.csv"
_PASSED_OVER = (".", "~$")  # hidden files, and the locks that Office sets beside an open one


def input_files(period: Period | str, data_dir: str | Path = "data") -> tuple[Path, ...]:
    """Return every file of the data folder that a report on a period may read, sorted.

    Rather one too many than one too few: all that the folders of the period and of those before
    it hold. The settings and the roster are named even where they are absent, a folder without
    files stands for itself, and so does one whose name has an ending, which the readers take for
    a file and refuse.

    Args:
        period: Which.
        data_dir: The data folder; it may be missing.

    Raises:
        PeriodError: The period cannot be read.
    """
    wanted = period if isinstance(period, Period) else Period.parse(period)
    data = find_data(data_dir)
    groups = _groups(data)
    files = {data / _COUNTY, data / _ROSTER}
    for path in _listed(data):
        if _is_consulted(path.name, wanted) and _is_folder(path):
            files.update(set(_files(path, groups)) or {path})
    return tuple(sorted(files))


def _groups(data: Path) -> set[str]:
    """Return the ids of the groups, which name tables and may begin like a hidden file.

    There are none where the settings have faults: nothing is made from these.
    """
    try:
        return {group.id for group in read_county(data / _COUNTY).groups}
    except FaultyData:
        return set()


def _is_consulted(name: str, wanted: Period) -> bool:
    """Tell whether a period's folder has a say: as an earlier one, or as half of a year."""
    try:
        period = Period.parse(name)
    except PeriodError:
        return False
    kinds = {wanted.kind, *(half.kind for half in wanted.halves)}
    return period.kind in kinds and period.end <= wanted.end


def _files(folder: Path, groups: set[str]) -> Iterator[Path]:
    for path in _listed(folder):
        is_ours = not path.name.startswith(_PASSED_OVER) or path.stem in groups
        if is_ours and (path.suffix or not _is_folder(path)):
            yield path


def _listed(folder: Path) -> list[Path]:
    """Return what a folder holds; nothing where it is missing or forbidden, which is told later."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 -- false where it is forbidden
