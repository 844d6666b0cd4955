"""What an analyst adds is shown or told; nothing of it reaches the network."""

import base64
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)

from zhashui_stats.errors import ReportFailed
from zhashui_stats.publish.exporter import ZhashuiHTMLExporter
from zhashui_stats.publish.safe_html import is_harmless, make_harmless

from .hostile import HOSTILE

PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()


def code(data: dict[str, Any], kind: str = "display_data") -> Any:
    more = {"execution_count": 1} if kind == "execute_result" else {}
    return new_code_cell("x", execution_count=1, outputs=[new_output(kind, data, **more)])


def render(*cells: Any, **config: Any) -> str:
    page, _ = ZhashuiHTMLExporter(**config).from_notebook_node(new_notebook(cells=list(cells)))
    return str(page)


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"image/png": PIXEL, "text/plain": "<Figure size 640x480>"},
         f'<img src="data:image/png;base64,{PIXEL}" alt="经办人加的图">'),
        ({"image/jpeg": "AA\nBB\n"}, '<img src="data:image/jpeg;base64,AABB"'),
        ({"image/svg+xml": "<svg><script>x</script></svg>"},
         f'src="data:image/svg+xml;base64,{base64.b64encode(b"<svg><script>x</script></svg>").decode()}"'),
        ({"image/png": "AA", "text/html": "<div></div><script>draw()</script>"},
         '<img src="data:image/png;base64,AA"'),
        ({"text/plain": "合计 <329>"}, '<pre class="zs-text">合计 &lt;329&gt;</pre>'),
        ({"text/html": "<table class=\"dataframe\"><tr><td>3</td></tr></table>"},
         '<table class="dataframe"><tr><td>3</td></tr></table>'),
    ],
)  # fmt: skip
def test_what_an_analyst_adds_is_shown(data: dict[str, str], shown: str) -> None:
    """Pictures as pictures, whatever they hold; text as it was printed; tables as they are."""
    assert shown in render(code(data))


def test_a_picture_has_the_alternative_that_the_notebook_gives() -> None:
    """By its output's metadata."""
    cell = code({"image/png": PIXEL})
    cell.outputs[0].metadata = {"alt": "各组<走势>"}

    assert 'alt="各组&lt;走势&gt;"' in render(cell)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (code({"application/vnd.jupyter.widget-view+json": "{}", "text/plain": "Slider()"}),
         "交互控件没有显示"),
        (code({"application/javascript": "alert(1)"}), "脚本没有显示"),
        (code({"text/latex": "$x^2$"}), "LaTeX 公式没有显示"),
        (code({"application/x-own": "?"}), "application/x-own没有显示"),
        (code({"text/html": "<p>字</p><script>x()</script>"}),
         "输出中的脚本、样式或外部内容去掉了"),
        (new_raw_cell("字", metadata={"raw_mimetype": "text/latex"}), "原始单元格没有显示"),
        (new_raw_cell("<script>x()</script>"), "原始单元格中的脚本"),
        (new_markdown_cell("面积 $a^2$"), "公式 $…$ 按原文显示"),
        (new_markdown_cell("公式：\n\n$$\ny\n$$"), "公式 $…$ 按原文显示"),
        (new_markdown_cell("\\begin{equation}\ny\n\\end{equation}"), "公式 $…$ 按原文显示"),
        (new_markdown_cell("![图](https://example.org/a.png)"), "图片 https://example.org/a.png "),
        (new_markdown_cell("[![图][甲]](#题)\n\n[甲]: 图.png"), "图片 图.png 不在笔记本里"),
        (new_markdown_cell("![图](attachment:没有.png)"), "图片 attachment:没有.png 不在笔记本里"),
        (new_code_cell("x", execution_count=1, outputs=[
            new_output("stream", name="stderr", text="某警告\n第二行")]), "提示没有显示：某警告"),
        (new_code_cell("x", execution_count=1, outputs=[new_output(
            "stream", name="stderr", text="/a b/c.py:1: UserWarning: 小心\n  warn()")]),
         "提示没有显示：UserWarning: 小心"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_told(
    cell: Any, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, with its cell; whoever wants all of it gets no page."""
    render(new_markdown_cell("# 题"), cell)

    assert f"注意：第2个单元格：{told}" in capsys.readouterr().err
    with pytest.raises(ReportFailed, match="不能完整呈现，不生成页面：第2个单元格"):
        render(new_markdown_cell("# 题"), cell, strict=True)


def test_nothing_is_told_of_what_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """Prices are no formulas, objects without words no text, our own notices told elsewhere."""
    notice = new_output("stream", name="stderr", text="x.py:1: ZhashuiWarning: 合成数据\n")
    cells = [
        new_markdown_cell("每篇 $100，共 $300，`$a_1$`\n\n```\n$a_1$ ![图](a.png)\n```"),
        code({"text/plain": "<Axes: >"}, "execute_result"),
        new_code_cell("x", execution_count=1, outputs=[notice]),
    ]
    page = render(*cells)

    assert "" == capsys.readouterr().err
    assert "Axes" not in page


def test_a_picture_dropped_into_a_cell() -> None:
    """An attachment is within the notebook, so it is within the page."""
    cell = new_markdown_cell(
        "![走势 <1>](attachment:%E5%9B%BE.png)", attachments={"图.png": {"image/png": PIXEL}}
    )

    assert f'<img src="data:image/png;base64,{PIXEL}" alt="走势 &lt;1&gt;">' in render(cell)
    assert "<img" not in render(new_markdown_cell("![甲](attachment:b.png)"))


@pytest.mark.parametrize("content", ["<svg/>", "PHN2Zy8+"])
def test_a_drawing_dropped_into_a_cell(content: str) -> None:
    """It is shown as a picture, whether a notebook holds it written out or in base64."""
    cell = new_markdown_cell(
        "![图](attachment:a.svg)", attachments={"a.svg": {"image/svg+xml": content}}
    )

    assert '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="图">' in render(cell, strict=True)


def test_a_line_that_was_written_over_shows_its_last_form() -> None:
    """As a terminal does; line ends of Windows are none."""
    text = "1%\r50%\r100%\r\n完\n"
    cell = new_code_cell(
        "x", execution_count=1, outputs=[new_output("stream", name="stdout", text=text)]
    )

    assert '<pre class="zs-text">100%\n完</pre>' in render(cell)


def test_a_raw_cell_of_html_is_shown() -> None:
    """As nbconvert takes it; harmless as any other HTML."""
    page = render(new_raw_cell("<p>原样<b>文</b></p>"), new_raw_cell("<p onclick='x()'>字</p>"))

    assert "<p>原样<b>文</b></p>" in page
    assert "<p>字</p>" in page


def test_links_to_headings_lead_there() -> None:
    """As JupyterLab writes them: the words of the heading, blanks as hyphens."""
    coded = "%E4%B8%80%E3%80%81%E5%9F%BA%E6%9C%AC-%E6%83%85%E5%86%B5"
    text = f"[看](#一、基本-情况) [也看](#{coded}) [无](#无)"
    page = render(new_markdown_cell(text), new_markdown_cell("## 一、基本 情况"))

    assert 3 == page.count('href="#s1"')  # the table of contents has one too
    assert 'href="#%E6%97%A0"' in page


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_html_is_made_harmless(html: str) -> None:
    """Whatever it is written like, nothing of it loads, sends or runs."""
    cleaned = make_harmless(html)

    assert not is_harmless(html)
    assert is_harmless(cleaned)
    for word in ("a.b/", "script", "onclick", "http-equiv", "ping", "javascript"):
        assert word not in cleaned.replace('href="https://a.b"', "") or "&lt;" in cleaned


def test_own_filters_and_templates() -> None:
    """An analyst's own filter is kept; a template that is none of ours is refused by name."""
    own = {"markdown2html": lambda _: "<p>自己的</p>"}

    assert "<p>自己的</p>" in render(new_markdown_cell("字"), filters=own)
    with pytest.raises(ReportFailed, match="不能用 lab"):
        render(new_markdown_cell("字"), template_name="lab")


@pytest.mark.parametrize("own", [3, "brief", ["layout"], None])
def test_settings_that_are_no_table(own: Any) -> None:
    """Metadata of ours that is none is passed over."""
    notebook = new_notebook(cells=[new_markdown_cell("# 题")], metadata={"zhashui": own})
    page, _ = ZhashuiHTMLExporter().from_notebook_node(notebook)

    assert "<body>" in page


@pytest.fixture
def restless_threads() -> Iterator[None]:
    """Threads that take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless_threads")
def test_threads_may_share_an_exporter() -> None:
    """Each page keeps its own title and outline."""
    exporter, pages, start = ZhashuiHTMLExporter(), {}, threading.Barrier(8)

    def make(number: int) -> None:
        cells = [new_markdown_cell(f"# 第{number}页")]
        cells += [new_markdown_cell(f"## 章{number}") for _ in range(20)]
        start.wait()
        pages[number], _ = exporter.from_notebook_node(new_notebook(cells=cells))

    threads = [threading.Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 8 == len(pages)
    for number, page in pages.items():
        assert f"<title>第{number}页</title>" in page
        assert {f"章{number}"} == {
            part.split("<")[0] for part in page.split('">')[1:] if part.startswith("章")
        }
