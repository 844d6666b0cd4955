"""What an audit (校核) says: findings, numbers, and the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhashui_stats.errors import Labelled
from zhashui_stats.model.periods import Period

__all__ = ["SCHEMA", "Audit", "Finding", "Number", "NumberStatus", "Verdict"]

SCHEMA = "zhashui-stats/audit/1"
"""Name and version of the JSON; the version grows when a key changes its meaning or goes."""


class Verdict(Labelled):
    """What became of a claim; ``label`` is the Chinese."""

    AGREES = "agrees", "相符"
    DIFFERS = "differs", "不符"
    UNCHECKED = "unchecked", "无法核对"


class NumberStatus(Labelled):
    """Where a numeric token of the text ended; ``label`` is the Chinese."""

    CHECKED = "checked", "已核对"
    UNCHECKED = "unchecked", "无法核对"
    NOT_CLAIM = "not_claims", "不是统计数字"
    NOT_UNDERSTOOD = "not_understood", "没有看懂"


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim of the circular and what became of it.

    Attributes:
        kind: Id of the pattern or check, such as ``unit_count``; annex titles contain ``title``.
        section: Headings it stands under, such as 二、存在的问题; empty before the first.
        start: First character in the text as read.
        end: Behind the last character.
        text: The words themselves, as read.
        claimed: What the circular says.
        actual: What the tables say; empty where it cannot be checked.
        verdict: Agrees, differs, or unchecked.
        reason: Why it cannot be checked, or the likely slip (Chinese); may be empty.
        evidence: The table cells or the other places that say so (Chinese).
    """

    kind: str
    section: str
    start: int
    end: int
    text: str
    claimed: str
    actual: str
    verdict: Verdict
    reason: str = ""
    evidence: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as it stands in the JSON."""
        return {
            "kind": self.kind,
            "section": self.section,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "claimed": self.claimed,
            "actual": self.actual,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Number:
    """One numeric token of the text, Arabic or Chinese.

    Attributes:
        start: First character in the text as read.
        end: Behind the last character.
        text: As read.
        status: Where it ended.
        reason: Why it is no claim or cannot be checked (Chinese); may be empty.
    """

    start: int
    end: int
    text: str
    status: NumberStatus
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """A circular proofread.

    Attributes:
        text: The text as read; all spans count its characters.
        period: The period that it was held against.
        source: The circular's file name, without folder.
        findings: In the order of the text.
        numbers: Every numeric token outside tables, in the order of the text.
    """

    text: str
    period: Period
    source: str
    findings: tuple[Finding, ...]
    numbers: tuple[Number, ...]

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """Return the findings with this verdict."""
        return tuple(finding for finding in self.findings if finding.verdict is verdict)

    def counts(self) -> Mapping[str, int]:
        """Count the numbers by where they ended, ``total`` first."""
        ended = {status.value: 0 for status in NumberStatus}
        for number in self.numbers:
            ended[number.status.value] += 1
        return {"total": len(self.numbers), **ended}

    def as_dict(self) -> dict[str, Any]:
        """Return the audit as JSON, see ``docs/audit.md``."""
        unknown = [
            number for number in self.numbers if number.status is NumberStatus.NOT_UNDERSTOOD
        ]
        return {
            "schema": SCHEMA,
            "source": self.source,
            "period": str(self.period),
            "findings": [finding.as_dict() for finding in self.findings],
            "numbers": {
                **self.counts(),
                "not_understood_list": [
                    {"start": number.start, "end": number.end, "text": number.text}
                    for number in unknown
                ],
            },
        }
