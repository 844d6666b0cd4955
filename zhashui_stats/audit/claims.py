"""A claim: the words of the circular, what they say, and the readings they allow."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction

from zhashui_stats.audit.encoding import Encoded, Found
from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.audit.numerals import Numeral
from zhashui_stats.model.county import Category
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Unit

__all__ = ["Claim", "Context", "Ratio", "Reading", "say_number"]


_LIST_END = re.compile("(?:[、和][\ue000\ue001]\ue003.)*\ue002")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a claim, and what the tables say to it.

    Attributes:
        holds: Whether the claim is true read this way.
        actual: What the tables say.
        evidence: The cells that say so.
        reason: The likely slip, where the evidence points to one; or how it was read.
    """

    holds: bool
    actual: str
    evidence: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share as two figures that any period's tables can be asked for."""

    label: str
    part: Callable[[Facts], int]
    whole: Callable[[Facts], int]

    def percent(self, facts: Facts) -> Fraction | None:
        """Return the share in a period's tables (%); None where the whole is nothing."""
        whole = self.whole(facts)
        return Fraction(100 * self.part(facts), whole) if whole else None


@dataclass(frozen=True)
class Claim:
    """What one place of a sentence says.

    Attributes:
        kind: Id of the pattern.
        start: First sign in the encoded sentence.
        end: Behind the last sign.
        claimed: What it says, in short.
        readings: The ways to understand it, the most natural first; empty: it cannot be checked.
        reason: Why it cannot be checked.
        unsure: Places of numerals in it that could change without making it wrong.
        units: The units that it is about, for what stands behind it.
        scope: Whom it covers, for what stands behind it.
        value: The number claimed, for what stands behind it.
        test: Which counts a number of units is about, for its parts that stand behind it.
        ratios: The shares that may be meant, for a change of them that stands behind it.
    """

    kind: str
    start: int
    end: int
    claimed: str
    readings: tuple[Reading, ...] = ()
    reason: str = ""
    unsure: frozenset[int] = frozenset()
    units: tuple[Unit, ...] = ()
    scope: Scope | None = None
    value: Fraction | None = None
    ratios: tuple[Ratio, ...] = ()
    test: Callable[[int], bool] | None = None


@dataclass
class Context:
    """What stands before a place: by it a reader fills in what the words leave out.

    Attributes:
        facts: The tables.
        encoded: The sentence.
        claims: The claims before, in this sentence.
        category_before: The last category of the sentences before, in the same section.
        as_own: Whether to read clauses on other periods as if they were on the circular's own.
        all_before: Whether the sentence before counted all categories together.
        group_before: The last group of the sentences before, in the same paragraph.
        following: The sentences behind, for lists that announce their length.
        compared: The period that the paragraph has named to compare with.
        of_articles: Whether the paragraph rests on single articles, which no table records.
    """

    facts: Facts
    encoded: Encoded
    claims: list[Claim] = field(default_factory=list)
    category_before: Category | None = None
    all_before: bool = False
    as_own: bool = False
    group_before: str | None = None
    following: Sequence[Encoded] = ()
    compared: Period | None = None
    of_articles: bool = False

    @contextmanager
    def looking_at(self, facts: Facts) -> Iterator[None]:
        """Look at other tables for a while."""
        own, self.facts = self.facts, facts
        try:
            yield
        finally:
            self.facts = own

    def last_claim(self, place: int, *kinds: str) -> Claim | None:
        """Return the nearest claim before a place, of some kinds or of any."""
        before = [
            claim
            for claim in self.claims
            if claim.end <= place and (not kinds or claim.kind in kinds)
        ]
        return max(before, key=lambda claim: claim.end, default=None)

    def category_at(self, place: int) -> Category | None:
        """Return the last category named before a place in this sentence."""
        for sign in reversed(self.encoded.signs[:place]):
            if sign and isinstance(sign.meaning, Category):
                return sign.meaning
        return None

    def groups_at(self, place: int) -> tuple[str, ...]:
        """Return the group last named before a place in this sentence; empty: there is none."""
        for sign in reversed(self.encoded.signs[:place]):
            if sign and isinstance(sign.meaning, str) and sign.meaning not in ("", "*"):
                return (sign.meaning,)
        return ()

    def categories(self, found: Found, *names: str) -> list[Category | None]:
        """Return the categories that a claim may mean: the one it names, or those before it."""
        for name in names:
            if named := found.category(name):
                return [named]
        if (here := self.category_at(found.end) or self._category_behind(found.end)) is not None:
            clause = self.encoded.text.rfind(";", 0, found.end)
            is_near = self.category_at(clause + 1) is not here or "\ue002" in found.match.group()
            return [here] if clause < 0 or is_near else [here, None]
        county = self.facts.county
        before = [self.category_before] if self.category_before else []
        return [*before, None] if len(county.categories) > 1 else [county.categories[0]]

    def _category_behind(self, place: int) -> Category | None:
        """Return the category that a list of counts ends with: 甲局5篇、乙局3篇政务公开信息."""
        behind = _LIST_END.match(self.encoded.text, place)
        sign = self.encoded.signs[behind.end() - 1] if behind else None
        return sign.meaning if sign and isinstance(sign.meaning, Category) else None

    def scopes(self, found: Found, *names: str) -> list[tuple[str, ...]]:
        """Return the groups that a claim may cover: those it names, or those before it."""
        for name in names:
            if named := tuple(
                dict.fromkeys(group for group in found.groups(name) if group not in ("", "*"))
            ):
                return [named]
        if here := self.groups_at(found.start):
            return [here, ()]
        before = [(self.group_before,)] if self.group_before else []
        return [*before, ()]


def say_number(numeral: Numeral) -> str:
    """Write a number as digits, whatever it was written with.

    >>> from zhashui_stats.audit.numerals import find_numerals
    >>> [say_number(numeral) for numeral in find_numerals("二十一篇，3.50%，1,234条")]
    ['21', '3.5', '1234']
    """
    value = numeral.value
    return str(value) if value.denominator == 1 else f"{float(value):g}"
