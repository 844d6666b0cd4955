"""The kernel provisioner ``zhashui-warm``, Jupyter's own extension point for starting kernels.

A kernel specification asks for it, and names what its parent shall have imported::

    "metadata": {"kernel_provisioner": {"provisioner_name": "zhashui-warm",
                                        "config": {"modules": ["pandas"]}}}

Whoever starts the kernel, be it papermill, nbclient or JupyterLab, sees an ordinary one.
"""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from zhashui_stats.errors import ReportFailed
from zhashui_stats.publish.kernels.fork_client import CAN_FORK, fork_kernel
from zhashui_stats.publish.kernels.fork_server import Request

__all__ = ["NAME", "WarmProvisioner"]

NAME = "zhashui-warm"
"""Under which the entry point is registered."""

_POLL_SECONDS = 0.002


class WarmProvisioner(LocalProvisioner):
    """Forks kernels from a parent; starts them as usual where that cannot be.

    Attributes:
        modules: What the parent shall have imported.
    """

    modules = List(Unicode()).tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel, forked if it can be."""
        request = _request(cmd, kwargs) if CAN_FORK else None
        if request is None:
            return await super().launch_kernel(cmd, **kwargs)
        try:
            modules = tuple(self.modules)
            kernel = await asyncio.to_thread(fork_kernel, modules, request)
        except (EOFError, OSError, ReportFailed):  # such as no place for a parent's socket
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment]  # it does what Popen does
        self.pid, self.pgid, self.cwd = kernel.pid, None, request.cwd
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and wait for the little while that it takes."""
        await super().kill(restart)
        while await self.poll() is None:
            await asyncio.sleep(_POLL_SECONDS)


def _request(cmd: list[str], kwargs: dict[str, Any]) -> Request | None:
    """Read a command line ``python -m module …`` of this very Python; None for any other."""
    if len(cmd) < 3 or not _is_this_python(Path(cmd[0])) or cmd[1] != "-m":
        return None
    return Request(
        cmd[2],
        tuple(cmd[3:]),
        dict(kwargs.get("env") or os.environ),
        os.fspath(kwargs.get("cwd") or os.getcwd()),  # noqa: PTH109 -- as the kernel sees it
        kwargs.get("stderr") == subprocess.DEVNULL,
    )


def _is_this_python(path: Path) -> bool:
    """Tell whether a path is the running Python, also as python3 beside python.

    Links into other folders are not followed: two environments may share one Python.
    """
    mine = Path(sys.executable)
    try:
        return path == mine or (path.parent == mine.parent and path.samefile(mine))
    except OSError:
        return False
