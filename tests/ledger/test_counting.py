"""What counts: adopted, published within the period, by the first unit and its category."""

from datetime import date, datetime
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from ledger.by_hand import COUNTY, LIBRARIES, ROSTER, frame_of, ledger_of
from zhashui_stats.errors import FaultyData
from zhashui_stats.ledger import Count, Ledger, count_articles

NAMES = ["甲镇", "乙镇", "甲局", "新局"]
OUTSIDE = {"发布日期": "2022-07-01"}


def count(*articles: dict[str, Any], engine: str = "pandas") -> Count:
    return count_articles(ledger_of(frame_of(*articles), engine))


def filled(counted: Count) -> dict[tuple[str, str], int]:
    """Return what is not 0."""
    return {
        (name, category): number
        for name, row in counted.counts.items()
        for category, number in row.items()
        if number
    }


@pytest.mark.parametrize("library", LIBRARIES)
def test_units_and_categories(library: str) -> None:
    """However unit, category and status are written, articles add up in one place."""
    counted = count(
        {},
        {"投稿单位": "县甲 镇、乙镇", "状态": "录 用"},
        {"投稿单位": "甲镇人民政府", "类别": "政务 动态"},
        {"投稿单位": "甲乡", "类别": "政务公开信息"},
        {"投稿单位": "并局"},
        {"投稿单位": "新局", "状态": "退回", "发布日期": None},
        {"投稿单位": "新局", "状态": "待审", "发布日期": ""},
        {"投稿单位": "撤局", "发布日期": "2021-12-31"},
        engine=library,
    )

    assert {("甲镇", "news"): 3, ("甲镇", "disclosure"): 1, ("新局", "news"): 1} == filled(counted)
    assert (5, 1, 1, 1) == (counted.adopted, counted.elsewhen, counted.rejected, counted.pending)


def test_every_unit_is_there() -> None:
    """Units of the period in the order of the annexes, and categories, with nothing sent too."""
    counts = count({"状态": "退稿"}).counts

    assert NAMES == list(counts)
    assert [{"disclosure": 0, "interpretation": 0, "news": 0}] * 4 == list(counts.values())


@pytest.mark.parametrize("library", LIBRARIES)
def test_no_article_at_all(library: str) -> None:
    """A frame without any row counts nothing, and is no fault."""
    frame = frame_of({}).iloc[:0]
    counted = count_articles(ledger_of(pd.concat([frame] * 2), library))

    assert (0, {}) == (counted.rows, filled(counted))
    assert "台账0行，采用并在本期发布的0行计入，没有未计入的行" == counted.summary


EDGES: list[tuple[Any, ...]] = [
    tuple(map(datetime.fromisoformat, (
        "2022-01-01T00:00", "2022-06-30T23:59:59", "2021-12-31T23:59:59", "2022-07-01T00:00",
    ))),
    (date(2022, 1, 1), date(2022, 6, 30), date(2021, 12, 31), date(2022, 7, 1)),
    ("2022-01-01", "2022-06-30 23:59", "2021-12-31 23:59", "2022-07-01"),
    ("2022年1月1日", "2022/6/30 23:59:59", "2021.12.31", "20220701"),
    (20220101, 20220630, 20211231, 20220701),
]  # fmt: skip


@pytest.mark.parametrize("days", EDGES, ids=["times", "dates", "text", "mixed text", "numbers"])
@pytest.mark.parametrize("library", LIBRARIES)
def test_both_ends_of_the_period(library: str, days: tuple[Any, ...]) -> None:
    """1 January and the last minute of 30 June count, the days beside them do not."""
    names = dict(zip(NAMES, days, strict=True))
    counted = count(
        *({"投稿单位": name, "发布日期": day} for name, day in names.items()), engine=library
    )

    assert {("甲镇", "news"): 1, ("乙镇", "news"): 1} == filled(counted)
    assert 2 == counted.elsewhen


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "Europe/Berlin"])
@pytest.mark.parametrize("library", [engine for engine in LIBRARIES if engine != "duckdb"])
def test_times_with_a_zone(library: str, zone: str) -> None:
    """A time in any zone belongs to the day that it is in Beijing."""
    times = ["2022-01-01 00:00", "2022-06-30 23:59", "2021-12-31 23:59", "2022-07-01 00:00"]
    frame = frame_of(*({"投稿单位": name} for name in NAMES))
    frame["发布日期"] = pd.to_datetime(times).tz_localize("Asia/Shanghai").tz_convert(zone)
    counted = count_articles(ledger_of(frame, library))

    assert {("甲镇", "news"): 1, ("乙镇", "news"): 1} == filled(counted)


@pytest.mark.parametrize(("zone", "expected"), [("Asia/Shanghai", (1, 1)), ("UTC", (2, 0))])
def test_times_with_a_zone_in_duckdb(zone: str, expected: tuple[int, int]) -> None:
    """DuckDB's times with a zone belong to the day that its connection shows."""
    frame = frame_of({}, {})
    times = pd.to_datetime(["2022-06-30 23:59", "2022-07-01 00:00"])
    frame["发布日期"] = times.tz_localize("Asia/Shanghai")
    connection = duckdb.connect()
    connection.execute(f"SET TimeZone = '{zone}'")
    relation = connection.from_arrow(pa.Table.from_pandas(frame))
    counted = count_articles(Ledger.of(relation, COUNTY, ROSTER, "2022H1"))

    assert expected == (counted.adopted, counted.elsewhen)


def test_mixed_cells() -> None:
    """A column may hold dates, times and text at once, as a workbook gives them."""
    days = [date(2022, 1, 1), "2022年6月30日", datetime(2022, 6, 30, 23, 59), " 2022/7/1 "]
    frame = frame_of(*[{}] * 4)
    frame["发布日期"] = pd.Series(days, dtype=object)
    counted = count_articles(ledger_of(frame))

    assert (3, 1) == (counted.adopted, counted.elsewhen)


def test_times_of_day_in_thousands() -> None:
    """Thousands of different times of day, as text, are few days; junk among them is told."""
    times = [f"2022/{1 + n % 6}/1 {n // 60 % 24}:{n % 60:02}" for n in range(1400)]
    articles = [{"发布日期": time} for time in times]

    assert 1400 == count(*articles, engine="duckdb").adopted
    with pytest.raises(FaultyData) as caught:
        count(*articles, {"发布日期": "8:30"}, {"发布日期": "2022-01-0508:30"}, engine="duckdb")
    assert [(1402, "8:30"), (1403, "2022-01-0508:30")] == [
        (fault.row, fault.found) for fault in caught.value.faults
    ]


@pytest.mark.parametrize("library", LIBRARIES)
def test_columns_of_every_kind(library: str) -> None:
    """Categorical columns, all-blank ones and others that are none of ours change nothing."""
    frame = frame_of({}, {"状态": "退稿", "发布日期": None}, {"投稿单位": "乙镇"})
    frame = frame.astype(dict.fromkeys(("投稿单位", "类别", "状态", "发布日期"), "category"))
    frame = frame.assign(编号=None, 投稿日期=pd.NaT, 终审=float("nan"), 备注="x", 字数=[1, 2, 3])
    counted = count_articles(ledger_of(frame, library))

    assert {("甲镇", "news"): 1, ("乙镇", "news"): 1} == filled(counted)


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([{}], "台账1行，采用并在本期发布的1行计入，没有未计入的行"),
        (
            [{}, {"状态": "退稿"}, {"状态": "待审"}, {"状态": "待审"}, OUTSIDE],
            "台账5行，采用并在本期发布的1行计入；未计入：退稿1行、待审2行、采用但不在本期发布1行",
        ),
        (
            [OUTSIDE],
            "台账1行，采用并在本期发布的0行计入；未计入：采用但不在本期发布1行"
            "；采用的稿件多数不在本期发布，请核对期次",
        ),
    ],
)
def test_summary(articles: list[dict[str, str]], expected: str) -> None:
    """It says what was left out, and why."""
    assert expected == count(*articles).summary


def test_nothing_is_counted_from_a_faulty_ledger() -> None:
    """One fault is enough, and every fault is told."""
    with pytest.raises(FaultyData) as caught:
        count({}, {"标题": ""}, {"类别": "无"})

    assert [3, 4] == [fault.row for fault in caught.value.faults]


def test_a_county_declares_its_categories() -> None:
    """The counts have the county's categories, by id, in its order."""
    ids = [category.id for category in COUNTY.categories]

    assert ids == list(count({}).counts["甲局"])


def test_ledger_of_another_period() -> None:
    """Where most of what was adopted is of another period, the period itself is in doubt."""
    rows = [{"发布日期": day} for day in ("2022-01-01", "2022-07-01", "2022-07-02")]
    counted = count_articles(ledger_of(frame_of(*rows)))

    assert counted.summary.endswith(
        "未计入：采用但不在本期发布2行；采用的稿件多数不在本期发布，请核对期次"
    )
