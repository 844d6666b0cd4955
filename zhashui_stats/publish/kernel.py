"""The kernel that a report runs in: this very Python, clean, and closed to the network."""

import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

__all__ = ["ReportKernelManager", "kernel_environment"]

# Windows has no IPC sockets in ZeroMQ; there the kernel listens on the loopback address only.
_TRANSPORT = "tcp" if sys.platform == "win32" else "ipc"


class ReportKernelManager(AsyncKernelManager):
    """Starts the running Python as kernel, whatever kernels are registered on the machine."""

    def __init__(self, **kwargs: Any) -> None:
        """Choose the transport, and put the connection file where its sockets' names stay short."""
        super().__init__(**kwargs)
        self.transport = _TRANSPORT
        self.connection_file = str(Path(os.environ["JUPYTER_RUNTIME_DIR"]) / "k.json")

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel that a report may run in; its history is kept in memory only."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        command.append("--HistoryManager.enabled=False")
        return KernelSpec(argv=command, display_name="Python 3", language="python")


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
