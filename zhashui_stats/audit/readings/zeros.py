"""Zeros: who sent nothing, and how many."""

import re
from dataclasses import replace
from fractions import Fraction

from zhashui_stats.audit.claims import Claim, Context, Reading, say_number
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.facts import Scope
from zhashui_stats.audit.readings.parts import (
    NO_EARLIER,
    NO_LEDGER,
    any_category,
    as_many,
    at_least_names,
    both,
    held_scope,
    list_reading,
    make_claim,
    number_reading,
    same_number,
    say_names,
    scopes_of,
)

_ABOUT_NOTHING = re.compile(
    "为0|为\ue003|为零|零(?:报送|投稿|发布|刊发|采用|编发|上报)|(?:未|没有)(?:报送|投稿|上报|发布|刊发|编发|采用)|空白"
)

__all__ = ["nothing_in", "zero_change", "zero_complete", "zero_count", "zero_list"]


def nothing_in(found: Found, *, exactly: bool = False) -> Fraction | None:
    """Return what the words for nothing say: 0, or the bare number that stands in its place.

    None where a number in them says something else: 未发布三篇, 位列第一, 各3篇.

    Args:
        found: A match of {NOTHING}.
        exactly: Whether 为1 may stand where 为0 is expected, to be judged as a count of one.
    """
    if found.has("z3"):
        return Fraction(0) if found.number("z3")[1].value == 1 else None
    if found.has("z"):
        return Fraction(0) if found.number("z")[1].value == 0 else None
    if not found.has("z2"):
        return Fraction(0)
    value = found.number("z2")[1].value
    behind = found.encoded.text[found.end : found.end + 1]
    is_bare = exactly and behind in ("", ",", ";", "。", "、", ")")
    return value if value == 0 or is_bare else None


def zero_count(found: Found, context: Context) -> Claim | None:
    """有4个镇办0篇, 16个部门政务公开信息为0."""
    nothing = nothing_in(found, exactly=True)
    if nothing is None:
        return None
    _, k = found.number("k")
    facts = context.facts
    readings, scopes = [], []
    for groups in context.scopes(found, "who"):
        for category in any_category(found, context, "cat", "cat2"):
            scope = Scope(groups, category)
            scopes.append(scope)
            empty = facts.where(scope, lambda count: count == nothing)
            readings.append(
                number_reading(
                    k,
                    len(empty),
                    f"{len(empty)}个",
                    (f"{facts.say_scope(scope)}为{nothing}：{say_names(empty) or '无'}",),
                )
            )
    scope = held_scope(scopes, readings)
    claim = make_claim(
        found, context, "zero_count", f"{say_number(k)}个为{nothing}", readings, scope=scope
    )
    return replace(claim, test=lambda count: count == nothing)


def zero_list(found: Found, context: Context) -> Claim | None:
    """甲局、乙局未发布一条: each of them has nothing; with a number of units, just so many have."""
    nothing = nothing_in(found)
    if nothing is None:
        return None
    units, facts = found.units("us"), context.facts
    readings = []
    for category in any_category(found, context, "cat"):
        wrong = [one for one in units if facts.count(one, category) != 0]
        cells = tuple(facts.say_cell(one, category) for one in wrong or units)
        reading = Reading(not wrong, "、".join(cells) if wrong else "均为0", cells)
        numbers = at_least_names(found, units)
        if found.has("etc") and found.has("k"):
            numbers.append(as_many(facts, units, category, lambda n: n == 0, found.number("k")[1]))
        readings.append(both(reading, *numbers))
    scope = Scope((), next(iter(any_category(found, context, "cat"))))
    return make_claim(
        found, context, "zero_list", f"{say_names(units)}为0", readings, units=units, scope=scope
    )


def zero_complete(found: Found, context: Context) -> Claim | None:
    """为0的有甲局、乙局: the list is complete."""
    nothing = nothing_in(found)
    if nothing is None:
        return None
    units, facts = found.units("us"), context.facts
    scopes = scopes_of(context, found, any_category(found, context, "cat"), units)
    readings = [
        list_reading(facts, scope, units, facts.where(scope, lambda count: count == nothing))
        for scope in scopes
    ]
    if found.has("k"):
        readings = [both(one, same_number(found, "k", len(units))) for one in readings]
    return make_claim(
        found,
        context,
        "zero_list",
        f"为{nothing}：{say_names(units)}",
        readings,
        units=units,
        scope=scopes[0],
    )


def zero_change(found: Found, context: Context) -> Claim | None:
    """从5家减少到3家, of units with nothing."""
    before = context.encoded.text[: found.start]
    about_zero = _ABOUT_NOTHING.search(before)
    (_, a), (_, b) = found.number("a"), found.number("b")
    claimed = f"{say_number(a)}个→{say_number(b)}个"
    facts = context.facts
    others = [facts.at(facts.period.previous), facts.at(facts.period.year_before)]
    if not about_zero or not any(others):
        reason = NO_EARLIER if about_zero else NO_LEDGER
        return Claim("zero_change", found.start, found.end, claimed, reason=reason)
    readings = []
    for other in filter(None, others):
        for groups in context.scopes(found):
            for category in any_category(found, context):
                scope = Scope(groups, category)
                pair = [len(one.where(scope, lambda n: n == 0)) for one in (other, facts)]
                actual = f"{pair[0]}个→{pair[1]}个"
                readings.append(
                    Reading([a.value, b.value] == pair, actual, (facts.say_scope(scope),))
                )
    return make_claim(found, context, "zero_change", claimed, readings)
