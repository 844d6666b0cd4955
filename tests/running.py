"""Running the installed commands as a user does, and waiting for what they do."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

__all__ = ["BIN", "PATIENCE", "run", "wait_until"]

BIN = Path(sys.executable).parent
PATIENCE = 120.0
"""Seconds after which something that takes a moment hangs; a machine may be busy."""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run one of the installed commands in a folder."""
    program, *arguments = map(str, command)
    words = [str(BIN / program), *arguments]
    return subprocess.run(words, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def wait_until(is_so: Callable[[], object]) -> bool:
    """Wait until something is so; return whether it came to be."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
