"""Units (投稿单位) and the roster (名册) that holds them, from ``units.csv``."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from zhashui_stats.errors import UnknownUnit
from zhashui_stats.model.names import find_nearest, fold_name
from zhashui_stats.model.periods import Period

__all__ = ["Roster", "Unit"]

_LEVELS = "县市区"
_MOST_HINTS = 1000
_SHORTEST = 2  # of 某县, the one character that is left names nothing
_ABOVE = "(?:[^省市州盟区]{1,8}(?:省|市|州|盟|自治区))*"


@dataclass(frozen=True, slots=True)
class Unit:
    """One town or one department.

    Attributes:
        name: As the annex writes it.
        group: Id of its group.
        full_name: Its official name; empty where it is not on record.
        aliases: Other names; an ended unit's name among them says that it was merged into this.
        since: First period, inclusive; None: always.
        until: Last period, inclusive; None: still there.
    """

    name: str
    group: str
    full_name: str = ""
    aliases: tuple[str, ...] = ()
    since: Period | None = None
    until: Period | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, its own first."""
        return tuple(name for name in (self.name, self.full_name, *self.aliases) if name)

    def say_validity(self) -> str:
        """Say from when and until when it is there, where it was not or will not be always.

        >>> Unit("粮食局", "departments", until=Period.parse("2019H1")).say_validity()
        '“粮食局”的有效期为至 2019H1'
        """
        bounds = [f"自 {self.since}"] * bool(self.since) + [f"至 {self.until}"] * bool(self.until)
        return f"“{self.name}”的有效期为{'、'.join(bounds)}"

    def came_late(self, period: Period) -> bool:
        """Tell whether it came after a period's first day."""
        return self.since is not None and self.since.start > period.start

    def went_early(self, period: Period) -> bool:
        """Tell whether it went before a period's last day."""
        return self.until is not None and self.until.end < period.end


@dataclass(frozen=True)
class Roster:
    """The units of a county, in the order of the annexes.

    Attributes:
        units: The units.
        county: The county's name, which people write before a unit's; empty where it is not known.
    """

    units: tuple[Unit, ...]
    county: str = ""

    def valid_in(self, period: Period) -> "Roster":
        """Return the roster of one period: the units that were there on any of its days."""
        here = tuple(unit for unit in self.units if period.overlaps(unit.since, unit.until))
        return Roster(here, self.county)

    def of(self, group: str) -> tuple[Unit, ...]:
        """Return the units of a group, by the group's id."""
        return tuple(unit for unit in self.units if unit.group == group)

    def resolve(self, name: str) -> Unit:
        """Find a unit: as the name stands, then folded, then without what is written before it.

        That is a leading 县/市/区, or the county's own name, also without its last character and
        behind the names of what the county belongs to. In each step a unit's own name goes before
        full names, and these before aliases.

        Raises:
            UnknownUnit: No unit goes by this name, or several do; never a guess.

        >>> roster = Roster((Unit("农行", "departments"), Unit("市监局", "departments")))
        >>> roster.resolve("农　行").name, roster.resolve("县市监局").name
        ('农行', '市监局')
        >>> roster = Roster((Unit("财政局", "departments"),), "柞水县")
        >>> roster.resolve("商洛市柞水县财政局").name, roster.resolve("柞水财政局").name
        ('财政局', '财政局')
        """
        folded = fold_name(name)
        steps = [(self._as_is, name), (self._folded, folded)]
        if folded[:1] in tuple(_LEVELS):
            steps.append((self._folded, folded[1:]))
        if self.county and (match := self._own_name.match(folded)):
            steps.append((self._folded, folded[match.end() :]))
        for index, key in steps:
            if units := index.get(key):
                if len(units) > 1:
                    raise UnknownUnit(name, (unit.name for unit in units))
                return units[0]
        raise UnknownUnit(name, self.candidates(name))

    def candidates(self, name: str) -> tuple[str, ...]:
        """Return up to three units whose names are nearest to this one, best first.

        None for more names than anybody mistypes: that takes long, and the file is another one.
        """
        if name not in self._nearest and len(self._nearest) < _MOST_HINTS:
            self._nearest[name] = find_nearest(name, self._told)
        return self._nearest.get(name, ())

    @cached_property
    def _nearest(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _told(self) -> Mapping[str, str]:
        return {key: units[0].name for key, units in self._folded.items()}

    def successor(self, ended: Unit) -> Unit | None:
        """Return the unit that an ended one was merged into, None where there is none."""
        for unit in self.units:
            if unit != ended and ended.name in unit.aliases:
                return unit
        return None

    @cached_property
    def _own_name(self) -> re.Pattern[str]:
        """The county's name, in full or without its last character, before that of a unit."""
        name = fold_name(self.county)
        short = name[:-1] if len(name) > _SHORTEST and name.endswith(tuple(_LEVELS)) else name
        return re.compile(f"{_ABOVE}(?:{re.escape(name)}|{re.escape(short)})")

    @cached_property
    def _as_is(self) -> Mapping[str, list[Unit]]:
        return _index(self.units, str)

    @cached_property
    def _folded(self) -> Mapping[str, list[Unit]]:
        return _index(self.units, fold_name)


def _index(units: Iterable[Unit], key: Callable[[str], str]) -> dict[str, list[Unit]]:
    """Map every name to its units; own names shadow full names, and these shadow aliases."""
    index: dict[str, list[Unit]] = {}
    for rank in (
        lambda unit: (unit.name,),
        lambda unit: (unit.full_name,) if unit.full_name else (),
        lambda unit: unit.aliases,
    ):
        layer: dict[str, list[Unit]] = {}
        for unit in units:
            for name in set(map(key, rank(unit))):
                layer.setdefault(name, []).append(unit)
        index = {**layer, **index}
    return index
