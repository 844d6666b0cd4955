"""Indicators in the sections: beside the total, against earlier periods, who leads, who trails."""

from dataclasses import replace
from fractions import Fraction

import pytest
from points_county import BONUS, COUNTY, OWN, RATE, SENT, SUBMITTED, Rows, points_period

from zhashui_stats import narrative
from zhashui_stats.comparison import Change, History
from zhashui_stats.model.county import County, Group, Scope, Threshold
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.figures import (
    say_figure_change,
    say_figure_changes,
    say_figure_leaders,
)

PLAIN = replace(COUNTY, scopes=(), thresholds=(), assessment=None)
COUNTED = replace(PLAIN, indicators=(SUBMITTED, RATE))
TOWNS = replace(COUNTED, groups=(Group("towns", "镇办"),))


def of_towns(*submitted: int, adopted: int = 0, county: County = TOWNS) -> Submissions:
    """Build a period of towns that had so much submitted, and each as much adopted."""
    rows: Rows = {
        "towns": {
            f"{number}号镇": (adopted, 0, count, 0, 0) for number, count in enumerate(submitted, 1)
        }
    }
    return points_period(rows, county=county)


# --- 一、工作开展情况 -----------------------------------------------------------------------


def test_scopes_follow_the_groups() -> None:
    """What the county counts under one name is added up in the sentence on the total."""
    said = narrative.say_totals(points_period())

    assert said.endswith(
        "二类部门共3篇（政务公开1篇、政务动态2篇）。县直单位共31篇（政务公开22篇、政务动态9篇）。"
    )


@pytest.mark.parametrize("groups", [("first",), ("towns", "first", "second")])
def test_a_scope_of_one_group_or_of_all_says_nothing_new(groups: tuple[str, ...]) -> None:
    """It is that group, or the whole, which are told already."""
    county = replace(COUNTY, scopes=(Scope("县直单位", groups),), thresholds=())

    assert "县直单位" not in narrative.say_totals(points_period(county=county))


def test_figures_beside_the_total() -> None:
    """All together, each group, each scope; then the breakdown."""
    assert (
        "各单位报送62条，采用率67.7%。其中，镇办报送20条，采用率55.0%；一类部门报送32条，"
        "采用率87.5%；二类部门报送10条，采用率30.0%；县直单位报送42条，采用率73.8%。\n\n"
        "从来源看，采用总量42篇中，自采37篇、约稿5篇。"
    ) == narrative.say_figures(points_period())


def test_a_county_without_indicators_says_nothing_of_them() -> None:
    """Neither beside the total nor of who leads."""
    now = points_period(county=replace(PLAIN, indicators=()))

    assert ("", "") == (narrative.say_figures(now), say_figure_leaders(now))


@pytest.mark.parametrize(
    ("submitted", "expected"),
    [
        ((8, 4), "各单位报送12条，采用率16.7%。"),
        ((0, 0), "各单位报送0条，采用率无从计算。"),
        ((8,), "1号镇报送8条，采用率12.5%。"),
    ],
)
def test_figures_of_one_group(submitted: tuple[int, ...], expected: str) -> None:
    """One group is not told apart; a rate that is undefined is said to be so."""
    adopted = 1 if any(submitted) else 0

    assert expected == narrative.say_figures(of_towns(*submitted, adopted=adopted))


def test_nothing_is_broken_down_where_there_is_nothing() -> None:
    """A breakdown of 0 is not told."""
    county = replace(TOWNS, indicators=(OWN, SENT))

    assert narrative.say_figures(of_towns(1, county=county)) == ""


def test_a_breakdown_of_an_indicator_names_it() -> None:
    """What is divided need not be the total."""
    kinds = tuple(replace(part, partition="来信类型", of="submitted") for part in (OWN, SENT))
    county = replace(TOWNS, indicators=(SUBMITTED, *kinds))

    assert "从来信类型看，报送9条中，自采1篇、约稿1篇。" == narrative.say_figures(
        of_towns(9, adopted=2, county=county)
    ).split("\n\n")[-1]  # fmt: skip


def test_a_group_without_an_indicator_is_left_out() -> None:
    """And its articles are no part of the rate of those that have it."""
    indicators = tuple(replace(found, groups=("towns",)) for found in (SUBMITTED, RATE))
    now = points_period(county=replace(PLAIN, indicators=indicators))

    assert "各单位报送20条，采用率55.0%。其中，镇办报送20条，采用率55.0%。" == (
        narrative.say_figures(now)
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (70, Fraction("73.14"), "由70.0%提高到73.1%，提高3.1个百分点"),
        (Fraction("73.14"), 70, "由73.1%降至70.0%，下降3.1个百分点"),
        (70, 70, "持平（均为70.0%）"),
        (70, Fraction("70.04"), "基本持平（70.0%）"),
    ],
)
def test_rates_change_by_percentage_points(
    before: Fraction | int, after: Fraction | int, expected: str
) -> None:
    """The difference is that of the exact rates."""
    assert expected == say_figure_change(Change(before, after), RATE)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (4, 5, "由4.0分增至5.0分，增长25.0%"),
        (5, 4, "由5.0分减至4.0分，下降20.0%"),
        (0, 4, "由0.0分增至4.0分（基数为0，不计增幅）"),
        (-2, 4, "由−2.0分增至4.0分"),
        (0, 0, "持平（均为0.0分）"),
    ],
)
def test_counted_indicators_change_as_counts_do(before: int, after: int, expected: str) -> None:
    """From nothing, and from less than nothing, there is no growth in per cent."""
    assert expected == say_figure_change(Change(before, after), BONUS)


def test_changes_of_indicators() -> None:
    """Those that are told beside the total; what is undefined is not compared."""
    before = replace(of_towns(0, 0), period=points_period(period="2021H2").period)
    history = History([before, of_towns(4, 4, adopted=1)])
    [(_, _, against)] = history.compared

    assert "报送由0条增至8条（基数为0，不计增幅）；采用率有一期无从计算，不作比较。" == (
        say_figure_changes(against)
    )
    assert say_figure_changes(against) in narrative.say_changes(history)


# --- 一（一） -------------------------------------------------------------------------------


def test_leaders_in_indicators() -> None:
    """Counted ones and rates; what the assessed figure adds up is left to 三（五）."""
    assert (
        "报送居前的是财政局25条，甲镇12条，乙镇8条，发改局7条，税务局6条。"
        "采用率居前的是发改局100.0%，财政局84.0%，甲镇75.0%。"
        "有加分的单位有2个：甲镇2.0分，财政局1.0分。"
        "有扣分的单位有3个：税务局3.0分，发改局、烟草局各0.5分。"
    ) == say_figure_leaders(points_period())
    assert narrative.say_balance(points_period()).endswith(say_figure_leaders(points_period()))


@pytest.mark.parametrize(
    ("submitted", "expected"),
    [
        ((5, 0, 0), "有报送的单位只有1个：1号镇5条。采用率只有1号镇可以计算，为0.0%。"),
        ((5, 5), "各单位报送均为5条。各单位采用率均为0.0%。"),
        ((0, 0), "各单位报送均为0条。采用率无从计算。"),
        ((5, 5, 0), "有报送的单位有2个：1号镇、2号镇各5条。可以计算的2个单位采用率均为0.0%。"),
        ((*[5] * 8, 1), "报送有8个单位并列最多，各5条。各单位采用率均为0.0%。"),
        ((9, 2, 2, 2, 2, 2, 2, 2), "报送最多的是1号镇9条。各单位采用率均为0.0%。"),
    ],
)
def test_leaders_at_their_edges(submitted: tuple[int, ...], expected: str) -> None:
    """One, all alike, nobody, a tie of all that have any, of too many, and behind the first."""
    assert expected == say_figure_leaders(of_towns(*submitted))


def test_a_single_rate_is_the_highest() -> None:
    """A rate is high or low, not much or little."""
    now = of_towns(1, 2, 2, 2, 2, 2, 2, 2, adopted=1)

    assert "采用率最高的是1号镇100.0%。" in say_figure_leaders(now)
    assert "采用率有8个单位并列最高，各100.0%。" in say_figure_leaders(
        of_towns(*[1] * 8, 2, adopted=1)
    )


def test_a_single_unit_leads_nobody() -> None:
    """Its figures are told beside the total."""
    assert say_figure_leaders(of_towns(3)) == ""


@pytest.mark.parametrize(
    ("bonuses", "expected"),
    [
        ((2, -1, 0), "有加减分的单位只有1个：1号镇2.0分。加减分为负的有1个：2号镇扣1.0分。"),
        ((-2, -1, -1), "加减分为负的有3个：1号镇扣2.0分，2号镇、3号镇各扣1.0分。"),
        ((-9, *[-1] * 7), "加减分为负的有8个，扣得最多的是1号镇扣9.0分。"),
        ((0, *[-1] * 8), "加减分为负的有8个，最多的扣1.0分。"),
        ((-1, -1), "各单位加减分均为−1.0分。"),
    ],
)
def test_deductions(bonuses: tuple[int, ...], expected: str) -> None:
    """What is below 0 was taken off."""
    county = replace(TOWNS, indicators=(replace(BONUS, label="加减分", negative=True),))
    rows: Rows = {"towns": {f"{n}号镇": (0, 0, 0, bonus, 0) for n, bonus in enumerate(bonuses, 1)}}

    assert expected == say_figure_leaders(points_period(rows, county=county))


def test_what_is_neither_a_sum_nor_a_rate_has_no_leaders() -> None:
    """So have the parts of a breakdown; both stand in the annex."""
    each = Indicator("each", "每条字数", "字", formula=Formula.parse("total / submitted"))
    county = replace(TOWNS, indicators=(SUBMITTED, each, OWN))

    assert "各单位报送均为2条。" == say_figure_leaders(of_towns(2, 2, county=county))


# --- 二（四） -------------------------------------------------------------------------------


def test_who_trails_in_indicators() -> None:
    """Thresholds of groups, nothing of a counted one, and the thresholds of a scope last."""
    paragraphs = narrative.say_imbalance(points_period()).split("\n\n")

    assert "3个镇办中，采用率50.0%以上的有1个：甲镇。" == paragraphs[1]
    assert "3个镇办中，报送为0的有1个：丙镇。" == paragraphs[3]
    assert "4个县直单位中，报送不足6条的有1个：烟草局。" == paragraphs[-1]


@pytest.mark.parametrize(
    ("submitted", "expected"),
    [
        ((1, 2, 4, 8), "采用率居后的是4号镇12.5%，3号镇25.0%"),
        ((1, 2, 3), "采用率最低的是3号镇33.3%"),
        ((1, 2), ""),
        ((2, 2, 2), ""),
        ((0, 1, 2), ""),
        ((1, *[2] * 8), "采用率最低的有8个，均为50.0%"),
        ((1, *[2] * 4, *[4] * 2), "采用率最低的是6号镇、7号镇各25.0%"),
    ],
)
def test_the_lowest_rates(submitted: tuple[int, ...], expected: str) -> None:
    """Of three or more that have a rate about half, and never the first."""
    rows: Rows = {
        "towns": {
            f"{number}号镇": (min(count, 1), 0, count, 0, 0)
            for number, count in enumerate(submitted, 1)
        }
    }
    said = narrative.say_imbalance(points_period(rows, county=TOWNS))

    assert f"{expected}。" in said
    assert ("采用率" in said) is bool(expected)


def test_nothing_at_all_of_an_indicator() -> None:
    """All of a group have none of it."""
    assert "3个镇办中，报送全部为0。" == narrative.say_imbalance(of_towns(0, 0, 0)).split("\n\n")[2]


def test_thresholds_on_indicators_hold_where_nothing_was_adopted() -> None:
    """Lists of what was adopted are left out then; a single unit reaches one or does not."""
    thresholds = (
        Threshold("towns", "submitted", at_least=5),
        Threshold("towns", "rate", below=60),
        Threshold("towns", None, at_least=5),
    )
    county = replace(TOWNS, thresholds=thresholds)

    assert (
        "1号镇报送达到5条；采用率不足60.0%。"
        == (narrative.say_imbalance(of_towns(6, county=county)).split("\n\n")[1])
    )
    assert (
        "1号镇报送不足5条；采用率无从计算。"
        == (narrative.say_imbalance(of_towns(0, county=county)).split("\n\n")[1])
    )


def test_a_long_list_of_a_scope_points_to_its_annexes() -> None:
    """Each of its groups has one."""
    names = {
        group: {f"{group}{n}局": (0, 0, 1, 0, 0) for n in range(number)}
        for group, number in (("towns", 1), ("first", 20), ("second", 20))
    }
    names["first"]["大局"] = (0, 0, 9, 0, 0)

    assert (
        "41个县直单位中，报送不足6条的有40个，见附件2、附件3。"
        == (narrative.say_imbalance(points_period(names)).split("\n\n")[-1])
    )


def test_labels_and_units_are_literal() -> None:
    """Whatever county.toml holds, it is no markup."""
    hostile = replace(SUBMITTED, label="<b>报*送*</b>", unit="<i>")
    now = of_towns(
        3, 2, county=replace(TOWNS, indicators=(hostile, OWN, replace(SENT, partition="|")))
    )
    said = narrative.say_figures(now) + say_figure_leaders(now) + narrative.say_imbalance(now)

    assert "<" not in said.replace("\\<", "")
    assert "\\<b\\>报\\*送\\*\\</b\\>" in said
