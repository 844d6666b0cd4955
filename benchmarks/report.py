"""Time the whole report against the ecosystem's own two commands, and against a plain script.

``make bench`` runs it. Exit status 1: a bound is broken.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from comparing import Comparison, Limit, compare, limit
from machine import pin
from measuring import Way, measure
from memory import kind, watch_memory
from page import publish, read_rounds
from project import BIN, PERIOD, Project, projects

ROUNDS = 5
MOST_BYTES = 400_000

FRESH, UNCHANGED = "`report`, nothing cached", "`report`, unchanged"
CHANGED = "`report`, a figure changed"
THEIRS, PLAIN = "`papermill` && `nbconvert`", "plain script"
LEAN = "… without `pandas` and `pyplot`"

COMPARISONS = (
    Comparison(FRESH, THEIRS, 0.30),
    Comparison(FRESH, PLAIN, 1.8),
    Comparison(FRESH, LEAN),
    Comparison(UNCHANGED, THEIRS, 0.06),
    Comparison(CHANGED, THEIRS),
)


def main(arguments: Sequence[str]) -> int:
    """Measure, publish, and return the exit status."""
    rounds = read_rounds(arguments, ROUNDS)
    pin()
    with projects("fresh", "unchanged", "changed", "other") as made:
        fresh, *_, other = made
        ways = _ways(*made)
        runs = measure(ways, rounds)
        limits = [Limit("the page", _page(fresh).stat().st_size, "bytes", MOST_BYTES)]
        _check_plain(_page(fresh), other.folder / "plain")
        limits += [
            Limit(f"peak memory of {way.name}, {kind()}", watch_memory(way), "MB") for way in ways
        ]
    lines = [*compare(COMPARISONS, runs), *limit(limits)]
    libraries = ("ipykernel", "matplotlib", "nbconvert", "pandas", "papermill")
    publish("report", lines, libraries, is_trial=rounds < ROUNDS)
    broken = [comparison.is_broken(runs) for comparison in COMPARISONS] + [
        figure.is_broken() for figure in limits
    ]
    return int(any(broken))


def _ways(fresh: Project, unchanged: Project, changed: Project, other: Project) -> list[Way]:
    ours = [str(BIN / "zhashui-stats"), "report", PERIOD]
    notebook = "notebooks/half_year_report.ipynb"
    scripts = Path(__file__).parent
    return [
        fresh.fresh_way(FRESH, ours),
        other.way(
            THEIRS,
            [str(BIN / "papermill"), notebook, "out.ipynb", "-p", "period", PERIOD],
            [str(BIN / "jupyter"), "nbconvert", "--to", "html", "out.ipynb"],
        ),
        other.way(PLAIN, [sys.executable, str(scripts / "plain.py"), PERIOD, "plain"]),
        other.way(LEAN, [sys.executable, str(scripts / "figures.py"), PERIOD, "lean"]),
        unchanged.way(UNCHANGED, ours),
        changed.changing_way(CHANGED, ours),
    ]


def _page(project: Project) -> Path:
    return project.folder / "reports" / PERIOD / "report.html"


def _check_plain(page: Path, folder: Path) -> None:
    """A script that draws less than the page has is no floor."""
    on_page = page.read_text("utf-8").count('<figure class="zs-figure')
    drawn = len(list(folder.glob("*.svg")))
    if drawn != on_page:
        raise SystemExit(f"figures.py draws {drawn} figures, the page has {on_page}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
