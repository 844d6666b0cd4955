"""Running a notebook: papermill, in a kernel of its own, in this thread."""

import contextlib
import logging
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook
from papermill.iorw import papermill_io
from zmq import ZMQError

from zhashui_stats.errors import ReportFailed, say_os_error
from zhashui_stats.files import writing
from zhashui_stats.publish.cell_tags import ERROR, INJECTED, tags_of
from zhashui_stats.publish.kernels.manager import report_kernel
from zhashui_stats.publish.kernels.places import find_staging_place

__all__ = ["run_notebook", "silence", "staging_folder"]

_CELL_SECONDS = 600  # no cell takes seconds; one that takes minutes hangs


class _StagedFiles:
    """How papermill writes a staged notebook.

    Its own way changes the working folder for a while, for all threads of the process.
    """

    def write(self, text: str, path: str) -> None:
        """Write a file."""
        Path(path.removeprefix(_STAGED)).write_text(text, encoding="utf-8")

    def pretty_path(self, path: str) -> str:
        """Return the path as papermill logs it."""
        return path


_STAGED = "staged://"
papermill_io.register(_STAGED, _StagedFiles())


def staging_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a new folder in which a kernel's sockets can be named; it goes with its context.

    Raises:
        OutputError, ReportFailed: There is no place for it.
    """
    place = find_staging_place()
    with writing(Path(place)):
        return tempfile.TemporaryDirectory(prefix="zs-", dir=place, ignore_cleanup_errors=True)


def run_notebook(
    notebook: NotebookNode,
    parameters: Mapping[str, str],
    executed: Path,
    modules: tuple[str, ...] = (),
    *,
    shows_progress: bool = False,
) -> NotebookNode:
    """Run a notebook in a kernel of its own.

    Args:
        notebook: With a cell tagged ``parameters``; it stays as it is.
        parameters: Values for that cell, by name.
        executed: Where to write the executed notebook, in a staging folder.
        modules: What its kernel may find imported.
        shows_progress: Whether a bar follows the cells, where there is a terminal.

    Returns:
        The executed notebook, without times, paths and random ids.

    Raises:
        ReportFailed: A cell failed, and says under which heading; ``executed`` is written all the
            same. Or the kernel ended, or hung.
    """
    shown = {"desc": "正在生成", "unit": "格"} if shows_progress and sys.stderr.isatty() else False
    try:
        with silence(), report_kernel(executed.parent, modules) as manager:
            execute_notebook(
                notebook,
                f"{_STAGED}{executed}",
                dict(parameters),
                kernel_name="python3",
                progress_bar=shown,
                request_save_on_cell_execute=False,
                execution_timeout=_CELL_SECONDS,
                kernel_manager_class=manager,
                shutdown_kernel="immediate",  # it keeps nothing that it could lose
            )
    except PapermillExecutionError as error:
        raise ReportFailed(_say_failure(executed, error)) from error
    except CellTimeoutError as error:
        raise ReportFailed(f"有一个单元格 {_CELL_SECONDS} 秒没有算完，已停止。") from error
    except DeadKernelError as error:
        raise ReportFailed("计算进程意外退出（可能是内存不足），请重试。") from error
    except (RuntimeError, ZMQError, OSError) as error:
        reason = f"（{say_os_error(error)}）" if isinstance(error, OSError) else ""
        raise ReportFailed(f"计算进程无法启动或中途断开{reason}，请重试。") from error
    return _without_traces(nbformat.read(executed, as_version=4))


class _Silence:
    """How many threads want the libraries' English log off the terminal."""

    lock = Lock()
    wanted = 0
    before = logging.NOTSET


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Keep the libraries' English log off the terminal: what matters comes as an exception."""
    with _Silence.lock:
        if not _Silence.wanted:
            _Silence.before = logging.root.manager.disable
            logging.disable(logging.CRITICAL)
        _Silence.wanted += 1
    try:
        yield
    finally:
        with _Silence.lock:
            _Silence.wanted -= 1
            if not _Silence.wanted:
                logging.disable(_Silence.before)


def _without_traces(notebook: NotebookNode) -> NotebookNode:
    """Drop what differs from run to run: times, durations, paths and random ids."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata.pop("widgets", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if INJECTED in tags_of(cell):
            cell.id = f"injected-{number}"
    return notebook


def _say_failure(executed: Path, error: PapermillExecutionError) -> str:
    """Name the failed cell by the report's heading above it, and the cause."""
    heading = "开头"
    for cell in nbformat.read(executed, as_version=4).cells:
        if ERROR in tags_of(cell):
            continue
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            break
        heading = _heading_of("\n".join(_markdown(cell))) or heading
    return f"“{heading}”一节出错：{error.ename}：{error.evalue}"


def _markdown(cell: NotebookNode) -> Iterator[str]:
    """Give a cell's Markdown: its own, or what it put out, where headings may be computed."""
    if cell.cell_type == "markdown":
        yield cell.source
    for output in cell.get("outputs", []):
        yield output.get("data", {}).get("text/markdown", "")


def _heading_of(markdown: str) -> str:
    """Return the last heading; empty where there is none."""
    headings = [line for line in markdown.splitlines() if line.startswith("#")]
    return headings[-1].lstrip("# ") if headings else ""
