"""Indicators in a group's table: their columns, their totals, and what they say of each other."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.errors import FaultKind
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading.annex import Names, Place, read_annex
from zhashui_stats.reading.blocks import Headings
from zhashui_stats.reading.sheets import Percentage

TOWNS, BUREAUS = Group("towns", "镇办"), Group("bureaus", "部门")
COUNTY = County(
    "某县", "某办", "篇", (TOWNS, BUREAUS), (Category("open", "公开"), Category("news", "动态")),
    indicators=(
        Indicator("sent", "报送", "条", ("报送数",), includes="total"),
        Indicator("rate", "采用率", "%", decimals=1, formula=Formula.parse("100*total/sent")),
        Indicator("points", "得分", "分", decimals=1, formula=Formula.parse("min(open,3)+bonus")),
        Indicator("bonus", "加分", "分", decimals=2, negative=True, groups=("bureaus",)),
    ),
)  # fmt: skip
LETTERS = County(
    "某县", "某办", "篇", (TOWNS,), (Category("open", "公开"), Category("news", "动态")),
    indicators=(
        Indicator("ask", "咨询", "件", partition="来信类型", of="letters"),
        Indicator("sue", "投诉", "件", partition="来信类型", of="letters"),
        Indicator("letters", "来信", "件"),
        Indicator("short", "短稿", "篇", partition="篇幅"),
        Indicator("long", "长稿", "篇", partition="篇幅"),
    ),
)  # fmt: skip
ROSTER = Roster((
    Unit("甲镇", "towns"), Unit("乙镇", "towns"), Unit("丙镇", "towns"),
    Unit("丁局", "bureaus"), Unit("戊局", "bureaus"),
))  # fmt: skip
PERIOD = Period.parse("2022H1")
HEADER = ("单位", "公开", "动态", "报送", "采用率", "得分")
OTHER = (*HEADER, "加分")
DIFFERS, TOTAL = FaultKind.FORMULA_DIFFERS, FaultKind.TOTAL_DIFFERS
MISSING, BELOW, PARTS = FaultKind.MISSING_COLUMN, FaultKind.BELOW_PART, FaultKind.PARTS_DIFFER
RATE = "100×合计÷报送"


def read(*rows, group=TOWNS, county=COUNTY, optional=(), given=None):
    headings = Headings(county, group.id, optional)
    return read_annex(rows, "t.csv", group, headings, Names(ROSTER, PERIOD), given=given or {})


def faults(*rows, **more):
    return [
        (fault.row, fault.column, fault.kind, fault.found, fault.expected)
        for fault in read(*rows, **more).faults
    ]


# --- Columns ----------------------------------------------------------------------------------


def test_what_a_table_gives():
    """Counted indicators stand beside the counts, formulas nowhere; every place is kept."""
    annex = read(
        ("附件", None),
        ("加分", "采用率", "单位（全称）", "报送数（条）", "动态", "公开", "得分"),
        (None, "37.5%", "甲镇", "８", "2", 1, 1),
        (None, "", "乙镇", "", "", "", ""),
        ("好", "37.5", "合计", "8", "2", "1", "1.0"),
    )
    headers = {
        "open": "公开", "news": "动态", "sent": "报送数（条）", "rate": "采用率", "points": "得分",
    }  # fmt: skip

    assert {"甲镇": {"open": 1, "news": 2}, "乙镇": {"open": 0, "news": 0}} == annex.counts
    assert {"甲镇": {"sent": 8}, "乙镇": {"sent": 0}} == annex.figures
    assert {"甲镇": Place(3, headers), "乙镇": Place(4, headers)} == annex.places
    assert ([], 5) == (annex.faults, annex.totals)
    assert (
        "3个空白单元格按0计", "第1行“附件”在表头之上，未统计", "第1列“加分”未统计",
    ) == annex.notes  # fmt: skip


def test_decimals_and_signs_are_exact():
    """What a group alone has, with a total row of its own."""
    annex = read(
        OTHER,
        ("丁局", 5, 0, 5, 100, 2.9, -0.1),
        ("戊局", 1, 0, 4, Percentage(0.25), 1.2, "0.20"),
        ("合计", 6, 0, 9, 66.7, 4.1, 0.1),
        group=BUREAUS,
    )

    assert {"丁局": Fraction(-1, 10), "戊局": Fraction(1, 5)} == {
        name: row["bonus"] for name, row in annex.figures.items()
    }
    assert [] == annex.faults


@pytest.mark.parametrize(
    ("header", "group", "optional", "missing"),
    [
        (("单位", "公开", "动态"), TOWNS, (), [("报送", "一列“报送”（或报送数）")]),
        (("单位", "公开", "动态"), BUREAUS, (),
         [("报送", "一列“报送”（或报送数）"), ("加分", "一列“加分”")]),
        (("单位", "公开", "动态"), BUREAUS, {"sent"}, [("加分", "一列“加分”")]),
        (("单位", "公开", "动态"), TOWNS, {"sent"}, []),
        (("单位", "报送", "动态"), TOWNS, (), [("公开", "一列“公开”")]),
    ],
)  # fmt: skip
def test_which_columns_must_be_there(header, group, optional, missing):
    """Counted ones of the group that no ledger gives; formulas never."""
    row = ("甲镇" if group is TOWNS else "丁局", 0, 0)

    assert [
        (1, name, MISSING, "、".join(header), expected) for name, expected in missing
    ] == faults(header, row, group=group, optional=optional)


def test_an_indicator_makes_no_header():
    """A row of names and rates above the table is a title like any other."""
    annex = read(("单位", "采用率"), HEADER, ("甲镇", 1, 2, 8, "", ""))

    assert [] == annex.faults
    assert {"甲镇": {"sent": 8}} == annex.figures


def test_blocks_side_by_side_and_above_each_other():
    """Each has its own columns, in its own order; a formula may stand in one of them only."""
    annex = read(
        ("序号", "单位", "公开", "动态", "报送", "序号", "单位", "报送", "公开", "动态", "采用率"),
        (1, "甲镇", 1, 2, 8, 2, "乙镇", 4, 1, 0, "25%"),
        ("单位", "得分", "公开", "动态", "报送"),
        ("丙镇", 3, 7, 0, 9),
        ("总计", "5", 9, 2, 21),
    )

    assert ([], {"甲镇": 8, "乙镇": 4, "丙镇": 9}) == (
        annex.faults, {name: row["sent"] for name, row in annex.figures.items()},
    )  # fmt: skip


def test_a_block_that_lacks_a_needed_column():
    """It is told at that block, and the column's total is not judged."""
    rows = (HEADER, ("甲镇", 1, 0, 1), ("单位", "公开", "动态"), ("乙镇", 0, 0), (), HEADER,
            ("合计", 1, 0, 77, "1%"))  # fmt: skip

    assert [(3, "报送", MISSING, "单位、公开、动态", "一列“报送”（或报送数）")] == faults(*rows)


def test_a_column_that_stands_twice():
    """Counted or worked out."""
    header = (*HEADER, "报送数（条）", "采 用 率")
    found = [(column, kind) for _, column, kind, *_ in faults(header, ("甲镇", 0, 0, 0))]

    double = FaultKind.DUPLICATE_COLUMN
    assert [("报送数（条）", double), ("采 用 率", double)] == found


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (("", None, "", 3), FaultKind.UNKNOWN_UNIT),
        (("", None, "", 0, "#DIV/0!"), None),
        (("注：甲", None, "", ""), None),
        (("火星", None, "", "4"), FaultKind.UNKNOWN_UNIT),
    ],
)
def test_rows_of_nobody(row, kind):
    """A counted indicator makes a row somebody's; a formula that was filled down does not."""
    found = [fault.kind for fault in read(HEADER, ("甲镇", 1, 2, 3), row).faults]

    assert ([kind] if kind else []) == found


def test_a_table_that_is_not_filled_in():
    """Cells of counted indicators are such as those of categories."""
    header = HEADER[:4]

    assert ("全部6个数都是空白，一律按0计，像是还没有填写",) == read(
        header, ("甲镇",), ("乙镇",), ("合计",)
    ).alerts
    assert () == read(header, ("甲镇", "", "", 0), ("乙镇",)).alerts


# --- Cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cell", "kind", "expected"),
    [
        ("报送", "3.5", FaultKind.NOT_WHOLE_NUMBER, "不小于0的整数，没有的可以留空"),
        ("报送", -3, FaultKind.NEGATIVE, "不小于0的整数，没有的可以留空"),
        ("加分", "1分", FaultKind.NOT_A_NUMBER, "数，至多2位小数，没有的可以留空"),
        ("加分", 0.125, FaultKind.TOO_MANY_DECIMALS, "数，至多2位小数，没有的可以留空"),
        ("加分", "=1+1", FaultKind.NO_CACHED_VALUE,
         "公式的计算结果；请用 Excel 或 WPS 打开、重算后保存，或改填数字"),
        ("采用率", "全部", FaultKind.NOT_A_NUMBER, "由公式算出的数，或者留空；除数为0的写“—”"),
    ],
)  # fmt: skip
def test_a_cell_that_holds_no_amount(header, cell, kind, expected):
    """It is told once; its total, and what is worked out from it, are not judged."""
    row = dict.fromkeys(OTHER, 0) | {"单位": "丁局", "采用率": "", "得分": "", header: cell}
    total = dict.fromkeys(OTHER, 0) | {"单位": "合计", "采用率": "", "得分": "", header: "99"}
    if header == "采用率":
        total[header] = ""

    assert [(2, header, kind, str(cell), expected)] == faults(
        OTHER, tuple(row.values()), tuple(total.values()), group=BUREAUS
    )


def test_what_rests_on_a_faulty_cell_is_not_judged():
    """What does not is."""
    rows = (OTHER, ("丁局", "x", 1, 5, 99, 99, 0), ("戊局", 2, 0, "y", 99, 99, 0),
            ("合计", 9, 1, 3, 99, 99, 0))  # fmt: skip

    assert [
        (2, "公开", FaultKind.NOT_WHOLE_NUMBER), (3, "报送", FaultKind.NOT_WHOLE_NUMBER),
        (3, "得分", DIFFERS),
    ] == [fault[:3] for fault in faults(*rows, group=BUREAUS)]  # fmt: skip


# --- Formulas ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "printed"),
    [
        (7, "42.9"), (7, "42.86%"), (7, "43"), (7, 42.8571428571429), (7, 300 / 7),
        (7, Percentage(3 / 7)), (7, Percentage(0.43)), (7, "42.857143"), (7, ""), (8, "37.5"),
        (8, "38"), (8, "37.50"), (3, 100), (3, "100.0%"),
    ],
)  # fmt: skip
def test_a_formulas_cell_that_agrees(sent, printed):
    """At the precision that it prints, half up, noise of binary numbers aside."""
    assert [] == faults(HEADER, ("甲镇", 1, 2, sent, printed))


@pytest.mark.parametrize(
    ("sent", "printed", "found", "expected"),
    [
        (7, "42.8", "42.8", "42.9%"), (7, "42", "42", "42.9%"), (7, 0.43, "0.43", "42.86%"),
        (7, Percentage(0.42), "42", "42.9%"), (8, "37", "37", "37.5%"), (8, "—", "—", "37.5%"),
        (8, "#DIV/0!", "—", "37.5%"), (7, "42.90", "42.90", "42.86%"),
        (8, "-37.5", "-37.5", "37.5%"), (7, "42.857142", "42.857142", "42.857143%"),
    ],
)  # fmt: skip
def test_a_formulas_cell_that_differs(sent, printed, found, expected):
    """It is told with the amount and where that comes from."""
    assert [(2, "采用率", DIFFERS, found, f"{expected}，即{RATE}")] == faults(
        HEADER, ("甲镇", 1, 2, sent, printed)
    )


def test_what_is_undefined():
    """A dash is right and a number wrong; a dash stands for 0 as well."""
    assert [] == faults(HEADER, ("甲镇", 0, 0, 0, "—", "—"), ("合计", 0, 0, 0, "#DIV/0!"))
    assert [
        (2, "采用率", DIFFERS, "0", f"—，除数为0，即{RATE}"),
        (3, "采用率", DIFFERS, "0.0", f"—，除数为0，即{RATE}"),
    ] == faults(HEADER, ("甲镇", 0, 0, 0, "0%"), ("合计", 0, 0, 0, "0.0"))


def test_totals_of_formulas():
    """A rate comes from the totals of the rows covered, points are added up: caps hold for each."""
    rows = (
        ("甲镇", 9, 0, 10, "90", "3"), ("小计", 9, 0, 10, 90, 3),
        ("乙镇", 2, 0, 90, "2.2", 2), ("小计", 2, "", 90, "2.2%", "2.0"),
    )  # fmt: skip

    assert [] == faults(HEADER, *rows, ("合计", 11, 0, 100, "11%", 5))
    assert [
        (6, "采用率", DIFFERS, "46.1", f"11.0%，即{RATE}"),
        (6, "得分", DIFFERS, "3", "5.0分，即（公开，最多3）＋加分"),
    ] == faults(HEADER, *rows, ("合计", 11, 0, 100, "46.1", 3))


def test_totals_of_counted_indicators():
    """They add up as counts do."""
    assert [(3, "加分", TOTAL, "0.10", "−0.25")] == faults(
        OTHER, ("丁局", 0, 0, 0, "", "", -0.25), ("合计", 0, 0, 0, "", "", "0.1"), group=BUREAUS
    )


# --- What includes what, and partitions ---------------------------------------------------------


def test_no_unit_is_below_what_it_includes():
    """The same is enough; another column may hold as much as it will."""
    rows = (("甲镇", 1, 2, 3), ("乙镇", 1, 2, 2), ("丙镇", 1, "x", 0))

    assert [
        (3, "报送", BELOW, "2条", "不小于“合计”的3篇"),
        (4, "动态", FaultKind.NOT_WHOLE_NUMBER, "x", "0 或正整数，没有投稿的可以留空"),
    ] == faults(HEADER, *rows)


def test_parts_add_up():
    """To what they divide, each unit's on their own; a faulty cell leaves its partition alone."""
    header = ("单位", "公开", "动态", "咨询", "投诉", "来信", "短稿", "长稿")

    assert [
        (3, "咨询", PARTS, "咨询1＋投诉2＝3件", "来信类型各部分之和等于“来信”的4件"),
        (3, "短稿", PARTS, "短稿0＋长稿1＝1篇", "篇幅各部分之和等于“合计”的3篇"),
        (4, "投诉", FaultKind.NOT_WHOLE_NUMBER, "x", "不小于0的整数，没有的可以留空"),
    ] == faults(
        header, ("甲镇", 1, 2, 1, 2, 3, 3, ""), ("乙镇", 1, 2, 1, 2, 4, "", 1),
        ("丙镇", 0, 0, 5, "x", 9, 0, 0), county=LETTERS,
    )  # fmt: skip


# --- What a ledger gives ----------------------------------------------------------------------


def test_what_a_ledger_gives_stands_in_for_a_column():
    """Formulas rest on it; where it gives nothing, they are not judged."""
    rows = (("单位", "公开", "动态", "采用率"), ("甲镇", 1, 2, "30%"), ("乙镇", 1, 2, "99"))

    assert [] == faults(*rows, optional={"sent"})
    assert [(3, "采用率", DIFFERS, "99", f"50.0%，即{RATE}")] == faults(
        *rows, optional={"sent"}, given={"甲镇": {"sent": 10}, "乙镇": {"sent": 6}}
    )


# --- Properties -------------------------------------------------------------------------------


@given(
    st.permutations(range(len(OTHER))),
    st.permutations(range(2)),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 20),
                       st.integers(-99, 99)), min_size=2, max_size=2),
)  # fmt: skip
def test_the_order_of_rows_and_columns_never_matters(columns, order, cells):
    """Whichever way a table is arranged, it gives the same figures and the same faults."""
    rows = [
        (name, opened, news, sent, "50", "4", f"{bonus / 100:.2f}")
        for name, (opened, news, sent, bonus) in zip(("丁局", "戊局"), cells, strict=True)
    ]
    plain = read(OTHER, *rows, group=BUREAUS)
    arranged = [tuple(row[place] for place in columns) for row in
                (OTHER, *(rows[place] for place in order))]  # fmt: skip
    other = read(*arranged, group=BUREAUS)

    assert (plain.counts, plain.figures) == (other.counts, other.figures)
    assert sorted((fault.column, fault.found) for fault in plain.faults) == sorted(
        (fault.column, fault.found) for fault in other.faults
    )


AMOUNTS = st.tuples(
    st.integers(0, 999), st.integers(0, 999_999), st.integers(0, 999_999), st.integers(-9999, 9999)
)
SPELLINGS = st.sampled_from([
    str, "{:,}".format, "{:.2f}".format, lambda number: f" {number}\u3000", float,
    lambda number: str(number).replace("-", "−"),
    lambda number: str(number).translate({code: code + 0xFEE0 for code in range(33, 127)}),
])  # fmt: skip


@given(st.lists(AMOUNTS, min_size=2, max_size=2), st.lists(SPELLINGS, min_size=8, max_size=8))
def test_every_spelling_of_a_table_reads_the_same(cells, spell):
    """What is written to a table is read from it, however its numbers are spelt."""
    exact = [(*row[:3], Decimal(row[3]) / 100) for row in cells]
    spelt = iter(spell)
    rows = [
        ("丁局", *(next(spelt)(number) for number in exact[0])),
        ("戊局", *(next(spelt)(number) for number in exact[1])),
    ]
    annex = read(("单位", "公开", "动态", "报送", "加分"), *rows, group=BUREAUS)

    assert [row[:2] for row in exact] == [tuple(row.values()) for row in annex.counts.values()]
    assert [(row[2], Fraction(row[3])) for row in exact] == [
        tuple(row.values()) for row in annex.figures.values()
    ]
    assert {fault.kind for fault in annex.faults} <= {BELOW}


@pytest.mark.parametrize(
    ("printed", "found"), [("—", []), ("", []), ("0", [(3, "采用率", DIFFERS)])]
)
def test_totals_of_no_unit(printed, found):
    """Nothing was divided by nothing: a blank table may say so."""
    rows = (HEADER, ("小计", 0, 0, 0, "—", 0), ("小计", "", "", "", printed), ("甲镇", 1, 2, 3))

    assert found == [fault[:3] for fault in faults(*rows)]
    assert [] == faults(*rows[:2], group=Group("none", "无"))
