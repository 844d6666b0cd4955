"""The page as a browser shows and prints it: the committed report, and a hostile one."""

import re
import zlib
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from zhashui_stats.comparison import History
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.page import charts, descriptions, tables
from zhashui_stats.page.figure import Figure
from zhashui_stats.publish.exporter import ZhashuiHTMLExporter

REPORT = ROOT / "reports" / "2022H1" / "report.html"
NO_VIOLATION = "Found 0 accessibility violations:\n"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOSTILE = "</svg><script>alert(1)</script>&$x$很长而不能断开的单位名称"
UNBROKEN = "a" * 200

Opener = Callable[..., Any]


def shown(text: str, kind: str = "text/html") -> Any:
    output = new_output("display_data", {kind: text})
    return new_code_cell("x", outputs=[output], execution_count=1)


def hostile_period(build: Callable[..., Submissions], period: str) -> Submissions:
    units = {f"{HOSTILE}{number}": (number, 0, 1000 * number) for number in range(120)}
    return build({"镇办": {"甲镇": (0, 0, 0)}, HOSTILE: units}, period)


@cache
def hostile_page(build: Callable[..., Submissions]) -> str:
    now, before = (hostile_period(build, period) for period in ("2022H1", "2021H2"))
    history = History([now, before])
    drawn = [
        (charts.plot_ranking(now), descriptions.describe_ranking(now)),
        (charts.plot_composition(now), descriptions.describe_composition(now)),
        (charts.plot_concentration(now), descriptions.describe_concentration(now)),
        (charts.plot_changes(history), descriptions.describe_changes(history)),
        (charts.plot_trend(history), descriptions.describe_history(history)),
    ]
    figures = [Figure(ax, caption=f"图：{alt[:9]}", alt=alt) for ax, alt in drawn]
    shows = [tables.key_figures(history), *figures, tables.annex_table(now, HOSTILE)]
    cells = [
        new_markdown_cell(f"# 题 {UNBROKEN}"),
        *(shown(exhibit._repr_html_()) for exhibit in shows[:1]),
        new_markdown_cell(f"正文<img src=https://example.org/x.png>`{UNBROKEN}`"),
        new_markdown_cell(f"## 一、{UNBROKEN}\n\n### （一）<script>alert(1)</script>\n\n> # 引文"),
        *(shown(exhibit._repr_html_()) for exhibit in shows[1:]),
    ]
    return str(ZhashuiHTMLExporter().from_notebook_node(new_notebook(cells=cells))[0])


@pytest.fixture(scope="session")
def ledger_report(made_up: Path) -> Path:
    """The report of a period that has a made-up ledger and no tables."""
    return made_up / "reports" / "2022H1" / "report.html"


@pytest.fixture(params=["report", "ledger", "hostile"])
def path(request: pytest.FixtureRequest, build: Callable[..., Submissions], tmp_path: Path) -> Path:
    """The page under test: the sample, one with a ledger, and one full of hostile text."""
    if request.param == "report":
        return REPORT
    if request.param == "ledger":
        return Path(request.getfixturevalue("ledger_report"))
    made = tmp_path / "hostile.html"
    made.write_text(hostile_page(build), encoding="utf-8")
    return made


def test_nothing_is_asked_of_the_network(open_page: Opener, path: Path) -> None:
    """The file itself and its own font are all that is loaded, and nothing is complained of."""
    opened = open_page(path)

    assert opened.asked_for() == [path.as_uri()]
    assert opened.complaints == []


def say_violations(page: Any) -> str:
    """Let axe-core look at a page."""
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    return str(Axe().run(page, options=options).generate_report())


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(open_page: Opener, path: Path, width: int) -> None:
    """No violation of WCAG 2.2 AA, nor of what axe-core calls best practice."""
    assert say_violations(open_page(path, width).page) == NO_VIOLATION


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_the_page_is_never_wider_than_the_window(open_page: Opener, path: Path, width: int) -> None:
    """Wide tables scroll in their own frame; the page does not."""
    page = open_page(path, width).page

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_page_says_what_it_is(open_page: Opener, path: Path) -> None:
    """Language, one title, headings that never jump a level, ids that stand once."""
    page = open_page(path).page
    levels = page.eval_on_selector_all("h1,h2,h3,h4,h5,h6", "all => all.map(h => +h.tagName[1])")
    ids = page.eval_on_selector_all("[id]", "all => all.map(named => named.id)")

    assert page.get_attribute("html", "lang") == "zh-CN"
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(ids) == len(set(ids))
    assert page.title() == page.inner_text("h1")


def test_every_chart_has_a_text_alternative_and_a_caption(open_page: Opener, path: Path) -> None:
    """What a chart shows is told in a sentence with numbers."""
    told = open_page(path).page.eval_on_selector_all(
        "svg:not(figure > svg + svg[aria-hidden=true])",  # strips of one drawing, told once
        "all => all.map(s => [s.role || s.getAttribute('role'), s.getAttribute('aria-label'),"
        " s.closest('figure').querySelector('figcaption').textContent])",
    )

    assert told
    for role, label, caption in told:
        assert role == "img"
        assert re.search(r"图[，。].*\d.*。$", label, re.DOTALL)
        assert caption.strip()


def test_contents_and_skip_link_lead_somewhere(open_page: Opener, path: Path) -> None:
    """Every link within the page has its target."""
    dangling = open_page(path).page.eval_on_selector_all(
        "a[href^='#']",
        "all => all.map(a => a.hash.slice(1)).filter(id => !document.getElementById(id))",
    )

    assert dangling == []


def test_all_text_is_set_in_the_embedded_font(open_page: Opener, path: Path) -> None:
    """Not one character falls back to a font of the machine."""
    page = open_page(path).page
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send(
        "DOM.querySelectorAll", {"nodeId": root, "selector": "body, body :not(:empty)"}
    )
    fonts = [
        font
        for node in found["nodeIds"]
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    ]

    assert {font["isCustomFont"] for font in fonts} == {True}
    assert len(fonts) > 50


@pytest.mark.parametrize("width", [1280, 360])
def test_a_made_up_page_says_so_at_first_sight(
    open_page: Opener, ledger_report: Path, width: int
) -> None:
    """The notice stands between title and key figures, in red, on the first screen and sheet."""
    page = open_page(ledger_report, width, 640).page
    notice = page.locator(".zs-head blockquote")
    box = notice.bounding_box()
    tops = page.eval_on_selector_all(
        "h1, .zs-head blockquote, .zs-keyfigures, .zs-toc",
        "all => all.map(part => part.getBoundingClientRect().top)",
    )

    assert notice.inner_text() == "本页由合成数据生成，仅供试用，不是真实情况。"
    assert box["y"] + box["height"] < 640
    assert (len(tops), tops) == (4, sorted(tops))
    assert notice.locator("strong").evaluate("text => getComputedStyle(text).color") == (
        "rgb(155, 28, 28)"
    )


def test_the_tables_of_a_ledger_fit_a_phone(open_page: Opener, ledger_report: Path) -> None:
    """Their headers break, so that nobody has to scroll sideways through 56 rows."""
    fits = open_page(ledger_report, 360).page.eval_on_selector_all(
        ".zs-table-wrap",
        "all => all.filter(wrap => /投稿去向|逐月投稿/.test(wrap.ariaLabel))"
        ".map(wrap => wrap.scrollWidth == wrap.clientWidth)",
    )

    assert fits == [True] * 4


def test_figures_stand_below_each_other(open_page: Opener, ledger_report: Path) -> None:
    """In every table each column of figures, its header and its total end on one line."""
    edges = open_page(ledger_report).page.eval_on_selector_all(
        ".zs-table",
        """all => all.flatMap(table => {
            const columns = {};
            for (const cell of table.querySelectorAll('tr > .num'))
                (columns[cell.cellIndex] ??= new Set()).add(
                    getComputedStyle(cell).textAlign
                    + cell.getBoundingClientRect().right.toFixed(1));
            return Object.values(columns).map(column => [...column]);
        })""",
    )

    assert len(edges) > 30
    assert all(len(ends) == 1 and ends[0].startswith("right") for ends in edges)


@pytest.mark.parametrize("made", ["report", "ledger"])
def test_small_print_is_read_on_a_phone(
    open_page: Opener, request: pytest.FixtureRequest, made: str
) -> None:
    """No text of the report, charts included, is drawn smaller than 9 px at 360 px."""
    path = REPORT if made == "report" else request.getfixturevalue("ledger_report")
    sizes = open_page(path, 360).page.evaluate(
        """() => [...document.querySelectorAll('p,td,th,dt,dd,li,figcaption,svg text')]
        .filter(text => text.textContent.trim() && text.getClientRects().length)
        .map(text => parseFloat(getComputedStyle(text).fontSize)
            * (text.ownerSVGElement
               ? text.ownerSVGElement.getBoundingClientRect().width
                 / text.ownerSVGElement.viewBox.baseVal.width : 1))"""
    )

    assert min(sizes) >= 9


# In print.


def streams(pdf: bytes) -> bytes:
    """The PDF with what it compresses laid open, as far as it opens."""
    parts = [pdf]
    for match in re.finditer(rb"stream\r?\n", pdf):
        unpacker = zlib.decompressobj()
        try:
            parts.append(unpacker.decompress(pdf[match.end() :]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def test_it_prints_on_a4(open_page: Opener, path: Path) -> None:
    """Every sheet is 210 × 297 mm."""
    pdf = streams(open_page(path).page.pdf(prefer_css_page_size=True))
    boxes = set(re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf))
    sizes = {tuple(round(float(point) / 72 * 25.4) for point in box.split()) for box in boxes}

    assert sizes == {(0, 0, 210, 297)}


def sheets(page: Any) -> int:
    pdf = page.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_table_headers_repeat_in_print(
    open_page: Opener, build: Callable[..., Submissions], tmp_path: Path
) -> None:
    """A header takes room on every sheet of a long table, not only on the first one."""
    now = build({"镇办": {f"{number}镇": (1, 0, 2) for number in range(200)}})
    cells = [new_markdown_cell("# 题"), shown(tables.annex_table(now, "镇办")._repr_html_())]
    path = tmp_path / "long.html"
    html, _ = ZhashuiHTMLExporter().from_notebook_node(new_notebook(cells=cells))
    path.write_text(html, encoding="utf-8")
    page = open_page(path).page
    page.add_style_tag(content="thead th { height: 45mm }")
    repeated = sheets(page)
    page.add_style_tag(content="thead { display: table-row-group !important }")

    assert repeated > sheets(page) > 4


def test_rows_charts_and_headings_stay_together_in_print(open_page: Opener, path: Path) -> None:
    """The print rules that keep rows and charts whole and headings with their text are in force."""
    page = open_page(path).page
    page.emulate_media(media="print")
    styles = page.evaluate(
        """() => [['tbody tr', 'breakInside'], ['.zs-figure:not(.zs-long)', 'breakInside'],
                  ['figcaption', 'breakBefore'], ['h2', 'breakAfter'],
                  ['.zs-table-wrap', 'overflowX']]
        .map(([selector, key]) => getComputedStyle(document.querySelector(selector))[key])"""
    )

    assert styles == ["avoid", "avoid", "avoid", "avoid", "visible"]


def test_no_chart_is_taller_than_a_sheet(open_page: Opener, path: Path) -> None:
    """A chart and its caption fit between the margins, and so does each strip of a long one."""
    page = open_page(path, width=590).page
    page.emulate_media(media="print")
    tallest = max(
        page.eval_on_selector_all(
            "figure:not(.zs-long), .zs-long svg",
            "all => all.map(f => f.getBoundingClientRect().height)",
        )
    )

    assert tallest <= 225 / 25.4 * 96


def test_a_long_chart_is_one_drawing_on_screen(open_page: Opener, path: Path) -> None:
    """Its strips stand one below the other without a gap, all of one width."""
    for width in (360, 1280):
        boxes = open_page(path, width=width).page.eval_on_selector_all(
            ".zs-long svg",
            "all => all.map(s => s.getBoundingClientRect())"
            ".map(b => [b.left, b.top, b.right, b.bottom])",
        )

        assert len(boxes) > 2
        for (left, _, right, bottom), (left_below, top_below, right_below, _) in pairwise(boxes):
            assert (left, right) == (left_below, right_below)
            assert abs(bottom - top_below) < 0.02
