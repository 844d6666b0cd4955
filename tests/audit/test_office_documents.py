"""Documents with what offices lay over or into them: watermarks, stamps, other main parts."""

import io
import zipfile
from pathlib import Path

import pytest

from zhashui_stats.audit.document import read_document
from zhashui_stats.errors import UnreadableDocument

from .test_document import paragraph, pdf, run, show, word

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="{target}"/></Relationships>'
)
SLANTED = "0.707 0.707 -0.707 0.707"


def read(folder: Path, name: str, content: bytes) -> str:
    """Return the text of a document."""
    (folder / name).write_bytes(content)
    return read_document(folder / name).text


@pytest.mark.parametrize(
    "over",
    [
        show("内部资料注意保存", 60, 500, SLANTED),
        show("某县人民政府办公室", 60, 690, "0.5 0.866 -0.866 0.5"),
        "".join(show(letter, 80, 690, SLANTED) for letter in "印章"),
        show("倒置", 200, 705, "-1 0 0 -1"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_writing_at_another_angle_is_left_out(tmp_path: Path, over: str, is_first: bool) -> None:
    """Watermarks and stamps are no part of the lines that they lie over."""
    lines = show("共发布信息十二篇", 70, 700) + show("其中政务公开五篇", 70, 680)
    page = over + lines if is_first else lines + over

    assert "共发布信息十二篇\n其中政务公开五篇" == read(tmp_path, "a.pdf", pdf(page))


@pytest.mark.parametrize("is_first", [True, False])
def test_large_writing_over_lines(tmp_path: Path, *, is_first: bool) -> None:
    """It is a line of its own, and the lines below it stay what they are."""
    lines = "".join(show(f"第{n}行文字共十二篇", 70, 700 - 20 * n) for n in range(5))
    over = show("样张", 90, 650, "5 0 0 5")
    text = read(tmp_path, "a.pdf", pdf(over + lines if is_first else lines + over))

    assert "样张" in text.split("\n")
    assert [f"第{n}行文字共十二篇" for n in range(5)] == [
        line for line in text.split("\n") if line != "样张"
    ]


def test_a_page_without_straight_writing(tmp_path: Path) -> None:
    """What was scanned askew is read all the same."""
    assert "共发布" == read(tmp_path, "a.pdf", pdf(show("共发布", 70, 700, "0.95 0.3 -0.3 0.95")))


@pytest.mark.parametrize("target", ["word/document2.xml", "/word/document2.xml", "word/main.xml"])
def test_the_main_part_of_a_word_document(tmp_path: Path, target: str) -> None:
    """It is found by its relation: some web systems call it document2.xml."""
    content = io.BytesIO(word(paragraph(run("共发布")), part=target.lstrip("/")))
    with zipfile.ZipFile(content, "a") as parts:
        parts.writestr("_rels/.rels", RELATIONS.format(target=target))

    assert "共发布" == read(tmp_path, "a.docx", content.getvalue()).strip()


def test_a_document_within_a_document(tmp_path: Path) -> None:
    """What stands in another file cannot be read, and is not passed over in silence."""
    content = word(paragraph(run("共发布")) + '<w:altChunk w:id="r"/>')
    with pytest.raises(UnreadableDocument, match="嵌有另一份文件（altChunk）"):
        read(tmp_path, "a.docx", content)
