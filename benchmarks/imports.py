"""Time how soon the package is imported, and its quick commands, against importing pandas.

``make bench`` runs it. Exit status 1: a bound is broken.
"""

import sys
from collections.abc import Sequence

from comparing import Comparison, compare
from machine import pin
from measuring import Way, measure
from page import publish, read_rounds
from project import BIN, PERIOD, Project, projects

ROUNDS = 15

IMPORT, HELP, CHECK = "`import zhashui_stats`", "`zhashui-stats --help`", "`zhashui-stats check`"
PANDAS = "`import pandas`"

COMPARISONS = (
    Comparison(IMPORT, PANDAS, 1.1),
    Comparison(HELP, PANDAS, 0.6),
    Comparison(CHECK, PANDAS),
)


def main(arguments: Sequence[str]) -> int:
    """Measure, publish, and return the exit status."""
    rounds = read_rounds(arguments, ROUNDS)
    pin()
    with projects("only") as (project,):
        runs = measure(_ways(project), rounds)
    publish("imports", compare(COMPARISONS, runs), ["pandas"], is_trial=rounds < ROUNDS)
    return int(any(comparison.is_broken(runs) for comparison in COMPARISONS))


def _ways(project: Project) -> list[Way]:
    command = str(BIN / "zhashui-stats")
    return [
        project.way(IMPORT, [sys.executable, "-c", "import zhashui_stats"]),
        project.way(HELP, [command, "--help"]),
        project.way(CHECK, [command, "check", PERIOD]),
        project.way(PANDAS, [sys.executable, "-c", "import pandas"]),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
