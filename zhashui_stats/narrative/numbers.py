"""Numbers as a sentence writes them: counts, decimals, per cent."""

from fractions import Fraction

from zhashui_stats.model.amounts import Amount
from zhashui_stats.model.rounding import round_half_up

__all__ = ["say_amount", "say_count", "say_decimal", "say_half", "say_percent"]


def say_count(name: str, count: Amount, measure: str, *, each: bool = False) -> str:
    """Say a count after its name; brackets keep a name's own digits or letters apart from it.

    Args:
        name: What is counted; the last of several names.
        count: How many (篇).
        measure: The measure word, 篇.
        each: Whether several names share the count.

    >>> say_count("下梁镇", 9, "篇"), say_count("专班2", 5, "篇", each=True)
    ('下梁镇9篇', '专班2（各5篇）')
    """
    return say_amount(name, f"{count}{measure}", each=each)


def say_amount(name: str, said: str, *, each: bool = False) -> str:
    """Say an amount, written with its unit, after its name; else as ``say_count``."""
    said = f"{'各' if each else ''}{said}"
    runs_on = name[-1:].isdigit() or (name[-1:].isascii() and name[-1:].isalpha())
    return f"{name}（{said}）" if runs_on else f"{name}{said}"


def say_decimal(value: float | Fraction, digits: int) -> str:
    """Round half up, as official figures are rounded, and keep the trailing zeros.

    >>> say_decimal(12.25, 1), say_decimal(0.5, 2), say_decimal(-0.04, 1)
    ('12.3', '0.50', '0.0')
    """
    return str(round_half_up(value, digits))


def say_half(value: Amount) -> str:
    """Say a whole number or a half, as medians of counts are.

    >>> say_half(2), say_half(Fraction(3, 2))
    ('2', '1.5')
    """
    return say_decimal(value, 0 if Fraction(value).denominator == 1 else 1)


def say_percent(value: float | Fraction) -> str:
    """Say a share in per cent, with one decimal.

    >>> say_percent(100 / 3)
    '33.3%'
    """
    return f"{round_half_up(value, 1)}%"
