"""The exporter: an executed notebook to one page that is whole, or to an error."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import Builder
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from zhashui_stats.errors import MissingGlyph, ReportFailed
from zhashui_stats.narrative import say_remark
from zhashui_stats.page import charts, fonts
from zhashui_stats.page.figure import Figure
from zhashui_stats.page.table import Table
from zhashui_stats.publish.exporter import ZhashuiHTMLExporter
from zhashui_stats.publish.markdown import Page
from zhashui_stats.reading.remarks import read_remarks


def result(kind: str, text: str, tags: tuple[str, ...] = ()) -> Any:
    """A code cell that was run and gave one result."""
    data = {kind: text, "text/plain": "<plain>"}
    output = new_output("execute_result", data, execution_count=1)
    return new_code_cell("1 + 1", outputs=[output], execution_count=1, metadata={"tags": [*tags]})


def notebook(*cells: Any) -> Any:
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return new_notebook(cells=list(cells))


def render(*cells: Any) -> str:
    page, _ = ZhashuiHTMLExporter().from_notebook_node(notebook(*cells))
    return str(page)


def body(page: str) -> str:
    return page[page.index("<body>") :]


def test_the_title_stands_in_the_header_and_names_the_page() -> None:
    """The first heading is the page's title, wherever a cell gives it."""
    page = render(
        result("text/markdown", "# 某县2022年上半年情况*报告*"), new_markdown_cell("正文")
    )

    assert "<title>某县2022年上半年情况报告</title>" in page
    head = '<h1 id="title">某县2022年上半年<wbr>情况<em>报告</em></h1>'
    assert re.search(rf'<header class="zs-head">\s*{head}\s*</header>', page)
    assert re.search(r'<main id="content" tabindex="-1">\s*<p>正文</p>\s*</main>', page)


def test_the_key_figures_stand_below_the_title() -> None:
    """They come before the table of contents."""
    figures = '<ul class="zs-keyfigures">\n<li>总量 3</li>\n</ul>'
    page = render(
        new_markdown_cell("# 题"), result("text/html", figures), new_markdown_cell("## 一")
    )

    assert page.index("<h1") < page.index(figures) < page.index("</header>") < page.index("<nav")


def test_only_a_page_with_a_wide_table_carries_its_style() -> None:
    """Any other page stays as it is."""
    rows = ((1,),)
    wide, usual = (
        render(result("text/html", Table("表", ("列",), rows, wide=wide)._repr_html_()))
        for wide in (True, False)
    )

    assert ".zs-wide td" in wide
    assert "zs-wide" not in usual


def test_a_notice_stands_above_the_key_figures() -> None:
    """A quotation right below the title is what must be read before any figure."""
    figures = '<ul class="zs-keyfigures"><li>329</li></ul>'
    page = body(
        render(
            new_markdown_cell("# 题\n\n> **合成数据。**"),
            result("text/html", figures),
            new_markdown_cell("## 一\n\n> 引文"),
        )
    )
    header = page[: page.index("</header>")]

    assert header.index("</h1>") < header.index("合成数据。") < header.index(figures)
    assert page.index("</header>") < page.index("引文")


def test_a_quotation_within_a_quotation_stays_in_the_text() -> None:
    """A page is never torn apart within it, nor is text lost."""
    page = body(render(new_markdown_cell("# 题\n\n> 外\n>\n> > 内\n>\n> 尾\n\n正文")))

    assert page.count("<blockquote>") == page.count("</blockquote>") == 2
    assert page.index("</header>") < page.index("<p>外") < page.index("<p>正文")


def test_a_page_without_title_is_still_a_page() -> None:
    """Content before or without a title stays in the main part."""
    page = render(new_markdown_cell("先说一句"), new_markdown_cell("# 题"))

    assert page.index("<main") < page.index("先说一句") < page.index("<h1")


def test_the_contents_link_chapters_and_sections() -> None:
    """Every entry leads to the heading of its number; repeated headings keep apart."""
    page = render(
        new_markdown_cell("# 题"),
        new_markdown_cell("## 一、概况\n### （一）多\n### （二）少"),
        result("text/markdown", "## 二、问题\n### （一）多\n#### 细"),
    )

    assert re.findall(r'<li class="level-(\d)"><a href="#([^"]+)">([^<]+)</a>', page) == [
        ("2", "s1", "一、概况"),
        ("3", "s1-1", "（一）多"),
        ("3", "s1-2", "（二）少"),
        ("2", "s2", "二、问题"),
        ("3", "s2-1", "（一）多"),
    ]
    assert re.findall(r'<h\d id="([^"]+)"', page) == [
        "title", "s1", "s1-1", "s1-2", "s2", "s2-1", "s2-1-1",
    ]  # fmt: skip


def test_ids_stay_apart_where_a_level_is_skipped() -> None:
    """Headings that jump a level get ids of their own."""
    rendered = Page()
    for source in ("## 甲\n#### 细", "### 乙", "# 题\n\n# 题", "## 丙"):
        rendered.render(source)
    ids = [heading.id for heading in rendered.headings]

    assert ids == ["s1", "s1-0-1", "s1-1", "title", "title-2", "s2"]


def test_headings_in_a_quotation_are_no_part_of_the_outline() -> None:
    """The analyst's own headings do not disturb the page's."""
    page = render(new_markdown_cell("# 题\n\n> ## 小结\n>\n> 文"))

    assert '<p class="zs-subhead">小结</p>' in page
    assert "<nav" not in page


def test_code_guides_figures_and_parameters_are_not_shown() -> None:
    """A reader sees prose, tables, charts, and what the analyst let a cell print."""
    chatter = new_code_cell(
        "secret_code()",
        outputs=[
            new_output("stream", name="stderr", text="某警告"),
            new_output("stream", name="stdout", text="某输出"),
        ],
        execution_count=1,
    )
    tagged = [result("text/html", f"<p>{tag}-cell</p>", (tag,)) for tag in
              ("guide", "figures", "parameters", "injected-parameters")]  # fmt: skip
    guide = new_markdown_cell("怎样用", metadata={"tags": ["guide"]})
    page = render(new_markdown_cell("# 题"), chatter, *tagged, guide)

    for hidden in ("secret_code", "某警告", "-cell", "怎样用", "plain", "1 + 1"):
        assert hidden not in body(page)
    assert '<pre class="zs-text">某输出</pre>' in page


def test_html_is_preferred_and_passed_through() -> None:
    """Our own tables and charts reach the page as they are; prose is rendered."""
    table = '<table class="zs-table"><caption>表&amp;1</caption></table>'
    both = new_code_cell("t", execution_count=1, outputs=[
        new_output("display_data", {"text/markdown": "不用", "text/html": table}),
        new_output("display_data", {"text/markdown": "共**3**篇"}),
    ])  # fmt: skip
    page = render(both)

    assert table in page
    assert "<p>共<strong>3</strong>篇</p>" in page
    assert "不用" not in page


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "一段 <img src=x onerror=alert(1)> 文字",
        "![图](https://example.org/x.png)",
        "[链接](javascript:alert(1))",
        "# <b>题</b><!-- 注 -->",
    ],
)
def test_markdown_brings_neither_html_nor_pictures(source: str) -> None:
    """What comes from data or remarks can add text, no markup of its own and no request."""
    page = body(render(new_markdown_cell(source)))

    assert not re.search(r"<(?:script|img|b)\b|<!--|href=\"javascript", page)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("前![图<1> *甲*](https://example.org/x.png)后", "<p>前图&lt;1&gt; 甲后</p>"),
        ("![一 [二](http://a.b)](c.png)", "<p>一 二</p>"),
        (r"![\*&lt;b&gt;](c.png)", "<p>*&lt;b&gt;</p>"),
        ("![](c.png)字", "<p>字</p>"),
    ],
)
def test_a_picture_is_its_alternative_text(source: str, shown: str) -> None:
    """A picture that is asked for leaves its text: no mark, no link, no request."""
    assert shown in body(render(new_markdown_cell(source)))


def test_a_picture_in_a_heading_is_text_in_the_contents() -> None:
    """Heading and table of contents name the picture alike."""
    page = Page()
    page.render("## 一、![*图*](c.png)")

    assert [heading.text for heading in page.headings] == ["一、图"]


def test_remarks_are_safe_in_the_plain_exporter(build: Builder) -> None:
    """``jupyter nbconvert --to html`` reads raw HTML; what a remark brings stays text there too."""
    text = "## 一（二）\n<script>alert(1)</script> 与 `a<b>` 和\n\n```\n<i>\n```\n`<b>\n<u>x</u>`"
    now = build({"镇": {"甲": (1, 0, 0)}}, remarks=read_remarks(text, "r")[0])
    cell = result("text/markdown", say_remark(now, "一（二）", ""))
    page, _ = HTMLExporter().from_notebook_node(new_notebook(cells=[cell]))
    shown = page[page.index("<main") :]

    assert "&lt;script&gt;alert(1)&lt;/script&gt; 与 a&lt;b&gt; 和" in shown
    assert not re.search(r"<(?:script|b|i|u)>", shown)


def test_a_hostile_title_stays_text_in_every_place() -> None:
    """Title, contents and the place of the font withstand what a name may hold."""
    name = r"\<b\>/\* zhashui:font \*/{{ 7*7 }}\&amp;"
    page = render(new_markdown_cell(f"# {name}\n## {name}"))

    assert "<title>&lt;b&gt;/* zhashui:font */{{ 7*7 }}&amp;amp;</title>" in page
    assert page.count("@font-face") == 1
    assert page.index("@font-face") < page.index("</style>") < page.index("<title>")


def test_the_page_asks_nothing_of_the_network() -> None:
    """No address to load from, no script, and a policy that forbids both."""
    page = render(new_markdown_cell("# 题\n\n[外链](https://example.org/)"))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)

    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert not re.search(r"<script|<link|<iframe|@import|src=|url\((?!data:)", page)


def test_the_page_is_chinese_and_has_landmarks() -> None:
    """Language, a way to skip to the text, header, contents, main part and footer."""
    page = render(new_markdown_cell("# 题\n## 一"))

    assert '<html lang="zh-CN">' in page
    assert re.findall(r"<(header|nav|main|footer)\b", page) == ["header", "nav", "main", "footer"]
    assert '<a class="zs-skip" href="#content">' in page


def test_the_font_holds_every_character_of_the_page(small_chart: str) -> None:
    """Text, attributes, what CSS writes, and the digits of page numbers."""
    page = render(new_markdown_cell("# 题&copy;㐂"), result("text/html", small_chart))
    bare = re.sub(r"@font-face\{.*?\}", "/* zhashui:font */", page, count=1)
    wanted = fonts.font_face(bare + "©0123456789")

    assert "©" in page
    assert wanted in page


@pytest.fixture
def small_chart(build: Callable[..., Any]) -> str:
    ax = charts.plot_ranking(build({"镇办": {"龘镇": (1, 0, 0)}}))
    return str(Figure(ax, caption="图", alt="齉")._repr_html_())


def test_a_missing_glyph_fails_the_page() -> None:
    """No page goes out with an empty box in it, also where the character is written as &#x…;."""
    with pytest.raises(MissingGlyph, match=r"U\+1F600"):
        render(result("text/html", "<p>&#x1F600;</p>"))


def test_a_failed_cell_fails_the_page() -> None:
    """A notebook with an error never looks whole, whether the cell is shown or not."""
    error = new_output("error", ename="KeyError", evalue="甲镇", traceback=[])
    cell = new_code_cell("x", outputs=[error], execution_count=1, metadata={"tags": ["guide"]})

    with pytest.raises(ReportFailed, match="KeyError：甲镇"):
        render(new_markdown_cell("# 题"), cell)


def test_a_notebook_that_never_ran_fails() -> None:
    """An empty page is no report."""
    with pytest.raises(ReportFailed, match="还没有运行"):
        render(new_markdown_cell("# 题"), new_code_cell("1 + 1"))


def test_rendering_changes_neither_the_notebook_nor_the_next_page() -> None:
    """One exporter renders the same page twice, and leaves what it was given."""
    given = notebook(
        new_markdown_cell("# 题\n## 一"), new_markdown_cell("x", metadata={"tags": ["guide"]})
    )
    before = json.dumps(given)
    exporter = ZhashuiHTMLExporter()
    first, second = (exporter.from_notebook_node(given)[0] for _ in range(2))

    assert first == second
    assert json.dumps(given) == before


def nbconvert(folder: Path, given: Any, *options: str) -> subprocess.CompletedProcess[str]:
    path = folder / "out.ipynb"
    path.write_text(nbformat.writes(given), encoding="utf-8")
    command = [sys.executable, "-m", "nbconvert", "--to", "zhashui_html", *options, str(path)]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)


def test_the_command_line_gives_the_same_page(tmp_path: Path) -> None:
    """``jupyter nbconvert --to zhashui_html`` finds the exporter and writes the same bytes."""
    given = notebook(new_markdown_cell("# 题\n## 一"), result("text/markdown", "共3篇"))
    done = nbconvert(tmp_path, given)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.html").read_text(encoding="utf-8") == (
        ZhashuiHTMLExporter().from_notebook_node(given)[0]
    )


def refusals(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What nbconvert's command says of errors; it ends with 1, without a traceback of its own.

    A kernel that is told to go may leave one: that is ipykernel's, in another process.
    """
    assert done.returncode == 1
    assert "nbconvertapp.py" not in done.stderr
    assert "zhashui_stats/" not in done.stderr
    return re.findall(r"^\[NbConvertApp\] ERROR \| (.*)$", done.stderr, re.M)


def test_the_command_line_refuses_a_failed_notebook(tmp_path: Path) -> None:
    """It ends with one line that says why, and writes nothing."""
    error = new_output("error", ename="KeyError", evalue="甲镇", traceback=[])
    done = nbconvert(tmp_path, notebook(new_code_cell("x", outputs=[error], execution_count=1)))

    assert refusals(done) == [
        "第1个单元格（x）出错（KeyError：甲镇），不生成页面；请改正后重新运行"
    ]
    assert not (tmp_path / "out.html").exists()


def test_the_command_line_refuses_a_notebook_that_never_ran(tmp_path: Path) -> None:
    """It says how the notebook can be run on the way."""
    done = nbconvert(tmp_path, notebook(new_markdown_cell("# 题"), new_code_cell("1 + 1")))

    assert refusals(done) == [
        "笔记本还没有运行过，没有可以呈现的内容；"
        "请先运行全部单元格再导出，用 jupyter nbconvert 的可加上 --execute"
    ]
    assert not (tmp_path / "out.html").exists()


def test_the_command_line_refuses_a_missing_glyph(tmp_path: Path) -> None:
    """It names the character, as the report's own command does."""
    done = nbconvert(tmp_path, notebook(new_markdown_cell("# 题😀")))

    assert refusals(done) == [
        "字体中没有这些字符：“😀”U+1F600；请在数据、段落或单位名册中改用字体已有的字"
    ]


@pytest.mark.parametrize("options", [("--execute",), ("--execute", "--allow-errors")])
def test_a_cell_that_fails_as_the_command_line_runs_it(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    """No page is written either way: a notebook with errors is none to send."""
    given = notebook(new_markdown_cell("# 题"), new_code_cell('raise ValueError("坏了")'))
    done = nbconvert(tmp_path, given, *options)

    assert refusals(done) == [
        '第2个单元格（raise ValueError("坏了")）出错（ValueError：坏了），'
        "不生成页面；请改正后重新运行"
    ]
    assert not (tmp_path / "out.html").exists()


def test_a_kernel_that_dies_as_the_command_line_runs_it(tmp_path: Path) -> None:
    """The cell that it was in is named, and no page is written."""
    sources = ("1", "import os; os._exit(1)", "2")
    given = notebook(new_markdown_cell("# 题"), *map(new_code_cell, sources))
    done = nbconvert(tmp_path, given, "--execute")

    assert refusals(done)[-1].startswith("第3个单元格（import os; os._exit(1)）没有运行完，")
    assert not (tmp_path / "out.html").exists()


def test_whoever_calls_the_exporter_gets_the_error_itself(tmp_path: Path) -> None:
    """Only nbconvert's own command is ended; a program may go on."""
    path = tmp_path / "out.ipynb"
    path.write_text(nbformat.writes(notebook(new_code_cell("1 + 1"))), encoding="utf-8")

    with pytest.raises(ReportFailed, match="还没有运行"):
        ZhashuiHTMLExporter().from_filename(str(path))


def test_rendering_does_not_load_matplotlib() -> None:
    """The process that renders the page does not pay for the drawing of charts."""
    code = (
        "import sys; import zhashui_stats.publish.exporter; sys.exit('matplotlib' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
