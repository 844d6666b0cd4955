"""What the tables say: the figures that a claim is held against."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from zhashui_stats.model.county import Category, County
from zhashui_stats.model.names import TOTAL
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster, Unit

__all__ = ["Facts", "Scope"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom and what a figure covers.

    Attributes:
        groups: Ids of the groups; empty: all units.
        category: The category; None: all categories together.
    """

    groups: tuple[str, ...] = ()
    category: Category | None = None


class Facts:
    """The figures of the circular's period, and of earlier ones where they are at hand."""

    def __init__(
        self,
        county: County,
        roster: Roster,
        period: Period,
        now: Submissions | None,
        earlier: Sequence[Submissions] = (),
    ) -> None:
        """Keep the tables by period."""
        self.county = county
        self.roster = roster.valid_in(period)
        self.period = period
        self.now = now
        self._counts: dict[str, dict[str | None, int]] = {}
        for name, row in now.counts.items() if now else ():
            self._counts[name] = {None: sum(row.values())}
            self._counts[name].update(row)
        self._by_period = {table.period: table for table in earlier}
        if now:
            self._by_period[period] = now

    def at(self, period: Period | None) -> "Facts | None":
        """Return the figures of another period, None where they are not at hand."""
        table = self._by_period.get(period) if period else None
        if table is None:
            return None
        return Facts(
            self.county, Roster(table.units), table.period, table, tuple(self._by_period.values())
        )

    def units(self, scope: Scope) -> list[Unit]:
        """Return the units of a scope, from the tables or, without them, from the roster."""
        units: Iterable[Unit] = self.now.units if self.now else self.roster.units
        return [unit for unit in units if not scope.groups or unit.group in scope.groups]

    def count(self, unit: Unit, category: Category | None) -> int | None:
        """Return a unit's count (篇); None where the tables do not have the unit."""
        row = self._counts.get(unit.name)
        return None if row is None else row[category.id if category else None]

    def total(self, scope: Scope) -> int:
        """Return the sum of a scope (篇)."""
        return sum(self.count(unit, scope.category) or 0 for unit in self.units(scope))

    def where(self, scope: Scope, wanted: Callable[[int], bool]) -> list[Unit]:
        """Return the units of a scope whose count is as wanted."""
        category = scope.category
        return [
            unit
            for unit in self.units(scope)
            if (count := self.count(unit, category)) is not None and wanted(count)
        ]

    def ranks(self, unit: Unit, scope: Scope) -> set[int]:
        """Return a unit's rank in a scope, by the competition and by the dense rule."""
        own = self.count(unit, scope.category)
        counts = [self.count(other, scope.category) or 0 for other in self.units(scope)]
        if own is None:
            return set()
        better = [count for count in counts if count > own]
        return {len(better) + 1, len(set(better)) + 1}

    def say_scope(self, scope: Scope) -> str:
        """Name a scope, such as 镇办·政务动态."""
        labels = [self.county.group(group).label for group in scope.groups]
        who = "、".join(labels) if labels else "全部单位"
        return f"{who}·{scope.category.label}" if scope.category else who

    def say_cell(self, unit: Unit, category: Category | None) -> str:
        """Name a cell of the tables with its count, such as 应急局 政务动态 21篇."""
        label = category.label if category else TOTAL
        return f"{unit.name} {label} {self.count(unit, category)}{self.county.measure}"
