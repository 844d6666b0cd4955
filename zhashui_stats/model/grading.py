"""The yearly assessment (考核) of section 三（五）: by which figure, and its grades."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhashui_stats.model.amounts import Amount

__all__ = ["Assessment", "Grade"]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (等次).

    Attributes:
        label: Such as 优秀.
        at_least: What a unit needs for it, inclusive; None: everyone who has less than the others.
    """

    label: str
    at_least: Amount | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """How units are assessed.

    Attributes:
        by: Id of the category or indicator; None: the total.
        within_groups: Whether ranks are within each group; else among all units.
        grades: From the best down.
    """

    by: str | None = None
    within_groups: bool = True
    grades: tuple[Grade, ...] = ()

    def grade(self, amount: Amount | None) -> Grade | None:
        """Return the grade of an amount; None where it is undefined, or reaches none.

        >>> found = Assessment(grades=(Grade("优秀", 90), Grade("合格", 60))).grade(60)
        >>> found.label if found else ""
        '合格'
        """
        return _first_reached(self.grades, amount)


def _first_reached(grades: Iterable[Grade], amount: Amount | None) -> Grade | None:
    if amount is None:
        return None
    for grade in grades:
        if grade.at_least is None or amount >= grade.at_least:
            return grade
    return None
