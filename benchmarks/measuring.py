"""Run several ways of doing one thing in turns, so that what else the machine does weighs on all.

Seconds are of the clock, until a command has ended, and beside them of all processors, for all
processes that come from it. Nothing runs on a terminal, so no progress is drawn.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from orphans import adopt_orphans, wait_for_orphans

__all__ = ["Command", "Run", "Way", "clean_environment", "measure", "nothing", "run"]

Command = Sequence[str]
Watch = Callable[[int], None]


def nothing(*_: object) -> None:
    """Do nothing, where something may be done."""


def clean_environment() -> dict[str, str]:
    """Return the caller's variables without those that change how Python works.

    Where PYTHONDONTWRITEBYTECODE is set, every process would compile all packages again.
    """
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


@dataclass(frozen=True)
class Way:
    """One way of doing it.

    Attributes:
        name: What the tables call it.
        commands: Run one after the other.
        folder: Where they run.
        environment: All environment variables that they see.
        before: What is done before each run, off the clock.
    """

    name: str
    commands: Sequence[Command]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=clean_environment)
    before: Callable[[], None] = nothing


@dataclass(frozen=True)
class Run:
    """What one run took.

    Attributes:
        seconds: Of the clock.
        busy: Seconds of all processors.
        megabytes: The largest resident set of any one process (MB of a million bytes).
        said: What the last command wrote to standard output.
    """

    seconds: float
    busy: float
    megabytes: float
    said: str


def measure(ways: Iterable[Way], rounds: int) -> dict[str, list[Run]]:
    """Run all in turns, once to warm up and then ``rounds`` times, there and back.

    Returns:
        The runs of each way by its name, in the order of the rounds.
    """
    ways = list(ways)
    runs: dict[str, list[Run]] = {way.name: [] for way in ways}
    for number in range(rounds + 1):
        for way in ways if number % 2 else ways[::-1]:
            done = run(way)
            if number:
                runs[way.name].append(done)
    return runs


def run(way: Way, watch: Watch = nothing) -> Run:
    """Run the commands of one way.

    Args:
        way: What to run.
        watch: Is given the number of each process as it starts, and may return once it has ended.

    Raises:
        SystemExit: A command failed; what it said is told.
    """
    way.before()
    adopt_orphans()
    begin = time.perf_counter()
    done = [_finish(way, command, watch) for command in way.commands]
    return Run(
        seconds=time.perf_counter() - begin,
        busy=sum(process.busy for process in done) + wait_for_orphans(),
        megabytes=max(process.megabytes for process in done),
        said=done[-1].said,
    )


def _finish(way: Way, command: Command, watch: Watch) -> Run:
    """Start one command, wait for it, and return what it took."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=complained,
            cwd=way.folder, env=dict(way.environment),
        )  # fmt: skip
        watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        text = _read(said)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}\n{text}{_read(complained)}")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes that ru_maxrss counts by
    busy = usage.ru_utime + usage.ru_stime
    return Run(seconds, busy, usage.ru_maxrss * unit / 1e6, text)


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", errors="replace")
