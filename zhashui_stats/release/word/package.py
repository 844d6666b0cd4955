"""The Word file itself: from our parts to an empty document, from a document to bytes."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from lxml import etree

__all__ = ["new_document", "to_bytes"]

_PARTS = Path(__file__).with_name("parts")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PROPERTIES = "application/vnd.openxmlformats-package.core-properties+xml"

# Name, type and relation of each part that the main one refers to; the numbers of the relations
# rId1, rId2, ... are those that document.xml names.
_RELATED = (
    ("styles", f"{_WORD}.styles+xml", "styles"),
    ("numbering", f"{_WORD}.numbering+xml", "numbering"),
    ("settings", f"{_WORD}.settings+xml", "settings"),
    ("fontTable", f"{_WORD}.fontTable+xml", "fontTable"),
    ("header1", f"{_WORD}.header+xml", "header"),
    ("header2", f"{_WORD}.header+xml", "header"),
    ("footer1", f"{_WORD}.footer+xml", "footer"),
    ("footer2", f"{_WORD}.footer+xml", "footer"),
)
_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive can state


def new_document() -> Document:
    """Return an empty document with page, styles, numbering, fonts and page numbers."""
    parts = {
        _TYPES: _content_types(),
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _template("core"),
        "word/document.xml": _template("document"),
        "word/_rels/document.xml.rels": _relations(
            *((f"{_OFFICE}/{relation}", f"{name}.xml") for name, _, relation in _RELATED)
        ),
        **{f"word/{name}.xml": _template(name) for name, _, _ in _RELATED},
    }
    return docx.Document(io.BytesIO(_zip(parts)))


def to_bytes(document: Document) -> bytes:
    """Write a document; the same content gives the same bytes on every machine."""
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return _zip({name: archive.read(name) for name in archive.namelist()})


def _zip(parts: dict[str, bytes]) -> bytes:
    """Pack parts in a fixed order at a fixed time; what they contain comes first, as Word has it.

    They are stored as they are: what compression gives differs with the version of its library.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=lambda name: (name != _TYPES, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0  # otherwise it tells on which system the file was made
            archive.writestr(entry, parts[name])
    return packed.getvalue()


def _template(name: str) -> bytes:
    """Read a part without its indentation and our comments."""
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True)
    return _serialised(etree.parse(str(_PARTS / f"{name}.xml"), parser))


def _content_types() -> bytes:
    root = etree.Element("Types", xmlns=f"{_PACKAGE}/content-types")
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, "Default", Extension=extension, ContentType=kind)
    for name, kind in (
        ("/docProps/core.xml", _PROPERTIES),
        ("/word/document.xml", f"{_WORD}.document.main+xml"),
        *((f"/word/{name}.xml", kind) for name, kind, _ in _RELATED),
    ):
        etree.SubElement(root, "Override", PartName=name, ContentType=kind)
    return _serialised(root)


def _relations(*relations: tuple[str, str]) -> bytes:
    root = etree.Element("Relationships", xmlns=f"{_PACKAGE}/relationships")
    for number, (kind, target) in enumerate(relations, 1):
        etree.SubElement(root, "Relationship", Id=f"rId{number}", Type=kind, Target=target)
    return _serialised(root)


def _serialised(tree: Any) -> bytes:
    text: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return text
