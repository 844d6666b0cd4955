"""Whose brief a test looks at."""

from zhashui_stats.briefs.brief import Brief
from zhashui_stats.comparison import History
from zhashui_stats.model.submissions import Submissions


def brief_of(unit: str, *series: Submissions) -> Brief:
    """Return the brief of a unit in a period, with the earlier ones; a blank is the first unit."""
    return Brief.of(History(series), unit)
