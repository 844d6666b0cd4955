"""What a report's kernel finds in its environment: the same every time."""

from pathlib import Path

__all__ = ["FIXED", "kernel_environment"]

FIXED = {"MPLBACKEND": "agg", "PYTHONHASHSEED": "0", "PYTHONSAFEPATH": "1"}
"""What Python and matplotlib read before anything runs: kernels find it, and their parent."""


def kernel_environment(staging: Path) -> dict[str, str]:
    """Return what a kernel's environment must say so that every run is alike.

    Neither start-up files of the user nor his colours and caches have a say in a report, nor has
    a module that lies in the working folder: nothing tells whether it has changed.
    """
    return {
        **FIXED,
        "IPYTHONDIR": str(staging / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(staging),
    }
