"""Single cells: a count (篇), an amount of an indicator, a label, a header."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction

from zhashui_stats.errors import FaultKind
from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.names import DASHES, drop_invisible, fold_heading
from zhashui_stats.reading.sheets import Formula, Percentage, SheetCell, say_cell

__all__ = [
    "MOST",
    "MOST_DECIMALS",
    "BadCount",
    "count_decimals",
    "fold_header",
    "is_blank",
    "is_nothing",
    "is_number",
    "read_amount",
    "read_count",
    "read_printed",
]

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_MINUS = dict.fromkeys(map(ord, DASHES), "-")
_NUMBER = re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?( *%)?", re.ASCII)
MOST = 999_999_999
"""More is a telephone number or a date, not a count; it also fits every later sum."""

MOST_DECIMALS = 15
"""So many digits of a number does a spreadsheet keep; what stands behind them is noise."""

_DIVIDED_BY_ZERO = "#DIV/0!"


class BadCount(ValueError):
    """A cell that holds no count, or no amount of an indicator.

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
            return _count_in_text(_folded(cell))


def read_amount(cell: SheetCell, indicator: Indicator) -> Amount:
    """Return the exact amount of a counted indicator; blank cells, a lone dash and ``/`` are 0.

    Raises:
        BadCount: It is no number, has more decimals than the indicator, or is below 0 where none
            may be.

    >>> rate = Indicator("rate", "合格率", "%", decimals=1)
    >>> [read_amount(cell, rate) for cell in (12.299999999999999, "87.50％", "—")]
    [Fraction(123, 10), Fraction(175, 2), 0]
    """
    number = _number(cell, indicator)
    if number is None:
        return 0
    amount = Fraction(number)
    if (amount * 10**indicator.decimals).denominator != 1:
        raise BadCount(
            FaultKind.TOO_MANY_DECIMALS if indicator.decimals else FaultKind.NOT_WHOLE_NUMBER
        )
    if amount < 0 and not indicator.negative:
        raise BadCount(FaultKind.NEGATIVE)
    return int(amount) if amount.denominator == 1 else amount


def read_printed(cell: SheetCell, indicator: Indicator) -> Decimal | None:
    """Return the number that a cell prints of a formula, with the decimals that it prints.

    A lone dash, ``/`` and ``#DIV/0!`` say that it is undefined: None; so is a blank cell.

    Raises:
        BadCount: It is no number.

    >>> rate = Indicator("rate", "采用率", "%")
    >>> [read_printed(cell, rate) for cell in ("87.50%", 1 / 3, "—")]
    [Decimal('87.50'), Decimal('0.333333333333333'), None]
    """
    return None if say_cell(cell) == _DIVIDED_BY_ZERO else _number(cell, indicator)


def count_decimals(number: Decimal) -> int:
    """Return how many decimals a number is printed with.

    >>> [count_decimals(Decimal(text)) for text in ("87.50", "87", "1E+2")]
    [2, 0, 0]
    """
    return max(0, -int(number.as_tuple().exponent))


def is_blank(cell: SheetCell) -> bool:
    """Tell whether nothing stands in the cell, or nothing that can be seen."""
    return not drop_invisible(say_cell(cell)).strip()


def is_nothing(cell: SheetCell) -> bool:
    """Tell whether the cell counts 0, blank cells included."""
    try:
        return read_count(cell) == 0
    except BadCount:
        return False


def is_number(cell: SheetCell) -> bool:
    """Tell whether a number stands in the cell, of whatever kind.

    >>> [is_number(cell) for cell in (7, "１,234", "-0.5", "87.5%", "12篇", True, None)]
    [True, True, True, True, False, False, False]
    """
    if isinstance(cell, str):
        return bool(_NUMBER.fullmatch(_folded(cell).translate(_MINUS)))
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def fold_header(cell: SheetCell) -> str:
    """Fold a header: white space and what stands in brackets never matter.

    >>> fold_header("政务公开 类信息（篇）")
    '政务公开类信息'
    """
    return fold_heading(say_cell(cell))


def _folded(cell: str | None) -> str:
    """Fold full-width forms only: other foldings would read 12² as 122."""
    return drop_invisible(cell or "").translate(_FULL_WIDTH).strip()


# --- Counts -------------------------------------------------------------------------------------


def _whole(number: float) -> int:
    # The first comparison is false for what is no number at all.
    if not abs(number) <= MOST or number != int(number):
        raise BadCount(FaultKind.NOT_WHOLE_NUMBER)
    if number < 0:
        raise BadCount(FaultKind.NEGATIVE)
    return int(number)


def _count_in_text(text: str) -> int:
    match = _written(text, FaultKind.NOT_WHOLE_NUMBER)
    if match is None:
        return 0
    if match[4] or (match[3] or "").strip("0"):
        raise BadCount(FaultKind.NOT_WHOLE_NUMBER)
    return _whole(int(match[1] + _whole_digits(match, FaultKind.NOT_WHOLE_NUMBER)))


# --- Amounts ------------------------------------------------------------------------------------


def _number(cell: SheetCell, indicator: Indicator) -> Decimal | None:
    """Return a number by its digits; None where nothing stands there, or a dash or a slash."""
    is_whole = indicator.is_counted and not indicator.decimals
    unreadable = FaultKind.NOT_WHOLE_NUMBER if is_whole else FaultKind.NOT_A_NUMBER
    match cell:
        case Formula():
            raise BadCount(FaultKind.NO_CACHED_VALUE)
        case bool() | date() | time() | timedelta():
            raise BadCount(unreadable)
        case int() | float():
            if not abs(cell) <= MOST:  # false for what is no number at all, too
                raise BadCount(unreadable)
            if not isinstance(cell, Percentage):
                return Decimal(f"{cell:.15g}")
            if not indicator.is_rate:
                raise BadCount(unreadable)
            return cell.percent
        case _:
            return _number_in_text(_folded(cell), unreadable, indicator)


def _number_in_text(text: str, unreadable: FaultKind, indicator: Indicator) -> Decimal | None:
    match = _written(text, unreadable)
    if match is None:
        return None
    if match[4] and not indicator.is_rate:
        raise BadCount(unreadable)
    decimals = match[3] or ""
    if len(decimals.rstrip("0")) > MOST_DECIMALS:
        raise BadCount(FaultKind.TOO_MANY_DECIMALS if indicator.decimals else unreadable)
    return Decimal(f"{match[1]}{_whole_digits(match, unreadable)}.{decimals[:MOST_DECIMALS]}")


# --- Both ---------------------------------------------------------------------------------------


def _written(text: str, unreadable: FaultKind) -> re.Match[str] | None:
    """Return the parts of a number: sign, whole digits, decimals, %; None where there is none."""
    if text == "/" or not text.strip(DASHES + " "):
        return None
    if text.startswith("="):
        raise BadCount(FaultKind.NO_CACHED_VALUE)
    match = _NUMBER.fullmatch(text.translate(_MINUS))
    if not match:
        raise BadCount(unreadable)
    return match


def _whole_digits(match: re.Match[str], unreadable: FaultKind) -> str:
    digits = match[2].replace(",", "").lstrip("0") or "0"
    if len(digits) > len(str(MOST)):
        raise BadCount(unreadable)
    return digits
