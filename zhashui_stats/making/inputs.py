"""What pages on a period are made from: the files, and the counts read from them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from zhashui_stats.errors import FaultyData, PeriodError
from zhashui_stats.loading import load_series
from zhashui_stats.making.glyphs import find_missing_glyphs
from zhashui_stats.making.modules import modules_for
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.publish.once.fingerprint import fingerprint
from zhashui_stats.reading.county import read_county
from zhashui_stats.reading.file_names import COUNTY, LEDGER, ROSTER
from zhashui_stats.reading.folder import find_data

__all__ = ["Inputs", "input_files", "read_for_report"]

_PASSED_OVER = (".", "~$")  # hidden files, and the locks that Office sets beside an open one


@dataclass(frozen=True)
class Inputs:
    """All that pages on a period are made from, before their own parameters.

    Attributes:
        notebook: The file that is run.
        period: Which.
        data: The data folder.
        others: Files beside those of the data folder.
    """

    notebook: Path
    period: Period
    data: Path
    others: tuple[Path, ...] = ()

    @property
    def files(self) -> dict[str, Path]:
        """Every file that may be read, as there are now, by a name of its own."""
        found = input_files(self.period, self.data)
        files = {path.relative_to(self.data).as_posix(): path for path in found}
        return files | {f"../{number}": path for number, path in enumerate(self.others)}

    @property
    def has_ledger(self) -> bool:
        """Whether any of the periods may have a ledger: what reads one is worth importing early."""
        return any(PurePosixPath(name).stem == LEDGER for name in self.files)

    @property
    def modules(self) -> tuple[str, ...]:
        """What a kernel needs that reads them."""
        return modules_for(has_ledger=self.has_ledger)

    def fingerprint(self, parameters: dict[str, str]) -> str:
        """Return the hash of the inputs as they are now, of the program and of parameters.

        Args:
            parameters: Those that change what is made. A notebook that is kept states its folders
                as it was given them; of a page alone a folder's own name is enough.
        """
        return fingerprint(self.notebook, {"period": str(self.period), **parameters}, self.files)


def read_for_report(period: Period, data_dir: Path) -> tuple[Submissions, ...]:
    """Read a period, and those before it, with all that a page needs.

    Raises:
        MissingPeriod: There is no data of it.
        FaultyData: Every fault, before anything runs.
    """
    series = load_series(period, data_dir)
    if faults := find_missing_glyphs(series, data_dir):
        raise FaultyData(faults)
    return series


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
    wanted = Period.of(period)
    data = find_data(data_dir)
    groups = _groups(data)
    files = {data / COUNTY, data / ROSTER}
    for path in _listed(data):
        if _is_consulted(path.name, wanted) and _is_folder(path):
            files.update(set(_files(path, groups)) or {path})
    return tuple(sorted(files))


def _groups(data: Path) -> set[str]:
    """Return the ids of the groups, which name tables and may begin like a hidden file.

    There are none where the settings have faults: nothing is made from these.
    """
    try:
        return {group.id for group in read_county(data / COUNTY).groups}
    except FaultyData:
        return set()


def _is_consulted(name: str, wanted: Period) -> bool:
    """Tell whether a period's folder has a say: as an earlier one, or as a part."""
    try:
        period = Period.parse(name)
    except PeriodError:
        return False
    kinds = {period.kind for period in wanted.nested()}
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
