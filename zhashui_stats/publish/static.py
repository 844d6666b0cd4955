"""A page from finished parts, where there is nothing to run: it looks as a report's does."""

from collections.abc import Iterable

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from zhashui_stats.publish.pipeline import render_page

__all__ = ["render_static"]


def render_static(markdown: str, parts: Iterable[str], layout: str = "") -> str:
    """Return a page.

    Args:
        markdown: What stands first, the title included.
        parts: HTML, as tables and figures give it.
        layout: See the exporter; empty: a report's.

    Raises:
        MissingGlyph: The font lacks a character of the page.
    """
    shown = [new_output("display_data", {"text/html": part}) for part in parts if part]
    cells = [new_markdown_cell(markdown), new_code_cell("", outputs=shown)]
    metadata = {"zhashui": {"layout": layout}} if layout else {}
    return render_page(new_notebook(cells=cells, metadata=metadata))
