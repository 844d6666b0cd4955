"""A page with whatever an output may hold, in the real browser: it asks nothing of the network."""

from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from publish.hostile import HOSTILE

from zhashui_stats.publish.exporter import ZhashuiHTMLExporter

from .conftest import Opener

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
    "gg=="
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<image href="http://a.b/x.png"/><script>fetch("http://a.b")</script>'
    '<rect width="9" height="9"/>'
    "</svg>"
)


def test_no_output_reaches_the_network(open_page: Opener, tmp_path: Path) -> None:
    """Refreshes, hints, frames, pictures and drawings from elsewhere: the page stays by itself."""
    forms = [{"text/html": html} for html in HOSTILE]
    forms += [{"image/svg+xml": DRAWING}, {"image/png": PIXEL}]
    cells = [
        new_code_cell("x", execution_count=1, outputs=[new_output("display_data", data)])
        for data in forms
    ]
    html, _ = ZhashuiHTMLExporter().from_notebook_node(
        new_notebook(cells=[new_markdown_cell("# 题"), *cells])
    )
    path = tmp_path / "page.html"
    path.write_text(html, encoding="utf-8")
    shown = open_page(path)
    shown.page.wait_for_load_state("networkidle")

    assert [path.as_uri()] == [
        address for address in shown.asked_for() if not address.startswith("data:image/")
    ]
    assert path.as_uri() == shown.page.url
    assert 1 == shown.page.evaluate("document.querySelector('img[src*=png]').naturalWidth")
