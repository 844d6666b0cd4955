"""The audit's front door: a circular's file and a period to an audit and the files it rests on.

Every report asks here whether its period has a circular; the engine is imported once there is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhashui_stats.audit.findings import Audit
from zhashui_stats.errors import MissingPeriod, UnknownLabel, UnreadableDocument
from zhashui_stats.files import hash_file
from zhashui_stats.loading import load_series
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import SourceFile, Submissions
from zhashui_stats.reading.county import read_county
from zhashui_stats.reading.file_names import CIRCULAR, COUNTY, ROSTER
from zhashui_stats.reading.folder import find_circular, find_data
from zhashui_stats.reading.roster import read_roster

if TYPE_CHECKING:
    from zhashui_stats.audit.document import Document

__all__ = ["AGAINST", "Audited", "audit_file", "audit_period", "check_circular"]

AGAINST = ("data", "annexes")
"""What a circular can be held against: the period's tables, or the circular's own annexes."""


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit and the files that it rests on, the circular first."""

    audit: Audit
    files: tuple[SourceFile, ...]


def audit_file(
    circular: str | Path,
    period: Period | str,
    data_dir: str | Path = "data",
    against: str = "data",
) -> Audited:
    """Proofread a circular.

    Args:
        circular: A .txt, .docx, .html or .pdf; empty: the one in the period's folder.
        period: The period that it reports on.
        data_dir: The data folder; county and roster come from it in any case.
        against: ``data``, the period's tables, or ``annexes``, the circular's own.

    Raises:
        UnknownLabel: ``against`` is neither.
        UnreadableDocument: The circular cannot be read, or there is none.
        PeriodError: The period cannot be read.
        MissingPeriod: The data folder does not have it, and the annexes are not to be used.
        FaultyData: The tables, or the annexes, have faults.
    """
    if against not in AGAINST:
        raise UnknownLabel("核对依据", against, AGAINST)
    wanted = Period.of(period)
    path = Path(circular) if str(circular) else _own_circular(wanted, data_dir)
    document = _read(path)
    here = _source(path, document.name)
    if against == "annexes":
        data = find_data(data_dir)
        audit = _against_annexes(document, wanted, data)
        return Audited(audit, (here, *(_source(data / name, name) for name in (COUNTY, ROSTER))))
    series = _series(wanted, data_dir)
    files = {file.path: file for table in series for file in table.files}
    return Audited(_against_data(document, series, data_dir), (here, *files.values()))


def audit_period(series: Sequence[Submissions], data_dir: str | Path = "data") -> Audit | None:
    """Proofread the circular in the folder of a series' last period; None where there is none.

    Raises:
        UnreadableDocument: The circular cannot be read.
        FaultyData: There are several circulars.
    """
    path = find_circular(series[-1].period, data_dir)
    return None if path is None else _against_data(_read(path), series, data_dir)


def check_circular(period: Period, data_dir: str | Path = "data") -> None:
    """Make sure that the circular in a period's folder, if there is one, can be read.

    Raises:
        UnreadableDocument: It cannot.
        FaultyData: There are several.
    """
    if path := find_circular(period, data_dir):
        _read(path)


def _read(path: Path) -> "Document":
    from zhashui_stats.audit.document import read_document  # noqa: PLC0415

    return read_document(path)


def _own_circular(period: Period, data_dir: str | Path) -> Path:
    path = find_circular(period, data_dir)
    if path is None:
        raise UnreadableDocument(
            f"{period}/{CIRCULAR}.*", "没有这个文件", "请放入本期的通报，或指明要校核的文件"
        )
    return path


def _source(path: Path, name: str) -> SourceFile:
    return SourceFile(name, hash_file(path))


def _series(period: Period, data_dir: str | Path) -> Sequence[Submissions]:
    try:
        return load_series(period, data_dir)
    except MissingPeriod as error:
        hint = "通报自带附件表的，也可用 --against annexes 只与附件核对"
        raise MissingPeriod(error.found, f"{error.advice}；{hint}") from None


def _against_data(
    document: "Document", series: Sequence[Submissions], data_dir: str | Path
) -> Audit:
    from zhashui_stats.audit.check import audit_circular  # noqa: PLC0415

    *earlier, now = series
    roster = read_roster(find_data(data_dir) / ROSTER, now.county)
    return audit_circular(
        document, now, roster=roster, county=now.county, period=now.period, earlier=earlier
    )


def _against_annexes(document: "Document", period: Period, data: Path) -> Audit:
    from zhashui_stats.audit.annexes import read_annexes  # noqa: PLC0415
    from zhashui_stats.audit.check import audit_circular  # noqa: PLC0415

    county = read_county(data / COUNTY)
    roster = read_roster(data / ROSTER, county)
    now = read_annexes(document, county, roster, period)
    return audit_circular(document, now, roster=roster, county=county, period=period)
