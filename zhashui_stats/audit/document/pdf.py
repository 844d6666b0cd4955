"""PDF documents with a text layer: lines from the places of their characters, tables from rules.

The places of the characters decide, not their order in the file, which is any that the writing
program chose.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from math import pi
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

from zhashui_stats.audit.document.flow import LineOrTable
from zhashui_stats.errors import UnreadableDocument
from zhashui_stats.model.names import FOLDED

__all__ = ["read_pdf"]

_Turn: TypeAlias = Callable[[float, float], tuple[float, float]]

_SAMPLE = 500
_MOST_PAGES = 500
_MOST_CHARACTERS = 1_000_000
_MOST_RULES = 20_000
_MOST_CELLS = 50_000
_MOST_GRIDS = 50
_PAGE_NUMBER = re.compile(
    r"[-—－–·]\s*\d{1,4}\s*[-—－–·]|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?"
)
# Glyphs of radicals look like those of characters, and PDF writers take the one for the other.
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
} | FOLDED
# In points: rules are thinner than this, rules of one table meet within this.
_THIN = 3.0
_NEAR = 3.0
_SHORTEST = 6.0
# In heights of a character: characters farther apart stand in two cells, or are two words.
_GAP = 0.8
_WORD_GAP = 0.12
_DIGIT_GAP = 0.25
_SAME_LINE = 0.5
# In heights of the page's writing: titles are smaller than this, what is laid over it is larger.
_MUCH_LARGER = 2.0
# So far, in radians, does the writing of a page that was scanned askew turn.
_SLANT = 0.15


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character and its box in points, with y growing downwards."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A straight line: where it stands across its direction, and its two ends along it."""

    place: float
    start: float
    end: float


def read_pdf(content: bytes, name: str) -> list[LineOrTable]:
    """Return the lines and the ruled tables of a PDF, page by page; page numbers are left out.

    Raises:
        UnreadableDocument: It is damaged, has a password, is too long, or holds no text.
    """
    import pypdfium2 as pdfium  # noqa: PLC0415 -- plain text needs no PDF library

    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument(name, "PDF 有密码", "请另存为没有密码的 PDF") from None
        advice = "请重新下载，或重新另存为 PDF"
        raise UnreadableDocument(name, "不是完好的 PDF", advice) from None
    try:
        return _read_pages(pdf, name)
    except pdfium.PdfiumError:
        advice = "请重新下载，或重新另存为 PDF"
        raise UnreadableDocument(name, "PDF 中有损坏的页", advice) from None
    finally:
        pdf.close()


def _read_pages(pdf: Any, name: str) -> list[LineOrTable]:
    if len(pdf) > _MOST_PAGES:
        raise UnreadableDocument(name, f"PDF 超过 {_MOST_PAGES} 页", "请只保留通报的正文和附件")
    blocks: list[LineOrTable] = []
    characters = 0
    for number in range(len(pdf)):
        page = pdf[number]
        textpage = page.get_textpage()
        quarter = _quarter(textpage)
        turn = _TURNS[quarter or 0]
        glyphs = _glyphs(textpage, turn, quarter)
        textpage.close()
        characters += sum(glyph.text != " " for glyph in glyphs)
        if characters > _MOST_CHARACTERS:
            raise UnreadableDocument(name, "PDF 的文字过多", "请只保留通报的正文和附件")
        blocks.extend(_without_number(_layout(glyphs, *_rules(page, turn))))
        page.close()
    if not characters:
        advice = "请先用文字识别（OCR）软件处理，或请拟稿单位提供 Word 文档"
        raise UnreadableDocument(name, "PDF 里没有文字，像是扫描件", advice)
    return blocks


# What sets a page upright, by quarters of a turn: from its own points to ones with y growing
# downwards.
_TURNS: tuple[_Turn, ...] = (
    lambda x, y: (x, -y),
    lambda x, y: (-y, -x),
    lambda x, y: (-x, y),
    lambda x, y: (y, x),
)


def _quarter(textpage: Any) -> int | None:
    """Return the quarters of a turn by which a page lies on its side, clockwise.

    The direction of the writing tells, as wide tables often lie so. None: no writing is straight.
    """
    from pypdfium2 import raw  # noqa: PLC0415

    sample = range(min(textpage.count_chars(), _SAMPLE))
    angles = (raw.FPDFText_GetCharAngle(textpage, place) for place in sample)
    quarters = Counter(round(angle / (pi / 2)) % 4 for angle in angles if _is_straight(angle))
    return max(quarters, key=quarters.__getitem__, default=None)


def _is_straight(angle: float) -> bool:
    """Tell whether writing runs along an edge of the page; watermarks run across it."""
    return angle >= 0 and abs(angle - round(angle / (pi / 2)) * pi / 2) <= _SLANT


def _is_along(angle: float, quarter: int | None) -> bool:
    """Tell whether a character stands as the page's writing does; of some it is not known."""
    if angle < 0 or quarter is None:
        return True
    direction = quarter * pi / 2
    return abs((angle - direction + pi) % (2 * pi) - pi) <= _SLANT


def _glyphs(textpage: Any, turn: _Turn, quarter: int | None) -> list[_Glyph]:
    """Return the characters that stand along the page's writing: no watermark, no round stamp."""
    from pypdfium2 import raw  # noqa: PLC0415

    found: list[_Glyph] = []
    for place in range(min(textpage.count_chars(), _MOST_CHARACTERS + 1)):
        code = raw.FPDFText_GetUnicode(textpage, place)
        text = _character(code)
        if not text or raw.FPDFText_IsGenerated(textpage, place):
            continue
        if not _is_along(raw.FPDFText_GetCharAngle(textpage, place), quarter):
            continue
        left, bottom, right, top = textpage.get_charbox(place, loose=True)
        (x, y), (other_x, other_y) = turn(left, bottom), turn(right, top)
        found.append(
            _Glyph(text, min(x, other_x), max(x, other_x), min(y, other_y), max(y, other_y))
        )
    return found


def _character(code: int) -> str:
    """Return a character as it reads; empty where it shows nothing."""
    if not 0x20 <= code < 0x110000 or 0xD800 <= code < 0xE000:
        return ""
    text = chr(code).translate(_RADICALS)
    return " " if text.isspace() else text if text.isprintable() else ""


def _rules(page: Any, turn: _Turn) -> tuple[list[_Rule], list[_Rule]]:
    """Return the horizontal and the vertical rules of a page."""
    across: list[_Rule] = []
    down: list[_Rule] = []
    for x, y, other_x, other_y in _edges(page):
        (left, top), (right, bottom) = turn(x, y), turn(other_x, other_y)
        left, right = sorted((left, right))
        top, bottom = sorted((top, bottom))
        if bottom - top <= _THIN and right - left >= _SHORTEST:
            across.append(_Rule((top + bottom) / 2, left, right))
        elif right - left <= _THIN and bottom - top >= _SHORTEST:
            down.append(_Rule((left + right) / 2, top, bottom))
        if len(across) + len(down) > _MOST_RULES:
            return [], []  # A drawing; no table has so many rules.
    return across, down


def _edges(page: Any) -> Iterator[tuple[float, float, float, float]]:
    from pypdfium2 import PdfiumError, raw  # noqa: PLC0415

    for number, path in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if number > _MOST_RULES:
            return
        with suppress(PdfiumError):
            left, bottom, right, top = path.get_bounds()
            if min(right - left, top - bottom) <= _THIN:
                yield left, bottom, right, top
            else:
                yield from _segments(path)


def _segments(path: Any) -> Iterator[tuple[float, float, float, float]]:
    """Walk along a path that is no single rule: a frame, or a whole grid."""
    from ctypes import byref, c_float  # noqa: PLC0415

    from pypdfium2 import raw  # noqa: PLC0415

    matrix = path.get_matrix()
    x, y = c_float(), c_float()
    begin = last = (0.0, 0.0)
    for number in range(min(raw.FPDFPath_CountSegments(path), _MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            yield (*last, *point)
        else:
            begin = point
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield (*last, *begin)


def _layout(glyphs: Sequence[_Glyph], across: list[_Rule], down: list[_Rule]) -> list[LineOrTable]:
    """Set tables and lines in the order in which they stand on the page."""
    placed: list[tuple[float, LineOrTable]] = []
    rest, larger = _by_size(glyphs)
    for grid in _grids(across, down):
        inside = [glyph for glyph in rest if grid.holds(glyph)]
        if rows := grid.rows(inside):
            rest = [glyph for glyph in rest if not grid.holds(glyph)]
            placed.append((grid.ys[0], rows))
    lines = (*_lines(rest), *_lines(larger))
    placed.extend((line[0].middle, text) for line in lines if (text := _say(line)))
    return [block for _, block in sorted(placed, key=itemgetter(0))]


def _by_size(glyphs: Sequence[_Glyph]) -> tuple[list[_Glyph], list[_Glyph]]:
    """Tell the page's writing from much larger characters, which may be laid over its lines."""
    heights = sorted(glyph.height for glyph in glyphs if glyph.text != " ")
    most = _MUCH_LARGER * heights[len(heights) // 2] if heights else 0.0
    return (
        [glyph for glyph in glyphs if glyph.height <= most],
        [glyph for glyph in glyphs if glyph.height > most],
    )


@dataclass(frozen=True)
class _Grid:
    """The rules of one table.

    Attributes:
        xs: Where its vertical rules stand, from the left.
        ys: Where its horizontal rules stand, from the top.
        across: For each of ``ys`` the rules that stand there.
        down: For each of ``xs`` the rules that stand there.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[tuple[_Rule, ...], ...]
    down: tuple[tuple[_Rule, ...], ...]

    def holds(self, glyph: _Glyph) -> bool:
        x = (glyph.left + glyph.right) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= glyph.middle <= self.ys[-1]

    def rows(self, glyphs: Iterable[_Glyph]) -> tuple[tuple[str, ...], ...]:
        """Return the text of every cell; a merged cell's stands in its first."""
        first = self._first_cells()
        cells: dict[tuple[int, int], list[_Glyph]] = {}
        for glyph in glyphs:
            if glyph.text == " ":
                continue  # Blank cells stay blank, and a name needs none.
            column = bisect_right(self.xs, (glyph.left + glyph.right) / 2) - 1
            row = bisect_right(self.ys, glyph.middle) - 1
            row, column = min(row, len(self.ys) - 2), min(column, len(self.xs) - 2)
            cells.setdefault(first[row, column], []).append(glyph)
        if len({row for row, _ in cells}) < 2 or len({column for _, column in cells}) < 2:
            return ()
        text = {place: _joined(map(_say, _lines(inside))) for place, inside in cells.items()}
        return tuple(
            tuple(text.get((row, column), "") for column in range(len(self.xs) - 1))
            for row in range(len(self.ys) - 1)
        )

    def _first_cells(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Where no rule stands between two cells, they are one."""
        first: dict[tuple[int, int], tuple[int, int]] = {}
        for row, (top, bottom) in enumerate(pairwise(self.ys)):
            for column, (left, right) in enumerate(pairwise(self.xs)):
                here = first[row, column] = (row, column)
                if column and not _is_ruled(self.down[column], (top + bottom) / 2):
                    here = first[row, column - 1]
                elif row and not _is_ruled(self.across[row], (left + right) / 2):
                    here = first[row - 1, column]
                first[row, column] = here
        return first


def _is_ruled(rules: Sequence[_Rule], place: float) -> bool:
    """Tell whether one of the rules, sorted and apart, runs through a place."""
    before = bisect_right(rules, place + _NEAR, key=lambda rule: rule.start)
    return before > 0 and place <= rules[before - 1].end + _NEAR


def _grids(across: Iterable[_Rule], down: Iterable[_Rule]) -> list[_Grid]:
    """Tell the tables of a page apart: each is a stretch of it that vertical rules run through."""
    across = sorted(across, key=lambda rule: rule.place)
    found: list[_Grid] = []
    for stretch in _stretches(down):
        first = bisect_left(across, stretch[0].start - _NEAR, key=lambda rule: rule.place)
        bottom = max(rule.end for rule in stretch)
        last = bisect_right(across, bottom + _NEAR, key=lambda rule: rule.place)
        columns, rows = _gathered(stretch), _gathered(across[first:last])
        if len(columns) > 2 and len(rows) > 2 and len(columns) * len(rows) <= _MOST_CELLS:
            xs, ys = (tuple(rules[0].place for rules in gathered) for gathered in (columns, rows))
            found.append(_Grid(xs, ys, tuple(map(tuple, rows)), tuple(map(tuple, columns))))
    return found if len(found) <= _MOST_GRIDS else []


def _stretches(down: Iterable[_Rule]) -> list[list[_Rule]]:
    found: list[list[_Rule]] = []
    bottom = 0.0
    for rule in sorted(down, key=attrgetter("start")):
        if found and rule.start <= bottom + _NEAR:
            found[-1].append(rule)
            bottom = max(bottom, rule.end)
        else:
            found.append([rule])
            bottom = rule.end
    return found


def _gathered(rules: Iterable[_Rule]) -> list[list[_Rule]]:
    """Gather the rules that stand at one place; those drawn piece by piece grow together."""
    found: list[list[_Rule]] = []
    for rule in sorted(rules, key=attrgetter("place", "start")):
        if found and rule.place - found[-1][0].place <= _NEAR:
            last = found[-1][-1]
            if last.start <= rule.start <= last.end + _NEAR:
                found[-1][-1] = _Rule(last.place, last.start, max(last.end, rule.end))
            else:
                found[-1].append(rule)
        else:
            found.append([rule])
    return found


def _lines(glyphs: Iterable[_Glyph]) -> list[list[_Glyph]]:
    """Gather the characters that stand at one height, from the top, each line from the left."""
    found: list[list[_Glyph]] = []
    for glyph in sorted(glyphs, key=attrgetter("middle")):
        if found and glyph.middle - found[-1][0].middle <= _SAME_LINE * found[-1][0].height:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    for line in found:
        line.sort(key=attrgetter("left"))
    return found


def _say(line: Sequence[_Glyph]) -> str:
    parts = [line[0].text]
    for before, glyph in pairwise(line):
        gap = (glyph.left - before.right) / min(glyph.height, before.height)
        parts.append(" " * (gap > _widest_gap(before.text, glyph.text)) + glyph.text)
    return " ".join("".join(parts).split())


def _widest_gap(before: str, behind: str) -> float:
    """Return how far apart two characters of one word stand: justified lines are stretched."""
    if not before.isascii() and not behind.isascii():
        return _GAP
    return _DIGIT_GAP if before.isdecimal() and behind.isdecimal() else _WORD_GAP


def _joined(lines: Iterable[str]) -> str:
    """A cell's lines are one text; only Latin words need a space where a line was broken."""
    text = ""
    for line in lines:
        is_word = text[-1:].isascii() and text[-1:].isalpha() and line[:1].isascii()
        text += " " * is_word + line
    return text


def _without_number(blocks: list[LineOrTable]) -> list[LineOrTable]:
    """Drop the page number, first or last on the page: it may stand in the middle of a clause."""
    for place in (0, -1):
        if blocks and isinstance(line := blocks[place], str) and _PAGE_NUMBER.fullmatch(line):
            del blocks[place]
    return blocks
