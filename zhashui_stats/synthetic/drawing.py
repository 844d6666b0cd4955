"""Articles drawn one by one, until they add up to the counts of a period."""

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, TypeAlias

from zhashui_stats.ledger.expressions import first_unit
from zhashui_stats.model.articles import (
    CHAIN,
    PROOFREADS,
    REVIEWS,
    SYNTHETIC,
    Attribute,
    Column,
    Form,
    Status,
)

if TYPE_CHECKING:
    from zhashui_stats.model.submissions import Submissions

__all__ = [
    "FAR", "LONGEST", "ON_REQUEST", "PENDING", "REASONS", "REJECTED", "TITLE", "Article",
    "synthesize",
]  # fmt: skip

Article: TypeAlias = dict[Column, str]
"""One row: what stands in each column, dates as ISO text, empty where nothing stands."""

TITLE = f"{SYNTHETIC}稿件"
REASONS = ("错别字较多", "内容重复", "超过时效", "格式不规范", "主题不突出")

# Shares of all articles; what is left is adopted.
REJECTED, PENDING = 0.15, 0.05
# Shares of the articles that could be so.
ON_REQUEST = 0.08
_OUTSIDE, _SHARED, _HURRIED, _WITHHELD, _LATE = 0.03, 0.06, 0.12, 0.10, 0.15
_GAP_IN_CHAIN, _SAME_PERSON = 0.06, 0.04

FAR = 9  # days that an article published outside the period lies at most from it
LONGEST = 4  # days from submission to publication
_RUSH = 14 - LONGEST  # published in the last so many days, submitted in the last fortnight
# Three days of the calendar are never more than three working days, and three weeks always are.
_IN_TIME, _OVERDUE = (0, 3), (21, 40)

_PEOPLE = [stem + number for stem in "甲乙丙丁戊己庚辛壬癸" for number in "一二三四五六七八九十"]
_GROUNDS = ("涉及个人隐私", "涉及商业秘密", "内部事务信息", "过程性信息")


def synthesize(now: "Submissions", seed: int = 0) -> list[Article]:
    """Make up a ledger whose counted articles add up to the counts of a period.

    Adopted articles published within the period are as many as ``now`` says, unit by unit and
    category by category. Rejected, pending and some adopted ones published just outside the
    period stand between them. Where 三审三校 is incomplete, or signed twice by one person, it is
    evidence and no fault.

    Args:
        now: The counts (篇).
        seed: Another seed gives other articles.

    Returns:
        The articles in the order of submission; empty where there is no unit.
    """
    if not now.units:
        return []
    rng = Random(seed)
    rows = _Author(now, rng).articles()
    rng.shuffle(rows)
    rows.sort(key=lambda row: row[Column.SUBMITTED])
    for number, row in enumerate(rows, 1):
        row[Column.NUMBER] = f"HC{now.period}-{number:05}"
        row[Column.TITLE] = f"{TITLE}{number:05}：{row[Column.CATEGORY]}"
    return rows


class _Author:
    """Draws articles one by one."""

    def __init__(self, now: "Submissions", rng: Random) -> None:
        self._now, self._rng = now, rng
        self._start, self._end = now.period.start, now.period.end
        self._names = [unit.name for unit in now.units]
        self._weights = [now.count(name) + 1 for name in self._names]
        self._staff = {name: rng.sample(_PEOPLE, 8) for name in self._names}
        self._hurried = {name for name in self._names if rng.random() < _HURRIED}

    def articles(self) -> list[Article]:
        """Return all articles, not yet numbered."""
        rows = [
            self._adopted(name, category.id, self._publication(name))
            for name in self._names
            for category in self._now.county.categories
            for _ in range(self._now.count(name, category.id))
        ]
        share = len(rows) / (1 - REJECTED - PENDING)
        for number in range(2 + round(len(rows) * _OUTSIDE)):
            far = timedelta(self._rng.randint(1, FAR))
            day = self._end + far if number % 2 else self._start - far
            rows.append(self._adopted(*self._anyone(), day))
        rows.extend(self._rejected() for _ in range(1 + round(share * REJECTED)))
        rows.extend(self._waiting(Status.PENDING) for _ in range(1 + round(share * PENDING)))
        return rows

    def _anyone(self) -> tuple[str, str]:
        """Draw a unit, one that sends much more often, and the id of a category."""
        name = self._rng.choices(self._names, self._weights)[0]
        return name, self._rng.choice(self._now.county.categories).id

    def _publication(self, name: str) -> date:
        days = (self._end - self._start).days
        is_late = name in self._hurried and self._rng.random() < 0.7
        return self._end - timedelta(self._rng.randint(0, _RUSH - 1 if is_late else days))

    def _adopted(self, name: str, category: str, published: date) -> Article:
        row = self._begin(name, category, Status.ADOPTED)
        longest = self._policy(row, published) if self._interprets(category) else LONGEST
        gap = self._rng.randint(0, min(longest, LONGEST))
        row[Column.SUBMITTED] = (published - timedelta(gap)).isoformat()
        row[Column.PUBLISHED] = published.isoformat()
        self._sign(row, published - timedelta(gap), gap, len(CHAIN))
        self._spoil_chain(row)
        return row

    def _rejected(self) -> Article:
        row = self._waiting(Status.REJECTED)
        row[Column.REASON] = self._rng.choice(REASONS)
        if self._rng.random() < _WITHHELD:
            row[Column.ATTRIBUTE] = Attribute.WITHHELD.label
            row[Column.GROUNDS] = self._rng.choice(_GROUNDS)
        return row

    def _waiting(self, status: Status) -> Article:
        """Draw an article that the chain has not let pass."""
        name, category = self._anyone()
        row = self._begin(name, category, status)
        submitted = self._start + timedelta(self._rng.randint(0, (self._end - self._start).days))
        row[Column.SUBMITTED] = submitted.isoformat()
        if self._interprets(category):
            self._policy(row, submitted)
        self._sign(row, submitted, LONGEST, self._rng.randrange(len(CHAIN)))
        return row

    def _begin(self, name: str, category: str, status: Status) -> Article:
        row = dict.fromkeys(Column, "")
        others = [other for other in self._names if other != name]
        is_shared = others and self._rng.random() < _SHARED
        row[Column.UNIT] = f"{name}、{self._rng.choice(others)}" if is_shared else name
        row[Column.CATEGORY] = self._now.county.category(category).label
        row[Column.STATUS] = status.label
        is_plain = self._rng.random() >= ON_REQUEST
        row[Column.ATTRIBUTE] = (Attribute.PUBLIC if is_plain else Attribute.ON_REQUEST).label
        row[Column.NATURE] = SYNTHETIC
        return row

    def _interprets(self, category: str) -> bool:
        return category == self._now.county.ledger.interpretation

    def _policy(self, row: Article, day: date) -> int:
        """Say which policy is interpreted; return how many days it is older than ``day``."""
        span = _OVERDUE if self._rng.random() < _LATE else _IN_TIME
        days = self._rng.randint(*span)
        row[Column.POLICY] = (day - timedelta(days)).isoformat()
        row[Column.FORM] = self._rng.choice(list(Form)).label
        return days

    def _sign(self, row: Article, first: date, gap: int, signed: int) -> None:
        """Let so many of the chain sign, six people one after another."""
        people = self._rng.sample(self._staff[first_unit(row[Column.UNIT])], len(CHAIN))
        days = sorted(self._rng.randint(0, gap) for _ in CHAIN)
        signatures = zip(CHAIN, people, days, strict=True)
        for (who, when), person, day in list(signatures)[:signed]:
            row[who] = person
            row[when] = (first + timedelta(day)).isoformat()

    def _spoil_chain(self, row: Article) -> None:
        roll = self._rng.random()
        if roll < _GAP_IN_CHAIN:
            for column in self._rng.choice(CHAIN):
                row[column] = ""
        elif roll < _GAP_IN_CHAIN + _SAME_PERSON:
            (twice, _), (other, _) = self._rng.sample(self._rng.choice((REVIEWS, PROOFREADS)), 2)
            row[twice] = row[other]
