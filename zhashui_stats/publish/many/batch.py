"""Many pages at once, on any executor: threads, processes, or other machines.

A job is all that a worker needs, and it gives the page back: workers share no disk with whoever
asks. The kernels that the pages run in are forked where the worker is.
"""

import contextlib
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextvars import Context
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import requires, version
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Any, Self

from jupyter_core.utils import ensure_event_loop

from zhashui_stats.errors import ReportFailed, ZhashuiError
from zhashui_stats.files import folder_name
from zhashui_stats.publish.kernels.fork_client import close_parent
from zhashui_stats.publish.once.fingerprint import code_fingerprint
from zhashui_stats.publish.pipeline import make_page

__all__ = ["Job", "Parcel", "close_unused_parent", "run_job", "run_jobs"]

_OURS = "zhashui-stats"
_INDIRECT = ("ipython", "jinja2", "nbclient", "nbformat", "numpy")  # they shape a page as well
_NAME = re.compile(r"[\w.-]+")
_WAKE_SECONDS = 0.5


class _AtWork:
    """The jobs that this process is at, and whether their kernels' parent shall end with them."""

    lock = Lock()
    jobs = 0
    are_last = False


@dataclass(frozen=True)
class Parcel:
    """A data folder on its way to a worker that does not share the disk.

    Attributes:
        name: The folder's own name, which a page states.
        files: Path below the folder, with ``/`` -> content; None for a folder.
        program: What the sender's program is, see ``_program``.
    """

    name: str
    files: Mapping[str, bytes | None]
    program: str

    @classmethod
    def pack(cls, folder: Path, files: Mapping[str, Path]) -> Self:
        """Pack files of a folder, by their paths below it.

        Raises:
            OSError: One cannot be read.
        """
        content: dict[str, bytes | None] = {}
        for name, path in files.items():
            if path.is_file():  # what is neither file nor folder would never end
                content[name] = path.read_bytes()
            elif path.is_dir():
                content[name] = None
        return cls(folder_name(str(folder)), content, _program())

    @contextlib.contextmanager
    def unpacked(self) -> Iterator[Path]:
        """Give the folder, for a while.

        Raises:
            ReportFailed: The program here is another one, which would make another page; or a file
                would lie outside the folder.
        """
        if self.program != _program():
            raise ReportFailed(
                "这个计算节点上的程序或组件版本与本机不同，做出的页面会不一样；请安装同一版本"
            )
        for name in (self.name, *self.files):
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                raise ReportFailed(f"送来的数据中有不在数据文件夹内的文件“{name}”，不予接收")
        with tempfile.TemporaryDirectory(prefix="zs-") as place:
            folder = Path(place) / self.name
            for name, content in self.files.items():
                path = folder / name
                (path if content is None else path.parent).mkdir(parents=True, exist_ok=True)
                if content is not None:
                    path.write_bytes(content)
            yield folder


@dataclass(frozen=True)
class Job:
    """A page to make.

    Attributes:
        notebook: The notebook's content.
        parameters: Values for its parameters, but for ``data_dir``.
        modules: What its kernel needs, to be imported before it is asked for.
    """

    notebook: str
    parameters: Mapping[str, str]
    modules: tuple[str, ...] = ()


def run_job(job: Job, data: Path | Parcel) -> str:
    """Make a page, wherever this runs.

    Args:
        job: Which.
        data: The data folder, here or packed.

    Raises:
        ReportFailed: The page cannot be made; its text says why.
    """
    with _AtWork.lock:
        _AtWork.jobs += 1
    try:
        # In a context of its own, and so with an event loop of its own: a process that was forked
        # from another would share the other's.
        return Context().run(_make_page, job, data)
    except ZhashuiError as error:  # not every one of them survives the way back
        raise ReportFailed(str(error)) from None
    finally:
        with _AtWork.lock:
            _AtWork.jobs -= 1
            if _AtWork.are_last and not _AtWork.jobs:
                _AtWork.are_last = False
                close_parent()


def _make_page(job: Job, data: Path | Parcel) -> str:
    """Make a page, and close the event loop in which that was done: nobody does, with the thread.

    Raises:
        ZhashuiError: The page cannot be made.
    """
    place = contextlib.nullcontext(data) if isinstance(data, Path) else data.unpacked()
    try:
        with place as folder:
            parameters = {**job.parameters, "data_dir": folder.as_posix()}
            return make_page(job.notebook, parameters, job.modules)
    finally:
        loop = ensure_event_loop()
        if not loop.is_running():
            loop.close()


def close_unused_parent() -> None:
    """End the parent of kernels in this process: now, or with the last job that is at work."""
    with _AtWork.lock:
        _AtWork.are_last = bool(_AtWork.jobs)
        if not _AtWork.jobs:
            close_parent()


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
        for future in _as_they_end(futures):
            error = _error_of(future)
            if error is not None and not isinstance(error, Exception):
                raise error
            yield futures[future], error or future.result()
    finally:
        for future in futures:
            future.cancel()


def _as_they_end(futures: Iterable[Future[str]]) -> Iterator[Future[str]]:
    """Give futures as they end, and wake up now and then.

    A signal that comes just before Python waits for a lock without end does not wake it up: Ctrl-C
    would do nothing until the next page is there.
    """
    pending = set(futures)
    while pending:
        ended, pending = wait(pending, _WAKE_SECONDS, FIRST_COMPLETED)
        yield from ended


def _error_of(future: Future[str]) -> BaseException | None:
    """Return what a job that has ended came to grief by; None where it made its page."""
    try:
        return future.exception()
    except CancelledError:  # nobody here did: a cluster gives up so what it has lost
        return ReportFailed("与集群的连接中断，这一页没有做完；请重新运行，已经做好的不会重做")


@cache
def _program() -> str:
    """Return the hash of the program, of Python, and of the libraries that shape a page.

    A worker may have others beside them, and another system.
    """
    direct = (wanted for wanted in requires(_OURS) or () if "extra" not in wanted)
    names = {match[0] for wanted in (*direct, *_INDIRECT) if (match := _NAME.match(wanted))}
    versions = sorted(f"{name} {version(name)}" for name in names)
    made_of = [code_fingerprint(), ".".join(map(str, sys.version_info[:3])), *versions]
    return sha256("\n".join(made_of).encode()).hexdigest()
