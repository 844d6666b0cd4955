"""Numbers in a unit's row that no column claims, and texts with separators that are none."""

import pytest
from data_folders import TOWNS, bad, counts, faults, put, read_file

from zhashui_stats.errors import FaultKind

STRAY = FaultKind.STRAY_NUMBER
BARE = "有表头的列里的数；请补上第4列的表头，或删去这个数"
HEAD = "投稿单位,政务公开,政务动态"
ROWS = ["东河镇,1,2", "西山镇,3,4", "南坪镇,5,6"]


def put_text(data, *lines, name="towns.csv"):
    (data / "2022H1" / name).write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize(
    ("line", "found", "expected"),
    [
        (
            "西山镇,1,1,234",
            "第4列的 234",
            "没有分隔符的数；“1,234”请写成 1234，或用英文双引号括起",
        ),
        (
            "西山镇,1,234,5",
            "第4列的 5",
            "没有分隔符的数；“1,234”请写成 1234，或用英文双引号括起",
        ),
        ("西山镇,1,234,", "比表头多1格", "没有分隔符的数；“1,234”请写成 1234，或用英文双引号括起"),
        ("西山镇,3,4,5", "第4列的 5", BARE),
        ("西山镇,3,4,-0.5", "第4列的 -0.5", BARE),
        ("西山镇,3，4", "比表头少1格", "用英文逗号分隔的各列；“3，4”里的是中文逗号"),
        ("西山镇，3，4", "比表头少2格", "用英文逗号分隔的各列；“西山镇，3，4”里的是中文逗号"),
    ],
)
def test_a_row_with_a_separator_too_many_or_too_few(data, line, found, expected):
    """Cut at its thousands separator, one number more, a Chinese comma: told with the row."""
    put_text(data, HEAD, ROWS[0], line, ROWS[2])

    assert bad(3, None, STRAY, found, expected) in faults(data)


@pytest.mark.parametrize("name", ["towns.csv", "towns.xlsx"])
def test_a_column_of_numbers_without_a_header(data, name):
    """It is told once, at the header, in a text and in a workbook."""
    (data / "2022H1/towns.csv").unlink()
    put(data, [TOWNS[0], *([*row, 7] for row in TOWNS[1:])], name)

    assert [bad(1, None, STRAY, "第4列没有表头，下面有数，如 7", BARE, f"2022H1/{name}")] == faults(
        data
    )


def test_what_stands_beside_the_headed_columns_and_is_no_slip(data):
    """Serial numbers without a header, a column of remarks, notes, an even trailing comma."""
    put(data, [
        ["", *TOWNS[0], "电话", ""],
        *([n, *row, 4321000, "见附件"] for n, row in enumerate(TOWNS[1:], 1)),
    ])  # fmt: skip

    assert {"东河镇": (1, 2), "西山镇": (3, 4), "南坪镇": (5, 6)} == counts(data)


def test_a_short_row_is_noted(data):
    """Cells that are missing at a row's end count 0, and the row is named."""
    put_text(data, HEAD, "东河镇,1", *ROWS[1:])

    assert (1, 0) == counts(data)["东河镇"]
    assert "第2行比表头少几格，少的按0计" in read_file(data, "towns.csv").notes


@pytest.mark.parametrize("mark", ["，", "；", "、", "|"])
def test_a_text_with_another_separator(data, mark):
    """A mark that separates nothing is told, with the row of the header."""
    put_text(data, "某县统计表", *(line.replace(",", mark) for line in (HEAD, *ROWS)))
    expected = f"用英文逗号、制表符或分号分隔的表格；可把“{mark}”全部替换为英文逗号"

    assert [bad(2, None, FaultKind.UNREADABLE_FILE, f"各列用“{mark}”隔开", expected)] == faults(
        data
    )


def test_a_ledger_with_another_separator(data):
    """It is told alike."""
    head = "标题，投稿单位，类别，发布日期，状态"
    put_text(data, head, "甲，东河镇，政务公开，2022-01-05，采用", name="ledger.csv")
    expected = "用英文逗号、制表符或分号分隔的表格；可把“，”全部替换为英文逗号"

    assert [
        bad(1, None, FaultKind.UNREADABLE_FILE, "各列用“，”隔开", expected, "2022H1/ledger.csv")
    ] == faults(data)
