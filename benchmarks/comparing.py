"""Speed told as ratios: ours against another way of the same run, pair by pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from measuring import Run
from page import say_bound, table

__all__ = ["Comparison", "Limit", "compare", "limit"]

Runs = Mapping[str, Sequence[Run]]

_COMPARED = (
    "Ours", "Time", "Processors", "Against", "Time", "Processors", "Ratio of times", "At most",
)  # fmt: skip
_LIMITED = ("What", "Measured", "At most")


@dataclass(frozen=True)
class Comparison:
    """Our way against another one.

    Attributes:
        ours: The name of our way.
        theirs: The name of the other.
        at_most: What the median of the pairwise ratios may be; None is told and not judged.
        parts: How many of what theirs makes one of are made by ours; its time is divided by it.
    """

    ours: str
    theirs: str
    at_most: float | None = None
    parts: int = 1

    def ratios(self, runs: Runs) -> list[float]:
        """Return the ratio of each round."""
        pairs = zip(runs[self.ours], runs[self.theirs], strict=True)
        return [run.seconds / self.parts / other.seconds for run, other in pairs]

    def is_broken(self, runs: Runs) -> bool:
        """Tell whether the ratio is more than it may be."""
        return self.at_most is not None and median(self.ratios(runs)) > self.at_most

    def row(self, runs: Runs) -> tuple[str, ...]:
        """Return the cells of the table."""
        bound = "" if self.at_most is None else f"{self.at_most:.2f}"
        return (
            *_took(self.ours, runs[self.ours], self.parts),
            *_took(self.theirs, runs[self.theirs], 1),
            _spread(self.ratios(runs), ""),
            say_bound(bound, is_broken=self.is_broken(runs)),
        )


@dataclass(frozen=True)
class Limit:
    """A single figure and what it may be; ``at_most`` None is told and not judged."""

    what: str
    measured: float
    unit: str
    at_most: float | None = None

    def is_broken(self) -> bool:
        """Tell whether it is more than it may be."""
        return self.at_most is not None and self.measured > self.at_most

    def row(self) -> tuple[str, ...]:
        """Return the cells of the table."""
        bound = "" if self.at_most is None else f"{self.at_most:,.0f} {self.unit}"
        measured = f"{self.measured:,.0f} {self.unit}"
        return (self.what, measured, say_bound(bound, is_broken=self.is_broken()))


def compare(comparisons: Sequence[Comparison], runs: Runs) -> list[str]:
    """Return the lines of a table, a row for each comparison."""
    return table(_COMPARED, [comparison.row(runs) for comparison in comparisons])


def limit(limits: Sequence[Limit]) -> list[str]:
    """Return the lines of a table, a row for each figure."""
    return table(_LIMITED, [figure.row() for figure in limits])


def _took(name: str, runs: Sequence[Run], parts: int) -> tuple[str, ...]:
    """Return the cells of one way: its name, its time, and that of all processors."""
    times = [run.seconds / parts for run in runs]
    busy = median(run.busy for run in runs) / parts
    return (name, _spread(times, " s"), f"{_digits(busy)} s")


def _spread(values: Sequence[float], unit: str) -> str:
    """Return the median with the least and the most.

    >>> _spread([0.5, 0.25, 1.5], " s")
    '0.500 s (0.250–1.50)'
    """
    return f"{_digits(median(values))}{unit} ({_digits(min(values))}–{_digits(max(values))})"


def _digits(value: float) -> str:
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"
