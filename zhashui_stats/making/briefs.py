"""Making the pages of all units (单位简报) of a period, and their index.

What joins the analysis with ``publish``. A page that cannot be made holds up no other, and what
has not changed is not made again.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import quote

from zhashui_stats.errors import OutputError, ZhashuiError
from zhashui_stats.files import check_writable, folder_name, replace_file
from zhashui_stats.making.inputs import Inputs, read_for_report, say_notices
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.publish.notebooks import find_notebook
from zhashui_stats.publish.once.fingerprint import narrow
from zhashui_stats.publish.once.receipts import keep_receipt, read_receipt
from zhashui_stats.reading.folder import find_data

if TYPE_CHECKING:
    from zhashui_stats.publish.many.workers import Workers

__all__ = ["FOLDER", "Briefs", "make_briefs", "page_names"]

FOLDER = "briefs"
"""The folder of the pages, below a period's reports."""

_INDEX = "index"
_AT_ONCE = 10  # so many receipts are kept at once: before, the inputs are looked through again
_REFUSED = '<>:"|?*\\/%'  # by Windows in file names; and our own mark
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"}
_DEVICES |= {f"{one}{n}" for one in ("com", "lpt") for n in "0123456789¹²³"}
_MOST_BYTES = 200  # of a name; most systems hold 255

Result = tuple[str, str | Exception]
Track = Callable[[Iterable[Result], int], Iterable[Result]]


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
    workers: "Callable[[Inputs], AbstractContextManager[Workers]]",
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
    now = read_for_report(period, data_dir)[-1]
    for notice in say_notices(now):
        notify(notice)
    batch = _Batch(now, out / str(period) / FOLDER, made_from)
    wanted = [name for name in batch.names if force or not batch.is_kept(name)]
    batch.briefs.kept = [name for name in batch.names if name not in set(wanted)]
    try:
        if wanted:
            check_writable(batch.folder)
            with workers(made_from.inputs) as those:
                for name, result in track(batch.run(those, wanted), len(wanted)):
                    batch.take(name, result)
    finally:
        batch.keep()
    failed = batch.briefs.failed
    batch.briefs.failed = {name: failed[name] for name in batch.names if name in failed}
    batch.write_index()
    return batch.briefs


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
    """The pages of one period on their way."""

    def __init__(self, now: Submissions, folder: Path, made_from: _MadeFrom) -> None:
        self.now = now
        self.folder = folder
        self.names = [unit.name for unit in now.units]
        self._pages = page_names(self.names)
        self.briefs = Briefs(folder / f"{_INDEX}.html")
        self._made_from = made_from
        self._made: dict[str, str] = {}

    def is_kept(self, name: str) -> bool:
        return read_receipt([self._page(name)], self._made_from.of(unit=name)) is not None

    def run(self, workers: "Workers", names: Iterable[str]) -> Iterator[Result]:
        from zhashui_stats.publish.many.batch import Job, run_jobs  # noqa: PLC0415 -- for new pages

        inputs = self._made_from.inputs
        notebook = inputs.notebook.read_text(encoding="utf-8")
        period = str(self.now.period)
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
        page = self._page(name)
        try:
            self._made[name] = replace_file(page, result)
        except OutputError as error:
            self.briefs.failed[name] = str(error)
            return
        self.briefs.made.append(name)
        if len(self._made) == _AT_ONCE:
            self.keep()

    def keep(self) -> None:
        """Keep receipts for what was made, unless the inputs changed while it was."""
        if self._made and not self._made_from.has_changed():
            for name, digest in self._made.items():
                keep_receipt({self._page(name): digest}, self._made_from.of(unit=name), ())
        self._made.clear()

    def write_index(self) -> None:
        """Write the list of all pages, unless it is there as it would be written."""
        made_from = self._made_from.of(failed="\n".join(self.briefs.failed))
        if not self.briefs.made and read_receipt([self.briefs.index], made_from):
            return
        digest = replace_file(self.briefs.index, self._index())
        keep_receipt({self.briefs.index: digest}, made_from, ())

    def _index(self) -> str:
        from zhashui_stats.briefs.tables import briefs_table  # noqa: PLC0415 -- for a new index
        from zhashui_stats.narrative import say_briefs  # noqa: PLC0415
        from zhashui_stats.publish.startup import without_extras  # noqa: PLC0415

        with without_extras():
            from zhashui_stats.publish.static import render_static  # noqa: PLC0415
        links = {
            name: None if name in self.briefs.failed else quote(self._page(name).name)
            for name in self.names
        }
        tables = [briefs_table(self.now, group.id, links) for group in self.now.groups]
        return render_static(say_briefs(self.now), [one._repr_html_() for one in tables])

    def _page(self, name: str) -> Path:
        return self.folder / f"{self._pages[name]}.html"


def page_names(units: Iterable[str]) -> dict[str, str]:
    """Return the names of units' pages, without their ending: every system can hold them all.

    To Windows ``Abc`` and ``abc`` are one file; the later of the two gets a mark. A name that is
    too long is cut, and ends in a hash of the whole.

    >>> list(page_names(["营盘镇", "甲/乙", "index", "Con", "ABC", "abc"]).values())
    ['营盘镇', '甲%2F乙', 'index%', 'Con%', 'ABC', 'abc%']
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for unit in units:
        name = _page_name(unit)
        while (seen := normalize("NFC", name).casefold()) in taken:
            name += "%"
        taken.add(seen)
        names[unit] = name
    return names


def _page_name(unit: str) -> str:
    spelt = "".join(f"%{ord(one):02X}" if one in _REFUSED else one for one in unit)
    stem = spelt.casefold().partition(".")[0]  # to Windows con.txt is a device as well
    if len(spelt.encode()) > _MOST_BYTES:
        short = spelt.encode()[:_MOST_BYTES].decode(errors="ignore")
        return f"{short}%{sha256(unit.encode()).hexdigest()[:8]}"
    is_taken = stem in {_INDEX, *_DEVICES} or spelt.endswith((".", " "))
    return f"{spelt}%" if is_taken else spelt


def _say_cause(error: Exception) -> str:
    if isinstance(error, ZhashuiError):
        return str(error)
    return f"计算节点出错（{type(error).__name__}：{error}）"
