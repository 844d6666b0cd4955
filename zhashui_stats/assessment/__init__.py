"""Evidence from a ledger (台账): pure functions of a checked ``Ledger``, and their answers.

- ``evidence``: all answers of a period, None where its ledger cannot tell.
- ``adoption``: what became of the articles (采用率), and in ``rejection_reasons`` why not.
- ``review_chain``: three reviews, three proofreads, signed and dated (三审三校).
- ``disclosure``: the disclosure attribute and its grounds (公开属性).
- ``timeliness``: working days from policy to interpretation (时效), and in ``forms`` in which form.
- ``regularity``: how sending in is spread over the period (常态化): ``monthly_counts``,
  ``idle_months``, ``regular_units``, ``rush``.
- ``working_days``: of the Chinese calendar (工作日).
- ``by_unit``: what is told of every unit: complete, in the order of the annexes, as a table too.
- ``cells``: cells as text that is never null.

Each groups the articles once or twice in the engine that holds them, and looks only at that
small result. A function says which columns its ledger has beside the required ones;
``Evidence(now.ledger)`` looks before it asks, and asks each question once.
"""

from zhashui_stats.assessment.adoption import Adoption, adoption, rejection_reasons
from zhashui_stats.assessment.by_unit import ByUnit
from zhashui_stats.assessment.disclosure import Disclosure, disclosure
from zhashui_stats.assessment.evidence import Evidence, Regularity
from zhashui_stats.assessment.regularity import (
    Rush,
    RushCount,
    Unplaced,
    idle_months,
    monthly_counts,
    regular_units,
    rush,
)
from zhashui_stats.assessment.review_chain import ReviewChain, review_chain
from zhashui_stats.assessment.timeliness import Forms, Timeliness, forms, timeliness
from zhashui_stats.assessment.working_days import UnknownYear, working_days

__all__ = [
    "Adoption",
    "ByUnit",
    "Disclosure",
    "Evidence",
    "Forms",
    "Regularity",
    "ReviewChain",
    "Rush",
    "RushCount",
    "Timeliness",
    "UnknownYear",
    "Unplaced",
    "adoption",
    "disclosure",
    "forms",
    "idle_months",
    "monthly_counts",
    "regular_units",
    "rejection_reasons",
    "review_chain",
    "rush",
    "timeliness",
    "working_days",
]
