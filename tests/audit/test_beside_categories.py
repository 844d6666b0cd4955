"""What stands beside the categories: indicators, several groups under one name, odd labels."""

from dataclasses import replace

import pytest

from zhashui_stats.audit import Audit, Verdict
from zhashui_stats.audit.check import audit_circular
from zhashui_stats.audit.document import Document
from zhashui_stats.model.county import County, Group, Scope
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.submissions import Submissions

from .small import COUNTY, NOW, ROSTER

INDICATORS = (
    Indicator("submitted", "报送", "条", words=("来稿",)),
    Indicator("rate", "采用率", "%", decimals=1, formula=Formula.parse("100 * total / submitted")),
    Indicator("points", "得分", "分", formula=Formula.parse("2 * total")),
)
FURTHER = replace(
    COUNTY, indicators=INDICATORS, scopes=(Scope("县直单位", ("offices",), ("县直部门",)),)
)


def audit(text: str, county: County) -> Audit:
    figures = {unit.name: {"submitted": 70} for unit in ROSTER.units}
    now = Submissions(county, NOW.period, ROSTER.units, NOW.counts, figures=figures)
    document = Document("circular.txt", text)
    return audit_circular(document, now, county=county, roster=ROSTER, period=now.period)


@pytest.mark.parametrize(
    "text",
    [
        "甲镇报送70条，乙镇报送70条。",
        "全县共收到来稿910条，其中镇办350条。",
        "部门单位采用率居前三名的是己局75.7%、庚局47.1%、辛局31.4%。",
        "己局得分106分，位居第一；丑局仅4分。",
        "按考核办法，己局106分、庚局66分。",
        "县直单位共采用政务公开信息53篇，占67.9%。",
        "县直部门采用139篇。",
    ],
)
def test_no_alarm_on_what_the_counts_do_not_tell(text: str) -> None:
    """A sentence that names an indicator, its measure word or several groups is left open."""
    assert () == audit(text, FURTHER).of(Verdict.DIFFERS)


def test_what_the_counts_bear_out_still_agrees() -> None:
    """A number of a category agrees, whatever stands beside it; the word that is none is told."""
    found = audit("甲镇政务公开信息12篇，报送71条。乙镇报送9条。", FURTHER)

    assert [Verdict.AGREES] == [
        finding.verdict for finding in found.findings if "12" in finding.text
    ]
    assert {"句中的“报送”不是类别，没有核对"} == {
        finding.reason for finding in found.of(Verdict.UNCHECKED)
    }


def test_categories_are_judged_as_before() -> None:
    """A sentence without such words is held against the counts."""
    assert audit("甲镇政务公开信息13篇。", FURTHER).of(Verdict.DIFFERS)
    assert audit("甲镇报送政务公开信息13篇。", COUNTY).of(Verdict.DIFFERS)


@pytest.mark.parametrize("label", ["各级部门", "全县部门", "全县", "各"])
def test_a_group_may_be_called_as_all_are(label: str) -> None:
    """A label that begins with 各 or 全县 is a group's name as any other."""
    groups = (COUNTY.groups[0], Group("offices", label))
    found = audit(f"{label}共发布政务公开信息53篇。", replace(COUNTY, groups=groups))

    assert () == found.of(Verdict.DIFFERS)
