"""Word documents (.docx): the paragraphs and tables of the body, in their order."""

import io
import zipfile
from typing import Any

from zhashui_stats.audit.document.flow import Flow, LineOrTable
from zhashui_stats.audit.document.numbering import Numbering
from zhashui_stats.errors import UnreadableDocument

__all__ = ["read_word"]

_OLE = b"\xd0\xcf\x11\xe0"
_MAIN = "word/document.xml"
_RELATIONS = "_rels/.rels"
_NUMBERING = "word/numbering.xml"
_STYLES = "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH = f"{_W}p"
_EMBEDDED = f"{_W}altChunk"
# Some programs write the strict form of the format, under a name of its own.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# The longest circular takes less than a tenth of this.
_MAX_UNPACKED = 16 << 20
_SKIPPED = {f"{_W}{tag}" for tag in ("del", "moveFrom", "rt", "pPr", "tblPr", "sectPr")}
_SKIPPED.add(_FALLBACK)
_DEEPEST = 200
_ADVICE = "请用 Word 或 WPS 打开、另存为 .docx 后重试"


def read_word(content: bytes, name: str) -> list[LineOrTable]:
    """Return the lines and tables of a Word document.

    What tracked changes deleted, hidden text, notes, headers and footers are left out.

    Raises:
        UnreadableDocument: It is no Word document, encrypted, damaged or too large.
    """
    if content.startswith(_OLE):
        found = "是加密的文档，或旧版 .doc 改了扩展名"
        raise UnreadableDocument(name, found, "请在 Word 或 WPS 中取消密码、另存为 .docx 后重试")
    body = _body(_parse(_unpack(content, name, _main_part(content, name)), name), name)
    flow = Flow()
    _walk(body, flow, name, _read_numbering(content, name))
    return flow.blocks()


def _main_part(content: bytes, name: str) -> str:
    """Return the part that holds the text; some programs call it ``word/document2.xml``."""
    try:
        relations = _parse(_unpack(content, name, _RELATIONS), name)
    except KeyError:
        return _MAIN
    for relation in relations:
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/") or _MAIN
    return _MAIN


def _read_numbering(content: bytes, name: str) -> Numbering:
    """Read how the document numbers its paragraphs; many have no such parts."""
    parts = []
    for part in (_NUMBERING, _STYLES):
        try:
            parts.append(_parse(_unpack(content, name, part), name))
        except KeyError:
            parts.append(None)
    return Numbering(*parts)


def _unpack(content: bytes, name: str, wanted: str = _MAIN) -> bytes:
    """Return a part of the document.

    Raises:
        KeyError: There is no such part, and it is not the main one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts, parts.open(wanted) as part:
            # What a part says of its own size may be wrong: count while unpacking.
            text = part.read(_MAX_UNPACKED + 1)
    except KeyError:
        if wanted in (_RELATIONS, _NUMBERING, _STYLES):
            raise
        raise UnreadableDocument(name, "是压缩包，但不是 Word 文档", _ADVICE) from None
    except RuntimeError:
        raise UnreadableDocument(name, "压缩包有密码", "请取消密码后重试") from None
    except Exception:  # noqa: BLE001, RUF100 -- zipfile raises anything on a damaged archive
        raise UnreadableDocument(name, "不是完好的 Word 文档", _ADVICE) from None
    if len(text) > _MAX_UNPACKED:
        raise UnreadableDocument(name, "解压后的正文过大", "请只保留通报的正文和附件")
    return text.replace(_STRICT, _W[1:-1].encode())


def _parse(text: bytes, name: str) -> Any:
    from lxml import etree  # noqa: PLC0415 -- plain text needs no parser

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        raise UnreadableDocument(name, "正文的 XML 有误，或嵌套过深", _ADVICE) from None
    # Word never writes a document type; with one, entities could grow without limit.
    if root.getroottree().docinfo.doctype:
        found = "正文的 XML 带有文档类型声明（DOCTYPE），Word 不会这样保存"
        raise UnreadableDocument(name, found, _ADVICE)
    return root


def _body(root: Any, name: str) -> Any:
    body = root.find(f"{_W}body")
    if body is None:
        raise UnreadableDocument(name, "没有正文", _ADVICE)
    return body


def _walk(body: Any, flow: Flow, name: str, numbering: Numbering) -> None:
    from lxml import etree  # noqa: PLC0415

    walker = etree.iterwalk(body, events=("start", "end"))
    depth = 0
    for event, element in walker:
        if event == "end":
            depth -= 1
            _close(element, flow)
            continue
        depth += 1
        if depth > _DEEPEST:
            raise UnreadableDocument(name, "正文嵌套过深", _ADVICE)
        if element.tag in _SKIPPED or _is_hidden(element):
            walker.skip_subtree()
            continue
        if element.tag == _EMBEDDED:
            found = "正文里嵌有另一份文件（altChunk），读不到它的内容"
            raise UnreadableDocument(name, found, _ADVICE)
        if element.tag == _PARAGRAPH:
            flow.add(numbering.label(element))
        _open(element, flow)


def _is_hidden(element: Any) -> bool:
    if element.tag == f"{_W}r":
        return _is_on(element.find(f"{_W}rPr/{_W}vanish"))
    return element.tag == f"{_W}tr" and element.find(f"{_W}trPr/{_W}del") is not None


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{_W}val", "1") not in ("0", "false", "off")


def _open(element: Any, flow: Flow) -> None:
    match str(element.tag).removeprefix(_W):
        case "t":
            flow.add(" ".join((element.text or "").split("\n")))
        case "tab":
            flow.add("\t")
        case "noBreakHyphen":
            flow.add("-")
        case "br" | "cr":
            flow.end_line()
        case "txbxContent":
            flow.open_box()
        case "tbl":
            flow.open_table()
        case "tr":
            flow.open_row()
            for _ in range(_number(element, "trPr", "gridBefore")):
                flow.open_cell()
        case "tc":
            flow.open_cell(_number(element, "tcPr", "gridSpan"))


def _close(element: Any, flow: Flow) -> None:
    match str(element.tag).removeprefix(_W):
        case "p":
            flow.end_line(keep_blank=True)
        case "txbxContent":
            flow.close_box()
        case "tc":
            flow.close_cell()
        case "tbl":
            flow.close_table()


def _number(element: Any, *path: str) -> int:
    found = element.find("/".join(f"{_W}{tag}" for tag in path))
    text = "" if found is None else found.get(f"{_W}val", "")
    return int(text) if text.isdecimal() and len(text) < 4 else 0
