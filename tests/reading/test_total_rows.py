"""Rows and columns that add others up, under the names that offices give them; signatures."""

import pytest
from data_folders import COUNTS, COUNTY, counts, faults, put, read_file

from zhashui_stats.errors import FaultKind

HEAD = ["序号", "投稿单位", "政务公开", "政务动态"]
ROWS = [[number, name, *COUNTS[name]] for number, name in enumerate(COUNTS, 1)]


@pytest.mark.parametrize(
    "label",
    [
        "合计",
        "共计",
        "全县合计",
        "镇办合计",
        "合计数",
        "本县总计",
        "某县合计",
        "合 计：",
        "合计（篇）",
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_rows_that_declare_totals(data, label, place):
    """They are checked under any of these names, also where they stand under 序号."""
    cells = ["", label] if place else [label, ""]
    put(data, [HEAD, *ROWS, [*cells, 9, 13]])
    [fault] = faults(data)
    put(data, [HEAD, *ROWS, [*cells, 9, 12]])

    told = (5, "政务动态", FaultKind.TOTAL_DIFFERS, "13", "12")
    assert told == (fault.row, fault.column, fault.kind, fault.found, fault.expected)
    assert (COUNTS, 2) == (counts(data), read_file(data, "towns.csv").totals)


@pytest.mark.parametrize("header", ["合计", "总计", "合计（篇）", "合计数", "共 计"])
def test_a_column_that_declares_totals(data, header):
    """Each row adds up, that of the totals as well; a blank one declares nothing."""
    sums = [3, "", 11, 21]
    rows = [[*row, sum_] for row, sum_ in zip([*ROWS, ["", "合计", 9, 12]], sums, strict=True)]
    put(data, [[*HEAD, header], *rows])
    assert COUNTS == counts(data)
    assert [] == [note for note in read_file(data, "towns.csv").notes if "第5列" in note]

    put(data, [[*HEAD, header], [*ROWS[0], 4], *rows[1:3], [*rows[3][:4], 22]])
    assert [
        (2, "4", "3，即政务公开＋政务动态"), (5, "22", "21，即政务公开＋政务动态"),
    ] == [(fault.row, fault.found, fault.expected) for fault in faults(data)]  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        ["填表人：张三　审核人：李四"],
        ["", "填表人：张三", "审核人：", "李四"],
        ["填表人：", "张三", "联系电话：", "4321000"],
        ["", "", "", "填报日期：2022年7月8日"],
    ],
)
def test_signatures_are_passed_over(data, cells):
    """Who filled a table in is nobody's count, and is noted."""
    put(data, [HEAD, *ROWS, ["", "合计", 9, 12], cells])

    assert COUNTS == counts(data)
    assert ["第6行"] == [note[:3] for note in read_file(data, "towns.csv").notes]


def test_totals_of_blocks_side_by_side(data):
    """Each block with a 合计 of its own: one fault, which says what such a row is called."""
    rows = [["投稿单位", "政务公开", "政务动态"] * 2, [*ROWS[0][1:], *ROWS[2][1:]],
            [*ROWS[1][1:], "", "", ""]]  # fmt: skip
    put(data, [*rows, ["合计", 4, 6, "合计", 5, 6]])
    [fault] = faults(data)
    put(data, [*rows, ["小计", 4, 6, "小计", 5, 6], ["", "", "", "合计", 9, 12]])

    told = (4, "投稿单位", FaultKind.TOTAL_DIFFERS, "小计（只管本栏）；合计管全组各栏")
    assert told == (fault.row, fault.column, fault.kind, fault.expected)
    assert COUNTS == counts(data)


def test_names_of_totals_name_no_unit(data):
    """A roster's unit cannot be called so."""
    text = (data / "units.csv").read_text("utf-8").replace("西山镇", "共计")
    (data / "units.csv").write_text(text, "utf-8")

    assert "共计" not in COUNTY
    assert FaultKind.BAD_SETTING in [fault.kind for fault in faults(data)]
