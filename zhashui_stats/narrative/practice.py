"""二（二）（三）（五）: what a ledger shows of how the work is done; else the analyst's remarks."""

from collections.abc import Callable, Mapping

from zhashui_stats.assessment import ByUnit, Evidence, ReviewChain, Rush, Unplaced
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.enumerations import say_names
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.lists import (
    Sending,
    find_rush,
    flawed_articles,
    has_room,
    is_dated,
    sort_by_sending,
)
from zhashui_stats.narrative.numbers import say_percent
from zhashui_stats.narrative.prose import prose
from zhashui_stats.narrative.remarks import say_remark, with_remark
from zhashui_stats.narrative.wording import name_everyone, say_all_of, say_concerned, top_ties

__all__ = [
    "has_evidence",
    "name_sending",
    "quote_reason",
    "say_chain",
    "say_flaws",
    "say_regularity",
    "say_rejections",
    "say_unplaced",
]

_BASES: Mapping[str, Callable[[Evidence], object]] = {
    "二（二）": lambda evidence: evidence.chains,
    "二（三）": lambda evidence: evidence.regularity,
    "二（五）": lambda evidence: evidence.all_reasons,
}
_LONGEST = 24  # characters of a rejection reason within a sentence


def has_evidence(now: Submissions, section: str) -> bool:
    """Tell whether a section rests on the period's ledger."""
    basis = _BASES.get(section)
    return basis is not None and basis(Evidence(now.ledger)) is not None


@prose
def say_chain(now: Submissions) -> str:
    """二（二）: what is wrong with the review chains (三审三校) of what was adopted."""
    chains = Evidence(now.ledger).chains
    if chains is None:
        return say_remark(now, "二（二）", "审核校对")
    return with_remark(_chain(now, chains), now, "二（二）")


def _chain(now: Submissions, chains: ByUnit[ReviewChain]) -> str:
    measure, total = escape(now.county.measure), chains.total
    if not total.articles:
        return "本期没有被采用的稿件，无从核对“三审三校”。"
    of_all = f"从台账登记看，被采用的{total.articles}{measure}"
    flawed = total.articles - total.sound
    if not flawed:
        return f"{of_all}“三审三校”没有发现问题。"
    some = "" if flawed == total.articles else f"中，有{flawed}{measure}"
    every = "均" if flawed == total.articles > 1 else ""
    concerned = say_concerned(flawed_articles(chains), now.county.measure)
    return f"{of_all}{some}“三审三校”{every}不合要求：{say_flaws(total, measure)}。{concerned}。"


def say_flaws(total: ReviewChain, measure: str) -> str:
    """Say how many articles have which flaw; only the last two can go together."""
    kinds = {
        "签署或日期不全": total.articles - total.complete,
        "签署日期先后颠倒": total.complete - total.in_order,
        "同一人重复签署": total.complete - total.by_different,
    }
    said = "、".join(f"{kind}的{number}{measure}" for kind, number in kinds.items() if number)
    twice = sum(kinds.values()) - (total.articles - total.sound)
    return f"{said}（其中{twice}{measure}既颠倒又重复）" if twice else said


@prose
def say_regularity(now: Submissions) -> str:
    """二（三）: months without a submission, and the rush before the deadline (突击、补欠账)."""
    sent = Evidence(now.ledger).regularity
    if sent is None:
        return say_remark(now, "二（三）", "公开制度执行")
    undated = f"{sent.undated}{escape(now.county.measure)}没有登记投稿日期"
    # Without a date nobody can be told to have sent in nothing, or to have rushed.
    if not is_dated(sent):
        said = f"台账中本期稿件{undated}，无从统计各月投稿。"
        return with_remark(said, now, "二（三）")
    said = _idle(now, sort_by_sending(sent))
    said += f"另有{undated}，未计入。" if sent.undated else ""
    found = find_rush(now, sent)
    return with_remark(f"{said}\n\n{_rush(now, found)}" if found else said, now, "二（三）")


def name_sending(now: Submissions, kinds: Mapping[Sending, tuple[str, ...]]) -> dict[Sending, str]:
    """Name the ways in which units sent in, after the length of the period."""
    months, size = now.period.months, len(now.units)
    is_all = months == 1 or len(kinds[Sending.NEVER]) == size
    return {
        Sending.ALWAYS: "有投稿" if months == 1 else "月月有投稿",
        Sending.PARTLY: "有部分月份没有投稿",
        Sending.UNCLEAR: "投稿日期不详或不在本期",
        Sending.NEVER: "没有投稿" if is_all else "整期没有投稿",
    }


def say_unplaced(found: Unplaced, measure: str) -> str:
    """Say how many articles no month can be told for; empty where there are none.

    >>> say_unplaced(Unplaced(undated=5, outside=1), "篇")
    '5篇没有登记投稿日期、1篇的投稿日期不在本期'
    """
    undated = f"{found.undated}{measure}没有登记投稿日期" if found.undated else ""
    outside = f"{found.outside}{measure}的投稿日期不在本期" if found.outside else ""
    return "、".join(filter(None, (undated, outside)))


def _idle(now: Submissions, kinds: Mapping[Sending, tuple[str, ...]]) -> str:
    months, size, never = now.period.months, len(now.units), kinds[Sending.NEVER]
    words = name_sending(now, kinds)
    told = {words[kind]: len(names) for kind, names in kinds.items() if names}
    head = f"从{'本月' if months == 1 else f'本期{months}个月'}的投稿日期看，"
    if len(told) == 1:
        return f"{head}{name_everyone(now)}{say_all_of(now)}{next(iter(told))}。"
    split = "，".join(f"{kind}的有{number}个" for kind, number in told.items())
    listed = f"：{say_names(never)}" if never and has_room(never) else ""
    return f"{head}{size}个单位中，{split}{listed}。"


def _rush(now: Submissions, found: Rush) -> str:
    start, end, judged = found.window_start, now.period.end, found.judged
    measure, window = escape(now.county.measure), (end - start).days + 1
    few = f"投稿不足{now.county.ledger.rush_least}{measure}或期中增减的单位不作判断"
    if not judged:
        return f"期末集中投稿情况：{few}，本期没有可判断的单位。"
    text = (
        f"期末{window}天（{start.month}月{start.day}日至{end.month}月{end.day}日）"
        f"占全期天数的{say_percent(found.even_share)}。可判断的{len(judged)}个单位中，"
    )
    if not found.named:
        return f"{text}没有期末集中投稿明显偏多的（{few}）。"
    named = "、".join(
        f"{escape(name)}（投稿{judged[name].articles}{measure}中{judged[name].in_window}{measure}，"
        f"占{say_percent(judged[name].share or 0)}）"
        for name in found.named
    )
    return f"{text}期末集中投稿明显偏多的有{len(found.named)}个：{named}（{few}）。"


@prose
def say_rejections(now: Submissions) -> str:
    """二（五）: why articles were rejected (退稿原因)."""
    reasons = Evidence(now.ledger).all_reasons
    if reasons is None:
        return say_remark(now, "二（五）", "稿件质量")
    return with_remark(_rejections(now, reasons), now, "二（五）")


def _rejections(now: Submissions, reasons: Mapping[str | None, int]) -> str:
    measure, total = escape(now.county.measure), sum(reasons.values())
    if not total:
        return "台账中本期没有退稿。"
    given = {reason: number for reason, number in reasons.items() if reason is not None}
    silent, text = reasons.get(None, 0), f"本期退稿{total}{measure}"
    if not given:
        return f"{text}，{'均' if total > 1 else ''}没有写明原因。"
    if silent:
        text += f"，其中{silent}{measure}没有写明原因；写明的{total - silent}{measure}"
    return f"{text}，{_reasons(given, measure)}。"


def _reasons(given: Mapping[str, int], measure: str) -> str:
    """Say the reasons, all of few or the first of many; the table below has them in full."""
    if len(given) == 1:
        [(reason, number)] = given.items()
        return f"原因{'均为' if number > 1 else '是'}{quote_reason(reason)}"
    first = [(reason, number) for number, tied in top_ties(given) for reason in tied]
    if not first:
        return f"原因有{len(given)}种，见下表"
    listed = "，".join(f"{quote_reason(reason)}{number}{measure}" for reason, number in first)
    if len(first) == len(given):
        return f"原因有{len(given)}种：{listed}"
    return f"原因有{len(given)}种，{'最多' if len(first) == 1 else '较多'}的是{listed}"


def quote_reason(reason: str) -> str:
    """Quote a rejection reason, cut where it is long."""
    short = reason if len(reason) <= _LONGEST else f"{reason[: _LONGEST - 1]}…"
    return f"“{escape(short)}”"
