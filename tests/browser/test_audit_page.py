"""The audit's page as a browser shows and prints it: a real audit, and one of hostile text."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from nbformat.v4 import new_markdown_cell, new_notebook

from zhashui_stats.audit import page
from zhashui_stats.audit.circulars import audit_file
from zhashui_stats.audit.findings import Audit, Finding, Number, NumberStatus, Verdict
from zhashui_stats.model.periods import Period
from zhashui_stats.publish.exporter import ZhashuiHTMLExporter

from .test_page import HOSTILE, NO_VIOLATION, UNBROKEN, say_violations, shown, streams

RESTATED = ROOT / "tests" / "audit" / "restated-2022H1.txt"

Opener = Callable[..., Any]


def hostile_audit() -> Audit:
    """Every mark there is, in text that is long, unbroken, and full of markup."""
    text = "\n".join(
        f"{number}、{HOSTILE}{UNBROKEN}共{number}篇\U0001f600\ue000\n"
        f"{UNBROKEN}\t{number}\t\t{HOSTILE}"
        for number in range(1, 9)
    )
    statuses = [*NumberStatus] * 99
    figures = [match.span() for match in re.finditer(r"\d+", text)]
    numbers = [
        Number(start, end, text[start:end], status, HOSTILE)
        for (start, end), status in zip(figures, statuses, strict=False)
    ]
    findings = [
        Finding(
            "x", HOSTILE, start, start + 90, text[start : start + 90], HOSTILE, UNBROKEN, verdict,
            HOSTILE + UNBROKEN, (UNBROKEN,) * 3,
        )
        for start in range(0, len(text), 200)
        for verdict in Verdict
    ]  # fmt: skip
    return Audit(text, Period.parse("2022H1"), UNBROKEN, tuple(findings), tuple(numbers))


@cache
def rendered(name: str) -> str:
    """The page of an audit, as the notebook puts it together."""
    made = hostile_audit()
    if name == "restated":
        made = audit_file(RESTATED, "2022H1", ROOT / "data").audit
    cells = [
        shown(page.say_title(made), "text/markdown"),
        shown(page.key_figures(made)._repr_html_()),
        shown(page.say_summary(made), "text/markdown"),
        new_markdown_cell("## 一、不符之处"),
        shown(page.show_findings(made)._repr_html_()),
        new_markdown_cell("## 二、通报全文"),
        shown(page.show_text(made)._repr_html_()),
        new_markdown_cell("## 三、未能核对的内容"),
        shown(page.show_open(made)._repr_html_()),
    ]
    return str(ZhashuiHTMLExporter().from_notebook_node(new_notebook(cells=cells))[0])


@pytest.fixture(params=["restated", "hostile"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The page under test."""
    made = tmp_path / f"{request.param}.html"
    made.write_text(rendered(request.param), encoding="utf-8")
    return made


def test_nothing_is_asked_of_the_network(open_page: Opener, path: Path) -> None:
    """The file itself and its own font are all that is loaded, and nothing is complained of."""
    opened = open_page(path)

    assert opened.asked_for() == [path.as_uri()]
    assert opened.complaints == []


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(open_page: Opener, path: Path, width: int) -> None:
    """No violation of WCAG 2.2 AA, nor of what axe-core calls best practice."""
    assert say_violations(open_page(path, width).page) == NO_VIOLATION


@pytest.mark.parametrize("width", [1280, 1000, 768, 360])
def test_the_page_is_never_wider_than_the_window(open_page: Opener, path: Path, width: int) -> None:
    """Neither long words nor notes beside the text push the page out of the window."""
    sheet = open_page(path, width).page

    assert sheet.evaluate("document.documentElement.scrollWidth") == width


def test_every_link_leads_somewhere(open_page: Opener, path: Path) -> None:
    """Cards, notes and lists point to ids that stand once."""
    sheet = open_page(path).page
    links = sheet.eval_on_selector_all("a[href^='#']", "all => all.map(a => a.hash.slice(1))")
    ids = sheet.eval_on_selector_all("[id]", "all => all.map(named => named.id)")

    assert {"card-1", "place-1"} <= set(links) <= set(ids)
    assert len(ids) == len(set(ids))


def test_marks_differ_without_colour(open_page: Opener, path: Path) -> None:
    """Each kind of mark has a line or frame of its own."""
    found = open_page(path).page.eval_on_selector_all(
        ".zs-legend mark",
        "all => all.map(m => { const s = getComputedStyle(m);"
        " return s.textDecorationLine + s.textDecorationStyle + s.borderTopStyle })",
    )

    assert len(set(found)) == len(found) == 4


def test_notes_stand_beside_on_a_desktop_and_below_on_a_phone(
    open_page: Opener, path: Path
) -> None:
    """A note begins right of its paragraph where there is room, else under it."""
    script = """() => { const note = document.querySelector('.beside').getBoundingClientRect();
    const text = document.querySelector('.beside').previousElementSibling.getBoundingClientRect();
    return [note.left >= text.right, note.top >= text.bottom] }"""

    assert open_page(path, 1280).page.evaluate(script) == [True, False]
    assert open_page(path, 360).page.evaluate(script) == [False, True]


def test_it_prints_on_a4(open_page: Opener, path: Path) -> None:
    """Every sheet is 210 × 297 mm."""
    pdf = streams(open_page(path).page.pdf(prefer_css_page_size=True))
    boxes = set(re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf))
    sizes = {tuple(round(float(point) / 72 * 25.4) for point in box.split()) for box in boxes}

    assert sizes == {(0, 0, 210, 297)}
