"""The sentence patterns: how circulars state numbers, one declaration each.

To add one, write a ``Pattern`` into ``PATTERNS``: its kind, its form over signs (see
``encoding``), the reader that turns a match into a claim, and examples that the tests hold
against the county of ``tests/audit/counties.py``. Order counts: where two patterns match, the
earlier one has the word. ``docs/audit.md`` walks through an example.
"""

from collections.abc import Callable
from dataclasses import dataclass

from zhashui_stats.audit import readings as read
from zhashui_stats.audit.claims import Claim, Context
from zhashui_stats.audit.encoding import Found

__all__ = ["PATTERNS", "Pattern"]

Reader = Callable[[Found, Context], Claim | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to state a number.

    Attributes:
        kind: Id of the findings it gives.
        form: Its form over signs.
        read: Turns a match into a claim; None where it is no such claim after all.
    """

    kind: str
    form: str
    read: Reader


# Parts that several patterns share.
_HAVE = "(?:分别|共|共计|一共)?(?:只有|仅有|共有|有|是|为|只|仅|包括)"
_ORG = "(?:个|家)"
_WHO = "(?P<who>{G})?"
_DID = "(?:报送|投稿|发布|刊发|编发|完成|上报|采用|被采用|采纳|录用|刊登|公开|有|为|是|达|达到)?(?:了)?"
_BOUND = (
    "(?P<word>不足|低于|少于|不到|未达到?|小于|不满|超过|高于|多于|大于|突破|达到|不少于|不低于|在)?(?:了)?"
    r"(?P<n>{N}){M}?(?:\(含(?:本数|{N}{M}?)?\))?(?P<tail>及以上|及以下|以上|以下|以内)?(?:\(含(?:本数|{N}{M}?)?\))?"
)
_NOTHING = (
    "(?:(?:均|都|全部|仍|也)?(?:为|是|报送数?为?)?(?P<z>{N}){M}"
    "|(?:均|都|全部|仍|也)?(?:为|是)(?P<z2>{N})"
    "|(?:均|都|全部|仍|也)?(?:为零|是零|零报送|零投稿|零发布|零采用|零信息|挂零|空白)"
    "|(?:均|都|全部|仍|也|尚)?(?:未|没有|没)(?:被)?(?:报送|投稿|上报|发布|刊发|编发|公开|提供|完成|采用|录用)?"
    "(?:过|任何|一{M}|(?P<z3>{N}){M}|{C}|信息|稿件)*)"
)
_ETC = "(?:等(?P<k>{N})(?:个|家)?(?:{G})?)?"

PATTERNS: tuple[Pattern, ...] = (
    # 4. Thresholds with complete lists: 10篇以上的有甲局、乙局
    Pattern(
        "threshold_list",
        "(?:(?P<cat>{C}){_})?"
        + _BOUND
        + "(?P<mid>(?:{C})?{_}(?:{C})?)的?"
        + _WHO
        + _HAVE
        + "(?:(?P<k>{N})"
        + _ORG
        + "(?:{G})?)?[:,(]?(?:分别)?(?:是|为)?[:]?(?P<us>{US})(?:等(?P<k2>{N})"
        + _ORG
        + "?)?",
        read.threshold_list,
    ),
    # … and the count alone: 10篇以上的有4个
    Pattern(
        "threshold_count",
        "(?:(?P<cat>{C}){_})?"
        + _BOUND
        + "(?P<mid>(?:{C})?{_}(?:{C})?)的?"
        + _WHO
        + "(?:"
        + _HAVE
        + ")?(?P<k>{N})"
        + _ORG
        + "(?P<who2>{G})?",
        read.threshold_count,
    ),
    Pattern(
        "threshold_count",
        "(?P<k>{N})"
        + _ORG
        + "(?P<who>{G})(?:的)?(?:(?P<cat>{C}){_})?{_}"
        + _BOUND
        + "(?P<mid>{C})?",
        read.threshold_count,
    ),
    # 3. Zeros: 有4个镇办0篇, 16个部门政务公开信息为0
    Pattern(
        "zero_count",
        "(?P<k>{N})" + _ORG + "(?P<who>{G})?(?:的)?{_}(?P<cat>{C})?{_}" + _NOTHING,
        read.zero_count,
    ),
    Pattern(
        "zero_list",
        "(?P<us>{US})" + _ETC + "(?:的)?{_}(?P<cat>{C})?{_}" + _NOTHING,
        read.zero_list,
    ),
    Pattern(
        "zero_list",
        _NOTHING
        + "(?P<cat>{C})?的"
        + _WHO
        + _HAVE
        + "(?:(?P<k>{N})"
        + _ORG
        + "(?:{G})?[:,(]?)?(?P<us>{US})",
        read.zero_complete,
    ),
    Pattern(
        "zero_change",
        "(?:由|从)(?:{D})?的?(?P<a>{N})"
        + _ORG
        + "(?:{G})?(?:减少|增加|下降|上升|降|增)(?:到|至|为)"
        "(?:{D})?的?(?P<b>{N})" + _ORG,
        read.zero_change,
    ),
    # 2. Per unit: 除甲局3篇外，其余5个部门各2篇; 甲局、乙局各11篇; 甲局、乙局分别为3篇、2篇
    Pattern(
        "rest_count",
        "除(?P<some>{U}{N}{M}(?:(?:、|,|和){U}{N}{M})*|{US})(?:以|之)?外,?(?:其余|其他|其它|剩余)"
        "(?:(?P<k>{N})"
        + _ORG
        + ")?"
        + _WHO
        + "(?:(?P<cat>{C}))?{_}(?:均|各|都|全部)?"
        + _DID
        + "(?P<n>{N}){M}",
        read.rest_count,
    ),
    Pattern(
        "respective_counts",
        "(?P<us>{U}(?:(?:、|,|和|及|与){U})+)"
        + _ETC
        + "{_}(?P<cat>{C})?{_}分别"
        + _DID
        + "(?P<cat2>{C})?"
        "(?P<ns>{N}{M}?(?:(?:、|,|和|及){N}{M}?)+)",
        read.respective_counts,
    ),
    Pattern(
        "respective_totals",
        "(?P<what>(?:{G}|{C})(?:(?:、|,|和|及|与)(?:{G}|{C}))+){_}(?P<cat>{C})?{_}分别"
        + _DID
        + "(?P<ns>{N}{M}?(?:(?:、|,|和|及){N}{M}?)+)",
        read.respective_totals,
    ),
    Pattern(
        "each_bound",
        "(?P<us>{US})" + _ETC + "{_}(?P<cat>{C})?{_}(?:均|都|各)?" + _BOUND,
        read.each_bound,
    ),
    Pattern(
        "each_count",
        "(?P<us>{US})"
        + _ETC
        + "{_}(?P<cat>{C})?{_}(?:各|均|都)"
        + _DID
        + "(?P<cat2>{C})?(?P<n>{N}){M}",
        read.each_count,
    ),
    Pattern(
        "exact_list",
        "(?P<cat>{C})?(?P<n>{N}){M}(?:(?P<mid>{C}))?的"
        + _WHO
        + _HAVE
        + "(?:(?P<k>{N})"
        + _ORG
        + "(?:{G})?[:,(]?)?(?P<us>{US})",
        read.exact_list,
    ),
    Pattern(
        "rank",
        "(?P<who0>{G})?(?:的)?(?P<cat>{C})?{_}(?:较|最|排名)?(?P<most>最多|最少|最高|最低)的(?:前)?(?:(?P<k>{N})"
        + _ORG
        + ")?"
        + _WHO
        + "(?:分别|依次)?(?:是|为|有):?(?P<us>{US})(?:,?(?:分别|依次)?(?:为|有|达)(?P<ns>{N}{M}(?:(?:、|,|和){N}{M})*))?",
        read.superlative,
    ),
    Pattern(
        "top_sum",
        "前(?P<k>{N})(?:个|家|名|位)的?"
        + _WHO
        + "{_}(?P<cat>{C})?{_}(?:共|合计|累计|总共)"
        + _DID
        + "(?:{C})?(?P<n>{N}){M}",
        read.top_sum,
    ),
    # 8. Ranks: 前3名：甲局（21篇）…; 甲局位居第一
    Pattern(
        "rank_list",
        "(?:排名|位居|居|位列|列)?前(?P<k>{N})(?:名|位)?的?"
        + _WHO
        + "(?:分别|依次)?(?:是|为|有)?:?"
        r"(?P<items>{U}(?:\(?{N}{M}\)?)?(?:(?:、|,|;|和){U}(?:\(?{N}{M}\)?)?)*)",
        read.rank_list,
    ),
    Pattern(
        "rank_list",
        r"(?P<items>{U}(?:\(?{N}{M}\)?)?(?:(?:、|,|;|和){U}(?:\(?{N}{M}\)?)?)+)(?P<cat>{C})?{_}"
        "(?:分别|依次)?(?:位居|位列|居|列|排名|排在|名列|进入){_}前(?P<k>{N})(?:名|位)?",
        read.rank_list,
    ),
    Pattern(
        "rank",
        "(?P<us>{US})以(?P<n>{N}){M},?(?P<tie>并列)?(?:位居|位列|居|列|排名?|排在|名列)?{_}"
        + _WHO
        + "(?P<cat>{C})?{_}(?P<tie2>并列)?(?P<o>{O})",
        read.counted_rank,
    ),
    Pattern(
        "rank",
        "(?P<us>{U}(?:(?:、|,|和|及|与){U})+)(?:分列|分别位居|分别列|分居|分别位列|依次列|依次位居){_}"
        "(?P<os>{O}(?:(?:、|,|和|及){O})+)",
        read.respective_ranks,
    ),
    Pattern(
        "rank",
        r"(?P<us>{US})(?:\(?{N}{M}\)?)?,?{_}(?P<cat>{C})?{_}(?P<tie>并列)?(?:位居|位列|居|列|排名?|排在|名列)?{_}"
        + _WHO
        + "{_}(?P<tie2>并列)?(?P<o>{O})",
        read.rank,
    ),
    Pattern(
        "difference",
        "(?P<who>{G})?的?(?P<a>{C}|{G})(?P<cat>{C})?{_}比(?P<b>{C}|{G})(?:{C})?{_}(?P<word>多|少|高|低)(?:出|了)?(?P<n>{N}){M}",
        read.difference,
    ),
    # 10. Comparison: 甲类数量高于乙类
    Pattern(
        "comparison",
        "(?P<a>{C}|{G})(?:的)?(?P<b0>{C})?(?:数量|总数|总量|总篇数|篇数|数)?(?:要|明显|远远?|大幅|略|均|仍|已|都)*"
        "(?P<word>高于|多于|大于|超过|低于|少于|小于|不及|等于|持平于)(?P<b>{C}|{G})",
        read.comparison,
    ),
    # 11. Lists that announce their length
    Pattern(
        "announced_list",
        "(?P<k>{N})(?:个|大|类|种|项|点)?(?:方面|点|类|种)?的?(?:突出|主要|重点)?的?(?:问题|特点|不足|短板|情况|要求|"
        "建议|意见|措施|方面)",
        read.announced_list,
    ),
    # 6. Shares and rates
    Pattern(
        "rate",
        "(?P<what>采用|采纳|采发|录用|合格|达标|覆盖|完成|按时|及时|报送|参与)率{_}(?P<p>{P})",
        read.rate,
    ),
    Pattern(
        "average",
        "(?:平均每?"
        + _ORG
        + "?(?P<who>{G})?|每"
        + _ORG
        + "(?P<who2>{G})平均){_}(?P<cat>{C})?"
        + _DID
        + "(?:约|近)?(?P<n>{N}){M}",
        read.average,
    ),
    Pattern(
        "difference",
        "(?P<a>)(?P<b>)前者比后者{_}(?P<word>多|少|高|低)(?:出|了)?(?P<n>{N}){M}",
        read.difference,
    ),
    Pattern(
        "earlier_count",
        "(?P<base>(?:比|较|与)?(?:上年度?|去年|上期|上个半年|上个?季度|上个?月|前期)(?:的?同期)?)"
        "(?:的|为|是|共|仅|只有|达|有|共有)?(?:报送|发布|刊发|采用|编发|上报|投稿)?(?P<n>{N}){M}",
        read.earlier_count,
    ),
    Pattern("half_count", "(?P<half>[上下]半年){_}(?P<n>{N}){M}", read.half_count),
    # 7. Changes; before shares, as 占比提高3个百分点 is one
    Pattern(
        "change",
        "(?P<base>同比|环比|较{_}|比{_}|与{_}相比,?)(?:{D})?(?P<then>(?:上年|去年|上期|上半年|同期|上个?月|上季度)*)?"
        "{_}(?P<word>增长|增加|上升|提高|提升|多|上涨|下降|减少|降低|回落|下滑|少)(?:了|到)?(?P<about>约|近|超)?"
        "(?P<x>{P}|{T}|{N}{M})",
        read.change,
    ),
    Pattern(
        "change",
        "(?P<base>同比|环比|较{_}|比{_})?(?P<word>)(?P<about>)(?P<x>{P})(?<=翻\ue004)",
        read.change,
    ),
    Pattern(
        "share",
        "占(?P<of>{_}(?:{G})?的?{_}(?:{C})?{_})(?:为|达|达到)?"
        "(?P<about>近|约|超过?|不到)?(?P<p>{P})(?P<tail>以上|多|左右)?",
        read.share,
    ),
    Pattern(
        "change",
        "(?P<base>)(?P<word>增长|增加|上升|提高|提升|上涨|下降|减少|降低|回落|下滑)(?:了)?(?P<about>约|近|超)?(?P<x>{P}|{T}|{N}{M})",
        read.later_change,
    ),
    # 5. Counts of units
    Pattern("list_size", "(?P<us>{US})(?P<etc>等)?(?P<k>{N})" + _ORG + "(?:{G})?", read.list_size),
    Pattern(
        "active_number",
        "(?P<k>{N})"
        + _ORG
        + "(?P<who>{G})?(?:的)?{_}(?<![未没不无零])(?:报送|投稿|发布|刊发|编发|上报|采用|公开|参与)(?:了|过|有)?(?P<cat>{C})?(?:信息|稿件)?(?=[,;。、:)]|$|的)",
        read.active_number,
    ),
    Pattern(
        "active_number",
        "(?P<k>{N})"
        + _ORG
        + "(?P<who>{G})?有(?P<cat>{C})(?:信息|稿件)?(?:被)?(?:报送|投稿|发布|刊发|编发|上报|采用|公开)",
        read.active_number,
    ),
    Pattern(
        "active_number",
        "(?<![未没不无零])(?:报送|投稿|发布|刊发|编发|上报|采用|公开)(?:了|过)?(?P<cat>{C})?(?:信息|稿件)?的(?P<who>{G})"
        + _HAVE
        + "(?P<k>{N})"
        + _ORG,
        read.active_number,
    ),
    Pattern(
        "unit_number",
        "(?P<k>{N})" + _ORG + "(?P<who>{G})",
        read.unit_number,
    ),
    Pattern(
        "unit_number",
        "(?P<who>{G})(?:共|有|共有|数量为?)?(?P<k>{N})" + _ORG,
        read.unit_number,
    ),
    # 9. Approximate numbers
    Pattern(
        "approximate",
        "(?:约|近|将近|大约|接近|超|逾|超过|突破)(?P<n>{N}){M}|(?P<n2>{N})(?:余|多|来){M}|(?P<n3>{N}){M}(?:左右|上下|以上)",
        read.approximate,
    ),
    # 1. Totals, partitions and single counts: whatever count is left
    Pattern("count", "(?P<n>{N}){M}", read.count),
)
