"""What the report's tables and key figures hold."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from conftest import Builder
from points_county import COUNTY, SUBMITTED, Rows, points_period

from page.shown import cells
from zhashui_stats.comparison import History
from zhashui_stats.model.grading import Assessment, Grade
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions, add_up
from zhashui_stats.page import exhibits, tables


def test_the_tables_at_the_end_are_set_small(h1: Submissions) -> None:
    """What a report was made from stands in small type: source, files and versions."""
    ends = (
        tables.source_table(h1),
        tables.files_table(History([h1])),
        tables.provenance_table({"程序": "一"}),
    )

    assert all('<table class="zs-table zs-fine">' in table._repr_html_() for table in ends)


def test_annex_of_the_real_period(h1: Submissions) -> None:
    """The towns' annex: nine rows in the circular's order, and the total."""
    rows = cells(tables.annex_table(h1, "towns")._repr_html_())

    assert len(rows) == 11
    assert rows[0] == ["序号", "投稿单位", "政务公开", "政策解读", "政务动态", "合计"]
    assert rows[7] == ["7", "红岩寺镇", "2", "0", "50", "52"]
    assert rows[-1] == ["", "合计", "18", "0", "64", "82"]


def test_key_figures_without_forerunner(h1: Submissions) -> None:
    """Alone, a figure is set beside the total."""
    figures = tables.key_figures(History([h1])).figures

    assert figures == (
        ("采用总量", "329", "篇", ""),
        ("政务公开信息", "124", "篇", "占37.7%"),
        ("政策解读信息", "2", "篇", "占0.6%"),
        ("政务动态信息", "203", "篇", "占61.7%"),
        ("有稿件采用的单位", "51", "个", "共65个单位"),
    )


def test_a_key_figure_reads_as_a_line(build: Builder) -> None:
    """Where the page's style is not at hand, as in JupyterLab, its parts stay together."""
    now = build({"组": {"甲": (3,)}}, categories=("类",))
    html = tables.key_figures(History([now]))._repr_html_()
    items = ["".join(item.itertext()) for item in ET.fromstring(html).iter("li")]

    assert items == ["采用总量 3篇", "有稿件采用的单位 1个 共1个单位"]


def test_key_figures_with_forerunner(build: Builder) -> None:
    """With the period before at hand, a figure carries its change."""
    before = build({"组": {"甲": (3, 1)}}, "2021H2", categories=("一", "二"))
    now = build({"组": {"甲": (1, 1)}}, categories=("一", "二"))
    figures = tables.key_figures(History([before, now])).figures

    assert [note for *_, note in figures] == ["环比−2", "环比−2", "环比持平", "共1个单位"]


@pytest.mark.parametrize(
    ("before", "now", "note"),
    [("2021", "2022", "同比−2"), ("2021H1", "2022H1", "同比−2"), ("2020H1", "2022H1", "")],
)
def test_key_figures_name_the_comparison(build: Builder, before: str, now: str, note: str) -> None:
    """Against a year before it is 同比, for years too; what is further back is not compared."""
    series = [
        build({"组": {"甲": (count,)}}, period, categories=("类",))
        for period, count in ((before, 3), (now, 1))
    ]

    assert tables.key_figures(History(series)).figures[0] == ("采用总量", "1", "篇", note)


def test_a_label_says_information_once(build: Builder) -> None:
    """A category that is called 公开信息 is not called 公开信息信息."""
    labels = ("公开信息", "动态")
    series = [
        build({"组": {"甲": (3, 1)}}, period, categories=labels) for period in ("2021H2", "2022H1")
    ]
    history = History(series)

    assert [label for label, *_ in tables.key_figures(history).figures] == [
        "采用总量", "公开信息", "动态信息", "有稿件采用的单位",
    ]  # fmt: skip


def test_changes_table_of_a_year(build: Builder) -> None:
    """Years are compared year on year."""
    series = [build({"组": {"甲": (3, 0, 1)}}, period) for period in ("2021", "2022")]

    headers = [table.header for table in tables.changes_tables(History(series))]

    assert headers == [("类别", "2022年", "2021年", ("同比", "增减"), ("同比", "%"))]


def test_each_earlier_period_has_a_table_of_its_own(build: Builder) -> None:
    """Side by side they would not fit on a page."""
    series = [build({"组": {"甲": (3, 0, 1)}}, period) for period in ("2021H1", "2021H2", "2022H1")]
    captions = [table.caption for table in tables.changes_tables(History(series))]

    assert captions == [
        "环比：与2021年下半年比较（篇）", "同比：与2021年上半年比较（篇）",
    ]  # fmt: skip


def test_changes_table(build: Builder) -> None:
    """Difference with its sign, per cent with one decimal, from zero a dash, the total below."""
    before = build({"组": {"甲": (3, 0, 1)}}, "2021H2")
    now = build({"组": {"甲": (5, 2, 1)}})
    (table,) = tables.changes_tables(History([before, now]))
    rows = cells(table._repr_html_())

    assert rows == [
        ["类别", "2022年上半年", "2021年下半年", "环比增减", "环比%"],
        ["政务公开", "5", "3", "+2", "+66.7%"],
        ["政策解读", "2", "0", "+2", "—"],
        ["政务动态", "1", "1", "0", "0.0%"],
        ["合计", "8", "4", "+4", "+100.0%"],
    ]


def test_history_table(build: Builder) -> None:
    """One row a period, in the order of time."""
    now = build({"组": {"甲": (0,)}}, "2022H1", categories=("类",))
    before = build({"组": {"甲": (1,)}}, "2021H2", categories=("类",))
    rows = cells(tables.history_table(History([now, before]))._repr_html_())

    assert rows == [
        ["期次", "单位数", "类", "合计"],
        ["2021年下半年", "1", "1", "1"],
        ["2022年上半年", "1", "0", "0"],
    ]


def test_concentration_table(h1: Submissions) -> None:
    """Each group and all units, as docs/methodology.md works it out."""
    rows = cells(tables.concentration_table(h1)._repr_html_())

    assert rows[1:] == [
        ["镇办", "9", "52", "4", "63.4%", "80.5%", "90.2%", "0.62"],
        ["部门单位", "56", "23", "3", "9.3%", "27.1%", "37.2%", "0.59"],
        ["全部单位", "65", "52", "3", "15.8%", "29.5%", "40.1%", "0.61"],
    ]


def test_concentration_names_the_measure(build: Builder) -> None:
    """Counts are headed by the county's measure word; a median between two is given so."""
    now = build({"镇": {"甲镇": (3, 0, 0), "乙镇": (0, 0, 0)}})
    now = replace(now, county=replace(now.county, measure="条"))
    rows = cells(tables.concentration_table(now)._repr_html_())

    assert rows[0][2:4] == ["最多（条）", "中位数（条）"]
    assert rows[1][2:4] == ["3", "1.5"]


def test_one_unit_has_no_concentration(build: Builder) -> None:
    """Neither table nor chart follows where the prose says that nothing is reckoned."""
    now = build({"镇": {"甲镇": (3, 0, 0)}})

    assert tables.concentration_table(now)._repr_html_() == ""
    assert exhibits.show_concentration(now)._repr_html_() == ""


def test_a_group_of_one_unit_has_no_concentration(build: Builder) -> None:
    """Beside others, its figures are dashes and it has no curve."""
    now = build({"镇": {"甲镇": (3, 0, 0)}, "部门": {"A局": (6, 0, 1), "B局": (0, 0, 1)}})
    chart = exhibits.show_concentration(now)._repr_html_()

    assert cells(tables.concentration_table(now)._repr_html_())[1:] == [
        ["镇", "1", "3", "—", "—", "—", "—", "—"],
        ["部门", "2", "7", "4", "87.5%", "—", "—", "0.38"],
        ["全部单位", "3", "7", "3", "63.6%", "—", "—", "0.36"],
    ]
    assert "部门（基尼系数0.38）" in chart
    assert "镇（基尼系数" not in chart


def test_the_source_of_a_period(build: Builder) -> None:
    """Known keys by their names, one's own as they are."""
    now = replace(
        build({"组": {"甲": (1,)}}, categories=("类",)), source={"title": "通报", "k：": "v"}
    )

    assert tables.source_table(now).rows == (("文件", "通报"), ("k：", "v"))


def test_blanks_of_a_source_are_left_out(build: Builder) -> None:
    """What the analyst leaves empty, such as the note, has no row."""
    now = replace(
        build({"组": {"甲": (1,)}}, categories=("类",)), source={"title": "通报", "note": " "}
    )

    assert tables.source_table(now).rows == (("文件", "通报"),)


def test_the_sources_of_a_summed_year(build: Builder) -> None:
    """A year that is the sum of its halves shows the sources of both."""
    halves = [
        replace(
            build({"组": {"甲": (1,)}}, period, categories=("类",)),
            source={"title": f"通报{period}", "k：": "v"},
        )
        for period in ("2022H1", "2022H2")
    ]
    table = tables.source_table(add_up(halves, Period.parse("2022")))

    assert table.caption == "2022年数据来源"
    assert table.rows == (
        ("2022年上半年：文件", "通报2022H1"),
        ("2022年上半年：k：", "v"),
        ("2022年下半年：文件", "通报2022H2"),
        ("2022年下半年：k：", "v"),
    )


def test_files_are_stated_with_their_hashes(h1: Submissions) -> None:
    """Each input once, by its path below the data folder."""
    rows = cells(tables.files_table(History([h1]))._repr_html_())

    assert [path for path, _ in rows[1:]] == [
        "2022H1/departments.csv",
        "2022H1/remarks.md",
        "2022H1/source.toml",
        "2022H1/towns.csv",
        "county.toml",
        "units.csv",
    ]
    assert all(len(digest) == 64 for _, digest in rows[1:])


def test_movers_table(build: Builder) -> None:
    """The risen first, most first, then the fallen, most last; who stayed is left out."""
    series = [
        build({"镇": {name: (n,) for name, n in rows.items()}}, period, categories=("动",))
        for period, rows in (
            ("2021H2", {"甲": 1, "乙": 5, "丙": 2, "丁": 9}),
            ("2022H1", {"甲": 4, "乙": 1, "丙": 2, "丁": 8}),
        )
    ]
    rows = cells(tables.movers_table(History(series))._repr_html_())

    assert rows == [
        ["投稿单位", "2022年上半年", "2021年下半年", "环比增减"],
        ["甲", "4", "1", "+3"],
        ["丁", "8", "9", "−1"],
        ["乙", "1", "5", "−4"],
    ]


def test_movers_table_without_forerunner(h1: Submissions) -> None:
    """A first period has no movers."""
    assert tables.movers_table(History([h1]))._repr_html_() == ""


# --- Indicators ---------------------------------------------------------------------------------


def test_annex_with_indicators_and_the_assessment() -> None:
    """After the total in the county's order, those of the group; then rank and grade."""
    rows = cells(tables.annex_table(points_period(), "towns")._repr_html_())

    assert rows == [
        ["序号", "投稿单位", "政务公开", "政务动态", "合计", "报送（条）", "采用率（%）",
         "基本分（分）", "加分（分）", "得分（分）", "自采", "约稿", "名次", "等次"],
        ["1", "甲镇", "2", "7", "9", "12", "75.0", "7.5", "2.0", "9.5", "8", "1", "1", "合格"],
        ["2", "乙镇", "2", "0", "2", "8", "25.0", "4.0", "0.0", "4.0", "1", "1", "2", "合格"],
        ["3", "丙镇", "0", "0", "0", "0", "—", "0.0", "0.0", "0.0", "0", "0", "3", "不合格"],
        ["", "合计", "4", "7", "11", "20", "55.0", "11.5", "2.0", "13.5", "9", "2", "", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("assessment", "expected"),
    [
        (Assessment("rate"), ["—"]),
        (Assessment("rate", grades=(Grade("优秀", 60),)), ["—", "—"]),
        (Assessment("points", within_groups=False), ["5"]),
        (None, []),
    ],
)
def test_rank_and_grade_of_an_annex(assessment: Assessment | None, expected: list[str]) -> None:
    """A dash where the figure is undefined; among all units where the county says so."""
    county = replace(COUNTY, assessment=assessment)
    rows = cells(tables.annex_table(points_period(county=county), "towns")._repr_html_())

    assert expected == rows[3][12:]


def test_totals_with_indicators_and_scopes() -> None:
    """Rates are those of the totals; what no group of a scope has is blank."""
    rows = cells(tables.totals_table(points_period())._repr_html_())

    assert ["镇办", "4", "7", "11", "20", "55.0", "11.5", "2.0", "", "13.5", "9", "2"] == rows[1]
    assert ["县直单位", "22", "9", "31", "42", "73.8", "41.0", "1.0", "4.0", "38.0", "28", "3"] == (
        rows[4]
    )
    assert "67.7" == rows[5][5]


def test_a_table_of_many_columns_is_wide() -> None:
    """Its headers break in pairs; one of few columns is as it was."""
    wide = tables.annex_table(points_period(), "towns")._repr_html_()
    few = replace(COUNTY, indicators=(), assessment=None, thresholds=())

    assert '<table class="zs-table zs-wide">' in wide
    assert "政务<wbr/>公开" in wide
    assert "zs-wide" not in (
        tables.annex_table(points_period(county=few), "towns")._repr_html_()
    )  # fmt: skip


def test_key_figures_with_indicators() -> None:
    """Counted ones and rates; how many units have any is left out where it would stand alone."""
    history = History([points_period(period="2021H2"), points_period()])
    figures = tables.key_figures(history).figures

    assert [
        ("采用总量", "42", "篇", "环比持平"),
        ("政务公开信息", "26", "篇", "环比持平"),
        ("政务动态信息", "16", "篇", "环比持平"),
        ("报送", "62", "条", "环比持平"),
        ("采用率", "67.7", "%", "环比持平"),
    ] == list(figures)


def test_key_figures_of_many_indicators() -> None:
    """Two lines at most, the number of active units last."""
    several = tuple(replace(SUBMITTED, id=f"more{n}", label=f"第{n}项") for n in range(9))
    county = replace(COUNTY, indicators=several, assessment=None, thresholds=())
    now = points_period(county=county, more={found.id: 1 for found in several})
    figures = tables.key_figures(History([now])).figures

    assert len(figures) == 10
    assert ("第0项", "7", "条", "") == figures[3]
    assert "有稿件采用的单位" == figures[-1][0]


def test_an_undefined_key_figure() -> None:
    """It has no unit, and no change."""
    rows: Rows = {"towns": {"甲镇": (0, 0, 0, 0, 0)}}
    history = History([points_period(rows, "2021H2"), points_period(rows)])

    assert ("采用率", "—", "", "") == tables.key_figures(history).figures[4]


def test_changes_of_indicators_have_a_table_of_their_own() -> None:
    """Each in its unit; rates by percentage points, without a per cent of a per cent."""
    before: Rows = {"towns": {"甲镇": (1, 0, 2, 0, 0)}}
    history = History([points_period(before, "2021H2"), points_period()])
    [_, changes] = tables.changes_tables(history)

    assert changes.caption == "环比：其他指标与2021年下半年比较"
    assert changes.rows == (
        ("报送", "62条", "2条", "+60", "+3000.0%"),
        ("采用率", "67.7%", "50.0%", "+17.7个百分点", "—"),
    )


def test_an_undefined_change_of_an_indicator() -> None:
    """Dashes, as there is nothing to be held against."""
    before: Rows = {"towns": {"甲镇": (0, 0, 0, 0, 0)}}
    history = History([points_period(before, "2021H2"), points_period()])

    assert ("采用率", "67.7%", "—", "—", "—") == tables.changes_tables(history)[1].rows[1]


def test_history_with_indicators() -> None:
    """Period by period, after the total."""
    history = History([points_period(period="2021H2"), points_period()])
    rows = cells(tables.history_table(history)._repr_html_())

    assert ["期次", "单位数", "政务公开", "政务动态", "合计", "报送（条）", "采用率（%）"] == (
        rows[0][:7]
    )
    assert ["2022年上半年", "7", "26", "16", "42", "62", "67.7"] == rows[2][:7]


def test_charts_of_the_assessment() -> None:
    """One for each scope of ranks; none where a category is assessed, or nothing is."""
    shown = exhibits.show_assessment(points_period())._repr_html_()

    assert re.findall("<figcaption>(.*?)</figcaption>", shown) == [
        "镇办得分排名（分）", "一类部门得分排名（分）", "二类部门得分排名（分）",
    ]  # fmt: skip
    for assessment in (Assessment("news"), None):
        county = replace(COUNTY, assessment=assessment)
        assert exhibits.show_assessment(points_period(county=county))._repr_html_() == ""
