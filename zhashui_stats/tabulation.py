"""The sums as tables for analysis: what a person asks at a prompt, and a notebook shows.

Every table is a fresh pandas DataFrame, labelled in Chinese; change it freely. The results are
those of ``aggregate`` and ``comparison``, which the sentences take as well, and shares are rounded
as the sentences round them.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from zhashui_stats import aggregate
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
    units_undefined,
    units_with_any,
    units_with_none,
)
from zhashui_stats.comparison import Change, Comparison, History, compare
from zhashui_stats.errors import NotComparable, warn
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.county import Figure, Group, Scope, find_named, is_sum
from zhashui_stats.model.names import GROUP_HEADER, TOTAL, UNIT_HEADER
from zhashui_stats.model.rounding import Percent, round_half_up
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
    "gini",
    "median",
    "participation",
    "ranking",
    "rankings",
    "threshold_lists",
    "top_share",
    "totals",
    "trend",
    "zero_units",
]

_CATEGORY, _PERIOD = "类别", "期次"
_RANK, _COUNT = "名次", "数量"
_SIZE, _ACTIVE, _IDLE, _SHARE = "单位数", "有稿件采用", "没有稿件采用", "占比%"
_NO_PERIOD = "可比的期次（没有）"
_FIRST = tuple(f"前{first}名占比%" for first in SHARES)
_MIDDLE, _GINI = "中位数", "基尼系数"


# --- Totals and rankings ------------------------------------------------------------------------


def totals(now: Submissions) -> "pd.DataFrame":
    """Totals (合计) of each group and category.

    Returns:
        Rows: the groups' labels and ``合计``; columns: the categories' labels and ``合计`` (篇),
        then the indicators' labels, as they are shown: a rate is that of the totals; missing where
        it is undefined.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    labels = [group.label for group in now.groups]
    counts = now.frame[[*_category_labels(now), TOTAL]]
    sums = counts.groupby(level=GROUP_HEADER, sort=False).sum().reindex(labels)
    table = pd.concat([sums, sums.sum().to_frame(TOTAL).T]).rename_axis(GROUP_HEADER)
    scopes = [*(now.of(label) for label in labels), now]
    for indicator in now.county.indicators:
        amounts = [
            scope.total_amount(indicator.id)
            if any(indicator.applies_to(group.id) for group in scope.groups)
            else None
            for scope in scopes
        ]
        shown = [_shown(amount, now, indicator.id) for amount in amounts]
        table[indicator.label] = pd.Series(shown, table.index, _dtype(now, indicator.id))
    return table


def composition(now: Submissions) -> "pd.DataFrame":
    """Composition (构成): each category's share of a group's submissions.

    Returns:
        Rows as in ``totals``, columns: the categories' labels; %, one decimal, NaN where a group
        sent nothing. Who reckons further starts from the counts of ``totals``.
    """
    sums = totals(now)
    shares = sums[_category_labels(now)].div(sums[TOTAL].where(sums[TOTAL] > 0), axis="index")
    return (shares * 100).map(_rounded, na_action="ignore", digits=1)


def ranking(now: Submissions, category: str | None = None) -> "pd.DataFrame":
    """Ranking (排名) of the units by the competition rule (1, 2, 2, 4).

    Ties stay in the roster's order.

    Args:
        now: The period, or a part of it.
        category: Whatever names one; None: the sum of all.

    Returns:
        Index ``投稿单位``, best first; columns ``名次`` (from 1), ``组别`` and ``数量`` (篇); of an
        indicator its label stands for 数量. Units for which it is undefined stand last, unranked.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    column = now.county.column(category)
    indicator, groups = now.county.indicator(column), _groups_of(now)
    rows: list[tuple[str, int | None, Amount | None]] = [*_place(ranked(now, column))]
    rows += [(name, None, None) for name in units_undefined(now, column)]
    index = pd.Index([name for name, _, _ in rows], name=UNIT_HEADER, dtype="str")
    amounts = [_shown(amount, now, column) for *_, amount in rows]
    columns = {
        _RANK: pd.Series([rank for _, rank, _ in rows], index, "Int64" if indicator else "int64"),
        GROUP_HEADER: pd.Series([groups[name] for name, _, _ in rows], index, "str"),
        indicator.label if indicator else _COUNT: pd.Series(amounts, index, _dtype(now, column)),
    }
    return pd.DataFrame(columns)


def rankings(now: Submissions, first: int = 5) -> "pd.DataFrame":
    """First units (居前单位), about so many, of each figure and of the total; ties never cut.

    A tie at the end is taken whole where that makes at most two more, and left out otherwise;
    where the first place alone is shared by more, all of these are given.

    Returns:
        Index ``类别`` × ``名次``; columns ``投稿单位``, ``组别`` and ``数量`` (篇; of an indicator,
        in its unit).
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    groups = _groups_of(now)
    rows = [
        (label, rank, name, groups[name], _shown(count, now, column))
        for label, column in _columns(now).items()
        for name, rank, count in _place(_head(now, column, first))
    ]
    table = pd.DataFrame(rows, columns=[_CATEGORY, _RANK, UNIT_HEADER, GROUP_HEADER, _COUNT])
    return table.set_index([_CATEGORY, _RANK])


def _head(now: Submissions, column: str | None, first: int) -> list[Tie]:
    return leaders(now, column, first) or [tie for tie in ranked(now, column)[:1] if tie[0]]


def _place(ties: Iterable[Tie]) -> list[tuple[str, int, Amount]]:
    """Give every name with its rank and its amount, best first."""
    rows: list[tuple[str, int, Amount]] = []
    for count, names in ties:
        rank = len(rows) + 1
        rows += [(name, rank, count) for name in names]
    return rows


# --- Lists of units -----------------------------------------------------------------------------


def at_least(now: Submissions, count: float, category: str | None = None) -> "pd.DataFrame":
    """Units with at least so many 篇 (以上, inclusive), most first.

    Args:
        now: The period, or a part of it.
        count: 篇; of an indicator, in its unit.
        category: Whatever names a category or an indicator; None: the sum of all categories.

    Returns:
        Index ``投稿单位``; columns ``组别``, and those of ``now.frame``.
    """
    return _list_units(now, units_at_least(now, category, _exactly(count)))


def below(now: Submissions, count: float, category: str | None = None) -> "pd.DataFrame":
    """Units with fewer 篇 than this (不足, exclusive), most first; as ``at_least``."""
    return _list_units(now, units_below(now, category, _exactly(count)))


def zero_units(now: Submissions, category: str | None = None) -> "pd.DataFrame":
    """Units that sent nothing (零报送), in the order of the annexes; as ``at_least``."""
    return _list_units(now, units_with_none(now, category))


def _list_units(now: Submissions, names: Sequence[str]) -> "pd.DataFrame":
    return now.frame.reset_index(GROUP_HEADER).loc[list(names)]


def threshold_lists(now: Submissions) -> "pd.DataFrame":
    """Lists of 二（四） (列名单位): who is at least at, or below, the county's thresholds.

    Returns:
        One row a threshold that applies to the period: ``组别``, ``类别``, ``界限`` (20篇以上,
        or 不足20篇), ``单位数`` and ``单位``, most first.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    rows = []
    scopes: list[Group | Scope] = [*now.groups, *now.county.scopes]
    for named in scopes:
        for threshold in thresholds_of(now, named.id):
            names = threshold_units(now.of(named.label), threshold)
            bound = f"不足{now.county.say(threshold.figure, threshold.below)}"
            if threshold.at_least is not None:
                bound = f"{now.county.say(threshold.figure, threshold.at_least)}以上"
            label = now.county.label(threshold.figure)
            rows.append((named.label, label, bound, len(names), "、".join(names)))
    return pd.DataFrame(rows, columns=[GROUP_HEADER, _CATEGORY, "界限", _SIZE, "单位"])


def participation(now: Submissions) -> "pd.DataFrame":
    """Participation (参与情况): units with and without anything adopted, group by group.

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
    """Concentration (集中程度): how unevenly the units of each group, and all of them, submitted.

    Returns:
        Index ``组别``, of several groups ``全部单位`` last; columns ``单位数``, ``最多`` and
        ``中位数`` (篇), the shares of the first units (%, one decimal) and ``基尼系数`` (two
        decimals); missing where it is undefined.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    column = now.county.column(category)
    rows = {
        found.label: {
            _SIZE: found.size,
            "最多": _shown(found.most, now, column),
            _MIDDLE: None if found.median is None else float(found.median),
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


def top_share(now: Submissions, first: int, category: str | None = None) -> Percent | None:
    """Share of the first units (前几名占比, %) of the ranking.

    Args:
        now: The period, or a part of it.
        first: How many units.
        category: Whatever names one; None: the sum of all.

    Returns:
        None, with a notice, where nothing was sent, or where there are not more units than
        ``first``.
    """
    share = aggregate.top_share(now, first, category)
    adds_up = now.county.indicator(now.county.column(category)) is None
    if adds_up and now.total(category) and share is None:
        most = len(now.units) - 1
        warn(f"{_scope(now)}共{most + 1}个单位，算占比的名次应在1至{most}之间，不是{first}")
    elif share is None:
        _warn_of_nothing(now, category)
    return share


def gini(now: Submissions, category: str | None = None) -> float | None:
    """Gini coefficient (基尼系数) over all units, zeros included: from 0, even, towards 1.

    Returns:
        None, with a notice, where nothing was sent. Defined in ``aggregate.gini``.
    """
    coefficient = aggregate.gini(now, category)
    if coefficient is None:
        _warn_of_nothing(now, category)
    return coefficient


def median(now: Submissions, category: str | None = None) -> float | None:
    """Median (中位数, 篇) over all units, zeros included; None, with a notice, where is no unit."""
    middle = aggregate.median(now, category)
    if middle is None:
        _warn_of_nothing(now, category)
    return middle


def _warn_of_nothing(now: Submissions, category: str | None) -> None:
    column = now.county.column(category)
    what = now.county.figure(column).wording if column else "稿件"
    why = f"没有{what}被采用" if now.units else "一个单位也没有"
    if now.units and now.county.indicator(column):
        why = f"的{what}没有可以相加的数"
    warn(f"{now.period.label}{_scope(now)}{why}，算不出来")


# --- Against earlier periods --------------------------------------------------------------------


def compare_periods(
    now: Submissions, before: Submissions | None, category: str | None = None
) -> "pd.DataFrame":
    """Changes (增减) of every unit against an earlier period, like for like; most risen first.

    A merged unit's earlier count is its successor's. Units that are new, that ended, or that were
    not there throughout both periods have no difference and stand last.

    Args:
        now: The later period.
        before: The earlier one, such as ``history.before``; None gives a notice, and an empty
            table.
        category: Whatever names one; None: the sum of all.

    Returns:
        Index ``投稿单位``; columns ``组别``, the two periods' labels (篇, missing where the unit
        was not there), ``增减`` (篇), ``增减%`` (one decimal, missing from zero), and each period's
        ``名次`` by the competition rule among the counts that stand here. Of a rate ``增减`` is
        ``增减（百分点）``, and there is no ``增减%``.

    Raises:
        NotComparable: They are the same period, in the wrong order, of different length, or not of
            the same selection and categories.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    if before is None:
        warn(f"{now.period.label}没有可比的上一期数据，比较的表是空的；放进较早一期的文件夹就有了")
    elif reason := _why_not(now, before):
        raise NotComparable(reason)
    labels = [now.period.label, before.period.label if before else _NO_PERIOD]
    column = now.county.column(category)
    indicator = now.county.indicator(column)
    is_rate = indicator is not None and indicator.is_rate
    moved = "增减（百分点）" if is_rate else "增减"
    columns = [GROUP_HEADER, *labels, moved, "增减%", *(f"{label}{_RANK}" for label in labels)]
    rows = _compare(compare(now, before), column) if before else {}
    amount = "float64" if indicator and indicator.decimals else "Int64"
    kinds = ["str", amount, amount, amount, "float64", "Int64", "Int64"]
    index = pd.Index(list(rows), name=UNIT_HEADER, dtype="str")
    cells = list(zip(*rows.values(), strict=True)) or [()] * len(kinds)
    series = [pd.Series(list(cell), index, kind) for cell, kind in zip(cells, kinds, strict=True)]
    table = pd.concat(series, axis="columns", keys=columns)
    return table.drop(columns="增减%") if is_rate else table


def _why_not(now: Submissions, before: Submissions) -> str:
    """Say why a period says nothing against another one; empty: it does."""
    later, earlier = now.period.label, before.period.label
    if now.period == before.period:
        return f"给出的两期都是{later}，没有可比的；后一个请换成较早的一期，如 history.before"
    if now.period.kind is not before.period.kind:
        return f"{later}与{earlier}长短不同，不能比较；请换成同样长短的一期"
    if now.period < before.period:
        return f"先写较晚的一期，后写较早的；请把两期对调：先{earlier}，后{later}"
    if (scope := _scope(now)) != (other := _scope(before)):
        return f"范围不同，不能比较：{later}是{scope}，{earlier}是{other}；请两期选同一范围"
    if (kinds := _labels(now)) != (others := _labels(before)):
        return f"类别不同，不能比较：{later}有{kinds}，{earlier}有{others}"
    return ""


def _scope(now: Submissions) -> str:
    return f"{now.county.name}{'、'.join(now.selected) or '全部单位'}"


def _labels(now: Submissions) -> str:
    return "、".join(category.label for category in now.county.categories)


def _compare(against: Comparison, column: str | None) -> dict[str, tuple[Any, ...]]:
    """Give the row of every unit of either period."""
    changes = against.changes_by_unit(column)
    later = {unit.name: against.now.amount(unit.name, column) for unit in against.now.units}
    units = [*against.now.units, *against.departed]
    earlier = {
        unit.name: against.amount_before(unit, column)
        for unit in units
        if unit.name in against.parts
    }
    ranks = [_rank(then) for then in (later, earlier)]
    rows = {
        unit.name: (
            against.now.county.group(unit.group).label,
            *(_shown(then.get(unit.name), against.now, column) for then in (later, earlier)),
            *_measure_change(changes.get(unit.name), against.now, column),
            *(ranks_then.get(unit.name) for ranks_then in ranks),
        )
        for unit in units
    }
    order = [name for _, names in group_ties(_differences(changes)) for name in names]
    return {name: rows[name] for name in dict.fromkeys((*order, *rows))}


def _rank(amounts: Mapping[str, Amount | None]) -> dict[str, int]:
    defined = {name: amount for name, amount in amounts.items() if amount is not None}
    return {name: rank for name, rank, _ in _place(group_ties(defined))}


def _measure_change(
    change: Change | None, now: Submissions, column: str | None
) -> tuple[float | None, float | None]:
    if change is None:
        return None, None
    return _shown(change.difference, now, column), _rounded(change.percent, 1)


def _differences(changes: Mapping[str, Change]) -> dict[str, Amount]:
    return {name: change.difference for name, change in changes.items()}


class PeriodCounts(NamedTuple):
    """Amounts by period.

    Attributes:
        parts: What they are divided into: the labels of the categories, or of the groups.
        rows: Period -> 篇 of each part, in the order of time; None where the unit was not there.
        totals: Period -> what the parts are together: of a rate, the rate of the totals.
        column: Id of the category or indicator; None: all categories.
    """

    parts: tuple[str, ...]
    rows: Mapping[str, tuple[Amount | None, ...] | None]
    totals: Mapping[str, Amount | None]
    column: str | None = None


def count_by_period(history: History, name: str | None = None) -> PeriodCounts:
    """Count the county, a group, a unit or a category in every period.

    Args:
        history: The periods.
        name: Of a group or a unit, whose counts are divided by category; of a category or an
            indicator, divided by group; None or 合计: the county, by category.

    Raises:
        UnknownLabel: It is none of these.
    """
    county = history.now.county
    labelled: list[Group | Figure] = [*county.groups, *county.figures]
    if name is not None and not is_sum(name):
        if group := find_named(name, county.groups):
            history = history.of(group.id)
        elif figure := find_named(name, county.figures):
            return _count_groups(history, figure.id)
        else:
            history = history.of_unit(history.find_unit(name, "单位、组别或类别", labelled))
    rows = {
        then.period.label: tuple(then.total(category.id) for category in county.categories)
        if then.units
        else None
        for then in history.series
    }
    totals = {then.period.label: then.total() for then in history.series}
    return PeriodCounts(tuple(category.label for category in county.categories), rows, totals)


def _count_groups(history: History, column: str) -> PeriodCounts:
    groups = history.now.county.groups
    groups = tuple(
        group for group in groups if any(group in then.groups for then in history.series)
    )
    rows = {
        then.period.label: tuple(then.of(group.id).total_amount(column) for group in groups)
        for then in history.series
    }
    totals = {then.period.label: then.total_amount(column) for then in history.series}
    return PeriodCounts(tuple(group.label for group in groups), rows, totals, column)


def trend(history: History, name: str | None = None) -> "pd.DataFrame":
    """Trend (历期走势) of the county, a group, a unit or a category: 篇, period by period.

    Args:
        history: The periods.
        name: As ``count_by_period`` takes it.

    Returns:
        Index ``期次`` (its Chinese name), in the order of time; columns: the categories' labels, of
        a category or an indicator the groups', and ``合计``; missing where the unit was not there,
        and where a rate is undefined.

    Raises:
        UnknownLabel: Nothing goes by this name.
    """
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    found, now = count_by_period(history, name), history.now
    missing: tuple[Amount | None, ...] = (None,) * (len(found.parts) + 1)
    rows = [
        [
            _shown(amount, now, found.column)
            for amount in (missing if row is None else (*row, found.totals[period]))
        ]
        for period, row in found.rows.items()
    ]
    index = pd.Index(list(found.rows), name=_PERIOD, dtype="str")
    return pd.DataFrame(
        rows, index, [*found.parts, TOTAL], dtype=_dtype(now, found.column, "Int64")
    )


# --- Parts of tables ----------------------------------------------------------------------------


def _columns(now: Submissions) -> dict[str, str | None]:
    """Map the categories' labels to their ids, of several 合计 to None, then the indicators'."""
    columns: dict[str, str | None] = {
        category.label: category.id for category in now.county.categories
    }
    total: dict[str, str | None] = {} if len(columns) == 1 else {TOTAL: None}
    return columns | total | {own.label: own.id for own in now.county.indicators}


def _category_labels(now: Submissions) -> list[str]:
    return [category.label for category in now.county.categories]


def _exactly(count: float) -> Amount:
    """Take a number by its digits, as who writes it means it."""
    return count if isinstance(count, int | Fraction) else Fraction(str(count))


def _shown(amount: Amount | None, now: Submissions, column: str | None) -> float | None:
    """Round an amount as it is shown."""
    indicator = now.county.indicator(column)
    if amount is None or indicator is None:
        return cast("int | None", amount)
    return _rounded(amount, indicator.decimals)


def _dtype(now: Submissions, column: str | None, counts: str = "int64") -> str:
    """Return the pandas type of a figure's amounts: counts are never missing, others may be."""
    indicator = now.county.indicator(column)
    if indicator is None:
        return counts
    return "float64" if indicator.decimals else "Int64"


def _groups_of(now: Submissions) -> dict[str, str]:
    labels = {group.id: group.label for group in now.county.groups}
    return {unit.name: labels[unit.group] for unit in now.units}


def _rounded(value: float | Fraction | None, digits: int) -> float | None:
    return None if value is None else float(round_half_up(value, digits))
