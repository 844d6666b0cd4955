"""What a unit's brief (单位简报) says of the ledger: every sentence on its own articles."""

from collections.abc import Sequence

import pytest
from conftest import Builder
from ledgers import PENDING, REJECTED, SOUND, Article, period_of, sent

from zhashui_stats.assessment import Evidence
from zhashui_stats.briefs import own_ledger
from zhashui_stats.briefs.brief import Brief
from zhashui_stats.comparison import History
from zhashui_stats.model.articles import Column
from zhashui_stats.model.submissions import Submissions

MONTHS = ("01-05", "02-05", "03-05", "04-05", "05-05", "06-05")


def brief_of(unit: str, *series: Submissions) -> Brief:
    return Brief.of(History(series), unit)


def ledger_of(unit: str, articles: Sequence[Article], *without: Column, days: int = 3) -> str:
    now = period_of(articles, days=days, without=without)
    return own_ledger.say_own_ledger(brief_of(unit, now))


def rejected(unit: str, *reasons: str) -> list[Article]:
    return [
        {**sent(unit, "03-05")[0], **REJECTED, **SOUND, "退稿原因": reason, "公开属性": "公开发布"}
        for reason in reasons
    ]


FULL = [
    *sent("甲镇", "01-05", "01-06", "03-05", **SOUND, 公开属性="公开发布"),
    *sent("甲镇", "03-06", **{**SOUND, "复审": "", "公开属性": ""}),
    *rejected("甲镇", "错别字", "错别字", "内容重复", "没有新意", "格式有误"),
    {**sent("甲镇", "05-05")[0], **PENDING, "公开属性": "公开发布"},
    *sent("乙镇", *MONTHS, **SOUND, 公开属性="公开发布"),
]


def test_no_ledger(build: Builder) -> None:
    """Without a ledger the section is not there, heading and all."""
    assert "" == own_ledger.say_own_ledger(brief_of("", build({"镇办": {"甲镇": (1, 0, 0)}})))


def test_everything_that_a_ledger_shows() -> None:
    """Outcome beside the group's, reasons, months, chain and attributes, in this order."""
    assert ledger_of("甲镇", FULL) == (
        "## 台账反映的情况\n\n"
        "台账中本单位本期稿件10篇：4篇被采用，5篇被退稿，1篇待审核。"
        "采用率（不计待审核的）为44.4%，镇办合计为66.7%。"
        "退稿原因：“错别字”2篇、“内容重复”1篇、“格式有误”1篇等4种。"
        "按投稿日期：1月2篇、3月7篇、5月1篇；2月、4月、6月没有投稿。"
        "被采用的4篇中，有1篇“三审三校”不合要求：签署或日期不全的1篇。"
        "10篇稿件中，1篇没有标注公开属性。"
    )


def test_nothing_to_find_fault_with() -> None:
    """A unit whose articles were all adopted, month by month, each with a sound chain."""
    assert ledger_of("乙镇", FULL) == (
        "## 台账反映的情况\n\n"
        "台账中本单位本期稿件6篇，均被采用。采用率为100.0%，镇办合计为66.7%。"
        "按投稿日期：1月1篇、2月1篇、3月1篇、4月1篇、5月1篇、6月1篇。"
        "被采用的6篇“三审三校”没有发现问题。稿件均已标注公开属性。"
    )


def test_a_unit_without_an_article() -> None:
    """That it has none is all there is to say."""
    expected = "## 台账反映的情况\n\n台账中没有本单位本期的稿件。"
    assert expected == ledger_of("丙镇", FULL)


ABROAD = {"投稿日期": "2021-12-30", "发布日期": "2022-01-03"}
LATER = {"投稿日期": "2022-06-30", "发布日期": "2022-07-02"}


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (
            sent("甲镇", "01-05", "", ""),
            "按投稿日期：1月1篇；另有2篇没有登记投稿日期，未计入。",
        ),
        (
            [*sent("甲镇", "02-05"), *sent("甲镇", "", **ABROAD)],
            "按投稿日期：2月1篇；另有1篇的投稿日期不在本期，未计入。",
        ),
        (
            [*sent("甲镇", "02-05", "", ""), *sent("甲镇", "", **ABROAD)],
            "按投稿日期：2月1篇；另有2篇没有登记投稿日期、1篇的投稿日期不在本期，未计入。",
        ),
        (sent("甲镇", "", **REJECTED), "1篇没有登记投稿日期，无从统计各月投稿。"),
        (sent("甲镇", "", **ABROAD), "1篇的投稿日期不在本期，无从统计各月投稿。"),
        (
            sent("甲镇", *MONTHS, ""),
            "按投稿日期：1月1篇、2月1篇、3月1篇、4月1篇、5月1篇、6月1篇；"
            "另有1篇没有登记投稿日期，未计入。",
        ),
    ],
)
def test_no_month_is_told_as_idle_while_dates_are_open(
    articles: list[Article], expected: str
) -> None:
    """What has no date, or one outside, is counted beside the months; no month is blamed."""
    said = ledger_of("甲镇", articles)

    assert said.endswith(f"。{expected}")
    assert "月没有投稿" not in said


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (
            sent("甲镇", "", **LATER),
            "台账中没有本单位计入本期的稿件。"
            "按投稿日期：6月1篇（发布日期不在本期）；1月、2月、3月、4月、5月没有投稿。",
        ),
        (
            [*sent("甲镇", "", **LATER), *sent("甲镇", "", **LATER)],
            "台账中没有本单位计入本期的稿件。"
            "按投稿日期：6月2篇（均发布日期不在本期）；1月、2月、3月、4月、5月没有投稿。",
        ),
        (
            [*sent("甲镇", *MONTHS), *sent("甲镇", "", **LATER)],
            "台账中本单位本期稿件6篇，均被采用。采用率为100.0%，镇办合计为100.0%。按投稿日期："
            "1月1篇、2月1篇、3月1篇、4月1篇、5月1篇、6月2篇（其中1篇的发布日期不在本期）。",
        ),
        (
            [*sent("甲镇", "05-05", ""), *sent("甲镇", "", **LATER)],
            "台账中本单位本期稿件2篇，均被采用。采用率为100.0%，镇办合计为100.0%。按投稿日期："
            "5月1篇、6月1篇（其中1篇的发布日期不在本期）；另有1篇没有登记投稿日期，未计入。",
        ),
    ],
)
def test_what_is_published_after_the_period(articles: list[Article], expected: str) -> None:
    """Sent in now and published later: no article of the period, and none that was not sent in."""
    assert f"## 台账反映的情况\n\n{expected}" == ledger_of("甲镇", articles)


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        (["错别字"], "退稿原因：“错别字”1篇。"),
        (["错别字", ""], "退稿原因：“错别字”1篇，没有写明的1篇。"),
        (["", ""], "退稿没有写明原因。"),
        (["a", "b", "c"], "退稿原因：“a”1篇、“b”1篇、“c”1篇。"),
        (["*", "长" * 30], f"退稿原因：“\\*”1篇、“{'长' * 23}…”1篇。"),
    ],
)
def test_reasons(reasons: list[str], expected: str) -> None:
    """One, some unwritten, none written, as many as are told, and hostile or long ones."""
    assert expected in ledger_of("甲镇", rejected("甲镇", *reasons))


def test_timeliness() -> None:
    """Interpretations in time, late, without the policy's date, and beyond the calendar."""
    policy = {"类别": "政策解读", "发布日期": "2022-03-04"}
    dates = ("2022-03-01", "2022-02-28", "", "1999-12-30")
    articles = [{**sent("甲镇", "03-01", **policy)[0], "关联政策发布日期": day} for day in dates]

    assert (
        "发布政策解读4篇：1篇在3个工作日内发布，1篇超期，1篇没有登记政策发布日期、无法判断，"
        "1篇工作日历没有收录、无法判断。"
    ) in ledger_of("甲镇", articles)


def test_all_flawed_and_all_unmarked() -> None:
    """What is wrong with every article is said of all of them."""
    said = ledger_of("甲镇", sent("甲镇", "01-05", "02-05", 公开属性="", **{**SOUND, "复审": ""}))

    assert "被采用的2篇“三审三校”均不合要求：签署或日期不全的2篇。" in said
    assert said.endswith("稿件均没有标注公开属性。")


@pytest.mark.parametrize(
    ("without", "missing"),
    [
        (Column.SUBMITTED, ("采用率", "按投稿日期", "公开属性", "退稿原因")),
        (Column.REASON, ("退稿原因",)),
        (Column.REVIEW_2, ("三审三校",)),
        (Column.ATTRIBUTE, ("公开属性",)),
    ],
)
def test_a_missing_column_is_passed_over(without: Column, missing: tuple[str, ...]) -> None:
    """What rests on a column that is not there is not said, and the rest is."""
    parts = ("采用率", "按投稿日期", "公开属性", "退稿原因", "三审三校")
    said = ledger_of("甲镇", FULL, without)

    assert set(missing) == {part for part in parts if part not in said}


def test_reasons_of_all_units_add_up() -> None:
    """The reasons by unit are those of the county, divided."""
    articles = [*rejected("甲镇", "错 别字", "错别字"), *rejected("乙镇", "错别字", "")]
    evidence = Evidence(period_of(articles).ledger)
    reasons = evidence.reasons or {}

    assert {"错别字": 3, None: 1} == evidence.all_reasons
    assert {"错别字": 2} == reasons["甲镇"]
    assert {"错别字": 1, None: 1} == reasons["乙镇"]
    assert {} == reasons["A局"]
