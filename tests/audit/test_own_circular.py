"""The circular that the project composes itself: the audit reads all of it, and guards it."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from zhashui_stats.audit.findings import Audit, NumberStatus, Verdict
from zhashui_stats.comparison import History
from zhashui_stats.loading import load_series
from zhashui_stats.reading.roster import read_roster

from .generator import digit_mutants
from .own import Own, audit_own, compose, draw, with_ledger
from .trials import Change, is_caught, sentence_at

BATCHES, SIZE = 4, 20
FEW_BATCHES, FEW = 2, 5  # to make a ledger, or to slip every number, takes a second a circular
MANY_BATCHES = 8  # to draw takes nothing
SLIPS = 12  # of each circular
LEAST_CHECKED = 0.95  # of the numbers that are claims
LEDGER_SHOWS = "统计表不记录这一项"
UNSURE = "界限本身有多种写法都成立，名单已核对"


@pytest.fixture(scope="module")
def real(root: Path) -> Own:
    """The circular of the real period, composed from its tables."""
    history = History(load_series("2022H1", root / "data"))
    return compose(history, read_roster(root / "data" / "units.csv", history.now.county))


def _drawn(batch: int, size: int) -> list[tuple[int, Own]]:
    return [(seed, draw(Random(seed))) for seed in range(batch * SIZE, batch * SIZE + size)]


def _alarms(seed: int, audit: Audit) -> list[str]:
    return [
        f"{seed} {finding.kind} {finding.claimed}/{finding.actual}: "
        f"{sentence_at(audit.text, finding.start)}"
        for finding in audit.of(Verdict.DIFFERS)
    ]


def _open_ends(seed: int, audit: Audit, *fine: str) -> list[str]:
    """What was not understood, or cannot be checked for other reasons than those that are fine."""
    return [
        f"{seed} {number.text} {number.status} {number.reason}: "
        f"{sentence_at(audit.text, number.start)}"
        for number in audit.numbers
        if number.status is NumberStatus.NOT_UNDERSTOOD
        or (number.status is NumberStatus.UNCHECKED and number.reason not in fine)
    ]


def _missed(own: Own, rng: Random | None = None) -> tuple[int, list[str]]:
    """Change checked numbers by one, all or so many drawn; how many were tried, which passed."""
    before = audit_own(own)
    numbers = [number for number in before.numbers if number.status is NumberStatus.CHECKED]
    if rng:
        numbers = rng.sample(numbers, min(SLIPS, len(numbers)))
    changes = [
        Change(number.start, number.end, new, what)
        for number in numbers
        for what, new in digit_mutants(number.text).items()
        if what in ("+1", "-1")
    ]
    missed = [
        f"{own.text[change.start : change.end]}→{change.new}: {sentence_at(own.text, change.start)}"
        for change in changes
        if not is_caught(before, audit_own(own, change.apply(own.text)), change)
    ]
    return len(changes), missed


def test_the_real_periods_circular_agrees(real: Own) -> None:
    """Every number of it that is a claim is checked, and agrees."""
    audit = audit_own(real)

    counts = audit.counts()

    assert [] == _alarms(0, audit) + _open_ends(0, audit)
    assert counts[NumberStatus.CHECKED.value] >= 59


def test_every_number_of_the_real_periods_circular_is_guarded(real: Own) -> None:
    """A checked number cannot be one more or one less unseen."""
    tried, missed = _missed(real)

    assert [] == missed
    assert tried > 100


@pytest.mark.parametrize("batch", range(BATCHES))
def test_composed_circulars_agree(batch: int) -> None:
    """Whatever the counts, nothing differs, all is understood, and nearly all is checked."""
    found: list[str] = []
    totals: Counter[str] = Counter()
    for seed, own in _drawn(batch, SIZE):
        audit = audit_own(own)
        found += _alarms(seed, audit) + _open_ends(seed, audit, UNSURE)
        totals.update(audit.counts())

    assert [] == found
    claims = totals["checked"] + totals["unchecked"]
    assert totals["checked"] / claims >= LEAST_CHECKED


@pytest.mark.parametrize("batch", range(FEW_BATCHES))
def test_composed_circulars_are_guarded(batch: int) -> None:
    """A checked number of a composed circular cannot be one more or one less unseen."""
    missed: list[str] = []
    tried = 0
    for seed, own in _drawn(batch, FEW):
        number, unseen = _missed(own, Random(seed))
        missed += [f"{seed} {text}" for text in unseen]
        tried += number

    assert [] == missed
    assert tried > 40


@pytest.mark.parametrize("batch", range(FEW_BATCHES))
def test_what_a_ledger_shows_is_left_open(batch: int) -> None:
    """With a ledger nothing differs either; what no table records is told as such."""
    found: list[str] = []
    open_ends = 0
    for seed, own in _drawn(batch, FEW):
        audit = audit_own(with_ledger(own, seed))
        found += _alarms(seed, audit) + _open_ends(seed, audit, UNSURE, LEDGER_SHOWS)
        open_ends += sum(number.reason == LEDGER_SHOWS for number in audit.numbers)

    assert [] == found
    assert open_ends > 100


def test_a_ledger_takes_nothing_from_what_is_checked(real: Own) -> None:
    """Every finding that agrees without a ledger agrees with one, too."""
    without, having = (
        Counter((finding.kind, finding.claimed) for finding in audit_own(own).of(Verdict.AGREES))
        for own in (real, with_ledger(real, 1))
    )

    assert Counter() == without - having


def test_the_trials_cover_what_is_rare() -> None:
    """Among the periods drawn are groups of one, single categories, ties, nothing, forerunners."""
    drawn = [own.history for batch in range(MANY_BATCHES) for _, own in _drawn(batch, SIZE)]
    seen = Counter(
        what
        for own in drawn
        for what, holds in {
            "a group of one": any(len(own.now.of(g.id).units) == 1 for g in own.now.groups),
            "one group": len(own.now.groups) == 1,
            "one category": len(own.now.county.categories) == 1,
            "nothing": not own.now.total(),
            "all equal": len({tuple(row.values()) for row in own.now.counts.values()}) == 1,
            "two forerunners": len(own.compared) == 2,
            "another roster": any(against.roster_changed for *_, against in own.compared),
            "a merger": any(against.merged for *_, against in own.compared),
            "remarks": bool(own.now.remarks),
        }.items()
        if holds
    )

    assert 9 == len(seen)
