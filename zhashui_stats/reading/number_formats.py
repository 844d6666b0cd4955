"""How a spreadsheet shows a number: as a date, as a weekday, as a span of time, or in per cent."""

import re
from collections.abc import Mapping

from zhashui_stats.reading.grid import Percentage, SheetCell

__all__ = ["read_number", "shown_as"]

# Excel's own formats that openpyxl does not list: they show dates in Chinese.
_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
_WEEKDAY = re.compile(r"(?<![_\\])a{3,4}", re.IGNORECASE)
# What stands in quotes, in brackets or behind a backslash is shown as it is.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def shown_as(number_format: int, custom: Mapping[int, str]) -> str:
    """Return ``date``, ``weekday``, ``span`` or ``percent``; empty for a plain number.

    Args:
        number_format: The number of the format.
        custom: The formats that the workbook brings, by their numbers.

    >>> shown_as(31, {}), shown_as(170, {170: "aaaa"}), shown_as(10, {}), shown_as(0, {})
    ('date', 'weekday', 'percent', '')
    """
    from openpyxl.styles.numbers import (  # noqa: PLC0415 -- most periods hold no workbook
        BUILTIN_FORMATS,
        is_date_format,
        is_timedelta_format,
    )

    code = custom.get(number_format) or BUILTIN_FORMATS.get(number_format, "")
    bare = _LITERAL.sub("", code)
    if is_timedelta_format(code):
        return "span"
    if is_date_format(code) or (not code and number_format in _CHINESE_DATES):
        return "date"
    if _WEEKDAY.search(bare.split(";")[0]):
        return "weekday"
    return "percent" if "%" in bare else ""


def read_number(number: float, shown: str, *, is_from_1904: bool) -> SheetCell:
    """Return a number as what it is shown as."""
    if shown == "percent":
        return Percentage(number)
    if not shown:
        return number
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel  # noqa: PLC0415

    epoch = MAC_EPOCH if is_from_1904 else WINDOWS_EPOCH
    try:
        day: SheetCell = from_excel(number, epoch, timedelta=shown == "span")
    except (OverflowError, ValueError):
        return "#VALUE!"
    return day
