"""The circular (通报) that an office issues: the report's sentences in the form of a document.

It says what the report says, from the same functions; what no circular says (how the report was
made, which data is missing, coefficients) is left out, and so are sections on which neither the
figures nor the analyst's remarks say anything.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.token import Token

from zhashui_stats import narrative
from zhashui_stats.aggregate import units_with_none
from zhashui_stats.comparison import History
from zhashui_stats.model.articles import MADE_UP
from zhashui_stats.model.county import County, Group
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.practice import has_evidence
from zhashui_stats.narrative.problems import tell_imbalance
from zhashui_stats.narrative.remarks import quote_remark
from zhashui_stats.narrative.titled import TitledSection
from zhashui_stats.narrative.work import tell_balance, tell_participation
from zhashui_stats.rating import GRADE, RANK, assessed_column, rate_units
from zhashui_stats.release.circular import (
    AnnexTable,
    BodyPart,
    BodyText,
    Circular,
    IndicatorColumn,
    SectionTitle,
    StandingColumn,
)

__all__ = ["DEFINITIONS", "compose_annexes", "compose_circular", "compose_definitions"]

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

_MARKDOWN = MarkdownIt("commonmark")

_Say = Callable[[Submissions], str]
_Parts = Iterator[BodyPart]


def compose_circular(history: History) -> Circular:
    """Compose the circular of the period that a history leads up to."""
    now = history.now
    county, settings = now.county, now.county.circular
    subject = f"{now.period.label}全{county.level}{settings.subject}"
    return Circular(
        title=f"{county.issuer}关于{subject}的通报",
        addressees=settings.addressees,
        body=(BodyText(f"现将{subject}通报如下："), *_Body(history).parts()),
        annexes=compose_annexes(now),
        issuer=county.issuer,
        date=now.source.get("date", ""),
        attribute=settings.attribute,
        measure=county.measure,
        note=MADE_UP if any(period.is_synthetic for period in history.series) else "",
    )


def compose_definitions(county: County) -> tuple[tuple[str, str], ...]:
    """Give what the figures of a county's releases mean, term by term."""
    assessment = county.assessment
    if assessment is None:
        return DEFINITIONS
    column = assessed_column(county)
    within = "各组内" if assessment.within_groups else "全部单位中"
    said = f"按{county.label(column)}在{within}排列，并列的占同一名次，其后空出；没有意义的不排名次"
    grades = "；".join(
        grade.label if grade.at_least is None
        else f"{grade.label}：{county.say(column, grade.at_least)}以上"
        for grade in assessment.grades
    )  # fmt: skip
    return (*DEFINITIONS, ("考核名次", said), *([("考核等次", grades)] if grades else []))


def compose_annexes(now: Submissions) -> tuple[AnnexTable, ...]:
    """Give each group's table, numbered and titled as the 附件 note has it."""
    return tuple(_annex(now, group, number) for number, group in enumerate(now.groups, 1))


def _annex(now: Submissions, group: Group, number: int) -> AnnexTable:
    county, scope = now.county, now.of(group.id)
    return AnnexTable(
        number,
        f"{now.period.label}{group.label}{county.circular.subject}统计表",
        group.id,
        group.label,
        tuple(category.label for category in county.categories),
        tuple(scope),
        tuple(
            tuple(scope.counts[unit][category.id] for category in county.categories)
            for unit in scope
        ),
        shows_sums=bool(county.indicators or county.assessment),
        indicators=tuple(
            IndicatorColumn(
                indicator,
                tuple(scope.amount(unit, indicator.id) for unit in scope),
                scope.total_amount(indicator.id),
            )
            for indicator in county.indicators_of(group.id)
        ),
        standings=tuple(_standings(now, tuple(scope))),
    )


def _standings(now: Submissions, units: tuple[str, ...]) -> Iterator[StandingColumn]:
    """Give rank and, where there are grades, grade: ranks may be among all units of the period."""
    if now.county.assessment is None:
        return
    ratings = [rate_units(now).get(unit) for unit in units]
    yield StandingColumn(RANK, tuple(rating.rank if rating else None for rating in ratings))
    if now.county.assessment.grades:
        grades = (rating.grade if rating else None for rating in ratings)
        yield StandingColumn(GRADE, tuple(grade.label if grade else None for grade in grades))


# --- The three sections -------------------------------------------------------------------------


class _Body:
    """Composes the body: the sentences without the report's remarks, and the remarks themselves.

    In the report the analyst's remarks are quoted; here they speak for the office.
    """

    def __init__(self, history: History) -> None:
        now = history.now
        self.remarks = {section: _parts(quote_remark(now, section)) for section in now.remarks}
        self.now = _without_remarks(now)
        self.history = History((*history.series[:-1], self.now))

    def parts(self) -> _Parts:
        """Give the three sections; one without a part has no title either."""
        for title, composed in (
            ("工作开展情况", self._work()),
            ("存在的问题", self._problems()),
            ("工作要求", self._requirements()),
        ):
            if parts := tuple(composed):
                yield SectionTitle(1, title)
                yield from parts

    def _work(self) -> _Parts:
        yield from _parts(narrative.say_totals(self.now))
        yield from _parts(narrative.say_figures(self.now))
        yield from _parts(narrative.say_comparisons(self.history))
        yield from self._titled(tell_balance(self.now))
        known = bool(self.now.ledger)
        yield from self._section("一（二）", "信息质量", narrative.say_quality, known=known)
        yield from self._section("一（三）", "制度建设")
        yield from self._titled(tell_participation(self.now))

    def _problems(self) -> _Parts:
        yield from self._section("二（一）", "公开机构运转")
        yield from self._section("二（二）", "“三审三校”落实", narrative.say_chain)
        yield from self._section("二（三）", "公开制度执行", narrative.say_regularity)
        yield from self._titled(tell_imbalance(self.now))
        yield from self._section("二（五）", "稿件质量", narrative.say_rejections)

    def _requirements(self) -> _Parts:
        known = bool(units_with_none(self.now)) or "三（一）" in self.remarks
        yield from self._section("三（一）", "组织领导", narrative.say_follow_up, known=known)
        yield from self._section("三（二）", "“三审三校”机制")
        days = self.now.county.requirements.interpretation_days
        say = narrative.say_deadlines if self.now.ledger else _say_limit
        yield from self._section("三（三）", "按时公开", say, known=days is not None)
        yield from self._section("三（四）", "业务培训")
        assess = partial(narrative.say_assessment, before=self.history.before)
        yield from self._section("三（五）", "考核奖惩", assess, known=True)

    def _titled(self, section: TitledSection) -> _Parts:
        """Give a section that the figures give its title."""
        [title] = _MARKDOWN.parseInline(section.title)
        yield SectionTitle(2, _plain(title))
        yield from _parts(section.text)
        yield from self.remarks.get(section.key, ())

    def _section(
        self, section: str, title: str, say: _Say | None = None, *, known: bool = False
    ) -> _Parts:
        """Give a section under its title; nothing where nothing is known but that nothing is."""
        is_known = known or has_evidence(self.now, section)
        said = _parts(say(self.now)) if say and is_known else ()
        if is_known or section in self.remarks:
            yield SectionTitle(2, title)
            yield from (*said, *self.remarks.get(section, ()))


def _without_remarks(now: Submissions) -> Submissions:
    """Return a period as its circular tells it: without remarks, and not citing itself."""
    rules, date = now.county.requirements, now.source.get("date")
    if date is not None and date in rules.source:
        rules = replace(rules, source="")
    return replace(now, remarks={}, county=replace(now.county, requirements=rules))


def _say_limit(now: Submissions) -> str:
    """三（三）: the time limit; that tables cannot show it kept is the report's business."""
    return narrative.say_limit(now, now.county.requirements.interpretation_days or 0)


# --- From Markdown to plain text ----------------------------------------------------------------


def _parts(source: str) -> tuple[BodyText, ...]:
    """Turn a section's Markdown into plain paragraphs; headings and list items are such too."""
    return tuple(_read(source))


def _read(source: str) -> Iterator[BodyText]:
    for token in _MARKDOWN.parse(source):
        if token.type in ("fence", "code_block"):
            yield from (BodyText(line.strip()) for line in token.content.splitlines() if line)
        if token.type == "inline" and (text := _plain(token)):
            yield BodyText(text)


def _plain(token: Token) -> str:
    parts = (
        "\n" if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
    )
    # Between Chinese characters the end of a line is no space.
    text = re.sub(r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])", "", "".join(parts))
    return text.replace("\n", " ").strip()
