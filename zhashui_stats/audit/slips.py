"""Likely slips: what a wrong figure may have been mistaken for."""

from fractions import Fraction

from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.model.units import Unit

__all__ = ["near_slips", "say_slip"]


def near_slips(number: int) -> set[int]:
    """Return what a number becomes by one slip: one more or less, a zero, swapped digits.

    >>> sorted(near_slips(21))
    [2, 12, 20, 22, 210]
    """
    digits = str(number)
    swapped = {
        int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])
        for i in range(len(digits) - 1)
    }
    return {number - 1, number + 1, number * 10, number // 10, *swapped} - {number}


def say_slip(
    facts: Facts, claimed: Fraction, actual: int | None, unit: Unit | None, scope: Scope
) -> str:
    """Say where a wrong figure may come from; empty where nothing points anywhere."""
    if actual is None or claimed.denominator != 1:
        return ""
    number = int(claimed)
    if unit and (reason := _elsewhere(facts, number, unit, scope)):
        return reason
    if sorted(str(number)) == sorted(str(actual)) and len(str(number)) > 1:
        return "可能是数字颠倒"
    if number in (actual * 10, actual // 10) and number:
        return "可能是多写或少写了一位"
    if len(str(number)) == len(str(actual)) > 1 and _differing(str(number), str(actual)) == 1:
        return "可能是其中一位写错"
    return _other_total(facts, number, scope) if unit is None else ""


def _elsewhere(facts: Facts, number: int, unit: Unit, scope: Scope) -> str:
    """Find the figure at another unit of the category, or in another category of the unit."""
    if not number:
        return ""
    for category in facts.county.categories:
        if scope.category and category != scope.category and facts.count(unit, category) == number:
            return f"与{unit.name}{category.label}的数相同，可能串了类别"
    same = [
        other.name
        for other in facts.units(Scope())
        if other != unit and facts.count(other, scope.category) == number
    ]
    return f"与{same[0]}的数相同，可能串了行" if len(same) == 1 else ""


def _other_total(facts: Facts, number: int, scope: Scope) -> str:
    for groups in ((), *((group.id,) for group in facts.county.groups)):
        for category in (None, *facts.county.categories):
            other = Scope(groups, category)
            if other != scope and number and facts.total(other) == number:
                return f"与{facts.say_scope(other)}的合计相同，可能取错了范围"
    return ""


def _differing(first: str, second: str) -> int:
    return sum(a != b for a, b in zip(first, second, strict=True))
