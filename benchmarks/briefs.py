"""Time one unit's page within all of them against the ecosystem's own two commands for one.

``make bench`` runs it. Exit status 1: a bound is broken.
"""

import csv
import sys
from collections.abc import Sequence

from comparing import Comparison, Limit, compare, limit
from machine import pin
from measuring import Way, measure
from memory import kind, watch_memory
from page import publish, read_rounds
from project import BIN, PERIOD, Project, projects

ROUNDS = 3
CORES = 2
MOST_TIME = 0.05  # for one page, of the time that papermill and nbconvert take
MOST_MEMORY = 1000  # MB, all processes together

OURS, THEIRS = "one page within `briefs`", "`papermill` && `nbconvert`, one page"


def main(arguments: Sequence[str]) -> int:
    """Measure, publish, and return the exit status."""
    rounds = read_rounds(arguments, ROUNDS)
    pin(CORES)
    with projects("ours", "theirs") as made:
        ways = _ways(*made)
        runs = measure(ways, rounds)
        comparison = Comparison(OURS, THEIRS, MOST_TIME, _count_pages(made[0]))
        peaks = {way.name: watch_memory(way) for way in ways}
    limits = [
        Limit(f"peak memory of `briefs`, {kind()}", peaks[OURS], "MB", MOST_MEMORY),
        Limit(f"peak memory of {THEIRS}, {kind()}", peaks[THEIRS], "MB"),
    ]
    whole = [run.seconds for run in runs[OURS]]
    lines = [
        *compare([comparison], runs),
        *limit(limits),
        f"All {comparison.parts} pages and their index took {min(whole):.1f}–{max(whole):.1f} s "
        f"with `--jobs {CORES}`.",
        "",
    ]
    libraries = ("ipykernel", "matplotlib", "nbconvert", "pandas", "papermill")
    publish("briefs", lines, libraries, is_trial=rounds < ROUNDS)
    return int(comparison.is_broken(runs) or any(figure.is_broken() for figure in limits))


def _ways(ours: Project, theirs: Project) -> list[Way]:
    all_pages = [str(BIN / "zhashui-stats"), "briefs", PERIOD, "--jobs", str(CORES)]
    executed = [str(BIN / "papermill"), "notebooks/unit_brief.ipynb", "out.ipynb"]
    parameters = ["-p", "period", PERIOD, "-p", "unit", _first_unit(theirs)]
    rendered = [str(BIN / "jupyter"), "nbconvert", "--to", "html", "out.ipynb"]
    return [
        ours.fresh_way(OURS, all_pages),
        theirs.way(THEIRS, [*executed, *parameters], rendered),
    ]


def _first_unit(project: Project) -> str:
    roster = project.folder / "data" / "units.csv"
    with roster.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.DictReader(file))["name"]


def _count_pages(project: Project) -> int:
    """Return how many units' pages were written, without their index."""
    pages = (project.folder / "reports" / PERIOD / "briefs").glob("*.html")
    return sum(page.stem != "index" for page in pages)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
