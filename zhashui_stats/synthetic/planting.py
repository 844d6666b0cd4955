"""Faults planted in a sound ledger, each at a known place: what reading it must find."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import NamedTuple, TypeAlias

from zhashui_stats.errors import FaultKind
from zhashui_stats.ledger.expressions import first_unit
from zhashui_stats.model.articles import CHAIN, SYNTHETIC, Column, Status
from zhashui_stats.synthetic.drawing import FAR, Article

__all__ = ["Planted", "plant_faults"]


class Planted(NamedTuple):
    """Where a fault was planted.

    Attributes:
        row: As a spreadsheet shows it, the header in row 1.
        kind: What reading the ledger must find there.
        column: In which column.
    """

    row: int
    kind: FaultKind
    column: Column


_CHAIN_DATES = tuple(when for _, when in CHAIN)
_NO_DATES = ("2022-02-30", "2022年13月5日", "待定", "五月中旬")
_BLANK = ("",)
_DOUBLE = FaultKind.DUPLICATE_ARTICLE

_Recipe: TypeAlias = tuple[FaultKind, tuple[Column, ...], tuple[str, ...]]
"""A kind of fault, the columns where it may be, and what then stands there."""

_RECIPES: tuple[_Recipe, ...] = (
    (FaultKind.MISSING_VALUE, (Column.TITLE,), _BLANK),
    (FaultKind.MISSING_VALUE, (Column.UNIT,), _BLANK),
    (FaultKind.MISSING_VALUE, (Column.CATEGORY,), _BLANK),
    (FaultKind.MISSING_VALUE, (Column.STATUS,), _BLANK),
    (FaultKind.MISSING_VALUE, (Column.PUBLISHED,), _BLANK),
    (FaultKind.UNKNOWN_UNIT, (Column.UNIT,), (f"{SYNTHETIC}局", f"{SYNTHETIC}镇")),
    (FaultKind.UNKNOWN_VALUE, (Column.CATEGORY,), (f"{SYNTHETIC}类别",)),
    (FaultKind.UNKNOWN_VALUE, (Column.STATUS,), (f"{SYNTHETIC}状态",)),
    (FaultKind.UNKNOWN_VALUE, (Column.ATTRIBUTE,), (f"{SYNTHETIC}属性",)),
    (FaultKind.UNKNOWN_VALUE, (Column.FORM,), (f"{SYNTHETIC}形式",)),
    (FaultKind.NOT_A_DATE, (Column.PUBLISHED,), _NO_DATES),
    (FaultKind.NOT_A_DATE, (Column.SUBMITTED,), _NO_DATES),
    (FaultKind.NOT_A_DATE, (Column.POLICY,), _NO_DATES),
    (FaultKind.NOT_A_DATE, _CHAIN_DATES, _NO_DATES),
    (_DOUBLE, (Column.NUMBER,), ()),
    (_DOUBLE, (Column.TITLE,), ()),
)


def plant_faults(
    rows: Sequence[Mapping[Column, str]], number: int, seed: int = 0
) -> tuple[list[Article], list[Planted]]:
    """Plant faults of every kind in a sound ledger, at most one a row.

    The kinds take turns. One that finds no row left (a ledger may hold few interpretations)
    leaves its turn to the others. No fault causes a second one.

    Args:
        rows: A ledger of ``synthesize``; it stays as it is.
        number: How many faults.
        seed: Another seed plants elsewhere.

    Returns:
        The ledger with the faults, and where each stands, in the order of rows.

    Raises:
        ValueError: The ledger is too short for so many.
    """
    rng = Random(seed)
    planter = _Planter(rows, rng)
    planted: list[Planted] = []
    recipes = rng.sample(_RECIPES, len(_RECIPES))
    turns = [(recipe, planter.candidates(recipe)) for recipe in recipes]
    while len(planted) < number:
        before = len(planted)
        for recipe, candidates in turns:
            if len(planted) < number and (fault := planter.plant(recipe, candidates)):
                planted.append(fault)
        if len(planted) == before:
            raise ValueError(f"{len(rows)} rows hold {before} faults, not {number}")
    return planter.rows, sorted(planted)


class _Planter:
    """Spoils rows, each once."""

    def __init__(self, rows: Sequence[Mapping[Column, str]], rng: Random) -> None:
        self.rows = [dict(row) for row in rows]
        self._rng = rng
        self._used: set[int] = set()
        self._days = Counter(map(_unit_and_day, rows))
        first, last = _core(rows)
        self._pool = [
            index
            for index, row in enumerate(rows)
            if not _is_adopted(row) or first <= row[Column.PUBLISHED] <= last
        ]
        rng.shuffle(self._pool)
        # Interpretations come last: some faults can stand nowhere else.
        self._pool.sort(key=lambda index: rows[index][Column.FORM] != "")

    def candidates(self, recipe: _Recipe) -> Iterator[int]:
        """Go through the rows, by index, that may still be spoiled in this way."""
        suits = [index for index in self._pool if self._suits(recipe, self.rows[index])]
        return (index for index in suits if index not in self._used)

    def plant(self, recipe: _Recipe, candidates: Iterator[int]) -> Planted | None:
        """Plant one fault; None where no row is left for it."""
        kind, columns, texts = recipe
        needed = 2 if kind is _DOUBLE else 1
        found = sorted(islice(candidates, needed))
        if len(found) < needed:
            return None
        self._used.update(found)
        row = self.rows[found[-1]]
        column = self._rng.choice([filled for filled in columns if row[filled]])
        if kind is _DOUBLE:
            self._double(self.rows[found[0]], row, column)
        else:
            row[column] = self._rng.choice(texts)
        return Planted(found[-1] + 2, kind, column)

    def _double(self, earlier: Article, row: Article, column: Column) -> None:
        if column is Column.NUMBER:
            row[column] = earlier[column]
            return
        # The article is entered once more, perhaps with its unit as others write it.
        row.update({**earlier, Column.NUMBER: row[Column.NUMBER]})
        name = first_unit(earlier[Column.UNIT])
        row[Column.UNIT] = self._rng.choice((earlier[Column.UNIT], f"县{name}", " ".join(name)))

    def _suits(self, recipe: _Recipe, row: Article) -> bool:
        kind, columns, _ = recipe
        if not any(row[column] for column in columns):
            return False
        if kind is _DOUBLE:
            return _is_adopted(row)
        # Two articles of a unit on one day, both without title, would be doubles as well.
        return columns != (Column.TITLE,) or self._days[_unit_and_day(row)] == 1


def _is_adopted(row: Mapping[Column, str]) -> bool:
    return row[Column.STATUS] == Status.ADOPTED.label


def _unit_and_day(row: Mapping[Column, str]) -> tuple[str, str]:
    return first_unit(row[Column.UNIT]), row[Column.PUBLISHED]


def _core(rows: Iterable[Mapping[Column, str]]) -> tuple[str, str]:
    """Return the first and last day of which the rows alone tell that it is of the period.

    In an article published outside it, nobody need look for faults.
    """
    days = [date.fromisoformat(row[Column.PUBLISHED]) for row in rows if _is_adopted(row)]
    if not days:
        return "", ""
    far = timedelta(FAR + 1)
    return (min(days) + far).isoformat(), (max(days) - far).isoformat()
