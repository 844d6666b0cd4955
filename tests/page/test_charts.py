"""Charts: what is drawn, what is told, and how it gets onto the page."""

import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from conftest import ROOT
from ledgers import REJECTED, period_of, sent
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure as Canvas

from zhashui_stats.compare import History
from zhashui_stats.errors import MissingGlyph
from zhashui_stats.model.articles import Column
from zhashui_stats.page import charts, descriptions, exhibits, selection

Builder = Callable[..., Any]
HOSTILE = "<script>alert(1)</script>&$x^2$"


def html(chart: Any, caption: str = "图", alt: str = "一幅图") -> str:
    return str(charts.figure(chart, caption=caption, alt=alt)._repr_html_())


def svg(chart: Any, alt: str = "一幅图") -> ET.Element:
    page = html(chart, alt=alt)
    return ET.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])


def texts(chart: Any) -> list[str]:
    return [one.text or "" for one in svg(chart).iter("text")]


def every_chart(now: Any, *earlier: Any) -> list[Any]:
    history = History([now, *earlier])
    return [
        charts.plot_ranking(now), charts.plot_composition(now), charts.plot_concentration(now),
        charts.plot_changes(history), charts.plot_history(history),
    ]  # fmt: skip


def every_text(now: Any, *earlier: Any) -> list[str]:
    history = History([now, *earlier])
    return [
        descriptions.describe_ranking(now), descriptions.describe_composition(now),
        descriptions.describe_concentration(now), descriptions.describe_changes(history),
        descriptions.describe_history(history),
    ]  # fmt: skip


@pytest.fixture
def small(build: Builder) -> Any:
    return build({"镇办": {"甲镇": (1, 0, 9), "乙镇": (0, 0, 0)}, "部门": {"丙局": (3, 1, 6)}})


# What is drawn.


def test_a_ranking_draws_the_units_with_any_best_first(build: Builder) -> None:
    """Units that sent nothing have no row, ties stand in the roster's order."""
    now = build({"镇办": {"甲": (1, 0, 0), "乙": (0, 0, 0), "丙": (2, 0, 3), "丁": (0, 1, 0)}})
    drawn = [one.get_text() for one in charts.plot_ranking(now).get_yticklabels()]

    assert drawn == ["丙", "甲", "丁"]


def test_the_bars_of_a_row_add_up_to_its_count(h1: Any) -> None:
    """Each row is its categories, one after the other, without gap or overlap."""
    ax = charts.plot_ranking(h1.of("towns"))
    best = [one for one in ax.patches if one.get_y() < 0.2]

    assert [(one.get_x(), one.get_width()) for one in best] == [(0, 2), (2, 50)]


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
    one = charts.plot_composition(build({"镇办": {"甲": (1, 0, 3)}}))
    two = charts.plot_composition(small)

    assert [label.get_text() for label in one.get_yticklabels()] == ["镇办"]
    assert [label.get_text() for label in two.get_yticklabels()] == ["镇办", "部门", "合计"]


def test_every_share_is_written(h1: Any) -> None:
    """What is too narrow for its bar stands below it."""
    written = "".join(texts(charts.plot_composition(h1)))

    for share in ("64篇 78.0%", "106篇 42.9%", "政策解读2篇（0.8%）", "203篇 61.7%"):
        assert share in written


def test_a_narrow_share_is_written_at_its_place(h1: Any) -> None:
    """A line leads from the share to its label, which stands below it and not at the left."""
    ax = charts.plot_composition(h1.of("departments"))
    (label,) = [one for one in ax.texts if "（" in one.get_text()]
    (line,) = ax.lines
    left, right = 100 * 106 / 247, 100 * 108 / 247

    assert label.get_text() == "政策解读2篇（0.8%）"
    assert label.get_horizontalalignment() == "center"
    assert left < label.get_position()[0] < right
    assert left < line.get_xdata()[0] == line.get_xdata()[1] < right


def test_a_narrow_share_at_the_edge_keeps_its_label_within(build: Builder) -> None:
    """The label of the first or last share is moved in, its line is not."""
    ax = charts.plot_composition(build({"镇": {"甲": (1, 0, 99)}}))
    (label,) = [one for one in ax.texts if "（" in one.get_text()]

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

    assert [one.get_text() for one in legend.get_texts()] == ["2022年上半年", "2021年下半年"]


def test_a_history_runs_with_time(build: Builder) -> None:
    """The earliest period stands on top."""
    series = [build({"镇办": {"甲": (1, 0, 0)}}, p) for p in ("2022H1", "2020H1", "2021H1")]
    labels = charts.plot_history(History(series)).get_yticklabels()

    assert [one.get_text() for one in labels] == ["2020年上半年", "2021年上半年", "2022年上半年"]


def test_the_months_are_stacked_by_group() -> None:
    """One row a month, idle ones included; each bar is its groups one after the other."""
    now = period_of([*sent("甲镇", "01-01", "01-02", "03-01"), *sent("A局", "01-03"), REJECTED])
    ax = charts.plot_months(now)
    january = [one for one in ax.patches if one.get_y() < 0.2]

    assert [one.get_text() for one in ax.get_yticklabels()] == [f"{n}月" for n in range(1, 7)]
    assert [(one.get_x(), one.get_width()) for one in january] == [(0, 2), (2, 1)]
    assert [one.get_text() for one in ax.texts] == ["3", "0", "2", "0", "0", "0"]
    assert [one.get_text() for one in ax.get_legend().get_texts()] == ["镇办", "部门单位"]


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


def test_the_months_stand_on_the_page_with_their_figures() -> None:
    """The caption says what is counted, the text alternative how many in which month."""
    page = exhibits.show_months(period_of(sent("甲镇", "03-01")))._repr_html_()

    assert "<figcaption>逐月投稿数量（篇，按投稿日期，含退稿和待审）</figcaption>" in page
    assert "3月1篇（镇办1篇）" in page


def test_a_single_month_has_no_chart_of_months() -> None:
    """One bar shows nothing."""
    assert exhibits.show_months(period_of(sent("甲镇", "04-01"), period="2022-04")).parts == ()


def test_a_chart_goes_onto_given_axes(small: Any) -> None:
    """Who brings axes gets the same ones back, with Chinese type on them."""
    ax = Canvas().add_subplot()

    assert charts.plot_ranking(small, ax) is ax
    assert {one.get_fontfamily()[0] for one in ax.get_yticklabels()} == {"Zhashui Sans"}


def test_settings_of_matplotlib_stay_as_they_were(small: Any) -> None:
    """Drawing leaves no trace in the explorer's settings."""
    before = dict(mpl.rcParams)
    for chart in every_chart(small):
        html(chart)

    assert dict(mpl.rcParams) == before


def test_axes_show_themselves(small: Any) -> None:
    """In JupyterLab a plot is seen without a further call, also with a title of one's own."""
    ax = charts.plot_ranking(small)
    ax.set_title("标题 $x$")
    shown = ax._repr_svg_()

    assert shown.startswith("<?xml")
    assert "<path" in shown


def test_colours_differ_in_greyscale() -> None:
    """The first three categories and the three periods are told apart without colour."""
    for palette in (charts._COLOURS[:3], charts._PERIODS):
        greys = [
            sum(w * c for w, c in zip((0.299, 0.587, 0.114), to_rgb(one), strict=True))
            for one in palette
        ]
        steps = [abs(a - b) for a in greys for b in greys if a != b]

        assert min(steps) > 0.19


# What is told.


def test_the_ranking_is_told_with_its_numbers(build: Builder, small: Any) -> None:
    """Who leads, how many took part, how many sent nothing."""
    assert descriptions.describe_ranking(small) == (
        "横向条形图，每条按类别分段。2022年上半年3个单位中有2个有稿件被采用，共20篇，"
        "由多到少：甲镇10篇、丙局10篇；另有1个单位没有稿件被采用，未画出。"
    )
    everyone = build({"镇办": {f"{n}镇": (n, 0, 0) for n in range(1, 13)}})
    assert descriptions.describe_ranking(everyone).endswith("3镇3篇；其余2个单位各1至2篇。")
    assert "12个单位均有稿件被采用" in descriptions.describe_ranking(everyone)


def test_nothing_at_all_is_told_as_such(build: Builder) -> None:
    """No chart of zeros pretends to show something."""
    nothing = build({"镇办": {"甲": (0, 0, 0), "乙": (0, 0, 0)}})

    assert every_text(nothing) == [
        "横向条形图。2022年上半年2个单位均没有稿件被采用。",
        "按类别划分的构成条形图。镇办没有稿件被采用。",
        "洛伦兹曲线图，曲线离对角线越远，越集中在少数单位"
        "（基尼系数0为各单位一样多，接近1为集中于一个单位）。镇办没有稿件被采用，不画曲线。",
        "条形图，2022年上半年各类别篇数：政务公开0篇、政策解读0篇、政务动态0篇，"
        "合计0篇；没有可比的期次。",
        "按时间先后排列的条形图，每条按类别分段。"
        "2022年上半年政务公开0篇、政策解读0篇、政务动态0篇，合计0篇。",
    ]


def test_one_unit_is_named(build: Builder) -> None:
    """A single unit is not all units, and it is neither even nor uneven."""
    nothing, some = build({"镇": {"甲": (0, 0, 0)}}), build({"镇": {"甲": (1, 0, 2)}})

    assert descriptions.describe_ranking(nothing) == "横向条形图。2022年上半年甲没有稿件被采用。"
    assert descriptions.describe_ranking(some) == (
        "横向条形图，每条按类别分段。2022年上半年甲有稿件被采用，共3篇，由多到少：甲3篇。"
    )
    assert descriptions.describe_concentration(some) == "洛伦兹曲线图。每组只有一个单位，不画曲线。"
    assert len(charts.plot_concentration(some).lines) == 1


def test_equals_are_told_as_such(build: Builder) -> None:
    """Where all have the same, nobody is named as having most."""
    now = build({"镇": {"甲": (1, 0, 2), "乙": (3, 0, 0)}})

    assert descriptions.describe_concentration(now).endswith("）。镇基尼系数0.00，各单位一样多。")


def test_names_are_kept_apart_from_counts(build: Builder) -> None:
    """A name that ends in a digit or a Latin letter has its count in brackets."""
    now = build({"镇": {"专班2": (5, 1), "甲": (1, 0)}}, categories=("类1", "类b"))

    assert descriptions.describe_ranking(now).endswith("由多到少：专班2（6篇）、甲1篇。")
    assert descriptions.describe_composition(now).endswith(
        "镇共7篇，其中类1（6篇）占85.7%、类b（1篇）占14.3%。"
    )
    assert descriptions.describe_history(History([now])).endswith(
        "类1（6篇）、类b（1篇），合计7篇。"
    )


def test_the_composition_and_the_concentration_are_told(small: Any) -> None:
    """Counts with shares, and the coefficient with what makes it."""
    assert descriptions.describe_composition(small) == (
        "按类别划分的构成条形图。"
        "镇办共10篇，其中政务公开1篇占10.0%、政策解读0篇占0.0%、政务动态9篇占90.0%；"
        "部门共10篇，其中政务公开3篇占30.0%、政策解读1篇占10.0%、政务动态6篇占60.0%；"
        "合计共20篇，其中政务公开4篇占20.0%、政策解读1篇占5.0%、政务动态15篇占75.0%。"
    )
    assert descriptions.describe_concentration(small).partition("）。")[2] == (
        "镇办基尼系数0.50，最多的甲镇占100.0%，50.0%的单位没有稿件被采用。"
    )


def test_changes_are_told_against_each_earlier_period(build: Builder) -> None:
    """From zero there is no percentage, and what stayed is said to have stayed."""
    now, before = (build({"镇办": {"甲": n}}, p) for n, p in
                   (((3, 1, 2), "2022H1"), ((2, 0, 2), "2021H2")))  # fmt: skip

    assert descriptions.describe_changes(History([now, before])) == (
        "分组条形图，各类别本期与可比期次的篇数。环比（与2021年下半年相比）"
        "政务公开由2篇变为3篇，增加1篇，增长50.0%，"
        "政策解读由0篇变为1篇，增加1篇（基数为0，不计增幅），"
        "政务动态由2篇变为2篇，持平，合计由4篇变为6篇，增加2篇，增长50.0%。"
    )


def test_the_months_are_told_by_group() -> None:
    """Each month's sum with the groups that sent in anything; an idle month in words."""
    now = period_of([*sent("甲镇", "01-01", "01-02", "03-01"), *sent("A局", "01-03")])

    assert descriptions.describe_months(now) == (
        "逐月投稿数量的条形图，每条按镇办、部门单位分段。1月3篇（镇办2篇、部门单位1篇）；"
        "2月没有投稿；3月1篇（镇办1篇）；4月没有投稿；5月没有投稿；6月没有投稿。"
    )


def test_the_months_of_one_group_are_told_as_such() -> None:
    """Where nothing is stacked, nothing is said of it."""
    now = period_of(sent("甲镇", "07-01", "09-01", "09-02"), {"镇办": ("甲镇",)}, "2022Q3")

    assert descriptions.describe_months(now) == (
        "逐月投稿数量的条形图。7月1篇；8月没有投稿；9月2篇。"
    )


def test_years_are_told_year_on_year(build: Builder) -> None:
    """Between years there is no 环比."""
    series = [build({"镇": {"甲": (n,)}}, p, categories=("类",)) for n, p in
              ((1, "2021"), (2, "2022"))]  # fmt: skip

    assert descriptions.describe_changes(History(series)) == (
        "分组条形图，各类别本期与可比期次的篇数。同比（与2021年相比）"
        "类由1篇变为2篇，增加1篇，增长100.0%，合计由1篇变为2篇，增加1篇，增长100.0%。"
    )


# How it gets onto the page.


def shapes(build: Builder) -> list[Any]:
    """The odd periods: nothing, one unit, one category, ties, long and hostile names, many."""
    many = tuple(f"类别{n}" for n in range(8))
    return [
        build({"镇办": {"甲": (0, 0, 0)}, "部门": {"乙": (0, 0, 0)}}),
        build({"镇办": {"甲": (1, 0, 0)}}),
        build({"镇办": {"甲": (4,)}}, categories=("政务公开",)),
        build({"镇办": {f"{n}镇": (2, 2, 2) for n in range(9)}}),
        build({"镇办": {"很长的单位名称" * 6: (3, 0, 1)}}),
        build({HOSTILE: {HOSTILE + "甲": (3, 1, 100000)}}, categories=("a<b>", "$c$", "d&e")),
        build({"部门": {f"单位{n}": (n % 5, 0, n) for n in range(200)}}),
        build({"部门": {"甲": tuple(range(8))}}, categories=many),
        build({f"组{n}": {f"{n}局": (1, 0, n)} for n in range(6)}),
    ]


@pytest.mark.parametrize("number", range(9))
def test_odd_periods_are_drawn_without_a_warning(build: Builder, number: int) -> None:
    """Every chart of every shape of data renders, stays within its frame, and is told."""
    now = shapes(build)[number]
    for chart, text in zip(every_chart(now), every_text(now), strict=True):
        drawing = svg(chart, text)
        canvas = chart.get_figure(root=True)
        box = chart.get_tightbbox()

        assert drawing.attrib["aria-label"] == text
        assert "nan" not in html(chart)
        assert box.x0 >= -1
        assert box.x1 <= canvas.bbox.width + 1
        assert box.y1 <= canvas.bbox.height + 1


def test_hostile_names_are_text(build: Builder) -> None:
    """Markup in names is neither markup nor mathematics on the page."""
    now = build({"镇办": {HOSTILE: (1, 0, 0)}}, categories=("<b>", "$c_1$", "d"))
    page = html(charts.plot_ranking(now), HOSTILE, descriptions.describe_ranking(now) + '"')
    tags: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
            tags.add(tag)

    Reader().feed(page)

    assert tags <= {"figure", "svg", "g", "path", "text", "figcaption"}
    assert "$c_1$" in texts(charts.plot_ranking(now))


def test_the_figure_has_caption_and_alternative(small: Any) -> None:
    """A chart is an image with a name, and a caption below it."""
    page = html(charts.plot_ranking(small), "图1　排名", "甲最多")

    assert re.match(r'<figure class="zs-figure"><svg viewBox="[0-9. ]+" width="499" ', page)
    assert 'role="img" aria-label="甲最多">' in page
    assert page.endswith("</svg><figcaption>图1　排名</figcaption></figure>")


def test_the_drawing_is_bare(small: Any) -> None:
    """No prolog, style sheet, date, fixed font or idle id; text stays text."""
    for chart in every_chart(small):
        page = html(chart)

        assert not re.search(r"<\?xml|<!DOCTYPE|<style|<metadata|xmlns|font-family| id=", page)
        assert "<text" in page


def test_a_long_chart_may_go_on_on_the_next_page(build: Builder) -> None:
    """Strips of whole rows show one drawing between them: told once, nothing lost or doubled."""
    chart = charts.plot_ranking(build({"部门": {f"单位{n}": (n, 0, 0) for n in range(1, 31)}}))
    page = html(chart, "图", "甲最多")
    strips = list(ET.fromstring(page).iter("svg"))
    boxes = [[float(one) for one in strip.attrib["viewBox"].split()] for strip in strips]
    rows = [float(one.attrib["y"]) for one in strips[0].iter("text") if "单位" in (one.text or "")]

    assert page.startswith('<figure class="zs-figure zs-long"><svg ')
    assert [one.get("aria-label") for one in strips] == ["甲最多", None, None, None]
    assert [one.get("aria-hidden") for one in strips] == [None, "true", "true", "true"]
    assert {one.attrib["href"] for one in ET.fromstring(page).iter("use")} == {
        f"#{strips[0][0].attrib['id']}"
    }
    for (_, top, _, height), (_, below, _, _) in pairwise(boxes):
        assert top + height == pytest.approx(below, abs=0.02)
    ends = [top + height for _, top, _, height in boxes]
    assert [sum(row < end for row in rows) for end in ends] == [7, 15, 22, 30]


@pytest.mark.parametrize(("units", "strips"), [(20, 1), (21, 3), (45, 6)])
def test_only_a_long_chart_is_divided(build: Builder, units: int, strips: int) -> None:
    """What fits into half a page stays in one piece."""
    chart = charts.plot_ranking(build({"部门": {f"单位{n}": (1, 0, 0) for n in range(units)}}))

    assert html(chart).count("<svg") == strips


def test_ids_that_are_needed_belong_to_one_chart(small: Any) -> None:
    """Two clipped charts on one page do not take each other's clip paths."""
    pages = []
    for limit in (1, 2):
        ax = charts.plot_ranking(small)
        ax.plot([0, limit], [0, 1])
        pages.append(html(ax))
    ids = [set(re.findall(r' id="([^"]+)"', page)) for page in pages]

    assert all(ids)
    assert not ids[0] & ids[1]
    for page, own in zip(pages, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", page)) <= own


def test_the_same_data_give_the_same_bytes(h1: Any) -> None:
    """Twice in one process, and once more in another one with another hash seed."""
    code = (
        "from pathlib import Path; from zhashui_stats.readers import load;"
        "from zhashui_stats import charts as c; import sys;"
        "h1 = load('2022H1', Path('data'));"
        "page = c.figure(c.plot_concentration(h1), caption='图', alt='一幅图')._repr_html_();"
        "sys.stdout.buffer.write(page.encode())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT
    )  # fmt: skip

    assert other.stdout.decode() == html(charts.plot_concentration(h1))
    assert html(charts.plot_ranking(h1)) == html(charts.plot_ranking(h1))


@pytest.mark.parametrize("where", ["name", "caption", "alt"])
def test_a_missing_glyph_fails_the_chart(build: Builder, where: str) -> None:
    """Neither the drawing nor its texts come out with a character that the font lacks."""
    now = build({"镇办": {"甲😀" if where == "name" else "甲": (1, 0, 0)}})
    with pytest.raises(MissingGlyph, match=r"U\+1F600"):
        html(
            charts.plot_ranking(now),
            "图😀" if where == "caption" else "图",
            "😀" if where == "alt" else "图",
        )


DRAW = """
import sys
from zhashui_stats import charts
from zhashui_stats.readers import load

now = load("2022H1", sys.argv[1])
print(charts.figure(charts.plot_composition(now), caption="图", alt="图")._repr_html_())
"""
SETTINGS = """
axes.facecolor: red
axes.grid: True
font.size: 20
lines.linewidth: 9
patch.force_edgecolor: True
savefig.bbox: tight
"""


def test_a_users_settings_have_no_say(tmp_path: Path) -> None:
    """A matplotlibrc in the working folder changes nothing of a chart."""
    command = [sys.executable, "-c", DRAW, str(ROOT / "data")]
    expected = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    (tmp_path / "matplotlibrc").write_text(SETTINGS, "utf-8")
    drawn = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout

    assert b"<svg" in expected
    assert expected == drawn
