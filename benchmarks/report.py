"""Time the whole report against the ecosystem's own two commands on the same notebook.

``make bench`` runs it. Both ways take turns in one run, so that whatever else the machine does
weighs on both; the figure is the median of the pairwise ratios. Exit status 1: a bound is broken.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PERIOD = "2022H1"
NOTEBOOK = "notebooks/half_year_report.ipynb"

ROUNDS = 5
MOST_TIME = 0.6  # of the time that papermill and nbconvert take
MOST_BYTES = 400_000

Command = Sequence[str]


def main() -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        ours, theirs = measure(_ours(out), _theirs(out))
        size = (out / PERIOD / "report.html").stat().st_size
    ratio = median(one / other for one, other in zip(ours, theirs, strict=True))
    print(_row("zhashui-stats report", ours))
    print(_row("papermill && nbconvert", theirs))
    print(f"{'ratio':24}{ratio:8.3f}    median of {ROUNDS} pairs, at most {MOST_TIME}")
    print(f"{'page':24}{size:8,}    bytes, at most {MOST_BYTES:,}")
    return int(ratio > MOST_TIME or size > MOST_BYTES)


def measure(
    ours: Iterable[Command], theirs: Iterable[Command], rounds: int = ROUNDS
) -> tuple[list[float], list[float]]:
    """Run both in turns, once to warm up and then ``rounds`` times; return the times (s)."""
    pairs = [(_time(ours), _time(theirs)) for _ in range(rounds + 1)][1:]
    return [one for one, _ in pairs], [other for _, other in pairs]


def _ours(out: Path) -> list[Command]:
    return [[str(BIN / "zhashui-stats"), "report", PERIOD, "--out", str(out)]]


def _theirs(out: Path) -> list[Command]:
    executed = str(out / "out.ipynb")
    return [
        [str(BIN / "papermill"), NOTEBOOK, executed, "-p", "period", PERIOD],
        [str(BIN / "jupyter"), "nbconvert", "--to", "html", executed],
    ]


def _time(commands: Iterable[Command]) -> float:
    begin = time.perf_counter()
    for command in commands:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return time.perf_counter() - begin


def _row(name: str, times: Sequence[float]) -> str:
    return f"{name:24}{median(times):8.2f} s  ({min(times):.2f}–{max(times):.2f})"


if __name__ == "__main__":
    sys.exit(main())
