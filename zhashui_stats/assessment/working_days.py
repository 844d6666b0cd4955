"""Working days (工作日) of the Chinese calendar: holidays and worked weekends as they were decreed.

The State Council's yearly notice moves days of rest, so no rule computes them; the maintained
library ``chinesecalendar`` records the notices.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from zhashui_stats.errors import ZhashuiError

__all__ = ["Deadline", "UnknownYear", "deadline", "working_days"]

_DAY = timedelta(days=1)


class UnknownYear(ZhashuiError, LookupError):
    """A year whose working days are not known: too early, or not decreed yet.

    Attributes:
        year: Which one.

    >>> print(UnknownYear(1999))
    工作日历中没有1999年，无法计算工作日；请核对日期，年份无误的，请更新 chinesecalendar 库
    """

    def __init__(self, year: int) -> None:
        """Name the year."""
        self.year = year
        super().__init__(
            f"工作日历中没有{year}年，无法计算工作日；"
            "请核对日期，年份无误的，请更新 chinesecalendar 库"
        )


def working_days(after: date, until: date) -> int:
    """Count the working days from the day after ``after`` up to and including ``until``.

    Returns:
        Working days; 0 where ``until`` is not later than ``after``.

    Raises:
        UnknownYear: The earliest year on the way that the calendar does not know.

    >>> working_days(date(2022, 9, 30), date(2022, 10, 9))  # the first seven days are holidays
    2
    """
    if until <= after:
        return 0
    first = after + _DAY
    passed = sum(_worked(year)[-1] for year in range(first.year, until.year))
    passed += _worked(until.year)[_place(until)]
    return passed - _worked(first.year)[_place(first)] + _is_worked(first)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when something is in time.

    Attributes:
        last: The last day that is known to be in time.
        unknown_year: The year that would have to be known to say more; None: all later is late.
    """

    last: date
    unknown_year: int | None = None


def deadline(after: date, days: int) -> Deadline:
    """Find the last day until which no more than so many working days have passed.

    It may be a day of rest, as ``working_days`` then has not grown yet.

    >>> deadline(date(2022, 9, 30), 1).last  # worked: 8 October, and then the 9th
    datetime.date(2022, 10, 8)
    """
    last, left = after, days
    while last < date.max:
        try:
            left -= _is_worked(last + _DAY)
        except UnknownYear as error:
            return Deadline(last, error.year)
        if left < 0:
            return Deadline(last)
        last += _DAY
    return Deadline(last, last.year)


def _is_worked(day: date) -> int:
    """Tell whether one day is worked: 1 or 0."""
    worked, place = _worked(day.year), _place(day)
    return worked[place] - (worked[place - 1] if place else 0)


def _place(day: date) -> int:
    return day.timetuple().tm_yday - 1


@lru_cache(maxsize=64)
def _worked(year: int) -> tuple[int, ...]:
    """Count the working days of a year up to each of its days, that day included."""
    import chinese_calendar  # type: ignore[import-untyped]  # noqa: PLC0415 -- only here

    days = (date(year, 1, 1) + n * _DAY for n in range(365 + calendar.isleap(year)))
    try:
        return tuple(accumulate(int(chinese_calendar.is_workday(day)) for day in days))
    except NotImplementedError as error:
        raise UnknownYear(year) from error
