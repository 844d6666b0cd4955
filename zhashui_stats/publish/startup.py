"""A quick start: what the imports of papermill and nbconvert may skip or do meanwhile."""

import contextlib
import sys
from collections.abc import Iterator
from importlib import import_module
from threading import Thread

__all__ = ["import_meanwhile", "without_uri_grammar"]

_GRAMMAR = "rfc3987_syntax"


@contextlib.contextmanager
def without_uri_grammar() -> Iterator[None]:
    """Let jsonschema be imported without its optional grammar of internationalised URIs.

    Compiling that grammar takes longer than a whole report, and the schema of notebooks asks for
    no such check. Only imports within this block are touched.
    """
    modules: dict[str, object] = sys.modules  # type: ignore[assignment]
    if _GRAMMAR in modules:
        yield
        return
    modules[_GRAMMAR] = None
    try:
        yield
    finally:
        del modules[_GRAMMAR]


@contextlib.contextmanager
def import_meanwhile(module: str) -> Iterator[None]:
    """Import a module in the background, while the block waits for something else."""
    thread = Thread(target=import_module, args=(module,), daemon=True)
    thread.start()
    yield
    thread.join()
