"""How a chart gets onto the page: bare, with its caption, the same each time."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT

from page.shown import HOSTILE, Builder, every_chart, every_text, html, svg, texts
from zhashui_stats.errors import MissingGlyph
from zhashui_stats.page import charts, descriptions


def test_axes_show_themselves(small: Any) -> None:
    """In JupyterLab a plot is seen without a further call, also with a title of one's own."""
    ax = charts.plot_ranking(small)
    ax.set_title("标题 $x$")
    shown = ax._repr_svg_()

    assert shown.startswith("<?xml")
    assert "<path" in shown


def shapes(build: Builder) -> list[Any]:
    """The odd periods: nothing, one unit, one category, ties, long and hostile names, many."""
    many = tuple(f"类别{n}" for n in range(8))
    return [
        build({"镇办": {"甲": (0, 0, 0)}, "部门": {"乙": (0, 0, 0)}}),
        build({"镇办": {"甲": (1, 0, 0)}}),
        build({"镇办": {"甲": (4,)}}, categories=("政务公开",)),
        build({"镇办": {f"{n}镇": (2, 2, 2) for n in range(9)}}),
        build({"镇办": {"很长的单位名称" * 6: (3, 0, 1)}}),
        build({HOSTILE: {HOSTILE + "甲": (3, 1, 100000)}}, categories=("a<b>", "$c$", "d&e")),
        build({"部门": {f"单位{n}": (n % 5, 0, n) for n in range(200)}}),
        build({"部门": {"甲": tuple(range(8))}}, categories=many),
        build({f"组{n}": {f"{n}局": (1, 0, n)} for n in range(6)}),
    ]


@pytest.mark.parametrize("number", range(9))
def test_odd_periods_are_drawn_without_a_warning(build: Builder, number: int) -> None:
    """Every chart of every shape of data renders, stays within its frame, and is told."""
    now = shapes(build)[number]
    for chart, text in zip(every_chart(now), every_text(now), strict=True):
        drawing = svg(chart, text)
        canvas = chart.get_figure(root=True)
        box = chart.get_tightbbox()

        assert drawing.attrib["aria-label"] == text
        assert "nan" not in html(chart)
        assert box.x0 >= -1
        assert box.x1 <= canvas.bbox.width + 1
        assert box.y1 <= canvas.bbox.height + 1


def test_hostile_names_are_text(build: Builder) -> None:
    """Markup in names is neither markup nor mathematics on the page."""
    now = build({"镇办": {HOSTILE: (1, 0, 0)}}, categories=("<b>", "$c_1$", "d"))
    page = html(charts.plot_ranking(now), HOSTILE, descriptions.describe_ranking(now) + '"')
    tags: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
            tags.add(tag)

    Reader().feed(page)

    assert tags <= {"figure", "svg", "g", "path", "text", "figcaption"}
    assert "$c_1$" in texts(charts.plot_ranking(now))


def test_the_figure_has_caption_and_alternative(small: Any) -> None:
    """A chart is an image with a name, and a caption below it."""
    page = html(charts.plot_ranking(small), "图1　排名", "甲最多")

    assert re.match(r'<figure class="zs-figure"><svg viewBox="[0-9. ]+" width="499" ', page)
    assert 'role="img" aria-label="甲最多">' in page
    assert page.endswith("</svg><figcaption>图1　排名</figcaption></figure>")


def test_the_drawing_is_bare(small: Any) -> None:
    """No prolog, style sheet, date, fixed font or idle id; text stays text."""
    for chart in every_chart(small):
        page = html(chart)

        assert not re.search(r"<\?xml|<!DOCTYPE|<style|<metadata|xmlns|font-family| id=", page)
        assert "<text" in page


def test_a_long_chart_may_go_on_on_the_next_page(build: Builder) -> None:
    """Strips of whole rows show one drawing between them: told once, nothing lost or doubled."""
    chart = charts.plot_ranking(build({"部门": {f"单位{n}": (n, 0, 0) for n in range(1, 31)}}))
    page = html(chart, "图", "甲最多")
    strips = list(ET.fromstring(page).iter("svg"))
    boxes = [[float(edge) for edge in strip.attrib["viewBox"].split()] for strip in strips]
    names = [text for text in strips[0].iter("text") if "单位" in (text.text or "")]
    rows = [float(name.attrib["y"]) for name in names]

    assert page.startswith('<figure class="zs-figure zs-long"><svg ')
    assert [strip.get("aria-label") for strip in strips] == ["甲最多", None, None, None]
    assert [strip.get("aria-hidden") for strip in strips] == [None, "true", "true", "true"]
    assert {use.attrib["href"] for use in ET.fromstring(page).iter("use")} == {
        f"#{strips[0][0].attrib['id']}"
    }
    for (_, top, _, height), (_, below, _, _) in pairwise(boxes):
        assert top + height == pytest.approx(below, abs=0.02)
    ends = [top + height for _, top, _, height in boxes]
    assert [sum(row < end for row in rows) for end in ends] == [7, 15, 22, 30]


@pytest.mark.parametrize(("units", "strips"), [(20, 1), (21, 3), (45, 6)])
def test_only_a_long_chart_is_divided(build: Builder, units: int, strips: int) -> None:
    """What fits into half a page stays in one piece."""
    chart = charts.plot_ranking(build({"部门": {f"单位{n}": (1, 0, 0) for n in range(units)}}))

    assert html(chart).count("<svg") == strips


def test_ids_that_are_needed_belong_to_one_chart(small: Any) -> None:
    """Two clipped charts on one page do not take each other's clip paths."""
    pages = []
    for limit in (1, 2):
        ax = charts.plot_ranking(small)
        ax.plot([0, limit], [0, 1])
        pages.append(html(ax))
    ids = [set(re.findall(r' id="([^"]+)"', page)) for page in pages]

    assert all(ids)
    assert not ids[0] & ids[1]
    for page, own in zip(pages, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", page)) <= own


def test_the_same_data_give_the_same_bytes(h1: Any) -> None:
    """Twice in one process, and once more in another one with another hash seed."""
    code = (
        "from pathlib import Path; from zhashui_stats.loading import load;"
        "from zhashui_stats.page import charts; import sys;"
        "from zhashui_stats.page.figure import Figure;"
        "h1 = load('2022H1', Path('data'));"
        "page = Figure(charts.plot_concentration(h1), caption='图', alt='一幅图')._repr_html_();"
        "sys.stdout.buffer.write(page.encode())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT
    )  # fmt: skip

    assert other.stdout.decode() == html(charts.plot_concentration(h1))
    assert html(charts.plot_ranking(h1)) == html(charts.plot_ranking(h1))


@pytest.mark.parametrize("where", ["name", "caption", "alt"])
def test_a_missing_glyph_fails_the_chart(build: Builder, where: str) -> None:
    """Neither the drawing nor its texts come out with a character that the font lacks."""
    now = build({"镇办": {"甲😀" if where == "name" else "甲": (1, 0, 0)}})
    with pytest.raises(MissingGlyph, match=r"U\+1F600"):
        html(
            charts.plot_ranking(now),
            "图😀" if where == "caption" else "图",
            "😀" if where == "alt" else "图",
        )
