"""Headers of several rows, in tables and in ledgers, as texts and as merged cells."""

import pytest
from data_folders import COUNTS, bad, counts, faults, put, read_file
from hypothesis import given
from hypothesis import strategies as st
from office import COVERED, Cell, save_by_office

from zhashui_stats.errors import FaultKind
from zhashui_stats.loading import load_period
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.reading.blocks import Headings, find_blocks

ROWS = [["东河镇", 1, 2], ["西山镇", 3, 4], ["南坪镇", 5, 6]]
SERIAL = [[number, *row] for number, row in enumerate(ROWS, 1)]


@pytest.mark.parametrize(
    "header",
    [
        [["序号", "投稿单位", "报送篇数", ""], ["", "", "政务公开", "政务动态"]],
        [["序号", "投稿单位", "篇数", ""], ["", "", "政务公开", "政务动态"], ["", "", "篇", "篇"]],
        [["序号", "投稿单位", "政务公开", "政务动态"], ["", "", "（篇）", "（篇）"]],
        [["序号", "投稿单位", "政务公开", "报送"], ["", "", "", "政务动态"]],
        [["", "", "报送篇数", ""], ["序号", "投稿单位", "", ""], ["", "", "政务公开", "政务动态"]],
        [["标题"], ["序号", "单位名称", "", ""], ["", "", "政务公开", "政务动态信息"]],
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["towns.csv", "towns.xlsx"])
def test_a_header_of_several_rows(data, header, name):
    """What one row leaves open, the next one heads; units of measure below are no counts."""
    (data / "2022H1/towns.csv").unlink()
    put(data, [*header, *SERIAL], name)

    assert COUNTS == counts(data)
    assert [] == [note for note in read_file(data, name).notes if "序号" in note]


def test_two_blocks_with_a_header_of_two_rows(data):
    """Blocks side by side have their headings above as well."""
    put(data, [
        ["投稿单位", "篇数", "", "投稿单位", "篇数", ""],
        ["", "政务公开", "政务动态", "", "政务公开", "政务动态"],
        [*ROWS[0], *ROWS[1]], [*ROWS[2], "", "", ""],
    ])  # fmt: skip

    assert COUNTS == counts(data)


def test_faults_name_the_rows_of_the_spreadsheet(data):
    """Below a header of three rows, the first unit stands in row 4."""
    put(data, [["投稿单位", "篇数", ""], ["", "政务公开", "政务动态"], ["", "篇", "篇"],
               ["东河镇", 1, "x"], *ROWS[1:]])  # fmt: skip
    expected = "0 或正整数，没有投稿的可以留空"

    assert [bad(4, "政务动态", FaultKind.NOT_WHOLE_NUMBER, "x", expected)] == faults(data)


def test_merged_cells_of_libreoffice(data):
    """A title over all columns, headings over two rows and two columns, a row of units."""
    (data / "2022H1/towns.csv").unlink()
    save_by_office(data / "2022H1/towns.xlsx", {"镇办": [
        [Cell("某县统计表", across=5), *[COVERED] * 4],
        [Cell("序号", down=2), Cell("投稿单位", down=2), Cell("报送篇数", across=2), COVERED,
         Cell("备注", down=2)],
        [COVERED, COVERED, "政务公开", "政务动态", COVERED],
        ["", "", "篇", "篇", ""],
        *[[*row, ""] for row in SERIAL],
        [Cell("合计", across=2), COVERED, Cell(9, formula="SUM([.C5:.C7])"), 12, ""],
    ]})  # fmt: skip

    assert COUNTS == counts(data)
    assert 2 == read_file(data, "towns.xlsx").totals


def test_a_ledger_with_a_header_of_two_rows(data):
    """Dates stand under one heading; the first article stands in row 3."""
    for name in ("towns.csv", "bureaus.csv"):
        (data / "2022H1" / name).unlink()
    rows = [
        ["编号", "标题", "投稿单位", "类别", "日期", "", "状态"],
        ["", "", "", "", "投稿日期", "发布日期", ""],
        ["1", "甲", "东河镇", "政务公开", "2022-01-04", "2022-01-05", "采用"],
        ["2", "乙", "西山镇", "政务动态", "2022-01-04", "2022-02-30", "采用"],
    ]
    put(data, rows, "ledger.csv")
    [fault] = faults(data)
    put(data, rows[:-1], "ledger.csv")

    assert (4, "发布日期", FaultKind.NOT_A_DATE) == (fault.row, fault.column, fault.kind)
    assert 1 == load_period("2022H1", data).total()


COUNTY = County(
    "某县", "某县政府办", "篇", (Group("towns", "镇办"),),
    (Category("open", "公开"), Category("read", "解读"), Category("news", "动态")),
)  # fmt: skip


@given(st.lists(st.booleans(), min_size=5, max_size=5), st.permutations(range(5)))
def test_a_header_cut_into_two_rows(is_below, order):
    """However its cells are spread over two rows, the header is the same."""
    # A lone 序号 above a whole header is no part of it.
    is_below = [is_below[1], *is_below[1:]]
    header = [("序号", "单位", "公开", "解读", "动态")[place] for place in order]
    below = [is_below[place] for place in order]
    upper = tuple("" if low else cell for cell, low in zip(header, below, strict=True))
    lower = tuple(cell if low else "" for cell, low in zip(header, below, strict=True))
    row = tuple("甲" if cell == "单位" else "1" for cell in header)
    rows = [part for part in (upper, lower) if any(part)]
    blocks, faults = find_blocks((*rows, row), Headings(COUNTY, "towns"), "a.csv")

    assert ((), [len(rows)]) == (faults, [block.header for block in blocks])
    assert [tuple(header)] == [block.heading for block in blocks]
