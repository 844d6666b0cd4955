"""Dates as ledgers hold them: typed, or as text in the forms that offices write."""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from zhashui_stats.model.names import drop_invisible

__all__ = ["as_day", "fold_day", "say_serial"]

_LONGEST = 40  # Longer text is no date, and a cache of such texts would fill the memory.
_CLOCK = r"(?P<clock>\d{1,2}(?::\d{1,2}){1,2}(?:\.\d+)?)"
_ZONE = r"(?P<zone>Z|[+-]\d{2}:?\d{2})?"
# Behind 日, white space is dropped; behind digits it tells the time from the day.
_TIME = (
    r"(?: ?(?:星期|周)[一二三四五六日天] ?)?"
    rf"(?:(?:[T ]+|(?<=[日号])T?)(?:上午|下午|[AP]M)? ?(?:{_CLOCK}(?: ?[AP]M)?{_ZONE})?)?"
)
_FORMS = tuple(
    re.compile(form + _TIME, re.ASCII)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
        r"(?P<year>\d{4})\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
)
_BEIJING = timezone(timedelta(hours=8))
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿]{1,3})[日号]"
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_SERIALS_START = date(1899, 12, 30)
_SERIALS = range(36526, 73051)  # from 2000 to 2099


def fold_day(text: str) -> str | None:
    """Return a date as ISO text; the time of day is dropped. None for what is no date.

    A time with a zone is of the day that it is in Beijing.

    >>> [fold_day(text) for text in ("2022 年 1 月 5 日", "2022/1/5 8:30", "20220105", "１月５日")]
    ['2022-01-05', '2022-01-05', '2022-01-05', None]
    >>> fold_day("二〇二二年一月五日"), fold_day("2022-01-05T18:30:00Z")
    ('2022-01-05', '2022-01-06')
    """
    plain = drop_invisible(text).strip()
    return _fold_day(plain) if len(plain) <= _LONGEST else None


@lru_cache(maxsize=1 << 16)
def _fold_day(text: str) -> str | None:
    folded = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))
    folded = _CHINESE.sub(_in_digits, re.sub(r" ?([年月日号]) ?", r"\1", folded))
    for form in _FORMS:
        if match := form.fullmatch(folded):
            return _day(match)
    return None


def _day(match: re.Match[str]) -> str | None:
    """Return the day of a match of one of the forms; None where no calendar has it."""
    try:
        day = date(*(int(match[part]) for part in ("year", "month", "day")))
        if not match["zone"]:
            return day.isoformat()
        hour, _, minutes = match["clock"].partition(":")
        clock = f"{hour:0>2}:{minutes}"
        moment = datetime.fromisoformat(f"{day.isoformat()}T{clock}{match['zone']}")
        return moment.astimezone(_BEIJING).date().isoformat()
    except (ValueError, OverflowError):
        return None


def _in_digits(match: re.Match[str]) -> str:
    """Write a date in Chinese numerals, such as 二〇二二年一月五日, in digits."""
    year, *others = match.groups()
    month, day = map(_small_number, others)
    return f"{year.translate(_DIGITS)}年{month}月{day}日"


def _small_number(text: str) -> int:
    """Read a number below 100.

    >>> [_small_number(text) for text in ("五", "十", "十二", "二十", "三十一", "廿一")]
    [5, 10, 12, 20, 31, 21]
    """
    text = text.replace("廿", "二十")
    tens, ten, ones = text.rpartition("十")
    units = ones.translate(_DIGITS) if ones else "0"
    return int(units) + (10 * int(tens.translate(_DIGITS) or 1) if ten else 0)


def say_serial(text: str) -> str:
    """Say which day a number may stand for, as spreadsheets count days; empty where it does not.

    >>> say_serial("44566"), say_serial("2022")
    ('2022-01-05', '')
    """
    match = _SERIAL.fullmatch(text.strip())
    if not match or int(match[1]) not in _SERIALS:
        return ""
    return (_SERIALS_START + timedelta(days=int(match[1]))).isoformat()


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
