"""What charts of rows are drawn with: axes in inches, labels that fit, counts, a legend.

All charts are as wide as the page; text keeps its size however much is drawn.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, cycle, repeat

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch

from zhashui_stats.page.figure import SvgAxes, canvas_of
from zhashui_stats.page.style import COLOURS, FONT_SIZE, MUTED, apply_font, chart_style

__all__ = [
    "CHART_WIDTH",
    "COUNT_MARGIN",
    "HATCH",
    "ROW_HEIGHT",
    "axes_width",
    "draw_legend",
    "draw_notice",
    "hide_ticks",
    "label_margin",
    "legend_height",
    "name_rows",
    "new_axes",
    "shorten_label",
    "text_width",
    "write_at",
    "write_counts",
]

CHART_WIDTH = 5.2
"""Inches: at the width of a phone its text is still read."""

COUNT_MARGIN = 0.5
"""Inches: room at the right for a count at the end of its bar."""

ROW_HEIGHT = 0.215
"""Inches: one row of bars, and one of a legend."""

HATCH = "/////"
"""Of what is taken off rather than added."""

_LONGEST_LABEL = 14  # characters of a unit's name beside its bar
_LEGEND_WIDTH = 27  # ems, of all entries that stand side by side
_LEGEND_KEY = 2.3  # ems: the patch of colour before an entry, and the room behind it


# --- Axes ---------------------------------------------------------------------------------------


def new_axes(
    height: float,
    left: float,
    *,
    top: float,
    bottom: float = 0.07,
    right: float = COUNT_MARGIN,
) -> Axes:
    """Make axes of a height, with margins around them, all in inches."""
    whole = height + top + bottom
    box = (left / CHART_WIDTH, bottom / whole, 1 - (left + right) / CHART_WIDTH, height / whole)
    axes = Canvas(figsize=(CHART_WIDTH, whole)).add_axes(box, axes_class=SvgAxes)
    assert isinstance(axes, SvgAxes)
    return axes


def axes_width(ax: Axes) -> float:
    """Return the width of axes in inches, whoever made them."""
    return ax.get_window_extent().width / canvas_of(ax).dpi


def name_rows(ax: Axes, labels: Sequence[str]) -> None:
    """Name the rows from top to bottom; the values stand at the bars, so no scale is drawn."""
    ax.set_yticks(range(len(labels)), labels=[shorten_label(label) for label in labels])
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_xticks([])
    hide_ticks(ax)
    ax.spines["bottom"].set_visible(False)


def hide_ticks(ax: Axes) -> None:
    """Leave out the marks and the frame that no reader needs."""
    ax.tick_params(length=0)
    ax.spines[["top", "right"]].set_visible(False)


# --- Text ---------------------------------------------------------------------------------------


def write_counts(ax: Axes, places: Iterable[float], counts: Iterable[float]) -> None:
    """Write each count (篇) at the end of its bar."""
    counts = tuple(counts)
    write_at(ax, places, counts, map(str, counts))


def write_at(
    ax: Axes, places: Iterable[float], ends: Iterable[float], texts: Iterable[str]
) -> None:
    """Write a text at the end of each bar."""
    for place, end, text in zip(places, ends, texts, strict=True):
        ax.annotate(text, (end, place), (4, 0), textcoords="offset points", va="center_baseline")


def draw_notice(ax: Axes | None, notice: str) -> Axes:
    """Draw a sentence where there is nothing to draw."""
    with chart_style():
        ax = ax or new_axes(0.6, 0.1, top=0.1)
        ax.text(0.5, 0.5, notice, ha="center", va="center", color=MUTED, transform=ax.transAxes)
        ax.set_axis_off()
    return apply_font(ax)


def label_margin(labels: Iterable[str]) -> float:
    """Return the room (inches) that the longest label takes, line by line."""
    lines = (line for label in labels for line in shorten_label(label).split("\n"))
    return max(map(text_width, lines), default=0) + 0.12


def text_width(text: str) -> float:
    """Return about how wide a text is, in inches.

    >>> round(text_width("篇数"), 2)
    0.29
    """
    return _ems(text) * FONT_SIZE / 72


def shorten_label(label: str) -> str:
    """Cut a label that would leave no room for what it labels."""
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _ems(text: str) -> float:
    """Return about how wide a text is, in ems: Chinese takes one, Latin 0.6."""
    return sum(1.0 if ord(character) > 0x2000 else 0.6 for character in text)


# --- Legend -------------------------------------------------------------------------------------


def draw_legend(
    ax: Axes,
    labels: Sequence[str],
    colours: Sequence[str] = COLOURS,
    *,
    hatched: Iterable[bool] = (),
) -> None:
    """Draw the legend above the axes, in as many columns as fit.

    Args:
        ax: Where.
        labels: What is told apart.
        colours: What of, in the same order; they come round.
        hatched: Which of them are hatched in their colour rather than filled.
    """
    handles = [
        Patch(facecolor="white", edgecolor=colour, hatch=HATCH, label=shorten_label(label))
        if is_hatched
        else Patch(color=colour, label=shorten_label(label))
        for label, colour, is_hatched in zip(
            labels, cycle(colours), chain(hatched, repeat(False)), strict=False
        )
    ]
    ax.legend(
        handles=handles, ncols=_legend_columns(labels), loc="lower left", bbox_to_anchor=(0, 1),
        frameon=False, borderpad=0, borderaxespad=0.4, handlelength=1, handleheight=1,
        columnspacing=1.2, handletextpad=0.5, labelspacing=0.3,
    )  # fmt: skip


def legend_height(labels: Sequence[str]) -> float:
    """Return the room (inches) that a legend takes."""
    return 0.12 + ROW_HEIGHT * -(-len(labels) // _legend_columns(labels))


def _legend_columns(labels: Sequence[str]) -> int:
    """Return how many entries of a legend stand side by side."""
    entry = max(_ems(shorten_label(label)) for label in labels) + _LEGEND_KEY
    return max(1, min(len(labels), int(_LEGEND_WIDTH // entry)))
