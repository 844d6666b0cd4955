"""A sentence as patterns see it: every known word and number is one sign, all else stays text.

A pattern is written with placeholders, ``{C}{_}{N}{M}``, and compiled to a regular expression over
the signs; so a pattern stays a line that a newcomer can read.

    {U} a unit            {US} units in a row (甲局、乙局和丙局)
    {G} a group           {C} a category
    {N} a number          {P} a share in %          {T} percentage points      {O} a rank
    {M} a measure word    {D} a period or date
    {_} up to ten characters without sign and without punctuation
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhashui_stats.audit.folding import Sentence
from zhashui_stats.audit.lexicon import Lexicon
from zhashui_stats.audit.numerals import Look, Numeral, find_numerals
from zhashui_stats.county import Category
from zhashui_stats.units import Unit

__all__ = ["Encoded", "Found", "Sign", "compile_pattern", "encode"]

_SIGNS = {
    "unit": "\ue000", "group": "\ue001", "category": "\ue002", Look.COUNT: "\ue003",
    Look.PERCENT: "\ue004", Look.POINTS: "\ue005", Look.ORDINAL: "\ue006", Look.PERIOD: "\ue007",
    Look.NO_CLAIM: "\ue008",
}  # fmt: skip
_AND = "(?:、|,|和|及|与|以及|,以及|、以及)"
_PLACEHOLDERS = {
    "{U}": "\ue000",
    "{US}": f"\ue000(?:{_AND}\ue000)*",
    "{G}": "\ue001",
    "{C}": "\ue002",
    "{N}": "\ue003",
    "{P}": "\ue004",
    "{T}": "\ue005",
    "{O}": "\ue006",
    "{D}": "\ue007",
    "{_}": "[^,;。:、()\ue000-\ue008]{0,10}?",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A known word or number in a sentence.

    Attributes:
        start: First character in the folded sentence.
        end: Behind the last character.
        meaning: The unit, the group's id, the category, or the numeral.
    """

    start: int
    end: int
    meaning: Unit | str | Category | Numeral


@dataclass(frozen=True)
class Encoded:
    """A sentence as signs and text.

    Attributes:
        sentence: The sentence.
        text: One character for each sign, the other characters as they stand.
        signs: For each character of ``text``, its sign, or None.
        places: For each character of ``text``, where it starts in the folded sentence.
    """

    sentence: Sentence
    text: str
    signs: tuple[Sign | None, ...]
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the text as read of ``text[start:end]``."""
        last = self.signs[end - 1]
        stop = last.end if last else self.places[end - 1] + 1
        return self.sentence.body.span(self.places[start], stop)

    def words(self, start: int, end: int) -> str:
        """Return the folded words of ``text[start:end]``."""
        last = self.signs[end - 1]
        return self.sentence.text[
            self.places[start] : last.end if last else self.places[end - 1] + 1
        ]

    def numerals(self) -> list[tuple[int, Numeral]]:
        """Return the numerals with their places in ``text``."""
        return [
            (place, sign.meaning)
            for place, sign in enumerate(self.signs)
            if sign and isinstance(sign.meaning, Numeral)
        ]


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a pattern matches.

    Attributes:
        encoded: The sentence.
        match: The match over its signs.
    """

    encoded: Encoded
    match: re.Match[str]

    @property
    def start(self) -> int:
        """First sign."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Behind the last sign."""
        return self.match.end()

    def has(self, name: str) -> bool:
        """Tell whether a named part is there."""
        return bool(self.match.group(name))

    def words(self, name: str) -> str:
        """Return the folded words of a named part; empty where it is not there."""
        start, end = self.match.span(name)
        return self.encoded.words(start, end) if end > start else ""

    def numbers(self, name: str) -> list[tuple[int, Numeral]]:
        """Return the numerals within a named part, with their places."""
        start, end = self.match.span(name)
        return [one for one in self.encoded.numerals() if start <= one[0] < end]

    def number(self, name: str) -> tuple[int, Numeral]:
        """Return the one numeral of a named part, with its place."""
        return self.numbers(name)[0]

    def units(self, name: str) -> list[Unit]:
        """Return the units within a named part."""
        return [one for one in self._meanings(name) if isinstance(one, Unit)]

    def groups(self, name: str) -> list[str]:
        """Return the ids of the groups within a named part."""
        return [one for one in self._meanings(name) if isinstance(one, str)]

    def category(self, name: str) -> Category | None:
        """Return the first category within a named part, None where there is none."""
        return next((one for one in self._meanings(name) if isinstance(one, Category)), None)

    def _meanings(self, name: str) -> Sequence[object]:
        start, end = self.match.span(name)
        return [sign.meaning for sign in self.encoded.signs[max(start, 0) : max(end, 0)] if sign]


def encode(sentence: Sentence, lexicon: Lexicon) -> Encoded:
    """Replace the known words and numbers of a sentence by signs."""
    signs: list[Sign | None] = []
    places: list[int] = []
    characters: list[str] = []
    last = 0
    text = sentence.text
    for sign in (*_signs(text, lexicon), Sign(len(text), len(text), "")):
        for place in range(last, sign.start):
            signs.append(None)
            places.append(place)
            characters.append(text[place])
        if sign.end > sign.start:
            signs.append(sign)
            places.append(sign.start)
            characters.append(_character(sign))
        last = sign.end
    return Encoded(sentence, "".join(characters), tuple(signs), tuple(places))


def _signs(text: str, lexicon: Lexicon) -> list[Sign]:
    """Find all signs from left to right; titles in 《》 go first, then words, then numbers."""
    numerals = [Sign(one.start, one.end, one) for one in find_numerals(text)]
    quoted = [one for one in numerals if text[one.start] == "《"]
    words = [_word(match, lexicon) for match in lexicon.entity.finditer(text)]
    taken: list[Sign] = []
    covered = bytearray(len(text))
    for sign in (*quoted, *words, *numerals):
        if not any(covered[sign.start : sign.end]):
            covered[sign.start : sign.end] = b"\1" * (sign.end - sign.start)
            taken.append(sign)
    return sorted(taken, key=lambda sign: sign.start)


def _word(match: re.Match[str], lexicon: Lexicon) -> Sign:
    word = match.group()
    if match["unit"]:
        return Sign(*match.span(), lexicon.units[word])
    if match["category"]:
        found = next(one for one in lexicon.category_words if word.startswith(one))
        return Sign(*match.span(), lexicon.categories[found])
    bare = word.removeprefix("各").removeprefix(f"全{lexicon.county.level}")
    return Sign(*match.span(), lexicon.groups[bare])


def _character(sign: Sign) -> str:
    match sign.meaning:
        case Unit():
            return _SIGNS["unit"]
        case Category():
            return _SIGNS["category"]
        case Numeral(look=look):
            return _SIGNS[look]
        case _:
            return _SIGNS["group"]


@lru_cache(maxsize=512)
def compile_pattern(form: str, measures: tuple[str, ...]) -> re.Pattern[str]:
    """Compile a pattern's form to an expression over signs."""
    replace: Callable[[re.Match[str]], str] = lambda found: _PLACEHOLDERS[found.group()]  # noqa: E731
    with_measures = form.replace("{M}", f"(?:{'|'.join(map(re.escape, measures))})")
    return re.compile(re.sub(r"\{(?:US|[UGCNPTOD_])\}", replace, with_measures))
