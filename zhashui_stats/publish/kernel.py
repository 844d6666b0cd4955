"""The kernel that a report runs in: this very Python, clean, and closed to the network."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from zhashui_stats.errors import ReportFailed

__all__ = ["ReportKernelManager", "find_staging_place", "kernel_environment", "no_kernel_left"]

# Windows has no IPC sockets in ZeroMQ; there the kernel listens on the loopback address only.
_TRANSPORT = "tcp" if sys.platform == "win32" else "ipc"
_CONNECTION = "k.json"
# A socket's name holds 107 bytes on Linux and 103 on macOS; "zs-" and eight characters of a staging
# folder, the connection file and "-ipc-5" are part of it.
_SOCKET_BYTES = 100
_STAGED = f"/zs-12345678/{_CONNECTION}-ipc-5"
_SHORT_PLACE = "/tmp"  # noqa: S108, RUF100 -- only where the user's own place is too long


_started: list["ReportKernelManager"] = []


class ReportKernelManager(AsyncKernelManager):
    """Starts the running Python as kernel, whatever kernels are registered on the machine."""

    def __init__(self, **kwargs: Any) -> None:
        """Choose the transport, and put the connection file where its sockets' names stay short."""
        super().__init__(**kwargs)
        _started.append(self)
        self.transport = _TRANSPORT
        self.connection_file = str(Path(os.environ["JUPYTER_RUNTIME_DIR"]) / _CONNECTION)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel that a report may run in; its history is kept in memory only.

        What goes wrong in it comes back as a message; what it logs besides is for its developers.
        """
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        command += ["--HistoryManager.enabled=False", "--IPKernelApp.log_level=50"]
        return KernelSpec(argv=command, display_name="Python 3", language="python")

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        """Start the process with its own stderr closed: cells' warnings come by message."""
        with _uninterrupted():
            await super()._async_launch_kernel(kernel_cmd, **{**kw, "stderr": subprocess.DEVNULL})

    _launch_kernel = _async_launch_kernel


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put off an interruption until the process is known: nobody could kill it otherwise."""
    pending: list[int] = []
    before = {}
    if current_thread() is main_thread():
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {one: old for one in numbers if callable(old := signal.getsignal(one))}
    for number in before:
        signal.signal(number, lambda number, _: pending.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if pending:
        raise KeyboardInterrupt


@contextlib.contextmanager
def no_kernel_left() -> Iterator[None]:
    """Kill at the end what still runs: whoever is interrupted early does not wait for it."""
    try:
        yield
    finally:
        while _started:
            process = getattr(_started.pop().provisioner, "process", None)
            if process and process.poll() is None:
                process.kill()
                process.wait()


def find_staging_place() -> str:
    """Return a folder for staging folders in which sockets can be named.

    Raises:
        ReportFailed: There is none.
    """
    places = [_SHORT_PLACE]
    with contextlib.suppress(FileNotFoundError):
        places.insert(0, tempfile.gettempdir())
    for place in places:
        fits = _TRANSPORT != "ipc" or len(os.fsencode(place + _STAGED)) < _SOCKET_BYTES
        if fits and os.access(place, os.W_OK | os.X_OK):
            return place
    raise ReportFailed(
        "没有可用的临时文件夹：要能写入，路径不超过 70 个字节；请把环境变量 TMPDIR 指向这样一处"
    )


def kernel_environment(staging: Path) -> dict[str, str]:
    """Return what a kernel's environment must say so that every run is alike.

    Neither start-up files of the user nor his colours and caches have a say in a report.
    """
    return {
        "IPYTHONDIR": str(staging / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(staging),
        "MPLBACKEND": "agg",
        "PYTHONHASHSEED": "0",
    }
