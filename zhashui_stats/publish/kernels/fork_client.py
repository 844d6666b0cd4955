"""Kernels by forking: starts parents, each a ``fork_server``, and asks them for kernels."""

import atexit
import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from multiprocessing.connection import Client, Connection
from pathlib import Path
from threading import Lock

from zhashui_stats.publish.kernels.fork_server import Request
from zhashui_stats.publish.kernels.places import find_staging_place

__all__ = ["CAN_FORK", "ForkedKernel", "close_parents", "fork_kernel", "start_parent"]

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "AF_UNIX")
"""Whether this system can fork at all; Windows cannot."""

# No file in the working folder may be taken for a module that the parent imports. Python's own -P
# would see to that, but every kernel would inherit it.
_START = (
    "import sys; del sys.path[: not sys.flags.safe_path]; "
    "from zhashui_stats.publish.kernels.fork_server import main; main(sys.argv[1:])"
)
_WAITING = 128  # kernels that may be asked for while the parent still imports
# What Python, C libraries and matplotlib read when they start or are imported: a kernel that wants
# another value needs another parent.
_DECISIVE = (
    "PYTHON", "LD_", "DYLD_", "LANG", "LC_", "TZ", "HOME", "XDG_", "MPL", "MATPLOTLIB",
    "OMP_", "OPENBLAS_", "MKL_", "PYDEVD_",
)  # fmt: skip

Key = frozenset[tuple[str, str]]


class ForkedKernel:
    """A forked process; to Jupyter's provisioner it is what ``subprocess.Popen`` is.

    Attributes:
        pid: Its process id; it leads a process group of its own.
        returncode: Its exit status, negative for a signal; None while it runs.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: Connection, request: Request) -> None:
        """Ask for it and wait until it is there.

        Raises:
            EOFError, OSError: The parent is gone.
        """
        self.returncode: int | None = None
        self._lock = Lock()  # its own thread looks after it, and whoever gives up the whole batch
        self._connection = connection
        connection.send(request)
        self.pid: int = connection.recv()

    def poll(self) -> int | None:
        """Return the exit status; None while it runs."""
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end, at most so many seconds; return its exit status, or None."""
        with self._lock:
            if self.returncode is None and self._connection.poll(timeout):
                try:
                    self.returncode = self._connection.recv()
                except (EOFError, OSError):  # it does not outlive its parent
                    self.returncode = -signal.SIGKILL
                self._connection.close()
            return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it, and what it started, a signal; nothing where it has ended."""
        if self.poll() is None:
            with contextlib.suppress(OSError):
                self._connection.send(number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class _Parent:
    """A running parent; it ends when it is closed, or with this process."""

    def __init__(self, modules: Iterable[str], env: Mapping[str, str]) -> None:
        self._owner = os.getpid()
        # Named before it is made: whatever interrupts finds what there is to clear away.
        self._folder = Path(find_staging_place(), f"zs-{secrets.token_hex(4)}")
        self._address = str(self._folder / "s")
        try:
            self._folder.mkdir(mode=0o700)
            self._process = self._start(modules, env)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def _start(self, modules: Iterable[str], env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self._address)
            listener.listen(_WAITING)
            number = listener.fileno()
            return subprocess.Popen(
                [sys.executable, "-c", _START, str(number), *modules],
                stdin=subprocess.PIPE, env=env, pass_fds=[number], start_new_session=True,
            )  # fmt: skip

    def fork(self, request: Request) -> ForkedKernel:
        """Return a new kernel.

        Raises:
            EOFError, OSError: The parent is gone.
        """
        return ForkedKernel(Client(self._address, "AF_UNIX"), request)

    @property
    def has_ended(self) -> bool:
        """Whether it is there no more."""
        return self._owner == os.getpid() and self._process.poll() is not None

    def close(self) -> None:
        """End the parent and all its kernels; a forked process leaves that to its own parent."""
        if self._owner != os.getpid():
            return
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


_parents: dict[Key, _Parent] = {}
_lock = Lock()  # threads that want a first kernel at once shall share one parent


def start_parent(modules: tuple[str, ...], env: Mapping[str, str]) -> None:
    """Have a parent import modules meanwhile, unless there is one for this environment."""
    if CAN_FORK:
        _find_parent(modules, env)


def fork_kernel(modules: tuple[str, ...], request: Request) -> ForkedKernel:
    """Return a new kernel.

    Args:
        modules: What a parent imports, where there is none yet for this environment. With other
            modules a kernel takes longer to start; it makes no other difference.
        request: What runs in it.

    Raises:
        EOFError, OSError: No parent can be started.
    """
    parent = _find_parent(modules, request.env)
    try:
        return parent.fork(request)
    except (EOFError, OSError):
        if not parent.has_ended:  # it cannot fork just now; others' kernels live by it
            raise
        _drop(parent)  # nobody had come for a while
    return _find_parent(modules, request.env).fork(request)


def _find_parent(modules: tuple[str, ...], env: Mapping[str, str]) -> _Parent:
    """Return the parent for an environment, started if need be."""
    key = frozenset((name, value) for name, value in env.items() if name.startswith(_DECISIVE))
    with _lock:
        if key not in _parents:
            _parents[key] = _Parent(modules, env)
        return _parents[key]


def _drop(parent: _Parent) -> None:
    """Forget a parent that does not answer."""
    with _lock:
        for key in [key for key, kept in _parents.items() if kept is parent]:
            del _parents[key]
    parent.close()


@atexit.register
def close_parents() -> None:
    """End every parent that this process started, and with it its kernels."""
    while _parents:
        _parents.popitem()[1].close()
