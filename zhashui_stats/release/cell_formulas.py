"""Formulas of indicators as the cells of an annex's sheet work them out.

A formula names ids; here each is the cell of its column. What a unit has is worked out from its
own row, a rate of the group from the row of totals, anything else of the group is a sum.
"""

from collections.abc import Mapping

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from zhashui_stats.model.amounts import UNDEFINED
from zhashui_stats.model.county import County
from zhashui_stats.model.formulas import TOTAL_ID
from zhashui_stats.release.circular import AnnexTable

__all__ = ["FIRST_FIGURE", "row_formulas", "total_formulas"]

FIRST_FIGURE = 2
"""The column of the first category, from 0: number and name stand before it."""

_LONGEST = 8_000  # characters; Excel takes 8192
_MOST_COMMAS = 250  # Excel takes 255 arguments


def row_formulas(county: County, annex: AnnexTable, row: int) -> Mapping[str, str]:
    """Return the formulas of a unit's row: id of an indicator -> formula, without ``=``.

    What the group has no column for counts as nothing, or is worked out within the formula. A
    formula that is more than a spreadsheet takes is left out: its value stands for itself.
    """
    places, cells = _places(county, annex), _cells(county, annex, row)
    formulas = {}
    for indicator, formula in county.worked_out:
        if not cells.keys() >= set(formula.names):
            continue
        written = formula.write(cells)
        if _is_too_much(written):
            continue
        if indicator.id in places:
            formulas[indicator.id] = _guarded(written, indicator.id, county)
        else:
            cells[indicator.id] = f"({written})"
    return formulas


def total_formulas(county: County, annex: AnnexTable, row: int) -> Mapping[str, str]:
    """Return the formulas of the row of totals, below all units: id -> formula, without ``=``."""
    places, cells = _places(county, annex), _cells(county, annex, row)
    formulas = {}
    for indicator in (shown.indicator for shown in annex.indicators):
        if indicator.adds_up:
            column = places[indicator.id]
            units = xl_range(1, column, row - 1, column)
            formulas[indicator.id] = _sum(units, indicator.id, county)
        elif indicator.formula and cells.keys() >= set(indicator.formula.names):
            written = indicator.formula.write(cells)
            if not _is_too_much(written):
                formulas[indicator.id] = _guarded(written, indicator.id, county)
    return formulas


def _is_too_much(written: str) -> bool:
    return len(written) > _LONGEST or written.count(",") > _MOST_COMMAS


def _places(county: County, annex: AnnexTable) -> Mapping[str, int]:
    """Map what formulas name to the columns that the sheet has."""
    ids = (
        *(category.id for category in county.categories),
        TOTAL_ID,
        *(column.indicator.id for column in annex.indicators),
    )
    return {name: column for column, name in enumerate(ids, FIRST_FIGURE)}


def _cells(county: County, annex: AnnexTable, row: int) -> dict[str, str]:
    """Map what formulas name to the cells of a row; what is counted in other groups alone is 0."""
    absent = {indicator.id: "0" for indicator in county.counted}
    places = _places(county, annex)
    return absent | {name: xl_rowcol_to_cell(row, column) for name, column in places.items()}


def _sum(units: str, name: str, county: County) -> str:
    """Write a sum; where one unit's amount is undefined, so is the sum."""
    if name in _undefinable(county):
        return f'IF(COUNT({units})=ROWS({units}),SUM({units}),"{UNDEFINED}")'
    return f"SUM({units})"


def _guarded(written: str, name: str, county: County) -> str:
    return f'IFERROR({written},"{UNDEFINED}")' if name in _undefinable(county) else written


def _undefinable(county: County) -> frozenset[str]:
    """Return the ids of what divides by a figure, or rests on what does."""
    found: set[str] = set()
    for indicator, formula in county.worked_out:
        if formula.divides or not found.isdisjoint(formula.names):
            found.add(indicator.id)
    return frozenset(found)
