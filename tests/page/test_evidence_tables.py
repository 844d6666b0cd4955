"""The tables that rest on a ledger (台账), and where they stand."""

from collections.abc import Callable
from typing import Any

import pytest
from conftest import Builder
from ledgers import PENDING, REJECTED, SOUND, Article, period_of, sent

from page.shown import cells
from zhashui_stats.model.articles import Column
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.page import exhibits, selection
from zhashui_stats.page.evidence_tables import months_tables, outcome_tables, reasons_table
from zhashui_stats.page.table import Header, Table

HOSTILE = "<script>alert(1)</script>&*x*"
UNSIGNED = {**SOUND, "复审": ""}
FLAWED, UNMARKED = ("审校", "不合", "要求"), ("未标", "公开", "属性")
RATE = "采用率为采用占采用与退稿之和的比例，没有审结稿件的记“—”。"

Tabulate = Callable[[Submissions], tuple[Table, ...]]


def rejected(*reasons: str) -> list[Article]:
    return [{**REJECTED, "退稿原因": reason} for reason in reasons]


def lines(table: Any) -> list[tuple[Any, ...]]:
    """Return header, rows and footer."""
    return [table.header, *table.rows, *table.footer]


@pytest.mark.parametrize("tabulate", [outcome_tables, months_tables])
def test_no_tables_without_a_ledger(build: Builder, tabulate: Tabulate) -> None:
    """Counts alone give no evidence."""
    assert tabulate(build({"镇办": {"甲镇": (1, 0, 0)}})) == ()


# --- What became of the articles ----------------------------------------------------------------


def test_outcomes() -> None:
    """One table a group, one row a unit, idle ones included, and the group's total."""
    now = period_of(
        [
            *sent("甲镇", "03-01", "03-02", **SOUND, 公开属性="公开发布"),
            *sent("甲镇", "03-03", **UNSIGNED), *sent("乙镇", "03-01", **SOUND), REJECTED, PENDING,
            {**PENDING, "投稿单位": "A局"},
        ]
    )  # fmt: skip
    towns, departments = outcome_tables(now)

    assert towns.caption == "2022年上半年镇办投稿去向和审校情况（篇）"
    assert lines(towns) == [
        ("投稿单位", "采用", "退稿", "待审", "采用率", FLAWED, UNMARKED),
        ("甲镇", 3, 1, 1, "75.0%", 1, 3),
        ("乙镇", 1, 0, 0, "100.0%", 0, 1),
        ("丙镇", 0, 0, 0, "—", 0, 0),
        ("合计", 4, 1, 1, "80.0%", 1, 4),
    ]
    assert departments.caption == "2022年上半年部门单位投稿去向和审校情况（篇）"
    assert departments.rows[0] == ("A局", 0, 0, 1, "—", 0, 1)
    assert towns.note == f"采用按发布日期计，退稿和待审按投稿日期计。{RATE}"


@pytest.mark.parametrize(
    ("cells", "what", "columns"),
    [
        ({}, "投稿去向", ()),
        ({"公开属性": ""}, "投稿去向", (UNMARKED,)),
        (SOUND, "投稿去向和审校情况", (FLAWED,)),
    ],
)
def test_outcomes_of_a_ledger_without_some_columns(
    cells: Article, what: str, columns: tuple[Header, ...]
) -> None:
    """A table has the columns, and the caption, for which its ledger gives ground."""
    table, _ = outcome_tables(period_of(sent("甲镇", "03-01", **cells)))

    assert table.caption == f"2022年上半年镇办{what}（篇）"
    assert table.header == ("投稿单位", "采用", "退稿", "待审", "采用率", *columns)
    assert {len(row) for row in lines(table)} == {5 + len(columns)}


def test_outcomes_without_dates_of_submission() -> None:
    """Rejected articles that may be of any period are not tabulated."""
    now = period_of([REJECTED], without=[Column.SUBMITTED])

    assert outcome_tables(now) == ()


def test_a_group_of_one_unit_has_no_total() -> None:
    """Its total would be its only row again."""
    now = period_of(sent("甲镇", "03-01"), {"镇办": ("甲镇",), "部门单位": ("A局", "B局")})
    tables = [*outcome_tables(now), *months_tables(now)]

    assert [len(table.footer) for table in tables] == [0, 1, 0, 1]


# --- Month by month -----------------------------------------------------------------------------


def test_months() -> None:
    """Whatever was sent in counts in its month, be it adopted or not; idle months are 0."""
    later = {**sent("乙镇", "01-31")[0], "发布日期": "2022-07-01"}
    outside = {"投稿日期": "2021-12-31"}
    towns, departments = months_tables(
        period_of([*sent("甲镇", "01-01", "06-30", ""), REJECTED, later, outside])
    )

    assert towns.caption == "2022年上半年镇办逐月投稿（篇，按投稿日期，含退稿和待审）"
    assert lines(towns) == [
        ("投稿单位", "1月", "2月", "3月", "4月", "5月", "6月", "合计"),
        ("甲镇", 1, 0, 1, 0, 0, 1, 3),
        ("乙镇", 1, 0, 0, 0, 0, 0, 1),
        ("丙镇", 0, 0, 0, 0, 0, 0, 0),
        ("合计", 2, 0, 1, 0, 0, 1, 4),
    ]
    assert departments.footer == (("合计", *[0] * 7),)
    assert towns.note == "没有登记投稿日期的、投稿日期不在本期的稿件未计入。"


def test_months_of_a_quarter() -> None:
    """The columns are the period's own months."""
    table, _ = months_tables(period_of(sent("甲镇", "07-01", "09-30"), period="2022Q3"))

    assert lines(table)[:2] == [("投稿单位", "7月", "8月", "9月", "合计"), ("甲镇", 1, 0, 1, 2)]


def test_a_single_month_has_no_sum() -> None:
    """It would be that month again."""
    table, _ = months_tables(period_of(sent("甲镇", "04-01"), period="2022-04"))

    assert table.caption == "2022年4月镇办逐月投稿（篇，按投稿日期，含退稿和待审）"
    assert lines(table) == [("投稿单位", "4月"), ("甲镇", 1), ("乙镇", 0), ("丙镇", 0), ("合计", 1)]


@pytest.mark.parametrize("days", [(), ("",)])
def test_no_months_where_no_article_has_its_date(days: tuple[str, ...]) -> None:
    """A table of zeros would say that nobody sent in anything."""
    assert months_tables(period_of(sent("甲镇", *days))) == ()


def test_no_months_without_the_column() -> None:
    """投稿日期 is not a required column."""
    assert months_tables(period_of(sent("甲镇", "03-01"), without=[Column.SUBMITTED])) == ()


# --- Why articles were rejected -----------------------------------------------------------------


def test_reasons() -> None:
    """Most first, equals by text, those without a reason after their equals; and the total."""
    table = reasons_table(period_of(rejected("重复", "错 别字", "", "错别字", "", "无关")))

    assert table.caption == "2022年上半年退稿原因（篇，占比）"
    assert lines(table) == [
        ("退稿原因", "退稿", "占比"),
        ("错别字", 2, "33.3%"),
        ("未写明", 2, "33.3%"),
        ("无关", 1, "16.7%"),
        ("重复", 1, "16.7%"),
        ("合计", 6, "100.0%"),
    ]


def test_one_reason_has_no_total() -> None:
    """It would be that reason again."""
    assert lines(reasons_table(period_of(rejected("重复", "重复"))))[1:] == [("重复", 2, "100.0%")]


@pytest.mark.parametrize(
    ("number", "last"),
    [(21, ("原因21", 1, "4.5%")), (22, ("其余2种", 2, "8.7%"))],
)
def test_many_reasons_are_cut(number: int, last: tuple[Any, ...]) -> None:
    """Twenty are listed, and the rest is one row; a rest of one is listed itself."""
    reasons = [f"原因{n:02}" for n in range(1, number + 1)]
    table = reasons_table(period_of(rejected(*reasons, "原因01")))

    assert len(table.rows) == selection.MOST_REASONS + 1
    assert table.rows[0] == ("原因01", 2, f"{200 / (number + 1):.1f}%")
    assert table.rows[-1] == last
    assert table.footer == (("合计", number + 1, "100.0%"),)


@pytest.mark.parametrize(
    ("articles", "without"),
    [
        (sent("甲镇", "03-01", 退稿原因=""), ()),
        (rejected("重复"), (Column.REASON,)),
        (rejected("重复"), (Column.SUBMITTED,)),
    ],
)
def test_no_reasons_show_nothing(articles: list[Article], without: tuple[Column, ...]) -> None:
    """No rejections, no column of reasons, or none that places them in the period: no table."""
    assert reasons_table(period_of(articles, without=without))._repr_html_() == ""


def test_no_reasons_without_a_ledger(build: Builder) -> None:
    """Counts know of no rejections."""
    assert reasons_table(build({"镇办": {"甲镇": (1, 0, 0)}}))._repr_html_() == ""


def test_a_hostile_reason_stays_text() -> None:
    """Markup in a reason is shown as it was written."""
    html = exhibits.show_rejections(period_of(rejected(HOSTILE)))._repr_html_()

    assert "<script" not in html
    assert cells(html)[1] == [HOSTILE, "1", "100.0%"]
