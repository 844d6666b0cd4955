"""How the trials audit a text: the same way for generated, restated and mutated circulars."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zhashui_stats.audit.check import audit_circular
from zhashui_stats.audit.document import Document
from zhashui_stats.audit.document.text_tables import find_text_tables
from zhashui_stats.audit.findings import Audit, Finding, Number, NumberStatus, Verdict
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster
from zhashui_stats.reading.roster import read_roster

from .generator import Case, Claim

__all__ = [
    "RESTATED",
    "SEED",
    "Auditor",
    "Change",
    "audit_case",
    "is_caught",
    "real_auditor",
    "sentence_at",
    "sentence_span",
    "status_of",
    "to_document",
]

Auditor = Callable[[str], Audit]

RESTATED = Path(__file__).parent / "restated-2022H1.txt"
SEED = Path(__file__).parents[3] / "shared" / "seed" / "zhashui-2022H1-circular.txt"


@dataclass(frozen=True)
class Change:
    """What was put in the place of ``text[start:end]``, and how the change is called."""

    start: int
    end: int
    new: str
    what: str

    def apply(self, text: str) -> str:
        """Return the changed copy."""
        return text[: self.start] + self.new + text[self.end :]

    def moved(self, place: int) -> int:
        """Return where a place of the copy stood before."""
        shift = len(self.new) - (self.end - self.start)
        return place - shift if place >= self.start + len(self.new) else min(place, self.end)


def to_document(text: str) -> Document:
    """Make a document of a text as ``read_document`` would."""
    return Document("circular.txt", text, find_text_tables(text))


def audit_case(case: Case, text: str | None = None) -> Audit:
    """Audit a generated circular, or a changed copy of it, against its data."""
    return audit_circular(
        to_document(case.text if text is None else text),
        case.submissions,
        county=case.county,
        roster=case.roster,
        period=case.period,
        earlier=case.earlier,
    )


def real_auditor(now: Submissions, root: Path) -> Auditor:
    """Return an auditor that holds texts against the real period."""
    roster: Roster = read_roster(root / "data" / "units.csv", now.county)

    def audit(text: str) -> Audit:
        return audit_circular(
            to_document(text), now, county=now.county, roster=roster, period=now.period
        )

    return audit


def is_caught(
    before: Audit, after: Audit, change: Change, around: tuple[int, int] | None = None
) -> bool:
    """Tell whether the change gave a new finding at its place or at the claim it stands in.

    ``around`` is the claim, where the audit of the unchanged text does not say so itself.
    """
    known = {_identity(old) for old in before.of(Verdict.DIFFERS)}
    places = [(change.start, max(change.end, change.start + 1))]
    places += [around] if around else []
    places += [
        (old.start, old.end)
        for old in before.findings
        if old.start <= change.start and change.end <= old.end
    ]
    for finding in after.of(Verdict.DIFFERS):
        start, end = change.moved(finding.start), change.moved(finding.end)
        touches = any(start <= last and first <= end for first, last in places)
        if touches and (finding.kind, finding.claimed, finding.actual, start) not in known:
            return True
    return False


def _identity(finding: Finding) -> tuple[str, str, str, int]:
    return finding.kind, finding.claimed, finding.actual, finding.start


def status_of(audit: Audit, claim: Claim) -> NumberStatus | None:
    """Return where the number of a claim ended; None where the audit saw none there."""
    for number in _touching(audit, claim):
        return number.status
    return None


def _touching(audit: Audit, claim: Claim) -> Iterator[Number]:
    return (
        number for number in audit.numbers if number.start < claim.end and claim.start < number.end
    )


def sentence_at(text: str, start: int) -> str:
    """Return the sentence around a place, on one line."""
    first, last = sentence_span(text, start)
    return "".join(text[first:last].split())


def sentence_span(text: str, start: int) -> tuple[int, int]:
    """Return where the sentence around a place begins and ends."""
    first = max(text.rfind("。", 0, start), text.rfind("：\n", 0, start)) + 1
    return first, text.find("。", start) + 1 or len(text)
