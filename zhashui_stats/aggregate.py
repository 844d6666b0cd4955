"""The sums: pure functions of one period's Submissions.

A scope is chosen beforehand, ``gini(now.of("towns"))``; a category by its id or its label, and
None means the sum of all categories. Definitions stand in ``docs/methodology.md``.
"""

from collections.abc import Callable, Iterable, Mapping
from statistics import median as _median
from typing import TYPE_CHECKING, TypeAlias

from zhashui_stats.model.submissions import Submissions

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Tie",
    "at_least",
    "below",
    "composition",
    "cut_ties",
    "gini",
    "group_ties",
    "leaders",
    "median",
    "ranked",
    "ranking",
    "top_share",
    "totals",
    "zero_units",
]

Tie: TypeAlias = tuple[int, tuple[str, ...]]
"""A count (篇) and the names that share it."""

RANK = "名次"
COUNT = "数量"
TOTAL = "合计"


def totals(now: Submissions) -> "pd.DataFrame":
    """Add up each group.

    Returns:
        Rows: the groups' labels and ``合计``; columns: the categories' labels and ``合计``; 篇.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    labels = [group.label for group in now.groups]
    sums = now.frame.groupby(level="组别", sort=False).sum().reindex(labels)
    return pd.concat([sums, sums.sum().to_frame(TOTAL).T]).rename_axis("组别")


def composition(now: Submissions) -> "pd.DataFrame":
    """Give each category's share of a group's submissions.

    Returns:
        Rows as in ``totals``, columns: the categories' labels; %, NaN where a group sent nothing.
    """
    sums = totals(now)
    shares = sums.drop(columns=TOTAL).div(sums[TOTAL].where(sums[TOTAL] > 0), axis="index")
    return shares * 100


def ranking(now: Submissions, category: str | None = None) -> "pd.DataFrame":
    """Rank the units by the competition rule (1, 2, 2, 4); ties stay in the roster's order.

    Returns:
        Index ``投稿单位``, best first; columns ``名次`` (from 1) and ``数量`` (篇).
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    counts = pd.Series(_counts(now, category), dtype="int64").rename_axis("投稿单位")
    counts = counts.sort_values(ascending=False, kind="stable")
    ranks = counts.rank(method="min", ascending=False).astype("int64")
    return pd.DataFrame({RANK: ranks, COUNT: counts})


def group_ties(counts: Mapping[str, int]) -> list[Tie]:
    """Group names by count, most first, the names of one count in their given order.

    >>> group_ties({"甲镇": 1, "乙镇": 3, "丙镇": 1})
    [(3, ('乙镇',)), (1, ('甲镇', '丙镇'))]
    """
    ties: dict[int, list[str]] = {}
    for name, count in sorted(counts.items(), key=lambda item: -item[1]):
        ties.setdefault(count, []).append(name)
    return [(count, tuple(names)) for count, names in ties.items()]


def cut_ties(ties: Iterable[Tie], first: int) -> list[Tie]:
    """Take about the first so many names of those with any, and never some of a tie alone.

    The last count is taken with all its names where that makes at most two more than ``first``,
    and left out otherwise, with all that follows; so the result may be empty.

    >>> ties = [(9, ("甲镇",)), (5, ("乙镇", "丙镇", "丁镇")), (1, ("戊镇",))]
    >>> cut_ties(ties, 2), cut_ties(ties, 1)
    ([(9, ('甲镇',)), (5, ('乙镇', '丙镇', '丁镇'))], [(9, ('甲镇',))])
    """
    head: list[Tie] = []
    room = first + 2
    for count, names in ties:
        if count <= 0 or len(names) > room or room <= 2:
            break
        head.append((count, names))
        room -= len(names)
    return head


def ranked(now: Submissions, category: str | None = None) -> list[Tie]:
    """Group the ranking by count: each count (篇) with the units that share it, most first."""
    return group_ties(_counts(now, category))


def leaders(now: Submissions, category: str | None, first: int) -> list[Tie]:
    """Return the ranking's head: about the first so many units with any, as ``cut_ties`` does."""
    return cut_ties(ranked(now, category), first)


def at_least(now: Submissions, category: str | None, count: int) -> tuple[str, ...]:
    """Name the units with at least so many 篇 (以上, inclusive), most first."""
    return _where(now, category, lambda n: n >= count)


def below(now: Submissions, category: str | None, count: int) -> tuple[str, ...]:
    """Name the units with fewer 篇 than this (以下, exclusive), most first."""
    return _where(now, category, lambda n: n < count)


def zero_units(now: Submissions, category: str | None = None) -> tuple[str, ...]:
    """Name the units that sent nothing, in the order of the annexes."""
    return _where(now, category, lambda n: n == 0)


def top_share(now: Submissions, first: int, category: str | None = None) -> float | None:
    """Return the share (%) of the first so many units of the ranking.

    None where nothing was sent, or where there are not more units than ``first``.
    """
    counts = sorted(_counts(now, category).values(), reverse=True)
    total = sum(counts)
    if not total or first >= len(counts):
        return None
    return 100 * sum(counts[:first]) / total


def gini(now: Submissions, category: str | None = None) -> float | None:
    """Return the Gini coefficient over all units of the scope, zeros included.

    0: all sent the same; towards 1: one unit sent everything. Not corrected for the number of
    units; None where nothing was sent. G = Σᵢ(2i − n − 1)·xᵢ / (n·Σx), x ascending, i from 1.
    """
    counts = sorted(_counts(now, category).values())
    total, size = sum(counts), len(counts)
    if not total:
        return None
    return sum((2 * i - size - 1) * n for i, n in enumerate(counts, 1)) / (size * total)


def median(now: Submissions, category: str | None = None) -> float | None:
    """Return the median count (篇) over all units of the scope, None where there is no unit."""
    counts = _counts(now, category).values()
    return float(_median(counts)) if counts else None


def _counts(now: Submissions, category: str | None) -> dict[str, int]:
    wanted = None if category is None else now.county.category(category).id
    return {unit.name: now.count(unit.name, wanted) for unit in now.units}


def _where(
    now: Submissions, category: str | None, wanted: Callable[[int], bool]
) -> tuple[str, ...]:
    ordered = sorted(_counts(now, category).items(), key=lambda item: -item[1])
    return tuple(name for name, n in ordered if wanted(n))
