"""A quick start: what the imports of papermill and nbconvert may skip or do meanwhile."""

import contextlib
import sys
from collections.abc import Iterator
from importlib import import_module
from threading import Thread

__all__ = ["import_meanwhile", "without_extras"]

_EXTRAS = (
    "rfc3987_syntax",  # jsonschema: a grammar of internationalised URIs, compiled when imported
    "isoduration",  # jsonschema: durations
    "pyarrow",  # papermill: notebooks on a Hadoop file system
)


@contextlib.contextmanager
def without_extras() -> Iterator[None]:
    """Let papermill and jsonschema be imported without what they can do without.

    It comes with JupyterLab or for other reasons, and importing it takes longer than a whole
    report; the schema of notebooks asks for no such check. Only imports within this block are
    touched, and nothing that is imported already.
    """
    modules: dict[str, object] = sys.modules  # type: ignore[assignment]
    hidden = [name for name in _EXTRAS if name not in modules]
    modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            del modules[name]


@contextlib.contextmanager
def import_meanwhile(module: str) -> Iterator[None]:
    """Import a module in the background, while the block waits for something else."""
    thread = Thread(target=import_module, args=(module,), daemon=True)
    thread.start()
    yield
    thread.join()
