"""Periods and dates that a circular names, against the period that it is on."""

import pytest

from zhashui_stats.audit.findings import Verdict
from zhashui_stats.audit.timing import check_dates, clause_period, period_of
from zhashui_stats.model.periods import Period

from .small import PERIOD, audit_text, encode_text


def _differing(text: str) -> list[tuple[str, str, str]]:
    findings = check_dates([encode_text(text)], PERIOD)
    return [(finding.kind, finding.claimed, finding.actual) for finding in findings]


def test_a_wrong_period_in_the_title() -> None:
    """The title names the circular's own period."""
    text = "关于2021年上半年信息报送采编情况的通报"

    assert [("period", "2021年上半年", "2022年上半年")] == _differing(text)


@pytest.mark.parametrize(
    "text",
    [
        "关于2022年上半年信息报送采编情况的通报",
        "2022年信息报送情况的通报",
        "与2021年上半年相比，报送情况好转。",
        "2022年下半年打算如下，请通报至各单位。",
    ],
)
def test_other_periods_that_may_be_named(text: str) -> None:
    """The own period, a longer one, one compared with and one still to come are no slips."""
    assert [] == _differing(text)


@pytest.mark.parametrize(
    ("text", "actual"),
    [
        ("2022年6月8日", "应在2022年6月30日之后"),
        ("2022年6月30日", "应在2022年6月30日之后"),
        ("2022年6月31日", "没有这一天"),
    ],
)
def test_a_date_before_the_periods_end(text: str, actual: str) -> None:
    """A circular is dated behind its period, on a day that there is."""
    assert [("date", text, actual)] == _differing(text)


@pytest.mark.parametrize("text", ["2022年7月1日", "2023年1月5日(印)", "本办法自2019年5月1日起施行"])
def test_dates_that_may_be(text: str) -> None:
    """A day behind the period is right; a day within a sentence is not the circular's."""
    assert [] == _differing(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021年上半年，全县发布信息60篇。", "2021H1"),
        ("2022年上半年，全县发布信息78篇。", None),
        ("2022年，全县发布信息78篇。", None),
        ("2022年第一季度，全县发布信息30篇。", None),
        ("与2021年上半年相比，增加18篇。", None),
        ("全县发布信息78篇。", None),
    ],
)
def test_a_sentence_on_another_period(text: str, period: str | None) -> None:
    """A sentence is on another period where it names one apart from the own, and compares not."""
    expected = Period.parse(period) if period else None

    assert expected == period_of(encode_text(text), PERIOD)


@pytest.mark.parametrize(
    ("words", "own", "expected"),
    [
        ("2022年1—4月", "2022H1", "2022-01..04"), ("1—3月", "2022H1", "2022Q1"),
        ("1—6月", "2022H1", None), ("2022年1月至6月", "2022H1", None),
        ("2021年1—6月", "2022H1", "2021H1"), ("1-12月", "2022H1", "2022"),
        ("2022年", "2022H1", None), ("4月", "2022H1", "2022-04"),
        ("1—4月", "2022-01..04", None), ("1—5月", "2022-01..04", "2022-01..05"),
        ("去年", "2022-01..04", "2021-01..04"),
    ],
)  # fmt: skip
def test_a_clause_on_another_span(words: str, own: str, expected: str | None) -> None:
    """Months that are written out are that very period, whether they have a year or not."""
    encoded = encode_text(f"{words}发布信息12篇")
    found = clause_period(encoded, encoded.text.index("发布"), Period.parse(own))

    assert (found and str(found)) == expected


def test_nothing_is_just_before_a_span() -> None:
    """上期 is no period whose figures could be known, and not the circular's own."""
    encoded = encode_text("上期发布信息12篇")

    assert isinstance(clause_period(encoded, 2, Period.parse("2022-01..04")), str)


@pytest.mark.parametrize(("claimed", "verdict"), [(60, Verdict.AGREES), (78, Verdict.DIFFERS)])
def test_another_period_is_held_against_its_own_tables(claimed: int, verdict: Verdict) -> None:
    """Where its tables are at hand, they are asked, not the circular's."""
    text = f"2021年上半年，全县发布政务公开信息{claimed}篇。"

    findings = audit_text(text).findings

    assert [("total", verdict)] == [(finding.kind, finding.verdict) for finding in findings]


def test_another_period_without_tables_cannot_be_checked() -> None:
    """Where its tables are not at hand, its figures are left unchecked."""
    audit = audit_text("2019年上半年，全县发布政务公开信息60篇。")

    verdicts = [(finding.verdict, finding.reason) for finding in audit.findings]

    assert [(Verdict.UNCHECKED, "没有这一期的统计表")] == verdicts


def test_a_mistaken_period_gives_this_periods_figures() -> None:
    """Where another period is named, but this one's figures are given, the period differs."""
    audit = audit_text("2019年上半年，全县发布政务公开信息78篇。")

    differing = [
        (finding.kind, finding.claimed, finding.actual) for finding in audit.of(Verdict.DIFFERS)
    ]

    assert [("period", "2019年上半年", "2022年上半年")] == differing
