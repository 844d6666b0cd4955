"""Numbers that Word gives to paragraphs by itself (一、 （一） 1.), which stand in no text.

Office Open XML (ECMA-376 part 1, 17.9): a paragraph, or its style, names a list and a level; the
list's levels say how they count and what stands around the number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Numbering"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseCounting", "ideographDigital", "ideographTraditional",
}  # fmt: skip
_LEVELS = 9
_DEEPEST_STYLE = 16
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts: from where, in which numerals, with what around them."""

    start: int
    form: str
    text: str
    follow: str


class Numbering:
    """Counts the paragraphs of one document; to be asked for each in its order.

    Args of the constructor are the parsed parts ``numbering.xml`` and ``styles.xml``; None where a
    document has no such part.
    """

    def __init__(self, numbering: Any, styles: Any) -> None:
        """Read the lists and what the styles say of them."""
        self._levels: dict[str, Mapping[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._styles: dict[str, tuple[str, Any]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if numbering is not None:
            for element in numbering.findall(f"{_W}abstractNum"):
                self._levels[_attribute(element, "abstractNumId")] = _levels(element)
            for element in numbering.findall(f"{_W}num"):
                self._read_list(element)
        for style in () if styles is None else styles.findall(f"{_W}style"):
            base = style.find(f"{_W}basedOn")
            number = style.find(f"{_W}pPr/{_W}numPr")
            self._styles[_attribute(style, "styleId")] = (_value(base), number)

    def _read_list(self, element: Any) -> None:
        """Read one list; where it overrides a level's start, it is a list of its own."""
        name, shared = _attribute(element, "numId"), _value(element.find(f"{_W}abstractNumId"))
        levels = dict(self._levels.get(shared, {}))
        overrides = element.findall(f"{_W}lvlOverride")
        for override in overrides:
            place = _number(_attribute(override, "ilvl"))
            own, start = override.find(f"{_W}lvl"), override.find(f"{_W}startOverride")
            if own is not None:
                levels[place] = _level(own)
            if start is not None and place in levels:
                old = levels[place]
                levels[place] = _Level(_number(_value(start)), old.form, old.text, old.follow)
        key = f"{name} of {shared}" if overrides else shared
        self._lists[name], self._levels[key] = key, levels

    def label(self, paragraph: Any) -> str:
        """Return what Word writes before a paragraph, such as ``（一）``; empty for most."""
        name, place = self._place(paragraph)
        key = self._lists.get(name, "")
        level = self._levels.get(key, {}).get(place)
        if level is None:
            return ""
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        counts[place] = level.start if counts[place] is None else (counts[place] or 0) + 1
        counts[place + 1 :] = [None] * (_LEVELS - place - 1)
        if level.form in ("bullet", "none"):
            return ""
        return self._say(self._levels[key], counts, level)

    def _say(self, levels: Mapping[int, _Level], counts: list[int | None], level: _Level) -> str:
        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place, level)
            count = counts[place]
            return _write(other.start if count is None else count, other.form)

        text = _PLACE.sub(number, level.text)
        ends_itself = level.follow == "nothing" or text.endswith(("、", "）", ")", "．"))
        return text if ends_itself or not text else f"{text} "

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Return list and level of a paragraph: its own, or those of its style."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        name, place = _reference(own)
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        for _ in range(_DEEPEST_STYLE):
            if name is not None and place is not None:
                break
            base, number = self._styles.get(style, ("", None))
            above_name, above_place = _reference(number)
            name = above_name if name is None else name
            place = above_place if place is None else place
            style = base
        return name or "", min(place or 0, _LEVELS - 1)


def _reference(element: Any) -> tuple[str | None, int | None]:
    if element is None:
        return None, None
    name, place = element.find(f"{_W}numId"), element.find(f"{_W}ilvl")
    return (
        None if name is None else _value(name),
        None if place is None else _number(_value(place)),
    )


def _levels(element: Any) -> Mapping[int, _Level]:
    return {
        _number(_attribute(level, "ilvl")): _level(level) for level in element.findall(f"{_W}lvl")
    }


def _level(element: Any) -> _Level:
    form = _value(element.find(f"{_W}numFmt")) or "decimal"
    start = element.find(f"{_W}start")
    return _Level(
        1 if start is None else _number(_value(start)),
        form,
        _value(element.find(f"{_W}lvlText")),
        _value(element.find(f"{_W}suff")) or "tab",
    )


def _attribute(element: Any, name: str) -> str:
    return str(element.get(f"{_W}{name}", ""))


def _value(element: Any) -> str:
    return "" if element is None else _attribute(element, "val")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def _write(count: int, form: str) -> str:
    """Write a number as a level's form has it; forms that are rare in offices as digits."""
    if form in _CHINESE:
        return _chinese(count)
    if form == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
    if form in ("upperLetter", "lowerLetter") and 1 <= count <= 26:
        return chr((ord("A") if form == "upperLetter" else ord("a")) + count - 1)
    return str(count)


def _chinese(count: int) -> str:
    """Write a number below a hundred as Chinese counts; greater ones as digits.

    >>> [_chinese(number) for number in (1, 10, 12, 20, 35)]
    ['一', '十', '十二', '二十', '三十五']
    """
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    ten = f"{_DIGITS[tens] if tens > 1 else ''}十" if tens else ""
    return ten + (_DIGITS[ones] if ones else "")
