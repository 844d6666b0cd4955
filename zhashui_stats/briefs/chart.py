"""The chart of a unit's place in its group, and the words that stand for it.

A row a category, a dot for each count (篇). A dot is as large as the units are many that share the
count; the unit's own place is dark, with its count below, and the median a line.
"""

import math
from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import blended_transform_factory

from zhashui_stats.aggregate import ranked
from zhashui_stats.briefs.brief import Brief
from zhashui_stats.briefs.standing import Standing
from zhashui_stats.briefs.standing_words import say_rank
from zhashui_stats.model.amounts import Amount
from zhashui_stats.narrative.numbers import say_half
from zhashui_stats.page.drawing import hide_ticks, label_margin, new_axes, shorten_label
from zhashui_stats.page.figure import canvas_of
from zhashui_stats.page.style import COLOURS, MUTED, RULE, apply_font, chart_style

__all__ = ["describe_standing", "plot_standing"]

_OWN = COLOURS[0]
_OTHERS = "#aab6c2"  # dots beside which the one that matters is dark
_MIDDLE = "#c0503c"
_ROW_HEIGHT = 0.36  # inches: one row of dots, and the number below it
_DOT, _LARGEST_DOT = 5.0, 21.0  # points: for one unit, and for as many as share a count

Level = tuple[Amount, Sequence[str]]
"""An amount, and the units that have it."""


# --- The text alternative -----------------------------------------------------------------------


def describe_standing(brief: Brief) -> str:
    """Say the unit's count (篇), its group's median and most, by category and in total."""
    measure = brief.now.county.measure
    sentences = (f"{label}{_say(own, measure)}" for label, own in brief.standings.items())
    return (
        f"点图，每行一类，按{measure}数由左到右，刻度相同，点越大，同数的单位越多。"
        f"{brief.name}在{len(brief.scope.units)}个{brief.group.label}中：{'；'.join(sentences)}。"
    )


def _say(own: Standing, measure: str) -> str:
    if own.all_equal:
        return f"各单位均为{own.count}{measure}"
    rank = f"{say_rank(own)}，" if own.has_rank else ""
    middle = f"中位数{say_half(own.median)}{measure}"
    return f"{own.count}{measure}，{rank}{middle}，最多{own.most}{measure}"


# --- The drawing --------------------------------------------------------------------------------


def plot_standing(brief: Brief, ax: Axes | None = None) -> Axes:
    """Draw where a unit stands in its group, by category and in total."""
    rows = brief.standings
    ids = [*(category.id for category in brief.now.county.categories), None][: len(rows)]
    levels = [ranked(brief.scope, category) for category in ids]
    most = float(max(1, *(own.most for own in rows.values())))
    power = _dot_power(levels)
    with chart_style():
        left, right = label_margin(rows) + 0.15, label_margin([f"最多{most:.0f}"]) + 0.1
        ax = ax or new_axes(_ROW_HEIGHT * len(rows), left, top=0.3, right=right)
        ax.set(xlim=(0, most), ylim=(len(rows) - 0.4, -0.6))
        for row, (counts, own) in enumerate(zip(levels, rows.values(), strict=True)):
            ax.plot([0, most], [row, row], color=RULE, linewidth=0.6, zorder=1, clip_on=False)
            _draw_others(ax, row, counts, power)
            _draw_own(ax, row, own)
            ax.annotate(
                f"最多{own.most}", (most, row), (13, 0), textcoords="offset points", va="center",
                color=MUTED,
            )  # fmt: skip
        _name_rows(ax, list(rows))
        _draw_legend(ax)
    return apply_font(ax)


def _dot_power(levels: Iterable[Sequence[Level]]) -> float:
    """Return the power of the number of units by which a dot grows: in area, if rows are high.

    Where very many share a count, dots grow more slowly, so that the largest stays in its row
    and the smallest is seen.
    """
    largest = max(len(names) for counts in levels for _, names in counts)
    return 0.5 if largest == 1 else min(0.5, math.log(_LARGEST_DOT / _DOT) / math.log(largest))


def _draw_others(ax: Axes, row: int, counts: Iterable[Level], power: float) -> None:
    """Draw the counts of a row, each the larger the more units have it."""
    for count, names in counts:
        ax.plot(
            [float(count)], [row], "o", color=_OTHERS, markersize=_DOT * len(names) ** power,
            markeredgecolor="white", markeredgewidth=0.5, zorder=2, clip_on=False,
        )  # fmt: skip


def _draw_own(ax: Axes, row: int, own: Standing) -> None:
    """Mark the median, and the unit itself with its count below."""
    middle = [row - 0.38, row]
    ax.plot([float(own.median)] * 2, middle, color=_MIDDLE, linewidth=1.8, zorder=3, clip_on=False)
    ax.plot(
        [float(own.count)], [row], "D", color=_OWN, markersize=6.5, markeredgecolor="white",
        markeredgewidth=0.6, zorder=4, clip_on=False,
    )  # fmt: skip
    ax.annotate(
        str(own.count), (own.count, row), (0, -3.5), textcoords="offset points", ha="center",
        va="top", color=_OWN,
    )  # fmt: skip


def _name_rows(ax: Axes, labels: Sequence[str]) -> None:
    """Name the rows, clear of a dot at 0."""
    ax.set_yticks(range(len(labels)), labels=[shorten_label(label) for label in labels])
    ax.tick_params(axis="y", pad=13)
    ax.set_xticks([])
    hide_ticks(ax)
    ax.spines[["left", "bottom"]].set_visible(False)


def _draw_legend(ax: Axes) -> None:
    """Explain the marks, in the middle above the whole drawing."""
    kinds = (
        ("本单位", "D", 6.5, _OWN, "white"),
        ("组内单位（点越大，篇数相同的越多）", "o", 6.5, _OTHERS, "white"),
        ("中位数", "|", 10.0, _MIDDLE, _MIDDLE),
    )
    handles = [
        Line2D([], [], linestyle="", marker=marker, markersize=size, color=colour,
               markeredgecolor=edge, markeredgewidth=1.2, label=label)
        for label, marker, size, colour, edge in kinds
    ]  # fmt: skip
    ax.legend(
        handles=handles, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1),
        bbox_transform=blended_transform_factory(canvas_of(ax).transFigure, ax.transAxes),
        frameon=False, borderpad=0, borderaxespad=0.2, handlelength=1, columnspacing=1.0,
        handletextpad=0.2,
    )  # fmt: skip
