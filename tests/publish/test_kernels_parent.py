"""The parent of kernels: what it gives back, when it ends, and what serves where there is none."""

import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import entry_points
from pathlib import Path

import psutil
import pytest
from conftest import ROOT
from jupyter_client.kernelspec import KernelSpecManager
from running import PATIENCE, wait_until

from publish.own_kernels import IS_FORKED, MODULES, has_ended, parent_of, parents_of, run_cells
from zhashui_stats.publish.kernels import fork_client, provisioner
from zhashui_stats.publish.kernels.fork_client import (
    CAN_FORK,
    ForkedKernel,
    close_parent,
    fork_kernel,
    start_importing,
)
from zhashui_stats.publish.kernels.fork_server import Request

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="这个系统不能分叉进程")

IMPATIENT = "import zhashui_stats.publish.kernels.fork_server as n; n.IDLE_SECONDS = {}; "


@pytest.fixture(autouse=True)
def no_parent() -> Iterator[None]:
    """Each test begins without a parent, and leaves none."""
    close_parent()
    yield
    close_parent()


def request_of(folder: Path, *words: str) -> Request:
    """Ask for a kernel with some arguments, here."""
    return Request(words, dict(os.environ), str(ROOT), str(folder))


@pytest.mark.parametrize(("words", "status"), [(("--version",), 0), (("--no-such",), 2)])
def test_the_exit_status_comes_back(tmp_path: Path, words: tuple[str, ...], status: int) -> None:
    """How a kernel ended is known, also when asked again."""
    kernel = fork_kernel((), request_of(tmp_path, *words))

    assert kernel.wait(PATIENCE) == status
    assert (kernel.poll(), kernel.wait()) == (status, status)


def test_a_signal_comes_back_as_the_status(tmp_path: Path) -> None:
    """A kernel that was killed says by which signal, as subprocess does."""
    kernel = fork_kernel((), request_of(tmp_path, "-f", str(tmp_path / "k.json")))

    assert kernel.poll() is None

    kernel.send_signal(signal.SIGKILL)

    assert kernel.wait(PATIENCE) == -signal.SIGKILL

    kernel.kill()  # nothing is left to be killed

    assert kernel.poll() == -signal.SIGKILL


def test_what_a_cell_started_ends_with_its_kernel() -> None:
    """A kernel that is killed, as each is at its end, takes its programs along."""
    program = "import subprocess; print(subprocess.Popen(['sleep', '600']).pid)"
    (pid,) = run_cells(program, modules=())

    assert wait_until(lambda: has_ended(int(pid)))


def test_threads_share_one_parent(tmp_path: Path) -> None:
    """Those who want the first kernel at once get it from the same parent."""
    request = request_of(tmp_path, "--version")
    with ThreadPoolExecutor(6) as threads:
        asked = [threads.submit(fork_kernel, (), request) for _ in range(6)]
        kernels = [kernel.result() for kernel in asked]

    assert len(parents_of(os.getpid())) == 1
    assert {kernel.wait(PATIENCE) for kernel in kernels} == {0}


def test_a_parent_that_nobody_wants_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while without kernels it is gone; the next kernel gets another."""
    monkeypatch.setattr(fork_client, "_START", IMPATIENT.format(0) + fork_client._START)
    start_importing(())

    assert wait_until(lambda: fork_client._Own.parent.has_ended)

    monkeypatch.undo()

    assert run_cells(IS_FORKED) == ["True"]


def test_a_parent_in_use_does_not_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While its kernels run a parent waits for them, also if it would not wait for new ones."""
    monkeypatch.setattr(fork_client, "_START", IMPATIENT.format(0.1) + fork_client._START)
    kernel = fork_kernel((), request_of(tmp_path, "--version"))

    assert kernel.wait(PATIENCE) == 0


def test_a_parent_that_was_killed_is_replaced() -> None:
    """The next kernel gets a new parent, and does not mind."""
    start_importing(MODULES)
    parent_of(os.getpid()).kill()

    assert wait_until(lambda: fork_client._Own.parent.has_ended)
    assert run_cells(IS_FORKED) == ["True"]


def test_a_module_that_cannot_be_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parent does without; the kernel complains when a cell wants it."""
    (tmp_path / "broken.py").write_text("1 / 0", "utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")

    assert run_cells(IS_FORKED, modules=("broken", "not_there", *MODULES)) == ["True"]


@pytest.mark.parametrize("program", ["raise SystemExit(1)", "import os; os.abort()"])
def test_where_no_parent_starts(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parent that ends at once leaves the kernel to the ordinary way."""
    monkeypatch.setattr(fork_client, "_START", program)

    assert run_cells(IS_FORKED) == ["False"]


# A parent that would wait for hours ends only because it has to; by the environment, as what stands
# in this program's command line would make it look like a parent itself.
FORKS = """
import os, sys
from zhashui_stats.publish.kernels import fork_client
fork_client._START = os.environ["PATIENT"] + fork_client._START
fork_client.start_importing(())
forked = os.fork()
if forked:
    print(forked, flush=True)
sys.stdin.read()
"""


def test_a_forked_process_does_not_keep_the_parent() -> None:
    """The parent ends with the process that started it, whoever was forked from that one."""
    with subprocess.Popen(
        [sys.executable, "-c", FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PATIENT": IMPATIENT.format(3600)},
    ) as process:  # fmt: skip
        assert process.stdout
        forked = psutil.Process(int(process.stdout.readline()))
        parent = parent_of(process.pid)
        process.kill()

        assert wait_until(lambda: has_ended(parent.pid))
        assert forked.is_running()


POOL = """
import multiprocessing, os
from publish.own_kernels import IS_FORKED, parents_of, run_cells
print(run_cells(IS_FORKED))
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(run_cells, [IS_FORKED] * 4))
print(run_cells(IS_FORKED), len(parents_of(os.getpid())))
"""


def say_in_another_process(program: str, **env: str) -> str:
    """Run a program that knows what the tests know; return what it printed."""
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT / "tests", env={**os.environ, **env},
        check=True, timeout=PATIENCE, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip


def test_a_forked_pool_after_a_kernel() -> None:
    """Processes that are forked from one with a parent start kernels, and leave it its own."""
    assert say_in_another_process(POOL) == (
        "['True']\n[['True'], ['True'], ['True'], ['True']]\n['True'] 1\n"
    )


VALUE = """
from publish.own_kernels import run_cells
print(*run_cells("import changing; print(changing.VALUE)", modules=("changing",)))
"""


def test_code_that_changed_is_new_in_the_next_process(tmp_path: Path) -> None:
    """No kernel runs code that is older than the process that asked for it."""
    places = f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    said = []
    for value in ("旧", "新"):
        (tmp_path / "changing.py").write_text(f"VALUE = {value!r}", "utf-8")
        said.append(
            say_in_another_process(VALUE, PYTHONPATH=places, PYTHONDONTWRITEBYTECODE="1").strip()
        )

    assert said == ["旧", "新"]


def test_an_interruption_while_a_kernel_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits until the kernel is known, which then ends with what is interrupted."""
    started: list[ForkedKernel] = []

    def fork_interrupted(modules: tuple[str, ...], request: Request) -> ForkedKernel:
        started.append(fork_kernel(modules, request))
        signal.raise_signal(signal.SIGINT)
        return started[-1]

    monkeypatch.setattr(provisioner, "fork_kernel", fork_interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_cells("1")

    assert [kernel.poll() for kernel in started] == [-signal.SIGKILL]


def test_other_programs_start_the_ordinary_kernel() -> None:
    """Neither a kernel nor a way to start one is offered to JupyterLab, papermill or nbconvert."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = KernelSpecManager().get_all_specs().values()

    assert set(project["entry-points"]) == {"nbconvert.exporters"}
    assert not [kernel for kernel in found if "zhashui" in str(kernel["spec"])]
    assert not [
        way
        for way in entry_points(group="jupyter_client.kernel_provisioners")
        if way.value.startswith("zhashui_stats")
    ]
