"""Periods (期): half-years first; quarters, months, years and other spans of months too."""

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby
from typing import Self

from zhashui_stats.errors import PeriodError
from zhashui_stats.model.names import DASHES

__all__ = ["Period", "PeriodKind", "say_parts"]


class PeriodKind(Enum):
    """The kinds of period; the value is what county.toml calls it."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    SPAN = "span"


_LENGTHS = {12: PeriodKind.YEAR, 6: PeriodKind.HALF, 3: PeriodKind.QUARTER, 1: PeriodKind.MONTH}
_MONTHS = {kind: months for months, kind in _LENGTHS.items()}
# How the Chinese name of each part of a year goes: what leads, its numerals, what follows.
_NAMES = {
    PeriodKind.HALF: ("", "上下", "半年"),
    PeriodKind.QUARTER: ("第", "一二三四", "季度"),
    PeriodKind.MONTH: ("", tuple(map(str, range(1, 13))), "月"),
}
_NUMBERS = {"上": 1, "下": 2, "一": 1, "二": 2, "三": 3, "四": 4}
_FORMS = (
    "2022H1（上半年）、2022H2（下半年）、2022（全年）、"
    "2022Q3（第三季度）、2022-04（4月）或 2022-01..04（1—4月）"
)
_ID = re.compile(
    r"(?P<year>\d{4})(?:[年-]?(?:H(?P<half>[12])|Q(?P<quarter>[1-4]))"
    r"|-(?P<month>0[1-9]|1[0-2])|-(?P<first>\d\d)\.\.(?P<last>\d\d))?",
    re.IGNORECASE | re.ASCII,
)
_CHINESE = re.compile(
    r"(?P<year>\d{4})(?:年?(?:全年|(?P<half>[上下])半年度?"
    r"|(?:第|(?<=年)|(?=[一二三四]))(?P<quarter>[1-4一二三四])季度)"
    r"|年度?|年(?P<month>1[0-2]|0?[1-9])月份?"
    rf"|年(?P<first>\d\d?)(?:月份?)?[{DASHES}~〜∼至到]{{1,2}}"
    r"(?:(?P<until>\d{4})年)?(?P<last>\d\d?)月份?)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A year, half-year, quarter or month of the calendar, or another span of a year's months.

    The months alone say which it is: ``2023-01..03`` and 2023年1—3月 are the first quarter,
    ``2023Q1``, as thresholds, forerunners and sums must not depend on how it was written.

    Attributes:
        year: Four digits.
        first: The first month, from 1.
        last: The last month, inclusive, to 12.
    """

    year: int
    first: int = 1
    last: int = 12

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period from its id or from its Chinese name.

        Raises:
            PeriodError: The text is neither, or a span that is none.

        >>> Period.parse("2022H1") == Period.parse("2022 年上半年")
        True
        >>> str(Period.parse("2022第三季度")), str(Period.parse("2023年1—4月"))
        ('2022Q3', '2023-01..04')
        """
        folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
        match = _ID.fullmatch(folded) or _CHINESE.fullmatch(folded)
        if match is None:
            raise PeriodError(f"看不懂的期次“{text}”；应为：{_FORMS}")
        named = {name: number for name, number in match.groupdict().items() if number}
        found = {name: _NUMBERS.get(number) or int(number) for name, number in named.items()}
        if advice := _advise(**found):
            raise PeriodError(f"看不懂的期次“{text}”；{advice}")
        for kind in _NAMES:
            if number := found.get(kind.value):
                return cls.nth(found["year"], kind, number)
        return cls(found["year"], found.get("first", 1), found.get("last", 12))

    @classmethod
    def nth(cls, year: int, kind: PeriodKind, number: int) -> Self:
        """Return a half, a quarter or a month of a year, counted from 1.

        >>> str(Period.nth(2022, PeriodKind.QUARTER, 3))
        '2022Q3'
        """
        months = _MONTHS[kind]
        return cls(year, (number - 1) * months + 1, number * months)

    @classmethod
    def of(cls, given: "Period | str | int") -> "Period":
        """Return a period, whichever way it is given; a whole number is a year.

        Raises:
            PeriodError: It cannot be read.

        >>> str(Period.of(2022)), str(Period.of("2022H1"))
        ('2022', '2022H1')
        """
        return given if isinstance(given, Period) else cls.parse(str(given))

    @property
    def months(self) -> int:
        """The number of its months."""
        return self.last - self.first + 1

    @property
    def kind(self) -> PeriodKind:
        """What it is; a span is what is no year, half, quarter or month.

        >>> Period(2023, 1, 3).kind.name, Period(2023, 2, 4).kind.name
        ('QUARTER', 'SPAN')
        """
        in_step = self.last % self.months == 0
        return _LENGTHS.get(self.months, PeriodKind.SPAN) if in_step else PeriodKind.SPAN

    def __str__(self) -> str:
        """Return the id, which names the period's folder.

        >>> str(Period(2022, 4, 4)), str(Period(2023, 1, 4))
        ('2022-04', '2023-01..04')
        """
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.year:04}"
            case PeriodKind.HALF:
                return f"{self.year:04}H{self.last // 6}"
            case PeriodKind.QUARTER:
                return f"{self.year:04}Q{self.last // 3}"
            case PeriodKind.MONTH:
                return f"{self.year:04}-{self.first:02}"
            case PeriodKind.SPAN:
                return f"{self.year:04}-{self.first:02}..{self.last:02}"

    @property
    def label(self) -> str:
        """The Chinese name.

        >>> Period.parse("2022H1").label, Period.parse("2023-01..04").label
        ('2022年上半年', '2023年1—4月')
        """
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.year}年"
            case PeriodKind.SPAN:
                return f"{self.year}年{self.first}—{self.last}月"
            case kind:
                return f"{self.year}年{_name(kind, (self,))}"

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, self.first, 1)

    @property
    def end(self) -> date:
        """The last day, inclusive."""
        return date(self.year, self.last, calendar.monthrange(self.year, self.last)[1])

    @property
    def previous(self) -> "Period | None":
        """The period of the same kind just before (环比); a span has none.

        Spans are drawn up as the year goes on (1—4月, then 1—5月): what precedes one overlaps it.

        >>> str(Period.parse("2022H1").previous), Period.parse("2022-01..04").previous
        ('2021H2', None)
        """
        if self.kind is PeriodKind.SPAN:
            return None
        if self.first > 1:
            return Period(self.year, self.first - self.months, self.first - 1)
        return Period(self.year - 1, 13 - self.months, 12)

    @property
    def year_before(self) -> "Period":
        """The same period of the year before (同比)."""
        return Period(self.year - 1, self.first, self.last)

    def is_alike(self, other: "Period") -> bool:
        """Tell whether both stand in one series: of the same kind; spans, of the same months."""
        if self.kind is PeriodKind.SPAN:
            return (self.first, self.last) == (other.first, other.last)
        return self.kind is other.kind

    @property
    def parts(self) -> tuple["Period", ...]:
        """What it is added up from, each the longest calendar period there is; of a month nothing.

        A part may be added up from its own parts: so halves go first, then quarters, then months.

        >>> [*map(str, Period(2022).parts)], [*map(str, Period.parse("2023-02..07").parts)]
        (['2022H1', '2022H2'], ['2023-02', '2023-03', '2023Q2', '2023-07'])
        """
        parts, first = [], self.first
        while first <= self.last and self.months > 1:
            ends = (first + months - 1 for months in _LENGTHS if months < self.months)
            fitting = (Period(self.year, first, end) for end in ends if end <= self.last)
            part = next(part for part in fitting if part.kind is not PeriodKind.SPAN)
            parts.append(part)
            first = part.last + 1
        return tuple(parts)

    def nested(self) -> Iterator["Period"]:
        """Give the period, its parts, and theirs down to the months."""
        yield self
        for part in self.parts:
            yield from part.nested()

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


def say_parts(parts: Iterable[Period]) -> str:
    """Name the parts of one sum, without the year.

    >>> say_parts(Period(2022).parts), say_parts(Period.parse("2022Q1").parts)
    ('上、下半年', '1—3月各月')
    """
    return "、".join(
        _name(kind, tuple(run)) for kind, run in groupby(parts, key=lambda part: part.kind)
    )


def _name(kind: PeriodKind, run: tuple[Period, ...]) -> str:
    """Name periods of one kind that follow each other."""
    before, numerals, after = _NAMES[kind]
    if kind is PeriodKind.MONTH and len(run) > 2:
        return f"{run[0].first}—{run[-1].last}月各月"
    return before + "、".join(numerals[part.last // part.months - 1] for part in run) + after


def _advise(
    year: int, first: int = 1, last: int = 12, until: int | None = None, **_others: int
) -> str:
    """Say what is wrong with the numbers of a period, and what to write; empty: nothing."""
    if year == 0:
        return "年份应在 0001 至 9999 之间"
    if until not in (None, year):
        return "起止月份须在同一年内；跨年的请按年分成两期"
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return "月份应在 1 至 12 之间，如 2022-01..04（1—4月）"
    if first > last:
        return f"起月在止月之后；应为 {Period(year, last, first)}，跨年的请按年分成两期"
    return f"只有一个月；应为 {Period(year, first, last)}" if first == last else ""
