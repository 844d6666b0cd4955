"""What the tests of the commands' kernels share: cells that run in one, a look at processes."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
from running import wait_until

from zhashui_stats.publish.running import run_notebook, staging_folder

MODULES = ("matplotlib.pyplot", "zhashui_stats.narrative.numbers", "numpy.random")
IS_FORKED = f"import sys; print({MODULES[1]!r} in sys.modules)"


def run_cells(*sources: str, modules: tuple[str, ...] = MODULES) -> list[str]:
    """Run cells in a kernel of their own; return what the last one printed, line by line."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    with staging_folder() as folder:
        executed = run_notebook(notebook, {}, Path(folder) / "n.ipynb", modules)
    return "".join(output.text for output in executed.cells[-1].outputs).splitlines()


def marked(mark: Path) -> list[str]:
    """Return the command lines of processes that carry a mark in environment or command."""
    return [" ".join(process.cmdline()) for process in _alive() if _carries(process, str(mark))]


def has_ended(pid: int) -> bool:
    """Tell whether a process is gone, or waits for nothing but that somebody asks how it ended."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    return True


def parents_of(pid: int) -> list[psutil.Process]:
    """Return the parents of kernels that a process has started."""
    with contextlib.suppress(psutil.NoSuchProcess):
        below = psutil.Process(pid).children()
        return [process for process in below if _is_parent(process)]
    return []


def parent_of(pid: int) -> psutil.Process:
    """Return the one parent of kernels that a process starts, as soon as it is there."""
    assert wait_until(lambda: parents_of(pid))
    (parent,) = parents_of(pid)
    return parent


def _is_parent(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return "kernels.fork_server" in " ".join(process.cmdline())
    return False


def _alive() -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                yield process


def _carries(process: psutil.Process, mark: str) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        return mark in "".join([*process.environ().values(), *process.cmdline()])
    return False
