"""Cells of indicators: every spelling of a number, and what is none."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.errors import FaultKind
from zhashui_stats.model.amounts import show_amount, write_amount
from zhashui_stats.model.formulas import Formula as Rule
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.reading.cells import BadCount, read_amount, read_printed
from zhashui_stats.reading.sheets import Formula, Percentage

PIECES = Indicator("pieces", "报送", "条")
SCORE = Indicator("score", "得分", "分", decimals=2)
BONUS = Indicator("bonus", "加分", "分", decimals=1, negative=True)
RATE = Indicator("rate", "合格率", "%", decimals=1)
WORKED_OUT = Indicator("out", "采用率", "%", decimals=1, formula=Rule.parse("total"))
WHOLE, NUMBER = FaultKind.NOT_WHOLE_NUMBER, FaultKind.NOT_A_NUMBER
LONG, BELOW, CACHED = FaultKind.TOO_MANY_DECIMALS, FaultKind.NEGATIVE, FaultKind.NO_CACHED_VALUE


@pytest.mark.parametrize(
    ("cell", "indicator", "amount"),
    [
        (7, PIECES, 7), ("１２", PIECES, 12), ("1,234", PIECES, 1234), ("3.00", PIECES, 3),
        (3.0, PIECES, 3), (None, PIECES, 0), ("——", PIECES, 0), ("/", PIECES, 0),
        ("0" * 5000, PIECES, 0), ("-0", PIECES, 0), (-0.0, SCORE, 0),
        ("3.5", SCORE, Fraction(7, 2)), ("3.5000", SCORE, Fraction(7, 2)),
        ("1,234.05", SCORE, Fraction("1234.05")), ("１２．５", SCORE, Fraction(25, 2)),
        ("3." + "0" * 9000, SCORE, 3), (12.299999999999999, SCORE, Fraction("12.3")),
        (0.1 + 0.2, SCORE, Fraction("0.3")), (0.28, SCORE, Fraction("0.28")),
        ("-0.5", BONUS, Fraction(-1, 2)), ("−0.5", BONUS, Fraction(-1, 2)),
        ("－０．５", BONUS, Fraction(-1, 2)), (-2, BONUS, -2), ("–1,000", BONUS, -1000),
        ("87.5%", RATE, Fraction(175, 2)), ("87.5 ％", RATE, Fraction(175, 2)),
        (87.5, RATE, Fraction(175, 2)), (Percentage(0.875), RATE, Fraction(175, 2)),
        (Percentage(0.07), RATE, 7), (Percentage(1), RATE, 100), ("0%", RATE, 0),
    ],
)  # fmt: skip
def test_amounts(cell, indicator, amount):
    """Whatever stands there is read exactly, a whole number as such."""
    found = read_amount(cell, indicator)

    assert (amount, int if amount == int(amount) else Fraction) == (found, type(found))


@pytest.mark.parametrize(
    ("cell", "indicator", "kind"),
    [
        *((cell, PIECES, WHOLE) for cell in (
            "3.5", 3.5, "7条", "七", "(3)", "（3）", "3%", Percentage(0.5), True, date(2022, 7, 8),
            "1e3", "9" * 10, "9" * 10_000, 10**400, 1e308, float("nan"), float("inf"), "NaN",
            "inf", "0." + "1" * 10_000, "#REF!", "1,23", "+3", "3.", ".5", "٣",
        )),
        *((cell, SCORE, NUMBER) for cell in (
            "3.5分", "(3)", "3.5%", Percentage(0.5), False, 1e308, "1e308", float("nan"), "NaN",
            "inf", "9" * 10_000, "3..5", "1.2.3", "1 8", "½", "#DIV/0!", 10**400,
        )),
        *((cell, SCORE, LONG) for cell in (
            "3.555", 3.555, 1 / 3, 5e-324, "0." + "0" * 9000 + "1", "0.001",
        )),
        *((cell, SCORE, BELOW) for cell in ("-0.5", "−0.01", -3, "－１")),
        ("87.55%", RATE, LONG), (Percentage(0.8755), RATE, LONG), ("%", RATE, NUMBER),
        ("5%%", RATE, NUMBER), ("-5%", RATE, BELOW), ("-0.55", BONUS, LONG),
        *((cell, SCORE, CACHED) for cell in (Formula.WITHOUT_VALUE, "=1+1", "＝SUM(A1)")),
    ],
)  # fmt: skip
def test_what_is_no_amount(cell, indicator, kind):
    """It is a fault of its kind, never a guess."""
    with pytest.raises(BadCount) as caught:
        read_amount(cell, indicator)

    assert kind is caught.value.kind


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("87.50%", "87.50"), ("87", "87"), (87.5, "87.5"), (1 / 3, "0.333333333333333"),
        (Percentage(0.875), "87.5"), ("-1,000.5", "-1000.5"), (0, "0"), ("100.0", "100.0"),
        ("1." + "0" * 9000, "1." + "0" * 15),
        (None, None), ("—", None), ("/", None), ("#DIV/0!", None), (" ", None),
    ],
)  # fmt: skip
def test_what_a_formulas_cell_prints(cell, number):
    """Its decimals are kept, any number of them; a dash says that it is undefined."""
    found = read_printed(cell, WORKED_OUT)

    assert number == (None if found is None else str(found))


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("约87%", NUMBER), (True, NUMBER), ("#REF!", NUMBER), ("9" * 10, NUMBER), (1e308, NUMBER),
        ("0." + "1" * 10_000, LONG), ("=A1/B1", CACHED), (Formula.WITHOUT_VALUE, CACHED),
    ],
)  # fmt: skip
def test_what_a_formulas_cell_cannot_print(cell, kind):
    """A column that is there holds numbers."""
    with pytest.raises(BadCount) as caught:
        read_printed(cell, WORKED_OUT)

    assert kind is caught.value.kind


NUMBERS = st.decimals(-999_999, 999_999, places=2, allow_nan=False).map(lambda d: d.normalize())
POINTS = Indicator("points", "积分", "%", decimals=2, negative=True)


def spellings(number: Decimal) -> list[object]:
    """Write a number in every way that a table may have it."""
    text = f"{number:f}"
    return [
        text, f"{number:,f}", f"{number:.2f}", f"{text}%", f"{text} ％", f" {text}\u3000",
        text.replace("-", "−"), text.translate({code: code + 0xFEE0 for code in range(33, 127)}),
        float(number), Percentage(float(number.scaleb(-2))),
        write_amount(Fraction(number), 2), show_amount(Fraction(number), 4),
    ]  # fmt: skip


@given(NUMBERS)
def test_every_spelling_reads_the_same(number):
    """Separators, signs, widths and binary floats change nothing."""
    assert {Fraction(number)} == {read_amount(cell, POINTS) for cell in spellings(number)}


@given(st.text(max_size=12) | st.floats() | st.integers() | st.binary().map(str))
def test_no_cell_crashes(cell):
    """Whatever stands there is an exact amount with few decimals, or refused."""
    try:
        amount = read_amount(cell, POINTS)
    except BadCount:
        return
    assert (amount * 100).denominator == 1
    assert abs(amount) <= 100 * 999_999_999
