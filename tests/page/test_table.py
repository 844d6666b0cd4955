"""How a table gets onto the page: captions, header scopes, numbers, links, escaping."""

import re

import pytest

from page.shown import HOSTILE, cells
from zhashui_stats.page.table import Link, Table


def test_a_table_is_marked_up_for_readers_and_screen_readers() -> None:
    """Caption, column and row scopes, muted zeros and a footer."""
    html = Table("数", ("单位", "数"), (("甲", 0), ("乙", 2)), (("合计", 2),))._repr_html_()

    assert html == (
        '<div class="zs-table-wrap" role="region" tabindex="0" aria-label="数">\n'
        '<table class="zs-table"><caption>数</caption>\n'
        '<thead><tr><th scope="col">单位</th><th scope="col" class="num">数</th></tr></thead>\n'
        '<tbody><tr><th scope="row">甲</th><td class="num zero">0</td></tr>\n'
        '<tr><th scope="row">乙</th><td class="num">2</td></tr></tbody>\n'
        '<tfoot><tr><th scope="row">合计</th><td class="num">2</td></tr></tfoot>\n'
        "</table></div>"
    )


def test_a_table_without_rows_shows_nothing() -> None:
    """There is no empty table on the page."""
    assert Table("数", ("单位",), ())._repr_html_() == ""


def test_text_from_data_is_escaped() -> None:
    """Markup in names, captions and headers stays text."""
    html = Table("<i>", ("<b>", ""), (("<script>alert(1)</script>", '"&'),))._repr_html_()

    assert "<script" not in html
    assert "<i>" not in html
    assert "<b>" not in html
    assert cells(html) == [["<b>", ""], ["<script>alert(1)</script>", '"&']]


def test_headers_break_where_one_pauses() -> None:
    """A long header does not make its column wide, and is read as one word."""
    header = (
        "2021年下半年", ("同比", "增减"), ("同比", "%"), "最多（篇）", "2022年", "基尼系数",
        ("审校", "不合", "要求"), ("<b>", "&"),
    )  # fmt: skip
    html = Table("数", header, (tuple(range(8)),))._repr_html_()

    assert re.findall(r'<th scope="col".*?>(.*?)</th>', html) == [
        "2021年<wbr/>下半年", "同比<wbr/>增减", "同比<wbr/>%", "最多<wbr/>（篇）", "2022年",
        "基尼系数", "审校<wbr/>不合<wbr/>要求", "&lt;b&gt;<wbr/>&amp;",
    ]  # fmt: skip
    assert cells(html)[0] == ["".join(said) for said in header]


def test_numbers_stand_right_however_they_are_written() -> None:
    """Shares, ranks and dashes are numbers; the row's name and an empty cell are none."""
    rows = ((1, "2022", "并列6", "—"),)
    table = Table("数", ("序", "名", "位", "率"), rows, (("", "计", "", "1%"),), row_header=1)

    assert re.findall("<t[hd] ?[^>]*>", table._repr_html_().replace("<thead>", "")) == [
        '<th scope="col" class="num">', '<th scope="col">', *['<th scope="col" class="num">'] * 2,
        '<td class="num">', '<th scope="row">', '<td class="num">', '<td class="num">',
        "<td>", '<th scope="row">', "<td>", '<td class="num">',
    ]  # fmt: skip


def test_text_stands_left_also_where_it_looks_like_a_number() -> None:
    """A source that is called 2022 is no count, and a version of 0 is not muted."""
    html = Table("源", ("项目", "内容"), (("甲", "2022"), ("乙", 0)), numeric=False)._repr_html_()

    assert 'class="num' not in html


def test_a_link_is_escaped_and_leads_there() -> None:
    """The text is literal, the address stands as it is, in the cell that names the row."""
    html = Table("表", ("单位", "数"), ((Link(HOSTILE, "a%26b.html"), 1),))._repr_html_()

    assert (
        '<th scope="row"><a href="a%26b.html">'
        "&lt;script&gt;alert(1)&lt;/script&gt;&amp;$x^2$</a></th>"
    ) in html


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "//host/x", "/x", "https://x", "", "a b", 'a"b', "甲.html", "a?b"],
)
def test_a_link_leads_nowhere_else(href: str) -> None:
    """An address with a scheme, a host, or anything that is not percent-encoded is refused."""
    with pytest.raises(ValueError, match="percent-encoded"):
        Link("甲", href)
