"""A document to proofread: its text as read, and where in the text its tables stand.

- ``word``, ``web``, ``pdf``: one format each, to lines and tables in reading order;
  ``numbering``: the numbers that Word gives to paragraphs by itself.
- ``flow``: lines and tables of any format become one text.
- ``text_tables``: tables that are nothing but text.
"""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from zhashui_stats.audit.document.flow import Document, LineOrTable, TextTable, assemble, clean
from zhashui_stats.audit.document.pdf import read_pdf
from zhashui_stats.audit.document.text_tables import find_text_tables
from zhashui_stats.audit.document.web import read_web
from zhashui_stats.audit.document.word import read_word
from zhashui_stats.errors import FaultyData, UnreadableDocument
from zhashui_stats.reading.sheets import decode

__all__ = ["Document", "TextTable", "read_document"]

_Reader: TypeAlias = Callable[[bytes, str], list[LineOrTable]]

_MAX_BYTES = 20 << 20
_KNOWN = ".txt、.docx、.html 或 .pdf"
_SAVE_AS = "请用 Word 或 WPS 打开，另存为 .docx 或 .pdf 后重试"
_OTHERS = {
    ".doc": _SAVE_AS,
    ".wps": _SAVE_AS,
    ".rtf": _SAVE_AS,
    ".odt": _SAVE_AS,
    ".docm": _SAVE_AS,
    ".ofd": "请用 OFD 阅读器打开，另存为 .pdf 后重试",
    ".mht": "请用浏览器打开，另存为 .html 后重试",
    ".mhtml": "请用浏览器打开，另存为 .html 后重试",
}
_BINARY = (
    (b"%PDF-", "内容是 PDF", "请把扩展名改为 .pdf"),
    (b"PK\x03\x04", "内容是 Word 文档或压缩包", "如果是 Word 文档，请把扩展名改为 .docx"),
    (b"\xd0\xcf\x11\xe0", "内容是旧版的或加密的 Office 文档", _SAVE_AS),
)
# So many characters in a thousand that no text holds make a file binary.
_MOST_STRANGE = 5


def read_document(path: str | Path) -> Document:
    """Read a document: .txt, .docx, .html or .pdf, told by its suffix.

    A text file keeps every character but control characters; the other formats give their lines
    in reading order, each row of a table as a line with tabs between its cells.

    Raises:
        UnreadableDocument: It is missing, empty, damaged, encrypted, too large, of another
            format, or pictures without text.
    """
    path = Path(path)
    name = path.name or str(path)
    reader = _reader(path, name)
    content = _content(path, name)
    try:
        text, tables = assemble(reader(content, name))
    except FaultyData as error:
        fault = error.faults[0]
        row = f"第{fault.row}行" if fault.row else ""
        found = f"{row}{fault.kind.label}{fault.found and f'（{fault.found}）'}"
        raise UnreadableDocument(name, found, f"应为：{fault.expected}") from None
    if not text.strip():
        raise UnreadableDocument(name, "里面没有文字", "请换成有文字的文档")
    return Document(name, text, find_text_tables(text, tables))


def _reader(path: Path, name: str) -> _Reader:
    if not path.exists():
        raise UnreadableDocument(name, "没有这个文件", "请核对路径和文件名")
    if path.is_dir():
        raise UnreadableDocument(name, "是文件夹", f"请指明其中的一个文件（{_KNOWN}）")
    if not path.is_file():
        raise UnreadableDocument(name, "不是普通文件", f"请换成 {_KNOWN} 文件")
    match path.suffix.lower():
        case ".txt":
            return _read_text
        case ".docx":
            return read_word
        case ".html" | ".htm" | ".xhtml":
            return read_web
        case ".pdf":
            return read_pdf
        case suffix:
            found = f"不支持 {suffix} 格式" if suffix else "文件名没有扩展名"
            advice = _OTHERS.get(suffix, f"请换成 {_KNOWN} 文件")
            raise UnreadableDocument(name, found, advice)


def _content(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        found = error.strerror or type(error).__name__
        raise UnreadableDocument(name, found, "请确认文件可以打开") from None
    if len(content) > _MAX_BYTES:
        advice = "请只保留通报的正文和附件，去掉图片"
        raise UnreadableDocument(name, f"文件超过 {_MAX_BYTES >> 20} MB", advice)
    if not content.strip():
        raise UnreadableDocument(name, "文件是空的", "请换成有文字的文档")
    return content


def _read_text(content: bytes, name: str) -> list[LineOrTable]:
    for mark, found, advice in _BINARY:
        if content.startswith(mark):
            raise UnreadableDocument(name, found, advice)
    text = decode(content, name).removeprefix("\ufeff")
    if _is_binary(text):
        raise UnreadableDocument(name, "不是文本", f"请换成 {_KNOWN} 文件")
    return [clean(text)]


def _is_binary(text: str) -> bool:
    """Bytes of any kind may decode as GB18030, but then hold what no text does."""
    sample = text[: 1 << 16]
    strange = sum(unicodedata.category(character) in ("Cc", "Cn", "Co") for character in sample)
    laid_out = sum(map(sample.count, "\t\n\r\f\v"))
    return (strange - laid_out) * 1000 > len(sample) * _MOST_STRANGE
