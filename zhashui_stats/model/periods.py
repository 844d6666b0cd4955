"""Periods (期): half-years first; quarters, months and years too."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Self

from zhashui_stats.errors import PeriodError

__all__ = ["Period", "PeriodKind"]


class PeriodKind(Enum):
    """How long a period is; the value is its number of months."""

    YEAR = 12
    HALF = 6
    QUARTER = 3
    MONTH = 1


_ID = re.compile(
    r"(\d{4})(?:[年-]?(?:H([12])|Q([1-4]))|-(0[1-9]|1[0-2]))?", re.IGNORECASE | re.ASCII
)
_CHINESE = re.compile(
    r"(\d{4})(?:年?(?:全年|([上下])半年度?|(?:第|(?<=年)|(?=[一二三四]))([1-4一二三四])季度)"
    r"|年度?|年(1[0-2]|0?[1-9])月份?)",
    re.ASCII,
)
_HALVES = {"上": 1, "下": 2}
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}
_NUMERALS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """A year, half-year, quarter or month of the calendar.

    Attributes:
        year: Four digits.
        kind: How long it is.
        number: Which one of the year, from 1.
    """

    year: int
    kind: PeriodKind
    number: int = 1

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period from its id or from its Chinese name.

        Raises:
            PeriodError: The text is neither.

        >>> Period.parse("2022H1") == Period.parse("2022 年上半年")
        True
        >>> str(Period.parse("2022年第三季度")), str(Period.parse("2022上半年"))
        ('2022Q3', '2022H1')
        """
        folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
        if match := _ID.fullmatch(folded):
            half, quarter, month = match.groups()[1:]
        elif match := _CHINESE.fullmatch(folded):
            half, quarter, month = match.groups()[1:]
            half = half and str(_HALVES[half])
            quarter = quarter and str(_DIGITS.get(quarter, quarter))
        else:
            raise PeriodError(
                f"看不懂的期次“{text}”；应为：2022H1（上半年）、2022H2（下半年）、2022（全年）、"
                "2022Q3（第三季度）或 2022-04（4月）"
            )
        year = int(match.group(1))
        if year == 0:
            raise PeriodError(f"看不懂的期次“{text}”；年份应在 0001 至 9999 之间")
        if half:
            return cls(year, PeriodKind.HALF, int(half))
        if quarter:
            return cls(year, PeriodKind.QUARTER, int(quarter))
        if month:
            return cls(year, PeriodKind.MONTH, int(month))
        return cls(year, PeriodKind.YEAR)

    @classmethod
    def of(cls, given: "Period | str | int") -> "Period":
        """Return a period, whichever way it is given; a whole number is a year.

        Raises:
            PeriodError: It cannot be read.

        >>> str(Period.of(2022)), str(Period.of("2022H1"))
        ('2022', '2022H1')
        """
        return given if isinstance(given, Period) else cls.parse(str(given))

    def __str__(self) -> str:
        """Return the id, which names the period's folder.

        >>> str(Period(2022, PeriodKind.MONTH, 4))
        '2022-04'
        """
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.year:04}"
            case PeriodKind.HALF:
                return f"{self.year:04}H{self.number}"
            case PeriodKind.QUARTER:
                return f"{self.year:04}Q{self.number}"
            case PeriodKind.MONTH:
                return f"{self.year:04}-{self.number:02}"

    @property
    def label(self) -> str:
        """The Chinese name.

        >>> Period.parse("2022H1").label
        '2022年上半年'
        """
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.year}年"
            case PeriodKind.HALF:
                return f"{self.year}年{'上下'[self.number - 1]}半年"
            case PeriodKind.QUARTER:
                return f"{self.year}年第{_NUMERALS[self.number - 1]}季度"
            case PeriodKind.MONTH:
                return f"{self.year}年{self.number}月"

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, (self.number - 1) * self.kind.value + 1, 1)

    @property
    def end(self) -> date:
        """The last day, inclusive."""
        month = self.number * self.kind.value
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def previous(self) -> "Period":
        """The period of the same kind just before (环比).

        >>> str(Period.parse("2022H1").previous)
        '2021H2'
        """
        if self.number > 1:
            return Period(self.year, self.kind, self.number - 1)
        return Period(self.year - 1, self.kind, 12 // self.kind.value)

    @property
    def year_before(self) -> "Period":
        """The same period of the year before (同比)."""
        return Period(self.year - 1, self.kind, self.number)

    @property
    def halves(self) -> tuple["Period", ...]:
        """The two halves of a year; empty for any other kind."""
        if self.kind is not PeriodKind.YEAR:
            return ()
        return (Period(self.year, PeriodKind.HALF, 1), Period(self.year, PeriodKind.HALF, 2))

    def overlaps(self, since: "Period | None", until: "Period | None") -> bool:
        """Tell whether any day of the period lies within since..until, ends included.

        >>> Period.parse("2022").overlaps(Period.parse("2022H2"), None)
        True
        """
        begun = since is None or since.start <= self.end
        return begun and (until is None or self.start <= until.end)

    def __lt__(self, other: "Period") -> bool:
        """Order by first day, then by last day."""
        return (self.start, self.end) < (other.start, other.end)
