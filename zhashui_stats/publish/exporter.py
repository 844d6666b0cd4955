"""The nbconvert exporter ``zhashui_html``: an executed notebook to one Chinese page.

The page holds no code and no script and asks nothing of the network; its font is within it.
"""

import sys
from html import unescape
from pathlib import Path
from threading import Lock
from typing import Any

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import Bool, default
from traitlets.config import Application

from zhashui_stats.errors import ReportFailed, ZhashuiError
from zhashui_stats.page import fonts
from zhashui_stats.publish.cell_tags import FIGURES, GUIDE, INJECTED, PARAMETERS, leave_out, tags_of
from zhashui_stats.publish.completeness import find_disorder, refuse_unfinished
from zhashui_stats.publish.markdown import Page
from zhashui_stats.publish.outputs import find_losses, show_outputs, show_raw

__all__ = ["ZhashuiHTMLExporter"]

_TEMPLATES = Path(__file__).parent / "templates"
_STYLE = _TEMPLATES / "zhashui" / "style.css"
_AUDIT_STYLE = _STYLE.with_name("audit.css")  # only a page that shows an audit carries it
_ADDED_STYLE = _STYLE.with_name("added.css")  # or what an analyst added
_BRIEF_STYLE = _STYLE.with_name("brief.css")  # and only a brief that of its own layout
_WIDE_STYLE = _STYLE.with_name("wide.css")  # only one that has a table of many columns
_FOR_ANALYSTS = (GUIDE, FIGURES, PARAMETERS, INJECTED)
_TEMPLATE = "zhashui"
_MARKDOWN = "markdown2html"
_FONT = "/* zhashui:font */"
_BRIEF = "brief"  # the layout of one printed sheet, as a notebook's metadata ask for it
_COUNTERS = "0123456789"  # page numbers and list numbers, which the browser makes


class ZhashuiHTMLExporter(TemplateExporter):
    """Renders an executed report notebook as ``jupyter nbconvert --to zhashui_html`` does too.

    Cells tagged ``guide`` or ``figures`` and the parameters are for the analyst and left out. What
    an analyst adds is shown in the page's style; what cannot be is told on standard error. With
    ``--execute``, nbconvert runs the notebook first.

    Attributes:
        strict: Whether a page is refused that does not show all, or was run out of order.
    """

    strict = Bool(False, help="不能完整呈现的笔记本不生成页面").tag(config=True)

    def __init__(self, *args: Any, **kw: Any) -> None:
        """Make an exporter that threads may share."""
        super().__init__(*args, **kw)  # type: ignore[no-untyped-call]
        self._lock = Lock()

    export_from_notebook = "柞水统计报告 (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return _TEMPLATE

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
        self._refuse_other_templates()
        page = Page()
        render = self.filters.get(_MARKDOWN, page.render)  # an analyst's own goes first
        # Resources would reach the template as a copy, which knows nothing of the headings.
        styles = {"css": _STYLE, "audit_css": _AUDIT_STYLE, "added_css": _ADDED_STYLE,
                  "brief_css": _BRIEF_STYLE, "wide_css": _WIDE_STYLE}  # fmt: skip
        read = {name: path.read_text(encoding="utf-8") for name, path in styles.items()}
        with self._lock:  # the environment is one for all threads that share the exporter
            self.environment.filters.update(
                markdown2html=render,
                shown=lambda outputs: show_outputs(outputs, render),
                shown_raw=show_raw,
            )
            self.environment.globals.update(page=page, is_brief=_is_brief(nb), **read)
            html, resources = super().from_notebook_node(nb, resources, **kw)
        return _embed_font(page.lead_links(html)), resources

    def _refuse_other_templates(self) -> None:
        if _TEMPLATE not in self.get_template_names():  # type: ignore[no-untyped-call]
            raise ReportFailed(
                f"zhashui_html 只用模板 {_TEMPLATE} 或由它派生的模板，不能用 {self.template_name}；"
                f"要用它，请改用 --to html --template {self.template_name}"
            )

    def _preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Judge the notebook, and choose what readers see, once all that changes it has run."""
        try:
            nb, resources = super()._preprocess(nb, resources)  # type: ignore[no-untyped-call]
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            for step in self._preprocessors:
                if isinstance(ran := getattr(step, "nb", None), NotebookNode):
                    refuse_unfinished(ran)  # it names the cell
            raise ReportFailed(f"笔记本没有运行完，不生成页面：{error}") from error
        refuse_unfinished(nb)
        self._tell_losses(nb)
        return leave_out(nb, *_FOR_ANALYSTS), resources

    def _tell_losses(self, nb: NotebookNode) -> None:
        """Say on standard error what readers do not see, or must doubt.

        Raises:
            ReportFailed: There is something of the kind, and it is not to be.
        """
        disorder = find_disorder(nb)
        told = [
            *find_losses(_numbered(nb)),
            *[f"{disorder}；请重新运行全部单元格"] * bool(disorder),
        ]
        if told and self.strict:
            raise ReportFailed(f"笔记本不能完整呈现，不生成页面：{'；'.join(told)}")
        for said in told:
            print(f"注意：{said}", file=sys.stderr)

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


def _is_brief(nb: NotebookNode) -> bool:
    own = nb.metadata.get("zhashui")
    return isinstance(own, dict) and own.get("layout") == _BRIEF


def _numbered(nb: NotebookNode) -> list[tuple[int, NotebookNode]]:
    """Number the cells as they stand in the notebook, and leave out those for the analyst."""
    hidden = set(_FOR_ANALYSTS)
    return [
        (number, cell) for number, cell in enumerate(nb.cells, 1) if not hidden & set(tags_of(cell))
    ]


def _embed_font(html: str) -> str:
    """Put the font into the page, cut down to the characters that stand in it."""
    return html.replace(_FONT, fonts.font_face(unescape(html) + _COUNTERS), 1)
