"""Faults of a ledger: each at its row and column, with what was found and what is expected."""

from typing import Any

import pandas as pd
import pytest

from ledger.by_hand import LIBRARIES, Place, frame_of, ledger_of, places, told
from zhashui_stats.ledger.checking import find_faults
from zhashui_stats.ledger.days import fold_day

BLANKS = [None, "", " ", "　", "\t", "\u00a0", "\u2003", "\r\n", "\x0b", "\x1f", "\u2028"]
CATEGORIES = "政务公开、政策解读、政务动态"
STATUSES = "采用、退稿、待审"
ATTRIBUTES = "公开发布、依申请公开、不予公开，或留空"
FORMS = "图表、音视频、幻灯片、文字（可用顿号并列），或留空"
DAY = "日期，如 2022-01-05 或 2022年1月5日"
ONCE = "同一稿件只登记一次"
NUMBER_ONCE = "每个编号只用一次"
REJECTED = {"状态": "退稿", "发布日期": None}


def double(row: int, first: int, title: str) -> Place:
    """Say that an article is entered again."""
    found = f"“{title}”，第{first}行已有同单位、同标题、同发布日期的稿件"
    return (row, "标题", "duplicate_article", found, ONCE)


# --- Single cells -------------------------------------------------------------------------------


REQUIRED = [
    ("标题", "稿件的标题", ""),
    ("投稿单位", "投稿单位的名称", ""),
    ("类别", CATEGORIES, ""),
    ("发布日期", "采用稿件的发布日期", "状态为采用"),
    ("状态", STATUSES, ""),
]


@pytest.mark.parametrize("library", LIBRARIES)
def test_blanks(library: str) -> None:
    """Nothing, and white space of every kind, is not filled in, whoever holds it."""
    articles = [{column: blank} for column, _, _ in REQUIRED for blank in BLANKS]
    missing = [
        (column, "missing_value", found, expected)
        for column, expected, found in REQUIRED
        for _ in BLANKS
    ]

    assert [(row, *place) for row, place in enumerate(missing, 3)] == told(
        {}, *articles, engine=library
    )


def test_blanks_of_numbered_articles() -> None:
    """Where articles have numbers, these are told as well."""
    assert [
        (2, "标题", "missing_value", "编号 003", "稿件的标题"),
        (3, "发布日期", "missing_value", "编号 004，状态为采用", "采用稿件的发布日期"),
    ] == told({"编号": "003", "标题": None}, {"编号": "004", "发布日期": " "})


@pytest.mark.parametrize("status", ["退稿", "待审", "退 回"])
def test_only_adopted_articles_need_a_date(status: str) -> None:
    """Rejected and pending articles were never published."""
    assert [] == told({"状态": status, "发布日期": None}, {"状态": status, "发布日期": "　"})


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("类别", "政务", CATEGORIES),
        ("类别", "政务公开、政务动态", CATEGORIES),
        ("公开属性", "公开", ATTRIBUTES),
        ("解读形式", "漫画", FORMS),
        ("解读形式", "图表、漫画", FORMS),
    ],
)
def test_unknown_values(column: str, text: str, expected: str) -> None:
    """A value that is none of the few is told as it stands."""
    assert [(3, column, "unknown_value", text, expected)] == told({}, {column: text})


@pytest.mark.parametrize("word", ["是", "√", "已发", "采用?", "已 用"])
def test_states_of_a_countys_own(word: str) -> None:
    """The message shows the line of county.toml that declares them."""
    hint = (
        f"；如果“{word}”就是其中一种，在 county.toml 的 [ledger.values] 下写一行，"
        f'如 "采用" = ["{word}"]'
    )

    assert [(3, "状态", "unknown_value", word, f"{STATUSES}{hint}")] == told({}, {"状态": word})


@pytest.mark.parametrize("text", ["2022-01-05发布于县政府网站", 'a"b', "x\\y"])
def test_a_state_that_is_no_word(text: str) -> None:
    """What nobody would declare brings no line."""
    assert [(3, "状态", "unknown_value", text, STATUSES)] == told({}, {"状态": text})


@pytest.mark.parametrize(
    "cells",
    [
        {"状态": "录用"},
        {"状态": " 采　用 "},
        {"状态": "退 回", "发布日期": None},
        {"类别": "政务公开信息"},
        {"类别": " 政策\u00a0解读 "},
        {"公开属性": "依申请 公开"},
        {"公开属性": "　"},
        {"解读形式": "文稿、图 表"},
        {"解读形式": ""},
    ],
)
def test_known_values(cells: dict[str, str]) -> None:
    """Variants count, white space never matters, and what may be blank is."""
    assert [] == told({}, cells)


DATES = ["投稿日期", "发布日期", "关联政策发布日期", "初审日期", "三校日期"]
NO_DATES = ["2022-02-30", "2022年13月5日", "1月5日", "待定", "0", "2022-01-0508:30", "2022-06-31"]


@pytest.mark.parametrize("column", DATES)
@pytest.mark.parametrize("text", NO_DATES)
def test_no_dates(column: str, text: str) -> None:
    """What is no date, in any column of dates, is told."""
    assert [(3, column, "not_a_date", text, DAY)] == told({}, {column: text})


@pytest.mark.parametrize(
    "text",
    [
        "2022-01-05", "2022/1/5", "2022.1.5", "20220105", "2022年1月5日", "2022年1月5号",
        "２０２２年１月５日", " 2022 年 1 月 5 日 ", "2022-01-05 08:30", "2022-01-05T08:30:59.123",
        "2022年1月5日8:30", "20220105 8:30", "2022-1-5" + " " * 50,
    ],
)  # fmt: skip
def test_dates_as_text(text: str) -> None:
    """Every form that offices write is the day that it says, also where it is padded."""
    assert "2022-01-05" == fold_day(text)
    assert [] == told({"发布日期": text, "投稿日期": text})


def test_faults_come_by_row_and_column() -> None:
    """Several faults of one row come in the order of the columns."""
    bad = {"标题": "", "类别": "甲", "状态": "乙", "投稿日期": "丙", "投稿单位": "丁"}

    assert [(3, label) for label in ("标题", "投稿单位", "类别", "投稿日期", "状态")] == [
        fault[:2] for fault in told({}, bad)
    ]


def test_headers_as_they_stand() -> None:
    """A fault names the column as the ledger heads it."""
    frame = frame_of({"类别": "无"}).rename(columns={"类别": "栏 目（全称）"})

    assert ["栏 目（全称）"] == [fault.column for fault in find_faults(ledger_of(frame))]


# --- Units --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["甲 镇", "县甲镇", "甲镇人民政府", "甲乡", "甲镇、无此局", "甲镇、", " 甲镇 、乙镇"]
)
def test_units_of_the_roster(text: str) -> None:
    """A unit goes by all its names; of several units only the first is looked up."""
    assert [] == told({"投稿单位": text})


UNKNOWN = "名册 units.csv 中的单位"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("水利站", "水利站", UNKNOWN),
        ("甲镇府", "甲镇府", f"{UNKNOWN}，最接近的是：甲镇、甲局、乙镇"),
        ("无此站、甲镇", "无此站", UNKNOWN),
        ("甲镇,乙镇", "甲镇,乙镇", f"{UNKNOWN}，最接近的是：甲镇、乙镇"),
    ],
)
def test_units_that_are_not_there(text: str, name: str, expected: str) -> None:
    """A name that no unit has is told with the nearest ones."""
    assert [(3, "投稿单位", "unknown_unit", name, expected)] == told({}, {"投稿单位": text})


def test_no_first_unit() -> None:
    """Where nothing stands before the 、, no unit is given."""
    assert [(2, "投稿单位", "missing_value", "", "投稿单位的名称")] == told({"投稿单位": "、甲镇"})


ENDED = (
    "投稿单位",
    "unknown_unit",
    "撤局，“撤局”的有效期为至 2021H2",
    "名册 units.csv 中 2022H1 在册的单位",
)


OF_AN_ENDED_UNIT: list[tuple[dict[str, Any], bool]] = [
    ({"发布日期": "2022-01-01"}, True),
    ({"发布日期": "2022-06-30 23:59"}, True),
    ({"发布日期": "2021-12-31 23:59"}, False),
    ({"发布日期": "2022-07-01"}, False),
    ({**REJECTED, "投稿日期": "2022-02-01"}, True),
    ({**REJECTED, "投稿日期": "2021-02-01"}, False),
    ({**REJECTED, "投稿日期": None}, False),
    ({"发布日期": "2021-12-31", "投稿日期": "2022-02-01"}, False),
]


@pytest.mark.parametrize("library", LIBRARIES)
def test_units_that_ended(library: str) -> None:
    """A unit has to be there in the period, unless the article is, or may be, of another one."""
    articles = [{"投稿单位": "撤局", **cells} for cells, _ in OF_AN_ENDED_UNIT]
    faulty = [row for row, (_, is_fault) in enumerate(OF_AN_ENDED_UNIT, 3) if is_fault]

    assert [(row, *ENDED) for row in faulty] == told(
        {"投稿日期": "2022-01-01"}, *articles, engine=library
    )


def test_units_that_were_merged() -> None:
    """The name of a merged unit is its successor's."""
    assert [] == told({"投稿单位": "并局"}, {"投稿单位": "县 并局"})


# --- Doubles ------------------------------------------------------------------------------------


@pytest.mark.parametrize("library", LIBRARIES)
def test_doubles_by_number(library: str) -> None:
    """A number is used once; white space around it never matters; later rows are told."""
    numbers = ["001", "002", "001", "001 ", "　002", "0 01", None, "", " "]

    assert [
        (4, "编号", "duplicate_article", "001，第2行已有", NUMBER_ONCE),
        (5, "编号", "duplicate_article", "001 ，第2行已有", NUMBER_ONCE),
        (6, "编号", "duplicate_article", "\u3000002，第3行已有", NUMBER_ONCE),
    ] == told(*({"编号": number} for number in numbers), engine=library)


@pytest.mark.parametrize("library", LIBRARIES)
def test_doubles_by_title(library: str) -> None:
    """The same unit, title and date come once, however the unit and the date are written."""
    articles = [
        {"标题": "春耕"},
        {"标题": "春耕", "投稿单位": "县甲 镇", "发布日期": "2022年3月1日"},
        {"标题": "春耕 ", "投稿单位": "甲乡、乙镇", "类别": "政务公开"},
        {"标题": "春耕", "投稿单位": "乙镇、甲镇"},
        {"标题": "春耕", "发布日期": "2022-03-02"},
        {"标题": "春耕"},
    ]

    assert [double(3, 2, "春耕"), double(4, 2, "春耕 "), double(7, 2, "春耕")] == told(
        *articles, engine=library
    )


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    "title",
    [
        "关于\n春耕（一）的通知",
        "关于春耕\u200b（一）的通知",
        "关于春耕(一)的通知",
        "关于 春耕 ( 一 ) 的通知",
    ],
)
def test_titles_that_only_look_otherwise(library: str, title: str) -> None:
    """A line break, what nobody sees and the width of brackets make no other title."""
    articles = [{"标题": "关于春耕（一）的通知"}, {"标题": title}, {"标题": "关于春耕（二）的通知"}]

    assert [double(3, 2, title)] == told(*articles, engine=library)


def test_doubles_of_typed_dates() -> None:
    """Times of one day are one day."""
    frame = frame_of({"标题": "春耕"}, {"标题": "春耕"})
    frame["发布日期"] = pd.to_datetime(["2022-03-01 08:00", "2022-03-01 17:30"])

    assert [double(3, 2, "春耕")] == places(find_faults(ledger_of(frame)))


def test_an_article_is_told_once() -> None:
    """An article that is a double by number and by title is told by number."""
    same = {"编号": "001", "标题": "春耕"}

    assert [(3, "编号", "duplicate_article", "001，第2行已有", NUMBER_ONCE)] == told(same, same)


@pytest.mark.parametrize("other", [REJECTED, {"状态": "待审"}, {"状态": "退回"}])
def test_only_adopted_articles_are_doubles(other: dict[str, Any]) -> None:
    """Rejected and pending articles are nobody's double."""
    same = {"编号": "001", "标题": "春耕"}

    assert [] == told({**same, **other}, same, {**same, **other})


@pytest.mark.parametrize("day", ["2021-12-31", "2022-07-01"])
def test_doubles_outside_the_period(day: str) -> None:
    """What is adopted stands once, also where it is not of this period."""
    assert [double(3, 2, "春耕")] == told(*[{"标题": "春耕", "发布日期": day}] * 2)


def test_blank_titles_and_days_are_no_doubles() -> None:
    """What is not filled in equals nothing."""
    kinds = [fault[2] for fault in told(*[{"标题": ""}] * 2, *[{"标题": "甲", "发布日期": ""}] * 2)]

    assert ["missing_value"] * 4 == kinds


def test_equal_junk_is_no_double() -> None:
    """Dates that cannot be read are told as such, not as doubles."""
    kinds = [fault[2] for fault in told(*[{"标题": "甲", "发布日期": "待定"}] * 2)]

    assert ["not_a_date"] * 2 == kinds


@pytest.mark.parametrize("library", LIBRARIES)
def test_numbers_that_are_numbers(library: str) -> None:
    """Numbers typed as such, with blanks among them, are whole where they are; 0 is one."""
    numbers = [1.0, None, 2.0, 1.0, 1.5, 1.2, None, 0.0, 0.0]
    found = told(*({"编号": number} for number in numbers), engine=library)

    assert [(5, "1，第2行已有"), (10, "0，第9行已有")] == [(fault[0], fault[3]) for fault in found]


def test_rows_that_are_not_known() -> None:
    """Without rows, the number names the article."""
    frame = frame_of({"编号": "1", "标题": "甲"}, {"编号": "2", "标题": "甲"}, {"编号": "2"})
    faults = find_faults(ledger_of(frame.drop(columns="row")))

    assert [
        "台账“编号”列：稿件重复（2，编号 2 已有）；应为：每个编号只用一次",
        "台账“标题”列：稿件重复（编号 2 “甲”，编号 1 已有同单位、同标题、同发布日期的稿件）；"
        "应为：同一稿件只登记一次",
    ] == [str(fault) for fault in faults]


def test_faults_are_the_same_in_any_order() -> None:
    """The order in which a library gives the rows is nothing."""
    articles = [{"标题": "甲"}, {"标题": "甲"}, {"类别": "无"}, {"标题": ""}, {"发布日期": "x"}] * 3
    frame = frame_of(*articles)
    expected = find_faults(ledger_of(frame))

    assert 14 == len(expected)
    assert expected == find_faults(ledger_of(frame.sample(frac=1, random_state=1)))


def test_dates_that_are_no_days() -> None:
    """Times without a day, where dates should be, are told."""
    frame = frame_of({}, {}).assign(发布日期=pd.to_timedelta([8, 9], unit="h"))
    kinds = [fault.kind.value for fault in find_faults(ledger_of(frame))]

    assert ["not_a_date"] * 2 == kinds
