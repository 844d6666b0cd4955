"""From a notebook and its parameters to a report: papermill runs it, nbconvert renders it.

All in one process beside the kernel. Run is what the page shows: sums, and the questions that they
answer, are for whoever reads the notebook in JupyterLab. What is written is written whole:
everything is made in a staging folder first and moved into place at the end.
"""

import contextlib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from threading import local
from typing import Any

import nbformat
from nbformat import NotebookNode
from papermill.inspection import inspect_notebook

from zhashui_stats.errors import ReportFailed, UnknownLabel
from zhashui_stats.files import check_writable, replace_file
from zhashui_stats.publish.cell_tags import FIGURES, GUIDE, leave_out
from zhashui_stats.publish.running import run_notebook, silence, staging_folder
from zhashui_stats.publish.startup import import_meanwhile

__all__ = ["make_page", "publish_report", "render_page"]

_EXPORTER = "zhashui_stats.publish.exporter"  # imported while the kernel starts
_of_thread = local()


def publish_report(
    notebook: Path,
    parameters: Mapping[str, str],
    folder: Path,
    stem: str = "report",
    modules: tuple[str, ...] = (),
) -> dict[Path, str]:
    """Run a notebook and write ``report.html`` and the executed ``report.ipynb``.

    Args:
        notebook: A notebook with a cell tagged ``parameters``.
        parameters: Values for that cell, by name.
        folder: Where the report goes; made if need be.
        stem: What the files are called in place of ``report``.
        modules: What its kernel may find imported; it makes the report no different.

    Returns:
        The page, then the notebook: path -> SHA-256 of its bytes, hexadecimal.

    Raises:
        UnknownLabel: The notebook has no such parameter; nothing ran.
        OutputError: The folder cannot be written; nothing ran, or nothing was replaced.
        ReportFailed: A cell failed; an earlier report stays as it was, and the executed notebook
            stands beside it as ``report.failed.ipynb``.
    """
    _check_parameters(notebook, parameters)
    check_writable(folder)
    page, failed = folder / f"{stem}.html", folder / f"{stem}.failed.ipynb"
    source = _without_guides_and_figures(nbformat.read(notebook, as_version=4))
    with staging_folder() as name:
        staged = Path(name) / notebook.name
        try:
            with import_meanwhile(_EXPORTER):
                executed = run_notebook(source, parameters, staged, modules, shows_progress=True)
        except ReportFailed as error:
            raise ReportFailed(f"{error}{_keep_failed(staged, failed)}") from error
        html, text = render_page(executed), nbformat.writes(executed) + "\n"
        notebook_digest = replace_file(page.with_suffix(".ipynb"), text)
        _trust(text)
        page_digest = replace_file(page, html)
        failed.unlink(missing_ok=True)
    return {page: page_digest, page.with_suffix(".ipynb"): notebook_digest}


def make_page(notebook: str, parameters: Mapping[str, str], modules: tuple[str, ...] = ()) -> str:
    """Run a notebook and return its page; nothing is written.

    Args:
        notebook: Its content.
        parameters: Values for its cell tagged ``parameters``, by name.
        modules: What its kernel may find imported; it makes the page no different.

    Raises:
        ReportFailed: A cell failed.
    """
    with staging_folder() as name, import_meanwhile(_EXPORTER):
        source = _without_guides_and_figures(nbformat.reads(notebook, as_version=4))
        executed = run_notebook(source, parameters, Path(name) / "n.ipynb", modules)
    return render_page(executed)


def _without_guides_and_figures(notebook: NotebookNode) -> NotebookNode:
    """Leave out sums, which no page has and which take time, and with them what speaks of them."""
    return leave_out(notebook, GUIDE, FIGURES)


def render_page(executed: NotebookNode) -> str:
    """Return the page of an executed notebook; each thread keeps its exporter, and its template.

    Raises:
        ReportFailed: A cell failed, or the notebook was never run.
        MissingGlyph: The font lacks a character of the page.
    """
    exporter: Any = getattr(_of_thread, "exporter", None)
    if exporter is None:
        exporter = _of_thread.exporter = import_module(_EXPORTER).ZhashuiHTMLExporter()
    html, _ = exporter.from_notebook_node(executed)
    return str(html)


def _check_parameters(notebook: Path, parameters: Mapping[str, str]) -> None:
    """Refuse what papermill would only warn about."""
    known = inspect_notebook(str(notebook))
    for name in parameters:
        if name not in known:
            raise UnknownLabel("参数", name, known)


def _trust(notebook: str) -> None:
    """Tell this user's Jupyter that he made the notebook: of others it shows no charts.

    The signature is kept in the user's own folder, not in the notebook; where it cannot be kept,
    the notebook is as good, and ``jupyter trust`` can sign it later.
    """
    from nbformat.sign import NotebookNotary  # noqa: PLC0415 -- only where a report is written

    with contextlib.suppress(Exception), silence():
        notary = NotebookNotary()
        with contextlib.closing(notary.store):
            notary.sign(nbformat.reads(notebook, as_version=4))


def _keep_failed(executed: Path, failed: Path) -> str:
    """Keep the executed notebook for a look and say where; nothing where no cell ran."""
    if not executed.exists():
        return ""
    replace_file(failed, executed.read_text(encoding="utf-8"))
    return f"\n运行到出错处的笔记本保存在 {failed}"
