"""Periods against each other: differences, changes in per cent, and the units that changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from zhashui_stats.aggregate import cut_ties, group_ties
from zhashui_stats.errors import PeriodError, UndefinedFigure, UnknownAttribute, UnknownLabel
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.county import Figure, Group, find_named
from zhashui_stats.model.names import GROUP_HEADER, TOTAL, UNIT_HEADER
from zhashui_stats.model.periods import Period, PeriodKind
from zhashui_stats.model.submissions import Submissions, ask, find_unit, select
from zhashui_stats.model.units import Roster, Unit

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Change", "Comparison", "Forerunner", "History", "Partial", "compare"]

_YEAR_ON_YEAR, _PERIOD_ON_PERIOD = "同比", "环比"
_JUST_BEFORE = {
    PeriodKind.HALF: "上个半年",
    PeriodKind.QUARTER: "上季度",
    PeriodKind.MONTH: "上月",
}


@dataclass(frozen=True, slots=True)
class Change:
    """An amount before and after, of a category 篇; that of a rate differs by 百分点."""

    before: Amount
    after: Amount

    @property
    def difference(self) -> Amount:
        """After minus before, in the figure's unit."""
        return self.after - self.before

    @property
    def percent(self) -> float | Fraction | None:
        """The difference in % of what was before; None from zero, and from or to below it.

        >>> [Change(*sides).percent for sides in ((200, 203), (0, 3), (-2, 3), (3, -2))]
        [1.5, None, None, None]
        """
        is_growth = self.before > 0 and self.after >= 0
        return 100 * self.difference / self.before if is_growth else None

    @property
    def size(self) -> Amount:
        """By how much it moved, up or down."""
        return max(self.difference, -self.difference)


class Partial(NamedTuple):
    """What cuts a period for a unit: its count there is not that of a whole period.

    Attributes:
        name: The unit, or the one that was merged into it.
        since: Its first period, where it came after the start; else None.
        until: Its last period, where it went before the end; else None.
    """

    name: str
    since: Period | None
    until: Period | None


@dataclass(frozen=True)
class Comparison:
    """One period against an earlier one, over the same scope.

    Attributes:
        now: The later period.
        before: The earlier period.
    """

    now: Submissions
    before: Submissions

    def change(self, figure: str | None = None) -> Change:
        """Return the change of the scope's amount of a figure as counted.

        Args:
            figure: Whatever names a category or an indicator; None: the sum of all categories.

        Raises:
            UndefinedFigure: It is undefined in one of the periods.
        """
        return self._change_between(self.before, self.now, self.now.county.column(figure))

    def like_for_like(self, figure: str | None = None) -> Change:
        """Return the change over the units that are there in both periods; else as ``change``.

        A merged unit's earlier count is its successor's; units that are new or ended without
        successor are left out on both sides.
        """
        new, gone = set(self.arrived), set(self.departed)
        return self._change_between(
            select(self.before, (unit for unit in self.before.units if unit not in gone)),
            select(self.now, (unit for unit in self.now.units if unit not in new)),
            self.now.county.column(figure),
        )

    def _change_between(self, before: Submissions, now: Submissions, column: str | None) -> Change:
        amounts = [then.total_amount(column) for then in (before, now)]
        for then, amount in zip((before, now), amounts, strict=True):
            if amount is None:
                label = self.now.county.label(column)
                raise UndefinedFigure(f"{then.period.label}的{label}没有定义（除数为0），无从比较")
        return Change(*(amount for amount in amounts if amount is not None))

    @cached_property
    def arrived(self) -> tuple[Unit, ...]:
        """Units that are there now and were not before, successors of merged units aside."""
        earlier = {unit.name for unit in self.before.units}
        heirs = {unit.name for unit in self.merged.values()}
        return tuple(unit for unit in self.now.units if unit.name not in earlier | heirs)

    @cached_property
    def departed(self) -> tuple[Unit, ...]:
        """Units that were there before and ended without a successor."""
        here = {unit.name for unit in self.now.units}
        merged = {unit.name for unit in self.merged}
        return tuple(unit for unit in self.before.units if unit.name not in here | merged)

    @cached_property
    def merged(self) -> dict[Unit, Unit]:
        """Units that ended, each with the unit it was merged into."""
        here = {unit.name for unit in self.now.units}
        roster = Roster(self.now.units, self.now.county.name)
        ended = (unit for unit in self.before.units if unit.name not in here)
        return {unit: heir for unit in ended if (heir := roster.successor(unit))}

    @property
    def roster_changed(self) -> bool:
        """Whether a unit is new, ended or merged between the two."""
        return bool(self.arrived or self.departed or self.merged)

    def of(self, group: str) -> "Comparison":
        """Return the comparison of one group, named by its id or label."""
        wanted = self.now.county.group(group).id
        return Comparison(self.now.of(wanted), self.before.of(wanted))

    def of_unit(self, unit: Unit) -> "Comparison":
        """Return the comparison of one unit of either period, like for like.

        What was before holds the units that were merged into it as well, and none where it is
        new; what is now holds none where it ended.
        """
        here = [own for own in self.now.units if own.name == unit.name]
        parts = self.parts.get(unit.name, ())
        name = unit.name
        return Comparison(select(self.now, here, name), select(self.before, parts, name))

    @cached_property
    def by_unit(self) -> dict[str, Change]:
        """The like-for-like change of every unit's total, as ``changes_by_unit`` gives it."""
        return self.changes_by_unit()

    def changes_by_unit(self, figure: str | None = None) -> dict[str, Change]:
        """Return the like-for-like change of every unit that can be compared, by its name.

        A merged unit's earlier amount is its successor's. New units are left out, and so are
        those that were not there throughout both periods, or whose amount is undefined in one.
        """
        wanted = self.now.county.column(figure)
        changes: dict[str, Change] = {}
        for unit in self.now.units:
            if unit.name in self.parts and not self.partial(unit):
                before = self.amount_before(unit, wanted)
                after = self.now.amount(unit.name, wanted)
                if before is not None and after is not None:
                    changes[unit.name] = Change(before, after)
        return changes

    def amount_before(self, unit: Unit, figure: str | None = None) -> Amount | None:
        """Return what a unit had before of a figure, with the units merged into it."""
        return select(self.before, self.parts[unit.name]).total_amount(figure)

    def partial(self, unit: Unit) -> Partial | None:
        """Return what cuts either period for a unit of the later one; None where it is whole.

        A unit's earlier time is also that of the units that were merged into it.
        """
        earlier = self.parts.get(unit.name)
        before = _find_cut(earlier, self.before.period) if earlier else None
        return before or _find_cut((unit,), self.now.period)

    @cached_property
    def parts(self) -> dict[str, list[Unit]]:
        """The units before, by the name of the one that each of them is, or is part of, now."""
        parts: dict[str, list[Unit]] = {}
        for unit in self.before.units:
            parts.setdefault(self.merged.get(unit, unit).name, []).append(unit)
        return parts

    def risen(self, first: int) -> tuple[tuple[str, Change], ...]:
        """Name about the first so many units that rose, most first.

        Ties are never cut: the last ones are taken all where that makes at most two more than
        ``first``, and left out otherwise.
        """
        return self._moved(first, 1)

    def fallen(self, first: int) -> tuple[tuple[str, Change], ...]:
        """Name about the first so many units that fell, most first; ties as in ``risen``."""
        return self._moved(first, -1)

    def _moved(self, first: int, sign: int) -> tuple[tuple[str, Change], ...]:
        moves = {name: sign * change.difference for name, change in self.by_unit.items()}
        most = cut_ties(group_ties(moves), first)
        return tuple((name, self.by_unit[name]) for _, names in most for name in names)


def compare(now: Submissions, before: Submissions) -> Comparison:
    """Hold a period against an earlier one; asked again, what was found is at hand."""
    # By what it is and not by what it holds; as the comparison keeps it, no other takes its place.
    kept = ask(now, _begin_comparisons)
    return kept.setdefault(id(before), Comparison(now, before))


def _begin_comparisons(_: Submissions) -> dict[int, Comparison]:
    return {}


def _find_cut(units: Sequence[Unit], period: Period) -> Partial | None:
    """Return what keeps units from being there, one or another, throughout a period."""
    first = min(units, key=lambda unit: unit.since.start if unit.since else date.min)
    last = max(units, key=lambda unit: unit.until.end if unit.until else date.max)
    since = first.since if first.came_late(period) else None
    until = last.until if last.went_early(period) else None
    if not since and not until:
        return None
    return Partial(first.name if since else last.name, since, until)


class Forerunner(NamedTuple):
    """An earlier period that a report is to be held against.

    Attributes:
        term: Kind of comparison: 环比, or 同比.
        name: What the prose calls the period, such as 上个半年.
        period: Which one.
        comparison: With it; None where the period is not at hand.
    """

    term: str
    name: str
    period: Period
    comparison: Comparison | None


@dataclass(frozen=True)
class History:
    """The period of a report together with the earlier periods of its kind at hand.

    ``history["2021H2"]`` is one of them; ``of`` gives the history of a group or of a unit, and
    ``frame`` all counts for analysis.

    Attributes:
        series: In the order of time; the last one is the period of the report.
    """

    series: tuple[Submissions, ...]

    def __init__(self, series: Iterable[Submissions]) -> None:
        """Order the series by time."""
        ordered = sorted(series, key=lambda submissions: submissions.period)
        object.__setattr__(self, "series", tuple(ordered))

    @property
    def now(self) -> Submissions:
        """The period of the report."""
        return self.series[-1]

    @property
    def previous(self) -> Comparison | None:
        """Against the period just before; None where it is not at hand, or there is none."""
        return self._against(self.now.period.previous)

    @property
    def year_before(self) -> Comparison | None:
        """Against the same period of the year before (同比); None where it is not at hand."""
        if self.now.period.year_before == self.now.period.previous:
            return None
        return self._against(self.now.period.year_before)

    @property
    def forerunners(self) -> tuple[Forerunner, ...]:
        """Every comparison that is wanted, at hand or not.

        The period just before (环比), then the same one of the year before (同比). For a year the
        two are one, and comparing years is 同比; before a span there is none.
        """
        period = self.now.period
        if period.kind is PeriodKind.YEAR:
            return (Forerunner(_YEAR_ON_YEAR, "上年", period.year_before, self.previous),)
        earlier = Forerunner(_YEAR_ON_YEAR, "上年同期", period.year_before, self.year_before)
        if period.previous is None:
            return (earlier,)
        name = _JUST_BEFORE[period.kind]
        return Forerunner(_PERIOD_ON_PERIOD, name, period.previous, self.previous), earlier

    @property
    def compared(self) -> tuple[tuple[str, str, Comparison], ...]:
        """The term, the name and the comparison of every forerunner that is at hand."""
        return tuple((forerunner.term, forerunner.name, forerunner.comparison)
                     for forerunner in self.forerunners if forerunner.comparison)  # fmt: skip

    @property
    def before(self) -> Submissions | None:
        """The nearest earlier period that the report compares with; None where none is at hand."""
        return self.compared[0][2].before if self.compared else None

    def of(self, name: str) -> "History":
        """Return the history of one group (id or label), or of one unit (any of its names).

        A unit's earlier counts hold those of the units that were merged into it; a period in which
        it was not there holds no unit.

        Raises:
            UnknownLabel: Neither a group nor a unit of any of the periods goes by this name.
        """
        if group := find_named(name, self.now.county.groups):
            return History(then.of(group.id) for then in self.series)
        return self.of_unit(self.find_unit(name, "单位或组别", self.now.county.groups))

    def of_unit(self, unit: Unit) -> "History":
        """Return the history of one unit, as ``of`` does.

        What was merged into it is told by the last period that has it: it may have ended since.
        """
        there = [then for then in self.series if unit.name in then.counts]
        last = (there or [self.now])[-1]
        return History(
            select(then, (), unit.name)
            if last.period < then.period
            else compare(last, then).of_unit(unit).before
            for then in self.series
        )

    def find_unit(self, name: str, what: str, others: Iterable[Group | Figure]) -> Unit:
        """Find a unit by any of its names, in the last period that knows it.

        What follows the name is as ``submissions.find_unit`` takes it.
        """
        known = [then for then in self.series if name in then]
        return find_unit((known or [self.now])[-1], name, what, others)

    # --- Looking up and showing -----------------------------------------------------------------

    def __getitem__(self, period: Period | str | int) -> Submissions:
        """Return one of the periods, by its id or its Chinese name.

        Raises:
            PeriodError: The period cannot be read.
            UnknownLabel: It is none of these.
        """
        wanted = Period.of(period)
        for then in self.series:
            if then.period == wanted:
                return then
        raise UnknownLabel("期次", period, self)

    def __contains__(self, period: object) -> bool:
        """Tell whether a period, by its id or its Chinese name, is one of these."""
        try:
            return isinstance(period, Period | str | int) and bool(self[period])
        except (PeriodError, UnknownLabel):
            return False

    def __iter__(self) -> Iterator[str]:
        """Give the ids of the periods, in the order of time."""
        return (str(then.period) for then in self.series)

    def __len__(self) -> int:
        """Count the periods; there is always one."""
        return len(self.series)

    def __getattr__(self, name: str) -> NoReturn:
        """Say what to write instead; only what is not there comes here.

        Raises:
            AttributeError: Always; of the machinery's own names (``_repr_png_``) a plain one.
        """
        if name.startswith("_") or name == "series":
            raise AttributeError(name)
        said = (
            f"history 是历期数据，没有“{name}”；本期是 history.now，"
            f'某一期如 history["{self.now.period}"]，各期的全部数字是 history.frame'
        )
        raise UnknownAttribute(said, name=name, obj=self)

    def _ipython_key_completions_(self) -> list[str]:
        """List for completion what ``[period]`` finds."""
        return list(self)

    @property
    def frame(self) -> "pd.DataFrame":
        """Every count of every period, for analysis: one row each.

        Columns: ``期次`` (its Chinese name), ``组别``, ``投稿单位``, ``类别`` and ``数量`` (篇).
        Each unit stands as it did in the period; nothing is added up.
        """
        import pandas as pd  # noqa: PLC0415 -- a page does not need it

        rows = [
            (
                then.period.label,
                then.county.group(unit.group).label,
                unit.name,
                category.label,
                then.counts[unit.name][category.id],
            )
            for then in self.series
            for unit in then.units
            for category in then.county.categories
        ]
        return pd.DataFrame(rows, columns=["期次", GROUP_HEADER, UNIT_HEADER, "类别", "数量"])

    def __repr__(self) -> str:
        """Say what it is in one line, such as ``<柞水县历期数据：2021H2、2022H1>``."""
        return f"<{self.now.county.name}历期数据：{'、'.join(self)}>"

    def _repr_html_(self) -> str:
        """Show the periods with their totals in JupyterLab."""
        import pandas as pd  # noqa: PLC0415 -- a page does not need it

        county = self.now.county
        sums = {
            then.period.label: {
                "单位数": len(then.units),
                **{category.label: then.total(category.id) for category in county.categories},
                TOTAL: then.total(),
            }
            for then in self.series
        }
        title = escape(f"{county.name}历期采用数量，数值单位：{county.measure}")
        table = pd.DataFrame.from_dict(sums, "index")
        return f"<p><strong>{title}</strong></p>{table.to_html()}"

    def _against(self, period: Period | None) -> Comparison | None:
        for earlier in self.series[:-1]:
            if earlier.period == period:
                return compare(self.now, earlier)
        return None
