"""Web pages (.html): what a reader sees, in its order."""

import re
from typing import Any

from zhashui_stats.audit.document.flow import Flow, LineOrTable
from zhashui_stats.errors import UnreadableDocument
from zhashui_stats.reading.sheets import decode, marked_encoding

__all__ = ["read_web"]

_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_GB = {"gb2312", "gbk", "gb_2312-80", "x-gbk"}
_UNSEEN = {
    "script", "style", "head", "title", "template", "noscript", "select", "textarea", "object",
    "iframe", "svg", "math", "audio", "video", "canvas", "datalist",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "ul",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# As a browser does, but for no-break spaces, which stand for themselves.
_SPACE = re.compile(r"[ \t\n\r\f]+")
# Pages with a page pasted into them close twice, and a parser drops what follows the first end.
_CLOSED = re.compile(r"</(?:html|body)\s{0,9}>", re.IGNORECASE)
_TOO_DEEP = "嵌套过深或结构有误"


def read_web(content: bytes, name: str) -> list[LineOrTable]:
    """Return the visible lines and the tables of a web page.

    Raises:
        UnreadableDocument: It is nested too deeply.
        FaultyData: Its encoding is not known.
    """
    from lxml import etree  # noqa: PLC0415 -- plain text needs no parser

    text = _CLOSED.sub("", _decode(content, name))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    # The parser stops at its limit of depth without a word, and the rest would be lost.
    if any("depth" in error.message.lower() for error in parser.error_log):
        raise UnreadableDocument(name, _TOO_DEEP, "请在浏览器中打开，把正文另存为 .txt 或 .docx")
    flow = Flow()
    if root is not None:
        _walk(root, flow)
    return flow.blocks()


def _decode(content: bytes, name: str) -> str:
    declared = _META.search(content[:4096])
    if declared and not marked_encoding(content):
        label = declared[1].decode("ascii").lower()
        try:
            return content.decode("gb18030" if label in _GB else label)
        except (LookupError, ValueError):
            pass  # A wrong declaration is common; the bytes tell.
    return decode(content, name).removeprefix("\ufeff")


def _walk(root: Any, flow: Flow) -> None:
    from lxml import etree  # noqa: PLC0415

    walker = etree.iterwalk(root, events=("start", "end"))
    verbatim = 0
    for event, element in walker:
        if event == "start":
            if element.tag in _UNSEEN or _is_hidden(element):
                walker.skip_subtree()
                continue
            verbatim += element.tag == "pre"
            _open(element, flow)
            _say(element.text, flow, verbatim)
            continue
        if element.tag not in _UNSEEN and not _is_hidden(element):
            verbatim -= element.tag == "pre"
            _close(element, flow)
        if element is not root:
            _say(element.tail, flow, verbatim)


def _is_hidden(element: Any) -> bool:
    attributes = element.attrib
    return bool(attributes) and (
        "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))
    )


def _say(text: str | None, flow: Flow, verbatim: int) -> None:
    if not text:
        return
    if not verbatim:
        flow.add(_SPACE.sub(" ", text))
        return
    first, *others = text.split("\n")
    flow.add(first)
    for line in others:
        flow.end_line()
        flow.add(line)


def _open(element: Any, flow: Flow) -> None:
    match element.tag:
        case "br":
            flow.end_line()
        case "table":
            flow.open_table()
        case "tr":
            flow.open_row()
        case "td" | "th":
            flow.open_cell(_number(element, "colspan"), _number(element, "rowspan"))
        case tag if tag in _BLOCKS:
            flow.end_line()


def _close(element: Any, flow: Flow) -> None:
    match element.tag:
        case "table":
            flow.close_table()
        case "td" | "th":
            flow.close_cell()
        case tag if tag in _BLOCKS:
            flow.end_line()


def _number(element: Any, attribute: str) -> int:
    text = element.get(attribute, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1
