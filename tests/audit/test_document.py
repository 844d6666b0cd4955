"""Documents to proofread: every format, every error, tables told from prose."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from zhashui_stats.audit.document import Document, read_document
from zhashui_stats.errors import UnreadableDocument

Write = Callable[[str, bytes], Path]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SYNTHETIC = Path(__file__).parent / "synthetic.pdf"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A writer of files, by name and bytes."""

    def write_bytes(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write_bytes


@pytest.fixture
def read(write: Write) -> Callable[[str, bytes], Document]:
    """A reader of documents, by name and bytes."""
    return lambda name, content: read_document(write(name, content))


@pytest.fixture
def refuse(write: Write) -> Callable[[str, bytes], str]:
    """What reading a document that cannot be read says."""

    def message(name: str, content: bytes) -> str:
        with pytest.raises(UnreadableDocument) as caught:
            read_document(write(name, content))
        return str(caught.value)

    return message


def word(body: str, prolog: str = "", part: str = "word/document.xml") -> bytes:
    """Pack a body into a Word document."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        namespaces = f'xmlns:w="{W}" xmlns:mc="{MC}"'
        text = f"{prolog}<w:document {namespaces}><w:body>{body}</w:body></w:document>"
        parts.writestr(part, text)
    return file.getvalue()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def pdf(*pages: str, extra: str = "") -> bytes:
    """Write a PDF with the given page contents; its font is one that every reader knows."""
    ids = range(5, 5 + 2 * len(pages), 2)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{n} 0 R' for n in ids)}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H"
        "/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[814 907 500]"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
    ]
    for number, content in zip(ids, pages, strict=True):
        objects += [
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {number + 1} 0 R>>",
            f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        ]
    body = "%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<</Size {size}/Root 1 0 R{extra}>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def show(text: str, x: float, y: float, matrix: str = "1 0 0 1") -> str:
    """Set a text at a place of the page, in points from its lower left corner."""
    return f"BT /F 12 Tf {matrix} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def spans(document: Document) -> list[str]:
    return [document.text[table.start : table.end] for table in document.tables]


# --- Plain text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-16-le", "utf-16-be"]
)
def test_encodings(encoding, read):
    """Text reads in every encoding that an office writes."""
    document = read("通报.txt", "上半年共发布 12 篇\r\n全文\n".encode(encoding))

    assert Document("通报.txt", "上半年共发布 12 篇\n全文\n") == document


def test_line_ends_and_control_characters(read):
    """Every line end is a line feed; tabs and form feeds stay, other control characters go."""
    rest = "文" * 1000
    document = read("a.txt", f"甲\r乙\r\n丙\u2028丁\x07\x7f戊\f己\t庚{rest}".encode())

    assert f"甲\n乙\n丙\n丁戊\f己\t庚{rest}" == document.text


def test_table_with_tabs(read):
    """A run of lines with tabs is a table; what stands above and below is prose."""
    document = read(
        "a.txt", "题目\n单位\t篇数\n甲镇\t2\n乙镇\t\n合计\t2\n\n说明\t见后。\n".encode()
    )

    assert ["单位\t篇数\n甲镇\t2\n乙镇\t\n合计\t2"] == spans(document)
    assert (("单位", "篇数"), ("甲镇", "2"), ("乙镇", ""), ("合计", "2")) == document.tables[0].rows


COPIED = """\
附件2
某县部门信息报送情况统计表
投稿单位 政务公开 政策解读 政务动态 投稿单位 政务公开 政策解读 政务动态
发改局 15 0 7 景区管委会 2 0 0
农 行 0 0 0 审计局 ２ — 1
- 5 -

水利局 1 0 0
合计 20 0 8
以上数据截至6月30日。
"""


def test_table_copied_from_pdf(read):
    """Lines of names and numbers are a table: header, blanks and page numbers within included."""
    (table,) = read("a.txt", COPIED.encode()).tables

    assert "投稿单位" == COPIED[table.start :][:4]
    assert COPIED[: table.end].endswith("合计 20 0 8")
    assert ("农 行", "0", "0", "0", "审计局", "２", "—", "1") == table.rows[2]
    assert ((), (), ("水利局", "1", "0", "0")) == table.rows[3:6]


def test_serial_numbers_have_their_column(read):
    """The number before a name is its serial number, in each block; a total may have none."""
    text = "1 甲镇 2 0 3 丙镇 4 5\n2 乙镇 1 1 4 丁镇 0 0\n合计 7 6\n"
    (table,) = read("a.txt", text.encode()).tables

    assert ("1", "甲镇", "2", "0", "3", "丙镇", "4", "5") == table.rows[0]
    assert ("", "合计", "7", "6") == table.rows[2]


def test_next_annex_begins_a_table_of_its_own(read):
    """Two tables of one shape stay two where an annex heading stands between."""
    text = "甲镇 2 0\n乙镇 1 0\n附件2\n部门统计表\n水利局 1 1\n审计局 2 1\n"

    expected = ["甲镇 2 0\n乙镇 1 0", "水利局 1 1\n审计局 2 1"]
    assert expected == spans(read("a.txt", text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "共发布 12 篇，其中甲镇 5\n篇、乙镇 7\n篇。",
        "2022 年 7 月 8\n2022 年 7 月 9\n",
        "甲镇 50\n乙镇 7\n",
        "共有：甲镇 5 7\n只有：乙镇 5 7\n",
        "甲镇 5 7\n",
        "\t一、上半年共发布信息12篇。\n\t二、下半年共发布信息13篇。\n",
        "联系人\t张三；电话\t1234。\n联系人\t李四；电话\t1235。",
        "— 2 —\n— 3 —\n",
        "第 1 页\n第 2 页\n",
    ],
)
def test_prose_is_no_table(text, read):
    """Prose never becomes a table, wherever its lines break."""
    assert () == read("a.txt", text.encode()).tables


# --- Word ---------------------------------------------------------------------------------------


def test_word_in_order_of_the_body(read):
    """Paragraphs and tables come in their order, a row as a line with tabs."""
    table = f"<w:tbl>{row(cell('单位'), cell('篇'))}{row(cell('甲镇'), cell('2'))}</w:tbl>"
    body = paragraph(run("附件")) + table + paragraph(run("完"))
    document = read("a.docx", word(body))

    assert "附件\n单位\t篇\n甲镇\t2\n完" == document.text
    assert ["单位\t篇\n甲镇\t2"] == spans(document)


def test_word_text_that_counts(read):
    """Insertions, line breaks and content controls are text; deletions and hidden text are not."""
    deleted = f"<w:del>{run('12')}<w:r><w:delText>12</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('9')}</w:moveFrom>"
    hidden = run("隐", "<w:vanish/>") + run("显", '<w:vanish w:val="0"/>')
    broken = '<w:r><w:t>新</w:t><w:br/><w:t>行</w:t><w:br w:type="page"/><w:t>页</w:t></w:r>'
    body = paragraph(run("共 "), deleted, moved, f"<w:ins>{run('13')}</w:ins>", hidden, broken)
    control = f"<w:sdt><w:sdtContent>{paragraph(run('控件'))}</w:sdtContent></w:sdt>"

    assert "共 13显新\n行\n页\n控件" == read("a.docx", word(body + control)).text


def test_word_text_box_once(read):
    """A text box is read once, though the file holds it twice, before the line it hangs on."""
    box = f"<w:txbxContent>{paragraph(run('框内'))}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body = paragraph(run("前"), f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>")

    assert "框内\n前" == read("a.docx", word(body)).text


def test_word_merged_cells_keep_the_columns(read):
    """A cell over two columns leaves the second blank; a deleted row is none."""
    wide = cell("合计", '<w:gridSpan w:val="2"/>')
    gone = row(cell("删"), cell("去"), cell("9"), properties="<w:del/>")
    first = row(cell("1"), cell("甲镇"), cell("2"))
    body = f"<w:tbl>{first}{gone}{row(wide, cell('2'))}</w:tbl>"

    expected = (("1", "甲镇", "2"), ("合计", "", "2"))
    assert expected == read("a.docx", word(body)).tables[0].rows


def test_word_table_of_one_row_is_prose(read):
    """A table that only lays out a line, as for the printing note, is no table."""
    body = f"<w:tbl>{row(cell('某县办公室'), cell('7月8日印发'))}</w:tbl>"
    document = read("a.docx", word(body))

    assert ("某县办公室\t7月8日印发", ()) == (document.text, document.tables)


# --- Web ----------------------------------------------------------------------------------------


def test_web_visible_text_only(read):
    """Scripts, styles, titles, comments and hidden parts are not text; blocks end lines."""
    page = """<title>题</title><style>p{}</style><body><h1>通报</h1><p>共发布 <b>12</b>
    篇<!-- 13 --><script>var n = 14</script><br>其中<span hidden>15</span>甲镇
    <i style="display: none">16</i>3篇</p><div>完</div>"""

    assert "通报\n共发布 12 篇\n其中甲镇 3篇\n完" == read("a.html", page.encode()).text


def test_web_tables(read):
    """A table of figures is one, with its spanned cells; one that lays out the page is prose."""
    inner = "<tr><th rowspan=2>单位<th colspan=2>篇<tr><td>上<td>下<tr><td>甲镇<td>1<td>2"
    page = f"<table><tr><td>导航<td><p>正文</p><table>{inner}</table></table>"
    document = read("a.htm", page.encode())

    assert "导航\n正文\n单位\t篇\t\n\t上\t下\n甲镇\t1\t2" == document.text
    assert (("单位", "篇", ""), ("", "上", "下"), ("甲镇", "1", "2")) == document.tables[0].rows


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030"),
        ('<meta charset="big5">', "big5"),
        ('<meta charset="no-such">', "utf-8"),
        ('<meta charset="utf-8">', "gb18030"),
        ("", "gb18030"),
        ("", "utf-16"),
        ('<?xml version="1.0" encoding="utf-8"?>', "utf-8-sig"),
    ],
)
def test_web_encodings(head, encoding, read):
    """The page's own word on its encoding counts, unless it is wrong."""
    assert "中文" == read("a.html", f"{head}<p>中文</p>".encode(encoding)).text


def test_web_page_pasted_into_a_page(read):
    """What follows an early end of the page is read too."""
    page = "<html><body><p>甲</p></body></html><p>乙</p></body></html>"

    assert "甲\n乙" == read("a.html", page.encode()).text


# --- PDF ----------------------------------------------------------------------------------------


def test_pdf_lines_by_place(read):
    """Lines come from the top of the page, however the file orders them; wide gaps are spaces."""
    page = show("次行", 70, 680) + show("首行", 70, 700) + show("右", 300, 700)
    document = read("a.pdf", pdf(page, show("次页", 70, 700)))

    assert "首行 右\n次行\n次页" == document.text


def test_pdf_without_page_numbers(read):
    """Page numbers, which may part a clause, are left out; numbers in the text are not."""
    first = show("共发布", 70, 700) + show("- 1 -", 280, 40)
    second = show("12", 70, 700) + show("篇", 70, 680) + show("— 2 —", 280, 40)

    assert "共发布\n12\n篇" == read("a.pdf", pdf(first, second)).text


def test_pdf_radicals_are_characters(read):
    """Radicals that a PDF writer took for characters are these characters."""
    assert "民政用车长" == read("a.pdf", pdf(show("⺠政⽤⻋⻓", 70, 700))).text


@pytest.mark.parametrize("matrix", ["1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"])
def test_pdf_turned_pages(matrix, read):
    """A page that lies on its side is read upright."""
    c, d = map(int, matrix.split()[2:])
    place = {"x": 300, "y": 400}
    below = (place["x"] - 20 * c, place["y"] - 20 * d)
    page = show("首行", place["x"], place["y"], matrix) + show("次行", *below, matrix)

    assert "首行\n次行" == read("a.pdf", pdf(page)).text


def test_pdf_table_by_its_rules(read):
    """Rules make the cells: names broken over lines stay whole, merged cells and blanks too."""
    grid = "".join(f"70 {y} 300 0.5 re f\n" for y in (700, 660, 620, 580))
    grid += "".join(f"{x} 580 m {x} 700 l S\n" for x in (70, 270, 370))
    grid += "170 620 m 170 700 l S\n"
    text = show("序号", 100, 680) + show("单位", 200, 680) + show("篇", 300, 680)
    text += show("１", 100, 640) + show("退役军人", 180, 645) + show("事务局", 180, 630)
    text += show("合计", 150, 600) + show("12", 300, 600) + show("统计表", 70, 720)
    document = read("a.pdf", pdf(grid + text))

    expected = (("序号", "单位", "篇"), ("１", "退役军人事务局", ""), ("合计", "", "12"))
    assert "统计表\n序号\t单位\t篇\n１\t退役军人事务局\t\n合计\t\t12" == document.text
    assert expected == document.tables[0].rows


def test_pdf_of_a_browser():
    """A PDF that a browser printed reads as it was written: prose, then a table."""
    document = read_document(SYNTHETIC)

    assert document.text.startswith("某县政务信息报送情况通报（虚构样例）\n")
    assert "上半年共编发信息 12 篇" in document.text
    expected = (("序号", "投稿单位", "政务公开", "政务动态"), ("1", "甲镇", "2", "3"))
    assert expected == document.tables[0].rows[:2]


# --- What cannot be read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "无法读取“a.txt”：文件是空的。请换成有文字的文档"),
        ("a.txt", b"\xef\xbb\xbf \n", "无法读取“a.txt”：里面没有文字。请换成有文字的文档"),
        ("a.txt", bytes(range(256)) * 9, "不是文本"),
        ("a.txt", b"\x80\x81\xff\xfe\x01" * 9, "文件编码无法识别"),
        ("a.txt", b"\x01\x02\x03abc", "不是文本"),
        ("a.txt", "通报\n全文全文".encode()[:-1] + b"\n", "第2行文件编码无法识别（UTF-8"),
        ("a.txt", b"%PDF-1.7 ...", "内容是 PDF。请把扩展名改为 .pdf"),
        ("a.txt", b"PK\x03\x04...", "内容是 Word 文档或压缩包"),
        ("a.txt", b"\xd0\xcf\x11\xe0...", "内容是旧版的或加密的 Office 文档"),
        ("a.txt", b"1" * (20 * 2**20 + 1), "文件超过 20 MB"),
        ("a.doc", b"1", "不支持 .doc 格式。请用 Word 或 WPS 打开，另存为 .docx 或 .pdf 后重试"),
        ("a.wps", b"1", "不支持 .wps 格式。请用 Word 或 WPS 打开，另存为 .docx 或 .pdf 后重试"),
        ("a.jpg", b"1", "不支持 .jpg 格式。请换成 .txt、.docx、.html 或 .pdf 文件"),
        ("通报", b"1", "文件名没有扩展名"),
        ("a.docx", "不是压缩包".encode(), "不是完好的 Word 文档"),
        ("a.docx", b"\xd0\xcf\x11\xe0...", "是加密的文档，或旧版 .doc 改了扩展名"),
        ("a.docx", word("", part="xl/workbook.xml"), "是压缩包，但不是 Word 文档"),
        ("a.docx", word(paragraph(run("甲")))[:-60], "不是完好的 Word 文档"),
        ("a.docx", word("<w:p>"), "正文的 XML 有误，或嵌套过深"),
        ("a.docx", word(""), "里面没有文字"),
        ("a.docx", word("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "嵌套过深"),
        ("a.docx", word("<w:sdt>" * 240 + "</w:sdt>" * 240), "嵌套过深"),
        ("a.docx", word(paragraph(run(" " * (17 << 20)))), "解压后的正文过大"),
        ("a.html", b"<script>1</script>", "里面没有文字"),
        ("a.html", b"<div>" * 5000 + b"1", "嵌套过深或结构有误"),
        ("a.html", bytes(range(256)) * 9, "不是文本"),
        ("a.pdf", b"%PDF-1.7", "不是完好的 PDF。请重新下载"),
        ("a.pdf", pdf(show("甲", 70, 700))[:300], "不是完好的 PDF。请重新下载"),
        ("a.pdf", pdf("70 70 20 20 re f"), "PDF 里没有文字，像是扫描件。请先用文字识别（OCR）"),
        ("a.pdf", pdf(*[""] * 501), "PDF 超过 500 页"),
    ],
)  # fmt: skip
def test_unreadable(name, content, message, refuse):
    """What cannot be read is told with the reason and with what to do."""
    assert message in refuse(name, content)


def test_entities_that_expand(refuse):
    """XML whose entities would fill the memory, or read a file, is refused."""
    names = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    laughs = f'<!DOCTYPE x [<!ENTITY a0 "ha">{"".join(names)}]>'
    foreign = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'

    assert "正文的 XML" in refuse("a.docx", word(paragraph(run("&a11;")), laughs))
    assert "DOCTYPE" in refuse("b.docx", word(paragraph(run("&a;")), foreign))


def test_password(refuse):
    """A PDF with a password is told as such, and so is an archive with one."""
    zeros = "00" * 32
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{zeros}>/U<{zeros}>/P -4>>/ID[<00><00>]"
    archive = bytearray(word(paragraph(run("甲"))))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        archive[archive.index(mark) + place] |= 1

    assert "PDF 有密码" in refuse("a.pdf", pdf(show("甲", 70, 700), extra=lock))
    assert "压缩包有密码" in refuse("a.docx", bytes(archive))


def test_missing_file_and_folder(tmp_path):
    """A path that is no file is told by its name."""
    for path, found in ((tmp_path / "无.txt", "没有这个文件"), (tmp_path, "是文件夹")):
        with pytest.raises(UnreadableDocument, match=re.escape(f"“{path.name}”：{found}")):
            read_document(path)


def test_line_numbers():
    """A place in the text knows its line, which a fault names."""
    document = Document(
        "a.txt",
        dedent("""\
        甲
        乙

        丙"""),
    )

    assert [1, 1, 2, 4] == [document.line_of(place) for place in (0, 1, 2, 5)]
