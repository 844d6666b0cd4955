"""What counts: adopted articles, published within the period, each once (篇)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from zhashui_stats.errors import FaultyData
from zhashui_stats.ledger.checking import find_faults
from zhashui_stats.ledger.days import as_day
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.model.amounts import Amounts
from zhashui_stats.model.articles import Column, Status
from zhashui_stats.model.names import fold_name

__all__ = ["Count", "count_articles"]


@dataclass(frozen=True)
class Count:
    """What a ledger gives for its period.

    Attributes:
        counts: Unit name -> category id -> 篇; complete: every unit there in the period.
        adopted: Articles that are counted.
        elsewhen: Adopted articles that were published outside the period.
        rejected: Rejected articles, of any date.
        pending: Articles without a decision, of any date.
        figures: Unit name -> id of a counted indicator -> amount: what the ledger gives, for
            every unit there in the period whose group has the indicator.
    """

    counts: Mapping[str, Mapping[str, int]]
    adopted: int
    elsewhen: int
    rejected: int
    pending: int
    figures: Amounts = field(default_factory=dict)

    @cached_property
    def amounts(self) -> Amounts:
        """What it gives of categories and indicators alike."""
        return {unit: {**row, **self.figures.get(unit, {})} for unit, row in self.counts.items()}

    @property
    def summary(self) -> str:
        """Say what was counted and what was left out, and why."""
        left_out = [
            f"{why}{number}行"
            for why, number in (
                ("退稿", self.rejected),
                ("待审", self.pending),
                ("采用但不在本期发布", self.elsewhen),
            )
            if number
        ]  # fmt: skip
        text = f"台账{self.rows}行，采用并在本期发布的{self.adopted}行计入"
        if not left_out:
            return f"{text}，没有未计入的行"
        doubt = "；采用的稿件多数不在本期发布，请核对期次" if self.elsewhen > self.adopted else ""
        return f"{text}；未计入：{'、'.join(left_out)}{doubt}"

    @property
    def rows(self) -> int:
        """All articles of the ledger."""
        return self.adopted + self.elsewhen + self.rejected + self.pending


def count_articles(ledger: Ledger) -> Count:
    """Count the articles of a ledger by unit and category.

    Raises:
        FaultyData: Every fault of the ledger; nothing is counted from a faulty one.
    """
    if faults := find_faults(ledger):
        raise FaultyData(faults)
    counts = {
        unit.name: dict.fromkeys((declared.id for declared in ledger.county.categories), 0)
        for group in ledger.county.groups
        for unit in ledger.here.of(group.id)
    }
    seen: Counter[str] = Counter()
    keys = (Column.STATUS, Column.CATEGORY, Column.UNIT, Column.PUBLISHED)
    for text, category, name, published, articles in ledger.tally(*keys):
        status = ledger.statuses[text]
        if status is not Status.ADOPTED:
            seen[str(status)] += articles
            continue
        day, unit = as_day(published), ledger.unit(name)
        if day and unit and ledger.period.start <= day <= ledger.period.end:
            counts[unit.name][ledger.categories[fold_name(category)]] += articles
            seen["adopted"] += articles
        else:
            seen["elsewhen"] += articles
    return Count(counts, seen["adopted"], seen["elsewhen"], seen["rejected"], seen["pending"])
