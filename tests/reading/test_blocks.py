"""Blocks of a table: where each begins and ends, and every word of what is wrong with a header."""

from dataclasses import replace

import pytest

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.reading.blocks import Block, Headings, TableColumn, find_blocks

COUNTY = County(
    "某县", "某县人民政府办公室", "篇", (Group("towns", "镇办"),),
    (Category("open", "公开"), Category("news", "动态", ("动态信息", "动态类"))),
)  # fmt: skip
HEADINGS = Headings(COUNTY)
MISSING, DOUBLE = FaultKind.MISSING_COLUMN, FaultKind.DUPLICATE_COLUMN
NAME = "一列“投稿单位”（或单位、单位名称、报送单位）"
OPEN, NEWS = "一列“公开”", "一列“动态”（或动态信息、动态类）"


def find(*rows):
    """Return the blocks, each as header row, last row and places of its columns; and faults."""
    blocks, faults = find_blocks(rows, HEADINGS, "towns.csv")
    told = [(fault.row, fault.column, fault.kind, fault.found, fault.expected) for fault in faults]
    return [
        (
            block.header,
            block.last,
            *(column and column.index for column in (block.name, block.serial)),
            {name: column.index for name, column in block.categories.items()},
        )
        for block in blocks
    ], told


def test_a_block_keeps_its_headers_as_they_stand():
    """A column is named by its header as the table has it."""
    rows = (
        ("附件1",),
        (),
        (" 序 号", "单位（简称）", "动 态\n信息", None, "公开（篇）"),
        ("1", "甲"),
    )
    categories = {"news": TableColumn(2, "动 态\n信息"), "open": TableColumn(4, "公开（篇）")}
    block = Block(3, 4, TableColumn(1, "单位（简称）"), TableColumn(0, "序 号"), categories)

    assert ((block,), ()) == find_blocks(rows, HEADINGS, "towns.csv")
    assert (
        TableColumn(1, "单位（简称）"),
        TableColumn(0, "序 号"),
        *categories.values(),
    ) == block.columns


def test_columns_of_a_block_without_names():
    """Only columns that are there are ours."""
    [block], _ = find_blocks((("公开", "x", "动态"),), HEADINGS, "towns.csv")

    assert (TableColumn(0, "公开"), TableColumn(2, "动态")) == block.columns


@pytest.mark.parametrize(("index", "cell"), [(0, "甲"), (1, 0), (2, None), (9, None)])
def test_a_cell_beyond_the_row_is_blank(index, cell):
    """Rows may be shorter than their header."""
    assert cell == TableColumn(index, "x").of(("甲", 0))


@pytest.mark.parametrize(
    ("header", "blocks"),
    [
        (("单位", "公开", "动态") * 3,
         [(0, None, {"open": 1, "news": 2}), (3, None, {"open": 4, "news": 5}),
          (6, None, {"open": 7, "news": 8})]),
        (("序号", "单位", "公开", "动态") * 3,
         [(1, 0, {"open": 2, "news": 3}), (5, 4, {"open": 6, "news": 7}),
          (9, 8, {"open": 10, "news": 11})]),
        (("公开", "动态", "单位") * 3,
         [(2, None, {"open": 0, "news": 1}), (5, None, {"open": 3, "news": 4}),
          (8, None, {"open": 6, "news": 7})]),
        (("单位", "公开", "动态", None, "序号", "x", "单位", "y", "动态类", "公开", ""),
         [(0, None, {"open": 1, "news": 2}), (6, 4, {"news": 8, "open": 9})]),
        (("单位", "序号", "公开", "动态") * 2,
         [(0, 1, {"open": 2, "news": 3}), (4, 5, {"open": 6, "news": 7})]),
        (("公开", "动态", "序号", "单位") * 2,
         [(3, 2, {"open": 0, "news": 1}), (7, 6, {"open": 4, "news": 5})]),
        (("公开", "单位", "动态"), [(1, None, {"open": 0, "news": 2})]),
        (("公开", "单位", "动态", "单位", "公开", "动态"),
         [(1, None, {"open": 0, "news": 2}), (3, None, {"open": 4, "news": 5})]),
    ],
)  # fmt: skip
def test_blocks_side_by_side(header, blocks):
    """There are as many as name columns, each with the columns that stand by its names."""
    assert ([(1, 1, *block) for block in blocks], []) == find(header)


def test_blocks_above_each_other():
    """Each ends before the next header; the last, and those beside it, with the table."""
    header, other = ("单位", "公开", "动态"), ("动态信息", "公开", "报送单位")
    rows = (("表",), header * 2, ("甲", 1, 2, "乙", 3, 4), other, (1, 2, "丙"), ("注",))
    columns = {"open": 1, "news": 2}

    assert (
        [
            (2, 3, 0, None, columns), (2, 3, 3, None, {"open": 4, "news": 5}),
            (4, 6, 2, None, {"news": 0, "open": 1}),
        ],
        [],
    ) == find(*rows)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        ((), []),
        (((), ("甲", 1, None)), []),
        ((("序号", "甲"), ("序号",)), []),
        ((("单位",), ("公开", "动态")), [2]),
        ((("单位", "投稿单位"), ("单位",)), [1]),
        ((("x",), ("公开", "x"), ("单位",)), [2]),
        ((("序号", "单位"), ("单位", "公开"), (), ("单位", "动态")), [2, 4]),
    ],
)
def test_header_rows(rows, numbers):
    """Two different columns make a header; without one it is the first row with one of them."""
    assert numbers == HEADINGS.header_rows(rows)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((), 0), (("序号",), 0), (("单位", "单位名称"), 1), (("单位", "公开", "动态类", "序号"), 3),
        ((7, None, 3.5), 0),
    ],
)  # fmt: skip
def test_how_much_of_a_header_a_row_is(row, expected):
    """Different columns count, each once; the serial number does not."""
    assert expected == HEADINGS.score(row)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((), ""),
        (((), (None, " "), ("甲", None, 7, " "), ("乙",)), "甲、7"),
        ((("长" * 79, "末"),), "长" * 79 + "、"),
        ((("长" * 80,),), "长" * 80),
    ],
)
def test_no_header(rows, found):
    """It is told what the first filled row holds, and what a header would."""
    fault = Fault("t.csv", None, None, MISSING, found, "一行表头：投稿单位、公开、动态")

    assert ((), (fault,)) == find_blocks(rows, HEADINGS, "t.csv")


@pytest.mark.parametrize(
    ("header", "faults"),
    [
        (("单位", "动态", None, "x"),
         [("公开", MISSING, "单位、动态、x", OPEN)]),
        (("公开", "动态"), [("投稿单位", MISSING, "公开、动态", NAME)]),
        (("单位",), [("公开", MISSING, "单位", OPEN), ("动态", MISSING, "单位", NEWS)]),
        (("公开", "动态类", "动态", "单位"),
         [("动态", DOUBLE, "“动态类”和“动态”指同一列", "只留一列")]),
        (("序号", "单位", "公开", "动态", "序 号"),
         [("序 号", DOUBLE, "“序号”和“序 号”指同一列", "只留一列")]),
        (("单位", "公开", "动态", "单位", "公开", "公开（篇）"),
         [("公开（篇）", DOUBLE, "“公开”和“公开（篇）”指同一列", "只留一列"),
          ("动态", MISSING, "单位、公开、动态、单位、公开、公开（篇）", NEWS)]),
        (("单位", "单位名称", "报送单位", "公开", "动态"),
         [("单位名称", DOUBLE, "“单位”和“单位名称”指同一列", "只留一列"),
          ("报送单位", DOUBLE, "“单位”和“报送单位”指同一列", "只留一列")]),
    ],
)  # fmt: skip
def test_faults_of_a_header(header, faults):
    """What is missing, and what is there twice: the first one counts."""
    assert [(1, *fault) for fault in faults] == find(header)[1]


def test_a_fault_is_told_by_its_header_row():
    """Of two headers the one that is wrong is named, in the order of the rows."""
    rows = (("单位", "公开"), ("甲", 1), ("单位", "动态"))

    assert [
        (1, "动态", MISSING, "单位、公开", NEWS), (3, "公开", MISSING, "单位、动态", OPEN),
    ] == find(*rows)[1]  # fmt: skip


# --- Indicators -------------------------------------------------------------------------------

INDICATED = replace(
    COUNTY,
    groups=(Group("towns", "镇办"), Group("bureaus", "部门")),
    indicators=(
        Indicator("sent", "报送", "条", ("报送数",)),
        Indicator("rate", "采用率", "%", formula=Formula.parse("100 * total / sent")),
        Indicator("bonus", "加分", "分", groups=("bureaus",)),
    ),
)  # fmt: skip
ROW = ("采用率（%）", "加分", "单位", "公开", "动态", "报送数")


@pytest.mark.parametrize(
    ("group", "given", "needed", "indicators"),
    [
        ("towns", (), ["报送"], {"sent": 5}),
        ("bureaus", (), ["报送", "加分"], {"bonus": 1, "sent": 5}),
        ("bureaus", {"sent"}, ["加分"], {"bonus": 1, "sent": 5}),
        (None, (), [], {"bonus": 1, "sent": 5}),
    ],
)
def test_columns_of_indicators(group, given, needed, indicators):
    """Those of the group are ours, counted ones and formulas apart; what no ledger gives is due."""
    headings = Headings(INDICATED, group, given)
    [block], faults = find_blocks((ROW,), headings, "t.csv")
    _, missing = find_blocks((ROW[2:5],), headings, "t.csv")

    assert ((), indicators, {"rate": 0}) == (
        faults,
        {name: column.index for name, column in block.indicators.items()},
        {name: column.index for name, column in block.formulas.items()},
    )
    assert needed == [fault.column for fault in missing]
    assert list(block.figures) == ["open", "news", *indicators, "rate"]


def test_indicators_do_not_score():
    """A row is a header by names and categories, as it was without indicators."""
    assert 3 == Headings(INDICATED, "towns").score(ROW)
    assert 1 == Headings(INDICATED, "towns").score(("单位", "报送", "采用率"))


def test_a_table_without_header_is_told_all_that_is_needed():
    """Its indicators among it."""
    _, [fault] = find_blocks((("x",),), Headings(INDICATED, "bureaus"), "t.csv")

    assert "一行表头：投稿单位、公开、动态、报送、加分" == fault.expected
