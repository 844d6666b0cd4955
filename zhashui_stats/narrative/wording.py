"""What sentences of several sections share: how units, groups and categories are named."""

from zhashui_stats.aggregate import ranked
from zhashui_stats.county import Category, Group
from zhashui_stats.phrases import escape, say_category
from zhashui_stats.submissions import Submissions

__all__ = [
    "NAMED",
    "ROOM",
    "all_equal",
    "name_category",
    "name_everyone",
    "name_group",
    "say_both",
]

NAMED = 5
"""How many leading units a sentence names; whoever ties with the last is named too."""

ROOM = 30
"""How many names a sentence has room for before it points to the annex."""


def name_category(category: Category) -> str:
    """Name what a category counts, such as 政务动态信息."""
    return escape(say_category(category.label))


def name_group(group: Group, scope: Submissions) -> str:
    """Name a group by its size, and a group of one by its unit."""
    if len(scope.units) == 1:
        return escape(scope.units[0].name)
    return f"{len(scope.units)}个{escape(group.label)}"


def name_everyone(now: Submissions) -> str:
    """Name all units together, and a single one by its name."""
    return "各单位" if len(now.units) > 1 else escape(now.units[0].name)


def say_both(scope: Submissions) -> str:
    """Say 均 where there are several units to share what is said."""
    return "均" if len(scope.units) > 1 else ""


def all_equal(scope: Submissions, category: str | None = None) -> bool:
    """Tell whether all units have the same count, of one category or in total."""
    return len(ranked(scope, category)) == 1
