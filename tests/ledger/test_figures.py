"""Indicators that a ledger gives: by what cells hold, by 投稿日期, in every library and format."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.by_hand import COUNTY, LIBRARIES, ROSTER, Place, frame_of, ledger_of, places
from zhashui_stats.ledger import Count, count_articles, find_missing_columns
from zhashui_stats.ledger.reading import open_ledger
from zhashui_stats.model.articles import Attribute, Column
from zhashui_stats.model.county import County
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.indicators import Fate, Indicator, LedgerRule
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions

PERIOD = Period.parse("2022H1")


def held(id_: str, label: str, **values: str) -> Indicator:
    """Make an indicator of adopted articles whose columns hold these."""
    return Indicator(id_, label, "篇", ledger=LedgerRule(
        Fate.ADOPTED, {column: tuple(texts.split("|")) for column, texts in values.items()}
    ))  # fmt: skip


def with_rules(*indicators: Indicator, county: County = COUNTY) -> County:
    return replace(county, indicators=indicators)


RULES = (
    held("local", "县级采用", 采用级别="县级"),
    held("city", "市级采用", 采用级别="市级|市政府办"),
    held("province", "省级采用", 采用级别="省级"),
    held("instruction", "领导批示", 批示="是"),
    held("late", "约稿逾期", 约稿="逾期"),
)
SENT = Indicator("sent", "报送", "篇", ledger=LedgerRule(Fate.SUBMITTED, {}))
REJECTED = Indicator("rejected", "退稿", "篇", ledger=LedgerRule(Fate.REJECTED, {}))
POINTS = Indicator("points", "得分", "分", negative=True, formula=Formula.parse(
    "min(local + 5 * city + 10 * province + 5 * instruction - 2 * late, 30)"
))  # fmt: skip
BLANK = {"采用级别": "", "批示": "", "约稿": "", "投稿日期": "2022-02-28"}
LATE = {"约稿": "逾期"}
OUTSIDE = {"发布日期": "2022-07-01"}


def level(unit: str, *levels: str, **cells: str) -> list[dict[str, str]]:
    """Make an article of a unit for each level."""
    return [{**BLANK, "投稿单位": unit, "采用级别": text, **cells} for text in levels]


ARTICLES = [
    *level("甲镇", "县级", "县级", " 县 级"),
    *level("甲镇", "市政府办"),
    *level("甲镇", "省级", 批示="是", 约稿="按时"),
    *level("甲镇", "省级", **OUTSIDE),
    *level("乙镇", "省级", "省级", "省级"),
    *level("乙镇、甲镇", "省级", **LATE),
    *level("甲局", "县级", "", **LATE),
    *level("并局", "市级、省级", "市\u3000级"),
    *level("新局", "市级", "省级", 状态="退稿", 发布日期="", 约稿="逾期"),
    *level("新局", "市级", 状态="待审", 发布日期=""),
]
COUNTED = {
    "甲镇": {"local": 3, "city": 1, "province": 1, "instruction": 1, "late": 0},
    "乙镇": {"local": 0, "city": 0, "province": 4, "instruction": 0, "late": 1},
    "甲局": {"local": 1, "city": 0, "province": 0, "instruction": 0, "late": 2},
    "新局": {"local": 0, "city": 2, "province": 1, "instruction": 0, "late": 0},
}


def count(
    *articles: dict[str, str], rules: tuple[Indicator, ...] = RULES, engine: str = "pandas"
) -> Count:
    return count_articles(ledger_of(frame_of(*articles), engine, with_rules(*rules)))


@pytest.mark.parametrize("library", LIBRARIES)
def test_by_what_cells_hold(library: str) -> None:
    """However values are written, the adopted articles of the period count, for the first unit.

    新局 was taken once by city and province, which counts for both, and once by the city; what
    was rejected or waits counts for nothing, nor does what was published in July.
    """
    assert COUNTED == count(*ARTICLES, engine=library).figures


def test_points_from_a_ledger() -> None:
    """A level is 1, 5 or 10 points, an instruction 5 more, a late commission 2 less, at most 30.

    甲镇: 3 + 5 + 10 + 5 = 23. 乙镇: 4 × 10 − 2 = 38, capped at 30. 甲局: 1 − 2 × 2 = −3. 新局:
    2 × 5 + 10 = 20. The county: 23 + 30 − 3 + 20 = 70.
    """
    counted = count(*ARTICLES)
    now = Submissions(
        with_rules(*RULES, POINTS), PERIOD, ROSTER.valid_in(PERIOD).units, counted.counts,
        figures=counted.figures,
    )  # fmt: skip

    assert [23, 30, -3, 20] == [now.amount(name, "points") for name in COUNTED]
    assert 70 == now.total_amount("points")


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, encoding="utf-8-sig")


def write_xlsx(frame: pd.DataFrame, path: Path) -> None:
    frame.to_excel(path, index=False)


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False)


def write_sqlite(frame: pd.DataFrame, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        frame.to_sql("台账", connection, index=False)


def write_duckdb(frame: pd.DataFrame, path: Path) -> None:
    with duckdb.connect(path) as connection:
        connection.register("articles", frame)
        connection.execute("CREATE TABLE 台账 AS SELECT * FROM articles")


@pytest.mark.parametrize(
    "write", [write_csv, write_xlsx, write_parquet, write_sqlite, write_duckdb]
)
def test_files_of_every_format(write, tmp_path: Path) -> None:
    """A file of any format gives what a frame gives, and tells no own column as passed over."""
    frame = frame_of(*ARTICLES).drop(columns="row").rename(columns={"采用级别": "采用 级别（级）"})
    path = tmp_path / f"台账.{write.__name__.removeprefix('write_')}"
    write(frame, path)
    county = with_rules(*RULES, SENT, REJECTED)
    ledger = open_ledger(path, county, ROSTER, PERIOD, file="台账")
    counted = count_articles(ledger)

    sent = {"甲镇": (6, 0), "乙镇": (4, 0), "甲局": (2, 0), "新局": (5, 2)}
    assert {
        name: {**row, "sent": sent[name][0], "rejected": sent[name][1]}
        for name, row in COUNTED.items()
    } == counted.figures
    assert () == ledger.notes


@settings(max_examples=20)
@given(order=st.permutations(ARTICLES))
def test_the_order_of_rows_never_matters(order: list[dict[str, str]]) -> None:
    """Any order gives the same figures and the same notes."""
    counted = count(*order)

    assert COUNTED == counted.figures
    assert ("“约稿”列有1种取值没有指标统计",) == counted.notes


@pytest.mark.parametrize("library", LIBRARIES)
def test_submitted_and_rejected_by_the_day_of_submission(library: str) -> None:
    """Whatever became of them; 1 January and 30 June count, what is not dated is told."""
    out = {"状态": "退稿", "发布日期": ""}
    days = ["2021-12-31", "2022-01-01", "2022年6月30日 23:59", "2022-07-01", ""]
    articles = [
        *({"投稿日期": day} for day in days),
        *({**out, "投稿日期": day, "投稿单位": "甲局、甲镇"} for day in days),
        {"状态": "待审", "发布日期": None, "投稿日期": "2022-03-01"},
        {**OUTSIDE, "投稿日期": "2022-03-01"},
    ]
    counted = count(*articles, rules=(SENT, REJECTED), engine=library)

    assert {
        "甲镇": {"sent": 4, "rejected": 0},
        "乙镇": {"sent": 0, "rejected": 0},
        "甲局": {"sent": 2, "rejected": 2},
        "新局": {"sent": 0, "rejected": 0},
    } == counted.figures
    assert ("2行没有填写投稿日期，未计入报送、退稿",) == counted.notes


def test_adopted_articles_without_a_day_are_no_rejected_ones() -> None:
    """Who counts the rejected ones alone is not told of others."""
    assert () == count({"投稿日期": ""}, rules=(REJECTED,)).notes


def test_all_columns_hold() -> None:
    """Of several columns each holds one of its values."""
    rule = held("both", "市级批示", 采用级别="市级|省级", 批示="是")
    counted = count(
        *level("甲镇", "市级", 批示="是"),
        *level("甲镇", "省级"),
        *level("乙镇", "县级", 批示="是"),
        rules=(rule,),
    )

    assert [1, 0, 0, 0] == [row["both"] for row in counted.figures.values()]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("column", "value", "cells"),
    [
        ("栏目", "政务公开", {"类别": "政务公开信息"}),
        ("公开属性", "公开发布", {"公开属性": "主动公开"}),
        ("解读形式", "图表", {"解读形式": "文字、图 表"}),
        ("载体", "网站", {"载体": "网站、公众号"}),
        ("载体", "网站、公众号", {"载体": "网站、公众号"}),
        ("次数", "1", {"次数": 1}),
        ("发布日期", "2022年3月1日", {"发布日期": pd.Timestamp("2022-03-01 08:30")}),
        ("发布时间", "2022/3/1", {"发布日期": "2022年3月1日"}),
    ],
)
def test_columns_known_and_own(library, column, value, cells):
    """Known columns go by any of their headers, and their values by what they mean."""
    rules = replace(
        COUNTY.ledger,
        headers={Column.PUBLISHED: ("发布时间",)},
        values={Attribute.PUBLIC: ("主动公开",)},
    )
    county = with_rules(held("some", "某", **{column: value}), county=replace(COUNTY, ledger=rules))
    other = {name: type(cell)() if isinstance(cell, str | int) else pd.Timestamp("2022-03-02")
             for name, cell in cells.items()}  # fmt: skip
    other |= {"类别": "政务动态"} if column == "栏目" else {}
    other |= {"发布日期": "2022-03-02"} if column == "发布时间" else {}
    ledger = ledger_of(frame_of(cells, {**other, "标题": "其他"}), library, county)

    assert 1 == count_articles(ledger).figures["甲镇"]["some"]


def test_groups_without_the_indicator() -> None:
    """Only units of its groups have it, also where another unit has such articles."""
    rule = replace(RULES[0], groups=("towns",))
    counted = count(*level("甲镇", "县级"), *level("甲局", "县级"), rules=(rule,))

    assert {"甲镇": {"local": 1}, "乙镇": {"local": 0}, "甲局": {}, "新局": {}} == counted.figures


def test_what_the_ledger_lacks_is_not_given() -> None:
    """Whoever needs it is told the column, once for all indicators; others are counted."""
    ledger = ledger_of(
        frame_of(*level("甲镇", "县级")).drop(columns=["批示", "投稿日期", "约稿"]),
        county=with_rules(*RULES, SENT, REJECTED),
    )
    told: list[Place] = places(find_missing_columns(ledger, [RULES[0], RULES[3], SENT, REJECTED]))

    assert {"local": 1, "city": 0, "province": 0} == count_articles(ledger).figures["甲镇"]
    assert [
        (None, "批示", "missing_column", "“领导批示”按它统计",
         "一列“批示”；表头不同的，按台账改 county.toml 中的 ledger；"
         "台账不登记的，去掉 county.toml 中“领导批示”的 ledger，在统计表中填写"),
        (None, "投稿日期", "missing_column", "“报送”“退稿”按它统计",
         "一列“投稿日期”；别的写法可在 county.toml 的 [ledger.headers] 中声明；"
         "台账不登记的，去掉 county.toml 中“报送”“退稿”的 ledger，在统计表中填写"),
    ] == told  # fmt: skip


def test_values_that_nobody_counts() -> None:
    """They are numbered and not named: whatever stands there, a report would print it."""
    counted = count(*level("甲镇", "县级", "甲 级", "甲级", "乙级", "县级、丙级"), rules=RULES[:1])

    assert ("“采用级别”列有2种取值没有指标统计",) == counted.notes


@pytest.mark.parametrize("library", LIBRARIES)
def test_no_row_and_no_value(library: str) -> None:
    """A column that is blank throughout counts nothing, nor does a ledger without rows."""
    blank = frame_of(*level("甲镇", "", "")).assign(采用级别=None)
    for frame in (blank, pd.concat([blank.iloc[:0]] * 2)):
        counted = count_articles(ledger_of(frame, library, with_rules(*RULES, SENT)))

        assert {"local": 0, "city": 0} == {
            name: counted.figures["甲镇"][name] for name in ("local", "city")
        }
        assert () == counted.notes
