"""Regularity: months, and who sends in strikingly much at the end."""

from datetime import date
from fractions import Fraction
from math import comb

import pytest

from assessment.conftest import Cells, Maker, by_month
from zhashui_stats.assessment import (
    RushCount,
    idle_months,
    monthly_counts,
    regular_units,
    rush,
)
from zhashui_stats.assessment.regularity import _chance
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit

WINDOW, DAYS = 14, 181  # of 2022H1


def sent(*days: str, unit: str = "应急局") -> list[Cells]:
    """Articles of a unit sent in on these days of 2022."""
    return [{"投稿单位": unit, "投稿日期": f"2022-{day}"} for day in days]


def spread(articles: int, in_window: int, unit: str = "应急局") -> list[Cells]:
    """So many articles, so many of them on the last day of 2022H1."""
    return sent(*["03-03"] * (articles - in_window), *["06-30"] * in_window, unit=unit)


def months(*numbers: int) -> tuple[Period, ...]:
    """Months of 2022."""
    return tuple(Period.parse(f"2022-{number:02}") for number in numbers)


# --- Months -------------------------------------------------------------------------------------


def test_every_month_has_its_count(make: Maker, engine: str) -> None:
    """January 2, June 1, the others 0; whatever the status, and dates outside count nowhere."""
    articles = [
        *sent("01-01", unit="气象局"),
        {"投稿日期": "2022/1/31", "状态": "退稿"},
        {"投稿日期": "2022-06-30", "状态": "待审"},
        *sent("07-01"),
        {"投稿日期": None},
    ]
    expected = zip(months(1, 2, 3, 4, 5, 6), (2, 0, 0, 0, 0, 1), strict=True)

    assert list(expected) == list(by_month(make(articles, engine=engine)).items())


def test_every_unit_has_every_month(make: Maker) -> None:
    """Two articles in May and one in June of one unit; all 65 units have all months."""
    counts = monthly_counts(make(sent("05-05", "05-06", "06-01"), "2022Q2"))

    assert dict(zip(months(4, 5, 6), (0, 2, 1), strict=True)) == counts["应急局"]
    assert 65 == len(counts)
    assert {months(4, 5, 6)} == {tuple(monthly) for monthly in counts.values()}


def test_a_quarter_a_month_and_a_span(make: Maker) -> None:
    """A period has the months that it is made of."""
    articles = sent("04-01", "05-31", "05-01", "07-01")

    assert {months(4)[0]: 1, months(5)[0]: 2, months(6)[0]: 0} == by_month(make(articles, "2022Q2"))
    assert {months(7)[0]: 1} == by_month(make(articles, "2022-07"))
    assert [0, 0, 1] == list(by_month(make(articles, "2022-02..04")).values())


def test_idle_months_are_those_of_the_unit(make: Maker, engine: str) -> None:
    """A unit founded in the second quarter, one that ended in February, and one in between.

    Each has sent in something in the first month that it was there.
    """
    roster = Roster((
        Unit("新镇", "towns", since=Period.parse("2022Q2")),
        Unit("旧镇", "towns", until=Period.parse("2022-02")),
        Unit("应急局", "departments"),
    ))  # fmt: skip
    articles = [*sent("04-04", unit="新镇"), *sent("01-01", unit="旧镇"), *sent("01-01")]
    found = idle_months(make(articles, engine=engine, roster=roster))

    expected = {"新镇": months(5, 6), "旧镇": months(2), "应急局": months(2, 3, 4, 5, 6)}
    assert list(expected.items()) == list(found.items())


@pytest.mark.parametrize(
    ("days", "is_active"),
    [
        (["01-01", "02-01", "03-01"], True),
        (["01-01", "02-01", "02-28", "02-03"], False),
        ([], False),
    ],
)
def test_active_is_half_of_the_months(make: Maker, days: list[str], is_active: bool) -> None:
    """Three months of six are enough, two are not, however many articles."""
    assert is_active == ("应急局" in regular_units(make(sent(*days, "07-01"))))


@pytest.mark.parametrize(("days", "expected"), [(["04-01"], ()), (["04-01", "06-01"], ("新镇",))])
def test_active_of_the_months_it_was_there(
    make: Maker, days: list[str], expected: tuple[str, ...]
) -> None:
    """Founded in April, it was there for three months: two of them are at least half, one not."""
    roster = Roster((Unit("新镇", "towns", since=Period.parse("2022Q2")),))

    assert expected == regular_units(make(sent(*days, unit="新镇"), roster=roster))


# --- The rush at the end ------------------------------------------------------------------------


def tail(least: int, articles: int) -> Fraction:
    """The chance of at least so many in the window, exactly."""
    ways = (
        comb(articles, k) * WINDOW**k * (DAYS - WINDOW) ** (articles - k)
        for k in range(least, articles + 1)
    )
    return Fraction(sum(ways), DAYS**articles)


def test_the_window(make: Maker, engine: str) -> None:
    """17 to 30 June are 14 days, 7.7 % of 181. Of 12 articles, 4 are in it: the 16th is not."""
    days = ["01-01"] * 7 + ["06-16", "06-17", "06-20", "06-30", "06-30"]
    found = rush(make(sent(*days, "07-01"), engine=engine))

    assert date(2022, 6, 17) == found.window_start
    assert 100 * 14 / 181 == found.even_share
    assert {"应急局": RushCount(12, 4)} == found.judged
    assert 100 / 3 == pytest.approx(found.judged["应急局"].share)


@pytest.mark.parametrize("articles", [10, 11, 25, 60, 200])
def test_named_from_the_first_number_below_five_per_cent(make: Maker, articles: int) -> None:
    """Judged alone, a unit is named from the least number that chance reaches in under 5 %."""
    least = next(k for k in range(articles) if tail(k, articles) < Fraction(5, 100))

    assert ("应急局",) == rush(make(spread(articles, least))).named
    assert () == rush(make(spread(articles, least - 1))).named


@pytest.mark.parametrize(
    ("least", "articles"), [(1, 10), (3, 10), (10, 10), (20, 60), (30, 200), (150, 1000)]
)
def test_the_chance_is_that_of_the_binomial_tail(least: int, articles: int) -> None:
    """All terms added up as fractions give the same, to eleven digits."""
    even = WINDOW / DAYS

    assert pytest.approx(float(tail(least, articles)), rel=1e-11) == _chance(least, articles, even)


def test_many_units_need_stronger_evidence(make: Maker) -> None:
    """3 of 10 have a chance of 3.7 %: named alone, not among two (2.5 % each); 4 of 10 are."""
    assert Fraction(36, 1000) < tail(3, 10) < Fraction(37, 1000)
    assert tail(4, 10) < Fraction(25, 1000)

    even = spread(10, 0, unit="气象局")
    assert ("应急局",) == rush(make(spread(10, 3))).named
    assert () == rush(make([*spread(10, 3), *even])).named
    assert ("应急局",) == rush(make([*spread(10, 4), *even])).named


def test_few_articles_are_not_judged(make: Maker) -> None:
    """Nine articles on the last day say nothing; how many are enough is a setting."""
    ledger, strict = make(spread(9, 9)), make(spread(9, 9), rush_least=9)

    assert ({}, ()) == (rush(ledger).judged, rush(ledger).named)
    assert ("应急局",) == rush(strict).named


def test_units_that_came_within_the_period_are_not_judged(make: Maker) -> None:
    """Founded in the second quarter, it could not spread its articles over all of the half."""
    for since, judged in (("2022Q2", []), ("2022H1", ["新镇"]), ("2021", ["新镇"])):
        roster = Roster((Unit("新镇", "towns", since=Period.parse(since)),))

        assert judged == list(rush(make(spread(20, 9, unit="新镇"), roster=roster)).judged)


def test_units_that_ended_within_the_period_are_not_judged(make: Maker) -> None:
    """Ended after the first quarter, it never saw the window."""
    for until, judged in (("2022Q1", []), ("2022H1", ["旧镇"]), ("2022", ["旧镇"])):
        roster = Roster((Unit("旧镇", "towns", until=Period.parse(until)),))

        assert judged == list(rush(make(spread(20, 0, unit="旧镇"), roster=roster)).judged)


def test_a_window_longer_than_the_period(make: Maker) -> None:
    """Then all of it is the window, and nothing in it is striking."""
    found = rush(make(sent(*["06-30"] * 10), "2022-06", rush_days=60))

    assert (date(2022, 6, 1), 100.0, ()) == (found.window_start, found.even_share, found.named)


def test_ten_thousands_of_articles(make: Maker) -> None:
    """Numbers beyond the range of floats: 1600 of 20000 are even enough, 1700 are not.

    1547 are expected, with a standard deviation of 37.8; 1600 are 1.4 of them above, 1700 are 4.
    """
    assert () == rush(make(spread(20_000, 1_600))).named
    assert ("应急局",) == rush(make(spread(20_000, 1_700))).named
    assert ("应急局",) == rush(make(spread(20_000, 20_000))).named


def test_the_table_of_the_judged(make: Maker) -> None:
    """The judged units with their shares, in %, and whether they are named; or no row at all."""
    table = rush(make([*spread(10, 5), *spread(20, 1, unit="小岭镇")])).table

    assert ["投稿", "期末投稿", "期末占比%", "突击"] == list(table)
    assert [("镇办", "小岭镇"), ("部门单位", "应急局")] == list(table.index)
    assert [5.0, 50.0] == list(table["期末占比%"])
    assert [False, True] == list(table["突击"])
    assert ["投稿", "期末投稿", "期末占比%", "突击"] == list(rush(make(sent("01-01"))).table)
