"""The sums as tables for analysis: what a person asks at a prompt, and a notebook shows.

Every table is a fresh pandas DataFrame, labelled in Chinese; change it freely. The results are
those of ``aggregate`` and ``comparison``, which the sentences take as well, and shares are rounded
as the sentences round them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from zhashui_stats.aggregate import (
    SHARES,
    Tie,
    group_ties,
    leaders,
    measure_concentration,
    ranked,
    scopes_of,
    threshold_units,
    thresholds_of,
    units_at_least,
    units_below,
    units_with_any,
    units_with_none,
)
from zhashui_stats.comparison import Change, Comparison, History, compare
from zhashui_stats.model.county import Category, Group, find_named, is_sum
from zhashui_stats.model.names import GROUP_HEADER, TOTAL, UNIT_HEADER
from zhashui_stats.model.rounding import round_half_up
from zhashui_stats.model.submissions import Submissions

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "PeriodCounts",
    "at_least",
    "below",
    "compare_periods",
    "composition",
    "concentration",
    "count_by_period",
    "participation",
    "ranking",
    "rankings",
    "threshold_lists",
    "totals",
    "trend",
    "zero_units",
]

_CATEGORY, _PERIOD = "类别", "期次"
_RANK, _COUNT = "名次", "数量"
_SIZE, _ACTIVE, _IDLE, _SHARE = "单位数", "有稿件采用", "没有稿件采用", "占比%"
_NO_PERIOD = "可比的期次"
_FIRST = tuple(f"前{first}名占比%" for first in SHARES)
_MIDDLE, _GINI = "中位数", "基尼系数"


# --- Totals and rankings ------------------------------------------------------------------------


def totals(now: Submissions) -> "pd.DataFrame":
    """Add up each group.

    Returns:
        Rows: the groups' labels and ``合计``; columns: the categories' labels and ``合计``; 篇.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    labels = [group.label for group in now.groups]
    sums = now.frame.groupby(level=GROUP_HEADER, sort=False).sum().reindex(labels)
    return pd.concat([sums, sums.sum().to_frame(TOTAL).T]).rename_axis(GROUP_HEADER)


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

    rows = _place(ranked(now, category))
    index = pd.Index([name for name, _, _ in rows], name=UNIT_HEADER, dtype="str")
    columns = {_RANK: [rank for _, rank, _ in rows], _COUNT: [count for *_, count in rows]}
    return pd.DataFrame(columns, index, dtype="int64")


def rankings(now: Submissions, first: int = 5) -> "pd.DataFrame":
    """Give about the first so many units of each category and of the total, ties never cut.

    A tie at the end is taken whole where that makes at most two more, and left out otherwise;
    where the first place alone is shared by more, all of these are given.

    Returns:
        Index ``类别`` × ``名次``; columns ``投稿单位``, ``组别`` and ``数量`` (篇).
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    groups = _groups_of(now)
    rows = [
        (label, rank, name, groups[name], count)
        for label, column in _columns(now).items()
        for name, rank, count in _place(_head(now, column, first))
    ]
    table = pd.DataFrame(rows, columns=[_CATEGORY, _RANK, UNIT_HEADER, GROUP_HEADER, _COUNT])
    return table.set_index([_CATEGORY, _RANK])


def _head(now: Submissions, column: str | None, first: int) -> list[Tie]:
    return leaders(now, column, first) or [tie for tie in ranked(now, column)[:1] if tie[0]]


def _place(ties: Iterable[Tie]) -> list[tuple[str, int, int]]:
    """Give every name with its rank and its count (篇), best first."""
    rows: list[tuple[str, int, int]] = []
    for count, names in ties:
        rank = len(rows) + 1
        rows += [(name, rank, count) for name in names]
    return rows


# --- Lists of units -----------------------------------------------------------------------------


def at_least(now: Submissions, category: str | None, count: int) -> "pd.DataFrame":
    """List the units with at least so many 篇 (以上, inclusive), most first.

    Returns:
        Index ``投稿单位``; columns ``组别``, the categories' labels and ``合计`` (篇).
    """
    return _list_units(now, units_at_least(now, category, count))


def below(now: Submissions, category: str | None, count: int) -> "pd.DataFrame":
    """List the units with fewer 篇 than this (以下, exclusive), most first; as ``at_least``."""
    return _list_units(now, units_below(now, category, count))


def zero_units(now: Submissions, category: str | None = None) -> "pd.DataFrame":
    """List the units that sent nothing, in the order of the annexes; as ``at_least``."""
    return _list_units(now, units_with_none(now, category))


def _list_units(now: Submissions, names: Sequence[str]) -> "pd.DataFrame":
    return now.frame.reset_index(GROUP_HEADER).loc[list(names)]


def threshold_lists(now: Submissions) -> "pd.DataFrame":
    """Give the lists of 二（四）: who is at least at, or below, the county's thresholds.

    Returns:
        One row a threshold that applies to the period: ``组别``, ``类别``, ``界限`` (20篇以上,
        or 不足20篇), ``单位数`` and ``单位``, most first.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    measure, rows = now.county.measure, []
    for group in now.groups:
        scope = now.of(group.id)
        for threshold in thresholds_of(now, group.id):
            names = threshold_units(scope, threshold)
            bound = f"不足{threshold.below}{measure}"
            if threshold.at_least is not None:
                bound = f"{threshold.at_least}{measure}以上"
            label = now.county.category(threshold.category).label
            rows.append((group.label, label, bound, len(names), "、".join(names)))
    return pd.DataFrame(rows, columns=[GROUP_HEADER, _CATEGORY, "界限", _SIZE, "单位"])


def participation(now: Submissions) -> "pd.DataFrame":
    """Count, group by group, the units with and without anything adopted.

    Returns:
        Rows as in ``totals``; columns ``单位数``, ``有稿件采用``, ``占比%`` (of the units, one
        decimal), ``没有稿件采用``, and for each category how many units have none of it.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    scopes = {**scopes_of(now, TOTAL), TOTAL: now}
    rows = {label: _count_participants(scope) for label, scope in scopes.items()}
    return pd.DataFrame.from_dict(rows, "index").rename_axis(GROUP_HEADER)


def _count_participants(scope: Submissions) -> dict[str, float | None]:
    size, active = len(scope.units), len(units_with_any(scope))
    share = _rounded(100 * active / size, 1) if size else None
    idle = {
        f"{category.label}为0": len(units_with_none(scope, category.id))
        for category in scope.county.categories
    }
    return {_SIZE: size, _ACTIVE: active, _SHARE: share, _IDLE: size - active, **idle}


# --- How even it is -----------------------------------------------------------------------------


def concentration(now: Submissions, category: str | None = None) -> "pd.DataFrame":
    """Show how unevenly the units of each group, and all of them, submitted.

    Returns:
        Index ``组别``, of several groups ``全部单位`` last; columns ``单位数``, ``最多`` and
        ``中位数`` (篇), the shares of the first units (%, one decimal) and ``基尼系数`` (two
        decimals); missing where it is undefined.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    rows = {
        found.label: {
            _SIZE: found.size,
            "最多": found.most,
            _MIDDLE: found.median,
            **{
                label: _rounded(share, 1) for label, share in zip(_FIRST, found.shares, strict=True)
            },
            _GINI: _rounded(found.gini, 2),
        }
        for found in measure_concentration(now, category)
    }
    # What is undefined in every row is a number all the same.
    floats = dict.fromkeys((_MIDDLE, *_FIRST, _GINI), "float64")
    return pd.DataFrame.from_dict(rows, "index").rename_axis(GROUP_HEADER).astype(floats)


# --- Against earlier periods --------------------------------------------------------------------


def compare_periods(
    now: Submissions, before: Submissions | None, category: str | None = None
) -> "pd.DataFrame":
    """Compare every unit with itself in an earlier period, like for like; most risen first.

    A merged unit's earlier count is its successor's. Units that are new, that ended, or that were
    not there throughout both periods have no difference and stand last.

    Args:
        now: The later period.
        before: The earlier one, such as ``history.before``; None gives an empty table.
        category: Whatever names one; None: the sum of all.

    Returns:
        Index ``投稿单位``; columns ``组别``, the two periods' labels (篇, missing where the unit
        was not there), ``增减`` (篇), ``增减%`` (one decimal, missing from zero), and each period's
        ``名次`` by the competition rule among the counts that stand here.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    labels = [now.period.label, before.period.label if before else _NO_PERIOD]
    columns = [GROUP_HEADER, *labels, "增减", "增减%", *(f"{label}{_RANK}" for label in labels)]
    rows = _compare(compare(now, before), now.county.column(category)) if before else {}
    kinds = ["str", "Int64", "Int64", "Int64", "float64", "Int64", "Int64"]
    index = pd.Index(list(rows), name=UNIT_HEADER, dtype="str")
    # A column after the other: a period held against itself has its label twice.
    cells = list(zip(*rows.values(), strict=True)) or [()] * len(kinds)
    series = [pd.Series(list(cell), index, kind) for cell, kind in zip(cells, kinds, strict=True)]
    return pd.concat(series, axis="columns", keys=columns)


def _compare(against: Comparison, column: str | None) -> dict[str, tuple[Any, ...]]:
    """Give the row of every unit of either period."""
    changes = against.changes_by_unit(column)
    later = {unit.name: against.now.count(unit.name, column) for unit in against.now.units}
    units = [*against.now.units, *against.departed]
    earlier = {
        unit.name: against.count_before(unit, column)
        for unit in units
        if unit.name in against.parts
    }
    ranks = [_rank(then) for then in (later, earlier)]
    rows = {
        unit.name: (
            against.now.county.group(unit.group).label,
            later.get(unit.name),
            earlier.get(unit.name),
            *_measure_change(changes.get(unit.name)),
            *(ranks_then.get(unit.name) for ranks_then in ranks),
        )
        for unit in units
    }
    order = [name for _, names in group_ties(_differences(changes)) for name in names]
    return {name: rows[name] for name in dict.fromkeys((*order, *rows))}


def _rank(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: rank for name, rank, _ in _place(group_ties(counts))}


def _measure_change(change: Change | None) -> tuple[int | None, float | None]:
    if change is None:
        return None, None
    return change.difference, _rounded(change.percent, 1)


def _differences(changes: Mapping[str, Change]) -> dict[str, int]:
    return {name: change.difference for name, change in changes.items()}


class PeriodCounts(NamedTuple):
    """Counts by period.

    Attributes:
        parts: What they are divided into: the labels of the categories, or of the groups.
        rows: Period -> 篇 of each part, in the order of time; None where the unit was not there.
    """

    parts: tuple[str, ...]
    rows: Mapping[str, tuple[int, ...] | None]


def count_by_period(history: History, name: str | None = None) -> PeriodCounts:
    """Count the county, a group, a unit or a category in every period.

    Args:
        history: The periods.
        name: Of a group or a unit, whose counts are divided by category; of a category, divided
            by group; None or 合计: the county, by category.

    Raises:
        UnknownLabel: It is none of these.
    """
    county = history.now.county
    labelled: list[Group | Category] = [*county.groups, *county.categories]
    if name is not None and not is_sum(name):
        if group := find_named(name, county.groups):
            history = history.of(group.id)
        elif category := find_named(name, county.categories):
            return _count_groups(history, category.id)
        else:
            history = history.of_unit(history.find_unit(name, "单位、组别或类别", labelled))
    rows = {
        then.period.label: tuple(then.total(category.id) for category in county.categories)
        if then.units
        else None
        for then in history.series
    }
    return PeriodCounts(tuple(category.label for category in county.categories), rows)


def _count_groups(history: History, column: str) -> PeriodCounts:
    groups = history.now.county.groups
    groups = tuple(
        group for group in groups if any(group in then.groups for then in history.series)
    )
    rows = {
        then.period.label: tuple(then.of(group.id).total(column) for group in groups)
        for then in history.series
    }
    return PeriodCounts(tuple(group.label for group in groups), rows)


def trend(history: History, name: str | None = None) -> "pd.DataFrame":
    """Show the counts (篇) of the county, a group, a unit or a category, period by period.

    Args:
        history: The periods.
        name: As ``count_by_period`` takes it.

    Returns:
        Index ``期次`` (its Chinese name), in the order of time; columns: the categories' labels, of
        a category the groups', and ``合计``; missing where the unit was not there.

    Raises:
        UnknownLabel: Nothing goes by this name.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    parts, counts = count_by_period(history, name)
    missing = (None,) * (len(parts) + 1)
    rows = [missing if row is None else (*row, sum(row)) for row in counts.values()]
    index = pd.Index(list(counts), name=_PERIOD, dtype="str")
    return pd.DataFrame(rows, index, [*parts, TOTAL], dtype="Int64")


# --- Parts of tables ----------------------------------------------------------------------------


def _columns(now: Submissions) -> dict[str, str | None]:
    """Map the categories' labels to their ids, and of several 合计 to None."""
    columns: dict[str, str | None] = {
        category.label: category.id for category in now.county.categories
    }
    return columns if len(columns) == 1 else {**columns, TOTAL: None}


def _groups_of(now: Submissions) -> dict[str, str]:
    labels = {group.id: group.label for group in now.county.groups}
    return {unit.name: labels[unit.group] for unit in now.units}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else float(round_half_up(value, digits))
