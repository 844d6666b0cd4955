"""一、工作开展情况, what the circular leaves out: the period against earlier ones (同比, 环比)."""

from zhashui_stats.comparison import Change, Comparison, History
from zhashui_stats.model.units import Unit
from zhashui_stats.narrative.enumerations import say_names
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.figures import say_figure_changes
from zhashui_stats.narrative.lists import comparable, most_moved
from zhashui_stats.narrative.numbers import say_percent
from zhashui_stats.narrative.prose import prose
from zhashui_stats.narrative.wording import NAMED

__all__ = [
    "say_against",
    "say_change",
    "say_changes",
    "say_comparisons",
    "say_doubts",
    "say_movers",
]


@prose
def say_changes(history: History) -> str:
    """一、工作开展情况: against the period before (环比) and the same period last year (同比).

    The circular makes no comparison; a report with forerunners does.
    """
    said = [say_comparisons(history)] if history.compared else []
    return "\n\n".join([*said, *say_doubts(history)])


def say_doubts(history: History) -> list[str]:
    """一、工作开展情况: what is not compared, and what is compared with made-up figures."""
    said = []
    missing = [forerunner for forerunner in history.forerunners if not forerunner.comparison]
    if missing:
        missing.sort(key=lambda forerunner: forerunner.period)
        labels = "、".join(forerunner.period.label for forerunner in missing)
        terms = "、".join(forerunner.term for forerunner in missing)
        said.append(f"没有{labels}的数据，本期不作{terms}比较。")
    if made_up := [earlier.period.label for earlier in history.series[:-1] if earlier.is_synthetic]:
        said.append(f"{'、'.join(made_up)}的数据是合成数据，与它的比较仅供试用，不是真实情况。")
    return said


def say_comparisons(history: History) -> str:
    """一、工作开展情况: the comparisons that can be made; empty where none can."""
    said = [_comparison(name, term, against) for term, name, against in history.compared]
    return "\n\n".join(said)


def _comparison(name: str, term: str, against: Comparison) -> str:
    counted = f"{say_against(name, term, against)}{_group_changes(against)}"
    return f"{counted}{say_figure_changes(against)}{_roster_changes(against)}"


def say_against(name: str, term: str, against: Comparison) -> str:
    """Say what became of the scope's total and of each category, as counted.

    Args:
        name: What the prose calls the earlier period, such as 上个半年.
        term: Kind of comparison, 同比 or 环比.
        against: With which period.
    """
    measure, change = against.now.county.measure, against.change()
    base = f"{against.before.period.label}，{change.before}{escape(measure)}"
    text = f"与{name}（{base}）相比，采用总量{say_change(change, measure, term)}"
    categories = against.now.county.categories
    moved = [category for category in categories if against.change(category.id).difference]
    if len(categories) > 1 and not moved:
        text += "，各类信息数量均无变化"
    elif len(categories) > 1:
        parts = (
            f"{escape(category.label)}{_say_move(against.change(category.id), measure)}"
            for category in categories
        )
        text += f"。其中，{'；'.join(parts)}"
    return f"{text}。"


def say_change(change: Change, measure: str, term: str = "") -> str:
    """Say a change of a count: by how much and by how many per cent.

    Args:
        change: The count (篇) before and after.
        measure: The measure word, 篇.
        term: Kind of comparison, 同比 or 环比, named with the percentage; empty: not named.

    >>> say_change(Change(200, 203), "篇", "同比"), say_change(Change(0, 2), "篇")
    ('增加3篇，同比增长1.5%', '增加2篇（基数为0，不计增幅）')
    """
    if not change.difference:
        return "持平"
    verb, trend = ("增加", "增长") if change.difference > 0 else ("减少", "下降")
    difference = f"{verb}{change.size}{escape(measure)}"
    if change.percent is None:
        return f"{difference}（基数为0，不计增幅）"
    return f"{difference}，{term}{trend}{say_percent(max(change.percent, -change.percent))}"


def _group_changes(against: Comparison) -> str:
    groups, measure = against.now.groups, against.now.county.measure
    changes = [(escape(group.label), against.of(group.id).change()) for group in groups]
    if len(groups) == 1 or not any(change.difference for _, change in changes):
        return ""
    said = (f"{label}{_say_move(change, measure)}" for label, change in changes)
    return f"分组看，{'；'.join(said)}。"


def _say_move(change: Change, measure: str) -> str:
    """Say from what to what a count went, and by how many per cent; from zero by how many."""
    word = escape(measure)
    if not change.difference:
        return f"持平（均为{change.after}{word}）" if change.after else f"均为0{word}"
    verb, trend = ("增至", "增长") if change.difference > 0 else ("减至", "下降")
    moved = f"由{change.before}{word}{verb}{change.after}{word}"
    if change.percent is None:
        return f"{moved}（基数为0，不计增幅）"
    return f"{moved}，{trend}{say_percent(max(change.percent, -change.percent))}"


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


def _units(units: tuple[Unit, ...]) -> str:
    return say_names(unit.name for unit in units)


@prose
def say_movers(history: History) -> str:
    """一、工作开展情况: how many units rose and fell since the nearest period at hand, who most.

    Empty where there is no forerunner, or where fewer than two units can be compared.
    """
    against = comparable(history)
    if against is None:
        return ""
    name = history.compared[0][1]
    differences = [change.difference for change in against.by_unit.values()]
    head = f"与{name}相比，两期可比的{len(differences)}个单位中，采用总量"
    if not any(differences):
        return f"{head}均无变化。"
    rose, fell = (sum(sign * difference > 0 for difference in differences) for sign in (1, -1))
    same = len(differences) - rose - fell
    parts = {"增加": rose, "减少": fell, "持平": same}
    told = "，".join(f"{verb}的有{count}个" for verb, count in parts.items() if count)
    most = [_most_moved(against, verb) for verb in ("增加", "减少") if parts[verb]]
    return f"{head}{told}。{'；'.join(most)}。"


def _most_moved(against: Comparison, verb: str) -> str:
    """Name the unit that moved most; several that tie are named where there are few."""
    difference, names = most_moved(against, 1 if verb == "增加" else -1)
    count = f"{difference}{escape(against.now.county.measure)}"
    if len(names) > NAMED:
        return f"{len(names)}个单位{verb}最多，各{verb}{count}"
    return f"{verb}最多的是{say_names(names)}，{'各' if len(names) > 1 else ''}{verb}{count}"
