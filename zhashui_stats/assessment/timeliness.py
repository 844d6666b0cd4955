"""Timeliness of policy interpretation (政策解读): how soon after the policy, and in which form."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import narwhals as nw

from zhashui_stats.assessment.by_unit import ByUnit, Keys, Record, tally_units, units_of
from zhashui_stats.assessment.cells import day, squeezed
from zhashui_stats.assessment.working_days import deadline
from zhashui_stats.model.articles import Column, Form
from zhashui_stats.model.names import fold_name

if TYPE_CHECKING:
    from zhashui_stats.ledger.frame import Ledger

__all__ = [
    "Forms",
    "Timeliness",
    "TimelinessByUnit",
    "forms",
    "timeliness",
]

_BETWEEN_FORMS = "、"


@dataclass(frozen=True)
class Timeliness(Record):
    """How soon a unit's interpretations (篇) followed their policies.

    Attributes:
        in_time: Within the working days allowed, on the day of the policy, or before it.
        late: After them.
        undated: Interpretations that name no policy date.
        unknown: Not judged, as the calendar does not know a year that it would take.
    """

    labels: ClassVar = ("及时", "超期", "未填政策日期", "无法判断")

    in_time: int
    late: int
    undated: int
    unknown: int


@dataclass(frozen=True, eq=False, repr=False)
class TimelinessByUnit(ByUnit[Timeliness]):
    """Unit name -> timeliness.

    Attributes:
        unknown_years: The years that the calendar would have to know, of all units, ascending.
    """

    unknown_years: tuple[int, ...]


@dataclass(frozen=True)
class Forms:
    """The forms (解读形式) of the period's interpretations.

    Attributes:
        counts: Every form -> 篇; an article in several forms counts once in each.
        articles: All interpretations (篇).
        unmarked: Those that give no form (篇).
    """

    counts: Mapping[Form, int]
    articles: int
    unmarked: int


def timeliness(ledger: "Ledger", days: int) -> TimelinessByUnit:
    """Judge how soon each unit's adopted interpretations of the period were published.

    Interpretations are the articles of the category that ``[ledger] interpretation`` names in
    county.toml; where it names none, those with a policy date. The ledger has 关联政策发布日期.

    Args:
        ledger: The articles.
        days: Working days allowed, counted from the day after the policy; the last is in time.
    """
    policy = day(ledger, Column.POLICY)
    wanted = _interpretations(ledger, otherwise=policy != "")
    policies = [text for text, _ in ledger.tally(policy, where=wanted)]
    last, gap = _deadlines(policy, policies, days)
    in_time = day(ledger, Column.PUBLISHED) <= last
    tallied = tally_units(ledger, policy == "", in_time, gap, where=wanted)
    records = {name: _record(counts) for name, counts in tallied.items()}
    years = {year for counts in tallied.values() for *judged, year in counts if not any(judged)}
    unknown = tuple(sorted(int(year) for year in years if year))
    return TimelinessByUnit(Timeliness, ledger.county, units_of(ledger), records, unknown)


def _deadlines(policy: "nw.Expr", policies: Iterable[str], days: int) -> "tuple[nw.Expr, nw.Expr]":
    """Translate policy dates: to the last day in time, and to the year that is not known.

    The dates are few, however many articles there are, so the calendar is asked once for each;
    the engine then only compares texts.
    """
    lasts, gaps = {"": ""}, {"": ""}
    for text in filter(None, policies):
        due = deadline(date.fromisoformat(text), days)
        lasts[text] = due.last.isoformat()
        gaps[text] = str(due.unknown_year or "")
    last, gap = (
        policy.replace_strict(words, default=nw.lit(""), return_dtype=nw.String)
        for words in (lasts, gaps)
    )
    return last, gap


def _record(counts: Counter[Keys]) -> Timeliness:
    """Add up a unit's articles by: no policy date, in time, a year that is not known."""
    in_time = late = undated = unknown = 0
    for (is_undated, is_in_time, gap), articles in counts.items():
        if is_undated:
            undated += articles
        elif is_in_time:
            in_time += articles
        elif gap:
            unknown += articles
        else:
            late += articles
    return Timeliness(in_time, late, undated, unknown)


def forms(ledger: "Ledger") -> Forms:
    """Count the forms of the period's adopted interpretations.

    Interpretations are chosen as in ``timeliness``; where no category is named, they are the
    articles that give a form. The ledger has 解读形式.
    """
    wanted = _interpretations(ledger, otherwise=squeezed(Column.FORM) != "")
    counts = dict.fromkeys(Form, 0)
    articles = unmarked = 0
    for unit, text, number in ledger.tally(Column.UNIT.value, Column.FORM.value, where=wanted):
        if not ledger.unit(unit):
            continue
        words = map(fold_name, (text or "").split(_BETWEEN_FORMS))
        given = {ledger.forms[word] for word in words if word in ledger.forms}
        for form in given:
            counts[form] += int(number)
        articles += int(number)
        unmarked += 0 if given else int(number)
    return Forms(counts, articles, unmarked)


def _interpretations(ledger: "Ledger", otherwise: "nw.Expr") -> "nw.Expr":
    """Choose the period's adopted interpretations.

    Args:
        ledger: The articles.
        otherwise: Which articles are interpretations where the county names no category.
    """
    category = ledger.county.ledger.interpretation
    if category is None:
        return ledger.adopted & otherwise
    texts = [
        text
        for text in ledger.ask(_category_texts)
        if text and ledger.categories.get(fold_name(text)) == category
    ]
    # Not every engine takes an empty list, so the label stands in it in any case.
    label = ledger.county.category(category).label
    return ledger.adopted & nw.col(Column.CATEGORY.value).is_in([label, *texts])


def _category_texts(ledger: "Ledger") -> list[str | None]:
    return ledger.texts(Column.CATEGORY)
