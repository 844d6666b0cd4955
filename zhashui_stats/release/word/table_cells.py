"""What stands in an annex's table: a header, a row a unit, the totals, as texts in cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from zhashui_stats.model.amounts import UNDEFINED
from zhashui_stats.model.names import NAME_HEADERS, SERIAL_HEADER, TOTAL
from zhashui_stats.release.circular import AnnexTable
from zhashui_stats.release.word.text import clean

__all__ = ["REVISED", "Cell", "Column", "figure_columns", "table_header", "table_rows"]

REVISED = "[r]"
"""The mark behind a figure that differs from the release before."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    Attributes:
        text: In one line where there is room.
        mark: What stands raised behind it.
        below: What begins a line of its own where the cell is narrow.
        is_split: Whether a text of several lines is cut into even ones.
    """

    text: str = ""
    mark: str = ""
    below: str = ""
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: its header, a cell a unit, and what the row of totals has."""

    head: Cell
    cells: tuple[Cell, ...]
    total: Cell


def figure_columns(annex: AnnexTable, measure: str) -> Iterator[Column]:
    """Give the columns of figures: categories, their sum, indicators, rank and grade."""
    is_split = annex.shows_sums
    counts = list(zip(*annex.counts, strict=True)) or [()] * len(annex.categories)
    totals = annex.totals or (0,) * len(annex.categories)
    for place, (label, column) in enumerate(zip(annex.categories, counts, strict=True)):
        cells = _marked(annex, place, map(str, column))
        yield Column(_head(label, measure, is_split), cells, Cell(str(totals[place])))
    if annex.shows_sums:
        cells = tuple(Cell(str(total)) for total in annex.sums)
        yield Column(_head(TOTAL, measure, is_split), cells, Cell(str(sum(totals))))
    for place, shown in enumerate(annex.indicators, len(annex.categories)):
        cells = _marked(annex, place, map(shown.indicator.show, shown.amounts))
        head = _head(shown.indicator.label, shown.indicator.unit, is_split)
        yield Column(head, cells, Cell(shown.indicator.show(shown.total)))
    for standing in annex.standings:
        cells = tuple(
            Cell(UNDEFINED if place is None else clean(str(place))) for place in standing.places
        )
        yield Column(Cell(standing.label, is_split=True), cells, Cell())


def _head(label: str, measure: str, is_split: bool) -> Cell:
    unit = f"（{clean(measure)}）" if measure else ""
    return Cell(clean(label).removesuffix(unit), below=unit, is_split=is_split)


def _marked(annex: AnnexTable, column: int, texts: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(
        Cell(text, REVISED if (row, column) in annex.revised else "")
        for row, text in enumerate(texts)
    )


def table_header(figures: Sequence[Column], blocks: int) -> tuple[Cell, ...]:
    """Give the header of so many blocks side by side."""
    return (Cell(SERIAL_HEADER), Cell(NAME_HEADERS[0]), *(each.head for each in figures)) * blocks


def table_rows(
    annex: AnnexTable, figures: Sequence[Column], blocks: int
) -> Iterator[tuple[Cell, ...]]:
    """Give the rows; of two blocks the right one ends with the totals."""
    units = [
        (Cell(str(row + 1)), Cell(clean(unit)), *(each.cells[row] for each in figures))
        for row, unit in enumerate(annex.units)
    ]
    total = (Cell(), Cell(TOTAL), *(each.total for each in figures))
    if blocks == 1:
        yield from (*units, total)
        return
    half = (len(units) + 1) // 2
    blank = (Cell(),) * len(total)
    for left, right in zip_longest(units[:half], (*units[half:], total), fillvalue=blank):
        yield (*left, *right)
