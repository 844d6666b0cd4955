"""Hashes of the cells that tell an article, which DuckDB groups faster than the longer texts."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from zhashui_stats.ledger.columns import Headers, LedgerColumn
from zhashui_stats.ledger.engine import identifier, literal
from zhashui_stats.ledger.expressions import ODD, UNSEEN, WIDE
from zhashui_stats.ledger.frame import ROW_HASHES
from zhashui_stats.model.articles import DATES, Column

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

__all__ = ["add_row_hashes"]


def add_row_hashes(relation: "DuckDBPyRelation", headers: Headers) -> "DuckDBPyRelation":
    """Add the columns of ``frame.ROW_HASHES``; they cost nothing until they are asked for.

    Dates in text have no hash, as two texts may be one day.
    """
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    places = {column: header for header in types if (column := headers.column(header))}
    hashes = list(_hashes(places, types))
    return relation.project(", ".join(["*", *hashes])) if hashes else relation


def _hashes(headers: Mapping[LedgerColumn, str], types: Mapping[str, str]) -> Iterator[str]:
    for columns, name in ROW_HASHES.items():
        if any(column not in headers for column in columns):
            continue
        cells = [_cell(column, headers[column], types) for column in columns]
        given = " AND ".join(f"nullif({cell}::VARCHAR, '') IS NOT NULL" for cell in cells)
        if all(cells):
            hashed = f"hash({', '.join(cells)})"
            yield f"CASE WHEN {given} THEN {hashed} END AS {identifier(name)}"


def _cell(column: Column, header: str, types: Mapping[str, str]) -> str:
    """Give what of a cell is hashed; empty where one day may be written in several ways."""
    cell, kind = identifier(header), types[header]
    if column in DATES:
        is_day = kind.startswith(("DATE", "TIMESTAMP")) and "ZONE" not in kind
        return f"{cell}::DATE" if is_day else ""
    return _typed(cell) if kind == "VARCHAR" else cell


def _typed(cell: str) -> str:
    """Return a text as it is usually typed; to find out that it is so already is cheaper."""
    narrow, wide = "".join(WIDE), "".join(WIDE.values())
    seen = f"regexp_replace({cell}, {literal(UNSEEN)}, '', 'g')"
    usual = f"translate({seen}, {literal(narrow)}, {literal(wide)})"
    return f"CASE WHEN regexp_matches({cell}, {literal(ODD)}) THEN {usual} ELSE {cell} END"
