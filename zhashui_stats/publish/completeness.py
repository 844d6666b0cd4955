"""Whether a notebook was run from its beginning to its end: only then a page is made from it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from nbformat import NotebookNode

from zhashui_stats.errors import ReportFailed
from zhashui_stats.publish.cell_tags import FIGURES, GUIDE, tags_of

__all__ = ["find_disorder", "refuse_unfinished"]

# Of such cells no page shows anything, run or not; or they are left out of a run on purpose.
_NEED_NOT_RUN = {GUIDE, FIGURES, "skip-execution"}
_UNFINISHED = {"pending", "running", "failed"}  # as papermill marks the cells of a run that ended
# papermill calls every cell completed once it ends, also where the kernel died in one.
_BEGAN, _ENDS = "iopub.execute_input", ("shell.execute_reply", "iopub.status.idle")
_SHOWN = 30  # so many characters of a cell say which it is


def refuse_unfinished(notebook: NotebookNode) -> None:
    """Refuse a notebook of which a cell failed or did not run.

    Editors and tools that drop the numbers of cells leave results alone to go by; where cells have
    neither, nothing was run.

    Raises:
        ReportFailed: It says which cell, and what to do.
    """
    cells = list(_code_cells(notebook))
    for number, cell in cells:
        for output in cell.outputs:
            if output.output_type == "error":
                cause = "：".join(said for said in (output.ename, output.evalue) if said)
                raise ReportFailed(
                    f"{_say_cell(number, cell)}出错（{cause}），不生成页面；请改正后重新运行"
                )
    if cells and not any(_has_run(cell) for _, cell in cells):
        raise ReportFailed(
            "笔记本还没有运行过，没有可以呈现的内容；"
            "请先运行全部单元格再导出，用 jupyter nbconvert 的可加上 --execute"
        )
    is_numbered = any(cell.get("execution_count") for _, cell in cells)
    for number, cell in cells:
        tags = tags_of(cell)
        if _is_unfinished(cell, is_numbered=is_numbered) and not _NEED_NOT_RUN & tags:
            raise ReportFailed(
                f"{_say_cell(number, cell)}没有运行完，页面会缺少内容，不生成；"
                "请重新运行全部单元格再导出"
            )


def find_disorder(notebook: NotebookNode) -> str:
    """Say which cell was run before one that stands above it; empty where none was."""
    numbered = [
        (number, cell) for number, cell in _code_cells(notebook) if cell.get("execution_count")
    ]
    for (_, above), (number, cell) in pairwise(numbered):
        if cell.execution_count < above.execution_count:
            return f"{_say_cell(number, cell)}先于它上面的单元格运行，结果可能已经过时"
    return ""


def _code_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Give the cells of code that is not blank, each with its number in the notebook, from 1."""
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code" and cell.source.strip():
            yield number, cell


def _has_run(cell: NotebookNode) -> bool:
    return bool(cell.outputs or cell.get("execution_count"))


def _is_unfinished(cell: NotebookNode, *, is_numbered: bool) -> bool:
    timing, papermill = (_table(cell, name) for name in ("execution", "papermill"))
    ended = any(end in timing for end in _ENDS)
    began = _BEGAN in timing or papermill.get("status") in _UNFINISHED
    return (began and not ended) or (is_numbered and not cell.get("execution_count"))


def _table(cell: NotebookNode, name: str) -> Mapping[str, object]:
    value = cell.metadata.get(name)
    return value if isinstance(value, Mapping) else {}


def _say_cell(number: int, cell: NotebookNode) -> str:
    """Name a cell by its number and its first line."""
    lines: Sequence[str] = cell.source.strip().splitlines()
    first = lines[0][:_SHOWN] + "…" * (len(lines[0]) > _SHOWN)
    return f"第{number}个单元格（{first}）"
