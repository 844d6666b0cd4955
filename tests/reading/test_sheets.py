"""Files as rows of cells."""

import io
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from faults import only_fault
from openpyxl import Workbook
from openpyxl.styles import Font

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.reading.cells import BadCount, fold_header, read_count
from zhashui_stats.reading.sheets import (
    Formula,
    Percentage,
    Sheet,
    decode,
    read_content,
    read_sheet,
    say_cell,
)

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
KEYS = {"单位", "政务动态"}


def score(row):
    return len(KEYS.intersection(cell for cell in row if isinstance(cell, str)))


def workbook(*sheets):
    """Write sheets, each a title, its rows and whether it is visible."""
    book = Workbook()
    book.remove(book.active)
    for title, rows, state in sheets:
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def edited(content, part, old, new):
    """Change one part of a workbook's archive."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                # openpyxl writes an empty element in one way with lxml and in another without.
                data = data.replace(b"<v></v>", b"<v />").replace(b"<v/>", b"<v />")
                assert old in data
                data = data.replace(old, new)
            target.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_every_encoding_and_separator(encoding, separator):
    """The header tells the separator, a UTF-8 reading or a BOM the encoding."""
    text = f"单位{separator}政务动态\r\n下梁镇{separator}7\r\n"

    sheet = read_sheet(text.encode(encoding), "a.csv", score)

    assert sheet.rows == (("单位", "政务动态"), ("下梁镇", "7"))


def test_separator_within_title_and_numbers_does_not_mislead():
    """A tab-separated table keeps its commas and semicolons."""
    text = "一,二,三;四;五,六,七,八\n单位\t政务动态\n下梁镇\t1,234\n"

    sheet = read_sheet(text.encode(), "a.csv", score)

    assert sheet.rows[1:] == (("单位", "政务动态"), ("下梁镇", "1,234"))


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    """Blank lines and quoted line breaks count as a spreadsheet counts them."""
    sheet = read_sheet('单位,政务动态\n\n"下\n梁镇",7\n\n\n'.encode(), "a.csv", score)

    assert sheet.rows == (("单位", "政务动态"), (), ("下\n梁镇", "7"))


@pytest.mark.parametrize("content", [b"", b" \r\n\n", b"\xef\xbb\xbf", b",,\n,,\n"])
def test_empty_csv(content):
    """A file without any filled cell is empty."""
    assert only_fault(read_sheet, content, "a.csv", score) == Fault(
        "a.csv", None, None, FaultKind.EMPTY_FILE, "", "表头和各单位的数据"
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\x81\xff", FaultKind.WRONG_ENCODING),
        ("单位,政务动态".encode("utf-16") + b"\x00", FaultKind.WRONG_ENCODING),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\xd8\x00", FaultKind.UNREADABLE_FILE),
        (b"PK\x03\x04rest", FaultKind.UNREADABLE_FILE),
        (b"\xd0\xcf\x11\xe0rest", FaultKind.UNREADABLE_FILE),
    ],
)
def test_what_is_no_text(content, kind):
    """Bytes of no known encoding and binary files are told apart."""
    assert only_fault(decode, content, "a.csv").kind is kind


def test_damaged_utf8_is_not_taken_for_gb18030():
    """One bad byte in a UTF-8 file is a fault in its row, not mojibake."""
    content = "单位,政务动态\n下梁镇,7\n".encode().replace("镇".encode(), b"\xe9\x95")

    found = only_fault(decode, content, "a.csv")

    assert (found.row, found.kind) == (2, FaultKind.WRONG_ENCODING)


def test_endless_cell_is_a_fault():
    """A cell longer than the csv module takes is no crash."""
    content = ("单位,政务动态\n" + "x" * 200_000).encode()

    assert only_fault(read_sheet, content, "a.csv", score).kind is FaultKind.UNREADABLE_FILE


def test_directory_missing_and_oversized_file(tmp_path):
    """What cannot be read is a fault that says why."""
    (tmp_path / "a.csv").mkdir()
    with (tmp_path / "b.csv").open("wb") as file:
        file.truncate((16 << 20) + 1)

    found = [
        only_fault(read_content, tmp_path / name, name, "表")
        for name in ("a.csv", "b.csv", "c.csv")
    ]

    assert [(told.kind, told.found) for told in found] == [
        (FaultKind.UNREADABLE_FILE, "是文件夹"),
        (FaultKind.UNREADABLE_FILE, "文件过大"),
        (FaultKind.MISSING_FILE, ""),
    ]


def test_workbook_cells_keep_their_types():
    """Numbers, texts, dates and truth values come as the workbook holds them."""
    rows = [["单位", "政务动态"], ["下梁镇", 7], [None, 3.0], ["x", date(2022, 7, 8)], ["y", True]]

    sheet = read_sheet(workbook(("表", rows, "visible")), "a.xlsx", score)

    assert sheet.title == "表"
    assert sheet.rows[1:] == (
        ("下梁镇", 7), (None, 3.0), ("x", datetime(2022, 7, 8)), ("y", True),
    )  # fmt: skip


def test_hidden_and_headless_sheets_are_passed_over():
    """Only a visible sheet with a header is read."""
    header = ["单位", "政务动态"]
    content = workbook(
        ("旧", [header, ["下梁镇", 1]], "hidden"),
        ("更旧", [header, ["下梁镇", 2]], "veryHidden"),
        ("说明", [["填表说明"], ["一"], ["二"]], "visible"),
        ("表", [header, ["下梁镇", 7]], "visible"),
    )

    assert read_sheet(content, "a.xlsx", score) == Sheet("表", (tuple(header), ("下梁镇", 7)))


def test_two_visible_sheets_with_header():
    """Which of two tables counts cannot be guessed."""
    header = ["单位", "政务动态"]
    content = workbook(("甲", [header], "visible"), ("乙", [header], "visible"))

    assert only_fault(read_sheet, content, "a.xlsx", score) == Fault(
        "a.xlsx", None, None, FaultKind.AMBIGUOUS_SHEET, "“甲”、“乙”都有表头",
        "只有一张可见的工作表有表头，其余的删除或隐藏",
    )  # fmt: skip


def test_empty_workbook():
    """A workbook without a filled cell is an empty file."""
    content = workbook(("表", [], "visible"))

    assert only_fault(read_sheet, content, "a.xlsx", score).kind is FaultKind.EMPTY_FILE


def test_formula_counts_by_its_cached_value():
    """A formula gives what was computed, a blank too; one never computed is marked."""
    part = "xl/worksheets/sheet1.xml"
    book = workbook(
        ("表", [["单位", "政务动态"], ["甲", "=3+4"], ["乙", "=3"], ["丙", '=""']], "visible")
    )
    book = edited(book, part, b"<f>3+4</f><v />", b"<f>3+4</f><v>7</v>")
    book = edited(book, part, b'<c r="B4"><f>""</f><v />', b'<c r="B4" t="str"><f>""</f><v></v>')

    sheet = read_sheet(book, "a.xlsx", score)

    assert sheet.rows[1:] == (("甲", 7), ("乙", Formula.WITHOUT_VALUE), ("丙",))


def test_wrong_dimension_does_not_cut_the_table():
    """What a workbook says of its own size is not believed."""
    content = workbook(("表", [["单位", "政务动态"], ["甲", 1], ["乙", 2]], "visible"))
    content = edited(content, "xl/worksheets/sheet1.xml", b'ref="A1:B3"', b'ref="A1"')

    assert len(read_sheet(content, "a.xlsx", score).rows) == 3


def test_formatted_cells_far_out_are_no_rows():
    """Cells that hold a format only do not lengthen the table."""
    book = Workbook()
    book.active.append(["单位", "政务动态"])
    book.active["Z5000"].font = Font(bold=True)
    stream = io.BytesIO()
    book.save(stream)

    assert read_sheet(stream.getvalue(), "a.xlsx", score).rows == (("单位", "政务动态"),)


def empty_zip():
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 encrypted",
        b"PK\x03\x04 cut off",
        "单位,政务动态\n甲,1\n".encode(),
        empty_zip(),
        workbook(("表", [["单位", "政务动态"]], "visible"))[:-60],
        edited(
            workbook(("表", [["单位", "政务动态"]], "visible")),
            "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData",
        ),
    ],
    ids=["encrypted", "cut zip", "text", "other zip", "cut workbook", "bad XML"],
)  # fmt: skip
def test_what_is_no_workbook(content):
    """Whatever is wrong with a workbook, it is one fault and no crash."""
    assert only_fault(read_sheet, content, "a.xlsx", score).kind is FaultKind.UNREADABLE_FILE


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        (0, 0), (7, 7), (3.0, 3), ("3.0", 3), ("3.00", 3), ("12", 12), (" 12 ", 12), ("１２", 12),
        ("1,234", 1234), ("１，２３４", 1234), ("1,234,567", 1234567), ("1,234.0", 1234),
        ("007", 7), (None, 0), ("", 0), ("　", 0), ("-", 0), ("—", 0), ("——", 0), ("–", 0),
        ("－", 0), ("— —", 0), ("/", 0), ("／", 0), ("-0", 0), (-0.0, 0), ("0" * 5000, 0),
    ],
)  # fmt: skip
def test_counts(cell, count):
    """Whole numbers from 0 count; blank cells, a lone dash and a slash are 0."""
    result = read_count(cell)

    assert (type(result), result) == (int, count)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        *((cell, FaultKind.NOT_WHOLE_NUMBER) for cell in (
            "12篇", "十二", "(3)", "（3）", "3.5", 3.5, "3.", ".5", "1,23", "12,34", "1 8", "TRUE",
            True, False, "#REF!", "2022-07-08", date(2022, 7, 8), datetime(2022, 7, 8), "12²", "①",
            "½", "٣", "1e3", "+3", "//", "一", "9" * 10, "9" * 5000, 1e300, float("nan"),
            float("inf"), "-3.5", "x", "3、", "0x10",
        )),
        *((cell, FaultKind.NEGATIVE) for cell in (-1, -3.0, "-3", "−3", "－３", "-1,234")),
        *((cell, FaultKind.NO_CACHED_VALUE) for cell in (Formula.WITHOUT_VALUE, "=SUM(B2:B9)")),
    ],
)  # fmt: skip
def test_what_is_no_count(cell, kind):
    """Everything else is a fault, never a guess."""
    with pytest.raises(BadCount) as caught:
        read_count(cell)

    assert caught.value.kind is kind


@pytest.mark.parametrize(
    "header",
    [
        "政务公开信息", "政务公开信息（篇）", "政务公开信息(篇)", "政务公开\n信息 【篇】",
        "政务公开（类）信息",
        "［篇］政务公开信息", "政务公开信息（篇", "（政务公开信息）", " 政务公开　信息 ",
    ],
)  # fmt: skip
def test_headers_without_brackets_and_white_space(header):
    """Brackets such as （篇） and white space never matter."""
    assert fold_header(header) == "政务公开信息"


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (7, "7"), (3.5, "3.5"), (True, "TRUE"), (" a ", "a"), (1e300, f"{1e300:.0f}"),
     (Percentage(0.07), "7%")],
)  # fmt: skip
def test_cells_as_faults_show_them(cell, text):
    """A fault shows a cell as the spreadsheet does."""
    assert say_cell(cell) == text
