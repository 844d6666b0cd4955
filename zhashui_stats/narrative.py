"""The report's sentences: one function a paragraph, in the order of the circular's sections.

Each takes the period's Submissions (or its History) and returns Markdown. Every number and every
list is computed; what the tables cannot show comes from the analyst's remarks or is said to be
missing. Text from data is escaped, see ``phrases.escape``.
"""

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
from zhashui_stats.compare import Comparison, History
from zhashui_stats.county import Category, Group, Threshold
from zhashui_stats.periods import PeriodKind
from zhashui_stats.phrases import (
    escape,
    say_change,
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
    "say_participation",
    "say_problems",
    "say_remark",
    "say_title",
    "say_totals",
]

_NAMED = 5  # how many leading units a sentence names; whoever ties with the last is named too
_ROOM = 30  # how many names a sentence has room for before it points to the annex
_PROBLEMS = ("二（一）", "二（二）", "二（三）", "二（五）")
_KINDS = {
    PeriodKind.YEAR: ("上年", "上年"),
    PeriodKind.HALF: ("上个半年", "上年同期"),
    PeriodKind.QUARTER: ("上季度", "上年同期"),
    PeriodKind.MONTH: ("上月", "上年同期"),
}


# --- Title and opening --------------------------------------------------------------------------


def say_title(now: Submissions) -> str:
    """Title: whose report, on which period, on what."""
    return f"# {escape(now.county.name)}{now.period.label}政务公开信息采编情况报告"


def say_basis(now: Submissions) -> str:
    """Opening: what the report rests on, where the circular names its addressees and its aim."""
    scope = "、".join(
        f"{escape(group.label)}{len(now.of(group.id).units)}个" for group in now.groups
    )
    total = f"，共{len(now.units)}个投稿单位" if len(now.groups) > 1 else ""
    summed = "由上、下半年的统计表相加得出" if now.summed else "依据本期统计表编写"
    return (
        f"本报告{summed}，统计范围为{scope}{total}。"
        "文中数字均由统计表逐项算出；统计表反映不了的情况，只引用经办人说明，没有说明的照实注明。"
    )


# --- 一、工作开展情况 ----------------------------------------------------------------------------


def say_totals(now: Submissions) -> str:
    """一、工作开展情况, first paragraph: totals by category, then by group."""
    measure = escape(now.county.measure)
    site = f"{escape(now.county.level)}政府网站"
    total = now.total()
    if not total:
        units = "、".join(_all(group, now.of(group.id)) for group in now.groups)
        return f"{now.period.label}，{units}均没有稿件被{site}采用。"
    head = f"{now.period.label}，{site}共采用各单位稿件{total}{measure}"
    if len(now.county.categories) > 1:
        head += f"，其中{_by_category(now)}"
    groups = "；".join(_group_total(now.of(group.id), group) for group in now.groups)
    return f"{head}。{groups}。" if len(now.groups) > 1 else f"{head}。"


def _by_category(now: Submissions) -> str:
    return "、".join(
        f"{escape(one.label)}{now.total(one.id)}{escape(now.county.measure)}"
        for one in now.county.categories
    )


def _group_total(scope: Submissions, group: Group) -> str:
    if not scope.total():
        return f"{escape(group.label)}没有稿件被采用"
    total = f"{escape(group.label)}{scope.total()}{escape(scope.county.measure)}"
    return f"{total}（{_by_category(scope)}）" if len(scope.county.categories) > 1 else total


def say_changes(history: History) -> str:
    """一、工作开展情况: against the period before (环比) and the same period last year (同比).

    The circular makes no comparison; a report with forerunners does.
    """
    period = history.now.period
    before, year_before = _KINDS[period.kind]
    wanted = [(before, "环比", history.previous, period.previous)]
    if period.kind is not PeriodKind.YEAR:
        wanted.append((year_before, "同比", history.year_before, period.year_before))
    said = [_comparison(name, term, one) for name, term, one, _ in wanted if one]
    missing = [(missed.label, term) for _, term, one, missed in wanted if not one]
    if missing:
        labels = dict.fromkeys(label for label, _ in missing)
        terms = "、".join(term for _, term in missing)
        said.append(f"没有{'、'.join(labels)}的数据，本期不作{terms}比较。")
    return "\n\n".join(said)


def _comparison(name: str, term: str, against: Comparison) -> str:
    measure = against.now.county.measure
    total = say_change(against.change(), measure)
    base = f"{against.before.period.label}，{against.change().before}{escape(measure)}"
    text = f"与{name}（{base}）相比，采用总量{total}（{term}）"
    categories = against.now.county.categories
    moved = [one for one in categories if against.change(one.id).difference]
    if len(categories) > 1 and not moved:
        text += "，各类信息数量均无变化"
    elif len(categories) > 1:
        parts = (f"{escape(one.label)}{_change_in(against, one)}" for one in categories)
        text += f"。其中，{'；'.join(parts)}"
    return f"{text}。{_roster_changes(against)}"


def _change_in(against: Comparison, category: Category) -> str:
    change = against.change(category.id)
    measure = against.now.county.measure
    said = say_change(change, measure)
    return (
        f"{said}（{change.before}→{change.after}{escape(measure)}）" if change.difference else said
    )


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
    counts = f"{change.before}→{change.after}{escape(measure)}"
    return (
        f"两期名册有变化：{'，'.join(parts)}；按两期都在册的单位计算，"
        f"采用总量{say_change(change, measure)}（{counts}）。"
    )


def say_balance(now: Submissions) -> str:
    """一（一）: the first category against the last, then who leads in each category.

    The heading follows the figures: more, fewer, equal, or nothing at all.
    """
    paragraphs = [f"### （一）{_balance_heading(now)}"]
    if now.total():
        paragraphs += [_balance(now)] if len(now.county.categories) > 1 else []
        paragraphs.append("".join(_leaders(now, one) for one in reversed(now.county.categories)))
    else:
        paragraphs.append("本期没有稿件被采用，各类信息数量均为0，无从比较。")
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _balance_heading(now: Submissions) -> str:
    first, last = now.county.categories[0], now.county.categories[-1]
    label_first, label_last = f"{escape(first.label)}信息", f"{escape(last.label)}信息"
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
    pair = f"{escape(last.label)}信息{others}{measure}，{escape(first.label)}信息{some}{measure}"
    if some == others:
        return f"{pair}。"
    more = "前者多" if others > some else "后者多"
    return f"{pair}，{more}{abs(others - some)}{measure}。"


def _leaders(now: Submissions, category: Category) -> str:
    """Say who sent most of a category; all who sent any, where they are few."""
    ties = leaders(now, category.id, _NAMED)
    label, measure = f"{escape(category.label)}信息", now.county.measure
    sent = len(now.units) - len(zero_units(now, category.id))
    if not sent:
        return f"没有单位报送{label}。"
    named = sum(len(names) for _, names in ties)
    count, names = ranked(now, category.id)[0]
    if len(names) == len(now.units) > 1:
        return f"各单位{label}均为{count}{escape(measure)}。"
    if not named:
        return f"{label}最多的{len(names)}个单位并列，各{count}{escape(measure)}。"
    if sent == 1:
        return f"{label}只有{say_ties(ties, measure)}。"
    if named == sent:
        return f"{label}来自{say_ties(ties, measure)}。"
    return f"{label}居前的是{say_ties(ties, measure)}。"


def say_remark(now: Submissions, section: str, topic: str) -> str:
    """Any section that the tables cannot show: the analyst's paragraphs, or that there are none.

    Args:
        now: The period.
        section: Key of the section, such as 一（二）.
        topic: What the section is about, as a noun.
    """
    if section not in now.remarks:
        return f"统计表只反映采用数量，本期没有{topic}方面的数据。"
    quoted = "\n".join(f"> {line}".rstrip() for line in now.remarks[section].splitlines())
    return f"> 经办人说明：\n>\n{quoted}"


def say_participation(now: Submissions) -> str:
    """一（四）: how many units had something adopted; the circular praises those who did."""
    active = len(now.units) - len(zero_units(now))
    text = f"### （四）{_participation_heading(active, len(now.units))}\n\n"
    text += "；".join(_participation(now.of(group.id), group) for group in now.groups) + "。"
    if len(now.groups) > 1 and 0 < active < len(now.units):
        share = say_percent(100 * active / len(now.units))
        text += f"合计{len(now.units)}个单位中，{active}个有稿件被采用，占{share}。"
    remark = f"\n\n{say_remark(now, '一（四）', '')}" if "一（四）" in now.remarks else ""
    return text + remark


def _participation_heading(active: int, size: int) -> str:
    if not active:
        return "本期没有单位的稿件被采用"
    if active == size:
        return "各单位均有稿件被采用"
    return f"{active}个单位有稿件被采用"


def _participation(scope: Submissions, group: Group) -> str:
    size = len(scope.units)
    active = size - len(zero_units(scope))
    if active == size:
        return f"{_all(group, scope)}{'均' if size > 1 else ''}有稿件被采用"
    if not active:
        return f"{_all(group, scope)}{'均' if size > 1 else ''}没有稿件被采用"
    return f"{_all(group, scope)}中，{active}个有稿件被采用，占{say_percent(100 * active / size)}"


# --- 二、存在的问题 ------------------------------------------------------------------------------


def say_problems(now: Submissions) -> str:
    """二、存在的问题, opening: which of the five points rest on what."""
    sections = {section: section[1:] for section in _PROBLEMS}
    told = [sections[one] for one in _PROBLEMS if one in now.remarks]
    silent = [sections[one] for one in _PROBLEMS if one not in now.remarks]
    text = "以下五个方面中，（四）由统计表得出"
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
            paragraphs.append(f"{_all(group, scope)}中，{'；'.join(listed)}。")
        paragraphs.append(_zeros(scope, group))
    if "二（四）" in now.remarks:
        paragraphs.append(say_remark(now, "二（四）", ""))
    return "\n\n".join(paragraphs)


def _imbalance_heading(now: Submissions) -> str:
    ties = ranked(now)
    if not now.total():
        return "本期没有稿件被采用"
    if len(now.units) == 1:
        return "只有一个投稿单位"
    return "各单位信息数量相同" if len(ties) == 1 else "信息数量不均衡"


def _thresholds(now: Submissions, group: Group) -> tuple[Threshold, ...]:
    applying = now.county.thresholds_for(now.period, summed=now.summed)
    return tuple(one for one in applying if one.group == group.id)


def _threshold(scope: Submissions, group: Group, threshold: Threshold) -> str:
    label = escape(scope.county.category(threshold.category).label)
    measure = escape(scope.county.measure)
    if threshold.at_least is not None:
        names = at_least(scope, threshold.category, threshold.at_least)
        bound = f"{label}信息{threshold.at_least}{measure}以上"
    else:
        bound_below = threshold.below or 0
        names = below(scope, threshold.category, bound_below)
        bound = f"{label}信息不足{bound_below}{measure}"
    if not names:
        return f"没有单位{bound}"
    if len(names) == len(scope.units):
        return f"{'全部' if len(names) > 1 else ''}{bound}"
    if len(names) > _ROOM:
        return f"{bound}的有{len(names)}个，见{_annex(scope, group)}"
    return f"{bound}的有{len(names)}个：{say_names(names)}"


def _zeros(scope: Submissions, group: Group) -> str:
    """Say, category by category, who sent nothing; categories without any or without all as one."""
    size, categories = len(scope.units), scope.county.categories
    zeros = {one: len(zero_units(scope, one.id)) for one in categories}
    empty = [f"{escape(one.label)}信息" for one in categories if zeros[one] == size]
    full = [f"{escape(one.label)}信息" for one in categories if not zeros[one]]
    all_of = "均" if size > 1 else ""
    if len(empty) == len(categories):
        return f"{_all(group, scope)}的各类信息{all_of}为0。"
    if len(full) == len(categories):
        return f"{_all(group, scope)}的各类信息{all_of}不为0。"
    said = [_some_zero(scope, group, one) for one in categories if 0 < zeros[one] < size]
    said += [f"{'、'.join(empty)}{'全部' if size > 1 else ''}为0"] if empty else []
    said += [f"{'、'.join(full)}{all_of}不为0"] if full else []
    return f"{_all(group, scope)}中，{'；'.join(said)}。"


def _some_zero(scope: Submissions, group: Group, category: Category) -> str:
    """Name who sent nothing; where more than half did, the number leads."""
    zeros = zero_units(scope, category.id)
    text = f"{escape(category.label)}信息为0的有{len(zeros)}个"
    if 2 * len(zeros) > len(scope.units):
        others = [one.name for one in scope.units if one.name not in set(zeros)]
        if len(others) <= _NAMED:
            return f"{text}，超过半数，只有{say_names(others)}不为0"
        text += "，超过半数"
    if len(zeros) > _ROOM:
        return f"{text}，见{_annex(scope, group)}"
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
    said = [text for label, scope in scopes if (text := _concentration(label, scope))]
    return f"{'；'.join(said)}。基尼系数在0和1之间，0表示各单位数量相同，越接近1越集中。"


def _concentration(label: str, scope: Submissions) -> str:
    coefficient, middle = gini(scope), median(scope)
    if coefficient is None or middle is None:
        return f"{label}没有稿件被采用"
    shares = [
        f"{'第' if first == 1 else '前'}{first}名占{say_percent(share)}"
        for first in (1, 3, 5)
        if (share := top_share(scope, first)) is not None
    ]
    middle_said = say_decimal(middle, 0 if middle.is_integer() else 1)
    middle_said += escape(scope.county.measure)
    head = f"{label}的采用总量，{'、'.join(shares)}，" if shares else f"{label}的采用总量，"
    return f"{head}中位数{middle_said}，基尼系数{say_decimal(coefficient, 2)}"


# --- 三、工作要求 --------------------------------------------------------------------------------


def say_follow_up(now: Submissions) -> str:
    """三（一）: whom to turn to first: the units of which nothing was adopted."""
    zeros = zero_units(now)
    if not zeros:
        text = "本期各单位均有稿件被采用，没有需要督促起步的单位。"
    elif len(zeros) == len(now.units):
        text = "本期所有单位均没有稿件被采用，都应列为下一期的重点联系单位。"
    elif len(zeros) > _ROOM:
        text = f"本期有{len(zeros)}个单位没有稿件被采用（见附件），应列为下一期的重点联系单位。"
    else:
        text = (
            f"本期没有稿件被采用的单位有{len(zeros)}个，应列为下一期的重点联系单位："
            f"{say_names(zeros)}。"
        )
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
    if now.total():
        first = "；".join(_first_three(now.of(group.id), group) for group in now.groups)
        said.append(f"按本期采用总量排名，{first}，可供考核参考。")
    else:
        said.append("本期没有稿件被采用，没有可供考核参考的排名。")
    return _with_remark("".join(said), now, "三（五）")


def _first_three(scope: Submissions, group: Group) -> str:
    ties = leaders(scope, None, 3)
    if not scope.total():
        return f"{escape(group.label)}没有稿件被采用"
    if not ties:
        count, names = ranked(scope)[0]
        measure = escape(scope.county.measure)
        return f"{escape(group.label)}有{len(names)}个单位并列第一，各{count}{measure}"
    return f"{escape(group.label)}居前的是{say_ties(ties, scope.county.measure)}"


# --- 数据质量 ------------------------------------------------------------------------------------


def say_checks(history: History) -> str:
    """数据质量: what was checked and what was found; a report is only made from sound data."""
    now = history.now
    files = {file.path: file for one in history.series for file in one.files}.values()
    cells = len(now.units) * len(now.county.categories)
    totals = sum(file.totals for file in now.files)
    text = (
        f"本期共核对{len(now.units)}个单位、{len(now.county.categories)}个类别的{cells}个数："
        "单位与名册一一对应，各数均为不小于0的整数。"
    )
    if totals:
        text += f"表中写明的{totals}个合计数与各行之和一致。"
    else:
        text += "表中没有写明合计数，无从核对。"
    notes = [f"- {escape(file.path)}：{escape(note)}" for file in files for note in file.notes]
    if notes:
        return f"{text}未发现差错。以下内容不属于统计范围，未计入：\n\n" + "\n".join(notes)
    return f"{text}未发现差错。"


def _with_remark(text: str, now: Submissions, section: str) -> str:
    return f"{text}\n\n{say_remark(now, section, '')}" if section in now.remarks else text


def _all(group: Group, scope: Submissions) -> str:
    return f"{len(scope.units)}个{escape(group.label)}"


def _annex(scope: Submissions, group: Group) -> str:
    return f"附件{scope.county.groups.index(group) + 1}"


def _units(units: tuple[Unit, ...]) -> str:
    return say_names(unit.name for unit in units)
