"""The peak memory of a command with all its processes together.

What several processes share counts once in the proportional set size (PSS), each having its part;
where a system tells none, the resident sets (RSS) are summed, which is more than is really used.
Looking costs time, so that a run is either timed or watched.
"""

import time
from dataclasses import dataclass
from functools import cache

import psutil  # type: ignore[import-untyped]
from measuring import Way, run

__all__ = ["Peak", "kind", "watch_memory"]

_EVERY = 0.05  # seconds


@dataclass
class Peak:
    """The largest sum seen so far, in MB of a million bytes."""

    megabytes: float = 0.0

    def watch(self, pid: int) -> None:
        """Look at a process and all that come from it until it has ended."""
        root = psutil.Process(pid)
        known = {root}  # also those whose parent ends before them
        while _is_running(root):
            begin = time.perf_counter()
            known |= _children(root)
            self.megabytes = max(self.megabytes, sum(map(_bytes, known)) / 1e6)
            time.sleep(max(0.0, _EVERY - (time.perf_counter() - begin)))


def watch_memory(way: Way) -> float:
    """Run a way once and return the peak of all its processes together (MB)."""
    peak = Peak()
    run(way, peak.watch)
    return peak.megabytes


@cache
def kind() -> str:
    """Say which size is summed: PSS, or RSS where the system tells no other."""
    return "PSS" if hasattr(psutil.Process().memory_full_info(), "pss") else "RSS"


def _is_running(process: psutil.Process) -> bool:
    """Nobody has waited for an ended child yet, so it is still listed, as a zombie."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _children(process: psutil.Process) -> set[psutil.Process]:
    try:
        return set(process.children(recursive=True))
    except psutil.NoSuchProcess:
        return set()


def _bytes(process: psutil.Process) -> int:
    """Return the size of a process; 0 for one that has just ended."""
    try:
        info = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(info, kind().lower()))
