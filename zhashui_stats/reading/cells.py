"""Single cells: a count (篇), a label, a header."""

import re
from datetime import date, time, timedelta

from zhashui_stats.errors import FaultKind
from zhashui_stats.model.names import DASHES, fold_heading
from zhashui_stats.reading.sheets import Formula, SheetCell, say_cell

__all__ = ["BadCount", "fold_header", "is_blank", "is_nothing", "read_count"]

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_MINUS = dict.fromkeys(map(ord, DASHES), "-")
_NUMBER = re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?", re.ASCII)
# More than this is a telephone number or a date, not a count; it also fits every later sum.
_MOST = 999_999_999


class BadCount(ValueError):
    """A cell that holds no count.

    Attributes:
        kind: The kind of the fault.
    """

    def __init__(self, kind: FaultKind) -> None:
        """Keep the kind."""
        self.kind = kind
        super().__init__(kind.label)


def read_count(cell: SheetCell) -> int:
    """Return the count (篇) of a cell; blank cells, a lone dash and ``/`` are 0.

    Raises:
        BadCount: It is no whole number from 0.

    >>> [read_count(cell) for cell in (7, "１２", "1,234", "3.0", None, "——", "/")]
    [7, 12, 1234, 3, 0, 0, 0]
    """
    match cell:
        case Formula():
            raise BadCount(FaultKind.NO_CACHED_VALUE)
        case bool() | date() | time() | timedelta():
            raise BadCount(FaultKind.NOT_WHOLE_NUMBER)
        case int() | float():
            return _whole(cell)
        case _:
            return _from_text(_folded(cell))


def is_blank(cell: SheetCell) -> bool:
    """Tell whether nothing stands in the cell."""
    return say_cell(cell) == ""


def is_nothing(cell: SheetCell) -> bool:
    """Tell whether the cell counts 0, blank cells included."""
    try:
        return read_count(cell) == 0
    except BadCount:
        return False


def fold_header(cell: SheetCell) -> str:
    """Fold a header: white space and what stands in brackets never matter.

    >>> fold_header("政务公开 类信息（篇）")
    '政务公开类信息'
    """
    return fold_heading(say_cell(cell))


def _folded(cell: str | None) -> str:
    """Fold full-width forms only: other foldings would read 12² as 122."""
    return (cell or "").translate(_FULL_WIDTH).strip()


def _whole(number: float) -> int:
    # The first comparison is false for what is no number at all.
    if not abs(number) <= _MOST or number != int(number):
        raise BadCount(FaultKind.NOT_WHOLE_NUMBER)
    if number < 0:
        raise BadCount(FaultKind.NEGATIVE)
    return int(number)


def _from_text(text: str) -> int:
    if text == "/" or not text.strip(DASHES + " "):
        return 0
    if text.startswith("="):
        raise BadCount(FaultKind.NO_CACHED_VALUE)
    match = _NUMBER.fullmatch(text.translate(_MINUS))
    if not match or (match[3] or "").strip(".0"):
        raise BadCount(FaultKind.NOT_WHOLE_NUMBER)
    digits = match[2].replace(",", "").lstrip("0") or "0"
    if len(digits) > len(str(_MOST)):
        raise BadCount(FaultKind.NOT_WHOLE_NUMBER)
    return _whole(int(match[1] + digits))
