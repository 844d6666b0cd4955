"""annexes.xlsx of a county with indicators: formulas, values, notes, and hostile labels."""

import random
import re
from dataclasses import replace
from fractions import Fraction

import pypdfium2
import pytest

from release.indicated import COUNTY, INDICATORS, SMALL, indicated
from release.released import read_annexes
from release.test_workbook import BOOK, HOSTILE, cached, opened, without_values
from zhashui_stats.model.amounts import UNDEFINED
from zhashui_stats.model.county import Category
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.units import Roster
from zhashui_stats.release.composing import compose_annexes
from zhashui_stats.release.workbook import write_workbook


def book_of(now):
    """A workbook of a period's annexes."""
    return replace(BOOK, annexes=compose_annexes(now), county=now.county)


def rows_of(now, name="附件1"):
    """Return the rows of an annex with formulas."""
    return list(opened(book_of(now))[name].iter_rows(values_only=True))


# --- What stands in it --------------------------------------------------------------------------


def test_figures_are_formulas_over_cells():
    """What follows from others is a formula of its row, guarded where it can be undefined.

    加分, which towns do not have, is 0 in theirs; ranks and grades are values.
    """
    header, first, second, *_ = rows_of(SMALL)

    assert (
        "序号", "投稿单位", "政务公开（篇）", "政务动态（篇）", "合计（篇）", "报送（条）",
        "采用率（%）", "得分（分）", "采用率计分（分）", "市级采用（篇）", "市级采用占比（%）",
        "基础得分（分）", "保底得分（分）", "名次", "等次",
    ) == header  # fmt: skip
    assert (
        1, "甲镇", 1, 2, "=SUM(C2:D2)", 8,
        '=IFERROR(100*E2/F2,"—")',
        '=IFERROR(MIN(0.15*C2+1.5*D2,20)-(F2-E2)/8+I2+0,"—")',
        '=IFERROR(MIN(G2+0,50)/10,"—")',
        1,
        '=IFERROR(100*J2/E2,"—")',
        "=2*C2+D2/4",
        '=IFERROR(MAX(H2+0,0),"—")',
        2, "良好",
    ) == first  # fmt: skip
    assert ("—", "—") == second[-2:]


def test_totals_are_sums_or_rates_of_totals():
    """What adds up is a sum, undefined where a unit's amount is; a rate is one of the totals."""
    total = rows_of(SMALL)[-1]

    assert (
        None, "合计", "=SUM(C2:C4)", "=SUM(D2:D4)", "=SUM(E2:E4)", "=SUM(F2:F4)",
        '=IFERROR(100*E5/F5,"—")',
        '=IF(COUNT(H2:H4)=ROWS(H2:H4),SUM(H2:H4),"—")',
        '=IF(COUNT(I2:I4)=ROWS(I2:I4),SUM(I2:I4),"—")',
        "=SUM(J2:J4)",
        '=IFERROR(100*J5/E5,"—")',
        "=SUM(L2:L4)",
        '=IF(COUNT(M2:M4)=ROWS(M2:M4),SUM(M2:M4),"—")',
        None, None,
    ) == total  # fmt: skip


def test_what_a_group_has_no_column_for_is_worked_out_within():
    """A formula that rests on one of another group's holds that one's formula in brackets."""
    county = replace(COUNTY, assessment=None, indicators=(
        Indicator("inner", "内", "分", formula=Formula.parse("open - news"), groups=("bureaus",)),
        Indicator("outer", "外", "分", formula=Formula.parse("2 * inner")),
        Indicator("rate", "率", "%", formula=Formula.parse("inner / total")),
    ))  # fmt: skip
    now = replace(SMALL, county=county, figures={name: {} for name in SMALL})
    _, first, *_, total = rows_of(now)

    assert ("=2*(C2-D2)", '=IFERROR((C2-D2)/E2,"—")') == first[5:]
    assert ("=SUM(F2:F4)", now.of("towns").total_amount("rate")) == total[5:]


def largest(name):
    """A formula that names one figure two hundred times."""
    return f"max({','.join([name] * 200)})"


def test_formula_that_no_spreadsheet_takes_is_a_value():
    """Beyond what Excel takes the number itself stands there."""
    county = replace(COUNTY, assessment=None, indicators=(
        Indicator("a", "甲", "分", formula=Formula.parse("open+news"), groups=("bureaus",)),
        Indicator("b", "乙", "分", formula=Formula.parse(largest("a")), groups=("towns",)),
        Indicator("c", "丙", "分", formula=Formula.parse(largest("b")), groups=("bureaus",)),
    ))  # fmt: skip
    now = replace(SMALL, county=county, figures={name: {} for name in SMALL})

    assert f"=MAX({','.join(['(C2+D2)+0'] * 200)})" == rows_of(now)[1][5]
    assert 9 == rows_of(now, "附件2")[1][6]


def test_function_of_too_many_arguments_is_a_value():
    """In the row of totals as well; one that divides is a rate of the totals."""
    text = f"max({','.join(['open'] * 140)}) / max(news,{','.join(['1'] * 115)})"
    rate = Indicator("rate", "率", "%", formula=Formula.parse(text))
    now = replace(SMALL, county=replace(COUNTY, assessment=None, indicators=(rate,)),
                  figures={name: {} for name in SMALL})  # fmt: skip
    _, first, *_, total = rows_of(now)

    assert [0.5, pytest.approx(8 / 22)] == [first[5], total[5]]


def test_cached_values_are_ours():
    """Who does not calculate sees what we worked out, undefined as a dash."""
    _, first, second, third, total = cached(write_workbook(book_of(SMALL)), "附件1")

    assert [37.5, 6.275, 3.75, 1, 100 / 3, 2.5, 6.275, 2, "良好"] == first[6:]
    assert ["—", "—", "—", 0, "—", 0, "—", "—", "—"] == second[6:]
    assert [100, 25, 5, 5, 500 / 27, 19, 25, 1, "优秀"] == third[6:]
    assert [float(Fraction(3000, 35)), "—", "—", 6, 20, 21.5, "—", "", ""] == total[6:]


def test_numbers_are_shown_with_their_decimals():
    """The format has the declared decimals, never a percent sign; a revised one bears its mark."""
    annex = compose_annexes(SMALL)[0]
    marked = replace(annex, revised=frozenset({(0, annex.figures.index("得分"))}))
    sheet = opened(replace(BOOK, annexes=(marked,), county=COUNTY))["附件1"]

    assert ["0", "0", "0.0", '0.00"[r]"', "0.0", "0", "0.00", "0.0", "0.0", "0", "0"] == [
        cell.number_format for cell in sheet[2][4:]
    ]
    assert ["0.0", "0.00"] == [sheet[place].number_format for place in ("G5", "H5")]


def test_indicators_are_explained():
    """A sheet has each one's unit, source and formula in words; the contents lead there."""
    book = opened(book_of(SMALL))
    rows = list(book["指标说明"].iter_rows(values_only=True))

    assert ["封面", "目录", "附件1", "附件2", "指标说明", "说明"] == book.sheetnames
    assert [
        ("指标", "计量单位", "来源", "含义"),
        ("报送", "条", "统计", "各单位统计表中的一列；不少于合计；合计为各单位之和"),
        ("采用率", "%", "公式", "采用率＝100×合计÷报送；合计按各项的合计数用同一公式计算；"
         "除数为0的没有意义，记作“—”，不是0；保留1位小数，四舍五入"),
    ] == rows[:3]  # fmt: skip
    assert (
        "各单位统计表中的一列；只统计部门单位；合计为各单位之和；保留1位小数，四舍五入"
        == (rows[4][3])
    )
    assert "台账中本期采用并发布的稿件，其中“级别”为市、省的；合计为各单位之和" == rows[6][3]
    assert ("指标说明", "各项指标的单位、来源和公式") == tuple(
        cell.value for cell in book["目录"][4]
    )


def test_county_without_indicators_has_no_such_sheet(h1):
    """Nothing is to be explained."""
    assert "指标说明" not in opened(replace(BOOK, annexes=compose_annexes(h1))).sheetnames


def test_many_columns_print_across():
    """A page lies on its side from seven columns of figures on."""
    few = replace(COUNTY, indicators=INDICATORS[:1])
    few = replace(few, assessment=replace(COUNTY.assessment, by=None))
    sheets = [opened(book_of(replace(SMALL, county=county)))["附件1"] for county in (few, COUNTY)]

    assert ["portrait", "landscape"] == [sheet.page_setup.orientation for sheet in sheets]


def test_our_readers_read_it_back(tmp_path):
    """The annex sheets give the counts that they were written from."""
    path = tmp_path / "annexes.xlsx"
    path.write_bytes(write_workbook(book_of(SMALL)))
    county = replace(COUNTY, indicators=(), assessment=None)

    assert SMALL.counts == read_annexes(path, county, Roster(SMALL.units), SMALL.period)


# --- Hostile text -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_labels_and_units_stay_text(text):
    """Whatever labels, units and grades look like, formulas hold cells and numbers alone."""
    grade = replace(COUNTY.assessment.grades[0], label=text)
    county = replace(
        COUNTY,
        indicators=tuple(replace(each, label=f"{text}{n}" if n else text, unit=text)
                         for n, each in enumerate(INDICATORS)),
        assessment=replace(COUNTY.assessment, grades=(grade,)),
    )  # fmt: skip
    book = opened(book_of(replace(SMALL, county=county)))
    formulas = [
        cell.value
        for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]  # fmt: skip

    assert [] == [
        each for each in formulas
        if not re.fullmatch(
            r'=(?:[A-Z]+\d+|IFERROR|COUNT|ROWS|SUM|MIN|MAX|IF|"—"|[-+*/().,:=\d])+', each
        )
    ]  # fmt: skip
    assert f"{text}（{text}）" == book["附件1"]["F1"].value
    assert text == book["附件1"].cell(4, 15).value
    assert text == book["指标说明"]["A2"].value


# --- LibreOffice --------------------------------------------------------------------------------


ALL_KINDS = tuple(
    Indicator(f"f{n}", f"式{n}", "分", decimals=2, formula=Formula.parse(text))
    for n, text in enumerate((
        "a - (open - news) - (total - a)", "a / (open / news)", "open / news / 2 * a",
        "-open + -(a - news) * -2", "min(open, news, a) - max(open, f1, 3)",
        "max(f1, f2) * .5 + 2.",
        "-min(rate, f1)", "(open + news) * (a - 0.1) / 3", "100 * (total - a) / (open - news)",
        "min(-open, -(a), 2 * (news - 1))", "1.005 * open + 0.1 + 0.2", "f3 / total + f4",
    ))
)  # fmt: skip


def kinds(seed):
    """A period of forty units with every kind of formula, zeros and amounts below 0 among them."""
    chance = random.Random(seed)
    county = replace(
        COUNTY, assessment=None, categories=(Category("open", "公开"), Category("news", "动态")),
        indicators=(
            Indicator("a", "甲数", "条", decimals=2, negative=True),
            Indicator("rate", "率", "%", decimals=1, formula=Formula.parse("100 * open / a")),
            *ALL_KINDS,
        ),
    )  # fmt: skip
    rows = {f"单位{n}": (chance.randint(0, 3), chance.randint(0, 3), 0, 0) for n in range(40)}
    now = indicated(rows, {}, replace(county, indicators=()))
    figures = {name: {"a": Fraction(chance.randint(-300, 300), 100)} for name in rows}
    figures["单位0"] = {"a": 0}
    return replace(now, county=county, figures=figures)


@pytest.mark.parametrize("now", [SMALL, kinds(1)])
def test_libreoffice_computes_the_same(now, convert):
    """Every value that LibreOffice works out is ours: units and totals, undefined ones too."""
    content = write_workbook(book_of(now))
    computed = convert(without_values(content), "xlsx").read_bytes()

    for number, group in enumerate(now.groups, 1):
        scope, name = now.of(group.id), f"附件{number}"
        indicators = now.county.indicators_of(group.id)
        places = range(3 + len(now.county.categories), 99)
        expected = [[scope.amount(unit, each.id) for each in indicators] for unit in scope]
        expected.append([scope.total_amount(each.id) for each in indicators])
        rows = cached(computed, name)[1:]
        found = [[row[place] for place, _ in zip(places, indicators, strict=False)] for row in rows]
        for amounts, values in zip(expected, found, strict=True):
            assert [UNDEFINED if each is None else pytest.approx(float(each), rel=1e-12, abs=1e-12)
                    for each in amounts] == values  # fmt: skip
        assert cached(content, name)[1][1] == rows[0][1]


def test_libreoffice_shows_what_we_print(convert):
    """Each number shows with the digits of the circular, half up: 0.285 as 0.29."""
    shown = tuple(
        Indicator(
            f"i{n}", f"式{n}", "分", decimals=2, formula=Formula.parse(f"{n}.285 + 0.1 * open")
        )
        for n in range(8)
    )
    county = replace(COUNTY, assessment=None, indicators=shown)
    now = replace(SMALL, county=county, figures={name: {} for name in SMALL})
    book = replace(book_of(now), annexes=compose_annexes(now)[:1])
    with pypdfium2.PdfDocument(convert(write_workbook(book), "pdf")) as pdf:
        lines = pdf[2].get_textpage().get_text_range().splitlines()

    for unit in now.of("towns"):
        printed = " ".join(now.county.show(each.id, now.amount(unit, each.id)) for each in shown)
        assert 1 == sum(f" {unit} " in line and line.endswith(printed) for line in lines)
