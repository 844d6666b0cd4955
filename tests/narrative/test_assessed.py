"""三（五） where the county says how units are assessed."""

from dataclasses import replace
from fractions import Fraction

import pytest
from points_county import COUNTY, POINTS, RATE, SUBMITTED, Rows, points_period

from zhashui_stats import narrative
from zhashui_stats.model.county import County, Group, Requirements
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.grading import Assessment, Grade
from zhashui_stats.model.submissions import Submissions

BY_NEWS = Assessment("news")
TOWNS = replace(
    COUNTY, groups=(Group("towns", "镇办"),), indicators=(SUBMITTED, RATE), scopes=(),
    thresholds=(), assessment=BY_NEWS,
)  # fmt: skip


def of_towns(*news: int, county: County = TOWNS, period: str = "2022H1") -> Submissions:
    """Build a period of towns with so much news, which all was adopted."""
    rows: Rows = {
        "towns": {f"{number}号镇": (0, count, count, 0, 0) for number, count in enumerate(news, 1)}
    }
    return points_period(rows, period, county)


def test_the_assessment() -> None:
    """By what and how made up, ranks within groups, grades, what it is for, who moved."""
    earlier: Rows = {"towns": {"甲镇": (2, 7, 12, 0, 0), "乙镇": (2, 3, 8, 0, 0)},
                     "first": {"发改局": (3, 4, 7, 0, 0)}}  # fmt: skip
    assert narrative.say_assessment(points_period(), points_period(earlier, "2021H2")) == (
        "本期考核以得分为准，得分＝基本分＋加分－扣分；其中，"
        "基本分＝（2×政务公开＋0.5×政务动态，最多30）。名次在各组内排列。\n\n"
        "镇办第1名甲镇9.5分，第2名乙镇4.0分，第3名丙镇0.0分。"
        "一类部门第1名财政局31.0分，第2名发改局7.5分。"
        "二类部门第1名税务局0.0分，第2名烟草局−0.5分。\n\n"
        "从等次看，优秀（20.0分以上）的有1个：财政局；"
        "合格（2.0分以上）的有3个：甲镇、乙镇、发改局；"
        "不合格的有3个：丙镇、税务局、烟草局。以上名次和等次作为年度考核的参考。\n\n"
        "与2021年下半年相比，得分提高最多的是甲镇，提高2.0分；下降最多的是乙镇，下降1.5分。"
    )


def test_the_required_share_and_the_remark_stay() -> None:
    """The share of the yearly assessment leads, the analyst's remark closes."""
    county = replace(TOWNS, requirements=Requirements(assessment_share=4, source="某通报"))
    now = replace(of_towns(3, 1, county=county), remarks={"三（五）": "另行通知。"})

    assert narrative.say_assessment(now) == (
        "年度考核中，政务公开的分值占比不低于4%（见某通报）。本期考核以政务动态信息为准。\n\n"
        "镇办第1名1号镇3篇，第2名2号镇1篇。\n\n以上名次作为年度考核的参考。\n\n"
        "> 经办人说明：\n>\n> 另行通知。"
    )


def test_the_total_may_be_assessed() -> None:
    """Who moved most in it is told in 一."""
    county = replace(TOWNS, assessment=Assessment())
    said = narrative.say_assessment(
        of_towns(3, 1, county=county), of_towns(1, 1, county=county, period="2021H2")
    )

    assert said == (
        "本期考核以采用总量为准。\n\n镇办第1名1号镇3篇，第2名2号镇1篇。\n\n"
        "以上名次作为年度考核的参考。"
    )


def test_ranks_among_all_units() -> None:
    """The groups are not told apart."""
    county = replace(COUNTY, assessment=Assessment("points", within_groups=False))
    said = narrative.say_assessment(points_period(county=county)).split("\n\n")

    assert said[0].endswith("名次在全部单位中排列。")
    assert (
        "全部单位第1名财政局31.0分，第2名甲镇9.5分，第3名发改局7.5分，居末的是第7名烟草局−0.5分。"
        == (said[1])
    )


@pytest.mark.parametrize(
    ("news", "expected"),
    [
        ((3,), "镇办只有1号镇，政务动态信息3篇。"),
        ((3, 3), "镇办政务动态信息均为3篇，名次相同。"),
        ((0, 0), "镇办政务动态信息均为0篇，名次相同。"),
        ((3, 3, 1), "镇办第1名1号镇、2号镇各3篇，第3名3号镇1篇。"),
        ((9, 8, 7, 6, 1, 1), "镇办第1名1号镇9篇，第2名2号镇8篇，第3名3号镇7篇，"
                             "居末的是第5名5号镇、6号镇各1篇。"),
        ((9, 8, 7, *[1] * 6), "镇办第1名1号镇9篇，第2名2号镇8篇，第3名3号镇7篇，"
                              "居末的有6个单位，并列第4名，各1篇。"),
        ((*[9] * 6, 1), "镇办有6个单位并列第1名，各9篇，居末的是第7名7号镇1篇。"),
    ],
)  # fmt: skip
def test_ranks_at_their_edges(news: tuple[int, ...], expected: str) -> None:
    """One, all alike, ties by the competition rule, the last ones named and counted."""
    assert expected == narrative.say_assessment(of_towns(*news)).split("\n\n")[1]


@pytest.mark.parametrize(
    ("news", "expected"),
    [
        ((3, 0), "镇办只有1号镇的采用率可以计算，为100.0%；2号镇采用率无从计算，不排名次。"),
        ((0, 0), "镇办采用率均无从计算，不排名次。"),
        ((3, 1, 0), "镇办可以计算的2个单位采用率均为100.0%，名次相同；"
                    "3号镇采用率无从计算，不排名次。"),
        ((1, 1, *[0] * 6), "镇办可以计算的2个单位采用率均为100.0%，名次相同；"
                           "另有6个单位采用率无从计算，不排名次。"),
    ],
)  # fmt: skip
def test_what_is_undefined_takes_no_rank(news: tuple[int, ...], expected: str) -> None:
    """And it is told."""
    county = replace(TOWNS, assessment=Assessment("rate"))

    assert expected == narrative.say_assessment(of_towns(*news, county=county)).split("\n\n")[1]


def test_no_use_is_told_where_nobody_is_ranked() -> None:
    """Nothing follows the sentence that says so."""
    county = replace(TOWNS, assessment=Assessment("rate", grades=(Grade("优秀", 90),)))

    assert (
        "本期考核以采用率为准，采用率＝100×采用总量÷报送。\n\n镇办采用率均无从计算，不排名次。"
    ) == narrative.say_assessment(of_towns(0, 0, county=county))


def test_grades_at_their_edges() -> None:
    """The bound itself is enough; nobody in a grade; some reach none; long lists are counted."""
    grades = (Grade("优秀", Fraction(9)), Grade("良好", 8), Grade("合格", 2))
    county = replace(TOWNS, assessment=replace(BY_NEWS, grades=grades))
    said = narrative.say_assessment(of_towns(9, *[2] * 31, 1, county=county))

    assert (
        "从等次看，优秀（9篇以上）的有1个：1号镇；没有良好（8篇以上）的单位；"
        "合格（2篇以上）的有31个，见附件；未达到以上等次的有1个：33号镇。"
        "以上名次和等次作为年度考核的参考。"
    ) == said.split("\n\n")[2]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ((1, 1), (3, 1), "提高最多的是1号镇，提高2篇。"),
        ((3, 3), (1, 1), "下降最多的是1号镇、2号镇，各下降2篇。"),
        ((3, 3), (3, 3), "各单位均无变化。"),
        ([1] * 6, [2] * 6, "有6个单位提高最多，各提高1篇。"),
    ],
)
def test_who_gained_and_lost(before: list[int], now: list[int], expected: str) -> None:
    """One, two, nobody, too many to be named."""
    said = narrative.say_assessment(of_towns(*now), of_towns(*before, period="2021H2"))

    assert f"与2021年下半年相比，政务动态信息{expected}" == said.split("\n\n")[-1]


def test_one_unit_gains_on_nobody() -> None:
    """Fewer than two units are not compared."""
    said = narrative.say_assessment(of_towns(3), of_towns(1, period="2021H2"))

    assert "相比" not in said


def test_rates_move_by_percentage_points() -> None:
    """Also where a rate is what is assessed."""
    county = replace(TOWNS, assessment=Assessment("rate"))
    rows: Rows = {"towns": {"甲镇": (0, 1, 3, 0, 0), "乙镇": (0, 1, 1, 0, 0)}}
    said = narrative.say_assessment(
        points_period(rows, county=county),
        points_period(
            {"towns": {"甲镇": (0, 1, 4, 0, 0), "乙镇": (0, 1, 1, 0, 0)}}, "2021H2", county
        ),
    )

    assert said.endswith("采用率提高最多的是甲镇，提高8.3个百分点。")


def test_labels_of_the_assessment_are_literal() -> None:
    """Formula, grades and units are text."""
    points = replace(POINTS, label="<b>得*分", unit="<i>", formula=Formula.parse("2 * news"))
    county = replace(
        TOWNS, indicators=(points,), assessment=Assessment("points", grades=(Grade("<u>优", 1),))
    )
    said = narrative.say_assessment(of_towns(3, 1, county=county))

    assert "<" not in said.replace("\\<", "")
    assert "\\<b\\>得\\*分＝2×政务动态" in said
