"""How charts are drawn and get onto the page: axes, colours, legends, type, SVG.

Colours are told apart by colour-blind readers and in black-and-white print.
"""

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import cycle

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.typing import RcKeyType

from zhashui_stats.page import fonts
from zhashui_stats.page.svg import cut, inline

__all__ = [
    "COLOURS",
    "MUTED",
    "PERIOD_COLOURS",
    "RIGHT",
    "ROW",
    "RULE",
    "SIZE",
    "STROKES",
    "WIDTH",
    "Figure",
    "apply_font",
    "axes_width",
    "chart_style",
    "draw_legend",
    "draw_notice",
    "ems",
    "figure",
    "hide_ticks",
    "legend_height",
    "margin",
    "name_rows",
    "new_axes",
    "readable_on",
    "shorten",
    "write_counts",
]

WIDTH = 5.2  # inches: at the width of a phone its text is still read
RIGHT = 0.5  # inches: room for a count at the end of its bar
ROW = 0.215  # inches: one row of bars
SIZE = 10.5  # points
_STRIP = 7  # rows that stay together where a chart of many rows goes on on the next page
_LONGEST = 14  # characters of a unit's name beside its bar
_INK, MUTED, RULE = "#222222", "#595959", "#8c8c8c"
COLOURS = ("#14294a", "#c0503c", "#93a5b8", "#5b7f6b", "#c9a35b", "#5d4a66")
PERIOD_COLOURS = ("#14294a", "#6f87a0", "#b4c1ce")  # now, just before, a year before
STROKES = ("-", "--", ":", "-.")
_STYLE: dict[RcKeyType, object] = {
    "font.size": SIZE,
    "text.parse_math": False,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": RULE,
    "xtick.color": MUTED,
    "ytick.color": _INK,
    "svg.hashsalt": "zhashui",
}


_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


class _Axes(Axes):
    """Axes that show themselves in JupyterLab, without a backend and on any machine."""

    def _repr_svg_(self) -> str:
        return _svg(self, "path")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as the page shows it.

    Attributes:
        axes: What is drawn.
        caption: The line below it (plain text).
        alt: What it shows, for those who do not see it (plain text).
    """

    axes: Axes
    caption: str
    alt: str

    def _repr_html_(self) -> str:
        fonts.check(self.caption + self.alt)
        places = _cuts(self.axes)
        drawing = cut(inline(_svg(self.axes, "none"), self.alt), places)
        return (
            f'<figure class="zs-figure{" zs-long" if places else ""}">{drawing}'
            f"<figcaption>{escape(self.caption, quote=False)}</figcaption></figure>"
        )


def figure(ax: Axes, *, caption: str, alt: str) -> Figure:
    """Join a chart, its caption and its text alternative."""
    return Figure(ax, caption, alt)


# How it is drawn.


@contextmanager
def chart_style() -> Iterator[None]:
    """Draw by our own settings on matplotlib's defaults: a user's matplotlibrc has no say."""
    with mpl.rc_context():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", mpl.MatplotlibDeprecationWarning)
            mpl.rcParams.update(
                {key: one for key, one in mpl.rcParamsDefault.items() if key != "backend"}
            )
        mpl.rcParams.update({**_STYLE, "font.family": [fonts.register()]})
        yield


def new_axes(
    height: float,
    left: float,
    *,
    top: float,
    bottom: float = 0.07,
    right: float = RIGHT,
) -> Axes:
    """Make axes of their own, all in inches: text keeps its size however much is drawn."""
    whole = height + top + bottom
    box = (left / WIDTH, bottom / whole, 1 - (left + right) / WIDTH, height / whole)
    axes = Canvas(figsize=(WIDTH, whole)).add_axes(box, axes_class=_Axes)
    assert isinstance(axes, _Axes)
    return axes


def margin(labels: Iterable[str]) -> float:
    """Return the room (inches) that the longest label takes, line by line."""
    lines = (line for label in labels for line in shorten(label).split("\n"))
    return max(map(ems, lines), default=0) * SIZE / 72 + 0.12


def ems(text: str) -> float:
    """Return about how wide a text is, in ems: Chinese takes one, Latin 0.6."""
    return sum(1.0 if ord(one) > 0x2000 else 0.6 for one in text)


def shorten(label: str) -> str:
    """Cut a label that would leave no room for what it labels."""
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def draw_notice(ax: Axes | None, notice: str) -> Axes:
    """Draw a sentence where there is nothing to draw."""
    with chart_style():
        ax = ax or new_axes(0.6, 0.1, top=0.1)
        ax.text(0.5, 0.5, notice, ha="center", va="center", color=MUTED, transform=ax.transAxes)
        ax.set_axis_off()
    return apply_font(ax)


def write_counts(ax: Axes, places: Iterable[float], counts: Iterable[int]) -> None:
    """Write each count (篇) at the end of its bar."""
    for place, n in zip(places, counts, strict=True):
        ax.annotate(str(n), (n, place), (4, 0), textcoords="offset points", va="center_baseline")


def name_rows(ax: Axes, labels: Sequence[str]) -> None:
    """Name the rows from top to bottom; the values stand at the bars, so no scale is drawn."""
    ax.set_yticks(range(len(labels)), labels=[shorten(label) for label in labels])
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_xticks([])
    hide_ticks(ax)
    ax.spines["bottom"].set_visible(False)


def axes_width(ax: Axes) -> float:
    """Return the width of axes in inches, whoever made them."""
    canvas = ax.get_figure(root=True)
    assert canvas is not None
    return ax.get_window_extent().width / canvas.dpi


def hide_ticks(ax: Axes) -> None:
    """Leave out the marks and the frame that no reader needs."""
    ax.tick_params(length=0)
    ax.spines[["top", "right"]].set_visible(False)


def draw_legend(ax: Axes, labels: Sequence[str], colours: Sequence[str] = COLOURS) -> None:
    """Draw the legend above the axes, in as many columns as fit."""
    handles = [
        Patch(color=colour, label=shorten(label))
        for label, colour in zip(labels, cycle(colours), strict=False)
    ]
    ax.legend(
        handles=handles, ncols=_columns(labels), loc="lower left", bbox_to_anchor=(0, 1),
        frameon=False, borderpad=0, borderaxespad=0.4, handlelength=1, handleheight=1,
        columnspacing=1.2, handletextpad=0.5, labelspacing=0.3,
    )  # fmt: skip


def _columns(labels: Sequence[str]) -> int:
    """Return how many entries of a legend stand side by side."""
    return max(1, min(len(labels), int(27 // (max(map(ems, map(shorten, labels))) + 2.3))))


def legend_height(labels: Sequence[str]) -> float:
    """Return the room (inches) that a legend takes."""
    return 0.12 + 0.215 * -(-len(labels) // _columns(labels))


def readable_on(colour: str) -> str:
    """Choose white or ink for text on a colour, whichever is told better."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return _INK if 0.299 * red + 0.587 * green + 0.114 * blue > 128 else "white"


def apply_font(ax: Axes) -> Axes:
    """Set every text in the Chinese font, also on axes that somebody else made."""
    for text in ax.findobj(Text):
        text.set_fontfamily(fonts.register())
        text.set_parse_math(False)
    return ax


# How it gets onto the page.


def _cuts(ax: Axes) -> list[float]:
    """Return where, in points from the top, a page may end within a chart of many rows."""
    canvas, rows = ax.get_figure(root=True), len(ax.get_yticklabels())
    if canvas is None or rows < 3 * _STRIP or ax.get_xticks().size:
        return []
    scale, parts = 72 / canvas.dpi, rows // _STRIP
    return [
        scale * (canvas.bbox.height - ax.transData.transform((0, rows * part // parts - 0.5))[1])
        for part in range(1, parts)
    ]


def _svg(ax: Axes, font_type: str) -> str:
    """Save the figure of the axes as SVG: the same bytes for the same drawing.

    Raises:
        MissingGlyph: A text has a character that the font lacks.
    """
    canvas = ax.get_figure(root=True)
    assert canvas is not None
    with chart_style(), mpl.rc_context({"svg.fonttype": font_type}), warnings.catch_warnings():
        warnings.simplefilter("error")
        apply_font(ax)
        fonts.check("".join(text.get_text() for text in ax.findobj(Text)))
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata=_NO_METADATA, transparent=True)
    return out.getvalue()
