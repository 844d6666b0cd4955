"""Correct circulars of other counties: no alarm, and no silence either."""

from dataclasses import replace

import pytest

from zhashui_stats.audit.findings import NumberStatus, Verdict

from .generator import Case, generate
from .phrasings import COUNTY, SCOPED
from .trials import audit_case, sentence_at, status_of

BATCHES, SIZE = 8, 26
LEAST_CHECKED = 0.90  # of the numbers that tables or text can show to be right


@pytest.mark.parametrize("batch", range(BATCHES))
def test_correct_circulars_raise_no_alarm(batch: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of a correct circular differs, and most of what can be checked is checked."""
    alarms: list[str] = []
    totals: dict[str, int] = {}
    checked = checkable = 0
    for seed in range(batch * SIZE, (batch + 1) * SIZE):
        case = generate(seed)
        audit = audit_case(case)
        alarms += [
            f"{seed} {finding.kind} {finding.claimed}/{finding.actual}: "
            f"{sentence_at(case.text, finding.start)}"
            for finding in audit.of(Verdict.DIFFERS)
        ]
        for status, number in audit.counts().items():
            totals[status] = totals.get(status, 0) + number
        numbers = [claim for claim in case.claims if claim.is_certain]
        checkable += len(numbers)
        checked += sum(status_of(audit, claim) is NumberStatus.CHECKED for claim in numbers)
    with capsys.disabled():
        print(f"\n{batch}: {len(alarms)} alarms, {checked}/{checkable} checked, {totals}")

    assert [] == alarms
    assert checked / checkable >= LEAST_CHECKED


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """A few circulars, to look at the generator itself."""
    return [generate(seed) for seed in range(30)]


def test_generator_is_repeatable(cases: list[Case]) -> None:
    """A seed gives the same circular again."""
    assert cases[3].text == generate(3).text


def test_generator_knows_its_places(cases: list[Case]) -> None:
    """Every claim stands where it says."""
    wrong = [
        claim
        for case in cases
        for claim in case.claims
        if case.text[claim.start : claim.end] != claim.text
    ]

    assert [] == wrong


def test_generator_uses_every_phrasing(cases: list[Case]) -> None:
    """No phrasing is left out for want of fitting data."""
    used = {claim.kind for case in cases for claim in case.claims}

    assert {say.__name__.removeprefix("say_") for say in (*COUNTY, *SCOPED)} <= used


@pytest.mark.parametrize(
    "sentence",
    [
        "有3个单位没有标注公开属性。",
        "有5个单位没有健全的公开机构。",
        "有2个单位没有安排专人负责。",
        "有4个单位未落实三审三校。",
        "有3个单位没标注。",
    ],
)
def test_what_was_not_done_is_no_zero(sentence: str) -> None:
    """Units that did not do something have not therefore sent in nothing."""
    audit = audit_case(replace(generate(0), text=f"二、存在的问题\n{sentence}\n", claims=()))

    assert [] == list(audit.of(Verdict.DIFFERS))
