"""Where the circular speaks of one unit: the lists that it is on, section by section.

The circular is the one that this program computes from the tables and the ledger, with the
analyst's remarks; what another one says is not known here. Every list comes from
``narrative.lists``, as the circular's own sentences do. A list that is too long for a sentence is
counted there and stands in the annex; the unit is told so. A group of one unit has no lists: its
sentences are about that unit throughout.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhashui_stats.aggregate import joint_scopes, threshold_units, thresholds_of, units_with_none
from zhashui_stats.assessment import Regularity
from zhashui_stats.briefs.brief import Brief
from zhashui_stats.briefs.indicators import own_rating, say_own_place
from zhashui_stats.briefs.name_search import names_unit
from zhashui_stats.briefs.standing_words import say_place
from zhashui_stats.model.county import Category
from zhashui_stats.model.units import Unit
from zhashui_stats.narrative.enumerations import say_names
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.figures import leading_in, led_figures
from zhashui_stats.narrative.lists import (
    Leading,
    Sending,
    comparable,
    few_with_any,
    find_regulars,
    find_rush,
    flawed_articles,
    has_room,
    is_dated,
    leading,
    most_moved,
    sort_by_sending,
)
from zhashui_stats.narrative.practice import name_sending, say_unplaced
from zhashui_stats.narrative.problems import say_bound
from zhashui_stats.narrative.prose import prose
from zhashui_stats.narrative.requirements import ASSESSED
from zhashui_stats.narrative.wording import (
    NAMED,
    name_category,
    name_figure,
    say_annex,
    say_annexes,
    say_measured,
)
from zhashui_stats.rating import assessed_column
from zhashui_stats.reading.remarks import SECTIONS

__all__ = ["Mention", "find_mentions", "say_mentions"]

_UNITS = "单位"


@dataclass(frozen=True, slots=True)
class Mention:
    """A list of the circular on which a unit stands.

    Attributes:
        section: The circular's section, such as 二（四）.
        text: Which list it is (Markdown), without the unit's name.
    """

    section: str
    text: str


@prose
def say_mentions(brief: Brief) -> str:
    """The lists of the circular on which the unit stands, an item for each section.

    Where there are none, it says what was looked through.
    """
    sections: dict[str, list[str]] = {}
    for mention in find_mentions(brief):
        sections.setdefault(mention.section, []).append(mention.text)
    if not sections:
        basis = "统计表和台账" if brief.now.ledger else "统计表"
        return f"按{basis}，本期没有需要告知本单位的名单。"
    return "\n".join(f"- **{section}**　{'；'.join(said)}。" for section, said in sections.items())


def find_mentions(brief: Brief) -> tuple[Mention, ...]:
    """Find where the unit is on a list or named by a remark, in the order of the circular."""
    return tuple(Mention(section, text) for section in _ORDER for text in _find(brief, section))


def _find(brief: Brief, section: str) -> Iterator[str]:
    if find := _LISTS.get(section):
        yield from find(brief)
    if names_unit(brief.now.remarks.get(section, ""), brief.unit, brief.now.units):
        yield "经办人说明中提到本单位"


# --- 一、工作开展情况 -----------------------------------------------------------------------------


def _changes(brief: Brief) -> Iterator[str]:
    """一: who is new, who was merged into whom, and who moved most."""
    for _, name, against in brief.history.compared:
        if brief.unit in against.arrived:
            yield f"与{name}相比新增的单位"
        if ended := [unit for unit, heir in against.merged.items() if heir == brief.unit]:
            yield f"与{name}相比，{_names(ended)}并入"
    yield from _movers(brief)


def _movers(brief: Brief) -> Iterator[str]:
    against = comparable(brief.history)
    if against is None:
        return
    name = brief.history.compared[0][1]
    for verb, sign in (("增加", 1), ("减少", -1)):
        difference, names = most_moved(against, sign)
        if brief.name in names:
            count = f"{difference}{_measure(brief)}"
            most = f"与{name}相比，采用总量{verb}最多"
            # 只有 is for lists: who moved most is one or several, and never “only” that one.
            said = f"{most}的是本单位，" if len(names) == 1 else f"{_one_of(most, names)}，各"
            yield f"{said}{verb}{count}"


def _leaders(brief: Brief) -> Iterator[str]:
    """一（一）: who leads in a category, over all groups."""
    for category in reversed(brief.now.county.categories):
        first = leading(brief.now, category.id, NAMED)
        if brief.name in first.names:
            yield f"{_leader(brief, category, first)}{_count(brief, category)}"
    yield from _indicator_leaders(brief)


def _indicator_leaders(brief: Brief) -> Iterator[str]:
    """一（一）: who leads in an indicator of which the circular tells it."""
    for indicator in led_figures(brief.now) if len(brief.now.units) > 1 else ():
        first, label = leading_in(brief.now, indicator), escape(indicator.label)
        if brief.name in first.names:
            said = say_measured(
                brief.now.county, indicator.id, brief.own.total_amount(indicator.id)
            )
            most = "最多" if indicator.is_counted else "最高"
            which = most if len(first.names) == 1 else "居前" if first.is_named else f"并列{most}"
            yield f"{label}{which}，{said}"


def _leader(brief: Brief, category: Category, first: Leading) -> str:
    label, names = name_category(category), first.names
    if not first.is_named:
        return f"{_one_of(f'{label}并列最多', names)}，各"
    if len(names) == len(brief.now.units) - len(units_with_none(brief.now, category.id)):
        return f"{_one_of(f'有{label}被采用', names)}，"
    return f"{label}{'最多' if len(names) == 1 else '居前'}，"


def _count(brief: Brief, category: Category | None = None) -> str:
    wanted = category.id if category else None
    return f"{brief.now.count(brief.name, wanted)}{_measure(brief)}"


def _regulars(brief: Brief) -> Iterator[str]:
    """一（四）: who sent in regularly."""
    if (sent := brief.evidence.regularity) is None:
        return
    names = find_regulars(sent) or ()
    if brief.name in names:
        is_month = brief.now.period.months == 1
        often = "从投稿日期看，本月有投稿" if is_month else "在一半以上的月份有投稿"
        yield _one_of(often, names)


# --- 二、存在的问题 -------------------------------------------------------------------------------


def _chain(brief: Brief) -> Iterator[str]:
    """二（二）: whose review chains are not sound."""
    if (chains := brief.evidence.chains) is None:
        return
    flawed = flawed_articles(chains)
    if own := flawed[brief.name]:
        concerned = [name for name, articles in flawed.items() if articles]
        yield f"“三审三校”不合要求的有{own}{_measure(brief)}（{_concerned(concerned)}）"


def _regularity(brief: Brief) -> Iterator[str]:
    """二（三）: how the unit sent in over the period, and whether it rushed."""
    if (sent := brief.evidence.regularity) is None or not is_dated(sent):
        return
    yield _sending(brief, sent)
    found = find_rush(brief.now, sent)
    if found and brief.name in found.named:
        counts, measure = found.judged[brief.name], _measure(brief)
        days = (brief.now.period.end - found.window_start).days + 1
        yield (
            f"{_one_of('期末集中投稿明显偏多', found.named)}"
            f"（投稿{counts.articles}{measure}中期末{days}天{counts.in_window}{measure}）"
        )


def _sending(brief: Brief, sent: Regularity) -> str:
    kinds = sort_by_sending(sent)
    kind = next(kind for kind, names in kinds.items() if brief.name in names)
    text = _one_of(name_sending(brief.now, kinds)[kind], kinds[kind])
    if kind is Sending.PARTLY:
        idle = "、".join(f"{month.first}月" for month in sent.idle[brief.name])
        return f"{text}（{idle}）"
    if kind is Sending.UNCLEAR:
        return f"{text}（{say_unplaced(sent.unplaced[brief.name], _measure(brief))}）"
    return text


def _imbalance(brief: Brief) -> Iterator[str]:
    """二（四）: who is at or below a threshold, and who has nothing in a category."""
    if len(brief.scope.units) == 1:
        return
    if brief.scope.total():
        for threshold in thresholds_of(brief.now, brief.group.id):
            names = threshold_units(brief.scope, threshold)
            if brief.name in names:
                label = name_figure(brief.now.county, threshold.figure)
                every = "均" if threshold.at_least is None else "均在"
                yield _listed(brief, label, say_bound(brief.scope, threshold), names, every=every)
    yield from _joint_thresholds(brief)
    for category in brief.now.county.categories:
        yield from _zeros(brief, category)


def _joint_thresholds(brief: Brief) -> Iterator[str]:
    """二（四）: who is at or below a threshold of several groups under one name."""
    for scope, part in joint_scopes(brief.now).items():
        for threshold in thresholds_of(brief.now, scope.id):
            names = threshold_units(part, threshold)
            if brief.name in names:
                label = name_figure(brief.now.county, threshold.figure)
                what = f"{escape(scope.label)}中{label}{say_bound(part, threshold)}"
                where = (
                    "" if has_room(names) else f"（名单见{say_annexes(brief.now.county, scope)}）"
                )
                yield f"{_one_of(what, names)}{where}"


def _zeros(brief: Brief, category: Category) -> Iterator[str]:
    zeros, label = units_with_none(brief.scope, category.id), name_category(category)
    others = few_with_any(brief.scope, category.id)
    if brief.name in zeros:
        # Where the sentence names the others instead, the annex holds those with nothing.
        yield _listed(brief, label, "为0", zeros, is_named=not others)
    elif others:
        yield _listed(brief, label, "不为0", others)


# --- 三、工作要求 -------------------------------------------------------------------------------


def _follow_up(brief: Brief) -> Iterator[str]:
    """三（一）: whom to turn to first."""
    zeros = units_with_none(brief.now)
    if brief.name in zeros:
        annex = "" if has_room(zeros) or len(zeros) == len(brief.now.units) else "（见附件）"
        yield f"{_one_of('没有稿件被采用', zeros)}{annex}，可作为下一期的重点联系对象"


def _deadlines(brief: Brief) -> Iterator[str]:
    """三（三）: whose interpretations are late."""
    found = brief.evidence.timeliness
    if found and (late := found[brief.name].late):
        concerned = [name for name, unit in found.items() if unit.late]
        yield f"政策解读超期{late}{_measure(brief)}（{_concerned(concerned)}）"


def _assessment(brief: Brief) -> Iterator[str]:
    """三（五）: who leads in its group, by rank.

    Of few units the circular names all: being last, or no better than half, is no praise.
    """
    if brief.now.county.assessment:
        yield from _rated(brief)
        return
    first = leading(brief.scope, None, ASSESSED)
    if brief.name not in first.names:
        return
    label = escape(brief.group.label)
    if not first.is_named:
        yield f"{_one_of('采用总量并列第一', first.names, label)}，各{_count(brief)}"
        return
    own = brief.standing()
    if own.rank == 1 or own.distance > 0:
        yield f"采用总量在{label}中{say_place(own)}，{_count(brief)}，可供考核参考"


def _rated(brief: Brief) -> Iterator[str]:
    """三（五）: the unit's rank and grade, where the county says how units are assessed."""
    rating, county = own_rating(brief), brief.now.county
    if rating is None or rating.amount is None:
        return
    figure = name_figure(county, assessed_column(county))
    said = say_measured(county, assessed_column(county), rating.amount)
    grade = f"，等次为{escape(rating.grade.label)}" if rating.grade else ""
    yield f"{figure}{said}，{say_own_place(brief, rating)}{grade}，可供考核参考"


_LISTS: Mapping[str, Callable[[Brief], Iterator[str]]] = {
    "一": _changes,
    "一（一）": _leaders,
    "一（四）": _regulars,
    "二（二）": _chain,
    "二（三）": _regularity,
    "二（四）": _imbalance,
    "三（一）": _follow_up,
    "三（三）": _deadlines,
    "三（五）": _assessment,
}
_ORDER = ("一", *SECTIONS)


# --- Words --------------------------------------------------------------------------------------


def _measure(brief: Brief) -> str:
    return escape(brief.now.county.measure)


def _names(units: Sequence[Unit]) -> str:
    return say_names(unit.name for unit in units)


def _one_of(what: str, names: Sequence[str], label: str = _UNITS) -> str:
    """Say that the unit is one of those, or the only one."""
    if len(names) == 1:
        return f"{what}的只有本单位"
    return f"{what}的{len(names)}个{label}之一"


def _listed(
    brief: Brief,
    label: str,
    what: str,
    names: Sequence[str],
    *,
    every: str = "均",
    is_named: bool = True,
) -> str:
    """Say that the unit is on a list of its group, and where the names are if not there."""
    group = escape(brief.group.label)
    if len(names) == len(brief.scope.units):
        return f"{len(names)}个{group}的{label}{every}{what}"
    annex = say_annex(brief.now.county, brief.group.id)
    where = "" if is_named and has_room(names) else f"（名单见{annex}）"
    return f"{_one_of(f'{label}{what}', names, group)}{where}"


def _concerned(names: Sequence[str]) -> str:
    return "只涉及本单位" if len(names) == 1 else f"共涉及{len(names)}个单位"
