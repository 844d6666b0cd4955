"""Thresholds: who stands at or above a bound, who below it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from zhashui_stats.audit.claims import Claim, Context, Reading, say_number
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.audit.numerals import Numeral
from zhashui_stats.audit.readings.parts import (
    OPEN_LIST,
    all_of,
    any_category,
    as_many,
    each_reading,
    head_units,
    list_reading,
    make_claim,
    number_reading,
    same_number,
    say_cells,
    say_names,
    scopes_of,
)
from zhashui_stats.model.county import Category
from zhashui_stats.model.units import Unit

__all__ = [
    "each_bound",
    "group_bound",
    "head_bound",
    "nobody_at_bound",
    "range_count",
    "rest_bound",
    "threshold_count",
    "threshold_list",
]


_ROUND = 5  # one off a declared bound that is a round number is a slip, off 1 or 2 a choice


def threshold_list(found: Found, context: Context) -> Claim | None:
    """10篇以上的有甲局、乙局: the list is complete."""
    bound = _bound(found)
    if bound is None or not found.units("us"):
        return None
    said, tests = bound
    facts, units = context.facts, found.units("us")
    categories = any_category(found, context, "cat", "mid")
    open_end = found.has("more")
    readings = [
        list_reading(facts, scope, units, facts.where(scope, test), open_end=open_end)
        for scope in scopes_of(context, found, categories, units)
        for test in tests
    ]
    numbers = [same_number(found, name, len(units)) for name in ("k", "k3") if found.has(name)]
    readings = [all_of(reading, *numbers) for reading in readings]
    if found.numbers("us"):
        own = [all_of(*_own_counts(found, context, category)) for category in categories]
        held = next((reading for reading in own if reading.holds), own[0])
        readings = [all_of(reading, held) for reading in readings]
    claimed = f"{said}：{say_names(units)}"
    scope = scopes_of(context, found, categories, units)[0]
    return make_claim(
        found, context, "threshold_list", claimed, [*_declared(found, context, scope, readings)],
        units=units, scope=scope, unsure=_insensitive(found, context, scope, tests),
    )  # fmt: skip


def _own_counts(found: Found, context: Context, category: Category | None) -> list[Reading]:
    """甲局72篇、乙局和丙局各55篇: the counts that stand beside the names of a list."""
    readings: list[Reading] = []
    run: list[Unit] = []
    start, end = found.match.span("us")
    for sign in context.encoded.signs[start:end]:
        match sign.meaning if sign else None:
            case Unit() as unit:
                run.append(unit)
            case Numeral(value=value):
                readings.append(each_reading(context.facts, run, value, category))
                run = []
    return readings


def threshold_count(found: Found, context: Context) -> Claim | None:
    """10篇以上的有4个, 4个部门达到10篇以上."""
    bound = _bound(found)
    if bound is None:
        return None
    if context.encoded.text[: found.start].endswith(("其余", "其他", "剩余")):
        return None
    said, tests = bound
    facts = context.facts
    _, k = found.number("k")
    categories = any_category(found, context, "cat", "mid")
    scopes = [
        Scope(groups, category)
        for groups in context.scopes(found, "who", "who2")
        for category in categories
    ]
    readings = [
        number_reading(
            k, len(who := facts.where(scope, test)), f"{len(who)}个", say_cells(facts, who, scope)
        )
        for scope in scopes
        for test in tests
    ]
    claim = make_claim(
        found, context, "threshold_count", f"{said}的有{say_number(k)}个",
        [*_declared(found, context, scopes[0], readings)], scope=scopes[0],
        unsure=_insensitive(found, context, scopes[0], tests),
    )  # fmt: skip
    return replace(claim, test=tests[0])


def nobody_at_bound(found: Found, context: Context) -> Claim | None:
    """没有政务动态信息20篇以上的单位: none at or beyond the bound; a higher one is as true."""
    bound = _bound(found)
    if bound is None:
        return None
    (said, tests), facts = bound, context.facts
    scopes = [
        Scope(groups, category)
        for groups in context.scopes(found, "who")
        for category in any_category(found, context, "cat", "mid")
    ]
    readings = [
        Reading(not who, say_names(who) or "没有单位", say_cells(facts, who, scope))
        for scope in scopes
        for who in [facts.where(scope, test) for test in tests]
    ]
    return make_claim(
        found, context, "threshold_count", f"没有{said}的",
        [*_declared(found, context, scopes[0], readings)],
        scope=scopes[0], unsure=frozenset({found.number("n")[0]}),
    )  # fmt: skip


def range_count(found: Found, context: Context) -> Claim | None:
    """10篇以上20篇以下的有1个: the lower border belongs to it; the upper one may."""
    (_, low), (_, high), (_, k) = found.number("n"), found.number("n2"), found.number("k")
    facts, readings = context.facts, []
    for groups in context.scopes(found, "who", "who2"):
        for category in any_category(found, context, "cat"):
            for border in (high.value, high.value + 1):
                scope = Scope(groups, category)
                number = len(facts.where(scope, lambda n: low.value <= n < border))  # noqa: B023
                readings.append(number_reading(k, number, f"{number}个", (facts.say_scope(scope),)))
    bounds = frozenset({found.number("n")[0], found.number("n2")[0]})
    claimed = f"{say_number(low)}至{say_number(high)}的有{say_number(k)}个"
    return make_claim(found, context, "threshold_count", claimed, readings, unsure=bounds)


def group_bound(found: Found, context: Context) -> Claim | None:
    """9个镇办均在5篇以上: true of each of them; who 其余 are is not said."""
    bound = _bound(found)
    if bound is None:
        return None
    said, tests = bound
    facts, place = context.facts, found.number("n")[0]
    if context.encoded.text[: found.start].endswith(("其余", "其他", "剩余")):
        return Claim("each_bound", found.start, found.end, said, reason=OPEN_LIST)
    readings = []
    for groups, category, test in product(
        context.scopes(found, "who"), any_category(found, context, "cat"), tests
    ):
        units = facts.units(Scope(groups))
        reading = _bound_reading(facts, units, category, test)
        if found.has("k"):
            size = number_reading(found.number("k")[1], len(units), f"{len(units)}个")
            reading = all_of(reading, size)
        readings.append(reading)
    return make_claim(found, context, "each_bound", said, readings, unsure=frozenset({place}))


def head_bound(found: Found, context: Context) -> Claim | None:
    """9个镇办中，…；政务公开信息均在5篇以上: true of everyone whom the sentence is on."""
    bound, head, facts = _bound(found), head_units(context), context.facts
    if bound is None or not (head or found.has("all")) or (len(head) > 1 and not found.has("all")):
        return None
    said, tests = bound
    units = [head] if head else [facts.units(Scope(ids)) for ids in context.scopes(found)]
    readings = [
        _bound_reading(facts, who, category, test)
        for who, category, test in product(units, any_category(found, context, "cat"), tests)
    ]
    place = frozenset({found.number("n")[0]})
    return make_claim(found, context, "each_bound", said, readings, units=head, unsure=place)


def _bound_reading(
    facts: Facts, units: Sequence[Unit], category: Category | None, test: Callable[[int], bool]
) -> Reading:
    """Hold a bound against each of some units."""
    wrong = [unit for unit in units if not test(facts.count(unit, category) or 0)]
    cells = say_cells(facts, wrong or units, Scope((), category))
    return Reading(not wrong, say_names(wrong) or "均符合", cells)


def rest_bound(found: Found, context: Context) -> Claim | None:
    """除甲局外，其余8个镇办均不足10篇."""
    bound = _bound(found)
    if bound is None:
        return None
    said, tests = bound
    facts, some = context.facts, found.units("some")
    given = [numeral for _, numeral in found.numbers("some")]
    readings = []
    for groups, category, test in product(
        context.scopes(found, "who"), any_category(found, context, "cat"), tests
    ):
        rest = [unit for unit in facts.units(Scope(groups)) if unit not in some]
        wrong = [unit for unit in rest if not test(facts.count(unit, category) or 0)]
        cells = say_cells(facts, wrong or rest, Scope(groups, category))
        parts = [
            each_reading(facts, [unit], numeral.value, category)
            for unit, numeral in zip(some, given, strict=False)
        ]
        if found.has("k"):
            parts.append(number_reading(found.number("k")[1], len(rest), f"其余{len(rest)}个"))
        readings.append(all_of(Reading(not wrong, say_names(wrong) or "均符合", cells), *parts))
    claimed, place = f"除{say_names(some)}外{said}", found.number("n")[0]
    return make_claim(
        found, context, "each_bound", claimed, readings, units=some, unsure=frozenset({place})
    )


def each_bound(found: Found, context: Context) -> Claim | None:
    """甲局、乙局均超过10篇: true of each; with a number of units, of just so many."""
    bound = _bound(found)
    if bound is None:
        return None
    said, tests = bound
    units, facts = found.units("us"), context.facts
    number = next((found.number(name)[1] for name in ("k", "k1") if found.has(name)), None)
    readings = []
    for category, test in product(any_category(found, context, "cat"), tests):
        wrong = [unit for unit in units if not test(facts.count(unit, category) or 0)]
        cells = tuple(facts.say_cell(unit, category) for unit in units)
        reading = Reading(not wrong, say_names(wrong) or "均符合", cells)
        if number:
            reading = all_of(reading, as_many(facts, units, category, test, number))
        readings.append(reading)
    claimed, place = f"{say_names(units)}{said}", found.number("n")[0]
    return make_claim(
        found, context, "each_bound", claimed, readings, units=units, unsure=frozenset({place})
    )


def _bound(found: Found) -> tuple[str, list[Callable[[int], bool]]] | None:
    """Read a bound; several tests where the words leave the border open."""
    word, tail = found.words("word"), found.words("tail")
    if word == "在" and not tail:
        return None
    _, numeral = found.number("n")
    n = numeral.value
    said = f"{word}{say_number(numeral)}{tail}"
    if tail in ("及以下", "以内"):
        return said, [lambda count: count <= n]
    if tail == "以下" or word in ("不足", "低于", "少于", "不到", "未达", "未达到", "小于", "不满"):
        tests: list[Callable[[int], bool]] = [lambda count: count < n]
        return said, [*tests, lambda count: count <= n] if tail == "以下" else tests
    if tail in ("以上", "及以上") or word in ("达到", "不少于", "不低于"):
        return said, [lambda count: count >= n]
    if word in ("超过", "高于", "多于", "大于", "突破"):
        return said, [lambda count: count > n]
    return None


def _declared(
    found: Found, context: Context, scope: Scope, readings: Sequence[Reading]
) -> Sequence[Reading]:
    """Hold a bound against the county's own: one off by one that leaves the list is a slip.

    Any other bound is the author's choice, and its list alone is judged.
    """
    _, numeral = found.number("n")
    declared = _declared_bounds(context.facts, scope)
    meant = [bound for bound in declared if abs(bound - numeral.value) == 1 and bound % _ROUND == 0]
    if (
        numeral.value in declared
        or not meant
        or not _insensitive_to(context, scope, numeral, meant[0])
    ):
        return readings
    actual = f"{meant[0]}{context.facts.county.measure}"
    reason = f"县里定的标准是{actual}（county.toml）"
    return [Reading(holds=False, actual=actual, reason=reason)]


def _insensitive_to(context: Context, scope: Scope, numeral: Numeral, other: int) -> bool:
    """Tell whether no unit lies between two bounds."""
    low, high = sorted((int(numeral.value), other))
    counts = [context.facts.count(unit, scope.category) or 0 for unit in context.facts.units(scope)]
    return not any(low <= count < high for count in counts)


def _declared_bounds(facts: Facts, scope: Scope) -> list[int]:
    return [
        bound
        for threshold in facts.county.thresholds
        for bound in (threshold.at_least,)
        if isinstance(bound, int)
        and scope.category
        and threshold.figure == scope.category.id
        and (not scope.groups or threshold.group in scope.groups)
    ]


def _insensitive(
    found: Found, context: Context, scope: Scope, tests: Sequence[Callable[[int], bool]]
) -> frozenset[int]:
    """Return the bound's place where one more or one less would give the same list."""
    place, numeral = found.number("n")
    is_declared = numeral.value in _declared_bounds(context.facts, scope)
    if context.facts.now is None or (is_declared and numeral.value % _ROUND == 0):
        return frozenset()
    n = int(numeral.value)
    counts = {context.facts.count(unit, scope.category) for unit in context.facts.units(scope)}
    border = {n - 1, n} if tests[0](n) == tests[0](n + 1) else {n, n + 1}
    return frozenset() if border <= counts else frozenset({place})
