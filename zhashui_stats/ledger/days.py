"""Dates as ledgers hold them: typed, or as text in the forms that offices write."""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache

__all__ = ["as_day", "fold_day"]

_LONGEST = 40  # Longer text is no date, and a cache of such texts would fill the memory.
# Behind 日, white space is dropped; behind digits it tells the time from the day.
_TIME = r"(?:(?:[T ]+|(?<=[日号])T?)\d{1,2}(?::\d{1,2}){1,2}(?:\.\d+)?)?"
_FORMS = tuple(
    re.compile(form + _TIME, re.ASCII)
    for form in (
        r"(\d{4})-(\d{1,2})-(\d{1,2})",
        r"(\d{4})/(\d{1,2})/(\d{1,2})",
        r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
        r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]",
        r"(\d{4})(\d{2})(\d{2})",
    )
)


def fold_day(text: str) -> str | None:
    """Return a date as ISO text; the time of day is dropped. None for what is no date.

    >>> [fold_day(text) for text in ("2022 年 1 月 5 日", "2022/1/5 8:30", "20220105", "１月５日")]
    ['2022-01-05', '2022-01-05', '2022-01-05', None]
    """
    plain = text.strip()
    return _fold_day(plain) if len(plain) <= _LONGEST else None


@lru_cache(maxsize=1 << 16)
def _fold_day(text: str) -> str | None:
    folded = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))
    folded = re.sub(r" ?([年月日号]) ?", r"\1", folded)
    for form in _FORMS:
        if match := form.fullmatch(folded):
            try:
                return date(*map(int, match.groups())).isoformat()
            except ValueError:
                return None
    return None


def as_day(value: object) -> date | None:
    """Return the day that a cell of a checked ledger holds; None where it is blank."""
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case str() if value.strip():
            return date.fromisoformat(value)
        case _:
            return None
