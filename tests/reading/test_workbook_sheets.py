"""Files as rows of cells, to the letter: what is read, and every word of what is refused."""

import io
from datetime import date, time
from zipfile import ZipFile

import pytest
from faults import only_fault
from openpyxl import Workbook

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.reading.sheets import (
    Formula,
    Percentage,
    Sheet,
    decode,
    is_damaged_utf8,
    is_readable,
    read_content,
    read_sheet,
    read_workbook,
    say_cell,
)

KEYS = {"单位", "政务动态"}
HEADER = ["单位", "政务动态"]
NO_WORKBOOK = "能用 Excel 或 WPS 打开的 .xlsx 工作簿"
SAVE_AS = "用 Excel 或 WPS 打开、另存为 .xlsx 的工作簿"
NO_TEXT = "文本文件；Excel 工作簿请另存为 .xlsx，并用 .xlsx 作扩展名"
NO_ENCODING = "UTF-8、UTF-16 或 GB18030 编码的文件"
EMPTY = (None, FaultKind.EMPTY_FILE, "", "表头和各单位的数据")


def score(row):
    return len(KEYS.intersection(cell for cell in row if isinstance(cell, str)))


def workbook(**sheets):
    """Write sheets, each a title and its rows."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
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
            target.writestr(name, data.replace(old, new) if name == part else data)
    return stream.getvalue()


def refusal(call, *arguments):
    """Return why something is refused: row, kind, found and expected."""
    fault = only_fault(call, *arguments)
    assert ("a.csv" if "a.csv" in arguments else "a.xlsx", None) == (fault.file, fault.column)
    return fault.row, fault.kind, fault.found, fault.expected


# --- Bytes ------------------------------------------------------------------------------------


def test_a_file_may_have_16_megabytes(tmp_path):
    """The limit itself is no fault."""
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(16 << 20)

    assert 16 << 20 == len(read_content(path, "a.csv", "表"))


def test_what_cannot_be_read_says_what_to_bring(tmp_path):
    """Folder, file that is too long, and no file at all, each in all its words."""
    folder, long = tmp_path / "folder", tmp_path / "long"
    folder.mkdir()
    with long.open("wb") as file:
        file.truncate((16 << 20) + 1)
    faults = [
        only_fault(read_content, path, f"2022H1/{path.name}", "一张表")
        for path in (folder, long, tmp_path / "gone")
    ]
    unreadable = FaultKind.UNREADABLE_FILE

    assert [
        Fault("2022H1/folder", None, None, unreadable, "是文件夹", "可以读取的文件"),
        Fault("2022H1/long", None, None, unreadable, "文件过大", "不超过 16 MB 的文件"),
        Fault("2022H1/gone", None, None, FaultKind.MISSING_FILE, "", "一张表"),
    ] == faults


@pytest.mark.parametrize(
    ("content", "kind", "found", "expected"),
    [
        (b"PK\x03\x04x", FaultKind.UNREADABLE_FILE, "不是文本，像是工作簿", NO_TEXT),
        (b"\xd0\xcf\x11\xe0x", FaultKind.UNREADABLE_FILE, "不是文本，像是工作簿", NO_TEXT),
        (b"\x89PNG\r\n\x1a\n\0\0", FaultKind.UNREADABLE_FILE, "不是文本", "文本文件"),
        ("甲".encode() + b"\0\0\0", FaultKind.UNREADABLE_FILE, "不是文本", "文本文件"),
        (b"\xff\x81\xff", FaultKind.WRONG_ENCODING, "", NO_ENCODING),
        ("甲,乙".encode("utf-16") + b"\0", FaultKind.WRONG_ENCODING, "", NO_ENCODING),
        # A mark tells the encoding, though without it the bytes were UTF-8 with little damage.
        (b"\xff\xfe" + "一".encode() * 10 + b"a", FaultKind.WRONG_ENCODING, "", NO_ENCODING),
        ("甲\0,乙".encode("utf-8-sig"), FaultKind.WRONG_ENCODING, "", NO_ENCODING),
        ("甲\0,乙".encode("utf-16"), FaultKind.WRONG_ENCODING, "", NO_ENCODING),
    ],
)
def test_what_is_no_text(content, kind, found, expected):
    """A workbook under another name, bytes of anything, and no encoding that is known."""
    assert (None, kind, found, expected) == refusal(decode, content, "a.csv")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xfe\xff" + "甲".encode("utf-16-be"), "甲"),
        (b"\xff\xfe" + "甲".encode("utf-16-le"), "甲"),
        ("甲,a".encode("utf-16-be"), "甲,a"),
        # Without any ASCII it is no table, but the other order of bytes has it.
        (b"\x00N\x00N", "NN"),
    ],
)
def test_the_two_orders_of_utf_16(content, text):
    """A mark tells the order of the bytes; without one it is that in which a table can be read."""
    assert text == decode(content, "a.csv")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("甲,1\t\n", True), ("甲\u3000", False), ("甲,\x01", False), ("", False), ("，", False)],
)
def test_what_a_table_looks_like(text, expected):
    """It holds some ASCII, and no character that cannot be printed but white space."""
    assert is_readable(text) is expected


@pytest.mark.parametrize(
    ("broken", "foreign", "expected"),
    [(0, 1, True), (1, 5, True), (1, 4, False), (2, 8, False), (2, 9, True), (0, 0, False)],
)
def test_less_than_a_quarter_broken_is_damage(broken, foreign, expected):
    """Exactly a quarter is none."""
    assert is_damaged_utf8(broken, foreign) is expected


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("甲乙丙丁戊".encode() + b"\xff", 1),
        ("甲乙\n丙丁\n".encode() + b"\xff", 3),
        ("甲乙\n丙丁\n".encode("utf-8-sig") + b"\xff", 3),
        (b"\n\n" + "甲乙丙丁戊".encode() + b"\xff", 3),
        (b"\xff" + "甲乙\n丙丁\n".encode(), 1),
    ],
)
def test_damage_is_told_with_its_row(content, row):
    """The row is that of the first broken byte, with a mark at the start or without."""
    found, expected = "UTF-8 文件中有损坏的字节", "完好的 UTF-8 文件，请重新保存"

    assert (row, FaultKind.WRONG_ENCODING, found, expected) == refusal(decode, content, "a.csv")


def test_a_quarter_of_broken_characters_is_another_encoding():
    """GB18030 has its turn where too much is broken for mere damage."""
    content = "甲乙丙".encode() + b"\xe4"

    assert content.decode("gb18030") == decode(content, "a.csv")


# --- CSV --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "file"),
    [
        (b"", "a.csv"), (b";\t;\n,\n ", "a.csv"), ("\t\r\n".encode("utf-16"), "a.csv"),
        (b"\r\n", "a.xlsx"), (workbook(表=[], 另=[]), "a.xlsx"),
    ],
)  # fmt: skip
def test_nothing_at_all(content, file):
    """A file without a filled cell is told to be empty, whatever its format."""
    assert EMPTY == refusal(read_sheet, content, file, score)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("单位,政务动态,,\n甲,,\n", (("单位", "政务动态"), ("甲",))),
        ("单位,政务动态\n,,\n甲\n", (("单位", "政务动态"), (), ("甲",))),
        ("单位,政务动态\n,7,\n", (("单位", "政务动态"), ("", "7"))),
        ("单位,政务动态\n \n甲\n , \n\n", (("单位", "政务动态"), (" ",), ("甲",))),
        ('单位,政务动态\n"甲\r\n镇",7\n', (("单位", "政务动态"), ("甲\r\n镇", "7"))),
        # Without a header it is the separator that makes most cells.
        ("甲;乙;丙\n", (("甲", "乙", "丙"),)),
        ("甲\t乙;丙\t丁\n", (("甲", "乙;丙", "丁"),)),
        # A header, be it of two cells, goes before more cells.
        (
            "单位;政务动态,a,b,c,d,e\n单位;政务动态\n",
            (("单位", "政务动态,a,b,c,d,e"), tuple(HEADER)),
        ),
    ],
)
def test_rows_of_a_csv_file(text, rows):
    """Blank cells at the end of rows and blank rows at the end of the file are dropped."""
    assert Sheet("", rows) == read_sheet(text.encode(), "a.csv", score)


def test_a_cell_without_end():
    """It is told in Chinese, with what a table should be."""
    kind, expected = FaultKind.UNREADABLE_FILE, "用逗号、制表符或分号分隔的表格"
    found = "单元格超过131072个字"

    assert (None, kind, found, expected) == refusal(read_sheet, b"x" * 131073, "a.csv", score)


# --- Workbooks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "found", "expected"),
    [
        (b"\xd0\xcf\x11\xe0x", "加密的或旧版的工作簿", "没有密码、另存为 .xlsx 的工作簿"),
        (b"PK\x03\x04x", "不是完好的工作簿", NO_WORKBOOK),
        (b"\x89PNG\r\n\x1a\n\0\0", "不是完好的工作簿", NO_WORKBOOK),
        ("单位,政务动态\n".encode(), "是文本，改了扩展名", f"把扩展名改为 .csv，或{SAVE_AS}"),
        ("<html><table>单位".encode("gb18030"), "是网页或 XML，改了扩展名", SAVE_AS),
        ('\ufeff\n<?xml version="1.0"?>'.encode(), "是网页或 XML，改了扩展名", SAVE_AS),
    ],
)
def test_what_is_no_workbook(content, found, expected):
    """An encrypted one is told apart from a broken one."""
    refused = refusal(read_sheet, content, "a.xlsx", score)

    assert (None, FaultKind.UNREADABLE_FILE, found, expected) == refused


def unpacking_to(size):
    """Write a workbook that says to take so many bytes when it is unpacked."""
    stream = io.BytesIO(workbook(表=[HEADER]))
    with ZipFile(stream, "a") as archive:
        archive.writestr("more", b"")
        said = archive.infolist()
        said[-1].file_size = size - sum(part.file_size for part in said)
    return stream.getvalue()


def test_a_workbook_may_unpack_to_256_megabytes():
    """The limit itself is no fault; a byte more is, before anything is unpacked."""
    refused = refusal(read_sheet, unpacking_to((256 << 20) + 1), "a.xlsx", score)

    assert (tuple(HEADER),) == read_sheet(unpacking_to(256 << 20), "a.xlsx", score).rows
    assert (None, FaultKind.UNREADABLE_FILE, "工作簿过大", NO_WORKBOOK) == refused


def test_the_ending_may_be_in_capitals():
    """A.XLSX is a workbook."""
    assert Sheet("表", (tuple(HEADER),)) == read_sheet(workbook(表=[HEADER]), "A.XLSX", score)


def test_an_extension_is_no_fault():
    """An extension that it does not know holds no count."""
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    content = edited(workbook(表=[HEADER]), "xl/worksheets/sheet1.xml", b"</worksheet>", extension)

    assert (tuple(HEADER),) == read_sheet(content, "a.xlsx", score).rows


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ({"空": [], "甲": [["x"]], "乙": [["政务动态", 1]], "丙": [["单位"]]}, "乙"),
        ({"空": [], "甲": [["x"]], "乙": [["y", "z"], ["y"]]}, "甲"),
        ({"甲": [["政务动态", 1]], "乙": [["说明"], HEADER]}, "乙"),
    ],
)
def test_the_sheet_that_comes_nearest(rows, title):
    """Without a header it is the one with most of one, the first of equals; never an empty one."""
    assert title == read_sheet(workbook(**rows), "a.xlsx", score).title


def test_two_sheets_with_a_header():
    """Two columns make a header; both sheets are named."""
    content = workbook(甲=[HEADER], 说明=[["单位"]], 乙=[["表"], HEADER])
    found, expected = "“甲”、“乙”都有表头", "只有一张可见的工作表有表头，其余的删除或隐藏"
    refused = refusal(read_sheet, content, "a.xlsx", score)

    assert (None, FaultKind.AMBIGUOUS_SHEET, found, expected) == refused


@pytest.mark.parametrize("number", [b"0", b"1", b"1048577"])
def test_rows_of_no_spreadsheet(number):
    """Rows out of order, or beyond the last one that there can be, are guessed at by nobody."""
    content = workbook(表=[HEADER, HEADER])
    spoilt = edited(content, "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="%b"' % number)

    assert "不是完好的工作簿" == refusal(read_sheet, spoilt, "a.xlsx", score)[2]


# --- Cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""), (True, "TRUE"), (False, "FALSE"), (3.0, "3"), (-0.5, "-0.5"), (12, "12"),
        (date(2022, 7, 8), "2022-07-08"), (time(8, 30), "08:30:00"), (" 农 行\n", "农 行"),
        (Formula.WITHOUT_VALUE, "没有计算结果的公式"),
    ],
)  # fmt: skip
def test_cells_as_faults_show_them(cell, text):
    """As the spreadsheet shows them, without white space around."""
    assert text == say_cell(cell)


@pytest.mark.parametrize(
    ("number_format", "value", "cell"),
    [
        ("0%", 0.875, "87.5%"), ("0.00%", 1, "100%"), ("#,##0.0%;[Red]-0%", -0.07, "-7%"),
        ("0.0\"%\"", 87.5, "87.5"), ("0\\%", 87, "87"), ("General", 0.875, "0.875"),
        ("0%", True, "TRUE"), ("0%", "甲", "甲"),
    ],
)  # fmt: skip
def test_numbers_shown_in_percent(number_format, value, cell):
    """They are read as they are shown; a sign that the format only adds makes no percentage."""
    book = Workbook()
    book.active.append(["单位", "政务动态"])
    book.active.append(["甲镇", value])
    book.active["B2"].number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    [sheet] = read_workbook(stream.getvalue(), "a.xlsx")

    assert (cell, isinstance(value, float | int) and cell.endswith("%")) == (
        say_cell(sheet.rows[1][1]), isinstance(sheet.rows[1][1], Percentage),
    )  # fmt: skip
