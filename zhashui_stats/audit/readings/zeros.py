"""Zeros: who sent nothing, and how many."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from zhashui_stats.audit.claims import Claim, Context, Reading, say_number
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.audit.readings.parts import (
    NO_EARLIER,
    NO_LEDGER,
    all_of,
    any_category,
    as_many,
    at_least_names,
    head_units,
    held_scope,
    list_reading,
    make_claim,
    number_reading,
    same_number,
    say_names,
    scopes_of,
)
from zhashui_stats.model.county import Category
from zhashui_stats.model.units import Unit

_ABOUT_NOTHING = re.compile(
    "为0|为\ue003|为零|零(?:报送|投稿|发布|刊发|采用|编发|上报)|(?:未|没有)(?:报送|投稿|上报|发布|刊发|编发|采用)|空白"
)

_OF_CATEGORY = re.compile("\ue002(?:均|都|全部|仍|也)?[为是]\ue003$")

__all__ = ["nothing_in", "zero_all", "zero_change", "zero_complete", "zero_count", "zero_list"]


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
    place, numeral = found.number("z2")
    value, text = numeral.value, found.encoded.text
    ends = text[found.end : found.end + 1] in ("", ",", ";", "。", "、", ")")
    is_bare = exactly and (ends or text[place + 1 : place + 2] == "的")
    return value if value == 0 or is_bare else None


def zero_count(found: Found, context: Context) -> Claim | None:
    """有4个镇办0篇; 为0的有54个，超过半数，只有甲局、乙局不为0."""
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
            said = (f"{facts.say_scope(scope)}为{nothing}：{say_names(empty) or '无'}",)
            number = number_reading(k, len(empty), f"{len(empty)}个", said)
            readings.append(all_of(number, *_beside(found, facts, scope)))
    scope = held_scope(scopes, readings)
    claim = make_claim(
        found, context, "zero_count", f"{say_number(k)}个为{nothing}", readings, scope=scope
    )
    return replace(claim, test=lambda count: count == nothing)


def _beside(found: Found, facts: Facts, scope: Scope) -> list[Reading]:
    """超过半数，只有甲局、乙局不为0: what is told beside a number of units with nothing."""
    readings, size = [], len(facts.units(scope))
    if found.has("over"):
        _, share = found.number("over")
        k = found.number("k")[1].value
        readings.append(Reading(100 * k > share.value * size, f"{k}/{size}"))
    if units := found.units("us") if found.has("only") else []:
        readings.append(list_reading(facts, scope, units, facts.where(scope, lambda n: n != 0)))
    if found.has("not0"):
        readings.append(_of_zero(found, "not0"))
    return readings


def _of_zero(found: Found, name: str) -> Reading:
    """Hold the number of 不为0 against the one that nobody writes otherwise."""
    return number_reading(found.number(name)[1], 0, "不为0")


def zero_all(found: Found, context: Context) -> Claim | None:
    """政策解读信息全部为0; 政务公开信息均不为0: true of every unit that the sentence is on."""
    facts, head = context.facts, head_units(context)
    is_single, follows_unit = len(head) == 1, context.encoded.text[: found.start].endswith("\ue000")
    n = found.number("n")[1].value if found.has("n") else Fraction(0)
    if not (found.has("all") or is_single) or (follows_unit and not is_single):
        return None
    is_not = found.has("not")
    if n and not is_not and (found.has("m") or not found.has("all")):
        return None
    categories = found.categories("cats") or list(facts.county.categories)
    readings = [
        _all_reading(facts, units, categories, n, is_not=is_not)
        for units in (
            [head] if head else [facts.units(Scope(ids)) for ids in context.scopes(found)]
        )
    ]
    if is_not and n:
        readings = [_of_zero(found, "n")]
    claimed = f"{'、'.join(category.label for category in categories)}{'不' if is_not else ''}为{n}"
    return make_claim(found, context, "zero_all", claimed, readings)


def _all_reading(
    facts: Facts,
    units: Sequence[Unit],
    categories: Sequence[Category],
    n: Fraction,
    *,
    is_not: bool,
) -> Reading:
    pairs = [(unit, category) for category in categories for unit in units]
    wrong = [pair for pair in pairs if (facts.count(*pair) == n) is is_not]
    cells = tuple(facts.say_cell(*pair) for pair in (wrong or pairs)[:12])
    return Reading(bool(pairs) and not wrong, "、".join(cells), cells)


def zero_list(found: Found, context: Context) -> Claim | None:
    """甲局、乙局未发布一条: each of them has nothing; with a number of units, just so many have."""
    nothing = nothing_in(
        found, exactly=bool(_OF_CATEGORY.search(context.encoded.text[: found.end]))
    )
    if nothing is None:
        return None
    units, facts = found.units("us"), context.facts
    readings = []
    for category in any_category(found, context, "cat"):
        wrong = [unit for unit in units if facts.count(unit, category) != nothing]
        cells = tuple(facts.say_cell(unit, category) for unit in wrong or units)
        reading = Reading(not wrong, "、".join(cells) if wrong else f"均为{nothing}", cells)
        numbers = at_least_names(found, units)
        if found.has("etc") and found.has("k"):
            number = found.number("k")[1]
            numbers.append(as_many(facts, units, category, lambda n: n == nothing, number))
        readings.append(all_of(reading, *numbers))
    scope = Scope((), next(iter(any_category(found, context, "cat"))))
    return make_claim(
        found, context, "zero_list", f"{say_names(units)}为{nothing}", readings,
        units=units, scope=scope,
    )  # fmt: skip


def zero_complete(found: Found, context: Context) -> Claim | None:
    """为0的有甲局、乙局: the list is complete."""
    nothing = nothing_in(found, exactly=True)
    if nothing is None:
        return None
    units, facts = found.units("us"), context.facts
    scopes = scopes_of(context, found, any_category(found, context, "cat"), units)
    readings = [
        list_reading(facts, scope, units, facts.where(scope, lambda count: count == nothing))
        for scope in scopes
    ]
    if found.has("k"):
        size = same_number(found, "k", len(units))
        readings = [
            all_of(reading, size, *_beside(found, facts, scope))
            for reading, scope in zip(readings, scopes, strict=True)
        ]
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
                pair = [len(figures.where(scope, lambda n: n == 0)) for figures in (other, facts)]
                actual = f"{pair[0]}个→{pair[1]}个"
                readings.append(
                    Reading([a.value, b.value] == pair, actual, (facts.say_scope(scope),))
                )
    return make_claim(found, context, "zero_change", claimed, readings)
