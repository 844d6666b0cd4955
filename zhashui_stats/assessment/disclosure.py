"""The disclosure attribute (公开属性) of articles, and the grounds for withholding them."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import narwhals as nw

from zhashui_stats.assessment.by_unit import ByUnit, Keys, Record, tally_units, units_of
from zhashui_stats.assessment.cells import squeezed
from zhashui_stats.model.articles import Attribute, Column
from zhashui_stats.model.names import fold_name

if TYPE_CHECKING:
    from zhashui_stats.ledger.frame import Ledger

__all__ = ["Disclosure", "disclosure"]


@dataclass(frozen=True)
class Disclosure(Record):
    """How a unit's articles (篇) are to be disclosed.

    Attributes:
        articles: All of them, adopted or not.
        public: 公开发布.
        on_request: 依申请公开.
        withheld: 不予公开.
        unmarked: Nothing is said.
        grounded: Those withheld that give grounds; None where the ledger has no such column.
    """

    labels: ClassVar = (
        "稿件", *(attribute.label for attribute in Attribute), "未标注", Column.GROUNDS.label,
    )  # fmt: skip

    articles: int
    public: int
    on_request: int
    withheld: int
    unmarked: int
    grounded: int | None


def disclosure(ledger: "Ledger") -> ByUnit[Disclosure]:
    """Count each unit's articles of the period by disclosure attribute, adopted or not.

    The ledger has 公开属性; 不公开理由 is counted where it has that as well.
    """
    has_grounds = ledger.has(Column.GROUNDS)
    grounded = squeezed(Column.GROUNDS) != "" if has_grounds else nw.lit(value=False)
    tallied = tally_units(
        ledger, Column.ATTRIBUTE.value, grounded, where=ledger.adopted | ledger.not_adopted
    )
    records = {
        name: _record(ledger, counts, has_grounds=has_grounds) for name, counts in tallied.items()
    }
    return ByUnit(Disclosure, ledger.county, units_of(ledger), records)


def _record(ledger: "Ledger", counts: Counter[Keys], *, has_grounds: bool) -> Disclosure:
    """Add up a unit's articles by what their attribute means, and whether grounds are given."""
    marked: Counter[Attribute | None] = Counter()
    grounded = 0
    for (text, is_grounded), articles in counts.items():
        attribute = ledger.attributes.get(fold_name(text or ""))
        marked[attribute] += articles
        if attribute is Attribute.WITHHELD and is_grounded:
            grounded += articles
    return Disclosure(
        articles=counts.total(),
        public=marked[Attribute.PUBLIC],
        on_request=marked[Attribute.ON_REQUEST],
        withheld=marked[Attribute.WITHHELD],
        unmarked=marked[None],
        grounded=grounded if has_grounds else None,
    )
