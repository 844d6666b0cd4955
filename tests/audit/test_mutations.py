"""Every number and every name made false, one at a time: each copy is found out, at its place."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from zhashui_stats.audit.findings import Audit, NumberStatus
from zhashui_stats.model.submissions import Submissions

from .generator import digit_mutants, generate, mutate
from .trials import (
    RESTATED,
    SEED,
    Auditor,
    Change,
    audit_case,
    is_caught,
    real_auditor,
    sentence_at,
    sentence_span,
)

BATCHES, SIZE = 8, 20
MUTANTS = 3  # of each circular

# A complete list: 政务公开信息5篇以上的有…, 5篇以上政务公开信息的有…
LISTS = re.compile(
    r"(?:(政务公开|政策解读|政务动态)信息)?(\d+)篇以上(?:(政务公开|政策解读|政务动态)信息)?"
    r"的(?:只有|有)([\w、]+?)(?=[，；]|、[另有])"
)
COUNTS = re.compile(r"([\w]+?)\s*(\d+)\s*篇(?=[、，。])")


@pytest.fixture(scope="session")
def audit_real(h1: Submissions, root: Path) -> Auditor:
    """Audits a text against the real period."""
    return real_auditor(h1, root)


@pytest.fixture(scope="session", params=[RESTATED, SEED], ids=["restated", "seed"])
def text(request: pytest.FixtureRequest) -> str:
    """The circular restated, and the circular itself where it is at hand."""
    path: Path = request.param
    if not path.exists():
        pytest.skip("the circular itself is not at hand")
    return path.read_text("utf-8")


@pytest.fixture(scope="session")
def baseline(text: str, audit_real: Auditor) -> Audit:
    """The audit of the text as it stands."""
    return audit_real(text)


def number_changes(audit: Audit) -> Iterator[Change]:
    """Every checked number, slipped in every way that makes it false."""
    for number in audit.numbers:
        if number.status is not NumberStatus.CHECKED:
            continue
        for what, new in digit_mutants(number.text).items():
            yield Change(number.start, number.end, new, what)


def test_every_number_is_guarded(
    text: str, baseline: Audit, audit_real: Auditor, capsys: pytest.CaptureFixture[str]
) -> None:
    """A checked number cannot slip by one, tenfold or by swapped digits unseen."""
    changes = list(number_changes(baseline))

    missed = _missed(text, baseline, audit_real, changes)

    _report(capsys, "numbers", changes, missed)
    assert len(changes) > 100
    assert [] == missed


def test_every_listed_name_is_guarded(
    text: str,
    baseline: Audit,
    audit_real: Auditor,
    h1: Submissions,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A name cannot be dropped from a complete list, nor added or swapped, unseen."""
    changes = list(name_changes(text, h1))

    missed = _missed(text, baseline, audit_real, changes)

    _report(capsys, "names", changes, missed)
    assert len(changes) > 40
    assert [] == missed


def name_changes(text: str, h1: Submissions) -> Iterator[Change]:
    """Complete lists (N篇以上的有…) lose, gain and swap names; counts (X 11 篇) change owners."""
    rng = Random(1)
    for found in LISTS.finditer(text):
        before, least, behind, listed = found.groups()
        category = h1.county.category(before or behind).id
        group = "towns" if "镇" in listed else "departments"
        units = [unit.name for unit in h1.units if unit.group == group]
        outside = [name for name in units if h1.count(name, category) < int(least)]
        yield from _list_changes(found.start(4), listed, outside, rng)
    for found in COUNTS.finditer(text):
        yield from _owner_changes(found, text, h1, rng)


def _list_changes(start: int, listed: str, outside: list[str], rng: Random) -> Iterator[Change]:
    names = listed.split("、")
    for place, name in enumerate(names):
        end = start + len(name)
        other, more = rng.sample(outside, 2)
        lead = "县" if name.startswith("县") else ""
        yield Change(start, end, lead + other, "swapped")
        yield Change(end, end, f"、{more}", "added")
        if len(names) > 1:
            last = place == len(names) - 1
            yield Change(start - last, end + (not last), "", "dropped")
        start = end + 1


def _owner_changes(
    found: re.Match[str], text: str, h1: Submissions, rng: Random
) -> Iterator[Change]:
    """Another unit in the place of the one whose count stands behind it."""
    owner = next((unit for unit in h1.units if found[1].endswith(unit.name)), None)
    if owner is None:
        return
    sentence = text[text.rfind("。", 0, found.start()) : found.start()]
    category = "disclosure" if "政务公开信息" in sentence else "news"
    claimed = int(found[2])
    others = [
        unit.name
        for unit in h1.units
        if unit.group == owner.group and h1.count(unit.name, category) != claimed
    ]
    end = found.end(1)
    for other in rng.sample(others, 3):
        if other != owner.name:
            yield Change(end - len(owner.name), end, other, "swapped")


@pytest.mark.parametrize("batch", range(BATCHES))
def test_generated_mutants_are_caught(batch: int, capsys: pytest.CaptureFixture[str]) -> None:
    """One false claim in a circular of another county is found out."""
    tried, missed = 0, []
    for seed in range(batch * SIZE, (batch + 1) * SIZE):
        case, rng = generate(seed), Random(seed)
        before = audit_case(case)
        for _ in range(MUTANTS):
            mutant = mutate(case, rng)
            if mutant is None:
                continue
            tried += 1
            change = Change(
                mutant.claim.start,
                mutant.claim.end + (mutant.what == "dropped"),
                mutant.text[mutant.start : mutant.end],
                mutant.what,
            )
            claim = mutant.claim
            # A wrong period makes the whole sentence wrong.
            around = sentence_span(case.text, claim.start) if claim.role == "period" else None
            if claim.kind == "annex_title":  # told once, at the note, wherever the slip is
                around = (0, len(case.text))
            if not is_caught(before, audit_case(case, mutant.text), change, around):
                sentence = sentence_at(case.text, claim.start)
                missed.append(
                    f"{seed} {claim.kind} {mutant.what} {claim.text}→{change.new}: {sentence}"
                )
    with capsys.disabled():
        print(f"\n{batch}: {tried - len(missed)}/{tried} caught")

    assert [] == missed


def _missed(text: str, before: Audit, audit: Auditor, changes: list[Change]) -> list[str]:
    return [
        f"{change.what} {text[change.start : change.end]}→{change.new}: "
        f"{sentence_at(text, change.start)}"
        for change in changes
        if not is_caught(before, audit(change.apply(text)), change)
    ]


def _report(
    capsys: pytest.CaptureFixture[str], what: str, changes: list[Change], missed: list[str]
) -> None:
    with capsys.disabled():
        print(f"\n{what}: {len(changes) - len(missed)}/{len(changes)} caught")
