"""How an annex's table shares its page: the size of its type, the widths of its columns."""

from collections.abc import Sequence
from math import ceil

from zhashui_stats.release.circular import AnnexTable
from zhashui_stats.release.word.table_cells import Cell, Column
from zhashui_stats.release.word.text import clean, width

__all__ = [
    "FINER",
    "LARGE",
    "NARROWEST",
    "SMALL",
    "column_widths",
    "count_lines",
    "count_text_lines",
    "fit_type",
    "fits_one_line",
    "room_of",
]

LARGE, SMALL = 280, 210
"""Sizes of type that have styles, 14 and 10.5 pt, in twips as all lengths here."""

FINER = (180, 150)
"""Sizes where so many columns have no room otherwise: 9 and 7.5 pt."""

NARROWEST = 66
"""Per cent of a character's width; below that nobody likes to read."""

_PAGE = 8844  # the width of the type area
_MARGINS = 60  # left and right of a cell's text, and what the borders take
_WIDE_DIGITS = 1.3  # a font that stands in for another has digits that are so much wider
_NARROW = 0.8  # of its width: so far a header is set narrower before it is cut
_LEAST_ROOM = 0.5  # characters, in more columns than a page can have


def fit_type(annex: AnnexTable, figures: Sequence[Column], blocks: int, *, is_large: bool) -> int:
    """Return the largest type in which every column has room; counts alone are always two sizes."""
    sizes = ((LARGE,) if is_large else ()) + (SMALL,)
    if not annex.shows_sums:
        return sizes[0]
    sizes += FINER
    fitting = (size for size in sizes if _spare(annex, figures, size, blocks) >= 0)
    return next(fitting, sizes[-1])


def _spare(annex: AnnexTable, figures: Sequence[Column], size: int, blocks: int) -> int:
    """Return how much of a block's width its columns leave."""
    needed = sum(_need(column, size) for column in figures)
    return _PAGE // blocks - size * 5 // 2 - _name_width(annex, size, blocks) - needed


def _need(column: Column, size: int) -> int:
    """Return the width below which a column's figures, or the halves of its header, are cut."""
    longest = max(width(cell.text + cell.mark) for cell in (*column.cells, column.total))
    label = width(column.head.text)
    head = max(label / 2, min(label, 2), len(column.head.below) * _NARROW)
    return int(max(longest * _WIDE_DIGITS, head) * size) + _MARGINS


def _name_width(annex: AnnexTable, size: int, blocks: int) -> int:
    longest = max((width(clean(name)) for name in annex.units), default=0)
    return int(min(max(longest, 4), 8) * size) + size * (3 if blocks == 1 else 1) // 2


def column_widths(
    annex: AnnexTable, figures: Sequence[Column], size: int, blocks: int
) -> tuple[int, ...]:
    """Share the page's width: names take what they need, within reason, the figures the rest."""
    block, serial, name = _PAGE // blocks, size * 5 // 2, _name_width(annex, size, blocks)
    if annex.shows_sums:
        return (serial, *_shared(annex, figures, size, blocks)) * blocks
    counted = len(figures)
    if counted:
        name = max(min(name, block - serial - counted * size * 17 // 5), size * 4)
    count = (block - serial - name) // max(counted, 1)
    return (serial, block - serial - count * counted, *(count,) * counted) * blocks


def _shared(
    annex: AnnexTable, figures: Sequence[Column], size: int, blocks: int
) -> tuple[int, ...]:
    """Give each column of figures what it needs, and an even share of what is left over or missing.

    The names' column comes first and takes what no share comes to.
    """
    block, spare = _PAGE // blocks - size * 5 // 2, _spare(annex, figures, size, blocks)
    needs = [_need(column, size) for column in figures]
    if spare < 0:
        needs = [need * (block - 4 * size) // sum(needs) for need in needs]
        spare = 0
    widths = [need + spare // len(needs) for need in needs]
    return (block - sum(widths), *widths)


def room_of(column: int, size: int) -> float:
    """Return how many characters stand side by side in a cell."""
    return max((column - _MARGINS) / size, _LEAST_ROOM)


def count_lines(cell: Cell, column: int, size: int) -> int:
    """Return how many lines a cell takes."""
    room = room_of(column, size)
    if fits_one_line(cell, room):
        return 1
    return count_text_lines(cell, room) + bool(cell.below)


def fits_one_line(cell: Cell, room: float) -> bool:
    """Tell whether a cell takes one line; where headers are cut, each has its unit below."""
    return width(cell.text + cell.below) <= room and not (cell.is_split and cell.below)


def count_text_lines(cell: Cell, room: float) -> int:
    """Return how many lines a text takes that may be set narrower."""
    narrow = _NARROW if cell.is_split else NARROWEST / 100
    return max(1, ceil(width(cell.text) * narrow / room))
