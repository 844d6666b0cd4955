"""Text that shows itself: a sentence stands in a notebook as it will stand on the page."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

__all__ = ["Prose", "prose"]

_Given = ParamSpec("_Given")


class Prose(str):
    """Markdown: a text in every way, which JupyterLab and the page show set rather than quoted."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return str(self)


def prose(say: Callable[_Given, str]) -> Callable[_Given, Prose]:
    """Let what a sentence's function says show itself."""

    @wraps(say)
    def shown(*args: _Given.args, **kwargs: _Given.kwargs) -> Prose:
        return Prose(say(*args, **kwargs))

    return shown
