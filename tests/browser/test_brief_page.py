"""A unit's brief as a browser shows and prints it: one sheet, whatever there is to say."""

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import ROOT, copy_data
from nbformat import NotebookNode
from nbformat.v4 import new_output

from zhashui_stats import loading
from zhashui_stats.commands.group_tables import format_group_tables, write_group_tables
from zhashui_stats.errors import ZhashuiWarning
from zhashui_stats.model.units import Roster
from zhashui_stats.publish.pipeline import render_page
from zhashui_stats.synthetic import synthesize, write_ledger

from .test_page import NO_VIOLATION, say_violations, sheets

NOTEBOOK = ROOT / "notebooks" / "unit_brief.ipynb"
EARLIER = ("2020H1", "2020H2", "2021H1", "2021H2")

Opener = Callable[..., Any]

read_once = cache(loading.load_series)


def executed(unit: str, data: Path) -> NotebookNode:
    """Run the cells of the notebook in this process: 65 kernels would take their time.

    Reading would as well, so all units share the periods that were read for the first.
    """
    notebook = nbformat.read(NOTEBOOK, 4)
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "load_series", read_once)
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                shown = evaluated(cell.source, names)
                cell.update(execution_count=number, outputs=list(outputs(shown)))
            if "parameters" in cell.metadata.get("tags", ()):
                names |= {"unit": unit, "data_dir": str(data)}
    return notebook


def evaluated(source: str, names: dict[str, Any]) -> Any:
    """Run a cell and return what its last line gives, as a kernel does; notices are no errors."""
    *body, last = ast.parse(source).body
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ZhashuiWarning)
        if isinstance(last, ast.Expr):
            exec(compile(ast.Module(body, []), "cell", "exec"), names)
            return eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        exec(source, names)
    return None


def outputs(shown: Any) -> Iterator[NotebookNode]:
    for kind, method in (("text/markdown", "_repr_markdown_"), ("text/html", "_repr_html_")):
        if hasattr(shown, method):
            yield new_output("execute_result", {kind: getattr(shown, method)()})
            return


@cache
def rendered(unit: str, data: Path) -> str:
    return render_page(executed(unit, data))


def page_of(unit: str, data: Path, folder: Path) -> Path:
    path = folder / f"{unit}.html"
    path.write_text(rendered(unit, data), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def full_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything there can be: a made-up ledger, and four earlier periods that all differ."""
    data = copy_data(tmp_path_factory.mktemp("full"))
    now = loading.load_period("2022H1", data)
    for shift, period in enumerate(EARLIER):
        counts = {
            name: {
                category: count + (place * 7 + shift * 5 + len(name)) % 4
                for place, (category, count) in enumerate(row.items())
            }
            for name, row in now.counts.items()
        }
        files = format_group_tables(now.county, Roster(now.units), counts)
        write_group_tables(files, data / period)
        (data / period / "source.toml").write_text('title = "某通报"\n', "utf-8")
    write_ledger(synthesize(now), data / "2022H1" / "ledger.csv")
    for name in ("towns.csv", "departments.csv"):
        (data / "2022H1" / name).unlink()
    return data


@pytest.fixture(params=["盐务局", "营盘镇", "财政局"])
def path(request: pytest.FixtureRequest, full_data: Path, tmp_path: Path) -> Path:
    """Briefs under test: nothing adopted, as the annexes have it, and with all there can be."""
    data = full_data if request.param == "财政局" else ROOT / "data"
    return page_of(request.param, data, tmp_path)


def test_every_unit_has_one_sheet(open_page: Opener, full_data: Path, tmp_path: Path) -> None:
    """All 65 print on one page each, with a ledger and four earlier periods."""
    units = [unit.name for unit in loading.load_period("2022H1", full_data).units]
    paths = [page_of(unit, full_data, tmp_path) for unit in units]
    page = open_page(paths[0]).page

    counts = {}
    for path in paths:
        page.goto(path.as_uri())
        counts[path.stem] = sheets(page)

    assert 65 == len(counts)
    assert dict.fromkeys(counts, 1) == counts


def test_a_sheet_of_what_the_annexes_give(open_page: Opener, path: Path) -> None:
    """One sheet of A4, without contents and page number."""
    page = open_page(path).page

    assert 1 == sheets(page)
    assert 0 == page.locator(".zs-toc").count()


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(open_page: Opener, path: Path, width: int) -> None:
    """No violation of WCAG 2.2 AA, nor of what axe-core calls best practice."""
    assert say_violations(open_page(path, width).page) == NO_VIOLATION


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_it_fits_the_window(open_page: Opener, path: Path, width: int) -> None:
    """Neither the page nor one of its tables is wider than the window."""
    page = open_page(path, width).page
    fits = page.eval_on_selector_all(
        ".zs-table-wrap", "all => all.map(wrap => wrap.scrollWidth == wrap.clientWidth)"
    )

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert fits == [True] * len(fits)
    assert fits


def test_nothing_is_asked_of_the_network(open_page: Opener, path: Path) -> None:
    """The file itself and its own font are all that is loaded, and nothing is complained of."""
    opened = open_page(path)

    assert opened.asked_for() == [path.as_uri()]
    assert opened.complaints == []


def test_headings_and_chart_are_told(open_page: Opener, path: Path) -> None:
    """No level is jumped, and the chart says in words what it shows."""
    page = open_page(path).page
    levels = page.eval_on_selector_all("h1,h2,h3", "all => all.map(h => +h.tagName[1])")
    told = page.eval_on_selector_all("svg", "all => all.map(s => s.getAttribute('aria-label'))")

    assert 1 == levels.count(1)
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert 1 == len(told)
    assert re.search(r"图，.*\d.*。$", told[0])


def test_small_print_is_read_on_a_phone(open_page: Opener, path: Path) -> None:
    """No text, the chart's included, is drawn smaller than 9 px at 360 px."""
    sizes = open_page(path, 360).page.evaluate(
        """() => [...document.querySelectorAll('p,td,th,li,figcaption,svg text')]
        .filter(text => text.textContent.trim() && text.getClientRects().length)
        .map(text => parseFloat(getComputedStyle(text).fontSize)
            * (text.ownerSVGElement
               ? text.ownerSVGElement.getBoundingClientRect().width
                 / text.ownerSVGElement.viewBox.baseVal.width : 1))"""
    )

    assert min(sizes) >= 9


def test_tables_stand_side_by_side_where_there_is_room(
    open_page: Opener, full_data: Path, tmp_path: Path
) -> None:
    """On a desktop and on paper two tables share a line; on a phone they follow each other."""
    path = page_of("红岩寺镇", full_data, tmp_path)
    script = """() => { const [a, b] = [...document.querySelectorAll('.zs-beside > div')]
        .map(table => table.getBoundingClientRect()); return a.right <= b.left }"""

    assert open_page(path, 1280).page.evaluate(script)
    assert not open_page(path, 360).page.evaluate(script)
