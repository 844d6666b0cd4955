"""A county of three towns and one period: whatever is made of it is made soon."""

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path

import nbformat
from conftest import ROOT

__all__ = ["TOWNS", "add_cell", "copy_notebook", "write_county", "write_notebook", "write_period"]

TOWNS = ("甲镇", "乙镇", "丙镇")

COUNTY = """
name = "某县"
issuer = "某县人民政府办公室"
measure = "篇"

[[groups]]
id = "towns"
label = "镇办"

[[categories]]
id = "disclosure"
label = "政务公开"

[[categories]]
id = "news"
label = "政务动态"
"""


def write_county(folder: Path, units: Sequence[str] = TOWNS) -> Path:
    """Write ``folder``/data with 2022H1; the unit of index n sent n + 1 and 2n articles."""
    data = folder / "data"
    data.mkdir(parents=True)
    (data / "county.toml").write_text(COUNTY, "utf-8")
    write_rows(data / "units.csv", [("name", "group"), *((unit, "towns") for unit in units)])
    write_period(data, "2022H1", units)
    return data


def write_period(data: Path, period: str, units: Sequence[str] = TOWNS) -> None:
    """Write the folder of a period."""
    (data / period).mkdir()
    rows = [(unit, number + 1, 2 * number) for number, unit in enumerate(units)]
    write_rows(data / period / "towns.csv", [("投稿单位", "政务公开", "政务动态"), *rows])
    (data / period / "source.toml").write_text(
        'title = "某县通报"\ndate = "2022-07-08"\n'
        'transcribed_from = "附件"\ntranscribed_by = "甲"\n',
        "utf-8",
    )


def write_rows(path: Path, rows: Sequence[Sequence[object]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def write_notebook(folder: Path, name: str, parameters: str, source: str) -> Path:
    """Write a notebook to ``folder``/notebooks: soon run, in place of the program's own."""
    (folder / "notebooks").mkdir(exist_ok=True)
    path = folder / "notebooks" / f"{name}.ipynb"
    cells = [
        nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        nbformat.v4.new_markdown_cell("# 标题"),
        nbformat.v4.new_code_cell(source),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
    return path


def copy_notebook(folder: Path, name: str) -> Path:
    """Copy one of the notebooks to ``folder``, where it goes before the program's own."""
    (folder / "notebooks").mkdir(exist_ok=True)
    return Path(shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", folder / "notebooks"))


def add_cell(notebook: Path, source: str) -> None:
    """Let a notebook end with a cell more."""
    content = nbformat.read(notebook, as_version=4)
    cell = nbformat.v4.new_code_cell(source)
    cell.id = f"added-{len(content.cells)}"
    content.cells.append(cell)
    nbformat.write(content, notebook)
