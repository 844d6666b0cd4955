"""Who stands on which list of the circular.

The circular's sentences and the units' briefs take the same lists, so that a brief never tells a
unit of a list on which it does not stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from zhashui_stats.aggregate import Tie, amounts_of, last_ties, leaders, ranked, units_with_none
from zhashui_stats.assessment import ByUnit, Regularity, ReviewChain, Rush
from zhashui_stats.comparison import Comparison, History
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.periods import PeriodKind
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.wording import NAMED, ROOM

__all__ = [
    "Leading",
    "Sending",
    "comparable",
    "few_with_any",
    "find_regulars",
    "find_rush",
    "flawed_articles",
    "half_of",
    "has_room",
    "is_dated",
    "leading",
    "most_moved",
    "sort_by_sending",
    "trailing",
]


@dataclass(frozen=True, slots=True)
class Leading:
    """Who leads, or trails.

    Attributes:
        ties: Amounts (of a category 篇), each with the units that share it, the first or the last
            one first; none where nothing was sent or all have the same.
        is_named: Whether a sentence names them; else the first are too many, and it counts them.
    """

    ties: tuple[Tie, ...] = ()
    is_named: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who leads."""
        return tuple(name for _, names in self.ties for name in names)


class Sending(Enum):
    """How a unit sent in over the period, by the dates of its articles."""

    ALWAYS = 1
    PARTLY = 2
    UNCLEAR = 3
    NEVER = 4


def has_room(names: Sequence[str]) -> bool:
    """Tell whether a sentence names so many units rather than pointing to the annex."""
    return len(names) <= ROOM


def leading(now: Submissions, category: str | None, first: int) -> Leading:
    """一（一）, 三（五）: find about the first so many units of a figure, or of all categories."""
    ties = ranked(now, category)
    if len(ties) < 2 or ties[0][0] <= 0:
        return Leading()
    found = tuple(leaders(now, category, first))
    return Leading(found, is_named=True) if found else Leading((ties[0],))


def trailing(now: Submissions, figure: str | None, last: int) -> Leading:
    """二（四）: find about the last so many units of a figure, of three or more about half."""
    ties, half = ranked(now, figure), half_of(now, figure)
    if len(ties) < 2 or half < 1:
        return Leading()
    found = tuple(last_ties(now, figure, min(last, half)))
    return Leading(found, is_named=True) if found else Leading((ties[-1],))


def half_of(now: Submissions, figure: str | None) -> int:
    """一（一）, 二（四）: count half of the units that a figure ranks; of fewer than three none."""
    size = len(amounts_of(now, figure))
    return size // 2 if size > 2 else 0


def comparable(history: History) -> Comparison | None:
    """一: return the comparison with the nearest period at hand, if two units can be compared."""
    if not history.compared or len(history.compared[0][2].by_unit) < 2:
        return None
    return history.compared[0][2]


def most_moved(against: Comparison, sign: int) -> tuple[Amount, tuple[str, ...]]:
    """一: find the units that rose (1) or fell (-1) most: by how many 篇, and who."""
    difference = max(sign * change.difference for change in against.by_unit.values())
    if difference <= 0:
        return 0, ()
    moved = against.by_unit.items()
    return difference, tuple(
        name for name, change in moved if sign * change.difference == difference
    )


def few_with_any(scope: Submissions, category: str) -> tuple[str, ...]:
    """二（四）: name the few that have something where most have nothing; else nobody."""
    zeros = set(units_with_none(scope, category))
    others = tuple(unit.name for unit in scope.units if unit.name not in zeros)
    return others if 2 * len(zeros) > len(scope.units) and len(others) <= NAMED else ()


def flawed_articles(chains: ByUnit[ReviewChain]) -> Mapping[str, int]:
    """二（二）: count each unit's adopted articles (篇) whose review chain is not sound."""
    return {name: chain.articles - chain.sound for name, chain in chains.items()}


def find_regulars(sent: Regularity) -> tuple[str, ...] | None:
    """一（四）: name who sent in regularly; None where no article says when it was sent in."""
    return sent.regulars if sent.any_sent else None


def is_dated(sent: Regularity) -> bool:
    """二（三）: tell whether the dates say anything; else nobody sent in nothing, or rushed."""
    return not sent.undated or sent.any_sent


def sort_by_sending(sent: Regularity) -> dict[Sending, tuple[str, ...]]:
    """二（三）: sort the units by how they sent in; where ``is_dated``."""
    kinds: dict[Sending, list[str]] = {kind: [] for kind in Sending}
    for name in sent.months:
        kinds[_sending(sent, name)].append(name)
    return {kind: tuple(names) for kind, names in kinds.items()}


def _sending(sent: Regularity, name: str) -> Sending:
    has_sent = any(sent.months[name].values())
    if has_sent and not sent.idle[name]:
        return Sending.ALWAYS
    # A month without a submission may be that of an article which is of the period by its other
    # date alone; nobody is told to have been idle then.
    if any(sent.unplaced[name]):
        return Sending.UNCLEAR
    return Sending.PARTLY if has_sent else Sending.NEVER


def find_rush(now: Submissions, sent: Regularity) -> Rush | None:
    """二（三）: find who rushed; None where the period is too short, or nothing was sent in."""
    if now.period.kind is PeriodKind.MONTH or not sent.any_sent:
        return None
    found = sent.rush
    # All of the period is no end of it.
    return None if found.window_start == now.period.start else found
