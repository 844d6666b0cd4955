"""How a chart gets onto a page: its drawing as SVG, with a caption and a text alternative."""

import io
import warnings
from dataclasses import KW_ONLY, dataclass
from html import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

from zhashui_stats.page import fonts
from zhashui_stats.page.style import apply_font, chart_style
from zhashui_stats.page.svg import cut, inline

__all__ = ["Figure", "SvgAxes", "canvas_of"]

_STRIP = 7  # rows that stay together where a chart of many rows goes on on the next page
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as the page shows it.

    Attributes:
        axes: What is drawn.
        caption: The line below it (plain text).
        alt: What it shows, for those who do not see it (plain text).
    """

    axes: Axes
    _: KW_ONLY
    caption: str
    alt: str

    def _repr_html_(self) -> str:
        """Render the drawing, in strips where it has many rows, and the caption.

        Raises:
            MissingGlyph: A text has a character that the font lacks.
        """
        fonts.check(self.caption + self.alt)
        places = _cuts(self.axes)
        drawing = cut(inline(_save_svg(self.axes, "none"), self.alt), places)
        return (
            f'<figure class="zs-figure{" zs-long" if places else ""}">{drawing}'
            f"<figcaption>{escape(self.caption, quote=False)}</figcaption></figure>"
        )


class SvgAxes(Axes):
    """Axes that show themselves in JupyterLab, without a backend and on any machine."""

    def _repr_svg_(self) -> str:
        # With outlines for letters, as JupyterLab does not know the page's font.
        return _save_svg(self, "path")


def canvas_of(ax: Axes) -> Canvas:
    """Return the whole drawing that axes stand in."""
    canvas = ax.get_figure(root=True)
    assert canvas is not None
    return canvas


def _cuts(ax: Axes) -> list[float]:
    """Return where, in points from the top, a page may end within a chart of many rows."""
    canvas, rows = canvas_of(ax), len(ax.get_yticklabels())
    if rows < 3 * _STRIP or ax.get_xticks().size:
        return []
    scale, parts = 72 / canvas.dpi, rows // _STRIP
    return [
        scale * (canvas.bbox.height - ax.transData.transform((0, rows * part // parts - 0.5))[1])
        for part in range(1, parts)
    ]


def _save_svg(ax: Axes, font_type: str) -> str:
    """Save the drawing of the axes as SVG: the same bytes for the same drawing.

    Args:
        ax: What is drawn.
        font_type: Whether letters are outlines (``path``) or stay text (``none``).

    Raises:
        MissingGlyph: A text has a character that the font lacks.
    """
    canvas = canvas_of(ax)
    with chart_style(), mpl.rc_context({"svg.fonttype": font_type}), warnings.catch_warnings():
        warnings.simplefilter("error")
        apply_font(ax)
        fonts.check("".join(text.get_text() for text in ax.findobj(Text)))
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata=_NO_METADATA, transparent=True)
    return out.getvalue()
