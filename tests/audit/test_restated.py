"""The circular of 2022H1, as restated here and as published: two counts and two titles differ."""

from pathlib import Path

import pytest

from zhashui_stats.audit.findings import Audit, Finding, NumberStatus, Verdict
from zhashui_stats.model.submissions import Submissions

from .trials import RESTATED, SEED, real_auditor

LABEL = "测试用改写稿"

# Every count of the prose, in its order; dates and headings aside.
COUNTS = "124 203 2 18 64 106 139 203 50 7 30 21 11 11 11 124 18 15 五 9 20 4 0 56 10 25 0 5 1 16 0"


@pytest.fixture(scope="module", params=[RESTATED, SEED], ids=["restated", "seed"])
def audit(request: pytest.FixtureRequest, h1: Submissions, root: Path) -> Audit:
    """The audit of the text."""
    path: Path = request.param
    if not path.exists():
        pytest.skip("the circular itself is not at hand")
    return real_auditor(h1, root)(path.read_text("utf-8"))


def test_two_counts_differ(audit: Audit) -> None:
    """应急局 has 21, not 30; 环境局 has 1, not 21."""
    counts = [finding for finding in audit.of(Verdict.DIFFERS) if "title" not in finding.kind]

    assert [("30", "21"), ("21", "1")] == [
        (_digits(finding.claimed), _digits(finding.actual)) for finding in counts
    ]
    assert all(
        name in _said(finding) for finding, name in zip(counts, ("应急局", "环境局"), strict=True)
    )


def test_the_slip_is_told(audit: Audit) -> None:
    """环境局's 21 is 应急局's figure, and the finding says so."""
    last = [finding for finding in audit.of(Verdict.DIFFERS) if "title" not in finding.kind][-1]

    assert "应急局" in last.reason + "".join(last.evidence)


def test_both_titles_differ(audit: Audit) -> None:
    """Either annex bears another title than the note gives it."""
    titles = [finding for finding in audit.of(Verdict.DIFFERS) if "title" in finding.kind]

    assert 2 == len(titles)


def test_every_number_is_understood(audit: Audit) -> None:
    """No number is left over."""
    left = [number.text for number in audit.numbers if number.status is NumberStatus.NOT_UNDERSTOOD]

    assert [] == left


def test_the_counts_are_checked(audit: Audit) -> None:
    """Every count of the prose is held against the tables, and the duties are told apart."""
    checked = [number.text for number in audit.numbers if number.status is NumberStatus.CHECKED]
    wanted = COUNTS.split()

    assert wanted == _counts(checked, wanted)


def test_duties_are_no_claims(audit: Audit) -> None:
    """Working days, a share that must be reached and a document's number are no counts."""
    others = {number.text for number in audit.numbers if number.status is NumberStatus.NOT_CLAIM}

    assert {"3", "2016", "80"} <= {_digits(text) for text in others}


def test_the_restated_text_is_our_own() -> None:
    """The restated text says what it is, and shares no sentence with the circular."""
    restated = RESTATED.read_text("utf-8")

    assert LABEL in restated.splitlines()[0]
    if SEED.exists():
        assert set() == _sentences(restated) & _sentences(SEED.read_text("utf-8"))


def _sentences(text: str) -> set[str]:
    prose = text.partition("附件：")[0]
    pieces = "".join(prose.split()).replace("：", "。").replace("；", "。").split("。")
    return {piece for piece in pieces if len(piece) > 12}


def _counts(checked: list[str], wanted: list[str]) -> list[str]:
    """The checked numbers that are wanted, in order; dates may be checked as well."""
    left = list(wanted)
    found = []
    for text in checked:
        if left and text == left[0]:
            found.append(left.pop(0))
    return found


def _said(finding: Finding) -> str:
    return "".join([finding.text, finding.claimed, finding.actual, *finding.evidence])


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
