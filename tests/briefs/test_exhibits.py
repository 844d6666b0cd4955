"""What stands beside a brief's sentences."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from conftest import Builder

from briefs.subject import brief_of
from zhashui_stats.briefs.brief import Brief
from zhashui_stats.briefs.exhibits import show_standing
from zhashui_stats.model.submissions import Submissions

HOSTILE = "<script>alert(1)</script>&$x^2$"


def test_the_same_brief_gives_the_same_drawing(h1: Submissions) -> None:
    """Byte for byte, and well-formed."""
    first, second = (show_standing(brief_of("财政局", h1))._repr_html_() for _ in range(2))

    assert first == second
    assert "svg" == ET.fromstring(first[first.index("<svg") : first.index("</svg>") + 6]).tag


def test_hostile_names_stay_text(build: Builder) -> None:
    """Markup in a name is text in the drawing, in its caption and in its alternative."""
    now = build({HOSTILE: {HOSTILE: (1, 0, 0), "乙": (0, 0, 0)}})
    html = show_standing(brief_of("", now))._repr_html_()

    assert "<script" not in html
    assert "&lt;script" in html


def shown(brief: Brief) -> tuple[int, int]:
    html = show_standing(brief)._repr_html_()
    return html.count("<svg"), html.count("<table")


def test_what_stands_beside_what(h1: Submissions, build: Builder) -> None:
    """A chart and one table; with earlier periods two tables; alone, or with nothing, no chart."""
    empty = build({"镇办": {"甲镇": (0, 0, 0), "乙镇": (0, 0, 0)}})
    alone = [build({"镇办": {"甲镇": (1, 0, 0)}}, period) for period in ("2022H1", "2021H2")]

    assert (1, 1) == shown(brief_of("", h1))
    assert (1, 2) == shown(brief_of("", h1, replace(h1, period=h1.period.previous)))
    assert (0, 1) == shown(brief_of("", empty))
    assert (0, 1) == shown(brief_of("", *alone))
    assert (0, 0) == shown(brief_of("", alone[0]))


def test_nothing_to_show_leaves_no_frame(build: Builder) -> None:
    """Exhibits that show nothing take no room."""
    alone = brief_of("", build({"镇办": {"甲镇": (1, 0, 0)}}))

    assert "" == show_standing(alone)._repr_html_()
