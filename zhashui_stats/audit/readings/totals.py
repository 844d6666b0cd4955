"""Totals, partitions and single counts; comparisons of totals."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from zhashui_stats.audit.claims import Claim, Context, Reading, say_number
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.facts import Facts, Scope
from zhashui_stats.audit.numerals import Look, Numeral
from zhashui_stats.audit.readings.parts import (
    APPROXIMATE,
    COUNT_KINDS,
    NO_LEDGER,
    OPEN_LIST,
    OTHER_CHANNEL,
    Named,
    any_category,
    each_reading,
    held_scope,
    is_close,
    make_claim,
    named_before,
    say_names,
)
from zhashui_stats.audit.slips import say_slip
from zhashui_stats.model.county import Category

__all__ = [
    "approximate",
    "average",
    "comparison",
    "count",
    "difference",
    "respective_totals",
    "same",
    "unit_difference",
]

_OTHER_CHANNEL = re.compile(
    "省级|上级|国家级|中央|省政府|省委|国务院|微信|微博|抖音|公众号|客户端|新媒体|视频号|头条|报刊|电视"
)
_CITY = re.compile("市级|市政府(?!办)|市委")
_LEDGER = re.compile(
    "退稿|未采用|不予采用|未被采用|不合格|驳回|投诉|留言|来信|咨询|申请|点击|浏览|阅读|关注|转载|原创|图片|视频|回复|办结|错敏|"
    "人均|户均|抽查|检查|抽取|抽样|错别字|文件|制度|栏目|专栏|会议|培训|差错|问题|收到|来稿|投来|重复|加分|扣分|得分|积分|分值"
)
_TOTAL_WORDS = re.compile(
    "(?:共|总|合计|累计|全县|全市|全区|全年)|(?:编发|发布|刊发|采用|收录|报送|上报)了?(?:各类)?(?:政务)?(?:信息|稿件)?$"
)
# Words by which a number is a rule, an example or a distance, and no total.
_NO_TOTAL = re.compile("不足|低于|少于|不到|未达|每|相差|差距|连续|凡|奖|扣|达不到|篇以上|至少")
_EVERYTHING = re.compile("全县|全市|全区|总计|累计|全部")
_CONTINUED = re.compile("[、,和及]?(?:其中)?")


def count(found: Found, context: Context) -> Claim | None:  # noqa: PLR0911 -- each a reason why not
    """Whatever count is left: of the units, the category, the group named just before it."""
    place, _ = found.number("n")
    text = context.encoded.text
    last = context.last_claim(place, *COUNT_KINDS)
    start = max(last.end if last else 0, *(text.rfind(mark, 0, place) + 1 for mark in ";。"))
    if reason := _blocked(context, start, place):
        return Claim(
            "count", place, found.end, context.encoded.words(place, found.end), reason=reason
        )
    named = named_before(context, start, place)
    if named.units:
        return _unit_count(found, context, named)
    stretch = text[start:place]
    if re.search("[计得加扣]\ue003?分", text[found.end : found.end + 14]):
        return None  # 采用1件计5分: a rule
    if _NO_TOTAL.search(re.split("[,;。:]", stretch)[-1]):
        return None
    if named.place < place or _TOTAL_WORDS.search(stretch):
        return _total(found, context, named, stretch)
    if (last and _CONTINUED.fullmatch(stretch)) or _names_period(context, start, place):
        return _total(found, context, named, stretch)
    return None


def _names_period(context: Context, start: int, end: int) -> bool:
    """Tell whether a period stands before a count, as in 二季度169篇."""
    signs = [sign.meaning for sign in context.encoded.signs[start:end] if sign]
    return any(isinstance(meaning, Numeral) and meaning.look is Look.PERIOD for meaning in signs)


def _blocked(context: Context, start: int, place: int) -> str:
    """Say why a count is none of the tables'; empty where it may be."""
    clause = context.encoded.text[max(start, place - 24) : place]
    behind = context.encoded.text[place : place + 12]
    if re.search("其余|其他|其它|剩余", clause):
        return OPEN_LIST
    is_above = context.facts.county.level != "市" and _CITY.search(clause)
    if is_above or _OTHER_CHANNEL.search(clause):
        return OTHER_CHANNEL
    if re.search("报送|投稿|上报", clause) and re.search(
        "采用|采纳|录用", context.encoded.text[place:]
    ):
        return NO_LEDGER
    if _LEDGER.search(clause) or re.match(r".{1,3}(?:人次|图片|视频)", behind):
        return NO_LEDGER
    return ""


def _unit_count(found: Found, context: Context, named: Named) -> Claim:
    _, n = found.number("n")
    facts, units = context.facts, named.units
    wanted: Sequence[Category | None] = named.categories[-1:]
    wanted = wanted or any_category(found, context, "after")
    is_open = "等" in context.encoded.text[named.place : found.start]
    readings = []
    for category in wanted:
        readings.append(each_reading(facts, units, n.value, category))
        if len(units) > 1:
            together = sum(facts.count(unit, category) or 0 for unit in units)
            cells = tuple(facts.say_cell(unit, category) for unit in units)
            readings.append(Reading(together == n.value, f"合计{together}", cells))
        if is_open:  # 甲镇、乙镇等9个镇办共…: the group's total may be meant
            totals = (Scope((group,), category) for group in named.groups)
            readings += [_total_reading(facts, scope, n) for scope in totals]
    claimed = f"{say_names(units)}{say_number(n)}{facts.county.measure}"
    claim = make_claim(
        found, context, "unit_count", claimed, readings,
        units=units, scope=Scope((), wanted[0]), value=n.value,
    )  # fmt: skip
    if is_open and not any(reading.holds for reading in claim.readings):
        claim = replace(claim, readings=(), reason=OPEN_LIST)
    return replace(claim, start=named.place)


def _total(found: Found, context: Context, named: Named, stretch: str) -> Claim:
    _, n = found.number("n")
    facts = context.facts
    wanted: list[Category | None] = list(named.categories[-1:])
    if not wanted and found.has("after"):
        wanted = list(context.categories(found, "after"))
    if not wanted:
        wanted = list(dict.fromkeys([*context.categories(found), None]))
    scopes = [named.groups] if named.groups else _unnamed_scopes(found, context, stretch)
    readings = [
        _total_reading(facts, Scope(scope, category), n) for scope in scopes for category in wanted
    ]
    scope = Scope(scopes[0], wanted[0])
    claimed = f"{facts.say_scope(scope)}{say_number(n)}{facts.county.measure}"
    if len(named.categories) > 1:
        together = sum(
            facts.total(Scope(scopes[0], category)) for category in set(named.categories)
        )
        readings.append(Reading(together == n.value, f"{together}", ("所列各类相加",)))
    if re.search("合计|共|总计", stretch) and (listed := _listed(context, found.start)):
        # 甲局8篇、乙局5篇，合计13篇: the sum of the list before it.
        readings.append(Reading(listed == n.value, f"{listed}", (f"前面所列相加{listed}",)))
    last = context.last_claim(found.start, *COUNT_KINDS)
    if last and len(last.units) == 1 and not named.groups:
        # 甲局共8篇，其中甲类5篇、乙类3篇: the parts are still the unit's.
        own = [each_reading(facts, last.units, n.value, category) for category in wanted]
        if any(reading.holds for reading in own) or not any(reading.holds for reading in readings):
            claimed = f"{say_names(last.units)}{say_number(n)}{facts.county.measure}"
            claim = make_claim(
                found, context, "unit_count", claimed, [*own, *readings],
                units=last.units, scope=Scope((), wanted[0]), value=n.value,
            )  # fmt: skip
            return replace(claim, start=min(named.place, found.start))
    held = held_scope([Scope(ids, category) for ids in scopes for category in wanted], readings)
    claim = make_claim(found, context, "total", claimed, readings, scope=held, value=n.value)
    return replace(claim, start=min(named.place, found.start))


def _unnamed_scopes(found: Found, context: Context, stretch: str) -> list[tuple[str, ...]]:
    """Return whom a total may cover that names no group."""
    if _EVERYTHING.search(stretch):
        return [()]
    scopes = context.scopes(found)
    return scopes[:1] if _within_group(context, found.start) else scopes


def _within_group(context: Context, place: int) -> bool:
    """Tell whether a count stands in brackets behind a group: 镇办共82篇（政务公开18篇、…）."""
    text = context.encoded.text[:place]
    before, bracket, inside = text.rpartition("(")
    clause = re.split("[;。]", before)[-1]
    return bool(bracket) and not re.search("[)\ue001]", inside) and clause.count("\ue001") == 1


def _listed(context: Context, place: int) -> Fraction:
    """Return the sum of the single counts listed just before a place."""
    total = Fraction(0)
    for claim in sorted(context.claims, key=lambda counted: -counted.end):
        if claim.end <= place and claim.kind in ("total", "unit_count", "count"):
            if claim.kind != "unit_count" or claim.value is None:
                break
            total += claim.value
    return total


def _total_reading(facts: Facts, scope: Scope, n: Numeral) -> Reading:
    total = facts.total(scope)
    said = f"{total}{facts.county.measure}"
    evidence = (f"{facts.say_scope(scope)} 合计 {said}",)
    holds = is_close(n, Fraction(total))
    return Reading(
        holds, said, evidence, "" if holds else say_slip(facts, n.value, total, None, scope)
    )


def respective_totals(found: Found, context: Context) -> Claim | None:
    """镇办、部门单位分别为64篇、139篇; 甲类、乙类分别为3篇、2篇."""
    signs = list(filter(None, context.encoded.signs[slice(*found.match.span("what"))]))
    numbers = found.numbers("ns")
    if len(signs) != len(numbers) or any(named.meaning in ("", "*") for named in signs):
        return None
    facts, readings = context.facts, []
    groups_before, category_before = context.scopes(found), context.categories(found, "cat")
    for groups in groups_before:
        for category in category_before:
            actual = []
            for sign in signs:
                if isinstance(sign.meaning, Category):
                    actual.append(facts.total(Scope(groups, sign.meaning)))
                else:
                    actual.append(facts.total(Scope((str(sign.meaning),), category)))
            holds = actual == [n.value for _, n in numbers]
            readings.append(Reading(holds, "、".join(map(str, actual))))
    claimed = "、".join(say_number(n) for _, n in numbers)
    return make_claim(found, context, "total", claimed, readings)


def comparison(found: Found, context: Context) -> Claim | None:
    """甲类数量高于乙类."""
    pair = [found.category(name) or (found.groups(name) or [""])[0] for name in "ab"]
    if isinstance(pair[0], Category) and isinstance(pair[1], str) and found.has("who"):
        # 部门单位政务动态信息高于镇办: the category is the same for both groups.
        return _compare(
            found,
            context,
            [(Scope((found.groups("who")[0],), pair[0]), Scope((pair[1],), pair[0]))],
        )
    if "" in pair or isinstance(pair[0], str) != isinstance(pair[1], str) or pair[0] == pair[1]:
        return None
    if isinstance(pair[0], str):
        scopes = [
            [Scope((str(named),), category) for named in pair]
            for category in context.categories(found, "b0")
        ]
    else:
        scopes = [
            [Scope(groups, named) for named in pair if isinstance(named, Category)]
            for groups in context.scopes(found, "who")
        ]
    return _compare(found, context, [(left, right) for left, right in scopes])


def _compare(found: Found, context: Context, pairs: Sequence[tuple[Scope, Scope]]) -> Claim:
    word, facts = found.words("word"), context.facts
    readings: list[Reading] = []
    for scope, other in pairs:
        a, b = facts.total(scope), facts.total(other)
        if word in ("高于", "多于", "大于", "超过"):
            holds = a > b
        elif word in ("低于", "少于", "小于", "不及"):
            holds = a < b
        else:
            holds = a == b
        said = f"{facts.say_scope(scope)}{a}，{facts.say_scope(other)}{b}"
        readings.append(Reading(holds, said, (said,)))
    claimed = found.encoded.words(found.start, found.end)
    return make_claim(found, context, "comparison", claimed, readings)


def unit_difference(found: Found, context: Context) -> Claim | None:
    """甲局30篇，比乙局多9篇."""
    last = context.last_claim(found.start, "unit_count")
    claimed = context.encoded.words(found.start, found.end)
    if last is None or not last.units:
        return Claim("difference", found.start, found.end, claimed, reason=NO_LEDGER)
    facts, (_, n) = context.facts, found.number("n")
    unit, other = last.units[-1], found.units("us")[0]
    sign = -1 if found.words("word")[:1] in ("少", "低") else 1
    category = last.scope.category if last.scope else None
    readings = []
    for each in dict.fromkeys([category, *context.categories(found)]):
        a, b = facts.count(unit, each) or 0, facts.count(other, each) or 0
        cells = (facts.say_cell(unit, each), facts.say_cell(other, each))
        readings.append(Reading(sign * (a - b) == n.value, f"{a - b:+d}", cells))
    return make_claim(found, context, "difference", claimed, readings)


def difference(found: Found, context: Context) -> Claim | None:
    """甲类比乙类多56篇; 前者比后者多56篇, 后者多56篇: the two counts named just before."""
    _, n = found.number("n")
    facts, sign = context.facts, -1 if found.words("word")[:1] in ("少", "低") else 1
    sign *= -1 if found.has("which") and found.words("which") == "后者" else 1
    pairs: list[tuple[Scope, Scope]] = []
    if found.has("a"):
        pair = [found.category(name) or (found.groups(name) or [""])[-1] for name in "ab"]
        if "" in pair or isinstance(pair[0], str) != isinstance(pair[1], str):
            return None
        for groups in context.scopes(found, "who"):
            for category in context.categories(found, "cat"):
                pairs.append(
                    (_scope_of(pair[0], groups, category), _scope_of(pair[1], groups, category))
                )
    else:
        last = _last_two(context, found.start)
        if last is None:
            return None
        pairs = [last.scopes]
        some, others = last.values
        if sign * (some - others) == n.value:
            said = f"{some}－{others}"
            reading = Reading(holds=True, actual=said, evidence=(said,))
            return make_claim(found, context, "difference", said, [reading])
    readings = []
    for scope, other in pairs:
        a, b = facts.total(scope), facts.total(other)
        said = f"{facts.say_scope(scope)}{a}，{facts.say_scope(other)}{b}"
        readings.append(Reading(sign * (a - b) == n.value, f"{a - b:+d}", (said,)))
    return make_claim(
        found, context, "difference", context.encoded.words(found.start, found.end), readings
    )


def same(found: Found, context: Context) -> Claim | None:
    """甲类12篇，乙类12篇，两者相等: the two counts named just before."""
    last, facts = _last_two(context, found.start), context.facts
    if last is None:
        return None
    a, b = map(facts.total, last.scopes)
    said = "，".join(f"{facts.say_scope(scope)}{facts.total(scope)}" for scope in last.scopes)
    claimed = found.encoded.words(found.start, found.end)
    return make_claim(found, context, "comparison", claimed, [Reading(a == b, said, (said,))])


class _Two(NamedTuple):
    """Two counts that stand side by side: what they are of, and what is said of them."""

    scopes: tuple[Scope, Scope]
    values: tuple[Fraction, Fraction]


def _last_two(context: Context, place: int) -> _Two | None:
    totals = [claim for claim in context.claims if claim.kind == "total" and claim.end <= place]
    match sorted(totals, key=lambda claim: claim.end)[-2:]:
        case [Claim(scope=Scope() as first), Claim(scope=Scope() as second)] as pair:
            some, others = (claim.value or Fraction(0) for claim in pair)
            return _Two((first, second), (some, others))
    return None


def _scope_of(named: Category | str, groups: tuple[str, ...], category: Category | None) -> Scope:
    return Scope(groups, named) if isinstance(named, Category) else Scope((named,), category)


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
                    Reading(is_close(n, exact), f"{float(exact):.2f}", (facts.say_scope(scope),))
                )
    return make_claim(found, context, "average", f"平均{say_number(n)}", readings)


def approximate(found: Found, context: Context) -> Claim | None:  # noqa: ARG001
    """200余篇, 约3万条: not held against an exact figure."""
    claimed = found.encoded.words(found.start, found.end)
    return Claim("approximate", found.start, found.end, claimed, reason=APPROXIMATE)
