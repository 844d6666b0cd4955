"""Headers of a period's tables: every shape in which the same figures may stand."""

import pytest
from data_folders import COUNTS, TOWNS, bad, counts, faults, put

from zhashui_stats.errors import FaultKind


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
    rows = [[row[place[name]] if name in place else None for name in header] for row in TOWNS[1:]]
    put(data, [header, *rows])

    assert faults(data) == [bad(1, column, FaultKind.DUPLICATE_COLUMN, found, "只留一列")]
