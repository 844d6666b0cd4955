"""Working days, held against the notices for 2022, and the deadlines that they make."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from chinese_calendar.constants import holidays
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.assessment.working_days import Deadline, UnknownYear, deadline, working_days
from zhashui_stats.errors import ZhashuiError

DAY = timedelta(days=1)
LAST_YEAR = max(holidays).year
KNOWN = st.dates(date(2020, 12, 1), date(2023, 2, 28))


def on(text: str) -> date:
    """A day of 2022, such as 10-01."""
    return date.fromisoformat(f"2022-{text}")


@pytest.mark.parametrize(
    ("after", "until", "expected"),
    [
        ("09-30", "10-07", 0),
        ("09-30", "10-08", 1),
        ("09-30", "10-09", 2),
        ("09-30", "10-10", 3),
        ("09-30", "10-11", 4),
        ("01-28", "01-29", 1),
        ("01-28", "01-30", 2),
        ("01-28", "02-06", 2),
        ("01-28", "02-07", 3),
        ("01-30", "02-07", 1),
        ("02-02", "02-07", 1),
        ("06-10", "06-13", 1),
        ("03-01", "03-01", 0),
        ("03-02", "03-01", 0),
        ("03-01", "03-04", 3),
    ],
)
def test_weeks_of_2022(after: str, until: str, expected: int) -> None:
    """As decreed: days of rest within the week, worked weekends, and plain weeks.

    National Day: 1 to 7 October off, 8 and 9 worked. Spring Festival: 31 January to 6 February
    off, 29 and 30 January worked. From Friday 10 June to Monday 13: one.
    """
    assert expected == working_days(on(after), on(until))


def test_over_the_new_year() -> None:
    """From 31 December 2021 to 4 January 2022 only the 4th is worked; the whole year has 249."""
    new_year = date(2021, 12, 31)

    assert 1 == working_days(new_year, on("01-04"))
    assert 249 == working_days(new_year, on("12-31"))


@given(KNOWN, KNOWN)
def test_days_are_counted_one_by_one(after: date, until: date) -> None:
    """Every pair of days gives what counting them singly gives."""
    days = (after + n * DAY for n in range(1, max(0, (until - after).days) + 1))

    assert sum(map(chinese_calendar.is_workday, days)) == working_days(after, until)


@pytest.mark.parametrize(
    ("after", "until", "year"),
    [
        (date(1999, 5, 1), date(2022, 1, 1), 1999),
        (date(2003, 12, 30), date(2004, 1, 5), 2003),
        (date(2022, 1, 1), date(LAST_YEAR + 2, 1, 1), LAST_YEAR + 1),
    ],
)
def test_a_year_that_is_not_known(after: date, until: date, year: int) -> None:
    """The earliest one on the way is named, in Chinese, with what to do."""
    with pytest.raises(UnknownYear, match=f"没有{year}年.*请核对日期") as caught:
        working_days(after, until)

    assert year == caught.value.year
    assert isinstance(caught.value, ZhashuiError)
    assert isinstance(caught.value, LookupError)


def test_only_days_that_count_must_be_known() -> None:
    """The last day of an unknown year is no obstacle, and before the start nothing counts."""
    assert 2 == working_days(date(2003, 12, 31), date(2004, 1, 5))
    assert 0 == working_days(date(2100, 1, 1), date(1999, 1, 1))


@pytest.mark.parametrize(
    ("after", "days", "last"),
    [
        ("09-30", 0, "10-07"),
        ("09-30", 3, "10-10"),
        ("01-28", 2, "02-06"),
        ("06-10", 3, "06-15"),
        ("06-29", 2, "07-03"),
    ],
)
def test_deadlines_of_2022(after: str, days: int, last: str) -> None:
    """The last day in time; days of rest that follow the last working day are in time as well."""
    assert Deadline(on(last)) == deadline(on(after), days)


@given(KNOWN, KNOWN, st.integers(0, 12))
def test_in_time_until_the_deadline(policy: date, published: date, days: int) -> None:
    """Not later than the deadline says the same as not more working days than allowed."""
    assert (working_days(policy, published) <= days) == (published <= deadline(policy, days).last)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (date(1999, 5, 1), Deadline(date(1999, 5, 1), 1999)),
        (date(LAST_YEAR, 12, 31), Deadline(date(LAST_YEAR, 12, 31), LAST_YEAR + 1)),
        (date.max, Deadline(date.max, 9999)),
    ],
)
def test_deadlines_that_are_not_known(after: date, expected: Deadline) -> None:
    """What is known to be in time, and the year that would have to be known for more."""
    assert expected == deadline(after, 1)
