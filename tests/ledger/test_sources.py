"""A ledger file of any format becomes a relation, or all its faults are told."""

import csv
import gc
import io
import os
import sqlite3
import struct
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
from faults import only_fault
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.ledger import count_articles, open_ledger
from zhashui_stats.ledger.columns import Headers
from zhashui_stats.ledger.sources import open_source
from zhashui_stats.ledger.workbooks import NOT_COMPUTED
from zhashui_stats.model.articles import Column
from zhashui_stats.model.county import County, LedgerSettings
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster

HEAD = ["编号", "标题", "投稿单位", "类别", "发布日期", "状态"]
ROW = ["001", "春耕", "应急局", "政务动态", "2022-01-05", "采用"]
LABELS = "标题、投稿单位、类别、发布日期、状态"
HEADERS = Headers(County("某县", "某县政府办", "篇", (), ()))
FORMATS = [".csv", ".xlsx", ".parquet", ".duckdb", ".sqlite"]


# --- Writing files ------------------------------------------------------------------------------


def write(path, rows, table="台账"):
    """Write rows, the header first, in the format that the path's ending names."""
    match path.suffix:
        case ".csv":
            path.write_bytes(as_csv(rows).encode())
        case ".xlsx":
            path.write_bytes(workbook(rows))
        case ".sqlite":
            write_sqlite(path, rows, table)
        case _:
            write_duckdb(path, rows, table)
    return path


def as_csv(rows, separator=","):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


def workbook(*sheets, states=()):
    """Write sheets; a text is a text, also where it begins as a formula does."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"表{number + 1}")
        sheet.sheet_state = states[number] if states else "visible"
        for row, cells in enumerate(rows, 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(row, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
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
                assert old in data
                data = data.replace(old, new)
            target.writestr(name, data)
    return stream.getvalue()


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def write_sqlite(path, rows, table="台账", kinds="TEXT"):
    columns = ", ".join(f"{quoted(name)} {kinds}" for name in rows[0])
    marks = ", ".join("?" * len(rows[0]))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"CREATE TABLE {quoted(table)} ({columns})")
        connection.executemany(f"INSERT INTO {quoted(table)} VALUES ({marks})", rows[1:])


def write_duckdb(path, rows, table="台账"):
    """Write a database, or a Parquet file from it."""
    is_parquet = path.suffix == ".parquet"
    columns = ", ".join(f"{quoted(name)} VARCHAR" for name in rows[0])
    marks = ", ".join("?" * len(rows[0]))
    with duckdb.connect(":memory:" if is_parquet else path) as connection:
        connection.execute(f"CREATE TABLE {quoted(table)} ({columns})")
        if rows[1:]:
            every = ", ".join([f"({marks})"] * len(rows[1:]))
            values = [cell for row in rows[1:] for cell in row]
            connection.execute(f"INSERT INTO {quoted(table)} VALUES {every}", values)
        if is_parquet:
            connection.table(quoted(table)).write_parquet(str(path))


def statements(path, *texts):
    """Run statements in a new database, DuckDB or SQLite by its ending."""
    connect = sqlite3.connect if path.suffix == ".sqlite" else duckdb.connect
    with closing(connect(path)) as connection:
        for text in texts:
            connection.execute(text)
        connection.commit()
    return path


# --- Reading them -------------------------------------------------------------------------------


def read(path, **options):
    """Return the rows as they were loaded, and what was noted."""
    source = open_source(path, "台账", HEADERS, **options)
    return sorted(source.relation.fetchall(), key=lambda row: row[-1]), source.notes


def rows_of(content, folder, name="a.csv"):
    path = folder / name
    path.write_bytes(content)
    return read(path)[0]


def fault(path, headers=HEADERS, **options):
    return only_fault(open_source, path, "台账", headers, **options)


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# --- Every format -------------------------------------------------------------------------------

HOSTILE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])
    | st.sampled_from("\n\t\"',;，；“😀０Ａ　\ufeff=+-@\\|"),
    max_size=12,
)
CELLS = st.tuples(
    st.from_regex(r"0[0-9]{1,5}", fullmatch=True), HOSTILE.map("题{}".format), HOSTILE, HOSTILE
)


@settings(max_examples=15)
@given(st.lists(CELLS, min_size=1, max_size=4))
def test_every_format_gives_the_same_rows(cells):
    """Whatever the texts hold, all formats give them unchanged; leading zeros stay."""
    rows = [[number, title, unit or None, kind or None, "2022-01-05", "采用"]
            for number, title, unit, kind in cells]  # fmt: skip

    with tempfile.TemporaryDirectory() as folder:
        read_rows = [
            read(write(Path(folder, f"a{ending}"), [HEAD, *rows]))[0] for ending in FORMATS
        ]

    assert [[(*row, n) for n, row in enumerate(rows, 2)]] * len(FORMATS) == read_rows


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=5))
def test_every_character_comes_through(texts):
    """Control characters, NUL among them, stay as they are in a text file and in SQLite."""
    rows = [["题", text, "x", "y", "z", "u"] for text in texts]
    head = ["标题", "编号", *HEAD[2:]]

    with tempfile.TemporaryDirectory() as folder:
        read_rows = [read(write(Path(folder, f"a{ending}"), [head, *rows]))[0]
                     for ending in (".csv", ".sqlite")]  # fmt: skip

    expected = [("题", text or None, *row[2:], n) for n, (text, row) in
                enumerate(zip(texts, rows, strict=True), 2)]  # fmt: skip
    assert [expected, expected] == read_rows


@pytest.mark.parametrize("ending", FORMATS)
def test_columns_keep_their_headers(tmp_path, ending):
    """Columns stand under their headers as they are; ``row`` is a whole number."""
    head = ['标 题（"全称"）', "报送单位", "栏目", "发布日期", "状态（必填）"]
    source = open_source(write(tmp_path / f"a{ending}", [head, ROW[1:]]), "台账", HEADERS)

    assert [*head, "row"] == source.relation.columns
    assert "BIGINT" == source.relation.types[-1]
    assert [(*ROW[1:], 2)] == source.relation.fetchall()


@pytest.mark.parametrize("ending", FORMATS)
def test_other_columns_are_noted(tmp_path, ending):
    """A column that is nothing of ours is not loaded, and is told with its place."""
    rows, notes = read(write(tmp_path / f"a{ending}", [[*HEAD, "备注"], [*ROW, "急"]]))

    assert [(*ROW, 2)] == rows
    assert ("第7列“备注”未统计",) == notes


@pytest.mark.parametrize("ending", FORMATS)
def test_missing_columns_are_all_told(tmp_path, ending):
    """Each required column that is not there is a fault."""
    with pytest.raises(FaultyData) as caught:
        open_source(write(tmp_path / f"a{ending}", [HEAD[:4], ROW[:4]]), "台账", HEADERS)

    assert [(FaultKind.MISSING_COLUMN, "发布日期"), (FaultKind.MISSING_COLUMN, "状态")] == [
        (missing.kind, missing.column) for missing in caught.value.faults
    ]


@pytest.mark.parametrize("ending", FORMATS)
def test_double_column(tmp_path, ending):
    """Two headers for one column are a fault."""
    found = fault(write(tmp_path / f"a{ending}", [[*HEAD, "单位"], [*ROW, "x"]]))

    assert (FaultKind.DUPLICATE_COLUMN, "单位") == (found.kind, found.column)


@pytest.mark.parametrize("ending", FORMATS)
def test_no_articles(tmp_path, ending):
    """A header alone is no ledger."""
    assert FaultKind.EMPTY_FILE is fault(write(tmp_path / f"a{ending}", [HEAD])).kind


@pytest.mark.parametrize("ending", [*FORMATS, ".xls"])
def test_what_cannot_be_opened(tmp_path, ending):
    """A missing and an empty file, a folder, a lone link and a circular one are told apart."""
    paths = [tmp_path / f"{name}{ending}" for name in ("none", "empty", "folder", "lone", "loop")]
    paths[1].touch()
    paths[2].mkdir()
    paths[3].symlink_to("nowhere")
    paths[4].symlink_to(paths[4].name)

    found = [fault(path) for path in paths]

    assert [
        (FaultKind.MISSING_FILE, ""),
        (FaultKind.EMPTY_FILE, ""),
        (FaultKind.UNREADABLE_FILE, "是文件夹"),
        (FaultKind.MISSING_FILE, "链接所指的文件不存在"),
        (FaultKind.UNREADABLE_FILE, "链接循环"),
    ] == [(refusal.kind, refusal.found) for refusal in found]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_is_not_waited_for(tmp_path):
    """What is neither file nor folder is refused at once."""
    os.mkfifo(tmp_path / "a.csv")

    assert "不是普通文件" == fault(tmp_path / "a.csv").found


@pytest.mark.parametrize(
    ("name", "found"),
    [("a.xlsb", "不支持 .xlsb 格式"), ("a.ET", "不支持 .et 格式"), ("a", "文件名没有扩展名")],
)
def test_other_formats(tmp_path, name, found):
    """A format that is not read comes with advice on how to save the file."""
    unreadable = fault(written(tmp_path, name, "x"))

    assert (FaultKind.UNREADABLE_FILE, found) == (unreadable.kind, unreadable.found)
    assert unreadable.expected.startswith("另存为 .xlsx 或 .csv 的台账")


@pytest.mark.parametrize("ending", FORMATS)
def test_damaged_file(tmp_path, ending):
    """What only begins as its format does is a fault, and so is what never was one."""
    rows = [HEAD, *([f"{n}", *ROW[1:]] for n in range(5000))]
    whole = write(tmp_path / f"a{ending}", rows).read_bytes()
    parts = (whole[: len(whole) // 3], whole[:9], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\xd8\0" * 9)
    names = [written(tmp_path, f"{n}{ending}", part) for n, part in enumerate(parts)]
    if ending == ".csv":
        names = names[1:]

    assert all(isinstance(fault(path), Fault) for path in names)


def test_name_with_wildcards(tmp_path):
    """Brackets, stars and quotes in a name are no pattern."""
    folder = tmp_path / "year=2022 [1]*'?"
    folder.mkdir()

    for ending in FORMATS:
        plain = write(tmp_path / f"a{ending}", [HEAD, ROW])
        path = plain.rename(folder / f"台账 [a]*'\"?#%{ending}")

        assert ([(*ROW, 2)], ()) == read(path)


def test_ending_in_capitals(tmp_path):
    """The ending is read in capital letters as well."""
    path = write(tmp_path / "a.csv", [HEAD, ROW]).rename(tmp_path / "A.CSV")

    assert [(*ROW, 2)] == read(path)[0]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_table_of_what_has_none(tmp_path, ending):
    """A table is only asked of a database."""
    found = fault(write(tmp_path / f"a{ending}", [HEAD, ROW]), table="台账")

    assert (FaultKind.UNKNOWN_VALUE, "--table 台账") == (found.kind, found.found)


@pytest.mark.parametrize("header", ["ROW", "Id"])
def test_headers_that_differ_only_in_capitals(tmp_path, header):
    """The engine does not tell capitals apart, so that such headers are a fault, not a crash."""
    rules = LedgerSettings(headers={Column.NUMBER: (header,), Column.REASON: ("ID",)})
    headers = Headers(County("某县", "某县政府办", "篇", (), (), ledger=rules))
    path = write(tmp_path / "a.csv", [[header, *HEAD[1:], "ID"], [*ROW, "x"]])

    assert FaultKind.DUPLICATE_COLUMN is fault(path, headers).kind


# --- Text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings_and_separators(tmp_path, encoding, separator):
    """The header tells the separator, the bytes the encoding."""
    content = as_csv([HEAD, ROW], separator).encode(encoding)

    assert [(*ROW, 2)] == rows_of(content, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_header_without_chinese(tmp_path, encoding):
    """Where all is ASCII, NULs between the characters still tell UTF-16; NULs in cells do not."""
    names = ("title", "unit", "kind", "published", "status")
    columns = (Column.TITLE, Column.UNIT, Column.CATEGORY, Column.PUBLISHED, Column.STATUS)
    rules = {column: (name,) for column, name in zip(columns, names, strict=True)}
    settings = LedgerSettings(headers=rules)
    headers = Headers(County("某县", "某县政府办", "篇", (), (), ledger=settings))
    title = "a\0b" if encoding == "utf-8" else "ab"
    path = written(tmp_path, "a.csv", as_csv([names, [title, *"cdef"]]).encode(encoding))

    source = open_source(path, "台账", headers)

    assert [(title, *"cdef", 2)] == source.relation.fetchall()


def test_rows_are_those_of_a_spreadsheet(tmp_path):
    """Title rows, blank rows and line breaks in quotes count as a spreadsheet counts them."""
    title = ["某县2022年台账"]
    two_lines = ["002", "春\r\n耕\n", *ROW[2:]]
    rows = [title, [], HEAD, ROW, [], ["", " "], two_lines, ROW, [], []]

    for ending in (".csv", ".xlsx"):
        loaded, notes = read(write(tmp_path / f"a{ending}", rows))

        assert [4, 7, 8] == [row[-1] for row in loaded]
        assert ("第1行“某县2022年台账”在表头之上，未统计", "第5、6行是空行") == notes


def test_many_blank_rows_are_noted_in_short(tmp_path):
    """A note names the first of many rows and says how many there are."""
    path = write(tmp_path / "a.csv", [HEAD, *[[]] * 9, ROW])

    assert ("第2、3、4、5、6行等9行是空行",) == read(path)[1]


def test_row_with_nothing_of_ours(tmp_path):
    """A row that fills only a foreign column is no article, and is told."""
    path = write(tmp_path / "a.csv", [["序号", *HEAD], [1, *ROW], [2]])

    loaded, notes = read(path)

    assert [(*ROW, 2)] == loaded
    assert ("第1列“序号”未统计", "第3行没有填写台账的任何一列，未统计") == notes


def test_header_is_the_best_of_the_first_rows(tmp_path):
    """A row that heads more of the required columns goes before one that stands above it."""
    rows = [["标题", "状态"], *[["x"]] * 48, HEAD, ROW]

    assert [(*ROW, 51)] == read(write(tmp_path / "a.csv", rows))[0]
    assert FaultKind.MISSING_COLUMN is _first(write(tmp_path / "b.csv", [["x"], *rows])).kind


def _first(path):
    with pytest.raises(FaultyData) as caught:
        open_source(path, "台账", HEADERS)
    return caught.value.faults[0]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_no_header(tmp_path, ending):
    """Where no row is a header, the fault names the columns that are wanted."""
    found = fault(write(tmp_path / f"a{ending}", [["标题", "x"], ["1", "2"]]))

    expected = f"一行表头，含有这些列：{LABELS}"
    kind = FaultKind.MISSING_COLUMN
    assert Fault("台账", None, None, kind, "前50行中没有表头", expected) == found


@pytest.mark.parametrize("content", ["\ufeff", " \n\n", ",,\n,,\n"])
def test_blank_text(tmp_path, content):
    """A text without any filled cell is empty."""
    assert FaultKind.EMPTY_FILE is fault(written(tmp_path, "a.csv", content)).kind


def test_dates_are_folded_where_dates_belong(tmp_path):
    """Dates become ISO text in columns of dates; what is no date, and other columns, stay."""
    head = [*HEAD, "投稿日期"]
    rows = [["20220105", "2022年1月5日", *ROW[2:4], "2022/1/5 8:30", "采用", "一月五日"]]

    loaded, _ = read(write(tmp_path / "a.csv", [head, *rows]))

    assert [("20220105", "2022年1月5日", *ROW[2:4], "2022-01-05", "采用", "一月五日", 2)] == loaded


def test_long_cells(tmp_path):
    """Cells of a million characters come through, and the limit of the csv module is restored."""
    earlier = csv.field_size_limit()
    long = ["x" * 1_000_000, "中" * 1_000_000, '"' * 1_000_000, *ROW[3:]]

    loaded, _ = read(write(tmp_path / "a.csv", [HEAD, long, ROW]))

    assert [(*long, 2), (*ROW, 3)] == loaded
    assert earlier == csv.field_size_limit()


@pytest.mark.parametrize("sizes", [[(8 << 20) + 1], [5 << 20, 5 << 20]])
def test_row_that_is_too_long(tmp_path, sizes):
    """A row beyond eight million characters is a fault in its row."""
    cells = ["x" * size for size in sizes]
    found = fault(write(tmp_path / "a.csv", [HEAD, ROW, [*cells, *ROW[len(cells) :]]]))

    assert (FaultKind.UNREADABLE_FILE, 3) == (found.kind, found.row)


def test_file_without_line_breaks(tmp_path):
    """A file that is one endless line is refused before it fills the memory."""
    with (tmp_path / "a.csv").open("wb") as stream:
        stream.write(as_csv([HEAD, ROW]).encode())
        stream.truncate(70 << 20)

    assert "有一行超过 64 MB" == fault(tmp_path / "a.csv").found


@pytest.mark.parametrize("text", ['x,"y\nz,u\n', '"x"y,z\n'])
def test_unbalanced_quotes(tmp_path, text):
    """A quote that is not closed, or not where a cell ends, is a fault in its row."""
    found = fault(written(tmp_path, "a.csv", as_csv([HEAD, ['a"\n', *ROW[1:]]]) + text))

    assert (FaultKind.UNREADABLE_FILE, 3, "引号没有成对") == (found.kind, found.row, found.found)


def test_unbalanced_quotes_above_the_header(tmp_path):
    """Where a quote swallows the header, the quote is told."""
    found = fault(written(tmp_path, "a.csv", '"某县台账\n' + as_csv([HEAD, ROW])))

    assert (1, "引号没有成对") == (found.row, found.found)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_damaged_utf8(tmp_path, mark):
    """A damaged byte in UTF-8 is a fault in the row that a spreadsheet shows, not mojibake."""
    content = mark + as_csv([HEAD, ["1", "春\n耕", *ROW[2:]], ROW])
    damaged = content.encode().replace("春耕".encode(), "春耕".encode()[:-1])
    found = fault(written(tmp_path, "a.csv", damaged))

    assert (FaultKind.WRONG_ENCODING, 3) == (found.kind, found.row)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\x81\xff\n", FaultKind.WRONG_ENCODING),
        (as_csv([HEAD, ROW]).encode("utf-16") + b"\0", FaultKind.WRONG_ENCODING),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\xd8\0", FaultKind.UNREADABLE_FILE),
        (b"PK\x03\x04rest", FaultKind.UNREADABLE_FILE),
        (b"\xd0\xcf\x11\xe0rest", FaultKind.UNREADABLE_FILE),
    ],
)
def test_what_is_no_text(tmp_path, content, kind):
    """Bytes of no known encoding and binary files are told apart."""
    assert kind is fault(written(tmp_path, "a.csv", content)).kind


# --- Workbooks ----------------------------------------------------------------------------------

TYPED = [
    1, 3.0, 0.5, -2, 1e20, 0.1 + 0.2, True, False, "001", " x ", "_x0041_", "#REF!", "TRUE",
    date(2022, 1, 5), datetime(2022, 1, 5, 8, 30), time(8, 30), timedelta(hours=30), None,
]  # fmt: skip
SAID = [
    "1", "3", "0.5", "-2", "100000000000000000000", "0.3", "TRUE", "FALSE", "001", " x ", "A",
    "#REF!", "TRUE", "2022-01-05", "2022-01-05", "08:30:00", "1 day, 6:00:00", None,
]  # fmt: skip


@pytest.mark.parametrize("has_formula", [False, True])
def test_both_routes_say_cells_alike(tmp_path, has_formula):
    """A formula elsewhere in the sheet, which asks for another library, changes no text."""
    rows = [["题", value] for value in TYPED]
    sheet = [["标题", "编号", *HEAD[2:], "备注"], *rows]
    content = workbook(sheet)
    if has_formula:
        content = _with_formula(content, len(rows) + 2)

    loaded = rows_of(content, tmp_path, "a.xlsx")

    assert SAID == [row[1] for row in loaded]


PARTS = {
    "[Content_Types].xml": """<Types xmlns="{p}/content-types"><Default Extension="rels"
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override
PartName="/xl/workbook.xml" ContentType="{m}.sheet.main+xml"/><Override
PartName="/xl/a.xml" ContentType="{m}.worksheet+xml"/><Override
PartName="/xl/sharedStrings.xml" ContentType="{m}.sharedStrings+xml"/></Types>""",
    "_rels/.rels": """<Relationships xmlns="{p}/relationships"><Relationship Id="rId1"
Type="{r}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": """<workbook xmlns="{s}" xmlns:r="{r}"><sheets><sheet name="甲"
sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": """<Relationships xmlns="{p}/relationships"><Relationship
Id="rId1" Type="{r}/worksheet" Target="a.xml"/><Relationship Id="rId2"
Type="{r}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""",
    "xl/a.xml": """<worksheet xmlns="{s}"><sheetData>ROWS</sheetData></worksheet>""",
    "xl/sharedStrings.xml": """<sst xmlns="{s}">TEXTS</sst>""",
}
PLACES = {
    "p": "http://schemas.openxmlformats.org/package/2006",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "m": "application/vnd.openxmlformats-officedocument.spreadsheetml",
}


@pytest.mark.parametrize("more", ["", '<c r="G2"><f>1</f><v>1</v></c>'])
def test_texts_as_excel_stores_them(tmp_path, more):
    """Shared texts come whole: without their phonetic guides, with escapes undone."""
    texts = [
        "<t>题_x000D_目_xD83D_</t>",
        '<t xml:space="preserve"> 甲 </t>',
        "<r><t>富</t></r><r><rPr><b/></rPr><t>文本</t></r>",
        '<t>汉</t><rPh sb="0" eb="1"><t>han</t></rPh>',
    ]
    cells = "".join(f'<c r="{"BCDE"[n]}2" t="s"><v>{n + len(HEAD)}</v></c>' for n in range(4))
    head = "".join(f'<c r="{"ABCDEF"[n]}1" t="s"><v>{n}</v></c>' for n in range(6))
    rows = f'<row r="1">{head}</row><row r="2">{cells}{more}</row>'
    shared = "".join(f"<si>{item}</si>" for item in [*(f"<t>{name}</t>" for name in HEAD), *texts])
    with ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, text in PARTS.items():
            whole = text.format(**PLACES).replace("ROWS", rows).replace("TEXTS", shared)
            archive.writestr(name, whole)

    row = read(tmp_path / "a.xlsx")[0][0]

    assert (None, "题\r目_xD83D_", " 甲 ", "富文本", "汉", None, 2) == row


def _with_formula(content, row):
    cell = f'<row r="{row}"><c r="G{row}"><f>1+1</f><v>2</v></c></row></sheetData>'
    return edited(content, "xl/worksheets/sheet1.xml", b"</sheetData>", cell.encode())


def test_formulas_and_errors(tmp_path):
    """A formula counts by its cached value; an absent one and an error say what they are."""
    content = workbook([HEAD, *[ROW] * 4])
    sheet = "xl/worksheets/sheet1.xml"
    for place, cell in [
        ("B2", b'<c r="B2" t="str"><f>A1&amp;"x"</f><v>\xe9\xa2\x98</v></c>'),
        ("B3", b'<c r="B3"><f>1+1</f></c>'),
        ("B4", b'<c r="B4" t="e"><v>#REF!</v></c>'),
        ("B5", b'<c r="B5" t="str"><f>""</f><v></v></c>'),
    ]:
        content = edited(content, sheet, _cell(content, place), cell)

    assert ["题", NOT_COMPUTED, "#REF!", None] == [
        row[1] for row in rows_of(content, tmp_path, "a.xlsx")
    ]


def _cell(content, place):
    """Return a cell of a workbook as it is written."""
    with ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    start = sheet.index(f'<c r="{place}"'.encode())
    return sheet[start : sheet.index(b"</c>", start) + 4]


def test_error_without_formula(tmp_path):
    """An error that was pasted as a value is told as well."""
    content = workbook([HEAD, ROW])
    error = b'<c r="B2" t="e"><v>#N/A</v></c>'
    content = edited(content, "xl/worksheets/sheet1.xml", _cell(content, "B2"), error)

    assert "#N/A" == rows_of(content, tmp_path, "a.xlsx")[0][1]


@pytest.mark.parametrize("column", [3, 30, 700])
def test_table_that_begins_within_the_sheet(tmp_path, column):
    """Rows and columns are counted from the sheet's first, wherever the table begins."""
    book = Workbook()
    for row, cells in enumerate([[*HEAD, "备注"], ROW], 4):
        for place, value in enumerate(cells, column):
            book.active.cell(row, place, value)
    book.save(tmp_path / "a.xlsx")

    assert ([(*ROW, 5)], (f"第{column + 6}列“备注”未统计",)) == read(tmp_path / "a.xlsx")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_do_not_count(tmp_path, state):
    """A hidden sheet is as if it were not there, and so is one without a header."""
    other = [["说明"], ["x"]]
    content = workbook([HEAD, ["0", *ROW[1:]]], other, [HEAD, ROW],
                       states=[state, "visible", "visible"])  # fmt: skip

    assert [(*ROW, 2)] == rows_of(content, tmp_path, "a.xlsx")


def test_two_sheets_with_a_header(tmp_path):
    """Which of two sheets is meant is not guessed."""
    found = fault(written(tmp_path, "a.xlsx", workbook([HEAD, ROW], [[*HEAD, "批示"]])))

    assert (FaultKind.AMBIGUOUS_SHEET, "“表1”、“表2”都有表头") == (found.kind, found.found)


def test_sheets_of_one_header(tmp_path):
    """A sheet for each month is one ledger; each may have titles of its own above the header."""
    later = ["002", "秋收", *ROW[2:]]
    sheets = [HEAD, ROW], [["二月"], ["标 题" if cell == "标题" else cell for cell in HEAD], later]
    rows, notes = read(written(tmp_path, "a.xlsx", workbook(*sheets, [HEAD])))

    assert [(*ROW, 2), (*later, (1 << 21) + 3)] == rows
    assert ("3张工作表表头相同，合在一起读：表1、表2、表3",) == notes


def test_blank_workbook(tmp_path):
    """A workbook without any filled cell is empty."""
    assert FaultKind.EMPTY_FILE is fault(written(tmp_path, "a.xlsx", workbook([], []))).kind


def test_encrypted_workbook(tmp_path):
    """A workbook with a password asks for one without."""
    found = fault(written(tmp_path, "a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99))

    assert "没有密码、另存为 .xlsx 的工作簿" == found.expected


def test_workbook_that_unpacks_to_too_much(tmp_path):
    """An archive that says it holds gigabytes is not unpacked."""
    content = bytearray(workbook([HEAD, ROW]))
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 0xFFFF_FFF0)

    assert "工作簿过大" == fault(written(tmp_path, "a.xlsx", bytes(content))).found


@pytest.mark.parametrize(("row", "cell"), [(1_048_577, ""), (99_999_999, "<f>1</f>")])
def test_more_rows_than_a_sheet_has(tmp_path, row, cell):
    """Rows beyond the last one of a spreadsheet are a fault, by both routes."""
    more = f'<row r="{row}"><c r="A{row}">{cell}<v>1</v></c></row></sheetData>'
    content = workbook([HEAD, ROW])
    content = edited(content, "xl/worksheets/sheet1.xml", b"</sheetData>", more.encode())

    assert FaultKind.UNREADABLE_FILE is fault(written(tmp_path, "a.xlsx", content)).kind


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetDat>"),
        ("xl/worksheets/sheet1.xml", b'<c r="A1" t="inlineStr">', b'<c r="A1" t="s"><v>7</v>'),
        ("xl/workbook.xml", b"<sheets>", b"<sheet>"),
        ("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet9.xml"),
    ],
)
def test_damaged_parts(tmp_path, part, old, new):
    """Whatever is wrong within the archive, the workbook is told to be damaged."""
    content = edited(workbook([HEAD, ROW]), part, old, new)

    assert "不是完好的工作簿" == fault(written(tmp_path, "a.xlsx", content)).found


# --- Parquet and databases ----------------------------------------------------------------------


def test_types_stay(tmp_path):
    """A Parquet file's dates stay dates; bytes that old writers mean as text are text."""
    with duckdb.connect() as connection:
        sql = "SELECT encode('题') 标题, 'a' 投稿单位, 'b' 类别, DATE '2022-01-05' 发布日期, 7 状态"
        connection.sql(sql).write_parquet(str(tmp_path / "a.parquet"))

    assert [("题", "a", "b", date(2022, 1, 5), 7, 2)] == read(tmp_path / "a.parquet")[0]


def test_damaged_page(tmp_path):
    """Damage amid a Parquet file is told when the page is read: not all of it is read at first."""
    rows = [HEAD, *([f"{n * n}号", *ROW[1:]] for n in range(5000))]
    content = bytearray(write(tmp_path / "a.parquet", rows).read_bytes())
    content[60:4000] = bytes(3940)

    path = written(tmp_path, "b.parquet", bytes(content))
    county = County("甲县", "甲县政府办", "篇", (), ())
    with pytest.raises(FaultyData) as caught:
        count_articles(open_ledger(path, county, Roster(()), Period.parse("2022H1"), file="台账"))

    assert ["文件中有损坏的内容"] == [damage.found for damage in caught.value.faults]


def test_big_files_are_read_where_they_are(tmp_path):
    """Nothing of a Parquet file or of a DuckDB database is copied."""
    rows = [HEAD, *([f"{n}", *ROW[1:]] for n in range(3000))]
    for ending in (".parquet", ".duckdb"):
        source = open_source(write(tmp_path / f"a{ending}", rows), "台账", HEADERS)
        tables = source.resources.connection.sql(
            "SELECT 1 FROM duckdb_tables() WHERE database_name = 'ledger'"
        )

        assert [] == tables.fetchall()
        assert (3000, 3001) == source.relation.aggregate("count(*), max(row)").fetchall()[0]


@pytest.mark.parametrize("ending", [".duckdb", ".db", ".sqlite", ".sqlite3"])
@pytest.mark.parametrize("kind", [".duckdb", ".sqlite"])
def test_databases_are_told_by_their_bytes(tmp_path, ending, kind):
    """Whatever a database is called, its first bytes tell what it is."""
    path = write(tmp_path / f"x{kind}", [HEAD, ROW]).rename(tmp_path / f"a{ending}")

    assert [(*ROW, 2)] == read(path)[0]


@pytest.mark.parametrize("ending", [".duckdb", ".sqlite"])
@pytest.mark.parametrize("name", ['a"; DROP TABLE b; --', "台 账", "select", "a.b", "%s?'"])
def test_hostile_table_names(tmp_path, ending, name):
    """A table may have any name."""
    path = write(tmp_path / f"a{ending}", [HEAD, ROW], name)
    write(path, [HEAD, ROW, ROW], "b")

    assert [(*ROW, 2)] == read(path, table=name)[0]
    assert 2 == len(read(path, table="b")[0])


@pytest.mark.parametrize("ending", [".duckdb", ".sqlite"])
def test_several_tables(tmp_path, ending):
    """Several tables ask for a name; a name that is not there is told, with those that are."""
    path = write(tmp_path / f"a{ending}", [HEAD, ROW], "乙")
    write(path, [HEAD, ROW], "甲")

    several, unknown = fault(path), fault(path, table="丙")

    assert (FaultKind.AMBIGUOUS_SHEET, "有这些表：乙、甲") == (several.kind, several.found)
    assert "用 --table 表名 指明台账是哪一张表" == several.expected
    assert (FaultKind.UNKNOWN_VALUE, "没有名为“丙”的表") == (unknown.kind, unknown.found)
    assert "其中之一：乙、甲" == unknown.expected


@pytest.mark.parametrize("ending", [".duckdb", ".sqlite"])
def test_database_without_tables(tmp_path, ending):
    """A database without tables is empty."""
    path = statements(tmp_path / f"a{ending}", "CREATE TABLE a (b INT)", "DROP TABLE a")

    assert FaultKind.EMPTY_FILE is fault(path).kind


def test_views(tmp_path):
    """A view is read as a table is; DuckDB's have no rows to name."""
    for ending in (".duckdb", ".sqlite"):
        path = write(tmp_path / f"a{ending}", [HEAD, ROW])
        statements(path, 'CREATE VIEW v AS SELECT * FROM "台账"')
    duck = open_source(tmp_path / "a.duckdb", "台账", HEADERS, "v")
    lite = open_source(tmp_path / "a.sqlite", "台账", HEADERS, "v")

    assert (HEAD, [tuple(ROW)]) == (duck.relation.columns, duck.relation.fetchall())
    assert [(*ROW, 2)] == lite.relation.fetchall()


def test_schema_of_a_table(tmp_path):
    """A table of another schema is named with it."""
    path = write(tmp_path / "a.duckdb", [HEAD, ROW])
    copy = 'CREATE TABLE "s.1"."台账" AS SELECT * FROM main."台账" UNION ALL FROM main."台账"'
    statements(path, 'CREATE SCHEMA "s.1"', copy)

    assert "有这些表：s.1.台账、台账" == fault(path).found
    assert 2 == len(read(path, table="s.1.台账")[0])


def test_column_named_as_the_engine_counts(tmp_path):
    """Where a column is called rowid or file_row_number, rows have no numbers."""
    for ending, name in ((".duckdb", "RowId"), (".parquet", "file_row_number")):
        path = write(tmp_path / f"a{ending}", [[*HEAD, name], [*ROW, "9"]])

        assert HEAD == open_source(path, "台账", HEADERS).relation.columns


def test_view_of_another_file(tmp_path):
    """A view of a database that reads another file of the computer is refused."""
    write(tmp_path / "b.csv", [HEAD, ROW])
    view = f"CREATE VIEW v AS SELECT * FROM read_csv('{tmp_path / 'b.csv'}')"
    path = statements(tmp_path / "a.duckdb", view)

    assert FaultKind.UNREADABLE_FILE is fault(path).kind


def test_sqlite_types(tmp_path):
    """Numbers become text without a needless point; pictures in foreign columns do not matter."""
    path = tmp_path / "a.sqlite"
    write_sqlite(
        path, [[*HEAD, "照片"], [7, 3.0, 0.5, b"\xe7\x94\xb2", None, "x", b"\xff"]], kinds=""
    )

    assert [("7", "3", "0.5", "甲", None, "x", 2)] == read(path)[0]


def test_sqlite_bytes_that_are_no_text(tmp_path):
    """Bytes that are no text are a fault in their row."""
    write_sqlite(tmp_path / "a.sqlite", [HEAD, ROW, ["1", b"\xff\xfe", *ROW[2:]]], kinds="")
    found = fault(tmp_path / "a.sqlite")

    assert (FaultKind.WRONG_ENCODING, 3) == (found.kind, found.row)


def test_sqlite_rows_in_their_order(tmp_path):
    """An index that holds every column does not change the rows' numbers."""
    path = write(tmp_path / "a.sqlite", [HEAD, *([f"{n}", *ROW[1:]] for n in (3, 1, 2))])
    statements(path, f"CREATE INDEX i ON 台账 ({', '.join(HEAD)})")

    assert [("3", 2), ("1", 3), ("2", 4)] == [(row[0], row[-1]) for row in read(path)[0]]


def test_sqlite_with_writes_that_are_not_done(tmp_path):
    """What another program has written beside the database so far counts."""
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        write_sqlite(path, [HEAD, ROW])

        assert [(*ROW, 2)] == read(path)[0]


def test_database_is_not_changed(tmp_path):
    """Reading leaves a database, and the folder that it is in, as they were."""
    for ending in (".duckdb", ".sqlite"):
        path = write(tmp_path / f"a{ending}", [HEAD, ROW])
        earlier = path.read_bytes()
        read(path)

        assert earlier == path.read_bytes()
    assert ["a.duckdb", "a.sqlite"] == sorted(file.name for file in tmp_path.iterdir())


def test_database_that_is_in_use(tmp_path):
    """A database that another program writes to is told to be in use."""
    path = write(tmp_path / "a.duckdb", [HEAD, ROW])
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(flush=True); input()"
    command = [sys.executable, "-c", hold, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        found = fault(path)
        other.communicate(b"\n")

    assert found.found.endswith("或正被占用")


# --- What is left behind ------------------------------------------------------------------------


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """An empty folder where temporary ones are made."""
    folder = tmp_path / "temporary [1]*"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("ending", FORMATS)
def test_nothing_is_left_behind(tmp_path, temporary, ending):
    """The temporary folder lives as long as the source does, without a copy of the text."""
    source = open_source(write(tmp_path / f"a{ending}", [HEAD, ROW]), "台账", HEADERS)
    folders = list(temporary.iterdir())

    assert 1 == len(folders)
    assert not (folders[0] / "staged.csv").exists()
    del source
    gc.collect()
    assert [] == list(temporary.iterdir())


@pytest.mark.parametrize("ending", FORMATS)
def test_nothing_is_left_behind_by_faults(tmp_path, temporary, ending):
    """A file with faults leaves no temporary folder, even while its error is at hand."""
    with pytest.raises(FaultyData):
        open_source(write(tmp_path / f"a{ending}", [HEAD]), "台账", HEADERS)

    assert [] == list(temporary.iterdir())


def test_nothing_is_left_behind_at_the_end(tmp_path, temporary):
    """A source that is held until the process ends goes with it."""
    path = write(tmp_path / "a.csv", [HEAD, ROW])
    script = (
        "import sys; from pathlib import Path; from zhashui_stats.model.county import County\n"
        "from zhashui_stats.ledger.columns import Headers\n"
        "from zhashui_stats.ledger.sources import open_source\n"
        "headers = Headers(County('某县', '某县政府办', '篇', (), ()))\n"
        "print('duckdb' in sys.modules, len(list(Path(sys.argv[2]).iterdir())))\n"
        "source = open_source(Path(sys.argv[1]), '台账', headers)\n"
        "print('duckdb' in sys.modules, len(list(Path(sys.argv[2]).iterdir())))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), str(temporary)],
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert ["False 0", "True 1"] == done.stdout.splitlines()
    assert [] == list(temporary.iterdir())


def test_engine_stays_off_the_network(tmp_path):
    """The engine neither fetches extensions nor takes more memory than it is given."""
    source = open_source(write(tmp_path / "a.parquet", [HEAD, ROW]), "台账", HEADERS)
    names = ("autoinstall_known_extensions", "autoload_known_extensions", "enable_progress_bar")
    asked = ", ".join(f"current_setting('{name}')" for name in (*names, "memory_limit"))

    found = source.resources.connection.sql(f"SELECT {asked}").fetchall()[0]

    assert (False, False, False, "366.2 MiB") == found
