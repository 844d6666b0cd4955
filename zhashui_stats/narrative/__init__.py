"""The report's sentences: one function a paragraph, one module a part of the circular.

Each takes the period's Submissions (or its History) and returns Markdown. Every number and every
list is computed; what the tables cannot show comes from the analyst's remarks or is said to be
missing. Text from data is escaped, see ``escaping.escape``.

A sentence lives in the module of its section:

- ``opening``: title, and what the report rests on.
- ``work``: 一、工作开展情况, （一）（二）（四）.
- ``changes``: 一, what no circular tells: against earlier periods (同比, 环比).
- ``problems``: 二、存在的问题, its opening and （四）.
- ``practice``: 二（二）（三）（五）, which only a ledger shows.
- ``requirements``: 三、工作要求, （一）（二）（三）（五）.
- ``figures``: 一, 二（四）: indicators beside the total, for counties that declare any.
- ``assessed``: 三（五）, where the county says how units are assessed.
- ``checks``: 数据质量.
- ``revised``: 修订记录.

一（三）, 二（一） and 三（四） are the analyst's remarks alone (``remarks``). A section whose title
follows from its figures is ``titled``: a release takes the two apart. What sections share:
``lists``, who stands on which list; ``wording``, what units, groups and categories are called, and
whom something concerns; ``enumerations``, names in a row; ``numbers``; ``escaping``; ``prose``,
text that shows itself in a notebook.
"""

from zhashui_stats.narrative.changes import say_changes, say_comparisons, say_movers
from zhashui_stats.narrative.checks import say_checks
from zhashui_stats.narrative.figures import say_figures
from zhashui_stats.narrative.opening import say_basis, say_briefs, say_title
from zhashui_stats.narrative.practice import say_chain, say_regularity, say_rejections
from zhashui_stats.narrative.problems import say_concentration, say_imbalance, say_problems
from zhashui_stats.narrative.remarks import say_remark
from zhashui_stats.narrative.requirements import (
    say_assessment,
    say_deadlines,
    say_follow_up,
    say_limit,
    say_mechanism,
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
    "say_figures",
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
