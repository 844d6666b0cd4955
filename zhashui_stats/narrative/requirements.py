"""三、工作要求: （一）whom to turn to, （二）review chain, （三）time limits, （五）assessment."""

from zhashui_stats.aggregate import ranked, units_with_none
from zhashui_stats.assessment import ByUnit, Disclosure, Evidence, Forms
from zhashui_stats.assessment.timeliness import TimelinessByUnit
from zhashui_stats.model.articles import Attribute
from zhashui_stats.model.county import Group
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.assessed import ASSESSED, say_assessed
from zhashui_stats.narrative.enumerations import say_names, say_ties
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.lists import has_room, leading
from zhashui_stats.narrative.practice import has_evidence
from zhashui_stats.narrative.prose import prose
from zhashui_stats.narrative.remarks import say_remark, with_remark
from zhashui_stats.narrative.wording import (
    all_equal,
    name_everyone,
    name_group,
    say_all_of,
    say_concerned,
    say_split,
)

__all__ = [
    "ASSESSED",
    "say_assessment",
    "say_deadlines",
    "say_follow_up",
    "say_limit",
    "say_mechanism",
]

_UNKNOWN = "台账没有登记政策发布日期，本期没有是否按时公开的数据。"


@prose
def say_follow_up(now: Submissions) -> str:
    """三（一）: whom to turn to first: the units of which nothing was adopted."""
    zeros = units_with_none(now)
    who, ask = f"本期{name_everyone(now)}{say_all_of(now)}", "可作为下一期的重点联系对象"
    if not zeros:
        text = f"{who}有稿件被采用。"
    elif len(zeros) == len(now.units):
        text = f"{who}没有稿件被采用，{'都' if len(zeros) > 1 else ''}{ask}。"
    elif len(zeros) == 1:
        text = f"本期没有稿件被采用的单位只有{say_names(zeros)}，{ask}。"
    elif not has_room(zeros):
        text = f"本期有{len(zeros)}个单位没有稿件被采用（见附件），{ask}。"
    else:
        text = f"本期没有稿件被采用的单位有{len(zeros)}个，{ask}：{say_names(zeros)}。"
    return with_remark(text, now, "三（一）")


@prose
def say_mechanism(now: Submissions) -> str:
    """三（二）: what is asked of the review chain; what a ledger shows of it stands in 二（二）."""
    if "三（二）" not in now.remarks and has_evidence(now, "二（二）"):
        return "审核校对的情况见二（二）。"
    return say_remark(now, "三（二）", "审核校对")


@prose
def say_deadlines(now: Submissions) -> str:
    """三（三）: the time limits that the county states, and how far a ledger shows them kept.

    With it go the disclosure attributes and the forms of interpretation that the section asks for.
    """
    days, evidence = now.county.requirements.interpretation_days, Evidence(now.ledger)
    said = [] if days is None else [say_limit(now, days)]
    if evidence.timeliness is not None:
        said.append(_timeliness(now, evidence.timeliness))
    elif said:
        kept = "统计表不记录发布日期，本期没有是否按时公开的数据。"
        said.append(_UNKNOWN if now.ledger else kept)
    if evidence.forms is not None:
        said.append(_forms(now, evidence.forms))
    text = "".join(said)
    if evidence.disclosure is not None:
        text = "\n\n".join(filter(None, (text, _attributes(now, evidence.disclosure))))
    return with_remark(text, now, "三（三）") if text else say_remark(now, "三（三）", "公开时限")


def say_limit(now: Submissions, days: int) -> str:
    """三（三）: within how many working days a policy's interpretation is due, and who says so."""
    return f"政策解读应在政策公布后{days}个工作日内发布{_cite(now)}。"


def _cite(now: Submissions) -> str:
    """Say which document states the requirements; nothing where it is not to be cited."""
    source = now.county.requirements.source
    return f"（见{escape(source)}）" if source else ""


def _timeliness(now: Submissions, found: TimelinessByUnit) -> str:
    measure, total = now.county.measure, found.total
    late = {name: judged.late for name, judged in found.items()}
    concerned = f"（{say_concerned(late, measure)}）" if total.late else ""
    years = "、".join(f"{year}年" for year in found.unknown_years)
    parts = {
        "按时发布": total.in_time,
        f"超期{concerned}": total.late,
        "没有登记政策发布日期、无法判断": total.undated,
        f"涉及{years}、工作日历没有收录、无法判断": total.unknown,
    }
    # Where no category is named, only those with a policy's date are known to be interpretations.
    is_named = now.county.ledger.interpretation is not None
    if not any(parts.values()):
        return "本期没有发布政策解读。" if is_named else _UNKNOWN
    what = "发布政策解读" if is_named else "登记了政策发布日期的稿件"
    return f"本期{what}{sum(parts.values())}{escape(measure)}{say_split(parts, measure)}。"


def _forms(now: Submissions, found: Forms) -> str:
    measure = escape(now.county.measure)
    if not found.articles:
        return ""
    if found.unmarked == found.articles:
        return f"解读形式{'均' if found.articles > 1 else ''}没有登记。"
    used = [f"{form.label}{number}{measure}" for form, number in found.counts.items() if number]
    several = sum(found.counts.values()) > found.articles - found.unmarked
    note = f"（一{measure}可有几种形式）" if several else ""
    silent = f"，没有登记的{found.unmarked}{measure}" if found.unmarked else ""
    return f"解读形式：{'、'.join(used)}{note}{silent}。"


def _attributes(now: Submissions, found: ByUnit[Disclosure]) -> str:
    measure, total = now.county.measure, found.total
    if not total.articles:
        return "台账中没有本期的稿件，无从统计公开属性。"
    parts = {
        f"标为{Attribute.PUBLIC.label}": total.public,
        f"标为{Attribute.ON_REQUEST.label}": total.on_request,
        f"标为{Attribute.WITHHELD.label}{_grounds(total, escape(measure))}": total.withheld,
        "没有标注": total.unmarked,
    }
    head = f"公开属性：台账中本期稿件{total.articles}{escape(measure)}"
    return f"{head}{say_split(parts, measure)}。"


def _grounds(total: Disclosure, measure: str) -> str:
    """Say how many of the articles withheld give grounds, where the ledger tells."""
    if total.grounded is None:
        return ""
    if total.grounded in (0, total.withheld):
        every = "均" if total.withheld > 1 else ""
        return f"（{every}{'' if total.grounded else '没有'}写明理由）"
    return f"（其中{total.withheld - total.grounded}{measure}没有写明理由）"


@prose
def say_assessment(now: Submissions, before: Submissions | None = None) -> str:
    """三（五）: the weight of openness in the yearly assessment, and who leads this period.

    Args:
        now: The period, whole.
        before: The earlier one that it is compared with, where the county says how units are
            assessed; None: none is at hand.
    """
    rules = now.county.requirements
    said = []
    if rules.assessment_share is not None:
        said.append(f"年度考核中，政务公开的分值占比不低于{rules.assessment_share}%{_cite(now)}。")
    said.append(say_assessed(now, before) if now.county.assessment else _ranked(now))
    return with_remark("".join(said), now, "三（五）")


def _ranked(now: Submissions) -> str:
    """Say who leads in each group; where there is nobody to rank, that there is no ranking."""
    if not now.total():
        return "本期没有稿件被采用，没有可供考核参考的排名。"
    scopes = [(now.of(group.id), group) for group in now.groups]
    first = "；".join(_first_three(scope, group) for scope, group in scopes)
    if all(all_equal(scope) for scope, _ in scopes):
        return f"本期{first}，没有可供考核参考的排名。"
    return f"按本期采用总量排名，{first}，可供考核参考。"


def _first_three(scope: Submissions, group: Group) -> str:
    label, measure = escape(group.label), escape(scope.county.measure)
    if not scope.total():
        return f"{label}没有稿件被采用"
    count, names = ranked(scope)[0]
    if len(scope.units) == 1:
        return f"{label}只有{say_names(names)}，采用{count}{measure}"
    if all_equal(scope):
        return f"{name_group(group, scope)}采用总量均为{count}{measure}"
    first = leading(scope, None, ASSESSED)
    if not first.is_named:
        return f"{label}有{len(names)}个单位并列第一，各{count}{measure}"
    only = len(first.names) == 1
    return f"{label}{'最多' if only else '居前'}的是{say_ties(first.ties, scope.county.measure)}"
