"""units.csv to the letter: every fault in all its words, and which names may stand together."""

import pytest

from zhashui_stats.errors import FaultKind, FaultyData
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Unit
from zhashui_stats.reading.roster import read_roster

COUNTY = County(
    "某县", "某县人民政府办公室", "篇",
    (Group("towns", "镇办"), Group("bureaus", "部门")), (Category("news", "动态"),),
)  # fmt: skip
HEADER = "name,group,full_name,aliases,since,until"
COLUMNS = "只用这些列：name、group、full_name、aliases、since、until"
SAFE = "不为空、不含斜杠和控制字符、不以 = + - @ 开头的名称"
NO_TOTAL = "单位的名称；“合计”“总计”“小计”在表中是合计行"
DISTINCT = "同一时期内互不相同的名称和别名"
SETTING, UNSAFE, DOUBLE = FaultKind.BAD_SETTING, FaultKind.UNSAFE_NAME, FaultKind.DUPLICATE_UNIT


def read(folder, *lines):
    path = folder / "units.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_roster(path, COUNTY)


def faults(folder, *lines):
    with pytest.raises(FaultyData) as caught:
        read(folder, *lines)
    assert {fault.file for fault in caught.value.faults} == {"units.csv"}
    return [
        (fault.row, fault.column, fault.kind, fault.found, fault.expected)
        for fault in caught.value.faults
    ]


def test_all_faults_of_the_rows(tmp_path):
    """Every wrong cell is told where it stands, in the order of the rows, below a title."""
    lines = [
        "某县名册", "name", HEADER,
        "甲镇,towns,,,,",
        ",nowhere,=x,a/b|总 计,2022H3,五月",
        " , ,",
        "小计,towns,合 计,,,",
        "乙镇,,,,2022H2,2022H1",
        "丙镇,镇办,,,2022Q3,2022-06",
        "丁镇,bureaus,甲 镇,戊|丁镇,,",
        "甲镇,towns,,戊,,",
    ]  # fmt: skip

    assert [
        (5, "name", UNSAFE, "''", SAFE),
        (5, "full_name", UNSAFE, "'=x'", SAFE),
        (5, "aliases", UNSAFE, "'a/b'", SAFE),
        (5, "aliases", SETTING, "总 计", NO_TOTAL),
        (5, "group", SETTING, "'nowhere'", "其中之一：towns、bureaus"),
        (5, "since", SETTING, "'2022H3'", "期次，如 2022H1"),
        (5, "until", SETTING, "'五月'", "期次，如 2022H1"),
        (7, "name", SETTING, "小计", NO_TOTAL),
        (7, "full_name", SETTING, "合 计", NO_TOTAL),
        (8, "group", SETTING, "''", "其中之一：towns、bureaus"),
        (8, "until", SETTING, "2022H2 至 2022H1", "不早于 since 的期次"),
        (9, "group", SETTING, "'镇办'", "其中之一：towns、bureaus"),
        (9, "until", SETTING, "2022Q3 至 2022-06", "不早于 since 的期次"),
        (10, "full_name", DOUBLE, "“甲镇”与“甲镇”重名", DISTINCT),
        (11, "name", DOUBLE, "“甲镇”与“甲镇”重名", DISTINCT),
        (11, "name", DOUBLE, "“甲镇”与“丁镇”重名", DISTINCT),
        (11, "aliases", DOUBLE, "“戊”与“丁镇”重名", DISTINCT),
    ] == faults(tmp_path, *lines)


def test_all_faults_of_the_header(tmp_path):
    """Where a column is wrong, no row is judged by it."""
    lines = ["名册", "group,aliases,别名,,aliases,别名,aliases,备注", "nowhere,,,,,,,"]

    assert [
        (1, "name", FaultKind.MISSING_COLUMN, "名册", "一列 name"),
        (1, "group", FaultKind.MISSING_COLUMN, "名册", "一列 group"),
        (1, "名册", SETTING, "不认识的列", COLUMNS),
    ] == faults(tmp_path, *lines)
    assert [
        (1, "aliases", FaultKind.DUPLICATE_COLUMN, "aliases", "只留一列"),
        (1, "name", FaultKind.MISSING_COLUMN,
         "group、aliases、别名、、aliases、别名、aliases、备注", "一列 name"),
        (1, "别名", SETTING, "不认识的列", COLUMNS),
        (1, "备注", SETTING, "不认识的列", COLUMNS),
    ] == faults(tmp_path, *lines[1:])  # fmt: skip


def test_a_header_below_its_title_is_told_by_its_row(tmp_path):
    """The row is that of the spreadsheet."""
    lines = ["某县名册", "", "name,group,别名"]

    assert [(3, "别名", SETTING, "不认识的列", COLUMNS)] == faults(tmp_path, *lines)


def test_a_roster_of_nobody(tmp_path):
    """A header alone is an empty file."""
    expected = [(None, None, FaultKind.EMPTY_FILE, "只有表头", "每个单位一行")]

    assert expected == faults(tmp_path, HEADER, " , ")


def test_what_a_row_holds(tmp_path):
    """White space is dropped, short rows are filled up, and cells without a header passed over."""
    roster = read(
        tmp_path, "名册", HEADER, " 甲镇 ,towns, 甲 镇政府,甲| |乙 |,2022-06,2022H1",
        "丙局,bureaus", "丁局,bureaus,,,,,备注",
    )  # fmt: skip

    assert (
        Unit("甲镇", "towns", "甲 镇政府", ("甲", "乙"), Period.parse("2022-06"),
             Period.parse("2022H1")),
        Unit("丙局", "bureaus"),
        Unit("丁局", "bureaus"),
    ) == roster.units  # fmt: skip


# --- Which names may stand together ------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (",2021", "2022H1,"),
        (",2021-12", "2022-01,"),
        ("2020,2021", "2022,2023"),
        ("2022,2023", "2020,2021"),
        ("2022H1,", ",2021"),
    ],
)
def test_a_name_may_be_used_again(tmp_path, first, second):
    """Two units that are never there at the same time may share a name."""
    lines = [HEADER, f"甲局,towns,,,{first}", f"甲局,towns,,,{second}"]

    assert ["甲局", "甲局"] == [unit.name for unit in read(tmp_path, *lines).units]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (",", ","),
        (",2022", ","),
        (",", "2022,"),
        ("2021,", "2022,"),
        (",2021", ",2022"),
        (",2022H1", "2022-06,"),
        ("2022-06,", ",2022H1"),
        ("2020,2022", "2022,2023"),
        ("2020,2023", "2021,2022"),
    ],
)
def test_a_name_stands_once_at_a_time(tmp_path, first, second):
    """Two units that are there on one day, be it the last of the first, need two names."""
    lines = [HEADER, f"甲局,towns,,,{first}", f"甲局,towns,,,{second}"]

    assert [(3, "name", DOUBLE, "“甲局”与“甲局”重名", DISTINCT)] == faults(tmp_path, *lines)


@pytest.mark.parametrize(
    "rows",
    [
        ("甲局,towns,,,,2022", "乙局,towns,,甲局,,"),
        ("乙局,towns,,甲局,,", "甲局,towns,,,,2022"),
        ("甲局,towns,,,2021,2022", "乙局,towns,,丙|甲  局,2020,2023"),
        ("甲局,towns,某县甲局,甲,,2021", "甲局,towns,某县甲局,甲,2022,"),
        ("甲局,towns,甲 局,甲局|甲  局,,", "乙局,towns,,,,"),
    ],
)
def test_names_that_may_stand_together(tmp_path, rows):
    """An ended unit and its successor, one after another, and the forms of one unit's name."""
    assert 2 == len(read(tmp_path, HEADER, *rows).units)


@pytest.mark.parametrize(
    ("rows", "column", "found"),
    [
        (("甲局,towns,,,,", "乙局,towns,,甲局,,"), "aliases", "“甲局”与“甲局”重名"),
        (("甲局,towns,,,,2022", "乙局,towns,甲 局,,,"), "full_name", "“甲局”与“甲局”重名"),
        (("甲局,towns,,丙局,,2022", "乙局,towns,,丙 局,,"), "aliases", "“丙局”与“甲局”重名"),
        (("甲局,towns,,丙局,,2022", "乙局,towns,丙局,丙局,,"), "full_name", "“丙局”与“甲局”重名"),
        (("乙局,towns,,甲局,,", "甲局,towns,,,,"), "name", "“甲局”与“乙局”重名"),
        (("甲局,towns,,,,2022", "甲局,towns,,甲局,2022,"), "name", "“甲局”与“甲局”重名"),
        (("甲局,towns,,,,2022", "甲 局,towns,,丁,2022,"), "name", "“甲局”与“甲局”重名"),
        (("甲局,towns,,,,2022", "乙局,towns,,,,", "丁局,towns,,乙局,,2023"), "aliases",
         "“乙局”与“乙局”重名"),
    ],
)  # fmt: skip
def test_names_that_may_not(tmp_path, rows, column, found):
    """Only the own name of an ended unit may be an alias; the column is where the name stands."""
    assert [(len(rows) + 1, column, DOUBLE, found, DISTINCT)] == faults(tmp_path, HEADER, *rows)
