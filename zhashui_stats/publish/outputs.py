"""What a reader sees of a cell's outputs, as HTML in the page's style, and what cannot be shown.

Of several forms of one result the best that a page can hold is taken. An analyst's own pictures,
tables and texts are shown; what cannot be (widgets, scripts, formulas in LaTeX) is told, so that
nothing goes missing without a word.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import Any

from nbformat import NotebookNode

from zhashui_stats.publish.markdown import find_lost_pictures
from zhashui_stats.publish.pictures import PICTURES, picture_address
from zhashui_stats.publish.safe_html import is_harmless, make_harmless

__all__ = ["find_losses", "show_outputs", "show_raw"]

_ORDER = ("text/html", "text/markdown", *PICTURES, "text/plain")
_SAID = {
    "application/vnd.jupyter.widget-view+json": "交互控件",
    "application/javascript": "脚本",
    "text/latex": "LaTeX 公式",
    "application/pdf": "PDF",
}
# How Python writes an object that has no words of its own.
_OBJECT = re.compile(r"\[?<[^<>]*(?:>|$)")
_SHOWN = 60  # so many characters of what is not shown say what it was
_NOTICE = "ZhashuiWarning"  # notices of our own, which commands tell themselves
_FORMULA = re.compile(
    r"(?<!\\)\$\$[^$]+\$\$|(?<!\\)\$(?=\S)[^$\n]*[\\^_{}][^$\n]*\$|^\\begin\{", re.MULTILINE
)
_CODE = re.compile(r"^(```|~~~).*?^\1|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE)
_WARNED_AT = re.compile(r"^.*\.py:\d+: (?=\w)")  # where a warning arose, which no reader can use
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def show_outputs(outputs: Iterable[NotebookNode], render: Callable[[str], str]) -> Iterator[str]:
    """Give the HTML of each output that a reader sees.

    Args:
        outputs: Of one cell.
        render: Turns Markdown into the page's HTML.
    """
    for output in outputs:
        if output.output_type == "stream":
            if output.name == "stdout" and output.text.strip():
                yield _preformatted(output.text)
        elif "data" in output and (kind := _best(output.data)):
            yield _show(kind, _text_of(output.data[kind]), render, output.get("metadata", {}))


def show_raw(cell: NotebookNode) -> str:
    """Give the HTML of a raw cell; empty where it is of another format, which is told."""
    return make_harmless(cell.source) if _is_html(cell) else ""


def _is_html(cell: NotebookNode) -> bool:
    # A raw cell of no format is HTML to nbconvert where a page of HTML is made.
    kind = cell.metadata.get("raw_mimetype", cell.metadata.get("format", ""))
    return kind in ("", "text/html")


def _best(forms: Mapping[str, Any]) -> str | None:
    """Choose the form that is shown; None where there is none that a page can hold.

    A picture beats HTML of which something would be taken away: charts that live by a script often
    bring one along.
    """
    pictures = [kind for kind in PICTURES if kind in forms]
    if pictures and not is_harmless(_text_of(forms.get("text/html", ""))):
        return pictures[0]
    for kind in _ORDER:
        if kind in forms and not (kind == "text/plain" and _is_wordless(forms)):
            return kind
    return None


def _is_wordless(forms: Mapping[str, Any]) -> bool:
    """Tell whether a plain text only stands in for something else, or names an object."""
    others = set(forms) - {"text/plain"}
    return bool(others) or bool(_OBJECT.match(_text_of(forms["text/plain"]).strip()))


def _show(kind: str, text: str, render: Callable[[str], str], metadata: Mapping[str, Any]) -> str:
    if kind == "text/html":
        return make_harmless(text)
    if kind == "text/markdown":
        return render(text)
    if kind == "text/plain":
        return _preformatted(text)
    return _picture(kind, text, _alternative(metadata))


def _text_of(form: Any) -> str:
    return "".join(form) if isinstance(form, list) else str(form)


def _preformatted(text: str) -> str:
    lines = _ANSI.sub("", text).rstrip().split("\n")
    # Of a line that was written over a terminal shows what was written last.
    shown = "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in lines)
    return f'<pre class="zs-text">{escape(shown)}</pre>\n'


def _picture(kind: str, content: str, alternative: str) -> str:
    """Put a picture into the page."""
    address = picture_address(kind, content)
    return (
        f'<figure class="zs-picture"><img src="{escape(address)}" alt="{escape(alternative)}">'
        "</figure>\n"
    )


def _alternative(metadata: Mapping[str, Any]) -> str:
    """Return the text alternative that the notebook gives, or that there is a picture."""
    given = metadata.get("alt") or metadata.get("alt_text")
    return str(given) if given else "经办人加的图"


# --- What is not shown --------------------------------------------------------------------------


def find_losses(cells: Iterable[tuple[int, NotebookNode]]) -> Iterator[str]:
    """Say what of the notebook a reader does not see, by the number of its cell.

    Args:
        cells: Those that are for readers, each with its number in the notebook, from 1.
    """
    for number, cell in cells:
        for what in dict.fromkeys(_lost(cell)):
            yield f"第{number}个单元格：{what}"


def _lost(cell: NotebookNode) -> Iterator[str]:
    if cell.cell_type == "raw":
        if cell.source.strip() and not _is_html(cell):
            yield "原始单元格没有显示；请改用 Markdown 单元格"
        elif not is_harmless(cell.source):
            yield "原始单元格中的脚本、样式或外部内容去掉了"
    elif cell.cell_type == "markdown":
        yield from _lost_of_markdown(cell.source, cell.get("attachments"))
    else:
        for output in cell.outputs:
            yield from _lost_of_output(output)


def _lost_of_markdown(
    source: str, attachments: Mapping[str, Mapping[str, Any]] | None = None
) -> Iterator[str]:
    for address in find_lost_pictures(source, attachments):
        yield (
            f"图片 {address[:_SHOWN]} 不在笔记本里，页面也不联网，只显示了替代文字；"
            "请把图片拖进单元格，作为附件"
        )
    if _FORMULA.search(_CODE.sub("", source)):
        yield "公式 $…$ 按原文显示；请改写成文字"


def _lost_of_output(output: NotebookNode) -> Iterator[str]:
    if output.output_type == "stream":
        if output.name == "stderr" and any(
            line.strip() and _NOTICE not in line for line in output.text.splitlines()
        ):
            first = output.text.strip().splitlines()[0]
            yield f"提示没有显示：{_WARNED_AT.sub('', first)[:_SHOWN]}"
        return
    forms = output.get("data", {})
    kind = _best(forms)
    if kind == "text/html" and not is_harmless(_text_of(forms[kind])):
        yield "输出中的脚本、样式或外部内容去掉了"
    if kind is None and (lost := [name for name in forms if name != "text/plain"]):
        yield f"{_SAID.get(lost[0], lost[0])}没有显示；请改用表格、图片或文字"
    if kind == "text/markdown":
        yield from _lost_of_markdown(_text_of(forms[kind]))
