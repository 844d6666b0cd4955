"""A quick start: what the imports of papermill, nbconvert and kernels may skip or do meanwhile."""

import contextlib
import gc
import sys
from collections.abc import Iterator
from importlib import import_module
from threading import Thread

__all__ = ["import_meanwhile", "quick_imports"]

_EXTRAS = (
    "rfc3987_syntax",  # jsonschema: a grammar of internationalised URIs, compiled when imported
    "isoduration",  # jsonschema: durations
    "pyarrow",  # papermill: notebooks on a Hadoop file system
)
"""What papermill and jsonschema can do without."""


@contextlib.contextmanager
def quick_imports(without: tuple[str, ...] = _EXTRAS) -> Iterator[None]:
    """Let something be imported without what it can do without, and without looking for garbage.

    The first comes with JupyterLab or for other reasons, and importing it takes longer than a whole
    report; the schema of notebooks asks for no such check. Only imports within this block are
    touched, and nothing that is imported already. Of garbage there is little: what is imported is
    kept, and to look through it again and again takes a seventh of the time.

    Args:
        without: Modules that shall not be found.
    """
    modules: dict[str, object] = sys.modules  # type: ignore[assignment]
    hidden = [name for name in without if name not in modules]
    modules.update(dict.fromkeys(hidden))
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        for name in hidden:
            del modules[name]


@contextlib.contextmanager
def import_meanwhile(module: str) -> Iterator[None]:
    """Import a module in the background, while the block waits for something else.

    What goes wrong there is not told there: whoever needs the module imports it again and meets the
    same error. Where an exception leaves the block, an interruption say, nothing waits for the
    import; it may then run into the end of the interpreter, which is no news to anybody.
    """
    thread = Thread(target=_import_in_silence, args=(module,), daemon=True)
    thread.start()
    yield
    thread.join()


def _import_in_silence(module: str) -> None:
    with contextlib.suppress(BaseException):
        import_module(module)
