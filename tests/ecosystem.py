"""A page as people make it who know papermill and nbconvert, and not this program."""

from collections.abc import Mapping
from pathlib import Path

from nbconvert.exporters import get_exporter
from papermill import execute_notebook

__all__ = ["publish_as_jupyter_does"]


def publish_as_jupyter_does(notebook: Path, executed: Path, parameters: Mapping[str, str]) -> bytes:
    """Run a notebook with papermill in an ordinary kernel, and export it by nbconvert's name.

    What ``papermill`` and ``jupyter nbconvert --to zhashui_html`` do, in this process.

    Args:
        notebook: What to run, in the working folder.
        executed: Where papermill writes it.
        parameters: Values for its cell tagged ``parameters``.

    Returns:
        The page.
    """
    execute_notebook(notebook, executed, dict(parameters), progress_bar=False)
    page, _ = get_exporter("zhashui_html")().from_filename(str(executed))
    return str(page).encode()
