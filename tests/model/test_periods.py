"""Periods: half-years first; quarters, months, years and spans of months too."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.errors import PeriodError
from zhashui_stats.model.periods import Period, PeriodKind, say_parts

years, months = st.integers(2, 9998), st.integers(1, 12)
periods = st.builds(
    lambda year, ends: Period(year, min(ends), max(ends)), years, st.tuples(months, months)
)
calendar_periods = periods.filter(lambda period: period.kind is not PeriodKind.SPAN)


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
        ("2023-01..04", "2023-01..04"), ("2023-11..12", "2023-11..12"),
        ("２０２３－０１．．０４", "2023-01..04"),
        ("2023年1—4月", "2023-01..04"), ("2023年1-4月", "2023-01..04"),
        ("2023年1——4月", "2023-01..04"), ("2023年1–4月份", "2023-01..04"),
        ("2023年1～4月", "2023-01..04"), ("2023年1~4月", "2023-01..04"),
        ("2023年1〜4月", "2023-01..04"), ("２０２３年１－４月", "2023-01..04"),
        ("2023年1至4月", "2023-01..04"), ("2023年1到4月", "2023-01..04"),
        ("2023年1月至4月", "2023-01..04"), ("2023 年 1 月份—4 月份", "2023-01..04"),
        ("2023年01月—04月", "2023-01..04"), ("2023年1月至2023年4月", "2023-01..04"),
        ("2023年10—11月", "2023-10..11"),
        ("2023-01..03", "2023Q1"), ("2023年4—6月", "2023Q2"), ("2023年1—6月", "2023H1"),
        ("2023-07..12", "2023H2"), ("2023年1月至12月", "2023"), ("2023-02..04", "2023-02..04"),
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
        "2022-1..4", "2022-01...04", "2022-01..04..05", "2022-01-04", "2022年—4月", "2022年1—4",
        "1—4月",
    ],
)  # fmt: skip
def test_what_is_no_period(text):
    """Anything else is an error that shows the text and the forms that are read."""
    with pytest.raises(PeriodError, match=r"看不懂的期次"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("2023-04..01", "起月在止月之后；应为 2023-01..04，跨年的请按年分成两期"),
        ("2023年12—2月", "起月在止月之后；应为 2023-02..12，跨年的请按年分成两期"),
        ("2023-03..01", "起月在止月之后；应为 2023Q1，跨年的请按年分成两期"),
        ("2023-04..04", "只有一个月；应为 2023-04"),
        ("2023年4月至4月", "只有一个月；应为 2023-04"),
        ("2023-01..13", "月份应在 1 至 12 之间，如 2022-01..04（1—4月）"),
        ("2023-00..04", "月份应在 1 至 12 之间，如 2022-01..04（1—4月）"),
        ("2023年1—13月", "月份应在 1 至 12 之间，如 2022-01..04（1—4月）"),
        ("2022年11月至2023年2月", "起止月份须在同一年内；跨年的请按年分成两期"),
        ("0000-01..04", "年份应在 0001 至 9999 之间"),
    ],
)
def test_what_is_no_span(text, advice):
    """Months that are no span are an error that says what is wrong and what to write instead."""
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)

    assert str(caught.value) == f"看不懂的期次“{text}”；{advice}"


@given(periods)
def test_id_and_label_read_back(period):
    """The id and the Chinese label lead back to the period."""
    assert Period.parse(str(period)) == period
    assert Period.parse(f"{period.year:04}{period.label.removeprefix(str(period.year))}") == period


@given(years, months, months)
def test_a_span_is_known_by_its_months_alone(year, first, last):
    """Whatever it is called, the same months of a year are the same period."""
    if first < last:
        written = Period.parse(f"{year:04}年{first}至{last}月")

        assert written == Period.parse(f"{year:04}-{first:02}..{last:02}")
        assert (written.start.month, written.end.month) == (first, last)
        assert written.months == last - first + 1


@given(calendar_periods)
def test_previous_ends_the_day_before(period):
    """Periods of a kind follow each other without gap."""
    assert period.previous.end + timedelta(days=1) == period.start
    assert period.previous.kind is period.kind


@given(calendar_periods)
def test_year_before_is_as_many_periods_back(period):
    """The same period of the year before is 12 months back."""
    back = period
    for _ in range(12 // period.months):
        back = back.previous

    assert period.year_before == back


def test_days_of_each_kind():
    """Start and end are the first and last day, leap years included."""
    days = {text: (Period.parse(text).start, Period.parse(text).end) for text in (
        "2022", "2022H2", "2022Q1", "2024-02", "2023-01..04", "2024-01..02",
    )}  # fmt: skip

    assert days == {
        "2022": (date(2022, 1, 1), date(2022, 12, 31)),
        "2022H2": (date(2022, 7, 1), date(2022, 12, 31)),
        "2022Q1": (date(2022, 1, 1), date(2022, 3, 31)),
        "2024-02": (date(2024, 2, 1), date(2024, 2, 29)),
        "2023-01..04": (date(2023, 1, 1), date(2023, 4, 30)),
        "2024-01..02": (date(2024, 1, 1), date(2024, 2, 29)),
    }


def test_a_span_has_the_year_before_alone():
    """What precedes a span overlaps it, so that nothing is just before it."""
    span = Period.parse("2024-01..02")

    assert span.previous is None
    assert str(span.year_before) == "2023-01..02"
    assert (span.end, span.year_before.end) == (date(2024, 2, 29), date(2023, 2, 28))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2023-01..04", "2022-01..04", True), ("2023-01..04", "2023-01..05", False),
        ("2023-01..04", "2023Q1", False), ("2023Q1", "2023-01..04", False),
        ("2023Q1", "2021Q4", True), ("2023-01", "2023", False),
    ],
)  # fmt: skip
def test_series_of_one_kind(one, other, expected):
    """Periods of one kind stand in one series; spans only where their months are the same."""
    assert Period.parse(one).is_alike(Period.parse(other)) is expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2022", ["2022H1", "2022H2"]), ("2022H2", ["2022Q3", "2022Q4"]),
        ("2022Q2", ["2022-04", "2022-05", "2022-06"]), ("2022-04", []),
        ("2022-01..04", ["2022Q1", "2022-04"]), ("2022-01..09", ["2022H1", "2022Q3"]),
        ("2022-03..07", ["2022-03", "2022Q2", "2022-07"]), ("2022-11..12", ["2022-11", "2022-12"]),
    ],
)  # fmt: skip
def test_parts_are_the_longest_there_are(period, expected):
    """A period is added up from halves, else quarters, else months."""
    assert [str(part) for part in Period.parse(period).parts] == expected


@given(periods)
def test_parts_cover_without_gap_or_overlap(period):
    """Each part follows the one before; together they are the period, and none is a span."""
    parts = period.parts

    assert bool(parts) is (period.kind is not PeriodKind.MONTH)
    if parts:
        assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert all(a.end + timedelta(days=1) == b.start for a, b in pairwise(parts))
    assert PeriodKind.SPAN not in {part.kind for part in parts}


@given(periods)
def test_months_of_a_period(period):
    """Its parts and theirs come down to its months, in order."""
    found = [part.first for part in period.nested() if part.kind is PeriodKind.MONTH]

    assert found == list(range(period.first, period.last + 1))


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ("2022H1 2022H2", "上、下半年"),
        ("2022Q3 2022Q4", "第三、四季度"),
        ("2022-11 2022-12", "11、12月"),
        ("2022-01 2022-02 2022-03", "1—3月各月"),
        ("2022H1 2022Q3 2022-10 2022-11 2022-12", "上半年、第三季度、10—12月各月"),
        ("", ""),
    ],
)
def test_parts_are_named_without_the_year(ids, expected):
    """Parts of one kind are named together, and many months by the first and the last."""
    assert say_parts(map(Period.parse, ids.split())) == expected


def test_order_is_by_time():
    """Sorted periods stand in the order of time, the shorter first where they start together."""
    texts = ["2022H2", "2022", "2022-01..04", "2021Q4", "2022-01", "2022H1"]

    assert [str(period) for period in sorted(map(Period.parse, texts))] == [
        "2021Q4", "2022-01", "2022-01..04", "2022H1", "2022", "2022H2",
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
