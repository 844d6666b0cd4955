"""Workbooks as programs write them: dates in Chinese, the strict variant, slips in their looks."""

import io
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from zhashui_stats.reading.grid import Formula, Percentage
from zhashui_stats.reading.open_xml import OpenXml

DAY = date(2022, 1, 5)
NOON = datetime(2022, 1, 5)
STRICT = [
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
]  # fmt: skip


def workbook(*rows, formats=()):
    """Write rows; formats are those of the last row's cells."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, shown in zip(book.active[len(rows)], formats, strict=False):
        cell.number_format = shown
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def edited(content, *changes, part=""):
    """Change every part whose name ends so."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            for old, new in changes if name.endswith(part) else ():
                data = data.replace(old, new)
            target.writestr(name, data)
    return stream.getvalue()


def rows_of(content):
    """Return the rows of every visible sheet."""
    with OpenXml(io.BytesIO(content)) as book:
        return [row for _, part in book.sheets for row in book.rows(part)]


@pytest.mark.parametrize("number", [*range(27, 37), *range(50, 59)])
def test_formats_that_only_chinese_excel_has(number):
    """二〇二二年一月五日, 1月5日 and their like are dates, by the number of their format."""
    content = workbook([DAY])
    shown = b'numFmtId="%d"' % number

    assert [(NOON,)] == rows_of(edited(content, (b'numFmtId="14"', shown), part="styles.xml"))


@pytest.mark.parametrize(
    ("shown", "cell"),
    [
        ("aaaa", NOON), ("[$-804]aaa;@", NOON), ('yyyy"年"m"月"d"日"', NOON),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', NOON), ('0"aaaa"', 44566), ("0\\a", 44566),
        ("General", 44566), ("0%", Percentage(44566)), ('[DBNum1]General', 44566),
    ],
)  # fmt: skip
def test_formats_of_a_countys_own(shown, cell):
    """Weekdays are dates as well; what stands in quotes or brackets says nothing."""
    assert [(cell,)] == rows_of(workbook([44566], formats=[shown]))


@pytest.mark.parametrize("is_strict", [False, True])
def test_the_strict_variant(is_strict):
    """Excel's “Strict Open XML” has other name spaces, and dates as text."""
    content = workbook(["甲镇", 7, None, True, DAY])
    changes = STRICT if is_strict else []

    assert [("甲镇", 7, None, True, NOON)] == rows_of(edited(content, *changes))


def test_a_date_as_text():
    """The strict variant may write a date so."""
    cell = b'<c r="A1" t="d"><v>2022-01-05</v></c>'
    content = edited(workbook([7]), (b'<c r="A1" t="n"><v>7</v></c>', cell), part="sheet1.xml")

    assert [(DAY,)] == rows_of(content)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("styles.xml", b"<fills", b"<fills><fill/></fills><fills"),
        ("styles.xml", b"<color ", b'<color rgb="#FF0000" '),
        ("styles.xml", b"<borders", b"<borders><border style='?'/></borders><borders"),
        ("core.xml", b"<dcterms:created", b"<dcterms:created>2022 -01</dcterms:created><created"),
        ("core.xml", b"</cp:coreProperties>", b""),
        ("theme1.xml", b"<a:theme", b"<b:theme"),
        ("sheet1.xml", b"</worksheet>", b'<pageSetup orientation="?"/></worksheet>'),
    ],
)  # fmt: skip
def test_slips_that_every_office_program_passes_over(part, old, new):
    """Fills, colours, properties, themes and print settings say nothing of a cell's value."""
    assert [("甲镇", 7)] == rows_of(edited(workbook(["甲镇", 7]), (old, new), part=part))


def test_a_formula_without_a_value():
    """One that gave the empty text is blank; one that nobody computed is told."""
    content = workbook(["=1+1", '=""'])
    empty = (b'<c r="B1"><f>""</f><v></v></c>', b'<c r="B1" t="str"><f>""</f><v></v></c>')

    assert [(Formula.WITHOUT_VALUE, None)] == rows_of(edited(content, empty, part="sheet1.xml"))


def test_parts_under_other_names():
    """Web systems write slashes the other way, and the paths from the root."""
    content = edited(workbook([7]), (b'Target="/xl/worksheets', b'Target="/XL\\worksheets'))
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name.replace("xl/worksheets", "xl\\Worksheets"), source.read(name))

    assert [(7,)] == rows_of(stream.getvalue())
