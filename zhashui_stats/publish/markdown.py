"""Markdown to HTML for one page: CommonMark without raw HTML, its own pictures, its outline."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import validateLink
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from zhashui_stats.publish.pictures import PICTURES, picture_address

__all__ = ["Heading", "Page", "find_lost_pictures"]


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

    def render(
        self, source: str, attachments: Mapping[str, Mapping[str, Any]] | None = None
    ) -> str:
        """Turn a cell's Markdown into HTML; headings get ids that are theirs alone.

        Args:
            source: The Markdown.
            attachments: The pictures that the cell holds: name -> media type -> base64.
        """
        tokens = _PARSER.parse(source)
        for opening, inline in pairwise(tokens):
            if opening.type == "heading_open":
                self._place(opening, inline)
        _demote(tokens)
        return str(_PARSER.renderer.render(tokens, _PARSER.options, {"attachments": attachments}))

    def lead_links(self, html: str) -> str:
        """Let links to headings by their words (#一、情况), as Jupyter writes them, lead there."""
        ids = {heading.text.strip().replace(" ", "-"): heading.id for heading in self.headings}
        return _LINK.sub(lambda link: _lead(link, ids), html)

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


def find_lost_pictures(
    source: str, attachments: Mapping[str, Mapping[str, Any]] | None = None
) -> Iterator[str]:
    r"""Give the addresses of pictures of which a page shows nothing but the text.

    >>> list(find_lost_pictures("![甲](a.png) ![乙][1]\n\n[1]: https://a.b/c.png"))
    ['a.png', 'https://a.b/c.png']
    """
    for block in _PARSER.parse(source) if "![" in source else ():
        for token in block.children or ():
            address = str(token.attrGet("src") or "")
            if token.type == "image" and not _held(address, attachments):
                yield unquote(address)


def _lead(link: re.Match[str], ids: Mapping[str, str]) -> str:
    words = unquote(link[1]).strip()
    return f'href="#{escape(ids[words])}"' if words in ids else link[0]


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = _is_link  # type: ignore[assignment, method-assign]  # as documented
    parser.add_render_rule("image", _picture)
    return parser


def _is_link(address: str) -> bool:
    return bool(_ATTACHED.match(address)) or validateLink(address)


def _picture(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, env: Mapping[str, Any]
) -> str:
    """Show a picture that the notebook holds; of any other its text: the page asks for nothing."""
    alternative = escapeHtml(_plain(tokens[index].children or ()))
    held = _held(str(tokens[index].attrGet("src") or ""), env.get("attachments"))
    return f'<img src="{escape(held)}" alt="{alternative}">' if held else alternative


def _held(address: str, attachments: Mapping[str, Mapping[str, Any]] | None) -> str:
    """Return the address of a picture within the notebook; empty where it is none of its own."""
    if _HELD.match(address):
        return address
    if not _ATTACHED.match(address):
        return ""
    forms = (attachments or {}).get(unquote(_ATTACHED.sub("", address)), {})
    kinds = (kind for kind in PICTURES if kind in forms)
    return next((picture_address(kind, "".join(forms[kind])) for kind in kinds), "")


_ATTACHED = re.compile("^attachment:", re.IGNORECASE)
_HELD = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$")
_LINK = re.compile('href="#([^"]*)"')
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
