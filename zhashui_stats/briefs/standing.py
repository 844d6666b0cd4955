"""Where one unit stands among the units of its group: rank, median, distance."""

from dataclasses import dataclass

from zhashui_stats.aggregate import middle_amount, ranked
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.submissions import Submissions

__all__ = ["Standing", "standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's place in a scope, in one category or in total.

    Attributes:
        count: 篇 of the unit.
        rank: Its place by the competition rule (1, 2, 2, 4), from 1.
        tied: How many other units have the same count.
        size: How many units the scope has, this one among them.
        median: 篇, over all units of the scope, zeros included.
        most: 篇 of the unit that has most.
    """

    count: Amount
    rank: int
    tied: int
    size: int
    median: Amount
    most: Amount

    @property
    def is_alone(self) -> bool:
        """Whether the scope has no other unit: then there is neither rank nor median to tell."""
        return self.size == 1

    @property
    def all_equal(self) -> bool:
        """Whether all units of the scope have the same count."""
        return self.tied == self.size - 1

    @property
    def has_rank(self) -> bool:
        """Whether a rank says anything: not for nothing, not where all have the same."""
        return bool(self.count) and not self.all_equal

    @property
    def distance(self) -> Amount:
        """Count minus median (篇)."""
        return self.count - self.median


def standing(scope: Submissions, unit: str, category: str | None = None) -> Standing:
    """Tell where a unit stands in a scope, such as its group.

    Args:
        scope: The units that it is held against, itself among them.
        unit: Its name.
        category: Id or label; None: the sum of all categories.

    Raises:
        UnknownUnit: No unit of the scope goes by this name.
        UnknownLabel: The county declares no such category.
    """
    count, levels = scope.count(unit, category), ranked(scope, category)
    middle = middle_amount(scope, category)
    return Standing(
        count=count,
        rank=1 + sum(len(names) for level, names in levels if level > count),
        tied=sum(len(names) for level, names in levels if level == count) - 1,
        size=len(scope.units),
        median=0 if middle is None else middle,
        most=levels[0][0],
    )
