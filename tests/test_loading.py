"""The way in: files of a period become Submissions, or all their faults are told at once."""

import hashlib
import os
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT
from data_folders import (
    BUREAUS,
    COUNTS,
    NAMES,
    TOWNS,
    UNITS,
    add_period,
    bad,
    counts,
    faults,
    make_data,
    put,
    write_table,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from zhashui_stats.errors import (
    Fault,
    FaultKind,
    FaultyData,
    MissingPeriod,
    PeriodError,
    ZhashuiWarning,
)
from zhashui_stats.loading import history, load, load_period, load_series, periods, read_ledger
from zhashui_stats.model.periods import Period, say_parts
from zhashui_stats.model.submissions import split_source_key

DATA = ROOT / "data"


@pytest.fixture
def data(tmp_path):
    """A small county with a faultless period."""
    return make_data(tmp_path)


def test_real_period_totals():
    """The first half of 2022 gives the totals of the circular."""
    now = load("2022H1", DATA)
    categories = ("disclosure", "interpretation", "news")

    assert [now.total(category) for category in categories] == [124, 2, 203]
    assert [now.of("towns").total(category) for category in categories] == [18, 0, 64]
    assert [now.of("departments").total(category) for category in categories] == [106, 2, 139]


# --- Files -----------------------------------------------------------------------------------


def test_directory_in_place_of_files(data):
    """Folders named like files are faults."""
    (data / "2022H1" / "towns.csv").unlink()
    for name in ("towns.csv", "source.toml", "remarks.md"):
        (data / "2022H1" / name).mkdir()

    assert [(fault.file, fault.kind, fault.found) for fault in faults(data)] == [
        (f"2022H1/{name}", FaultKind.UNREADABLE_FILE, "是文件夹")
        for name in ("towns.csv", "source.toml", "remarks.md")
    ]


def test_link_to_nowhere_says_what_to_do(data):
    """A dangling link in place of an optional file is told with the way out."""
    (data / "2022H1" / "remarks.md").symlink_to("gone.md")
    expected = "文件本身；这是一个链接，它指向的文件不存在，请补上文件或删除链接"

    assert faults(data) == [
        bad(None, None, FaultKind.MISSING_FILE, "", expected, file="2022H1/remarks.md")
    ]


def test_faults_of_all_files_come_together(data):
    """One run tells the faults of tables, source and remarks."""
    put(data, [*TOWNS[:3], ["南坪镇", "x", "y"]])
    put(data, [*BUREAUS[:3], ["大数据办", -1, 0]], "bureaus.csv")
    (data / "2022H1" / "source.toml").write_text("year = 2022\n", encoding="utf-8")
    (data / "2022H1" / "remarks.md").write_text("## 四（一）\n", encoding="utf-8")

    assert [(fault.file, fault.row, fault.column, fault.kind) for fault in faults(data)] == [
        ("2022H1/towns.csv", 4, "政务公开", FaultKind.NOT_WHOLE_NUMBER),
        ("2022H1/towns.csv", 4, "政务动态", FaultKind.NOT_WHOLE_NUMBER),
        ("2022H1/bureaus.csv", 4, "政务公开", FaultKind.NEGATIVE),
        ("2022H1/source.toml", None, "year", FaultKind.BAD_SETTING),
        ("2022H1/remarks.md", 1, None, FaultKind.BAD_SECTION),
    ]


def test_faulty_roster_does_not_hide_the_tables(data):
    """With a faulty roster the figures are still read, names and totals are left alone."""
    (data / "units.csv").write_text(UNITS + "x,nowhere,,,,\n", encoding="utf-8")
    put(data, [*TOWNS[:3], ["火星", "x", 1], ["合计", 1, 1]])

    assert [(fault.file, fault.row, fault.kind) for fault in faults(data)] == [
        ("units.csv", 11, FaultKind.BAD_SETTING),
        ("2022H1/towns.csv", 4, FaultKind.NOT_WHOLE_NUMBER),
    ]


def test_files_are_recorded_with_hash_and_units(data):
    """Every file that was read stands in the record, by its path below the data folder."""
    (data / "2022H1" / "source.toml").write_text('a = "b"\n', encoding="utf-8")
    (data / "2022H1" / "remarks.md").write_text("## 一（二）\n好。\n", encoding="utf-8")
    (data / "2022H1" / "circular.txt").write_text("通报", encoding="utf-8")
    units = {"units.csv": 9, "2022H1/towns.csv": 3, "2022H1/bureaus.csv": 3}
    paths = ["county.toml", *units, "2022H1/source.toml", "2022H1/remarks.md"]
    paths.append("2022H1/circular.txt")

    assert [(file.path, file.sha256, file.units) for file in load("2022H1", data).files] == [
        (path, hashlib.sha256((data / path).read_bytes()).hexdigest(), units.get(path, 0))
        for path in paths
    ]


# --- Periods and series ----------------------------------------------------------------------


def test_period_by_chinese_name_and_by_value(data):
    """A period may be named in any form that Period reads."""
    expected = load("2022H1", data)

    assert load("2022年上半年", data) == expected
    assert load(Period.parse("2022H1"), str(data)) == expected


def test_bad_period_is_told_before_anything_is_read(tmp_path):
    """A period that cannot be read is an error of its own."""
    with pytest.raises(PeriodError):
        load("2022H3", tmp_path / "nowhere")


def test_missing_period_says_what_there_is(data):
    """The message names the folder, the periods at hand and the command that makes one."""
    (data / "2021H2").write_text("no folder", encoding="utf-8")
    with pytest.raises(MissingPeriod) as caught:
        load("2022H2", data)

    assert str(caught.value) == (
        f"没有文件夹 {data / '2022H2'}；已有的期次：2022H1。可用 zhashui-stats new 2022H2 新建"
    )


def test_missing_year_says_which_half_lacks(data):
    """A year may come from its halves; the message names the one that is not there."""
    with pytest.raises(MissingPeriod, match="2022年也可由所含各期相加，还缺 2022H2。"):
        load("2022", data)


def test_missing_data_folder(tmp_path):
    """Without any data folder the message says so."""
    with pytest.raises(MissingPeriod, match="没有数据文件夹"):
        load("2022H1", tmp_path / "nowhere")


def test_missing_county_stops_everything(data):
    """Without county.toml nothing else can be judged."""
    (data / "county.toml").unlink()

    assert [(fault.file, fault.kind) for fault in faults(data)] == [
        ("county.toml", FaultKind.MISSING_FILE)
    ]


def test_year_is_the_sum_of_its_halves(data):
    """A year without a folder adds up its halves and says so."""
    add_period(data, "2022H2")
    year = load("2022", data)

    assert (year.summed, str(year.period)) == (True, "2022")
    assert {name: tuple(year.counts[name].values()) for name in NAMES} == {
        name: (2 * a, 2 * b) for name, (a, b) in COUNTS.items()
    }
    assert [file.path for file in year.files].count("units.csv") == 1


def test_faults_of_a_half_are_faults_of_the_year(data):
    """A year is not added up from a faulty half."""
    add_period(data, "2022H2", towns=TOWNS[:3])

    assert [(fault.file, fault.found) for fault in faults(data, "2022")] == [
        ("2022H2/towns.csv", "南坪镇")
    ]


def doubled(rows):
    return [rows[0], *([name, 2 * a, 2 * b] for name, a, b in rows[1:])]


def test_own_folder_of_a_year_goes_first(data):
    """A year's own tables are used, once they agree with the halves."""
    add_period(data, "2022H2")
    add_period(data, "2022", doubled(TOWNS), doubled(BUREAUS))

    assert load("2022", data).summed is False
    assert counts(data, period="2022")["东河镇"] == (2, 4)


def test_year_that_differs_from_its_halves(data):
    """A difference names unit, category, place and both figures."""
    add_period(data, "2022H2")
    towns = [["表"], *doubled(TOWNS)[:3], ["南坪镇", 10, 13]]
    add_period(data, "2022", towns, doubled(BUREAUS))

    assert faults(data, "2022") == [
        bad(5, "政务动态", FaultKind.SUM_DIFFERS, "南坪镇 政务动态 13", "12，即上、下半年之和",
            "2022/towns.csv"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "folders", "said"),
    [
        ("2022", "2022H1 2022Q3 2022-10 2022-11 2022-12", "上半年、第三季度、10—12月各月"),
        ("2022", "2022Q1 2022Q2 2022Q3 2022Q4", "第一、二、三、四季度"),
        ("2022H2", "2022Q3 2022Q4", "第三、四季度"),
        ("2022Q1", "2022-01 2022-02 2022-03", "1—3月各月"),
        ("2022-01..04", "2022Q1 2022-04", "第一季度、4月"),
        ("2022-01..04", "2022-01 2022-02 2022-03 2022-04", "1—4月各月"),
    ],
)
def test_a_period_is_the_sum_of_what_covers_it(data, wanted, folders, said):
    """Halves go first, then quarters, then months; the folders that were added up are on record."""
    shutil.rmtree(data / "2022H1")
    for folder in folders.split():
        add_period(data, folder)
        (data / folder / "source.toml").write_text('title = "表"', encoding="utf-8")
    now = load(wanted, data)

    assert (" ".join(map(str, now.parts)), say_parts(now.parts)) == (folders, said)
    assert {name: tuple(now.counts[name].values()) for name in NAMES} == {
        name: (len(now.parts) * a, len(now.parts) * b) for name, (a, b) in COUNTS.items()
    }
    assert [split_source_key(now, key) for key in now.source] == [
        (part.label, "title") for part in now.parts
    ]


def test_a_shorter_folder_is_passed_over_where_a_longer_one_is_there(data):
    """A half with its own folder is not counted again by its quarters."""
    for folder in ("2022Q1", "2022Q2", "2022H2"):
        add_period(data, folder)
    add_period(data, "2022H1", doubled(TOWNS), doubled(BUREAUS))
    year = load("2022", data)

    assert [str(part) for part in year.parts] == ["2022H1", "2022H2"]
    assert year.total() == 3 * load("2022H2", data).total()


@pytest.mark.parametrize(
    ("wanted", "folders", "lacking"),
    [
        ("2022", "2022H1", "2022H2"), ("2022", "2022H1 2022Q3", "2022Q4"),
        ("2022", "2022-07 2022-08", "2022H1、2022-09、2022Q4"),
        ("2022H1", "2022Q2", "2022Q1"), ("2022Q1", "2022-02", "2022-01、2022-03"),
        ("2022-01..04", "2022Q1", "2022-04"), ("2022-01..04", "2022-04", "2022Q1"),
    ],
)  # fmt: skip
def test_what_is_lacking_for_a_sum(data, wanted, folders, lacking):
    """Where a part is there, the message names the fewest folders that would complete the sum."""
    shutil.rmtree(data / "2022H1")
    for folder in folders.split():
        add_period(data, folder)
    with pytest.raises(MissingPeriod) as caught:
        load(wanted, data)

    assert f"；{Period.parse(wanted).label}也可由所含各期相加，还缺 {lacking}。" in str(
        caught.value
    )


@pytest.mark.parametrize(
    ("whole", "parts", "said"),
    [
        ("2022H1", "2022Q1 2022Q2", "第一、二季度"),
        ("2022Q2", "2022-04 2022-05 2022-06", "4—6月各月"),
        ("2022-01..04", "2022Q1 2022-04", "第一季度、4月"),
    ],
)  # fmt: skip
def test_a_period_that_differs_from_its_parts(data, whole, parts, said):
    """Whatever its kind, a period's own folder is held against its parts."""
    shutil.rmtree(data / "2022H1")
    for folder in (whole, *parts.split()):
        add_period(data, folder)
    found = faults(data, whole)

    assert {(fault.kind, fault.file.split("/")[0]) for fault in found} == {
        (FaultKind.SUM_DIFFERS, whole)
    }
    assert all(fault.expected.endswith(f"，即{said}之和") for fault in found)


def test_a_folder_named_as_a_span_that_is_a_quarter(data):
    """It is not passed over: its period goes by another name, which the fault tells."""
    for folder in ("2022-01..03", "2022-01..04", "2022-07..12"):
        add_period(data, folder)
    advice = "；请改名，两个文件夹都有的请合并"
    expected = [
        ("2022-01..03", FaultKind.BAD_FOLDER, f"2022年第一季度的文件夹名 2022Q1{advice}"),
        ("2022-07..12", FaultKind.BAD_FOLDER, f"2022年下半年的文件夹名 2022H2{advice}"),
    ]

    assert [(fault.file, fault.kind, fault.expected) for fault in faults(data)] == expected
    with pytest.raises(FaultyData):
        periods(data)


def test_series_of_a_span(data):
    """The same span of earlier years, with a folder or added up; no other months."""
    before = [*BUREAUS, ["信息办", 1, 1], ["旧粮站", 0, 0]]
    for folder in ("2020-01..04", "2021Q1", "2021-04"):
        add_period(data, folder, bureaus=before)
    for folder in ("2022-01..04", "2022-01..05", "2022Q1"):
        add_period(data, folder)
    past = history("2022年1—4月", data)

    assert list(past) == ["2020-01..04", "2021-01..04", "2022-01..04"]
    assert [(one.term, one.name, str(one.period)) for one in past.forerunners] == [
        ("同比", "上年同期", "2021-01..04")
    ]
    assert past.previous is None
    assert past.year_before is not None


def test_year_with_one_half_is_not_compared(data):
    """With one half only, the year stands on its own."""
    add_period(data, "2022")

    assert counts(data, period="2022") == COUNTS


def test_series_of_halves_in_order_of_time(data):
    """All halves up to the wanted one, none later, no other kind."""
    before = [*BUREAUS, ["信息办", 1, 1], ["旧粮站", 0, 0]]
    for period, bureaus in (("2021H2", before), ("2022H2", BUREAUS), ("2022Q1", BUREAUS)):
        add_period(data, period, bureaus=bureaus)

    assert [str(now.period) for now in load_series("2022H1", data)] == ["2021H2", "2022H1"]


def test_a_history_is_the_series(data):
    """What belongs to a period by one call; a year may be a whole number."""
    add_period(data, "2022H2")
    year = history(2022, data)

    assert (["2022H1", "2022H2"], ["2022"]) == (list(history("2022H2", data)), list(year))
    assert load(2022, data) == year.now == load("2022", data)


def test_periods_at_hand_are_told_by_names_alone(data):
    """A sum stands after its parts, those of halves too; nothing is read, however faulty it is."""
    for period in ("2022H2", "2021", "2021H1", "2021H2", "2022-04"):
        (data / period).mkdir()
    for name in ("2022H1/ledger.xlsx", "2022H1/ledger.csv", "2022H2/circular.docx", "county.toml"):
        (data / name).write_text("?")
    table = periods(data)

    assert ("期次", ["名称", "来源", "台账", "通报"]) == (table.index.name, list(table.columns))
    assert [
        ("2021H1", "2021年上半年", "数据文件夹", "无", "无"),
        ("2021H2", "2021年下半年", "数据文件夹", "无", "无"),
        ("2021", "2021年", "数据文件夹", "无", "无"),
        ("2022-04", "2022年4月", "数据文件夹", "无", "无"),
        ("2022H1", "2022年上半年", "数据文件夹", "有", "无"),
        ("2022H2", "2022年下半年", "数据文件夹", "无", "有"),
        ("2022", "2022年", "由上、下半年相加", "无", "无"),
    ] == list(table.itertuples(name=None))


def test_no_periods_without_a_data_folder(tmp_path):
    """It says where it looked; an empty folder has none."""
    with pytest.raises(MissingPeriod, match="没有数据文件夹"):
        periods(tmp_path / "nowhere")
    assert (0, 4) == periods(tmp_path).shape


def test_series_of_years_takes_sums_and_folders(data):
    """A year with a folder and a year of two halves stand in one series."""
    before = [*BUREAUS, ["信息办", 1, 1], ["旧粮站", 0, 0]]
    add_period(data, "2021", bureaus=before)
    add_period(data, "2022H2")
    series = load_series("2022", data)

    assert [(str(now.period), now.summed) for now in series] == [("2021", False), ("2022", True)]


def test_series_tells_the_faults_of_all_periods(data):
    """Earlier periods' faults come in the same run."""
    before = [*BUREAUS, ["信息办", 1, 1], ["旧粮站", 0, "x"]]
    add_period(data, "2021H2", bureaus=before)
    put(data, TOWNS[:3])

    assert [(fault.file, fault.kind) for fault in faults(data, read=load_series)] == [
        ("2021H2/bureaus.csv", FaultKind.NOT_WHOLE_NUMBER),
        ("2022H1/towns.csv", FaultKind.MISSING_UNIT),
    ]


def test_series_without_the_wanted_period(data):
    """The wanted period must be there."""
    with pytest.raises(MissingPeriod):
        load_series("2022H2", data)


def test_group_without_units_needs_no_table(data):
    """A group that has no unit in the period is left out."""
    units = "".join(line for line in UNITS.splitlines(keepends=True) if ",bureaus," not in line)
    (data / "units.csv").write_text(units, encoding="utf-8")
    (data / "2022H1" / "bureaus.csv").unlink()

    assert [group.id for group in load("2022H1", data).groups] == ["towns"]


# --- Ledgers ---------------------------------------------------------------------------------

LEDGER_HEADER = ["标题", "投稿单位", "类别", "发布日期", "状态", "数据性质", "备注"]


def articles(tables=(TOWNS, BUREAUS), day="2022-03-01", nature=""):
    """The rows of a ledger whose articles add up to some tables."""
    labels = ("政务公开", "政务动态")
    return [
        [f"{unit}{label}{n}", unit, label, day, "采用", nature, "x"]
        for table in tables
        for unit, *figures in table[1:]
        for label, figure in zip(labels, figures, strict=True)
        for n in range(figure)
    ]


def put_ledger(data, rows, period="2022H1", name="ledger.csv"):
    (data / period).mkdir(exist_ok=True)
    write_table(data / period / name, [LEDGER_HEADER, *rows])


def remove_tables(data, *names, period="2022H1"):
    for name in names or ("towns.csv", "bureaus.csv"):
        (data / period / name).unlink()


def test_ledger_is_read_from_anywhere(data, tmp_path):
    """It is opened with the county and the roster of the data folder, and named by its file."""
    write_table(tmp_path / "台账.csv", [LEDGER_HEADER, *articles()])
    ledger = read_ledger(str(tmp_path / "台账.csv"), "2022年上半年", str(data))

    assert (ledger.file, str(ledger.period), ledger.county.name) == ("台账.csv", "2022H1", "某县")
    assert [unit.name for unit in ledger.here.units] == [*NAMES, "财政局", "农行", "大数据办"]
    assert ledger.notes == ("第7列“备注”未统计",)


def test_ledger_without_a_data_folder(tmp_path):
    """The folder is missed before the ledger is looked at."""
    with pytest.raises(MissingPeriod, match="没有数据文件夹"):
        read_ledger(tmp_path / "台账.csv", "2022H1", tmp_path / "gone")


def test_ledger_for_a_bad_period(data):
    """A period that cannot be read is told."""
    with pytest.raises(PeriodError):
        read_ledger(data / "台账.csv", "2022H3", data)


def test_missing_ledger(data):
    """It is a fault of that file."""
    with pytest.raises(FaultyData) as caught:
        read_ledger(data / "台账.csv", "2022H1", data)

    assert [(fault.file, fault.kind) for fault in caught.value.faults] == [
        ("台账.csv", FaultKind.MISSING_FILE)
    ]


def test_period_without_a_ledger(data):
    """There is none, and nothing of it in the record."""
    now = load("2022H1", data)

    assert now.ledger is None
    assert now.is_synthetic is False


@pytest.mark.parametrize("lacking", [(), ("towns.csv",), ("bureaus.csv",), None])
def test_ledger_gives_the_counts_that_no_table_gives(data, lacking):
    """Without tables, with one and with both: the same counts in the same order of units."""
    before = load("2022H1", data)
    put_ledger(data, articles())
    if lacking is None:
        remove_tables(data)
    elif lacking:
        remove_tables(data, *lacking)
    now = load("2022H1", data)

    assert (now.units, now.counts) == (before.units, before.counts)
    assert now.ledger is not None
    assert now.ledger.file == "2022H1/ledger.csv"


def test_unit_without_articles_counts_zero(data):
    """The ledger names only who sent something in; the others have rows of zeros."""
    remove_tables(data)
    put_ledger(data, articles([TOWNS[:2]]))

    assert counts(data) == {"东河镇": (1, 2), "西山镇": (0, 0), "南坪镇": (0, 0)}


def test_ledger_is_recorded_with_hash_and_notes(data):
    """What was counted, what was passed over and whether it is made up stand with the file."""
    left = [
        ["a", "东河镇", "政务公开", "", "退稿", "", ""],
        ["b", "农行", "政务公开", "", "待审", "", ""],
    ]
    put_ledger(data, [*articles(), *left])
    path = "2022H1/ledger.csv"
    record = {file.path: file for file in load("2022H1", data).files}

    assert list(record) == [
        "county.toml", "units.csv", path, "2022H1/towns.csv", "2022H1/bureaus.csv"
    ]  # fmt: skip
    assert record[path].sha256 == hashlib.sha256((data / path).read_bytes()).hexdigest()
    assert record[path].notes == (
        "台账39行，采用并在本期发布的37行计入；未计入：退稿1行、待审1行",
        "第7列“备注”未统计",
    )
    assert (record[path].alerts, record[path].is_synthetic) == ((), False)


@pytest.mark.parametrize("name", ["ledger.csv", "ledger.CSV", "ledger.xlsx"])
def test_ledger_is_found_by_its_name(data, name):
    """Any of the formats, its ending in capitals as well."""
    remove_tables(data)
    put_ledger(data, articles(), name=name)

    assert load("2022H1", data).total() == 37


@pytest.mark.parametrize("name", ["ledger-2.csv", "台账说明.txt", "账.csv"])
def test_what_is_no_ledger(data, name):
    """A file of another name is passed over."""
    (data / "2022H1" / name).write_text("x", encoding="utf-8")

    assert load("2022H1", data).ledger is None


def test_made_up_ledger(data):
    """The period is made up as soon as one row of its ledger is."""
    rows = articles()
    rows[-1][5] = "合成"
    put_ledger(data, rows)

    assert load_period("2022H1", data).is_synthetic


@pytest.mark.parametrize("rows", [["合成数据：试用"], ["", "合成数据"]])
def test_made_up_table(data, rows):
    """A title above the header that begins with 合成 says it of the whole period."""
    put(data, [rows, *TOWNS])

    assert load_period("2022H1", data).is_synthetic


@pytest.mark.parametrize("read", [load, history])
def test_whoever_loads_is_told_what_is_not_filled_in(data, read):
    """A prompt says what ``check`` says, once: a blank table counts as 0, a made-up one as real."""
    put(data, [TOWNS[0], *([name, "", ""] for name in NAMES)])
    put_ledger(data, articles(day="2021-08-01", nature="合成"), "2021H2")
    earlier = ["2021H2/ledger.csv 是合成数据，仅供试用，不是真实情况"] * (read is history)

    with pytest.warns(ZhashuiWarning) as told:
        read("2022H1", data)

    own = "2022H1/towns.csv 全部6个数都是空白，一律按0计，像是还没有填写"
    assert [*earlier, own] == [str(warning.message) for warning in told]
    assert (own,) == load_period("2022H1", data).notices


def test_footnote_makes_no_table_up(data):
    """What stands below the header, or only speaks of 合成, is no title that says it."""
    put(data, [["不含合成数据"], *TOWNS, ["合成数据：无"]])

    assert load("2022H1", data).is_synthetic is False


def test_ledger_that_differs_from_the_tables(data):
    """Every cell that differs is told where the table has it, with both figures."""
    put(data, [["统计表"], ["投稿单位", "政务公开信息（篇）", "政务动态信"], *TOWNS[1:]])
    rows = [row for row in articles() if row[0] not in ("东河镇政务公开0", "大数据办政务动态7")]
    extra = ["加", "农行", "政务动态", "2022-06-30", "采用", "", ""]
    put_ledger(data, [*rows, extra])

    assert [
        (fault.file, fault.row, fault.column, fault.kind, fault.found, fault.expected)
        for fault in faults(data)
    ] == [
        (file, row, column, FaultKind.LEDGER_DIFFERS, found,
         f"{count}，即台账中的篇数；请核对统计表和台账")
        for file, row, column, found, count in (
            ("2022H1/towns.csv", 3, "政务公开信息（篇）", "东河镇 政务公开 1", 0),
            ("2022H1/bureaus.csv", 3, "政务动态", "农行 政务动态 0", 1),
            ("2022H1/bureaus.csv", 4, "政务动态", "大数据办 政务动态 8", 7),
        )
    ]  # fmt: skip


def test_cell_that_is_no_count_is_not_compared(data):
    """A blank is 0 and differs from an article; a faulty cell is told as such, once."""
    put(data, [TOWNS[0], ["东河镇", "", 2], ["西山镇", 3, "4篇"], TOWNS[3]])
    put_ledger(data, articles())

    assert [(fault.row, fault.kind) for fault in faults(data)] == [
        (3, FaultKind.NOT_WHOLE_NUMBER),
        (2, FaultKind.LEDGER_DIFFERS),
    ]


def test_faulty_ledger_stands_beside_the_other_faults(data):
    """Its faults come first; missing tables are no fault while there is a ledger."""
    rows = articles()
    rows[0][3] = "2022-02-30"
    put_ledger(data, rows)
    put(data, TOWNS[:3])
    remove_tables(data, "bureaus.csv")

    assert [(fault.file, fault.row, fault.kind) for fault in faults(data)] == [
        ("2022H1/ledger.csv", 2, FaultKind.NOT_A_DATE),
        ("2022H1/towns.csv", None, FaultKind.MISSING_UNIT),
    ]


def test_faulty_roster_leaves_the_ledger_unread(data):
    """Without a roster no article can be judged: only the roster's faults are told."""
    (data / "units.csv").write_text("name,group\n甲镇,nowhere\n", encoding="utf-8")
    remove_tables(data)
    put_ledger(data, [["a", "无此局", "x", "x", "x", "", ""]])

    assert {fault.file for fault in faults(data)} == {"units.csv"}


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_ledger_that_is_no_file(data, kind):
    """It is a fault, though the tables are there."""
    path = data / "2022H1" / "ledger.csv"
    if kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(data / "gone")

    assert [fault.file for fault in faults(data)] == ["2022H1/ledger.csv"]


def test_year_of_halves_of_which_one_has_a_ledger(data):
    """The counts are added up; the sum has no ledger of its own, but is as made up as its part."""
    put_ledger(data, articles(day="2022-08-01", nature="合成"), "2022H2")
    year = load_period("2022", data)
    first, second = load_series("2022H2", data)

    assert (first.ledger is None, second.ledger is None) == (True, False)
    assert year.summed
    assert year.ledger is None
    assert year.total() == first.total() + second.total() == 74
    assert (first.is_synthetic, second.is_synthetic, year.is_synthetic) == (False, True, True)
    assert [file.path for file in year.files] == [
        "county.toml", "units.csv", "2022H1/towns.csv", "2022H1/bureaus.csv", "2022H2/ledger.csv"
    ]  # fmt: skip


def test_year_whose_ledger_differs_from_its_halves(data):
    """The year's own ledger is named where there is no table to name."""
    add_period(data, "2022H2")
    rows = [*articles(), *articles(day="2022-08-01")]
    put_ledger(data, [row for row in rows if row[0] != "东河镇政务公开0"], "2022")
    kind, expected = FaultKind.SUM_DIFFERS, "2，即上、下半年之和"

    assert faults(data, "2022") == [
        Fault("2022/ledger.csv", None, "政务公开", kind, "东河镇 政务公开 0", expected)
    ]


def test_reading_loads_no_engine_without_a_ledger():
    """What opens ledgers takes its time, and most periods have none."""
    code = (
        "import sys; from zhashui_stats.loading import load; load('2022H1', sys.argv[1]); "
        "print('duckdb' in sys.modules, 'narwhals' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, os.fspath(DATA)], capture_output=True, text=True, check=True
    )

    assert run.stdout == "False False\n"


def test_reading_needs_neither_pandas_nor_openpyxl():
    """A check starts fast: both are imported only where they are used."""
    code = (
        "import sys; from zhashui_stats.loading import load; load('2022H1', sys.argv[1]); "
        "print([name for name in ('pandas', 'openpyxl', 'matplotlib') if name in sys.modules])"
    )
    run = subprocess.run(  # noqa: S603, RUF100 -- our own interpreter
        [sys.executable, "-c", code, os.fspath(DATA)], capture_output=True, text=True, check=True
    )

    assert run.stdout == "[]\n"


# --- Properties ------------------------------------------------------------------------------


def faulty_files(data):
    try:
        load("2022H1", data)
    except FaultyData as error:
        return {fault.file for fault in error.faults}
    return set()


@settings(max_examples=60)
@given(content=st.binary(max_size=300), name=st.sampled_from(["remarks.md", "source.toml"]))
def test_no_remark_or_source_crashes_the_reader(tmp_path_factory, content, name):
    """Any bytes whatever are read or told as faults of that file."""
    data = make_data(tmp_path_factory.mktemp("bytes"))
    (data / "2022H1" / name).write_bytes(content)

    assert faulty_files(data) <= {f"2022H1/{name}"}
