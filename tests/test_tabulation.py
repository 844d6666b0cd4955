"""The tables for analysis: the real period, small ones as a whole, their edges and laws."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from conftest import Builder, build_submissions
from hypothesis import given
from hypothesis import strategies as st
from ledgers import period_of, sent
from truth import DECLARED

from zhashui_stats import aggregate, tabulation
from zhashui_stats.comparison import History
from zhashui_stats.errors import NotComparable, ZhashuiWarning
from zhashui_stats.model.county import Category, County, Group, Scope, Threshold
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Unit

COUNTS = st.lists(st.integers(0, 99), min_size=1, max_size=12)


def test_totals_are_the_declared_ones(h1: Submissions) -> None:
    """The groups add up to what the annexes declare, and to 124, 2 and 203."""
    sums = tabulation.totals(h1)

    assert sums.loc["镇办"].to_list() == [*DECLARED["towns"], 82]
    assert sums.loc["部门单位"].to_list() == [*DECLARED["departments"], 247]
    assert sums.loc["合计"].to_list() == [124, 2, 203, 329]


def test_ranking_with_ties(h1: Submissions) -> None:
    """Ties share a rank and the next rank is skipped (1, 2, 2, 4)."""
    head = tabulation.ranking(h1.of("departments")).head(4)

    assert list(head[["名次", "数量"]].itertuples(name=None)) == [
        ("应急局", 1, 23), ("发改局", 2, 22), ("财政局", 2, 22), ("资源局", 4, 13),
    ]  # fmt: skip


def test_composition(h1: Submissions) -> None:
    """Shares are per cent of the group's total."""
    shares = tabulation.composition(h1)

    assert shares.loc["镇办"].round(1).to_list() == [22.0, 0.0, 78.0]


def test_shares_are_rounded_as_the_report_rounds_them(build: Builder) -> None:
    """Half up, to one decimal: 0.25 % is 0.3 %."""
    now = build({"组": {"甲": (1, 399)}}, categories=("一", "二"))

    assert [0.3, 99.8] == tabulation.composition(now).loc["合计"].to_list()


def test_shares_of_one_article(build: Builder) -> None:
    """A group of which one article was adopted has shares; one of which none was has none."""
    now = build(
        {"甲组": {"甲": (1, 0)}, "乙组": {"乙": (0, 0)}, "丙组": {"丙": (1, 3)}},
        categories=("一", "二"),
    )
    rows = {"甲组": (100.0, 0.0), "乙组": (None, None), "丙组": (25.0, 75.0), "合计": (40.0, 60.0)}
    expected = pd.DataFrame.from_dict(rows, "index", "float64", ["一", "二"]).rename_axis("组别")

    pd.testing.assert_frame_equal(expected, tabulation.composition(now))


def test_totals_as_a_table(build: Builder) -> None:
    """The groups in their order, whatever their names, and the sum of all."""
    now = build(
        {"乙组": {"乙": (1, 2)}, "甲组": {"甲": (0, 5), "丙": (3, 0)}}, categories=("一", "二")
    )
    rows = {"乙组": (1, 2, 3), "甲组": (3, 5, 8), "合计": (4, 7, 11)}
    expected = pd.DataFrame.from_dict(rows, "index", "int64", ["一", "二", "合计"])

    pd.testing.assert_frame_equal(expected.rename_axis("组别"), tabulation.totals(now))


def test_ranking_as_a_table(build: Builder) -> None:
    """Indexed by the units, each with its group; ties in the roster's order."""
    now = build(
        {"组": {"甲": (0,), "乙": (2,), "丙": (5,)}, "局": {"丁": (2,)}}, categories=("一",)
    )
    rows = {"丙": (1, "组", 5), "乙": (2, "组", 2), "丁": (2, "局", 2), "甲": (4, "组", 0)}
    expected = pd.DataFrame.from_dict(rows, "index", columns=["名次", "组别", "数量"])

    pd.testing.assert_frame_equal(expected.rename_axis("投稿单位"), tabulation.ranking(now))


def test_changes_as_a_table(build: Builder) -> None:
    """Per cent of what was before, with one decimal; from zero there is none."""
    now = build({"组": {"甲": (3,), "乙": (2,), "丙": (1,), "丁": (0,)}}, categories=("一",))
    before = build(
        {"组": {"甲": (1,), "乙": (0,), "丙": (3,), "戊": (4,)}}, "2021H2", categories=("一",)
    )
    columns = ["组别", "2022年上半年", "2021年下半年", "增减", "增减%"]
    ranks = ["2022年上半年名次", "2021年下半年名次"]
    rows = {
        "甲": ("组", 3, 1, 2, 200.0, 1, 3), "乙": ("组", 2, 0, 2, None, 2, 4),
        "丙": ("组", 1, 3, -2, -66.7, 3, 2), "丁": ("组", 0, None, None, None, 4, None),
        "戊": ("组", None, 4, None, None, None, 1),
    }  # fmt: skip
    table = tabulation.compare_periods(now, before)

    assert ("投稿单位", [*columns, *ranks]) == (table.index.name, list(table.columns))
    assert list(rows.items()) == [
        (name, tuple(None if pd.isna(cell) else cell for cell in row))
        for name, *row in table.itertuples()
    ]
    assert ["Int64"] * 3 == [str(dtype) for dtype in table.dtypes[1:4]]


def test_equal_counts_are_equal_whatever_they_were_counted_from() -> None:
    """The ledger behind the counts is no part of what two periods are compared by."""
    now = period_of(sent("甲镇", "03-01"))

    assert now == replace(now, ledger=None)
    assert now != replace(now, ledger=None, parts=now.period.parts)
    assert now != period_of([])


def test_composition_of_nothing(build: Builder) -> None:
    """A group that sent nothing has no shares."""
    now = build({"甲组": {"甲": (0, 0)}, "乙组": {"乙": (1, 3)}}, categories=("一", "二"))

    assert tabulation.composition(now).loc["甲组"].isna().all()
    assert tabulation.composition(now).loc["乙组"].to_list() == [25.0, 75.0]


@given(COUNTS, COUNTS)
def test_groups_add_up_to_the_county(some: list[int], others: list[int]) -> None:
    """The total row is the sum of the groups' rows, and equals the plain sum."""
    grid = {
        "甲": {f"甲{n}": (count,) for n, count in enumerate(some)},
        "乙": {f"乙{n}": (count,) for n, count in enumerate(others)},
    }
    sums = tabulation.totals(build_submissions(grid, categories=("类",)))

    assert sums["合计"].to_list() == [sum(some), sum(others), sum(some) + sum(others)]


@given(COUNTS)
def test_rank_is_one_more_than_the_number_of_betters(counts: list[int]) -> None:
    """The competition rule."""
    table = tabulation.ranking(
        build_submissions(
            {"组": {f"单位{number}": (count,) for number, count in enumerate(counts)}},
            categories=("类",),
        )
    )

    assert table["名次"].to_list() == [1 + sum(m > n for m in counts) for n in table["数量"]]


# --- Lists --------------------------------------------------------------------------------------


@pytest.fixture
def small(build: Builder) -> Submissions:
    """Two groups, one of them of a single unit, with thresholds of both kinds."""
    return build(
        {"镇": {"甲镇": (0, 7), "乙镇": (0, 2), "丙镇": (1, 7)}, "局": {"丁局": (0, 0)}},
        categories=("公开", "动态"),
        thresholds=(
            Threshold("镇", "动态", at_least=5),
            Threshold("镇", "公开", below=1),
            Threshold("局", "动态", at_least=5),
        ),
    )


def rows_of(table: pd.DataFrame) -> list[tuple[object, ...]]:
    """Return the index and the cells of each row; what is missing as None."""
    return [
        tuple(None if pd.isna(cell) else cell for cell in (name, *row))
        for name, *row in table.itertuples(name=None)
    ]


def test_lists_have_groups_and_all_counts(small: Submissions) -> None:
    """Whoever is listed stands with its group and every count, most first."""
    table = tabulation.at_least(small, 2, "动态")

    assert ("投稿单位", ["组别", "公开", "动态", "合计"]) == (table.index.name, list(table.columns))
    assert [
        ("甲镇", "镇", 0, 7, 7), ("丙镇", "镇", 1, 7, 8), ("乙镇", "镇", 0, 2, 2),
    ] == rows_of(table)  # fmt: skip
    assert ["乙镇", "丁局"] == list(tabulation.below(small, 7, "动态").index)
    assert ["丙镇"] == list(tabulation.at_least(small, 8).index)


def test_who_has_nothing_stands_in_the_order_of_the_annexes(small: Submissions) -> None:
    """Without a category it is who has nothing at all."""
    assert ["甲镇", "乙镇", "丁局"] == list(tabulation.zero_units(small, "公开").index)
    assert ["丁局"] == list(tabulation.zero_units(small).index)
    assert (0, 4) == tabulation.zero_units(small.of("甲镇")).shape


def test_thresholds_with_their_lists(small: Submissions) -> None:
    """A threshold that nobody reaches has an empty list; 以下 is told as 不足."""
    assert [
        ("镇", "动态", "5篇以上", 2, "甲镇、丙镇"),
        ("镇", "公开", "不足1篇", 2, "甲镇、乙镇"),
        ("局", "动态", "5篇以上", 0, ""),
    ] == list(tabulation.threshold_lists(small).itertuples(index=False, name=None))


def test_participation_of_groups_and_of_all(small: Submissions) -> None:
    """Units, those with any and their share, those with none, and none of each category."""
    table = tabulation.participation(small)

    assert ["单位数", "有稿件采用", "占比%", "没有稿件采用", "公开为0", "动态为0"] == list(
        table.columns
    )
    assert [
        ("镇", 3, 3, 100.0, 0, 2, 0), ("局", 1, 0, 0.0, 1, 1, 1), ("合计", 4, 3, 75.0, 1, 3, 1),
    ] == rows_of(table)  # fmt: skip


def test_concentration_of_groups_and_of_all(small: Submissions) -> None:
    """A group of one unit is neither even nor uneven; shares of more than there are are missing."""
    assert [
        ("镇", 3, 8, 7.0, 47.1, None, None, 0.24),
        ("局", 1, 0, None, None, None, None, None),
        ("全部单位", 4, 8, 4.5, 47.1, 100.0, None, 0.43),
    ] == rows_of(tabulation.concentration(small))


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda now: tabulation.gini(now.of("局")), "2022年上半年某县局没有稿件被采用，算不出来"),
        (lambda now: tabulation.median(now.of("空")), "2022年上半年某县空一个单位也没有，算不出来"),
        (lambda now: tabulation.top_share(now.of("局"), 1, "动态"), "某县局没有动态信息被采用"),
        (
            lambda now: tabulation.top_share(now, 4),
            "某县全部单位共4个单位，算占比的名次应在1至3之间",
        ),
    ],
)
def test_what_cannot_be_reckoned_says_why(
    small: Submissions, ask: Callable[[Submissions], object], said: str
) -> None:
    """A figure that is not there is None, and words."""
    groups = (*small.county.groups, Group("空", "空"))
    now = replace(small, county=replace(small.county, groups=groups))

    with pytest.warns(ZhashuiWarning, match=said):
        figure = ask(now)

    assert figure is None


def test_figures_are_those_of_the_sentences(h1: Submissions) -> None:
    """What can be reckoned comes without a word."""
    towns = h1.of("镇办")

    assert aggregate.gini(towns, "news") == tabulation.gini(towns, "政务动态")
    assert aggregate.median(towns) == tabulation.median(towns)
    assert aggregate.top_share(towns, 3) == tabulation.top_share(towns, 3)


def test_the_first_of_each_category(small: Submissions) -> None:
    """Ties are never cut; nobody is first with nothing."""
    table = tabulation.rankings(small, 1)

    assert [
        (("公开", 1), "丙镇", "镇", 1),
        (("动态", 1), "甲镇", "镇", 7), (("动态", 1), "丙镇", "镇", 7),
        (("合计", 1), "丙镇", "镇", 8),
    ] == [(name, *row) for name, *row in table.itertuples(name=None)]  # fmt: skip


def test_a_first_place_of_many_is_given_whole(build: Builder) -> None:
    """Where all share the first place, the table holds them, which no sentence names."""
    now = build({"镇": {f"{n}镇": (2,) for n in range(9)}}, categories=("类",))

    assert 9 == len(tabulation.rankings(now, 3))


# --- Periods ------------------------------------------------------------------------------------


@pytest.fixture
def history(build: Builder) -> History:
    """甲 and 乙 become 甲, 丁 is new, 戊 ended."""
    categories = ("公开", "动态")
    before = build(
        {"镇": {"甲": (4, 0), "乙": (6, 1)}, "局": {"丙": (10, 0), "戊": (1, 1)}},
        "2021H2",
        categories=categories,
    )
    now = build(
        {"镇": {"甲": (12, 0), "丁": (5, 0)}, "局": {"丙": (9, 3)}},
        categories=categories,
        aliases={"甲": ("乙",)},
    )
    return History([before, now])


def test_periods_compared_like_for_like(history: History) -> None:
    """A merged unit's count is its successor's; who cannot be compared stands last."""
    table = tabulation.compare_periods(history.now, history.before)

    assert [
        ("丙", "局", 12, 10, 2, 20.0, 1, 2),
        ("甲", "镇", 12, 11, 1, 9.1, 1, 1),
        ("丁", "镇", 5, None, None, None, 3, None),
        ("戊", "局", None, 2, None, None, None, 3),
    ] == rows_of(table)


def test_periods_compared_in_one_category(history: History) -> None:
    """Counts, differences and ranks are those of the category."""
    table = tabulation.compare_periods(history.now, history.before, "动态信息")

    assert [("丙", 3, 0, 3, None), ("甲", 0, 1, -1, -100.0)] == [
        (name, *row[1:5]) for name, *row in rows_of(table)[:2]
    ]


def test_nothing_to_compare_with(history: History) -> None:
    """Without an earlier period the table is empty, its columns say what would be there."""
    with pytest.warns(ZhashuiWarning, match="2021年下半年没有可比的上一期数据，比较的表是空的"):
        table = tabulation.compare_periods(history["2021H2"], History([history["2021H2"]]).before)

    assert (0, 7) == table.shape
    assert ["组别", "2021年下半年", "可比的期次（没有）", "增减", "增减%"] == list(
        table.columns[:5]
    )


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("now", "now", "给出的两期都是2022年上半年，没有可比的；后一个请换成较早的一期"),
        ("before", "now", "请把两期对调：先2022年上半年，后2021年下半年"),
        ("now", "year", "2022年上半年与2021年长短不同，不能比较"),
        (
            "now.of('镇')",
            "before",
            "2022年上半年是某县镇，2021年下半年是某县全部单位；请两期选同一",
        ),
        ("now.of('甲')", "before.of('镇')", "2022年上半年是某县甲，2021年下半年是某县镇"),
        ("now", "other", "类别不同，不能比较：2022年上半年有公开、动态，2021年下半年有公开"),
    ],
)
def test_what_says_nothing_is_not_compared(
    history: History, build: Builder, now: str, before: str, said: str
) -> None:
    """The same period twice, the wrong order, other lengths, other scopes and other categories."""
    there = {
        "now": history.now,
        "before": history.before,
        "year": replace(history["2021H2"], period=Period.parse("2021")),
        "other": build({"镇": {"甲": (1,)}}, "2021H2", categories=("公开",)),
    }

    with pytest.raises(NotComparable, match=said):
        tabulation.compare_periods(eval(now, there), eval(before, there))


@pytest.mark.parametrize("scope", ["新组", "镇", "乙", ["镇", "局"], ["甲", "丙"]])
def test_the_same_selection_can_be_compared(build: Builder, scope: str | list[str]) -> None:
    """Whichever units each period has of it: a group without units yet, a unit merged since."""
    categories, groups = ("公开",), {"镇": {"甲": (1,)}, "局": {"丙": (2,)}}
    now = build({**groups, "新组": {"丁": (3,)}}, categories=categories, aliases={"甲": ("乙",)})
    before = replace(
        build(
            {**groups, "新组": {"丁": (0,)}},
            "2021H2",
            categories=categories,
            aliases={"甲": ("乙",)},
        ),
        units=now.units[:2],
        counts={name: now.counts[name] for name in ("甲", "丙")},
    )

    table = tabulation.compare_periods(now.of(scope), before.of(scope))

    assert list(now.of(scope)) == list(table.index)


@pytest.mark.parametrize(
    ("name", "columns", "rows"),
    [
        (None, ["公开", "动态", "合计"], [(21, 2, 23), (26, 3, 29)]),
        ("合计", ["公开", "动态", "合计"], [(21, 2, 23), (26, 3, 29)]),
        ("镇", ["公开", "动态", "合计"], [(10, 1, 11), (17, 0, 17)]),
        ("甲", ["公开", "动态", "合计"], [(10, 1, 11), (12, 0, 12)]),
        ("乙", ["公开", "动态", "合计"], [(10, 1, 11), (12, 0, 12)]),
        ("丁", ["公开", "动态", "合计"], [(None, None, None), (5, 0, 5)]),
        ("戊", ["公开", "动态", "合计"], [(1, 1, 2), (None, None, None)]),
        ("动态信息", ["镇", "局", "合计"], [(1, 1, 2), (0, 3, 3)]),
    ],
)
def test_trends(
    history: History, name: str | None, columns: list[str], rows: list[tuple[int | None, ...]]
) -> None:
    """Of whatever has a name, period by period; missing, not 0, where a unit was not there."""
    table = tabulation.trend(history, name)

    assert columns == list(table.columns)
    assert ["2021年下半年", "2022年上半年"] == list(table.index)
    assert rows == [row[1:] for row in rows_of(table)]


# --- Indicators ---------------------------------------------------------------------------------


def rated(period: str, rows: dict[str, tuple[int, int]]) -> Submissions:
    """Make a period of two groups from unit -> 采用, 报送, with a rate and points."""
    county = County(
        "某县", "某办", "篇", (Group("towns", "镇办"), Group("bureaus", "部门")),
        (Category("news", "动态"),),
        indicators=(
            Indicator("submitted", "报送", "条"),
            Indicator("rate", "采用率", "%", decimals=1,
                      formula=Formula.parse("100 * total / submitted")),
            Indicator("points", "得分", "分", decimals=2, formula=Formula.parse("0.285 * news")),
        ),
        scopes=(Scope("县直", ("bureaus",)),),
        thresholds=(Threshold("县直", "rate", at_least=Fraction(75)),),
    )  # fmt: skip
    units = tuple(Unit(name, "towns" if "镇" in name else "bureaus") for name in rows)
    return Submissions(
        county, Period.parse(period), units, {name: {"news": row[0]} for name, row in rows.items()},
        figures={name: {"submitted": row[1]} for name, row in rows.items()},
    )  # fmt: skip


RATED = rated("2022H1", {"甲镇": (1, 3), "乙镇": (0, 0), "丙局": (3, 4), "丁局": (2, 2)})


def test_totals_hold_the_rates_of_totals() -> None:
    """After the sum, as they are shown: 1 of 3, 5 of 6, 6 of 9."""
    sums = tabulation.totals(RATED)

    assert ["动态", "合计", "报送", "采用率", "得分"] == list(sums)
    assert [33.3, 83.3, 66.7] == sums["采用率"].to_list()
    assert [0.29, 1.43, 1.71] == sums["得分"].to_list()
    assert ["动态"] == list(tabulation.composition(RATED))


def test_a_ranking_by_a_rate() -> None:
    """Who has none stands last, without a rank."""
    table = tabulation.ranking(RATED, "采用率")

    assert ["名次", "组别", "采用率"] == list(table)
    assert ["丁局", "丙局", "甲镇", "乙镇"] == list(table.index)
    assert [1, 2, 3] == table["名次"].dropna().to_list()
    assert table["采用率"].isna().to_list() == [False, False, False, True]


def test_lists_by_an_indicator() -> None:
    """A bound is taken by its digits: 33.3 is below a third of a hundred, 33.4 is not."""
    assert ["丁局", "丙局", "甲镇"] == list(tabulation.at_least(RATED, 33.3, "采用率").index)
    assert ["丁局", "丙局"] == list(tabulation.at_least(RATED, 33.4, "采用率").index)
    assert ["甲镇"] == list(tabulation.below(RATED, 33.4, "采用率").index)
    assert ["乙镇"] == list(tabulation.zero_units(RATED, "报送").index)


def test_thresholds_of_scopes() -> None:
    """A list of several groups, by an indicator, in its unit."""
    rows = list(tabulation.threshold_lists(RATED).itertuples(index=False, name=None))

    assert [("县直", "采用率", "75.0%以上", 2, "丁局、丙局")] == rows


def test_rates_against_an_earlier_period() -> None:
    """They move by percentage points and by nothing else; what is undefined has no difference."""
    before = rated("2021H2", {"甲镇": (1, 2), "乙镇": (1, 1), "丙局": (1, 4), "丁局": (2, 2)})
    table = tabulation.compare_periods(RATED, before, "采用率")

    assert "增减%" not in table
    assert ["丙局", "丁局", "甲镇", "乙镇"] == list(table.index)
    assert [50.0, 0.0, -16.7] == table["增减（百分点）"].dropna().to_list()


def test_the_trend_of_a_rate() -> None:
    """By group, and that of all together is no sum."""
    table = tabulation.trend(History([RATED]), "采用率")

    assert [33.3, 83.3, 66.7] == table.loc["2022年上半年"].to_list()


def test_no_share_of_what_does_not_add_up() -> None:
    """It says why, and gives nothing."""
    with pytest.warns(ZhashuiWarning, match="的采用率没有可以相加的数，算不出来"):
        assert tabulation.top_share(RATED, 1, "采用率") is None
