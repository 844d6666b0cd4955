"""The text alternative of each of the report's charts, for those who do not see it.

``describe_x`` tells what ``charts.plot_x`` draws, as plain text and with the same figures.
"""

from zhashui_stats.aggregate import gini, ranked, units_with_any, units_with_none
from zhashui_stats.comparison import Change, Comparison, History
from zhashui_stats.model.names import TOTAL
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.changes import say_change
from zhashui_stats.narrative.numbers import say_count, say_decimal, say_percent
from zhashui_stats.page.selection import (
    category_shares,
    groups_of_several,
    labelled_parts,
    months_by_group,
    say_undrawn,
)

__all__ = [
    "describe_changes",
    "describe_composition",
    "describe_concentration",
    "describe_history",
    "describe_months",
    "describe_ranking",
]


def describe_ranking(now: Submissions) -> str:
    """Say who leads, with how many 篇, and how many sent nothing."""
    measure, units = now.county.measure, units_with_any(now)
    if not units:
        return f"横向条形图。{now.period.label}{_say_everyone(now)}没有稿件被采用。"
    leaders, others = units[:10], units[10:]
    listed = "、".join(say_count(unit, now.count(unit), measure) for unit in leaders)
    idle = len(units_with_none(now))
    who = f"{len(now.units)}个单位中有{len(units)}个" if idle else _say_everyone(now)
    text = (
        f"横向条形图，每条按类别分段。{now.period.label}{who}有稿件被采用，"
        f"共{now.total()}{measure}，由多到少：{listed}"
    )
    if others:
        least, most = now.count(others[-1]), now.count(others[0])
        span = f"{least}至{most}{measure}" if least < most else f"{most}{measure}"
        text += f"；其余{len(others)}个单位各{span}"
    if undrawn := say_undrawn(now):
        text += f"；{undrawn}"
    if idle:
        text += f"；另有{idle}个单位没有稿件被采用，未画出"
    return f"{text}。"


def _say_everyone(now: Submissions) -> str:
    return f"{len(now.units)}个单位均" if len(now.units) > 1 else now.units[0].name


def describe_composition(now: Submissions) -> str:
    """Say each group's counts (篇) and shares (%) by category."""
    sentences = [f"{label}{_say_shares(part)}" for label, part in labelled_parts(now).items()]
    return f"按类别划分的构成条形图。{'；'.join(sentences)}。"


def _say_shares(part: Submissions) -> str:
    if not part.total():
        return "没有稿件被采用"
    measure = part.county.measure
    shares = "、".join(
        f"{say_count(label, count, measure)}占{say_percent(share)}"
        for label, count, share in category_shares(part)
    )
    return f"共{part.total()}{measure}，其中{shares}"


def describe_concentration(now: Submissions) -> str:
    """Say each group's Gini coefficient (0 to 1) and what its idle units mean for it."""
    sentences = []
    for part in groups_of_several(now):
        value, label = gini(part), part.groups[0].label
        if value is None:
            sentences.append(f"{label}没有稿件被采用，不画曲线")
            continue
        idle = 100 * len(units_with_none(part)) / len(part.units)
        first = units_with_any(part)[0]
        share = say_percent(100 * part.count(first) / part.total())
        equal = len(ranked(part)) == 1
        most = "各单位一样多" if equal else f"最多的{first}占{share}"
        text = f"{label}基尼系数{say_decimal(value, 2)}，{most}"
        sentences.append(f"{text}，{say_percent(idle)}的单位没有稿件被采用" if idle else text)
    if not sentences:
        return "洛伦兹曲线图。每组只有一个单位，不画曲线。"
    return (
        "洛伦兹曲线图，曲线离对角线越远，越集中在少数单位"
        f"（基尼系数0为各单位一样多，接近1为集中于一个单位）。{'；'.join(sentences)}。"
    )


def describe_changes(history: History) -> str:
    """Say the change of every category and of the total against the earlier periods at hand."""
    sentences = [
        f"{term}（与{against.before.period.label}相比）{_say_changes(against)}"
        for term, _, against in history.compared
    ]
    now, measure = history.now, history.now.county.measure
    if not sentences:
        return f"条形图，{now.period.label}各类别{measure}数：{_say_counts(now)}；没有可比的期次。"
    return f"分组条形图，各类别本期与可比期次的{measure}数。{'；'.join(sentences)}。"


def _say_changes(comparison: Comparison) -> str:
    def said(label: str, change: Change) -> str:
        measure = comparison.now.county.measure
        moved = f"{change.before}{measure}变为{change.after}{measure}"
        return f"{label}由{moved}，{say_change(change, measure)}"

    changes = [
        said(category.label, comparison.change(category.id))
        for category in comparison.now.county.categories
    ]
    return "，".join([*changes, said(TOTAL, comparison.change())])


def describe_history(history: History) -> str:
    """Say every period's counts (篇)."""
    sentences = (f"{then.period.label}{_say_counts(then)}" for then in history.series)
    return f"按时间先后排列的条形图，每条按类别分段。{'；'.join(sentences)}。"


def _say_counts(now: Submissions) -> str:
    measure = now.county.measure
    counts = "、".join(
        say_count(category.label, now.total(category.id), measure)
        for category in now.county.categories
    )
    return f"{counts}，合计{now.total()}{measure}"


def describe_months(now: Submissions) -> str:
    """Say how many articles (篇) were sent in in each month, and of which groups."""
    months = months_by_group(now)
    if not any(map(sum, months.values())):
        return f"逐月投稿数量的条形图。{now.period.label}没有登记投稿日期的稿件。"
    labels = [group.label for group in now.groups]
    stacked = f"，每条按{'、'.join(labels)}分段" if len(labels) > 1 else ""
    counts = "；".join(
        f"{month.first}月{_say_month(dict(zip(labels, row, strict=True)), now.county.measure)}"
        for month, row in months.items()
    )
    return f"逐月投稿数量的条形图{stacked}。{counts}。"


def _say_month(groups: dict[str, int], measure: str) -> str:
    total = sum(groups.values())
    if not total:
        return "没有投稿"
    sent = "、".join(say_count(label, count, measure) for label, count in groups.items() if count)
    return f"{total}{measure}（{sent}）" if len(groups) > 1 else f"{total}{measure}"
