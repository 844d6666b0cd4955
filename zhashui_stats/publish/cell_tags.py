"""Tags of cells: what a cell of a notebook is, and so whether a page shows it."""

from nbformat import NotebookNode

__all__ = ["ERROR", "FIGURES", "GUIDE", "INJECTED", "PARAMETERS", "leave_out", "tags_of"]

GUIDE = "guide"
"""A question, or a word on how to use the notebook, to whoever reads it in JupyterLab."""

FIGURES = "figures"
"""A sum that answers a guide's question, shown in JupyterLab."""

PARAMETERS = "parameters"
"""The values that a notebook has of its own; the tag is papermill's, as are the next two."""

INJECTED = "injected-parameters"
"""The values that a run was given."""

ERROR = "papermill-error-cell-tag"
"""What is added to a notebook that failed."""


def tags_of(cell: NotebookNode) -> frozenset[str]:
    """Return the tags of a cell."""
    return frozenset(cell.metadata.get("tags", ()))


def leave_out(notebook: NotebookNode, *tags: str) -> NotebookNode:
    """Return a notebook without the cells that have one of the tags; it stays as it is."""
    cells = [cell for cell in notebook.cells if tags_of(cell).isdisjoint(tags)]
    return NotebookNode({**notebook, "cells": cells})
