"""A process that has imported what notebooks need, and forks a kernel for whoever asks.

``fork_client`` starts it with a listening socket. A connection is a kernel's life: the first
message asks for it and is answered by its process id; each further one is a signal for it; its exit
status comes back when it ends, and when the connection is closed it is killed. When standard input
ends, whoever started this process is gone: it kills what it forked, removes the socket, and ends.
Nothing that it has imported can grow old: it serves one process, mostly a command, and goes with
it.
"""

import contextlib
import gc
import os
import runpy
import shutil
import signal
import socket
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection, wait
from pathlib import Path

from zhashui_stats.publish.startup import quick_imports

__all__ = ["IDLE_SECONDS", "Request", "main"]

IDLE_SECONDS = 60
"""Nobody has asked for a kernel for so long, and none is running: the parent ends."""

_KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
)  # what a kernel imports by itself when it starts
_UNWANTED = ("debugpy",)  # nobody debugs such a kernel
_LAUNCHER = "ipykernel_launcher"
_LIFELINE = 0  # standard input; whoever starts this process holds the other end


@dataclass(frozen=True)
class Request:
    """A kernel that is asked for.

    Attributes:
        arguments: What stands behind ``python -m ipykernel_launcher``.
        env: Environment variables, those of the parent aside.
        cwd: The working folder.
        staging: A folder that goes with whoever asked for the kernel.
    """

    arguments: tuple[str, ...]
    env: dict[str, str]
    cwd: str
    staging: str


class _ForkServer:
    """Forks kernels and looks after them until they, or those who asked for them, are gone."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._ended, self._ending = socket.socketpair()
        self._kernels: dict[Connection, int | None] = {}
        self._staging: set[str] = set()
        for end in (self._ended, self._ending):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._ending.fileno(), warn_on_full_buffer=False)

    def serve(self) -> Request | None:
        """Serve until the lifeline ends, or until nobody comes any more.

        Returns:
            In a forked process: what was asked for. In this one: None.
        """
        ready: Sequence[object] = [self._ended]
        while ready and _LIFELINE not in ready:
            for source in ready:
                if source is self._listener:
                    self._welcome()
                elif source is self._ended:
                    self._reap()
                elif source in self._kernels and (request := self._listen(source)):
                    self._leave()
                    return request
            idle = None if self._kernels else IDLE_SECONDS
            ready = wait([_LIFELINE, self._ended, self._listener, *self._kernels], idle)
        for connection in list(self._kernels):
            self._dismiss(connection)
        if _LIFELINE in ready:  # whoever would clear them away is gone
            for folder in self._staging:
                shutil.rmtree(folder, ignore_errors=True)
        return None

    def _welcome(self) -> None:
        with contextlib.suppress(OSError):  # who asks may have gone again
            self._kernels[Connection(self._listener.accept()[0].detach())] = None

    def _listen(self, connection: Connection) -> Request | None:
        """Do what is asked for; return the request in a process that was forked for it."""
        try:
            said = connection.recv()
        except (EOFError, OSError):
            self._dismiss(connection)
            return None
        if not isinstance(said, Request):
            _send(self._kernels[connection], said)
            return None
        try:
            pid = os.fork()
        except OSError:  # no room for another process; whoever asked finds another way
            self._dismiss(connection)
            return None
        if not pid:
            return said
        self._staging.add(said.staging)
        self._kernels[connection] = pid
        _tell(connection, pid)
        return None

    def _reap(self) -> None:
        """Tell of every kernel that has ended."""
        with contextlib.suppress(BlockingIOError):
            self._ended.recv(1 << 12)
        for connection, pid in list(self._kernels.items()):
            if pid and (found := os.waitpid(pid, os.WNOHANG)) != (0, 0):
                _tell(connection, os.waitstatus_to_exitcode(found[1]))
                self._kernels[connection] = None
                self._dismiss(connection)

    def _dismiss(self, connection: Connection) -> None:
        """Close a connection, and end the kernel that nobody looks after any more."""
        connection.close()
        if pid := self._kernels.pop(connection):
            _send(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def _leave(self) -> None:
        """In a forked process: let go of what belongs to its parent."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for end in (self._listener, self._ended, self._ending):
            end.close()
        for connection in self._kernels:
            connection.close()


def _tell(connection: Connection, number: int) -> None:
    """Answer; whoever has gone meanwhile need not know."""
    with contextlib.suppress(OSError):
        connection.send(number)


def _send(pid: int | None, number: int) -> None:
    """Send a signal to a kernel and to all that it started: it leads a group of its own."""
    if pid is None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: a group that has ended
        try:
            os.killpg(pid, number)
        except ProcessLookupError:  # it has only just been forked
            os.kill(pid, number)


def main(arguments: Sequence[str]) -> None:
    """Import modules, then fork kernels.

    Args:
        arguments: The number of the listening socket, and the names of the modules.
    """
    number, *modules = arguments
    listener = socket.socket(fileno=int(number))
    folder = Path(listener.getsockname()).parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who presses Ctrl-C means the command
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel reads it when it is imported
    request = None
    with quick_imports(without=_UNWANTED):
        is_wanted = _import((*_KERNEL, *modules))
    if is_wanted:
        gc.freeze()  # what is never looked through again is never copied
        request = _ForkServer(listener).serve()
    if request:
        _become(request)
    else:
        shutil.rmtree(folder, ignore_errors=True)


def _import(modules: Iterable[str]) -> bool:
    """Import the modules; False: whoever wanted them is gone.

    One that cannot be imported, whatever the cause, is left for the kernel to complain about.
    """
    for name in modules:
        if wait([_LIFELINE], 0):
            return False
        with contextlib.suppress(Exception):
            import_module(name)
    return True


def _become(request: Request) -> None:
    """Turn this forked process into what ``python -m ipykernel_launcher`` would be."""
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, _LIFELINE)
    os.close(nowhere)
    os.environ.update({**request.env, "JPY_PARENT_PID": str(os.getppid())})
    os.chdir(request.cwd)
    sys.argv = [_LAUNCHER, *request.arguments]
    runpy.run_module(_LAUNCHER, run_name="__main__", alter_sys=True)
