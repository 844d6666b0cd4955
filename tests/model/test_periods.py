"""Periods: half-years first; quarters, months and years too."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.errors import PeriodError
from zhashui_stats.model.periods import Period, PeriodKind

periods = st.sampled_from(PeriodKind).flatmap(
    lambda kind: st.builds(
        Period, st.integers(2, 9998), st.just(kind), st.integers(1, 12 // kind.value)
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022H1", "2022H1"), ("2022h2", "2022H2"), ("２０２２Ｈ１", "2022H1"),
        (" 2022 H1 ", "2022H1"),
        ("2022", "2022"), ("2022Q3", "2022Q3"), ("2022-04", "2022-04"), ("2022-12", "2022-12"),
        ("2022年上半年", "2022H1"), ("2022 年 下半年", "2022H2"), ("2022年", "2022"),
        ("2022年度", "2022"), ("2022年全年", "2022"), ("2022年第三季度", "2022Q3"),
        ("2022年3季度", "2022Q3"), ("2022年4月", "2022-04"), ("2022年04月份", "2022-04"),
        ("2022年12月", "2022-12"),
        ("2022上半年", "2022H1"), ("2022下半年度", "2022H2"), ("2022全年", "2022"),
        ("2022第三季度", "2022Q3"), ("2022三季度", "2022Q3"), ("2022年H1", "2022H1"),
        ("2022-h2", "2022H2"), ("2022-Q3", "2022Q3"),
    ],
)  # fmt: skip
def test_ids_and_chinese_names(text, expected):
    """A period is read from its id or its Chinese name, white space and width aside."""
    assert str(Period.parse(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "2022H3", "2022H0", "2022Q5", "2022-00", "2022-13", "2022-4", "22H1", "20222", "0000",
        "2022年13月", "2022年第五季度", "上半年", "20223季度", "20224月", "2022度", "2022上",
        "2022-", "2022年-H1", "2022H1/..", "../2022H1", "٢٠٢٢", "2022H1\x00",
    ],
)  # fmt: skip
def test_what_is_no_period(text):
    """Anything else is an error that shows the text and the forms that are read."""
    with pytest.raises(PeriodError, match=r"看不懂的期次"):
        Period.parse(text)


@given(periods)
def test_id_and_label_read_back(period):
    """The id and the Chinese label lead back to the period."""
    assert Period.parse(str(period)) == period
    assert Period.parse(f"{period.year:04}{period.label.removeprefix(str(period.year))}") == period


@given(periods)
def test_previous_ends_the_day_before(period):
    """Periods of a kind follow each other without gap."""
    assert period.previous.end + timedelta(days=1) == period.start
    assert period.previous.kind is period.kind


@given(periods)
def test_year_before_is_as_many_periods_back(period):
    """The same period of the year before is 12 months back."""
    back = period
    for _ in range(12 // period.kind.value):
        back = back.previous

    assert period.year_before == back


def test_days_of_each_kind():
    """Start and end are the first and last day, leap years included."""
    days = {text: (Period.parse(text).start, Period.parse(text).end) for text in (
        "2022", "2022H2", "2022Q1", "2024-02",
    )}  # fmt: skip

    assert days == {
        "2022": (date(2022, 1, 1), date(2022, 12, 31)),
        "2022H2": (date(2022, 7, 1), date(2022, 12, 31)),
        "2022Q1": (date(2022, 1, 1), date(2022, 3, 31)),
        "2024-02": (date(2024, 2, 1), date(2024, 2, 29)),
    }


def test_halves_of_a_year_only():
    """Only a year has halves."""
    assert [str(half) for half in Period.parse("2022").halves] == ["2022H1", "2022H2"]
    assert Period.parse("2022H1").halves == ()


def test_order_is_by_time():
    """Sorted periods stand in the order of time, the shorter first where they start together."""
    texts = ["2022H2", "2022", "2021Q4", "2022-01", "2022H1"]

    assert [str(period) for period in sorted(map(Period.parse, texts))] == [
        "2021Q4", "2022-01", "2022H1", "2022", "2022H2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, True), ("2022H1", None, True), ("2022-06", None, True),
        ("2022H2", None, False),
        (None, "2022-01", True), (None, "2021H2", False), ("2022Q2", "2022Q2", True),
    ],
)  # fmt: skip
def test_overlap_includes_both_ends(since, until, expected):
    """A unit is there in a period if it was there on any of its days."""
    bounds = [text and Period.parse(text) for text in (since, until)]

    assert Period.parse("2022H1").overlaps(*bounds) is expected
