"""How annexes.xlsx looks and prints, read back whole: formats, widths, heights, pages."""

import html
import io
import re
import zipfile
from collections import defaultdict
from dataclasses import replace

import pytest

from release.test_workbook import BOOK, REVISIONS, SMALL, opened
from zhashui_stats.model.revisions import Revision, SentenceChange
from zhashui_stats.release.cell_text import in_page_header, row_height, text_width
from zhashui_stats.release.workbook import write_workbook

LONG = "某县人民政府办公室关于2022年上半年全县政务公开信息报送采编情况的通报"
LATER = Revision(4, "漏" * 30, (), (SentenceChange("", "增"), SentenceChange("减", "")))
FULL = replace(
    BOOK,
    title=LONG,
    annexes=(replace(SMALL, title=LONG, revised=frozenset({(1, 1)})),),
    notes=(("合计", "各类别之和"), ("以上、以下", "包括本数；" * 16)),
    sources=(("2022H1/一个名称很长的文件.csv", "ab" * 32),),
    revisions=(*REVISIONS, LATER),
    synthetic="合成数据，仅供试用",
)


@pytest.fixture(scope="module")
def full():
    """A workbook that has everything that a workbook can have."""
    return opened(FULL)


def style_of(cell):
    """Say how a cell is set: type, place, border, fill, number format."""
    font, place = cell.font, cell.alignment
    sides = {getattr(cell.border, side).style for side in ("left", "right", "top", "bottom")}
    words = [
        font.name, f"{font.sz:g}", "bold" if font.b else "", font.u or "",
        font.color.rgb if font.color and font.color.type == "rgb" else "",
        place.horizontal or "", place.vertical, "wrapped" if place.wrap_text else "",
        "shrunk" if place.shrink_to_fit else "", f"indent{place.indent:g}" if place.indent else "",
        *(f"{side} border" for side in sides if side),
        cell.fill.fgColor.rgb if cell.fill.fill_type else "", cell.number_format,
        "quoted" if cell.quotePrefix else "", "" if cell.protection.locked else "open",
    ]  # fmt: skip
    return " ".join(filter(None, words))


HEADER = "宋体 11 bold center center wrapped thin border FFEDEDED 0"
NUMBER = "宋体 11 center center shrunk thin border 0"
TOTAL = "宋体 11 bold center center shrunk thin border 0"
TEXT = "宋体 11 left center wrapped indent1 thin border General"
HEADING = "宋体 14 bold center General"
LINE = "宋体 14 center center wrapped General"
SUBTITLE = "宋体 16 center center wrapped General"
STYLES = {
    "封面": {
        "黑体 16 FFC00000 center center wrapped General": "A2",
        "黑体 22 center center wrapped General": "A4",
        SUBTITLE: "A6 A14 A16",
        LINE: "A8 A10 A12",
    },
    "目录": {
        HEADER: "A1 B1",
        "宋体 11 single FF0563C1 center center shrunk thin border 0": "A2 A3 A4",
        TEXT: "B2 B3 B4",
    },
    "附件1": {
        HEADER: "A1 B1 C1 D1 E1",
        NUMBER: "A2 B2 C2 D2 A3 B3 C3",
        TOTAL: "E2 E3 A4 B4 C4 D4 E4",
        '宋体 11 center center shrunk thin border 0"[r]"': "D3",
        "宋体 11 center General": "A6 A7",
    },
    "说明": {
        HEADING: "A1 A6 A13",
        HEADER: "A2 B2 A7 B7 A14 B14",
        TEXT: "A3 B3 A4 B4 A8 B8 A9 B9 A10 B10 A11 B11 A15",
        "Consolas 9 left center wrapped indent1 thin border General": "B15",
    },
    "修订记录": {
        HEADER: "A1 B1 C1 D1 E1",
        NUMBER: "A2 C2 D2 A3 D3 A4 A5 A6 A7",
        TEXT: "B2 E2 B3 C3 E3 B4 C4 D4 E4 B5 C5 D5 E5 B6 C6 D6 E6 B7 C7 D7 E7",
    },
}


def test_every_cell_has_its_format(full):
    """Headers, numbers, totals, texts, marks and checksums are set as such, and nothing else is."""
    found = {}
    for sheet in full:
        places = defaultdict(list)
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.has_style):
            places[style_of(cell)].append(cell.coordinate)
        found[sheet.title] = {style: " ".join(cells) for style, cells in places.items()}

    assert STYLES == found


def test_what_is_written_later_has_the_same_type():
    """A cell that somebody fills in by hand is set as the others are."""
    assert "宋体 11 General" == style_of(opened(BOOK)["附件1"]["Z99"])


def test_columns_are_as_wide_as_their_content(full):
    """Widths in characters, as Excel keeps them: with what it adds on both sides of a text."""
    found = {
        sheet.title: [
            (chr(64 + column.min), chr(64 + column.max), round(column.width - 0.71, 2))
            for column in sheet.column_dimensions.values()
        ]
        for sheet in full
    }

    assert {
        "封面": [("A", "A", 76)],
        "目录": [("A", "A", 14), ("B", "B", 70)],
        "附件1": [("A", "A", 7), ("B", "B", 22), ("C", "D", 16), ("E", "E", 15)],
        "说明": [("A", "A", 26), ("B", "B", 64)],
        "修订记录": [("A", "A", 8), ("B", "B", 26), ("C", "D", 24), ("E", "E", 26)],
    } == found


@pytest.mark.parametrize(
    ("letters", "name_width", "count_width"),
    [(1, 22, 15), (19, 22, 24), (20, 23, 24), (37, 40, 24), (38, 40, 24)],
)
def test_columns_of_an_annex_have_bounds(letters, name_width, count_width):
    """The longest name and each header set their column's width, within what a page can bear."""
    annex = replace(SMALL, units=("甲", "a" * letters), categories=("a" * letters, "b" * 8))
    sheet = opened(replace(BOOK, annexes=(annex,)))["附件1"]
    widths = {key: round(column.width - 0.71, 2) for key, column in sheet.column_dimensions.items()}

    assert name_width == widths["B"]
    assert count_width == widths["C"]
    assert 16 == widths.get("D", 16)


def heights(sheet):
    """Return the heights of rows, in points, as the file has them: in quarters."""
    return {number: row.height for number, row in sheet.row_dimensions.items() if row.height}


def test_rows_are_as_high_as_their_content(full):
    """Long texts get the lines that they take; the cover's blank rows lay out the page."""
    line, two, three = 19.5, 34.5, 49.5
    head, header = 27.75, 26.25

    assert {
        1: 39.75, 2: 26.25, 3: 120, 4: 64.5, 5: 39.75, 6: 26.25, 7: 6, 8: 24, 9: 6, 10: 24,
        11: 6, 12: 24, 13: 159.75, 14: 26.25, 15: 6, 16: 26.25,
    } == heights(full["封面"])  # fmt: skip
    assert {1: header, 2: two, 3: line, 4: line} == heights(full["目录"])
    assert {1: header, 2: 15.75, 3: 15.75, 4: 15.75} == heights(full["附件1"])
    assert {
        1: head, 2: header, 3: line, 4: three,
        6: head, 7: header, 8: line, 9: line, 10: line, 11: line,
        13: head, 14: header, 15: two,
    } == heights(full["说明"])  # fmt: skip
    assert {
        1: header, 2: line, 3: line, 4: line, 5: line, 6: three, 7: three,
    } == heights(full["修订记录"])  # fmt: skip


def test_cover_closes_up_over_what_is_not_said():
    """Without a warning and a date the other lines keep their distances."""
    sheet = opened(replace(BOOK, date=""))["封面"]

    assert {
        1: 120, 2: 34.5, 3: 39.75, 4: 26.25, 5: 6, 6: 24, 7: 6, 8: 24, 9: 6, 10: 24,
        11: 159.75, 12: 26.25,
    } == heights(sheet)  # fmt: skip


def page_of(sheet):
    """Return how a sheet prints."""
    setup, margins, options = sheet.page_setup, sheet.page_margins, sheet.print_options
    return {
        "paper": (str(setup.paperSize), setup.orientation),
        "pages": (sheet.sheet_properties.pageSetUpPr.fitToPage, setup.fitToWidth or 1,
                  setup.fitToHeight),
        "centred": (options.horizontalCentered, options.verticalCentered),
        "margins": (margins.left, margins.right, margins.top, margins.bottom),
        "grid": (sheet.sheet_view.showGridLines is not False, bool(options.gridLines)),
        "frozen": sheet.freeze_panes,
        "repeated": (sheet.print_title_rows, sheet.print_title_cols),
        "header": str(sheet.oddHeader).replace("_x000a_", "\n"),
        "footer": str(sheet.oddFooter),
        "merged": [*sheet.merged_cells.ranges],
        "protected": sheet.protection.sheet,
        "shown": sheet.sheet_state,
    }  # fmt: skip


def test_every_sheet_prints_as_it_should(full):
    """A4 upright and one page wide; but for the cover, each page says its number and the warning.

    An annex also says which it is, and leaves room for that above; long tables repeat their header,
    which stays in sight on the screen as well.
    """
    numbered = "&C第 &P 页，共 &N 页"
    plain = {
        "paper": ("9", "portrait"),
        "pages": (True, 1, 0),
        "centred": (True, None),
        "margins": (0.7, 0.7, 0.9, 0.75),
        "grid": (True, False),
        "frozen": None,
        "repeated": (None, None),
        "header": '&C&"宋体,常规"&11 合成数据，仅供试用',
        "footer": numbered,
        "merged": [],
        "protected": False,
        "shown": "visible",
    }
    annex_header = (
        f'&L&"黑体,常规"&12 附件1&C&"宋体,常规"&11 \n{LONG}\n合成数据，仅供试用'
    )  # fmt: skip

    assert {
        "封面": plain | {"header": "", "footer": "", "grid": (False, False)},
        "目录": plain,
        "附件1": plain | {
            "margins": (0.7, 0.7, 1.1, 0.75), "frozen": "C2", "repeated": ("$1:$1", None),
            "header": annex_header,
        },
        "说明": plain,
        "修订记录": plain | {"frozen": "A2", "repeated": ("$1:$1", None)},
    } == {sheet.title: page_of(sheet) for sheet in full}  # fmt: skip


def header_of(content, name):
    """Return a sheet's page header letter by letter, as the file has it."""
    sheet = zipfile.ZipFile(io.BytesIO(content)).read(f"xl/worksheets/{name}.xml").decode()
    found = re.search("<oddHeader>(.*?)</oddHeader>", sheet, re.DOTALL)
    return html.unescape(found[1]) if found else ""


@pytest.mark.parametrize("synthetic", ["", "合成"])
def test_page_headers_letter_by_letter(synthetic):
    """The font stands after the size: it would else swallow the digits that a text begins with."""
    content = write_workbook(replace(BOOK, synthetic=synthetic))
    warning = '\n&11&"宋体,常规"合成' if synthetic else ""

    assert (
        f'&L&12&"黑体,常规"附件1&C\n&14&"黑体,常规"镇办统计表{warning}'
        == header_of(content, "sheet3")
    )  # fmt: skip
    assert ('&C&11&"宋体,常规"合成' if synthetic else "") == header_of(content, "sheet2")
    assert "" == header_of(content, "sheet1")


@pytest.mark.parametrize(("length", "kept"), [(120, 120), (121, 119)])
def test_page_headers_are_cut_where_they_are_full(length, kept):
    """A title holds 120 characters and a warning of its own as many; below a title it holds 60."""
    cut = "…" * (kept < length)
    book = replace(
        BOOK, annexes=(replace(SMALL, title="甲" * length),), synthetic="乙" * length
    )  # fmt: skip
    content = write_workbook(book)

    assert header_of(content, "sheet3").endswith(
        f'"{"甲" * kept}{cut}\n&11&"宋体,常规"{"乙" * 59}…'
    )
    assert header_of(content, "sheet2").endswith(f'"{"乙" * kept}{cut}')
    exact = write_workbook(replace(book, synthetic="乙" * 60))
    assert header_of(exact, "sheet3").endswith("乙" * 60)


# --- What stands in the cells -------------------------------------------------------------------


def values(sheet):
    """Return the rows of a sheet, blank ones included."""
    return [*sheet.iter_rows(values_only=True)]


def test_contents_say_what_each_sheet_is(full):
    """A line a sheet, under a header, with a link that leads there."""
    sheet = full["目录"]

    assert [
        ("工作表", "内容"),
        ("附件1", LONG),
        ("说明", "指标含义、标记和数据来源"),
        ("修订记录", "历次发布之间的改动"),
    ] == values(sheet)
    assert ["'附件1'!A1", "'说明'!A1", "'修订记录'!A1"] == [
        row[0].hyperlink.location for row in sheet.iter_rows(min_row=2)
    ]


def test_notes_whole(full):
    """Definitions, marks and sources are a table each, with headers, a blank row between them."""
    blank = (None, None)

    assert [
        ("指标含义", None), ("名称", "含义"), *FULL.notes, blank,
        ("标记", None), ("标记", "含义"), ("0", "没有稿件被采用"),
        ("[r]", "与前次发布相比有修订；单元格中仍是数字，可以直接计算"),
        ("数据状态", "最终"), ("数据性质", "合成数据，仅供试用"), blank,
        ("数据来源", None), ("文件", "SHA-256"), *FULL.sources,
    ] == values(full["说明"])  # fmt: skip


def test_notes_without_definitions_and_sources():
    """A table that would be empty is left out, with its heading."""
    sheet = opened(BOOK)["说明"]

    assert [
        ("标记", None), ("标记", "含义"), ("0", "没有稿件被采用"), ("数据状态", "最终"),
    ] == values(sheet)  # fmt: skip


def test_sentences_that_came_and_went_are_listed(full):
    """In place of a sentence that was not there, or is no more, stands that there is none."""
    assert [
        (4, "通报正文", "（无）", "增", "漏" * 30),
        (4, "通报正文", "减", "（无）", "漏" * 30),
    ] == values(full["修订记录"])[5:]


def test_footnotes_stand_below_a_blank_row(full):
    """The warning, then the mark; who reads the sheet as data finds the table alone above."""
    assert [(None,) * 5, ("注：合成数据，仅供试用。",) + (None,) * 4,
            ("[r] 与前次发布相比有修订。",) + (None,) * 4] == values(full["附件1"])[4:]  # fmt: skip


def test_annex_without_units_is_set_like_any():
    """Its footnotes stand as far below the header as below a table; its columns are as wide."""
    empty = replace(SMALL, units=(), counts=())
    book = replace(BOOK, annexes=(empty,), synthetic="合成")
    sheet = opened(book)["附件1"]

    assert [None, None, "注：合成。"] == [sheet.cell(row, 1).value for row in (2, 3, 4)]
    assert (22, "C2") == (round(sheet.column_dimensions["B"].width - 0.71, 2), sheet.freeze_panes)


def test_warning_is_a_property_of_the_file(full):
    """That figures are made up is said where a system of files shows it; else nothing is."""
    plain = opened(BOOK)

    assert "合成数据，仅供试用" == full.properties.description
    assert plain.properties.description is None


# --- Texts in cells -----------------------------------------------------------------------------


@pytest.mark.parametrize("start", "=+-@＝＋－＠\t\n")
def test_text_that_begins_like_a_formula_is_quoted(start):
    """Each sign with which some spreadsheet begins a formula keeps its cell a text."""
    sheet = opened(replace(BOOK, notes=((f"{start}甲", "乙"),)))

    assert f"{TEXT} quoted" == style_of(sheet["说明"]["A3"])
    assert TEXT == style_of(sheet["说明"]["B3"])


@pytest.mark.parametrize(
    ("cells", "height"),
    [
        ([("", 10)], 1), ([("a" * 9, 10)], 1), ([("a" * 10, 10)], 2), ([("甲" * 9, 20)], 1),
        ([("甲" * 10, 20)], 2), ([("a", 10), ("a\nb\n", 10)], 3), ([("a" * 20 + "\nb", 10)], 4),
    ],
)  # fmt: skip
def test_height_of_wrapped_rows(cells, height):
    """Lines break before they are full, each one of 1.35 times its size, with 5 points around."""
    assert height * 11 * 1.35 + 5 == row_height(cells)
    assert height * 20 * 1.35 + 5 == row_height(cells, 20)


def test_rows_cannot_be_higher_than_excel_has_them():
    """The highest row has 409 points."""
    assert 27 * 11 * 1.35 + 5 == row_height([("\n" * 26, 9)])
    assert 409 == row_height([("\n" * 27, 9)])


def test_width_of_text():
    """Chinese, full-width and ambiguous characters take two letters, all others one."""
    assert [2, 2, 2, 1, 1] == [text_width(character) for character in "甲Ａ“aｱ"]


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("&&", 4, "&&&&"),
        ("&&", 3, "…"),
        ("😀😀", 4, "😀😀"),
        ("😀😀", 3, "…"),
        ("ab\n\n c", 6, "ab c"),
    ],
)
def test_page_header_counts_what_the_file_counts(text, most, kept):
    """An ampersand takes two, and so does a character beyond the first plane of Unicode."""
    assert kept == in_page_header(text, most)
