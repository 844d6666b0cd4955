"""A sentence as patterns see it: every known word and number is one sign, all else stays text.

A pattern is written with placeholders, ``{C}{_}{n=N}{M}``, and compiled to a regular expression
over the signs; so a pattern stays a line that a newcomer can read. ``{k=N}`` is a number that the
pattern's reader knows as k.

    {U} a unit            {US} units in a row (甲局、乙局和丙局)
    {G} a group           {C} a category
    {N} a number          {P} a share in %          {T} percentage points      {O} a rank
    {M} a measure word    {D} a period or date
    {_} up to ten characters without sign and without punctuation

Phrases that many patterns share, such as {HAVE} and {NOTHING}, stand in ``_PARTS``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhashui_stats.audit.folding import Sentence
from zhashui_stats.audit.lexicon import Lexicon
from zhashui_stats.audit.numerals import Look, Numeral, find_numerals
from zhashui_stats.model.county import Category
from zhashui_stats.model.units import Unit

__all__ = ["Encoded", "Found", "Sign", "compile_pattern", "encode"]

_SIGNS = {
    "unit": "\ue000", "group": "\ue001", "category": "\ue002", Look.COUNT: "\ue003",
    Look.PERCENT: "\ue004", Look.POINTS: "\ue005", Look.ORDINAL: "\ue006", Look.PERIOD: "\ue007",
    Look.NO_CLAIM: "\ue008",
}  # fmt: skip
_PART = re.compile(r"\{(?:(?P<name>\w+)=)?(?P<part>[A-Z_]+)\}")
_AND = "(?:、|,|和|及|与|以及|,以及|、以及)"
_PARTS = {
    "U": "\ue000",
    "G": "\ue001",
    "C": "\ue002",
    "N": "\ue003",
    "P": "\ue004",
    "T": "\ue005",
    "O": "\ue006",
    "D": "\ue007",
    "_": "[^,;。:、()\ue000-\ue008]{0,10}?",
    "US": f"{{U}}(?:{_AND}{{U}})*",
    "UNITS": f"{{U}}(?:{_AND}{{U}})+",
    "NAMES": f"(?:{{G}}|{{C}})(?:{_AND}(?:{{G}}|{{C}}))+",
    "CS": f"(?:{{C}}(?:{_AND}{{C}})*|各类信息(?:数量)?)",
    "NUMBERS": f"{{N}}{{M}}?(?:{_AND}{{N}}{{M}}?)+",
    "RANKS": f"{{O}}(?:{_AND}{{O}})+",
    "ITEMS": rf"{{U}}(?:\(?{{N}}{{M}}\)?)?(?:(?:{_AND}|;){{U}}(?:\(?{{N}}{{M}}\)?)?)*",
    "COUNTED": "(?:{U}{N}{M}(?:[、,和]{U}{N}{M})*|{US})",
    "COUNTED_RUN": "{U}(?:、{U})*各?{N}{M}(?:[、,;和]{U}(?:、{U})*各?{N}{M})*",
    "ORG": "[个家]",
    "HAVE": "(?:(?:分别|共|共计|一共)?(?:只有|仅有|共有|有|是|为|只|仅|包括)|共计?)",
    "ALL": "(?:各|(?<!平)均|都|全部)",
    "IS": "[为是]",
    "IN_TURN": "(?:分别|依次)",
    "ETC": "(?:(?P<etc>等){k=N}[个家]?{G}?|{k1=N}[个家]{G}?)",
    "OVER": "(?:,?超?过{over=P})",
    "NO_GROWTH": "(?:\\(基数为{base0=N},不计[增涨]幅\\))",
    "COUNT_OF_LIST": "(?:(?:{k=N}{ORG}{G}?)?[,:(]*(?:分别)?[是为有]?:?)",
    "BESIDES": "[以之]?外,?(?:其余|其他|其它|剩余)",
    "STANDS": "(?:位居|位列|居|列|排名?|排在|名列|进入)",
    "MOST": "(?:最多|最少|最高|最低)",
    "MORE": "(?:多|少|高|低)(?:出|了)?",
    "TREND": "(?:净增长?|净减少?|增幅[为达]?|涨幅[为达]?|降幅[为达]?|增长|增加|上升|提高|提升|多|上涨|下降|减少|降低|回落|下滑|少)(?:了|到)?",
    "EARLIER": "(?:上年度?|去年|上期|上个半年|上个?季度|上个?月|前期)(?:的?同期)?",
    "DID": "(?:报送|投稿|发布|刊发|编发|完成|上报|采用|被采用|采纳|录用|刊登|公开|有|为|是|达|达到)了?(?:各类|各项)?(?:政务)?(?:信息|稿件)?",
    "SENT": "(?<![未没不无零])(?:报送|投稿|发布|刊发|编发|上报|采用|公开|参与)[了过有]?",
    "BOUND": "(?P<word>不足|低于|少于|不到|未达到?|小于|不满|超过|高于|多于|大于|突破|达到|不少于|不低于|在)?了?"
    r"{n=N}{M}?(?:\(含(?:本数|{N}{M}?)?\))?(?P<tail>及以上|及以下|以上|以下|以内)?(?:\(含(?:本数|{N}{M}?)?\))?",
    "NOTHING": "(?<!不)(?:(?:均|都|全部|仍|也)?(?:为|是|报送数?为?)?(?<![由从]){z=N}{M}|(?:均|都|全部|仍|也)?(?:为|是){z2=N}"
    "|(?:均|都|全部|仍|也)?(?:(?<!不)为零|是零|零(?:报送|投稿|发布|刊发|采用|信息|编发|上报)|挂零|空白)"
    "|(?:均|都|全部|仍|也|尚)?(?:无(?=信息|稿件)|未|没有|没(?!有))"
    "(?:被?(?:报送|投稿|上报|发布|刊发|编发|公开(?!机构|属性|制度|目录)|提供|完成|采用|录用)"
    # 没有标注 and 未落实 say something else than nothing.
    "|(?=过|任何|{N}{M}|{C}|信息|稿件|[^一-鿿]|$|[的且并而也均都其仅只占者]|单位|部门))"
    "(?:过|任何|{z3=N}{M}|{C}|信息|稿件|被?采用|被?报送|被?发布)*)",
}  # fmt: skip
"""The parts that forms are made of; what stands in small braces is named, ``{k=N}``."""


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

    def numerals(self, start: int = 0, end: int | None = None) -> list[tuple[int, Numeral]]:
        """Return the numerals of ``text[start:end]`` with their places in ``text``."""
        return [
            (place, sign.meaning)
            for place, sign in enumerate(self.signs[start:end], start)
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
        return bool(self.match.groupdict().get(name))

    def words(self, name: str) -> str:
        """Return the folded words of a named part; empty where it is not there."""
        start, end = self._span(name)
        return self.encoded.words(start, end) if end > start else ""

    def numbers(self, name: str) -> list[tuple[int, Numeral]]:
        """Return the numerals within a named part, with their places."""
        return self.encoded.numerals(*self._span(name))

    def number(self, name: str) -> tuple[int, Numeral]:
        """Return the one numeral of a named part, with its place."""
        return self.numbers(name)[0]

    def units(self, name: str) -> list[Unit]:
        """Return the units within a named part."""
        return [meaning for meaning in self._meanings(name) if isinstance(meaning, Unit)]

    def groups(self, name: str) -> list[str]:
        """Return the ids of the groups within a named part."""
        # A word for a part of a group names none; the claim is set aside as such.
        return [meaning.strip("*") for meaning in self._meanings(name) if isinstance(meaning, str)]

    def category(self, name: str) -> Category | None:
        """Return the first category within a named part, None where there is none."""
        return next(iter(self.categories(name)), None)

    def categories(self, name: str) -> list[Category]:
        """Return the categories within a named part."""
        return [meaning for meaning in self._meanings(name) if isinstance(meaning, Category)]

    def _meanings(self, name: str) -> Sequence[object]:
        start, end = self._span(name)
        return [sign.meaning for sign in self.encoded.signs[start:end] if sign]

    def _span(self, name: str) -> tuple[int, int]:
        """Return where a named part stands; nowhere where the pattern or the match lacks it."""
        if not self.has(name):
            return 0, 0
        return self.match.span(name)


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
    numerals = [Sign(numeral.start, numeral.end, numeral) for numeral in find_numerals(text)]
    quoted = [numeral for numeral in numerals if text[numeral.start] == "《"]
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
        found = next(known for known in lexicon.category_words if word.startswith(known))
        return Sign(*match.span(), lexicon.categories[found])
    # A group may itself be called 各… or 全县…; else such a word stands before its name.
    bare = word.removeprefix("各")
    forms = (word, bare, bare.removeprefix(f"全{lexicon.county.level}"))
    return Sign(
        *match.span(), next(lexicon.groups[form] for form in forms if form in lexicon.groups)
    )


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
    parts = {**_PARTS, "M": f"(?:{'|'.join(map(re.escape, measures))})"}

    def expand(part: re.Match[str]) -> str:
        inner = _PART.sub(expand, parts[part["part"]])
        return f"(?P<{part['name']}>{inner})" if part["name"] else f"(?:{inner})"

    return re.compile(_PART.sub(expand, form))
