"""What a county counts: its groups, categories and thresholds, from ``county.toml``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from zhashui_stats.errors import Labelled, UnknownLabel
from zhashui_stats.model.articles import Column
from zhashui_stats.model.names import TOTAL, TOTALS, find_nearest, fold_heading
from zhashui_stats.model.periods import Period, PeriodKind

__all__ = [
    "Category",
    "CircularSettings",
    "County",
    "Group",
    "LedgerSettings",
    "Requirements",
    "Threshold",
    "find_named",
    "is_sum",
    "named",
]

_SUMS = frozenset((*TOTALS, "采用总量"))
_NEWS = "信息"


@dataclass(frozen=True, slots=True)
class Group:
    """What one annex lists: towns (镇办), departments (部门单位)."""

    id: str
    label: str

    @property
    def names(self) -> tuple[str, ...]:
        """What people write for it."""
        return (self.id, self.label)


@dataclass(frozen=True, slots=True)
class Category:
    """One counted column.

    Attributes:
        id: Its id in code and settings.
        label: Its Chinese name in the report.
        headers: How the column may be headed in a table, beside the label itself.
    """

    id: str
    label: str
    headers: tuple[str, ...] = ()

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
        return (self.id, self.label, *self.headers, self.wording)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A list that section 二（四） gives: the units of a group at least at, or below, a count.

    Attributes:
        group: Id of the group.
        category: Id of the category.
        at_least: 篇, inclusive (以上); None where ``below`` is given.
        below: 篇, exclusive (以下); None where ``at_least`` is given.
        kind: Applies to periods of this kind only; None: to every period with its own folder.
    """

    group: str
    category: str
    at_least: int | None = None
    below: int | None = None
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


@dataclass(frozen=True, slots=True)
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

    @property
    def level(self) -> str:
        """The kind of place that the county is: 县, 市 or 区, its name's last character."""
        return self.name[-1]

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
        raise self._no_category(name, ())

    def column(self, name: str | None) -> str | None:
        """Return the id of the category that a column holds; None for the sum of all.

        Args:
            name: Whatever names a category, as ``category`` takes it; None, 合计, 总计 or
                采用总量 for the sum.

        Raises:
            UnknownLabel: It is neither.
        """
        if name is None:
            return None
        if found := find_named(name, self.categories):
            return found.id
        if is_sum(name):
            return None
        raise self._no_category(name, (TOTAL,))

    def _no_category(self, name: str, others: tuple[str, ...]) -> UnknownLabel:
        known = [*(category.label for category in self.categories), *others]
        return UnknownLabel("类别", name, known, find_nearest(str(name), named(self.categories)))

    def thresholds_for(self, period: Period, *, summed: bool) -> tuple[Threshold, ...]:
        """Return the thresholds that apply to a period.

        Args:
            period: The period.
            summed: Whether its figures are the sum of its halves; thresholds that name no kind
                of period then do not apply, as they are meant for tables as they were drawn up.
        """
        return tuple(
            threshold
            for threshold in self.thresholds
            if threshold.kind is period.kind or (threshold.kind is None and not summed)
        )


_Named = TypeVar("_Named", Group, Category)


def find_named(name: str, items: tuple[_Named, ...]) -> _Named | None:
    """Find the group or category that somebody means; None where there is none.

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


def named(items: Iterable[Group | Category]) -> dict[str, str]:
    """Map every name of groups or categories, folded, to the label."""
    return {fold_heading(name): item.label for item in items for name in item.names}


def is_sum(name: str) -> bool:
    """Tell whether somebody means the sum of all categories.

    >>> is_sum("合 计"), is_sum("小计")
    (True, False)
    """
    return fold_heading(str(name)) in _SUMS
