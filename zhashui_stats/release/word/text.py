"""Text in a Chinese Word document: what may stand in it, how wide it is, whose font it takes."""

import re
import unicodedata

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

__all__ = ["add_text", "clean", "width"]

_SPACE = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
# Control characters print nothing; those of direction could show a number turned round.
_DROPPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NOT_XML = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""Return a text that XML can hold, in one line.

    >>> clean("甲\n乙\x00\ud800<&>")
    '甲 乙\ufffd<&>'
    """
    return _NOT_XML.sub("\ufffd", _DROPPED.sub("", _SPACE.sub(" ", text)))


def width(text: str) -> float:
    """Return how many Chinese characters' room a text takes; a Latin character takes half.

    >>> width("2022年7月8日")
    6.0
    """
    return sum(1.0 if _is_wide(character) else 0.5 for character in text)


def add_text(paragraph: Paragraph, text: str) -> Run:
    """Add a run of text to a paragraph.

    Quotation marks, dashes and their like belong to both scripts: a hint makes them Chinese.
    """
    cleaned = clean(text)
    run = paragraph.add_run(cleaned)
    if any(unicodedata.east_asian_width(character) == "A" for character in cleaned):
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    return run


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"
