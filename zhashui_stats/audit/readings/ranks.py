"""Ranks: the first, the last, and the order between them."""

import re
from collections.abc import Sequence

from zhashui_stats.audit.claims import Claim, Context, Reading, say_number
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.audit.numerals import Numeral
from zhashui_stats.audit.readings.parts import (
    NO_LEDGER,
    all_of,
    any_category,
    each_reading,
    make_claim,
    same_number,
    say_names,
    with_own_groups,
)
from zhashui_stats.model.units import Unit

__all__ = [
    "extremum",
    "later_rank",
    "listed_ranks",
    "rank",
    "rank_list",
    "respective_ranks",
    "superlative",
    "tied_extremum",
    "top_sum",
]


def rank_list(found: Found, context: Context) -> Claim | None:
    """前3名：甲局（21篇）、乙局…, in order."""
    units, facts = found.units("items"), context.facts
    _, k = found.number("k")
    numbers = [numeral for _, numeral in found.numbers("items") or found.numbers("ns")]
    before = context.encoded.text[max(0, found.start - 14) : found.start]
    if "分" in found.words("items") or re.search("得分|考核|评分|测评|积分", before) or not units:
        return Claim(
            "rank",
            found.start,
            found.end,
            found.words("items"),
            reason=NO_LEDGER,
            units=tuple(units),
        )
    if numbers and len(numbers) != len(units):
        return None
    readings = [
        _top_reading(facts, scope, units, k, numbers)
        for category in any_category(found, context, "cat")
        for scope in with_own_groups(facts, context.scopes(found, "who"), category, units)
    ]
    return make_claim(
        found, context, "rank", f"前{say_number(k)}名：{say_names(units)}", readings, units=units
    )


def _top_reading(
    facts: Facts, scope: Scope, units: Sequence[Unit], k: Numeral, numbers: Sequence[Numeral]
) -> Reading:
    counts = [facts.count(unit, scope.category) for unit in units]
    others = [
        facts.count(unit, scope.category) or 0 for unit in facts.units(scope) if unit not in units
    ]
    known = [count for count in counts if count is not None]
    in_order = len(known) == len(counts) and known == sorted(known, reverse=True)
    is_top = bool(known) and (not others or min(known) >= max(others))
    ranks = [min(facts.ranks(unit, scope) or {0}) for unit in units]
    right_number = len(units) == k.value or max(ranks, default=0) == k.value
    right_counts = not numbers or [numeral.value for numeral in numbers] == counts
    cells = tuple(facts.say_cell(unit, scope.category) for unit in units)
    best = sorted(facts.units(scope), key=lambda unit: -(facts.count(unit, scope.category) or 0))
    actual = "、".join(facts.say_cell(unit, scope.category) for unit in best[: len(units)])
    return Reading(in_order and is_top and right_number and right_counts, actual, cells)


def rank(found: Found, context: Context) -> Claim | None:
    """甲局位居第一, 乙局、丙局并列第三."""
    units, facts = found.units("us"), context.facts
    _, ordinal = found.number("o")
    tied = found.has("tie") or found.has("tie2")
    words = found.encoded.words(found.start, found.end)
    if (len(units) > 1 and not tied) or re.search("比|分列|分别|分居", words):
        return None
    readings = []
    for category in any_category(found, context, "cat0", "cat"):
        for scope in with_own_groups(facts, context.scopes(found, "who"), category, units):
            ranks = [facts.ranks(unit, scope) for unit in units]
            holds = all(ordinal.value in possible for possible in ranks)
            if tied:
                same = facts.where(scope, lambda n: n == facts.count(units[0], category))  # noqa: B023
                holds = holds and len(same) > 1 and (len(units) == 1 or set(units) == set(same))
            actual = "、".join(
                f"{unit.name}第{'或'.join(map(str, sorted(r)))}"
                for unit, r in zip(units, ranks, strict=True)
            )
            readings.append(
                Reading(holds, actual, tuple(facts.say_cell(unit, category) for unit in units))
            )
    if found.has("n"):
        _, n = found.number("n")
        counts = [
            each_reading(facts, units, n.value, category)
            for category in any_category(found, context, "cat0", "cat")
        ]
        held = next((reading for reading in counts if reading.holds), counts[0])
        readings = [all_of(held, reading) for reading in readings]
    claimed = f"{say_names(units)}{'并列' if tied else ''}第{say_number(ordinal)}"
    return make_claim(found, context, "rank", claimed, readings, units=units)


def respective_ranks(found: Found, context: Context) -> Claim | None:
    """乙局、丙局分列第二、第三."""
    units, ordinals = found.units("us"), found.numbers("os")
    if len(units) != len(ordinals):
        return None
    facts, readings = context.facts, []
    for category in any_category(found, context, "cat"):
        for scope in with_own_groups(facts, context.scopes(found, "who"), category, units):
            ranks = [facts.ranks(unit, scope) for unit in units]
            holds = all(o.value in r for (_, o), r in zip(ordinals, ranks, strict=True))
            cells = tuple(facts.say_cell(unit, category) for unit in units)
            readings.append(Reading(holds, "、".join(cells), cells))
    return make_claim(found, context, "rank", f"{say_names(units)}分列", readings, units=units)


def later_rank(found: Found, context: Context) -> Claim | None:
    """甲局、乙局均为40条，并列第四: of the units just counted."""
    last = context.last_claim(found.start)
    claimed = found.encoded.words(found.start, found.end)
    if last is None or not last.units:
        return Claim("rank", found.start, found.end, claimed, reason=NO_LEDGER)
    facts, (_, ordinal), readings = context.facts, found.number("o"), []
    for category in any_category(found, context):
        for scope in with_own_groups(facts, context.scopes(found), category, last.units):
            cells = tuple(facts.say_cell(unit, category) for unit in last.units)
            holds = all(ordinal.value in facts.ranks(unit, scope) for unit in last.units)
            readings.append(Reading(holds, "、".join(cells), cells))
    return make_claim(found, context, "rank", claimed, readings, units=last.units)


def listed_ranks(found: Found, context: Context) -> Claim | None:
    """甲局8件、乙局6件，分列第四、第五: of the units counted just before."""
    ordinals = [numeral for _, numeral in found.numbers("os")]
    counted = sorted(
        (claim for claim in context.claims if claim.end <= found.start), key=lambda claim: claim.end
    )
    units = [unit for claim in counted if claim.kind == "unit_count" for unit in claim.units][
        -len(ordinals) :
    ]
    claimed = found.encoded.words(found.start, found.end)
    if len(units) != len(ordinals):
        return Claim("rank", found.start, found.end, claimed, reason=NO_LEDGER)
    facts, readings = context.facts, []
    for category in any_category(found, context):
        for scope in with_own_groups(facts, context.scopes(found), category, units):
            ranks = [facts.ranks(unit, scope) for unit in units]
            holds = all(o.value in r for o, r in zip(ordinals, ranks, strict=True))
            cells = tuple(facts.say_cell(unit, category) for unit in units)
            readings.append(Reading(holds, "、".join(cells), cells))
    return make_claim(found, context, "rank", claimed, readings, units=units)


def superlative(found: Found, context: Context) -> Claim | None:
    """最多的三家单位是甲局、乙局、丙局; 最少的 likewise."""
    units, facts = found.units("us"), context.facts
    sign = -1 if found.words("most") in ("最少", "最低", "后") else 1
    readings = []
    for category in any_category(found, context, "cat"):
        for scope in with_own_groups(facts, context.scopes(found, "who", "who0"), category, units):
            own = [sign * (facts.count(unit, category) or 0) for unit in units]
            rest = [
                sign * (facts.count(unit, category) or 0)
                for unit in facts.units(scope)
                if unit not in units
            ]
            cells = tuple(facts.say_cell(unit, category) for unit in units)
            holds = not rest or min(own) >= max(rest)
            given = [numeral.value for _, numeral in found.numbers("ns") or found.numbers("us")]
            holds = holds and (not given or given == [abs(count) for count in own])
            readings.append(Reading(holds, "、".join(cells), cells))
    if found.has("k") and not _is_widened(units, found.number("k")[1], context):
        readings = [all_of(reading, same_number(found, "k", len(units))) for reading in readings]
    return make_claim(
        found, context, "rank", f"{found.words('most')}：{say_names(units)}", readings, units=units
    )


def _is_widened(units: Sequence[Unit], k: Numeral, context: Context) -> bool:
    """Tell whether a list is longer than announced only because its last places are tied."""
    if len(units) <= k.value:
        return False
    tail = units[int(k.value) - 1 :]
    counts = {
        tuple(context.facts.count(unit, category) for unit in tail)
        for category in (*context.facts.county.categories, None)
    }
    return any(len(set(row)) == 1 for row in counts)


def extremum(found: Found, context: Context) -> Claim | None:
    """最多的达50篇, 最少的为0篇."""
    _, n = found.number("n")
    facts, pick = context.facts, min if found.words("most") in ("最少", "最低") else max
    readings = []
    for groups in context.scopes(found):
        for category in context.categories(found):
            scope = Scope(groups, category)
            counts = [facts.count(unit, category) or 0 for unit in facts.units(scope)]
            actual = pick(counts, default=0)
            readings.append(Reading(actual == n.value, f"{actual}", (facts.say_scope(scope),)))
    return make_claim(found, context, "extremum", f"{found.words('most')}{say_number(n)}", readings)


def tied_extremum(found: Found, context: Context) -> Claim | None:
    """政务动态信息有30个单位并列最多，各3篇: just so many share the largest count."""
    (_, k), (_, n) = found.number("k"), found.number("n")
    place = found.number("o")[1].value if found.has("o") else 1
    facts, pick = context.facts, min if found.words("most") in ("最少", "最低") else max
    readings = []
    for groups in context.scopes(found, "who"):
        for category in context.categories(found, "cat"):
            scope = Scope(groups, category)
            extreme = pick(
                (facts.count(unit, category) or 0 for unit in facts.units(scope)), default=0
            )
            tied = facts.where(scope, lambda count: count == extreme)  # noqa: B023
            holds = [place, n.value, k.value] == [1, extreme, len(tied)]
            said = f"{len(tied)}个各{extreme}{facts.county.measure}"
            readings.append(Reading(holds, said, (facts.say_scope(scope),)))
    claimed = f"{say_number(k)}个并列，各{say_number(n)}"
    return make_claim(found, context, "extremum", claimed, readings)


def top_sum(found: Found, context: Context) -> Claim | None:
    """前三名单位共150篇: the sum of the first of the ranking."""
    (_, k), (_, n) = found.number("k"), found.number("n")
    facts, readings, scopes = context.facts, [], []
    for groups in context.scopes(found, "who"):
        for category in context.categories(found, "cat"):
            scope = Scope(groups, category)
            scopes.append(scope)
            counts = sorted(
                (facts.count(unit, category) or 0 for unit in facts.units(scope)), reverse=True
            )
            together = sum(counts[: int(k.value)])
            readings.append(Reading(together == n.value, f"{together}", (facts.say_scope(scope),)))
    claimed = f"前{say_number(k)}个共{say_number(n)}"
    return make_claim(
        found,
        context,
        "total",
        claimed,
        readings,
        scope=Scope((), (any_category(found, context, "cat"))[0]),
        value=n.value,
    )
