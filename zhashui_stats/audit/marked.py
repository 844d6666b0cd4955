"""The circular's text as HTML: paragraphs and tables, numbers marked, what differs beside."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from operator import attrgetter

from zhashui_stats.audit.findings import Audit, Finding, NumberStatus, Verdict
from zhashui_stats.audit.report import clean, open_points, visible_span

__all__ = ["mark_text"]

_LABELS = {
    "agrees": Verdict.AGREES.label,
    "differs": Verdict.DIFFERS.label,
    "unchecked": Verdict.UNCHECKED.label,
    "not_understood": NumberStatus.NOT_UNDERSTOOD.label,
}
_FIGURE = re.compile(r"[\d.,%]+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _MarkedClaim:
    """A claim that differs, where it is marked.

    Attributes:
        number: The number of its card.
        start: First marked character.
        end: Behind the last marked character.
        finding: What is told of it.
    """

    number: int
    start: int
    end: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class _Mark:
    """How a number is marked: its class, and why."""

    start: int
    end: int
    kind: str
    reason: str


def mark_text(audit: Audit) -> str:
    """Return the text as HTML blocks; anchors ``place-N`` for card N, ``at-N`` for character N."""
    return "\n".join(_MarkedText(audit).blocks())


class _MarkedText:
    """Renders one text; knows what was already given an anchor."""

    def __init__(self, audit: Audit) -> None:
        self.text = audit.text
        self.claims = sorted(_claims(audit), key=lambda claim: (claim.start, -claim.end))
        self.starts = [claim.start for claim in self.claims]
        self.longest = max((claim.end - claim.start for claim in self.claims), default=0)
        self.marks = list(_marks(audit))
        self.mark_starts = [mark.start for mark in self.marks]
        self.points = _points(audit)
        spans: list[_MarkedClaim | _Mark] = [*self.claims, *self.marks]
        self.cuts = sorted({cut for span in spans for cut in (span.start, span.end)} | self.points)
        self.placed: set[int] = set()
        self.tables = 0

    def blocks(self) -> Iterator[str]:
        """Give a block for each paragraph and table, each with the notes that belong to it."""
        for is_table, lines in groupby(_lines(self.text), key=lambda line: line[2]):
            if is_table:
                yield self._block([(start, end) for start, end, _ in lines], is_table=True)
            else:
                yield from (self._block([(start, end)]) for start, end, _ in lines)

    def _block(self, lines: Sequence[Span], *, is_table: bool = False) -> str:
        shown = self._table(lines) if is_table else f"<p>{self._line(*lines[0])}</p>"
        here = [
            claim for claim in self._within(lines[0][0], lines[-1][1]) if claim.end <= lines[-1][1]
        ]
        notes = "".join(_note(claim) for claim in sorted(here, key=attrgetter("number")))
        beside = f'<div class="beside">{notes}</div>' if notes else ""
        return f'<div class="par">{shown}{beside}</div>'

    def _table(self, lines: Sequence[Span]) -> str:
        self.tables += 1
        rows = [[self._line(*cell) for cell in _cells(self.text, *line)] for line in lines]
        plain = [[self.text[slice(*cell)] for cell in _cells(self.text, *line)] for line in lines]
        width = max(map(len, rows))
        head = f"<thead>{_row(rows.pop(0), width, 'col')}</thead>" if _is_header(plain) else ""
        body = "\n".join(_row(cells, width) for cells in rows)
        return (
            f'<div class="zs-table-wrap" role="region" tabindex="0" '
            f'aria-label="通报中的表格{self.tables}">'
            f'<table class="zs-table">{head}<tbody>{body}</tbody></table></div>'
        )

    def _within(self, start: int, end: int) -> list[_MarkedClaim]:
        """Return the claims that overlap a span; none is longer than the longest."""
        first = bisect_left(self.starts, start - self.longest)
        last = bisect_left(self.starts, end)
        return [claim for claim in self.claims[first:last] if claim.end > start]

    def _line(self, start: int, end: int) -> str:
        """Render a part of the text: pieces between two cuts, together where a claim holds them."""
        inner = self.cuts[bisect_right(self.cuts, start) : bisect_left(self.cuts, end)]
        pieces = list(pairwise([start, *inner, end]))
        claims = self._within(start, end)
        grouped = groupby(pieces, key=lambda piece: _covering(claims, piece))
        return "".join(self._group(covering, list(group)) for covering, group in grouped)

    def _group(self, covering: tuple[_MarkedClaim, ...], pieces: Sequence[Span]) -> str:
        shown = "".join(self._piece(*piece) for piece in pieces)
        for claim in reversed(covering):
            anchor = "" if claim.number in self.placed else f' id="place-{claim.number}"'
            self.placed.add(claim.number)
            shown = f'<span class="claim"{anchor}>{shown}</span>'
        ended = (claim for claim in covering if claim.end == pieces[-1][1])
        return shown + "".join(map(_reference, ended))

    def _piece(self, start: int, end: int) -> str:
        anchor = f' id="at-{start}"' if start in self.points else ""
        shown = escape(_clean_piece(self.text[start:end]))
        mark = self._mark_at(start)
        if mark is None:
            return f"<span{anchor}>{shown}</span>" if anchor else shown
        label = _LABELS[mark.kind]
        title = escape(f"{label}：{mark.reason}" if mark.reason else label)
        # What agrees is not told again and again to those who listen to the page.
        hidden = "" if mark.kind == "agrees" else f'<span class="zs-hidden">（{label}）</span>'
        return f'<mark class="{mark.kind}"{anchor} title="{title}">{shown}{hidden}</mark>'

    def _mark_at(self, place: int) -> _Mark | None:
        """Return the mark that holds a character; a line break may cut a number in two."""
        number = bisect_right(self.mark_starts, place) - 1
        return self.marks[number] if number >= 0 and place < self.marks[number].end else None


# --- What is marked -----------------------------------------------------------------------------


def _claims(audit: Audit) -> Iterator[_MarkedClaim]:
    for number, finding in enumerate(audit.of(Verdict.DIFFERS), 1):
        start, end = visible_span(audit.text, finding.start, finding.end)
        yield _MarkedClaim(number, start, end, finding)


def _marks(audit: Audit) -> Iterator[_Mark]:
    """Give the mark of every number that is a claim, in the order of the text."""
    verdicts = _paint(audit)
    for number in audit.numbers:
        if number.status is NumberStatus.NOT_CLAIM:
            continue
        kind = number.status.value
        if number.status is NumberStatus.CHECKED:
            kind = "differs" if any(verdicts[number.start : number.end]) else "agrees"
        yield _Mark(number.start, number.end, kind, clean(number.reason))


def _paint(audit: Audit) -> bytearray:
    """Return 1 for each character whose narrowest judged claim differs, else 0.

    A sum that is wrong does not make each of its parts wrong: the part's own claim decides.
    """
    painted = bytearray(len(audit.text))
    judged = [claim for claim in audit.findings if claim.verdict is not Verdict.UNCHECKED]
    judged.sort(key=lambda claim: (claim.start - claim.end, claim.verdict is Verdict.DIFFERS))
    for finding in judged:
        value = b"\1" if finding.verdict is Verdict.DIFFERS else b"\0"
        painted[finding.start : finding.end] = value * len(painted[finding.start : finding.end])
    return painted


def _points(audit: Audit) -> set[int]:
    """Return where the list of what stays open points to."""
    points = {point.start for group in open_points(audit).values() for point in group}
    unknown = (number for number in audit.numbers if number.status is NumberStatus.NOT_UNDERSTOOD)
    return points | {number.start for number in unknown}


# --- Lines, cells, notes ------------------------------------------------------------------------


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Give each line that is not blank: where it stands, and whether it is a row of a table."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line), "\t" in line.strip()
        start += len(line) + 1


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    for cell in text[start:end].split("\t"):
        yield start, start + len(cell)
        start += len(cell) + 1


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """A header stands above other rows and holds no figure."""
    return len(rows) > 1 and not any(_FIGURE.fullmatch(cell.strip()) for cell in rows[0])


def _row(cells: Sequence[str], width: int, scope: str = "") -> str:
    """Render a row; an empty cell heads nothing."""
    shown = [
        f'<th scope="{scope}">{cell}</th>' if cell and scope else f"<td>{cell}</td>"
        for cell in cells
    ]
    return f"<tr>{''.join(shown)}{'<td></td>' * (width - len(cells))}</tr>"


def _covering(claims: Iterable[_MarkedClaim], piece: Span) -> tuple[_MarkedClaim, ...]:
    return tuple(claim for claim in claims if claim.start <= piece[0] and piece[1] <= claim.end)


def _reference(claim: _MarkedClaim) -> str:
    return (
        f'<a class="ref" href="#card-{claim.number}">'
        f'<span class="zs-hidden">见不符之处</span>{claim.number}</a>'
    )


def _note(claim: _MarkedClaim) -> str:
    said = clean(claim.finding.actual)
    text = f"核对：{said}" if said else clean(claim.finding.reason) or "不符"
    return f'<p><span class="no">{claim.number}</span>{escape(text)}</p>'


def _clean_piece(piece: str) -> str:
    """Clean a piece and keep the spaces at its ends, which part it from its neighbours."""
    left = " " if piece[:1].isspace() else ""
    right = " " if piece[-1:].isspace() and piece.strip() else ""
    return f"{left}{clean(piece)}{right}"
