"""Counts of single units, and counts of units."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from zhashui_stats.audit.claims import Claim, Context, Reading, say_number
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.facts import Scope
from zhashui_stats.audit.readings.parts import (
    NO_LEDGER,
    all_of,
    any_category,
    at_least_names,
    each_reading,
    held_scope,
    make_claim,
    number_reading,
    same_number,
    say_names,
)
from zhashui_stats.audit.readings.zeros import nothing_in
from zhashui_stats.model.county import Category

__all__ = [
    "active_number",
    "each_count",
    "exact_list",
    "group_count",
    "list_size",
    "respective_again",
    "respective_counts",
    "rest_count",
    "unit_number",
    "unit_part",
]

_UNIT_NUMBERS = ("active_number", "threshold_count", "zero_count", "unit_number")
_ACTIVE = re.compile("报送|投稿|发布|采用|参与|参加|刊发|上报|编发")
_PLAIN_NUMBER = re.compile(
    "(?:^|[,;。:(]|全县|全市|全区|县|市|区|涉及|统计|对|在|和|及|以及|与|、|全部|所有|各)(?:全部|所有)?$"
)
_CHAIN = re.compile("(?:[、和及]\ue003[个家]\ue001)*[、和及]")
_ALTOGETHER = re.compile("合计|总计")
_EVERYWHERE = re.compile("(?:全县|全市|全区|共统计|统计范围.*共|纳入统计的?)$")


def each_count(found: Found, context: Context) -> Claim | None:
    """甲局、乙局各11篇."""
    units = found.units("us")
    _, n = found.number("n")
    readings = [
        all_of(each_reading(context.facts, units, n.value, category), *at_least_names(found, units))
        for category in any_category(found, context, "cat2", "cat", "cat3")
    ]
    claimed = f"{say_names(units)}各{say_number(n)}{context.facts.county.measure}"
    return make_claim(found, context, "unit_count", claimed, readings, units=units)


def exact_list(found: Found, context: Context) -> Claim | None:
    """3篇的有甲局、乙局: each has just so many."""
    units = found.units("us")
    _, n = found.number("n")
    numbers = [same_number(found, "k", len(units))] if found.has("k") else []
    readings = [
        all_of(each_reading(context.facts, units, n.value, category), *numbers)
        for category in any_category(found, context, "cat", "mid")
    ]
    claimed = f"{say_number(n)}{context.facts.county.measure}的有{say_names(units)}"
    return make_claim(found, context, "unit_count", claimed, readings, units=units)


def respective_counts(found: Found, context: Context) -> Claim | None:
    """甲局、乙局分别为3篇、2篇."""
    units, numbers = found.units("us"), found.numbers("ns")
    if len(units) != len(numbers):
        return None
    facts, readings = context.facts, []
    for category in any_category(found, context, "cat2", "cat", "cat3"):
        pairs = list(zip(units, (numeral for _, numeral in numbers), strict=True))
        wrong = [unit for unit, n in pairs if facts.count(unit, category) != n.value]
        cells = tuple(facts.say_cell(unit, category) for unit in wrong or units)
        readings.append(Reading(not wrong, "、".join(cells), cells))
    claimed = "、".join(
        f"{unit.name}{say_number(n)}" for unit, (_, n) in zip(units, numbers, strict=True)
    )
    together = sum((n.value for _, n in numbers), Fraction(0))
    return make_claim(found, context, "unit_count", claimed, readings, units=units, value=together)


def respective_again(found: Found, context: Context) -> Claim | None:
    """甲局、乙局不足100篇，分别为83篇、34篇: of the units just named."""
    numbers = [numeral.value for _, numeral in found.numbers("ns")]
    last = context.last_claim(found.start)
    if last is None or len(last.units) != len(numbers):
        return None
    facts, readings = context.facts, []
    for category in any_category(found, context):
        actual = [facts.count(unit, category) for unit in last.units]
        cells = tuple(facts.say_cell(unit, category) for unit in last.units)
        readings.append(Reading(actual == numbers, "、".join(cells), cells))
    claimed = "、".join(map(str, numbers))
    value = sum(numbers, Fraction(0))
    return make_claim(
        found, context, "unit_count", claimed, readings, units=last.units, value=value
    )


def rest_count(found: Found, context: Context) -> Claim | None:
    """除甲局3篇外，其余5个部门各2篇, 其余均为0."""
    nothing = nothing_in(found)
    if nothing is None:
        return None
    some, facts = found.units("some"), context.facts
    n = found.number("n")[1].value if found.has("n") else nothing
    given = [numeral for _, numeral in found.numbers("some")]
    readings = []
    for groups in context.scopes(found, "who"):
        for category in any_category(found, context, "cat2", "cat", "cat3"):
            rest = [unit for unit in facts.units(Scope(groups, category)) if unit not in some]
            parts = [
                each_reading(facts, [unit], numeral.value, category)
                for unit, numeral in zip(some, given, strict=False)
            ]
            if found.has("k"):
                parts.append(number_reading(found.number("k")[1], len(rest), f"其余{len(rest)}个"))
            readings.append(all_of(each_reading(facts, rest, n, category), *parts))
    claimed = f"除{say_names(some)}外各{n}{facts.county.measure}"
    return make_claim(found, context, "unit_count", claimed, readings, units=some)


def list_size(found: Found, context: Context) -> Claim | None:  # noqa: ARG001 -- a reader's form
    """甲局、乙局两家单位: as many as are named; with 等, at least as many."""
    units = found.units("us")
    _, k = found.number("k")
    holds = k.value >= len(units) if found.has("etc") else k.value == len(units)
    reading = Reading(holds, f"列出{len(units)}个", (say_names(units),))
    return Claim(
        "list_size", found.start, found.end, f"{say_number(k)}个", (reading,), units=tuple(units)
    )


def unit_number(found: Found, context: Context) -> Claim | None:
    """56个部门单位: as many as the roster has, or, where the clause says so, as took part."""
    _, k = found.number("k")
    facts = context.facts
    groups = tuple(group for group in found.groups("who") if group)
    before = context.encoded.text[: found.start]
    is_all = _EVERYWHERE.search(before) or _ALTOGETHER.fullmatch(before)
    scopes = [groups] if groups else [()] if is_all else context.scopes(found)
    readings = []
    for scope in scopes:
        here = len(facts.units(Scope(scope)))
        evidence = (f"名册：{facts.say_scope(Scope(scope))}{here}个",)
        readings.append(number_reading(k, here, f"{here}个", evidence))
        for category in any_category(found, context) if _took_part(found, context) else ():
            active = len(facts.where(Scope(scope, category), lambda n: n > 0))
            readings.append(number_reading(k, active, f"有稿件采用的{active}个"))
    plain = _is_plain(groups, before, context.encoded.text[found.end : found.end + 2])
    if named := before.rpartition(";")[2].count(
        "\ue000"
    ):  # 甲镇、乙镇…，三个镇共计: the number of those named
        plain = False
        readings.append(number_reading(k, named, f"前面列出{named}个"))
    if judged := _judged_behind(found, context):
        # 4个乡镇、2个部门和3个…全年为0: what is said behind holds of each part.
        test, category = judged
        readings = [
            number_reading(k, size := len(facts.where(Scope(scope, category), test)), f"{size}个")
            for scope in scopes
        ]
    claimed, own = f"{say_number(k)}个", Scope(scopes[0])
    claim = make_claim(found, context, "unit_number", claimed, readings, scope=own, value=k.value)
    if plain or any(reading.holds for reading in readings):
        return claim
    return replace(claim, readings=(), reason=NO_LEDGER)


def _judged_behind(
    found: Found, context: Context
) -> tuple[Callable[[int], bool], Category | None] | None:
    """Return what a list of numbers of units ends with, such as being 0."""
    for claim in context.claims:
        between = context.encoded.text[found.end : max(claim.start, found.end)]
        if claim.test and claim.start > found.end and _CHAIN.fullmatch(between):
            return claim.test, claim.scope.category if claim.scope else None
    return None


def _is_plain(groups: tuple[str, ...], before: str, behind: str) -> bool:
    """Tell whether a number of units is the roster's by the words around it."""
    if groups:
        return bool(_PLAIN_NUMBER.search(before))
    at_head = (not before or _ALTOGETHER.fullmatch(before)) and behind.startswith("中")
    is_all = before.endswith("只有") and not behind  # 只有一个投稿单位, a heading
    return bool(at_head or is_all or _EVERYWHERE.search(before))


def _took_part(found: Found, context: Context) -> bool:
    """Tell whether the clause, or the one that it spells out, is on units that took part."""
    text = context.encoded.text
    if text[found.end : found.end + 1] == "中":
        return False
    if re.search("统计范围|共统计|纳入统计", text):
        return False
    if re.search("(?:涉及|其中|包括)(?:[^,;。]*[和、及])?$", text[: found.start]):
        return bool(_ACTIVE.search(text[: found.start]))
    return bool(_ACTIVE.search(re.split("[,;。:]", text[found.end :])[0]))


def active_number(found: Found, context: Context) -> Claim | None:
    """有21个部门单位报送了甲类信息: as many as have any."""
    _, k = found.number("k")
    facts, readings = context.facts, []
    scopes = [
        Scope(groups, category)
        for groups in _scopes_among(found, context)
        for category in any_category(found, context, "cat")
    ]
    within = context.encoded.text[found.start : found.end]
    for scope in scopes:
        active = len(facts.where(scope, lambda n: n > 0))
        evidence = (f"{facts.say_scope(scope)}不为0的{active}个",)
        reading = number_reading(k, active, f"{active}个", evidence)
        if re.search("均|都|全部", within):  # 9个镇办均有稿件被采用: all that there are
            reading = all_of(
                reading, number_reading(k, size := len(facts.units(scope)), f"{size}个")
            )
        readings.append(reading)
    own = held_scope(scopes, readings)
    size = len(facts.units(Scope(own.groups)))
    # 9个镇办报送了…: at the head of a clause the number may be that of the roster.
    before = context.encoded.text[: found.start]
    if (
        found.number("k")[0] == found.start
        and not before.endswith(("有", "其中", "中,"))
        and "有" not in within
    ):
        readings.append(number_reading(k, size, f"{size}个", ("名册",)))
    claim = make_claim(found, context, "active_number", f"{say_number(k)}个", readings, scope=own)
    return replace(claim, test=lambda count: count > 0)


def _scopes_among(found: Found, context: Context) -> list[tuple[str, ...]]:
    """Return whom 42个 may be of; in 56个部门单位中，42个… of no others."""
    scopes = context.scopes(found, "who", "who2")
    before = context.encoded.text[: found.start]
    if not before.endswith("\ue001中,"):
        return scopes
    if _ALTOGETHER.match(before):
        return [()]
    sign = context.encoded.signs[found.start - 3]
    return scopes[:1] if sign and sign.meaning not in ("", "*") else scopes


def unit_part(found: Found, context: Context) -> Claim | None:
    """其中镇办1个、部门单位4个: of the units just counted; else a number of the roster."""
    last = context.last_claim(found.start, *_UNIT_NUMBERS)
    if last is None or last.test is None or last.scope is None:
        return unit_number(found, context)
    _, k = found.number("k")
    groups = tuple(group for group in found.groups("who") if group)
    scope = Scope(groups, last.scope.category)
    number = len(context.facts.where(scope, last.test))
    evidence = (context.facts.say_scope(scope),)
    claim = make_claim(
        found, context, "unit_number", f"{say_number(k)}个",
        [number_reading(k, number, f"{number}个", evidence)], scope=scope,
    )  # fmt: skip
    return replace(claim, test=last.test)


def group_count(found: Found, context: Context) -> Claim | None:
    """9个镇办政务公开信息均为2篇: true of each of them."""
    _, n = found.number("n")
    facts, readings = context.facts, []
    for groups in context.scopes(found, "who"):
        units = facts.units(Scope(groups))
        sizes = (
            [number_reading(found.number("k")[1], len(units), f"{len(units)}个")]
            if found.has("k")
            else []
        )
        readings += [
            all_of(each_reading(facts, units, n.value, category), *sizes)
            for category in any_category(found, context, "cat2", "cat")
        ]
    claimed = f"各{say_number(n)}{facts.county.measure}"
    return make_claim(found, context, "unit_count", claimed, readings)
