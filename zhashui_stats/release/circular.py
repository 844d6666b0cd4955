"""A circular (通报) as data: what it says, before it becomes a Word file, a workbook or text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.indicators import Indicator

__all__ = [
    "AnnexTable",
    "BodyPart",
    "BodyText",
    "Circular",
    "IndicatorColumn",
    "SectionTitle",
    "StandingColumn",
    "parse_date",
]

_NUMERALS = "一二三四五六七八九十"
_DATE = re.compile(r"\s*(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?\s*")


@dataclass(frozen=True, slots=True)
class SectionTitle:
    """A heading of the body, without its number: the document numbers its headings.

    Attributes:
        level: 1 for 一、, 2 for （一）.
        text: Plain text.
    """

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class BodyText:
    """A paragraph of the body, in plain text."""

    text: str


BodyPart: TypeAlias = SectionTitle | BodyText


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    """A column of an annex that holds an indicator.

    Attributes:
        indicator: Which.
        amounts: One a unit; None: undefined.
        total: What the group has of it; None: undefined.
    """

    indicator: Indicator
    amounts: tuple[Amount | None, ...]
    total: Amount | None


@dataclass(frozen=True, slots=True)
class StandingColumn:
    """A column of an annex that says where each unit stands in the assessment.

    Attributes:
        label: 名次 or 等次.
        places: One a unit; None: it has no place, or reaches no grade.
    """

    label: str
    places: tuple[int | str | None, ...]


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """One annex (附件): a group's table.

    Attributes:
        number: From 1, in the order of the annexes.
        title: As it stands in the 附件 note and above the table.
        group: Id of the group.
        label: The group's label.
        categories: The headers of the counted columns.
        units: The units' names, in the order of the roster.
        counts: One row a unit, one count (篇) a category.
        revised: Row and column, from 0, of each figure that differs from the release before;
            columns are those of ``figures``.
        shows_sums: Whether each unit's sum of the counts is printed behind them.
        indicators: What stands behind the sum.
        standings: What stands behind the indicators.
    """

    number: int
    title: str
    group: str
    label: str
    categories: tuple[str, ...]
    units: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    revised: frozenset[tuple[int, int]] = frozenset()
    shows_sums: bool = False
    indicators: tuple[IndicatorColumn, ...] = ()
    standings: tuple[StandingColumn, ...] = ()

    @property
    def figures(self) -> tuple[str, ...]:
        """The labels of what may be revised: categories, then indicators."""
        return (*self.categories, *(column.indicator.label for column in self.indicators))

    @property
    def sums(self) -> tuple[int, ...]:
        """Each unit's sum (篇) over the categories."""
        return tuple(map(sum, self.counts))

    @property
    def totals(self) -> tuple[int, ...]:
        """The sum (篇) of each category."""
        return tuple(sum(column) for column in zip(*self.counts, strict=True))


@dataclass(frozen=True, slots=True)
class Circular:
    """A circular (通报), ready to be set as a document.

    Attributes:
        title: Such as …办公室关于2022年上半年…情况的通报.
        addressees: Whom it is sent to, without the closing colon; empty: not on record.
        body: Headings and paragraphs, in order.
        annexes: In order.
        issuer: Who signs it.
        date: Such as 2022年7月8日; empty: not on record.
        attribute: The disclosure attribute (公开属性), such as 此件公开发布; empty: none.
        measure: The measure word of the counts, 篇.
        note: What every page should say, such as that the figures are made up; empty: nothing.
    """

    title: str
    addressees: str
    body: tuple[BodyPart, ...]
    annexes: tuple[AnnexTable, ...]
    issuer: str
    date: str
    attribute: str
    measure: str
    note: str = ""

    def lines(self) -> Iterator[str]:
        """Give the whole document as lines of plain text, headings numbered."""
        yield self.title
        if self.note:
            yield f"（{self.note}）"
        if self.addressees:
            yield f"{self.addressees}："
        yield from numbered(self.body)
        for place, annex in enumerate(self.annexes):
            lead = "附件：" if place == 0 else "　　　"
            number = f"{annex.number}. " if len(self.annexes) > 1 else ""
            yield f"{lead}{number}{annex.title}"
        yield self.issuer
        if self.date:
            yield self.date
        if self.attribute:
            yield f"（{self.attribute}）"


def numbered(body: tuple[BodyPart, ...]) -> Iterator[str]:
    """Give headings with their numbers (一、 and （一）), and paragraphs as they stand.

    >>> list(numbered((SectionTitle(1, "总体情况"), SectionTitle(2, "数量"), BodyText("共3篇。"))))
    ['一、总体情况', '（一）数量', '共3篇。']
    """
    counts = [0, 0]
    for part in body:
        if isinstance(part, BodyText):
            yield part.text
        elif part.level == 1:
            counts = [counts[0] + 1, 0]
            yield f"{_NUMERALS[counts[0] - 1]}、{part.text}"
        else:
            counts[1] += 1
            yield f"（{_NUMERALS[counts[1] - 1]}）{part.text}"


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
