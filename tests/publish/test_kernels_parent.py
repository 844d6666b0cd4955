"""The parent of kernels: what it gives back, when it ends, and what serves where there is none."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from conftest import ROOT
from running import PATIENCE, wait_until

from publish.own_kernels import IS_FORKED, MODULES, has_ended, parent_of, parents_of, run_cells
from zhashui_stats.publish.kernels import fork_client
from zhashui_stats.publish.kernels.fork_client import (
    CAN_FORK,
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


FORKS = """
import os, sys
from zhashui_stats.publish.kernels.fork_client import start_importing
start_importing(())
forked = os.fork()
if forked:
    print(forked, flush=True)
sys.stdin.read()
"""


def test_a_forked_process_does_not_keep_the_parent() -> None:
    """The parent ends with the process that started it, whoever was forked from that one."""
    with subprocess.Popen(
        [sys.executable, "-c", FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        forked = psutil.Process(int(process.stdout.readline()))
        parent = parent_of(process.pid)
        process.kill()

        assert wait_until(lambda: has_ended(parent.pid))
        assert forked.is_running()
