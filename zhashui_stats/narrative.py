"""The report's sentences: one function a paragraph, in the order of the circular's sections.

Each takes the period's Submissions (or its History) and returns Markdown. Every number and every
list is computed; what the tables cannot show comes from the analyst's remarks or is said to be
missing. Text from data is escaped, see ``phrases.escape``.
"""

from collections.abc import Sequence

from zhashui_stats.aggregate import (
    at_least,
    below,
    gini,
    leaders,
    median,
    ranked,
    top_share,
    zero_units,
)
from zhashui_stats.compare import Change, Comparison, History
from zhashui_stats.county import Category, Group, Threshold
from zhashui_stats.phrases import (
    escape,
    say_annex,
    say_category,
    say_change,
    say_count,
    say_decimal,
    say_names,
    say_percent,
    say_ties,
)
from zhashui_stats.submissions import Submissions
from zhashui_stats.units import Unit

__all__ = [
    "say_assessment",
    "say_balance",
    "say_basis",
    "say_changes",
    "say_checks",
    "say_concentration",
    "say_deadlines",
    "say_follow_up",
    "say_imbalance",
    "say_movers",
    "say_participation",
    "say_problems",
    "say_remark",
    "say_title",
    "say_totals",
]

_NAMED = 5  # how many leading units a sentence names; whoever ties with the last is named too
_ROOM = 30  # how many names a sentence has room for before it points to the annex
_PROBLEMS = ("二（一）", "二（二）", "二（三）", "二（五）")
_PLACES = "县市区旗"  # what kind of place a government is of, where its name ends in one


# --- Title and opening --------------------------------------------------------------------------


def say_title(now: Submissions) -> str:
    """Title: whose report, on which period, on what."""
    return f"# {escape(now.county.name)}{now.period.label}政务公开信息采编情况报告"


def say_basis(now: Submissions) -> str:
    """Opening: what the report rests on, where the circular names its addressees and its aim."""
    scope = "、".join(
        f"{escape(group.label)}{len(now.of(group.id).units)}个" for group in now.groups
    )
    if len(now.units) == 1:
        scope = escape(now.units[0].name)
    total = f"，共{len(now.units)}个投稿单位" if len(now.groups) > 1 else ""
    summed = "由上、下半年的统计表相加得出" if now.summed else "依据本期统计表编写"
    quoted = "引用经办人说明，没有说明的注明本期没有数据"
    others = "见各半年的报告" if now.summed else quoted
    return (
        f"本报告{summed}，统计范围为{scope}{total}。文中数字均由统计表逐项算出。"
        f"统计表只反映采用数量，其他情况{others}。"
    )


# --- 一、工作开展情况 ----------------------------------------------------------------------------


def say_totals(now: Submissions) -> str:
    """一、工作开展情况, first paragraph: totals by category, then by group."""
    site = f"{_level(now)}政府网站"
    if not now.total():
        units = "、".join(_all(group, now.of(group.id)) for group in now.groups)
        return f"{now.period.label}，{units}{_both(now)}没有稿件被{site}采用。"
    total = f"{now.total()}{escape(now.county.measure)}"
    head = f"{now.period.label}，{site}共采用{_whose(now)}稿件{total}"
    if len(now.county.categories) > 1:
        head += f"，其中{_by_category(now)}"
    groups = "；".join(_group_total(now.of(group.id), group) for group in now.groups)
    return f"{head}。{groups}。" if len(now.groups) > 1 else f"{head}。"


def _level(now: Submissions) -> str:
    last = now.county.name[-1]
    return last if last in _PLACES else ""


def _whose(now: Submissions) -> str:
    return "各单位" if len(now.units) > 1 else escape(now.units[0].name)


def _by_category(now: Submissions) -> str:
    return "、".join(
        escape(say_count(one.label, now.total(one.id), now.county.measure))
        for one in now.county.categories
    )


def _group_total(scope: Submissions, group: Group) -> str:
    if not scope.total():
        return f"{escape(group.label)}没有稿件被采用"
    total = f"{escape(group.label)}共{scope.total()}{escape(scope.county.measure)}"
    return f"{total}（{_by_category(scope)}）" if len(scope.county.categories) > 1 else total


def say_changes(history: History) -> str:
    """一、工作开展情况: against the period before (环比) and the same period last year (同比).

    The circular makes no comparison; a report with forerunners does.
    """
    said = [_comparison(name, term, against) for term, name, against in history.compared]
    missing = [one for one in history.forerunners if not one.comparison]
    if missing:
        missing.sort(key=lambda one: one.period)
        labels = "、".join(one.period.label for one in missing)
        terms = "、".join(one.term for one in missing)
        said.append(f"没有{labels}的数据，本期不作{terms}比较。")
    return "\n\n".join(said)


def _comparison(name: str, term: str, against: Comparison) -> str:
    measure, change = against.now.county.measure, against.change()
    base = f"{against.before.period.label}，{change.before}{escape(measure)}"
    text = f"与{name}（{base}）相比，采用总量{say_change(change, measure, term)}"
    categories = against.now.county.categories
    moved = [one for one in categories if against.change(one.id).difference]
    if len(categories) > 1 and not moved:
        text += "，各类信息数量均无变化"
    elif len(categories) > 1:
        parts = (
            f"{escape(one.label)}{_say_move(against.change(one.id), measure)}" for one in categories
        )
        text += f"。其中，{'；'.join(parts)}"
    return f"{text}。{_group_changes(against)}{_roster_changes(against)}"


def _group_changes(against: Comparison) -> str:
    groups, measure = against.now.groups, against.now.county.measure
    changes = [(escape(group.label), against.of(group.id).change()) for group in groups]
    if len(groups) == 1 or not any(change.difference for _, change in changes):
        return ""
    return f"分组看，{'；'.join(f'{label}{_say_move(one, measure)}' for label, one in changes)}。"


def _say_move(change: Change, measure: str) -> str:
    """Say from what to what a count went, and by how many per cent; from zero by how many."""
    word = escape(measure)
    if not change.difference:
        return f"持平（均为{change.after}{word}）" if change.after else f"均为0{word}"
    verb, trend = ("增至", "增长") if change.difference > 0 else ("减至", "下降")
    moved = f"由{change.before}{word}{verb}{change.after}{word}"
    if change.percent is None:
        return f"{moved}（基数为0，不计增幅）"
    return f"{moved}，{trend}{say_percent(abs(change.percent))}"


def _roster_changes(against: Comparison) -> str:
    if not against.roster_changed:
        return ""
    parts = []
    if against.arrived:
        parts.append(f"新增{_units(against.arrived)}")
    if against.departed:
        parts.append(f"不再统计{_units(against.departed)}")
    parts += [
        f"{escape(ended.name)}并入{escape(heir.name)}" for ended, heir in against.merged.items()
    ]
    change, measure = against.like_for_like(), against.now.county.measure
    return (
        f"两期名册有变化：{'，'.join(parts)}。按同口径计算（{_like_for_like(against)}），"
        f"采用总量{_say_move(change, measure)}。"
    )


def _like_for_like(against: Comparison) -> str:
    """Say what the like-for-like figure does with the units that came, went or merged."""
    rules = ["合并前的单位计入合并后的单位"] if against.merged else []
    left_out = ["新增"] if against.arrived else []
    left_out += ["不再统计"] if against.departed else []
    return "，".join([*rules, f"{'和'.join(left_out)}的单位除外"] if left_out else rules)


def say_movers(history: History) -> str:
    """一、工作开展情况: how many units rose and fell since the nearest period at hand, who most.

    Empty where there is no forerunner, or where fewer than two units can be compared.
    """
    if not history.compared or len(history.compared[0][2].by_unit) < 2:
        return ""
    _, name, against = history.compared[0]
    differences = [one.difference for one in against.by_unit.values()]
    head = f"与{name}相比，两期可比的{len(differences)}个单位中，采用总量"
    if not any(differences):
        return f"{head}均无变化。"
    rose, fell = (sum(sign * one > 0 for one in differences) for sign in (1, -1))
    same = len(differences) - rose - fell
    parts = {"增加": rose, "减少": fell, "持平": same}
    told = "，".join(f"{verb}的有{count}个" for verb, count in parts.items() if count)
    most = [_most_moved(against, verb) for verb in ("增加", "减少") if parts[verb]]
    return f"{head}{told}。{'；'.join(most)}。"


def _most_moved(against: Comparison, verb: str) -> str:
    """Name the unit that moved most; several that tie are named where there are few."""
    extreme = max if verb == "增加" else min
    difference = extreme(one.difference for one in against.by_unit.values())
    names = [name for name, one in against.by_unit.items() if one.difference == difference]
    count = f"{abs(difference)}{escape(against.now.county.measure)}"
    if len(names) > _NAMED:
        return f"{len(names)}个单位{verb}最多，各{verb}{count}"
    return f"{verb}最多的是{say_names(names)}，{'各' if len(names) > 1 else ''}{verb}{count}"


def say_balance(now: Submissions) -> str:
    """一（一）: the first category against the last, then who leads in each category.

    The heading follows the figures: more, fewer, equal, or nothing at all.
    """
    paragraphs = [f"### （一）{_balance_heading(now)}"]
    if now.total():
        paragraphs += [_balance(now)] if len(now.county.categories) > 1 else []
        paragraphs.append(_all_leaders(now))
    else:
        paragraphs.append("本期没有稿件被采用，各类信息数量均为0，无从比较。")
    return _with_remark("\n\n".join(paragraphs), now, "一（一）")


def _balance_heading(now: Submissions) -> str:
    first, last = now.county.categories[0], now.county.categories[-1]
    label_first, label_last = _category(first), _category(last)
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
    pair = f"{_category(last)}{others}{measure}，{_category(first)}{some}{measure}"
    if some == others:
        return f"{pair}。"
    more = "前者多" if others > some else "后者多"
    return f"{pair}，{more}{abs(others - some)}{measure}。"


def _all_leaders(now: Submissions) -> str:
    if len(now.units) == 1:
        return f"本期采用的稿件全部来自{escape(now.units[0].name)}。"
    return "".join(_leaders(now, one) for one in reversed(now.county.categories))


def _leaders(now: Submissions, category: Category) -> str:
    """Say of whom most of a category was adopted; all of whom any was, where they are few."""
    ties = leaders(now, category.id, _NAMED)
    label, measure = _category(category), now.county.measure
    active = len(now.units) - len(zero_units(now, category.id))
    if not active:
        return f"没有{label}被采用。"
    named = sum(len(names) for _, names in ties)
    count, names = ranked(now, category.id)[0]
    if len(names) == len(now.units):
        return f"各单位{label}均为{count}{escape(measure)}。"
    if not named:
        return f"{label}有{len(names)}个单位并列最多，各{count}{escape(measure)}。"
    if named == active:
        only = "只" if active == 1 else ""
        return f"有{label}被采用的单位{only}有{active}个：{say_ties(ties, measure)}。"
    return f"{label}{'最多' if named == 1 else '居前'}的是{say_ties(ties, measure)}。"


def say_remark(now: Submissions, section: str, topic: str) -> str:
    """Any section that the tables cannot show: the analyst's paragraphs, or that there are none.

    Args:
        now: The period.
        section: Key of the section, such as 一（二）.
        topic: What the section is about, as a noun.
    """
    if section not in now.remarks:
        return f"本期没有{topic}方面的数据。"
    quoted = "\n".join(f"> {line}".rstrip() for line in now.remarks[section].splitlines())
    return f"> 经办人说明：\n>\n{quoted}"


def say_participation(now: Submissions) -> str:
    """一（四）: how many units had something adopted; the circular praises those who did."""
    active = len(now.units) - len(zero_units(now))
    text = f"### （四）{_participation_heading(now, active)}\n\n"
    text += "；".join(_participation(now.of(group.id), group) for group in now.groups) + "。"
    if len(now.groups) > 1 and 0 < active < len(now.units):
        share = say_percent(100 * active / len(now.units))
        text += f"合计{len(now.units)}个单位中，{active}个有稿件被采用，占{share}。"
    return _with_remark(text, now, "一（四）")


def _participation_heading(now: Submissions, active: int) -> str:
    if not active:
        return "本期没有稿件被采用"
    if active == len(now.units):
        return f"{_whose(now)}{_both(now)}有稿件被采用"
    return f"{active}个单位有稿件被采用"


def _participation(scope: Submissions, group: Group) -> str:
    size = len(scope.units)
    active = size - len(zero_units(scope))
    if active == size:
        return f"{_all(group, scope)}{_both(scope)}有稿件被采用"
    if not active:
        return f"{_all(group, scope)}{_both(scope)}没有稿件被采用"
    return f"{_all(group, scope)}中，{active}个有稿件被采用，占{say_percent(100 * active / size)}"


# --- 二、存在的问题 ------------------------------------------------------------------------------


def say_problems(now: Submissions) -> str:
    """二、存在的问题, opening: which of the five points rest on what."""
    sections = {section: section[1:] for section in _PROBLEMS}
    told = [sections[one] for one in _PROBLEMS if one in now.remarks]
    silent = [sections[one] for one in _PROBLEMS if one not in now.remarks]
    text = "以下五个方面中，（四）由统计表得出"
    text += "，并附经办人说明" if "二（四）" in now.remarks else ""
    text += f"；{'、'.join(told)}引用经办人说明" if told else ""
    text += f"；{'、'.join(silent)}本期没有数据" if silent else ""
    return f"{text}。"


def say_imbalance(now: Submissions) -> str:
    """二（四）: the lists at and below the thresholds, and who sent nothing, group by group."""
    paragraphs = [f"### （四）{_imbalance_heading(now)}"]
    for group in now.groups:
        scope = now.of(group.id)
        listed = [_threshold(scope, group, one) for one in _thresholds(now, group)]
        if listed and scope.total():
            paragraphs.append(f"{_among(group, scope)}{'；'.join(listed)}。")
        paragraphs.append(_zeros(scope, group))
    return _with_remark("\n\n".join(paragraphs), now, "二（四）")


def _imbalance_heading(now: Submissions) -> str:
    if not now.total():
        return "本期没有稿件被采用"
    if len(now.units) == 1:
        return "只有一个投稿单位"
    if not _all_equal(now):
        return "信息数量不均衡"
    if all(_all_equal(now, one.id) for one in now.county.categories):
        return "各单位信息数量相同"
    return "各单位采用总量相同，类别构成不同"


def _thresholds(now: Submissions, group: Group) -> tuple[Threshold, ...]:
    applying = now.county.thresholds_for(now.period, summed=now.summed)
    return tuple(one for one in applying if one.group == group.id)


def _threshold(scope: Submissions, group: Group, threshold: Threshold) -> str:
    label = _category(scope.county.category(threshold.category))
    if threshold.at_least is not None:
        names = at_least(scope, threshold.category, threshold.at_least)
    else:
        names = below(scope, threshold.category, threshold.below or 0)
    bound = _bound(scope, threshold)
    if len(scope.units) == 1:
        return f"{label}{_reached(scope, threshold)}"
    if not names:
        return f"没有{label}{bound}的单位"
    if len(names) == len(scope.units):
        return f"{label}均{'在' if threshold.at_least is not None else ''}{bound}"
    if len(names) > _ROOM:
        return f"{label}{bound}的有{len(names)}个，见{say_annex(scope.county, group.id)}"
    return f"{label}{bound}的有{len(names)}个：{say_names(names)}"


def _bound(scope: Submissions, threshold: Threshold) -> str:
    measure = escape(scope.county.measure)
    if threshold.at_least is not None:
        return f"{threshold.at_least}{measure}以上"
    return f"不足{threshold.below}{measure}"


def _reached(scope: Submissions, threshold: Threshold) -> str:
    """Say of a single unit whether it reaches a threshold, be it stated as 以上 or as 以下."""
    bound = threshold.below if threshold.at_least is None else threshold.at_least
    is_below = scope.total(threshold.category) < (bound or 0)
    return f"{'不足' if is_below else '达到'}{bound}{escape(scope.county.measure)}"


def _zeros(scope: Submissions, group: Group) -> str:
    """Say, category by category, who has nothing; categories without any or without all as one."""
    size, categories = len(scope.units), scope.county.categories
    zeros = {one: len(zero_units(scope, one.id)) for one in categories}
    empty = [_category(one) for one in categories if zeros[one] == size]
    full = [_category(one) for one in categories if not zeros[one]]
    if max(len(empty), len(full)) == len(categories):
        what = "各类信息" if len(categories) > 1 else _category(categories[0])
        both = "均" if size > 1 or len(categories) > 1 else ""
        return f"{_all(group, scope)}的{what}{both}{'' if empty else '不'}为0。"
    said = [_some_zero(scope, group, one) for one in categories if 0 < zeros[one] < size]
    said += [f"{'、'.join(empty)}{'全部' if size > 1 else _both_of(empty)}为0"] if empty else []
    said += [f"{'、'.join(full)}{'均' if size > 1 else _both_of(full)}不为0"] if full else []
    return f"{_among(group, scope)}{'；'.join(said)}。"


def _both_of(things: Sequence[str]) -> str:
    return "均" if len(things) > 1 else ""


def _some_zero(scope: Submissions, group: Group, category: Category) -> str:
    """Name who has nothing; where that is more than half, the number leads."""
    zeros = zero_units(scope, category.id)
    text = f"{_category(category)}为0的有{len(zeros)}个"
    if 2 * len(zeros) > len(scope.units):
        others = [one.name for one in scope.units if one.name not in set(zeros)]
        if len(others) <= _NAMED:
            return f"{text}，超过半数，只有{say_names(others)}不为0"
        text += "，超过半数"
    if len(zeros) > _ROOM:
        return f"{text}，见{say_annex(scope.county, group.id)}"
    return f"{text}：{say_names(zeros)}"


def say_concentration(now: Submissions) -> str:
    """二（四）: how unevenly the units submitted, in figures."""
    if not now.total():
        return "本期没有稿件被采用，集中程度无从计算。"
    if len(now.units) == 1:
        return "只有一个投稿单位，不计算集中程度。"
    scopes = [(escape(group.label), now.of(group.id)) for group in now.groups]
    if len(scopes) > 1:
        scopes.append(("全部单位", now))
    said = [_concentration(label, scope) for label, scope in scopes if len(scope.units) > 1]
    return f"{'；'.join(said)}。基尼系数在0和1之间，0表示各单位数量相同，越接近1越集中。"


def _concentration(label: str, scope: Submissions) -> str:
    coefficient, middle = gini(scope), median(scope)
    if coefficient is None or middle is None:
        return f"{label}没有稿件被采用"
    measure, even = escape(scope.county.measure), say_decimal(coefficient, 2)
    if _all_equal(scope):
        count = ranked(scope)[0][0]
        return f"{label}的采用总量均为{count}{measure}，各单位数量相同，基尼系数{even}"
    shares = "".join(
        f"{'第' if first == 1 else '、前'}{first}名占{say_percent(share)}"
        for first in (1, 3, 5)
        if (share := top_share(scope, first)) is not None
    )
    middle_said = say_decimal(middle, 0 if middle.is_integer() else 1)
    return f"{label}的采用总量，{shares}，中位数{middle_said}{measure}，基尼系数{even}"


# --- 三、工作要求 --------------------------------------------------------------------------------


def say_follow_up(now: Submissions) -> str:
    """三（一）: whom to turn to first: the units of which nothing was adopted."""
    zeros = zero_units(now)
    who, ask = f"本期{_whose(now)}{_both(now)}", "可作为下一期的重点联系对象"
    if not zeros:
        text = f"{who}有稿件被采用。"
    elif len(zeros) == len(now.units):
        text = f"{who}没有稿件被采用，{'都' if len(zeros) > 1 else ''}{ask}。"
    elif len(zeros) == 1:
        text = f"本期没有稿件被采用的单位只有{say_names(zeros)}，{ask}。"
    elif len(zeros) > _ROOM:
        text = f"本期有{len(zeros)}个单位没有稿件被采用（见附件），{ask}。"
    else:
        text = f"本期没有稿件被采用的单位有{len(zeros)}个，{ask}：{say_names(zeros)}。"
    return _with_remark(text, now, "三（一）")


def say_deadlines(now: Submissions) -> str:
    """三（三）: the time limits that the county states, and that counts cannot show them kept."""
    rules = now.county.requirements
    if rules.interpretation_days is None:
        return say_remark(now, "三（三）", "公开时限")
    text = (
        f"政策解读应在政策公布后{rules.interpretation_days}个工作日内发布"
        f"（见{escape(rules.source)}）。统计表不记录发布日期，本期没有是否按时公开的数据。"
    )
    return _with_remark(text, now, "三（三）")


def say_assessment(now: Submissions) -> str:
    """三（五）: the weight of openness in the yearly assessment, and who leads this period."""
    rules = now.county.requirements
    said = []
    if rules.assessment_share is not None:
        said.append(
            f"年度考核中，政务公开的分值占比不低于{rules.assessment_share}%"
            f"（见{escape(rules.source)}）。"
        )
    said.append(_ranked(now))
    return _with_remark("".join(said), now, "三（五）")


def _ranked(now: Submissions) -> str:
    """Say who leads in each group; where there is nobody to rank, that there is no ranking."""
    if not now.total():
        return "本期没有稿件被采用，没有可供考核参考的排名。"
    scopes = [(now.of(group.id), group) for group in now.groups]
    first = "；".join(_first_three(*one) for one in scopes)
    if all(_all_equal(scope) for scope, _ in scopes):
        return f"本期{first}，没有可供考核参考的排名。"
    return f"按本期采用总量排名，{first}，可供考核参考。"


def _first_three(scope: Submissions, group: Group) -> str:
    label, measure = escape(group.label), escape(scope.county.measure)
    if not scope.total():
        return f"{label}没有稿件被采用"
    count, names = ranked(scope)[0]
    if len(scope.units) == 1:
        return f"{label}只有{say_names(names)}，采用{count}{measure}"
    if _all_equal(scope):
        return f"{_all(group, scope)}采用总量均为{count}{measure}"
    ties = leaders(scope, None, 3)
    if not ties:
        return f"{label}有{len(names)}个单位并列第一，各{count}{measure}"
    only = sum(len(tied) for _, tied in ties) == 1
    return f"{label}{'最多' if only else '居前'}的是{say_ties(ties, scope.county.measure)}"


# --- 数据质量 ------------------------------------------------------------------------------------


def say_checks(history: History) -> str:
    """数据质量: what was checked and what was found; a report is only made from sound data."""
    now = history.now
    files = {file.path: file for one in history.series for file in one.files}.values()
    # The roster lies beside the periods' folders, and what it gives is no count.
    read = sum(file.units for file in now.files if "/" in file.path)
    cells = (read if now.summed else len(now.units)) * len(now.county.categories)
    whole = "由上、下半年相加，" if now.summed else ""
    totals = sum(file.totals for file in now.files)
    text = (
        f"本期{whole}共核对{len(now.units)}个单位、{len(now.county.categories)}个类别的{cells}个数："
        "单位与名册一一对应，各数均为不小于0的整数。"
    )
    if totals:
        text += f"表中写明的{totals}个合计数与各行之和一致。"
    else:
        text += "表中没有写明合计数，无从核对。"
    notes = [f"- {escape(file.path)}：{escape(note)}" for file in files for note in file.notes]
    if notes:
        return f"{text}未发现差错。读表时作了如下处理：\n\n" + "\n".join(notes)
    return f"{text}未发现差错。"


def _with_remark(text: str, now: Submissions, section: str) -> str:
    return f"{text}\n\n{say_remark(now, section, '')}" if section in now.remarks else text


def _category(category: Category) -> str:
    return escape(say_category(category.label))


def _all(group: Group, scope: Submissions) -> str:
    """Name a group by its size, and a group of one by its unit."""
    if len(scope.units) == 1:
        return escape(scope.units[0].name)
    return f"{len(scope.units)}个{escape(group.label)}"


def _among(group: Group, scope: Submissions) -> str:
    """Begin a sentence on some units of a group, or on its only one."""
    return f"{_all(group, scope)}{'中，' if len(scope.units) > 1 else ''}"


def _both(scope: Submissions) -> str:
    return "均" if len(scope.units) > 1 else ""


def _all_equal(scope: Submissions, category: str | None = None) -> bool:
    return len(ranked(scope, category)) == 1


def _units(units: tuple[Unit, ...]) -> str:
    return say_names(unit.name for unit in units)
