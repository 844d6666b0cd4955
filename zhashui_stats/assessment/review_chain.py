"""The review chain (三审三校): three reviews and three proofreads, each signed and dated."""

import operator
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, ClassVar

import narwhals as nw

from zhashui_stats.assessment.by_unit import ByUnit, Keys, Record, tally_units, units_of
from zhashui_stats.assessment.cells import day, squeezed
from zhashui_stats.model.articles import CHAIN, PROOFREADS, REVIEWS, Column

if TYPE_CHECKING:
    from zhashui_stats.ledger.frame import Ledger

__all__ = ["CHAIN_COLUMNS", "ReviewChain", "review_chain"]

CHAIN_COLUMNS: tuple[Column, ...] = tuple(column for signature in CHAIN for column in signature)
"""The columns without which the chain cannot be judged."""


def _all(flags: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(operator.and_, flags)


# Over the plain chain, where a blank is an empty text.
_IS_COMPLETE = _all(nw.col(column.value) != "" for column in CHAIN_COLUMNS)
_IS_IN_ORDER = _all(
    nw.col(earlier.value) <= nw.col(later.value)
    for chain in (REVIEWS, PROOFREADS)
    for (_, earlier), (_, later) in pairwise(chain)
)
_IS_BY_DIFFERENT = _all(
    nw.col(who.value) != nw.col(other.value)
    for chain in (REVIEWS, PROOFREADS)
    for (who, _), (other, _) in combinations(chain, 2)
)


@dataclass(frozen=True)
class ReviewChain(Record):
    """How a unit's adopted articles (篇) went through the chain.

    Attributes:
        articles: All of them.
        complete: All six signatures and all six dates are given.
        in_order: Complete, and neither the reviews' dates nor the proofreads' go back.
        by_different: Complete, by three reviewers and three proofreaders.
        sound: All of that.
    """

    labels: ClassVar = ("采用", "签署齐全", "顺序无误", "人员不重复", "三审三校合规")

    articles: int
    complete: int
    in_order: int
    by_different: int
    sound: int


def review_chain(ledger: "Ledger") -> ByUnit[ReviewChain]:
    """Judge the review chain of each unit's adopted articles of the period.

    Order and people are judged on complete articles alone, and each chain by itself: a first
    proofread may come before the last review, and a reviewer may proofread. Several steps on one
    day are in order. Names are compared with white space removed.

    The ledger has all ``CHAIN_COLUMNS``.
    """
    chain = _plain_chain(ledger)
    tallied = tally_units(chain, _IS_COMPLETE, _IS_IN_ORDER, _IS_BY_DIFFERENT)
    records = {name: _record(counts) for name, counts in tallied.items()}
    return ByUnit(ReviewChain, ledger.county, units_of(ledger), records)


def _plain_chain(ledger: "Ledger") -> "Ledger":
    """Keep the adopted articles' signatures, each made plain once for all that is asked of it."""
    names = [squeezed(who).alias(who.value) for who, _ in CHAIN]
    days = [day(ledger, when).alias(when.value) for _, when in CHAIN]
    frame = ledger.frame.filter(ledger.adopted).select(Column.UNIT.value, *names, *days)
    return replace(ledger, frame=frame)


def _record(counts: Counter[Keys]) -> ReviewChain:
    """Add up a unit's articles by their three flags."""
    complete = {flags[1:]: articles for flags, articles in counts.items() if flags[0]}
    return ReviewChain(
        articles=counts.total(),
        complete=sum(complete.values()),
        in_order=sum(articles for (ordered, _), articles in complete.items() if ordered),
        by_different=sum(articles for (_, apart), articles in complete.items() if apart),
        sound=complete.get((True, True), 0),
    )
