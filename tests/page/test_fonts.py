"""The font: cut down to what is used, the same each time, and complete or an error."""

import base64
import subprocess
import sys
from io import BytesIO

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from zhashui_stats.errors import MissingGlyph
from zhashui_stats.page import fonts

TEXT = "柞水县2022年上半年：政务公开 124 篇（“三审三校”）"


def characters(font: bytes) -> set[str]:
    return set(map(chr, TTFont(BytesIO(font)).getBestCmap()))


def test_a_subset_has_just_the_characters_of_the_text() -> None:
    """Nothing is missing from the embedded font, and nothing is in it for nothing."""
    assert characters(fonts.subset(TEXT)) == set(TEXT)


def test_the_subset_is_a_font_that_another_reader_takes() -> None:
    """Every table of the subset parses, and glyphs keep their outlines and widths."""
    font = TTFont(BytesIO(fonts.subset(TEXT)))
    font.ensureDecompiled()
    name = font.getBestCmap()[ord("柞")]

    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)

    assert font.flavor is None
    assert font["hmtx"][name][0] == font["head"].unitsPerEm == 1000
    assert pen.bounds[2] - pen.bounds[0] > 800


def test_the_chinese_forms_are_taken() -> None:
    """直 has one form in China and another one in Japan; the face is the Chinese one."""
    font = TTFont(BytesIO(fonts.subset("直")))

    assert font["name"].getDebugName(4) == "Noto Sans CJK SC"


def test_order_and_repetition_do_not_change_the_bytes() -> None:
    """The same set of characters gives the same font."""
    assert fonts.subset(TEXT[::-1] * 3) == fonts.subset(TEXT)


def test_another_process_makes_the_same_bytes() -> None:
    """Neither hash seeds nor time get into the font."""
    code = (
        "import sys; from zhashui_stats.page import fonts;"
        f"sys.stdout.buffer.write(fonts.subset({TEXT!r}))"
    )
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout

    assert other == fonts.subset(TEXT)


@pytest.mark.parametrize(
    ("text", "named"),
    [("甲😀乙", "“😀”U+1F600"), ("甲\x07", "U+0007"), ("\ue000😀", "U+E000、“😀”U+1F600")],
)
def test_missing_characters_are_all_named(text: str, named: str) -> None:
    """An error names each character that the font lacks, and its code point."""
    with pytest.raises(MissingGlyph) as caught:
        fonts.subset(text)

    assert str(caught.value) == (
        f"字体中没有这些字符：{named}；请在数据、段落或单位名册中改用字体已有的字"
    )


def test_white_space_and_format_marks_need_no_glyph() -> None:
    """Line ends, tabs and invisible marks pass; they are not drawn."""
    assert characters(fonts.subset("甲\n\t\r\u200b\ufeff乙")) - {"\u200b", "\ufeff"} == {"甲", "乙"}


def test_the_rule_embeds_the_subset() -> None:
    """The CSS holds the font itself, no address."""
    rule = fonts.font_face(TEXT)
    data = rule.partition("base64,")[2].partition(")")[0]

    assert base64.b64decode(data) == fonts.subset(TEXT)
    assert rule.startswith('@font-face{font-family:"Zhashui Sans";')
    assert "http" not in rule


def test_cutting_a_font_does_not_load_matplotlib() -> None:
    """A page is rendered without paying for the drawing of charts."""
    code = (
        "import sys; from zhashui_stats.page import fonts; fonts.subset('甲');"
        "sys.exit('matplotlib' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_matplotlib_finds_the_chinese_face_and_no_other() -> None:
    """The family stands for one file of the dependency, not for a font of the system."""
    from matplotlib import font_manager  # noqa: PLC0415

    found = font_manager.findfont(fonts.register(), fallback_to_default=False)
    entries = [entry for entry in font_manager.fontManager.ttflist if entry.name == fonts.FAMILY]

    assert font_manager.get_font(found).family_name == "Noto Sans CJK SC"
    assert len({(entry.fname, entry.index) for entry in entries}) == 1
