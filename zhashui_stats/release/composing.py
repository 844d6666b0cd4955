"""The circular (通报) that an office issues: the report's sentences in the form of a document.

It says what the report says, from the same functions; what no circular says (how the report was
made, which data is missing, coefficients) is left out, and so are sections on which neither the
figures nor the analyst's remarks say anything.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from zhashui_stats import narrative
from zhashui_stats.aggregate import zero_units
from zhashui_stats.compare import History
from zhashui_stats.model.articles import MADE_UP
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.phrases import escape
from zhashui_stats.narrative.practice import has_evidence
from zhashui_stats.release.circular import AnnexTable, BodyPart, BodyText, Circular, SectionTitle

__all__ = ["DEFINITIONS", "compose_annexes", "compose_circular"]

DEFINITIONS = (
    ("采用数量", "各单位投稿中经审核采用并已发布的稿件数，一篇稿件只计一次"),
    ("投稿单位", "名册 units.csv 中本期在册的单位；没有稿件被采用的单位照列，数为 0"),
    ("合计", "同一组各单位之和，或同一单位各类别之和"),
    ("以上", "包括本数，如“5篇以上”含5篇；“不足”不包括本数"),
    ("名次", "按数量排列，并列的占同一名次，其后空出（1、2、2、4）"),
    ("同比、环比", "同比与上年同期比较，环比与上一期比较；增幅保留一位小数"),
    ("[r]", "与前次发布相比有修订的数"),
)
"""What the figures of a release mean, term by term."""

_QUOTED = (
    "经办人说明："  # leads the analyst's remarks in the report; here they speak for the office
)
_NUMBERED = re.compile("（[一二三四五六七八九十]+）")
_MARKDOWN = MarkdownIt("commonmark")

_Say = Callable[[Submissions], str]


def compose_circular(history: History) -> Circular:
    """Compose the circular of the period that a history leads up to."""
    now = history.now
    county, settings = now.county, now.county.circular
    subject = f"{now.period.label}全{county.level}{settings.subject}"
    return Circular(
        title=f"{county.issuer}关于{subject}的通报",
        addressees=settings.addressees,
        body=(BodyText(f"现将{subject}通报如下："), *_body(history)),
        annexes=compose_annexes(now),
        issuer=county.issuer,
        date=now.source.get("date", ""),
        attribute=settings.attribute,
        measure=county.measure,
        note=MADE_UP if any(one.is_synthetic for one in history.series) else "",
    )


def compose_annexes(now: Submissions) -> tuple[AnnexTable, ...]:
    """Give each group's table, numbered and titled as the 附件 note has it."""
    categories = now.county.categories
    return tuple(
        AnnexTable(
            number,
            f"{now.period.label}{group.label}{now.county.circular.subject}统计表",
            group.id,
            group.label,
            tuple(one.label for one in categories),
            tuple(unit.name for unit in now.of(group.id).units),
            tuple(
                tuple(now.counts[unit.name][one.id] for one in categories)
                for unit in now.of(group.id).units
            ),
        )
        for number, group in enumerate(now.groups, 1)
    )


# --- The three sections -------------------------------------------------------------------------


def _body(history: History) -> Iterator[BodyPart]:
    for title, blocks in (
        ("工作开展情况", _work(history)),
        ("存在的问题", _problems(history.now)),
        ("工作要求", _requirements(history.now)),
    ):
        if found := tuple(blocks):
            yield SectionTitle(1, title)
            yield from found


def _work(history: History) -> Iterator[BodyPart]:
    now = history.now
    yield from _blocks(narrative.say_totals(now))
    yield from _blocks(narrative.say_comparisons(history))
    yield from _blocks(narrative.say_balance(now))
    yield from _section(now, "一（二）", "信息质量", narrative.say_quality, known=bool(now.ledger))
    yield from _section(now, "一（三）", "制度建设")
    yield from _blocks(narrative.say_participation(now))


def _problems(now: Submissions) -> Iterator[BodyPart]:
    yield from _section(now, "二（一）", "公开机构运转")
    yield from _section(now, "二（二）", "“三审三校”落实", narrative.say_chain)
    yield from _section(now, "二（三）", "公开制度执行", narrative.say_regularity)
    yield from _blocks(narrative.say_imbalance(now))
    yield from _section(now, "二（五）", "稿件质量", narrative.say_rejections)


def _requirements(now: Submissions) -> Iterator[BodyPart]:
    known = bool(zero_units(now)) or "三（一）" in now.remarks
    yield from _section(now, "三（一）", "组织领导", narrative.say_follow_up, known=known)
    yield from _section(now, "三（二）", "“三审三校”机制")
    days = now.county.requirements.interpretation_days
    say = narrative.say_deadlines if now.ledger else _say_limit
    yield from _section(now, "三（三）", "按时公开", say, known=days is not None)
    yield from _section(now, "三（四）", "业务培训")
    yield from _section(now, "三（五）", "考核奖惩", narrative.say_assessment, known=True)


def _say_limit(now: Submissions) -> str:
    """三（三）: the time limit; that tables cannot show it kept is the report's business."""
    limit = narrative.say_limit(now, now.county.requirements.interpretation_days or 0)
    if "三（三）" not in now.remarks:
        return limit
    return f"{limit}\n\n{narrative.say_remark(now, '三（三）', '')}"


def _section(
    now: Submissions, section: str, title: str, say: _Say | None = None, *, known: bool = False
) -> Iterator[BodyPart]:
    """Give a section under its heading; nothing where nothing is known but that nothing is."""
    source = escape(now.county.requirements.source)
    if known or has_evidence(now, section):
        text = say(now) if say else ""
    elif section in now.remarks:
        text = narrative.say_remark(now, section, "")
    else:
        return
    if now.source.get("date", "\0") in source:  # a circular does not cite itself
        text = text.replace(f"（见{source}）", "")
    yield SectionTitle(2, title)
    yield from _blocks(text)


# --- From Markdown to plain text ----------------------------------------------------------------


def _blocks(source: str) -> Iterator[BodyPart]:
    """Turn a section's Markdown into plain headings and paragraphs; list items are paragraphs."""
    tokens = _MARKDOWN.parse(source)
    for opening, token in pairwise(tokens):
        if token.type in ("fence", "code_block"):
            yield from (BodyText(line.strip()) for line in token.content.splitlines() if line)
        if token.type != "inline" or not (text := _plain(token)) or text == _QUOTED:
            continue
        numbered = _NUMBERED.match(text) if opening.type == "heading_open" else None
        yield SectionTitle(2, text[numbered.end() :]) if numbered else BodyText(text)


def _plain(token: Token) -> str:
    parts = (
        "\n" if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
    )
    # Between Chinese characters the end of a line is no space.
    text = re.sub(r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])", "", "".join(parts))
    return text.replace("\n", " ").strip()
