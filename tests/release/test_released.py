"""A release read back: whatever was changed in it by hand is told."""

import csv
import io

import pytest
from conftest import build_submissions
from openpyxl import Workbook

from release.released import read_annexes, read_counts_csv
from zhashui_stats.errors import FaultKind, FaultyData
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.release.open_data import COLUMNS, tidy_rows

NOW = build_submissions(
    {"镇办": {"甲镇": (1, 2), "乙镇": (3, 4)}, "部门单位": {"财政局": (5, 6)}},
    categories=("政务公开", "政务动态"),
)
ENDED = Unit("旧粮站", "部门单位", until=Period.parse("2021H2"))
ROSTER = Roster((*NOW.units, ENDED))
TOWNS = [
    ["序号", "投稿单位", "政务公开", "政务动态", "合计"],
    [1, "甲镇", 1, 2, 3],
    [2, "乙镇", 3, 4, 7],
    ["", "合计", 4, 6, 10],
]
BUREAUS = [["序号", "投稿单位", "政务公开", "政务动态", "合计"], [1, "财政局", 5, 6, 11]]
IN_ROSTER = "名册 units.csv 中 2022H1 在册的单位"


def faults_of(read, path):
    """Return what is told of a file."""
    with pytest.raises(FaultyData) as caught:
        read(path, NOW.county, ROSTER, NOW.period)
    return [
        (fault.file, fault.row, fault.column, fault.kind, fault.found, fault.expected)
        for fault in caught.value.faults
    ]


# --- annexes.xlsx -------------------------------------------------------------------------------


@pytest.fixture
def annexes(tmp_path):
    """A writer of workbooks by hand: sheet name -> rows."""

    def write(**sheets):
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "annexes.xlsx"
        book.save(path)
        return path

    return write


def changed(rows, row, column, value):
    """Return a table with one cell replaced."""
    copy = [list(cells) for cells in rows]
    copy[row - 1][column - 1] = value
    return copy


def test_annex_sheets_are_found_by_number(annexes):
    """Sheets may stand in any order, among others."""
    path = annexes(说明=[["说明"]], 附件2=BUREAUS, 附件1=TOWNS)

    assert NOW.counts == read_annexes(path, NOW.county, ROSTER, NOW.period)


@pytest.mark.parametrize(
    ("sheets", "found"),
    [
        ({"附件1": TOWNS}, "附件1"),
        ({"附件1": TOWNS, "附件3": BUREAUS}, "附件1、附件3"),
        ({"附件1": TOWNS, "附件2": BUREAUS, "附件3": BUREAUS}, "附件1、附件2、附件3"),
        ({"towns": TOWNS, "bureaus": BUREAUS}, "towns、bureaus"),
    ],
)
def test_one_sheet_for_each_group(annexes, sheets, found):
    """Sheets that are missing, or too many, are told with those that should be there."""
    kind, expected = FaultKind.AMBIGUOUS_SHEET, "可见的工作表 附件1（镇办）、附件2（部门单位）"

    assert [("annexes.xlsx", None, None, kind, found, expected)] == faults_of(
        read_annexes, annexes(**sheets)
    )


@pytest.mark.parametrize(
    ("row", "column", "value", "fault"),
    [
        (2, 5, 4, (2, "合计", FaultKind.TOTAL_DIFFERS, "4", None)),
        (4, 5, 11, (4, "合计", FaultKind.TOTAL_DIFFERS, "11", None)),
        (4, 3, 5, (4, "政务公开", FaultKind.TOTAL_DIFFERS, "5", "4")),
        (3, 5, "七", (3, "合计", FaultKind.NOT_WHOLE_NUMBER, "七", "7")),
        (2, 2, "丙镇", (2, "投稿单位", FaultKind.UNKNOWN_UNIT, "丙镇", None)),
        (2, 2, "旧粮站", (2, "投稿单位", FaultKind.UNKNOWN_UNIT, None, IN_ROSTER)),
    ],
)
def test_what_was_changed_in_a_sheet_is_told(annexes, row, column, value, fault):
    """Totals of rows and columns are checked, and names; the fault says in which sheet."""
    path = annexes(附件1=changed(TOWNS, row, column, value), 附件2=BUREAUS)
    file, *first = faults_of(read_annexes, path)[0]

    assert "annexes.xlsx“附件1”" == file
    assert all(wanted in (None, got) for wanted, got in zip(fault, first, strict=True))


def test_totals_that_declare_nothing_are_passed_over(annexes):
    """Blank sums and a sheet without the column are no faults."""
    plain = [row[:4] for row in TOWNS]
    blank = changed(BUREAUS, 2, 5, None)

    assert NOW.counts == read_annexes(
        annexes(附件1=plain, 附件2=blank), NOW.county, ROSTER, NOW.period
    )


def test_faults_of_all_sheets_are_told_at_once(annexes):
    """A unit that stands in no sheet is told beside a wrong sum of another sheet."""
    path = annexes(附件1=[TOWNS[0], TOWNS[1]], 附件2=changed(BUREAUS, 2, 5, 1))
    kinds = [fault[3] for fault in faults_of(read_annexes, path)]

    assert [FaultKind.TOTAL_DIFFERS, FaultKind.MISSING_UNIT] == kinds


@pytest.mark.parametrize("read", [read_annexes, read_counts_csv])
def test_missing_file(tmp_path, read):
    """A release without the file is told as such."""
    assert FaultKind.MISSING_FILE == faults_of(read, tmp_path / "annexes.xlsx")[0][3]


# --- counts.csv ---------------------------------------------------------------------------------

TIDY = [list(COLUMNS), *([str(cell) for cell in row] for row in tidy_rows(NOW))]


@pytest.fixture
def tidy(tmp_path):
    """A writer of tidy tables."""

    def write(rows, encoding="utf-8-sig", separator=","):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=separator).writerows(rows)
        path = tmp_path / "counts.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8", ","), ("gb18030", ";")])
def test_table_saved_by_an_office(tidy, encoding, separator):
    """Encoding, separator and the order of rows do not matter."""
    path = tidy([TIDY[0], *TIDY[:0:-1], []], encoding, separator)

    read = read_counts_csv(path, NOW.county, ROSTER, NOW.period)

    assert NOW.counts == read
    assert list(NOW.counts) == list(read)


@pytest.mark.parametrize(
    ("column", "value", "kind", "expected"),
    [
        (1, "2022H2", FaultKind.UNKNOWN_VALUE, "2022H1"),
        (2, "部门单位", FaultKind.WRONG_GROUP, "镇办"),
        (3, "部门", FaultKind.UNKNOWN_VALUE, "镇办"),
        (4, "旧粮", FaultKind.UNKNOWN_UNIT, IN_ROSTER),
        (5, "公开", FaultKind.UNKNOWN_VALUE, "其中之一：政务公开、政务动态"),
        (6, "公开", FaultKind.UNKNOWN_VALUE, "政务公开"),
        (7, "", FaultKind.MISSING_VALUE, "0 或正整数"),
        (7, "1.5", FaultKind.NOT_WHOLE_NUMBER, "0 或正整数"),
        (7, "-1", FaultKind.NEGATIVE, "0 或正整数"),
    ],
)
def test_what_was_changed_in_a_row_is_told(tidy, column, value, kind, expected):
    """Every cell of a row is held against what was written; the fault names its place."""
    path = tidy(changed(TIDY, 2, column, value))

    assert [("counts.csv", 2, COLUMNS[column - 1], kind, value, expected)] == faults_of(
        read_counts_csv, path
    )


def test_unit_that_has_ended_is_told(tidy):
    """A unit of the roster that was not there in the period says when it was."""
    path = tidy(changed(TIDY, 2, 4, "旧粮站"))
    found = "旧粮站，“旧粮站”的有效期为至 2021H2，本期不在册"

    assert found == faults_of(read_counts_csv, path)[0][4]


def test_row_that_is_there_twice(tidy):
    """A second row of one unit and category is told with the first."""
    path = tidy([*TIDY, TIDY[1]])
    found = "甲镇 政务公开，第2行已有"

    assert [
        ("counts.csv", 8, "unit", FaultKind.DUPLICATE_UNIT, found, "每个单位、每个类别只占一行")
    ] == faults_of(read_counts_csv, path)


def test_row_that_is_missing(tidy):
    """The table is complete or faulty: nothing that is not there counts as 0."""
    path = tidy(TIDY[:-1])
    expected = "每个单位、每个类别各占一行"

    assert [
        ("counts.csv", None, None, FaultKind.MISSING_UNIT, "财政局 政务动态", expected)
    ] == faults_of(read_counts_csv, path)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (["unit", "count", "category"], FaultKind.MISSING_COLUMN),
        ([*COLUMNS, "unit"], FaultKind.DUPLICATE_COLUMN),
    ],
)
def test_header_is_whole(tidy, header, kind):
    """A column that is missing, or there twice, is told before any row is read."""
    kinds = {fault[3] for fault in faults_of(read_counts_csv, tidy([header, *TIDY[1:]]))}

    assert {kind} == kinds


def test_columns_that_are_not_ours_are_passed_over(tidy):
    """A note that somebody added beside a row changes nothing."""
    path = tidy([[*row, "备注"] for row in TIDY])

    assert NOW.counts == read_counts_csv(path, NOW.county, ROSTER, NOW.period)
