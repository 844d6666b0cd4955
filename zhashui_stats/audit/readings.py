"""What a matched pattern says, and whether the tables agree: one reader for each kind of claim.

A reader returns None where the words turn out to be no such claim. Where words leave something
out, all natural readings are given; the most favourable one decides.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from zhashui_stats.audit.claims import Claim, Context, Reading, say_number
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.audit.numerals import Look, Numeral
from zhashui_stats.audit.slips import near_slips, say_slip
from zhashui_stats.county import Category
from zhashui_stats.periods import Period, PeriodKind
from zhashui_stats.units import Unit

__all__ = [
    "active_number", "announced_list", "approximate", "average", "change", "comparison", "count",
    "counted_rank", "difference", "each_bound", "each_count", "earlier_count", "exact_list",
    "half_count", "later_change", "list_size", "respective_ranks", "superlative", "top_sum", "unit_change", "rank", "rank_list", "rate", "respective_counts",
    "respective_totals", "rest_count", "share", "threshold_count", "threshold_list", "unit_number",
    "zero_change", "zero_complete", "zero_count", "zero_list",
]  # fmt: skip

NO_TABLE = "没有这一期的统计表"
NO_LEDGER = "统计表不记录这一项"
NO_EARLIER = "没有可比的前期数据"
APPROXIMATE = "约数"
OTHER_CHANNEL = "统计表不含上级或其他平台的数量"

_OTHER_CHANNEL = re.compile(
    "省级|市级|上级|国家级|中央|省政府|市政府(?!办)|省委|国务院|微信|微博|抖音|公众号|客户端|新媒体|视频号|头条|报刊|电视"
)
_LEDGER = re.compile(
    "退稿|未采用|不予采用|未被采用|不合格|驳回|投诉|留言|来信|咨询|申请|点击|浏览|阅读|关注|转载|原创|图片|视频|回复|办结|错敏|"
    "错别字|文件|制度|栏目|专栏|会议|培训|差错|问题|收到|来稿|投来|重复|加分|扣分|得分|积分|分值"
)
_TOTAL_WORDS = re.compile("共|总|合计|累计|全县|全市|全区|全年|编发|发布|采用|刊发|公开|报送|收录")
_EVERYTHING = re.compile("全县|全市|全区|总计|累计|全部")
_COUNTS = ("total", "unit_count", "count", "approximate", "change", "share", "earlier_count")
_CONTINUED = re.compile("[、,和及]?(?:其中)?")
_ACTIVE = re.compile("报送|投稿|发布|采用|参与|参加|刊发|上报|编发")
# A count of units is the roster's where it stands at the start of a clause or after such words.
_PLAIN_NUMBER = re.compile(
    "(?:^|[,;。:(]|全县|全市|全区|县|市|区|涉及|对|在|和|及|以及|与|全部|所有|各)(?:全部|所有)?$"
)
_GOAL = re.compile(
    "目标|任务|计划|应完成|不少于|至少|不得|不低于|力争|确保|每月|每季|每周|原则上|应当|须|要求"
)


# --- Thresholds ---------------------------------------------------------------------------------


def _bound(found: Found) -> tuple[str, list[Callable[[int], bool]]] | None:
    """Read a bound; several tests where the words leave the border open."""
    word, tail = found.words("word"), found.words("tail")
    if word == "在" and not tail:
        return None
    _, numeral = found.number("n")
    n = numeral.value
    said = f"{word}{say_number(numeral)}{tail}"
    if tail == "及以下" or tail == "以内":
        return said, [lambda count: count <= n]
    if tail == "以下" or word in ("不足", "低于", "少于", "不到", "未达", "未达到", "小于", "不满"):
        tests: list[Callable[[int], bool]] = [lambda count: count < n]
        return said, [*tests, lambda count: count <= n] if tail == "以下" else tests
    if tail in ("以上", "及以上") or word in ("达到", "不少于", "不低于"):
        return said, [lambda count: count >= n]
    if word in ("超过", "高于", "多于", "大于", "突破"):
        return said, [lambda count: count > n]
    return None


def threshold_list(found: Found, context: Context) -> Claim | None:
    """10篇以上的有甲局、乙局: the list is complete."""
    bound = _bound(found)
    if bound is None or not found.units("us"):
        return None
    said, tests = bound
    facts, units = context.facts, found.units("us")
    categories = context.categories(found, "cat", "mid")
    open_end = found.has("more")
    readings = [
        _list_reading(facts, scope, units, facts.where(scope, test), open_end=open_end)
        for scope in _scopes(context, found, categories, units)
        for test in tests
    ]
    numbers = [_same_number(found, name, len(units)) for name in ("k",) if found.has(name)]
    readings = [_both(one, *numbers) for one in readings]
    claimed = f"{said}：{_names(units)}"
    scope = _scopes(context, found, categories, units)[0]
    return _claim(
        found, context, "threshold_list", claimed, [*_declared(found, context, scope, readings)],
        units=units, scope=scope, unsure=_insensitive(found, context, scope, tests),
    )  # fmt: skip


def threshold_count(found: Found, context: Context) -> Claim | None:
    """10篇以上的有4个, 4个部门达到10篇以上."""
    bound = _bound(found)
    if bound is None:
        return None
    said, tests = bound
    facts = context.facts
    _, k = found.number("k")
    categories = context.categories(found, "cat", "mid")
    scopes = [
        Scope(groups, category)
        for groups in context.scopes(found, "who", "who2")
        for category in categories
    ]
    readings = [
        _number_reading(
            k, len(who := facts.where(scope, test)), f"{len(who)}个", _cells(facts, who, scope)
        )
        for scope in scopes
        for test in tests
    ]
    return _claim(
        found, context, "threshold_count", f"{said}的有{say_number(k)}个",
        [*_declared(found, context, scopes[0], readings)], scope=scopes[0],
        unsure=_insensitive(found, context, scopes[0], tests),
    )  # fmt: skip


def _declared(
    found: Found, context: Context, scope: Scope, readings: Sequence[Reading]
) -> Sequence[Reading]:
    """Hold a bound against the county's own: one off by one that leaves the list is a slip.

    Any other bound is the author's choice, and its list alone is judged.
    """
    _, numeral = found.number("n")
    declared = _declared_bounds(context.facts, scope)
    meant = [one for one in declared if abs(one - numeral.value) == 1 and one % 5 == 0]
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
    counts = [context.facts.count(one, scope.category) or 0 for one in context.facts.units(scope)]
    return not any(low <= count < high for count in counts)


def _declared_bounds(facts: Facts, scope: Scope) -> list[int]:
    return [
        bound
        for one in facts.county.thresholds
        for bound in (one.at_least, one.below)
        if bound is not None
        and scope.category
        and one.category == scope.category.id
        and (not scope.groups or one.group in scope.groups)
    ]


def _insensitive(
    found: Found, context: Context, scope: Scope, tests: Sequence[Callable[[int], bool]]
) -> frozenset[int]:
    """Return the bound's place where one more or one less would give the same list."""
    place, numeral = found.number("n")
    if numeral.value in _declared_bounds(context.facts, scope) or context.facts.now is None:
        return frozenset()
    n = int(numeral.value)
    counts = {context.facts.count(one, scope.category) for one in context.facts.units(scope)}
    border = {n - 1, n} if tests[0](n) == tests[0](n + 1) else {n, n + 1}
    return frozenset() if border <= counts else frozenset({place})


def each_bound(found: Found, context: Context) -> Claim | None:
    """甲局、乙局均超过10篇: true of each, and not said to be all."""
    bound = _bound(found)
    if bound is None:
        return None
    said, tests = bound
    units, facts = found.units("us"), context.facts
    readings = []
    for category in context.categories(found, "cat"):
        for test in tests:
            counts = {one.name: facts.count(one, category) for one in units}
            wrong = [one for one in units if (n := counts[one.name]) is None or not test(n)]
            cells = tuple(facts.say_cell(one, category) for one in units)
            readings.append(Reading(not wrong, _names(wrong) or "均符合", cells))
    place, _ = found.number("n")
    claimed = f"{_names(units)}{said}"
    return _claim(
        found, context, "each_bound", claimed, readings, units=units, unsure=frozenset({place})
    )


# --- Zeros --------------------------------------------------------------------------------------


def _is_nothing(found: Found) -> bool:
    """Tell whether the number in words of nothing is in fact 0, or an indefinite 一."""
    for name, value in (("z", 0), ("z2", 0), ("z3", 1)):
        if name in found.match.groupdict() and found.has(name):
            if found.number(name)[1].value != value:
                return False
    return True


def zero_count(found: Found, context: Context) -> Claim | None:
    """有4个镇办0篇, 16个部门政务公开信息为0."""
    if not _is_nothing(found):
        return None
    _, k = found.number("k")
    facts = context.facts
    readings, scopes = [], []
    for groups in context.scopes(found, "who"):
        for category in context.categories(found, "cat", "cat2"):
            scope = Scope(groups, category)
            scopes.append(scope)
            empty = facts.where(scope, lambda count: count == 0)
            readings.append(
                _number_reading(
                    k,
                    len(empty),
                    f"{len(empty)}个",
                    (f"{facts.say_scope(scope)}为0：{_names(empty) or '无'}",),
                )
            )
    scope = _held(scopes, readings)
    return _claim(found, context, "zero_count", f"{say_number(k)}个为0", readings, scope=scope)


def zero_list(found: Found, context: Context) -> Claim | None:
    """甲局、乙局未发布一条: each of them has nothing."""
    if not _is_nothing(found):
        return None
    units, facts = found.units("us"), context.facts
    readings = []
    for category in context.categories(found, "cat"):
        wrong = [one for one in units if facts.count(one, category) != 0]
        cells = tuple(facts.say_cell(one, category) for one in wrong or units)
        readings.append(Reading(not wrong, "、".join(cells) if wrong else "均为0", cells))
    numbers = _at_least_names(found, units)
    readings = [_both(one, *numbers) for one in readings]
    return _claim(found, context, "zero_list", f"{_names(units)}为0", readings, units=units)


def zero_complete(found: Found, context: Context) -> Claim | None:
    """为0的有甲局、乙局: the list is complete."""
    if not _is_nothing(found):
        return None
    units, facts = found.units("us"), context.facts
    scopes = _scopes(context, found, context.categories(found, "cat"), units)
    readings = [
        _list_reading(facts, scope, units, facts.where(scope, lambda count: count == 0))
        for scope in scopes
    ]
    if found.has("k"):
        readings = [_both(one, _same_number(found, "k", len(units))) for one in readings]
    return _claim(
        found, context, "zero_list", f"为0：{_names(units)}", readings, units=units, scope=scopes[0]
    )


def zero_change(found: Found, context: Context) -> Claim | None:
    """从5家减少到3家, of units with nothing."""
    before = context.encoded.text[: found.start]
    about_zero = re.search("为0|为零|零报送|未报送|没有报送|零发布|空白|未发布|零投稿", before)
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
            for category in context.categories(found):
                scope = Scope(groups, category)
                pair = [len(one.where(scope, lambda n: n == 0)) for one in (other, facts)]
                actual = f"{pair[0]}个→{pair[1]}个"
                readings.append(
                    Reading([a.value, b.value] == pair, actual, (facts.say_scope(scope),))
                )
    return _claim(found, context, "zero_change", claimed, readings)


# --- Single units -------------------------------------------------------------------------------


def each_count(found: Found, context: Context) -> Claim | None:
    """甲局、乙局各11篇."""
    units = found.units("us")
    _, n = found.number("n")
    readings = [
        _both(_each_reading(context.facts, units, n.value, category), *_at_least_names(found, units))
        for category in context.categories(found, "cat2", "cat", "cat3")
    ]
    claimed = f"{_names(units)}各{say_number(n)}{context.facts.county.measure}"
    return _claim(found, context, "unit_count", claimed, readings, units=units)


def exact_list(found: Found, context: Context) -> Claim | None:
    """3篇的有甲局、乙局: each has just so many."""
    units = found.units("us")
    _, n = found.number("n")
    numbers = [_same_number(found, "k", len(units))] if found.has("k") else []
    readings = [
        _both(_each_reading(context.facts, units, n.value, category), *numbers)
        for category in context.categories(found, "cat", "mid")
    ]
    claimed = f"{say_number(n)}{context.facts.county.measure}的有{_names(units)}"
    return _claim(found, context, "unit_count", claimed, readings, units=units)


def respective_counts(found: Found, context: Context) -> Claim | None:
    """甲局、乙局分别为3篇、2篇."""
    units, numbers = found.units("us"), found.numbers("ns")
    if len(units) != len(numbers):
        return None
    facts, readings = context.facts, []
    for category in context.categories(found, "cat2", "cat", "cat3"):
        pairs = list(zip(units, (one for _, one in numbers), strict=True))
        wrong = [one for one, n in pairs if facts.count(one, category) != n.value]
        cells = tuple(facts.say_cell(one, category) for one in wrong or units)
        readings.append(Reading(not wrong, "、".join(cells), cells))
    claimed = "、".join(
        f"{one.name}{say_number(n)}" for one, (_, n) in zip(units, numbers, strict=True)
    )
    return _claim(found, context, "unit_count", claimed, readings, units=units)


def respective_totals(found: Found, context: Context) -> Claim | None:
    """镇办、部门单位分别为64篇、139篇; 甲类、乙类分别为3篇、2篇."""
    signs = [one for one in context.encoded.signs[slice(*found.match.span("what"))] if one]
    numbers = found.numbers("ns")
    if len(signs) != len(numbers) or any(one.meaning == "" for one in signs):
        return None
    facts, readings = context.facts, []
    groups_before, category_before = context.scopes(found), context.categories(found, "cat")
    for groups in groups_before:
        for category in category_before:
            actual = []
            for one in signs:
                if isinstance(one.meaning, Category):
                    actual.append(facts.total(Scope(groups, one.meaning)))
                else:
                    actual.append(facts.total(Scope((str(one.meaning),), category)))
            holds = actual == [n.value for _, n in numbers]
            readings.append(Reading(holds, "、".join(map(str, actual))))
    claimed = "、".join(say_number(n) for _, n in numbers)
    return _claim(found, context, "total", claimed, readings)


def rest_count(found: Found, context: Context) -> Claim | None:
    """除甲局3篇外，其余5个部门各2篇, 其余均为0."""
    if not _is_nothing(found):
        return None
    some, facts = found.units("some"), context.facts
    n = found.number("n")[1].value if found.has("n") else Fraction(0)
    given = [numeral for _, numeral in found.numbers("some")]
    readings = []
    for groups in context.scopes(found, "who"):
        for category in context.categories(found, "cat2", "cat", "cat3"):
            rest = [one for one in facts.units(Scope(groups, category)) if one not in some]
            parts = [
                _each_reading(facts, [one], numeral.value, category)
                for one, numeral in zip(some, given, strict=False)
            ]
            if found.has("k"):
                parts.append(_number_reading(found.number("k")[1], len(rest), f"其余{len(rest)}个"))
            readings.append(_both(_each_reading(facts, rest, n, category), *parts))
    claimed = f"除{_names(some)}外各{n}{facts.county.measure}"
    return _claim(found, context, "unit_count", claimed, readings, units=some)


# --- Ranks, comparisons -------------------------------------------------------------------------


def rank_list(found: Found, context: Context) -> Claim | None:
    """前3名：甲局（21篇）、乙局…, in order."""
    units, facts = found.units("items"), context.facts
    _, k = found.number("k")
    numbers = [numeral for _, numeral in found.numbers("items")]
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
    groups = [
        one for one in context.scopes(found, *("who",) if "who" in found.match.groupdict() else ())
    ]
    readings = []
    for category in context.categories(
        found, *("cat",) if "cat" in found.match.groupdict() else ()
    ):
        for scope in _with_own_groups(facts, groups, category, units):
            readings.append(_top_reading(facts, scope, units, k, numbers))
    return _claim(
        found, context, "rank", f"前{say_number(k)}名：{_names(units)}", readings, units=units
    )


def _top_reading(
    facts: Facts, scope: Scope, units: Sequence[Unit], k: Numeral, numbers: Sequence[Numeral]
) -> Reading:
    counts = [facts.count(one, scope.category) for one in units]
    others = [
        facts.count(one, scope.category) or 0 for one in facts.units(scope) if one not in units
    ]
    known = [one for one in counts if one is not None]
    in_order = len(known) == len(counts) and known == sorted(known, reverse=True)
    is_top = bool(known) and (not others or min(known) >= max(others))
    ranks = [min(facts.ranks(one, scope) or {0}) for one in units]
    right_number = len(units) == k.value or max(ranks, default=0) == k.value
    right_counts = not numbers or [one.value for one in numbers] == counts
    cells = tuple(facts.say_cell(one, scope.category) for one in units)
    best = sorted(facts.units(scope), key=lambda one: -(facts.count(one, scope.category) or 0))
    actual = "、".join(facts.say_cell(one, scope.category) for one in best[: len(units)])
    return Reading(in_order and is_top and right_number and right_counts, actual, cells)


def rank(found: Found, context: Context) -> Claim | None:
    """甲局位居第一, 乙局、丙局并列第三."""
    units, facts = found.units("us"), context.facts
    _, ordinal = found.number("o")
    tied = found.has("tie") or found.has("tie2")
    if len(units) > 1 and not tied:
        return None
    readings = []
    for category in context.categories(found, "cat"):
        for scope in _with_own_groups(facts, context.scopes(found, "who"), category, units):
            ranks = [facts.ranks(one, scope) for one in units]
            holds = all(ordinal.value in one for one in ranks)
            if tied:
                same = facts.where(scope, lambda n: n == facts.count(units[0], category))  # noqa: B023
                holds = holds and len(same) > 1 and (len(units) == 1 or set(units) == set(same))
            actual = "、".join(
                f"{one.name}第{'或'.join(map(str, sorted(r)))}"
                for one, r in zip(units, ranks, strict=True)
            )
            readings.append(
                Reading(holds, actual, tuple(facts.say_cell(one, category) for one in units))
            )
    claimed = f"{_names(units)}{'并列' if tied else ''}第{say_number(ordinal)}"
    return _claim(found, context, "rank", claimed, readings, units=units)


def respective_ranks(found: Found, context: Context) -> Claim | None:
    """乙局、丙局分列第二、第三."""
    units, ordinals = found.units("us"), found.numbers("os")
    if len(units) != len(ordinals):
        return None
    facts, readings = context.facts, []
    for category in context.categories(found):
        for scope in _with_own_groups(facts, context.scopes(found), category, units):
            ranks = [facts.ranks(one, scope) for one in units]
            holds = all(o.value in r for (_, o), r in zip(ordinals, ranks, strict=True))
            cells = tuple(facts.say_cell(one, category) for one in units)
            readings.append(Reading(holds, "、".join(cells), cells))
    return _claim(found, context, "rank", f"{_names(units)}分列", readings, units=units)


def counted_rank(found: Found, context: Context) -> Claim | None:
    """甲局、乙局以13篇并列第五: both the count and the rank."""
    units = found.units("us")
    _, n = found.number("n")
    ranked = rank(found, context)
    if ranked is None:
        return None
    counts = [
        _each_reading(context.facts, units, n.value, category)
        for category in context.categories(found, "cat")
    ]
    held = next((one for one in counts if one.holds), counts[0])
    readings = tuple(_both(held, one) for one in ranked.readings)
    return replace(ranked, readings=readings)


def superlative(found: Found, context: Context) -> Claim | None:
    """最多的三家单位是甲局、乙局、丙局; 最少的 likewise."""
    units, facts = found.units("us"), context.facts
    sign = -1 if found.words("most") in ("最少", "最低") else 1
    readings = []
    names = [one for one in ("who", "who0") if one in found.match.groupdict()]
    for category in context.categories(found, "cat"):
        for scope in _with_own_groups(facts, context.scopes(found, *names), category, units):
            own = [sign * (facts.count(one, category) or 0) for one in units]
            rest = [
                sign * (facts.count(one, category) or 0)
                for one in facts.units(scope)
                if one not in units
            ]
            cells = tuple(facts.say_cell(one, category) for one in units)
            holds = not rest or min(own) >= max(rest)
            given = [numeral.value for _, numeral in found.numbers("ns")] if found.has("ns") else []
            holds = holds and (not given or given == [abs(one) for one in own])
            readings.append(Reading(holds, "、".join(cells), cells))
    if found.has("k"):
        readings = [_both(one, _same_number(found, "k", len(units))) for one in readings]
    return _claim(
        found, context, "rank", f"{found.words('most')}：{_names(units)}", readings, units=units
    )


def list_size(found: Found, context: Context) -> Claim | None:
    """甲局、乙局两家单位: as many as are named; with 等, at least as many."""
    units = found.units("us")
    _, k = found.number("k")
    holds = k.value >= len(units) if found.has("etc") else k.value == len(units)
    reading = Reading(holds, f"列出{len(units)}个", (_names(units),))
    return Claim(
        "list_size", found.start, found.end, f"{say_number(k)}个", (reading,), units=tuple(units)
    )


def top_sum(found: Found, context: Context) -> Claim | None:
    """前三名单位共150篇: the sum of the first of the ranking."""
    (_, k), (_, n) = found.number("k"), found.number("n")
    facts, readings, scopes = context.facts, [], []
    for groups in context.scopes(found, "who"):
        for category in context.categories(found, "cat"):
            scope = Scope(groups, category)
            scopes.append(scope)
            counts = sorted(
                (facts.count(one, category) or 0 for one in facts.units(scope)), reverse=True
            )
            together = sum(counts[: int(k.value)])
            readings.append(Reading(together == n.value, f"{together}", (facts.say_scope(scope),)))
    claimed = f"前{say_number(k)}个共{say_number(n)}"
    return _claim(
        found,
        context,
        "total",
        claimed,
        readings,
        scope=Scope((), (context.categories(found, "cat"))[0]),
        value=n.value,
    )


def unit_change(found: Found, context: Context) -> Claim | None:
    """比去年同期增加6家: of the units just counted."""
    _, n = found.number("n")
    claimed = context.encoded.words(found.start, found.end)
    facts, sign = context.facts, 1 if found.words("word").startswith(("增", "多", "上升")) else -1
    subject = context.last_claim(found.start, "zero_count", "active_number")
    others = _compared_periods(found, context)
    if subject is None or subject.scope is None or not others or facts.now is None:
        return Claim("unit_change", found.start, found.end, claimed, reason=NO_EARLIER)
    scope, is_zero = subject.scope, subject.kind == "zero_count"
    readings = []
    for other in others:
        before, after = (
            len(one.where(scope, lambda count: (count == 0) == is_zero)) for one in (other, facts)
        )
        said = f"{facts.say_scope(scope)} {before}个→{after}个"
        readings.append(
            Reading(sign * (after - before) == n.value, f"{after - before:+d}个", (said,))
        )
    return _claim(found, context, "unit_change", claimed, readings)


def later_change(found: Found, context: Context) -> Claim | None:
    """…，下降10%: the change just told, in another measure."""
    if context.last_claim(found.start, "change", "earlier_count") is None:
        claimed = context.encoded.words(found.start, found.end)
        return Claim("change", found.start, found.end, claimed, reason=NO_EARLIER)
    return change(found, context)


def comparison(found: Found, context: Context) -> Claim | None:
    """甲类数量高于乙类."""
    word, facts = found.words("word"), context.facts
    pair = [found.category(one) or (found.groups(one) or [""])[0] for one in "ab"]
    if "" in pair or isinstance(pair[0], str) != isinstance(pair[1], str) or pair[0] == pair[1]:
        return None
    readings = []
    if isinstance(pair[0], str):
        scopes = [
            [Scope((str(one),), category) for one in pair]
            for category in context.categories(found, "b0")
        ]
    else:
        scopes = [
            [Scope(groups, one) for one in pair if isinstance(one, Category)]
            for groups in context.scopes(found, "who")
        ]
    for scope_a, scope_b in scopes:
        a, b = facts.total(scope_a), facts.total(scope_b)
        holds = (
            a > b
            if word in ("高于", "多于", "大于", "超过")
            else a < b
            if word in ("低于", "少于", "小于", "不及")
            else a == b
        )
        said = f"{facts.say_scope(scope_a)}{a}，{facts.say_scope(scope_b)}{b}"
        readings.append(Reading(holds, said, (said,)))
    return _claim(
        found, context, "comparison", found.encoded.words(found.start, found.end), readings
    )


# --- Totals and shares --------------------------------------------------------------------------


def count(found: Found, context: Context) -> Claim | None:
    """Whatever count is left: of the units, the category, the group named just before it."""
    place, _ = found.number("n")
    text = context.encoded.text
    last = context.last_claim(place, *_COUNTS)
    start = max(last.end if last else 0, *(text.rfind(mark, 0, place) + 1 for mark in ";。"))
    if reason := _blocked(context, start, place):
        return Claim(
            "count", place, found.end, context.encoded.words(place, found.end), reason=reason
        )
    named = _Named.of(context, start, place)
    if named.units:
        return _unit_count(found, context, named)
    stretch = text[start:place]
    if named.place < place or _TOTAL_WORDS.search(stretch):
        return _total(found, context, named, stretch)
    return (
        _total(found, context, named, stretch) if last and _CONTINUED.fullmatch(stretch) else None
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """What is named before a count: the last run of units, the categories, the groups."""

    place: int
    units: tuple[Unit, ...] = ()
    categories: tuple[Category, ...] = ()
    groups: tuple[str, ...] = ()

    @classmethod
    def of(cls, context: Context, start: int, end: int) -> "_Named":
        units: list[Unit] = []
        categories: list[Category] = []
        groups: list[str] = []
        first, last_unit = end, -9
        for place in range(start, end):
            sign = context.encoded.signs[place]
            match sign.meaning if sign else None:
                case Unit() as unit:
                    if place - last_unit > 3:  # noqa: PLR2004 -- 、and 以及 join a run
                        units, first = [], place
                    units.append(unit)
                    last_unit = place
                case Category() as category:
                    categories.append(category)
                    first = min(first, place)
                case str() as group if group:
                    groups.append(group)
                    first = min(first, place)
        return cls(first, tuple(units), tuple(categories), tuple(dict.fromkeys(groups)))


def _blocked(context: Context, start: int, place: int) -> str:
    """Say why a count is none of the tables'; empty where it may be."""
    clause = context.encoded.text[max(start, place - 24) : place]
    behind = context.encoded.text[place : place + 12]
    if _OTHER_CHANNEL.search(clause):
        return OTHER_CHANNEL
    if _LEDGER.search(clause) or re.match(r".{1,3}(?:人次|图片|视频)", behind):
        return NO_LEDGER
    return ""


def _unit_count(found: Found, context: Context, named: _Named) -> Claim:
    _, n = found.number("n")
    facts, units = context.facts, named.units
    wanted: Sequence[Category | None] = named.categories[-1:] or context.categories(found, "after")
    readings = []
    for category in wanted:
        readings.append(_each_reading(facts, units, n.value, category))
        if len(units) > 1:
            together = sum(facts.count(one, category) or 0 for one in units)
            cells = tuple(facts.say_cell(one, category) for one in units)
            readings.append(Reading(together == n.value, f"合计{together}", cells))
    claimed = f"{_names(units)}{say_number(n)}{facts.county.measure}"
    claim = _claim(
        found, context, "unit_count", claimed, readings,
        units=units, scope=Scope((), wanted[0]), value=n.value,
    )  # fmt: skip
    return replace(claim, start=named.place)


def _total(found: Found, context: Context, named: _Named, stretch: str) -> Claim:
    _, n = found.number("n")
    facts = context.facts
    wanted: list[Category | None] = list(named.categories[-1:])
    if not wanted and found.has("after"):
        wanted = list(context.categories(found, "after"))
    if not wanted:
        wanted = list(dict.fromkeys([*context.categories(found), None]))
    scopes = [named.groups] if named.groups else context.scopes(found)
    if _EVERYTHING.search(stretch) and not named.groups:
        scopes = [()]
    readings = [
        _total_reading(facts, Scope(scope, category), n) for scope in scopes for category in wanted
    ]
    scope = Scope(scopes[0], wanted[0])
    claimed = f"{facts.say_scope(scope)}{say_number(n)}{facts.county.measure}"
    last = context.last_claim(found.start, *_COUNTS)
    if last and len(last.units) == 1 and not named.groups:
        # 甲局共8篇，其中甲类5篇、乙类3篇: the parts are still the unit's.
        own = [_each_reading(facts, last.units, n.value, category) for category in wanted]
        if any(one.holds for one in own) or not any(one.holds for one in readings):
            claimed = f"{_names(last.units)}{say_number(n)}{facts.county.measure}"
            claim = _claim(
                found, context, "unit_count", claimed, [*own, *readings],
                units=last.units, scope=Scope((), wanted[0]), value=n.value,
            )  # fmt: skip
            return replace(claim, start=min(named.place, found.start))
    held = _held([Scope(one, category) for one in scopes for category in wanted], readings)
    claim = _claim(found, context, "total", claimed, readings, scope=held, value=n.value)
    return replace(claim, start=min(named.place, found.start))


def _total_reading(facts: Facts, scope: Scope, n: Numeral) -> Reading:
    total = facts.total(scope)
    said = f"{total}{facts.county.measure}"
    evidence = (f"{facts.say_scope(scope)} 合计 {said}",)
    holds = _close(n, Fraction(total))
    return Reading(
        holds, said, evidence, "" if holds else say_slip(facts, n.value, total, None, scope)
    )


def unit_number(found: Found, context: Context) -> Claim | None:
    """56个部门单位: as many as the roster has."""
    _, k = found.number("k")
    facts = context.facts
    groups = [one for one in found.groups("who") if one]
    scopes = [tuple(groups)] if groups else context.scopes(found)
    readings = []
    for scope in scopes:
        here = len(facts.units(Scope(scope)))
        evidence = (f"名册：{facts.say_scope(Scope(scope))}{here}个",)
        readings.append(_number_reading(k, here, f"{here}个", evidence))
        for category in context.categories(found) if _ACTIVE.search(context.encoded.text) else ():
            active = len(facts.where(Scope(scope, category), lambda n: n > 0))
            readings.append(_number_reading(k, active, f"有稿件采用的{active}个"))
    before = context.encoded.text[: found.start]
    plain = bool(groups) and bool(_PLAIN_NUMBER.search(before))
    claim = _claim(
        found, context, "unit_number", f"{say_number(k)}个", readings, scope=Scope(scopes[0])
    )
    if not plain and not any(one.holds for one in readings):
        return Claim(
            "unit_number", found.start, found.end, claim.claimed, reason=NO_LEDGER, value=k.value
        )
    return claim


def active_number(found: Found, context: Context) -> Claim | None:
    """有21个部门单位报送了甲类信息: as many as have any."""
    _, k = found.number("k")
    facts, readings = context.facts, []
    scopes = [
        Scope(groups, category)
        for groups in context.scopes(found, "who", "who2")
        for category in dict.fromkeys([*context.categories(found, "cat"), None])
    ]
    for scope in scopes:
        active = len(facts.where(scope, lambda n: n > 0))
        evidence = (f"{facts.say_scope(scope)}不为0的{active}个",)
        readings.append(_number_reading(k, active, f"{active}个", evidence))
    own = _held(scopes, readings)
    size = len(facts.units(Scope(own.groups)))
    if k.value == size:
        readings.append(_number_reading(k, size, f"{size}个", ("名册",)))
    return _claim(found, context, "active_number", f"{say_number(k)}个", readings, scope=own)


def difference(found: Found, context: Context) -> Claim | None:
    """甲类比乙类多56篇, 前者比后者多56篇."""
    _, n = found.number("n")
    facts, sign = context.facts, -1 if found.words("word")[:1] in ("少", "低") else 1
    pairs: list[tuple[Scope, Scope]] = []
    if found.has("a"):
        pair = [found.category(one) or (found.groups(one) or [""])[-1] for one in "ab"]
        if "" in pair or isinstance(pair[0], str) != isinstance(pair[1], str):
            return None
        for groups in context.scopes(found, "who"):
            for category in context.categories(found, "cat"):
                pairs.append(
                    (_scope_of(pair[0], groups, category), _scope_of(pair[1], groups, category))
                )
    else:
        totals = [one for one in context.claims if one.kind == "total" and one.end <= found.start]
        if len(totals) < 2 or not (totals[-2].scope and totals[-1].scope):  # noqa: PLR2004
            return None
        pairs = [(totals[-2].scope, totals[-1].scope)]
        some, others = totals[-2].value or 0, totals[-1].value or 0
        if sign * (some - others) == n.value:
            said = f"{some}－{others}"
            reading = Reading(holds=True, actual=said, evidence=(said,))
            return _claim(found, context, "difference", said, [reading])
    readings = []
    for one, other in pairs:
        a, b = facts.total(one), facts.total(other)
        said = f"{facts.say_scope(one)}{a}，{facts.say_scope(other)}{b}"
        readings.append(Reading(sign * (a - b) == n.value, f"{a - b:+d}", (said,)))
    return _claim(
        found, context, "difference", context.encoded.words(found.start, found.end), readings
    )


def _scope_of(named: Category | str, groups: tuple[str, ...], category: Category | None) -> Scope:
    return Scope(groups, named) if isinstance(named, Category) else Scope((named,), category)


def earlier_count(found: Found, context: Context) -> Claim | None:
    """上年同期为34篇: what was just counted, in an earlier period."""
    _, n = found.number("n")
    claimed = context.encoded.words(found.start, found.end)
    facts = context.facts
    others = _compared_periods(found, context)
    subject = context.last_claim(found.start, "total", "unit_count", "active_number", "zero_count")
    if not others or facts.now is None:
        return Claim("earlier_count", found.start, found.end, claimed, reason=NO_EARLIER)
    readings = [
        Reading(before == n.value, f"{before}", (f"{other.period.label} {label} {before}",))
        for other in others
        for label, before, _ in _changed(subject, context, found, facts, other)
    ]
    return _claim(found, context, "earlier_count", claimed, readings)


def half_count(found: Found, context: Context) -> Claim | None:
    """其中上半年25篇、下半年14篇: the halves of what was just counted."""
    _, n = found.number("n")
    facts = context.facts
    claimed = context.encoded.words(found.start, found.end)
    number = 0 if found.words("half").startswith("上") else 1
    halves = facts.period.halves or Period(facts.period.year, PeriodKind.YEAR).halves
    half = facts if facts.period == halves[number] else facts.at(halves[number])
    subject = context.last_claim(found.start, "total", "unit_count")
    if half is None or half.now is None:
        return Claim("half_count", found.start, found.end, claimed, reason=NO_EARLIER)
    readings = [
        Reading(before == n.value, f"{before}", (f"{half.period.label} {label} {before}",))
        for label, before, _ in _changed(subject, context, found, facts, half)
    ]
    return _claim(found, context, "half_count", claimed, readings)


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
            _close(p, 100 * Fraction(a, b)),
            f"{float(100 * Fraction(a, b)):.2f}%",
            (f"{said_a}{a}，{said_b}{b}",),
            _say_truncated(p, 100 * Fraction(a, b)),
        )
        for said_a, a in parts
        for said_b, b in wholes
        if b
    ]
    if not readings:
        return Claim("share", found.start, found.end, claimed, reason=NO_LEDGER)
    return _claim(found, context, "share", claimed, readings)


def _share_parts(part: Claim, facts: Facts) -> list[tuple[str, int]]:
    if part.value is not None and part.kind in ("total", "unit_count", "count"):
        if part.units and part.scope:
            counts = [facts.count(one, part.scope.category) or 0 for one in part.units]
            return [(_names(part.units), sum(counts)), (_names(part.units), int(part.value))]
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
    wholes = [
        Scope(groups, one)
        for groups in dict.fromkeys([scope.groups, ()])
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
        _close(p, exact) and adds_up, f"{float(exact):.2f}%", (f"{part}/{whole}",), _say_truncated(p, exact)
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


def average(found: Found, context: Context) -> Claim | None:
    """平均每个部门3.5篇."""
    _, n = found.number("n")
    facts, readings = context.facts, []
    for groups in context.scopes(found, "who", "who2"):
        for category in [*context.categories(found, "cat"), None]:
            scope = Scope(groups, category)
            if size := len(facts.units(scope)):
                exact = Fraction(facts.total(scope), size)
                readings.append(
                    Reading(_close(n, exact), f"{float(exact):.2f}", (facts.say_scope(scope),))
                )
    return _claim(found, context, "average", f"平均{say_number(n)}", readings)


def change(found: Found, context: Context) -> Claim | None:
    """同比增长12%, 比去年同期减少5篇, 提高3个百分点."""
    word = found.words("word")
    down = word.startswith(("下降", "减少", "降低", "回落", "下滑", "少"))
    _, x = found.numbers("x")[0]
    claimed = found.encoded.words(found.start, found.end)
    if found.has("about"):
        return Claim("change", found.start, found.end, claimed, reason=APPROXIMATE)
    facts = context.facts
    subject = context.last_claim(found.start, "total", "unit_count", "change", "share")
    others = _compared_periods(found, context)
    if not others or facts.now is None:
        return Claim("change", found.start, found.end, claimed, reason=NO_EARLIER)
    readings = []
    for other in others:
        for label, before, after in _changed(subject, context, found, facts, other):
            readings.append(_change_reading(x, before, after, label, down=down))
    readings = [one for one in readings if one]
    return _claim(
        found,
        context,
        "change",
        claimed,
        readings,
        units=subject.units if subject else (),
        scope=subject.scope if subject else None,
    )


def _compared_periods(found: Found, context: Context) -> list[Facts]:
    facts = context.facts
    words = found.words("base") + (found.words("then") if "then" in found.match.groupdict() else "")
    words += context.encoded.words(found.start, found.end)
    before, year = facts.at(facts.period.previous), facts.at(facts.period.year_before)
    if "环比" in words or re.search("上期|上季|上个月|上个半年", words):
        return [one for one in (before,) if one]
    if "同比" in words or re.search("去年|上年|同期", words):
        return [one for one in (year,) if one]
    return [one for one in (year, before) if one]


def _changed(
    subject: Claim | None, context: Context, found: Found, facts: Facts, other: Facts
) -> list[tuple[str, int, int]]:
    if subject and subject.units:
        category = subject.scope.category if subject.scope else None
        one = subject.units[-1]
        return [(one.name, other.count(one, category) or 0, facts.count(one, category) or 0)]
    scopes = [subject.scope] if subject and subject.scope else []
    scopes += [
        Scope(groups, category)
        for groups in context.scopes(found)
        for category in [*context.categories(found), None]
    ]
    return [
        (facts.say_scope(one), other.total(one), facts.total(one)) for one in dict.fromkeys(scopes)
    ]


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
            _close(x, exact), f"{float(sign * exact):+.2f}%", evidence, _say_truncated(x, exact)
        )
    if x.look is Look.COUNT:
        return Reading(sign * (after - before) == x.value, f"{after - before:+d}", evidence)
    return None


def approximate(found: Found, context: Context) -> Claim | None:  # noqa: ARG001
    """200余篇, 约3万条: not held against an exact figure."""
    claimed = found.encoded.words(found.start, found.end)
    return Claim("approximate", found.start, found.end, claimed, reason=APPROXIMATE)


def announced_list(found: Found, context: Context) -> Claim | None:
    """以下五个方面问题: as many points follow."""
    before = context.encoded.text[max(0, found.start - 12) : found.start]
    if not re.search("以下|如下|下列|存在|呈现|主要有|表现在|归纳|突出的", before):
        return None
    _, k = found.number("k")
    points = _count_points(found, context)
    claimed = f"{say_number(k)}个方面"
    if not points:
        return Claim("announced_list", found.start, found.end, claimed, reason="后文没有逐条列出")
    reading = _number_reading(k, points, f"后文列出{points}条")
    return Claim("announced_list", found.start, found.end, claimed, (reading,))


def _count_points(found: Found, context: Context) -> int:
    """Count 一是 … 五是, or （一） … （五）, that follow within the chapter."""
    chapter = context.encoded.sentence.chapter
    texts = [context.encoded.sentence.text[context.encoded.places[found.end - 1] :]]
    texts += [one.sentence.text for one in context.following if one.sentence.chapter == chapter]
    numerals = "一二三四五六七八九十"
    for form in (
        "(?:^|(?<=[;:。,]))({})是",
        r"^\(({})\)",
        r"^(?:第)({})(?=[,、是])",
        "(?:^|(?<=[;:。,]))({})、",
    ):
        number = 0
        for text in texts:
            for match in re.finditer(form.format(f"[{numerals}]"), text):
                if number < len(numerals) and match.group(1) == numerals[number]:
                    number += 1
        if number:
            return number
    return 0


# --- Parts --------------------------------------------------------------------------------------


def _claim(
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
    here = tuple(one for one in readings if one)
    if context.facts.now is None and kind not in ("unit_number",):
        return Claim(
            kind,
            found.start,
            found.end,
            claimed,
            reason=NO_TABLE,
            units=tuple(units),
            scope=scope,
            value=value,
        )
    if value is None and "k" in found.match.groupdict() and found.has("k"):
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


def _scopes(
    context: Context, found: Found, categories: Sequence[Category | None], units: Sequence[Unit]
) -> list[Scope]:
    names = [one for one in ("who",) if one in found.match.groupdict()]
    return [
        scope
        for category in categories
        for scope in _with_own_groups(context.facts, context.scopes(found, *names), category, units)
    ]


def _with_own_groups(
    facts: Facts,
    groups: Sequence[tuple[str, ...]],
    category: Category | None,
    units: Sequence[Unit],
) -> list[Scope]:
    """Return scopes, with the group that all named units belong to as one more reading."""
    del facts
    own = tuple(dict.fromkeys(one.group for one in units))
    choices = [*groups, own] if len(own) == 1 else list(groups)
    return [Scope(one, category) for one in dict.fromkeys(choices)]


def _list_reading(
    facts: Facts,
    scope: Scope,
    claimed: Sequence[Unit],
    actual: Sequence[Unit],
    *,
    open_end: bool = False,
) -> Reading:
    """Hold a complete list against the units that belong into it."""
    missing = [one for one in actual if one not in claimed]
    extra = [one for one in claimed if one not in actual]
    doubled = len(set(claimed)) != len(claimed)
    holds = not extra and not doubled and (open_end or not missing)
    parts = [f"缺{_names(missing)}"] if missing and not open_end else []
    parts += [f"多{_names(extra)}"] if extra else []
    parts += ["有重复"] if doubled else []
    cells = tuple(facts.say_cell(one, scope.category) for one in (*missing, *extra)[:12])
    return Reading(holds, _names(actual) or "没有单位", cells, "，".join(parts))


def _each_reading(
    facts: Facts, units: Sequence[Unit], n: Fraction, category: Category | None
) -> Reading:
    wrong = [one for one in units if facts.count(one, category) != n]
    cells = tuple(facts.say_cell(one, category) for one in (wrong or list(units))[:12])
    if not wrong:
        return Reading(holds=bool(units), actual=f"{n}", evidence=cells)
    actual = "、".join(
        f"{facts.count(one, category)}"
        if len(wrong) == 1
        else f"{one.name}{facts.count(one, category)}"
        for one in wrong
    )
    reason = say_slip(
        facts, n, facts.count(wrong[0], category), wrong[0], Scope((), category)
    )
    return Reading(holds=False, actual=actual, evidence=cells, reason=reason)


def _number_reading(
    numeral: Numeral, actual: int, said: str, evidence: tuple[str, ...] = ()
) -> Reading:
    return Reading(numeral.value == actual, said, evidence)


def _same_number(found: Found, name: str, actual: int) -> Reading:
    return _number_reading(found.number(name)[1], actual, f"名单有{actual}个")


def _at_least_names(found: Found, units: Sequence[Unit]) -> list[Reading]:
    """甲、乙等5个: at least as many as are named; no word on which."""
    if "k" not in found.match.groupdict() or not found.has("k"):
        return []
    _, k = found.number("k")
    return [Reading(k.value >= len(units), f"名单有{len(units)}个")]


def _both(one: Reading, *others: Reading) -> Reading:
    """Join readings that must all hold; the first that does not is told."""
    for other in (one, *others):
        if not other.holds:
            return other
    return one


def _held(scopes: Sequence[Scope], readings: Sequence[Reading]) -> Scope:
    """Return the scope of the reading that holds, the first one where none does."""
    held = (scope for scope, one in zip(scopes, readings, strict=False) if one.holds)
    return next(held, scopes[0])


def _cells(facts: Facts, units: Sequence[Unit], scope: Scope) -> tuple[str, ...]:
    return tuple(facts.say_cell(one, scope.category) for one in units[:12])


def _close(claimed: Numeral, exact: Fraction) -> bool:
    """Compare within the printed precision, rounded half up or half to even."""
    return (
        abs(claimed.value - exact) <= claimed.step / 2
        if claimed.look is not Look.COUNT or claimed.step != 1
        else claimed.value == exact
        or (exact.denominator != 1 and abs(claimed.value - exact) <= Fraction(1, 2))
    )


def _say_truncated(claimed: Numeral, exact: Fraction) -> str:
    """Tell a figure that was cut off rather than rounded."""
    if not _close(claimed, exact) and 0 < exact - claimed.value < claimed.step:
        return "看来是截去尾数，没有四舍五入"
    return ""


def _names(units: Sequence[Unit]) -> str:
    return "、".join(one.name for one in units)
