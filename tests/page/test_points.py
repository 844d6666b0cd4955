"""The chart of an indicator and its text: parts that add up, what is taken off left of zero."""

from dataclasses import replace

from points_county import BONUS, COUNTY, POINTS, RATE, Rows, points_period

from page.shown import HOSTILE, html, texts
from zhashui_stats.model.county import Group
from zhashui_stats.page.charts import plot_ranking
from zhashui_stats.page.points import describe_points, plot_points

NOW = points_period()
BUREAUS = NOW.of(["first", "second"])


def many(number: int) -> Rows:
    return {"towns": {f"镇{n}": (0, 2 * (n // 2), 99, 0, 0) for n in range(1, number + 1)}}


def test_points_are_stacked_by_what_adds_up() -> None:
    """A legend of the parts that anybody has; at each bar what it comes to."""
    assert ["基本分", "加分", "扣分"] == texts(plot_points(BUREAUS, POINTS))[-3:]
    assert ["基本分", "加分"] == texts(plot_points(NOW.of("towns"), POINTS))[-2:]
    assert {"31.0", "7.5", "0.0", "−0.5"} <= set(texts(plot_points(BUREAUS, POINTS)))


def test_what_is_taken_off_lies_left_of_zero() -> None:
    """And is hatched, as print without colour has to tell it."""
    ax = plot_points(BUREAUS, POINTS)
    below = [bar for bar in ax.patches if bar.get_width() < 0]

    assert [-3, -0.5, -0.5] == sorted(bar.get_width() for bar in below)
    assert all(bar.get_hatch() for bar in below)
    assert ax.get_xlim() == (-3, 31)
    assert not any(bar.get_hatch() for bar in ax.patches if bar.get_width() > 0)
    assert "<pattern" in html(ax)


def test_any_indicator_is_ranked_by_itself() -> None:
    """It has one part; who has none of it, or no amount, is not drawn."""
    ax = plot_ranking(NOW, "采用率")

    assert ["发改局", "财政局", "甲镇", "税务局", "乙镇"] == [
        label.get_text() for label in ax.get_yticklabels()
    ]
    assert ["采用率"] == [text.get_text() for text in ax.get_legend().get_texts()]


def test_nothing_to_draw_is_said() -> None:
    """In the chart and in its text."""
    now = points_period({"towns": {"甲镇": (0, 0, 0, 0, 0)}})

    assert ["2022年上半年各单位得分均为0"] == texts(plot_points(now, POINTS))
    assert "横向条形图。镇办的得分均为0。" == describe_points(now, POINTS)


def test_a_long_ranking_stops_between_two_amounts() -> None:
    """And says how many are left, in the chart and in its text."""
    now = points_period(many(61))
    ax, text = plot_points(now, POINTS), describe_points(now, POINTS)

    assert len(ax.get_yticklabels()) == 44
    assert ax.get_xlabel() == "另外16个单位未画出，见附件"
    assert text.endswith("；其余34个单位9.0分至25.0分；另外16个单位未画出，见附件。")


def test_the_text_tells_what_is_drawn() -> None:
    """Each unit with its parts, the highest first."""
    assert (
        "横向条形图，每条按基本分、加分、扣分分段，扣减的画在零的左边。"
        "一类部门、二类部门的得分由高到低：财政局31.0分（基本分30.0分、加分1.0分）；"
        "发改局7.5分（基本分8.0分、扣分−0.5分）；税务局0.0分（基本分3.0分、扣分−3.0分）；"
        "烟草局−0.5分（扣分−0.5分）。"
    ) == describe_points(BUREAUS, POINTS)
    assert (
        "横向条形图。镇办的采用率由高到低：甲镇75.0%；乙镇25.0%。"
    ) == describe_points(NOW.of("towns"), RATE)  # fmt: skip


def test_text_from_data_stays_text() -> None:
    """Labels and units of an indicator, and names."""
    hostile = replace(BONUS, label=HOSTILE, unit=HOSTILE)
    county = replace(COUNTY, indicators=(hostile,), groups=(Group("towns", HOSTILE),), scopes=(),
                     thresholds=(), assessment=None)  # fmt: skip
    now = points_period({"towns": {"甲镇": (1, 0, 1, 2, 0)}}, county=county)

    assert "<script" not in html(plot_points(now, hostile), alt=describe_points(now, hostile))
