"""The one table at the centre: what every unit submitted in every category in one period."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar, cast

from zhashui_stats.errors import UnknownAttribute, UnknownLabel, UnknownUnit, say_nearest
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.articles import MADE_UP
from zhashui_stats.model.county import County, Figure, Group, find_named, is_sum, named
from zhashui_stats.model.formulas import TOTAL_ID, Formula
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.names import GROUP_HEADER, TOTAL, UNIT_HEADER, find_nearest
from zhashui_stats.model.periods import Period
from zhashui_stats.model.rounding import round_half_up
from zhashui_stats.model.units import Roster, Unit

if TYPE_CHECKING:
    import pandas as pd

    from zhashui_stats.ledger import Ledger

__all__ = [
    "SOURCE_MARK",
    "SourceFile",
    "Submissions",
    "add_up",
    "ask",
    "blank_tables",
    "find_unit",
    "select",
    "split_source_key",
    "work_out",
]

_Answer = TypeVar("_Answer")

_NAMED = 3  # so many selected names keep a title in one line
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


def blank_tables(files: Iterable[SourceFile]) -> tuple[str, ...]:
    """Return the tables that were never filled in: a path each."""
    return tuple(file.path for file in files if file.units and file.alerts)


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
        parts: Of a sum, the periods with folders of their own that were added up, in order.
        selected: What was selected of the county: labels of groups, names of units; empty: all.
            Periods of one selection are alike, whichever units each of them has.
        ledger: The articles behind the counts, where the period has a ledger; checked.
        figures: Unit name -> id of a counted indicator -> amount; complete for the indicators
            that the unit's group has.
    """

    county: County
    period: Period
    units: tuple[Unit, ...]
    counts: Mapping[str, Mapping[str, int]]
    source: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    files: tuple[SourceFile, ...] = ()
    parts: tuple[Period, ...] = ()
    selected: tuple[str, ...] = ()
    ledger: "Ledger | None" = field(default=None, compare=False)
    figures: Mapping[str, Mapping[str, Amount]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Freeze counts and figures and hold them against units, categories and indicators."""
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
            ("figures", self._freeze_figures()),
        ):  # fmt: skip
            object.__setattr__(self, name, MappingProxyType(value))

    def _freeze_figures(self) -> dict[str, Mapping[str, Amount]]:
        """Return each unit's amounts of the counted indicators that its group has."""
        return {
            unit.name: MappingProxyType({
                indicator.id: self.figures[unit.name][indicator.id]
                for indicator in self.county.counted
                if indicator.applies_to(unit.group)
            })
            for unit in self.units
        }  # fmt: skip

    @property
    def summed(self) -> bool:
        """Whether it was added up from its parts rather than read from a folder of its own."""
        return bool(self.parts)

    @property
    def is_synthetic(self) -> bool:
        """Whether anything that it was read from was made up."""
        return any(file.is_synthetic for file in self.files)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that have a unit in scope, in the order of the annexes."""
        present = {unit.group for unit in self.units}
        return tuple(group for group in self.county.groups if group.id in present)

    @property
    def notices(self) -> tuple[str, ...]:
        """Which files may not be filled in yet, and which are made up: a line each."""
        return tuple(
            f"{file.path} {alert}"
            for file in self.files
            for alert in (*file.alerts, *[f"是{MADE_UP}"] * file.is_synthetic)
        )

    def of(self, name: str | Iterable[str]) -> Self:
        """Return the part of one group (id or label), of one unit (any of its names), or several.

        A scope of several groups goes by its label.

        Raises:
            UnknownLabel: Neither a group nor a unit in scope goes by this name.
        """
        groups, units = [], []
        for wanted in _listed(name) or ("",):
            if group := find_named(wanted, self.county.groups):
                groups.append(group.label)
            elif scope := find_named(wanted, self.county.scopes):
                groups += [self.county.group(group).label for group in scope.groups]
            else:
                units.append(find_unit(self, wanted, "单位或组别", self.county.groups).name)
        part: Self = ask(self, _part_of, frozenset(groups), frozenset(units))
        return part

    @cached_property
    def _answers(self) -> dict[Hashable, Any]:
        # Not a field: what is made from this one, of other units, begins without answers.
        return {}

    def count(self, unit: str, category: str | None = None) -> int:
        """Return a unit's count (篇) in one category (id or label), or in all.

        An indicator has an amount rather than a count: what names one gives that, as ``amount``.

        Raises:
            UnknownUnit: No unit in scope goes by this name; a unit out of scope has no count.
            UnknownLabel: The county declares no such category or indicator.
        """
        return cast("int", self.amount(unit, category))

    def total(self, category: str | None = None) -> int:
        """Return the sum (篇) over the units in scope, of one category (id or label) or of all.

        Of an indicator it is what ``total_amount`` gives.

        Raises:
            UnknownLabel: The county declares no such category or indicator.
        """
        return cast("int", self.total_amount(category))

    def amount(self, unit: str, figure: str | None = None) -> Amount | None:
        """Return what a unit has of a figure, exactly; None where that is undefined.

        Args:
            unit: Any of its names.
            figure: Whatever names a category or an indicator; None: the sum of all categories.

        Raises:
            UnknownUnit: No unit in scope goes by this name; a unit out of scope has no amount.
            UnknownLabel: The county declares no such category or indicator.
        """
        column = self.county.column(figure)
        name = unit if unit in self.counts else self._roster.resolve(unit).name
        return self._of_unit(name, column)

    def total_amount(self, figure: str | None = None) -> Amount | None:
        """Return what the scope has of a figure, exactly; None where that is undefined.

        A formula that divides by a figure is worked out from the scope's own totals (a rate of
        the totals, not the mean of rates); anything else is the sum over the units. Where the
        formula is undefined for one unit, so is the sum.

        Args:
            figure: As ``amount`` takes it.

        Raises:
            UnknownLabel: The county declares no such category or indicator.
        """
        return ask(self, type(self)._total, self.county.column(figure))

    def _total(self, column: str | None) -> Amount | None:
        indicator = self.county.indicator(column)
        if indicator and indicator.formula and not indicator.adds_up:
            return self._total_of_formula(indicator, indicator.formula)
        amounts = [
            self._of_unit(unit.name, column)
            for unit in self.units
            if indicator is None or indicator.applies_to(unit.group)
        ]
        defined = [amount for amount in amounts if amount is not None]
        return sum(defined) if len(defined) == len(amounts) else None

    def _total_of_formula(self, indicator: Indicator, formula: Formula) -> Amount | None:
        """Work a formula out from the totals of the units whose group has it, and its divisors."""
        found = [self.county.indicator(name) for name in formula.divisors]
        needed = [indicator, *filter(None, found)]
        here = {
            group.id for group in self.groups if all(own.applies_to(group.id) for own in needed)
        }
        scope = self
        if len(here) < len(self.groups):
            scope = select(self, (unit for unit in self.units if unit.group in here))
        return formula.evaluate(
            {name: scope.total_amount(None if name == TOTAL_ID else name) for name in formula.names}
        )

    def _of_unit(self, name: str, column: str | None) -> Amount | None:
        """Return an amount by the unit's own name and the figure's id; out of scope 0."""
        indicator = self.county.indicator(column)
        if indicator is not None:
            return ask(self, type(self)._amounts_of_unit, name).get(indicator.id)
        row = self.counts.get(name, {})
        return sum(row.values()) if column is None else row.get(column, 0)

    def _amounts_of_unit(self, name: str) -> Mapping[str, Amount | None]:
        """Give a unit's amounts of the indicators that its group has."""
        known = ask(self, type(self)._known_of_unit, name)
        group = self._groups.get(name, "")
        return {indicator.id: known[indicator.id] for indicator in self.county.indicators_of(group)}

    def _known_of_unit(self, name: str) -> Mapping[str, Amount | None]:
        """Give all that a formula may name, each indicator worked out after those it rests on."""
        # In a formula, what the group does not have counts as nothing.
        absent = {indicator.id: 0 for indicator in self.county.counted}
        known: dict[str, Amount | None] = {
            TOTAL_ID: self._of_unit(name, None), **self.counts.get(name, {}), **absent,
            **self.figures.get(name, {}),
        }  # fmt: skip
        for indicator, formula in self.county.worked_out:
            known[indicator.id] = formula.evaluate(known)
        return known

    @cached_property
    def _groups(self) -> Mapping[str, str]:
        return {unit.name: unit.group for unit in self.units}

    # --- Looking up -----------------------------------------------------------------------------

    def __getitem__(self, name: "str | Iterable[str] | pd.Series[bool]") -> Any:
        """Return what ``frame`` holds under a name: a row, a column, or the rows of a group.

        Returns:
            Of a unit (any of its names) a row: ``类别`` and ``合计`` -> 篇. Of a category (as
            ``County.column`` takes it) its column, by unit. Of a group (id or label) or a scope its
            rows, by unit. Of several of a kind, or of a condition on a column, a table of them.

        Raises:
            UnknownLabel: Nothing in scope goes by this name.
        """
        if not isinstance(name, str) and isinstance(name, Iterable):
            return self._pick(name)
        if find_named(name, self.county.groups) or find_named(name, self.county.scopes):
            return self.of(name)._by_unit
        if label := self._column_label(name):
            return self._by_unit[label]
        labelled: list[Group | Figure] = [*self.county.groups, *self.county.figures]
        unit = find_unit(self, name, "单位、组别或类别", labelled)
        return self._by_unit.loc[unit.name].rename_axis("类别")

    def _pick(self, names: Any) -> "pd.DataFrame":
        """Return the rows, or the columns, of several names, or those of a condition."""
        import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

        table, wanted = self._by_unit, tuple(names)
        if isinstance(names, pd.Series) and pd.api.types.is_bool_dtype(names):
            return table.loc[names]
        labels = [label for label in map(self._column_label, wanted) if label]
        if labels and len(labels) == len(wanted):
            return table[labels]
        return self.of(wanted)._by_unit

    def _column_label(self, name: str) -> str | None:
        if figure := find_named(name, self.county.figures):
            return figure.label
        return TOTAL if is_sum(name) else None

    @property
    def _by_unit(self) -> "pd.DataFrame":
        return self.frame.droplevel("组别")

    def __contains__(self, name: object) -> bool:
        """Tell whether ``[name]`` finds anything."""
        county = self.county
        if not isinstance(name, str):
            return False
        if find_named(name, county.groups) or find_named(name, county.figures) or is_sum(name):
            return True
        try:
            self._roster.resolve(name)
        except UnknownUnit:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        """Give the names of the units, in the order of the annexes."""
        return (unit.name for unit in self.units)

    def __len__(self) -> int:
        """Count the units."""
        return len(self.units)

    def __bool__(self) -> bool:
        """A period in which nobody was there is a period all the same."""
        return True

    def __getattr__(self, name: str) -> NoReturn:
        """Say what to write instead; only what is not there comes here.

        Raises:
            AttributeError: Always; of the machinery's own names (``_repr_png_``) a plain one.
        """
        if name.startswith("_") or name in self.__dataclass_fields__:
            raise AttributeError(name)
        raise UnknownAttribute(_say_instead(self, name), name=name, obj=self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Be copied and pickled by the fields; a frozen mapping cannot be pickled itself."""
        plain: dict[str, Any] = {
            "counts": {unit: dict(row) for unit, row in self.counts.items()},
            "figures": {unit: dict(row) for unit, row in self.figures.items()},
            "source": dict(self.source),
            "remarks": dict(self.remarks),
        }
        values = (plain.get(own.name, getattr(self, own.name)) for own in fields(self))
        return type(self), tuple(values)

    def _ipython_key_completions_(self) -> list[str]:
        """List for completion what ``[name]`` finds."""
        labelled: list[Group | Figure] = [*self.groups, *self.county.figures]
        return [*self, *(item.label for item in labelled), TOTAL]

    @cached_property
    def _roster(self) -> Roster:
        return Roster(self.units, self.county.name)

    # --- Showing --------------------------------------------------------------------------------

    @property
    def frame(self) -> "pd.DataFrame":
        """The counts as a table for analysis.

        Rows: one a unit, index ``组别`` × ``投稿单位``; columns: the categories' labels and
        ``合计``, whole numbers (篇); then the indicators' labels, rounded as they are shown,
        missing where they are undefined. It is a fresh copy each time: change it freely.
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
        table[TOTAL] = table.sum(axis="columns")
        for indicator in self.county.indicators:
            table[indicator.label] = self._rounded_amounts(indicator, index)
        return table

    def _rounded_amounts(self, indicator: Indicator, index: "pd.MultiIndex") -> "pd.Series[Any]":
        import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

        amounts = [self._of_unit(unit.name, indicator.id) for unit in self.units]
        rounded = [
            None if amount is None else float(round_half_up(amount, indicator.decimals))
            for amount in amounts
        ]
        return pd.Series(rounded, index, "float64" if indicator.decimals else "Int64")

    def __repr__(self) -> str:
        """Say what it is in one line.

        Such as ``<柞水县2022年上半年：65个单位 × 3个类别，合计329篇>``.
        """
        size = f"{len(self.county.categories)}个类别，合计{self.total()}{self.county.measure}"
        return f"<{self._title} × {size}>"

    def _repr_html_(self) -> str:
        """Show the whole table in JupyterLab."""
        title = escape(f"{self._title}，数值单位：{self.county.measure}")
        return f"<p><strong>{title}</strong></p>{self.frame.to_html(max_rows=80)}"

    @property
    def _title(self) -> str:
        scope = "、".join(self.selected[:_NAMED]) + "等" * (len(self.selected) > _NAMED)
        return f"{self.county.name}{self.period.label}{scope}：{len(self.units)}个单位"


# --- Parts and sums -----------------------------------------------------------------------------
# Functions, so that completion offers an analyst what an analyst asks for.

_Part = TypeVar("_Part", bound=Submissions)


def select(now: _Part, units: Iterable[Unit], *names: str) -> _Part:
    """Return the part of some of the units in scope.

    Args:
        now: The period, or a part of it.
        units: Which.
        names: What was selected, for whoever holds it against another period.
    """
    units = tuple(units)
    counts = {unit.name: now.counts[unit.name] for unit in units}
    figures = {unit.name: now.figures[unit.name] for unit in units}
    return replace(now, units=units, counts=counts, figures=figures, selected=names)


def _part_of(now: _Part, groups: frozenset[str], units: frozenset[str]) -> _Part:
    """Return the part of groups, by their labels, and of units, by their names."""
    labels = {group.id: group.label for group in now.county.groups}
    found = [unit for unit in now.units if unit.name in units or labels[unit.group] in groups]
    names = [label for label in labels.values() if label in groups]
    if len(names) == len(labels):
        return select(now, found, *now.selected)
    # A unit is what it is within any group; a group of a part is that part's.
    around = now.selected if groups else ()
    names += [unit.name for unit in found if unit.name in units]
    return select(now, found, *dict.fromkeys((*around, *names)))


def add_up(parts: Iterable[_Part], period: Period) -> _Part:
    """Add up the parts of a longer period; a unit missing from one part counts 0 there."""
    parts = tuple(parts)
    county = parts[0].county
    known = {unit.name: unit for part in parts for unit in part.units}
    order = {group.id: rank for rank, group in enumerate(county.groups)}
    units = tuple(sorted(known.values(), key=lambda unit: order[unit.group]))
    counts = {
        unit.name: {
            category.id: sum(part.counts.get(unit.name, {}).get(category.id, 0) for part in parts)
            for category in county.categories
        }
        for unit in units
    }
    figures = {
        unit.name: {
            indicator.id: sum(
                part.figures.get(unit.name, {}).get(indicator.id, 0) for part in parts
            )
            for indicator in county.counted
            if indicator.applies_to(unit.group)
        }
        for unit in units
    }
    files = tuple(dict.fromkeys(file for part in parts for file in part.files))
    source = {
        f"{part.period.label}{SOURCE_MARK}{key}": value
        for part in parts
        for key, value in part.source.items()
    }
    added = tuple(part.period for part in parts)
    return type(parts[0])(
        county, period, units, counts, source, files=files, parts=added, figures=figures
    )


def split_source_key(now: Submissions, key: str) -> tuple[str, str]:
    """Tell of which part a key of ``source`` is, and the part's own key.

    A part's label has no mark in it; the key is the analyst's own and may. Where nothing was
    added up, there is no part: its label is empty.
    """
    if not now.summed:
        return "", key
    part, _, own = key.partition(SOURCE_MARK)
    return part, own


# --- Asking -------------------------------------------------------------------------------------


def ask(now: Submissions, question: Callable[..., _Answer], *about: Hashable) -> _Answer:
    """Return what a question finds in a period; asked again, the answer is at hand.

    A sentence, the figures above it and the table below rest on one answer. Whoever asks
    shares it, so it is not to be changed.

    Args:
        now: The period, or a part of it.
        question: A function that takes this and what follows.
        about: What else it is to be given.
    """
    key = (question, *about)
    if key not in now._answers:
        now._answers[key] = question(now, *about)
    return cast("_Answer", now._answers[key])


def work_out(now: Submissions, unit: str, formula: Formula) -> Amount | None:
    """Work out a formula for a unit, by its own name; what its group does not have is 0."""
    return formula.evaluate(ask(now, type(now)._known_of_unit, unit))


def find_unit(now: Submissions, name: str, what: str, others: Iterable[Group | Figure]) -> Unit:
    """Find a unit by any of its names.

    Args:
        now: The period, or a part of it.
        name: Whatever it is called.
        what: Kinds of things that could have been meant (Chinese), for who reads the error.
        others: Those of them that are no units.

    Raises:
        UnknownLabel: There is none, or the name is that of several.
    """
    try:
        return now._roster.resolve(str(name))
    except UnknownUnit as error:
        others = tuple(others)
        near = (*error.candidates, *find_nearest(str(name), named(others)))
        sums = [TOTAL] * any(not isinstance(other, Group) for other in others)
        known = [*(other.label for other in others), *sums, f"{len(now.units)}个单位的名称"]
        raise UnknownLabel(what, name, known, dict.fromkeys(near)) from None


def _listed(names: str | Iterable[str]) -> tuple[str, ...]:
    if isinstance(names, str) or not isinstance(names, Iterable):
        return (names,)
    return tuple(names)


def _say_instead(now: Submissions, name: str) -> str:
    """Say what to write for an attribute that is not there."""
    import pandas as pd  # noqa: PLC0415 -- checking a period does not need pandas

    if name in now:
        return f'没有 now.{name}；应写成：now["{name}"]'
    if hasattr(pd.DataFrame, name):
        return f"now 不是 pandas 的表，没有“{name}”；它的表是 now.frame，应写成：now.frame.{name}"
    known = [own for own in dir(now) if not own.startswith("_")]
    near = say_nearest(find_nearest(name, {own: own for own in known}))
    return (
        f"now 没有“{name}”{near}；可用的有：{'、'.join(known)}；"
        "排名、名单和图用 zs 的函数，如 zs.ranking(now)"
    )
