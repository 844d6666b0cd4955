"""A unit's indicators in its brief: what stands beside the total, its points, rank and grade."""

from dataclasses import replace

import pytest
from conftest import Builder
from points_county import COUNTY, POINTS, ROWS, points_period

from zhashui_stats.briefs import indicators, mentions, tables
from zhashui_stats.briefs.brief import Brief
from zhashui_stats.comparison import History
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.grading import Assessment

BEFORE = {
    **ROWS,
    "towns": {**ROWS["towns"], "甲镇": (1, 0, 5, 0, 0)},
    "second": {"税务局": (1, 2, 6, 0, 3)},
}


def brief_of(name: str, *earlier: History, assessment: Assessment | None = COUNTY.assessment):
    county = replace(COUNTY, assessment=assessment)
    series = [points_period(county=county), *(points_period(*then, county) for then in earlier)]
    return Brief.of(History(series), name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "甲镇",
            "报送12条，采用率75.0%（镇办中列第1名）。\n\n"
            "得分9.5分（基本分7.5分，加分2.0分，扣分0.0分），在3个镇办中列第1名，等次为合格，"
            "距优秀（20.0分）还差10.5分。",
        ),
        (
            "丙镇",
            "报送0条，采用率无从计算。\n\n"
            "得分0.0分（基本分0.0分，加分0.0分，扣分0.0分），在3个镇办中列第3名，等次为不合格，"
            "距合格（2.0分）还差2.0分。",
        ),
        (
            "财政局",
            "报送25条，采用率84.0%（一类部门中列第2名）。\n\n"
            "得分31.0分（基本分30.0分，加分1.0分，扣分0.0分），在2个一类部门中列第1名，等次为优秀。",
        ),
        (
            "烟草局",
            "报送4条，采用率0.0%（二类部门中列第2名）。\n\n"
            "得分−0.5分（基本分0.0分，加分0.0分，扣分−0.5分），在2个二类部门中列第2名，等次为不合格，"
            "距合格（2.0分）还差2.5分。",
        ),
    ],
)
def test_what_stands_beside_the_total(name: str, said: str) -> None:
    """Counted ones and rates; then the points, what they hold, rank, grade, what the next takes."""
    assert said == indicators.say_own_indicators(brief_of(name))


def test_a_cap_does_not_run_into_the_points() -> None:
    """A term that ends in a figure is kept apart from its amount."""
    formula = Formula.parse("min(2 * open + 0.5 * news, 30) + bonus - deduction")
    points = replace(POINTS, formula=formula)
    others = tuple(figure for figure in COUNTY.indicators if figure.id != "points")
    county = replace(COUNTY, indicators=(*others, points))
    said = indicators.say_own_indicators(Brief.of(History([points_period(county=county)]), "甲镇"))

    made_up = "（2×政务公开＋0.5×政务动态，最多30：7.5分；加分：2.0分；扣分：0.0分）"
    assert f"得分9.5分{made_up}，" in said


def test_the_change_of_the_points() -> None:
    """Against the nearest whole period; a unit that was not there has nothing to compare with."""
    gained = str(indicators.say_own_indicators(brief_of("甲镇", (BEFORE, "2021H2"))))
    new = str(indicators.say_own_indicators(brief_of("烟草局", (BEFORE, "2021H2"))))

    assert gained.endswith("与上个半年相比，得分由2.0分增至9.5分，增长375.0%。")
    assert "相比" not in new


def test_ranks_among_all_units_and_no_grades() -> None:
    """Where the county ranks them all; without grades none is told."""
    brief = brief_of("乙镇", assessment=Assessment("points", within_groups=False))

    assert "得分4.0分（基本分4.0分，加分0.0分，扣分0.0分），在7个单位中列第4名。" in str(
        indicators.say_own_indicators(brief)
    )


def test_the_assessment_by_an_undefined_rate() -> None:
    """It is said, and there is no rank."""
    brief = brief_of("丙镇", assessment=Assessment("rate"))

    assert str(indicators.say_own_indicators(brief)).endswith("采用率无从计算，不排名次。")
    assert ("采用率", "—", "%", "") == tables.own_figures(brief).figures[-1]


def test_lists_of_the_circular_by_indicators() -> None:
    """Who leads, thresholds of the group and of a scope, and the assessment."""
    said = str(mentions.say_mentions(brief_of("烟草局")))

    assert "- **一（一）**　扣分居前，0.5分。" in said
    assert "县直单位中报送不足6条的只有本单位" in said
    assert (
        "- **三（五）**　得分−0.5分，在2个二类部门中列第2名，等次为不合格，可供考核参考。" in said
    )
    assert "采用率50.0%以上的只有本单位" in str(mentions.say_mentions(brief_of("甲镇")))


def test_the_table_and_the_index() -> None:
    """Beside the group's; a group's own indicators only. The index has points, ranks, grades."""
    brief = brief_of("甲镇")
    index = tables.briefs_table(brief.now, "towns", {})

    assert ("采用率（%）", "75.0", "50.0", "75.0") in indicators.indicators_table(brief).rows
    assert "扣分（分）" not in [row[0] for row in indicators.indicators_table(brief).rows]
    of_two = indicators.indicators_table(brief_of("财政局")).rows
    assert ("得分（分）", "31.0", "19.25", "31.0") in of_two  # halfway between 31.0 and 7.5
    assert ("得分（分）", ("名", "次"), "等次") == index.header[-3:]
    assert [("9.5", "1", "合格"), ("4.0", "2", "合格"), ("0.0", "3", "不合格")] == [
        row[-3:] for row in index.rows
    ]


def test_nothing_without_indicators(build: Builder) -> None:
    """A county that declares none has no sentence, no table, no column of it."""
    brief = Brief.of(History([build({"镇办": {"甲镇": (1, 0, 0), "乙镇": (0, 0, 2)}})]))

    assert "" == str(indicators.say_own_indicators(brief))
    assert "" == indicators.indicators_table(brief)._repr_html_()
    assert () == indicators.assessed_headers(brief.now.county)
