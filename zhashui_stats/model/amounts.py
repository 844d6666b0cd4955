"""Amounts: what a figure comes to, exact until it is shown.

A count is a whole number. Points and rates are fractions (``fractions.Fraction``), as no binary
float stands on the way to a printed figure: 0.285 shows as 0.29. An amount that is undefined, as
its divisor is 0, is ``None``; it shows as ``—`` and never as 0.
"""

from fractions import Fraction
from typing import TypeAlias

from zhashui_stats.model.rounding import round_half_up

__all__ = ["UNDEFINED", "Amount", "show_amount"]

Amount: TypeAlias = int | Fraction
"""What a figure comes to, in its unit."""

UNDEFINED = "—"
"""What stands for an amount that is undefined."""


def show_amount(amount: Amount | None, decimals: int = 0) -> str:
    """Write an amount with so many decimals, half up; what is undefined as ``—``.

    >>> show_amount(Fraction("0.285"), 2), show_amount(-2), show_amount(None)
    ('0.29', '−2', '—')
    """
    if amount is None:
        return UNDEFINED
    return str(round_half_up(amount, decimals)).replace("-", "−")
