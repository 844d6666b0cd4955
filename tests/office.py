"""Workbooks as LibreOffice saves them: with merged cells, hidden rows, formulas and formats."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

__all__ = ["COVERED", "Cell", "Row", "save_by_office"]

ABSENT = "没有 LibreOffice，表格测试未运行；安装方法：apt-get install libreoffice-calc"
COVERED = object()
"""Stands where another cell reaches to."""

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}"'
    for prefix, name in (
        ("office", "office:1.0"), ("table", "table:1.0"), ("text", "text:1.0"),
        ("style", "style:1.0"), ("number", "datastyle:1.0"), ("of", "of:1.2"),
    )
)  # fmt: skip
_DATE = """<number:date-style style:name="N{name}" number:language="zh" number:country="CN" {more}>
{parts}</number:date-style>"""
_YEAR_MONTH_DAY = (
    '<number:year number:style="long"/><number:text>年</number:text><number:month/>'
    "<number:text>月</number:text><number:day/><number:text>日</number:text>"
)
_IN_CHINESE = (
    'number:transliteration-format="一" number:transliteration-language="zh" '
    'number:transliteration-country="CN" number:transliteration-style="short"'
)
_FORMATS = {
    "day": _DATE.format(name="day", more="", parts=_YEAR_MONTH_DAY),
    "chinese": _DATE.format(name="chinese", more=_IN_CHINESE, parts=_YEAR_MONTH_DAY),
    "weekday": _DATE.format(
        name="weekday", more="", parts='<number:day-of-week number:style="long"/>'
    ),
    "percent": '<number:percentage-style style:name="Npercent"><number:number '
    'number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text>'
    "</number:percentage-style>",
}


@dataclass(frozen=True)
class Cell:
    """A cell that is more than its value.

    Attributes:
        value: Text, number, or for a date its ISO text.
        shown: As a ``day``, in ``chinese`` numerals, as a ``weekday``, in ``percent``.
        formula: Such as ``SUM([.C2:.C4])``.
        across: So many columns it takes.
        down: So many rows it takes.
    """

    value: object = None
    shown: str = ""
    formula: str = ""
    across: int = 1
    down: int = 1


@dataclass(frozen=True)
class Row:
    """A row that is not shown, as it is hidden (``collapse``) or filtered (``filter``)."""

    cells: Sequence[object]
    visibility: str = "collapse"


def save_by_office(
    path: Path, sheets: Mapping[str, Sequence[object]], *, filtered: str = ""
) -> Path:
    """Write sheets, each a title and its rows, by LibreOffice in the format of a path's ending.

    Args:
        path: Where to.
        sheets: Title -> rows of values and ``Cell``, or ``Row``.
        filtered: The range that has a filter, such as ``表.A1:.C9``.
    """
    office = shutil.which("soffice")
    if office is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(ABSENT)
    work = path.parent / ".office"
    work.mkdir()
    source = work / f"{path.stem}.fods"
    source.write_text(_document(sheets, filtered), "utf-8")
    subprocess.run(
        [
            str(office), f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless",
            "--convert-to", path.suffix[1:], "--outdir", str(work / "out"), str(source),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    shutil.move(work / "out" / path.name, path)
    shutil.rmtree(work)
    return path


def _document(sheets: Mapping[str, Sequence[object]], filtered: str) -> str:
    styles = "".join(
        f'{format_}<style:style style:name="{name}" style:family="table-cell" '
        f'style:data-style-name="N{name}"/>'
        for name, format_ in _FORMATS.items()
    )
    tables = "".join(
        f'<table:table table:name="{title}">{"".join(map(_row, rows))}</table:table>'
        for title, rows in sheets.items()
    )
    ranges = (
        '<table:database-ranges><table:database-range table:name="__Anonymous_Sheet_DB__0" '
        f'table:target-range-address="{filtered}" table:display-filter-buttons="true"/>'
        "</table:database-ranges>"
    ) * bool(filtered)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{tables}{ranges}</office:spreadsheet></office:body></office:document>"
    )


def _row(row: object) -> str:
    if isinstance(row, Row):
        cells = "".join(map(_cell, row.cells))
        return f'<table:table-row table:visibility="{row.visibility}">{cells}</table:table-row>'
    return f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>"


def _cell(given: object) -> str:
    if given is COVERED:
        return "<table:covered-table-cell/>"
    cell = given if isinstance(given, Cell) else Cell(given)
    more = f' table:style-name="{cell.shown}"' * bool(cell.shown)
    more += f' table:formula="of:={cell.formula}"' * bool(cell.formula)
    if (cell.across, cell.down) != (1, 1):
        more += f' table:number-columns-spanned="{cell.across}"'
        more += f' table:number-rows-spanned="{cell.down}"'
    kind = "percentage" if cell.shown == "percent" else "float"
    match cell.value:
        case None:
            return f"<table:table-cell{more}/>"
        case int() | float():
            value = f'office:value-type="{kind}" office:value="{cell.value}"'
            return f"<table:table-cell{more} {value}/>"
        case str() if cell.shown:
            value = f'office:value-type="date" office:date-value="{cell.value}"'
            return f"<table:table-cell{more} {value}/>"
        case _:
            text = f"<text:p>{escape(str(cell.value))}</text:p>"
            return f'<table:table-cell{more} office:value-type="string">{text}</table:table-cell>'
