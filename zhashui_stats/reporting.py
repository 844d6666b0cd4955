"""Making the report of a period, once: what has not changed is not made again.

What joins the analysis with ``publish``, which knows nothing of periods.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from zhashui_stats.articles import MADE_UP
from zhashui_stats.errors import FaultyData
from zhashui_stats.glyphs import find_missing_glyphs
from zhashui_stats.inputs import input_files
from zhashui_stats.periods import Period
from zhashui_stats.publish.fingerprint import fingerprint
from zhashui_stats.publish.notebooks import find_notebook
from zhashui_stats.publish.receipts import keep_receipt, read_receipt
from zhashui_stats.readers import find_data, load_series
from zhashui_stats.revisions import LOG, RELEASE, find_log
from zhashui_stats.submissions import Submissions

__all__ = ["Inputs", "read_for_report", "report_period", "say_notices"]

_LEDGER = "ledger"  # the name of the file, whatever its format

Notify = Callable[[str], None]


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
        files = {one.relative_to(self.data).as_posix(): one for one in found}
        return files | {f"../{number}": one for number, one in enumerate(self.others)}

    @property
    def has_ledger(self) -> bool:
        """Whether any of the periods may have a ledger: what reads one is worth importing early."""
        return any(PurePosixPath(name).stem == _LEDGER for name in self.files)

    def fingerprint(self, parameters: dict[str, str]) -> str:
        """Return the hash of the inputs as they are now, of the program and of parameters.

        Args:
            parameters: Those that change a page; a folder by its own name, as a page states it.
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


def say_notices(now: Submissions) -> Iterator[str]:
    """Say, a line each, which files may not be filled in yet, and which are made up."""
    for file in now.files:
        for alert in (*file.alerts, *[f"是{MADE_UP}"] * file.is_synthetic):
            yield f"{file.path} {alert}"


def report_period(
    period: Period, out: Path, data_dir: Path, notify: Notify, *, force: bool = False
) -> tuple[Path, bool]:
    """Make the report of a period, unless it is there and nothing that it rests on has changed.

    Args:
        period: Which.
        out: The folder of all reports.
        data_dir: The data folder.
        notify: Takes what is to be told, a line each.
        force: Whether to make it in any case.

    Returns:
        The page, and whether it was made.

    Raises:
        MissingPeriod, FaultyData: See ``read_for_report``.
        OutputError, ReportFailed: See ``publish_report``.
    """
    folder = out / str(period)
    parameters = {"period": str(period), "data_dir": data_dir.as_posix()}
    if (folder / RELEASE / LOG).is_file():  # no path into the notebook without need
        parameters["out_dir"] = out.as_posix()
    log = find_log(period, parameters.get("out_dir", "reports"))
    inputs = Inputs(find_notebook("half_year_report"), period, find_data(data_dir), (log,))
    made_from = inputs.fingerprint(parameters)
    page, executed = folder / "report.html", folder / "report.ipynb"
    if receipt := None if force else read_receipt((page, executed), made_from):
        _tell(receipt.notices, notify)
        with contextlib.suppress(OSError):
            page.with_suffix(".failed.ipynb").unlink(missing_ok=True)  # of a run on other figures
        return page, False
    notices = tuple(_prepare(inputs, data_dir))
    _tell(notices, notify)
    written = _publish(inputs.notebook, parameters, folder)
    if inputs.fingerprint(parameters) == made_from:  # nothing came in between
        keep_receipt(written, made_from, notices)
    return page, True


def _tell(notices: Iterable[str], notify: Notify) -> None:
    for notice in notices:
        notify(notice)


def _prepare(inputs: Inputs, data_dir: Path) -> Iterator[str]:
    """Hold the data good for a report while its kernel gets ready; give what is to be told."""
    from zhashui_stats.audit.circulars import check_circular  # noqa: PLC0415 -- see ``_publish``
    from zhashui_stats.publish.kernels.environment import start_importing  # noqa: PLC0415

    start_importing(has_ledger=inputs.has_ledger)
    series = read_for_report(inputs.period, data_dir)
    check_circular(inputs.period, data_dir)
    return say_notices(series[-1])


def _publish(notebook: Path, parameters: dict[str, str], folder: Path) -> dict[Path, str]:
    """Run the notebook; who finds its report as it was pays nothing for what this imports."""
    from zhashui_stats.publish.startup import without_extras  # noqa: PLC0415

    with without_extras():
        from zhashui_stats.publish.pipeline import publish_report  # noqa: PLC0415
    return publish_report(notebook, parameters, folder)
