"""Changes against earlier periods."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from zhashui_stats.audit.claims import Claim, Context, Reading, say_number
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.audit.numerals import Look, Numeral
from zhashui_stats.audit.readings.parts import (
    APPROXIMATE,
    NO_EARLIER,
    NO_LEDGER,
    all_of,
    is_close,
    make_claim,
    named_before,
    say_truncated,
)
from zhashui_stats.audit.timing import compared_with
from zhashui_stats.comparison import Comparison
from zhashui_stats.model.periods import Period, PeriodKind

__all__ = [
    "against_named",
    "both_halves",
    "change",
    "doubled",
    "earlier_count",
    "from_to",
    "half_count",
    "later_change",
    "part_of_earlier",
    "several_changes",
    "unchanged",
    "unit_change",
]


_LIKE_FOR_LIKE = "同口径"
_OF_GROUP = re.compile("\ue001[^,;。:、()]{0,4}$")
_DOWN = ("下降", "减少", "降低", "回落", "下滑", "少", "净减", "降幅")


def change(found: Found, context: Context) -> Claim | None:
    """同比增长12%, 比去年同期减少5篇, 提高3个百分点."""
    word = found.words("word")
    down = word.startswith(_DOWN)
    _, x = found.numbers("x")[0]
    claimed = found.encoded.words(found.start, found.end)
    if found.has("about"):
        return Claim("change", found.start, found.end, claimed, reason=APPROXIMATE)
    facts = context.facts
    others = compared_periods(found, context)
    if not others or facts.now is None:
        return Claim("change", found.start, found.end, claimed, reason=NO_EARLIER)
    last = context.last_claim(found.start)
    if last and last.kind == "count" and not last.readings:
        return Claim("change", found.start, found.end, claimed, reason=last.reason)
    if x.look is Look.POINTS:
        return _points(found, context, others, down=down)
    subject = _subject(found, context)
    readings = []
    for other in others:
        for label, before, after in changed_counts(subject, context, found, facts, other):
            readings.append(_change_reading(x, before, after, label, down=down))
    readings = [reading for reading in readings if reading]
    return make_claim(
        found,
        context,
        "change",
        claimed,
        readings,
        units=subject.units if subject else (),
        scope=subject.scope if subject else None,
    )


def _subject(found: Found, context: Context) -> Claim | None:
    """Return what a change is of: what is named just before it, or what was counted last."""
    last = context.last_claim(found.start, "total", "unit_count", "zero_list", "change", "share")
    start = last.end if last else 0
    named = named_before(context, start, found.start)
    if not (named.units or named.categories or named.groups):
        return last
    category = next(iter(named.categories[-1:]), None) or context.category_at(found.start)
    scope = Scope(() if named.units else named.groups, category)
    return Claim("named", start, found.start, "", units=named.units[-1:], scope=scope)


def from_to(found: Found, context: Context) -> Claim | None:
    """由去年同期的60篇增加到78篇: the second is now, the first before."""
    (_, a), (_, b) = found.number("a"), found.number("b")
    claimed = context.encoded.words(found.start, found.end)
    facts = context.facts
    others = compared_periods(found, context)
    if not others or facts.now is None:
        return Claim("change", found.start, found.end, claimed, reason=NO_EARLIER)
    subject = _subject(found, context)
    pair = [a.value, b.value]
    readings = [
        all_of(
            Reading(pair == [before, after], f"{before}→{after}", (label,)),
            *_from_zero(found, before),
            *_by_so_much(found, "x", "word", before, after),
        )
        for other in others
        for label, before, after in changed_counts(subject, context, found, facts, other)
    ]
    return make_claim(
        found, context, "change", claimed, readings,
        units=subject.units if subject else (), scope=subject.scope if subject else None,
    )  # fmt: skip


def _from_zero(found: Found, before: int) -> list[Reading]:
    """基数为0，不计增幅: so the count before was 0."""
    if not found.has("base0"):
        return []
    _, zero = found.number("base0")
    return [Reading(zero.value == 0 == before, f"基数为{before}")]


def _by_so_much(found: Found, name: str, word: str, before: int, after: int) -> list[Reading]:
    """增长5.0%, 增加3篇: told beside the two counts."""
    if not found.has(name):
        return []
    down = found.words(word).startswith(_DOWN)
    reading = _change_reading(
        found.numbers(name)[0][1], before, after, f"{before}→{after}", down=down
    )
    return [reading] if reading else []


def unchanged(found: Found, context: Context) -> Claim | None:
    """持平（均为7篇）: as many then as now."""
    (_, n), facts = found.number("n"), context.facts
    words = context.encoded.words(found.start, found.end)
    if not (words.startswith("持平") or _LIKE_FOR_LIKE in context.encoded.text[: found.start]):
        return None
    others = compared_periods(found, context)
    if not others or facts.now is None:
        return Claim("change", found.start, found.end, words, reason=NO_EARLIER)
    subject = _subject(found, context)
    readings = [
        Reading(before == after == n.value, f"{before}→{after}", (label,))
        for other in others
        for label, before, after in changed_counts(subject, context, found, facts, other)
    ]
    return make_claim(found, context, "change", words, readings)


def against_named(found: Found, context: Context) -> Claim | None:
    """与上个半年（2021年下半年，252篇）相比，采用总量增加77篇，环比增长30.6%: all of it at once."""
    words, facts = context.encoded.words(found.start, found.end), context.facts
    named = compared_with(context.encoded)
    other = facts.at(named) if named else None
    if other is None or facts.now is None:
        return Claim("change", found.start, found.end, words, reason=NO_EARLIER)
    scopes = dict.fromkeys(
        Scope(groups, category)
        for groups in ((), *context.scopes(found))
        for category in (None, *context.categories(found))
    )
    readings = [_named_reading(found, other.total(scope), facts.total(scope)) for scope in scopes]
    return make_claim(found, context, "change", words, readings)


def _named_reading(found: Found, before: int, after: int) -> Reading:
    """Hold the count before, the difference and the per cent against two figures."""
    said = f"{before}→{after}"
    return all_of(
        Reading(found.number("b")[1].value == before, said),
        Reading(found.has("n") or before == after, said),
        *_from_zero(found, before),
        *_by_so_much(found, "n", "word", before, after),
        *_by_so_much(found, "p", "word2", before, after),
    )


def several_changes(found: Found, context: Context) -> Claim | None:  # noqa: ARG001 -- a reader's form
    """同比分别增加10篇、8篇: told as several at once, and not taken apart."""
    claimed = found.encoded.words(found.start, found.end)
    return Claim("change", found.start, found.end, claimed, reason="一句并列多个增减，没有逐个核对")


def part_of_earlier(found: Found, context: Context) -> Claim | None:
    """仅为上年同期的一半: a fraction in words is a round one."""
    _, x = found.numbers("x")[0]
    claimed = found.encoded.words(found.start, found.end)
    others = compared_periods(found, context)
    if found.has("about") or not others or context.facts.now is None:
        reason = APPROXIMATE if found.has("about") else NO_EARLIER
        return Claim("change", found.start, found.end, claimed, reason=reason)
    room = Fraction(5, 2) if not claimed.endswith(("%", "％")) else x.step / 2
    readings = [
        Reading(abs(100 * Fraction(after, before) - x.value) <= room, f"{after}/{before}", (label,))
        for other in others
        for label, before, after in changed_counts(
            _subject(found, context), context, found, context.facts, other
        )
        if before
    ]
    return make_claim(found, context, "change", claimed, readings)


def doubled(found: Found, context: Context) -> Claim | None:
    """同比翻一番: a change of 100 %."""
    return change(found, context) if found.words("x").startswith("翻") else None


def _points(found: Found, context: Context, others: Sequence[Facts], *, down: bool) -> Claim:
    """占比提高2.6个百分点: of the share just told, exactly or between the two rounded figures."""
    _, x = found.numbers("x")[0]
    claimed = found.encoded.words(found.start, found.end)
    last = context.last_claim(found.start, "share")
    if last is None or not last.ratios:
        return Claim("change", found.start, found.end, claimed, reason=NO_LEDGER)
    readings, sign = [], -1 if down else 1
    for other, ratio in product(others, last.ratios):
        now, then = ratio.percent(context.facts), ratio.percent(other)
        if now is None or then is None:
            continue
        rounded = sign * (_round(now, x.step) - _round(then, x.step))
        holds = is_close(x, sign * (now - then)) or x.value == rounded
        said = f"{float(then):.2f}%→{float(now):.2f}%"
        readings.append(Reading(holds, f"{float(now - then):+.2f}个百分点", (said,)))
    return make_claim(found, context, "change", claimed, readings)


def _round(value: Fraction, step: Fraction) -> Fraction:
    return step * int(value / step + Fraction(1, 2))


def later_change(found: Found, context: Context) -> Claim | None:
    """…，下降10%: the change just told, in another measure."""
    clause = re.split("[,;。]", context.encoded.text[: found.start])[-1]
    if "比" in clause or context.last_claim(found.start, "change", "earlier_count") is None:
        claimed = context.encoded.words(found.start, found.end)
        return Claim("change", found.start, found.end, claimed, reason=NO_EARLIER)
    return change(found, context)


def earlier_count(found: Found, context: Context) -> Claim | None:
    """上年同期为34篇: what was just counted, in an earlier period."""
    _, n = found.number("n")
    claimed = context.encoded.words(found.start, found.end)
    facts = context.facts
    others = compared_periods(found, context)
    subject = context.last_claim(found.start, "total", "unit_count", "active_number", "zero_count")
    if not others or facts.now is None:
        return Claim("earlier_count", found.start, found.end, claimed, reason=NO_EARLIER)
    readings = [
        Reading(before == n.value, f"{before}", (f"{other.period.label} {label} {before}",))
        for other in others
        for label, before, _ in changed_counts(subject, context, found, facts, other)
    ]
    return make_claim(found, context, "earlier_count", claimed, readings)


def both_halves(found: Found, context: Context) -> Claim | None:
    """其中上半年25篇、下半年14篇: they add up to what was just counted."""
    (_, a), (_, b) = found.number("a"), found.number("b")
    subject = context.last_claim(found.start, "total", "unit_count")
    claimed = f"{say_number(a)}＋{say_number(b)}"
    if subject is None or subject.value is None:
        return Claim("half_count", found.start, found.end, claimed, reason=NO_EARLIER)
    together = a.value + b.value
    reading = Reading(together == subject.value, f"{subject.value}", (f"{claimed}＝{together}",))
    period = context.facts.period
    halves = map(context.facts.at, period.parts if period.kind is PeriodKind.YEAR else ())
    for numeral, half in zip((a, b), halves, strict=False):
        if half:
            before = {n for _, n, _ in changed_counts(subject, context, found, context.facts, half)}
            reading = all_of(
                reading, Reading(numeral.value in before, f"{half.period.label}{before}")
            )
    return Claim("half_count", found.start, found.end, claimed, (reading,))


def half_count(found: Found, context: Context) -> Claim | None:
    """其中上半年25篇、下半年14篇: the halves of what was just counted."""
    _, n = found.number("n")
    facts = context.facts
    claimed = context.encoded.words(found.start, found.end)
    if re.search("收到|来稿|投稿", claimed):
        return None  # what was sent in is no count of the tables, whatever the half
    number = 0 if found.words("half").startswith("上") else 1
    halves = Period(facts.period.year).parts
    half = facts if facts.period == halves[number] else facts.at(halves[number])
    subject = context.last_claim(found.start, "total", "unit_count")
    if half is None or half.now is None:
        return Claim("half_count", found.start, found.end, claimed, reason=NO_EARLIER)
    readings = [
        Reading(before == n.value, f"{before}", (f"{half.period.label} {label} {before}",))
        for label, before, _ in changed_counts(subject, context, found, facts, half)
    ]
    return make_claim(found, context, "half_count", claimed, readings)


def unit_change(found: Found, context: Context) -> Claim | None:
    """比去年同期增加6家: of the units just counted."""
    _, n = found.number("n")
    claimed = context.encoded.words(found.start, found.end)
    facts, sign = context.facts, 1 if found.words("word").startswith(("增", "多", "上升")) else -1
    subject = context.last_claim(found.start, "zero_count", "active_number")
    others = compared_periods(found, context)
    if subject is None or subject.scope is None or not others or facts.now is None:
        return Claim("unit_change", found.start, found.end, claimed, reason=NO_EARLIER)
    is_zero = subject.kind == "zero_count"
    own = subject.scope
    scopes = dict.fromkeys([own, Scope(own.groups), Scope((), own.category), Scope()])
    readings = []
    for other, scope in product(others, scopes):
        before, after = (
            len(figures.where(scope, lambda count: (count == 0) == is_zero))
            for figures in (other, facts)
        )
        if subject.value is not None and after != subject.value:
            continue
        said = f"{facts.say_scope(scope)} {before}个→{after}个"
        readings.append(
            Reading(sign * (after - before) == n.value, f"{after - before:+d}个", (said,))
        )
    return make_claim(found, context, "unit_change", claimed, readings)


def compared_periods(found: Found, context: Context) -> list[Facts]:
    facts = context.facts
    words = context.encoded.words(found.start, found.end)
    last = context.last_claim(found.start, "change", "earlier_count", "unit_change")
    if not found.has("base") and last:
        words += context.encoded.words(last.start, last.end)
    before, year = facts.at(facts.period.previous), facts.at(facts.period.year_before)
    if half := re.search("(?:上年|去年)([上下])半年", words):
        named = Period.nth(facts.period.year - 1, PeriodKind.HALF, "上下".index(half.group(1)) + 1)
        return [figures for figures in (facts.at(named),) if figures]
    if "环比" in words or re.search("上期|上季|上个月|上个半年", words):
        return [figures for figures in (before,) if figures]
    if "同比" in words or re.search("去年|上年|同期", words):
        return [figures for figures in (year,) if figures]
    if context.compared:  # the period that the paragraph names to compare with
        return [figures for figures in (facts.at(context.compared),) if figures]
    return [figures for figures in (year, before) if figures]


def changed_counts(
    subject: Claim | None, context: Context, found: Found, facts: Facts, other: Facts
) -> list[tuple[str, int, int]]:
    if subject and subject.units:
        category = subject.scope.category if subject.scope else None
        unit = subject.units[-1]
        return [(unit.name, other.count(unit, category) or 0, facts.count(unit, category) or 0)]
    scopes = [subject.scope] if subject and subject.scope else []
    choices = context.scopes(found)
    if _OF_GROUP.search(context.encoded.text[: found.start]):
        choices = choices[:1]  # 镇办由148篇增至155篇: of no others
    scopes += [
        Scope(groups, category)
        for groups in choices
        for category in [*context.categories(found), None]
    ]
    if _LIKE_FOR_LIKE in context.encoded.text[: found.start] and facts.now and other.now:
        comparison = Comparison(facts.now, other.now)
        return [_like_for_like(comparison, facts, scope) for scope in dict.fromkeys(scopes)]
    return [
        (facts.say_scope(scope), other.total(scope), facts.total(scope))
        for scope in dict.fromkeys(scopes)
    ]


def _like_for_like(comparison: Comparison, facts: Facts, scope: Scope) -> tuple[str, int, int]:
    """按同口径计算: over the units that are there in both periods."""
    of_group = comparison.of(scope.groups[0]) if len(scope.groups) == 1 else comparison
    change = of_group.like_for_like(scope.category.id if scope.category else None)
    return f"{facts.say_scope(scope)}，{_LIKE_FOR_LIKE}", int(change.before), int(change.after)


def _change_reading(
    x: Numeral, before: int, after: int, label: str, *, down: bool
) -> Reading | None:
    sign = -1 if down else 1
    evidence = (f"{label} {before}→{after}",)
    if x.look is Look.PERCENT:
        if not before:
            return Reading(holds=False, actual="基数为0，没有百分比", evidence=evidence)
        exact = sign * 100 * Fraction(after - before, before)
        return Reading(
            is_close(x, exact), f"{float(sign * exact):+.2f}%", evidence, say_truncated(x, exact)
        )
    if x.look is Look.COUNT:
        return Reading(sign * (after - before) == x.value, f"{after - before:+d}", evidence)
    return None
