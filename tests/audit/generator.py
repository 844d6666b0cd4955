"""Correct circulars of counties that do not exist, with the place of everything they claim.

``generate(seed)`` draws a county and its data and writes a circular of it, sentence by sentence,
from the phrasings of ``phrasings.py``; every figure in it is computed from the data. Synthetic:
no sentence is taken from a published circular. ``mutate(case, rng)`` makes one claim false.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster

from .counties import World, make_world

__all__ = ["Case", "Claim", "Mutant", "Scope", "Writer", "digit_mutants", "generate", "mutate"]

_OPEN, _CLOSE = "\ue000", "\ue001"
_FIRST_MARK = 0xF0000
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_NUMERALS = "零一二三四五六七八九十"
_GLUED = r"[0-9０-９,，.．%％\-—〔〕\U000F0000-\U000FFFFD\ue000\ue001]"


@dataclass(frozen=True)
class Claim:
    """One number or name that the circular states, and where.

    Attributes:
        kind: The phrasing that states it.
        role: ``number``, ``name`` (of a statement), ``listed`` (of a complete list), ``title``
            (of an annex), ``date`` (of the signature) or ``period``.
        text: As it stands in the text.
        start: Its first character.
        wrong: What would make the statement false in its place; for a number, empty: any other.
        checkable: Whether the tables or the text itself can say that it is right.
    """

    kind: str
    role: str
    text: str
    start: int
    wrong: tuple[str, ...] = ()
    checkable: bool = True

    @property
    def end(self) -> int:
        """Behind the last character."""
        return self.start + len(self.text)

    @property
    def is_certain(self) -> bool:
        """Whether it is a number that could be no other: a threshold may often be moved."""
        return self.role == "number" and self.checkable and not self.wrong


@dataclass(frozen=True)
class Case:
    """A circular that is right in everything it says."""

    seed: int
    county: County
    roster: Roster
    period: Period
    submissions: Submissions
    earlier: tuple[Submissions, ...]
    text: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Mutant:
    """A copy with one claim made false: ``start`` to ``end`` is what now stands there."""

    claim: Claim
    text: str
    start: int
    end: int
    what: str


@dataclass(frozen=True)
class Scope:
    """What a sentence speaks of: a group or the whole county, a category or all of them."""

    now: Submissions
    group: Group | None = None
    category: Category | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The units, in the order of the annexes."""
        wanted = self.group.id if self.group else None
        return tuple(unit.name for unit in self.now.units if wanted in (None, unit.group))

    def count(self, name: str) -> int:
        """A unit's count."""
        return self.now.count(name, self.category.id if self.category else None)

    @property
    def total(self) -> int:
        """The sum over the units."""
        return sum(map(self.count, self.names))

    def where(self, wanted: Callable[[int], bool]) -> list[str]:
        """The units whose count is wanted, most first."""
        names = sorted(self.names, key=lambda name: -self.count(name))
        return [name for name in names if wanted(self.count(name))]

    def at(self, group: Group | None, category: Category | None) -> "Scope":
        """Another scope of the same period."""
        return Scope(self.now, group, category)

    def then(self, before: Submissions) -> "Scope":
        """The same scope of another period."""
        return Scope(before, self.group, self.category)


@dataclass(frozen=True)
class _Style:
    wide: bool  # full-width digits
    thousands: bool
    spaced: bool  # 124 篇
    hanzi: bool  # counts of units as Chinese numerals
    prefix: bool  # 县 before the offices
    verb: str
    home: str  # 个 or 家


class Writer:
    """Says numbers and names in the manner of one circular and marks them."""

    def __init__(self, world: World, rng: Random) -> None:
        """Draw the manner."""
        self.world, self.rng = world, rng
        self.county, self.now = world.county, world.now
        self.measure, self.level = world.county.measure, world.county.level
        self.kind = ""
        self._marks: list[tuple[str, str, tuple[str, ...], bool]] = []
        self.style = _Style(
            wide=rng.random() < 0.08,
            thousands=rng.random() < 0.5,
            spaced=rng.random() < 0.2,
            hanzi=rng.random() < 0.25,
            prefix=rng.random() < 0.5,
            verb=rng.choice(("发布", "编发", "刊发", "采用", "报送", "上报")),
            home=rng.choice("个个家"),
        )

    def pick(self, *options: str) -> str:
        """Choose a phrasing."""
        return self.rng.choice(options)

    # --- numbers ---

    def n(self, value: int, wrong: Sequence[int] | None = None, *, checkable: bool = True) -> str:
        """A count with its measure word, such as 124篇; ``wrong`` where not all others are."""
        return self.bare(value, wrong, checkable=checkable) + self._gap() + self.measure

    def bare(
        self, value: int, wrong: Sequence[int] | None = None, *, checkable: bool = True
    ) -> str:
        """A count without measure word."""
        wrongs = None if wrong is None else tuple(map(self._digits, wrong))
        return self._gap() + self._mark(self._digits(value), "number", wrongs, checkable=checkable)

    def zero(self, scope: Scope, units: int) -> str:
        """The 0 that so many units have; 1 would be as true where as many have 1."""
        as_many = len(scope.where(lambda n: n == 1)) >= units
        return self.bare(0, [] if as_many else [1])

    def k(self, value: int, *, checkable: bool = True) -> str:
        """A number of units, as Chinese numeral where that is the manner, with 个 or 家."""
        if self.style.hanzi and 0 < value <= 20:
            return self._mark(_hanzi(value), "number", None, checkable=checkable) + self.style.home
        return self.bare(value, checkable=checkable) + self._gap() + self.style.home

    def p(self, value: Decimal | str, *, checkable: bool = True) -> str:
        """A percentage as printed, such as 51.9%."""
        text = str(value).translate(_FULL) if self.style.wide else str(value)
        sign = "％" if self.style.wide else "%"
        return self._mark(text, "number", None, checkable=checkable) + sign

    def bare_decimal(self, value: Decimal, *, checkable: bool = True) -> str:
        """A number with decimals and no sign, such as 3.2 (个百分点)."""
        text = str(value).translate(_FULL) if self.style.wide else str(value)
        return self._mark(text, "number", None, checkable=checkable)

    def mark_text(self, text: str) -> str:
        """A Chinese numeral as it stands."""
        return self._mark(text, "number", None, checkable=True)

    def mark(self, text: str, role: str, *wrong: str) -> str:
        """A title, date or period, and what would be wrong in its place."""
        return self._mark(text, role, wrong, checkable=True)

    def _digits(self, value: int) -> str:
        text = f"{value:,}" if self.style.thousands else str(value)
        return text.translate(_FULL) if self.style.wide else text

    def _gap(self) -> str:
        return " " if self.style.spaced else ""

    # --- names ---

    def u(self, scope: Scope, name: str, right: Iterable[str] | None = None) -> str:
        """A unit; ``right`` are the units of which the statement is true (default: same count)."""
        if right is None:
            right = scope.where(lambda n: n == scope.count(name))
        return self._unit(scope, name, tuple(right), "name", prefix=self.style.prefix)

    def listed(
        self,
        scope: Scope,
        names: Sequence[str],
        role: str = "listed",
        right: Sequence[str] | None = None,
    ) -> str:
        """Units with 、 between them.

        ``listed``: these and no others; ``name``: each on its own, of which it is true for the
        units of ``right`` (default: these).
        """
        fine = tuple(names if right is None else right)
        said = [
            self._unit(scope, name, fine, role, prefix=self.style.prefix and not place)
            for place, name in enumerate(names)
        ]
        if 1 < len(said) < 5 and self.rng.random() < 0.15:
            return "、".join(said[:-1]) + self.pick("和", "以及") + said[-1]
        return "、".join(said)

    def _unit(
        self, scope: Scope, name: str, right: tuple[str, ...], role: str, *, prefix: bool
    ) -> str:
        unit = next(own for own in self.now.units if own.name == name)
        others = tuple(other for other in scope.names if other not in right)
        said = name
        if unit.aliases and self.rng.random() < 0.4:
            said = unit.aliases[0]
        lead = self.level if prefix and unit.group == "offices" else ""
        return lead + self._mark(said, role, others, checkable=bool(others) or role == "listed")

    def _mark(self, text: str, role: str, wrong: tuple[str, ...] | None, *, checkable: bool) -> str:
        if role == "number" and wrong == ():
            checkable = False
        self._marks.append((self.kind, role, wrong or (), checkable))
        return f"{_OPEN}{chr(_FIRST_MARK + len(self._marks) - 1)}{text}{_CLOSE}"

    def unmark(self, marked: str) -> tuple[str, tuple[Claim, ...]]:
        """Take the marks out of a text and return it with its claims."""
        parts: list[str] = []
        claims: list[Claim] = []
        length = 0
        for piece in re.split(f"({_OPEN}.[^{_CLOSE}]*{_CLOSE})", marked, flags=re.DOTALL):
            text = piece
            if piece.startswith(_OPEN):
                text = piece[2:-1]
                kind, role, wrong, checkable = self._marks[ord(piece[1]) - _FIRST_MARK]
                claims.append(Claim(kind, role, text, length, wrong, checkable))
            parts.append(text)
            length += len(text)
        return "".join(parts), tuple(claims)

    # --- words ---

    def what(self, category: Category | None) -> str:
        """The category as a sentence names it."""
        if category is None:
            return self.pick("信息", "各类信息")
        label = category.label
        if label.endswith(("公告", "简报")):
            return self.pick(label, f"{label}类信息")
        return self.pick(f"{label}信息", f"{label}类信息", f"{label}信息")

    def who(self, group: Group | None) -> str:
        """The units of a scope as a sentence names them, without a number."""
        if group is None:
            return self.pick("各单位", f"全{self.level}各单位")
        return self.pick(group.label, f"各{group.label}", f"全{self.level}{group.label}")

    def units_of(self, group: Group | None) -> str:
        """The word behind N个."""
        return group.label if group else "单位"


def share(part: int, whole: int, places: int) -> Decimal:
    """Part of whole in %, rounded half up to so many places."""
    exact = Decimal(100 * part) / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _hanzi(value: int) -> str:
    if value == 2:
        return "两"
    tens, ones = divmod(value, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("二" if tens == 2 else "") + "十" + (_NUMERALS[ones] if ones else "")


# --- the whole ----------------------------------------------------------------------------------


def generate(seed: int) -> Case:
    """Write the circular of this seed."""
    from .phrasings import write_circular  # noqa: PLC0415 -- it needs the Writer of this module

    rng = Random(seed)
    world = make_world(rng)
    writer = Writer(world, rng)
    text, claims = writer.unmark(_noise(write_circular(writer), rng))
    now = world.now
    return Case(seed, world.county, world.roster, now.period, now, world.earlier, text, claims)


def _noise(text: str, rng: Random) -> str:
    """Break the lines as text that comes out of a PDF is broken: in the middle of clauses."""
    manner = rng.random()
    if manner < 0.6:
        return text
    head, annexes, tail = text.partition("\n附件1\n")
    width = rng.randint(28, 40)
    pages = manner > 0.8
    lines = [piece for line in head.split("\n") for piece in _break(line, width)]
    if pages:
        for number, place in enumerate(range(25, len(lines), 25), 1):
            lines[place] = f"\n{rng.choice('-—')} {number} {rng.choice('-—')}\n\n{lines[place]}"
    elif len(lines) > 12:
        for place in rng.sample(range(8, len(lines)), 2):
            lines[place] = "\n" + lines[place]
    return "\n".join(lines) + annexes + tail


def _break(line: str, width: int) -> Iterator[str]:
    while len(line) > width:
        place = width
        while place < len(line) and re.match(_GLUED * 2, line[place - 1 : place + 1]):
            place += 1
        yield line[:place]
        line = line[place:]
    yield line


# --- mutations ----------------------------------------------------------------------------------


def digit_mutants(text: str) -> dict[str, str]:
    """The ways in which a number slips: +1, −1, ×10, digits swapped; by what was done.

    >>> digit_mutants("18")
    {'+1': '19', '-1': '17', 'x10': '180', 'swap': '81'}
    """
    plain = text.translate(
        {**dict(zip(map(ord, "０１２３４５６７８９"), "0123456789", strict=True))}
    )
    if not re.fullmatch(r"[\d,.]+", plain):
        return _hanzi_mutants(text)
    wide, places = plain != text, len(plain.partition(".")[2])
    value = Decimal(plain.replace(",", ""))
    slips = {"+1": value + 1, "-1": value - 1, "x10": value * 10}
    said = {what: f"{new:,.{places}f}" if "," in plain else f"{new:.{places}f}"
            for what, new in slips.items() if new >= 0 and new != value}  # fmt: skip
    if (swapped := _swap(plain)) != plain:
        said["swap"] = swapped
    return {what: new.translate(_FULL) if wide else new for what, new in said.items()}


def _swap(plain: str) -> str:
    """Swap the first two neighbouring digits that differ."""
    for place in range(len(plain) - 1):
        first, second = plain[place : place + 2]
        if first.isdigit() and second.isdigit() and first != second:
            return plain[:place] + second + first + plain[place + 2 :]
    return plain


def _hanzi_mutants(text: str) -> dict[str, str]:
    values = {_hanzi(n): n for n in range(1, 21)} | {"二": 2}
    if text not in values:
        return {}
    value = values[text]
    slips = {"+1": value + 1, "-1": value - 1}
    return {what: _hanzi(n) for what, n in slips.items() if 0 < n <= 20}


def mutate(case: Case, rng: Random) -> Mutant | None:
    """Make one claim of the circular false, drawn at random."""
    choices = [claim for claim in case.claims if claim.checkable]
    return mutate_claim(case, rng.choice(choices), rng) if choices else None


def mutate_claim(case: Case, claim: Claim, rng: Random) -> Mutant | None:
    """Make this claim false: another number, another name, a name less or more."""
    if claim.role == "number":
        slips = digit_mutants(claim.text)
        if claim.wrong:
            slips = {what: new for what, new in slips.items() if new in claim.wrong}
        ways = list(slips.items())
    else:
        wrong = list(claim.wrong)
        ways = [("swapped", rng.choice(wrong))] if wrong else []
        if claim.role == "listed":
            ways += [("added", f"{claim.text}、{rng.choice(wrong)}")] if wrong else []
            if case.text[claim.end : claim.end + 1] == "、":
                ways.append(("dropped", ""))
    if not ways:
        return None
    what, new = rng.choice(ways)
    end = claim.end + (what == "dropped")
    text = case.text[: claim.start] + new + case.text[end:]
    return Mutant(claim, text, claim.start, claim.start + len(new), what)
