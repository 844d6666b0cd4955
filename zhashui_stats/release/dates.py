"""The date of a circular, as data: what a document's properties and metadata state of it."""

import re
from datetime import date

__all__ = ["parse_date"]

_DATE = re.compile(r"\s*(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?\s*")


def parse_date(text: str) -> date | None:
    """Return the date that a text states; None where it states none, or no such day.

    >>> parse_date("2022年7月8日"), parse_date("2022-02-30"), parse_date("（待填写）")
    (datetime.date(2022, 7, 8), None, None)
    """
    match = _DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
