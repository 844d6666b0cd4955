"""What stands in a ledger's cells, in expressions that every library understands, and in Python.

Libraries disagree on nothing: on what it is (null, NaN, NaT), and on what a comparison with it
gives. Here it is one thing.
"""

import math
from collections.abc import Iterable
from typing import Any

import narwhals as nw

from zhashui_stats.ledger.columns import LedgerColumn
from zhashui_stats.model.names import INVISIBLE

__all__ = [
    "ODD",
    "UNSEEN",
    "WHITE",
    "WIDE",
    "among",
    "blank",
    "first_unit",
    "known",
    "plain",
    "plain_day",
    "typed",
]

WHITE = "".join(filter(str.isspace, map(chr, range(0x3001))))
"""All white space there is."""

UNSEEN = f"[{WHITE}{INVISIBLE}]"
"""White space and what takes no place, wherever it stands in a title."""

WIDE = {"(": "（", ")": "）", ",": "，", ":": "：", "?": "？", "!": "！"}
"""Marks that are typed in two widths; the wide one is usual."""

ODD = f"[{WHITE}{INVISIBLE}{''.join(WIDE)}]"
"""What makes a title look otherwise than it is usually typed."""

_BETWEEN_UNITS = "、"
_NO_TEXT = "\uffff"  # stands in no cell; numpy, which Dask asks, takes "\0" for the empty text
_WHOLE = 2.0**53  # up to here, floats tell whole numbers apart
_ZONE = "Asia/Shanghai"  # the time zone of every county


def first_unit(text: str | None) -> str:
    """Return the name of the unit that an article counts for: the first one.

    >>> first_unit("应急局、气象局")
    '应急局'
    """
    return (text or "").split(_BETWEEN_UNITS)[0].strip()


def among(column: LedgerColumn, texts: Iterable[str | None]) -> "nw.Expr":
    """Choose the articles where one of these texts, or for None nothing, stands in a column."""
    cell = nw.col(column.value)
    given = set(texts)
    nothing = cell.is_null()
    # An empty list has no type, and PyArrow wants one.
    chosen = cell.is_in(sorted(text for text in given if text is not None) or [_NO_TEXT])
    return chosen | nothing if None in given else chosen & ~nothing


def typed(column: LedgerColumn) -> "nw.Expr":
    """Return a text as it is usually typed, so that only what differs in more is another one."""
    cell = nw.col(column.value)
    usual = cell.str.replace_all(UNSEEN, "")
    for narrow, wide in WIDE.items():
        usual = usual.str.replace_all(narrow, wide, literal=True)
    return nw.when(cell.str.contains(ODD)).then(usual).otherwise(cell)


def blank(column: LedgerColumn, *, is_text: bool = True) -> "nw.Expr":
    """Choose the articles where nothing, or only white space, stands in a column.

    Stripping is dear, and few cells sort where those that begin with white space do.
    """
    if not is_text:
        return nw.col(column.value).is_null()
    cell = nw.col(column.value).fill_null("")  # comparisons with nothing differ by engine
    may_be = (cell < "!") | ((cell >= "\x7f") & (cell < "\u3001"))
    return may_be & (cell.str.strip_chars(WHITE) == "")


def plain_day(frame: "nw.LazyFrame[Any]", header: str) -> "nw.Expr":
    """Keep dates, take the days of times, and make text of everything else."""
    cell, kind = nw.col(header), frame.collect_schema()[header]
    if kind == nw.Date:
        return cell
    if not isinstance(kind, nw.Datetime):
        return plain(frame, header)
    if kind.time_zone:
        # DuckDB keeps the zone in the connection and shows times in no other.
        is_free = kind.time_zone != _ZONE and not frame.implementation.is_duckdb()
        cell = cell.dt.convert_time_zone(_ZONE) if is_free else cell
        cell = cell.dt.replace_time_zone(None)
    return cell.dt.truncate("1d")


def plain(frame: "nw.LazyFrame[Any]", header: str) -> "nw.Expr":
    """Make text of a column, so that all libraries hold the same; nothing stays nothing."""
    cell, kind = nw.col(header), frame.collect_schema()[header]
    if kind == nw.String:
        return cell
    if not kind.is_float():
        return nw.when(~cell.is_null()).then(cell.cast(nw.String))
    is_small = ~cell.is_null() & (cell.abs() < _WHOLE)
    whole = nw.when(is_small).then(cell.floor()).otherwise(nw.lit(0.0)).cast(nw.Int64)
    text = nw.when(whole == cell).then(whole.cast(nw.String)).otherwise(cell.cast(nw.String))
    return nw.when(~cell.is_null() & ~cell.is_nan()).then(text)


def known(value: Any) -> Any:
    """Turn what pandas writes for nothing (NaN, NaT, NA) into None, and its numbers into int."""
    if type(value).__name__ in ("NAType", "NaTType") or (
        isinstance(value, float) and math.isnan(value)
    ):
        return None
    return value.item() if hasattr(value, "item") else value
