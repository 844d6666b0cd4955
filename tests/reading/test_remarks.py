"""The analyst's remarks: their headings, what is kept of them, and no HTML."""

import pytest
from data_folders import ENCODINGS

from zhashui_stats.errors import FaultKind
from zhashui_stats.loading import load
from zhashui_stats.reading.remarks import read_remarks


@pytest.mark.parametrize(
    "heading",
    [
        "## 二（三）", "##  二 (三) ", "## 二（三） 制度执行", "## 二（三）制度执行 ##",
        "##二（三）", "  ## 二、（三）",
    ],
)  # fmt: skip
def test_remarks_headings(heading):
    """A heading names its section, in brackets of either width; it may go on."""
    assert read_remarks(f"{heading}\n\n第一段。\n\n第二段。\n", "r") == (
        {"二（三）": "第一段。\n\n第二段。"}, (),
    )  # fmt: skip


def test_remarks_in_every_encoding(data):
    """remarks.md is read in the encodings of the tables."""
    for encoding in ENCODINGS:
        (data / "2022H1" / "remarks.md").write_bytes("## 三（五）\n好。\n".encode(encoding))

        assert load("2022H1", data).remarks == {"三（五）": "好。"}


def test_remarks_come_in_the_order_of_the_circular_without_empty_ones():
    """Sections are ordered; those without text are left out."""
    text = "## 三（一）\n丙\n## 一（四）\n\n## 一（一）\n甲\n"

    assert list(read_remarks(text, "r")[0].items()) == [("一（一）", "甲"), ("三（一）", "丙")]


def test_remarks_show_raw_html_as_characters():
    """No tag survives."""
    text = "## 一（二）\n<script>alert(1)</script>\n"

    assert read_remarks(text, "r")[0] == {"一（二）": r"\<script>alert(1)\</script>"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲<乙", r"甲\<乙"),
        (r"\<已写明>", r"\<已写明>"),
        (r"\\<b>", r"\\\<b>"),
        ("`a<b`和`c`", r"a\<b和`c`"),
        ("``a`<b``", r"a\`\<b"),
        ("`没有结尾<b>", r"`没有结尾\<b>"),
        ("```\na<b\n```\n<i>", "```\na<b\n```\n\\<i>"),
        ("```\na\n```x\n```\n<i>", "```\na\n```x\n```\n\\<i>"),
        ("```a`\n<i>", "```a`\n\\<i>"),
        ("- 甲\n  ```\n<i>", "- 甲\n  ```\n\\<i>"),
        ("甲\n```\n<i>\n```", "甲\n```\n\\<i>\n```"),
    ],
)
def test_remarks_leave_no_raw_html_to_any_renderer(text, expected):
    """Every ``<`` is literal also where a renderer reads HTML; code keeps its own."""
    assert read_remarks(f"## 一（二）\n{text}\n", "r")[0] == {"一（二）": expected}


def test_remarks_keep_subheadings_and_fenced_text():
    """Deeper headings belong to the section, and a fence hides what looks like a heading."""
    text = "## 一（二）\n### 甲\n```\n## 九\n```\n乙\n"

    assert read_remarks(text, "r") == ({"一（二）": "### 甲\n```\n## 九\n```\n乙"}, ())


@pytest.mark.parametrize(
    ("text", "row", "found"),
    [
        ("## 四（一）\n甲\n", 1, "## 四（一）"),
        ("## 一（五）\n", 1, "## 一（五）"),
        ("## 说明\n", 1, "## 说明"),
        ("##\n", 1, "## "),
        ("# 一（一）\n", 1, "# 一（一）"),
        ("\n前言\n又一行\n## 一（一）\n甲\n", 2, "前言"),
        ("## 一（一）\n甲\n## 一 (一)\n乙\n", 3, "一（一），第1行已有"),
    ],
)
def test_remarks_faults(text, row, found):
    """Unknown and double sections, and text before the first heading, are told with their row."""
    faults = read_remarks(text, "2022H1/remarks.md")[1]

    assert [(fault.file, fault.row, fault.kind, fault.found) for fault in faults] == [
        ("2022H1/remarks.md", row, FaultKind.BAD_SECTION, found)
    ]
