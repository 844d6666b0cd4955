"""Marks: hashes of the cells that tell an article, which DuckDB groups faster than texts."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from zhashui_stats.articles import DATES, Column
from zhashui_stats.ledger.columns import Headers
from zhashui_stats.ledger.engine import identifier
from zhashui_stats.ledger.frame import MARKS

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

__all__ = ["mark"]


def mark(relation: "DuckDBPyRelation", headers: Headers) -> "DuckDBPyRelation":
    """Add the marks of ``frame.MARKS``; they cost nothing until they are asked for.

    Dates in text have no mark, as two texts may be one day.
    """
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    places = {column: header for header in types if (column := headers.column(header))}
    marks = list(_marks(places, types))
    return relation.project(", ".join(["*", *marks])) if marks else relation


def _marks(headers: Mapping[Column, str], types: Mapping[str, str]) -> Iterator[str]:
    for columns, name in MARKS.items():
        if any(column not in headers for column in columns):
            continue
        cells = [_cell(column, headers[column], types) for column in columns]
        given = " AND ".join(f"nullif({cell}::VARCHAR, '') IS NOT NULL" for cell in cells)
        if all(cells):
            hashed = f"hash({', '.join(cells)})"
            yield f"CASE WHEN {given} THEN {hashed} END AS {identifier(name)}"


def _cell(column: Column, header: str, types: Mapping[str, str]) -> str:
    """Give what of a cell is hashed; empty where one day may be written in several ways."""
    if column not in DATES:
        return identifier(header)
    is_day = types[header].startswith(("DATE", "TIMESTAMP")) and "ZONE" not in types[header]
    return f"{identifier(header)}::DATE" if is_day else ""
