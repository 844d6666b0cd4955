"""The kernel that a report runs in: this very Python, clean, and closed to the network."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type

from zhashui_stats.publish.kernels.client import ReportKernelClient
from zhashui_stats.publish.kernels.environment import kernel_environment
from zhashui_stats.publish.kernels.places import CONNECTION_FILE, TRANSPORT
from zhashui_stats.publish.kernels.provisioner import ReportProvisioner

__all__ = ["ReportKernelManager", "end_kernels", "report_kernel"]

_running: set["ReportKernelManager"] = set()


class ReportKernelManager(AsyncKernelManager):
    """Starts the running Python as kernel, whatever kernels are registered on the machine.

    Attributes:
        staging: The folder of one run: the connection file and its sockets, IPython's own files.
        modules: What a forked kernel finds imported.
    """

    client_factory = Type(ReportKernelClient)
    staging = Path()
    modules: tuple[str, ...] = ()

    def __init__(self, **kwargs: Any) -> None:
        """Choose the transport, and put the connection file where its sockets' names stay short."""
        super().__init__(**kwargs)
        _running.add(self)
        self.transport = TRANSPORT
        self.connection_file = str(self.staging / CONNECTION_FILE)
        self.provisioner = ReportProvisioner(kernel_spec=self.kernel_spec, parent=self)
        self.provisioner.staging, self.provisioner.modules = self.staging, self.modules

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel that a report may run in; its history is kept in memory only.

        What goes wrong in it comes back as a message; what it logs besides is for its developers.
        """
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        command += ["--HistoryManager.enabled=False", "--IPKernelApp.log_level=50"]
        return KernelSpec(
            argv=command,
            display_name="Python 3",
            language="python",
            env=kernel_environment(self.staging),
        )

    def end(self) -> None:
        """Kill the kernel, if it still runs: whoever is interrupted early does not wait for it."""
        process = getattr(self.provisioner, "process", None)
        if process and process.poll() is None:
            process.kill()
            process.wait()


@contextlib.contextmanager
def report_kernel(
    staging: Path, modules: tuple[str, ...] = ()
) -> Iterator[type[ReportKernelManager]]:
    """Give a kernel manager for one run: a class, as that is what nbclient takes.

    Args:
        staging: A folder of the run's own. When the context ends, so does the kernel.
        modules: What its parent imports where there is none yet; it makes a kernel no different.
    """
    started: list[ReportKernelManager] = []

    class Manager(ReportKernelManager):
        def __init__(self, **kwargs: Any) -> None:
            self.staging = staging
            self.modules = modules
            super().__init__(**kwargs)
            started.append(self)

    try:
        yield Manager
    finally:
        for manager in started:
            manager.end()
            _running.discard(manager)


def end_kernels() -> None:
    """Kill the kernels of all threads; one that is only just starting, when called once more."""
    for manager in tuple(_running):
        manager.end()
