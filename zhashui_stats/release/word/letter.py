"""The circular as a letter: title, addressees, body, 附件 note, signature, date, annexes."""

from collections.abc import Iterator
from datetime import datetime, time

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.text.paragraph import Paragraph

from zhashui_stats.release.circular import AnnexTable, Circular, SectionTitle, parse_date
from zhashui_stats.release.word.package import new_document, to_bytes
from zhashui_stats.release.word.table_cells import REVISED
from zhashui_stats.release.word.tables import add_table
from zhashui_stats.release.word.text import add_text, clean, width
from zhashui_stats.release.word.titles import break_title

__all__ = ["write_circular"]

_LINE = 579  # twips; 22 lines a page
_CHARACTER = 316  # twips; 28 characters a line
_PAGE = 22 * _LINE
_TITLE_ROOM, _ANNEX_ROOM = 20, 24  # characters of 22 and of 18 pt in a line
_TABLE_NOTE = 500  # twips that are left free below a table
_UNDATED = datetime(1980, 1, 1)  # noqa: DTZ001, RUF100 -- a file's properties know no zone
_EARLIEST = 1000  # years of four digits
_LONGEST_PROPERTY = 255


def write_circular(circular: Circular) -> bytes:
    """Set a circular as a Word document (.docx).

    Page, type and order follow GB/T 9704-2012. What XML cannot hold becomes U+FFFD.

    Returns:
        The file; the same circular gives the same bytes on every run and machine.
    """
    document = new_document()
    _state_properties(document, circular)
    _add_head(document, circular)
    _add_body(document, circular)
    _add_closing(document, circular)
    for annex in circular.annexes:
        _add_annex(document, annex, circular)
    return to_bytes(document)


def _state_properties(document: Document, circular: Circular) -> None:
    properties = document.core_properties
    properties.title = clean(circular.title)[:_LONGEST_PROPERTY]
    properties.author = clean(circular.issuer)[:_LONGEST_PROPERTY]
    day = parse_date(circular.date)
    dated = day is not None and day.year >= _EARLIEST
    properties.created = datetime.combine(day, time()) if day and dated else _UNDATED
    if circular.note:
        section = document.sections[0]
        for header in (section.header, section.even_page_header):
            add_text(header.paragraphs[0], circular.note)


def _add_head(document: Document, circular: Circular) -> None:
    _add_title(document, "Title", circular.title, _TITLE_ROOM)
    if circular.note:
        _add(document, "标题说明", f"（{circular.note}）")
    if circular.addressees:
        _set_apart(_add(document, "Salutation", f"{circular.addressees}："))


def _add_body(document: Document, circular: Circular) -> None:
    for place, part in enumerate(circular.body):
        style = f"Heading {part.level}" if isinstance(part, SectionTitle) else "Body Text"
        paragraph = _add(document, style, part.text)
        if place == 0 and not circular.addressees:
            _set_apart(paragraph)


def _add_closing(document: Document, circular: Circular) -> None:
    """Add what closes the letter; it keeps the body's end with it: nobody signs an empty page."""
    last = document.paragraphs[-1:] if circular.body else []
    closing = [*last, *_annex_note(document, circular), *_signature(document, circular)]
    for paragraph in closing[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _annex_note(document: Document, circular: Circular) -> Iterator[Paragraph]:
    """Add the 附件 note; one annex alone has no number (GB/T 9704-2012, 附件说明)."""
    for place, annex in enumerate(circular.annexes):
        number = f"{annex.number}. " if len(circular.annexes) > 1 else ""
        label = "附件：" if place == 0 else ""
        paragraph = _add(document, "附件说明", f"{label}{number}{annex.title}")
        # Lines go on below the name's first character: behind two characters, 附件： and number.
        hanging = width(label) + (1 if number else 0)
        _indent(paragraph, left=5 + (1 if number else 0), hanging=hanging)
        if place == 0:
            _set_apart(paragraph)
        yield paragraph


def _signature(document: Document, circular: Circular) -> Iterator[Paragraph]:
    """Add issuer, date and attribute; the seal goes where issuer and date share their centre."""
    issuer, date = clean(circular.issuer), clean(circular.date)
    beyond = (width(issuer) - width(date)) / 2  # how far the issuer reaches beyond the date
    if issuer:
        paragraph = _add(document, "Signature", issuer)
        _indent(paragraph, right=max(4 - beyond, 0) if date else 2)
        _set_apart(paragraph, lines=2)
        yield paragraph
    if date:
        paragraph = _add(document, "Date", date)
        _indent(paragraph, right=max(4, beyond))
        yield paragraph
    if circular.attribute:
        yield _add(document, "附注", f"（{circular.attribute}）")


def _add_annex(document: Document, annex: AnnexTable, circular: Circular) -> None:
    """Add an annex on a page of its own."""
    _add(document, "附件序号", f"附件{annex.number}" if len(circular.annexes) > 1 else "附件")
    lines = _add_title(document, "附件标题", annex.title, _ANNEX_ROOM)
    # Number, blank line, title, half a line, table, note.
    room = _PAGE - (2 + lines) * _LINE - _LINE // 2 - _TABLE_NOTE
    add_table(document, annex, circular.measure, room)
    if annex.revised:
        _add(document, "表注", f"{REVISED} 与前次发布相比有修订。")
    else:
        _add(document, "表后", "")


def _add_title(document: Document, style: str, title: str, room: int) -> int:
    """Add a title and return how many lines it takes."""
    paragraph = document.add_paragraph(style=style)
    lines = break_title(clean(title), room)
    for number, line in enumerate(lines):
        if number:
            paragraph.add_run().add_break()
        add_text(paragraph, line)
    return sum(max(1, -int(-width(line) // room)) for line in lines)


def _add(document: Document, style: str, text: str) -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    add_text(paragraph, text)
    return paragraph


def _set_apart(paragraph: Paragraph, lines: int = 1) -> None:
    """Leave lines blank above a paragraph."""
    paragraph.paragraph_format.space_before = Twips(lines * _LINE)


def _indent(paragraph: Paragraph, **characters: float) -> None:
    """Indent a paragraph by so many characters from the left, from the right, or hanging.

    Word takes the characters, programs that do not know them the twips.
    """
    indentation = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name, count in characters.items():
        indentation.set(qn(f"w:{name}Chars"), str(round(count * 100)))
        indentation.set(qn(f"w:{name}"), str(round(count * _CHARACTER)))
