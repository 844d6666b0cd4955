"""Many pages at once, on any executor: threads, processes, or other machines.

A job is all that a worker needs, and it gives the page back: workers share no disk with whoever
asks. The kernels that the pages run in are forked where the worker is.
"""

import contextlib
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future, as_completed
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Self

from jupyter_core.utils import ensure_event_loop

from zhashui_stats.errors import ReportFailed, ZhashuiError
from zhashui_stats.publish.fingerprint import code_fingerprint
from zhashui_stats.publish.kernels.warm import close_parents
from zhashui_stats.publish.pipeline import make_page

__all__ = ["Job", "Parcel", "close_unused_parents", "run_job", "run_jobs"]

# What shapes a page beside our own code; workers must have the same.
_SHAPING = ("matplotlib", "numpy", "noto-cjk-sans-otc", "uharfbuzz", "markdown-it-py", "nbconvert",
            "jinja2", "pandas", "papermill", "chinesecalendar", "duckdb")  # fmt: skip

_at_work: "list[Job]" = []


@dataclass(frozen=True)
class Parcel:
    """A data folder on its way to a worker that does not share the disk.

    Attributes:
        name: The folder's own name, which a page states.
        files: Path below the folder, with ``/`` -> content.
        program: What the sender's program is, see ``_program``.
    """

    name: str
    files: Mapping[str, bytes]
    program: str

    @classmethod
    def pack(cls, folder: Path, files: Mapping[str, Path]) -> Self:
        """Pack files of a folder, by their paths below it.

        Raises:
            OSError: One cannot be read.
        """
        content = {name: path.read_bytes() for name, path in files.items()}
        return cls(folder.resolve().name, content, _program())

    @contextlib.contextmanager
    def laid_out(self) -> Iterator[Path]:
        """Give the folder, for a while.

        Raises:
            ReportFailed: The program here is another one, which would make another page.
        """
        if self.program != _program():
            raise ReportFailed(
                "这个计算节点上的程序或组件版本与本机不同，做出的页面会不一样；请安装同一版本"
            )
        with tempfile.TemporaryDirectory(prefix="zs-") as place:
            folder = Path(place) / self.name
            for name, content in self.files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
            yield folder


@dataclass(frozen=True)
class Job:
    """A page to make.

    Attributes:
        notebook: The notebook's content.
        parameters: Values for its parameters, but for ``data_dir``.
    """

    notebook: str
    parameters: Mapping[str, str]


def run_job(job: Job, data: Path | Parcel) -> str:
    """Make a page, wherever this runs.

    Args:
        job: Which.
        data: The data folder, here or packed.

    Raises:
        ReportFailed: The page cannot be made; its text says why.
    """
    _at_work.append(job)
    try:
        if isinstance(data, Path):
            return make_page(job.notebook, {**job.parameters, "data_dir": data.as_posix()})
        with data.laid_out() as folder:
            return make_page(job.notebook, {**job.parameters, "data_dir": folder.as_posix()})
    except ZhashuiError as error:  # not every one of them survives the way back
        raise ReportFailed(str(error)) from None
    finally:
        _at_work.remove(job)
        _close_loop()


def close_unused_parents() -> None:
    """End the parents of kernels in this process, unless a job of another batch is at work."""
    if not _at_work:
        close_parents()


def run_jobs(
    executor: Executor, jobs: Mapping[str, Job], data: Any
) -> Iterator[tuple[str, str | Exception]]:
    """Run jobs and give each one's name with its page, or with what went wrong, as they end.

    Args:
        executor: Of any kind; whoever made it shuts it down.
        jobs: By name.
        data: As ``run_job`` takes it, or what the executor makes that from.
    """
    futures = {executor.submit(run_job, job, data): name for name, job in jobs.items()}
    try:
        for future in as_completed(futures):
            error = _error_of(future)
            if error is not None and not isinstance(error, Exception):
                raise error
            yield futures[future], error or future.result()
    finally:
        for future in futures:
            future.cancel()


def _close_loop() -> None:
    """Close the event loop in which this thread ran a notebook: nobody does, with the thread."""
    loop = ensure_event_loop()
    if not loop.is_running():
        loop.close()


def _error_of(future: Future[str]) -> BaseException | None:
    """Return what a job that has ended came to grief by; None where it made its page."""
    try:
        return future.exception()
    except CancelledError:  # nobody here did: a cluster gives up so what it has lost
        return ReportFailed("与集群的连接中断，这一页没有做完；请重新运行，已经做好的不会重做")


@cache
def _program() -> str:
    """Return the hash of the program, of Python, and of the libraries that shape a page."""
    made_of = [code_fingerprint(), f"python {sys.version_info.major}.{sys.version_info.minor}"]
    for name in _SHAPING:
        with contextlib.suppress(PackageNotFoundError):
            made_of.append(f"{name} {version(name)}")
    return sha256("\n".join(made_of).encode()).hexdigest()
