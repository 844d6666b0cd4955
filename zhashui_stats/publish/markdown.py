"""Markdown to HTML for one page: CommonMark without raw HTML and pictures, and its outline."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

__all__ = ["Heading", "Page"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page.

    Attributes:
        level: From 1, the title.
        id: Its place in the page, such as ``s2-4`` for the fourth section of chapter two.
        text: Without markup.
    """

    level: int
    id: str
    text: str


@dataclass
class Page:
    """Renders the cells of one page in their order and keeps its headings.

    Attributes:
        headings: In the order of the page.

    >>> page = Page()
    >>> print(page.render("## 一、*情况*"), end="")
    <h2 id="s1">一、<em>情况</em></h2>
    >>> page.headings
    [Heading(level=2, id='s1', text='一、情况')]
    """

    headings: list[Heading] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)

    def render(self, source: str) -> str:
        """Turn a cell's Markdown into HTML; headings get ids that are theirs alone."""
        tokens = _PARSER.parse(source)
        for opening, inline in pairwise(tokens):
            if opening.type == "heading_open":
                self._place(opening, inline)
        _demote(tokens)
        return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))

    @property
    def title(self) -> str:
        """The text of the first heading of level 1; empty where there is none."""
        return next((heading.text for heading in self.headings if heading.level == 1), "")

    @property
    def outline(self) -> list[Heading]:
        """The headings that a table of contents lists: chapters and sections."""
        return [heading for heading in self.headings if heading.level in (2, 3)]

    def _place(self, opening: Token, inline: Token) -> None:
        if opening.level:
            return
        level = int(opening.tag[1:])
        heading = Heading(level, self._number(level), _plain(inline.children or ()))
        opening.attrSet("id", heading.id)
        if level == 1:
            inline.children = [
                part for token in inline.children or () for part in _breakable(token)
            ]
        self.headings.append(heading)

    def _number(self, level: int) -> str:
        """Count the headings of each level below the one above; the title stands apart."""
        depth = max(level - 1, 0)
        if not depth:
            titles = sum(heading.level == 1 for heading in self.headings)
            return f"title-{titles + 1}" if titles else "title"
        padded = [*self._numbers, *[0] * depth][:depth]
        self._numbers = [*padded[:-1], padded[-1] + 1]
        return "s" + "-".join(map(str, self._numbers))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("image", _alternative)
    return parser


def _alternative(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object
) -> str:
    """Show a picture's alternative text: the page asks nothing of the network."""
    return escapeHtml(_plain(tokens[index].children or ()))


_PARSER = _parser()
_PERIOD_END = re.compile(r"(?<=[年月度])(?![0-9上下第度]|$)")


def _plain(tokens: Sequence[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(
        _plain(token.children or ())
        if token.type == "image"
        else breaks.get(token.type, token.content)
        for token in tokens
    )


def _breakable(token: Token) -> Iterator[Token]:
    """Let a title break after its period, where one reads a pause, rather than anywhere."""
    if token.type != "text":
        yield token
        return
    for number, part in enumerate(_PERIOD_END.split(token.content)):
        if number:
            yield Token("html_inline", "", 0, content="<wbr>")
        yield Token("text", "", 0, content=part)


def _demote(tokens: Sequence[Token]) -> None:
    """A heading within a quotation or list is no part of the outline: it becomes a paragraph."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close") and token.level:
            token.tag = "p"
            if token.nesting == 1:
                token.attrSet("class", "zs-subhead")
