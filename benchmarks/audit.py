"""Time the audit against the length of the text: it must grow no faster than the text.

``make bench`` runs it. The text is the restated circular of the tests, its prose repeated; then
texts that are one piece repeated without a full stop, which no circular is but anybody can make.
They are audited against the real period. Exit status 1: time grows faster than the text.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from page import publish, say_bound, table

from zhashui_stats.audit.check import audit_circular
from zhashui_stats.audit.document import Document
from zhashui_stats.audit.document.text_tables import find_text_tables
from zhashui_stats.loading import load
from zhashui_stats.reading.roster import read_roster

ROOT = Path(__file__).parent.parent
PERIOD = "2022H1"
CIRCULAR = ROOT / "tests" / "audit" / "restated-2022H1.txt"

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)  # bytes of UTF-8
MOST_GROWTH = 1.6  # of the seconds per MB, from one size to the next
FROM = 100_000  # bytes; below, what every audit costs outweighs the length

PIECES = (
    "1", "二十", "、", "（", " \n", "政务公开信息", "县财政局、", "县财政局18篇、",
    "政务公开信息5篇", "5篇以上的有", "除县财政局外",
)  # fmt: skip
SHORT, LONG = 20_000, 80_000  # characters
MOST_PIECES = 2.0  # of the seconds per character, from short to long
LEAST_SECONDS = 0.2  # faster than this is never slow


def main() -> int:
    """Measure, publish, and return the exit status."""
    audit = _auditor()
    audit(_text(SIZES[0]))  # what is imported late is imported now
    rates = [_rate(audit, size) for size in SIZES]
    growths = [1.0, *(rate / before for before, rate in pairwise(rates))]
    growth = max(increase for size, increase in zip(SIZES, growths, strict=True) if size > FROM)
    pieces = {piece: _piece_seconds(audit, piece) for piece in PIECES}
    is_broken = growth > MOST_GROWTH
    lines = [
        *table(("Text", "Time", "Time a MB", "Against the size before"), _sizes(rates, growths)),
        f"Above {FROM:,} bytes, the time a MB grows {growth:.2f}-fold at most from one size to the "
        f"next; bound: {say_bound(str(MOST_GROWTH), is_broken=is_broken)}.",
        "",
        *table(
            (
                "Repeated", f"{SHORT:,} characters", f"{LONG:,} characters",
                "Growth of the time a character", "At most",
            ),
            [_piece_row(piece, *seconds) for piece, seconds in pieces.items()],
        ),
        f"There, what takes less than {LEAST_SECONDS} s counts as {LEAST_SECONDS} s.",
        "",
    ]  # fmt: skip
    publish("audit", lines, [])
    return int(is_broken or max(_growth(*seconds) for seconds in pieces.values()) > MOST_PIECES)


def _rate(audit: Callable[[str], object], size: int) -> float:
    """Return the seconds a MB that a text of so many bytes takes."""
    return _seconds(audit, _text(size)) / size * 1e6


def _piece_seconds(audit: Callable[[str], object], piece: str) -> tuple[float, float]:
    """Return what the short and the long text of one piece take."""
    texts = ((piece * (size // len(piece) + 1))[:size] for size in (SHORT, LONG))
    short, long = (_seconds(audit, text) for text in texts)
    return short, long


def _growth(short: float, long: float) -> float:
    """Return how much more a character of the long text costs than one of the short."""
    return max(long, LEAST_SECONDS) / max(short, LEAST_SECONDS) / (LONG / SHORT)


def _seconds(audit: Callable[[str], object], text: str) -> float:
    begin = time.perf_counter()
    audit(text)
    return time.perf_counter() - begin


def _sizes(rates: Sequence[float], growths: Sequence[float]) -> Iterator[tuple[str, ...]]:
    for size, rate, growth in zip(SIZES, rates, growths, strict=True):
        seconds = rate * size / 1e6
        yield (f"{size:,} bytes", f"{seconds:.3f} s", f"{rate:.3f} s", f"{growth:.2f} ×")


def _piece_row(piece: str, short: float, long: float) -> tuple[str, ...]:
    growth = _growth(short, long)
    bound = say_bound(str(MOST_PIECES), is_broken=growth > MOST_PIECES)
    return (f"`{piece!r}`", f"{short:.2f} s", f"{long:.2f} s", f"{growth:.2f} ×", bound)


def _auditor() -> Callable[[str], object]:
    now = load(PERIOD, ROOT / "data")
    roster = read_roster(ROOT / "data" / "units.csv", now.county)

    def audit(text: str) -> object:
        document = Document("circular.txt", text, find_text_tables(text))
        return audit_circular(document, now, county=now.county, roster=roster, period=now.period)

    return audit


def _text(size: int) -> str:
    """Repeat the prose of the circular up to so many bytes."""
    prose = CIRCULAR.read_text("utf-8").partition("附件1\n")[0]
    times = size // len(prose.encode()) + 1
    return (prose * times).encode()[:size].decode(errors="ignore")


if __name__ == "__main__":
    sys.exit(main())
