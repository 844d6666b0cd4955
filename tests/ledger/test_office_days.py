"""Dates as Chinese offices write them, in texts and in workbooks with or without formulas."""

from datetime import date

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from zhashui_stats.errors import FaultKind, FaultyData
from zhashui_stats.ledger import count_articles, open_ledger
from zhashui_stats.ledger.days import fold_day, say_serial
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit

PERIOD = Period.parse("2022H1")
COUNTY = County("某县", "某县政府办", "篇", (Group("towns", "镇办"),), (Category("news", "动态"),))
ROSTER = Roster((Unit("东河镇", "towns"),))
HEAD = ["标题", "投稿单位", "类别", "发布日期", "状态", "备注"]


def count(path):
    return count_articles(open_ledger(path, COUNTY, ROSTER, PERIOD, file=path.name))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022/1/5 上午 10:30:00", "2022-01-05"),
        ("2022/1/5 下午", "2022-01-05"),
        ("2022-01-05 10:30:00 AM", "2022-01-05"),
        ("2022年1月5日 上午10:30", "2022-01-05"),
        ("2022-01-05T02:30:00Z", "2022-01-05"),
        ("2022-01-05T16:30:00Z", "2022-01-06"),
        ("2022-01-05T16:30:00.123+00:00", "2022-01-06"),
        ("2022-01-05T16:30:00+0800", "2022-01-05"),
        ("2022-12-31T23:00Z", "2023-01-01"),
        ("2022年1月5日星期三", "2022-01-05"),
        ("2022/1/5 周三", "2022-01-05"),
        ("2022-01-05 星期三 08:30", "2022-01-05"),
        ("二〇二二年一月五日", "2022-01-05"),
        ("二○二二年十二月三十一日", "2022-12-31"),
        ("二零二二年十月廿五日", "2022-10-25"),
        ("二〇二二年二月三十日", None),
        ("上午 10:30", None),
        ("2022-01-05T25:30:00Z", None),
        ("星期三", None),
        ("9999-12-31T23:00:00Z", None),
    ],
)
def test_days_as_programs_show_them(text, day):
    """Parts of the day, weekdays, zones and Chinese numerals never hide the day."""
    assert day == fold_day(text)


DIGITS = "〇一二三四五六七八九"
SMALL = ["", *"一二三四五六七八九", *(
    f"{ten}十{one}" for ten in ("", "二", "三") for one in ("", *"一二三四五六七八九")
)]  # fmt: skip


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_in_chinese_numerals(day):
    """It reads back as it was written, for every day of the calendar."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))

    assert day.isoformat() == fold_day(f"{year}年{SMALL[day.month]}月{SMALL[day.day]}日")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_serial_number(day):
    """Days as spreadsheets number them are told as the day that they mean."""
    assert day.isoformat() == say_serial(str((day - date(1899, 12, 30)).days))


@pytest.mark.parametrize("number", ["44566", "44566.4375"])
def test_a_serial_number_in_a_text(tmp_path, number):
    """It is refused, as it might be anything; what it may mean and what to do is said."""
    path = tmp_path / "a.csv"
    path.write_text(f"{','.join(HEAD)}\n甲,东河镇,动态,{number},采用,\n", "utf-8")
    with pytest.raises(FaultyData) as caught:
        count(path)
    [fault] = caught.value.faults

    assert (2, FaultKind.NOT_A_DATE, number) == (fault.row, fault.kind, fault.found)
    assert f"；{number} 是日期 2022-01-05 的序号，请把这一列设为日期格式再保存" in fault.expected


@pytest.mark.parametrize("remark", ["", "#N/A", "=1+1"])
@pytest.mark.parametrize("shown", ["aaaa", 'yyyy"年"m"月"d"日"', "[$-804]aaa;@"])
def test_dates_beside_errors_and_formulas(tmp_path, shown, remark):
    """A date is one however it is shown, and whatever else the sheet holds."""
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(["甲", "东河镇", "动态", 44566, "采用", remark])
    book.active["D2"].number_format = shown
    book.save(tmp_path / "a.xlsx")

    assert 1 == count(tmp_path / "a.xlsx").adopted


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".duckdb"])
def test_doubles_of_typed_files(tmp_path, ending):
    """Titles that only look otherwise are doubles also where the engine groups by their hashes."""
    titles = ["关于春耕（一）的通知", "关于春耕(一)的\n通知", "关于春耕（二）的通知"]
    frame = pd.DataFrame(
        [[title, "东河镇", "动态", date(2022, 1, 5), "采用"] for title in titles], columns=HEAD[:5]
    )
    path = tmp_path / f"a{ending}"
    if ending == ".csv":
        frame.to_csv(path, index=False)
    elif ending == ".parquet":
        frame.to_parquet(path)
    else:
        with duckdb.connect(path) as connection:
            connection.execute("CREATE TABLE articles AS SELECT * FROM frame")
    with pytest.raises(FaultyData) as caught:
        count(path)

    assert [(3, FaultKind.DUPLICATE_ARTICLE)] == [
        (fault.row, fault.kind) for fault in caught.value.faults
    ]


def test_faults_of_several_sheets(tmp_path):
    """They name the sheet; an article that stands in two is told with both."""
    book = Workbook()
    for title, days in {"1月": ["2022-01-05"], "2月": ["2022-01-05", "2022-02-30"]}.items():
        sheet = book.active if title == "1月" else book.create_sheet()
        sheet.title = title
        for row in (HEAD, *(["甲", "东河镇", "动态", day, "采用", ""] for day in days)):
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(FaultyData) as caught:
        count(tmp_path / "a.xlsx")

    assert [
        ("a.xlsx“2月”", 2, "“甲”，“1月”第2行已有同单位、同标题、同发布日期的稿件"),
        ("a.xlsx“2月”", 3, "2022-02-30"),
    ] == [(fault.file, fault.row, fault.found) for fault in caught.value.faults]
