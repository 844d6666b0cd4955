"""The sentences of generated circulars: the ways in which circulars state numbers.

Every function writes one sentence that is true of the scope, or returns None where the data do
not allow it. Numbers and names go through the Writer, which marks them. Where a wording can be
read in two ways, it is used only where its natural reading is true.
"""

from collections.abc import Callable, Sequence
from itertools import groupby

from zhashui_stats.model.county import Category, Group
from zhashui_stats.model.periods import Period, PeriodKind
from zhashui_stats.model.submissions import Submissions

from .generator import Scope, Writer, digit_mutants, share
from .prose import (
    say_annexes,
    say_ending,
    say_intro,
    say_problems,
    say_requirements,
    say_title,
)

__all__ = ["COUNTY", "SCOPED", "write_circular"]

Phrase = Callable[[Writer, Scope], str | None]


def write_circular(w: Writer) -> str:
    """Write the whole circular, marked."""
    groups = w.now.groups
    parts = [
        say_title(w),
        say_intro(w),
        "一、" + w.pick("总体情况", "基本情况", "工作开展情况"),
        _overview(w),
    ]
    for number, group in enumerate(groups):
        heading = w.pick(f"{group.label}信息{w.style.verb}情况。", f"{group.label}情况。")
        parts.append(f"（{'一二三四五'[number]}）{heading}" + _sentences(w, group, 5))
    parts += [
        "二、" + w.pick("存在的问题", "存在问题", "主要问题"),
        say_problems(w, _uneven(w)),
        "三、" + w.pick("工作要求", "下一步工作要求", "有关要求"),
        say_requirements(w),
        say_ending(w),
        say_annexes(w),
    ]
    return "\n".join(parts)


def _overview(w: Writer) -> str:
    said = [_say(w, say_totals, Scope(w.now))]
    phrases = w.rng.sample(COUNTY, 7)
    categories = w.county.categories
    said += [_say(w, phrase, Scope(w.now, None, w.rng.choice((None, *categories))))
             for phrase in phrases]  # fmt: skip
    return "".join(filter(None, said))


def _uneven(w: Writer) -> str:
    """What is uneven, of one group; it is named, as no heading names it here."""
    group = w.rng.choice(w.now.groups)
    said = "".join(_sentences(w, group, 2) for _ in range(3))
    if said.startswith(group.label):
        return said
    return (
        w.pick(f"从{group.label}情况看，", f"{group.label}方面，", f"就{group.label}而言，") + said
    )


def _sentences(w: Writer, group: Group, number: int) -> str:
    said = []
    for phrase in w.rng.sample(SCOPED, number):
        category = w.rng.choice((*w.county.categories, *w.county.categories, None))
        said.append(_say(w, phrase, Scope(w.now, group, category)))
    return "".join(filter(None, said))


def _say(w: Writer, phrase: Phrase, scope: Scope) -> str:
    w.kind = phrase.__name__.removeprefix("say_")
    return phrase(w, scope) or ""


# --- 1. totals and partitions -------------------------------------------------------------------


def say_totals(w: Writer, s: Scope) -> str:
    """The county's total with its partitions."""
    total, verb, when = w.n(s.total), w.style.verb, _when(w)
    site = f"{w.level}政府{w.pick('门户', '')}网站"
    by_category, by_group = _by_category(w, s), _by_group(w, s)
    number = w.k(len(s.names))
    listed = "、".join(
        f"{w.what(category)}{w.n(s.at(None, category).total)}" for category in w.county.categories
    )
    crossed = "，".join(
        f"{group.label}" + "、".join(
            f"{w.what(category)}{w.n(s.at(group, category).total)}"
            for category in w.county.categories
        )
        for group in w.now.groups
    )  # fmt: skip
    if verb in ("报送", "上报"):
        site = f"全{w.level}"
    return w.pick(
        f"{when}，{site}共{verb}各类信息{total}，其中{by_category}。",
        f"{when}，全{w.level}共{verb}信息{total}。其中：{by_category}；{by_group}。",
        f"{when}，全{w.level}{number}单位累计{verb}信息{total}，"
        f"按类别分，{by_category}；按单位分，{by_group}。",
        f"{when}，{site}共{verb}{listed}，其中{crossed}。",
        f"{when}，{site}共{verb}信息{total}（{by_category}）。从单位看，{by_group}。",
        f"{when}，各单位共{verb}信息{total}，其中{by_group}；从信息类别看，{by_category}。",
    )


def say_category_total(w: Writer, s: Scope) -> str | None:
    """One category over the county, with its groups."""
    if s.category is None or s.group is not None:
        return None
    what, total, verb = w.what(s.category), w.n(s.total), w.style.verb
    by_group = _by_group(w, s)
    first = s.at(w.now.groups[0], s.category)
    partial = f"{w.now.groups[0].label}{w.n(first.total)}"
    return w.pick(
        f"{what}共{total}，其中{by_group}。",
        f"全{w.level}共{verb}{what}{total}，其中{partial}。",
        f"从汇总情况看，{what}共有{total}，其中{by_group}。",
        f"{verb}{what}{total}（{by_group}）。",
    )


def say_group_total(w: Writer, s: Scope) -> str | None:
    """One group's total over all categories."""
    if s.group is None:
        return None
    s = s.at(s.group, None)
    if not s.total:
        return None
    total, verb, label = w.n(s.total), w.style.verb, s.group.label if s.group else ""
    first = w.county.categories[0]
    partial = f"{w.what(first)}{w.n(s.at(s.group, first).total)}"
    number = w.k(len(s.names))
    return w.pick(
        f"{label}共{verb}信息{total}，其中{_by_category(w, s)}。",
        f"{number}{label}共{verb}信息{total}，其中{partial}。",
        f"全{w.level}{number}{label}累计{verb}各类信息{total}：{_by_category(w, s)}。",
        f"{label}{verb}信息{total}，{_by_category(w, s)}。",
    )


def _by_category(w: Writer, s: Scope) -> str:
    parts = [
        f"{w.what(category)}{w.n(s.at(s.group, category).total)}"
        for category in w.county.categories
    ]
    return w.pick("、", "，").join(parts)


def _by_group(w: Writer, s: Scope) -> str:
    said = w.pick("", "", w.style.verb)
    parts = [f"{group.label}{said}{w.n(s.at(group, s.category).total)}" for group in w.now.groups]
    return w.pick("、", "，").join(parts)


# --- 2. single units ----------------------------------------------------------------------------


def say_units(w: Writer, s: Scope) -> str | None:
    """Some units with their counts."""
    names = _some(w, s, s.where(lambda n: n > 0), 4)
    if not names:
        return None
    what, verb, who = w.what(s.category), w.style.verb, w.units_of(s.group)
    each = "、".join(f"{w.u(s, name)}{w.n(s.count(name))}" for name in names)
    verbose = "，".join(f"{w.u(s, name)}{verb}{what}{w.n(s.count(name))}" for name in names[:2])
    bracketed = "、".join(f"{w.u(s, name)}（{w.n(s.count(name))}）" for name in names)
    return w.pick(
        f"{w.who(s.group)}{what}中，{each}。",
        f"{verbose}。",
        f"{what}{verb}情况：{each}。",
        f"{verb}{what}较多的{who}有：{bracketed}。",
        f"{who}{verb}{what}{w.n(s.total)}，其中{each}。" if s.group else f"{verbose}。",
    )


def say_respectively(w: Writer, s: Scope) -> str | None:
    """Names first, counts behind."""
    names = _some(w, s, s.where(lambda n: n > 0), 3)
    if len(names) < 2:
        return None
    what, verb = w.what(s.category), w.style.verb
    who = "、".join(w.u(s, name) for name in names)
    each = "、".join(w.n(s.count(name)) for name in names)
    return w.pick(
        f"{who}分别{verb}{what}{each}。",
        f"{who}{verb}{what}分别为{each}。",
        f"{who}{what}分别是{each}。",
        f"{who}分别{verb}了{each}{what}。",
    )


def say_tied(w: Writer, s: Scope) -> str | None:
    """Units of the same count."""
    ties = [
        (n, list(names)) for n, names in groupby(s.where(lambda n: n > 0), s.count)
    ]  # fmt: skip
    ties = [(n, names) for n, names in ties if len(names) > 1]
    if not ties:
        return None
    n, names = w.rng.choice(ties)
    who = w.listed(s, names[:5], "name", names)
    what, verb, count = w.what(s.category), w.style.verb, w.n(n)
    return w.pick(
        f"{who}各{verb}{what}{count}。",
        f"{who}{what}各{count}。",
        f"{who}均{verb}{what}{count}。",
        f"{who}{verb}{what}均为{count}。",
        f"{who}各{verb}了{count}{what}。",
    )


def say_all_but(w: Writer, s: Scope) -> str | None:
    """All the same but for a few."""
    if s.group is None:
        return None
    common = max(set(map(s.count, s.names)), key=[s.count(name) for name in s.names].count)
    odd = s.where(lambda n: n != common)
    rest = len(s.names) - len(odd)
    if not 1 <= len(odd) <= 3 or rest < 2:
        return None
    what, verb, label, number = w.what(s.category), w.style.verb, s.group.label, w.k(rest)
    each = "、".join(f"{w.u(s, name)}{w.n(s.count(name))}" for name in odd)
    if common == 0:
        return w.pick(
            f"{label}{what}中，除{each}外，其余{number}{label}均为{w.zero(s, rest)}。",
            f"除{each}外，其余{number}{label}均未{verb}{what}。",
            f"{label}{what}除{each}外，其他{number}{label}均为零。",
            f"{what}方面，除{each}外，其余{label}均为{w.zero(s, rest)}。",
        )
    return w.pick(
        f"{label}{what}中，除{each}外，其余{number}{label}各{w.n(common)}。",
        f"除{each}外，其余{number}{label}各{verb}{what}{w.n(common)}。",
        f"{label}{what}除{each}外，其他{number}{label}均为{w.n(common)}。",
        f"{what}方面，除{each}外，其余{label}各{w.n(common)}。",
    )


def say_profile(w: Writer, s: Scope) -> str | None:
    """One unit with its categories."""
    s = s.at(s.group, None)
    names = [name for name in s.names if s.count(name) > 1]
    if not names:
        return None
    name = w.rng.choice(names)
    parts = [(category, s.at(s.group, category).count(name)) for category in w.county.categories]
    same = [
        other
        for other in s.names
        if all(s.at(s.group, category).count(other) == n for category, n in parts)
    ]
    unit, verb, total = w.u(s, name, same), w.style.verb, w.n(s.count(name))
    each = "、".join(f"{w.what(category)}{w.n(n)}" for category, n in parts)
    two = "、".join(f"{w.what(category)}{w.n(n)}" for category, n in parts[:2])
    return w.pick(
        f"{unit}共{verb}信息{total}，其中{each}。",
        f"{unit}{verb}信息{total}（{each}）。",
        f"{unit}{verb}{each}，合计{total}。",
        *((f"{unit}{verb}{two}。",) if parts[0][1] and parts[1][1] else ()),
    )


def say_rundown(w: Writer, s: Scope) -> str | None:
    """The category once, then every unit that sent anything, then those that did not."""
    active = [list(same) for _, same in groupby(s.where(lambda n: n > 0), s.count)]
    if s.group is None or not 2 <= len(active) <= 5 or max(map(len, active)) > 5:
        return None
    parts = []
    for same in active:
        who = w.listed(s, same, "name")
        parts.append(f"{who}{'各' if len(same) > 1 else ''}{w.n(s.count(same[0]))}")
    zero = len(s.names) - sum(map(len, active))
    if zero > 1:
        label = s.group.label
        rest = w.pick(
            f"其余{w.k(zero)}{label}为{w.zero(s, zero)}", f"另有{w.k(zero)}{label}未{w.style.verb}"
        )
        parts.append(rest)
    what, verb, listed = w.what(s.category), w.style.verb, "，".join(parts)
    return w.pick(
        f"{what}方面，{listed}。",
        f"{what}{verb}情况为：{listed}。",
        f"从{what}看，{listed}。",
        f"各{s.group.label}{verb}{what}情况：{listed}。",
    )


def say_carried(w: Writer, s: Scope) -> str | None:
    """A total, and in the next sentence units of it without naming the category again."""
    names = _some(w, s, s.where(lambda n: n > 0), 3)
    zero = len(s.where(lambda n: n == 0))
    if s.group is None or len(names) < 2:
        return None
    label, what, verb, total = s.group.label, w.what(s.category), w.style.verb, w.n(s.total)
    each = "、".join(f"{w.u(s, name)}{w.n(s.count(name))}" for name in names)
    rest = (
        f"有{w.k(zero)}{label}为{w.zero(s, zero)}"
        if zero
        else f"{w.k(len(s.names))}{label}均有{verb}"
    )
    return w.pick(
        f"{label}共{verb}{what}{total}。其中，{each}。",
        f"{label}{verb}{what}{total}。其中{each}；{rest}。",
        f"{label}{what}共{total}。{each}，{rest}。",
        f"{what}方面，{label}共{verb}{total}。其中{each}。",
    )


def say_halves(w: Writer, s: Scope) -> str | None:
    """A year by its halves."""
    if w.now.period.kind is not PeriodKind.YEAR or s.total < 4:
        return None
    first = w.rng.randint(1, s.total - 1)
    what, verb, who = w.what(s.category), w.style.verb, s.group.label if s.group else f"全{w.level}"
    total, early, late = w.n(s.total), w.n(first), w.n(s.total - first)
    return w.pick(
        f"{who}共{verb}{what}{total}，其中上半年{early}，下半年{late}。",
        f"{who}全年共{verb}{what}{total}（上半年{early}、下半年{late}）。",
        f"{who}{verb}{what}{total}，上半年{early}、下半年{late}。",
        f"全年{who}累计{verb}{what}{total}，其中上半年{verb}{early}、下半年{verb}{late}。",
    )


# --- 3. zeros -----------------------------------------------------------------------------------


def say_zeros(w: Writer, s: Scope) -> str | None:
    """Units that sent nothing."""
    zero = s.where(lambda n: n == 0)
    if not zero or len(zero) == len(s.names):
        return None
    what, verb, label = w.what(s.category), w.style.verb, w.units_of(s.group)
    number, all_of_them = w.k(len(zero)), w.listed(s, zero)
    few = w.listed(s, zero[:4], "name", zero)
    several = f"{w.listed(s, zero[:3], 'name', zero)}等{number}{label}"
    counted = (
        f"有{number}{label}{what}为{w.zero(s, len(zero))}。",
        f"{number}{label}{what}{verb}数为零。",
        f"{few}未{verb}一{w.measure}{what}。",
        f"有{number}{label}{what}{w.zero(s, len(zero))}{w.measure}。",
        f"有{number}{label}未{verb}{what}。",
        f"{several}{what}为{w.zero(s, len(zero))}。"
        if len(zero) > 3
        else f"{few}{what}为{w.zero(s, len(zero))}。",
        f"{several}未{verb}{what}。" if len(zero) > 3 else f"{few}未{verb}{what}。",
    )
    named = (
        f"未{verb}{what}的{label}有{number}，分别是：{all_of_them}。",
        f"{number}{label}（{all_of_them}）未{verb}{what}。",
        f"{all_of_them}{w.k(len(zero))}{label}{what}为零。",
        f"没有{verb}{what}的{label}有{all_of_them}。",
    )
    return w.pick(*counted, *(named if len(zero) <= 8 else ()))


def say_fewer_zeros(w: Writer, s: Scope) -> str | None:
    """The number of zero units against an earlier period."""
    then = w.world.year_before
    if then is None:
        return None
    before, after = (len(scene.where(lambda n: n == 0)) for scene in (s.then(then), s))
    if before == after or not before or not after:
        return None
    what, verb, label = w.what(s.category), w.style.verb, w.units_of(s.group)
    was, now = w.k(before), w.k(after)
    past = "上年" if w.now.period.kind is PeriodKind.YEAR else "去年同期"
    less = f"{w.pick('减少', '下降') if after < before else '增加'}"
    gap, fewer = w.k(abs(after - before)), "减少" if after < before else "增加"
    return w.pick(
        f"与{past}相比，{what}零{verb}的{label}由{was}{less}到{now}。",
        f"未{verb}{what}的{label}从{past}的{was}{less}到{now}。",
        f"{what}为{w.zero(s, after)}的{label}{now}，比{past}{fewer}{gap}。",
        f"{what}{verb}数为零的{label}从{past}的{was}{less}至{now}。",
    )


# --- 4. thresholds ------------------------------------------------------------------------------


def say_at_least(w: Writer, s: Scope) -> str | None:
    """The complete list of those above a threshold."""
    choices = [
        k for k in (1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 100, 200) if 0 < len(_over(s, k)) <= 6
    ]
    if not choices:
        return None
    k = w.rng.choice(choices)
    names = _over(s, k)
    line = w.n(k, _false_lines(k, lambda other: _over(s, other) != names))
    what, verb, label = w.what(s.category), w.style.verb, w.units_of(s.group)
    all_of_them, number = w.listed(s, names), w.k(len(names))
    several = w.listed(s, names[: max(1, len(names) - 1)], "name", names)
    few = (
        f"{verb}{what}{line}以上的只有{all_of_them}。",
        f"{verb}{what}{line}以上的{label}仅有{all_of_them}。",
    )
    return w.pick(
        f"{verb}{what}{line}以上的有{all_of_them}。",
        f"{w.who(s.group)}中，{verb}{what}{line}以上的有{all_of_them}。",
        f"{what}{line}以上的{label}有{number}，分别为{all_of_them}。",
        f"有{number}{label}{verb}{what}达到{line}以上，分别是：{all_of_them}。",
        f"{several}等{number}{label}{what}在{line}以上。" if len(names) > 1 else few[0],
        f"{what}{line}及以上的{label}有{all_of_them}。",
        f"{w.k(len(s.names))}{label}中，{verb}{line}以上{what}的有{all_of_them}。",
        *(few if len(names) < 3 else ()),
    )


def say_below(w: Writer, s: Scope) -> str | None:
    """The complete list of those below a threshold, or their number."""
    choices = [k for k in (2, 3, 5, 10, 20, 50) if 0 < len(_under(s, k)) < len(s.names)]
    if not choices:
        return None
    k = w.rng.choice(choices)
    names = _under(s, k)
    line = w.n(k, _false_lines(k, lambda other: _under(s, other) != names))
    what, verb, label = w.what(s.category), w.style.verb, w.units_of(s.group)
    number = w.k(len(names))
    counted = (
        f"有{number}{label}{verb}{what}不足{line}。",
        f"{number}{label}{what}低于{line}。",
        f"{verb}{what}少于{line}的{label}有{number}。",
        *((f"{what}在{line}以下的{label}有{number}。",) if not s.where(lambda n: n == k) else ()),
    )
    if len(names) > 7:
        return w.pick(*counted)
    all_of_them = w.listed(s, names)
    return w.pick(
        *counted,
        f"{what}低于{line}的有{all_of_them}。",
        f"{verb}{what}不足{line}的{label}有{all_of_them}。",
        f"{label}{what}不足{line}的有{number}，分别是{all_of_them}。",
    )


def say_all_over(w: Writer, s: Scope) -> str | None:
    """Some units, each above a line; not a complete list."""
    names = s.where(lambda n: n > 1)[: w.rng.randint(1, 4)]
    if not names:
        return None
    least = min(map(s.count, names))
    k = max((k for k in (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 500) if k < least), default=0)
    if not k:
        return None
    right = s.where(lambda n: n > k)
    line = w.n(k, _false_lines(k, lambda other: other >= least))
    who = "、".join(w.u(s, name, right) for name in names)
    what, verb = w.what(s.category), w.style.verb
    return w.pick(
        f"{who}{verb}{what}均超过{line}。" if len(names) > 1 else f"{who}{what}超过{line}。",
        f"{who}{what}{w.pick('均', '都') if len(names) > 1 else ''}在{line}以上。",
        f"{who}{verb}{what}{'均' if len(names) > 1 else ''}突破{line}。",
        f"{who}{what}{verb}量{'都' if len(names) > 1 else ''}超过了{line}。",
    )


def _over(s: Scope, k: int) -> list[str]:
    return s.where(lambda n: n >= k)


def _under(s: Scope, k: int) -> list[str]:
    return s.where(lambda n: n < k)


def _false_lines(k: int, is_false: Callable[[int], bool]) -> list[int]:
    return [n for n in map(int, digit_mutants(str(k)).values()) if is_false(n)]


# --- 5. numbers of units ------------------------------------------------------------------------


def say_active(w: Writer, s: Scope) -> str | None:
    """How many units sent anything."""
    active = len(s.where(lambda n: n > 0))
    if not active:
        return None
    what, verb, label = w.what(s.category), w.style.verb, w.units_of(s.group)
    whole, some = w.k(len(s.names)), w.k(active)
    rest = len(s.names) - active
    if not rest:
        return w.pick(
            f"{whole}{label}均{verb}了{what}。",
            f"全{w.level}{whole}{label}全部{verb}了{what}。",
            f"{w.who(s.group)}均有{what}{verb}。",
            f"{verb}{what}的{label}达到{whole}，实现全覆盖。",
        )
    split = s.group is None
    parts = "和".join(
        f"{w.k(len(s.at(group, s.category).where(lambda n: n > 0)))}{group.label}"
        for group in w.now.groups
    )
    return w.pick(
        f"{whole}{label}中，有{some}{verb}了{what}，{w.k(rest)}未{verb}。",
        f"全{w.level}{whole}{label}中，{some}有{what}{verb}。",
        f"有{some}{label}{verb}了{what}。",
        f"{verb}{what}的有{some}{label}，涉及{parts}。" if split and len(w.now.groups) == 2
        else f"共有{some}{label}{verb}了{what}。",
    )  # fmt: skip


def say_roster(w: Writer, s: Scope) -> str | None:
    """How many units there are."""
    if s.group is not None:
        return None
    each = [f"{w.k(len(s.at(group, None).names))}{group.label}" for group in w.now.groups]
    whole = w.k(len(s.names))
    return w.pick(
        f"本次通报涉及{'、'.join(each)}。",
        f"此次共统计{whole}单位，其中{'、'.join(each)}。",
        f"全{w.level}{'、'.join(each[:-1])}和{each[-1]}纳入统计。",
        f"统计范围为{'、'.join(each)}，共{whole}单位。",
    )


# --- 6. shares ----------------------------------------------------------------------------------


def say_share(w: Writer, s: Scope) -> str | None:
    """A group's, category's or unit's share of the county."""
    whole = s.at(None, s.category) if s.group else s.at(None, None)
    if (s.group is None and s.category is None) or not whole.total:
        return None
    part, what, verb = s.total, w.what(s.category), w.style.verb
    who = s.group.label if s.group else f"全{w.level}"
    percent = w.p(share(part, whole.total, w.rng.choice((0, 1, 1, 2))))
    of = f"全{w.level}{w.what(s.category)}" if s.group else "信息"
    return w.pick(
        f"{who}{verb}{what}{w.n(part)}，占{of}总数的{percent}。",
        f"{who}{verb}{what}{w.n(part)}，占{of}总量的{percent}。",
        f"{who}{what}{w.n(part)}，占全部{w.what(s.category) if s.group else '信息'}的{percent}。",
        f"{who}{verb}{what}共{w.n(part)}，占比{percent}。",
    )


def say_head_share(w: Writer, s: Scope) -> str | None:
    """What the first few units make together."""
    ordered = s.where(lambda n: n > 0)
    k = w.rng.choice((1, 2, 3))
    if len(ordered) <= k or s.count(ordered[k - 1]) == s.count(ordered[k]):
        return None
    names = ordered[:k]
    part = sum(map(s.count, names))
    percent = w.p(share(part, s.total, 1))
    what, verb, label = w.what(s.category), w.style.verb, w.units_of(s.group)
    scope = s.group.label if s.group else f"全{w.level}"
    if k == 1:
        unit = w.u(s, names[0])
        return w.pick(
            f"{unit}{verb}{what}{w.n(part)}，占{scope}{what}总数的{percent}。",
            f"仅{unit}就{verb}{what}{w.n(part)}，占{scope}的{percent}。",
            f"{unit}一家{verb}{what}{w.n(part)}，占{scope}{what}的{percent}。",
            f"{unit}{what}{w.n(part)}，占{scope}{what}总量的{percent}。",
        )
    who, number = w.listed(s, names, "name"), w.k(k)
    return w.pick(
        f"{who}{number}{label}共{verb}{what}{w.n(part)}，占{scope}{what}总数的{percent}。",
        f"{who}合计{verb}{what}{w.n(part)}，占{scope}的{percent}。",
        f"{who}{number}{label}{verb}的{what}合计{w.n(part)}，占{scope}{what}的{percent}。",
        f"{what}前{w.k(k)}{label}共{verb}{w.n(part)}，占{scope}{what}总量的{percent}。",
    )


def say_units_share(w: Writer, s: Scope) -> str | None:
    """How many units sent nothing, as a share of all."""
    zero = len(s.where(lambda n: n == 0))
    if not zero or zero == len(s.names):
        return None
    what, verb, label = w.what(s.category), w.style.verb, w.units_of(s.group)
    number, percent = w.k(zero), w.p(share(zero, len(s.names), w.rng.choice((0, 1))))
    active = w.k(len(s.names) - zero)
    cover = w.p(share(len(s.names) - zero, len(s.names), 1))
    return w.pick(
        f"有{number}{label}未{verb}{what}，占{label}总数的{percent}。",
        f"{number}{label}{what}为{w.zero(s, zero)}，占{label}总数的{percent}。",
        f"{verb}了{what}的{label}有{active}，占{label}总数的{cover}。",
        f"{w.k(len(s.names))}{label}中{number}未{verb}{what}，占比{percent}。",
    )


# --- 7. changes ---------------------------------------------------------------------------------


def say_change(w: Writer, s: Scope) -> str | None:
    """Against an earlier period; where none is at hand it cannot be checked."""
    then, word, ratio, known = _basis(w)
    after = s.total
    before = s.then(then).total if then else max(1, after - w.rng.randint(-9, 9))
    if before == after or not before or not after:
        return None
    up, gap = after > before, abs(after - before)
    percent = w.p(share(gap, before, w.rng.choice((0, 1, 1, 2))), checkable=known)
    what, verb, who = w.what(s.category), w.style.verb, s.group.label if s.group else f"全{w.level}"
    count, less = w.n(after), w.n(gap, checkable=known)
    was = w.n(before, checkable=known)
    rise, more = (w.pick("增长", "上升"), "增加") if up else ("下降", "减少")
    lead = f"{who}共{verb}{what}{count}，"
    return w.pick(
        f"{lead}{ratio}{rise}{percent}。",
        f"{lead}比{word}{more}{less}，{rise}{percent}。",
        f"{lead}较{word}的{was}{more}了{less}。",
        f"{lead}与{word}相比{more}{less}。",
        f"{lead}{word}为{was}，{ratio}{rise}{percent}。",
        *_round_changes(lead, word, before, after),
    )


def _round_changes(lead: str, word: str, before: int, after: int) -> Sequence[str]:
    if after == 2 * before:
        return (f"{lead}较{word}翻了一番。", f"{lead}比{word}翻一番。") * 3
    if before == 2 * after:
        return (f"{lead}仅为{word}的一半。", f"{lead}只有{word}的一半。") * 3
    return ()


def say_points(w: Writer, s: Scope) -> str | None:
    """A share against the share of an earlier period, in percentage points."""
    then, word, _, known = _basis(w)
    if s.group is None or then is None or not known:
        return None
    shares = []
    for scope in (s, s.then(then)):
        whole = scope.at(None, s.category).total
        if not whole:
            return None
        shares.append(share(scope.total, whole, 1))
    exact = [
        100 * shown.total / shown.at(None, s.category).total for shown in (s, s.then(then))
    ]  # fmt: skip
    gap = abs(shares[0] - shares[1])
    if not gap or round(abs(exact[0] - exact[1]), 1) != float(gap):
        return None
    rise = "提高" if shares[0] > shares[1] else w.pick("下降", "降低")
    what, label = w.what(s.category), s.group.label
    now, points = w.p(shares[0]), w.bare_decimal(gap)
    return w.pick(
        f"{label}{what}占全{w.level}的{now}，较{word}{rise}{points}个百分点。",
        f"{label}{what}占全{w.level}{what}总数的{now}，比{word}{rise}{points}个百分点。",
        f"{label}{w.style.verb}{what}占比{now}，较{word}{rise}了{points}个百分点。",
        f"{label}{what}占全{w.level}总量的{now}，与{word}相比{rise}{points}个百分点。",
    )


def _basis(w: Writer) -> tuple[Submissions | None, str, str, bool]:
    """An earlier period with its words: counts, the phrase for it, 同比 or 环比, at hand."""
    world, kind = w.world, w.now.period.kind
    word = {"YEAR": "上年", "HALF": "上个半年", "QUARTER": "上季度", "MONTH": "上月"}[kind.name]
    if kind is PeriodKind.YEAR:
        return world.year_before, w.pick("上年", "去年", "上年度"), "同比", bool(world.year_before)
    if world.previous and w.rng.random() < 0.6:
        return (
            world.previous,
            w.pick("上期", word) if kind is PeriodKind.HALF else word,
            "环比",
            True,
        )
    last = w.pick("去年同期", "上年同期")
    return world.year_before, last, "同比", bool(world.year_before)


# --- 8. ranks -----------------------------------------------------------------------------------


def say_first(w: Writer, s: Scope) -> str | None:
    """Who comes first, and who behind."""
    top = s.where(lambda n: n > 0)[:4]
    if len(top) < 4 or len({s.count(name) for name in top}) < 4:
        return None
    what, verb, label = w.what(s.category), w.style.verb, w.units_of(s.group)
    among = s.group.label if s.group else f"全{w.level}"
    units = [w.u(s, name) for name in top[:3]]
    each = "、".join(
        f"{unit}（{w.n(s.count(name))}）" for unit, name in zip(units, top[:3], strict=True)
    )
    counts = "、".join(w.n(s.count(name)) for name in top[:3])
    return w.pick(
        f"{among}{what}{verb}量前三名：{each}。",
        f"{among}{verb}{what}前三名分别为：{each}。",
        f"{units[0]}以{w.n(s.count(top[0]))}位居{among}{what}第一，{units[1]}、{units[2]}分列第二、第三。",
        f"{verb}{what}最多的三{w.style.home}{label}分别是{'、'.join(units)}，分别为{counts}。",
        f"{among}{what}{verb}量居前三位的是{'、'.join(units)}。",
        f"{units[0]}{verb}{what}{w.n(s.count(top[0]))}，位居{among}第一；"
        f"{units[1]}{w.n(s.count(top[1]))}，位居第二。",
    )


def say_tied_rank(w: Writer, s: Scope) -> str | None:
    """A rank that two or more units share, by competition or by dense rule."""
    places: list[tuple[int, int, list[str]]] = []
    above = 0
    for dense, (n, same) in enumerate(groupby(s.where(lambda n: n > 0), s.count), 1):
        names = list(same)
        if 2 <= len(names) <= 4 and above < 6:
            places.append((w.rng.choice((above + 1, dense)), n, names))
        above += len(names)
    if not places:
        return None
    rank, n, names = w.rng.choice(places)
    ordinal = "一二三四五六七八九十"[rank - 1]
    who, what, verb = w.listed(s, names, "name"), w.what(s.category), w.style.verb
    among = s.group.label if s.group else f"全{w.level}"
    inside = f"在{among}中" if s.group else f"在{among}"
    return w.pick(
        f"{who}{verb}{what}{w.n(n)}，并列{among}第{ordinal}。",
        f"{who}均{verb}{what}{w.n(n)}，{inside}并列第{ordinal}位。",
        f"{who}以{w.n(n)}并列{among}{what}第{ordinal}名。",
        f"{among}{what}并列第{ordinal}的是{who}，均为{w.n(n)}。",
    )


def say_last(w: Writer, s: Scope) -> str | None:
    """Who comes last."""
    tail = s.where(lambda n: n >= 0)[-4:]
    if len(tail) < 4 or s.count(tail[0]) == s.count(tail[1]) or s.group is None:
        return None
    what, verb, label = w.what(s.category), w.style.verb, s.group.label
    names = tail[1:]
    all_of_them = w.listed(s, names)
    each = "、".join(f"{w.u(s, name)}（{w.n(s.count(name))}）" for name in names)
    return w.pick(
        f"{label}{what}{verb}量排在后三位的是{all_of_them}。",
        f"{label}{what}排名后三位的分别为：{each}。",
        f"{verb}{what}最少的三{w.style.home}{label}是{all_of_them}。",
        f"{label}{what}{verb}量后三名：{each}。",
    )


# --- 9. about -----------------------------------------------------------------------------------


def say_about(w: Writer, s: Scope) -> str | None:
    """A round figure."""
    total = s.total
    if total < 25:
        return None
    step = 10 ** (len(str(total)) - 1) if total >= 200 else 10
    floor = total // step * step
    ceiling = floor + step
    what, verb = w.what(s.category), w.style.verb
    who = s.group.label if s.group else f"全{w.level}"
    over = w.bare(floor, checkable=False)
    if total >= 10000 and total % 1000:
        tenths = share(total, 1000000, 1)
        return f"{who}共{verb}{what}约{w.bare_decimal(tenths, checkable=False)}万{w.measure}。"
    options = [
        f"{who}累计{verb}{what}{over}{w.pick('余', '多')}{w.measure}。",
        f"{who}共{verb}{what}{w.n(floor, checkable=False)}以上。",
        f"{who}{verb}{what}达{over}余{w.measure}。",
    ]
    if total == floor:
        options = [f"{who}{verb}{what}达{w.n(total)}。"]
    if ceiling - total <= ceiling * 0.06:
        options = [f"{who}{verb}{what}近{w.n(ceiling, checkable=False)}。"]
    if abs(total - round(total, -1)) * 50 <= total:
        options.append(f"{who}{verb}{what}约{w.n(round(total, -1), checkable=False)}。")
    return w.pick(*options)


# --- 10. comparisons ----------------------------------------------------------------------------


def say_more(w: Writer, s: Scope) -> str | None:
    """One category against another, or one group against another."""
    first, second = _pair(w, s)
    if first is None or second is None or first[1] == second[1]:
        return None
    (big, more), (small, less) = sorted((first, second), key=lambda pair: -pair[1])
    scope = s.group.label if s.group else ""
    gap = w.n(more - less)
    return w.pick(
        f"{scope}{big}数量高于{small}。",
        f"{scope}{big}多于{small}。",
        f"{scope}{small}数量少于{big}。",
        f"{scope}{big}{w.n(more)}，{small}{w.n(less)}，前者比后者多{gap}。",
        f"{scope}{big}比{small}多{gap}。",
    )


def _pair(w: Writer, s: Scope) -> tuple[tuple[str, int] | None, tuple[str, int] | None]:
    categories: list[Category] = w.rng.sample(w.county.categories, 2)
    first, second = ((w.what(each), s.at(s.group, each).total) for each in categories)
    return first, second


# --- shared -------------------------------------------------------------------------------------


def _some(w: Writer, s: Scope, ordered: list[str], most: int) -> list[str]:
    """The first few, or a few of any, in the order of their counts."""
    k = min(len(ordered), w.rng.randint(1, most) + 1)
    if w.rng.random() < 0.7:
        return ordered[:k]
    return sorted(w.rng.sample(ordered, k), key=lambda name: -s.count(name))


def _when(w: Writer) -> str:
    period: Period = w.now.period
    label = period.label
    if period.kind is PeriodKind.HALF and w.rng.random() < 0.3:
        label = f"{period.year}年{'1-6' if period.first == 1 else '7-12'}月"
    if period.kind is PeriodKind.YEAR and w.rng.random() < 0.5:
        label = f"{period.year}年度"
    said = label.replace("年", " 年") if w.style.spaced else label
    wrong = [said.replace(str(period.year), str(period.year + n)) for n in (-1, 1)]
    return w.mark(said, "period", *wrong)


COUNTY: tuple[Phrase, ...] = (
    say_category_total, say_category_total, say_units, say_zeros, say_at_least, say_active,
    say_roster, say_share, say_share, say_change, say_change, say_first, say_about, say_more,
    say_fewer_zeros, say_head_share, say_units_share, say_halves,
)  # fmt: skip
"""What may be said of the whole county."""

SCOPED: tuple[Phrase, ...] = (
    say_group_total, say_units, say_units, say_respectively, say_tied, say_all_but, say_all_but,
    say_profile, say_rundown, say_rundown, say_carried, say_carried, say_halves, say_zeros,
    say_fewer_zeros, say_at_least, say_at_least, say_below,
    say_all_over, say_active, say_share, say_head_share, say_units_share, say_change, say_points,
    say_first, say_tied_rank, say_last, say_about, say_more,
)  # fmt: skip
"""What may be said of one group."""
