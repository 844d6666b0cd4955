"""What the benchmarks ran on, without the machine's name and without any path."""

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

__all__ = ["describe_machine", "pin"]


def pin(cores: int = 2) -> None:
    """Keep this process and all that it starts to so many cores, as an office PC has them."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def describe_machine(libraries: Iterable[str]) -> str:
    """Say in one line when it was, on what, and with which versions."""
    versions = ", ".join(f"{name} {version(name)}" for name in libraries)
    return "; ".join(
        part
        for part in (
            f"Measured on {date.today():%Y-%m-%d}",
            f"{_processor()}, {_cores()}, {_memory()}",
            _system(),
            f"{platform.python_implementation()} {platform.python_version()}",
            versions,
        )
        if part
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(iter(names), platform.processor() or platform.machine())


def _cores() -> str:
    """Say how many there are, and how many of them were used where that is fewer."""
    there = os.cpu_count() or 1
    used = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else there
    return f"{there} cores" + (f" ({used} used)" if used < there else "")


def _memory() -> str:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 1e9:.1f} GB of memory"


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = ""
    kernel = ".".join(platform.release().split(".")[:2])
    return f"{name} ({platform.system()} {kernel})".strip()
