"""From a notebook and its parameters to a report: papermill runs it, nbconvert renders it.

All in one process beside the kernel. What is written is written whole: everything is made in a
staging folder first and moved into place at the end.
"""

import contextlib
import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook
from papermill.inspection import inspect_notebook
from zmq import ZMQError

from zhashui_stats.errors import (
    MissingNotebook,
    OutputError,
    ReportFailed,
    UnknownLabel,
    say_os_error,
)
from zhashui_stats.publish.kernel import (
    ReportKernelManager,
    find_staging_place,
    kernel_environment,
    no_kernel_left,
)
from zhashui_stats.publish.startup import import_meanwhile

__all__ = ["find_notebook", "publish_report"]

_CELL_SECONDS = 600  # no cell takes seconds; one that takes minutes hangs
_EXPORTER = "zhashui_stats.publish.exporter"  # imported while the kernel starts
# Cells for the analyst, and those that papermill adds to a failed notebook.
_NOT_OF_THE_REPORT = {"guide", "papermill-error-cell-tag"}


def find_notebook(name: str) -> Path:
    """Return one of the project's notebooks: from the folder at work, or from the checkout.

    Raises:
        MissingNotebook: It is in neither place.
    """
    places = [Path(__file__).parents[2]]
    with contextlib.suppress(OSError):  # the working folder may be deleted
        places = [Path.cwd(), *Path.cwd().parents, *places]
    for place in places:
        path = place / "notebooks" / f"{name}.ipynb"
        if os.path.isfile(path):  # noqa: PTH113 -- false where it is forbidden
            return path
    raise MissingNotebook(f"找不到 notebooks/{name}.ipynb；请在项目文件夹里运行，或重新安装本程序")


def publish_report(
    notebook: Path, parameters: Mapping[str, str], folder: Path, stem: str = "report"
) -> Path:
    """Run a notebook and write ``report.html`` and the executed ``report.ipynb``.

    Args:
        notebook: A notebook with a cell tagged ``parameters``.
        parameters: Values for that cell, by name.
        folder: Where the report goes; made if need be.
        stem: What the files are called in place of ``report``.

    Returns:
        The path of the page.

    Raises:
        UnknownLabel: The notebook has no such parameter; nothing ran.
        OutputError: The folder cannot be written; nothing ran, or nothing was replaced.
        ReportFailed: A cell failed; an earlier report stays as it was, and the executed notebook
            stands beside it as ``report.failed.ipynb``.
    """
    _check_parameters(notebook, parameters)
    _check_writable(folder)
    page, failed = folder / f"{stem}.html", folder / f"{stem}.failed.ipynb"
    with _staging_folder() as name:
        staging = Path(name)
        try:
            with import_meanwhile(_EXPORTER):
                executed = _execute(notebook, parameters, staging)
        except ReportFailed as error:
            raise ReportFailed(f"{error}{_keep_failed(staging / notebook.name, failed)}") from error
        html, _ = import_module(_EXPORTER).ZhashuiHTMLExporter().from_notebook_node(executed)
        text = nbformat.writes(executed) + "\n"
        _replace(page.with_suffix(".ipynb"), text)
        _trust(text)
        _replace(page, html)
        failed.unlink(missing_ok=True)
    return page


def _check_parameters(notebook: Path, parameters: Mapping[str, str]) -> None:
    """Refuse what papermill would only warn about."""
    known = inspect_notebook(str(notebook))
    for name in parameters:
        if name not in known:
            raise UnknownLabel("参数", name, known)


def _check_writable(folder: Path) -> None:
    """Hold that a folder can be written before anything runs."""
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Say in Chinese why a place cannot be written."""
    try:
        yield
    except OSError as error:
        reason = say_os_error(error)
        raise OutputError(
            f"无法写入“{path}”（{reason}）；请检查路径和权限，或用 --out 另指定一个文件夹"
        ) from error


def _staging_folder() -> tempfile.TemporaryDirectory[str]:
    place = find_staging_place()
    with _writing(Path(place)):
        return tempfile.TemporaryDirectory(prefix="zs-", dir=place, ignore_cleanup_errors=True)


def _execute(notebook: Path, parameters: Mapping[str, str], staging: Path) -> NotebookNode:
    """Run the notebook in a kernel of its own, and return it as executed."""
    executed = staging / notebook.name
    try:
        with _environment(kernel_environment(staging)), _silence(), no_kernel_left():
            execute_notebook(
                nbformat.read(notebook, as_version=4),
                executed,
                dict(parameters),
                kernel_name="python3",
                progress_bar={"desc": "正在生成", "unit": "格"} if sys.stderr.isatty() else False,
                request_save_on_cell_execute=False,
                execution_timeout=_CELL_SECONDS,
                kernel_manager_class=ReportKernelManager,
            )
    except PapermillExecutionError as error:
        raise ReportFailed(_say_failure(executed, error)) from error
    except CellTimeoutError as error:
        raise ReportFailed(f"有一个单元格 {_CELL_SECONDS} 秒没有算完，已停止。") from error
    except DeadKernelError as error:
        raise ReportFailed("计算进程意外退出（可能是内存不足），请重试。") from error
    except (RuntimeError, ZMQError, OSError) as error:
        reason = say_os_error(error) if isinstance(error, OSError) else type(error).__name__
        raise ReportFailed(f"计算进程无法启动或中途断开（{reason}），请重试。") from error
    return _without_traces(nbformat.read(executed, as_version=4))


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Keep the libraries' English log off the terminal: what matters comes as an exception."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _without_traces(notebook: NotebookNode) -> NotebookNode:
    """Drop what differs from run to run: times, durations, paths and random ids."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata.pop("widgets", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-{number}"
    return notebook


def _trust(notebook: str) -> None:
    """Tell this user's Jupyter that he made the notebook: of others it shows no charts.

    The signature is kept in the user's own folder, not in the notebook; where it cannot be kept,
    the notebook is as good, and ``jupyter trust`` can sign it later.
    """
    from nbformat.sign import NotebookNotary  # noqa: PLC0415 -- only where a report is written

    with contextlib.suppress(Exception), _silence():
        notary = NotebookNotary()
        with contextlib.closing(notary.store):
            notary.sign(nbformat.reads(notebook, as_version=4))


def _say_failure(executed: Path, error: PapermillExecutionError) -> str:
    """Name the failed cell by the report's heading above it, and the cause."""
    heading = "开头"
    for cell in nbformat.read(executed, as_version=4).cells:
        if _NOT_OF_THE_REPORT & set(cell.metadata.get("tags", [])):
            continue
        if any(one.output_type == "error" for one in cell.get("outputs", [])):
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


def _keep_failed(executed: Path, failed: Path) -> str:
    """Keep the executed notebook for a look and say where; nothing where no cell ran."""
    if not executed.exists():
        return ""
    _replace(failed, executed.read_text(encoding="utf-8"))
    return f"\n运行到出错处的笔记本保存在 {failed}"


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    with _writing(path):
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        staged = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            staged.chmod(0o644)
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)


@contextlib.contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables for a while."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
