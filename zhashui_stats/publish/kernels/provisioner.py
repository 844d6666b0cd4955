"""How the manager of a report's kernel comes by it: forked, or in the ordinary way.

The manager makes its provisioner itself; none is registered with Jupyter.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from zhashui_stats.publish.kernels.fork_client import CAN_FORK, ForkedKernel, fork_kernel
from zhashui_stats.publish.kernels.fork_server import Request

__all__ = ["ReportProvisioner"]

_POLL_SECONDS = 0.002


class ReportProvisioner(LocalProvisioner):
    """Has kernels forked by the parent; starts them in the ordinary way where that cannot be.

    Attributes:
        staging: The folder of one run.
        modules: What the parent imports where there is none yet.
    """

    staging = Path()
    modules: tuple[str, ...] = ()

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel with its own stderr closed: cells' warnings come by message.

        Args:
            cmd: ``python -m ipykernel_launcher``, and its arguments.
            **kwargs: As ``subprocess.Popen`` takes them.
        """
        with _uninterrupted():
            if kernel := self._fork(cmd[3:], kwargs):
                self.process = kernel  # type: ignore[assignment]  # it does what Popen does
                self.pid = kernel.pid
                return self.connection_info
            return await super().launch_kernel(cmd, **{**kwargs, "stderr": subprocess.DEVNULL})

    def _fork(self, arguments: list[str], kwargs: dict[str, Any]) -> ForkedKernel | None:
        """Return a forked kernel; None where there is no parent.

        The loop waits for it: nothing else runs there, and a thread of its executor would be
        missing in a process that was forked from this one.
        """
        if not CAN_FORK:
            return None
        cwd = os.fspath(kwargs.get("cwd") or os.getcwd())  # noqa: PTH109 -- as the kernel sees it
        request = Request(tuple(arguments), kwargs["env"], cwd, str(self.staging))
        try:
            return fork_kernel(self.modules, request)
        except (EOFError, OSError):  # such as no room for another process
            return None

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and wait for the little while that it takes."""
        await super().kill(restart)
        while await self.poll() is None:
            await asyncio.sleep(_POLL_SECONDS)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put off an interruption until the process is known: nobody could kill it otherwise."""
    pending: list[int] = []
    before = {}
    if current_thread() is main_thread():
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: old for number in numbers if callable(old := signal.getsignal(number))}
    for number in before:
        signal.signal(number, lambda received, _: pending.append(received))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if pending:
        raise KeyboardInterrupt
