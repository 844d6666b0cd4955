"""Changes between periods: differences, per cents, rosters that changed, histories."""

import copy
import pickle
from fractions import Fraction

import pytest
from conftest import Builder
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.comparison import Change, Comparison, History, compare
from zhashui_stats.errors import UndefinedFigure
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Unit


@pytest.fixture
def before(build: Builder) -> Submissions:
    """Four units, of which 丁 is merged and 戊 ends."""
    return build(
        {"组": {"甲": (3, 1), "丁": (4, 0), "戊": (2, 2)}}, "2021H2", categories=("一", "二")
    )


@pytest.fixture
def now(build: Builder) -> Submissions:
    """甲 stays, 己 takes over 丁, 庚 is new."""
    return build(
        {"组": {"甲": (1, 1), "己": (5, 1), "庚": (0, 7)}},
        categories=("一", "二"),
        aliases={"己": ("丁",)},
    )


@pytest.mark.parametrize(
    ("change", "difference", "percent"),
    [
        (Change(4, 5), 1, 25.0),
        (Change(5, 4), -1, -20.0),
        (Change(7, 7), 0, 0.0),
        (Change(0, 3), 3, None),
        (Change(0, 0), 0, None),
        (Change(3, 0), -3, -100.0),
    ],
)
def test_change(change: Change, difference: int, percent: float | None) -> None:
    """From zero there is no percentage."""
    assert (change.difference, change.percent) == (difference, percent)


def test_units_that_changed(now: Submissions, before: Submissions) -> None:
    """New, ended and merged units are told apart."""
    comparison = Comparison(now, before)

    assert [unit.name for unit in comparison.arrived] == ["庚"]
    assert [unit.name for unit in comparison.departed] == ["戊"]
    assert [(a.name, b.name) for a, b in comparison.merged.items()] == [("丁", "己")]


def test_changes_as_counted_and_like_for_like(now: Submissions, before: Submissions) -> None:
    """As counted: everything; like for like: without 庚 and 戊, 丁 against 己."""
    comparison = Comparison(now, before)

    assert comparison.change() == Change(12, 15)
    assert comparison.like_for_like() == Change(8, 8)
    assert comparison.change("一") == Change(9, 6)
    assert comparison.like_for_like("一") == Change(7, 6)


def test_an_unchanged_roster(build: Builder) -> None:
    """Without changes in the roster the two figures are the same."""
    some, others = (build({"组": {"甲": (n,)}}, f"2021H{n}", categories=("类",)) for n in (1, 2))
    comparison = Comparison(others, some)

    assert not comparison.roster_changed
    assert comparison.like_for_like() == comparison.change() == Change(1, 2)


def test_history_finds_its_forerunners(build: Builder) -> None:
    """The period before and the year before, whatever the order given."""
    grid = {"组": {"甲": (1,)}}
    ids = ("2022H1", "2020H1", "2021H1", "2021H2")
    series = [build(grid, period, categories=("类",)) for period in ids]
    history = History(series)

    assert str(history.now.period) == "2022H1"
    assert history.previous is not None
    assert str(history.previous.before.period) == "2021H2"
    assert history.year_before is not None
    assert str(history.year_before.before.period) == "2021H1"


def test_history_of_a_year_has_one_comparison(build: Builder) -> None:
    """For years, 环比 and 同比 are the same comparison and made once."""
    grid = {"组": {"甲": (1,)}}
    history = History([build(grid, year, categories=("类",)) for year in ("2021", "2022")])

    assert history.previous is not None
    assert history.year_before is None


@given(st.integers(0, 500), st.integers(0, 500))
def test_changes_are_opposite_both_ways(some: int, others: int) -> None:
    """What is gained one way is lost the other way."""
    assert Change(some, others).difference == -Change(others, some).difference


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2022H1", [("环比", "上个半年", "2021H2"), ("同比", "上年同期", "2021H1")]),
        ("2022Q3", [("环比", "上季度", "2022Q2"), ("同比", "上年同期", "2021Q3")]),
        ("2022-01", [("环比", "上月", "2021-12"), ("同比", "上年同期", "2021-01")]),
        ("2022", [("同比", "上年", "2021")]),
    ],
)
def test_comparisons_that_are_wanted(
    build: Builder, period: str, expected: list[tuple[str, str, str]]
) -> None:
    """Each kind of period has its terms; a year is only compared year on year."""
    history = History([build({"组": {"甲": (1,)}}, period, categories=("类",))])

    assert [
        (forerunner.term, forerunner.name, str(forerunner.period))
        for forerunner in history.forerunners
    ] == expected
    assert history.compared == ()


def test_comparisons_at_hand(build: Builder) -> None:
    """Of what is wanted, what is there; other periods are passed over."""
    grid = {"组": {"甲": (1,)}}
    ids = ("2022H1", "2020H2", "2021H1")
    history = History(build(grid, period, categories=("类",)) for period in ids)

    assert [
        (term, name, str(comparison.before.period)) for term, name, comparison in history.compared
    ] == [("同比", "上年同期", "2021H1")]


def test_movers_are_never_cut_within_a_tie(build: Builder) -> None:
    """A tie at the end is taken whole where it has room, and left out where it has none."""

    def risen(*differences: int) -> list[int]:
        rows = {f"{number}号": (n,) for number, n in enumerate(differences)}
        before = build({"镇": dict.fromkeys(rows, (0,))}, "2021H2", categories=("动",))
        now = build({"镇": rows}, categories=("动",))
        return [change.difference for _, change in Comparison(now, before).risen(3)]

    assert risen(1, 5, 2, 4, 3) == [5, 4, 3]
    assert risen(5, 4, 3, 3, 3, 0) == [5, 4, 3, 3, 3]
    assert risen(5, 4, 3, 3, 3, 3) == [5, 4]
    assert risen(2, 2, 2, 2, 2, 2) == []


def test_a_merged_unit_moves_with_its_successor(build: Builder) -> None:
    """What the ended unit had counts for the one it was merged into; new units do not move."""
    rows = {"甲": (4,), "乙": (6,), "丙": (10,)}
    before = build({"镇": rows}, "2021H2", categories=("动",))
    now = build(
        {"镇": {"甲": (12,), "丙": (9,), "丁": (5,)}}, categories=("动",), aliases={"甲": ("乙",)}
    )
    against = Comparison(now, before)

    assert against.by_unit == {"甲": Change(10, 12), "丙": Change(10, 9)}
    assert against.risen(5) == (("甲", Change(10, 12)),)
    assert against.fallen(5) == (("丙", Change(10, 9)),)


def test_a_comparison_is_made_once(now: Submissions, before: Submissions) -> None:
    """Whoever asks for it, through a history or not, shares what was found."""
    history = History([before, now])

    assert history.previous is compare(now, before)
    assert history.compared[0][2].by_unit is compare(now, before).by_unit
    assert compare(now, before) is not compare(now, now)


def test_a_history_gives_its_periods_by_name(now: Submissions, before: Submissions) -> None:
    """By id or Chinese name; ``before`` is the nearest one that the report compares with."""
    history = History([now, before])

    assert history["2021H2"] is history["2021年下半年"] is history.before is before
    assert ["2021H2", "2022H1"] == list(history)
    assert "<某县历期数据：2021H2、2022H1>" == repr(history)
    assert None is History([now]).before


def test_what_a_history_does_not_have(now: Submissions, before: Submissions) -> None:
    """It says in Chinese where to go; for Python, and for copying it, it does not have it."""
    history = History([now, before])

    with pytest.raises(
        AttributeError, match=r"history 是历期数据，没有“sum”；本期是 history\.now，"
    ):
        history.sum()
    assert not hasattr(history, "政务动态")
    assert history == pickle.loads(pickle.dumps(history)) == copy.deepcopy(history)
    assert 2 == len(history) == len(list(history))


def test_a_history_as_a_tidy_table(now: Submissions, before: Submissions) -> None:
    """One row for each count of each period, as it stood then."""
    frame = History([now, before]).frame

    assert ["期次", "组别", "投稿单位", "类别", "数量"] == list(frame.columns)
    assert ("2021年下半年", "组", "甲", "一", 3) == tuple(frame.iloc[0])
    assert (12, 27) == (len(frame), frame["数量"].sum())


def test_a_history_shows_its_totals(now: Submissions, before: Submissions) -> None:
    """In JupyterLab it is a table of the periods: units, categories and total."""
    shown = History([now, before])._repr_html_()

    assert "某县历期采用数量，数值单位：篇" in shown
    for cell in ("2021年下半年", "2022年上半年", "<td>12</td>", "<td>15</td>"):
        assert cell in shown


def test_the_history_of_a_unit_holds_what_was_merged_into_it(
    now: Submissions, before: Submissions
) -> None:
    """Earlier periods hold the units that became this one, and nothing where it is new."""
    history = History([now, before])

    assert [4, 6] == [then.total() for then in history.of("己").series]
    assert history.of("丁").series == history.of("己").series
    assert [(), ("庚",)] == [tuple(then) for then in history.of("庚").series]
    assert [("戊",), ()] == [tuple(then) for then in history.of("戊").series]


def test_the_history_of_a_unit_that_has_ended_since(
    now: Submissions, before: Submissions, build: Builder
) -> None:
    """What was merged into it still counts for it, and the periods after it hold nothing."""
    later = build({"组": {"甲": (1, 1)}}, "2022H2", categories=("一", "二"))

    history = History([now, before, later])

    assert [4, 6, 0] == [then.total() for then in history.of("己").series]
    assert () == tuple(history.of("己").now)


def test_the_history_of_a_group(now: Submissions, before: Submissions) -> None:
    """Each period's part of it."""
    assert [12, 15] == [then.total() for then in History([now, before]).of("组").series]


# --- Indicators ---------------------------------------------------------------------------------


def rated(period, rows, aliases=None):
    """Make a period of one group from unit -> 采用, 报送."""
    county = County(
        "某县", "某办", "篇", (Group("towns", "镇办"),), (Category("news", "动态"),),
        indicators=(
            Indicator("submitted", "报送", "条"),
            Indicator("rate", "采用率", "%", decimals=1,
                      formula=Formula.parse("100 * total / submitted")),
        ),
    )  # fmt: skip
    units = tuple(Unit(name, "towns", aliases=(aliases or {}).get(name, ())) for name in rows)
    return Submissions(
        county, Period.parse(period), units, {name: {"news": row[0]} for name, row in rows.items()},
        figures={name: {"submitted": row[1]} for name, row in rows.items()},
    )  # fmt: skip


def test_a_rate_changes_by_percentage_points():
    """From 1 of 8 to 3 of 12: 12.5 points, exactly; a count by a number and in per cent."""
    against = compare(rated("2022H1", {"甲镇": (3, 12)}), rated("2021H2", {"甲镇": (1, 8)}))

    assert Change(Fraction(25, 2), Fraction(25)) == against.change("采用率")
    assert Fraction(25, 2) == against.change("rate").difference
    assert (4, 50.0) == (against.change("报送").difference, against.change("报送").percent)


def test_what_is_undefined_is_not_compared():
    """The whole says so; of the units only those are given that have both amounts."""
    now = rated("2022H1", {"甲镇": (3, 12), "乙镇": (0, 0)})
    before = rated("2021H2", {"甲镇": (1, 8), "乙镇": (1, 1)})
    against = compare(now, before)

    assert {"甲镇"} == set(against.changes_by_unit("采用率"))
    with pytest.raises(UndefinedFigure) as caught:
        compare(now.of("乙镇"), before.of("乙镇")).change("采用率")
    assert "2022年上半年的采用率没有定义（除数为0），无从比较" == str(caught.value)


def test_a_rate_before_a_merger_is_that_of_both():
    """1 of 4 and 1 of 1 were 40 % together, not 62.5 % in the mean."""
    now = rated("2022H1", {"甲镇": (3, 6)}, {"甲镇": ("乙镇",)})
    against = compare(now, rated("2021H2", {"甲镇": (1, 4), "乙镇": (1, 1)}))

    assert {"甲镇": Change(Fraction(40), Fraction(50))} == against.changes_by_unit("采用率")
    assert Change(Fraction(40), Fraction(50)) == against.like_for_like("采用率")
