"""Likely slips: where a wrong figure may come from."""

from fractions import Fraction

import pytest

from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.audit.slips import near_slips, say_slip
from zhashui_stats.model.county import Category

from .small import COUNTY, NOW, PERIOD, ROSTER

FACTS = Facts(COUNTY, ROSTER, PERIOD, NOW)
DISCLOSURE, INTERPRETATION, NEWS = COUNTY.categories


def _unit_slip(name: str, claimed: int, category: Category) -> str:
    unit = ROSTER.resolve(name)
    actual = FACTS.count(unit, category)
    return say_slip(FACTS, Fraction(claimed), actual, unit, Scope((), category))


@pytest.mark.parametrize(
    ("number", "slips"),
    [(21, {2, 12, 20, 22, 210}), (0, {-1, 1}), (11, {1, 10, 12, 110}), (5, {0, 4, 6, 50})],
)
def test_near_slips(number: int, slips: set[int]) -> None:
    """One more or less, a zero more or less, two digits swapped; never the number itself."""
    assert slips == near_slips(number)


@pytest.mark.parametrize(
    ("name", "claimed", "category", "reason"),
    [
        ("己局", 20, NEWS, "与己局政务公开的数相同，可能串了类别"),
        ("庚局", 50, NEWS, "与甲镇的数相同，可能串了行"),
        ("庚局", 12, NEWS, "可能是数字颠倒"),
        ("己局", 300, NEWS, "可能是多写或少写了一位"),
        ("己局", 3, NEWS, "与己局政策解读的数相同，可能串了类别"),
        ("己局", 80, NEWS, "可能是其中一位写错"),
        ("己局", 123, NEWS, ""),
    ],
)
def test_a_units_slip(name: str, claimed: int, category: Category, reason: str) -> None:
    """Another category or unit goes before a slip of the hand; where nothing points, nothing."""
    assert reason == _unit_slip(name, claimed, category)


def test_a_figure_that_many_units_have_points_nowhere() -> None:
    """庚局 and 乙镇 both have 21: that says nothing on whose row it was."""
    assert "串了行" not in _unit_slip("甲镇", 21, NEWS)


def test_a_total_taken_from_another_scope() -> None:
    """A total that is another scope's total says which."""
    reason = say_slip(FACTS, Fraction(87), 167, None, Scope((), NEWS))

    assert "与镇办·政务动态的合计相同，可能取错了范围" == reason


@pytest.mark.parametrize(("claimed", "actual"), [(Fraction(5, 2), 3), (Fraction(3), None)])
def test_what_is_no_count_has_no_slip(claimed: Fraction, actual: int | None) -> None:
    """A broken number, or a figure that the tables do not have, points nowhere."""
    assert "" == say_slip(FACTS, claimed, actual, None, Scope())
