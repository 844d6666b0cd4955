"""The yearly assessment (考核): every unit's amount, rank and grade, and what the amount holds.

Whoever asks hands in the whole period, as ranks may be among all units. A county whose
``county.toml`` has no ``[assessment]`` has nothing of it. Definitions stand in
``docs/methodology.md``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from zhashui_stats.aggregate import EVERY_UNIT, ranked, units_undefined
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.county import County
from zhashui_stats.model.formulas import TOTAL_ID, Formula
from zhashui_stats.model.grading import Grade
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.names import ADOPTED_TOTAL, UNIT_HEADER
from zhashui_stats.model.rounding import round_half_up
from zhashui_stats.model.submissions import Submissions, ask, work_out

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "GRADE",
    "RANK",
    "Part",
    "Rating",
    "assess",
    "assessed_column",
    "explained",
    "grade_units",
    "parts_of",
    "rate_units",
    "rated_scopes",
    "term_labels",
]

RANK, GRADE = "名次", "等次"
"""What the columns of ranks and grades are called."""

_CONSTANT = "基础分"  # what a term that names no figure is called


@dataclass(frozen=True, slots=True)
class Rating:
    """How a unit fares in the assessment.

    Attributes:
        amount: Of the assessed figure; None where it is undefined.
        rank: By the competition rule, from 1; None where the amount is undefined.
        grade: None where it reaches none, or the county declares none.
    """

    amount: Amount | None
    rank: int | None
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class Part:
    """What goes by one name in the sum that the assessed figure is.

    Attributes:
        label: What it is, such as 2×政务公开.
        terms: What adds up to it, each with its sign: −1 is taken off.
    """

    label: str
    terms: tuple[tuple[int, Formula], ...]

    def of(self, now: Submissions, unit: str) -> Amount | None:
        """Give what it comes to for a unit, by its own name, with its sign."""
        total: Amount = 0
        for sign, term in self.terms:
            amount = work_out(now, unit, term)
            if amount is None:
                return None
            total += sign * amount
        return total


def assessed_column(county: County) -> str | None:
    """Return the id of the assessed figure; None for the sum of all categories."""
    by = county.assessment.by if county.assessment else None
    return None if by in (None, TOTAL_ID) else by


def rated_scopes(now: Submissions) -> Mapping[str, Submissions]:
    """Return the scopes within which units are ranked, by their labels: groups, or all of them.

    Units whose group does not have the assessed figure stand in none.
    """
    assessment = now.county.assessment
    if assessment is None:
        return {}
    assessed = now.county.indicator(assessed_column(now.county))
    groups = [group for group in now.groups if assessed is None or assessed.applies_to(group.id)]
    if assessment.within_groups or len(groups) == 1:
        return {group.label: now.of(group.id) for group in groups}
    return {EVERY_UNIT: now.of([group.id for group in groups])} if groups else {}


def rate_units(now: Submissions) -> Mapping[str, Rating]:
    """Rate every unit, by its name: scope by scope, best first, what is undefined last."""
    return ask(now, _rate_units)


def _rate_units(now: Submissions) -> Mapping[str, Rating]:
    return MappingProxyType(
        {name: rating for scope in rated_scopes(now).values() for name, rating in _rate(scope)}
    )


def _rate(scope: Submissions) -> Iterator[tuple[str, Rating]]:
    column, assessment = assessed_column(scope.county), scope.county.assessment
    rank = 1
    for amount, names in ranked(scope, column):
        grade = assessment.grade(amount) if assessment else None
        yield from ((name, Rating(amount, rank, grade)) for name in names)
        rank += len(names)
    yield from ((name, Rating(None, None, None)) for name in units_undefined(scope, column))


def grade_units(now: Submissions) -> Mapping[Grade | None, tuple[str, ...]]:
    """Name the units of each grade, best first; under None those that reach none.

    Units whose amount is undefined stand nowhere.
    """
    declared = now.county.assessment.grades if now.county.assessment else ()
    graded: dict[Grade | None, list[str]] = {grade: [] for grade in (*declared, None)}
    for name, rating in rate_units(now).items():
        if rating.amount is not None:
            graded[rating.grade].append(name)
    return {grade: tuple(names) for grade, names in graded.items()}


# --- What the figure is made of -----------------------------------------------------------------


def term_labels(county: County) -> Mapping[str, str]:
    """Map whatever a formula names to what it is called."""
    return {TOTAL_ID: ADOPTED_TOTAL, **{figure.id: figure.label for figure in county.figures}}


def explained(county: County) -> tuple[tuple[Indicator, Formula], ...]:
    """Return the formulas behind the assessed figure: its own, then those that it rests on."""
    wanted = {assessed_column(county)}
    found = []
    for indicator, formula in reversed(county.worked_out):
        if indicator.id in wanted:
            found.append((indicator, formula))
            wanted.update(formula.names)
    return tuple(found)


def parts_of(county: County) -> tuple[Part, ...]:
    """Cut the assessed figure into the terms that add up to it; nothing where it is no sum."""
    assessed = county.indicator(assessed_column(county))
    if assessed is None or assessed.formula is None:
        return ()
    labels = term_labels(county)
    named: dict[str, list[tuple[int, Formula]]] = {}
    for sign, term in assessed.formula.terms():
        label = _unwrap(term.say(labels)) if term.names else _CONSTANT
        named.setdefault(label, []).append((sign, term))
    parts = tuple(Part(label, tuple(terms)) for label, terms in named.items())
    return parts if len(parts) > 1 else ()


def _unwrap(said: str) -> str:
    """Take off the brackets that stand around all of a term, as around a cap.

    >>> _unwrap("（2×政务动态，最多10）"), _unwrap("（加分，最多5）×2")
    ('2×政务动态，最多10', '（加分，最多5）×2')
    """
    inner = said.removeprefix("（").removesuffix("）")
    return inner if len(inner) == len(said) - 2 and "（" not in inner else said


# --- As a table ---------------------------------------------------------------------------------


def assess(now: Submissions) -> "pd.DataFrame":
    """Give every unit's place in the assessment; empty where the county declares none.

    Returns:
        Index ``投稿单位``, as ``rate_units`` orders them; columns ``组别``, the assessed figure's
        label, the terms that add up to it, ``名次`` (missing where undefined) and ``等次``.
    """
    import pandas as pd  # noqa: PLC0415 -- rating units does not need pandas

    county, column = now.county, assessed_column(now.county)
    ratings, parts = rate_units(now), parts_of(now.county)
    index = pd.Index(list(ratings), name=UNIT_HEADER, dtype="str")
    groups = {unit.name: county.group(unit.group).label for unit in now.units}
    measured: dict[str, list[Amount | None]] = {
        county.label(column): [rating.amount for rating in ratings.values()],
        **{part.label: [part.of(now, name) for name in ratings] for part in parts},
    }
    columns = {
        "组别": pd.Series([groups[name] for name in ratings], index, "str"),
        **{label: pd.Series(_round(county, amounts), index, "float64")
           for label, amounts in measured.items()},
        RANK: pd.Series([rating.rank for rating in ratings.values()], index, "Int64"),
        GRADE: pd.Series([rating.grade and rating.grade.label for rating in ratings.values()],
                        index, "str"),
    }  # fmt: skip
    return pd.DataFrame(columns)


def _round(county: County, amounts: list[Amount | None]) -> list[float | None]:
    assessed = county.indicator(assessed_column(county))
    decimals = assessed.decimals if assessed else 0
    return [
        None if amount is None else float(round_half_up(amount, decimals)) for amount in amounts
    ]
