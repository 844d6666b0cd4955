"""The report's charts, each beside its text alternative in ``descriptions``.

``plot_x`` draws onto axes, its own or given ones, and returns them. Every value that matters is
written out.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, cycle
from typing import cast

from matplotlib.axes import Axes

from zhashui_stats.aggregate import gini
from zhashui_stats.comparison import History
from zhashui_stats.model.county import Category
from zhashui_stats.model.names import TOTAL
from zhashui_stats.model.rounding import round_half_up
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.numbers import say_decimal, say_percent
from zhashui_stats.page.drawing import (
    CHART_WIDTH,
    COUNT_MARGIN,
    ROW_HEIGHT,
    axes_width,
    draw_legend,
    draw_notice,
    hide_ticks,
    label_margin,
    legend_height,
    name_rows,
    new_axes,
    shorten_label,
    text_width,
    write_counts,
)
from zhashui_stats.page.points import plot_points
from zhashui_stats.page.selection import (
    category_shares,
    drawn_units,
    groups_of_several,
    labelled_parts,
    months_by_group,
    say_undrawn,
)
from zhashui_stats.page.style import (
    COLOURS,
    FONT_SIZE,
    MUTED,
    PERIOD_COLOURS,
    RULE,
    STROKES,
    apply_font,
    chart_style,
    readable_on,
)
from zhashui_stats.tabulation import count_by_period

__all__ = [
    "plot_changes",
    "plot_composition",
    "plot_concentration",
    "plot_months",
    "plot_ranking",
    "plot_trend",
]

_PADDING = 0.5 * FONT_SIZE / 72  # inches, around what is written into a bar


# --- The charts ---------------------------------------------------------------------------------


def plot_ranking(now: Submissions, category: str | None = None, ax: Axes | None = None) -> Axes:
    """Chart of the ranking (排名图): who sent anything, best first, stacked by category (篇).

    Args:
        now: The period, or a part of it.
        category: Whatever names one, or an indicator, to draw it alone; None: all categories.
        ax: Where to draw; None: on axes of its own.
    """
    wanted = now.county.column(category)
    if indicator := now.county.indicator(wanted):
        return plot_points(now, indicator, ax)
    units = drawn_units(now, wanted)
    drawn = [item for item in now.county.categories if wanted in (None, item.id)]
    if not units:
        what = drawn[0].wording if wanted else "稿件"
        return draw_notice(ax, f"{now.period.label}没有{what}被采用")
    counts = [[now.count(unit, item.id) for item in drawn] for unit in units]
    labels, colours = [item.label for item in drawn], _category_colours(now, drawn)
    note = say_undrawn(now, wanted)
    return _draw_stacks(ax, units, counts, labels, note=note, colours=colours)


def plot_composition(now: Submissions, ax: Axes | None = None) -> Axes:
    """Chart of the composition (构成图): a bar a group, divided by category (篇 and %)."""
    parts = labelled_parts(now)
    with chart_style():
        left = label_margin(parts)
        room = CHART_WIDTH - left - COUNT_MARGIN if ax is None else axes_width(ax)
        notes = [_outside(part, room) for part in parts.values()]
        depth = 0.2 + 0.19 * max(1, *(_wrap(note, room).count("\n") + 1 for note in notes))
        pitch = depth + 0.2
        height = pitch * (len(parts) - 1) + depth + 0.24
        ax = ax or new_axes(height, left, top=legend_height(_categories(now)))
        for row, (part, note) in enumerate(zip(parts.values(), notes, strict=True)):
            _draw_shares(ax, row, part, room, 0.31 / pitch)
            _write_below(ax, row, note, room, pitch)
        name_rows(ax, list(parts))
        ax.set(xlim=(0, 100), ylim=(len(parts) - 1 + depth / pitch, -0.24 / pitch))
        draw_legend(ax, _categories(now))
    return apply_font(ax)


def plot_concentration(now: Submissions, ax: Axes | None = None) -> Axes:
    """Draw the Lorenz curve of each group: the share of 篇 (%) against that of units (%).

    A group of one unit has none: it is neither even nor uneven.
    """
    with chart_style():
        ax = ax or new_axes(3.3, 0.95, top=0.15, bottom=0.6, right=0.95)
        ax.plot([0, 100], [0, 100], color=RULE, linewidth=0.8, label="各单位一样多", clip_on=False)
        for part, colour, stroke in zip(groups_of_several(now), cycle(COLOURS), cycle(STROKES)):
            if (value := gini(part)) is not None:
                label = f"{shorten_label(part.groups[0].label)}（基尼系数{say_decimal(value, 2)}）"
                ax.plot(
                    *_lorenz(part), color=colour, linestyle=stroke, linewidth=1.8, label=label,
                    clip_on=False,
                )  # fmt: skip
        ax.set(xlim=(0, 100), ylim=(0, 100), aspect="equal")
        ax.set_xlabel("单位累计占比（%），由少到多")
        ax.set_ylabel(f"{now.county.measure}数累计占比（%）")
        ax.legend(loc="upper left", frameon=False, handlelength=2.6)
        hide_ticks(ax)
    return apply_font(ax)


def plot_changes(history: History, ax: Axes | None = None) -> Axes:
    """Draw each category's total (篇) beside those of the period before and of a year before."""
    periods = _compared(history)
    labels = [*_categories(history.now), TOTAL]
    ids = [*(category.id for category in history.now.county.categories), None]
    legend = [then.period.label for then in periods]
    thickness = 0.8 / len(periods)
    with chart_style():
        height = len(labels) * (ROW_HEIGHT * len(periods) + 0.12)
        most = max(1, *(then.total() for then in periods))
        left, right = label_margin(labels), label_margin([str(most)])
        ax = ax or new_axes(height, left, top=legend_height(legend), right=right)
        for number, (then, colour) in enumerate(zip(periods, PERIOD_COLOURS, strict=False)):
            offset = (number - (len(periods) - 1) / 2) * thickness
            places = [row + offset for row in range(len(ids))]
            counts = [then.total(category) for category in ids]
            ax.barh(places, counts, thickness * 0.86, color=colour, clip_on=False)
            write_counts(ax, places, counts)
        name_rows(ax, labels)
        ax.set_xlim(0, most)
        draw_legend(ax, legend, PERIOD_COLOURS)
    return apply_font(ax)


def plot_trend(history: History, name: str | None = None, ax: Axes | None = None) -> Axes:
    """Chart of the trend (走势图): a bar (篇) a period at hand, in the order of time.

    Args:
        history: The periods.
        name: A group or a unit, stacked by category; a category, stacked by group; an indicator,
            of all units together; None: the county, by category. Where a unit was not there,
            nothing is drawn and nothing written.
        ax: Where to draw; None: on axes of its own.
    """
    found, county = count_by_period(history, name), history.now.county
    indicator = county.indicator(found.column)
    if indicator is None:
        counts = cast("list[tuple[int, ...]]", [row or () for row in found.rows.values()])
        return _draw_stacks(ax, list(found.rows), counts, list(found.parts))
    # What is no sum of its parts, and what may be below 0, is drawn whole.
    totals = [
        () if amount is None else (max(0.0, float(round_half_up(amount, indicator.decimals))),)
        for amount in found.totals.values()
    ]
    return _draw_stacks(ax, list(found.totals), totals, [f"{indicator.label}（{indicator.unit}）"])


def plot_months(now: Submissions, ax: Axes | None = None) -> Axes:
    """Draw the articles sent in (篇) in each month, stacked by group; needs 投稿日期."""
    months = months_by_group(now)
    if not any(map(sum, months.values())):
        return draw_notice(ax, f"{now.period.label}没有登记投稿日期的稿件")
    names = [f"{month.first}月" for month in months]
    return _draw_stacks(ax, names, list(months.values()), [group.label for group in now.groups])


# --- What they show -----------------------------------------------------------------------------


def _categories(now: Submissions) -> list[str]:
    return [category.label for category in now.county.categories]


def _category_colours(now: Submissions, drawn: Sequence[Category]) -> list[str]:
    """Return the colours that the categories have wherever all are drawn."""
    colours = dict(zip(now.county.categories, cycle(COLOURS), strict=False))
    return [colours[category] for category in drawn]


def _compared(history: History) -> list[Submissions]:
    return [history.now, *(against.before for _, _, against in history.compared)]


def _lorenz(part: Submissions) -> tuple[list[float], list[float]]:
    counts = sorted(part.count(unit.name) for unit in part.units)
    units = [100 * number / len(counts) for number in range(len(counts) + 1)]
    return units, [100 * count / part.total() for count in (0, *accumulate(counts))]


# --- Stacked bars -------------------------------------------------------------------------------


def _draw_stacks(
    ax: Axes | None,
    names: Sequence[str],
    counts: Sequence[Sequence[float]],
    categories: list[str],
    *,
    note: str = "",
    colours: Sequence[str] = COLOURS,
) -> Axes:
    """Draw a row of stacked bars for each name, the sum written at its end, a note below all.

    A row without counts stays empty.
    """
    sums = [sum(row) for row in counts]
    with chart_style():
        bottom = 0.3 if note else 0.07
        height, top = ROW_HEIGHT * len(names), legend_height(categories)
        left, right = label_margin(names), label_margin([str(max(sums))])
        ax = ax or new_axes(height, left, top=top, bottom=bottom, right=right)
        for number, colour in zip(range(len(categories)), cycle(colours), strict=False):
            places = [row for row, values in enumerate(counts) if values and values[number]]
            ax.barh(
                places, [counts[row][number] for row in places], 0.72, clip_on=False,
                left=[sum(counts[row][:number]) for row in places],
                color=colour, edgecolor="white", linewidth=0.5,
            )  # fmt: skip
        told = [row for row, values in enumerate(counts) if values]
        write_counts(ax, told, [sums[row] for row in told])
        name_rows(ax, names)
        ax.set_xlim(0, max(1, *sums))
        ax.set_xlabel(note, loc="left", color=MUTED)
        draw_legend(ax, categories, colours)
    return apply_font(ax)


# --- Bars of shares -----------------------------------------------------------------------------


def _draw_shares(ax: Axes, row: int, part: Submissions, room: float, thickness: float) -> None:
    """Draw one bar of 100%, with what fits written in."""
    if not part.total():
        ax.text(0, row, "没有稿件被采用", va="center", color=MUTED)
        return
    left = 0.0
    for (_, count, share), colour in zip(category_shares(part), cycle(COLOURS), strict=False):
        if count:
            ax.barh(row, share, thickness, left, color=colour, edgecolor="white", linewidth=0.8,
                    clip_on=False)  # fmt: skip
        if text := _inside(part, count, share, room):
            middle = left + share / 2
            ax.text(middle, row, text, ha="center", va="center", color=readable_on(colour))
        left += share


def _inside(part: Submissions, count: int, share: float, room: float) -> str:
    """Return what is written into a share's bar; nothing where it does not fit."""
    text = f"{count}{part.county.measure} {say_percent(share)}"
    return text if text_width(text) + _PADDING <= room * share / 100 else ""


def _outside(part: Submissions, room: float) -> dict[str, float]:
    """Return what is written below a bar: the shares that do not fit, with their middles (%)."""
    if not part.total():
        return {}
    notes, left = {}, 0.0
    for label, count, share in category_shares(part):
        if count and not _inside(part, count, share, room):
            text = f"{shorten_label(label)}{count}{part.county.measure}（{say_percent(share)}）"
            notes[text] = left + share / 2
        left += share
    return notes


def _write_below(ax: Axes, row: int, notes: Mapping[str, float], room: float, pitch: float) -> None:
    """Write what did not fit into a bar: one share at its place, several from the left."""
    text = _wrap(notes, room)
    if len(notes) != 1:
        ax.text(0, row + 0.18 / pitch, text, va="top", color=MUTED)
        return
    (middle,) = notes.values()
    half = 50 * text_width(text) / room  # % of the bar
    place = min(max(middle, half), max(half, 100 - half))
    ends = [row + 0.155 / pitch, row + 0.22 / pitch]
    ax.plot([middle, middle], ends, color=MUTED, linewidth=0.8, clip_on=False)
    ax.text(place, row + 0.22 / pitch, text, ha="center", va="top", color=MUTED)


def _wrap(notes: Iterable[str], room: float) -> str:
    """Set notes side by side, in as many lines as they need for the room (inches)."""
    lines = [""]
    for note in notes:
        joined = f"{lines[-1]}　{note}" if lines[-1] else note
        if lines[-1] and text_width(joined) > room + COUNT_MARGIN:
            lines.append(note)
        else:
            lines[-1] = joined
    return "\n".join(lines)
