"""What an audit says and shows: exact words, nothing hostile, every finding linked both ways."""

import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from zhashui_stats.audit import page, report
from zhashui_stats.audit.findings import Audit, Finding, Number, NumberStatus, Verdict
from zhashui_stats.model.periods import Period

TEXT = """一、工作开展情况
共编发信息100篇，其中甲镇12篇、乙
镇8篇。会议开了3次，合格率约90%。
附件1
单位\t篇
甲镇\t21
"""
STATUSES = {
    "checked": NumberStatus.CHECKED,
    "unchecked": NumberStatus.UNCHECKED,
    "not_claim": NumberStatus.NOT_CLAIM,
    "unknown": NumberStatus.NOT_UNDERSTOOD,
}


def claim(
    text: str,
    words: str,
    verdict: Verdict = Verdict.DIFFERS,
    *,
    said: tuple[str, str] = ("12篇", "21篇"),
    reason: str = "",
    evidence: Iterable[str] = (),
    section: str = "一、工作开展情况",
) -> Finding:
    """A finding on the first place where the words stand."""
    start = text.index(words)
    claimed, actual = said
    return Finding(
        "unit_count", section, start, start + len(words), words,
        claimed, actual, verdict, reason, tuple(evidence),
    )  # fmt: skip


def numbers(text: str, **ended: str) -> tuple[Number, ...]:
    """Every figure of the text; ``checked="12 8"`` says where some ended, the rest are no claim."""
    status = {figure: STATUSES[key] for key, values in ended.items() for figure in values.split()}
    return tuple(
        Number(found.start(), found.end(), found[0], status.get(found[0], NumberStatus.NOT_CLAIM))
        for found in re.finditer(r"\d+", text)
    )


def audit(text: str, findings: Iterable[Finding] = (), **ended: str) -> Audit:
    """An audit of a text."""
    period = Period.parse("2022H1")
    return Audit(text, period, "通报.txt", tuple(findings), numbers(text, **ended))


@pytest.fixture
def of_each() -> Audit:
    """One claim differs, one agrees, one cannot be checked, one number is not understood."""
    findings = [
        claim(TEXT, "信息100篇", Verdict.AGREES, said=("100篇", "100篇")),
        claim(TEXT, "甲镇12篇", reason="数字颠倒", evidence=["附件1 甲镇 21篇"]),
        claim(TEXT, "合格率约90%", Verdict.UNCHECKED, reason="没有台账"),
    ]
    return audit(TEXT, findings, checked="100 12 8", unchecked="90", unknown="3")


# --- On a terminal ------------------------------------------------------------------------------


def test_a_text_without_numbers() -> None:
    """Nothing to check is said so."""
    expected = (
        "通报校核：通报.txt（2022年上半年）\n全文没有数字。\n没有可以核对的说法。\n\n"
        "结论：没有能够核对的内容。"
    )

    assert expected == report.say_audit(audit("各镇："))


def test_all_agrees() -> None:
    """Where nothing differs, the closing line says that what could be checked agrees."""
    text = "甲镇12篇。"
    found = claim(text, "甲镇12篇", Verdict.AGREES, said=("12篇", "12篇"))
    expected = (
        "通报校核：通报.txt（2022年上半年）\n"
        "全文共1个数字：已核对1个，无法核对0个，不是统计数字0个，没有看懂0个。\n"
        "共有1处说法：相符1处，不符0处，无法核对0处。\n\n"
        "结论：能够核对的全部相符。"
    )

    assert expected == report.say_audit(audit(text, [found], checked="12"))


def test_one_of_each(of_each: Audit) -> None:
    """The finding with its place, then what could not be checked, then what was not understood."""
    expected = """\
通报校核：通报.txt（2022年上半年）
全文共7个数字：已核对3个，无法核对1个，不是统计数字2个，没有看懂1个。
共有3处说法：相符1处，不符1处，无法核对1处。

1. 不符：一、工作开展情况
   原文：……况 共编发信息100篇，其中【甲镇12篇】、乙 镇8篇。
   通报：12篇
   核对：21篇
   说明：数字颠倒
   依据：附件1 甲镇 21篇

无法核对（1处）：
  没有台账（1处）：合格率约90%

没有看懂（1个）：
  会议开了【3】次，合格率约90%。

结论：有1处不符，请改正后再印发；另有1个数字没有看懂，请人工核对。"""

    assert expected == report.say_audit(of_each)


def test_many_open_points_are_grouped_by_reason() -> None:
    """The most frequent reason leads; six places are named."""
    text = "".join(f"第{place}项约{place}0篇，" for place in range(1, 9)) + "合格9个。"
    findings = [
        claim(text, "合格9个", Verdict.UNCHECKED, reason="没有台账"),
        *(claim(text, f"约{place}0篇", Verdict.UNCHECKED, reason="约数") for place in range(1, 9)),
    ]
    said = report.say_audit(audit(text, findings)).splitlines()

    assert said[4:7] == [
        "无法核对（9处）：",
        "  约数（8处）：约10篇、约20篇、约30篇、约40篇、约50篇、约60篇等",
        "  没有台账（1处）：合格9个",
    ]


def test_a_bare_number_is_shown_with_its_neighbours() -> None:
    """A number that stands in no claim is listed with what stands beside it."""
    said = report.say_audit(audit("各地分值占比不低于4%，共50项", unchecked="4")).splitlines()

    assert said[5] == "  原因未注明（1处）：值占比不低于4%，共50项"


def test_lines_fit_80_columns() -> None:
    """A Chinese character takes two columns; no line begins with a comma, no number is cut."""
    words = "甲镇12345篇，" * 12
    long = audit(words, [claim(words, "甲镇12345篇", reason=words, said=(words, words))])
    lines = report.say_audit(long).splitlines()

    assert max(sum(1 + (character > "\xff") for character in line) for line in lines) <= 80
    assert not [line for line in lines if line.strip().startswith(("，", "。"))]
    assert not re.search(r"\d\n *\d", report.say_audit(long))


HOSTILE = "<script>alert(1)</script>]]>&\x1b[31m\x9b2J\u202e\x00甲镇12篇\ud800|[链](http://x)"


@pytest.fixture
def hostile() -> Audit:
    """Markup, terminal codes and broken characters wherever text of a circular can stand."""
    found = claim(
        HOSTILE, HOSTILE, said=(HOSTILE, HOSTILE), reason=HOSTILE,
        evidence=[HOSTILE], section=HOSTILE,
    )  # fmt: skip
    unclear = claim(HOSTILE, "甲镇", Verdict.UNCHECKED, reason=HOSTILE)
    made = audit(HOSTILE, [found, unclear], unknown="12", unchecked="31")
    return Audit(made.text, made.period, HOSTILE, made.findings, made.numbers)


def test_nothing_steers_the_terminal(hostile: Audit) -> None:
    """No control character, no override of direction, no half of a pair is printed."""
    for said in (report.say_audit(hostile), report.say_json(hostile)):
        assert re.findall(r"[^\n -~\u00a1-\u2027\u2030-\ud7ff\ue000-\U0010ffff]", said) == []


# --- JSON ---------------------------------------------------------------------------------------


def test_json_says_what_the_audit_says(hostile: Audit, of_each: Audit) -> None:
    """The JSON reads back to the audit's dictionary, whatever stands in it."""
    for each in (of_each, hostile):
        assert json.loads(report.say_json(each)) == each.as_dict()


def test_json_has_the_documented_keys(of_each: Audit, root: Path) -> None:
    """docs/audit.md has a row for every key of the JSON, and no other."""
    text = (root / "docs" / "audit.md").read_text("utf-8")
    whole = json.loads(report.say_json(of_each))
    numbered = {f"numbers.{key}" for key in whole["numbers"]}
    keys = {*whole, *(f"findings[].{key}" for key in whole["findings"][0]), *numbered}
    keys |= {
        f"numbers.not_understood_list[].{key}" for key in whole["numbers"]["not_understood_list"][0]
    }

    assert keys == set(re.findall(r"^\| `([\w.\[\]]+)` \|", text.split("## Verdicts")[0], re.M))


# --- The page -----------------------------------------------------------------------------------


class Shown(HTMLParser):
    """Ids, links, marks and text of a fragment; every element is closed in its turn."""

    def __init__(self, html: str) -> None:
        """Read the fragment."""
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.seen: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()
        assert self.tags == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element is and where it leads."""
        named = dict(attrs)
        self.tags.append(tag)
        self.seen.add(tag)
        self.ids += [named["id"] or ""] if "id" in named else []
        self.links += [named["href"] or ""] if "href" in named else []
        if tag == "mark":
            self.marks.append((named["class"] or "", ""))

    def handle_endtag(self, tag: str) -> None:
        """Hold that the last element opened is the first one closed."""
        assert self.tags.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note the text, and what of it stands in a mark."""
        self.text += data
        if self.tags and self.tags[-1] == "mark":
            kind, said = self.marks[-1]
            self.marks[-1] = kind, said + data


def shown(*parts: page.Fragment) -> Shown:
    """The parts as one page shows them."""
    return Shown("\n".join(part._repr_html_() for part in parts))


def whole(made: Audit) -> Shown:
    """All three parts of the page."""
    return shown(page.show_findings(made), page.show_text(made), page.show_open(made))


def test_every_number_is_marked_by_its_verdict(of_each: Audit) -> None:
    """Numbers that are no claim, and those of annex tables, stay plain."""
    marks = Shown(page.mark_text(of_each)).marks

    assert marks == [
        ("agrees", "100"),
        ("differs", "12"),
        ("agrees", "8"),
        ("not_understood", "3"),
        ("unchecked", "90"),
    ]


def test_a_wrong_sum_does_not_make_its_parts_wrong() -> None:
    """The narrowest claim on a number decides how it is marked."""
    text = "共30篇，其中甲镇12篇、乙镇8篇。"
    findings = [
        claim(text, text[:-1]),
        claim(text, "甲镇12篇", Verdict.AGREES),
        claim(text, "乙镇8篇", Verdict.AGREES),
    ]
    marks = Shown(page.mark_text(audit(text, findings, checked="30 12 8"))).marks

    assert marks == [("differs", "30"), ("agrees", "12"), ("agrees", "8")]


def test_every_difference_is_linked_both_ways(of_each: Audit) -> None:
    """The card leads to the place, the place to the card, and no link leads nowhere."""
    made = whole(of_each)

    assert {"#card-1", "#place-1"} <= set(made.links)
    assert {link[1:] for link in made.links} <= set(made.ids)
    assert len(made.ids) == len(set(made.ids))


def spans(text: str) -> list[tuple[int, int]]:
    """Every span of a short text, empty ones and those of white space alone included."""
    return [(start, end) for start in range(len(text)) for end in range(start, len(text) + 1)]


@pytest.mark.parametrize("text", ["甲\n1 2\n\n乙\t3", "\n \t9", " "])
def test_any_span_can_be_marked(text: str) -> None:
    """Spans that overlap, are empty, or run over lines and cells are all linked and well formed."""
    findings = [
        Finding("k", "", start, end, text[start:end], "", "", Verdict.DIFFERS)
        for start, end in spans(text)
    ]
    open_ones = [
        Finding("k", "", start, end, text[start:end], "", "", Verdict.UNCHECKED)
        for start, end in spans(text)
    ]
    for each in (findings, open_ones, findings + open_ones):
        made = whole(audit(text, each, checked="1", unchecked="2", unknown="3 9"))

        if text.strip():
            assert {link[1:] for link in made.links} <= set(made.ids)
        assert len(made.ids) == len(set(made.ids))


def test_the_text_is_all_there(of_each: Audit) -> None:
    """Beside marks and notes, the page shows the text and nothing but the text."""
    plain = re.sub(
        r'<div class="beside">.*?</div>|<a class="ref".*?</a>', "", page.mark_text(of_each)
    )
    plain = re.sub(r'<span class="zs-hidden">.*?</span>', "", plain)
    said = re.sub(r"\s", "", Shown(plain).text)

    assert said == re.sub(r"\s", "", TEXT)


def test_an_annex_in_the_text_is_a_table(of_each: Audit) -> None:
    """Lines with tabs become rows; the first one heads them where it holds no figure."""
    html = page.show_text(of_each)._repr_html_()

    assert '<thead><tr><th scope="col">单位</th><th scope="col">篇</th></tr></thead>' in html
    assert "<tr><td>甲镇</td><td>21</td></tr>" in html


def test_hostile_text_is_only_text(hostile: Audit) -> None:
    """No markup of the circular becomes an element, no broken character reaches the page."""
    parts = [page.show_findings(hostile), page.show_text(hostile), page.show_open(hostile)]
    html = "".join(part._repr_html_() for part in parts)
    made = Shown(html)

    assert "script" not in made.seen
    assert all(link.startswith("#") for link in made.links)
    assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", html) == []
    assert "<script>alert(1)</script>]]>&□[31m□2J□甲镇12" in made.text


def test_nothing_differs() -> None:
    """Each part says in words that it has nothing to show."""
    made = audit("各镇：")

    assert shown(page.show_findings(made)).text == "没有发现不符之处。"
    assert shown(page.show_open(made)).text == "没有无法核对的说法，也没有看不懂的数字。"


def test_key_figures(of_each: Audit) -> None:
    """What differs leads, then where the numbers ended."""
    figures = [(label, value) for label, value, *_ in page.key_figures(of_each).figures]

    assert figures == [
        ("不符之处", "1"),
        ("全文数字", "7"),
        ("已核对", "3"),
        ("无法核对", "1"),
        ("不是统计数字", "2"),
        ("没有看懂", "1"),
    ]


# --- In the half-year report --------------------------------------------------------------------


def test_no_circular_no_section() -> None:
    """Without a circular there is not even a heading."""
    assert page.say_section(None) == ""


def test_the_section_of_the_half_year_report(of_each: Audit) -> None:
    """Heading, one paragraph, and what differs."""
    expected = (
        "## 通报校核\n\n"
        "本期通报（通报.txt）已与统计表核对。"
        "全文共7个数字：已核对3个，无法核对1个，不是统计数字2个，没有看懂1个。"
        "有1处不符，请改正后再印发；另有1个数字没有看懂，请人工核对。\n\n"
        "1. 一、工作开展情况：“甲镇12篇”。通报：12篇；核对：21篇；说明：数字颠倒。"
    )

    assert page.say_section(of_each) == expected


def test_hostile_text_is_literal_in_the_section(hostile: Audit) -> None:
    """Markdown shows the characters of the circular and makes nothing of them."""
    said = page.say_section(hostile)

    assert "\\<script\\>alert(1)\\</script\\>\\]\\]\\>\\&□\\[31m□2J□甲镇12篇" in said
    assert "](" not in said.replace("\\](", "")
