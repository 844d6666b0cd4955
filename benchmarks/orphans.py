"""Processes that outlive the command that started them: their time belongs to it all the same."""

import ctypes
import os
import sys
import time

__all__ = ["adopt_orphans", "wait_for_orphans"]

_SET_CHILD_SUBREAPER = 36  # of Linux's prctl
_LONGEST = 10.0  # seconds; what stays longer is meant to stay


def adopt_orphans() -> None:
    """Have them become children of this process, where the system can (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def wait_for_orphans() -> float:
    """Wait until all have ended; return the seconds of all processors that they took."""
    busy, end = 0.0, time.monotonic() + _LONGEST
    while time.monotonic() < end:
        try:
            pid, _, usage = os.wait3(os.WNOHANG)
        except ChildProcessError:  # none is left
            break
        if pid:
            busy += usage.ru_utime + usage.ru_stime
        else:
            time.sleep(0.01)
    return busy
