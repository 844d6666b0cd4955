"""Amounts of indicators: of units, of scopes, of sums of periods."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.aggregate import amounts_of, gini, ranked, top_share, units_at_least
from zhashui_stats.errors import UnknownLabel
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.grading import Assessment, Grade
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions, add_up
from zhashui_stats.model.units import Unit

COUNTY = County(
    "某县", "某办", "篇", (Group("towns", "镇办"), Group("bureaus", "部门")),
    (Category("open", "公开"), Category("news", "动态")),
    indicators=(
        Indicator("submitted", "报送", "条", includes="total"),
        Indicator("rate", "采用率", "%", decimals=1, formula=Formula.parse("100*total/submitted")),
        Indicator("points", "得分", "分", decimals=1,
                  formula=Formula.parse("min(2 * open + news, 10) + 0.05 * rate_points + bonus")),
        Indicator("rate_points", "折算分", "分", formula=Formula.parse("open")),
        Indicator("bonus", "加分", "分", decimals=1, negative=True, groups=("bureaus",)),
    ),
)  # fmt: skip
UNITS = (Unit("甲镇", "towns"), Unit("乙镇", "towns"), Unit("丙局", "bureaus"))


def submissions(rows, bonus=Fraction(0), period="2022H1"):
    """Make a period from unit -> 公开, 动态, 报送."""
    return Submissions(
        COUNTY, Period.parse(period), UNITS,
        {name: {"open": row[0], "news": row[1]} for name, row in rows.items()},
        figures={
            name: {"submitted": row[2], **({"bonus": bonus} if name == "丙局" else {})}
            for name, row in rows.items()
        },
    )  # fmt: skip


NOW = submissions({"甲镇": (1, 2, 8), "乙镇": (0, 0, 0), "丙局": (5, 4, 9)}, Fraction(-1, 2))


@pytest.mark.parametrize(
    ("unit", "figure", "expected"),
    [
        ("甲镇", "报送", 8),
        ("甲镇", "采用率", Fraction(300, 8)),
        ("乙镇", "采用率", None),
        ("甲镇", "得分", Fraction("4.05")),
        ("丙局", "得分", Fraction("9.75")),
        ("丙局", "bonus", Fraction(-1, 2)),
        ("甲镇", "加分", None),
        ("甲镇", None, 3),
        ("甲镇", "公开信息", 1),
    ],
)
def test_amounts_of_units(unit, figure, expected):
    """Counted ones as they are, formulas worked out, undefined ones and those of other groups."""
    assert expected == NOW.amount(unit, figure)


def test_a_rate_of_totals_is_not_the_mean_of_rates():
    """12 of 17 are 70.6 %; the mean of 37.5 % and 100 % is not."""
    assert Fraction(1200, 17) == NOW.total_amount("采用率")
    assert Fraction(300, 8) == NOW.of("镇办").total_amount("采用率")


def test_what_is_left_of_a_rate_is_left_of_the_rate_of_totals():
    """Per cents never add up: 100 less the rate of the scope, not the sum of what each lacks."""
    missed = Indicator("missed", "未采用率", "%", formula=Formula.parse("100 - rate"))
    county = replace(COUNTY, indicators=(*COUNTY.indicators, missed))
    now = replace(NOW, county=county)

    assert 100 - now.total_amount("rate") == now.total_amount("missed")


def test_a_cap_holds_for_each_unit():
    """Points of a scope are the sum of the units' points."""
    assert Fraction("4.05") + 0 + Fraction("9.75") == NOW.total_amount("得分")


def test_undefined_units_take_no_part():
    """Neither in a ranking nor in a list."""
    assert ["丙局", "甲镇"] == [name for _, names in ranked(NOW, "采用率") for name in names]
    assert ("丙局",) == units_at_least(NOW, "采用率", Fraction("37.6"))
    assert {"丙局": Fraction(-1, 2)} == amounts_of(NOW, "加分")


def test_only_what_adds_up_has_shares():
    """A rate has no share and no Gini coefficient, nor has what falls below 0."""
    assert (None, None) == (top_share(NOW, 1, "采用率"), gini(NOW, "采用率"))
    assert (None, None) == (top_share(NOW.of("部门"), 1, "加分"), gini(NOW, "加分"))
    assert "70.7%" == str(top_share(NOW, 1, "得分"))


def test_counted_indicators_of_parts_add_up():
    """A year has what its halves have, and the rate of that."""
    later = submissions({"甲镇": (1, 0, 2), "乙镇": (0, 1, 1), "丙局": (0, 0, 1)}, period="2022H2")
    year = add_up([NOW, later], Period.parse("2022"))

    assert (10, 1, 10) == tuple(year.amount(unit.name, "报送") for unit in UNITS)
    assert Fraction(400, 10) == year.amount("甲镇", "采用率")


def test_the_frame_shows_indicators_as_they_are_printed():
    """After the sum, rounded, missing where undefined."""
    frame = NOW.frame

    assert ["公开", "动态", "合计", "报送", "采用率", "得分", "折算分", "加分"] == list(frame)
    assert [8, 37.5, 4.1] == frame.loc[("镇办", "甲镇"), ["报送", "采用率", "得分"]].tolist()
    assert frame["采用率"].isna().tolist() == [False, True, False]


def test_incomplete_figures_are_refused():
    """Every unit has every counted indicator of its group."""
    with pytest.raises(KeyError):
        Submissions(
            COUNTY, NOW.period, UNITS, NOW.counts,
            figures={**NOW.figures, "甲镇": {}},
        )  # fmt: skip


def test_an_unknown_figure_says_what_there_is():
    """Categories, indicators and the sum."""
    with pytest.raises(
        UnknownLabel, match="没有名为“得芬”的类别或指标，最接近的是：得分；可用的有"
    ):
        NOW.amount("甲镇", "得芬")


@given(st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=3, max_size=3))
def test_linear_formulas_commute_with_sums(rows):
    """The points of a scope are the formula over its totals where no cap is reached."""
    now = submissions(
        {
            unit.name: (opened % 3, news % 3, submitted)
            for unit, (opened, news, submitted) in zip(UNITS, rows, strict=True)
        }
    )
    expected = 2 * now.total("公开") + now.total("动态") + Fraction("0.05") * now.total("公开")

    assert expected == now.total_amount("得分")
    assert (now.total_amount("采用率") is None) is (now.total("报送") == 0)


def test_a_grade_by_its_lower_bound():
    """The bound itself reaches the grade; nothing undefined does."""
    assessment = Assessment("points", grades=(Grade("优秀", 90), Grade("良好", 80), Grade("一般")))
    found = [assessment.grade(amount) for amount in (90, Fraction("89.99"), 0, None)]

    assert ["优秀", "良好", "一般", None] == [grade and grade.label for grade in found]


def test_a_rate_leaves_out_groups_that_lack_its_divisor() -> None:
    """Where only towns are counted by what they submitted, the rate is that of the towns."""
    submitted = replace(COUNTY.indicators[0], groups=("towns",), includes=None)
    county = replace(COUNTY, indicators=(submitted, COUNTY.indicators[1]))
    now = Submissions(
        county, NOW.period, UNITS, NOW.counts,
        figures={"甲镇": {"submitted": 8}, "乙镇": {"submitted": 0}, "丙局": {}},
    )  # fmt: skip

    assert Fraction(300, 8) == now.total_amount("采用率")
    assert now.amount("丙局", "采用率") is None
