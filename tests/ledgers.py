"""Periods counted from small ledgers made by hand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from zhashui_stats.ledger import Ledger, count_articles
from zhashui_stats.model.articles import CHAIN, Column
from zhashui_stats.model.county import Category, County, Group, LedgerSettings, Requirements
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster, Unit

Article = dict[str, str]

UNITS = {"镇办": ("甲镇", "乙镇", "丙镇"), "部门单位": ("A局", "B局")}
ARTICLE = {
    "投稿单位": "甲镇", "类别": "政务动态", "投稿日期": "2022-03-01", "发布日期": "2022-03-02",
    "状态": "采用",
}  # fmt: skip
REJECTED = {"发布日期": "", "状态": "退稿"}
PENDING = {"发布日期": "", "状态": "待审"}
SOUND = {
    cell: text
    for place, (who, when) in enumerate(CHAIN)
    for cell, text in ((who.label, f"签{place}"), (when.label, f"2022-02-0{place + 1}"))
}
"""A chain with nothing wrong: six people on six days."""


def sent(unit: str, *days: str, **cells: str) -> list[Article]:
    """Make an adopted article of a unit for each day, such as 03-01, on which it was sent in."""
    return [{"投稿单位": unit, "投稿日期": f"2022-{day}" if day else "", **cells} for day in days]


def period_of(
    articles: Sequence[Article],
    units: Mapping[str, Iterable[str]] = UNITS,
    period: str = "2022H1",
    *,
    without: Iterable[Column] = (),
    remarks: Mapping[str, str] | None = None,
    measure: str = "篇",
    days: int | None = None,
    since: Mapping[str, str] | None = None,
    file: str = "台账",
    **settings: Any,
) -> Submissions:
    """Count a ledger, and keep it with the counts.

    Args:
        articles: What differs from ``ARTICLE``; the titles are numbered.
        units: Group -> units; labels are ids.
        period: When.
        without: Columns that the ledger lacks.
        remarks: The analyst's paragraphs.
        measure: The measure word.
        days: Working days within which an interpretation is due.
        since: Unit -> its first period.
        file: How faults name the ledger.
        settings: How ledgers are judged.
    """
    county = County(
        "某县", "某县政府办", measure,
        groups=tuple(Group(label, label) for label in units),
        categories=tuple(Category(label, label) for label in ("政务公开", "政策解读", "政务动态")),
        requirements=Requirements(days, source="某文" if days is not None else ""),
        ledger=LedgerSettings(**{"interpretation": "政策解读", **settings}),
    )  # fmt: skip
    first = {name: Period.parse(text) for name, text in (since or {}).items()}
    roster = Roster(
        tuple(
            Unit(name, group, since=first.get(name))
            for group, names in units.items()
            for name in names
        )
    )
    titled = [{"标题": f"第{n}篇", **ARTICLE, **cells} for n, cells in enumerate(articles)]
    frame = pd.DataFrame(titled, columns=None if titled else ["标题", *ARTICLE]).fillna("")
    frame = frame.drop(columns=[column.label for column in without])
    ledger = Ledger.of(frame.astype(str), county, roster, period, file=file)
    count = count_articles(ledger)
    return Submissions(
        county, ledger.period, roster.valid_in(ledger.period).units, count.counts,
        remarks=remarks or {}, ledger=ledger,
    )  # fmt: skip
