"""Indicators (指标): figures beside the parts of the one total, as ``county.toml`` declares them.

An indicator is counted, in a column of its own or from a ledger, or follows from others by a
formula. It is shown, ranked, released and audited as a category is, and never added into the total.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from zhashui_stats.model.amounts import Amount, show_amount
from zhashui_stats.model.formulas import Formula

__all__ = ["Fate", "Indicator", "LedgerRule", "Partition"]

PERCENT = "%"


class Fate(Enum):
    """Which articles of a ledger an indicator counts."""

    ADOPTED = "adopted"
    SUBMITTED = "submitted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class LedgerRule:
    """How an indicator is counted from a ledger (台账).

    Attributes:
        fate: Adopted articles of the period by 发布日期; submitted ones (all, whatever became of
            them) and rejected ones by 投稿日期.
        values: Column -> what it may hold for an article to count; all of them must hold.
    """

    fate: Fate
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One further figure of every unit.

    Attributes:
        id: Its id in code, settings and formulas.
        label: Its Chinese name in the report.
        unit: Its measure word, such as 条, % or 分.
        headers: How the column may be headed in a table, beside the label itself.
        words: What a circular calls it beside label and headers.
        decimals: Places that it is shown with, and that a cell of it may have.
        negative: Whether an amount may be below 0.
        groups: Ids of the groups that have it; empty: all.
        includes: Id of a category or indicator, or ``total``, below which no unit's amount is.
        partition: What it is a part of, with others, such as 来信类型; empty: of nothing.
        of: Id of what the parts of its partition add up to.
        ledger: How a ledger gives it; None: no ledger does.
        formula: How it follows from others; None: it is counted.
    """

    id: str
    label: str
    unit: str
    headers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    decimals: int = 0
    negative: bool = False
    groups: tuple[str, ...] = ()
    includes: str | None = None
    partition: str = ""
    of: str = "total"
    ledger: LedgerRule | None = None
    formula: Formula | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What people write for it."""
        return (self.id, self.label, *self.headers, *self.words)

    @property
    def wording(self) -> str:
        """What it is called in a sentence."""
        return self.label

    @property
    def is_counted(self) -> bool:
        """Whether it stands in tables or ledgers rather than following from others."""
        return self.formula is None

    @property
    def adds_up(self) -> bool:
        """Whether that of a scope is the sum over its units; a rate is worked out from totals.

        So is what follows from a rate and is in % itself, as 100 - rate.
        """
        return self.formula is None or not (self.formula.divides or self.is_rate)

    @property
    def is_rate(self) -> bool:
        """Whether it is given in %, so that it changes by percentage points (百分点)."""
        return self.unit == PERCENT

    def applies_to(self, group: str) -> bool:
        """Tell whether a group (id) has it."""
        return not self.groups or group in self.groups

    def show(self, amount: Amount | None) -> str:
        """Write an amount of it without its unit, half up.

        >>> from fractions import Fraction
        >>> Indicator("rate", "采用率", "%", decimals=1).show(Fraction(200, 3))
        '66.7'
        """
        return show_amount(amount, self.decimals)

    def show_median(self, amount: Amount | None) -> str:
        """Write a median without its unit: halfway between two printed amounts, a digit longer.

        >>> from fractions import Fraction
        >>> Indicator("points", "得分", "分").show_median(Fraction(13, 2))
        '6.5'
        """
        doubled = Fraction(amount or 0) * 2 * 10**self.decimals
        is_between = doubled.denominator == 1 and doubled % 2 == 1
        return show_amount(amount, self.decimals + is_between)

    def say(self, amount: Amount | None) -> str:
        """Write an amount of it with its unit.

        >>> from fractions import Fraction
        >>> Indicator("rate", "采用率", "%", decimals=1).say(Fraction(200, 3))
        '66.7%'
        """
        shown = self.show(amount)
        return shown if amount is None else f"{shown}{self.unit}"


@dataclass(frozen=True, slots=True)
class Partition:
    """A breakdown of one figure into indicators that add up to it.

    Attributes:
        label: Such as 来信类型.
        of: Id of the category, indicator or ``total`` that is divided.
        parts: In the order of ``county.toml``.
    """

    label: str
    of: str
    parts: tuple[Indicator, ...]
