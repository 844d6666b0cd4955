"""The chart of a unit's place in its group: what is drawn, and what is told."""

import pytest
from conftest import Builder
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from briefs.subject import brief_of
from zhashui_stats.briefs.chart import describe_standing, plot_standing
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.page import charts


def drawn(ax: Axes, marker: str) -> list[tuple[float, float]]:
    """Return count and row of every mark of a kind."""
    lines = (line for line in ax.lines if line.get_marker() == marker)
    return [tuple(line.get_xydata()[0].tolist()) for line in lines]


def test_every_count_has_a_dot_and_the_unit_its_own(build: Builder) -> None:
    """A row a category and the total; one dot a count, the unit dark, its count below."""
    grid = {"镇办": {"甲镇": (1, 0, 9), "乙镇": (0, 0, 0), "丙镇": (0, 0, 3)}}
    ax = plot_standing(brief_of("甲镇", build(grid)))

    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "政务公开", "政策解读", "政务动态", "合计",
    ]  # fmt: skip
    assert drawn(ax, "D") == [(1, 0), (0, 1), (9, 2), (10, 3)]
    assert drawn(ax, "o") == [
        (1, 0), (0, 0), (0, 1), (9, 2), (3, 2), (0, 2), (10, 3), (3, 3), (0, 3),
    ]  # fmt: skip
    assert [text.get_text() for text in ax.texts] == [
        "1", "最多1", "0", "最多0", "9", "最多9", "10", "最多10",
    ]  # fmt: skip


def test_the_median_is_a_line(build: Builder) -> None:
    """One upright stroke a row stands at the median."""
    now = build({"镇办": {"甲镇": (1, 0, 9), "乙镇": (2, 0, 0)}})
    strokes = [line.get_xdata() for line in plot_standing(brief_of("甲镇", now)).lines
               if line.get_linewidth() == 1.8]  # fmt: skip

    assert [1.5, 0, 4.5, 6] == [float(left) for left, right in strokes if left == right]


@pytest.mark.parametrize(("size", "power"), [(9, 0.5), (56, 0.36)])
def test_dots_grow_with_the_units_and_stay_in_their_row(
    build: Builder, size: int, power: float
) -> None:
    """In area for a few; for many more slowly: the largest fits, the smallest is seen."""
    units = {f"{n}局": (1 if n else 7, 0, 0) for n in range(size)}
    ax = plot_standing(brief_of("0局", build({"部门": units})))
    sizes = [line.get_markersize() for line in ax.lines if line.get_marker() == "o"][:2]

    assert 5 == sizes[0]
    assert sizes[1] == pytest.approx(5 * (size - 1) ** power, rel=0.02)
    assert max(sizes) <= 21


def test_the_unit_is_told_from_the_others_without_colour(h1: Submissions) -> None:
    """Its mark has another shape, and is far darker than the others' in greyscale."""
    lines = plot_standing(brief_of("营盘镇", h1)).lines

    def grey(marker: str) -> float:
        colour = next(line.get_color() for line in lines if line.get_marker() == marker)
        return sum(w * c for w, c in zip((0.299, 0.587, 0.114), to_rgb(colour), strict=True))

    assert grey("o") - grey("D") > 0.4


@pytest.mark.parametrize("unit", ["红岩寺镇", "应急局", "盐务局"])
def test_the_chart_is_low(h1: Submissions, unit: str) -> None:
    """Two inches at most, for nine units and for fifty-six."""
    canvas = plot_standing(brief_of(unit, h1)).get_figure(root=True)

    assert canvas is not None
    assert canvas.get_size_inches()[1] <= 2


def test_nothing_is_drawn_outside(build: Builder) -> None:
    """The longest names and the largest numbers stay within the drawing."""
    categories = ("一个很长的信息类别的名称", "另一类")
    units = {"名称很长很长很长很长的单位": (123456, 1), "乙局": (1, 123456)}
    ax = plot_standing(
        brief_of("名称很长很长很长很长的单位", build({"部门": units}, categories=categories))
    )
    canvas = ax.get_figure(root=True)
    assert canvas is not None
    legend = ax.get_legend()
    assert legend is not None
    boxes = [drawing.get_window_extent() for drawing in (legend, *ax.texts, *ax.get_yticklabels())]

    assert [] == [box for box in boxes if box.x0 < 0 or box.x1 > canvas.bbox.width]
    assert [] == [box for box in boxes if box.y0 < 0 or box.y1 > canvas.bbox.height]


def test_it_draws_on_axes_of_others(h1: Submissions) -> None:
    """Given axes come back."""
    ax = charts.plot_ranking(h1)

    assert ax is plot_standing(brief_of("财政局", h1), ax)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (
            "营盘镇",
            "点图，每行一类，按篇数由左到右，刻度相同，点越大，同数的单位越多。营盘镇在9个镇办中："
            "政务公开各单位均为2篇；政策解读各单位均为0篇；政务动态0篇，中位数2篇，最多50篇；"
            "合计2篇，并列第6名，中位数4篇，最多52篇。",
        ),
        (
            "应急局",
            "点图，每行一类，按篇数由左到右，刻度相同，点越大，同数的单位越多。应急局在56个部门单位中："
            "政务公开2篇，并列第8名，中位数2篇，最多18篇；政策解读0篇，中位数0篇，最多1篇；"
            "政务动态21篇，第1名，中位数1篇，最多21篇；合计23篇，第1名，中位数3篇，最多23篇。",
        ),
    ],
)
def test_what_the_chart_says_in_words(h1: Submissions, unit: str, expected: str) -> None:
    """Count, rank, median and most of each row, as text."""
    assert expected == describe_standing(brief_of(unit, h1))
