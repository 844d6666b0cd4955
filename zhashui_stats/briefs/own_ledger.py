"""What a ledger (台账) shows of one unit: its months, its articles, and what they lack."""

from collections.abc import Iterator

from zhashui_stats.assessment import Adoption, Evidence, Regularity
from zhashui_stats.briefs.brief import Brief
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.numbers import say_percent
from zhashui_stats.narrative.practice import quote_reason, say_flaws, say_unplaced
from zhashui_stats.narrative.prose import prose
from zhashui_stats.narrative.wording import say_split

__all__ = ["say_own_ledger"]

_MOST_REASONS = 3
_HEADING = "## 台账反映的情况"


@prose
def say_own_ledger(brief: Brief) -> str:
    """The unit's part of the ledger, each fact where the ledger has its columns.

    Empty without a ledger, and where it has none of them.
    """
    parts = (_outcome, _reasons, _months, _chain, _timeliness, _marks)
    said = [text for say in parts for text in say(brief, brief.evidence)]
    return f"{_HEADING}\n\n{''.join(said)}" if said else ""


def _outcome(brief: Brief, evidence: Evidence) -> Iterator[str]:
    """Say what became of the articles, and the adoption rate beside that of the group."""
    outcomes, sent = evidence.adoption, evidence.regularity
    if outcomes is None or sent is None:
        return
    own, measure = outcomes[brief.name], brief.now.county.measure
    articles = own.adopted + own.rejected + own.pending
    if not articles:
        # What was sent in now and published later is told with the months.
        counted = "计入" if any(sent.months[brief.name].values()) else ""
        yield f"台账中没有本单位{counted}本期的稿件。"
        return
    parts = {"被采用": own.adopted, "被退稿": own.rejected, "待审核": own.pending}
    yield f"台账中本单位本期稿件{articles}{escape(measure)}{say_split(parts, measure)}。"
    rate, others = own.rate, outcomes.of(brief.group.id).total.rate
    if rate is None or others is None:
        return
    basis = "（不计待审核的）" if own.pending else ""
    beside = f"，{escape(brief.group.label)}合计为{say_percent(others)}"
    yield f"采用率{basis}为{say_percent(rate)}{'' if len(brief.scope.units) == 1 else beside}。"


def _reasons(brief: Brief, evidence: Evidence) -> Iterator[str]:
    """Say why articles were rejected; of many reasons the first three."""
    if evidence.reasons is None or not evidence.reasons[brief.name]:
        return
    measure, reasons = escape(brief.now.county.measure), evidence.reasons[brief.name]
    given = {reason: number for reason, number in reasons.items() if reason is not None}
    if not given:
        yield "退稿没有写明原因。"
        return
    first = [
        f"{quote_reason(reason)}{given[reason]}{measure}" for reason in list(given)[:_MOST_REASONS]
    ]
    etc = f"等{len(given)}种" if len(given) > _MOST_REASONS else ""
    silent = f"，没有写明的{reasons[None]}{measure}" if None in reasons else ""
    yield f"退稿原因：{'、'.join(first)}{etc}{silent}。"


def _months(brief: Brief, evidence: Evidence) -> Iterator[str]:
    """Say how many articles were sent in in each month, and in which ones none.

    Where some articles may be of any month, or of none, that is said in place of the latter.
    """
    outcomes, sent = evidence.adoption, evidence.regularity
    if outcomes is None or sent is None:
        return
    months, measure = sent.months[brief.name], escape(brief.now.county.measure)
    unplaced = say_unplaced(sent.unplaced[brief.name], measure)
    if not any(months.values()):
        if unplaced:
            yield f"{unplaced}，无从统计各月投稿。"
        return
    listed = "、".join(
        f"{month.first}月{count}{measure}" for month, count in months.items() if count
    )
    idle = "、".join(f"{month.first}月" for month in sent.idle[brief.name])
    rest = f"另有{unplaced}，未计入" if unplaced else f"{idle}没有投稿" if idle else ""
    later = _later(brief, outcomes[brief.name], sent)
    yield f"按投稿日期：{listed}{later}{f'；{rest}' if rest else ''}。"


def _later(brief: Brief, own: Adoption, sent: Regularity) -> str:
    """Say how many of the articles sent in are not of the period, by the day of publication."""
    dated = sum(sent.months[brief.name].values())
    placed = own.adopted + own.rejected + own.pending - sum(sent.unplaced[brief.name])
    later = dated - placed
    if not later:
        return ""
    which = "均" if later == dated > 1 else "" if later == dated else "其中"
    count = "" if later == dated else f"{later}{escape(brief.now.county.measure)}的"
    return f"（{which}{count}发布日期不在本期）"


def _chain(brief: Brief, evidence: Evidence) -> Iterator[str]:
    """Say whether the review chains of the adopted articles are sound, and what is wrong."""
    if evidence.chains is None:
        return
    own, measure = evidence.chains[brief.name], escape(brief.now.county.measure)
    flawed = own.articles - own.sound
    if not own.articles:
        return
    of_all = f"被采用的{own.articles}{measure}"
    if not flawed:
        yield f"{of_all}“三审三校”没有发现问题。"
        return
    some = "" if flawed == own.articles else f"中，有{flawed}{measure}"
    every = "均" if flawed == own.articles > 1 else ""
    yield f"{of_all}{some}“三审三校”{every}不合要求：{say_flaws(own, measure)}。"


def _timeliness(brief: Brief, evidence: Evidence) -> Iterator[str]:
    """Say how soon interpretations followed their policies."""
    if evidence.timeliness is None:
        return
    own, measure = evidence.timeliness[brief.name], brief.now.county.measure
    days = brief.now.county.requirements.interpretation_days
    parts = {
        f"在{days}个工作日内发布": own.in_time,
        "超期": own.late,
        "没有登记政策发布日期、无法判断": own.undated,
        "工作日历没有收录、无法判断": own.unknown,
    }
    # Where no category is named, only those with a policy's date are known to be interpretations.
    is_named = brief.now.county.ledger.interpretation is not None
    if any(parts.values()):
        what = "发布政策解读" if is_named else "登记了政策发布日期的稿件"
        yield f"{what}{sum(parts.values())}{escape(measure)}{say_split(parts, measure)}。"


def _marks(brief: Brief, evidence: Evidence) -> Iterator[str]:
    """Say how many articles do not say how they are to be disclosed."""
    if evidence.disclosure is None:
        return
    own, measure = evidence.disclosure[brief.name], escape(brief.now.county.measure)
    if own.unmarked == own.articles > 0:
        yield f"稿件{'均' if own.articles > 1 else ''}没有标注公开属性。"
    elif own.unmarked:
        yield f"{own.articles}{measure}稿件中，{own.unmarked}{measure}没有标注公开属性。"
    elif own.articles:
        yield f"稿件{'均' if own.articles > 1 else ''}已标注公开属性。"
