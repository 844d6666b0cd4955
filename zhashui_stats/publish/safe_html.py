"""HTML of an output, made safe: it asks nothing of the network and runs nothing.

What the project's own tables and charts write passes as it is. Of anything else only what is known
to be harmless is kept, by ``bleach``, with which nbconvert itself cleans HTML.
"""

import re
from html import unescape

__all__ = ["is_harmless", "make_harmless"]

_TEXT = frozenset((
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd",
    "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp",
    "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
    "nav", "main", "article", "aside", "header", "footer", "address",
))  # fmt: skip
_DRAWING = frozenset((
    "svg", "g", "path", "text", "tspan", "use", "defs", "clippath", "rect", "circle", "ellipse",
    "line", "polyline", "polygon", "title", "desc", "lineargradient", "radialgradient", "stop",
    "marker", "symbol", "pattern", "mask",
))  # fmt: skip
_TAGS = _TEXT | _DRAWING
_ADDRESSES = frozenset(("href", "xlink:href", "src"))
# What loads, sends or runs, or stands for something of the page's own.
_REFUSED = frozenset((
    "srcset", "background", "action", "formaction", "ping", "http-equiv", "srcdoc", "data",
    "poster", "manifest", "archive", "codebase", "classid", "longdesc", "lowsrc", "dynsrc",
    "profile", "cite", "usemap", "imagesrcset", "nonce",
))  # fmt: skip
_KEPT = frozenset((
    "href", "src", "alt", "title", "class", "id", "colspan", "rowspan", "scope", "headers",
    "lang", "dir", "width", "height", "start", "reversed", "value", "datetime", "open", "role",
    "tabindex", "aria-label", "aria-hidden", "aria-labelledby",
))  # fmt: skip
_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z:-]+(?:="[^"<>]*")?)*)\s*/?>""")
_ATTRIBUTE = re.compile(r"""([A-Za-z:-]+)(?:="([^"]*)")?""")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_OF_LINKS = frozenset(("http:", "https:", "mailto:"))
_PLACE = re.compile("#")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);", re.IGNORECASE)
# Read by people, never as an address or a style.
_SAID = frozenset(("alt", "title", "aria-label"))
# Drawings name their own parts, url(#clip), in styles and in several attributes; CSS writes any
# letter with a backslash, in both.
_LOADING = re.compile(r"url\s*\((?!\s*['\"]?#)|@import|expression|\\|image-set|/\*", re.IGNORECASE)
_SILENT = re.compile(
    r"<(script|style|noscript|template|iframe|object|embed)\b.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
# With each of its tables pandas sends how JupyterLab should set it.
_OF_PANDAS = re.compile(r"<style scoped>.*?</style>\s*", re.DOTALL)


def make_harmless(html: str) -> str:
    """Return HTML without anything that could load, send or run; harmless HTML as it is.

    >>> make_harmless('<p class="n">合计<b>3</b></p>')
    '<p class="n">合计<b>3</b></p>'
    >>> make_harmless('<meta http-equiv="refresh" content="0;url=//a.b"><p onclick="x()">字</p>')
    '<p>字</p>'
    """
    own = _OF_PANDAS.sub("", html)
    return own if is_harmless(own) else _clean(own)


def is_harmless(html: str) -> bool:
    """Tell whether HTML is plainly written and holds only what is known to be harmless."""
    own = _OF_PANDAS.sub("", html)
    if "<" in _TAG.sub("", own):
        return False
    tags = {(name.lower(), attributes) for _, name, attributes in _TAG.findall(own)}
    return all(
        name in _TAGS and all(_is_allowed(name, *found) for found in _ATTRIBUTE.findall(attributes))
        for name, attributes in tags
    )


def _is_allowed(tag: str, name: str, value: str) -> bool:
    # Browsers read an attribute's entities before anything else.
    name, value = name.lower(), unescape(value)
    if name in _ADDRESSES:
        if tag == "a":
            return _is_link(value)
        return bool((_PICTURE if tag == "img" else _PLACE).match(value))
    if name in _REFUSED or name.startswith("on"):
        return False
    return name in _SAID or not _LOADING.search(value)


def _is_link(address: str) -> bool:
    """Tell whether an address, followed by who reads the page, leads to a page or a mailbox."""
    # Browsers pass over blanks and control characters within a scheme.
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address))
    return scheme is None or scheme[0].lower() in _OF_LINKS


def _clean(html: str) -> str:
    from bleach.sanitizer import Cleaner  # noqa: PLC0415 -- our own pages never need it

    cleaner = Cleaner(tags=_TEXT, attributes=_keeps, strip=True, strip_comments=True)
    return str(cleaner.clean(_SILENT.sub("", html)))


def _keeps(tag: str, name: str, value: str) -> bool:
    # A foreign style, made for another page, is not kept.
    return name in _KEPT and _is_allowed(tag, name, value)
