"""What a county counts: its groups, categories, indicators and thresholds, from ``county.toml``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Self, TypeAlias, TypeVar

from zhashui_stats.errors import Labelled, UnknownLabel
from zhashui_stats.model.amounts import Amount, show_amount
from zhashui_stats.model.articles import Column
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.grading import Assessment
from zhashui_stats.model.indicators import Indicator, Partition
from zhashui_stats.model.names import ADOPTED_TOTAL, TOTAL, TOTALS, find_nearest, fold_heading
from zhashui_stats.model.periods import Period, PeriodKind

__all__ = [
    "Category",
    "CircularSettings",
    "County",
    "Figure",
    "Group",
    "LedgerSettings",
    "Requirements",
    "Scope",
    "Threshold",
    "find_named",
    "is_sum",
    "named",
]

_SUMS = frozenset((*TOTALS, ADOPTED_TOTAL))
_NEWS = "信息"


@dataclass(frozen=True, slots=True)
class Group:
    """What one annex lists: towns (镇办), departments (部门单位).

    Attributes:
        id: Its id in code and settings, which names its table.
        label: Its Chinese name in the report.
        words: What a circular calls it beside the label.
    """

    id: str
    label: str
    words: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What people write for it."""
        return (self.id, self.label, *self.words)


@dataclass(frozen=True, slots=True)
class Scope:
    """Several groups under one name, such as 县直单位.

    Attributes:
        label: Its Chinese name in the report.
        groups: Ids of its groups, in the order of the annexes.
        words: What a circular calls it beside the label.
    """

    label: str
    groups: tuple[str, ...]
    words: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name that settings use for it."""
        return self.label

    @property
    def names(self) -> tuple[str, ...]:
        """What people write for it."""
        return (self.label, *self.words)


@dataclass(frozen=True, slots=True)
class Category:
    """One counted column.

    Attributes:
        id: Its id in code and settings.
        label: Its Chinese name in the report.
        headers: How the column may be headed in a table, beside the label itself.
        words: What a circular calls it beside label and headers.
    """

    id: str
    label: str
    headers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        """What it counts, in a sentence; a label that says 信息 itself is not told so twice.

        >>> Category("news", "政务动态").wording, Category("open", "公开信息").wording
        ('政务动态信息', '公开信息')
        """
        return self.label if self.label.endswith(_NEWS) else f"{self.label}{_NEWS}"

    @property
    def names(self) -> tuple[str, ...]:
        """What people write for it."""
        return (self.id, self.label, *self.headers, *self.words, self.wording)


Figure: TypeAlias = Category | Indicator
"""What a unit has an amount of, beside the total."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A list that section 二（四） gives: the units of a group at least at, or below, an amount.

    Attributes:
        group: Id of the group; of a scope, its label.
        figure: Id of the category or indicator; None: the total.
        at_least: In the figure's unit, inclusive (以上); None where ``below`` is given.
        below: In the figure's unit, exclusive (以下); None where ``at_least`` is given.
        kind: Applies to periods of this kind only; None: to every period with its own folder.
    """

    group: str
    figure: str | None
    at_least: Amount | None = None
    below: Amount | None = None
    kind: PeriodKind | None = None


@dataclass(frozen=True, slots=True)
class Requirements:
    """Requirements that the county states in numbers, with where it states them.

    Attributes:
        interpretation_days: Working days within which a policy's interpretation is due.
        assessment_share: Least share of openness in the yearly assessment, in %.
        source: The document that says so.
    """

    interpretation_days: int | None = None
    assessment_share: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class LedgerSettings:
    """How the county's ledgers (台账) are written and judged.

    Attributes:
        headers: Column -> what it may be headed beside its own label.
        values: Status, attribute or form -> how else it may be written.
        interpretation: Id of the category that interprets policies (政策解读); None: not known.
        rush_days: How many days before the period's end are the rush window (突击).
        rush_least: Units with fewer articles (篇) are not judged for a rush.
    """

    headers: Mapping[Column, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[Labelled, tuple[str, ...]] = field(default_factory=dict)
    interpretation: str | None = None
    rush_days: int = 14
    rush_least: int = 10


@dataclass(frozen=True, slots=True)
class CircularSettings:
    """What the county's circular (通报) says beside the figures.

    Attributes:
        subject: What it is about, such as 政务公开信息报送采编情况.
        addressees: Whom it is sent to, without the closing colon; empty: left to the office.
        attribute: Its disclosure attribute (公开属性), such as 此件公开发布; empty: none.
    """

    subject: str = "政务公开信息报送采编情况"
    addressees: str = ""
    attribute: str = ""


@dataclass(frozen=True)
class County:
    """One county's settings.

    Attributes:
        name: Such as 柞水县.
        issuer: The office that issues the circular.
        measure: The measure word of every count, such as 篇.
        groups: In the order of the annexes.
        categories: In the order of the annexes' columns.
        thresholds: In the order of their sentences.
        requirements: Requirements stated in numbers.
        ledger: How ledgers are written and judged.
        circular: What the circular says beside the figures.
        indicators: Figures beside the parts of the total, in the order of their columns.
        scopes: Several groups under one name.
        assessment: How units are assessed in the year (考核); None: not by figures.
    """

    name: str
    issuer: str
    measure: str
    groups: tuple[Group, ...]
    categories: tuple[Category, ...]
    thresholds: tuple[Threshold, ...] = ()
    requirements: Requirements = Requirements()
    ledger: LedgerSettings = LedgerSettings()
    circular: CircularSettings = CircularSettings()
    indicators: tuple[Indicator, ...] = ()
    scopes: tuple[Scope, ...] = ()
    assessment: Assessment | None = None

    @property
    def level(self) -> str:
        """The kind of place that the county is: 县, 市 or 区, its name's last character."""
        return self.name[-1]

    @property
    def counts_alone(self) -> Self:
        """The county without its indicators, and without what rests on them."""
        thresholds = tuple(
            threshold for threshold in self.thresholds if not self.indicator(threshold.figure)
        )
        return replace(self, indicators=(), thresholds=thresholds, assessment=None)

    def group(self, name: str) -> Group:
        """Return the group with this id or label; white space and brackets never matter.

        Raises:
            UnknownLabel: There is none.
        """
        if found := find_named(name, self.groups):
            return found
        known = [group.label for group in self.groups]
        raise UnknownLabel("组别", name, known, find_nearest(str(name), named(self.groups)))

    def category(self, name: str) -> Category:
        """Return the category with this id or label, one of its headers or its wording.

        White space and brackets never matter: 政务动态 信息（篇） is 政务动态.

        Raises:
            UnknownLabel: There is none.
        """
        if found := find_named(name, self.categories):
            return found
        raise self._no_category(name)

    def figure(self, name: str) -> Figure:
        """Return the category or indicator with this id, label, header or other name.

        Raises:
            UnknownLabel: There is none.
        """
        if found := find_named(name, self.figures):
            return found
        raise self._no_figure(name, ())

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The categories, then the indicators: everything that can be asked for by name."""
        return (*self.categories, *self.indicators)

    @property
    def counted(self) -> tuple[Indicator, ...]:
        """The indicators that stand in tables or ledgers."""
        return tuple(indicator for indicator in self.indicators if indicator.is_counted)

    @cached_property
    def worked_out(self) -> tuple[tuple[Indicator, Formula], ...]:
        """The indicators that follow from others, each after those that its formula names."""
        formulas = {
            indicator.id: (indicator, indicator.formula)
            for indicator in self.indicators
            if indicator.formula
        }
        needs = {
            name: [needed for needed in formula.names if needed in formulas]
            for name, (_, formula) in formulas.items()
        }
        return tuple(formulas[name] for name in TopologicalSorter(needs).static_order())

    @property
    def partitions(self) -> tuple[Partition, ...]:
        """The breakdowns that indicators make up, in the order of their first parts."""
        keys = dict.fromkeys((part.partition, part.of) for part in self.indicators)
        return tuple(
            Partition(label, of, tuple(
                part for part in self.indicators if (part.partition, part.of) == (label, of)
            ))
            for label, of in keys
            if label
        )  # fmt: skip

    def indicators_of(self, group: str) -> tuple[Indicator, ...]:
        """Return the indicators that a group (id) has."""
        return tuple(indicator for indicator in self.indicators if indicator.applies_to(group))

    def column(self, name: str | None) -> str | None:
        """Return the id of the figure that a column holds; None for the sum of all categories.

        Args:
            name: Whatever names a category or an indicator; None, 合计, 总计 or 采用总量 for the
                sum.

        Raises:
            UnknownLabel: It is neither.
        """
        if name is None:
            return None
        if found := find_named(name, self.figures):
            return found.id
        if is_sum(name):
            return None
        raise self._no_figure(name, (TOTAL,))

    def indicator(self, column: str | None) -> Indicator | None:
        """Return the indicator that a column (id) holds; None where it holds counts."""
        return self._indicators.get(column) if column else None

    @cached_property
    def _indicators(self) -> Mapping[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    def label(self, column: str | None) -> str:
        """Return the label of a figure by its id; 合计 for the sum of all categories."""
        return TOTAL if column is None else self.figure(column).label

    def unit_of(self, column: str | None) -> str:
        """Return the measure word of a figure (id), such as 篇, % or 分."""
        indicator = self.indicator(column)
        return indicator.unit if indicator else self.measure

    def show(self, column: str | None, amount: Amount | None) -> str:
        """Write an amount of a figure (id) without its unit."""
        indicator = self.indicator(column)
        return indicator.show(amount) if indicator else show_amount(amount)

    def say(self, column: str | None, amount: Amount | None) -> str:
        """Write an amount of a figure (id) with its unit, such as 18篇 or 87.5%."""
        shown = self.show(column, amount)
        return shown if amount is None else f"{shown}{self.unit_of(column)}"

    def _no_figure(self, name: str, others: tuple[str, ...]) -> UnknownLabel:
        known = [*(figure.label for figure in self.figures), *others]
        what = "类别或指标" if self.indicators else "类别"
        near = find_nearest(str(name), named(self.figures))
        return UnknownLabel(what, name, known, near, self._hint_of_group(name))

    def _no_category(self, name: str) -> UnknownLabel:
        known = [category.label for category in self.categories]
        near = find_nearest(str(name), named(self.categories))
        return UnknownLabel("类别", name, known, near, self._hint_of_group(name))

    def _hint_of_group(self, name: str) -> str:
        group = find_named(name, self.groups)
        return f'“{group.label}”是组别，请先选组，如 now.of("{group.label}")' if group else ""

    def thresholds_for(self, period: Period, *, summed: bool) -> tuple[Threshold, ...]:
        """Return the thresholds that apply to a period.

        Args:
            period: The period.
            summed: Whether its figures are the sum of its parts; thresholds that name no kind
                of period then do not apply, as they are meant for tables as they were drawn up.
        """
        return tuple(
            threshold
            for threshold in self.thresholds
            if threshold.kind is period.kind or (threshold.kind is None and not summed)
        )


_Named = TypeVar("_Named", Group, Category, Figure, Scope)


def find_named(name: str, items: tuple[_Named, ...]) -> _Named | None:
    """Find the group, scope or figure that somebody means; None where there is none.

    What is written exactly so goes first, then what is the same folded.
    """
    for item in items:
        if name in (item.id, item.label):
            return item
    folded = fold_heading(str(name))
    for item in items:
        if folded in map(fold_heading, item.names):
            return item
    return None


def named(items: Iterable[Group | Scope | Figure]) -> dict[str, str]:
    """Map every name of groups, scopes or figures, folded, to the label."""
    return {fold_heading(name): item.label for item in items for name in item.names}


def is_sum(name: str) -> bool:
    """Tell whether somebody means the sum of all categories.

    >>> is_sum("合 计"), is_sum("小计")
    (True, False)
    """
    return fold_heading(str(name)) in _SUMS
