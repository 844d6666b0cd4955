"""Texts as the cells and page headers of a workbook hold them: cleaned, measured, shortened."""

import math
import re
import unicodedata
from collections.abc import Iterable

__all__ = [
    "TYPE_SIZE",
    "clean_text",
    "in_page_header",
    "looks_like_formula",
    "row_height",
    "text_width",
]

TYPE_SIZE = 11
"""The size of the type, in points."""

_HIGHEST = 409  # points that a row can have
_MOST = 32_767  # UTF-16 units that a cell holds
_NO_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")
_MARGIN = 1.08  # lines break before they are full


def clean_text(text: str) -> str:
    r"""Replace what XML cannot hold; what is more than a cell holds ends in an ellipsis.

    >>> clean_text("甲\r\n乙\0")
    '甲\n乙\ufffd'
    """
    text = _NO_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _units(text) <= _MOST:
        return text
    # Half a character at the cut is dropped.
    return text.encode("utf-16-le")[: 2 * _MOST - 2].decode("utf-16-le", "ignore") + "…"


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take a text for a formula.

    >>> looks_like_formula("=1+1"), looks_like_formula("政务公开")
    (True, False)
    """
    return text.startswith(_FORMULA_STARTS)


def in_page_header(text: str, most: int) -> str:
    r"""Escape a text for a page header, in one line of at most so many UTF-16 units.

    >>> in_page_header("甲 &P\n乙", 10), in_page_header("一二三四五", 4)
    ('甲 &&P 乙', '一二三…')
    """
    line = " ".join(clean_text(text).split())[: most + 1]
    kept = line
    while _units(kept.replace("&", "&&")) > most:
        kept = kept[:-1]
    return (kept if kept == line else f"{kept[:-1]}…").replace("&", "&&")


def text_width(text: str) -> int:
    """Return how many Latin letters a text is wide.

    >>> text_width("附件2")
    5
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def row_height(cells: Iterable[tuple[str, float]], size: int = TYPE_SIZE) -> float:
    """Return the height, in points, that a row of wrapped texts needs.

    Not every program finds it by itself when it opens a workbook.

    Args:
        cells: Each text with the width of its column, in Latin letters of its size.
        size: Of the type, in points.
    """
    lines = max(
        sum(max(1, math.ceil(_MARGIN * text_width(line) / width)) for line in text.split("\n"))
        for text, width in cells
    )
    return min(lines * size * 1.35 + 5, _HIGHEST)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
