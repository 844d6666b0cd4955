"""The yearly assessment in figures: ranks, grades, parts."""

from dataclasses import replace

from points_county import COUNTY, POINTS, RATE, SUBMITTED, points_period

from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.grading import Assessment, Grade
from zhashui_stats.rating import Rating, assess, explained, grade_units, parts_of, rate_units


def test_a_county_without_an_assessment_rates_nobody() -> None:
    """The table has its columns and no row."""
    now = points_period(county=replace(COUNTY, assessment=None))

    assert {} == dict(rate_units(now))
    assert assess(now).empty


def test_ratings_within_groups() -> None:
    """Scope by scope, best first; the grade goes by the amount."""
    ratings = rate_units(points_period())
    passed, failed = Grade("合格", 2), Grade("不合格")

    assert ["甲镇", "乙镇", "丙镇", "财政局", "发改局", "税务局", "烟草局"] == list(ratings)
    assert Rating(4, 2, passed) == ratings["乙镇"]
    assert Rating(0, 3, failed) == ratings["丙镇"]
    assert [1, 2, 3, 1, 2, 1, 2] == [rating.rank for rating in ratings.values()]


def test_undefined_units_stand_last_and_unranked() -> None:
    """Nor have they a grade; those whose group has no such figure are not rated."""
    assessment = Assessment("rate", within_groups=False, grades=(Grade("一般"),))
    indicators = (SUBMITTED, replace(RATE, groups=("towns", "first")))
    now = points_period(county=replace(COUNTY, indicators=indicators, assessment=assessment))

    assert ["发改局", "财政局", "甲镇", "乙镇", "丙镇"] == list(rate_units(now))
    assert Rating(None, None, None) == rate_units(now)["丙镇"]
    assert {"一般": 4, None: 0} == {
        grade and grade.label: len(names) for grade, names in grade_units(now).items()
    }


def test_parts_add_up_to_the_amount() -> None:
    """What is taken off has its sign; what the group does not have is nothing."""
    now = points_period()
    for name, rating in rate_units(now).items():
        assert sum(part.of(now, name) or 0 for part in parts_of(COUNTY)) == rating.amount
    assert ["基本分", "加分", "扣分"] == [part.label for part in parts_of(COUNTY)]


def test_what_goes_by_one_name_is_one_part() -> None:
    """Two constants are one basis; the columns of the table add up to the points all the same."""
    formula = Formula.parse("60 + bonus - 5 + bonus")
    points = replace(POINTS, formula=formula)
    others = tuple(figure for figure in COUNTY.indicators if figure.id != "points")
    now = points_period(county=replace(COUNTY, indicators=(*others, points)))
    table = assess(now)

    assert ["基础分", "加分"] == [part.label for part in parts_of(now.county)]
    assert [59, 55] == [table.loc[name, "得分"] for name in ("甲镇", "乙镇")]
    assert table["得分"].equals(table["基础分"] + table["加分"])


def test_only_a_sum_has_parts() -> None:
    """A rate has none, nor has a category; a constant is a part, and a cap is told."""
    capped = replace(POINTS, formula=Formula.parse("100 + min(2 * news, 10) - deduction"))

    assert () == parts_of(replace(COUNTY, assessment=Assessment("rate")))
    assert () == parts_of(replace(COUNTY, assessment=Assessment("news")))
    assert ["基础分", "2×政务动态，最多10", "扣分"] == [
        part.label
        for part in parts_of(replace(COUNTY, indicators=(*COUNTY.indicators[:5], capped)))
    ]


def test_formulas_are_explained_from_the_top() -> None:
    """The assessed one, then those that it rests on, and no other."""
    assert ["points", "base"] == [indicator.id for indicator, _ in explained(COUNTY)]


def test_the_table_of_the_assessment() -> None:
    """Group, amount, parts, rank and grade of every unit."""
    table = assess(points_period())

    assert ["组别", "得分", "基本分", "加分", "扣分", "名次", "等次"] == list(table)
    assert ["二类部门", -0.5, 0.0, 0.0, -0.5, 2, "不合格"] == table.loc["烟草局"].tolist()
