"""What charts and tables show, read back; and every chart of a period, drawn and told."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

from zhashui_stats.comparison import History
from zhashui_stats.page import charts, descriptions
from zhashui_stats.page.figure import Figure
from zhashui_stats.publish.safe_html import is_harmless

Builder = Callable[..., Any]  # what a chart may lack, such as a legend, is there in these tests
HOSTILE = "<script>alert(1)</script>&$x^2$"


def cells(html: str) -> list[list[str]]:
    """Read the rows of tables back as text."""
    rows = ET.fromstring(f"<x>{html}</x>").iter("tr")
    return [["".join(cell.itertext()) for cell in row] for row in rows]


def html(chart: Any, caption: str = "图", alt: str = "一幅图") -> str:
    """Render a chart as the page shows it: harmless, so that publishing leaves it as it is."""
    page = str(Figure(chart, caption=caption, alt=alt)._repr_html_())
    assert is_harmless(page)
    return page


def svg(chart: Any, alt: str = "一幅图") -> ET.Element:
    """Return a chart's drawing; of a long one, the first strip."""
    page = html(chart, alt=alt)
    return ET.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])


def texts(chart: Any) -> list[str]:
    """Return what is written in a chart."""
    return [text.text or "" for text in svg(chart).iter("text")]


def every_chart(now: Any, *earlier: Any) -> list[Any]:
    """Draw every chart of counts."""
    history = History([now, *earlier])
    return [
        charts.plot_ranking(now), charts.plot_composition(now), charts.plot_concentration(now),
        charts.plot_changes(history), charts.plot_trend(history),
    ]  # fmt: skip


def every_text(now: Any, *earlier: Any) -> list[str]:
    """Tell every chart of counts, in the same order."""
    history = History([now, *earlier])
    return [
        descriptions.describe_ranking(now), descriptions.describe_composition(now),
        descriptions.describe_concentration(now), descriptions.describe_changes(history),
        descriptions.describe_history(history),
    ]  # fmt: skip
