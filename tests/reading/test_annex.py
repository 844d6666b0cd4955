"""One group's table to the letter: what it gives, every fault, every note, and no more."""

import pytest

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading.annex import Annex, Names, Place, read_annex
from zhashui_stats.reading.blocks import Headings
from zhashui_stats.reading.sheets import Formula, say_cell

PERIOD = Period.parse("2022H1")
TOWNS, VILLAGES = Group("towns", "镇办"), Group("villages", "村")
COUNTY = County(
    "某县", "某县人民政府办公室", "篇", (TOWNS, Group("bureaus", "部门"), VILLAGES),
    (Category("open", "公开"), Category("news", "动态")),
)  # fmt: skip
ROSTER = Roster((
    Unit("东河镇", "towns"), Unit("西山镇", "towns", "", ("西山乡",)), Unit("南坪镇", "towns"),
    Unit("财政局", "bureaus"), Unit("旧粮站", "bureaus", until=Period.parse("2021H2")),
    Unit("新数据局", "towns", since=Period.parse("2023H1"), until=Period.parse("2024")),
))  # fmt: skip
NAMES = Names(ROSTER, PERIOD)
HEADER = ("单位", "公开", "动态")
SERIAL = ("序号", *HEADER)
COUNT = "0 或正整数，没有投稿的可以留空"
CACHED = "公式的计算结果；请用 Excel 或 WPS 打开、重算后保存，或改填数字"
SAFE = "不含斜杠和控制字符、不以 = + - @ 开头的名称"
IN_ROSTER = "名册 units.csv 中 2022H1 在册的单位"
FORMULA = Formula.WITHOUT_VALUE


def read(*rows, names=NAMES, group=TOWNS):
    return read_annex(rows, "towns.csv", group, Headings(COUNTY), names)


def faults(*rows, **more):
    return [
        (fault.row, fault.column, fault.kind, fault.found, fault.expected)
        for fault in read(*rows, **more).faults
    ]


def bad(row, column, kind, found, expected):
    return Fault("towns.csv", row, column, kind, found, expected)


def differs(row, column, declared, counted):
    return row, column, FaultKind.TOTAL_DIFFERS, declared, counted


def test_all_that_a_table_gives():
    """Counts and their places, what was passed over, what is wrong, in the order of the rows."""
    rows = (
        ("合成数据：试用",),
        ("序号", "单位", "公开", "动态", "备注"),
        ("1", "东河镇", 1, "", "好"),
        ("2", "西山乡", "x", -2),
        ("3", "火星", 5, FORMULA),
        ("4", "财政局", 1, 1),
        ("5", "南平镇", None, 0),
        ("", "合计", 1, "一"),
        (),
        ("注：截至6月",),
        ("6", "东河镇", 2, 3),
    )
    places = {
        name: Place(row, {"open": "公开", "news": "动态"})
        for name, row in (("东河镇", 3), ("西山镇", 4))
    }

    assert read(*rows) == Annex(
        "towns.csv",
        counts={"东河镇": {"open": 1, "news": 0}, "西山镇": {}},
        places=places,
        misplaced={"财政局"},
        strangers=[(), ("南坪镇",)],
        rows=6,
        totals=0,
        notes=(
            "2个空白单元格按0计",
            "第1行“合成数据：试用”在表头之上，未统计",
            "第10行“注：截至6月”未统计",
            "第9行是空行",
            "第5列“备注”未统计",
        ),
        is_synthetic=True,
        faults=[
            bad(4, "公开", FaultKind.NOT_WHOLE_NUMBER, "x", COUNT),
            bad(4, "动态", FaultKind.NEGATIVE, "-2", COUNT),
            bad(5, "动态", FaultKind.NO_CACHED_VALUE, "没有计算结果的公式", CACHED),
            bad(5, "单位", FaultKind.UNKNOWN_UNIT, "火星", IN_ROSTER),
            bad(
                6, "单位", FaultKind.WRONG_GROUP, "财政局", "镇办的单位；“财政局”应列入 bureaus 表"
            ),
            bad(7, "单位", FaultKind.UNKNOWN_UNIT, "南平镇", f"{IN_ROSTER}，最接近的是：南坪镇"),
            bad(8, "动态", FaultKind.NOT_WHOLE_NUMBER, "一", COUNT),
            bad(
                11,
                "单位",
                FaultKind.DUPLICATE_UNIT,
                "东河镇，第3行已有“东河镇”",
                "每个单位只占一行",
            ),
        ],
    )


def test_faults_come_in_the_order_of_the_rows():
    """Headers are read before cells, and told among them; what has no row is told last."""
    rows = (("单位", "公开"), ("东河镇", "x"), ("单位", "公开", "动态"), ("西山镇", "y", 0))

    assert [
        (1, "动态", FaultKind.MISSING_COLUMN, "单位、公开", "一列“动态”"),
        (2, "公开", FaultKind.NOT_WHOLE_NUMBER, "x", COUNT),
        (4, "公开", FaultKind.NOT_WHOLE_NUMBER, "y", COUNT),
    ] == faults(*rows)
    assert [
        (1, "动态", FaultKind.MISSING_COLUMN, "单位、公开", "一列“动态”"),
        (None, None, FaultKind.EMPTY_FILE, "只有表头", "表头和各单位的数据"),
    ] == faults(*rows[:1])


# --- Rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((("表",), HEADER), (None, None, FaultKind.EMPTY_FILE, "只有表头", "表头和各单位的数据")),
        ((HEADER, ("合计", 1, 1)), (None, None, FaultKind.EMPTY_FILE, "只有表头",
                                    "表头和各单位的数据")),
        ((("公开", "动态"),), (1, "投稿单位", FaultKind.MISSING_COLUMN, "公开、动态",
                           "一列“投稿单位”（或单位、单位名称、报送单位）")),
        ((HEADER, (), ("公开", "动态")), (3, "投稿单位", FaultKind.MISSING_COLUMN, "公开、动态",
                                      "一列“投稿单位”（或单位、单位名称、报送单位）")),
        ((("x",),), (None, None, FaultKind.MISSING_COLUMN, "x", "一行表头：投稿单位、公开、动态")),
    ],
)  # fmt: skip
def test_a_table_without_rows(rows, fault):
    """A header alone is told, unless the header is what is wrong."""
    rest = [found for found in faults(*rows) if found[2] is not FaultKind.TOTAL_DIFFERS]

    assert [fault] == rest


def test_a_group_without_units_needs_no_rows():
    """In a period in which nobody is to stand there, a header is enough."""
    assert [] == faults(HEADER, group=VILLAGES)


def test_a_total_of_no_rows_is_zero():
    """It is held against what it covers all the same."""
    assert [
        differs(2, "公开", "3", "0"),
    ] == faults(HEADER, ("合计", 3, 0), group=VILLAGES)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ((FORMULA, 1, 0), (2, "单位", FaultKind.NO_CACHED_VALUE, "没有计算结果的公式", "单位名称")),
        ((" ", 1, 0), (2, "单位", FaultKind.UNKNOWN_UNIT, "有数字而没有单位名称", "单位名称")),
        ((None, 0, 7), (2, "单位", FaultKind.UNKNOWN_UNIT, "有数字而没有单位名称", "单位名称")),
        (("=东", 1, 0), (2, "单位", FaultKind.UNSAFE_NAME, "'=东'", SAFE)),
        (("旧粮站", 1, 0), (2, "单位", FaultKind.UNKNOWN_UNIT,
                         "旧粮站，“旧粮站”的有效期为至 2021H2，本期不在册", IN_ROSTER)),
        (("新 数据局", None),
         (2, "单位", FaultKind.UNKNOWN_UNIT,
          "新 数据局，“新数据局”的有效期为自 2023H1、至 2024，本期不在册", IN_ROSTER)),
        (("东山镇", 1, 0), (2, "单位", FaultKind.UNKNOWN_UNIT, "东山镇",
                         f"{IN_ROSTER}，最接近的是：西山镇、东河镇")),
        (("火星", "；", 1), (2, "单位", FaultKind.UNKNOWN_UNIT, "火星", IN_ROSTER)),
        (("火星：", "木星", None), (2, "单位", FaultKind.UNKNOWN_UNIT, "火星：", IN_ROSTER)),
    ],
)  # fmt: skip
def test_a_row_that_is_nobodys(row, fault):
    """What is wrong with its name is told, and its total is not judged."""
    told = [found for found in faults(HEADER, row, ("合计", 9, 9)) if found[1] == "单位"]
    totals = [found for found in faults(HEADER, row, ("合计", 9, 9)) if found[0] == 3]

    assert (told, totals) == ([fault], [])


@pytest.mark.parametrize(
    "row",
    [
        ("火星",), ("火星", None, " "), ("甲:乙",), ("甲：乙", "丙：丁"), ("南坪镇。",),
        ("南坪镇；",), ("南坪镇;", "a;"), ("2022年7月8日",), ("", 0, "—"), ("", "", 0),
    ],
)  # fmt: skip
def test_rows_that_are_passed_over(row):
    """A sentence, a name like no other without figures, and zeros of nobody."""
    annex = read(HEADER, ("东河镇", 1, 2), row, ("合计", 1, 2))
    text = "、".join(filter(None, map(say_cell, row)))

    assert (
        annex.faults, annex.rows, annex.totals, [note for note in annex.notes if "第3行" in note],
    ) == ([], 1, 2, [f"第3行“{text}”未统计"])  # fmt: skip


@pytest.mark.parametrize("row", [("旧粮站",), ("南平镇",), ("东河\n镇：", 1), ("a/b",), ("@甲：",)])
def test_rows_that_are_not_passed_over(row):
    """A unit out of its time, a name near to another, figures, and what would do harm."""
    assert [3] == [fault.row for fault in read(HEADER, ("东河镇", 1, 2), row).faults]


def test_a_numbered_row_is_a_units():
    """With a serial number no row is a footnote; a serial number alone is passed over."""
    annex = read(SERIAL, (1, "东河镇", 1, 2), (2, "火星"), (3,), (None, "木星"))

    assert [(3, "火星")] == [(fault.row, fault.found) for fault in annex.faults]
    assert ("2个空白单元格按0计", "第4行“3”未统计", "第5行“木星”未统计") == annex.notes


def test_a_name_of_two_lines():
    """A line break within a name is white space; so is a tab."""
    annex = read(HEADER, ("东河\n镇", 1, 2), ("西山\t镇", 3, 4))

    assert {"东河镇": {"open": 1, "news": 2}, "西山镇": {"open": 3, "news": 4}} == annex.counts
    assert [] == annex.faults


def test_a_harmful_name_has_candidates():
    """Whom it may have meant is kept: that unit is not missing as well."""
    annex = read(HEADER, ("=南坪镇", 1, 2))

    assert [("南坪镇",)] == annex.strangers


def test_nobody_is_looked_up_in_a_faulty_roster():
    """Figures are still read; names, doubles and totals are left alone."""
    rows = (HEADER, ("东河镇", 1, 2), ("东河镇", "x", 2), ("=1", 1, 1), ("合计", 9, 9))
    annex = read(*rows, names=Names(None, PERIOD))

    assert [bad(3, "公开", FaultKind.NOT_WHOLE_NUMBER, "x", COUNT)] == annex.faults
    assert (annex.counts, annex.places, annex.rows, annex.totals) == ({}, {}, 3, 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("旧粮站", "“旧粮站”的有效期为至 2021H2"),
        ("县新数据局", "“新数据局”的有效期为自 2023H1、至 2024"),
        ("火星", ""),
    ],
)
def test_when_a_unit_was_there(name, expected):
    """The bounds that there are; nothing of an unknown name."""
    assert expected == NAMES.say_validity(name)
    assert "" == Names(None, PERIOD).say_validity(name)


# --- Totals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "totals", "expected"),
    [
        # 合计 and 总计 cover the whole group, wherever they stand; 小计 since the last 小计.
        ((("东河镇", 1, 2), ("总计", 9, 7), ("西山镇", 3, 4), ("小计:", 5, 6), ("合计", 9, 6),
          ("南坪镇", 5, 0), ("小计", 5, 1)), 8,
         [differs(3, "动态", "7", "6"), differs(5, "公开", "5", "4"),
          differs(8, "动态", "1", "0")]),
        ((("小计", 1, 0), ("东河镇", 1, 2), ("小 计（篇）", 1, 3)), 4,
         [differs(2, "公开", "1", "0"), differs(4, "动态", "3", "2")]),
        # What is no count is told once, and judges nothing in its column.
        ((("东河镇", 1, "x"), ("西山镇", 3, 4), ("合计", 5, 9), ("合计", "y", 6)), 1,
         [(2, "动态", FaultKind.NOT_WHOLE_NUMBER, "x", COUNT), differs(4, "公开", "5", "4"),
          (5, "公开", FaultKind.NOT_WHOLE_NUMBER, "y", COUNT)]),
        # A blank declares nothing, a dash declares 0.
        ((("东河镇", 1, 2), ("合计", "", "—")), 1, [differs(3, "动态", "0", "2")]),
        ((("东河镇", 1, 2), ("合计甲", 1, 2)), 0,
         [(3, "单位", FaultKind.UNKNOWN_UNIT, "合计甲", IN_ROSTER)]),
    ],
)  # fmt: skip
def test_declared_totals(rows, totals, expected):
    """Each is held against the sum of what it covers."""
    annex = read(HEADER, *rows)

    assert (faults(HEADER, *rows), annex.totals) == (expected, totals)


@pytest.mark.parametrize(
    ("row", "totals"),
    [
        (("合计", None, 9, 9), 2), (("合计：", " ", 9, 9), 2), ((9, "合计", 9, 9), 2),
        (("合计", "西山镇", 9, 9), 0),
    ],
)  # fmt: skip
def test_where_the_word_for_a_total_stands(row, totals):
    """With the names, or under 序号 where no name stands."""
    annex = read(SERIAL, (1, "东河镇", 1, 2), row)

    assert totals == annex.totals
    assert (
        [differs(3, "公开", "9", "1"), differs(3, "动态", "9", "2")] if totals else []
    ) == faults(SERIAL, (1, "东河镇", 1, 2), row)


def test_a_block_without_names_leaves_totals_unjudged():
    """Its rows may be of any unit."""
    rows = (HEADER, ("东河镇", 1, 2), ("合计", 9, 9), ("公开", "动态"), (8, 7))

    assert [(4, FaultKind.MISSING_COLUMN)] == [
        (fault.row, fault.kind) for fault in read(*rows).faults
    ]


def test_a_block_without_a_column_leaves_its_totals_unjudged():
    """The sum is not known; that of the other column is."""
    rows = (HEADER, ("东河镇", 1, 2), ("合计", 9, 9), ("单位", "公开"), ("西山镇", 8))

    assert [(4, FaultKind.MISSING_COLUMN)] == [
        (fault.row, fault.kind) for fault in read(*rows).faults
    ]
    assert 1 == read(*rows).totals


# --- Notes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "notes"),
    [
        (((), ("表", None, "长" * 18), (" ",), HEADER, ("东河镇", 1, 2)),
         [f"第2行“表、{'长' * 18}”在表头之上，未统计"]),
        ((("长" * 21,), HEADER, ("东河镇", 1, 2)), [f"第1行“{'长' * 20}…”在表头之上，未统计"]),
        ((HEADER, (), ("东河镇", 1, 2), (" ", None), ("注：甲",), ("注：乙",)),
         ["第5行“注：甲”未统计", "第6行“注：乙”未统计", "第2、4行是空行"]),
        # Two blocks side by side pass a row over once.
        ((HEADER * 2, ("东河镇", 1, 2, "西山镇", 1, 2), ("注：甲", None, None, "注：乙")),
         ["第3行“注：甲、注：乙”未统计"]),
        ((("x", *HEADER, None, None, "备注"), (None, "东河镇", 1, 2, None, 7), (1, "西山镇", 3, 4)),
         ["第1列“x”未统计", "第5列是空列，未统计", "第6列没有表头，未统计", "第7列“备注”未统计"]),
        # Each header has the columns below it, up to the next one.
        ((HEADER, ("东河镇", 1, 2, None, 5), ("甲", *HEADER), (None, "西山镇", 3, 4)),
         ["第4列是空列，未统计", "第5列没有表头，未统计", "第1列“甲”未统计"]),
        ((HEADER, ("东河镇", "", None), ("西山镇", 1), ("合计", "", "")), ["3个空白单元格按0计"]),
        ((HEADER, ("东河镇", "", None), ("西山镇",)),
         ["全部4个数都是空白，一律按0计，像是还没有填写"]),
        ((HEADER, ("东河镇", "", 2)), ["1个空白单元格按0计"]),
        ((HEADER, ("东河镇", 1, 2)), []),
        ((("x",), ("y",)), []),
    ],
)  # fmt: skip
def test_notes(rows, notes):
    """Titles, footnotes, blank rows, columns that are nothing of ours, and how blanks count."""
    annex = read(*rows)

    assert (annex.notes, tuple(set(annex.alerts) - set(annex.notes))) == (tuple(notes), ())


def test_only_a_table_without_any_figure_is_an_alert():
    """One zero that was filled in is a figure."""
    alert = "全部4个数都是空白，一律按0计，像是还没有填写"

    assert (alert,) == read(HEADER, ("东河镇",), ("西山镇",), ("合计", 0, 0)).alerts
    assert () == read(HEADER, ("东河镇",), ("西山镇", 0)).alerts
    assert () == read(HEADER, ("东河镇", "x", "")).alerts
    assert () == read(HEADER).alerts


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((("表", " 合成数据"), HEADER), True),
        ((("合成",), (), HEADER), True),
        ((("不含合成数据",), HEADER), False),
        ((HEADER, ("合成数据：",)), False),
        ((("表",), (*HEADER, "合成")), False),
        ((("合成数据",),), False),
    ],
)
def test_what_says_that_a_table_is_made_up(rows, expected):
    """A cell above the header that begins with the word."""
    assert read(*rows).is_synthetic is expected
