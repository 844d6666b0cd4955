"""The circular as a Word document: read from its own XML, by the audit, and by LibreOffice."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from conftest import ROOT
from lxml import etree

from zhashui_stats.audit.annexes import annex_titles, read_annexes
from zhashui_stats.audit.document import Document, read_document
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster
from zhashui_stats.release.circular import AnnexTable, BodyPart, BodyText, Circular, SectionTitle
from zhashui_stats.release.composing import compose_annexes
from zhashui_stats.release.word import write_circular
from zhashui_stats.release.word.titles import break_title

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
TWIPS = 1440 / 25.4  # in a millimetre
POINT = 20  # twips

TITLE = "某县人民政府办公室关于2022年上半年政务公开情况的通报"
CIRCULAR = Circular(
    title=TITLE,
    addressees="各镇人民政府，县政府各部门",
    body=(
        BodyText("现将有关情况通报如下："),
        SectionTitle(1, "总体情况"),
        SectionTitle(2, "数量"),
        BodyText("共3篇，按“三审三校”要求审核——均已发布。"),
        SectionTitle(2, "质量"),
        SectionTitle(1, "工作要求"),
        SectionTitle(2, "组织领导"),
    ),
    annexes=(),
    issuer="某县人民政府办公室",
    date="2022年7月8日",
    attribute="此件公开发布",
    measure="篇",
)


def annex(units: int, number: int = 1, revised: Sequence[tuple[int, int]] = ()) -> AnnexTable:
    """A table of so many units with two categories."""
    return AnnexTable(
        number=number,
        title=f"2022年上半年第{number}组政务公开情况统计表",
        group=f"group{number}",
        label=f"第{number}组",
        categories=("政务公开", "政务动态"),
        units=tuple(f"单位{place}" for place in range(1, units + 1)),
        counts=tuple((place, 2 * place) for place in range(1, units + 1)),
        revised=frozenset(revised),
    )


def letter_of(now: Submissions, body: tuple[BodyPart, ...] = CIRCULAR.body) -> Circular:
    """A circular with the annexes of a real period."""
    return replace(CIRCULAR, body=body, annexes=compose_annexes(now))


def part(content: bytes, name: str) -> Any:
    """Parse one part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def find(element: Any, path: str) -> list[Any]:
    """Find by XPath; attributes come as text."""
    return element.xpath(path, namespaces={"w": SPACE})


def only(element: Any, path: str) -> Any:
    """Find the one element or attribute that there is."""
    (found,) = find(element, path)
    return found


def text_of(element: Any) -> str:
    """Return what an element says."""
    return "".join(find(element, ".//w:t/text()"))


def body_of(circular: Circular) -> Any:
    """Parse the body of a circular's document."""
    return only(part(write_circular(circular), "word/document.xml"), "w:body")


def said(circular: Circular) -> list[tuple[str, str]]:
    """Return style and text of each paragraph outside tables."""
    return [
        (only(paragraph, "w:pPr/w:pStyle/@w:val"), text_of(paragraph))
        for paragraph in find(body_of(circular), "w:p")
    ]


def grid_of(circular: Circular) -> list[list[str]]:
    """Return the texts of the first table."""
    table = find(body_of(circular), "w:tbl")[0]
    return [[text_of(cell) for cell in find(row, "w:tc")] for row in find(table, "w:tr")]


def read(circular: Circular, folder: Path) -> Document:
    """Read a circular's document as the audit does."""
    path = folder / "通报.docx"
    path.write_bytes(write_circular(circular))
    return read_document(path)


@pytest.fixture(scope="module")
def content() -> bytes:
    """The small circular with one annex."""
    return write_circular(replace(CIRCULAR, annexes=(annex(3),)))


@pytest.fixture(scope="module")
def section(content: bytes) -> Any:
    """Its page."""
    return only(part(content, "word/document.xml"), "w:body/w:sectPr")


@pytest.fixture(scope="module")
def styles(content: bytes) -> Any:
    """Its styles."""
    return part(content, "word/styles.xml")


# --- Page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "millimetres"),
    [
        ("w:pgSz/@w:w", 210),
        ("w:pgSz/@w:h", 297),
        ("w:pgMar/@w:top", 37),
        ("w:pgMar/@w:bottom", 35),
        ("w:pgMar/@w:left", 28),
        ("w:pgMar/@w:right", 26),
    ],
)
def test_page(section: Any, path: str, millimetres: int) -> None:
    """The page is A4 with a type area of 156 by 225 mm."""
    assert round(millimetres * TWIPS) == int(only(section, path))


def test_grid_has_22_lines_of_28_characters(section: Any) -> None:
    """The grid gives 22 lines and 28 characters of 16 pt, and not one more."""
    grid = only(section, "w:docGrid")
    pitch = 16 * POINT + int(grid.get(f"{W}charSpace")) / 4096 * POINT

    assert "linesAndChars" == grid.get(f"{W}type")
    assert 22 == int(225 * TWIPS / int(grid.get(f"{W}linePitch")))
    assert 28 == int(156 * TWIPS / pitch)


def test_body_keeps_to_the_grid(section: Any, styles: Any) -> None:
    """Type keeps the grid's pitch by itself: LibreOffice cannot read the grid's characters."""
    normal = only(styles, "w:style[@w:styleId='Normal']")
    pitch = only(normal, "w:pPr/w:spacing/@w:line")
    character = 16 * POINT + int(only(normal, "w:rPr/w:spacing/@w:val"))

    assert only(section, "w:docGrid/@w:linePitch") == pitch
    assert "exact" == only(normal, "w:pPr/w:spacing/@w:lineRule")
    assert "0" == only(normal, "w:pPr/w:snapToGrid/@w:val")
    assert 28 == int(156 * TWIPS / character)


@pytest.mark.parametrize(
    ("kind", "side", "number"), [("default", "right", "1"), ("even", "left", "2")]
)
def test_page_numbers(content: bytes, section: Any, kind: str, side: str, number: str) -> None:
    """Odd pages bear — 1 — at the right, even ones at the left, one character in."""
    relation = only(section, f"w:footerReference[@w:type='{kind}']/@*[local-name()='id']")
    targets = {
        link.get("Id"): link.get("Target") for link in part(content, "word/_rels/document.xml.rels")
    }
    footer = part(content, f"word/{targets[relation]}")

    assert f"— {number} —" == text_of(footer)
    assert " PAGE " == only(footer, ".//w:fldSimple/@w:instr")
    assert side == only(footer, ".//w:jc/@w:val")
    assert str(14 * POINT) == only(footer, f".//w:ind/@w:{side}")


def test_page_number_stands_7_mm_below(section: Any, styles: Any) -> None:
    """The page number's line of 14 pt begins 7 mm below the type area."""
    line = int(only(styles, "w:style[@w:styleId='Footer']/w:pPr/w:spacing/@w:line"))
    foot = int(only(section, "w:pgMar/@w:footer"))
    bottom = int(only(section, "w:pgMar/@w:bottom"))

    assert 14 * POINT == line
    assert pytest.approx(7 * TWIPS, abs=1) == bottom - foot - line


def test_settings(content: bytes) -> None:
    """Odd and even pages differ; the file asks for the ways of a current Word."""
    settings = part(content, "word/settings.xml")
    mode = only(settings, "w:compat/w:compatSetting[@w:name='compatibilityMode']/@w:val")

    assert 1 == len(find(settings, "w:evenAndOddHeaders"))
    assert "15" == mode


@pytest.mark.parametrize(("note", "times"), [("", 0), ("合成数据，仅供试用", 1)])
def test_note_stands_on_every_page(note: str, times: int) -> None:
    """What every page should say stands in the headers of odd and even pages, and by the title."""
    circular = replace(CIRCULAR, note=note)
    headers = [part(write_circular(circular), f"word/header{number}.xml") for number in (1, 2)]

    assert [note, note] == [text_of(header) for header in headers]
    assert [("TitleNote", f"（{note}）")] * times == [
        each for each in said(circular) if each[0] == "TitleNote"
    ]


# --- Type ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("BodyText", "仿宋_GB2312", 16),
        ("Salutation", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading1", "黑体", 16),
        ("Heading2", "楷体_GB2312", 16),
        ("AnnexNote", "仿宋_GB2312", 16),
        ("Signature", "仿宋_GB2312", 16),
        ("Date", "仿宋_GB2312", 16),
        ("AnnexNumber", "黑体", 16),
        ("AnnexTitle", "方正小标宋简体", 18),
        ("Footer", "宋体", 14),
    ],
)
def test_type(styles: Any, style: str, font: str, points: int) -> None:
    """Each part of the letter has its font and size; a style without a size has the body's."""
    run = only(styles, f"w:style[@w:styleId='{style}']/w:rPr")
    sizes = find(run, "w:sz/@w:val") or ["32"]

    assert font == only(run, "w:rFonts/@w:eastAsia")
    assert [str(2 * points)] == sizes


def test_every_style_names_its_fonts(styles: Any) -> None:
    """No style leaves Chinese type to chance; quotation marks are of the Chinese font too."""
    fonts = find(styles, "//w:rFonts")
    paragraphs = find(styles, "w:style[@w:type='paragraph']")

    assert len(paragraphs) + 1 == len(fonts)  # the defaults have theirs
    for each in fonts:
        latin = {each.get(f"{W}ascii"), each.get(f"{W}cs")}
        assert each.get(f"{W}eastAsia") == each.get(f"{W}hAnsi")
        assert latin in ({"Times New Roman"}, {"宋体"})


def test_quotation_marks_are_chinese() -> None:
    """A run with quotation marks or dashes bears the hint that they are Chinese."""
    runs = {
        text_of(run): find(run, "w:rPr/w:rFonts/@w:hint")
        for run in find(body_of(CIRCULAR), ".//w:r")
    }

    assert ["eastAsia"] == runs["共3篇，按“三审三校”要求审核——均已发布。"]
    assert [] == runs["总体情况"]


def test_fonts_have_fallbacks(content: bytes, styles: Any) -> None:
    """Each Chinese font that a style names has others that may stand in for it."""
    table = part(content, "word/fontTable.xml")
    named = set(find(styles, "//w:rFonts/@w:eastAsia"))

    assert {"仿宋_GB2312", "方正小标宋简体", "楷体_GB2312", "黑体", "宋体"} == named
    for font in named:
        assert only(table, f"w:font[@w:name='{font}']/w:altName/@w:val").split(",")


def test_language_is_chinese(styles: Any) -> None:
    """The text is Chinese, and no space creeps in between characters and digits."""
    defaults = only(styles, "w:docDefaults/w:rPrDefault/w:rPr")
    normal = only(styles, "w:style[@w:styleId='Normal']/w:pPr")

    assert "zh-CN" == only(defaults, "w:lang/@w:eastAsia")
    assert ["0", "0"] == find(normal, "(w:autoSpaceDE|w:autoSpaceDN)/@w:val")


def test_paragraphs_are_indented_and_justified(styles: Any) -> None:
    """Body and headings begin two characters in; lines are justified, without space between."""
    spacing = only(styles, "w:style[@w:styleId='Normal']/w:pPr/w:spacing")

    for style in ("BodyText", "Heading1", "Heading2"):
        path = f"w:style[@w:styleId='{style}']/w:pPr/w:ind/@w:firstLineChars"
        assert "200" == only(styles, path)
    assert "both" == only(styles, "w:style[@w:styleId='Normal']/w:pPr/w:jc/@w:val")
    assert ("0", "0") == (spacing.get(f"{W}before"), spacing.get(f"{W}after"))


@pytest.mark.parametrize(("level", "text"), [(0, "%1、"), (1, "（%2）")])
def test_headings_are_numbered_by_word(content: bytes, styles: Any, level: int, text: str) -> None:
    """Heading styles are in the outline and number themselves in Chinese, 一、 and （一）."""
    numbering = part(content, "word/numbering.xml")
    style = only(styles, f"w:style[w:name/@w:val='heading {level + 1}']")
    number = only(style, "w:pPr/w:numPr/w:numId/@w:val")
    abstract = only(numbering, f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
    path = f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{level}']"
    found = only(numbering, path)

    assert str(level) == only(style, "w:pPr/w:numPr/w:ilvl/@w:val")
    assert str(level) == only(style, "w:pPr/w:outlineLvl/@w:val")
    assert style.get(f"{W}styleId") == only(found, "w:pStyle/@w:val")
    assert ("chineseCounting", "nothing", text) == (
        only(found, "w:numFmt/@w:val"),
        only(found, "w:suff/@w:val"),
        only(found, "w:lvlText/@w:val"),
    )


def test_nothing_is_bold(content: bytes, styles: Any) -> None:
    """Headings stand out by their font alone."""
    assert [] == find(styles, "//w:b") + find(part(content, "word/document.xml"), "//w:b")


# --- Letter -------------------------------------------------------------------------------------


def test_order_of_the_letter() -> None:
    """Title, addressees, body, 附件 note, issuer, date, attribute, then the annex."""
    table = annex(3)

    assert said(replace(CIRCULAR, annexes=(table,))) == [
        ("Title", TITLE),
        ("Salutation", "各镇人民政府，县政府各部门："),
        ("BodyText", "现将有关情况通报如下："),
        ("Heading1", "总体情况"),
        ("Heading2", "数量"),
        ("BodyText", "共3篇，按“三审三校”要求审核——均已发布。"),
        ("Heading2", "质量"),
        ("Heading1", "工作要求"),
        ("Heading2", "组织领导"),
        ("AnnexNote", f"附件：{table.title}"),
        ("Signature", "某县人民政府办公室"),
        ("Date", "2022年7月8日"),
        ("Attribute", "（此件公开发布）"),
        ("AnnexNumber", "附件"),
        ("AnnexTitle", table.title),
        ("TableEnd", ""),
    ]


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("addressees", "Salutation"),
        ("issuer", "Signature"),
        ("date", "Date"),
        ("attribute", "Attribute"),
    ],
)
def test_what_is_not_on_record_is_left_out(name: str, style: str) -> None:
    """A circular without one of its parts has no empty paragraph in its place."""
    whole = said(CIRCULAR)

    assert [each for each in whole if each[0] != style] == said(replace(CIRCULAR, **{name: ""}))


def test_empty_circular() -> None:
    """A circular that says nothing but its title is a document."""
    empty = Circular("通报", "", (), (), "", "", "", "")

    assert [("Title", "通报")] == said(empty)


@pytest.mark.parametrize("addressees", ["", "各镇"])
def test_one_line_is_blank_below_the_title(addressees: str) -> None:
    """The first paragraph below the title keeps a line's distance, whatever it is."""
    paragraphs = find(body_of(replace(CIRCULAR, addressees=addressees)), "w:p")
    spaced = [find(each, "w:pPr/w:spacing/@w:before") for each in paragraphs[:3]]

    assert [[], ["579"], []] == spaced


@pytest.mark.parametrize("count", [2, 12])
def test_several_annexes_are_numbered(count: int) -> None:
    """Each annex has its number and the same title in the note and on its page."""
    tables = tuple(annex(2, number) for number in range(1, count + 1))
    found = said(replace(CIRCULAR, annexes=tables))
    noted = [text for style, text in found if style == "AnnexNote"]
    headed = [text for style, text in found if style == "AnnexNumber"]
    titles = [text for style, text in found if style == "AnnexTitle"]

    assert [f"{number}. {title}" for number, title in enumerate(titles, 1)] == [
        text.removeprefix("附件：") for text in noted
    ]
    assert [True] + [False] * (count - 1) == [text.startswith("附件：") for text in noted]
    assert [f"附件{number}" for number in range(1, count + 1)] == headed
    assert [table.title for table in tables] == titles


def test_annex_note_hangs() -> None:
    """Lines of the note go on below the name; further numbers stand below the first."""
    body = body_of(replace(CIRCULAR, annexes=(annex(2, 1), annex(2, 2))))
    notes = find(body, "w:p[w:pPr/w:pStyle/@w:val='AnnexNote']/w:pPr/w:ind")

    # Two characters and three of 附件： before the number, which takes one.
    assert [("600", "400"), ("600", "100")] == [
        (note.get(f"{W}leftChars"), note.get(f"{W}hangingChars")) for note in notes
    ]


def test_annex_page(styles: Any) -> None:
    """An annex begins a page; its title stands on the third line, in the outline."""
    number = only(styles, "w:style[@w:styleId='AnnexNumber']/w:pPr")
    title = only(styles, "w:style[@w:styleId='AnnexTitle']/w:pPr")

    assert 1 == len(find(number, "w:pageBreakBefore"))
    assert "579" == only(title, "w:spacing/@w:before")
    assert "0" == only(title, "w:outlineLvl/@w:val")


@pytest.mark.parametrize(
    ("issuer", "date", "expected"),
    [
        ("某县人民政府办公室", "2022年7月8日", ["250", "400"]),  # 9 characters above 6
        ("某县政府", "2022年12月31日", ["550", "400"]),  # 4 above 7
        ("某省某市某县深化改革领导小组办公室", "2022年7月8日", ["0", "550"]),  # 17 above 6
        ("某县人民政府办公室", "", ["200"]),
    ],
)
def test_signature(issuer: str, date: str, expected: list[str]) -> None:
    """The date ends four characters from the right, and the issuer is centred above it."""
    body = body_of(replace(CIRCULAR, issuer=issuer, date=date))
    styled = "w:p[w:pPr/w:pStyle[@w:val='Signature' or @w:val='Date']]"

    assert expected == find(body, f"{styled}/w:pPr/w:ind/@w:rightChars")


def test_nobody_signs_an_empty_page() -> None:
    """The end of the body stays with the signature."""
    body = body_of(replace(CIRCULAR, annexes=(annex(2, 1), annex(2, 2))))
    kept = find(body, "w:p[w:pPr/w:keepNext]/w:pPr/w:pStyle/@w:val")

    assert ["Heading2", "AnnexNote", "AnnexNote", "Signature", "Date"] == kept


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于2022年上半年政务公开情况的通报", ["关于2022年上半年政务公开情况的通报"]),
        (
            "柞水县人民政府办公室关于2022年上半年全县政务公开暨县政府网站信息报送采编情况的通报",
            [
                "柞水县人民政府办公室",
                "关于2022年上半年全县政务公开",
                "暨县政府网站信息报送采编情况的通报",
            ],
        ),
        (
            "某区人民政府办公室关于2022年全区政务公开工作和政府网站、政务新媒体信息报送情况的通报",
            [
                "某区人民政府办公室",
                "关于2022年全区政务公开工作和政府网站、",
                "政务新媒体信息报送情况的通报",
            ],
        ),
        (
            "某县人民政府办公室关于2022年第三季度全县政务公开情况的通报",
            ["某县人民政府办公室", "关于2022年第三季度全县政务公开情况的通报"],
        ),
        (
            "某县人民政府办公室关于2023年10—11月全县政务信息报送情况的通报",
            ["某县人民政府办公室关于2023年10—11月", "全县政务信息报送情况的通报"],
        ),
        ("某" * 90, ["某" * 90]),
    ],
)
def test_titles_break_between_words(title: str, expected: list[str]) -> None:
    """A long title breaks where one reads a pause; one that is no title is left to Word."""
    assert expected == list(break_title(title, 20))


def test_no_line_of_a_title_reads_as_a_whole_one() -> None:
    """A title does not break behind a bracket or 报, where a reader takes it for complete."""
    lines = break_title("某县人民政府办公室关于各镇办（街道）信息汇报机制运行情况的通报", 20)

    assert len(lines) > 1
    assert [] == [line for line in lines[:-1] if line.endswith(("）", "报"))]


# --- Tables -------------------------------------------------------------------------------------


def test_one_block() -> None:
    """Up to 30 units stand in one block, the total below."""
    grid = grid_of(replace(CIRCULAR, annexes=(annex(30),)))

    assert ["序号", "投稿单位", "政务公开（篇）", "政务动态（篇）"] == grid[0]
    assert ["1", "单位1", "1", "2"] == grid[1]
    assert ["", "合计", "465", "930"] == grid[-1]
    assert 32 == len(grid)


@pytest.mark.parametrize(
    ("units", "last"),
    [
        (31, ["16", "单位16", "16", "32", "", "合计", "496", "992"]),
        (32, ["", "", "", "", "", "合计", "528", "1056"]),
    ],
)
def test_two_blocks(units: int, last: list[str]) -> None:
    """More units stand in two blocks, the total at the end of the right one."""
    grid = grid_of(replace(CIRCULAR, annexes=(annex(units),)))

    assert ["序号", "投稿单位", "政务公开（篇）", "政务动态（篇）"] * 2 == grid[0]
    assert ["1", "单位1", "1", "2", "17", "单位17", "17", "34"] == grid[1]
    assert last == grid[-1]
    assert {8} == set(map(len, grid))


@pytest.mark.parametrize(("categories", "blocks"), [(4, 2), (5, 1)])
def test_many_categories_take_the_whole_width(categories: int, blocks: int) -> None:
    """Two blocks stand side by side only where their columns are wide enough for the headers."""
    labels = tuple(f"第{number}类" for number in range(categories))
    table = replace(annex(40), categories=labels, counts=((1,) * categories,) * 40)
    header = grid_of(replace(CIRCULAR, annexes=(table,)))[0]

    assert ["序号", "投稿单位", *(f"{label}（篇）" for label in labels)] * blocks == header


def test_no_unit() -> None:
    """A group without units has a table with nothing but a total of 0."""
    grid = grid_of(replace(CIRCULAR, annexes=(annex(0),)))

    assert [["", "合计", "0", "0"]] == grid[1:]


def test_rows_stay_whole() -> None:
    """Only the header repeats; no row breaks; cells are centred both ways within borders."""
    content = write_circular(replace(CIRCULAR, annexes=(annex(40),)))
    table = only(part(content, "word/document.xml"), "//w:tbl")
    styles = part(content, "word/styles.xml")
    rows, cells = find(table, "w:tr"), find(table, ".//w:tc")
    grid = f"w:style[@w:styleId='{only(table, 'w:tblPr/w:tblStyle/@w:val')}']"
    borders = find(styles, f"{grid}/w:tblPr/w:tblBorders/*/@w:val")

    assert [1] + [0] * (len(rows) - 1) == [len(find(row, "w:trPr/w:tblHeader")) for row in rows]
    assert len(rows) == len(find(table, "w:tr/w:trPr/w:cantSplit"))
    assert ["center"] * len(cells) == find(table, ".//w:tc/w:tcPr/w:vAlign/@w:val")
    assert ["single"] * 6 == borders
    for style in set(find(table, ".//w:pStyle/@w:val")):
        assert "center" == only(styles, f"w:style[@w:styleId='{style}']/w:pPr/w:jc/@w:val")


@pytest.mark.parametrize("units", [3, 57])
def test_columns_fill_the_type_area(units: int) -> None:
    """The columns, as the grid and as the cells give them, are as wide as the type area."""
    table = only(body_of(replace(CIRCULAR, annexes=(annex(units),))), "w:tbl")
    cells = find(table, "w:tr[1]/w:tc/w:tcPr/w:tcW/@w:w")

    assert cells == find(table, "w:tblGrid/w:gridCol/@w:w")
    assert pytest.approx(156 * TWIPS, abs=1) == sum(map(int, cells))


def test_long_names_are_set_narrower() -> None:
    """A name longer than its column keeps to one line in narrower type."""
    table = replace(annex(40), units=("县域工业集中区管理委员会", *annex(40).units[1:]))
    runs = find(body_of(replace(CIRCULAR, annexes=(table,))), "//w:tbl//w:r[w:rPr/w:w]")
    scales = {text_of(run): int(only(run, "w:rPr/w:w/@w:val")) for run in runs}

    assert ["县域工业集中区管理委员会"] == list(scales)
    assert 66 <= scales["县域工业集中区管理委员会"] < 80


def test_revised_counts_are_marked() -> None:
    """A revised count reads 3[r], the mark raised; a line below the table says what it means."""
    circular = replace(CIRCULAR, annexes=(annex(3, revised=[(2, 0)]),))
    marks = find(body_of(circular), "//w:r[w:rPr/w:vertAlign/@w:val='superscript']")

    assert ["[r]"] == [text_of(mark) for mark in marks]
    assert ["3", "单位3", "3[r]", "6"] == grid_of(circular)[3]
    assert ("TableNote", "[r] 与前次发布相比有修订。") == said(circular)[-1]


def test_measure_is_said_once() -> None:
    """A header that names the measure already does not get it again."""
    table = replace(annex(2), categories=("政务公开（篇）", "政务动态"))
    header = grid_of(replace(CIRCULAR, annexes=(table,)))[0]

    assert ["政务公开（篇）", "政务动态（篇）"] == header[2:]


# --- As the audit reads it ----------------------------------------------------------------------


def test_audit_finds_every_count(h1: Submissions, tmp_path: Path) -> None:
    """The audit reads from the document's annexes what they were made from."""
    document = read(letter_of(h1), tmp_path)
    found = read_annexes(document, h1.county, Roster(h1.units), h1.period)

    assert h1.counts == found.counts


def test_audit_finds_the_titles(h1: Submissions, tmp_path: Path) -> None:
    """The note and the annex pages give the audit the same titles, broken lines or not."""
    circular = letter_of(h1)
    found = annex_titles(read(circular, tmp_path))
    expected = [(each.number, each.title) for each in circular.annexes]

    assert expected == [(each.number, each.title) for each in found.noted]
    assert expected == [(each.number, each.title) for each in found.headed]


def test_audit_finds_the_title(tmp_path: Path) -> None:
    """A title over several lines is the audit's first lines, nothing lost or added."""
    document = read(CIRCULAR, tmp_path)

    assert TITLE == "".join(document.text.splitlines()[:2])


# --- The file -----------------------------------------------------------------------------------


def test_same_bytes_in_another_process(content: bytes) -> None:
    """Neither the process, nor its hash seed, nor its time zone, nor the hour has a say."""
    script = (
        "import sys; from release import test_word as t; from dataclasses import replace;"
        "content = t.write_circular(replace(t.CIRCULAR, annexes=(t.annex(3),)));"
        "sys.stdout.buffer.write(content)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONHASHSEED": "7",
            "TZ": "Asia/Shanghai",
            "PYTHONPATH": str(ROOT / "tests"),
        },
        capture_output=True,
        check=True,
    )

    assert content == done.stdout


def test_parts_of_the_file(content: bytes) -> None:
    """The file holds what a letter needs and no leftovers, unpacked, at a fixed time."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()

    assert [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    ] == [entry.filename for entry in entries]
    assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in entries}
    assert {zipfile.ZIP_STORED} == {entry.compress_type for entry in entries}


@pytest.mark.parametrize(
    ("date", "created"),
    [
        ("2022年7月8日", datetime(2022, 7, 8)),
        ("", datetime(1980, 1, 1)),
        ("2022年2月30日", datetime(1980, 1, 1)),
        ("0007年7月8日", datetime(1980, 1, 1)),
    ],
)
def test_properties(date: str, created: datetime) -> None:
    """The file's properties are those of the circular, and no time but its date."""
    content = write_circular(replace(CIRCULAR, date=date))
    properties = docx.Document(io.BytesIO(content)).core_properties

    assert (TITLE, "某县人民政府办公室") == (properties.title, properties.author)
    assert created.isoformat() == properties.created.replace(tzinfo=None).isoformat()
    assert b"modified" not in zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<w:p>&amp;</w:p>", "<w:p>&amp;</w:p>"),
        ("]]><!--\"'", "]]><!--\"'"),
        ("甲\x00\x08\x1b\x7f乙", "甲乙"),
        ("甲\t\r\n乙\u2028丙", "甲 乙 丙"),
        ("甲\ud800\ufffe\uffff乙", "甲\ufffd\ufffd\ufffd乙"),
        ("甲\u202e乙", "甲乙"),
        ("报送😀👨‍👩‍👧情况", "报送😀👨‍👩‍👧情况"),
        ("很长" * 20000, "很长" * 20000),
        (" ", " "),
    ],
)
def test_hostile_text(text: str, shown: str) -> None:
    """No text in any place breaks the file; it stands there as far as XML can hold it."""
    table = replace(annex(2), title=text, units=(text, "乙镇"), categories=(text, "政务动态"))
    circular = Circular(
        text, text, (SectionTitle(1, text), BodyText(text)), (table,), text, text, text, text, text
    )
    content = write_circular(circular)
    document = docx.Document(io.BytesIO(content))
    body = only(part(content, "word/document.xml"), "w:body")

    found = [text_of(each) for each in find(body, "w:p[w:pPr/w:pStyle/@w:val='BodyText']")]

    assert [shown] == found
    assert shown == document.tables[0].cell(1, 1).text
    assert [text_of(part(content, f"word/header{number}.xml")) for number in (1, 2)] == [shown] * 2


# The order in which Word's schema (ISO/IEC 29500-1) wants children that we write; Word calls a file
# in another order damaged.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr overflowPunct autoSpaceDE"
    " autoSpaceDN snapToGrid spacing ind jc outlineLvl",
    "rPr": "rFonts snapToGrid spacing w kern sz szCs vertAlign lang",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblCaption",
    "tcPr": "tcW vAlign",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "sectPr": "headerReference footerReference pgSz pgMar cols docGrid",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang"
    " decimalSymbol listSeparator",
    "compat": "balanceSingleByteDoubleByteWidth doNotExpandShiftReturn useFELayout compatSetting",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr",
    "font": "altName charset family pitch",
    "numbering": "abstractNum num",
}


@pytest.mark.parametrize("name", ORDERS)
def test_elements_are_in_order(name: str) -> None:
    """Children stand in the order of Word's schema."""
    order = ORDERS[name].split()
    content = write_circular(
        replace(CIRCULAR, note="说明", annexes=(annex(3, 1, [(0, 0)]), annex(40, 2)))
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        roots = [
            etree.fromstring(archive.read(each))
            for each in archive.namelist()
            if each.startswith("word/") and each.endswith(".xml")
        ]
    children = [
        [order.index(etree.QName(child).localname) for child in each]
        for root in roots
        for each in root.iter(f"{W}{name}")
    ]

    assert children
    assert [] == [each for each in children if each != sorted(each)]


# --- As LibreOffice sets it ---------------------------------------------------------------------

SENTENCE = "各镇办和各部门单位按月梳理应当公开的事项并在规定时限内报送县政府办公室审核后统一发布。"


@pytest.fixture(scope="module")
def pages(h1: Submissions, soffice: str, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The pages of a circular as long as a real one, as LibreOffice prints them."""
    folder = tmp_path_factory.mktemp("word")
    paragraphs = (BodyText(SENTENCE * 4), SectionTitle(2, "有关情况")) * 10
    circular = letter_of(h1, (BodyText(SENTENCE * 4), SectionTitle(1, "总体情况"), *paragraphs))
    (folder / "circular.docx").write_bytes(write_circular(replace(circular, note="合成数据")))
    profile = (folder / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "circular.docx"], cwd=folder, capture_output=True, check=True)
    document = pypdfium2.PdfDocument(folder / "circular.pdf")
    return [document[number].get_textpage() for number in range(len(document))]


def lines_of(page: Any) -> list[str]:
    """Return the lines of a page."""
    return [line for line in page.get_text_range().splitlines() if line.strip()]


def test_printed_annexes_have_a_page_each(pages: list[Any]) -> None:
    """Each annex takes one page, the last ones, and its table is whole."""
    texts = [page.get_text_range() for page in pages]
    first = [re.sub(r"\s", "", lines_of(page)[1]) for page in pages]

    assert ["附件1", "附件2"] == first[-2:]
    assert [] == [text for text in first[:-2] if text.startswith("附件")]
    assert "红岩寺镇" in texts[-2]
    assert texts[-1].index("合计") > texts[-1].index("盐务局")


def test_printed_pages_have_22_lines_of_28_characters(pages: list[Any]) -> None:
    """A full page holds 22 lines beside header and page number, a full line 28 characters."""
    lines = lines_of(pages[1])
    usual, _ = Counter(map(len, lines)).most_common(1)[0]

    assert 22 + 2 == len(lines)
    assert 28 == usual


def test_printed_headings_are_numbered(pages: list[Any]) -> None:
    """Headings come out as 一、 and （一） to （十）."""
    text = re.sub(r"\s", "", "".join(page.get_text_range() for page in pages))

    assert "一、总体情况" in text
    assert [f"（{number}）" for number in "一二三四五六七八九十"] == re.findall(
        r"(（.）)有关情况", text
    )


def test_printed_page_numbers_change_sides(pages: list[Any]) -> None:
    """Odd pages have their number at the right, even pages at the left."""
    sides = []
    for number, page in enumerate(pages, 1):
        left, *_ = page.get_charbox(page.get_text_range().rindex(str(number)))
        sides.append("right" if left > 297 else "left")  # points: the middle of the page

    assert [("left", "right")[number % 2] for number in range(1, len(pages) + 1)] == sides


def test_printed_note_is_on_every_page(pages: list[Any]) -> None:
    """What every page should say is there on every page."""
    assert [1] * len(pages) == [
        sum(line.strip() == "合成数据" for line in lines_of(page)) for page in pages
    ]
