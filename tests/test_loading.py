"""The way in: files of a period become Submissions, or all their faults are told at once."""

import csv
import hashlib
import io
import os
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from zhashui_stats.errors import Fault, FaultKind, FaultyData, MissingPeriod, PeriodError
from zhashui_stats.loading import history, load, load_series, periods, read_ledger
from zhashui_stats.model.periods import Period
from zhashui_stats.reading.remarks import read_remarks

DATA = ROOT / "data"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]

COUNTY = """\
name = "某县"
issuer = "某县人民政府办公室"
measure = "篇"
[[groups]]
id = "towns"
label = "镇办"
[[groups]]
id = "bureaus"
label = "部门"
[[categories]]
id = "open"
label = "政务公开"
headers = ["政务公开信息"]
[[categories]]
id = "news"
label = "政务动态"
headers = ["政务动态信息", "政务动态信"]
"""
UNITS = """\
name,group,full_name,aliases,since,until
东河镇,towns,,,,
西山镇,towns,,西山乡,,
南坪镇,towns,,,,
财政局,bureaus,某县财政局,,,
农行,bureaus,,,,
旧粮站,bureaus,,,,2021H2
新数据局,bureaus,,,2023H1,
大数据办,bureaus,,信息办,,
信息办,bureaus,,,,2021H2
"""
TOWNS = [["投稿单位", "政务公开", "政务动态"], ["东河镇", 1, 2], ["西山镇", 3, 4], ["南坪镇", 5, 6]]
BUREAUS = [
    ["投稿单位", "政务公开", "政务动态"],
    ["财政局", 1, 0],
    ["农 行", 0, 0],
    ["大数据办", 7, 8],
]
NAMES = ["东河镇", "西山镇", "南坪镇"]
COUNTS = {"东河镇": (1, 2), "西山镇": (3, 4), "南坪镇": (5, 6)}
TOTAL = ["合计", 9, 12]
COUNT = "0 或正整数，没有投稿的可以留空"
IN_ROSTER = "名册 units.csv 中 2022H1 在册的单位"
ONE_ROW_EACH = "名册中本期在册的单位各占一行，没有投稿的填 0"


def as_csv(rows, separator=","):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


def write_table(path, rows, encoding="utf-8", separator=","):
    """Write rows in the format that the path's ending names."""
    if path.suffix.lower() == ".csv":
        path.write_bytes(as_csv(rows, separator).encode(encoding))
        return
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)


@pytest.fixture
def data(tmp_path):
    """A small county with one faultless period."""
    return make_data(tmp_path)


def make_data(folder):
    (folder / "county.toml").write_text(COUNTY, encoding="utf-8")
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    add_period(folder, "2022H1")
    return folder


def add_period(folder, period, towns=TOWNS, bureaus=BUREAUS):
    (folder / period).mkdir(exist_ok=True)
    write_table(folder / period / "towns.csv", towns)
    write_table(folder / period / "bureaus.csv", bureaus)


def put(data, rows, name="towns.csv", **how):
    write_table(data / "2022H1" / name, rows, **how)


def faults(data, period="2022H1", read=load):
    with pytest.raises(FaultyData) as caught:
        read(period, data)
    return list(caught.value.faults)


def counts(data, group="towns", period="2022H1"):
    now = load(period, data).of(group)
    return {unit.name: tuple(now.counts[unit.name].values()) for unit in now.units}


def notes(data, name="towns.csv"):
    return next(one.notes for one in load("2022H1", data).files if one.path == f"2022H1/{name}")


def bad(row, column, kind, found, expected, file="2022H1/towns.csv"):  # noqa: PLR0917, RUF100
    return Fault(file, row, column, kind, found, expected)


# --- the real annexes -----------------------------------------------------------------------


def read_real(name):
    with (DATA / "2022H1" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def annexes():
    """The two annexes as they stand in the circular: title rows, two blocks, cut headers."""
    return {
        "towns": [["附件1"], [], ["2022年上半年镇办统计表"], [], *read_real("towns.csv")],
        "departments": [["附件2"], ["部门(事业机构)统计表"], *read_real("departments.csv")],
    }


def real_folder(folder):
    (folder / "2022H1").mkdir()
    for name in ("county.toml", "units.csv"):
        shutil.copy(DATA / name, folder)
    return folder


def assert_real(folder):
    now, expected = load("2022H1", folder), load("2022H1", DATA)

    assert now.units == expected.units
    assert now.counts == expected.counts
    assert [(one.units, one.totals) for one in now.files[2:]] == [(9, 3), (56, 3)]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_annexes_as_they_stand_in_csv(tmp_path, encoding, separator):
    """The annexes pasted from Word read in every encoding and separator."""
    folder = real_folder(tmp_path)
    for group, rows in annexes().items():
        write_table(folder / "2022H1" / f"{group}.csv", rows, encoding, separator)

    assert_real(folder)


@pytest.mark.parametrize("typed", [str, lambda cell: int(cell) if cell.isdigit() else cell])
def test_annexes_as_they_stand_in_workbooks(tmp_path, typed):
    """The annexes pasted into Excel read, with counts as numbers and as texts."""
    folder = real_folder(tmp_path)
    for group, rows in annexes().items():
        typed_rows = [[typed(cell) for cell in row] for row in rows]
        write_table(folder / "2022H1" / f"{group}.xlsx", typed_rows)

    assert_real(folder)


def test_real_annex_has_its_awkward_places():
    """The fixture holds what the tests above are about."""
    rows = annexes()

    assert rows["departments"][2].count("投稿单位") == 2
    assert "政策解读信" in rows["departments"][2]
    assert any("农 行" in row for row in rows["departments"])
    assert rows["towns"][-1][:2] == ["10", "合计"]


def test_real_period_totals():
    """The first half of 2022 gives the totals of the circular."""
    now = load("2022H1", DATA)
    categories = ("disclosure", "interpretation", "news")

    assert [now.total(one) for one in categories] == [124, 2, 203]
    assert [now.of("towns").total(one) for one in categories] == [18, 0, 64]
    assert [now.of("departments").total(one) for one in categories] == [106, 2, 139]


# --- shapes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["投稿单位", "单位", "单位名称", "报送单位", "投稿 单位（简称）"])
def test_name_column(data, name):
    """Four headers name the units; brackets and white space do not matter."""
    put(data, [[name, *TOWNS[0][1:]], *TOWNS[1:]])

    assert counts(data) == COUNTS


@pytest.mark.parametrize(
    "header", ["政务动态", "政务动态信息", "政务动态信", "政务 动态\n信息（篇）"]
)
def test_category_column(data, header):
    """A category's label and each of its headers head its column."""
    put(data, [["投稿单位", "政务公开", header], *TOWNS[1:]])

    assert counts(data) == COUNTS


def test_id_of_a_category_is_no_header(data):
    """Ids are for the code; a table is headed in the county's own words."""
    put(data, [["投稿单位", "政务公开", "news"], *TOWNS[1:]])

    assert faults(data) == [
        bad(1, "政务动态", FaultKind.MISSING_COLUMN, "投稿单位、政务公开、news",
            "一列“政务动态”（或政务动态信息、政务动态信）"),
    ]  # fmt: skip


SHAPES = {
    "title rows": [["某县统计表"], [], ["单位：篇"], *TOWNS],
    "other order of columns": [[row[2], row[0], row[1]] for row in TOWNS],
    "name last": [[row[1], row[2], row[0]] for row in TOWNS],
    "serial": [[["序号", 1, 2, 3][n], *row] for n, row in enumerate(TOWNS)],
    "two blocks": [
        TOWNS[0] * 2, [*TOWNS[1], *TOWNS[3]], [*TOWNS[2], None, None, None],
    ],
    "two blocks with serials": [
        ["序号", *TOWNS[0]] * 2, [1, *TOWNS[1], 3, *TOWNS[3]], [2, *TOWNS[2]],
    ],
    "two blocks with a gap": [
        [*TOWNS[0], None, *TOWNS[0]], [*TOWNS[1], None, *TOWNS[3]], TOWNS[2],
    ],
    "two blocks, names last": [
        ["政务公开", "政务动态", "单位"] * 2, [1, 2, "东河镇", 5, 6, "南坪镇"], [3, 4, "西山镇"],
    ],
    "three blocks": [TOWNS[0] * 3, [*TOWNS[1], *TOWNS[2], *TOWNS[3]]],
    "stacked": [*TOWNS[:3], [], ["续表"], TOWNS[0], TOWNS[3]],
    "stacked in another order": [
        *TOWNS[:3], ["政务动态信", "报送单位", "政务公开"], [6, "南坪镇", 5],
    ],
    "stacked and side by side": [TOWNS[0] * 2, [*TOWNS[1], *TOWNS[2]], TOWNS[0], TOWNS[3]],
    "blank rows": [TOWNS[0], [], TOWNS[1], [None], TOWNS[2], ["", "", ""], TOWNS[3]],
    "foreign columns": [[*row, n, "x"] for n, row in enumerate(TOWNS)],
    "footnote": [*TOWNS, ["注：数据截至6月30日。"], ["制表人：甲", "审核人：乙"], ["2022年7月8日"]],
}  # fmt: skip


@pytest.mark.parametrize("name", ["towns.csv", "towns.xlsx"])
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(data, shape, name):
    """Every shape of the same table reads the same."""
    (data / "2022H1" / "towns.csv").unlink()
    put(data, SHAPES[shape], name)

    assert counts(data) == COUNTS


TOTALS = {
    "total": ([*TOWNS, TOTAL], 2),
    "总计 in words": ([*TOWNS, ["总 计", 9, 12]], 2),
    "inner spaces": ([*TOWNS, ["合　计：", 9, 12]], 2),
    "unit of measure": ([*TOWNS, ["合计（篇）", 9, 12]], 2),
    "total first": ([TOWNS[0], TOTAL, *TOWNS[1:]], 2),
    "blank declares nothing": ([*TOWNS, ["合计", None, 12]], 1),
    "all blank": ([*TOWNS, ["合计"]], 0),
    "with a serial": (
        [["序号", *TOWNS[0]], *([n, *row] for n, row in enumerate([*TOWNS[1:], TOTAL], 1))], 2,
    ),
    "label under 序号": (
        [["序号", *TOWNS[0]], *([1, *row] for row in TOWNS[1:]), ["合计", None, 9, 12]], 2,
    ),
    "subtotals": ([*TOWNS[:3], ["小计", 4, 6], TOWNS[3], ["小计", 5, 6], TOTAL], 6),
    "subtotal of a block": (
        [TOWNS[0] * 2, [*TOWNS[1], *TOWNS[3]], [*TOWNS[2], "小计", 5, 6], ["小计", 4, 6, *TOTAL]],
        6,
    ),
    "subtotal of a stacked block": (
        [*TOWNS[:3], ["小计", 4, 6], TOWNS[0], TOWNS[3], ["小计", 5, 6], ["总计", 9, 12]], 6,
    ),
    "total in the first of two blocks": (
        [TOWNS[0] * 2, [*TOWNS[1], *TOWNS[3]], TOWNS[2], TOTAL], 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TOTALS)
def test_declared_totals_are_checked_and_never_counted(data, case):
    """小计 covers its block since the last one, 合计 the whole group; blanks declare nothing."""
    rows, checked = TOTALS[case]
    put(data, rows)

    assert counts(data) == COUNTS
    files = {one.path: one.totals for one in load("2022H1", data).files}
    assert files["2022H1/towns.csv"] == checked


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([*TOWNS, ["合计", 9, 13]], (5, "政务动态", "13", "12")),
        ([*TOWNS, ["合计", "—", 12]], (5, "政务公开", "0", "9")),
        ([*TOWNS[:3], ["小计", 5, 6], TOWNS[3], TOTAL], (4, "政务公开", "5", "4")),
        ([*TOWNS[:3], ["小计", 4, 6], TOWNS[3], ["小计", 9, 6]], (6, "政务公开", "9", "5")),
        ([*TOWNS[:3], TOWNS[0], TOWNS[3], ["小计", 9, 6]], (6, "政务公开", "9", "5")),
    ],
)
def test_total_that_is_not_the_sum(data, rows, fault):
    """A declared total that differs is told with the sum of its rows."""
    put(data, rows)
    row, column, found, expected = fault

    assert faults(data) == [bad(row, column, FaultKind.TOTAL_DIFFERS, found, expected)]


def test_total_in_xlsx_by_cached_value_only(data):
    """A formula that was never computed is a fault in a count and in a total."""
    (data / "2022H1" / "towns.csv").unlink()
    rows = [*TOWNS[:3], ["南坪镇", "=2+3", 6], ["合计", "=SUM(B2:B4)", 12]]
    put(data, rows, "towns.xlsx")
    expected = "公式的计算结果；请用 Excel 或 WPS 打开、重算后保存，或改填数字"

    assert faults(data) == [
        bad(
            row,
            "政务公开",
            FaultKind.NO_CACHED_VALUE,
            "没有计算结果的公式",
            expected,
            "2022H1/towns.xlsx",
        )
        for row in (4, 5)
    ]


def test_what_was_passed_over_is_noted(data):
    """Title rows, footnotes, blank rows and foreign columns are named in the notes."""
    rows = [
        ["某县2022年上半年各镇办信息报送采编情况统计表"],
        ["序号", *TOWNS[0], "备注", None, None],
        *([n, *row, "好", None, "x"] for n, row in enumerate(TOWNS[1:3], 1)),
        [],
        [3, *TOWNS[3]],
        ["注：数据截至6月30日"],
    ]
    put(data, rows)

    assert notes(data) == (
        "第1行“某县2022年上半年各镇办信息报送采编情…”在表头之上，未统计",
        "第7行“注：数据截至6月30日”未统计",
        "第5行是空行",
        "第5列“备注”未统计",
        "第6列是空列，未统计",
        "第7列没有表头，未统计",
    )


def read_file(data, name):
    return next(one for one in load("2022H1", data).files if one.path == f"2022H1/{name}")


def test_blank_cells_are_counted_in_a_note(data):
    """How many blanks were read as 0 is told; a blank total and a dash are no blanks."""
    put(data, [TOWNS[0], ["东河镇", "", 2], ["西山镇", "—", None], TOWNS[3], ["合计", "", ""]])
    file = read_file(data, "towns.csv")

    assert (file.notes, file.alerts) == (("2个空白单元格按0计",), ())


def test_table_without_any_count_is_an_alert(data):
    """A table as ``new`` makes it reads as zeros, and says loudly that it does."""
    put(data, [TOWNS[0], *([name, "", ""] for name in NAMES)])
    file = read_file(data, "towns.csv")

    assert file.notes == file.alerts == ("全部6个数都是空白，一律按0计，像是还没有填写",)


def test_source_that_is_not_filled_in_is_an_alert(data):
    """What ``new`` left to be filled in is named by its key."""
    text = 'title = "表"\ndate = "（待填写）"\nnote = "（待填写）"\n'
    (data / "2022H1" / "source.toml").write_text(text, encoding="utf-8")
    file = read_file(data, "source.toml")

    assert file.notes == file.alerts == ("还没有填写：date、note",)


def test_link_to_nowhere_says_what_to_do(data):
    """A dangling link in place of an optional file is told with the way out."""
    (data / "2022H1" / "remarks.md").symlink_to("gone.md")
    expected = "文件本身；这是一个链接，它指向的文件不存在，请补上文件或删除链接"

    assert faults(data) == [
        bad(None, None, FaultKind.MISSING_FILE, "", expected, file="2022H1/remarks.md")
    ]


def test_plain_table_has_no_notes(data):
    """Where nothing was passed over, nothing is noted."""
    assert notes(data) == ()


# --- units ----------------------------------------------------------------------------------


def test_names_resolve_by_folding_level_and_alias(data):
    """White space, full-width forms, a leading 县 and aliases lead to the unit."""
    put(
        data,
        [BUREAUS[0], ["某县财政局", 1, 0], ["农　行", 0, 0], ["县信息办", 7, 8]],
        "bureaus.csv",
    )

    assert counts(data, "bureaus") == {"财政局": (1, 0), "农行": (0, 0), "大数据办": (7, 8)}


def test_line_break_within_a_name_is_white_space(data):
    """A name broken into two lines within its cell resolves."""
    put(data, [*TOWNS[:3], ["南坪\n镇", 5, 6]])

    assert counts(data) == COUNTS


def test_unit_with_blank_cells_counts_zero(data):
    """A unit of the roster without any figure is there with 0."""
    put(data, [*TOWNS[:3], ["南坪镇"]])

    assert counts(data) == {**COUNTS, "南坪镇": (0, 0)}


def test_unknown_unit_names_candidates_and_hides_follow_on_faults(data):
    """Neither is the probable unit missing, nor the total judged."""
    put(data, [*TOWNS[:3], ["南平镇", 5, 6], ["合计", 1, 1]])

    found = bad(4, "投稿单位", FaultKind.UNKNOWN_UNIT, "南平镇", f"{IN_ROSTER}，最接近的是：南坪镇")
    assert faults(data)[0].expected.startswith(found.expected)
    assert [(one.row, one.kind, one.found) for one in faults(data)] == [
        (found.row, found.kind, found.found)
    ]


def test_unknown_unit_without_candidates_leaves_others_missing(data):
    """A name like no other is no excuse for a missing unit."""
    put(data, [*TOWNS[:3], ["火星", 5, 6]])

    assert faults(data) == [
        bad(4, "投稿单位", FaultKind.UNKNOWN_UNIT, "火星", IN_ROSTER),
        bad(None, None, FaultKind.MISSING_UNIT, "南坪镇", ONE_ROW_EACH),
    ]


def test_one_unknown_name_excuses_one_unit(data):
    """Of two missing units only the probable one is passed over."""
    put(data, [*TOWNS[:2], ["南平镇", 5, 6]])

    assert [(one.kind, one.found) for one in faults(data)] == [
        (FaultKind.UNKNOWN_UNIT, "南平镇"),
        (FaultKind.MISSING_UNIT, "西山镇"),
    ]


def test_unknown_name_with_serial_is_no_footnote(data):
    """A numbered row is a unit's row, also without figures."""
    put(data, [["序号", *TOWNS[0]], *([1, *row] for row in TOWNS[1:]), [4, "火星"]])

    assert faults(data) == [bad(5, "投稿单位", FaultKind.UNKNOWN_UNIT, "火星", IN_ROSTER)]


def test_misspelt_name_without_figures_is_no_footnote(data):
    """A name near to one of the roster is told, also without figures."""
    put(data, [*TOWNS[:3], ["南平镇"]])

    assert [(one.kind, one.row) for one in faults(data)] == [(FaultKind.UNKNOWN_UNIT, 4)]


def test_sentence_with_figures_is_no_footnote(data):
    """Figures are never passed over."""
    put(data, [*TOWNS, ["注：补报", 3, 0]])

    assert faults(data) == [bad(5, "投稿单位", FaultKind.UNKNOWN_UNIT, "注：补报", IN_ROSTER)]


def test_figures_without_a_name(data):
    """A row with figures and no name is told; with zeros only it is passed over."""
    put(data, [*TOWNS, ["", 3, 0], ["", 0, "—"]])

    assert faults(data) == [
        bad(5, "投稿单位", FaultKind.UNKNOWN_UNIT, "有数字而没有单位名称", "单位名称")
    ]


@pytest.mark.parametrize(
    ("name", "validity"),
    [("旧粮站", "“旧粮站”的有效期为至 2021H2"), ("新数据局", "“新数据局”的有效期为自 2023H1")],
)
def test_unit_out_of_its_time(data, name, validity):
    """An ended unit, and one not yet there, are told with their validity."""
    put(data, [*BUREAUS, [name, 1, 1]], "bureaus.csv")

    assert faults(data) == [
        bad(5, "投稿单位", FaultKind.UNKNOWN_UNIT, f"{name}，{validity}，本期不在册", IN_ROSTER,
            "2022H1/bureaus.csv"),
    ]  # fmt: skip


def test_ended_unit_without_figures_is_no_footnote(data):
    """An ended unit is told, also without figures."""
    put(data, [*BUREAUS, ["旧粮站"]], "bureaus.csv")

    assert [one.row for one in faults(data)] == [5]


def test_merged_unit_counts_for_its_successor(data):
    """After a merger the old name leads to the successor; before it, both are there."""
    put(data, [*BUREAUS[:3], ["信息办", 7, 8]], "bureaus.csv")
    before = [*BUREAUS, ["信息办", 1, 1], ["旧粮站", 0, 0]]
    add_period(data, "2021H2", bureaus=before)

    assert counts(data, "bureaus")["大数据办"] == (7, 8)
    assert counts(data, "bureaus", "2021H2")["信息办"] == (1, 1)


def test_successor_and_merged_name_are_a_double(data):
    """Both names of a merged unit in one table are the same unit twice."""
    put(data, [*BUREAUS, ["信息办", 1, 1], ["合计", 1, 1]], "bureaus.csv")

    assert faults(data) == [
        bad(5, "投稿单位", FaultKind.DUPLICATE_UNIT, "信息办，第4行已有“大数据办”",
            "每个单位只占一行", "2022H1/bureaus.csv"),
    ]  # fmt: skip


def test_unit_twice_across_blocks(data):
    """A unit may stand in one block only."""
    put(data, [TOWNS[0] * 2, [*TOWNS[1], *TOWNS[3]], [*TOWNS[2], *TOWNS[1]]])

    assert faults(data) == [
        bad(
            3, "投稿单位", FaultKind.DUPLICATE_UNIT, "东河镇，第2行已有“东河镇”", "每个单位只占一行"
        )
    ]


def test_unit_in_the_wrong_group_is_not_missing_in_its_own(data):
    """A unit in another group's table is one fault, not two."""
    put(data, TOWNS[:3])
    put(data, [*BUREAUS, TOWNS[3], ["合计", 1, 1]], "bureaus.csv")

    assert faults(data) == [
        bad(5, "投稿单位", FaultKind.WRONG_GROUP, "南坪镇", "部门的单位；“南坪镇”应列入 towns 表",
            "2022H1/bureaus.csv"),
    ]  # fmt: skip


def test_missing_unit(data):
    """Every unit of the roster has a row."""
    put(data, TOWNS[:3])

    assert faults(data) == [bad(None, None, FaultKind.MISSING_UNIT, "南坪镇", ONE_ROW_EACH)]


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|' /C calc'!A0",
        "+东河镇",
        "-东河镇",
        "@东河镇",
        "../东河镇",
        "东\\河",
        "东\x07河",
        "a\x1b[31m",
    ],
)
def test_hostile_names(data, name):
    """Names that would be harmful in a path or a spreadsheet are faults."""
    put(data, [*TOWNS, [name, 1, 1]])

    assert faults(data) == [
        bad(
            5,
            "投稿单位",
            FaultKind.UNSAFE_NAME,
            repr(name),
            "不含斜杠和控制字符、不以 = + - @ 开头的名称",
        )
    ]


# --- cells and columns ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("12篇", FaultKind.NOT_WHOLE_NUMBER),
        ("3.5", FaultKind.NOT_WHOLE_NUMBER),
        ("#REF!", FaultKind.NOT_WHOLE_NUMBER),
        ("-3", FaultKind.NEGATIVE),
    ],
)
def test_bad_cell(data, cell, kind):
    """A cell that holds no count is told where it stands; its total is not judged."""
    put(data, [["统计表"], TOWNS[0], ["东河镇", 1, cell], *TOWNS[2:], ["合计", 9, 99]])

    assert faults(data) == [bad(3, "政务动态", kind, cell, COUNT)]


def test_bad_cell_in_a_total(data):
    """A declared total must be a count as well."""
    put(data, [*TOWNS, ["合计", "九", 12]])

    assert faults(data) == [bad(5, "政务公开", FaultKind.NOT_WHOLE_NUMBER, "九", COUNT)]


def test_missing_name_column(data):
    """Without names no unit is called missing."""
    put(data, [["镇名", *TOWNS[0][1:]], *TOWNS[1:]])

    assert faults(data) == [
        bad(1, "投稿单位", FaultKind.MISSING_COLUMN, "镇名、政务公开、政务动态",
            "一列“投稿单位”（或单位、单位名称、报送单位）"),
    ]  # fmt: skip


def test_missing_column_in_one_block(data):
    """Each block needs every column; totals of a lacking column are not judged."""
    rows = [[*TOWNS[0], "投稿单位", "政务公开"], [*TOWNS[1], "南坪镇", 5], [*TOWNS[2], "合计", 9]]
    put(data, rows)

    assert faults(data) == [
        bad(1, "政务动态", FaultKind.MISSING_COLUMN,
            "投稿单位、政务公开、政务动态、投稿单位、政务公开",
            "一列“政务动态”（或政务动态信息、政务动态信）"),
    ]  # fmt: skip


def test_no_header_at_all(data):
    """A table without header is one fault that says what the header should be."""
    put(data, [["甲", "乙"], ["东河镇", 1]])

    assert faults(data) == [
        bad(
            None, None, FaultKind.MISSING_COLUMN, "甲、乙", "一行表头：投稿单位、政务公开、政务动态"
        )
    ]


@pytest.mark.parametrize(
    ("header", "column", "found"),
    [
        (
            ["单位", "政务公开", "政务公开信息", "政务动态"],
            "政务公开信息",
            "“政务公开”和“政务公开信息”指同一列",
        ),
        (["单位", "单位名称", "政务公开", "政务动态"], "单位名称", "“单位”和“单位名称”指同一列"),
        (["单位", "政务公开", "政务动态", "单位名称"], "单位名称", "“单位”和“单位名称”指同一列"),
    ],
)
def test_double_column(data, header, column, found):
    """Two columns of one block for the same thing are a fault."""
    place = {"单位": 0, "政务公开": 1, "政务动态": 2}
    rows = [[row[place[one]] if one in place else None for one in header] for row in TOWNS[1:]]
    put(data, [header, *rows])

    assert faults(data) == [bad(1, column, FaultKind.DUPLICATE_COLUMN, found, "只留一列")]


# --- files ----------------------------------------------------------------------------------


def test_missing_table(data):
    """Each group has a table; its units are not called missing one by one."""
    (data / "2022H1" / "towns.csv").unlink()

    assert faults(data) == [
        bad(None, None, FaultKind.MISSING_FILE, "", "“镇办”的统计表 towns.csv 或 towns.xlsx")
    ]


@pytest.mark.parametrize("other", ["towns.xlsx", "towns.xls", "towns.CSV"])
def test_two_tables_for_a_group(data, other):
    """Which of two files counts cannot be guessed."""
    (data / "2022H1" / other).write_bytes(b"x")
    found = "、".join(sorted(["towns.csv", other]))

    assert faults(data) == [
        bad(None, None, FaultKind.AMBIGUOUS_FILE, found, "同一张表只留一个文件")
    ]


@pytest.mark.parametrize("ending", [".xls", ".et", ".ods"])
def test_table_of_another_format(data, ending):
    """A workbook of another format is a fault that says how to save it."""
    (data / "2022H1" / "towns.csv").rename(data / "2022H1" / f"towns{ending}")

    assert faults(data) == [
        bad(None, None, FaultKind.UNREADABLE_FILE, f"{ending} 格式",
            "在 Excel 或 WPS 中另存为 .xlsx 的工作簿", f"2022H1/towns{ending}"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FaultKind.EMPTY_FILE),
        (as_csv(TOWNS[:1]).encode(), FaultKind.EMPTY_FILE),
        (b"\xff\x81\xff", FaultKind.WRONG_ENCODING),
        (b"\x00\x01\x02\xff", FaultKind.UNREADABLE_FILE),
    ],
)
def test_unreadable_table(data, content, kind):
    """A table that is empty, or no text, is one fault."""
    (data / "2022H1" / "towns.csv").write_bytes(content)

    assert [(one.file, one.row, one.kind) for one in faults(data)] == [
        ("2022H1/towns.csv", None, kind)
    ]


def test_directory_in_place_of_files(data):
    """Folders named like files are faults."""
    (data / "2022H1" / "towns.csv").unlink()
    for name in ("towns.csv", "source.toml", "remarks.md"):
        (data / "2022H1" / name).mkdir()

    assert [(one.file, one.kind, one.found) for one in faults(data)] == [
        (f"2022H1/{name}", FaultKind.UNREADABLE_FILE, "是文件夹")
        for name in ("towns.csv", "source.toml", "remarks.md")
    ]


def test_faults_of_all_files_come_together(data):
    """One run tells the faults of tables, source and remarks."""
    put(data, [*TOWNS[:3], ["南坪镇", "x", "y"]])
    put(data, [*BUREAUS[:3], ["大数据办", -1, 0]], "bureaus.csv")
    (data / "2022H1" / "source.toml").write_text("year = 2022\n", encoding="utf-8")
    (data / "2022H1" / "remarks.md").write_text("## 四（一）\n", encoding="utf-8")

    assert [(one.file, one.row, one.column, one.kind) for one in faults(data)] == [
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

    assert [(one.file, one.row, one.kind) for one in faults(data)] == [
        ("units.csv", 11, FaultKind.BAD_SETTING),
        ("2022H1/towns.csv", 4, FaultKind.NOT_WHOLE_NUMBER),
    ]


def test_source_keeps_strings_under_free_keys(data):
    """source.toml is optional; its strings come as they stand, BOM or not."""
    assert load("2022H1", data).source == {}

    (data / "2022H1" / "source.toml").write_text('"出处" = "附件"\n', encoding="utf-8-sig")

    assert load("2022H1", data).source == {"出处": "附件"}


@pytest.mark.parametrize(
    ("text", "row"),
    [('a = "b"\ntitle = 无引号', 2), (f"n = {'9' * 5000}", None), (f"n = {'[' * 5000}", None)],
    ids=["bare", "long", "deep"],
)
def test_source_that_is_no_toml(data, text, row):
    """Bad TOML is a fault, however bad."""
    (data / "2022H1" / "source.toml").write_text(text, encoding="utf-8")

    assert [(one.file, one.row, one.kind) for one in faults(data)] == [
        ("2022H1/source.toml", row, FaultKind.UNREADABLE_FILE)
    ]


def test_files_are_recorded_with_hash_and_units(data):
    """Every file that was read stands in the record, by its path below the data folder."""
    (data / "2022H1" / "source.toml").write_text('a = "b"\n', encoding="utf-8")
    (data / "2022H1" / "remarks.md").write_text("## 一（二）\n好。\n", encoding="utf-8")
    (data / "2022H1" / "circular.txt").write_text("通报", encoding="utf-8")
    units = {"units.csv": 9, "2022H1/towns.csv": 3, "2022H1/bureaus.csv": 3}
    paths = ["county.toml", *units, "2022H1/source.toml", "2022H1/remarks.md"]
    paths.append("2022H1/circular.txt")

    assert [(one.path, one.sha256, one.units) for one in load("2022H1", data).files] == [
        (path, hashlib.sha256((data / path).read_bytes()).hexdigest(), units.get(path, 0))
        for path in paths
    ]


# --- remarks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "## 二（三）", "##  二 (三) ", "## 二（三） 制度执行", "## 二（三）制度执行 ##",
        "##二（三）", "  ## 二、（三）",
    ],
)  # fmt: skip
def test_remarks_headings(heading):
    """A heading names its section, in brackets of either width; it may go on."""
    assert read_remarks(f"{heading}\n\n第一段。\n\n第二段。\n", "r") == (
        {"二（三）": "第一段。\n\n第二段。"}, (),
    )  # fmt: skip


def test_remarks_in_every_encoding(data):
    """remarks.md is read in the encodings of the tables."""
    for encoding in ENCODINGS:
        (data / "2022H1" / "remarks.md").write_bytes("## 三（五）\n好。\n".encode(encoding))

        assert load("2022H1", data).remarks == {"三（五）": "好。"}


def test_remarks_come_in_the_order_of_the_circular_without_empty_ones():
    """Sections are ordered; those without text are left out."""
    text = "## 三（一）\n丙\n## 一（四）\n\n## 一（一）\n甲\n"

    assert list(read_remarks(text, "r")[0].items()) == [("一（一）", "甲"), ("三（一）", "丙")]


def test_remarks_show_raw_html_as_characters():
    """No tag survives."""
    text = "## 一（二）\n<script>alert(1)</script>\n"

    assert read_remarks(text, "r")[0] == {"一（二）": r"\<script>alert(1)\</script>"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲<乙", r"甲\<乙"),
        (r"\<已写明>", r"\<已写明>"),
        (r"\\<b>", r"\\\<b>"),
        ("`a<b`和`c`", r"a\<b和`c`"),
        ("``a`<b``", r"a\`\<b"),
        ("`没有结尾<b>", r"`没有结尾\<b>"),
        ("```\na<b\n```\n<i>", "```\na<b\n```\n\\<i>"),
        ("```\na\n```x\n```\n<i>", "```\na\n```x\n```\n\\<i>"),
        ("```a`\n<i>", "```a`\n\\<i>"),
        ("- 甲\n  ```\n<i>", "- 甲\n  ```\n\\<i>"),
        ("甲\n```\n<i>\n```", "甲\n```\n\\<i>\n```"),
    ],
)
def test_remarks_leave_no_raw_html_to_any_renderer(text, expected):
    """Every ``<`` is literal also where a renderer reads HTML; code keeps its own."""
    assert read_remarks(f"## 一（二）\n{text}\n", "r")[0] == {"一（二）": expected}


def test_remarks_keep_subheadings_and_fenced_text():
    """Deeper headings belong to the section, and a fence hides what looks like a heading."""
    text = "## 一（二）\n### 甲\n```\n## 九\n```\n乙\n"

    assert read_remarks(text, "r") == ({"一（二）": "### 甲\n```\n## 九\n```\n乙"}, ())


@pytest.mark.parametrize(
    ("text", "row", "found"),
    [
        ("## 四（一）\n甲\n", 1, "## 四（一）"),
        ("## 一（五）\n", 1, "## 一（五）"),
        ("## 说明\n", 1, "## 说明"),
        ("##\n", 1, "## "),
        ("# 一（一）\n", 1, "# 一（一）"),
        ("\n前言\n又一行\n## 一（一）\n甲\n", 2, "前言"),
        ("## 一（一）\n甲\n## 一 (一)\n乙\n", 3, "一（一），第1行已有"),
    ],
)
def test_remarks_faults(text, row, found):
    """Unknown and double sections, and text before the first heading, are told with their row."""
    faults = read_remarks(text, "2022H1/remarks.md")[1]

    assert [(one.file, one.row, one.kind, one.found) for one in faults] == [
        ("2022H1/remarks.md", row, FaultKind.BAD_SECTION, found)
    ]


# --- periods and series ---------------------------------------------------------------------


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
    (data / "2022h2").mkdir()
    (data / "2021H2").write_text("no folder", encoding="utf-8")
    with pytest.raises(MissingPeriod) as caught:
        load("2022H2", data)

    assert str(caught.value) == (
        f"没有文件夹 {data / '2022H2'}；已有的期次：2022H1。可用 zhashui-stats new 2022H2 新建"
    )


def test_missing_year_says_which_half_lacks(data):
    """A year may come from its halves; the message names the one that is not there."""
    with pytest.raises(MissingPeriod, match="全年数也可由上下半年相加，还缺 2022H2。"):
        load("2022", data)


def test_missing_data_folder(tmp_path):
    """Without any data folder the message says so."""
    with pytest.raises(MissingPeriod, match="没有数据文件夹"):
        load("2022H1", tmp_path / "nowhere")


def test_missing_county_stops_everything(data):
    """Without county.toml nothing else can be judged."""
    (data / "county.toml").unlink()

    assert [(one.file, one.kind) for one in faults(data)] == [
        ("county.toml", FaultKind.MISSING_FILE)
    ]


def test_year_is_the_sum_of_its_halves(data):
    """A year without a folder adds up its halves and says so."""
    add_period(data, "2022H2")
    year = load("2022", data)

    assert (year.summed, str(year.period)) == (True, "2022")
    assert {one: tuple(year.counts[one].values()) for one in NAMES} == {
        one: (2 * a, 2 * b) for one, (a, b) in COUNTS.items()
    }
    assert [one.path for one in year.files].count("units.csv") == 1


def test_faults_of_a_half_are_faults_of_the_year(data):
    """A year is not added up from a faulty half."""
    add_period(data, "2022H2", towns=TOWNS[:3])

    assert [(one.file, one.found) for one in faults(data, "2022")] == [
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
        bad(5, "政务动态", FaultKind.HALVES_DIFFER, "南坪镇 政务动态 13", "12，即上下半年之和",
            "2022/towns.csv"),
    ]  # fmt: skip


def test_year_with_one_half_is_not_compared(data):
    """With one half only, the year stands on its own."""
    add_period(data, "2022")

    assert counts(data, period="2022") == COUNTS


def test_series_of_halves_in_order_of_time(data):
    """All halves up to the wanted one, none later, no other kind."""
    before = [*BUREAUS, ["信息办", 1, 1], ["旧粮站", 0, 0]]
    for period, bureaus in (("2021H2", before), ("2022H2", BUREAUS), ("2022Q1", BUREAUS)):
        add_period(data, period, bureaus=bureaus)

    assert [str(one.period) for one in load_series("2022H1", data)] == ["2021H2", "2022H1"]


def test_a_history_is_the_series(data):
    """What belongs to a period by one call; a year may be a whole number."""
    add_period(data, "2022H2")
    year = history(2022, data)

    assert (["2022H1", "2022H2"], ["2022"]) == (list(history("2022H2", data)), list(year))
    assert load(2022, data) == year.now == load("2022", data)


def test_periods_at_hand_are_told_by_names_alone(data):
    """In the order of time, sums of halves among them; nothing is read, however faulty it is."""
    for period in ("2022H2", "2021", "2021H1", "2021H2", "2022-04"):
        (data / period).mkdir()
    for name in ("2022H1/ledger.xlsx", "2022H1/ledger.csv", "2022H2/circular.docx", "county.toml"):
        (data / name).write_text("?")
    table = periods(data)

    assert ("期次", ["名称", "来源", "台账", "通报"]) == (table.index.name, list(table.columns))
    assert [
        ("2021H1", "2021年上半年", "数据文件夹", "无", "无"),
        ("2021", "2021年", "数据文件夹", "无", "无"),
        ("2021H2", "2021年下半年", "数据文件夹", "无", "无"),
        ("2022H1", "2022年上半年", "数据文件夹", "有", "无"),
        ("2022", "2022年", "由上下半年相加", "无", "无"),
        ("2022-04", "2022年4月", "数据文件夹", "无", "无"),
        ("2022H2", "2022年下半年", "数据文件夹", "无", "有"),
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

    assert [(str(one.period), one.summed) for one in series] == [("2021", False), ("2022", True)]


def test_series_tells_the_faults_of_all_periods(data):
    """Earlier periods' faults come in the same run."""
    before = [*BUREAUS, ["信息办", 1, 1], ["旧粮站", 0, "x"]]
    add_period(data, "2021H2", bureaus=before)
    put(data, TOWNS[:3])

    assert [(one.file, one.kind) for one in faults(data, read=load_series)] == [
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


# --- ledgers --------------------------------------------------------------------------------

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

    assert [(one.file, one.kind) for one in caught.value.faults] == [
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
    record = {one.path: one for one in load("2022H1", data).files}

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


@pytest.mark.parametrize("name", ["ledger.txt", "ledger-2.csv", "台账.csv", "Ledger.csv"])
def test_what_is_no_ledger(data, name):
    """A file of another name is passed over."""
    (data / "2022H1" / name).write_text("x", encoding="utf-8")

    assert load("2022H1", data).ledger is None


def test_made_up_ledger(data):
    """The period is made up as soon as one row of its ledger is."""
    rows = articles()
    rows[-1][5] = "合成"
    put_ledger(data, rows)

    assert load("2022H1", data).is_synthetic


@pytest.mark.parametrize("rows", [["合成数据：试用"], ["", "合成数据"]])
def test_made_up_table(data, rows):
    """A title above the header that begins with 合成 says it of the whole period."""
    put(data, [rows, *TOWNS])

    assert load("2022H1", data).is_synthetic


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
        (one.file, one.row, one.column, one.kind, one.found, one.expected) for one in faults(data)
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

    assert [(one.row, one.kind) for one in faults(data)] == [
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

    assert [(one.file, one.row, one.kind) for one in faults(data)] == [
        ("2022H1/ledger.csv", 2, FaultKind.NOT_A_DATE),
        ("2022H1/towns.csv", None, FaultKind.MISSING_UNIT),
    ]


def test_faulty_roster_leaves_the_ledger_unread(data):
    """Without a roster no article can be judged: only the roster's faults are told."""
    (data / "units.csv").write_text("name,group\n甲镇,nowhere\n", encoding="utf-8")
    remove_tables(data)
    put_ledger(data, [["a", "无此局", "x", "x", "x", "", ""]])

    assert {one.file for one in faults(data)} == {"units.csv"}


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_ledger_that_is_no_file(data, kind):
    """It is a fault, though the tables are there."""
    path = data / "2022H1" / "ledger.csv"
    if kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(data / "gone")

    assert [one.file for one in faults(data)] == ["2022H1/ledger.csv"]


def test_year_of_halves_of_which_one_has_a_ledger(data):
    """The counts are added up; the sum has no ledger of its own, but is as made up as its part."""
    put_ledger(data, articles(day="2022-08-01", nature="合成"), "2022H2")
    year = load("2022", data)
    first, second = load_series("2022H2", data)

    assert (first.ledger is None, second.ledger is None) == (True, False)
    assert year.summed
    assert year.ledger is None
    assert year.total() == first.total() + second.total() == 74
    assert (first.is_synthetic, second.is_synthetic, year.is_synthetic) == (False, True, True)
    assert [one.path for one in year.files] == [
        "county.toml", "units.csv", "2022H1/towns.csv", "2022H1/bureaus.csv", "2022H2/ledger.csv"
    ]  # fmt: skip


def test_year_whose_ledger_differs_from_its_halves(data):
    """The year's own ledger is named where there is no table to name."""
    add_period(data, "2022H2")
    rows = [*articles(), *articles(day="2022-08-01")]
    put_ledger(data, [row for row in rows if row[0] != "东河镇政务公开0"], "2022")
    kind, expected = FaultKind.HALVES_DIFFER, "2，即上下半年之和"

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
        "print([one for one in ('pandas', 'openpyxl', 'matplotlib') if one in sys.modules])"
    )
    run = subprocess.run(  # noqa: S603, RUF100 -- our own interpreter
        [sys.executable, "-c", code, os.fspath(DATA)], capture_output=True, text=True, check=True
    )

    assert run.stdout == "[]\n"


# --- properties -----------------------------------------------------------------------------


def counts_unless_faulty(data):
    try:
        return counts(data)
    except FaultyData:
        return None


def faulty_files(data):
    try:
        load("2022H1", data)
    except FaultyData as error:
        return {one.file for one in error.faults}
    return set()


grids = st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), min_size=3, max_size=3)
quick = settings(max_examples=60)
forms = st.sampled_from(
    [
        str,
        "{:,}".format,
        lambda n: f"{n}.0",
        lambda n: str(n).translate(FULL_WIDTH),
        lambda n: n or "—",
    ]
)
FULL_WIDTH = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


@st.composite
def layouts(draw):
    """A grid, and rows that show it in some shape with its total declared."""
    grid = draw(grids)
    form, order = draw(forms), draw(st.permutations([0, 1, 2]))
    lines = [[name, *map(form, row)] for name, row in zip(NAMES, grid, strict=True)]
    lines = [lines[place] for place in order]
    header = ["投稿单位", "政务公开", "政务动态"]
    width = draw(st.integers(1, 2))
    lines.append(["合计", *map(form, map(sum, zip(*grid, strict=True)))])
    if width == 2:
        lines = [[*lines[0], *lines[2]], [*lines[1], *lines[3]]]
    titles = draw(st.integers(0, 2))
    rows = [*[["统计表"]] * titles, header * width, *lines]
    return grid, rows


@quick
@given(
    layout=layouts(),
    encoding=st.sampled_from(ENCODINGS),
    separator=st.sampled_from(",\t;"),
    workbook=st.sampled_from([False, False, False, True]),
)
def test_any_grid_in_any_shape_reads_back(tmp_path_factory, layout, encoding, separator, workbook):
    """What was written is what is read, whatever the shape, encoding and separator."""
    grid, rows = layout
    data = make_data(tmp_path_factory.mktemp("grid"))
    if workbook:
        (data / "2022H1" / "towns.csv").unlink()
        put(data, rows, "towns.xlsx")
    else:
        put(data, rows, encoding=encoding, separator=separator)

    assert counts(data) == dict(zip(NAMES, grid, strict=True))


@quick
@given(
    grid=grids,
    row=st.integers(1, 4),
    column=st.integers(0, 2),
    text=st.one_of(st.integers(-9, 99999).map(str), st.text(max_size=4), st.sampled_from(NAMES)),
)
def test_no_changed_cell_passes_unseen(tmp_path_factory, grid, row, column, text):
    """Where a total is declared, a changed name or figure is a fault or changes nothing."""
    data = make_data(tmp_path_factory.mktemp("mutated"))
    rows = [TOWNS[0], *([name, *pair] for name, pair in zip(NAMES, grid, strict=True))]
    rows.append(["合计", *map(sum, zip(*grid, strict=True))])
    rows[row] = [*rows[row][:column], text, *rows[row][column + 1 :]]
    path = data / "2022H1" / "towns.csv"
    path.write_bytes(as_csv(rows).encode("utf-8", "replace"))

    assert counts_unless_faulty(data) in (None, dict(zip(NAMES, grid, strict=True)))


@quick
@given(content=st.binary(max_size=300), name=st.sampled_from(["towns.csv", "towns.xlsx"]))
def test_no_file_crashes_the_reader(tmp_path_factory, content, name):
    """Any bytes whatever are told as faults."""
    data = make_data(tmp_path_factory.mktemp("bytes"))
    (data / "2022H1" / "towns.csv").unlink()
    (data / "2022H1" / name).write_bytes(content)

    assert {one.file for one in faults(data)} == {f"2022H1/{name}"}


@quick
@given(content=st.binary(max_size=300), name=st.sampled_from(["remarks.md", "source.toml"]))
def test_no_remark_or_source_crashes_the_reader(tmp_path_factory, content, name):
    """Any bytes whatever are read or told as faults of that file."""
    data = make_data(tmp_path_factory.mktemp("bytes"))
    (data / "2022H1" / name).write_bytes(content)

    assert faulty_files(data) <= {f"2022H1/{name}"}
