"""What a unit's brief (单位简报) is about: one unit, its group, its own earlier periods."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

from zhashui_stats.assessment import Evidence
from zhashui_stats.briefs.standing import Standing, standing
from zhashui_stats.comparison import Comparison, History, Partial
from zhashui_stats.model.county import Group
from zhashui_stats.model.names import TOTAL
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster, Unit

__all__ = ["Brief", "OwnChange"]


class OwnChange(NamedTuple):
    """The unit against itself in an earlier period.

    Attributes:
        term: Kind of comparison: 环比, or 同比.
        name: What the prose calls the period, such as 上个半年.
        against: Like for like: before counts what units that were merged into it had; without
            any unit before, where it is new.
        partial: What cuts either period for the unit, so that the two are no equals; else None.
    """

    term: str
    name: str
    against: Comparison
    partial: Partial | None = None

    @property
    def is_new(self) -> bool:
        """Whether the earlier period has nothing to compare with."""
        return not self.against.before.units


@dataclass(frozen=True)
class Brief:
    """One unit in one period.

    Attributes:
        history: The period of the brief, of all units, and the earlier ones at hand.
        unit: Whose brief it is.
    """

    history: History
    unit: Unit

    @classmethod
    def of(cls, history: History, name: str = "") -> Self:
        """Choose the unit by any of its names; a blank chooses the first of the roster.

        Raises:
            UnknownUnit: No unit of the period goes by this name; it names the nearest ones.
        """
        units = history.now.units
        return cls(history, Roster(units).resolve(name) if name.strip() else units[0])

    @property
    def name(self) -> str:
        """The unit's name, as the annex writes it."""
        return self.unit.name

    @property
    def now(self) -> Submissions:
        """The period, of all units."""
        return self.history.now

    @cached_property
    def group(self) -> Group:
        """The group that the unit stands in."""
        return self.now.county.group(self.unit.group)

    @cached_property
    def scope(self) -> Submissions:
        """The period, of the unit's group."""
        return self.now.of(self.unit.group)

    @property
    def evidence(self) -> Evidence:
        """What the period's ledger shows."""
        return Evidence(self.now.ledger)

    def standing(self, category: str | None = None) -> Standing:
        """Tell where the unit stands in its group, in a category (id or label) or in total."""
        return standing(self.scope, self.name, category)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Where the unit stands: by each category's label and, of several, 合计, their sum."""
        categories = self.now.county.categories
        standings = {category.label: self.standing(category.id) for category in categories}
        return standings if len(standings) == 1 else {**standings, TOTAL: self.standing()}

    @cached_property
    def series(self) -> tuple[Submissions, ...]:
        """The unit alone in every period at hand, in the order of time.

        An earlier period holds the units that were merged into it as well; it holds none where
        the unit is new.
        """
        return self.history.of_unit(self.unit).series

    @property
    def own(self) -> Submissions:
        """The period, of this unit alone."""
        return self.series[-1]

    @property
    def changes(self) -> tuple[OwnChange, ...]:
        """The unit against itself in every earlier period that a report is held against."""
        return tuple(
            OwnChange(
                term,
                name,
                against.of_unit(self.unit),
                against.partial(self.unit),
            )
            for term, name, against in self.history.compared
        )
