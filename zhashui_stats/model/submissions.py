"""The one table at the centre: what every unit submitted in every category in one period."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from zhashui_stats.errors import UnknownLabel, UnknownUnit
from zhashui_stats.model.county import Category, County, Group, find_named, is_sum, named
from zhashui_stats.model.names import GROUP_HEADER, TOTAL, UNIT_HEADER, find_nearest
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit

if TYPE_CHECKING:
    import pandas as pd

    from zhashui_stats.ledger import Ledger

__all__ = ["SOURCE_MARK", "SourceFile", "Submissions"]

_Answer = TypeVar("_Answer")

SOURCE_MARK = "："
"""Stands between a part's label and the key of its source, where parts are added up."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a period was read from, and what reading it showed.

    Attributes:
        path: Below the data folder, with ``/``.
        sha256: Hash of its bytes, hexadecimal.
        units: Number of units whose counts it gives.
        totals: Number of declared totals that were checked against their rows.
        notes: How it was read, in Chinese: what was passed over, how many blanks count as 0.
        alerts: Those of the notes that say that the file may not be filled in yet.
        is_synthetic: Whether it says that its content was made up.
    """

    path: str
    sha256: str
    units: int = 0
    totals: int = 0
    notes: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    is_synthetic: bool = False


@dataclass(frozen=True)
class Submissions:
    """Counts (篇) of one period: every unit of the roster × every category, zeros included.

    Built by ``loading``, and by the audit from a circular's own annexes; whatever takes it
    re-checks nothing.

    Attributes:
        county: What is counted.
        period: When.
        units: The units of the scope, in the order of the annexes.
        counts: Unit name -> category id -> 篇; complete.
        source: ``source.toml``: where the figures come from; of a sum, the parts' sources, each
            key led by the part's label (2022年上半年：title).
        remarks: The analyst's own paragraphs (Markdown), by section such as 一（二）.
        files: The files it was read from.
        summed: Whether it is the sum of its halves rather than read from a folder of its own.
        ledger: The articles behind the counts, where the period has a ledger; checked.
    """

    county: County
    period: Period
    units: tuple[Unit, ...]
    counts: Mapping[str, Mapping[str, int]]
    source: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    files: tuple[SourceFile, ...] = ()
    summed: bool = False
    ledger: "Ledger | None" = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """Freeze the counts and hold them against the units and categories."""
        ids = [category.id for category in self.county.categories]
        counts = {
            unit.name: MappingProxyType(
                {category: self.counts[unit.name][category] for category in ids}
            )
            for unit in self.units
        }
        if len(counts) != len(self.units) or counts.keys() != self.counts.keys():
            raise ValueError("counts and units do not match one to one")
        if any(type(n) is not int or n < 0 for row in counts.values() for n in row.values()):
            raise ValueError("a count is not a whole number from 0")
        for name, value in (
            ("counts", counts), ("source", dict(self.source)), ("remarks", dict(self.remarks)),
        ):  # fmt: skip
            object.__setattr__(self, name, MappingProxyType(value))

    @classmethod
    def sum_of(cls, parts: Iterable[Self], period: Period) -> Self:
        """Add up the parts of a longer period; a unit missing from one part counts 0 there."""
        parts = tuple(parts)
        county = parts[0].county
        known = {unit.name: unit for part in parts for unit in part.units}
        order = {group.id: rank for rank, group in enumerate(county.groups)}
        units = tuple(sorted(known.values(), key=lambda unit: order[unit.group]))
        counts = {
            unit.name: {
                category.id: sum(part._of_unit(unit.name, category.id) for part in parts)
                for category in county.categories
            }
            for unit in units
        }
        files = tuple(dict.fromkeys(file for part in parts for file in part.files))
        source = {
            f"{part.period.label}{SOURCE_MARK}{key}": value
            for part in parts
            for key, value in part.source.items()
        }
        return cls(county, period, units, counts, source, files=files, summed=True)

    def split_source_key(self, key: str) -> tuple[str, str]:
        """Tell of which part a key of ``source`` is, and the part's own key.

        A part's label has no mark in it; the key is the analyst's own and may. Where nothing was
        added up, there is no part: its label is empty.
        """
        if not self.summed:
            return "", key
        part, _, own = key.partition(SOURCE_MARK)
        return part, own

    @property
    def is_synthetic(self) -> bool:
        """Whether anything that it was read from was made up."""
        return any(file.is_synthetic for file in self.files)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that have a unit in scope, in the order of the annexes."""
        present = {unit.group for unit in self.units}
        return tuple(group for group in self.county.groups if group.id in present)

    def of(self, name: str) -> Self:
        """Return the part of one group (id or label), or of one unit (any of its names).

        Raises:
            UnknownLabel: Neither a group nor a unit in scope goes by this name.
        """
        if group := find_named(name, self.county.groups):
            part: Self = self.ask(type(self)._of_group, group.id)
            return part
        return self.only((self.find_unit(name, "单位或组别", self.county.groups),))

    def _of_group(self, group: str) -> Self:
        return self.only(unit for unit in self.units if unit.group == group)

    def only(self, units: Iterable[Unit]) -> Self:
        """Return the part of some of the units in scope."""
        units = tuple(units)
        counts = {unit.name: self.counts[unit.name] for unit in units}
        return replace(self, units=units, counts=counts)

    def ask(self, question: Callable[..., _Answer], *about: Hashable) -> _Answer:
        """Return what a question finds here; asked again, the answer is at hand.

        A sentence, the figures above it and the table below rest on one answer. Whoever asks
        shares it, so it is not to be changed.

        Args:
            question: A function that takes this and what follows.
            about: What else it is to be given.
        """
        key = (question, *about)
        if key not in self._answers:
            self._answers[key] = question(self, *about)
        return cast("_Answer", self._answers[key])

    @cached_property
    def _answers(self) -> dict[Hashable, Any]:
        # Not a field: what is made from this one, of other units, begins without answers.
        return {}

    def count(self, unit: str, category: str | None = None) -> int:
        """Return a unit's count (篇) in one category (id or label), or in all.

        Raises:
            UnknownUnit: No unit in scope goes by this name; a unit out of scope has no count.
            UnknownLabel: The county declares no such category.
        """
        wanted = self.county.column(category)
        name = unit if unit in self.counts else self._roster.resolve(unit).name
        return self._of_unit(name, wanted)

    def total(self, category: str | None = None) -> int:
        """Return the sum (篇) over the units in scope, of one category (id or label) or of all.

        Raises:
            UnknownLabel: The county declares no such category.
        """
        wanted = self.county.column(category)
        return sum(self._of_unit(unit.name, wanted) for unit in self.units)

    def _of_unit(self, name: str, category: str | None) -> int:
        """Return a count (篇) by the unit's own name and the category's id; 0 out of scope."""
        row = self.counts.get(name, {})
        return sum(row.values()) if category is None else row.get(category, 0)

    # --- Looking up -----------------------------------------------------------------------------

    def __getitem__(self, name: str) -> "pd.Series[int] | pd.DataFrame":
        """Return what ``frame`` holds under a name: a row, a column, or the rows of a group.

        Returns:
            Of a unit (any of its names) a row: ``类别`` and ``合计`` -> 篇. Of a category (as
            ``County.column`` takes it) its column, by group and unit. Of a group (id or label)
            its rows, by unit.

        Raises:
            UnknownLabel: Nothing in scope goes by this name.
        """
        county, frame = self.county, self.frame
        if group := find_named(name, county.groups):
            if group not in self.groups:
                return frame.iloc[:0].droplevel(GROUP_HEADER)
            return frame.loc[group.label]
        if category := find_named(name, county.categories):
            return frame[category.label]
        if is_sum(name):
            return frame[TOTAL]
        unit = self.find_unit(name, "单位、组别或类别", [*county.groups, *county.categories])
        row = frame.droplevel(GROUP_HEADER).loc[unit.name]
        return row.rename_axis("类别")

    def __contains__(self, name: object) -> bool:
        """Tell whether ``[name]`` finds anything."""
        county = self.county
        if not isinstance(name, str):
            return False
        if find_named(name, county.groups) or find_named(name, county.categories) or is_sum(name):
            return True
        try:
            self._roster.resolve(name)
        except UnknownUnit:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        """Give the names of the units, in the order of the annexes."""
        return (unit.name for unit in self.units)

    def _ipython_key_completions_(self) -> list[str]:
        """List for completion what ``[name]`` finds."""
        labelled: list[Group | Category] = [*self.groups, *self.county.categories]
        return [*self, *(item.label for item in labelled), TOTAL]

    @cached_property
    def _roster(self) -> Roster:
        return Roster(self.units)

    def find_unit(self, name: str, what: str, others: Iterable[Group | Category]) -> Unit:
        """Find a unit by any of its names.

        Args:
            name: Whatever it is called.
            what: Kinds of things that could have been meant (Chinese), for who reads the error.
            others: Those of them that are no units.

        Raises:
            UnknownLabel: There is none, or the name is that of several.
        """
        try:
            return self._roster.resolve(str(name))
        except UnknownUnit as error:
            others = tuple(others)
            near = (*error.candidates, *find_nearest(str(name), named(others)))
            known = [*(item.label for item in others), f"{len(self.units)}个单位的名称"]
            raise UnknownLabel(what, name, known, dict.fromkeys(near)) from None

    # --- Showing --------------------------------------------------------------------------------

    @property
    def frame(self) -> "pd.DataFrame":
        """The counts as a table for analysis.

        Rows: one a unit, index ``组别`` × ``投稿单位``; columns: the categories' labels and
        ``合计``; whole numbers (篇). It is a fresh copy each time: change it freely.
        """
        return self._frame.copy()

    @cached_property
    def _frame(self) -> "pd.DataFrame":
        import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

        labels = {group.id: group.label for group in self.county.groups}
        index = pd.MultiIndex.from_tuples(
            [(labels[unit.group], unit.name) for unit in self.units],
            names=[GROUP_HEADER, UNIT_HEADER],
        )
        columns = {
            category.label: [self.counts[unit.name][category.id] for unit in self.units]
            for category in self.county.categories
        }
        table = pd.DataFrame(columns, index=index, dtype="int64")
        return table.assign(**{TOTAL: table.sum(axis="columns")})

    def __repr__(self) -> str:
        """Say what it is in one line.

        Such as ``<Submissions 柞水县 2022H1: 65 units × 3 categories, 329 篇>``.
        """
        size = f"{len(self.units)} units × {len(self.county.categories)} categories"
        return (
            f"<Submissions {self.county.name} {self.period}: {size}, "
            f"{self.total()} {self.county.measure}>"
        )

    def _repr_html_(self) -> str:
        """Show the whole table in JupyterLab."""
        scope = f"{self.county.name}{self.period.label}：{len(self.units)}个单位"
        title = escape(f"{scope}，数值单位：{self.county.measure}")
        return f"<p><strong>{title}</strong></p>{self.frame.to_html(max_rows=80)}"
