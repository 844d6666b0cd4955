"""The report's sentences: one function a paragraph, one module a part of the circular.

Each takes the period's Submissions (or its History) and returns Markdown. Every number and every
list is computed; what the tables cannot show comes from the analyst's remarks or is said to be
missing. Text from data is escaped, see ``phrases.escape``.

``opening`` is the title and what the report rests on; ``work``, ``problems`` and ``requirements``
are the circular's sections 一, 二 and 三, and ``practice`` those points of 二 that only a ledger
shows; ``changes``, ``checks`` and ``revised`` say what no circular does: how the period compares,
what was checked, and what was revised. ``lists`` holds who is on which list, ``remarks`` quotes the
analyst, ``wording`` is what the sections share, and ``phrases`` words for numbers and lists.
"""

from zhashui_stats.narrative.changes import say_changes, say_comparisons, say_movers
from zhashui_stats.narrative.checks import say_checks
from zhashui_stats.narrative.opening import say_basis, say_briefs, say_title
from zhashui_stats.narrative.practice import (
    say_chain,
    say_mechanism,
    say_regularity,
    say_rejections,
)
from zhashui_stats.narrative.problems import say_concentration, say_imbalance, say_problems
from zhashui_stats.narrative.remarks import say_remark
from zhashui_stats.narrative.requirements import (
    say_assessment,
    say_deadlines,
    say_follow_up,
    say_limit,
)
from zhashui_stats.narrative.revised import say_revisions
from zhashui_stats.narrative.work import say_balance, say_participation, say_quality, say_totals

__all__ = [
    "say_assessment",
    "say_balance",
    "say_basis",
    "say_briefs",
    "say_chain",
    "say_changes",
    "say_checks",
    "say_comparisons",
    "say_concentration",
    "say_deadlines",
    "say_follow_up",
    "say_imbalance",
    "say_limit",
    "say_mechanism",
    "say_movers",
    "say_participation",
    "say_problems",
    "say_quality",
    "say_regularity",
    "say_rejections",
    "say_remark",
    "say_revisions",
    "say_title",
    "say_totals",
]
