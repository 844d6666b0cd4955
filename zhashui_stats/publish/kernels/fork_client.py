"""Kernels by forking: starts their parent, a ``fork_server``, and asks it for kernels.

A process has one parent at most, started when the first kernel is in sight and ended with the
process: no kernel runs code that is older than the process. One that is forked from this process
has a parent of its own.
"""

import atexit
import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from multiprocessing.connection import Client, Connection
from pathlib import Path
from threading import Lock

from zhashui_stats.publish.kernels.environment import FIXED
from zhashui_stats.publish.kernels.fork_server import Request
from zhashui_stats.publish.kernels.places import find_staging_place

__all__ = ["CAN_FORK", "ForkedKernel", "close_parent", "fork_kernel", "start_importing"]

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "AF_UNIX")
"""Whether this system can fork at all; Windows cannot."""

_START = (
    "import sys; from zhashui_stats.publish.kernels.fork_server import main; main(sys.argv[1:])"
)
_WAITING = 128  # kernels that may be asked for while the parent still imports


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

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class _Parent:
    """A running parent; it ends when it is closed, or with this process."""

    def __init__(self, modules: tuple[str, ...]) -> None:
        # Named before it is made: whatever interrupts finds what there is to clear away.
        self._folder = Path(find_staging_place(), f"zs-{secrets.token_hex(4)}")
        self.address = str(self._folder / "s")
        try:
            self._folder.mkdir(mode=0o700)
            self._process = self._start(modules)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def _start(self, modules: tuple[str, ...]) -> "subprocess.Popen[bytes]":
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(_WAITING)
            number = listener.fileno()
            return subprocess.Popen(
                [sys.executable, "-c", _START, str(number), *modules],
                stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **FIXED},
                pass_fds=[number], start_new_session=True,
            )  # fmt: skip

    @property
    def has_ended(self) -> bool:
        """Whether it is there no more."""
        return self._process.poll() is not None

    def close(self) -> None:
        """End the parent and all its kernels."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def let_go(self) -> None:
        """In a forked process: leave the parent to the process that started it."""
        assert self._process.stdin
        self._process.stdin.close()  # it shall end with that process alone
        self._process.returncode = 0  # nobody here can wait for it


class _Own:
    """The parent of this process."""

    lock = Lock()  # threads that want a first kernel at once shall share one parent
    parent: _Parent | None = None


def start_importing(modules: tuple[str, ...]) -> None:
    """Have what a kernel will need imported while this process does something else.

    Args:
        modules: Names of modules; one that cannot be imported is left for the kernel to tell.
    """
    if CAN_FORK:
        with contextlib.suppress(OSError):  # the kernel tries again, and starts as usual if need be
            _find_parent(modules)


def fork_kernel(modules: tuple[str, ...], request: Request) -> ForkedKernel:
    """Return a new kernel.

    Args:
        modules: What the parent imports, where there is none yet. With other modules a kernel
            takes longer to start; it makes no other difference.
        request: What runs in it.

    Raises:
        EOFError, OSError: No parent can be started, or it has just ended.
    """
    return ForkedKernel(Client(_find_parent(modules).address, "AF_UNIX"), request)


def _find_parent(modules: tuple[str, ...]) -> _Parent:
    """Return the parent, started if need be."""
    with _Own.lock:
        if _Own.parent and _Own.parent.has_ended:  # killed, or nobody had come for a while
            _Own.parent.close()
            _Own.parent = None
        _Own.parent = _Own.parent or _Parent(modules)
        return _Own.parent


@atexit.register
def close_parent() -> None:
    """End the parent, if this process has started one, and with it its kernels."""
    if parent := _Own.parent:
        _Own.parent = None
        parent.close()


def _begin_anew() -> None:
    """In a forked process: have no parent, and a lock that no thread holds."""
    _Own.lock = Lock()
    if parent := _Own.parent:
        _Own.parent = None
        parent.let_go()


if CAN_FORK:
    os.register_at_fork(after_in_child=_begin_anew)
