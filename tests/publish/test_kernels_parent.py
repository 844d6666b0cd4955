"""The parent of kernels: what it gives back, when it ends, and what serves where there is none."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from conftest import ROOT
from running import PATIENCE, wait_until

from publish.warm_kernels import MODULES, jupyter_in, parents_of, run_cells, specify
from zhashui_stats.publish.kernels import fork_client, places
from zhashui_stats.publish.kernels.fork_client import (
    CAN_FORK,
    close_parents,
    fork_kernel,
    start_parent,
)
from zhashui_stats.publish.kernels.fork_server import Request

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="这个系统不能分叉进程")

IS_FORKED = f"import sys; print({MODULES[1]!r} in sys.modules)"
IMPATIENT = "import zhashui_stats.publish.kernels.fork_server as n; n.IDLE_SECONDS = {}; "


@pytest.fixture(scope="module", autouse=True)
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A kernel specification, and IPython's own folder; parents end with the module's tests."""
    with jupyter_in(tmp_path_factory.mktemp("jupyter")) as folder:
        yield folder


def request_of(*words: str) -> Request:
    """Ask for ``python -m`` and some words, here."""
    return Request(words[0], words[1:], dict(os.environ), str(ROOT), quiet=True)


@pytest.mark.parametrize(("words", "status"), [(("calendar", "2022"), 0), (("calendar", "x"), 2)])
def test_the_exit_status_comes_back(words: tuple[str, ...], status: int) -> None:
    """Any module can be run; how it ended is known, also when asked again."""
    kernel = fork_kernel(MODULES, request_of(*words))

    assert kernel.wait(PATIENCE) == status
    assert (kernel.poll(), kernel.wait()) == (status, status)


def test_a_signal_comes_back_as_the_status() -> None:
    """A forked process that was killed says by which signal, as subprocess does."""
    kernel = fork_kernel(MODULES, request_of("http.server", "--bind", "127.0.0.1", "0"))

    assert kernel.poll() is None

    kernel.terminate()

    assert kernel.wait(PATIENCE) == -signal.SIGTERM

    kernel.kill()  # nothing is left to be killed

    assert kernel.poll() == -signal.SIGTERM


def test_threads_share_one_parent() -> None:
    """Those who want the first kernel of a kind at once get it from the same parent."""
    close_parents()
    with ThreadPoolExecutor(6) as threads:
        asked = [threads.submit(fork_kernel, MODULES, request_of("calendar")) for _ in range(6)]
        kernels = [kernel.result() for kernel in asked]

    assert len(parents_of(os.getpid())) == 1
    assert {kernel.wait(PATIENCE) for kernel in kernels} == {0}


def test_a_parent_that_nobody_wants_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while without kernels it is gone, with its socket; the next kernel gets another."""
    close_parents()
    monkeypatch.setattr(fork_client, "_START", IMPATIENT.format(0.3) + fork_client._START)
    start_parent(MODULES, os.environ)

    assert wait_until(lambda: len(parents_of(os.getpid())) == 1)

    (before,) = parents_of(os.getpid())

    assert wait_until(lambda: before.status() == psutil.STATUS_ZOMBIE)
    assert run_cells(IS_FORKED) == ["True"]
    assert not before.is_running()


def test_a_parent_in_use_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """While its kernels run a parent waits for them, also if it would not wait for new ones."""
    close_parents()
    monkeypatch.setattr(fork_client, "_START", IMPATIENT.format(0) + fork_client._START)

    assert run_cells(IS_FORKED) == ["True"]
    close_parents()


def test_a_parent_that_was_killed_is_replaced() -> None:
    """The next kernel gets a new parent, and does not mind."""
    start_parent(MODULES, os.environ)
    for parent in parents_of(os.getpid()):
        parent.kill()

    assert run_cells(IS_FORKED) == ["True"]


def test_a_module_that_cannot_be_imported(jupyter: Path, tmp_path: Path) -> None:
    """A parent does without; the kernel complains when a cell wants it."""
    (tmp_path / "broken.py").write_text("1 / 0", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path))
        specify(jupyter, ("broken", "not_there", MODULES[1]))
        lines = run_cells(IS_FORKED)
    specify(jupyter)

    assert lines == ["True"]


@pytest.mark.parametrize("program", ["raise SystemExit(1)", "import os; os.abort()"])
def test_where_no_parent_starts(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parent that ends at once leaves the kernel to the ordinary way."""
    close_parents()
    monkeypatch.setattr(fork_client, "_START", program)

    assert run_cells(IS_FORKED) == ["False"]
    close_parents()


def test_where_no_socket_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel over TCP needs no place for sockets: it starts the ordinary way."""
    close_parents()
    place = tmp_path / ("x" * 100)
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setattr(places, "_SHORT_PLACE", str(tmp_path / "gone"))

    assert run_cells(IS_FORKED) == ["False"]


def test_another_python_starts_as_usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel specification of another interpreter gets that interpreter."""
    other = tmp_path / "python"
    other.write_text(f'#!/bin/sh\nOTHER=1 exec "{sys.executable}" "$@"\n', "utf-8")
    other.chmod(0o755)
    specify(tmp_path / "jupyter", python=str(other))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))

    assert run_cells(IS_FORKED, "import os; print(os.environ['OTHER'])") == ["1"]
