"""annexes.xlsx: what stands in it, how it prints, and that programs compute the same."""

import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest
from conftest import build_submissions
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from release.released import read_annexes
from zhashui_stats.model.revisions import CellChange, Revision, SentenceChange
from zhashui_stats.model.units import Roster
from zhashui_stats.release.circular import AnnexTable
from zhashui_stats.release.composing import compose_annexes
from zhashui_stats.release.workbook import AnnexBook, write_workbook

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://example.org")',
    "http://example.org",
    "12",
    "<b>&\"'",
    "_x0041_",
    "😀",
    "2022&P年",
]
REVISIONS = (
    Revision(
        2,
        "漏登补录",
        (
            CellChange("镇办", "甲镇", "政务动态", 3, 4),
            CellChange("镇办", "乙镇", "政务动态", None, 5),
        ),
        (SentenceChange("共3篇。", "共4篇。"),),
    ),
    Revision(3, ""),
)
SMALL = AnnexTable(
    1, "镇办统计表", "towns", "镇办", ("政务公开", "政务动态"), ("甲镇", "乙镇"), ((1, 0), (0, 5))
)
BOOK = AnnexBook("某县通报", "某县办公室", "2022年7月8日", "2022年上半年", "最终", "篇", (SMALL,))


def opened(book):
    """Open a written workbook with formulas."""
    return load_workbook(io.BytesIO(write_workbook(book)))


def cached(content, name):
    """Return the rows of a sheet as another library reads its cached values."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name)
    return sheet.to_python(skip_empty_area=False)


def texts(book):
    """Return every text of a workbook."""
    return [
        cell.value
        for sheet in opened(book)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


# --- Sheets -------------------------------------------------------------------------------------


def test_sheets_are_in_order_and_the_cover_comes_first():
    """A workbook opens on its cover; contents, annexes and notes follow."""
    second = replace(SMALL, number=2, group="departments", label="部门单位")
    book = opened(replace(BOOK, annexes=(SMALL, second)))

    assert ["封面", "目录", "附件1", "附件2", "说明"] == book.sheetnames
    assert "封面" == book.active.title


def test_cover_says_what_it_is():
    """Title, period, status, measure, issuer and date stand on the cover."""
    cover = [cell.value for (cell,) in opened(BOOK)["封面"].iter_rows() if cell.value]

    expected = [
        "某县通报", "附件", "统计时段：2022年上半年", "数据状态：最终", "计量单位：篇",
        "某县办公室", "2022年7月8日",
    ]  # fmt: skip
    assert expected == cover


def test_cover_without_a_date():
    """A date that is not on record leaves no blank line of text."""
    cover = [cell.value for (cell,) in opened(replace(BOOK, date=""))["封面"].iter_rows()]

    assert "某县办公室" == cover[-1]


def test_contents_link_to_every_sheet():
    """Each line of the contents leads to the sheet that it names."""
    sheet = opened(replace(BOOK, revisions=REVISIONS))["目录"]
    links = {sheet.cell(row, 1).value: sheet.cell(row, 1).hyperlink.location for row in range(2, 5)}

    assert {name: f"'{name}'!A1" for name in ("附件1", "说明", "修订记录")} == links
    assert "镇办统计表" == sheet["B2"].value


def test_annex_has_one_header_row_and_numbers():
    """Row 1 is the header, each unit a row; counts are numbers, totals formulas."""
    rows = list(opened(BOOK)["附件1"].iter_rows(values_only=True))

    assert [
        ("序号", "投稿单位", "政务公开（篇）", "政务动态（篇）", "合计（篇）"),
        (1, "甲镇", 1, 0, "=SUM(C2:D2)"),
        (2, "乙镇", 0, 5, "=SUM(C3:D3)"),
        (None, "合计", "=SUM(C2:C3)", "=SUM(D2:D3)", "=SUM(E2:E3)"),
    ] == rows


def test_annex_without_units_is_a_header():
    """No unit, no total: a sum of nothing would count itself."""
    empty = replace(SMALL, units=(), counts=())
    rows = list(opened(replace(BOOK, annexes=(empty,)))["附件1"].iter_rows(values_only=True))

    assert 1 == len(rows)


def test_definitions_and_sources_stand_in_the_notes():
    """Terms, files and their hashes are given."""
    notes = (("合计", "各类别之和"),)
    book = opened(replace(BOOK, notes=notes, sources=(("towns.csv", "ab" * 32),)))
    rows = [row[:2] for row in book["说明"].iter_rows(values_only=True)]

    assert ("合计", "各类别之和") in rows
    assert ("towns.csv", "ab" * 32) in rows
    assert ("数据状态", "最终") in rows


def test_revisions_are_listed():
    """Each change is a row; figures are numbers, and what was not there is said."""
    rows = list(opened(replace(BOOK, revisions=REVISIONS))["修订记录"].iter_rows(values_only=True))

    assert [
        ("版次", "位置", "原为", "现为", "原因"),
        (2, "镇办 甲镇 政务动态", 3, 4, "漏登补录"),
        (2, "镇办 乙镇 政务动态", "（无）", 5, "漏登补录"),
        (2, "通报正文", "共3篇。", "共4篇。", "漏登补录"),
        (3, "（无改动）", None, None, None),
    ] == rows


def test_revised_cells_stay_numbers():
    """The mark is a number format; the legend says what it means."""
    marked = replace(BOOK, annexes=(replace(SMALL, revised=frozenset({(1, 1)})),))
    sheet = opened(marked)["附件1"]

    assert (5, '0"[r]"') == (sheet["D3"].value, sheet["D3"].number_format)
    assert ["0", "0", "0"] == [sheet[place].number_format for place in ("C2", "D2", "C3")]
    assert "[r] 与前次发布相比有修订。" == sheet["A6"].value
    assert "[r]" in texts(marked)


def test_without_revised_cells_no_mark_is_explained():
    """A legend of marks that stand nowhere would mislead."""
    assert [] == [text for text in texts(BOOK) if "[r]" in text]


def test_made_up_figures_are_said_everywhere():
    """Cover, annex, notes and every printed page say that figures are made up."""
    said = "合成数据，仅供试用"
    book = opened(replace(BOOK, synthetic=said))

    for name in ("封面", "附件1", "说明"):
        assert any(said in str(cell.value) for row in book[name].iter_rows() for cell in row)
    for name in ("目录", "附件1", "说明"):
        assert said in book[name].oddHeader.center.text
    assert [] == [text for text in texts(BOOK) if "合成" in text]


# --- Print and properties -----------------------------------------------------------------------


def test_annexes_print_on_a4():
    """A4 upright, one page wide, centred, the header on each page, pages numbered."""
    sheet = opened(BOOK)["附件1"]

    assert ("9", "portrait") == (str(sheet.page_setup.paperSize), sheet.page_setup.orientation)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (None, 0) == (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight)
    assert sheet.print_options.horizontalCentered
    assert "$1:$1" == sheet.print_title_rows
    assert "第 &P 页，共 &N 页" == sheet.oddFooter.center.text
    assert "镇办统计表" in sheet.oddHeader.center.text
    assert ("附件1", 12) == (sheet.oddHeader.left.text, sheet.oddHeader.left.size)


def test_header_stays_in_sight_and_nothing_is_filtered():
    """Header and names are frozen; there is no filter; zeros are shown."""
    sheet = opened(BOOK)["附件1"]

    assert "C2" == sheet.freeze_panes
    assert sheet.auto_filter.ref is None
    assert sheet.sheet_view.showZeros in (None, True)


def test_type_is_that_of_an_office():
    """黑体 for the title on the cover, 宋体 for the table."""
    book = opened(BOOK)

    assert "黑体" == next(cell.font.name for (cell,) in book["封面"].iter_rows() if cell.value)
    assert {"宋体"} == {cell.font.name for row in book["附件1"].iter_rows() for cell in row}


@pytest.mark.parametrize(
    ("stated", "created"),
    [
        ("2022年7月8日", datetime(2022, 7, 8)),
        ("2022-07-08", datetime(2022, 7, 8)),
        ("2022年2月30日", datetime(1980, 1, 1)),
        ("", datetime(1980, 1, 1)),
    ],
)
def test_properties_come_from_the_data(stated, created):
    """Title, author and time of the document are the circular's, never the machine's."""
    properties = opened(replace(BOOK, date=stated)).properties

    assert ("某县通报", "某县办公室") == (properties.title, properties.creator)
    assert (created, created) == (properties.created, properties.modified)
    assert ("2022年上半年", "最终") == (properties.subject, properties.contentStatus)


# --- Bytes --------------------------------------------------------------------------------------

PRINT_DIGEST = """
import hashlib
from release.test_workbook import BOOK, REVISIONS
from dataclasses import replace
from zhashui_stats.release.workbook import write_workbook
print(hashlib.sha256(write_workbook(replace(BOOK, revisions=REVISIONS))).hexdigest())
"""


def test_same_bytes_in_every_process(root):
    """Neither the hashes of a process nor time zone and day change a byte."""
    digests = set()
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        environment = {
            **os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root / "tests"),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        digests.add(done.stdout)

    assert 1 == len(digests)


def test_package_says_nothing_of_the_machine():
    """Parts are stored as they are, with one fixed time and system: no compressor's choice."""
    with zipfile.ZipFile(io.BytesIO(write_workbook(BOOK))) as parts:
        found = {
            (entry.compress_type, entry.date_time, entry.create_system, entry.extra)
            for entry in parts.infolist()
        }

    assert {(zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 0, b"")} == found


# --- Hostile text -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text):
    """Whatever a text looks like, it is a text; formulas are our own sums alone."""
    hostile = replace(SMALL, title=text, categories=(text, "政务动态"), units=(text, "乙镇"))
    book = opened(
        replace(
            BOOK, title=text, issuer=text, annexes=(hostile,), notes=((text, text),),
            revisions=(Revision(2, text, (), (SentenceChange(text, text),)),), synthetic=text,
        )
    )  # fmt: skip
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = [cell.value for cell in cells if cell.data_type == "f"]

    assert ["=SUM(C2:D2)", "=SUM(C3:D3)"] == formulas[:2]
    assert [] == [
        formula for formula in formulas if not re.fullmatch(r"=SUM\([C-E]\d:[C-E]\d\)", formula)
    ]
    assert text == book["附件1"]["B2"].value
    assert text == book["修订记录"]["C2"].value


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_risky_text_stays_text_when_edited(text):
    """A cell that begins like a formula is quoted, so that F2 and Enter leave it a text."""
    book = opened(replace(BOOK, notes=((text, "含义"),)))

    assert book["说明"]["A3"].quotePrefix
    assert not book["说明"]["B3"].quotePrefix


def test_what_xml_cannot_hold_is_replaced():
    """Control characters and halves of characters leave the file whole."""
    notes = (("\0\x0b甲\ud800\r\n乙\ufffe", "含义"),)
    book = opened(replace(BOOK, title="甲\x01乙", notes=notes))

    assert "\ufffd\ufffd甲\ufffd\n乙\ufffd" == book["说明"]["A3"].value
    assert "甲\ufffd乙" == book.properties.title


def test_long_texts_fit():
    """A cell holds what it can and says that more is missing; a page header stays in bounds."""
    book = opened(
        replace(
            BOOK, notes=(("甲" * 40_000, "😀" * 20_000),), synthetic="😀&" * 200,
            annexes=(replace(SMALL, title="&😀" * 200),),
        )
    )  # fmt: skip
    sheet = book["说明"]

    assert "甲" * 32_766 + "…" == sheet["A3"].value
    assert "😀" * 16_383 + "…" == sheet["B3"].value
    header = write_header(book["附件1"])
    assert len(header.encode("utf-16-le")) // 2 <= 255
    assert "…" in header


def write_header(sheet):
    """Return a page header as the file has it."""
    return str(sheet.oddHeader)


def test_no_macro():
    """The package holds no program."""
    with zipfile.ZipFile(io.BytesIO(write_workbook(BOOK))) as parts:
        names = parts.namelist()

    assert [] == [name for name in names if "vba" in name.lower() or name.endswith(".bin")]


# --- Round trips --------------------------------------------------------------------------------

COUNT = st.integers(0, 99_999)
GRID = st.tuples(
    st.lists(st.tuples(COUNT, COUNT, COUNT), min_size=1, max_size=12),
    st.lists(st.tuples(COUNT, COUNT, COUNT), min_size=1, max_size=12),
)


@settings(max_examples=25)
@given(GRID)
def test_our_readers_read_it_back(tmp_path, grid):
    """The annex sheets give the counts that they were written from, declared totals included."""
    now = build_submissions({
        label: {f"{label}{n}": row for n, row in enumerate(rows)}
        for label, rows in zip(("镇办", "部门单位"), grid, strict=True)
    })  # fmt: skip
    path = tmp_path / "annexes.xlsx"
    path.write_bytes(write_workbook(replace(BOOK, annexes=compose_annexes(now))))

    assert now.counts == read_annexes(path, now.county, Roster(now.units), now.period)


def test_marks_and_footnotes_do_not_disturb_reading(h1, tmp_path):
    """The real period is read back, revised and made up as it may be."""
    marked = [replace(annex, revised=frozenset({(0, 0), (3, 2)})) for annex in compose_annexes(h1)]
    book = replace(BOOK, annexes=tuple(marked), synthetic="合成数据", revisions=REVISIONS)
    path = tmp_path / "annexes.xlsx"
    path.write_bytes(write_workbook(book))

    read = read_annexes(path, h1.county, Roster(h1.units), h1.period)

    assert h1.counts == read
    assert list(h1.counts) == list(read)


@settings(max_examples=25)
@given(st.lists(st.tuples(COUNT, COUNT), min_size=1, max_size=20))
def test_cached_totals_are_right(counts):
    """What a program that does not calculate shows are the sums."""
    units = tuple(f"单位{n}" for n in range(len(counts)))
    annex = replace(SMALL, units=units, counts=tuple(counts))
    _, *rows, last = cached(write_workbook(replace(BOOK, annexes=(annex,))), "附件1")

    assert [sum(pair) for pair in counts] == [row[4] for row in rows]
    first, second = (sum(column) for column in zip(*counts, strict=True))
    assert [first, second, first + second] == last[2:]


# --- LibreOffice --------------------------------------------------------------------------------


def without_values(content: bytes) -> bytes:
    """Drop the cached values, so that whoever opens the workbook has to calculate."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(target, "w") as stripped:
        for name in parts.namelist():
            part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", parts.read(name))
            stripped.writestr(name, part)
    return target.getvalue()


def test_libreoffice_computes_the_same(h1, convert):
    """Totals that LibreOffice works out from the formulas are those that we cached."""
    content = write_workbook(replace(BOOK, annexes=compose_annexes(h1)))
    stripped = without_values(content)
    computed = convert(stripped, "xlsx").read_bytes()

    for name in ("附件1", "附件2"):
        assert "" == cached(stripped, name)[-1][-1]
        assert cached(content, name) == cached(computed, name)


def test_each_sheet_prints_on_one_page(h1, convert):
    """The real annexes, 56 departments among them, print on one page each."""
    book = replace(BOOK, annexes=compose_annexes(h1), revisions=REVISIONS)
    with pypdfium2.PdfDocument(convert(write_workbook(book), "pdf")) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]

    assert 6 == len(pages)
    assert "某县通报" in pages[0]
    assert "盐务局" in pages[3]
    assert "第 4 页，共 6 页" in pages[3]
