"""The Chinese font: one face for charts and pages, the same on every machine.

It comes with a dependency and never from the system. A character that it does not have is an
error, so that no page shows an empty box.
"""

import base64
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from zhashui_stats.errors import MissingGlyph

if TYPE_CHECKING:
    import uharfbuzz  # type: ignore[import-untyped]

__all__ = ["FAMILY", "check", "font_face", "lacking", "register", "subset"]

FAMILY = "Zhashui Sans"
"""The family's name in charts and pages: our own, so that no installed font competes with it."""

_FACE = 2
"""The face `Noto Sans CJK SC` of the collection: Chinese forms, proportional."""

_WEIGHTS = range(100, 1000, 100)

_DROPPED_TABLES = ("BASE", "GDEF", "VORG", "vhea", "vmtx")
"""Tables for vertical text and for layout that a page does without."""

_FEATURES = ("halt", "chws")
"""Half-width punctuation, by which a browser tightens two marks in a row; digits are tabular."""


def check(text: str) -> None:
    """Make sure that the font has every visible character of a text.

    Raises:
        MissingGlyph: It does not; names each missing character with its code point.

    >>> check("政务公开 124 篇")
    """
    if missing := lacking(text):
        named = "、".join(map(_name, missing))
        raise MissingGlyph(
            f"字体中没有这些字符：{named}；请在数据、段落或单位名册中改用字体已有的字"
        )


def lacking(text: str) -> list[str]:
    """Return the visible characters of a text that the font does not have, each once.

    >>> lacking("政务公开 124 篇")
    []
    """
    return [
        character
        for character in sorted(set(text))
        if not (_is_blank(character) or _has(character))
    ]


def subset(text: str) -> bytes:
    """Cut the font down to the characters of a text.

    Returns:
        An OpenType font, about 160 bytes a character; the same characters give
        the same bytes.

    Raises:
        MissingGlyph: The font lacks a character.
    """
    check(text)
    return _subset("".join(filter(_has, sorted(set(text)))))


def font_face(text: str) -> str:
    """Return the CSS rule that embeds the font, cut down to the characters of a text."""
    data = base64.b64encode(subset(text)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-display:block;'
        f"src:url(data:font/otf;base64,{data}) format('opentype')}}"
    )


@cache
def register() -> str:
    """Make the font known to matplotlib and return its family.

    Only this face is added, under a name of our own: no font of the system can take its place. It
    stands for every weight: of one that is lacking, matplotlib would complain on the terminal.
    """
    import noto_cjk_sans_otc  # type: ignore[import-untyped] # noqa: PLC0415 -- who only reads data pays nothing for fonts
    from matplotlib.font_manager import FontEntry, fontManager  # noqa: PLC0415

    fontManager.ttflist += [
        FontEntry(fname=noto_cjk_sans_otc.FONT_PATH, index=_FACE, name=FAMILY, weight=weight)
        for weight in _WEIGHTS
    ]
    return FAMILY


@lru_cache(maxsize=8)
def _subset(characters: str) -> bytes:
    import uharfbuzz as hb  # noqa: PLC0415

    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.UNICODE).update(map(ord, characters))
    features = wanted.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    features.update(map(_tag, _FEATURES))
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(map(_tag, _DROPPED_TABLES))
    flags = hb.SubsetFlags
    wanted.flags = flags.NO_HINTING | flags.DESUBROUTINIZE | flags.NO_BIDI_CLOSURE
    return bytes(hb.subset(_face(), wanted).blob.data)


@cache
def _face() -> "uharfbuzz.Face":
    import noto_cjk_sans_otc  # noqa: PLC0415
    import uharfbuzz as hb  # noqa: PLC0415

    return hb.Face(hb.Blob.from_file_path(noto_cjk_sans_otc.FONT_PATH), _FACE)


@cache
def _code_points() -> "uharfbuzz.Set":
    return _face().unicodes


def _has(character: str) -> bool:
    return ord(character) in _code_points()


def _is_blank(character: str) -> bool:
    """White space and invisible format marks need no glyph; control characters are faults."""
    return character.isspace() or unicodedata.category(character) == "Cf"


def _name(character: str) -> str:
    shown = f"“{character}”" if character.isprintable() else ""
    return f"{shown}U+{ord(character):04X}"


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"))
