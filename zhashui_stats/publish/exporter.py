"""The nbconvert exporter ``zhashui_html``: an executed notebook to one Chinese page.

The page holds no code and no script and asks nothing of the network; its font is within it.
"""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellExecutionError
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Application

from zhashui_stats.errors import ReportFailed, ZhashuiError
from zhashui_stats.page import fonts
from zhashui_stats.publish.cell_tags import FIGURES, GUIDE, INJECTED, PARAMETERS, leave_out
from zhashui_stats.publish.markdown import Page

__all__ = ["ZhashuiHTMLExporter"]

_TEMPLATES = Path(__file__).parent / "templates"
_STYLE = _TEMPLATES / "zhashui" / "style.css"
_AUDIT_STYLE = _STYLE.with_name("audit.css")  # only a page that shows an audit carries it
_BRIEF_STYLE = _STYLE.with_name("brief.css")  # and only a brief that of its own layout
_FOR_ANALYSTS = (GUIDE, FIGURES, PARAMETERS, INJECTED)
_SHOWN = ("text/html", "text/markdown")
_FONT = "/* zhashui:font */"
_BRIEF = "brief"  # the layout of one printed sheet, as a notebook's metadata ask for it
_COUNTERS = "0123456789"  # page numbers and list numbers, which the browser makes


class ZhashuiHTMLExporter(TemplateExporter):
    """Renders an executed report notebook as ``jupyter nbconvert --to zhashui_html`` does too.

    Cells tagged ``guide`` or ``figures`` and the parameters are for the analyst and left out. Of a
    result only HTML and Markdown are shown: a number or a warning without words is nothing to send.
    With ``--execute``, nbconvert runs the notebook first.
    """

    export_from_notebook = "柞水统计报告 (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "zhashui"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(_TEMPLATES)]

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        """Validate once: after each of nbconvert's ten preprocessors takes as long as the page."""
        return True

    def from_notebook_node(  # type: ignore[override]  # as nbconvert's own exporters do
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Render a notebook.

        Raises:
            ReportFailed: A cell failed, or the notebook was never run: no page looks whole that
                is not.
            MissingGlyph: The font lacks a character of the page.
        """
        page = Page()
        self.environment.filters.update(markdown2html=page.render, shown=_shown)
        # Resources would reach the template as a copy, which knows nothing of the headings.
        styles = {"css": _STYLE, "audit_css": _AUDIT_STYLE, "brief_css": _BRIEF_STYLE}
        read = {name: path.read_text(encoding="utf-8") for name, path in styles.items()}
        is_brief = nb.metadata.get("zhashui", {}).get("layout") == _BRIEF
        self.environment.globals.update(page=page, is_brief=is_brief, **read)
        html, resources = super().from_notebook_node(nb, resources, **kw)
        return _embed_font(html), resources

    def _preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Judge the notebook, and choose what readers see, once all that changes it has run."""
        try:
            nb, resources = super()._preprocess(nb, resources)  # type: ignore[no-untyped-call]
        except CellExecutionError as error:
            raise _failed(error) from error
        _refuse_unfinished(nb)
        return leave_out(nb, *_FOR_ANALYSTS), resources

    def from_file(  # type: ignore[override]  # as nbconvert's own exporters do
        self, file_stream: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Render a file; where the command ``jupyter nbconvert`` asks, it ends without traceback.

        Raises:
            ReportFailed, MissingGlyph: Nobody but that command catches them.
        """
        try:
            return super().from_file(file_stream, resources, **kw)
        except ZhashuiError as error:
            _end_command(error)
            raise


def _end_command(error: ZhashuiError) -> None:
    """Let nbconvert's command, if this is its process, tell an error as it tells its own."""
    from nbconvert.nbconvertapp import NbConvertApp  # noqa: PLC0415 -- only where all is over

    app = Application.instance() if Application.initialized() else None
    if isinstance(app, NbConvertApp):
        app.log.error("%s", error)
        app.exit(1)


def _refuse_unfinished(nb: NotebookNode) -> None:
    code = [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]
    outputs = (output for cell in code for output in cell.outputs)
    for error in (output for output in outputs if output.output_type == "error"):
        raise _failed(error)
    if code and not any(cell.outputs or cell.execution_count for cell in code):
        raise ReportFailed(
            "笔记本还没有运行过，没有可以呈现的内容；"
            "请先运行全部单元格再导出，用 jupyter nbconvert 的可加上 --execute"
        )


def _failed(error: NotebookNode | CellExecutionError) -> ReportFailed:
    return ReportFailed(
        f"笔记本中有出错的单元格（{error.ename}：{error.evalue}），不生成页面；请改正后重新运行"
    )


def _shown(outputs: list[NotebookNode]) -> Iterator[tuple[str, str]]:
    """Give the media type and the text of each output that a reader sees."""
    for data in (output.get("data", {}) for output in outputs):
        for kind in _SHOWN:
            if kind in data:
                yield kind, data[kind]
                break


def _embed_font(html: str) -> str:
    """Put the font into the page, cut down to the characters that stand in it."""
    return html.replace(_FONT, fonts.font_face(unescape(html) + _COUNTERS), 1)
