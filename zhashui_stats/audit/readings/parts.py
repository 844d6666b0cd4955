"""What all readers share: claims, scopes, and readings of lists, counts and numbers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhashui_stats.audit.claims import Claim, Context, Reading
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.audit.numerals import Look, Numeral
from zhashui_stats.audit.slips import say_slip
from zhashui_stats.model.county import Category
from zhashui_stats.model.units import Unit

__all__ = [
    "APPROXIMATE",
    "COUNT_KINDS",
    "NO_EARLIER",
    "NO_LEDGER",
    "NO_TABLE",
    "OPEN_LIST",
    "OTHER_CHANNEL",
    "PART_OF_GROUP",
    "Named",
    "all_of",
    "any_category",
    "as_many",
    "at_least_names",
    "each_reading",
    "head_units",
    "held_scope",
    "is_close",
    "list_reading",
    "make_claim",
    "named_before",
    "number_reading",
    "same_number",
    "say_cells",
    "say_names",
    "say_truncated",
    "scopes_of",
    "with_own_groups",
]

NO_TABLE = "没有这一期的统计表"
NO_LEDGER = "统计表不记录这一项"
NO_EARLIER = "没有可比的前期数据"
APPROXIMATE = "约数"
OPEN_LIST = "名单没有列全"
PART_OF_GROUP = "只涉及该组的一部分单位，统计表没有分列"
OTHER_CHANNEL = "统计表不含上级或其他平台的数量"
_TOTAL, _ARTICLES = "采用总量", re.compile("稿件被?采用")  # words that leave no category open
COUNT_KINDS = ("total", "unit_count", "count", "approximate", "change", "share", "earlier_count")


def make_claim(
    found: Found,
    context: Context,
    kind: str,
    claimed: str,
    readings: Sequence[Reading | None],
    *,
    units: Sequence[Unit] = (),
    scope: Scope | None = None,
    value: Fraction | None = None,
    unsure: frozenset[int] = frozenset(),
) -> Claim:
    """Make a claim; without tables it cannot be checked."""
    here = tuple(reading for reading in readings if reading)
    if context.facts.now is None and kind not in ("unit_number",):
        return Claim(
            kind, found.start, found.end, claimed,
            reason=NO_TABLE, units=tuple(units), scope=scope, value=value,
        )  # fmt: skip
    if value is None and found.has("k"):
        value = found.number("k")[1].value
    return Claim(
        kind,
        found.start,
        found.end,
        claimed,
        here,
        "" if here else NO_LEDGER,
        unsure,
        tuple(units),
        scope,
        value,
    )


def scopes_of(
    context: Context, found: Found, categories: Sequence[Category | None], units: Sequence[Unit]
) -> list[Scope]:
    """Return the scopes that a list of units may cover, the most natural first."""
    names = [name for name in ("who",) if name in found.match.groupdict()]
    return [
        scope
        for category in categories
        for scope in with_own_groups(context.facts, context.scopes(found, *names), category, units)
    ]


def with_own_groups(
    facts: Facts,
    groups: Sequence[tuple[str, ...]],
    category: Category | None,
    units: Sequence[Unit],
) -> list[Scope]:
    """Return scopes, with the group that all named units belong to as one more reading."""
    del facts
    own = tuple(dict.fromkeys(unit.group for unit in units))
    choices = [*groups, own] if len(own) == 1 else list(groups)
    return [Scope(ids, category) for ids in dict.fromkeys(choices)]


def held_scope(scopes: Sequence[Scope], readings: Sequence[Reading]) -> Scope:
    """Return the scope of the reading that holds, the first one where none does."""
    held = (scope for scope, reading in zip(scopes, readings, strict=False) if reading.holds)
    return next(held, scopes[0])


def list_reading(
    facts: Facts,
    scope: Scope,
    claimed: Sequence[Unit],
    actual: Sequence[Unit],
    *,
    open_end: bool = False,
) -> Reading:
    """Hold a complete list against the units that belong into it."""
    missing = [unit for unit in actual if unit not in claimed]
    extra = [unit for unit in claimed if unit not in actual]
    doubled = len(set(claimed)) != len(claimed)
    holds = not extra and not doubled and (open_end or not missing)
    parts = [f"缺{say_names(missing)}"] if missing and not open_end else []
    parts += [f"多{say_names(extra)}"] if extra else []
    parts += ["有重复"] if doubled else []
    cells = tuple(facts.say_cell(unit, scope.category) for unit in (*missing, *extra)[:12])
    return Reading(holds, say_names(actual) or "没有单位", cells, "，".join(parts))


def each_reading(
    facts: Facts, units: Sequence[Unit], n: Fraction, category: Category | None
) -> Reading:
    """Hold a count against each of some units."""
    wrong = [unit for unit in units if facts.count(unit, category) != n]
    cells = tuple(facts.say_cell(unit, category) for unit in (wrong or list(units))[:12])
    measure = facts.county.measure
    if not wrong:
        return Reading(holds=bool(units), actual=f"{n}{measure}", evidence=cells)
    if len(wrong) == 1:
        actual = f"{facts.count(wrong[0], category)}{measure}"
    else:
        actual = "、".join(f"{unit.name}{facts.count(unit, category)}{measure}" for unit in wrong)
    reason = say_slip(facts, n, facts.count(wrong[0], category), wrong[0], Scope((), category))
    return Reading(holds=False, actual=actual, evidence=cells, reason=reason)


def number_reading(
    numeral: Numeral, actual: int, said: str, evidence: tuple[str, ...] = ()
) -> Reading:
    """Hold a number against a figure."""
    return Reading(numeral.value == actual, said, evidence)


def same_number(found: Found, name: str, actual: int) -> Reading:
    """Hold the number told beside a list against the length of the list."""
    return number_reading(found.number(name)[1], actual, f"名单有{actual}个")


def at_least_names(found: Found, units: Sequence[Unit]) -> list[Reading]:
    """Hold the number behind a list: 甲、乙两家 names all, 甲、乙等5家 at least those."""
    if found.has("etc") and found.has("k"):
        return [Reading(found.number("k")[1].value >= len(units), f"名单有{len(units)}个")]
    return [same_number(found, "k1", len(units))] if found.has("k1") else []


def all_of(reading: Reading, *others: Reading) -> Reading:
    """Join readings that must all hold; the first that does not is told."""
    for other in (reading, *others):
        if not other.holds:
            return other
    return reading


def say_cells(facts: Facts, units: Sequence[Unit], scope: Scope) -> tuple[str, ...]:
    """Name the cells of some units."""
    return tuple(facts.say_cell(unit, scope.category) for unit in units[:12])


def is_close(claimed: Numeral, exact: Fraction) -> bool:
    """Compare within the printed precision, rounded half up or half to even."""
    return (
        abs(claimed.value - exact) <= claimed.step / 2
        if claimed.look is not Look.COUNT or claimed.step != 1
        else claimed.value == exact
        or (exact.denominator != 1 and abs(claimed.value - exact) <= Fraction(1, 2))
    )


def say_truncated(claimed: Numeral, exact: Fraction) -> str:
    """Tell a figure that was cut off rather than rounded."""
    if not is_close(claimed, exact) and 0 < exact - claimed.value < claimed.step:
        return "看来是截去尾数，没有四舍五入"
    return ""


def say_names(units: Sequence[Unit]) -> str:
    """Name units."""
    return "、".join(unit.name for unit in units)


@dataclass(frozen=True, slots=True)
class Named:
    """What is named before a count: the last run of units, the categories, the groups."""

    place: int
    units: tuple[Unit, ...] = ()
    categories: tuple[Category, ...] = ()
    groups: tuple[str, ...] = ()


def named_before(context: Context, start: int, end: int) -> Named:
    """Return what is named between two places of a sentence."""
    units: list[Unit] = []
    categories: list[Category] = []
    groups: list[str] = []
    first, last_unit = end, -9
    for place in range(start, end):
        sign = context.encoded.signs[place]
        match sign.meaning if sign else None:
            case Unit() as unit:
                if place - last_unit > 3:
                    units, first = [], place
                units.append(unit)
                last_unit = place
            case Category() as category:
                categories.append(category)
                first = min(first, place)
            case str() as group if group.strip("*"):
                groups.append(group)
                first = min(first, place)
    return Named(first, tuple(units), tuple(categories), tuple(dict.fromkeys(groups)))


def head_units(context: Context) -> list[Unit]:
    """Return whom a sentence is on by its first words: 9个镇办中，…; 甲镇…; empty: not said."""
    text, facts = context.encoded.text, context.facts
    head = re.match(
        "(?:\ue003[个家])?(?P<group>\ue001)(?:中,|的)|(?P<unit>\ue000)(?![、,和及与以])", text
    )
    sign = context.encoded.signs[head.start(head.lastgroup or 0)] if head else None
    match sign.meaning if sign else None:
        case Unit() as unit:
            return [unit]
        case str() as group if group.strip("*"):
            return facts.units(Scope((group,)))
    return []


def as_many(
    facts: Facts,
    units: Sequence[Unit],
    category: Category | None,
    test: Callable[[int], bool],
    number: Numeral,
) -> Reading:
    """甲局、乙局等6家在10篇以上: in their group, or in all, there are just six."""
    own = tuple(dict.fromkeys(unit.group for unit in units))
    counts = [len(facts.where(Scope(groups, category), test)) for groups in (own, ())]
    return Reading(number.value in counts, f"{counts[0]}个")


def any_category(found: Found, context: Context, *names: str) -> list[Category | None]:
    """Return the categories that a count of single units may mean; any, where none is named."""
    text = context.encoded.text[: found.end]
    if "\ue002" not in text and _TOTAL in text:
        return [None]
    named = context.categories(found, *names)
    if named == [None] and not (context.all_before or _ARTICLES.search(text)):
        return [None, *context.facts.county.categories]
    return named
