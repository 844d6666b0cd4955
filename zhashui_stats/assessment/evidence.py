"""What the ledger (台账) of a period shows, each question asked of it once.

The answers are the ledger's to keep, so any number of ``Evidence(now.ledger)``, of the whole period
or of a group, come down to one. What cannot be told is None: there is no ledger, or it lacks the
columns. Nobody else has to know which columns those are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from zhashui_stats.assessment.adoption import (
    Adoption,
    adoption,
    reasons_by_unit,
    rejection_reasons,
)
from zhashui_stats.assessment.by_unit import ByUnit
from zhashui_stats.assessment.disclosure import Disclosure, disclosure
from zhashui_stats.assessment.regularity import (
    Rush,
    Unplaced,
    idle_months,
    monthly_counts,
    regular_units,
    rush,
    undated_articles,
    unplaced_articles,
)
from zhashui_stats.assessment.review_chain import CHAIN_COLUMNS, ReviewChain, review_chain
from zhashui_stats.assessment.timeliness import Forms, TimelinessByUnit, forms, timeliness
from zhashui_stats.model.articles import Column
from zhashui_stats.model.names import UNIT_HEADER
from zhashui_stats.model.periods import Period

if TYPE_CHECKING:
    import pandas as pd

    from zhashui_stats.ledger.frame import Ledger

__all__ = ["Evidence", "Regularity"]

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class Regularity:
    """How sending in is spread over the period (常态化); the ledger has 投稿日期.

    Attributes:
        ledger: The articles; checked.
    """

    ledger: "Ledger"

    @property
    def months(self) -> Mapping[str, Mapping[Period, int]]:
        """Every unit's articles sent in (篇) in each month, zeros included."""
        return self.ledger.ask(monthly_counts)

    @property
    def any_sent(self) -> bool:
        """Whether any month has an article."""
        return any(any(months.values()) for months in self.months.values())

    @property
    def idle(self) -> Mapping[str, tuple[Period, ...]]:
        """The months in which a unit was there and sent in nothing."""
        return self.ledger.ask(idle_months)

    @property
    def regulars(self) -> tuple[str, ...]:
        """The units that sent something in in at least half of the months."""
        return self.ledger.ask(regular_units)

    @property
    def undated(self) -> int:
        """How many of the period's articles (篇) do not say when they were sent in."""
        return self.ledger.ask(undated_articles)

    @property
    def unplaced(self) -> Mapping[str, Unplaced]:
        """Every unit's articles of the period that no month can be told for."""
        return self.ledger.ask(unplaced_articles)

    @property
    def table(self) -> "pd.DataFrame":
        """The articles sent in (篇) as a table: index ``投稿单位``, a column a month."""
        import pandas as pd  # noqa: PLC0415 -- sentences do not need pandas

        rows = {
            name: {f"{month.first}月": sent for month, sent in months.items()}
            for name, months in self.months.items()
        }
        return pd.DataFrame.from_dict(rows, "index").rename_axis(UNIT_HEADER)

    def _repr_html_(self) -> str:
        return str(self.table.to_html(max_rows=80))

    @property
    def rush(self) -> Rush:
        """Who sent in strikingly much at the period's end."""
        return self.ledger.ask(rush)


@dataclass(frozen=True)
class Evidence:
    """The answers of one ledger, each None where it cannot be told.

    Attributes:
        ledger: The articles; checked. None: the period has no ledger.
    """

    ledger: "Ledger | None"

    @property
    def adoption(self) -> ByUnit[Adoption] | None:
        """What became of each unit's articles.

        Without 投稿日期 nobody can tell of which period a rejected article is.
        """
        return self._ask(adoption, Column.SUBMITTED)

    @property
    def reasons(self) -> Mapping[str, Mapping[str | None, int]] | None:
        """Unit name -> rejection reason -> 篇, ordered as ``rejection_reasons`` does."""
        return self._ask(reasons_by_unit, Column.REASON, Column.SUBMITTED)

    @property
    def all_reasons(self) -> Mapping[str | None, int] | None:
        """Rejection reason -> 篇, of all units."""
        return self._ask(rejection_reasons, Column.REASON, Column.SUBMITTED)

    @property
    def reasons_table(self) -> "pd.DataFrame | None":
        """The rejections (篇) by reason, of all units: index ``退稿原因``, most first."""
        import pandas as pd  # noqa: PLC0415 -- sentences do not need pandas

        if self.all_reasons is None:
            return None
        counts = {reason or "（没有写明）": number for reason, number in self.all_reasons.items()}
        return pd.DataFrame({"篇数": counts}, dtype="int64").rename_axis("退稿原因")

    @property
    def regularity(self) -> Regularity | None:
        """How sending in is spread over the period."""
        if self.ledger is None or not self.ledger.has(Column.SUBMITTED):
            return None
        return Regularity(self.ledger)

    @property
    def chains(self) -> ByUnit[ReviewChain] | None:
        """How each unit's adopted articles went through the review chain."""
        return self._ask(review_chain, *CHAIN_COLUMNS)

    @property
    def disclosure(self) -> ByUnit[Disclosure] | None:
        """The disclosure attributes of each unit's articles, rejected ones included."""
        return self._ask(disclosure, Column.ATTRIBUTE, Column.SUBMITTED)

    @property
    def timeliness(self) -> TimelinessByUnit | None:
        """How soon each unit's interpretations followed; None as well without a time limit."""
        return self._ask(_timeliness, Column.POLICY)

    @property
    def forms(self) -> Forms | None:
        """The forms of the interpretations."""
        return self._ask(forms, Column.FORM)

    def _ask(self, question: "Callable[[Ledger], _Answer]", *columns: Column) -> _Answer | None:
        if self.ledger is None or not self.ledger.has(*columns):
            return None
        return self.ledger.ask(question)


def _timeliness(ledger: "Ledger") -> TimelinessByUnit | None:
    days = ledger.county.requirements.interpretation_days
    return None if days is None else timeliness(ledger, days)
