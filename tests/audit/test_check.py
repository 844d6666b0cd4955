"""From sentences to findings: context, readings, places, and no number unexamined."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from zhashui_stats.audit.check import audit_circular
from zhashui_stats.audit.document import Document
from zhashui_stats.audit.findings import Audit, Finding, NumberStatus, Verdict
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster, Unit

from .small import COUNTY, LAST_YEAR, NOW, PERIOD, audit_text
from .trials import RESTATED, real_auditor, to_document

AMBIGUOUS = "有不止一种读法，按最有利的一种相符"


@pytest.fixture(scope="module")
def restated(h1: Submissions, root: Path) -> Audit:
    """The audit of the restated circular against the real tables."""
    return real_auditor(h1, root)(RESTATED.read_text("utf-8"))


def _said(finding: Finding) -> tuple[str, Verdict]:
    return finding.claimed, finding.verdict


def test_the_sentence_before_gives_the_category() -> None:
    """甲镇's 12 is its 政务公开; behind a sentence on 政务动态 it is wrong."""
    last = audit_text("镇办政务动态信息共87篇。其中甲镇12篇。").findings[-1]

    assert ("甲镇12篇", Verdict.DIFFERS, "50篇") == (last.claimed, last.verdict, last.actual)


def test_the_sentence_before_gives_the_group() -> None:
    """Behind a sentence on departments the count of zeros is theirs."""
    findings = audit_text("部门单位政务动态信息共80篇。有2个单位政务公开信息为0。").findings

    assert ("2个为0", Verdict.AGREES) == _said(findings[-1])


def test_a_new_section_forgets_the_context() -> None:
    """Under a new heading no category is left from the one before."""
    last = audit_text("一、总体情况\n政务动态信息167篇。\n二、单位情况\n甲镇63篇。").findings[-1]

    assert ("甲镇63篇", Verdict.AGREES, "") == (last.claimed, last.verdict, last.reason)


def test_the_most_favourable_reading_decides() -> None:
    """甲镇's 63 is all its categories together, though 政务动态 stands before; this is told."""
    last = audit_text("政务动态信息167篇。甲镇63篇。").findings[-1]

    assert (Verdict.AGREES, AMBIGUOUS) == (last.verdict, last.reason)


def test_the_natural_reading_needs_no_remark() -> None:
    """Where the first reading holds, nothing is told of others."""
    last = audit_text("政务动态信息167篇。甲镇50篇。").findings[-1]

    assert (Verdict.AGREES, "") == (last.verdict, last.reason)


def test_two_mentions_are_judged_each() -> None:
    """A figure told twice, once wrongly, differs where it is wrong."""
    text = "政务动态信息方面，己局30篇。再看政务动态信息，己局21篇。"

    findings = audit_text(text).findings

    assert [Verdict.AGREES, Verdict.DIFFERS] == [finding.verdict for finding in findings]
    assert text.index("己局21") == findings[1].start


def test_without_tables_counts_are_unchecked() -> None:
    """Without tables a count cannot be checked, and the reason says so."""
    findings = audit_text("全县政务公开信息78篇，其中甲镇12篇。", now=None, earlier=()).findings

    expected = (Verdict.UNCHECKED, "没有这一期的统计表", "")
    assert {expected} == {(finding.verdict, finding.reason, finding.actual) for finding in findings}


@pytest.mark.parametrize(("number", "verdict"), [(8, Verdict.AGREES), (9, Verdict.DIFFERS)])
def test_without_tables_the_roster_still_counts(number: int, verdict: Verdict) -> None:
    """How many units there are is the roster's to say."""
    findings = audit_text(f"涉及{number}个部门单位。", now=None, earlier=()).findings

    assert [("unit_number", verdict)] == [(finding.kind, finding.verdict) for finding in findings]


def test_without_tables_the_text_is_held_against_itself() -> None:
    """The length of a list, and a rate beside its counts, need no tables."""
    text = "要向己局、庚局三家单位学习。经抽查，合格79条、不合格7条，合格率为92.9%。"

    differing = audit_text(text, now=None, earlier=()).of(Verdict.DIFFERS)

    assert ["list_size", "rate"] == [finding.kind for finding in differing]


@pytest.mark.parametrize(
    ("text", "kind", "actual"),
    [
        ("全县政务公开信息78篇，其中镇办政务公开信息25篇、部门单位54篇。", "partition", "79"),
        ("全县政务动态信息167篇。再看全县，政务动态信息共176篇。", "two_mentions", "167"),
    ],
)
def test_without_tables_figures_must_fit_together(text: str, kind: str, actual: str) -> None:
    """Parts that miss their whole, and a figure told twice, contradict each other."""
    differing = audit_text(text, now=None, earlier=()).of(Verdict.DIFFERS)

    assert [(kind, actual)] == [(finding.kind, finding.actual) for finding in differing]


def test_without_tables_figures_that_fit_pass() -> None:
    """Parts that add up, and a figure told twice alike, contradict nothing."""
    text = "全县政务公开信息78篇，其中镇办政务公开信息25篇、部门单位政务公开信息53篇。"

    assert () == audit_text(text + text, now=None, earlier=()).of(Verdict.DIFFERS)


def test_a_free_bound_is_unsure() -> None:
    """A bound that could be another one without changing the list is not called checked."""
    audit = audit_text("镇办政务动态信息20篇以上的有甲镇、乙镇。")

    assert [NumberStatus.UNCHECKED] == [number.status for number in audit.numbers]
    assert [Verdict.AGREES] == [finding.verdict for finding in audit.findings]


def test_a_declared_bound_is_checked() -> None:
    """The county's own bound is checked, whether or not units stand just at it."""
    audit = audit_text("部门单位政务动态信息10篇以上的有己局、庚局、辛局。")

    assert [NumberStatus.CHECKED] == [number.status for number in audit.numbers]


def test_a_bound_off_by_one_from_the_declared_one_differs() -> None:
    """11 is one more than the county's 10 and gives the same list: a slip."""
    (finding,) = audit_text("部门单位政务动态信息11篇以上的有己局、庚局、辛局。").findings

    assert (Verdict.DIFFERS, "10篇") == (finding.verdict, finding.actual)


def test_any_other_bound_is_the_authors_choice() -> None:
    """20 is not the county's bound; its list alone is judged."""
    (finding,) = audit_text("部门单位政务动态信息20篇以上的有己局、庚局。").findings

    assert Verdict.AGREES is finding.verdict


def test_a_clause_broken_by_a_line_is_read() -> None:
    """A line break, an empty line and full-width digits stand in the way of nothing."""
    text = "政务动态信息方面，县己局\n\n ３０ 篇。"
    (finding,) = audit_text(text).findings

    assert (Verdict.AGREES, text[:-1]) == (finding.verdict, text[: finding.end])


def test_findings_are_exact(restated: Audit) -> None:
    """A finding's words stand where it says."""
    expected = [restated.text[finding.start : finding.end] for finding in restated.findings]

    assert expected == [finding.text for finding in restated.findings]


def test_numbers_are_exact(restated: Audit) -> None:
    """A number's words stand where it says."""
    expected = [restated.text[number.start : number.end] for number in restated.numbers]

    assert expected == [number.text for number in restated.numbers]


def test_every_digit_is_in_one_number(restated: Audit) -> None:
    """No digit of the prose is left out or counted twice."""
    tables = to_document(restated.text).tables
    digits = {
        match.start()
        for match in re.finditer("[0-9０-９]", restated.text)
        if not any(table.start <= match.start() < table.end for table in tables)
    }

    places = [place for number in restated.numbers for place in range(number.start, number.end)]

    assert len(places) == len(set(places))
    assert set() == digits - set(places)


def test_findings_stand_in_the_order_of_the_text(restated: Audit) -> None:
    """Findings and numbers are sorted by their places."""
    findings = [(finding.start, finding.end) for finding in restated.findings]
    numbers = [number.start for number in restated.numbers]

    assert (sorted(findings), sorted(numbers)) == (findings, numbers)


def test_a_finding_knows_its_section(restated: Audit) -> None:
    """The list of towns at a threshold stands under the point on uneven numbers."""
    listed = next(finding for finding in restated.findings if finding.kind == "threshold_list")

    assert "二、存在的问题" == listed.section.split(" ")[0]


def test_page_numbers_are_exact() -> None:
    """A page number, too, is told with the words as read."""
    audit = audit_text("政务动态信息方面，县己局\n- 2 -\n30篇。")

    expected = [audit.text[number.start : number.end] for number in audit.numbers]

    assert expected == [number.text for number in audit.numbers]


@pytest.mark.parametrize(
    "words",
    [
        "台账中本期稿件99篇：90篇被采用，9篇被退稿。其中甲镇7篇，占8.5%。",
        "从台账登记看，被采用的99篇中，有7篇不合要求。涉及2个单位：甲镇4篇，己局3篇。",
        "本期6个月中，在一半以上的月份有投稿的单位有9个：甲镇、己局。",
        "从本期6个月的投稿日期看，13个单位中，月月有投稿的有9个，没有投稿的有1个：己局。",
        "期末14天占全期天数的7.7%。期末集中投稿明显偏多的有1个：甲镇（9篇中8篇，占88.9%）。",
        "本期退稿9篇，原因有2种：“重复”5篇，“错别字”4篇。",
        "本期发布政策解读9篇：5篇按时发布，4篇超期（涉及2个单位：甲镇、己局各2篇）。",
        "解读形式：图表5篇、文字4篇。公开属性：台账中本期稿件99篇，均标为公开发布。",
    ],
)
def test_what_only_a_ledger_shows_is_left_open(words: str) -> None:
    """A paragraph on single articles is held against no count, and none of it is unread."""
    audit = audit_text(words)

    statuses = {number.status for number in audit.numbers}

    assert () == audit.of(Verdict.DIFFERS)
    assert NumberStatus.NOT_UNDERSTOOD not in statuses
    assert (NumberStatus.UNCHECKED, "统计表不记录这一项") in {
        (number.status, number.reason) for number in audit.numbers
    }


def test_a_count_beside_single_articles_still_agrees() -> None:
    """What the tables do say in such a paragraph is told to agree."""
    audit = audit_text("从台账登记看，全县共发布政务公开信息78篇，退稿9篇。")

    assert [Verdict.AGREES, Verdict.UNCHECKED] == [finding.verdict for finding in audit.findings]


def test_only_the_paragraph_on_single_articles_is_let_off() -> None:
    """The paragraph behind it is held against the counts again."""
    text = "台账中本期稿件99篇。全县政务公开信息77篇。\n全县政务动态信息166篇。"

    assert ["166篇"] == [finding.claimed[-4:] for finding in audit_text(text).of(Verdict.DIFFERS)]


@pytest.mark.parametrize(
    "words",
    [
        "各单位要建立信息报送台账，全县共发布政务公开信息87篇。",
        "1至6月份，各单位投稿，政务公开信息共87篇。",
        "全县共发布政务公开信息87篇，退稿9篇，超期1篇。",
        "个别单位期末集中投稿，全县政务公开信息共87篇。",
        "要丰富解读形式，加强台账登记，全县政务公开信息共87篇。",
    ],
)
def test_a_word_of_the_ledger_alone_lets_no_count_off(words: str) -> None:
    """A circular that mentions a ledger, submissions or rejections is held against the counts."""
    assert ["78篇"] == [finding.actual for finding in audit_text(words).of(Verdict.DIFFERS)]


ARRIVED = Unit("新局", "offices")
OF_OLD = "按同口径计算，政务公开信息由60篇增至{}篇。"


@pytest.mark.parametrize(("number", "verdict"), [(78, Verdict.AGREES), (83, Verdict.DIFFERS)])
def test_like_for_like_leaves_out_who_came(number: int, verdict: Verdict) -> None:
    """按同口径计算 is over the units of both periods: the new unit's five do not count."""
    here = {**NOW.counts, "新局": dict.fromkeys(NOW.counts["甲镇"], 5)}
    now = replace(NOW, units=(*NOW.units, ARRIVED), counts=here)
    audit = audit_circular(
        Document("circular.txt", f"与上年同期相比，信息增加。{OF_OLD.format(number)}"), now,
        county=COUNTY, roster=Roster(now.units), period=PERIOD, earlier=(LAST_YEAR,),
    )  # fmt: skip

    assert [("change", verdict)] == [(finding.kind, finding.verdict) for finding in audit.findings]


@pytest.mark.parametrize(
    ("named", "verdict"), [("2021年上半年", Verdict.AGREES), ("2021年下半年", Verdict.DIFFERS)]
)
def test_a_paragraph_keeps_the_period_that_it_compares_with(named: str, verdict: Verdict) -> None:
    """Behind 与…相比 the counts from which something rose are those of the period named there."""
    text = f"与{named}相比，有升有降。其中，政务公开由60篇增至78篇。"

    assert [verdict] == [finding.verdict for finding in audit_text(text).findings]


@pytest.mark.parametrize("text", ["占百分之三十。", "提高3.5个百分点。"])
def test_the_hundred_of_a_share_is_no_number(text: str) -> None:
    """百 in 百分之 and 百分点 is a part of the sign, not a number of its own."""
    assert 1 == len(audit_text(text).numbers)
