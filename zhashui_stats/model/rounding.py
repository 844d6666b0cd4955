"""Rounding as official figures are rounded, half up; and shares that show themselves so."""

from decimal import ROUND_HALF_UP, Decimal

__all__ = ["Percent", "round_half_up"]


def round_half_up(value: float, digits: int) -> Decimal:
    """Round half up by the shortest decimals that stand for the value, and never to −0.

    >>> round_half_up(12.25, 1), round(12.25, 1)
    (Decimal('12.3'), 12.2)
    """
    # What shows itself otherwise, as Percent does, has the digits of the float that it is.
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


class Percent(float):
    """A share in %: a float that shows itself with one decimal.

    >>> Percent(100 / 3), Percent(50) / 2
    (33.3%, 25.0)
    """

    def __repr__(self) -> str:
        """Show it as a sentence writes it."""
        return f"{round_half_up(self, 1)}%"

    __str__ = __repr__
