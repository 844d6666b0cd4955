"""A page is made only from a notebook that ran to its end, whatever ended it before."""

from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from zhashui_stats.errors import ReportFailed
from zhashui_stats.publish.completeness import find_disorder
from zhashui_stats.publish.exporter import ZhashuiHTMLExporter


def ran(source: str, count: int | None, **metadata: Any) -> Any:
    """A cell with its number; None: it has none, and no output."""
    outputs = [new_output("display_data", {"text/markdown": "文"})] if count else []
    return new_code_cell(source, execution_count=count, outputs=outputs, metadata=metadata)


def render(*cells: Any, **config: Any) -> str:
    exporter = ZhashuiHTMLExporter(**config)
    return str(exporter.from_notebook_node(new_notebook(cells=list(cells)))[0])


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([ran("a()", 1), ran("b()\nc()", None), ran("d()", None)], "第2个单元格（b()）没有运行完"),
        ([ran("a()", 1), ran("b()", 2), ran("d()", None)], "第3个单元格（d()）没有运行完"),
        ([ran("a()", None), ran("b()", 1)], "第1个单元格（a()）没有运行完"),
        ([ran("a()", 1), ran("b()", 2, papermill={"status": "pending"})], "第2个单元格"),
        ([ran("a()", 1), ran("b()", 2, papermill={"status": "running"})], "第2个单元格"),
        ([ran("a()", 1), ran("b()", 2, execution={"iopub.execute_input": "t"})], "第2个单元格"),
        ([ran("a()", None), ran("b()", None)], "还没有运行过"),
    ],
)
def test_what_did_not_run_to_its_end_is_refused(cells: list[Any], said: str) -> None:
    """The first cell that did not run is named by its number and its first line."""
    with pytest.raises(ReportFailed) as caught:
        render(new_markdown_cell("# 题"), *cells)

    expected = said.replace("第1个", "第2个") if "第1个" in said else said
    number = int(said[1]) + 1 if said[0] == "第" else 0
    assert (f"第{number}个{said[3:]}" if number else expected) in str(caught.value)


@pytest.mark.parametrize(
    "cells",
    [
        [ran("a()", 1), ran("", None), ran("  \n", None)],
        [ran("a()", 1), ran("zs.totals(now)", None, tags=["figures"])],
        [ran("a()", 3), ran("b()", 7, papermill={"status": "completed"})],
        [ran("a()", 1, papermill="?")],
        [
            ran(
                "a()",
                1,
                papermill={"status": "failed"},
                execution={"iopub.execute_input": "t", "shell.execute_reply": "t"},
            )
        ],
        [ran("a()", 1), ran("b()", None, tags=["skip-execution"])],
    ],
)
def test_what_is_whole_is_not_refused(cells: list[Any]) -> None:
    """Blank cells have nothing to run, sums no page shows; cells may have been run before."""
    assert "<p>文</p>" in render(*cells)


def test_a_tool_that_drops_the_numbers_of_cells() -> None:
    """Where no cell has a number, results say that it ran."""
    cell = new_code_cell("a()", outputs=[new_output("display_data", {"text/markdown": "文"})])

    assert "<p>文</p>" in render(cell, new_code_cell("b = 1"))


def test_cells_run_out_of_order_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """What stands below was worked out before what stands above: the page may be stale."""
    cells = [ran("a()", 5), ran("b()", 2)]
    render(*cells)

    assert (
        "注意：第2个单元格（b()）先于它上面的单元格运行，结果可能已经过时"
        in capsys.readouterr().err
    )
    assert "" == find_disorder(new_notebook(cells=[ran("a()", 2), ran("b()", 5)]))
    with pytest.raises(ReportFailed, match="不能完整呈现"):
        render(*cells, strict=True)


def test_a_kernel_that_dies_leaves_no_page(tmp_path: Path) -> None:
    """What papermill keeps of it is refused, and the cell that it died in is named."""
    cells = [new_code_cell(source) for source in ("1 + 1", "import os; os._exit(1)", "2 + 2")]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    source, executed = tmp_path / "in.ipynb", tmp_path / "out.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata=kernel), source)
    with pytest.raises(Exception, match="died"):
        papermill.execute_notebook(source, executed, progress_bar=False)

    with pytest.raises(ReportFailed, match=r"第2个单元格（import os; os._exit\(1\)）没有运行完"):
        ZhashuiHTMLExporter().from_filename(str(executed))
