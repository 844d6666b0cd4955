"""Folding: one text from broken lines and full-width forms, each character knowing its place."""

import pytest

from zhashui_stats.audit.document import Document, TextTable
from zhashui_stats.audit.folding import Sentence, fold, read_sentences


def _read(text: str, *tables: TextTable) -> list[Sentence]:
    return read_sentences(Document("circular.txt", text, tables))[0]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２ 篇", "12篇"),
        ("政务\n公开", "政务公开"),
        ("（二）", "(二)"),
        ("三万　条", "三万条"),
        ("①公开", "①公开"),
        ("甲\u200b镇", "甲镇"),
    ],
)
def test_folding_undoes_copying(text: str, folded: str) -> None:
    """Full-width forms become plain, white space and invisible characters go; ① stays."""
    assert folded == fold(text, (0, len(text))).text


def test_every_character_knows_its_place() -> None:
    """A span of the folded text is a span of the text as read, white space within it included."""
    text = "共 １\n２ 篇"
    folded = fold(text, (0, len(text)))

    assert "１\n２ 篇" == text[slice(*folded.span(1, 4))]


def test_stretches_are_joined() -> None:
    """Two stretches of the text become one, places kept."""
    folded = fold("甲乙丙丁", (0, 1), (2, 4))

    assert ("甲丙丁", (0, 2, 3)) == (folded.text, folded.origin)


def test_a_line_break_within_a_clause_is_no_end() -> None:
    """A clause broken by a line and by an empty line is one sentence."""
    assert ["税务局11篇。"] == [sentence.text for sentence in _read("税务局\n\n11 篇。\n")]


def test_a_page_number_is_left_aside() -> None:
    """A page number between two halves of a clause parts nothing."""
    sentences, pages = read_sentences(Document("circular.txt", "税务局\n- 2 -\n11篇。"))

    assert (["税务局11篇。"], 1) == ([sentence.text for sentence in sentences], len(pages))


def test_full_stops_part_sentences() -> None:
    """A closing quotation mark goes with its sentence; semicolons and colons part nothing."""
    sentences = _read("他说：“办好。”甲镇3篇；乙镇2篇。")

    assert ["他说:“办好。”", "甲镇3篇;乙镇2篇。"] == [sentence.text for sentence in sentences]


def test_headings_open_sections() -> None:
    """A sentence knows the chapter, the section and the point that it stands under."""
    text = "二、存在的问题\n（一）数量不均衡。甲镇0篇。\n三、工作要求\n请各单位落实。"

    sections = [sentence.section for sentence in _read(text)]

    assert "二、存在的问题 (一)数量不均衡" == sections[2]
    assert "三、工作要求" == sections[-1]


def test_headings_are_told() -> None:
    """A short line with a heading's mark is a heading, the sentence below it is not."""
    assert [True, False] == [
        sentence.is_heading for sentence in _read("一、工作开展情况\n甲镇3篇。")
    ]


def test_tables_are_no_prose() -> None:
    """What stands in a table is in no sentence."""
    table = TextTable(6, 9, (("甲", "1"),))

    assert ["甲镇3篇。", "完。"] == [
        sentence.text for sentence in _read("甲镇3篇。\n甲\t1\n完。", table)
    ]


def test_endless_sentences_are_cut() -> None:
    """A sentence longer than anyone writes is parted at a comma, and nothing is lost."""
    text = "甲镇3篇，" * 400

    sentences = [sentence.text for sentence in _read(text)]

    assert text.replace("，", ",") == "".join(sentences)
    assert max(map(len, sentences)) <= 600
