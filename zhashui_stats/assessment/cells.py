"""Cells as text that is never null, in expressions that run in the engine that holds a ledger.

Engines disagree on what a comparison with nothing gives (false, null, or an error where the two
meet); with an empty text in its place every comparison is plainly true or false.
"""

from typing import TYPE_CHECKING

import narwhals as nw

from zhashui_stats.model.articles import Column

if TYPE_CHECKING:
    from zhashui_stats.ledger.frame import Ledger

__all__ = ["day", "squeezed"]

# Every character that str.split takes for white space; the engines' own \s knows fewer.
_WHITE = "[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"


def squeezed(column: Column) -> "nw.Expr":
    """Give a column of text without any white space; empty where it is blank."""
    return nw.col(column.value).fill_null("").str.replace_all(_WHITE, "")


def day(ledger: "Ledger", column: Column) -> "nw.Expr":
    """Give a column of dates as ISO text; empty where it is blank."""
    text = ledger.day(column).fill_null("")
    # A checked ledger holds dates and blanks alone, and only a date begins with a digit.
    return nw.when((text >= "0") & (text < ":")).then(text).otherwise(nw.lit(""))
