"""The report's charts: what is drawn."""

from typing import Any

import pytest
from ledgers import REJECTED, period_of, sent
from matplotlib.figure import Figure as Canvas

from page.shown import Builder, texts
from zhashui_stats.comparison import History
from zhashui_stats.model.articles import Column
from zhashui_stats.page import charts, descriptions, exhibits, selection


def test_a_ranking_draws_the_units_with_any_best_first(build: Builder) -> None:
    """Units that sent nothing have no row, ties stand in the roster's order."""
    now = build({"镇办": {"甲": (1, 0, 0), "乙": (0, 0, 0), "丙": (2, 0, 3), "丁": (0, 1, 0)}})
    drawn = [label.get_text() for label in charts.plot_ranking(now).get_yticklabels()]

    assert drawn == ["丙", "甲", "丁"]


def test_the_bars_of_a_row_add_up_to_its_count(h1: Any) -> None:
    """Each row is its categories, one after the other, without gap or overlap."""
    ax = charts.plot_ranking(h1.of("towns"))
    best = [bar for bar in ax.patches if bar.get_y() < 0.2]

    assert [(bar.get_x(), bar.get_width()) for bar in best] == [(0, 2), (2, 50)]


def test_a_ranking_of_one_category_keeps_its_colour(h1: Any) -> None:
    """Who has any of it, best first; the colour is that of the category among all."""
    ax, every = charts.plot_ranking(h1.of("towns"), "政务动态信息"), charts.plot_ranking(h1)
    legends = [axes.get_legend() for axes in (ax, every)]
    colours = [
        {text.get_text(): patch.get_facecolor() for text, patch in zip(*both, strict=True)}
        for both in ((legend.get_texts(), legend.get_patches()) for legend in legends)
    ]

    drawn = [label.get_text() for label in ax.get_yticklabels()]
    assert ["红岩寺镇", "下梁镇", "曹坪镇", "小岭镇", "瓦房口镇"] == drawn
    assert {"政务动态": colours[1]["政务动态"]} == colours[0]


def test_a_ranking_of_nothing_says_so(h1: Any) -> None:
    """Of the category that was asked for."""
    ax = charts.plot_ranking(h1.of("镇办"), "政策解读")

    assert ["2022年上半年没有政策解读信息被采用"] == texts(ax)


def test_a_long_ranking_stops_between_two_counts_and_says_so(build: Builder) -> None:
    """Two hundred units: only whole ties are drawn, and the others are told of."""
    counts = {f"单位{n}": (200 - n if n < 40 else 7, 0, 0) for n in range(200)}
    ax = charts.plot_ranking(build({"部门": counts}))

    assert len(ax.get_yticklabels()) == 40
    assert "采用7篇的另外160个单位未画出，见附件1" in texts(ax)


def test_a_long_ranking_names_the_annex_of_its_group(build: Builder) -> None:
    """The second group is found in 附件2; a ranking over all groups in both."""
    counts = {f"单位{n}": (200 - n if n < 40 else 7, 0, 0) for n in range(200)}
    now = build({"镇": {"甲镇": (0, 0, 0)}, "部门": counts})

    assert "采用7篇的另外160个单位未画出，见附件2" in texts(charts.plot_ranking(now.of("部门")))
    assert "采用7篇的另外160个单位未画出，见附件" in texts(charts.plot_ranking(now))


def test_a_ranking_of_equals_is_cut_where_the_page_ends(build: Builder) -> None:
    """Where all have the same count, there is no better place to stop."""
    ax = charts.plot_ranking(build({"部门": {f"单位{n}": (1, 0, 0) for n in range(60)}}))

    assert len(ax.get_yticklabels()) == selection.MOST_ROWS


def test_the_composition_of_one_group_has_no_sum(build: Builder, small: Any) -> None:
    """A sum of one group would be that group again."""
    single = charts.plot_composition(build({"镇办": {"甲": (1, 0, 3)}}))
    several = charts.plot_composition(small)

    assert [label.get_text() for label in single.get_yticklabels()] == ["镇办"]
    assert [label.get_text() for label in several.get_yticklabels()] == ["镇办", "部门", "合计"]


def test_every_share_is_written(h1: Any) -> None:
    """What is too narrow for its bar stands below it."""
    written = "".join(texts(charts.plot_composition(h1)))

    for share in ("64篇 78.0%", "106篇 42.9%", "政策解读2篇（0.8%）", "203篇 61.7%"):
        assert share in written


def test_a_narrow_share_is_written_at_its_place(h1: Any) -> None:
    """A line leads from the share to its label, which stands below it and not at the left."""
    ax = charts.plot_composition(h1.of("departments"))
    (label,) = [text for text in ax.texts if "（" in text.get_text()]
    (line,) = ax.lines
    left, right = 100 * 106 / 247, 100 * 108 / 247

    assert label.get_text() == "政策解读2篇（0.8%）"
    assert label.get_horizontalalignment() == "center"
    assert left < label.get_position()[0] < right
    assert left < line.get_xdata()[0] == line.get_xdata()[1] < right


def test_a_narrow_share_at_the_edge_keeps_its_label_within(build: Builder) -> None:
    """The label of the first or last share is moved in, its line is not."""
    ax = charts.plot_composition(build({"镇": {"甲": (1, 0, 99)}}))
    (label,) = [text for text in ax.texts if "（" in text.get_text()]

    assert ax.lines[0].get_xdata()[0] == 0.5
    assert label.get_position()[0] > 10


def test_a_lorenz_curve_runs_from_nothing_to_all(h1: Any) -> None:
    """Each group's curve goes from 0 to 100% and never above the diagonal."""
    _, *curves = charts.plot_concentration(h1).lines

    assert len(curves) == 2
    for points in (curve.get_xydata() for curve in curves):
        assert points[0].tolist() == [0, 0]
        assert points[-1].tolist() == [100, 100]
        assert all(y <= x + 1e-9 for x, y in points)


def test_changes_draw_only_the_periods_at_hand(build: Builder) -> None:
    """Now, the one before, and the same of last year where they are there."""
    now, before = (build({"镇办": {"甲": (n, 0, 0)}}, p) for n, p in ((3, "2022H1"), (2, "2021H2")))
    legend = charts.plot_changes(History([now, before])).get_legend()

    assert [text.get_text() for text in legend.get_texts()] == ["2022年上半年", "2021年下半年"]


def test_a_history_runs_with_time(build: Builder) -> None:
    """The earliest period stands on top."""
    series = [build({"镇办": {"甲": (1, 0, 0)}}, p) for p in ("2022H1", "2020H1", "2021H1")]
    rows = charts.plot_trend(History(series)).get_yticklabels()

    assert [row.get_text() for row in rows] == [
        "2020年上半年",
        "2021年上半年",
        "2022年上半年",
    ]


def test_a_trend_writes_nothing_where_a_unit_was_not_there(build: Builder) -> None:
    """A period without the unit has a row and no count; one in which it sent nothing has 0."""
    grids = {"2020H1": {"甲": (1,)}, "2021H1": {"甲": (1,), "乙": (0,)}, "2022H1": {"乙": (4,)}}
    series = [build({"镇": rows}, period, categories=("类",)) for period, rows in grids.items()]
    ax = charts.plot_trend(History(series), "乙")

    assert 3 == len(ax.get_yticklabels())
    assert [("0", 1), ("4", 2)] == [(text.get_text(), text.xy[1]) for text in ax.texts]


def test_the_months_are_stacked_by_group() -> None:
    """One row a month, idle ones included; each bar is its groups one after the other."""
    now = period_of([*sent("甲镇", "01-01", "01-02", "03-01"), *sent("A局", "01-03"), REJECTED])
    ax = charts.plot_months(now)
    january = [bar for bar in ax.patches if bar.get_y() < 0.2]

    assert [label.get_text() for label in ax.get_yticklabels()] == [f"{n}月" for n in range(1, 7)]
    assert [(bar.get_x(), bar.get_width()) for bar in january] == [(0, 2), (2, 1)]
    assert [text.get_text() for text in ax.texts] == ["3", "0", "2", "0", "0", "0"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["镇办", "部门单位"]


@pytest.mark.parametrize(
    ("days", "without"), [(["03-01"], [Column.SUBMITTED]), ([""], []), ([], [])]
)
def test_no_months_are_drawn_without_dates(days: list[str], without: list[Column]) -> None:
    """A chart says that there is nothing to draw, in its drawing and in its text."""
    now = period_of(sent("甲镇", *days), without=without)

    assert texts(charts.plot_months(now)) == ["2022年上半年没有登记投稿日期的稿件"]
    assert descriptions.describe_months(now) == (
        "逐月投稿数量的条形图。2022年上半年没有登记投稿日期的稿件。"
    )
    assert exhibits.show_months(now).parts == ()


def test_a_chart_goes_onto_given_axes(small: Any) -> None:
    """Who brings axes gets the same ones back, with Chinese type on them."""
    ax = Canvas().add_subplot()

    assert charts.plot_ranking(small, ax=ax) is ax
    assert {label.get_fontfamily()[0] for label in ax.get_yticklabels()} == {"Zhashui Sans"}
