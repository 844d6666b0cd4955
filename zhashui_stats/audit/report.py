"""What an audit says in words: the summary on a terminal, and the JSON.

Nothing of the circular reaches a terminal or a page as it stands: control characters show as
boxes, marks without a shape of their own are dropped.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from zhashui_stats.audit.findings import Audit, Finding, Number, NumberStatus, Verdict

__all__ = [
    "OpenPoint",
    "clean",
    "details_of",
    "excerpt",
    "open_points",
    "say_audit",
    "say_counts",
    "say_json",
    "say_verdicts",
    "summarise",
    "visible_span",
]

BOX = "□"
"""Stands for a character that cannot be shown."""

_WIDTH = 80  # columns of a terminal; a Chinese character takes two
_AROUND = 14  # characters of context on each side
_NEAR = 6  # as much stands beside a bare figure in a list
_LONGEST = 64  # longer words are cut in their middle
_NAMED = 6  # how many places a line names before it says 等
_NO_REASON = "原因未注明"
_CUT = "……"
_PIECES = re.compile(r"[“（《【]*(?:[0-9A-Za-z.%,/+-]{1,40}|.)[，。、；：）》】”’！？]*")


# --- Words of the circular ----------------------------------------------------------------------


def clean(text: str) -> str:
    r"""Make words of the circular fit to show: one line, no control characters.

    >>> clean("应急局\n\n 30\x1b[31m篇")
    '应急局 30□[31m篇'
    """
    shown = text if text.isprintable() else "".join(map(_shown, text))
    return " ".join(shown.split())


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if character.isspace() and character not in "\x1c\x1d\x1e\x1f\x85":
        return " "
    if kind == "Cf":
        return ""
    return BOX if kind in ("Cc", "Cs") else character


def excerpt(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return what stands before, the words themselves and what stands after, fit to show.

    Context ends with the sentence; what is cut shows as dots.

    >>> excerpt("会议召开。红岩寺镇50篇、下梁镇7篇。会议结束。", 9, 12)
    ('红岩寺镇', '50篇', '、下梁镇7篇。')
    """
    before = clean(text[max(0, start - 4 * _AROUND) : start])
    after = clean(text[end : end + 4 * _AROUND])
    before = "".join(takewhile(lambda character: character not in "。；！？", before[::-1]))[::-1]
    if match := re.search("[。；！？]", after):
        after = after[: match.end()]
    if len(before) > _AROUND:
        before = _CUT + before[-_AROUND:]
    if len(after) > _AROUND:
        after = after[:_AROUND] + _CUT
    return before, shorten(text[start:end]), after


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Make words fit to show and leave out the middle of long ones."""
    shown = clean(text[: 8 * longest] + text[-8 * longest :] if len(text) > 16 * longest else text)
    if len(shown) <= longest:
        return shown
    half = (longest - len(_CUT)) // 2
    return f"{shown[:half]}{_CUT}{shown[-half:]}"


def visible_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Fit a span to characters that are seen; where it holds none, take the one before it.

    >>> visible_span("一共 30 篇", 2, 6), visible_span("一共 30 篇", 2, 3)
    ((3, 5), (1, 2))
    """
    span = text[start:end]
    if span.strip():
        return start + len(span) - len(span.lstrip()), start + len(span.rstrip())
    before = len(text[:start].rstrip())
    if before:
        return before - 1, before
    after = len(text) - len(text.lstrip())
    return after, min(after + 1, len(text))


# --- What stays open ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A place that could not be checked.

    Attributes:
        start: First character in the text as read.
        end: Behind the last character.
        words: What is shown of it.
        reason: Why (Chinese).
    """

    start: int
    end: int
    words: str
    reason: str


def open_points(audit: Audit) -> dict[str, list[OpenPoint]]:
    """Return what could not be checked, by reason, the most frequent reason first.

    These are the claims, and the numbers that stand in none of them.
    """
    claims = audit.of(Verdict.UNCHECKED)
    numbers = _outside(_with(audit, NumberStatus.UNCHECKED), claims)
    places: list[Finding | Number] = [*claims, *numbers]
    points = [_open_point(audit.text, place) for place in places]
    grouped: dict[str, list[OpenPoint]] = {}
    for point in sorted(points, key=lambda place: (place.start, place.end)):
        grouped.setdefault(point.reason, []).append(point)
    return dict(sorted(grouped.items(), key=lambda item: -len(item[1])))


def _open_point(text: str, place: Finding | Number) -> OpenPoint:
    start, end = visible_span(text, place.start, place.end)
    words = shorten(place.text, 24)
    if isinstance(place, Number):  # a bare figure says nothing
        before, words, after = excerpt(text, start, end)
        words = f"{before[-_NEAR:]}{words}{after[:_NEAR]}"
    return OpenPoint(start, end, words, clean(place.reason) or _NO_REASON)


def _with(audit: Audit, status: NumberStatus) -> list[Number]:
    return [number for number in audit.numbers if number.status is status]


def _outside(numbers: Iterable[Number], claims: Iterable[Finding]) -> Iterator[Number]:
    """Give the numbers that no claim covers; both stand in the order of the text."""
    spans = iter(sorted((claim.start, claim.end) for claim in claims))
    reach, upcoming = 0, next(spans, None)
    for number in numbers:
        while upcoming and upcoming[0] <= number.start:
            reach, upcoming = max(reach, upcoming[1]), next(spans, None)
        if number.end > reach:
            yield number


# --- Sentences ----------------------------------------------------------------------------------


def say_counts(audit: Audit) -> str:
    """Say how many numbers the circular has and where they ended."""
    counts = audit.counts()
    if not counts["total"]:
        return "全文没有数字。"
    ended = "，".join(f"{status.label}{counts[status.value]}个" for status in NumberStatus)
    return f"全文共{counts['total']}个数字：{ended}。"


def say_verdicts(audit: Audit) -> str:
    """Say how many claims were found and what became of them."""
    if not audit.findings:
        return "没有可以核对的说法。"
    each = "，".join(f"{verdict.label}{len(audit.of(verdict))}处" for verdict in Verdict)
    return f"共有{len(audit.findings)}处说法：{each}。"


def summarise(audit: Audit) -> str:
    """Say in one sentence what the author has to do."""
    differing, unknown = len(audit.of(Verdict.DIFFERS)), audit.counts()["not_understood"]
    if differing:
        said = f"有{differing}处不符，请改正后再印发"
    elif audit.of(Verdict.AGREES):
        said = "能够核对的全部相符"
    else:
        said = "没有能够核对的内容"
    return f"{said}；另有{unknown}个数字没有看懂，请人工核对。" if unknown else f"{said}。"


# --- On a terminal ------------------------------------------------------------------------------


def say_audit(audit: Audit) -> str:
    """Say the whole audit for a terminal of 80 columns; ends without a line break."""
    head = [
        *_wrap(f"通报校核：{clean(audit.source)}（{audit.period.label}）"),
        *_wrap(say_counts(audit)),
        *_wrap(say_verdicts(audit)),
    ]
    parts = [head, *_differing(audit)]
    parts += [part for part in (_unchecked(audit), _not_understood(audit)) if part]
    parts.append(_wrap(f"结论：{summarise(audit)}"))
    return "\n\n".join("\n".join(lines) for lines in parts)


def _differing(audit: Audit) -> Iterator[list[str]]:
    for number, finding in enumerate(audit.of(Verdict.DIFFERS), 1):
        before, words, after = excerpt(audit.text, finding.start, finding.end)
        indent = " " * len(f"{number}. ")
        lines = _wrap(f"{number}. 不符：{clean(finding.section) or '开头'}", indent)
        lines += _wrap(f"{indent}原文：{before}【{words}】{after}", f"{indent}      ")
        for label, value in details_of(finding):
            lines += _wrap(f"{indent}{label}：{value}", f"{indent}{' ' * _width(label)}  ")
        yield lines


def details_of(finding: Finding) -> list[tuple[str, str]]:
    """Return what is told of a finding, each with its label; empty ones are left out."""
    details = [
        ("通报", clean(finding.claimed)),
        ("核对", clean(finding.actual)),
        ("说明", clean(finding.reason)),
        *(("依据", clean(fact)) for fact in finding.evidence),
    ]
    return [(label, value) for label, value in details if value]


def _unchecked(audit: Audit) -> list[str]:
    grouped = open_points(audit)
    if not grouped:
        return []
    lines = [f"无法核对（{sum(map(len, grouped.values()))}处）："]
    for reason, points in grouped.items():
        named = "、".join(point.words for point in points[:_NAMED])
        more = "等" if len(points) > _NAMED else ""
        lines += _wrap(f"  {reason}（{len(points)}处）：{named}{more}", "    ")
    return lines


def _not_understood(audit: Audit) -> list[str]:
    numbers = _with(audit, NumberStatus.NOT_UNDERSTOOD)
    lines = [f"没有看懂（{len(numbers)}个）："] if numbers else []
    for number in numbers:
        before, words, after = excerpt(audit.text, number.start, number.end)
        lines += _wrap(f"  {before}【{words}】{after}", "    ")
    return lines


def _wrap(text: str, indent: str = "") -> list[str]:
    """Break a line at 80 columns, not within a number and not before closing punctuation."""
    lines, line, taken = [], "", 0
    for piece in _PIECES.findall(text):
        if line.strip() and taken + _width(piece.rstrip()) > _WIDTH:
            lines.append(line.rstrip())
            line, taken = indent, len(indent)
            piece = piece.lstrip()  # noqa: PLW2901 -- a line does not begin with a space
        line += piece
        taken += _width(piece)
    return [*lines, line.rstrip()]


@lru_cache(maxsize=10_000)
def _width(text: str) -> int:
    """Count the columns that a text takes on a terminal."""
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WFA"
        else 1
        for character in text
    )


# --- JSON ---------------------------------------------------------------------------------------


def say_json(audit: Audit) -> str:
    """Give the audit as JSON, see ``docs/audit.md``; what could steer a terminal is escaped."""
    text = json.dumps(audit.as_dict(), ensure_ascii=False, indent=2)
    return "\n".join(map(_tame, text.split("\n")))


def _tame(line: str) -> str:
    return line if line.isprintable() else "".join(map(_as_json, line))


def _as_json(character: str) -> str:
    if character < "\x7f" or unicodedata.category(character) not in ("Cc", "Cf", "Cs"):
        return character
    return json.dumps(character)[1:-1]
