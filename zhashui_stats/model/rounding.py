"""Rounding as official figures are rounded, half up; and shares that show themselves so."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

__all__ = ["Percent", "round_half_up"]


def round_half_up(value: float | Fraction, digits: int) -> Decimal:
    """Round half up, away from zero, and never to −0.

    A whole number or a fraction is rounded exactly, a float by the shortest decimals that stand
    for it.

    >>> round_half_up(12.25, 1), round(12.25, 1)
    (Decimal('12.3'), 12.2)
    >>> round_half_up(Fraction(2, 3), 2), round_half_up(Fraction(-1, 400), 2)
    (Decimal('0.67'), Decimal('0.00'))
    """
    if isinstance(value, int | Fraction):
        return _round_exactly(Fraction(value), digits)
    # What shows itself otherwise, as Percent does, has the digits of the float that it is.
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def _round_exactly(value: Fraction, digits: int) -> Decimal:
    whole = int(abs(value) * 10**digits + Fraction(1, 2))
    # By its digits, as arithmetic on decimals would keep the first 28 of them only.
    return Decimal((int(whole > 0 > value), tuple(map(int, str(whole))), -digits))


class Percent(float):
    """A share in %: a float that shows itself with one decimal.

    >>> Percent(100 / 3), Percent(50) / 2
    (33.3%, 25.0)
    """

    def __repr__(self) -> str:
        """Show it as a sentence writes it."""
        return f"{round_half_up(self, 1)}%"

    __str__ = __repr__
