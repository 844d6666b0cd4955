"""The brief's figures, tables and chart, and the index that leads to the briefs."""

import hashlib
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from conftest import Builder
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from zhashui_stats.briefs import tables as brief_tables
from zhashui_stats.briefs.brief import Brief
from zhashui_stats.compare import History
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.page import charts, descriptions, exhibits
from zhashui_stats.page.provenance import made_with
from zhashui_stats.page.table import Link, Table

HOSTILE = "<script>alert(1)</script>&$x^2$"


def brief_of(unit: str, *series: Submissions) -> Brief:
    return Brief.of(History(series), unit)


# --- Key figures --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("营盘镇", ["并列第6名，共9个镇办", "各单位相同", "各单位相同", "比中位数少2篇"]),
        ("财政局", ["并列第2名，共56个部门单位", "第1名", "并列第1名", "并列第15名"]),
        ("盐务局", ["没有稿件被采用", "比中位数少2篇", "等于中位数", "比中位数少1篇"]),
    ],
)
def test_notes_of_the_figures(h1: Submissions, unit: str, expected: list[str]) -> None:
    """A rank where there is one, else the distance; nothing adopted is no rank."""
    figures = brief_tables.own_figures(brief_of(unit, h1)).figures

    assert expected == [note for *_, note in figures]


def test_figures_of_one_category(build: Builder) -> None:
    """The total alone, which is that category."""
    now = build({"镇办": {"甲镇": (3,), "乙镇": (3,)}}, categories=("政务公开",))

    assert brief_tables.own_figures(brief_of("甲镇", now)).figures == (
        ("采用总量", "3", "篇", "各单位相同"),
    )


def test_figures_of_a_group_of_one(build: Builder) -> None:
    """No rank, no median."""
    figures = brief_tables.own_figures(brief_of("", build({"镇办": {"甲镇": (3, 0, 1)}}))).figures

    assert ["", "", "", ""] == [note for *_, note in figures]


# --- Tables -------------------------------------------------------------------------------------


def test_standing_of_a_real_unit(h1: Submissions) -> None:
    """Count, rank, median, distance and most, by category and in total."""
    table = brief_tables.standing_table(brief_of("营盘镇", h1))

    assert "在9个镇办中的位置（篇）" == table.caption
    assert table.header == ("类别", "采用", "名次", "组中位数", "与中位数相差", "组内最多")
    assert table.rows == (
        ("政务公开", 2, "—", "2", "0", 2),
        ("政策解读", 0, "—", "0", "0", 0),
        ("政务动态", 0, "—", "2", "−2", 50),
    )
    assert table.footer == (("合计", 2, "并列6", "4", "−2", 52),)
    assert "名次为“—”的，没有稿件被采用，或各单位相同。" == table.note


def test_standing_with_every_rank(build: Builder) -> None:
    """Where every row has its rank there is no note; one category needs no total."""
    now = build({"镇办": {"甲镇": (3,), "乙镇": (2,)}}, categories=("政务公开",))
    table = brief_tables.standing_table(brief_of("甲镇", now))

    assert ((("政务公开", 3, "1", "2.5", "+0.5", 3),), (), "") == (
        table.rows, table.footer, table.note
    )  # fmt: skip


def test_standing_of_one_alone_is_not_shown(build: Builder) -> None:
    """There is nobody to stand among."""
    brief = brief_of("", build({"镇办": {"甲镇": (3, 0, 0)}}))

    assert "" == brief_tables.standing_table(brief)._repr_html_()


def test_history_of_a_unit(build: Builder) -> None:
    """Merged units count before; where the unit was not there, there is a dash."""
    first = build({"镇办": {"丙镇": (1, 1, 1)}}, "2021H1")
    before = build({"镇办": {"甲镇": (1, 0, 0), "乙镇": (5, 0, 2)}}, "2021H2")
    now = build({"镇办": {"甲镇": (7, 0, 0)}}, aliases={"甲镇": ("乙镇",)})
    table = brief_tables.own_history_table(brief_of("甲镇", first, before, now))

    assert table.rows == (
        ("2021年上半年", "—", "—", "—", "—"),
        ("2021年下半年", 6, 0, 2, 8),
        ("2022年上半年", 7, 0, 0, 7),
    )
    assert "“—”为名册中没有本单位；含并入前的单位。" == table.note


def test_a_long_history_shows_the_latest(build: Builder) -> None:
    """The sheet has room for five periods."""
    series = [build({"镇办": {"甲镇": (n, 0, 0)}}, f"{n}H1") for n in range(2014, 2023)]
    table = brief_tables.own_history_table(brief_of("甲镇", *series))

    assert [f"{n}年上半年" for n in range(2018, 2023)] == [row[0] for row in table.rows]
    assert "只列最近5期。" == table.note


def test_no_history_of_a_single_period(h1: Submissions) -> None:
    """One period is in the other table."""
    assert () == brief_tables.own_history_table(brief_of("", h1)).rows


# --- Provenance ---------------------------------------------------------------------------------


def test_provenance_is_one_small_table(h1: Submissions) -> None:
    """Source, inputs with one hash, program and parameters, and the command for all briefs."""
    brief = brief_of("营盘镇", h1)
    made = made_with("2022H1", "somewhere/else", unit=brief.name)
    rows = dict(brief_tables.own_provenance_table(brief, made).rows)
    digest = brief_tables.combined_hash(brief.history)

    assert list(rows) == ["数据来源", "输入文件", "程序、主要组件", "参数、重新生成的命令"]
    assert rows["数据来源"] == (
        "柞水县2022年上半年政务公开暨县政府网站信息报送采编情况的通报：附件1、附件2（2022年7月8日）"
    )
    assert rows["输入文件"] == f"{len(h1.files)}个文件，合并校验值（SHA-256）{digest}"
    assert rows["参数、重新生成的命令"] == (
        "period = 2022H1，unit = 营盘镇，data_dir = else；"
        "zhashui-stats briefs 2022H1 --data-dir else"
    )


def test_the_combined_hash_is_that_of_a_checksum_file(h1: Submissions) -> None:
    """The lines that sha256sum writes, in the order of the paths, whatever the series' order."""
    lines = sorted((file.path, file.sha256) for file in h1.files)
    text = "".join(f"{digest}  {path}\n" for path, digest in lines)
    mixed = replace(h1, files=tuple(reversed(h1.files)))

    expected = hashlib.sha256(text.encode()).hexdigest()
    assert expected == brief_tables.combined_hash(History([h1]))
    assert expected == brief_tables.combined_hash(History([mixed]))


def test_another_input_has_another_hash(h1: Submissions) -> None:
    """One changed file changes the hash."""
    other = replace(h1, files=(replace(h1.files[0], sha256="0"), *h1.files[1:]))

    assert brief_tables.combined_hash(History([h1])) != brief_tables.combined_hash(History([other]))


@pytest.mark.parametrize(
    ("source", "summed", "expected"),
    [
        ({"title": "某表", "date": "7月"}, False, "某表（7月）"),
        ({"title": "某表"}, False, "某表"),
        ({"date": "7月"}, False, "7月"),
        ({"note": "无"}, False, None),
        (
            {"2022年上半年：title": "甲", "2022年上半年：date": "7月", "2022年下半年：title": "乙"},
            True,
            "甲（7月）；乙",
        ),
    ],
)
def test_sources(
    build: Builder, source: dict[str, str], *, summed: bool, expected: str | None
) -> None:
    """Title and date as far as they are given; a year names both halves' sources."""
    now = replace(build({"镇办": {"甲镇": (1, 0, 0)}}, summed=summed), source=source)
    rows = dict(brief_tables.own_provenance_table(brief_of("", now), {}).rows)

    assert expected == rows.get("数据来源")


# --- The index ----------------------------------------------------------------------------------


def test_the_index_of_a_group(build: Builder) -> None:
    """Every unit in the order of the annex, with a link, its counts, its total and its rank."""
    now = build({"镇办": {"甲镇": (1, 0, 2), "乙镇": (0, 0, 0), "丙镇": (3, 0, 0)},
                 "部门": {"丁局": (1, 1, 1)}})  # fmt: skip
    hrefs = {"甲镇": "%E7%94%B2.html", "乙镇": None, "丙镇": "c.html", "丁局": "d.html"}
    table = brief_tables.briefs_table(now, "镇办", hrefs)

    assert "2022年上半年镇办信息采编情况简报（篇）" == table.caption
    assert table.header == ("投稿单位", "政务公开", "政策解读", "政务动态", "合计", "名次")
    assert table.rows == (
        (Link("甲镇", "%E7%94%B2.html"), 1, 0, 2, 3, "并列1"),
        ("乙镇（未能生成）", 0, 0, 0, 0, "—"),
        (Link("丙镇", "c.html"), 3, 0, 0, 3, "并列1"),
    )


def test_a_link_is_escaped_and_leads_there() -> None:
    """The text is literal, the address stands as it is, in the cell that names the row."""
    html = Table("表", ("单位", "数"), ((Link(HOSTILE, "a%26b.html"), 1),))._repr_html_()

    assert (
        '<th scope="row"><a href="a%26b.html">'
        "&lt;script&gt;alert(1)&lt;/script&gt;&amp;$x^2$</a></th>"
    ) in html


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "//host/x", "/x", "https://x", "", "a b", 'a"b', "甲.html", "a?b"],
)
def test_a_link_leads_nowhere_else(href: str) -> None:
    """An address with a scheme, a host, or anything that is not percent-encoded is refused."""
    with pytest.raises(ValueError, match="percent-encoded"):
        Link("甲", href)


# --- The chart ----------------------------------------------------------------------------------


def drawn(ax: Axes, marker: str) -> list[tuple[float, float]]:
    """Return count and row of every mark of a kind."""
    lines = (one for one in ax.lines if one.get_marker() == marker)
    return [tuple(one.get_xydata()[0].tolist()) for one in lines]


def test_every_count_has_a_dot_and_the_unit_its_own(build: Builder) -> None:
    """A row a category and the total; one dot a count, the unit dark, its count below."""
    grid = {"镇办": {"甲镇": (1, 0, 9), "乙镇": (0, 0, 0), "丙镇": (0, 0, 3)}}
    ax = charts.plot_standing(brief_of("甲镇", build(grid)))

    assert [one.get_text() for one in ax.get_yticklabels()] == [
        "政务公开", "政策解读", "政务动态", "合计",
    ]  # fmt: skip
    assert drawn(ax, "D") == [(1, 0), (0, 1), (9, 2), (10, 3)]
    assert drawn(ax, "o") == [
        (1, 0), (0, 0), (0, 1), (9, 2), (3, 2), (0, 2), (10, 3), (3, 3), (0, 3),
    ]  # fmt: skip
    assert [one.get_text() for one in ax.texts] == [
        "1", "最多1", "0", "最多0", "9", "最多9", "10", "最多10",
    ]  # fmt: skip


def test_the_median_is_a_line(build: Builder) -> None:
    """One upright stroke a row stands at the median."""
    now = build({"镇办": {"甲镇": (1, 0, 9), "乙镇": (2, 0, 0)}})
    strokes = [one.get_xdata() for one in charts.plot_standing(brief_of("甲镇", now)).lines
               if one.get_linewidth() == 1.8]  # fmt: skip

    assert [1.5, 0, 4.5, 6] == [float(left) for left, right in strokes if left == right]


@pytest.mark.parametrize(("size", "power"), [(9, 0.5), (56, 0.36)])
def test_dots_grow_with_the_units_and_stay_in_their_row(
    build: Builder, size: int, power: float
) -> None:
    """In area for a few; for many more slowly: the largest fits, the smallest is seen."""
    units = {f"{n}局": (1 if n else 7, 0, 0) for n in range(size)}
    ax = charts.plot_standing(brief_of("0局", build({"部门": units})))
    sizes = [one.get_markersize() for one in ax.lines if one.get_marker() == "o"][:2]

    assert 5 == sizes[0]
    assert sizes[1] == pytest.approx(5 * (size - 1) ** power, rel=0.02)
    assert max(sizes) <= 21


def test_the_unit_is_told_from_the_others_without_colour(h1: Submissions) -> None:
    """Its mark has another shape, and is far darker than the others' in greyscale."""
    lines = charts.plot_standing(brief_of("营盘镇", h1)).lines

    def grey(marker: str) -> float:
        colour = next(one.get_color() for one in lines if one.get_marker() == marker)
        return sum(w * c for w, c in zip((0.299, 0.587, 0.114), to_rgb(colour), strict=True))

    assert grey("o") - grey("D") > 0.4


@pytest.mark.parametrize("unit", ["红岩寺镇", "应急局", "盐务局"])
def test_the_chart_is_low(h1: Submissions, unit: str) -> None:
    """Two inches at most, for nine units and for fifty-six."""
    canvas = charts.plot_standing(brief_of(unit, h1)).get_figure(root=True)

    assert canvas is not None
    assert canvas.get_size_inches()[1] <= 2


def test_nothing_is_drawn_outside(build: Builder) -> None:
    """The longest names and the largest numbers stay within the drawing."""
    categories = ("一个很长的信息类别的名称", "另一类")
    units = {"名称很长很长很长很长的单位": (123456, 1), "乙局": (1, 123456)}
    ax = charts.plot_standing(
        brief_of("名称很长很长很长很长的单位", build({"部门": units}, categories=categories))
    )
    canvas = ax.get_figure(root=True)
    assert canvas is not None
    legend = ax.get_legend()
    assert legend is not None
    boxes = [one.get_window_extent() for one in (legend, *ax.texts, *ax.get_yticklabels())]

    assert [] == [box for box in boxes if box.x0 < 0 or box.x1 > canvas.bbox.width]
    assert [] == [box for box in boxes if box.y0 < 0 or box.y1 > canvas.bbox.height]


def test_the_same_brief_gives_the_same_drawing(h1: Submissions) -> None:
    """Byte for byte, and well-formed."""
    first, second = (exhibits.show_standing(brief_of("财政局", h1))._repr_html_() for _ in range(2))

    assert first == second
    assert "svg" == ET.fromstring(first[first.index("<svg") : first.index("</svg>") + 6]).tag


def test_it_draws_on_axes_of_others(h1: Submissions) -> None:
    """Given axes come back."""
    ax = charts.plot_ranking(h1)

    assert ax is charts.plot_standing(brief_of("财政局", h1), ax)


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
    assert expected == descriptions.describe_standing(brief_of(unit, h1))


def test_hostile_names_stay_text(build: Builder) -> None:
    """Markup in a name is text in the drawing, in its caption and in its alternative."""
    now = build({HOSTILE: {HOSTILE: (1, 0, 0), "乙": (0, 0, 0)}})
    html = exhibits.show_standing(brief_of("", now))._repr_html_()

    assert "<script" not in html
    assert "&lt;script" in html


# --- What is shown together ---------------------------------------------------------------------


def shown(brief: Brief) -> tuple[int, int]:
    html = exhibits.show_standing(brief)._repr_html_()
    return html.count("<svg"), html.count("<table")


def test_what_stands_beside_what(h1: Submissions, build: Builder) -> None:
    """A chart and one table; with earlier periods two tables; alone, or with nothing, no chart."""
    empty = build({"镇办": {"甲镇": (0, 0, 0), "乙镇": (0, 0, 0)}})
    alone = [build({"镇办": {"甲镇": (1, 0, 0)}}, period) for period in ("2022H1", "2021H2")]

    assert (1, 1) == shown(brief_of("", h1))
    assert (1, 2) == shown(brief_of("", h1, replace(h1, period=h1.period.previous)))
    assert (0, 1) == shown(brief_of("", empty))
    assert (0, 1) == shown(brief_of("", *alone))
    assert (0, 0) == shown(brief_of("", alone[0]))


def test_nothing_to_show_leaves_no_frame(build: Builder) -> None:
    """Exhibits that show nothing take no room."""
    alone = brief_of("", build({"镇办": {"甲镇": (1, 0, 0)}}))

    assert "" == exhibits.show_standing(alone)._repr_html_()
