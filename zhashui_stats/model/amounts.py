"""Amounts: what a figure comes to, exact until it is shown.

A count is a whole number. Points and rates are fractions (``fractions.Fraction``), as no binary
float stands on the way to a printed figure: 0.285 shows as 0.29. An amount that is undefined, as
its divisor is 0, is ``None``; it shows as ``—`` and never as 0.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from zhashui_stats.model.rounding import round_half_up

__all__ = ["UNDEFINED", "Amount", "Amounts", "show_amount", "write_amount"]

Amount: TypeAlias = int | Fraction
"""What a figure comes to, in its unit."""

Amounts: TypeAlias = Mapping[str, Mapping[str, Amount]]
"""Unit name -> id of a figure -> amount."""

UNDEFINED = "—"
"""What stands for an amount that is undefined."""


def show_amount(amount: Amount | None, decimals: int = 0) -> str:
    """Write an amount with so many decimals, half up; what is undefined as ``—``.

    >>> show_amount(Fraction("0.285"), 2), show_amount(-2), show_amount(None)
    ('0.29', '−2', '—')
    """
    if amount is None:
        return UNDEFINED
    return write_amount(amount, decimals).replace("-", "−")


def write_amount(amount: Amount, decimals: int = 0) -> str:
    """Write an amount for programs, half up: in ASCII, with so many decimals.

    >>> write_amount(Fraction("-0.285"), 2), write_amount(7)
    ('-0.29', '7')
    """
    return str(round_half_up(amount, decimals))
