"""The annexes (附件) as a workbook for Excel and WPS: annexes.xlsx.

A cover, a contents page, one sheet an annex, the definitions, and what was revised. An annex's
sheet is plain data: one header row, one row a unit, numbers as numbers, totals and what follows
from other figures as formulas with their values beside them. The same workbook gives the same bytes
on every run and machine.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range

from zhashui_stats.model.amounts import UNDEFINED, Amount
from zhashui_stats.model.county import County
from zhashui_stats.model.names import SERIAL_HEADER, TOTAL, UNIT_HEADER
from zhashui_stats.model.revisions import Revision
from zhashui_stats.release.cell_formulas import FIRST_FIGURE, row_formulas, total_formulas
from zhashui_stats.release.cell_text import (
    TYPE_SIZE,
    clean_text,
    in_page_header,
    looks_like_formula,
    row_height,
    text_width,
)
from zhashui_stats.release.circular import AnnexTable, parse_date
from zhashui_stats.release.indicator_notes import explain_indicators

__all__ = ["AnnexBook", "write_workbook"]

_COVER, _CONTENTS, _NOTES, _REVISIONS = "封面", "目录", "说明", "修订记录"
_INDICATORS = "指标说明"
_A4 = 9
_EPOCH = datetime(1980, 1, 1)
_MARK = "[r]"
_REVISED = "与前次发布相比有修订"
_ROW = 16  # points: some sixty units stand on a page
_COVER_WIDTH = 76
_NOTES_WIDTHS = (26, 64)
_INDICATORS_WIDTHS = (18, 9, 9, 54)
_MOST_UPRIGHT = 6  # so many columns of figures are readable on an upright page

_BODY = {"font_name": "宋体", "font_size": TYPE_SIZE, "valign": "vcenter"}
_CENTRED = {**_BODY, "align": "center"}
_CELL = {**_CENTRED, "border": 1, "num_format": "0", "shrink": True}
_HEADER = {**_CELL, "bold": True, "bg_color": "#EDEDED", "text_wrap": True}
_TEXT = {**_BODY, "border": 1, "text_wrap": True, "align": "left", "indent": 1}
_HEI = {**_CENTRED, "font_name": "黑体", "text_wrap": True}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {**_HEI, "font_size": 22},
    "subtitle": {**_CENTRED, "font_size": 16, "text_wrap": True},
    "warning": {**_HEI, "font_size": 16, "font_color": "#C00000"},
    "line": {**_CENTRED, "font_size": 14, "text_wrap": True},
    "footnote": _BODY,
    "heading": {**_BODY, "font_size": 14, "bold": True},
    "header": _HEADER,
    "cell": _CELL,
    "revised": {**_CELL, "num_format": f'0"{_MARK}"'},
    "total": {**_CELL, "bold": True},
    "text": _TEXT,
    "digest": {**_TEXT, "font_name": "Consolas", "font_size": 9},
    "link": {**_CELL, "font_color": "#0563C1", "underline": 1},
}


@dataclass(frozen=True, slots=True)
class AnnexBook:
    """What annexes.xlsx holds: a circular's annexes, and what is to be known of them.

    Attributes:
        title: The circular's title.
        issuer: Who issues it.
        date: Such as 2022年7月8日; empty: not on record.
        period: The period's Chinese name.
        status: 初步 or 最终.
        measure: The measure word of the counts, 篇.
        annexes: In order.
        notes: Term and definition.
        sources: File and its SHA-256.
        revisions: What each release after the first changed; empty: there was none.
        synthetic: What every page says where the figures are made up; empty: they are real.
        county: What is counted, where the annexes have indicators; None: they have none.
    """

    title: str
    issuer: str
    date: str
    period: str
    status: str
    measure: str
    annexes: tuple[AnnexTable, ...]
    notes: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    revisions: tuple[Revision, ...] = ()
    synthetic: str = ""
    county: County | None = None


def write_workbook(book: AnnexBook) -> bytes:
    """Return the workbook as .xlsx; it opens on its cover."""
    content = io.BytesIO()
    options = {"in_memory": True, "default_format_properties": dict(_BODY)}  # it is written to
    with xlsxwriter.Workbook(content, options) as file:
        file.set_properties(_properties(book))
        writer = _Writer(book, file)
        writer.write_cover()
        writer.write_contents()
        for annex in book.annexes:
            writer.write_annex(annex)
        if book.county:
            writer.write_indicators(book.county)
        writer.write_notes()
        if book.revisions:
            writer.write_revisions()
    return _pack(content.getvalue())


def _properties(book: AnnexBook) -> dict[str, Any]:
    issued = parse_date(book.date)
    texts = {
        "title": book.title,
        "author": book.issuer,
        "subject": book.period,
        "status": book.status,
        "comments": book.synthetic,
    }
    created = datetime.combine(issued, time()) if issued else _EPOCH
    return {**{key: clean_text(text) for key, text in texts.items() if text}, "created": created}


def _pack(content: bytes) -> bytes:
    """Pack the parts anew: compressors differ between versions, and zip files name the system."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(packed, "w") as target:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name)
            part.create_system = 0
            target.writestr(part, parts.read(name))
    return packed.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: AnnexBook, file: Any) -> None:
        self.book = book
        self.file = file
        self._formats: dict[tuple[str, bool, int], Any] = {}

    def write_cover(self) -> None:
        """Write what an office's cover says; the blank rows lay out the page."""
        book, sheet = self.book, self._sheet(_COVER)
        sheet.hide_gridlines(2)
        self._columns(sheet, _COVER_WIDTH)
        lines = [
            (book.synthetic, "warning", 40),
            (book.title, "title", 120),
            ("附件", "subtitle", 40),
            (f"统计时段：{book.period}", "line", 0),
            (f"数据状态：{book.status}", "line", 0),
            (f"计量单位：{book.measure}", "line", 0),
            (book.issuer, "subtitle", 160),
            (book.date, "subtitle", 0),
        ]
        row = 0
        for text, style, space in lines:
            if text:
                sheet.set_row(row, space or 6)
                size = _STYLES[style]["font_size"]
                sheet.set_row(row + 1, row_height([(text, _COVER_WIDTH * TYPE_SIZE / size)], size))
                self._text(sheet, row + 1, 0, text, style)
                row += 2

    def write_contents(self) -> None:
        """Write what there is, with a link to each sheet."""
        sheet = self._sheet(_CONTENTS)
        widths = self._columns(sheet, 14, 70)
        self._header(sheet, 0, ("工作表", "内容"))
        titles = [(_name_of(annex), annex.title) for annex in self.book.annexes]
        if self.book.county:
            titles.append((_INDICATORS, "各项指标的单位、来源和公式"))
        titles.append((_NOTES, "指标含义、标记和数据来源"))
        if self.book.revisions:
            titles.append((_REVISIONS, "历次发布之间的改动"))
        for row, (name, title) in enumerate(titles, 1):
            link = f"internal:'{name}'!A1"
            sheet.write_url(row, 0, link, self._style("link"), string=name)
            self._text(sheet, row, 1, title, "text")
            sheet.set_row(row, row_height(zip((name, title), widths, strict=True)))

    def write_annex(self, annex: AnnexTable) -> None:
        """Write one group's table: a header, a row a unit, the totals."""
        sheet = self._sheet(_name_of(annex), annex.title)
        headers = self._headers(annex)
        self._header(sheet, 0, (SERIAL_HEADER, UNIT_HEADER, *headers))
        self._set_widths(sheet, annex, headers)
        for row, (unit, counts) in enumerate(zip(annex.units, annex.counts, strict=True), 1):
            sheet.set_row(row, _ROW)
            sheet.write_number(row, 0, row, self._style("cell"))
            self._text(sheet, row, 1, unit, "cell")
            for column, count in enumerate(counts):
                style = "revised" if (row - 1, column) in annex.revised else "cell"
                sheet.write_number(row, column + FIRST_FIGURE, count, self._style(style))
            last = len(counts) + FIRST_FIGURE - 1
            self._sum(sheet, (row, last + 1), (row, FIRST_FIGURE, row, last), sum(counts))
            self._write_indicators(sheet, annex, row)
            self._write_standings(sheet, annex, row)
        if annex.units:
            self._write_totals(sheet, annex)
        # Below the table and a blank row: whoever reads the sheet as data is not disturbed.
        for row, line in enumerate(self._footnotes(annex), len(annex.units) + 3):
            self._text(sheet, row, 0, line, "footnote")
        sheet.freeze_panes(1, FIRST_FIGURE)
        sheet.repeat_rows(0)

    def _headers(self, annex: AnnexTable) -> list[str]:
        """Head the columns of figures, each with its unit."""
        labels = [(label, self.book.measure) for label in (*annex.categories, TOTAL)]
        labels += [(each.indicator.label, each.indicator.unit) for each in annex.indicators]
        standings = (standing.label for standing in annex.standings)
        return [*(f"{label}（{unit}）" for label, unit in labels), *standings]

    def _write_indicators(self, sheet: Any, annex: AnnexTable, row: int) -> None:
        """Write what a unit has of each indicator, as a formula where it follows from others."""
        formulas = row_formulas(self.book.county, annex, row) if self.book.county else {}
        for place, shown in enumerate(annex.indicators, len(annex.categories)):
            style = "revised" if (row - 1, place) in annex.revised else "cell"
            cell = row, place + FIRST_FIGURE + 1
            formula, amount = formulas.get(shown.indicator.id), shown.amounts[row - 1]
            self._amount(sheet, cell, formula, amount, (style, shown.indicator.decimals))

    def _write_standings(self, sheet: Any, annex: AnnexTable, row: int) -> None:
        for column, standing in enumerate(annex.standings, _width(annex)):
            place = standing.places[row - 1]
            if isinstance(place, int):
                sheet.write_number(row, column, place, self._style("cell"))
            else:
                self._text(sheet, row, column, place or UNDEFINED, "cell")

    def _write_totals(self, sheet: Any, annex: AnnexTable) -> None:
        row = len(annex.units) + 1
        sheet.set_row(row, _ROW)
        self._text(sheet, row, 0, "", "total")
        self._text(sheet, row, 1, TOTAL, "total")
        totals = (*annex.totals, sum(annex.totals))
        for column, total in enumerate(totals, FIRST_FIGURE):
            self._sum(sheet, (row, column), (1, column, row - 1, column), total)
        formulas = total_formulas(self.book.county, annex, row) if self.book.county else {}
        for column, shown in enumerate(annex.indicators, FIRST_FIGURE + len(totals)):
            formula, decimals = formulas.get(shown.indicator.id), shown.indicator.decimals
            self._amount(sheet, (row, column), formula, shown.total, ("total", decimals))
        for column, _ in enumerate(annex.standings, _width(annex)):
            self._text(sheet, row, column, "", "total")

    def _footnotes(self, annex: AnnexTable) -> Iterator[str]:
        if self.book.synthetic:
            yield f"注：{self.book.synthetic}。"
        if annex.revised:
            yield f"{_MARK} {_REVISED}。"

    def _sum(
        self, sheet: Any, place: tuple[int, int], cells: tuple[int, int, int, int], total: int
    ) -> None:
        """Write a sum with its value, for readers that do not calculate."""
        sheet.write_formula(*place, f"=SUM({xl_range(*cells)})", self._style("total"), total)

    def _amount(
        self,
        sheet: Any,
        place: tuple[int, int],
        formula: str | None,
        amount: Amount | None,
        style: tuple[str, int],
    ) -> None:
        """Write an amount, in a style and with so many decimals, and the formula that gives it."""
        cell_style, value = self._style(style[0], decimals=style[1]), _value_of(amount)
        if formula:
            sheet.write_formula(*place, f"={formula}", cell_style, value)
        elif isinstance(value, str):
            sheet.write_string(*place, value, cell_style)
        else:
            sheet.write_number(*place, value, cell_style)

    @staticmethod
    def _set_widths(sheet: Any, annex: AnnexTable, headers: Sequence[str]) -> None:
        sheet.set_column(0, 0, 7)
        longest = max(map(text_width, annex.units), default=0)
        sheet.set_column(1, 1, min(max(22, longest + 3), 40))
        least = 10 if annex.shows_sums else 15
        for column, header in enumerate(headers, FIRST_FIGURE):
            sheet.set_column(column, column, min(max(least, text_width(header) + 2), 24))
        if annex.shows_sums and len(headers) > _MOST_UPRIGHT:
            sheet.set_landscape()

    def write_indicators(self, county: County) -> None:
        """Write what each indicator is, in which unit, where it comes from, and its formula."""
        sheet = self._sheet(_INDICATORS)
        widths = self._columns(sheet, *_INDICATORS_WIDTHS)
        self._header(sheet, 0, ("指标", "计量单位", "来源", "含义"))
        for row, note in enumerate(explain_indicators(county), 1):
            texts = (note.label, note.unit, note.source, note.meaning)
            for column, text in enumerate(texts):
                self._text(sheet, row, column, text, "text")
            sheet.set_row(row, row_height(zip(texts, widths, strict=True)))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def write_notes(self) -> None:
        """Write what the figures mean, what marks mean, and what they were made from."""
        sheet = self._sheet(_NOTES)
        self._columns(sheet, *_NOTES_WIDTHS)
        row = self._table(sheet, 0, ("指标含义", "名称", "含义"), self.book.notes)
        row = self._table(sheet, row, ("标记", "标记", "含义"), self._marks())
        self._table(sheet, row, ("数据来源", "文件", "SHA-256"), self.book.sources, "digest")

    def _marks(self) -> Iterator[tuple[str, str]]:
        yield "0", "没有稿件被采用"
        if self.book.county:
            yield UNDEFINED, "没有意义，如除数为0；不排名次，不是0"
        if any(annex.revised for annex in self.book.annexes):
            yield _MARK, f"{_REVISED}；单元格中仍是数字，可以直接计算"
        yield "数据状态", self.book.status
        if self.book.synthetic:
            yield "数据性质", self.book.synthetic

    def _table(
        self,
        sheet: Any,
        row: int,
        titles: tuple[str, str, str],
        rows: Iterable[tuple[str, str]],
        style: str = "text",
    ) -> int:
        """Write a heading and its table of two columns; return where the next one starts."""
        rows, size = tuple(rows), _STYLES[style]["font_size"]
        if not rows:
            return row
        sheet.set_row(row, 28)
        self._text(sheet, row, 0, titles[0], "heading")
        self._header(sheet, row + 1, titles[1:])
        for place, (first, second) in enumerate(rows, row + 2):
            self._text(sheet, place, 0, first, "text")
            self._text(sheet, place, 1, second, style)
            cells = [(first, _NOTES_WIDTHS[0]), (second, _NOTES_WIDTHS[1] * TYPE_SIZE / size)]
            sheet.set_row(place, row_height(cells))
        return row + len(rows) + 3

    def write_revisions(self) -> None:
        """Write what each release changed, one row a change."""
        sheet = self._sheet(_REVISIONS)
        widths = self._columns(sheet, 8, 26, 24, 24, 26)
        self._header(sheet, 0, ("版次", "位置", "原为", "现为", "原因"))
        row = 1
        for revision in self.book.revisions:
            for change in _changes(revision):
                sheet.write_number(row, 0, revision.release, self._style("cell"))
                values = (*change, revision.reason)
                for column, value in enumerate(values, 1):
                    self._value(sheet, row, column, value)
                sheet.set_row(row, row_height(zip(map(str, values), widths[1:], strict=True)))
                row += 1
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def _sheet(self, name: str, title: str = "") -> Any:
        """Add a sheet that prints on A4, one page wide; the cover bears no page number."""
        sheet = self.file.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_margins(left=0.7, right=0.7, top=1.1 if title else 0.9, bottom=0.75)
        if name != _COVER:
            sheet.set_header(_say_header(name, title, self.book.synthetic))
            sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet

    @staticmethod
    def _columns(sheet: Any, *widths: int) -> tuple[int, ...]:
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return widths

    def _header(self, sheet: Any, row: int, cells: Iterable[str]) -> None:
        sheet.set_row(row, 26)
        for column, text in enumerate(cells):
            self._text(sheet, row, column, text, "header")

    def _value(self, sheet: Any, row: int, column: int, value: int | str) -> None:
        if isinstance(value, int):
            sheet.write_number(row, column, value, self._style("cell"))
        else:
            self._text(sheet, row, column, value, "text")

    def _text(self, sheet: Any, row: int, column: int, text: str, style: str) -> None:
        """Write text as text: never a formula, a number or a link, whatever it looks like."""
        text = clean_text(text)
        cell_style = self._style(style, is_risky=looks_like_formula(text))
        if text:
            sheet.write_string(row, column, text, cell_style)
        else:
            sheet.write_blank(row, column, None, cell_style)

    def _style(self, name: str, *, is_risky: bool = False, decimals: int = 0) -> Any:
        """Return a format; one for risky text keeps it a text when somebody edits the cell."""
        key = (name, is_risky, decimals)
        if key not in self._formats:
            style = {**_STYLES[name], **({"quote_prefix": True} if is_risky else {})}
            if decimals:
                style["num_format"] = style["num_format"].replace("0", f"0.{'0' * decimals}", 1)
            self._formats[key] = self.file.add_format(style)
        return self._formats[key]


def _value_of(amount: Amount | None) -> float | str:
    """Return what a cell holds for an amount: a number, the exact one as near as a cell can."""
    if amount is None:
        return UNDEFINED
    return int(amount) if amount == int(amount) else float(amount)


def _width(annex: AnnexTable) -> int:
    """Return how many columns stand before rank and grade."""
    return FIRST_FIGURE + len(annex.categories) + 1 + len(annex.indicators)


def _name_of(annex: AnnexTable) -> str:
    return f"附件{annex.number}"


def _changes(revision: Revision) -> Iterator[tuple[str, int | str, int | str]]:
    """Give where, before and now of each change; of a release without any, that it has none."""
    for cell in revision.cells:
        where = f"{cell.group} {cell.unit} {cell.category}"
        old, new = ("（无）" if count is None else count for count in (cell.old, cell.new))
        yield where, old, new
    for sentence in revision.sentences:
        yield "通报正文", sentence.old or "（无）", sentence.new or "（无）"
    if not revision.cells and not revision.sentences:
        yield "（无改动）", "", ""


def _say_header(name: str, title: str, warning: str) -> str:
    """Say on every printed page which annex it is, and where figures are made up.

    Excel allows 255 characters. A size is followed by a font, or it would swallow the digits
    with which a text begins.
    """
    if not title:
        return f'&C&11&"宋体,常规"{in_page_header(warning, 120)}' if warning else ""
    lead, named = f'&L&12&"黑体,常规"{name}', f'&C\n&14&"黑体,常规"{in_page_header(title, 120)}'
    said = f'\n&11&"宋体,常规"{in_page_header(warning, 60)}' if warning else ""
    return lead + named + said
