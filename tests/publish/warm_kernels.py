"""What the tests of warm kernels share: kernel specifications, notebooks, a look at processes."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
import pytest
from nbclient import NotebookClient
from running import PATIENCE

from zhashui_stats.publish.kernels.fork_client import close_parents

NAME = "warm"
MODULES = ("matplotlib.pyplot", "zhashui_stats.narrative.numbers", "numpy.random")


def specify(folder: Path, modules: tuple[str, ...] = MODULES, python: str = sys.executable) -> None:
    """Write a kernel specification as JupyterLab reads it, below a folder of JUPYTER_PATH."""
    place = folder / "kernels" / NAME
    place.mkdir(parents=True, exist_ok=True)
    provisioner = {"provisioner_name": "zhashui-warm", "config": {"modules": modules}}
    specification = {
        "argv": [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "热",
        "language": "python",
        "metadata": {"kernel_provisioner": provisioner},
    }
    (place / "kernel.json").write_text(json.dumps(specification), "utf-8")


@contextlib.contextmanager
def jupyter_in(folder: Path) -> Iterator[Path]:
    """Let Jupyter find the kernel specification, and IPython keep its files; end the parents."""
    specify(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        yield folder
    close_parents()


def run_cells(*sources: str, cwd: Path | None = None) -> list[str]:
    """Run cells in a kernel of their own; return what the last one printed, line by line."""
    outputs = run_outputs(*sources, cwd=cwd)
    return "".join(output.text for output in outputs if output.output_type == "stream").splitlines()


def run_outputs(*sources: str, cwd: Path | None = None) -> list[nbformat.NotebookNode]:
    """Run cells in a kernel of their own; return the outputs of the last."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"metadata": {"path": str(cwd or Path.cwd())}}
    NotebookClient(notebook, kernel_name=NAME, timeout=int(PATIENCE), resources=resources).execute()
    return list(notebook.cells[-1].outputs)


def marked(mark: Path) -> list[str]:
    """Return the command lines of processes that carry a mark in environment or command."""
    return [" ".join(process.cmdline()) for process in _alive() if _carries(process, str(mark))]


def parents_of(pid: int) -> list[psutil.Process]:
    """Return the parents of kernels that a process has started."""
    with contextlib.suppress(psutil.NoSuchProcess):
        below = psutil.Process(pid).children()
        return [process for process in below if _is_parent(process)]
    return []


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
