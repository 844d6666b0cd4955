"""The sentence patterns: how circulars state numbers, one declaration each.

To add one, write a ``Pattern`` into ``PATTERNS``: its kind, its form over signs (see
``encoding``), the reader that turns a match into a claim, and a row or two in
``tests/audit/test_patterns.py``. Order counts: where two patterns match, the earlier one has the
word. ``docs/audit.md`` walks through an example.
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
        leans: Whether it leans on what was counted before it; such patterns are read from left
            to right, after all others.
    """

    kind: str
    form: str
    read: Reader
    leans: bool = False


PATTERNS: tuple[Pattern, ...] = (
    # 除甲局外，其余8个镇办均不足10篇
    Pattern(
        "each_bound",
        "除{some=COUNTED}{BESIDES}(?:{k=N}{ORG})?{who=G}?{_}{cat=C}?{_}{ALL}?{BOUND}",
        read.rest_bound,
    ),
    # 除甲局3篇外，其余5个部门各2篇
    Pattern(
        "unit_count",
        "除{some=COUNTED}{BESIDES}(?:{k=N}{ORG})?{who=G}?{cat=C}?{_}{ALL}?{DID}?{cat2=C}?{ALL}?{IS}?(?:{n=N}(?![个家]){M}?{cat3=C}?|{NOTHING})",
        read.rest_count,
    ),
    # 部门10篇以上20篇以下的有1个
    Pattern(
        "threshold_count",
        "(?:{who=G}的?{_})?{cat=C}?{_}{n=N}{M}?以上[、,(至到]?(?:不足)?{n2=N}{M}(?:以下)?\\)?的?{who2=G}?{HAVE}?{k=N}{ORG}",
        read.range_count,
    ),
    # 50篇以上的有3家：甲局72篇、乙局66篇、丙局55篇
    Pattern(
        "threshold_list",
        "(?:{cat=C}{_})?{BOUND}(?P<mid>{C}?{_}{C}?)的?{who=G}?{HAVE}(?:{k=N}{ORG}{G}?)?[:(]"
        "{us=COUNTED_RUN}",
        read.threshold_list,
    ),
    # 10篇以上的有甲局、乙局; 政务动态10篇以上的部门有3个：…
    Pattern(
        "threshold_list",
        "(?:{cat=C}{_})?{BOUND}(?P<mid>{C}?{_}{C}?)的?{who=G}?{HAVE}{COUNT_OF_LIST}?{us=US}(?:(?P<more>等)(?:{k2=N}{ORG}?)?|{k3=N}{ORG}{G}?)?",
        read.threshold_list,
    ),
    # 有2个部门达到10篇以上，分别是：甲局、乙局
    Pattern(
        "threshold_list",
        "{k=N}{ORG}{who=G}的?{_}(?:{cat=C}{_})?{BOUND}{mid=C}?[,:(](?:分别|依次)?[是为]?:?{us=US}",
        read.threshold_list,
    ),
    # 没有政务动态信息20篇以上的单位
    Pattern(
        "threshold_count",
        "没有(?:{cat=C}{_})?{BOUND}(?P<mid>{C}?)的{who=G}",
        read.nobody_at_bound,
    ),
    # 10篇以上的有4个
    Pattern(
        "threshold_count",
        "(?:{cat=C}{_})?{BOUND}(?P<mid>{C}?{_}{C}?)的?{who=G}?{HAVE}?{k=N}{ORG}{who2=G}?",
        read.threshold_count,
    ),
    # 甲局、乙局均超过10篇
    Pattern("each_bound", "{us=US}{ETC}?{_}{cat=C}?{_}{ALL}?{BOUND}", read.each_bound),
    # 4个部门政务公开达到10篇以上
    Pattern(
        "threshold_count",
        "{k=N}{ORG}{who=G}的?{_}(?:{cat=C}{_})?{BOUND}{mid=C}?",
        read.threshold_count,
    ),
    # 甲局、乙局未发布一条
    Pattern("zero_list", "{us=US}{ETC}?的?{_}{cat=C}?{_}{NOTHING}", read.zero_list),
    # 有4个镇办0篇, 16个部门政务公开信息为0
    Pattern("zero_count", "{k=N}{ORG}{who=G}?的?{_}{cat=C}?{_}{NOTHING}", read.zero_count),
    # 为0的有甲局、乙局; 未报送政务公开信息的部门有2个，分别是：…; 为0的有3个，超过半数：…
    Pattern(
        "zero_list",
        "(?:{cat=C}{_})?{NOTHING}{cat2=C}?的{who=G}?{HAVE}(?:(?:{k=N}{ORG}{G}?{OVER}?)?[,:(]*(?:分别)?[是为有]?:?)?{us=US}",
        read.zero_complete,
    ),
    # 3个部门（甲局、乙局、丙局）未报送政务公开信息
    Pattern(
        "zero_list",
        r"{k=N}{ORG}{who=G}?\({us=US}\){_}{cat=C}?{_}{NOTHING}",
        read.zero_complete,
    ),
    # 政务公开信息为0的部门有16个
    Pattern(
        "zero_count",
        "(?:{cat=C}{_})?{NOTHING}{cat2=C}?的{who=G}{HAVE}?{k=N}{ORG}?",
        read.zero_count,
    ),
    # 政策解读信息为0的有54个，超过半数，只有甲局、乙局不为0
    Pattern(
        "zero_count",
        "(?:{cat=C}{_})?{NOTHING}{cat2=C}?的{who=G}?{HAVE}{k=N}{ORG}{OVER}?"
        "(?:,(?P<only>[只仅]有){us=US}不[为是](?:{not0=N}|零))?",
        read.zero_count,
    ),
    # 政策解读信息全部为0; 政务公开信息、政务动态信息均不为0
    Pattern(
        "zero_all",
        "(?:^|(?<=[,;。:的\ue000])){cats=CS}{all=ALL}?(?P<not>不)?[为是](?:{n=N}{m=M}?|零)(?![个家的])",
        read.zero_all,
    ),
    # 零报送的单位从5家减少到3家
    Pattern(
        "zero_change",
        "[由从]{D}?{_}{a=N}{ORG}{G}?(?:减少|增加|下降|上升|降|增)[到至为]{D}?{_}{b=N}{ORG}",
        read.zero_change,
    ),
    # 报送最多的三家单位是甲局、乙局、丙局，分别为36条、18条、15条
    Pattern(
        "rank",
        "{who0=G}?的?{cat=C}?{_}{most=MOST}的?前?(?:{k=N}{ORG})?{who=G}?{IN_TURN}?[是为有]:?{us=US}"
        "(?:,?{IN_TURN}?[为有达]?{ns=NUMBERS})?",
        read.superlative,
    ),
    # 甲局、乙局、丙局位居前三
    Pattern(
        "rank",
        "{items=ITEMS}{_}{cat=C}?{_}{IN_TURN}?{STANDS}{_}前{k=N}[名位]?(?:,{IN_TURN}?[为有达]?{ns=NUMBERS})?",
        read.rank_list,
    ),
    # 甲局、乙局分别为3篇、2篇
    Pattern(
        "unit_count",
        "{us=UNITS}{ETC}?{_}{cat=C}?{_},?分别{DID}?{cat2=C}?{ns=NUMBERS}{cat3=C}?",
        read.respective_counts,
    ),
    # 甲局、乙局等部门报送较多，分别为3篇、2篇
    Pattern(
        "unit_count",
        "{us=UNITS}(?:等{G}?)?[^。;:\ue000\ue001\ue003]{0,24}?分别{DID}?{ns=NUMBERS}",
        read.respective_counts,
    ),
    # 甲局、乙局政务动态信息3篇、2篇
    Pattern("unit_count", "{us=UNITS}{_}{cat=C}{_}{DID}?{ns=NUMBERS}", read.respective_counts),
    # 镇办、部门单位分别为64篇、139篇
    Pattern(
        "total",
        "{what=NAMES}(?:{N}[类项种])?{_}{cat=C}?{_}分别{DID}?{ns=NUMBERS}",
        read.respective_totals,
    ),
    # 甲局、乙局各11篇
    Pattern(
        "unit_count",
        "{us=US}{ETC}?{_}{cat=C}?{_}{ALL}{DID}?{cat2=C}?{IS}?{n=N}{M}{cat3=C}?",
        read.each_count,
    ),
    # 9个镇办政务公开信息均在5篇以上
    Pattern(
        "each_bound",
        "(?:{k=N}{ORG})?{who=G}的?{_}{cat=C}?{_}{ALL}{BOUND}",
        read.group_bound,
    ),
    # 9个镇办中，…；政务公开信息均在5篇以上; 甲镇…；政务动态信息不足20篇
    Pattern("each_bound", "(?<=[,;]){cat=C}{_}{all=ALL}?{BOUND}(?!的)", read.head_bound),
    # 9个镇办政务公开信息均为2篇
    Pattern(
        "unit_count",
        "(?:{k=N}{ORG})?{who=G}的?{_}{cat=C}?{_}{ALL}{DID}?{cat2=C}?{IS}?{n=N}{M}(?!以|左|余)",
        read.group_count,
    ),
    # 3篇的有甲局、乙局
    Pattern(
        "unit_count",
        "{cat=C}?{n=N}{M}{mid=C}?的{who=G}?{HAVE}{COUNT_OF_LIST}?{us=US}",
        read.exact_list,
    ),
    # 排在后三位的是甲局、乙局、丙局
    Pattern(
        "rank",
        "(?:排名|排在|位居|位列|居)(?P<most>后){k=N}[名位]的?{who=G}?{IN_TURN}?[是为有]?:?{us=ITEMS}",
        read.superlative,
    ),
    # 政务动态信息有30个单位并列最多，各3篇; 镇办有5个单位并列第一，各3篇
    Pattern(
        "extremum",
        "(?:{who=G}|{cat=C})?有{k=N}{ORG}{G}?并列(?:{most=MOST}|{o=O}),各{n=N}{M}",
        read.tied_extremum,
    ),
    # 最多的达50篇，最少的为0篇
    Pattern("extremum", "{most=MOST}的?(?:单位|一家)?[是为仅只有达]{0,2}{n=N}{M}", read.extremum),
    # 两家单位（甲局、乙局）
    Pattern(
        "list_size", r"{k=N}{ORG}{G}?\({us=US}(?P<etc>等)?\)(?!{_}{C}?{_}{NOTHING})", read.list_size
    ),
    # 前三名单位共采用150条
    Pattern(
        "total",
        "前{k=N}[个家名位]的?{who=G}?{_}{cat=C}?{_}(?:共|合计|累计|总共){DID}?{C}?{n=N}{M}",
        read.top_sum,
    ),
    # 前3名：甲局（21篇）、…
    Pattern(
        "rank",
        "(?:排名|位居|居|位列|列)?前{k=N}[名位]?的?{who=G}?{IN_TURN}?[是为有]?:?{items=ITEMS}",
        read.rank_list,
    ),
    # 甲局以13篇位居第五, 甲局、乙局以13篇并列第五
    Pattern(
        "rank",
        "{us=US}以{n=N}{M}{cat0=C}?,?(?P<tie>并列)?{STANDS}?{_}{who=G}?{cat=C}?{_}(?P<tie2>并列)?{o=O}",
        read.rank,
    ),
    # 乙局、丙局分列第二、第三
    Pattern(
        "rank",
        "{us=UNITS}{_}{cat=C}?{_}(?:分列|分居|分别列|分别位[居列]|依次列|依次位居){_}{who=G}?{_}{os=RANKS}",
        read.respective_ranks,
    ),
    # 排名第一的是甲局
    Pattern(
        "rank",
        "{who=G}?的?{cat=C}?{_}{STANDS}?{o=O}的{G}?[是为有]:?{us=U}",
        read.rank,
    ),
    # 甲局位居第一, 乙局、丙局并列第三
    Pattern(
        "rank",
        r"{us=US}{_}{cat0=C}?{_}(?:\(?{n=N}{M}\)?)?,?{_}{cat=C}?{_}(?P<tie>并列)?{STANDS}?{_}{who=G}?{_}(?P<tie2>并列)?{o=O}",
        read.rank,
    ),
    # 甲类比乙类多56篇
    Pattern(
        "difference",
        "{who=G}?的?(?P<a>{C}|{G}){cat=C}?{_}比(?P<b>{C}|{G}){C}?{_}{word=MORE}{n=N}{M}",
        read.difference,
    ),
    # 甲类数量高于乙类
    Pattern(
        "comparison",
        "{who=G}?的?(?P<a>{C}|{G})的?{b0=C}?{_}(?P<word>高于|多于|大于|超过|低于|少于|小于|不及|等于|持平于)(?P<b>{C}|{G})",
        read.comparison,
    ),
    # 主要存在以下五个方面问题
    Pattern(
        "announced_list",
        "{k=N}[个大类种项点条]?(?:方面|点|类|种)?的?(?:突出|主要|重点)?的?"
        "(?:问题|特点|不足|短板|情况|要求|建议|意见|措施|方面)",
        read.announced_list,
    ),
    # 合格79条、不合格7条，合格率为91.9%
    Pattern(
        "rate",
        "(?P<what>采用|采纳|采发|录用|合格|达标|覆盖|完成|按时|及时|报送|参与)率{_}{p=P}",
        read.rate,
    ),
    # 平均每个部门3.5篇
    Pattern(
        "average",
        "(?:平均每?{ORG}?{who=G}?|每{ORG}{who2=G}平均){_}{cat=C}?{DID}?[约近]?{n=N}{M}",
        read.average,
    ),
    # 甲局、乙局均为40条，并列第四
    Pattern("rank", "(?P<tie>并列){o=O}", read.later_rank, leans=True),
    # …，分列第四、第五
    Pattern(
        "rank", "(?:分列|分居|分别位[居列]){_}{os=RANKS}[名位]?", read.listed_ranks, leans=True
    ),
    # …，分别占总数的72.4%、22.2%
    Pattern(
        "share",
        "分别占(?P<of>{_}{G}?的?{_}{C}?{_})(?P<ps>{P}(?:[、,和]{P})+)",
        read.listed_shares,
        leans=True,
    ),
    # …，分别为83篇、34篇
    Pattern("unit_count", "分别{DID}?{ns=NUMBERS}", read.respective_again, leans=True),
    # 甲类407篇，乙类398篇，前者比后者多9篇; …，前者多9篇
    Pattern(
        "difference",
        "(?P<a>)(?P<b>)(?P<which>前者|后者)(?:比[前后]者)?{_}{word=MORE}{n=N}{M}",
        read.difference,
        leans=True,
    ),
    # 甲类407篇，乙类407篇，两者相等
    Pattern("comparison", "[两二]者(?:数量)?(?P<word>相等|相同|持平)", read.same, leans=True),
    # 上年同期为34篇, 较去年同期的34篇
    Pattern(
        "earlier_count",
        "(?P<base>[比较与]?{EARLIER})(?:的|为|是|共|仅|只有|达|有|共有)?{DID}?{n=N}{M}",
        read.earlier_count,
        leans=True,
    ),
    # 其中上半年25篇、下半年14篇
    Pattern(
        "half_count",
        "上半年{_}{a=N}{M}[、,和;]?下半年{_}{b=N}{M}",
        read.both_halves,
        leans=True,
    ),
    Pattern("half_count", "(?P<half>[上下]半年){_}{n=N}{M}", read.half_count, leans=True),
    # 与上个半年（2021年下半年，252篇）相比，采用总量增加77篇，环比增长30.6%
    Pattern(
        "change",
        r"与{_}\({when=D},{b=N}{M}\)相比,{_}(?:持平|{word=TREND}{n=N}{M}(?:{NO_GROWTH}|,(?:同比|环比){word2=TREND}{p=P})?)",
        read.against_named,
        leans=True,
    ),
    # 政策解读持平（均为7篇）
    Pattern("change", r"(?:持平\()?均为{n=N}{M}", read.unchanged, leans=True),
    # 由去年同期的60篇增加到78篇
    Pattern(
        "change",
        "[由从](?:{EARLIER}|{D})?的?{a=N}{M}(?:增加|增长|上升|提高|下降|减少|降低|降|增|减)[到至为]{b=N}{M}(?:{NO_GROWTH}|,{word=TREND}{x=P})?",
        read.from_to,
        leans=True,
    ),
    # 仅为上年同期的一半
    Pattern(
        "change",
        "(?P<base>{EARLIER})的{x=P}(?P<about>左右|以上|多)?",
        read.part_of_earlier,
        leans=True,
    ),
    # 同比翻一番
    Pattern(
        "change",
        "(?P<base>同比|环比|较{_}|比{_})?{x=P}(?P<about>)(?P<word>)",
        read.doubled,
        leans=True,
    ),
    # 比乙局多8篇
    Pattern("difference", "比{us=U}{C}?{_}{word=MORE}{n=N}{M}", read.unit_difference, leans=True),
    # 同比分别增加10篇、10篇
    Pattern(
        "change",
        "(?:同比|环比|较{_}|比{_})?{_}分别{TREND}(?:{P}|{T}|{N}{M})(?:[、,和]{TREND}?(?:{P}|{T}|{N}{M}))+",
        read.several_changes,
        leans=True,
    ),
    # 同比增长12%, 比去年同期减少5篇, 较上年提高3个百分点
    Pattern(
        "change",
        "(?P<base>同比|环比|较{_}|比{_}|与{_}相比,?){D}?{_}{word=TREND}(?P<about>约|近|超)?(?P<x>{P}|{T}|{N}{M})",
        read.change,
        leans=True,
    ),
    # …，下降10%
    Pattern(
        "change",
        "(?P<base>){word=TREND}(?P<about>约|近|超)?(?P<x>{P}|{T}|{N}{M})",
        read.later_change,
        leans=True,
    ),
    # 甲类、乙类、丙类分别占31.0%、2.8%、66.3%
    Pattern(
        "share",
        "{what=NAMES}{_}分别占(?P<of>{_}{G}?的?{_}{C}?{_})(?P<ps>{P}(?:[、,和]{P})+)",
        read.respective_shares,
        leans=True,
    ),
    # 占镇办政务公开信息总量的13.0%
    Pattern(
        "share",
        "占(?P<of>{_}{G}?的?{_}{C}?{_})(?:为|达|达到)?(?P<about>近|约|超过?|不到)?{p=P}(?P<tail>以上|多|左右)?",
        read.share,
        leans=True,
    ),
    # 比去年同期增加6家
    Pattern(
        "unit_change",
        "(?P<base>同比|环比|较{_}|比{_}|与{_}相比,?){_}{word=TREND}{n=N}{ORG}",
        read.unit_change,
        leans=True,
    ),
    # 甲局、乙局两家单位
    Pattern("list_size", "{us=US}(?P<etc>等)?{k=N}{ORG}{G}?", read.list_size, leans=True),
    # 40个部门政务公开信息不为0
    Pattern(
        "active_number",
        "{k=N}{ORG}{who=G}?的?{_}{cat=C}?{_}不[为是](?:{N}|零)",
        read.active_number,
        leans=True,
    ),
    # 有21个部门报送了政务公开信息; 26个单位有政务公开信息采用; 报送了政务公开信息的部门有21个
    Pattern(
        "active_number",
        "{k=N}{ORG}{who=G}?的?{_}{SENT}{cat=C}?(?:信息|稿件)?(?=[,;。、:)的]|$)",
        read.active_number,
        leans=True,
    ),
    Pattern(
        "active_number",
        "{k=N}{ORG}{who=G}?有(?:{cat=C}|信息|稿件)(?:信息|稿件)?被?{SENT}",
        read.active_number,
        leans=True,
    ),
    Pattern(
        "active_number",
        "{SENT}{cat=C}?(?:信息|稿件)?的{who=G}?(?:{HAVE}|达到?){k=N}{ORG}{who2=G}?",
        read.active_number,
        leans=True,
    ),
    # 56个部门单位
    Pattern("unit_number", "{k=N}{ORG}{who=G}", read.unit_number, leans=True),
    Pattern("unit_number", "{who=G}(?:共|有|共有|数量为?)?{k=N}{ORG}", read.unit_part, leans=True),
    # 200余篇, 约3万条
    Pattern(
        "approximate",
        "(?:约|近|将近|大约|接近|超|逾|超过|突破){N}{M}|{N}[余多来]{M}|{N}{M}(?:左右|上下|以上)",
        read.approximate,
        leans=True,
    ),
    # Totals, partitions and single counts: whatever count is left.
    Pattern("count", "{n=N}{M}(?:的?{after=C})?", read.count, leans=True),
)
