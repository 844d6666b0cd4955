"""What a report's kernel finds: the same environment every time, and its modules imported."""

import contextlib
import os
from pathlib import Path

from zhashui_stats.publish.kernels.fork_client import start_parent
from zhashui_stats.publish.kernels.fork_server import STAGING

__all__ = ["kernel_environment", "start_importing"]

_FIXED = {"MPLBACKEND": "agg", "PYTHONHASHSEED": "0", "PYTHONSAFEPATH": "1"}


def kernel_environment(staging: Path) -> dict[str, str]:
    """Return what a kernel's environment must say so that every run is alike.

    Neither start-up files of the user nor his colours and caches have a say in a report, nor has
    a module that lies in the working folder: nothing tells whether it has changed.
    """
    return {
        **_FIXED,
        "IPYTHONDIR": str(staging / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(staging),
        STAGING: str(staging),
    }


def start_importing(modules: tuple[str, ...]) -> None:
    """Have what a kernel will need imported while this process does something else.

    Args:
        modules: Names of modules; one that cannot be imported is left for the kernel to tell.
    """
    with contextlib.suppress(OSError):  # the kernel tries again, and starts as usual if need be
        start_parent(modules, {**os.environ, **_FIXED})
