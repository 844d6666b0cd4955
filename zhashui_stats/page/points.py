"""The chart of an indicator, and the text that stands for it: amounts, and the terms behind them.

What the yearly assessment adds up, and takes off, is a part of each bar; what is taken off lies
left of zero and is hatched, so that print without colour tells it as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from matplotlib.axes import Axes

from zhashui_stats.aggregate import amounts_of, ranked
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.numbers import say_amount
from zhashui_stats.page.drawing import (
    HATCH,
    ROW_HEIGHT,
    draw_legend,
    draw_notice,
    label_margin,
    legend_height,
    name_rows,
    new_axes,
    write_at,
)
from zhashui_stats.page.selection import MOST_ROWS
from zhashui_stats.page.style import COLOURS, MUTED, RULE, apply_font, chart_style
from zhashui_stats.rating import assessed_column, parts_of

__all__ = ["describe_points", "plot_points"]

_LISTED = 10  # so many units are told one by one


@dataclass(frozen=True, slots=True)
class _Bars:
    """What is drawn: a bar a unit, divided into parts.

    Attributes:
        names: The units, the highest amount first.
        ends: What each comes to.
        parts: Label -> each unit's amount, in the order of ``names``; those that any of them has.
        undrawn: How many other units have an amount, beyond the room for rows.
    """

    names: tuple[str, ...]
    ends: tuple[Amount, ...]
    parts: tuple[tuple[str, tuple[Amount, ...]], ...]
    undrawn: int


def _bars_of(scope: Submissions, indicator: Indicator) -> _Bars:
    """Choose what is drawn: units of which any part is not 0; it stops between two amounts."""
    amounts = amounts_of(scope, indicator.id)
    terms = parts_of(scope.county) if indicator.id == assessed_column(scope.county) else ()
    order = [name for _, names in ranked(scope, indicator.id) for name in names]
    grid = {name: [part.of(scope, name) or 0 for part in terms] or [amounts[name]]
            for name in order}  # fmt: skip
    some = [name for name in order if any(grid[name])]
    names = tuple(some)
    if len(some) > MOST_ROWS:
        rest = amounts[some[MOST_ROWS]]
        names = tuple(name for name in some if amounts[name] > rest) or names[:MOST_ROWS]
    labels = [part.label for part in terms] or [indicator.label]
    columns = zip(labels, zip(*(grid[name] for name in names), strict=True), strict=False)
    return _Bars(
        names,
        tuple(amounts[name] for name in names),
        tuple((label, column) for label, column in columns if any(column)),
        len(some) - len(names),
    )


# --- The chart ----------------------------------------------------------------------------------


def plot_points(scope: Submissions, indicator: Indicator, ax: Axes | None = None) -> Axes:
    """Draw an indicator, the highest first; the assessed one stacked by the terms of its sum.

    Args:
        scope: The units that are ranked together.
        indicator: Of the county.
        ax: Where to draw; None: on axes of its own.
    """
    bars = _bars_of(scope, indicator)
    if not bars.names:
        return draw_notice(ax, f"{scope.period.label}各单位{indicator.label}均为0")
    ends = [indicator.show(amount) for amount in bars.ends]
    rights, lefts = (_reach(bars, sign) for sign in (1, -1))
    labels = [label for label, _ in bars.parts]
    hatched = [any(amount < 0 for amount in amounts) for _, amounts in bars.parts]
    note = f"另外{bars.undrawn}个单位未画出，见附件" if bars.undrawn else ""
    with chart_style():
        height, top = ROW_HEIGHT * len(bars.names), legend_height(labels)
        left, right = label_margin(bars.names), label_margin(ends)
        ax = ax or new_axes(height, left, top=top, bottom=0.3 if note else 0.07, right=right)
        for number, colour in zip(range(len(labels)), cycle(COLOURS), strict=False):
            _draw_part(ax, bars, number, colour)
        write_at(ax, range(len(ends)), rights, ends)
        name_rows(ax, bars.names)
        ax.set_xlim(min(lefts), max(*rights, 0) or 1)
        if min(lefts) < 0:
            ax.axvline(0, color=RULE, linewidth=0.8)
            ax.spines["left"].set_visible(False)
        ax.set_xlabel(note, loc="left", color=MUTED)
        draw_legend(ax, labels, hatched=hatched)
    return apply_font(ax)


def _draw_part(ax: Axes, bars: _Bars, number: int, colour: str) -> None:
    """Draw one part of every bar: what is added to the right, what is taken off to the left."""
    _, amounts = bars.parts[number]
    for sign in (1, -1):
        rows = [row for row, amount in enumerate(amounts) if sign * amount > 0]
        before = _reach(bars, sign, number)
        fill, edge = (colour, "white") if sign > 0 else ("white", colour)
        ax.barh(
            rows, [float(amounts[row]) for row in rows], 0.72, clip_on=False,
            left=[before[row] for row in rows], facecolor=fill, edgecolor=edge, linewidth=0.5,
            hatch="" if sign > 0 else HATCH,  # in the colour of the edge
        )  # fmt: skip


def _reach(bars: _Bars, sign: int, first: int | None = None) -> list[float]:
    """Return how far the first so many parts of each bar reach to one side of zero."""
    columns = [amounts for _, amounts in bars.parts[:first]]
    return [
        float(sum(column[row] for column in columns if sign * column[row] > 0))
        for row in range(len(bars.names))
    ]


# --- The text -----------------------------------------------------------------------------------


def describe_points(scope: Submissions, indicator: Indicator) -> str:
    """Say who has how much, with the parts that add up to it, the highest first."""
    bars = _bars_of(scope, indicator)
    who = "、".join(group.label for group in scope.groups)
    if not bars.names:
        return f"横向条形图。{who}的{indicator.label}均为0。"
    divided = len(bars.parts) > 1
    labels = "、".join(label for label, _ in bars.parts)
    stacked = f"，每条按{labels}分段，扣减的画在零的左边" if divided else ""
    said = "；".join(
        _say_bar(bars, row, indicator, divided=divided)
        for row in range(min(len(bars.names), _LISTED))
    )
    text = f"横向条形图{stacked}。{who}的{indicator.label}由高到低：{said}"
    if others := bars.ends[_LISTED:]:
        text += f"；其余{len(others)}个单位{_say_span(indicator, others)}"
    if bars.undrawn:
        text += f"；另外{bars.undrawn}个单位未画出，见附件"
    return f"{text}。"


def _say_bar(bars: _Bars, row: int, indicator: Indicator, *, divided: bool) -> str:
    text = say_amount(bars.names[row], indicator.say(bars.ends[row]))
    parts = [
        say_amount(label, indicator.say(amounts[row]))
        for label, amounts in bars.parts
        if amounts[row]
    ]
    return f"{text}（{'、'.join(parts)}）" if divided and parts else text


def _say_span(indicator: Indicator, amounts: Sequence[Amount]) -> str:
    most, least = indicator.say(amounts[0]), indicator.say(amounts[-1])
    return f"各{most}" if most == least else f"{least}至{most}"
