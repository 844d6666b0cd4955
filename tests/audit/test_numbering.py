"""Numbers that Word gives to paragraphs by itself."""

import io
import zipfile

import pytest

from zhashui_stats.audit.document.word import read_word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVELS = (
    ("chineseCounting", "%1、", "nothing"),
    ("chineseCounting", "（%2）", "nothing"),
    ("decimal", "%3.", "space"),
)


def level(place: int, form: str, text: str, follow: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{follow}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: tuple[str, str, str], overrides: str = "") -> str:
    """Make two lists, 1 and 2, of the same levels; the second with overrides."""
    inner = "".join(level(place, *form) for place, form in enumerate(levels))
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{overrides}</w:num></w:numbering>'
    )


STYLES = (
    f"<w:styles {W}>"
    '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="H2"><w:basedOn w:val="H1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Round"><w:basedOn w:val="Round"/></w:style></w:styles>'
)


def paragraph(text: str, place: int | None = None, name: str = "1", style: str = "") -> str:
    number = (
        "" if place is None
        else f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{name}"/></w:numPr>'
    )  # fmt: skip
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def lines(*paragraphs: str, parts: str | None = None, styles: str | None = STYLES) -> list[str]:
    """Return the lines of a document as the audit reads them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        body = f"<w:document {W}><w:body>{''.join(paragraphs)}</w:body></w:document>"
        archive.writestr("word/document.xml", body)
        if parts is not None:
            archive.writestr("word/numbering.xml", parts)
        if styles is not None:
            archive.writestr("word/styles.xml", styles)
    return [str(block) for block in read_word(file.getvalue(), "通报.docx")]


OFFICE = numbering(*LEVELS)


def test_levels_count_and_begin_anew() -> None:
    """A deeper level begins anew under each heading above it."""
    paragraphs = [
        paragraph(text, place) for text, place in
        (("总体", 0), ("甲", 1), ("乙", 1), ("问题", 0), ("丙", 1), ("丁", 2))
    ]  # fmt: skip

    assert lines(*paragraphs, parts=OFFICE) == [
        "一、总体", "（一）甲", "（二）乙", "二、问题", "（一）丙", "1. 丁",
    ]  # fmt: skip


def test_styles_number_their_paragraphs() -> None:
    """A paragraph is numbered by its style, and by the style that this is based on."""
    paragraphs = [paragraph("总体", style="H1"), paragraph("甲", style="H2"), paragraph("文")]

    assert lines(*paragraphs, parts=OFFICE) == ["一、总体", "（一）甲", "文"]


def test_own_number_goes_before_the_style() -> None:
    """List 0 takes the number away that a style gives."""
    paragraphs = [paragraph("总体", 0, "0", style="H1"), paragraph("甲", 1, style="H1")]

    assert lines(*paragraphs, parts=OFFICE) == ["总体", "（一）甲"]


def test_list_that_starts_elsewhere() -> None:
    """A list that overrides the start counts for itself, from there."""
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    parts = numbering(*LEVELS, overrides=override)
    paragraphs = [paragraph("甲", 0), paragraph("乙", 0, "2"), paragraph("丙", 0)]

    assert lines(*paragraphs, parts=parts) == ["一、甲", "五、乙", "二、丙"]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("decimal", "第%1条", "第12条 文"),
        ("chineseCountingThousand", "%1、", "十二、文"),
        ("decimalEnclosedCircle", "%1", "⑫ 文"),
        ("decimalFullWidth", "%1．", "１２．文"),
        ("upperLetter", "%1)", "L)文"),
        ("bullet", "•", "文"),
        ("none", "", "文"),
        ("ordinalText", "%1", "12 文"),
    ],
)
def test_forms(form: str, text: str, expected: str) -> None:
    """Numbers are written as offices write them; a rare form in digits, a bullet not at all."""
    parts = numbering((form, text, "tab"))

    assert lines(*[paragraph("文", 0)] * 12, parts=parts)[-1] == expected


@pytest.mark.parametrize(
    ("parts", "styles"),
    [(None, None), (OFFICE, None), (None, STYLES), (f"<w:numbering {W}/>", STYLES)],
)
def test_documents_without_the_parts(parts: str | None, styles: str | None) -> None:
    """Where a list is not declared, a paragraph has no number."""
    assert lines(paragraph("甲", 0, "7"), parts=parts, styles=styles) == ["甲"]


def test_styles_in_a_circle() -> None:
    """Styles that are based on each other end somewhere."""
    assert lines(paragraph("甲", style="Round"), parts=OFFICE) == ["甲"]
