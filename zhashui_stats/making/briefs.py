"""Making the pages of all units (单位简报) of a period, and their index.

What joins the analysis with ``publish``. A page that cannot be made holds up no other, and what
has not changed is not made again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from zhashui_stats.errors import OutputError, ZhashuiError
from zhashui_stats.files import check_writable, folder_name, replace_file
from zhashui_stats.making.inputs import Inputs, read_for_report
from zhashui_stats.making.page_names import INDEX, page_names
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.publish.notebooks import find_notebook
from zhashui_stats.publish.once.fingerprint import narrow
from zhashui_stats.publish.once.receipts import keep_receipt, read_receipt
from zhashui_stats.reading.folder import find_data

if TYPE_CHECKING:
    from zhashui_stats.publish.many.workers import Workers

__all__ = ["FOLDER", "Briefs", "Result", "make_briefs"]

FOLDER = "briefs"
"""The folder of the pages, below a period's reports."""

_AT_ONCE = 10  # so many receipts are kept at once: before, the inputs are looked through again

Result = tuple[str, str | Exception]
Track = Callable[[Iterable[Result], int], Iterable[Result]]
Engage: TypeAlias = "Callable[[Inputs], AbstractContextManager[Workers]]"


@dataclass
class Briefs:
    """What became of the pages.

    Attributes:
        index: The page that lists them.
        made: Units whose page was made.
        kept: Units whose page was there and is as it would be made now.
        failed: Unit -> why its page could not be made, in Chinese; in the roster's order.
    """

    index: Path
    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def make_briefs(
    period: Period,
    out: Path,
    data_dir: Path,
    workers: Engage,
    *,
    force: bool = False,
    notify: Callable[[str], None] = lambda _: None,
    track: Track = lambda results, _: results,
) -> Briefs:
    """Make the page of every unit of a period, in parallel, then the index.

    Args:
        period: Which.
        out: The folder of all reports.
        data_dir: The data folder.
        workers: Gives those who make the pages from the inputs; not called where there is nothing
            to make.
        force: Whether to make in any case what is there already.
        notify: Takes what is to be told, a line each.
        track: Shows how far the work is; takes the results as they come, and their number.

    Raises:
        MissingPeriod, FaultyData: See ``read_for_report``.
        OutputError: The folder cannot be written.
    """
    made_from = _MadeFrom(Inputs(find_notebook("unit_brief"), period, find_data(data_dir)))
    now = _read_period(period, data_dir, notify)
    batch = _Batch(now, out / str(period) / FOLDER, made_from)
    wanted = batch.choose(force=force)
    if wanted:
        _make_pages(batch, wanted, workers, track)
    batch.write_index()
    return batch.briefs


def _read_period(period: Period, data_dir: Path, notify: Callable[[str], None]) -> Submissions:
    now = read_for_report(period, data_dir)[-1]
    for notice in now.notices:
        notify(notice)
    return now


def _make_pages(batch: "_Batch", wanted: Sequence[str], engage: Engage, track: Track) -> None:
    """Make pages, each written as it comes; what was written is kept, however this ends."""
    check_writable(batch.folder)
    try:
        with engage(batch.inputs) as workers:
            for name, result in track(batch.run(workers, wanted), len(wanted)):
                batch.take(name, result)
    finally:
        batch.keep_receipts()
    batch.sort_failed()


class _MadeFrom:
    """What the pages rest on, as it was before anything was read."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self._parameters = {"data_dir": folder_name(str(inputs.data))}
        self._shared = inputs.fingerprint(self._parameters)

    def of(self, **own: str) -> str:
        """Return the fingerprint of one page."""
        return narrow(self._shared, own)

    def has_changed(self) -> bool:
        """Tell whether something came in between."""
        return self.inputs.fingerprint(self._parameters) != self._shared


class _Batch:
    """The pages of one period on their way, in the order in which a run treats them."""

    def __init__(self, now: Submissions, folder: Path, made_from: _MadeFrom) -> None:
        self.folder = folder
        self.inputs = made_from.inputs
        self.briefs = Briefs(folder / f"{INDEX}.html")
        self._now = now
        self._made_from = made_from
        pages = page_names(unit.name for unit in now.units)
        self._pages = {name: folder / f"{page}.html" for name, page in pages.items()}
        self._written: dict[str, str] = {}  # unit -> SHA-256 of its page, until its receipt is kept

    def choose(self, *, force: bool) -> list[str]:
        """Return the units whose page is to be made, and note the others."""
        kept = [] if force else [name for name in self._pages if self._is_there(name)]
        self.briefs.kept = kept
        return [name for name in self._pages if name not in set(kept)]

    def _is_there(self, name: str) -> bool:
        return read_receipt([self._pages[name]], self._made_from.of(unit=name)) is not None

    def run(self, workers: "Workers", names: Iterable[str]) -> Iterator[Result]:
        """Have pages made; give each with its unit, or what went wrong, as they come."""
        from zhashui_stats.publish.many.batch import Job, run_jobs  # noqa: PLC0415 -- for new pages

        inputs = self.inputs
        notebook = inputs.notebook.read_text(encoding="utf-8")
        period = str(self._now.period)
        jobs = {
            name: Job(notebook, {"period": period, "unit": name}, inputs.modules) for name in names
        }
        data = workers.send(inputs.data, inputs.files)
        return run_jobs(workers.executor, jobs, data)

    def take(self, name: str, result: str | Exception) -> None:
        """Write a page that has come, or note why none did."""
        if isinstance(result, Exception):
            self.briefs.failed[name] = _say_cause(result)
            return
        try:
            self._written[name] = replace_file(self._pages[name], result)
        except OutputError as error:
            self.briefs.failed[name] = str(error)
            return
        self.briefs.made.append(name)
        if len(self._written) == _AT_ONCE:
            self.keep_receipts()

    def keep_receipts(self) -> None:
        """Keep receipts for what was made, unless the inputs changed while it was."""
        if self._written and not self._made_from.has_changed():
            for name, digest in self._written.items():
                keep_receipt({self._pages[name]: digest}, self._made_from.of(unit=name), ())
        self._written.clear()

    def sort_failed(self) -> None:
        """Put what failed, as it came, into the roster's order."""
        failed = self.briefs.failed
        self.briefs.failed = {name: failed[name] for name in self._pages if name in failed}

    def write_index(self) -> None:
        """Write the list of all pages, unless it is there as it would be written."""
        made_from = self._made_from.of(failed="\n".join(self.briefs.failed))
        if not self.briefs.made and read_receipt([self.briefs.index], made_from):
            return
        digest = replace_file(self.briefs.index, self._render_index())
        keep_receipt({self.briefs.index: digest}, made_from, ())

    def _render_index(self) -> str:
        from zhashui_stats.briefs.tables import briefs_table  # noqa: PLC0415 -- for a new index
        from zhashui_stats.narrative import say_briefs  # noqa: PLC0415
        from zhashui_stats.publish.startup import quick_imports  # noqa: PLC0415

        with quick_imports():
            from zhashui_stats.publish.static import render_static  # noqa: PLC0415
        links = {
            name: None if name in self.briefs.failed else quote(page.name)
            for name, page in self._pages.items()
        }
        tables = [briefs_table(self._now, group.id, links) for group in self._now.groups]
        return render_static(say_briefs(self._now), [table._repr_html_() for table in tables])


def _say_cause(error: Exception) -> str:
    if isinstance(error, ZhashuiError):
        return str(error)
    return f"计算节点出错（{type(error).__name__}：{error}）"
