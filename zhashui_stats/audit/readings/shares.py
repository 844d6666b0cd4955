"""Shares of a whole, and rates."""

import re
from fractions import Fraction

from zhashui_stats.audit.claims import Claim, Context, Reading, say_number
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.audit.numerals import Look
from zhashui_stats.audit.readings.parts import (
    APPROXIMATE,
    NO_LEDGER,
    NO_TABLE,
    is_close,
    make_claim,
    say_names,
    say_truncated,
)

__all__ = ["rate", "share"]


def share(found: Found, context: Context) -> Claim | None:
    """占61.7%: what was just counted, of what it is part of."""
    _, p = found.number("p")
    claimed = f"占{say_number(p)}%"
    if found.has("about") or found.has("tail"):
        return Claim("share", found.start, found.end, claimed, reason=APPROXIMATE)
    part = context.last_claim(found.start)
    facts = context.facts
    if part is None or facts.now is None:
        return Claim(
            "share", found.start, found.end, claimed, reason=NO_LEDGER if facts.now else NO_TABLE
        )
    parts, wholes = _share_parts(part, facts), _share_wholes(part, found, context)
    readings = [
        Reading(
            is_close(p, 100 * Fraction(a, b)),
            f"{float(100 * Fraction(a, b)):.2f}%",
            (f"{said_a}{a}，{said_b}{b}",),
            say_truncated(p, 100 * Fraction(a, b)),
        )
        for said_a, a in parts
        for said_b, b in wholes
        if b
    ]
    if not readings:
        return Claim("share", found.start, found.end, claimed, reason=NO_LEDGER)
    return make_claim(found, context, "share", claimed, readings)


def _share_parts(part: Claim, facts: Facts) -> list[tuple[str, int]]:
    if part.value is not None and part.kind in ("total", "unit_count", "count"):
        if part.units and part.scope:
            counts = [facts.count(one, part.scope.category) or 0 for one in part.units]
            return [(say_names(part.units), sum(counts)), (say_names(part.units), int(part.value))]
        return [("该数", int(part.value))]
    if (
        part.kind in ("zero_count", "threshold_count", "unit_number", "threshold_list")
        and part.value is not None
    ):
        return [("单位数", int(part.value))]
    return []


def _share_wholes(part: Claim, found: Found, context: Context) -> list[tuple[str, int]]:
    facts = context.facts
    scope = part.scope or Scope()
    if part.kind in ("zero_count", "threshold_count", "unit_number", "threshold_list"):
        return [
            (facts.say_scope(Scope(one)), len(facts.units(Scope(one))))
            for one in {scope.groups, ()}
        ]
    category = found.category("of") or scope.category
    of_groups = tuple(one for one in found.groups("of") if one)
    wholes = [
        Scope(groups, one)
        for groups in dict.fromkeys([of_groups or scope.groups, ()])
        for one in dict.fromkeys([category, scope.category, None])
    ]
    if part.units:
        wholes += [Scope((one.group,), each) for one in part.units for each in (category, None)]
    return [(facts.say_scope(one), facts.total(one)) for one in dict.fromkeys(wholes)]


def rate(found: Found, context: Context) -> Claim | None:
    """采用率60%: the counts before it in the sentence are held against it."""
    _, p = found.number("p")
    what = found.words("what")
    claimed = f"{what}率{say_number(p)}%"
    good, bad, whole, first = _rated(found, context, what)
    part = (
        good if good is not None else whole - bad if whole is not None and bad is not None else None
    )
    whole = whole if whole is not None else (part or 0) + (bad or 0)
    if part is None or not whole:
        return Claim("rate", found.start, found.end, claimed, reason=NO_LEDGER)
    exact = 100 * Fraction(part) / whole
    adds_up = bad is None or good is None or good + bad == whole
    reading = Reading(
        is_close(p, exact) and adds_up, f"{float(exact):.2f}%", (f"{part}/{whole}",), say_truncated(p, exact)
    )  # fmt: skip
    return Claim("rate", first, found.end, claimed, (reading,))


def _rated(
    found: Found, context: Context, what: str
) -> tuple[Fraction | None, Fraction | None, Fraction | None, int]:
    """Find the good, the bad and all of them among the counts before a rate, and where they begin."""
    good = bad = whole = None
    first, last = found.start, 0
    for place, numeral in context.encoded.numerals():
        if place >= found.start or numeral.look is not Look.COUNT:
            continue
        words = context.encoded.text[last:place]
        last = place + 1
        if re.search(f"(?:不|未|没有|非)(?:被|予)?(?:{what})|退稿|退回", words):
            bad = numeral.value
        elif re.search(f"{what}|录用|采用" if what[0] in "采录" else what, words):
            good = numeral.value
        elif re.search("共|总|抽查|检查|收到|报送|来稿|投稿|上报|抽取|抽样", words):
            whole = numeral.value
        else:
            continue
        first = min(first, place)
    return good, bad, whole, first
