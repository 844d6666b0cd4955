"""Time the audit against the length of the text: it must grow no faster than the text.

``make bench`` runs it. The text is the restated circular of the tests, its prose repeated; then
texts that are one piece repeated without a full stop, which no circular is but anybody can make.
They are audited against the real period. Exit status 1: time grows faster than the text.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from zhashui_stats.audit.check import audit_circular
from zhashui_stats.audit.document import Document
from zhashui_stats.audit.document.runs import find_runs
from zhashui_stats.readers import load
from zhashui_stats.units import read_roster

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
    """Measure, print, and return the exit status."""
    audit = _auditor()
    audit(_text(SIZES[0]))  # what is imported late is imported now
    rates: list[float] = []
    growths: list[float] = []
    for size in SIZES:
        text = _text(size)
        begin = time.perf_counter()
        audit(text)
        seconds = time.perf_counter() - begin
        rates.append(seconds / size * 1e6)
        growth = rates[-1] / rates[-2] if len(rates) > 1 else 1.0
        if size > FROM:
            growths.append(growth)
        print(f"{size:12,} bytes{seconds:10.3f} s{rates[-1]:10.3f} s/MB{growth:8.2f} × the last")
    print(f"{'growth':24}{max(growths):8.2f}    of the seconds per MB, at most {MOST_GROWTH}")
    slow = [piece for piece in PIECES if _piece_growth(audit, piece) > MOST_PIECES]
    return int(max(growths) > MOST_GROWTH or bool(slow))


def _piece_growth(audit: Callable[[str], object], piece: str) -> float:
    """Return how much more a character of the long text costs than one of the short."""
    seconds = []
    for size in (SHORT, LONG):
        text = (piece * (size // len(piece) + 1))[:size]
        begin = time.perf_counter()
        audit(text)
        seconds.append(max(time.perf_counter() - begin, LEAST_SECONDS))
    growth = seconds[1] / seconds[0] / (LONG / SHORT)
    print(f"{piece!r:16}{seconds[0]:10.2f} s{seconds[1]:10.2f} s{growth:8.2f} ×")
    return growth


def _auditor() -> Callable[[str], object]:
    now = load(PERIOD, ROOT / "data")
    roster = read_roster(ROOT / "data" / "units.csv", now.county)

    def audit(text: str) -> object:
        document = Document("circular.txt", text, find_runs(text))
        return audit_circular(document, now, county=now.county, roster=roster, period=now.period)

    return audit


def _text(size: int) -> str:
    """Repeat the prose of the circular up to so many bytes."""
    prose = CIRCULAR.read_text("utf-8").partition("附件1\n")[0]
    times = size // len(prose.encode()) + 1
    return (prose * times).encode()[:size].decode(errors="ignore")


if __name__ == "__main__":
    sys.exit(main())
