"""From the text as read to sentences that can be understood, each character knowing its place.

Circulars are copied out of PDF and Word: clauses are broken by lines and pages, digits are
full-width, spaces stray. Folding undoes this; the place of every character is kept, so that a
finding can point at the text as read.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from zhashui_stats.audit.document import Document
from zhashui_stats.model.names import FOLDED

__all__ = ["Folded", "Sentence", "fold", "read_sentences"]

_PAGE_NUMBER = re.compile(
    r"\s*[-—–－·—]*\s*第?\s*[0-9０-９]{1,4}\s*页?(?:\s*[,，/共]*\s*[0-9０-９]{1,4}\s*页)?\s*[-—–－·—]*\s*"
)
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_CHAPTER = re.compile(rf"{_NUMERAL}、")
_SECTION = re.compile(rf"\({_NUMERAL}\)")
_POINT = re.compile(rf"(?:{_NUMERAL}是|\d{{1,2}}[.、](?!\d))")
_MARK = re.compile(
    rf"\s*(?:-\s*)?(?:{_NUMERAL}、|[（(]{_NUMERAL}[）)]|附\s*件|[0-9０-９]{{1,2}}[.、．](?![0-9０-９]))"
)
_ENDS = "。！？!?：:"
_LONGEST_HEADING = 40
_LONGEST_SENTENCE = 600
_CIRCLED = re.compile("[①-⑳]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Text without white space and full-width forms.

    Attributes:
        text: The folded characters.
        origin: For each of them, its place in the text as read.
    """

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the text as read of ``text[start:end]``, which is not empty."""
        return self.origin[start], self.origin[end - 1] + 1

    def part(self, start: int, end: int) -> "Folded":
        """Return ``text[start:end]`` with its places."""
        return Folded(self.text[start:end], self.origin[start:end])


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the prose, or a heading.

    Attributes:
        body: Its folded text.
        section: The headings that it stands under, such as 二、存在的问题 四是信息数量不均衡.
        chapter: Number of the chapter it stands in; 0 before the first.
        paragraph: Number of the paragraph it stands in.
        is_heading: Whether it is itself a heading.
    """

    body: Folded
    section: str
    chapter: int
    paragraph: int
    is_heading: bool = False

    @property
    def text(self) -> str:
        """The folded text."""
        return self.body.text


def fold(text: str, *stretches: tuple[int, int]) -> Folded:
    """Fold some stretches of the text as read, given as (start, end), into one."""
    characters: list[str] = []
    origin: list[int] = []
    for start, end in stretches:
        for place in range(start, end):
            folded = _fold_character(text[place])
            characters += folded
            origin += [place] * len(folded)
    return Folded("".join(characters), tuple(origin))


@lru_cache(maxsize=20_000)
def _fold_character(character: str) -> str:
    if character.isspace() or unicodedata.category(character) == "Cf":
        return ""
    return (
        character
        if _CIRCLED.match(character)
        else "".join(unicodedata.normalize("NFKC", character).translate(FOLDED).split())
    )


def read_sentences(document: Document) -> tuple[list[Sentence], list[Folded]]:
    """Part the prose into sentences.

    Returns:
        The sentences in the order of the text, and the page numbers left aside.
    """
    lines, pages = _prose_lines(document)
    sections = _Sections()
    sentences = [
        sections.place(part, number)
        for number, paragraph in enumerate(_paragraphs(document.text, lines))
        for part in _split(paragraph)
    ]
    return sentences, pages


def _prose_lines(document: Document) -> tuple[list[tuple[int, int]], list[Folded]]:
    """Return the lines outside tables, and the page numbers among them."""
    lines: list[tuple[int, int]] = []
    pages: list[Folded] = []
    for start, end in _outside_tables(document):
        for line in re.finditer(r"[^\n\f]+", document.text[start:end]):
            place = (start + line.start(), start + line.end())
            if not line.group().strip():
                continue
            if _PAGE_NUMBER.fullmatch(line.group()):
                pages.append(fold(document.text, place))
            else:
                lines.append(place)
    return lines, pages


def _outside_tables(document: Document) -> Iterator[tuple[int, int]]:
    last = 0
    for table in document.tables:
        yield last, table.start
        last = table.end
    yield last, len(document.text)


def _paragraphs(text: str, lines: Iterable[tuple[int, int]]) -> Iterator[Folded]:
    """Join lines that break within a sentence; headings and what follows a full stop part them."""
    open_lines: list[tuple[int, int]] = []
    for line in lines:
        if open_lines and (_MARK.match(text, *line) or _is_closed(text, open_lines)):
            yield fold(text, *open_lines)
            open_lines = []
        open_lines.append(line)
    if open_lines:
        yield fold(text, *open_lines)


def _is_closed(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether a paragraph ends here: with a full stop, or because it is a heading."""
    last = text[slice(*lines[-1])].strip()
    if last.rstrip('”’）)"').endswith(tuple(_ENDS)):
        return True
    mark = _MARK.match(last) if len(lines) == 1 and len(last) <= _LONGEST_HEADING else None
    return bool(mark and not re.search("[,，;；、。]", last[mark.end() :]))


def _split(paragraph: Folded) -> Iterator[Folded]:
    """Part a paragraph at its full stops, a closing quotation mark going with its sentence."""
    last = 0
    for stop in re.finditer('[。!?]+[”’)"]*', paragraph.text):
        yield from _cut(paragraph.part(last, stop.end()))
        last = stop.end()
    if last < len(paragraph.text):
        yield from _cut(paragraph.part(last, len(paragraph.text)))


def _cut(sentence: Folded) -> Iterator[Folded]:
    """Part a sentence longer than anyone writes, so that time grows with length and no faster."""
    start, length = 0, len(sentence.text)
    while length - start > _LONGEST_SENTENCE:
        middle, limit = start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE
        cuts = (sentence.text.rfind(mark, middle, limit) + 1 for mark in ";,、")
        stop = next(filter(None, cuts), limit)
        yield sentence.part(start, stop)
        start = stop
    yield sentence.part(start, length)


class _Sections:
    """Keeps under which headings the text stands."""

    def __init__(self) -> None:
        self.headings = ["", "", ""]
        self.chapter = 0

    def place(self, body: Folded, paragraph: int) -> Sentence:
        is_heading = False
        for level, mark in enumerate((_CHAPTER, _SECTION, _POINT)):
            if mark.match(body.text) and (level != 2 or len(body.text) <= _LONGEST_HEADING):
                self.headings[level:] = [body.text.rstrip("。:"), *[""] * (2 - level)]
                self.chapter += level == 0
                is_heading = len(body.text) <= _LONGEST_HEADING
        section = " ".join(heading for heading in self.headings if heading)
        return Sentence(body, section, self.chapter, paragraph, is_heading)
