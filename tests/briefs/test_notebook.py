"""The notebook of the briefs: it runs with papermill as it stands, and gives one short page."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, copy_project

from zhashui_stats.publish.exporter import ZhashuiHTMLExporter

NOTEBOOK = ROOT / "notebooks" / "unit_brief.ipynb"


def run(folder: Path, unit: str) -> subprocess.CompletedProcess[str]:
    """Run the notebook as anybody does, in a copy of the project."""
    command = ["papermill", "notebooks/unit_brief.ipynb", "out.ipynb", "-p", "unit", unit]
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, text=True, capture_output=True, check=False
    )


def test_a_brief_of_the_command_line(tmp_path: Path) -> None:
    """An alias is enough; the page has its title, its figures and its sections, and no contents."""
    folder = copy_project(tmp_path)

    done = run(folder, "乾佑街道办事处")

    assert 0 == done.returncode
    page, _ = ZhashuiHTMLExporter().from_notebook_node(nbformat.read(folder / "out.ipynb", 4))
    assert re.findall(r"<h\d id=\"\S+\">(.*?)</h\d>", page) == [
        "乾佑街办2022年上半年<wbr>信息采编情况简报",
        "按统计数据，本单位在通报的哪些名单里",
        "与同组单位和以前各期比较",
    ]
    assert '<body class="zs-brief">' in page
    assert '<nav class="zs-toc"' not in page
    assert "unit = 乾佑街办" in page
    assert str(tmp_path) not in page


def test_an_unknown_unit_fails_with_its_candidates(tmp_path: Path) -> None:
    """The run ends with the message that names the nearest units."""
    done = run(copy_project(tmp_path), "乾佑街")

    assert 0 != done.returncode
    assert "名册中没有“乾佑街”，最接近的是：乾佑街办" in done.stderr


def test_the_notebook_is_short() -> None:
    """Cells take time: ten for the page at most, and five that show its sums; one line each.

    But for the parameters and the imports.
    """
    cells = [cell for cell in nbformat.read(NOTEBOOK, 4).cells if cell.cell_type == "code"]
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", ())]
    figures = [cell for cell in cells if "figures" in cell.metadata.get("tags", ())]

    assert len(figures) <= 5
    assert len(cells) - len(figures) <= 10
    assert [cells[0]] == tagged
    assert [1] * (len(cells) - 2) == [len(cell.source.splitlines()) for cell in cells[2:]]
    assert not any("def " in cell.source or "audit" in cell.source for cell in cells)


@pytest.mark.parametrize("layout", [None, "brief"])
def test_only_a_brief_carries_its_layout(layout: str | None) -> None:
    """The style of the one sheet is in a page whose notebook asks for it, and in no other."""
    metadata = {"zhashui": {"layout": layout}} if layout else {}
    cells = [nbformat.v4.new_markdown_cell("# 题\n\n## 章")]
    page, _ = ZhashuiHTMLExporter().from_notebook_node(
        nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    )

    assert (layout == "brief") == (".zs-brief h1" in page)
    assert (layout != "brief") == ('<nav class="zs-toc"' in page)
