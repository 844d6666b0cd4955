"""一、工作开展情况: totals, （一）categories and who leads, （二）quality, （四）participation."""

from zhashui_stats.aggregate import joint_scopes, ranked, units_with_none
from zhashui_stats.assessment import Adoption, ByUnit, Evidence, ReviewChain
from zhashui_stats.model.county import Category, Group, Scope
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.enumerations import say_names, say_ties
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.figures import say_figure_leaders
from zhashui_stats.narrative.lists import find_regulars, has_room, leading
from zhashui_stats.narrative.numbers import say_count, say_percent
from zhashui_stats.narrative.prose import prose
from zhashui_stats.narrative.remarks import say_remark, with_remark
from zhashui_stats.narrative.titled import TitledSection
from zhashui_stats.narrative.wording import (
    NAMED,
    name_category,
    name_everyone,
    name_group,
    say_all_of,
    say_split,
)

__all__ = [
    "say_balance",
    "say_participation",
    "say_quality",
    "say_totals",
    "tell_balance",
    "tell_participation",
]

_CHAIN = "“三审三校”"
_SOUND = "签署齐全、次序正确、分人负责"
_UNPLACED = "台账没有登记投稿日期，退稿和待审无从归入本期，不计算采用率。"
_PLACES = "县市区旗"  # what kind of place a government is of, where its name ends in one


@prose
def say_totals(now: Submissions) -> str:
    """一、工作开展情况, first paragraph: totals by category, then by group, then by scope."""
    site = f"{_level(now)}政府网站"
    if not now.total():
        units = "、".join(name_group(group, now.of(group.id)) for group in now.groups)
        return f"{now.period.label}，{units}{say_all_of(now)}没有稿件被{site}采用。"
    total = f"{now.total()}{escape(now.county.measure)}"
    head = f"{now.period.label}，{site}共采用{name_everyone(now)}稿件{total}"
    if len(now.county.categories) > 1:
        head += f"，其中{_by_category(now)}"
    groups = "；".join(_group_total(now.of(group.id), group) for group in now.groups)
    scopes = "；".join(_group_total(part, scope) for scope, part in _parts(now).items())
    text = f"{head}。{groups}。" if len(now.groups) > 1 else f"{head}。"
    return f"{text}{scopes}。" if scopes else text


def _parts(now: Submissions) -> dict[Scope, Submissions]:
    """Return what is counted under one name, where it is neither one group nor everything."""
    return {
        scope: part
        for scope, part in joint_scopes(now).items()
        if 1 < len(part.groups) < len(now.groups)
    }


def _level(now: Submissions) -> str:
    last = now.county.name[-1]
    return last if last in _PLACES else ""


def _by_category(now: Submissions) -> str:
    return "、".join(
        escape(say_count(category.label, now.total(category.id), now.county.measure))
        for category in now.county.categories
    )


def _group_total(scope: Submissions, group: Group | Scope) -> str:
    if not scope.total():
        return f"{escape(group.label)}没有稿件被采用"
    total = f"{escape(group.label)}共{scope.total()}{escape(scope.county.measure)}"
    return f"{total}（{_by_category(scope)}）" if len(scope.county.categories) > 1 else total


@prose
def say_balance(now: Submissions) -> str:
    """一（一）: the first category against the last, then who leads in each figure.

    The title follows the figures: more, fewer, equal, or nothing at all.
    """
    return tell_balance(now).say(now)


def tell_balance(now: Submissions) -> TitledSection:
    """一（一）, title and text apart."""
    if now.total():
        balance = [_balance(now)] if len(now.county.categories) > 1 else []
        paragraphs = [*balance, _all_leaders(now)]
    else:
        paragraphs = ["本期没有稿件被采用，各类信息数量均为0，无从比较。"]
    text = "\n\n".join(filter(None, [*paragraphs, say_figure_leaders(now)]))
    return TitledSection("一（一）", _balance_title(now), text)


def _balance_title(now: Submissions) -> str:
    first, last = now.county.categories[0], now.county.categories[-1]
    label_first, label_last = name_category(first), name_category(last)
    difference = now.total(last.id) - now.total(first.id)
    if first is last:
        return f"{label_first}采用情况" if now.total() else f"本期没有{label_first}"
    if difference:
        return f"{label_last}{'多' if difference > 0 else '少'}于{label_first}"
    if now.total(first.id):
        return f"{label_last}与{label_first}数量相等"
    return f"{label_first}和{label_last}均为空白"


def _balance(now: Submissions) -> str:
    first, last = now.county.categories[0], now.county.categories[-1]
    measure = escape(now.county.measure)
    some, others = now.total(first.id), now.total(last.id)
    pair = f"{name_category(last)}{others}{measure}，{name_category(first)}{some}{measure}"
    if some == others:
        return f"{pair}。"
    more = "前者多" if others > some else "后者多"
    return f"{pair}，{more}{abs(others - some)}{measure}。"


def _all_leaders(now: Submissions) -> str:
    if len(now.units) == 1:
        return f"本期采用的稿件全部来自{escape(now.units[0].name)}。"
    return "".join(_leaders(now, category) for category in reversed(now.county.categories))


def _leaders(now: Submissions, category: Category) -> str:
    """Say of whom most of a category was adopted; all of whom any was, where they are few."""
    first = leading(now, category.id, NAMED)
    label, measure = name_category(category), now.county.measure
    active = len(now.units) - len(units_with_none(now, category.id))
    if not active:
        return f"没有{label}被采用。"
    count, names = ranked(now, category.id)[0]
    if not first.ties:
        return f"各单位{label}均为{count}{escape(measure)}。"
    if not first.is_named:
        return f"{label}有{len(names)}个单位并列最多，各{count}{escape(measure)}。"
    ties, named = say_ties(first.ties, measure), len(first.names)
    if named == active:
        only = "只" if active == 1 else ""
        return f"有{label}被采用的单位{only}有{active}个：{ties}。"
    return f"{label}{'最多' if named == 1 else '居前'}的是{ties}。"


@prose
def say_quality(now: Submissions) -> str:
    """一（二）: how much was adopted, and how much of it went through a sound review chain.

    Without a ledger the analyst's remarks stand in its place.
    """
    if now.ledger is None:
        return say_remark(now, "一（二）", "信息质量")
    outcome, chains = Evidence(now.ledger).adoption, Evidence(now.ledger).chains
    said = _UNPLACED if outcome is None else _adoption(now, outcome)
    said += "" if chains is None else _soundness(now, chains.total)
    return with_remark(said, now, "一（二）")


def _adoption(now: Submissions, outcome: ByUnit[Adoption]) -> str:
    """Say what became of the articles; the rate only where it tells more than that."""
    measure, total = now.county.measure, outcome.total
    articles = total.adopted + total.rejected + total.pending
    if not articles:
        return "台账中没有本期的稿件。"
    parts = {"被采用": total.adopted, "被退稿": total.rejected, "待审核": total.pending}
    text = f"台账中本期稿件{articles}{escape(measure)}{say_split(parts, measure)}。"
    if total.rate is None or not (total.adopted and total.rejected):
        return text
    rates = (f"{escape(group.label)}{_rate(outcome.of(group.id).total)}" for group in now.groups)
    groups = f"，其中{'，'.join(rates)}" if len(now.groups) > 1 else ""
    basis = "（不计待审核的）" if total.pending else ""
    return f"{text}采用率{basis}为{say_percent(total.rate)}{groups}。"


def _rate(outcome: Adoption) -> str:
    return "没有审结的稿件" if outcome.rate is None else f"为{say_percent(outcome.rate)}"


def _soundness(now: Submissions, chain: ReviewChain) -> str:
    if not chain.articles:
        return ""
    of_all = f"被采用的{chain.articles}{escape(now.county.measure)}"
    if chain.sound == chain.articles:
        return f"{of_all}{_CHAIN}{'均' if chain.articles > 1 else ''}{_SOUND}。"
    if not chain.sound:
        return f"{of_all}中，没有{_CHAIN}{_SOUND}的。"
    share = say_percent(100 * chain.sound / chain.articles)
    return f"{of_all}中，{_CHAIN}{_SOUND}的有{chain.sound}{escape(now.county.measure)}，占{share}。"


@prose
def say_participation(now: Submissions) -> str:
    """一（四）: how many units had something adopted; the circular praises those who did.

    Who sent in regularly follows where a ledger tells it.
    """
    return tell_participation(now).say(now)


def tell_participation(now: Submissions) -> TitledSection:
    """一（四）, title and text apart."""
    active = len(now.units) - len(units_with_none(now))
    text = "；".join(_participation(now.of(group.id), group) for group in now.groups) + "。"
    if len(now.groups) > 1 and 0 < active < len(now.units):
        share = say_percent(100 * active / len(now.units))
        text += f"合计{len(now.units)}个单位中，{active}个有稿件被采用，占{share}。"
    # Where no article has its date, nobody can be told to have sent in nothing.
    if (sent := Evidence(now.ledger).regularity) and (regulars := find_regulars(sent)) is not None:
        text += f"\n\n{_regulars(now, regulars)}"
    return TitledSection("一（四）", _participation_title(now, active), text)


def _regulars(now: Submissions, names: tuple[str, ...]) -> str:
    """Name the regular contributors (经常投稿)."""
    months = now.period.months
    # In a single month 投稿 could be taken for what was adopted: say what it goes by.
    span, often = (
        ("从投稿日期看，本月", "") if months == 1 else (f"本期{months}个月中，", "在一半以上的月份")
    )
    if len(names) == len(now.units):
        return f"{span}{name_everyone(now)}{say_all_of(now)}{often}有投稿。"
    if not names:
        return f"{span}没有单位{often}{'有' if often else ''}投稿。"
    listed = f"：{say_names(names)}" if has_room(names) else ""
    return f"{span}{often}有投稿的单位有{len(names)}个{listed}。"


def _participation_title(now: Submissions, active: int) -> str:
    if not active:
        return "本期没有稿件被采用"
    if active == len(now.units):
        return f"{name_everyone(now)}{say_all_of(now)}有稿件被采用"
    return f"{active}个单位有稿件被采用"


def _participation(scope: Submissions, group: Group) -> str:
    size = len(scope.units)
    active = size - len(units_with_none(scope))
    if active == size:
        return f"{name_group(group, scope)}{say_all_of(scope)}有稿件被采用"
    if not active:
        return f"{name_group(group, scope)}{say_all_of(scope)}没有稿件被采用"
    share = say_percent(100 * active / size)
    return f"{name_group(group, scope)}中，{active}个有稿件被采用，占{share}"
