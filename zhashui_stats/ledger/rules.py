"""Which articles of a ledger count for an indicator: by fate and date, or by what cells hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import narwhals as nw

from zhashui_stats.ledger.columns import Headers, LedgerColumn, OwnColumn
from zhashui_stats.ledger.days import fold_day
from zhashui_stats.ledger.expressions import among
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.model.articles import DATES, Attribute, Column, Form, Status
from zhashui_stats.model.county import County
from zhashui_stats.model.indicators import Fate, Indicator
from zhashui_stats.model.names import fold_name

__all__ = ["Cells", "Rule", "rules_of"]

_BETWEEN_VALUES = "、"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a ledger gives an indicator.

    Attributes:
        indicator: Which one.
        fate: What became of the articles that count.
        held: Columns, each with the values of which it holds one; all of them do.
    """

    indicator: Indicator
    fate: Fate
    held: tuple[tuple[LedgerColumn, tuple[str, ...]], ...]

    def lacking(self, ledger: Ledger) -> tuple[LedgerColumn, ...]:
        """Return the columns that it needs and that a ledger does not have."""
        needed = [column for column, _ in self.held]
        needed += [Column.SUBMITTED] * (self.fate is not Fate.ADOPTED)
        return tuple(column for column in needed if not ledger.has(column))

    def choose(self, ledger: Ledger, cells: "Cells") -> "nw.Expr":
        """Choose the articles that count; the ledger has the columns, and no fault."""
        if self.fate is not Fate.ADOPTED:
            return self._of_fate(ledger, ledger.within(Column.SUBMITTED))
        chosen = ledger.adopted
        for column, values in self.held:
            chosen = chosen & cells.holding(column, values)
        return chosen

    def undated(self, ledger: Ledger) -> "nw.Expr":
        """Choose the articles that are of no period, as they do not say when they were sent in."""
        return self._of_fate(ledger, ledger.undated(Column.SUBMITTED))

    def _of_fate(self, ledger: Ledger, when: "nw.Expr") -> "nw.Expr":
        is_rejected = self.fate is Fate.REJECTED
        return ledger.with_status(Status.REJECTED) & when if is_rejected else when


def rules_of(county: County) -> tuple[Rule, ...]:
    """Return the rules that a county declares, in the order of its indicators."""
    headers = Headers(county)
    return tuple(
        Rule(indicator, indicator.ledger.fate, tuple(
            (headers.ruling(header), values) for header, values in indicator.ledger.values.items()
        ))
        for indicator in county.counted
        if indicator.ledger
    )  # fmt: skip


class Cells:
    """What stands in the columns that rules name, each of them asked for once."""

    def __init__(self, ledger: Ledger) -> None:
        """Look up the words that have a meaning."""
        self._day = ledger.day
        self._texts = cache(ledger.texts)
        self._words: dict[LedgerColumn, Any] = {
            Column.CATEGORY: ledger.categories,
            Column.STATUS: ledger.words(Status),
            Column.ATTRIBUTE: ledger.words(Attribute),
            Column.FORM: ledger.words(Form),
        }
        self._passed: dict[OwnColumn, set[str]] = {}

    def holding(self, column: LedgerColumn, values: Iterable[str]) -> "nw.Expr":
        """Choose the articles whose cell, or a part of it between 、, means one of the values.

        The different texts of a column are few, so they are judged here, and the engine only
        compares.
        """
        if isinstance(column, Column) and column in DATES:
            return self._day(column).is_in([fold_day(value) or value for value in values])
        wanted = {self._meaning(column, value) for value in values}
        texts = [text for text in self._texts(column) if text and fold_name(text)]
        held = [text for text in texts if wanted.intersection(self._meanings(column, text))]
        if isinstance(column, OwnColumn):
            others = set(map(fold_name, texts)).difference(map(fold_name, held))
            self._passed[column] = self._passed.get(column, others) & others
        return among(column, held)

    def _meanings(self, column: LedgerColumn, text: str) -> Iterator[object]:
        return (self._meaning(column, part) for part in (text, *text.split(_BETWEEN_VALUES)))

    def _meaning(self, column: LedgerColumn, text: str) -> object:
        """Return what a text means where texts have a meaning, and else the folded text."""
        folded = fold_name(text)
        return self._words.get(column, {}).get(folded, folded)

    def say_passed_over(self) -> Iterator[str]:
        """Tell how many values of the county's own columns no rule has asked for.

        Reports print it, so it does not say what the ledger holds there: that may be anything.
        """
        for column, texts in self._passed.items():
            if texts:
                yield f"“{column.label}”列有{len(texts)}种取值没有指标统计"
