"""An official document (公文) as data: what a circular says, before it becomes Word or text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["AnnexTable", "Block", "Circular", "Heading", "Paragraph"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, without its number: the document numbers its headings.

    Attributes:
        level: 1 for 一、, 2 for （一）.
        text: Plain text.
    """

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


Block: TypeAlias = Heading | Paragraph


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
        revised: Row and column, from 0, of each count that differs from the release before.
    """

    number: int
    title: str
    group: str
    label: str
    categories: tuple[str, ...]
    units: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    revised: frozenset[tuple[int, int]] = frozenset()

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
    body: tuple[Block, ...]
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


_NUMERALS = "一二三四五六七八九十"


def numbered(body: tuple[Block, ...]) -> Iterator[str]:
    """Give headings with their numbers (一、 and （一）), and paragraphs as they stand.

    >>> list(numbered((Heading(1, "总体情况"), Heading(2, "数量"), Paragraph("共3篇。"))))
    ['一、总体情况', '（一）数量', '共3篇。']
    """
    counts = [0, 0]
    for block in body:
        if isinstance(block, Paragraph):
            yield block.text
        elif block.level == 1:
            counts = [counts[0] + 1, 0]
            yield f"{_NUMERALS[counts[0] - 1]}、{block.text}"
        else:
            counts[1] += 1
            yield f"（{_NUMERALS[counts[1] - 1]}）{block.text}"
