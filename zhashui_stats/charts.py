"""Charts, and how they get onto the page.

``plot_*`` draws onto axes and returns them, and ``figure`` joins them with a caption and a text
alternative (see ``descriptions``) into what the page shows. Colours are told apart by colour-blind
readers and in black-and-white print, and every value that matters is written out.
"""

import io
import math
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import accumulate, cycle

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.transforms import blended_transform_factory
from matplotlib.typing import RcKeyType

from zhashui_stats import fonts
from zhashui_stats.aggregate import gini, ranked
from zhashui_stats.brief import Brief
from zhashui_stats.compare import History
from zhashui_stats.phrases import say_decimal, say_percent
from zhashui_stats.selection import (
    category_shares,
    drawn_units,
    groups_of_several,
    labelled_parts,
    months_by_group,
    say_undrawn,
    standing_rows,
)
from zhashui_stats.standing import Standing
from zhashui_stats.submissions import Submissions
from zhashui_stats.svg import cut, inline

__all__ = [
    "Figure",
    "figure",
    "plot_changes",
    "plot_composition",
    "plot_concentration",
    "plot_history",
    "plot_months",
    "plot_ranking",
    "plot_standing",
]

_WIDTH = 5.2  # inches: at the width of a phone its text is still read
_RIGHT = 0.5  # inches: room for a count at the end of its bar
_ROW = 0.215  # inches: one row of bars
_SIZE = 10.5  # points
_STRIP = 7  # rows that stay together where a chart of many rows goes on on the next page
_LONGEST = 14  # characters of a unit's name beside its bar

_INK, _MUTED, _RULE = "#222222", "#595959", "#8c8c8c"
_COLOURS = ("#14294a", "#c0503c", "#93a5b8", "#5b7f6b", "#c9a35b", "#5d4a66")
_PERIODS = ("#14294a", "#6f87a0", "#b4c1ce")  # now, just before, a year before
_STROKES = ("-", "--", ":", "-.")
_OTHERS = "#aab6c2"  # dots beside which the one that matters is dark
_MIDDLE = "#c0503c"
_STANDING = 0.36  # inches: one row of dots, and the number below it
_DOT, _LARGEST_DOT = 5.0, 21.0  # points: for one unit, and for as many as share a count

_STYLE: dict[RcKeyType, object] = {
    "font.size": _SIZE,
    "text.parse_math": False,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _RULE,
    "xtick.color": _MUTED,
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


def plot_ranking(now: Submissions, ax: Axes | None = None) -> Axes:
    """Draw the units that sent anything, best first, each bar stacked by category (篇)."""
    units = drawn_units(now)
    if not units:
        return _draw_nothing(ax, f"{now.period.label}没有稿件被采用")
    counts = [[now.count(unit, one.id) for one in now.county.categories] for unit in units]
    return _draw_stacks(ax, units, counts, _categories(now), say_undrawn(now))


def plot_composition(now: Submissions, ax: Axes | None = None) -> Axes:
    """Draw each group's submissions as one bar divided by category (篇 and %)."""
    parts = labelled_parts(now)
    with _style():
        room = _WIDTH - _margin(parts) - _RIGHT if ax is None else _width(ax)
        notes = [_outside(part, room) for part in parts.values()]
        depth = 0.2 + 0.19 * max(1, *(_wrap(note, room).count("\n") + 1 for note in notes))
        pitch = depth + 0.2
        height = pitch * (len(parts) - 1) + depth + 0.24
        ax = ax or _axes(height, _margin(parts), top=_top(_categories(now)))
        for row, (part, note) in enumerate(zip(parts.values(), notes, strict=True)):
            _draw_shares(ax, row, part, room, 0.31 / pitch)
            _write_below(ax, row, note, room, pitch)
        _set_rows(ax, list(parts))
        ax.set(xlim=(0, 100), ylim=(len(parts) - 1 + depth / pitch, -0.24 / pitch))
        _legend(ax, _categories(now))
    return _dress(ax)


def plot_concentration(now: Submissions, ax: Axes | None = None) -> Axes:
    """Draw the Lorenz curve of each group: the share of 篇 (%) against that of units (%).

    A group of one unit has none: it is neither even nor uneven.
    """
    with _style():
        ax = ax or _axes(3.3, 0.95, top=0.15, bottom=0.6, right=0.95)
        ax.plot([0, 100], [0, 100], color=_RULE, linewidth=0.8, label="各单位一样多", clip_on=False)
        for part, colour, stroke in zip(groups_of_several(now), cycle(_COLOURS), cycle(_STROKES)):
            if (value := gini(part)) is not None:
                label = f"{_shorten(part.groups[0].label)}（基尼系数{say_decimal(value, 2)}）"
                ax.plot(
                    *_lorenz(part), color=colour, linestyle=stroke, linewidth=1.8, label=label,
                    clip_on=False,
                )  # fmt: skip
        ax.set(xlim=(0, 100), ylim=(0, 100), aspect="equal")
        ax.set_xlabel("单位累计占比（%），由少到多")
        ax.set_ylabel(f"{now.county.measure}数累计占比（%）")
        ax.legend(loc="upper left", frameon=False, handlelength=2.6)
        _quiet(ax)
    return _dress(ax)


def plot_changes(history: History, ax: Axes | None = None) -> Axes:
    """Draw each category's total (篇) beside those of the period before and of a year before."""
    periods = _compared(history)
    labels, legend = [*_categories(history.now), "合计"], [one.period.label for one in periods]
    ids = [*(one.id for one in history.now.county.categories), None]
    thickness = 0.8 / len(periods)
    with _style():
        height = len(labels) * (_ROW * len(periods) + 0.12)
        most = max(1, *(one.total() for one in periods))
        ax = ax or _axes(height, _margin(labels), top=_top(legend), right=_margin([str(most)]))
        for number, (one, colour) in enumerate(zip(periods, _PERIODS, strict=False)):
            offset = (number - (len(periods) - 1) / 2) * thickness
            places = [row + offset for row in range(len(ids))]
            counts = [one.total(category) for category in ids]
            ax.barh(places, counts, thickness * 0.86, color=colour, clip_on=False)
            _write_counts(ax, places, counts)
        _set_rows(ax, labels)
        ax.set_xlim(0, most)
        _legend(ax, legend, _PERIODS)
    return _dress(ax)


def plot_history(history: History, ax: Axes | None = None) -> Axes:
    """Draw every period at hand, in the order of time, as one bar stacked by category (篇)."""
    names = [one.period.label for one in history.series]
    ids = [one.id for one in history.now.county.categories]
    counts = [[one.total(category) for category in ids] for one in history.series]
    return _draw_stacks(ax, names, counts, _categories(history.now))


def plot_months(now: Submissions, ax: Axes | None = None) -> Axes:
    """Draw the articles sent in (篇) in each month, stacked by group; needs 投稿日期."""
    months = months_by_group(now)
    if not any(map(sum, months.values())):
        return _draw_nothing(ax, f"{now.period.label}没有登记投稿日期的稿件")
    names = [f"{month.number}月" for month in months]
    return _draw_stacks(ax, names, list(months.values()), [one.label for one in now.groups])


def plot_standing(brief: Brief, ax: Axes | None = None) -> Axes:
    """Draw where a unit stands in its group: a row a category, a dot for each count (篇).

    A dot is as large as the units are many that share the count; the unit's own place is dark,
    with its count below, and the median a line.
    """
    rows = standing_rows(brief)
    ids = [*(one.id for one in brief.now.county.categories), None][: len(rows)]
    levels = [ranked(brief.scope, category) for category in ids]
    most = max(1, *(one.most for one in rows.values()))
    power = _dot_power(levels)
    with _style():
        right = _margin([f"最多{most}"]) + 0.1
        ax = ax or _axes(_STANDING * len(rows), _margin(rows) + 0.15, top=0.3, right=right)
        ax.set(xlim=(0, most), ylim=(len(rows) - 0.4, -0.6))
        for row, (counts, one) in enumerate(zip(levels, rows.values(), strict=True)):
            ax.plot([0, most], [row, row], color=_RULE, linewidth=0.6, zorder=1, clip_on=False)
            _draw_dots(ax, row, counts, power)
            _draw_place(ax, row, one)
            ax.annotate(
                f"最多{one.most}", (most, row), (13, 0), textcoords="offset points", va="center",
                color=_MUTED,
            )  # fmt: skip
        _set_dot_rows(ax, list(rows))
        _standing_legend(ax)
    return _dress(ax)


# What is drawn.


def _categories(now: Submissions) -> list[str]:
    return [one.label for one in now.county.categories]


def _compared(history: History) -> list[Submissions]:
    return [history.now, *(one.before for _, _, one in history.compared)]


def _lorenz(part: Submissions) -> tuple[list[float], list[float]]:
    counts = sorted(part.count(unit.name) for unit in part.units)
    units = [100 * number / len(counts) for number in range(len(counts) + 1)]
    return units, [100 * n / part.total() for n in (0, *accumulate(counts))]


# How it is drawn.


@contextmanager
def _style() -> Iterator[None]:
    """Draw by our own settings on matplotlib's defaults: a user's matplotlibrc has no say."""
    with mpl.rc_context():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", mpl.MatplotlibDeprecationWarning)
            mpl.rcParams.update(
                {key: one for key, one in mpl.rcParamsDefault.items() if key != "backend"}
            )
        mpl.rcParams.update({**_STYLE, "font.family": [fonts.register()]})
        yield


def _axes(
    height: float,
    left: float,
    *,
    top: float,
    bottom: float = 0.07,
    right: float = _RIGHT,
) -> Axes:
    """Make axes of their own, all in inches: text keeps its size however much is drawn."""
    whole = height + top + bottom
    box = (left / _WIDTH, bottom / whole, 1 - (left + right) / _WIDTH, height / whole)
    axes = Canvas(figsize=(_WIDTH, whole)).add_axes(box, axes_class=_Axes)
    assert isinstance(axes, _Axes)
    return axes


def _margin(labels: Iterable[str]) -> float:
    """Return the room (inches) that the longest label takes, line by line."""
    lines = (line for label in labels for line in _shorten(label).split("\n"))
    return max(map(_ems, lines), default=0) * _SIZE / 72 + 0.12


def _ems(text: str) -> float:
    return sum(1.0 if ord(one) > 0x2000 else 0.6 for one in text)


def _shorten(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def _draw_stacks(
    ax: Axes | None,
    names: Sequence[str],
    counts: Sequence[Sequence[int]],
    categories: list[str],
    note: str = "",
) -> Axes:
    """Draw a row of stacked bars for each name, the sum written at its end, a note below all."""
    sums = [sum(row) for row in counts]
    with _style():
        bottom = 0.3 if note else 0.07
        height, top = _ROW * len(names), _top(categories)
        right = _margin([str(max(sums))])
        ax = ax or _axes(height, _margin(names), top=top, bottom=bottom, right=right)
        for number, colour in zip(range(len(categories)), cycle(_COLOURS), strict=False):
            places = [row for row, values in enumerate(counts) if values[number]]
            ax.barh(
                places, [counts[row][number] for row in places], 0.72, clip_on=False,
                left=[sum(counts[row][:number]) for row in places],
                color=colour, edgecolor="white", linewidth=0.5,
            )  # fmt: skip
        _write_counts(ax, range(len(names)), sums)
        _set_rows(ax, names)
        ax.set_xlim(0, max(1, *sums))
        ax.set_xlabel(note, loc="left", color=_MUTED)
        _legend(ax, categories)
    return _dress(ax)


def _draw_shares(ax: Axes, row: int, part: Submissions, room: float, thickness: float) -> None:
    """Draw one bar of 100%, with what fits written in."""
    if not part.total():
        ax.text(0, row, "没有稿件被采用", va="center", color=_MUTED)
        return
    left = 0.0
    for (_, n, share), colour in zip(category_shares(part), cycle(_COLOURS), strict=False):
        if n:
            ax.barh(row, share, thickness, left, color=colour, edgecolor="white", linewidth=0.8,
                    clip_on=False)  # fmt: skip
        if text := _inside(part, n, share, room):
            middle = left + share / 2
            ax.text(middle, row, text, ha="center", va="center", color=_on(colour))
        left += share


def _inside(part: Submissions, n: int, share: float, room: float) -> str:
    """Return what is written into a share's bar; nothing where it does not fit."""
    text = f"{n}{part.county.measure} {say_percent(share)}"
    return text if (_ems(text) + 0.5) * _SIZE / 72 <= room * share / 100 else ""


def _outside(part: Submissions, room: float) -> dict[str, float]:
    """Return what is written below a bar: the shares that do not fit, with their middles (%)."""
    if not part.total():
        return {}
    notes, left = {}, 0.0
    for label, n, share in category_shares(part):
        if n and not _inside(part, n, share, room):
            text = f"{_shorten(label)}{n}{part.county.measure}（{say_percent(share)}）"
            notes[text] = left + share / 2
        left += share
    return notes


def _write_below(ax: Axes, row: int, notes: Mapping[str, float], room: float, pitch: float) -> None:
    """Write what did not fit into a bar: one share at its place, several from the left."""
    text = _wrap(notes, room)
    if len(notes) != 1:
        ax.text(0, row + 0.18 / pitch, text, va="top", color=_MUTED)
        return
    (middle,) = notes.values()
    half = 50 * _ems(text) * _SIZE / 72 / room  # % of the bar
    place = min(max(middle, half), max(half, 100 - half))
    ends = [row + 0.155 / pitch, row + 0.22 / pitch]
    ax.plot([middle, middle], ends, color=_MUTED, linewidth=0.8, clip_on=False)
    ax.text(place, row + 0.22 / pitch, text, ha="center", va="top", color=_MUTED)


def _wrap(notes: Iterable[str], room: float) -> str:
    """Set notes side by side, in as many lines as they need for the room (inches)."""
    lines = [""]
    for note in notes:
        joined = f"{lines[-1]}　{note}" if lines[-1] else note
        if lines[-1] and _ems(joined) * _SIZE / 72 > room + _RIGHT:
            lines.append(note)
        else:
            lines[-1] = joined
    return "\n".join(lines)


def _dot_power(levels: Iterable[Sequence[tuple[int, Sequence[str]]]]) -> float:
    """Return the power of the number of units by which a dot grows: in area, if rows are high.

    Where very many share a count, dots grow more slowly, so that the largest stays in its row
    and the smallest is seen.
    """
    largest = max(len(names) for counts in levels for _, names in counts)
    return 0.5 if largest == 1 else min(0.5, math.log(_LARGEST_DOT / _DOT) / math.log(largest))


def _draw_dots(
    ax: Axes, row: int, counts: Iterable[tuple[int, Sequence[str]]], power: float
) -> None:
    """Draw the counts of a row, each the larger the more units have it."""
    for count, names in counts:
        ax.plot(
            [count], [row], "o", color=_OTHERS, markersize=_DOT * len(names) ** power,
            markeredgecolor="white", markeredgewidth=0.5, zorder=2, clip_on=False,
        )  # fmt: skip


def _draw_place(ax: Axes, row: int, one: Standing) -> None:
    """Mark the median, and the unit itself with its count below."""
    middle = [row - 0.38, row]
    ax.plot([one.median] * 2, middle, color=_MIDDLE, linewidth=1.8, zorder=3, clip_on=False)
    ax.plot(
        [one.count], [row], "D", color=_COLOURS[0], markersize=6.5, markeredgecolor="white",
        markeredgewidth=0.6, zorder=4, clip_on=False,
    )  # fmt: skip
    ax.annotate(
        str(one.count), (one.count, row), (0, -3.5), textcoords="offset points", ha="center",
        va="top", color=_COLOURS[0],
    )  # fmt: skip


def _set_dot_rows(ax: Axes, labels: Sequence[str]) -> None:
    ax.set_yticks(range(len(labels)), labels=[_shorten(label) for label in labels])
    ax.tick_params(axis="y", pad=13)
    ax.set_xticks([])
    _quiet(ax)
    ax.spines[["left", "bottom"]].set_visible(False)


def _standing_legend(ax: Axes) -> None:
    kinds = (
        ("本单位", "D", 6.5, _COLOURS[0], "white"),
        ("组内单位（点越大，篇数相同的越多）", "o", 6.5, _OTHERS, "white"),
        ("中位数", "|", 10.0, _MIDDLE, _MIDDLE),
    )
    handles = [
        Line2D([], [], linestyle="", marker=marker, markersize=size, color=colour,
               markeredgecolor=edge, markeredgewidth=1.2, label=label)
        for label, marker, size, colour, edge in kinds
    ]  # fmt: skip
    canvas = ax.get_figure(root=True)
    assert canvas is not None
    ax.legend(
        handles=handles, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1),
        bbox_transform=blended_transform_factory(canvas.transFigure, ax.transAxes),
        frameon=False, borderpad=0, borderaxespad=0.2, handlelength=1, columnspacing=1.0,
        handletextpad=0.2,
    )  # fmt: skip


def _draw_nothing(ax: Axes | None, notice: str) -> Axes:
    with _style():
        ax = ax or _axes(0.6, 0.1, top=0.1)
        ax.text(0.5, 0.5, notice, ha="center", va="center", color=_MUTED, transform=ax.transAxes)
        ax.set_axis_off()
    return _dress(ax)


def _write_counts(ax: Axes, places: Iterable[float], counts: Iterable[int]) -> None:
    for place, n in zip(places, counts, strict=True):
        ax.annotate(str(n), (n, place), (4, 0), textcoords="offset points", va="center_baseline")


def _set_rows(ax: Axes, labels: Sequence[str]) -> None:
    """Name the rows from top to bottom; the values stand at the bars, so no scale is drawn."""
    ax.set_yticks(range(len(labels)), labels=[_shorten(label) for label in labels])
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_xticks([])
    _quiet(ax)
    ax.spines["bottom"].set_visible(False)


def _width(ax: Axes) -> float:
    """Return the width of axes in inches, whoever made them."""
    canvas = ax.get_figure(root=True)
    assert canvas is not None
    return ax.get_window_extent().width / canvas.dpi


def _quiet(ax: Axes) -> None:
    ax.tick_params(length=0)
    ax.spines[["top", "right"]].set_visible(False)


def _legend(ax: Axes, labels: Sequence[str], colours: Sequence[str] = _COLOURS) -> None:
    handles = [
        Patch(color=colour, label=_shorten(label))
        for label, colour in zip(labels, cycle(colours), strict=False)
    ]
    ax.legend(
        handles=handles, ncols=_columns(labels), loc="lower left", bbox_to_anchor=(0, 1),
        frameon=False, borderpad=0, borderaxespad=0.4, handlelength=1, handleheight=1,
        columnspacing=1.2, handletextpad=0.5, labelspacing=0.3,
    )  # fmt: skip


def _columns(labels: Sequence[str]) -> int:
    """Return how many entries of a legend stand side by side."""
    return max(1, min(len(labels), int(27 // (max(map(_ems, map(_shorten, labels))) + 2.3))))


def _top(labels: Sequence[str]) -> float:
    """Return the room (inches) that a legend takes."""
    return 0.12 + 0.215 * -(-len(labels) // _columns(labels))


def _on(colour: str) -> str:
    """Choose white or ink for text on a colour, whichever is told better."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return _INK if 0.299 * red + 0.587 * green + 0.114 * blue > 128 else "white"


def _dress(ax: Axes) -> Axes:
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
    with _style(), mpl.rc_context({"svg.fonttype": font_type}), warnings.catch_warnings():
        warnings.simplefilter("error")
        _dress(ax)
        fonts.check("".join(text.get_text() for text in ax.findobj(Text)))
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata=_NO_METADATA, transparent=True)
    return out.getvalue()
