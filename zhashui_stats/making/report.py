"""Making the report of a period, once: what has not changed is not made again.

What joins the analysis with ``publish``, which knows nothing of periods.
"""

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from zhashui_stats.making.inputs import Inputs, read_for_report
from zhashui_stats.model.periods import Period
from zhashui_stats.model.revisions import LOG, RELEASE, find_log
from zhashui_stats.publish.notebooks import find_notebook
from zhashui_stats.publish.once.receipts import keep_receipt, read_receipt
from zhashui_stats.reading.folder import find_data

__all__ = ["report_period"]

Notify = Callable[[str], None]


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
    written = _publish(inputs, parameters, folder)
    if inputs.fingerprint(parameters) == made_from:  # nothing came in between
        keep_receipt(written, made_from, notices)
    return page, True


def _tell(notices: Iterable[str], notify: Notify) -> None:
    for notice in notices:
        notify(notice)


def _prepare(inputs: Inputs, data_dir: Path) -> tuple[str, ...]:
    """Hold the data good for a report while its kernel gets ready; give what is to be told."""
    from zhashui_stats.audit.circulars import check_circular  # noqa: PLC0415 -- see ``_publish``
    from zhashui_stats.publish.kernels.fork_client import start_importing  # noqa: PLC0415

    start_importing(inputs.modules)
    series = read_for_report(inputs.period, data_dir)
    check_circular(inputs.period, data_dir)
    return series[-1].notices


def _publish(inputs: Inputs, parameters: dict[str, str], folder: Path) -> dict[Path, str]:
    """Run the notebook; who finds its report as it was pays nothing for what this imports."""
    from zhashui_stats.publish.startup import quick_imports  # noqa: PLC0415

    with quick_imports():
        from zhashui_stats.publish.pipeline import publish_report  # noqa: PLC0415
    return publish_report(inputs.notebook, parameters, folder, modules=inputs.modules)
