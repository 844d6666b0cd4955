"""Annexes with indicators, ranks and grades in the Word document."""

import subprocess
from dataclasses import replace
from fractions import Fraction

import pypdfium2
import pytest
from lxml import etree

from release.indicated import COUNTY, INDICATORS, SMALL, indicated
from release.test_word import (
    CIRCULAR,
    ORDERS,
    TWIPS,
    W,
    body_of,
    find,
    grid_of,
    part,
    read,
    text_of,
)
from zhashui_stats.audit.annexes import read_annexes
from zhashui_stats.comparison import History
from zhashui_stats.model.county import Category
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.units import Roster
from zhashui_stats.release.composing import compose_annexes, compose_circular
from zhashui_stats.release.word import write_circular

WIDE = replace(
    SMALL,
    county=replace(
        COUNTY,
        categories=(*COUNTY.categories, Category("x", "政策解读")),
        indicators=tuple(replace(indicator, groups=()) for indicator in INDICATORS),
    ),
    counts={name: {**row, "x": 1} for name, row in SMALL.counts.items()},
    figures={name: {"bonus": 0, **row} for name, row in SMALL.figures.items()},
)
"""Fifteen columns of figures in each group."""


def letter(now, place=0):
    """A circular with one of a period's annexes."""
    return replace(CIRCULAR, annexes=compose_annexes(now)[place : place + 1])


def test_columns_are_in_order():
    """Categories, their sum, the group's indicators as county.toml has them, rank and grade."""
    header, first, second, third, total = grid_of(letter(SMALL))

    assert [
        "序号", "投稿单位", "政务公开（篇）", "政务动态（篇）", "合计（篇）", "报送（条）",
        "采用率（%）", "得分（分）", "采用率计分（分）", "市级采用（篇）", "市级采用占比（%）",
        "基础得分（分）", "保底得分（分）", "名次", "等次",
    ] == header  # fmt: skip
    assert [
        ["1", "甲镇", "1", "2", "3", "8", "37.5", "6.28", "3.8", "1", "33.33", "2.5", "6.3",
         "2", "良好"],
        ["2", "乙镇", "0", "0", "0", "0", "—", "—", "—", "0", "—", "0.0", "—", "—", "—"],
        ["3", "丙镇", "7", "20", "27", "27", "100.0", "25.00", "5.0", "5", "18.52", "19.0", "25.0",
         "1", "优秀"],
        ["", "合计", "8", "22", "30", "35", "85.7", "—", "—", "6", "20.00", "21.5", "—", "", ""],
    ] == [first, second, third, total]  # fmt: skip


def test_indicators_of_a_group_stand_in_its_annex_alone():
    """加分 is the bureaus', and may be below 0 as it is printed."""
    header, first, *_ = grid_of(letter(SMALL, 1))

    assert "−0.5" == first[header.index("加分（分）")]
    assert "加分（分）" not in grid_of(letter(SMALL))[0]


def test_ranks_among_all_units():
    """Ranks within all are told in each annex as they are among all."""
    among_all = replace(COUNTY, assessment=replace(COUNTY.assessment, within_groups=False))
    now = replace(SMALL, county=among_all)
    ranks = [
        [row[grid_of(letter(now, place))[0].index("名次")] for row in grid_of(letter(now, place))]
        for place in (0, 1)
    ]

    assert [["名次", "5", "—", "1", ""], ["名次", "2", "4", "3", ""]] == ranks


def test_assessment_without_grades_and_indicators():
    """A county that ranks by the total alone has the sum and a rank, no grade."""
    county = replace(
        COUNTY, indicators=(), assessment=replace(COUNTY.assessment, by=None, grades=())
    )
    now = replace(SMALL, county=county, figures={})

    assert [
        ["序号", "投稿单位", "政务公开（篇）", "政务动态（篇）", "合计（篇）", "名次"],
        ["1", "甲镇", "1", "2", "3", "2"],
    ] == grid_of(letter(now))[:2]


@pytest.mark.parametrize(("indicators", "blocks"), [((), 2), (INDICATORS[:1], 2), (INDICATORS, 1)])
def test_two_blocks_while_there_is_room(indicators, blocks):
    """Two categories, their sum and one indicator stand side by side as two categories do."""
    county = replace(COUNTY, indicators=indicators, assessment=None)
    now = indicated({f"第{n}镇": (n, n, 3 * n, 1) for n in range(40)}, {"局": (0, 0, 0, 0)}, COUNTY)
    header = grid_of(letter(replace(now, county=county)))[0]

    assert blocks == header.count("投稿单位")


@pytest.mark.parametrize("now", [SMALL, WIDE])
@pytest.mark.parametrize("place", [0, 1])
def test_columns_fill_the_type_area(now, place):
    """However many there are, they are as wide as the type area together, and none has nothing."""
    widths = [int(each) for each in find(body_of(letter(now, place)), "//w:gridCol/@w:w")]

    assert pytest.approx(156 * TWIPS, abs=1) == sum(widths)
    assert min(widths) > 300


@pytest.mark.parametrize(("number", "size"), [(4, set()), (8, {"18"}), (12, {"15"})])
def test_type_is_finer_where_columns_have_no_room(number, size):
    """As fine as it has to be and no finer: the styles' own sizes while they do."""
    added = tuple(Indicator(f"i{n}", f"第{n}项得分", "分", decimals=1) for n in range(number))
    county = replace(COUNTY, indicators=added, assessment=None)
    figures = {name: {each.id: Fraction(999, 10) for each in added} for name in SMALL}
    now = replace(SMALL, county=county, figures=figures)

    assert size == set(find(body_of(letter(now)), "//w:tbl//w:sz/@w:val"))


@pytest.mark.parametrize("number", [60, 140])
def test_more_columns_than_a_page_has_room_for(number):
    """Whatever a county declares, the table keeps to its page, and every figure is there."""
    added = tuple(Indicator(f"i{n}", f"第{n}项", "分") for n in range(number))
    county = replace(COUNTY, indicators=added, assessment=None)
    figures = {name: {each.id: 9 for each in added} for name in SMALL}
    circular = letter(replace(SMALL, county=county, figures=figures))

    assert pytest.approx(156 * TWIPS, abs=1) == sum(
        int(each) for each in find(body_of(circular), "//w:gridCol/@w:w")
    )
    assert ["9"] * number == grid_of(circular)[1][5:]


def test_long_headers_are_cut_into_even_lines():
    """市级采用占比 takes lines of three characters, and its unit one of its own."""
    cells = find(body_of(letter(WIDE)), "//w:tbl/w:tr[1]/w:tc")
    (cell,) = (cell for cell in cells if text_of(cell).startswith("市级采用占比"))

    assert ["市级采", "用占比", "（%）"] == find(cell, ".//w:t/text()")


def test_revised_figures_are_marked():
    """An indicator's figure bears the mark as a count does."""
    annexes = compose_annexes(SMALL)
    place = annexes[0].figures.index("采用率")
    marked = replace(annexes[0], revised=frozenset({(0, place)}))

    assert "37.5[r]" == grid_of(replace(CIRCULAR, annexes=(marked,)))[1][6]


def test_audit_reads_the_counts(tmp_path):
    """What stands beside the counts does not disturb whoever reads them."""
    document = read(replace(CIRCULAR, annexes=compose_annexes(SMALL)), tmp_path)
    county = replace(COUNTY, indicators=(), assessment=None)

    assert SMALL.counts == read_annexes(document, county, Roster(SMALL.units), SMALL.period).counts


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<w:p>&amp;</w:p>", "<w:p>&amp;</w:p>"),
        ("甲\x00\u202e\n乙", "甲 乙"),
        ("=1+1", "=1+1"),
        ("很长" * 200, "很长" * 200),
    ],
)
def test_hostile_labels_and_units(text, shown):
    """Labels, units and grades stand there as far as XML can hold them, and break nothing."""
    county = replace(
        COUNTY,
        indicators=(replace(INDICATORS[0], label=text, unit=text), *INDICATORS[1:]),
        assessment=replace(
            COUNTY.assessment, grades=(replace(COUNTY.assessment.grades[0], label=text),)
        ),
    )
    header, *rows = grid_of(letter(replace(SMALL, county=county)))

    assert f"{shown}（{shown}）" == header[5]
    assert shown == rows[2][-1]


@pytest.mark.parametrize("name", ["rPr", "tbl", "tr", "tblPr"])
def test_elements_are_in_order(name):
    """Children stand in the order of Word's schema, in the finest type too."""
    order = ORDERS[name].split()
    root = part(write_circular(letter(WIDE)), "word/document.xml")
    children = [
        [order.index(etree.QName(child).localname) for child in each]
        for each in root.iter(f"{W}{name}")
    ]

    assert children
    assert [] == [each for each in children if each != sorted(each)]


def test_printed_figures_stay_whole(soffice, tmp_path):
    """No figure of the widest table is broken over lines, in whatever font LibreOffice takes."""
    (tmp_path / "circular.docx").write_bytes(write_circular(compose_circular(History((WIDE,)))))
    profile = (tmp_path / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "circular.docx"], cwd=tmp_path, capture_output=True, check=True)
    with pypdfium2.PdfDocument(tmp_path / "circular.pdf") as pdf:
        *_, towns, bureaus = [page.get_textpage().get_text_range().split() for page in pdf]
    for place, words in ((0, towns), (1, bureaus)):
        figures = {cell for row in grid_of(letter(WIDE, place))[1:] for cell in row[2:] if cell}
        assert figures <= set(words)
