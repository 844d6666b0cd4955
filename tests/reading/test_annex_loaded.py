"""Tables as files of a period's folder: what is counted, noted and told of them."""

import csv
import shutil

import pytest
from conftest import ROOT
from data_folders import (
    BUREAUS,
    COUNTS,
    ENCODINGS,
    NAMES,
    TOWNS,
    add_period,
    as_csv,
    bad,
    counts,
    faults,
    make_data,
    put,
    read_file,
    write_table,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from zhashui_stats.errors import FaultKind, FaultyData
from zhashui_stats.loading import load

DATA = ROOT / "data"
TOTAL = ["合计", 9, 12]
COUNT = "0 或正整数，没有投稿的可以留空"
IN_ROSTER = "名册 units.csv 中 2022H1 在册的单位"
ONE_ROW_EACH = "名册中本期在册的单位各占一行，没有投稿的填 0"


# --- Real annexes ----------------------------------------------------------------------------


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
    assert [(file.units, file.totals) for file in now.files[2:]] == [(9, 3), (56, 3)]


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


# --- Files -----------------------------------------------------------------------------------


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

    assert [(fault.file, fault.row, fault.kind) for fault in faults(data)] == [
        ("2022H1/towns.csv", None, kind)
    ]


# --- Totals ----------------------------------------------------------------------------------
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
    files = {file.path: file.totals for file in load("2022H1", data).files}
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


# --- Notes -----------------------------------------------------------------------------------


def notes(data, name="towns.csv"):
    return next(file.notes for file in load("2022H1", data).files if file.path == f"2022H1/{name}")


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


def test_plain_table_has_no_notes(data):
    """Where nothing was passed over, nothing is noted."""
    assert notes(data) == ()


# --- Units -----------------------------------------------------------------------------------


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
    assert [(fault.row, fault.kind, fault.found) for fault in faults(data)] == [
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

    assert [(fault.kind, fault.found) for fault in faults(data)] == [
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

    assert [(fault.kind, fault.row) for fault in faults(data)] == [(FaultKind.UNKNOWN_UNIT, 4)]


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

    assert [fault.row for fault in faults(data)] == [5]


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


# --- Cells -----------------------------------------------------------------------------------


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


# --- Whatever is written ---------------------------------------------------------------------


def counts_unless_faulty(data):
    try:
        return counts(data)
    except FaultyData:
        return None


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

    assert {fault.file for fault in faults(data)} == {f"2022H1/{name}"}
