"""Shares of a whole, and rates."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from operator import attrgetter

from zhashui_stats.audit.claims import Claim, Context, Ratio, Reading, say_number
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.audit.numerals import Look
from zhashui_stats.audit.readings.parts import (
    APPROXIMATE,
    NO_LEDGER,
    NO_TABLE,
    is_close,
    make_claim,
    named_before,
    say_names,
    say_truncated,
)
from zhashui_stats.model.county import Category
from zhashui_stats.model.units import Unit

__all__ = ["listed_shares", "rate", "respective_shares", "share"]


_UNIT_KINDS = (
    "active_number", "list_size", "threshold_count", "threshold_list", "unit_number", "zero_count",
)  # fmt: skip
_Part = tuple[str, Callable[[Facts], int]]


def share(found: Found, context: Context) -> Claim | None:
    """占61.7%: what was just named or counted, of what it is part of."""
    _, p = found.number("p")
    claimed, facts = f"占{say_number(p)}%", context.facts
    if found.has("about") or found.has("tail"):
        return Claim("share", found.start, found.end, claimed, reason=APPROXIMATE)
    if facts.now is None:
        return _share_of_words(found, context, claimed)
    ratios = list(_ratios(found, context))
    shares = [(ratio, percent) for ratio in ratios if (percent := ratio.percent(facts)) is not None]
    if not shares:
        return Claim("share", found.start, found.end, claimed, reason=NO_LEDGER)
    readings = [
        Reading(
            is_close(p, percent), f"{float(percent):.2f}%",
            (f"{ratio.label}：{ratio.part(facts)}/{ratio.whole(facts)}",),
            say_truncated(p, percent),
        )
        for ratio, percent in shares
    ]  # fmt: skip
    held = tuple(
        ratio for (ratio, _), reading in zip(shares, readings, strict=True) if reading.holds
    )
    return replace(make_claim(found, context, "share", claimed, readings), ratios=held)


def respective_shares(found: Found, context: Context) -> Claim | None:
    """甲类、乙类、丙类分别占31.0%、2.8%、66.3%."""
    start, end = found.match.span("what")
    signs = [sign.meaning for sign in context.encoded.signs[start:end] if sign]
    shares = [numeral for _, numeral in found.numbers("ps")]
    if len(signs) != len(shares) or context.facts.now is None or {"", "*"} & set(map(str, signs)):
        claimed = found.encoded.words(found.start, found.end)
        return Claim("share", found.start, found.end, claimed, reason=NO_LEDGER)
    facts, readings = context.facts, []
    for groups in context.scopes(found, "of"):
        for category in dict.fromkeys([found.category("of"), None]):
            whole = facts.total(Scope(groups, category))
            parts = [
                facts.total(
                    Scope(groups, meaning)
                    if isinstance(meaning, Category)
                    else Scope((str(meaning),), category)
                )
                for meaning in signs
            ]
            exact = [Fraction(100 * part, whole or 1) for part in parts]
            holds = all(is_close(p, percent) for p, percent in zip(shares, exact, strict=True))
            said = "、".join(f"{float(percent):.2f}%" for percent in exact)
            readings.append(Reading(holds, said, (facts.say_scope(Scope(groups, category)),)))
    claimed = "、".join(f"{say_number(numeral)}%" for numeral in shares)
    return make_claim(found, context, "share", claimed, readings)


def listed_shares(found: Found, context: Context) -> Claim | None:
    """甲类320条、乙类98条，分别占总数的72.4%、22.2%: of the counts listed just before."""
    shares = [numeral for _, numeral in found.numbers("ps")]
    counts = [
        int(claim.value)
        for claim in sorted(context.claims, key=attrgetter("end"))
        if claim.end <= found.start and claim.value is not None
    ]
    claimed = "、".join(f"{say_number(numeral)}%" for numeral in shares)
    parts, facts = counts[-len(shares) :], context.facts
    if len(parts) != len(shares) or facts.now is None:
        return Claim("share", found.start, found.end, claimed, reason=NO_LEDGER)
    scopes = [
        Scope(groups, category)
        for groups in [*context.scopes(found, "of"), ()]
        for category in [found.category("of"), None]
    ]
    wholes = {facts.total(scope) for scope in scopes} | set(counts[: -len(shares)]) | {sum(parts)}
    wholes |= {len(facts.units(Scope(scope.groups))) for scope in scopes}
    readings = []
    for whole in sorted(wholes - {0}, reverse=True):
        exact = [Fraction(100 * part, whole) for part in parts]
        holds = all(is_close(p, percent) for p, percent in zip(shares, exact, strict=True))
        said = "、".join(f"{float(percent):.2f}%" for percent in exact)
        readings.append(Reading(holds, said, (f"分母{whole}",)))
    return make_claim(found, context, "share", claimed, readings)


def _share_of_words(found: Found, context: Context, claimed: str) -> Claim:
    """Without tables, a share is held against the counts of its own sentence."""
    _, p = found.number("p")
    counts = [
        int(claim.value)
        for claim in context.claims
        if claim.end <= found.start
        and claim.value is not None
        and claim.kind in ("total", "unit_count")
    ]
    wholes = {count for count in counts[:-1] if count > counts[-1]}
    if len(wholes) != 1:
        return Claim("share", found.start, found.end, claimed, reason=NO_TABLE)
    whole = wholes.pop()
    percent = Fraction(100 * counts[-1], whole)
    evidence = (f"同句：{counts[-1]}/{whole}",)
    said, slip = f"{float(percent):.2f}%", say_truncated(p, percent)
    reading = Reading(is_close(p, percent), said, evidence, slip)
    return Claim("share", found.start, found.end, claimed, (reading,))


def _ratios(found: Found, context: Context) -> Iterator[Ratio]:
    """Pair what may be the part with what may be the whole, the most natural pair first."""
    last = context.last_claim(found.start)
    named = named_before(context, last.end if last else 0, found.start)
    if named.units or named.categories or named.groups:
        category = next(iter(named.categories[-1:]), None) or context.category_at(found.start)
        scope = Scope(named.groups, category)
        parts = (
            [_units_part(named.units, scope)]
            if named.units
            else [_total_part(context.facts, scope)]
        )
        kind, units = "total", named.units
    elif last is None or (not last.readings and last.kind in ("total", "unit_count", "count")):
        return
    else:
        scope, kind, units = last.scope or Scope(), last.kind, last.units
        parts = _parts_of(last, context.facts)
    for label, part in parts:
        wholes = _wholes(kind, scope, units, found, context)
        for said, whole in wholes:
            if said != label:
                yield Ratio(f"{label}占{said}", part, whole)


def _parts_of(last: Claim, facts: Facts) -> list[_Part]:
    if last.value is None:
        return []
    value = int(last.value)
    constant = _constant(value)
    if last.kind in ("total", "unit_count") and last.scope:
        if last.units:
            return [_units_part(last.units, last.scope), constant]
        if any(reading.holds for reading in last.readings) and facts.total(last.scope) == value:
            return [_total_part(facts, last.scope)]
    return [constant]


def _units_part(units: Sequence[Unit], scope: Scope) -> _Part:
    category = scope.category
    return say_names(units), lambda facts: sum(facts.count(unit, category) or 0 for unit in units)


def _total_part(facts: Facts, scope: Scope) -> _Part:
    return facts.say_scope(scope), lambda other: other.total(scope)


def _wholes(
    kind: str, scope: Scope, units: Sequence[Unit], found: Found, context: Context
) -> Iterator[_Part]:
    facts = context.facts
    of_groups = tuple(group for group in found.groups("of") if group)
    groups = list(dict.fromkeys([of_groups or scope.groups, ()]))
    if kind in _UNIT_KINDS:
        yield from (_size_part(facts, ids) for ids in groups)
        if (size := context.last_claim(found.start, "unit_number")) and size.value:
            yield _constant(int(size.value))
        return
    categories = dict.fromkeys([found.category("of") or scope.category, scope.category, None])
    scopes = [Scope(ids, category) for ids in groups for category in categories]
    scopes += [Scope((unit.group,), category) for unit in units for category in categories]
    yield from (_total_part(facts, whole) for whole in dict.fromkeys(scopes))


def _size_part(facts: Facts, groups: tuple[str, ...]) -> _Part:
    scope = Scope(groups)
    return f"{facts.say_scope(scope)}单位数", lambda other: len(other.units(scope))


def _constant(value: int) -> _Part:
    return str(value), lambda _: value


def rate(found: Found, context: Context) -> Claim | None:
    """采用率60%: the counts before it in the sentence are held against it."""
    _, p = found.number("p")
    what = found.words("what")
    claimed = f"{what}率{say_number(p)}%"
    good, bad, whole, first = _rated(found, context, what)
    part = (
        good if good is not None else whole - bad if whole is not None and bad is not None else None
    )
    if whole is None and part is not None and bad is not None:
        whole = part + bad
    if part is None or not whole:
        return Claim("rate", found.start, found.end, claimed, reason=NO_LEDGER)
    exact = 100 * Fraction(part) / whole
    adds_up = bad is None or good is None or good + bad == whole
    holds, evidence = is_close(p, exact) and adds_up, (f"{part}/{whole}",)
    reading = Reading(holds, f"{float(exact):.2f}%", evidence, say_truncated(p, exact))
    return Claim("rate", first, found.end, claimed, (reading,))


def _rated(
    found: Found, context: Context, what: str
) -> tuple[Fraction | None, Fraction | None, Fraction | None, int]:
    """Find the good, the bad and the whole among the counts before a rate, and the first place."""
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
