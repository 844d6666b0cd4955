"""The Chinese font: one face for charts and pages, the same on every machine.

It comes with a dependency and never from the system. A character that it does not have is an
error, so that no page shows an empty box.
"""

import base64
import struct
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from zhashui_stats.errors import MissingGlyph

if TYPE_CHECKING:
    import uharfbuzz  # type: ignore[import-untyped]

__all__ = ["FAMILY", "check", "font_face", "register", "subset"]

FAMILY = "Zhashui Sans"
"""The family's name in charts and pages: our own, so that no installed font competes with it."""

_FACE = 2
"""The face `Noto Sans CJK SC` of the collection: Chinese forms, proportional."""

_DROPPED_TABLES = ("BASE", "GDEF", "VORG", "vhea", "vmtx")
"""Tables for vertical text and for layout that a page does without."""

_FEATURES = ("halt", "chws")
"""Half-width punctuation, by which a browser tightens two marks in a row; digits are tabular."""

_QUALITY = 10
"""Brotli: 11 takes three times as long for one per cent less."""


def check(text: str) -> None:
    """Make sure that the font has every visible character of a text.

    Raises:
        MissingGlyph: It does not; names each missing character with its code point.

    >>> check("政务公开 124 篇")
    """
    missing = [one for one in sorted(set(text)) if not (_is_blank(one) or _has(one))]
    if missing:
        named = "、".join(_name(one) for one in missing)
        raise MissingGlyph(
            f"字体中没有这些字符：{named}；请在数据、段落或单位名册中改用字体已有的字"
        )


def subset(text: str) -> bytes:
    """Cut the font down to the characters of a text.

    Returns:
        A WOFF2 font; the same bytes for the same set of characters.

    Raises:
        MissingGlyph: The font lacks a character.
    """
    check(text)
    return _subset("".join(one for one in sorted(set(text)) if _has(one)))


def font_face(text: str) -> str:
    """Return the CSS rule that embeds the font, cut down to the characters of a text."""
    data = base64.b64encode(subset(text)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-display:block;'
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )


@cache
def register() -> str:
    """Make the font known to matplotlib and return its family.

    Only this face is added, under a name of our own: no font of the system can take its place.
    """
    import noto_cjk_sans_otc  # type: ignore[import-untyped] # noqa: PLC0415 -- who only reads data pays nothing for fonts
    from matplotlib.font_manager import FontEntry, fontManager  # noqa: PLC0415

    entry = FontEntry(fname=noto_cjk_sans_otc.FONT_PATH, index=_FACE, name=FAMILY, weight=400)
    fontManager.ttflist.append(entry)
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
    return _woff2(bytes(hb.subset(_face(), wanted).blob.data))


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


# WOFF2 (W3C Recommendation): a header, a directory, and all tables compressed in one stream.
# Fonts with CFF outlines need none of its transformations, which leaves little to do.


def _woff2(font: bytes) -> bytes:
    import brotli  # type: ignore[import-untyped] # noqa: PLC0415

    tables = _tables(font)
    directory = b"".join(_directory_entry(tag, data) for tag, data in tables)
    plain = b"".join(data for _, data in tables)
    stream: bytes = brotli.compress(plain, mode=brotli.MODE_FONT, quality=_QUALITY)
    length = _padded(48 + len(directory) + len(stream))
    expanded = 12 + sum(16 + _padded(len(data)) for _, data in tables)
    header = struct.pack(
        ">4s4sIHHIIHHIIIII",
        b"wOF2", font[:4], length, len(tables), 0, expanded, len(stream), 1, 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    return (header + directory + stream).ljust(length, b"\0")


def _tables(font: bytes) -> list[tuple[bytes, bytes]]:
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4s4xII", font, 12 + 16 * number) for number in range(count))
    return [(tag, font[offset : offset + size]) for tag, offset, size in records]


def _directory_entry(tag: bytes, data: bytes) -> bytes:
    """Name a table by its four letters (63 says that they follow) and give its size."""
    return bytes([63]) + tag + bytes(_base128(len(data)))


def _base128(number: int) -> Iterable[int]:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(number & 0x7F | 0x80)
    return reversed(digits)


def _padded(size: int) -> int:
    return size + -size % 4
