"""三、工作要求: whom to turn to, time limits, assessment."""

from zhashui_stats.aggregate import leaders, ranked, zero_units
from zhashui_stats.county import Group
from zhashui_stats.narrative.remarks import say_remark, with_remark
from zhashui_stats.narrative.wording import ROOM, all_equal, name_everyone, name_group, say_both
from zhashui_stats.phrases import escape, say_names, say_ties
from zhashui_stats.submissions import Submissions

__all__ = ["say_assessment", "say_deadlines", "say_follow_up"]


def say_follow_up(now: Submissions) -> str:
    """三（一）: whom to turn to first: the units of which nothing was adopted."""
    zeros = zero_units(now)
    who, ask = f"本期{name_everyone(now)}{say_both(now)}", "可作为下一期的重点联系对象"
    if not zeros:
        text = f"{who}有稿件被采用。"
    elif len(zeros) == len(now.units):
        text = f"{who}没有稿件被采用，{'都' if len(zeros) > 1 else ''}{ask}。"
    elif len(zeros) == 1:
        text = f"本期没有稿件被采用的单位只有{say_names(zeros)}，{ask}。"
    elif len(zeros) > ROOM:
        text = f"本期有{len(zeros)}个单位没有稿件被采用（见附件），{ask}。"
    else:
        text = f"本期没有稿件被采用的单位有{len(zeros)}个，{ask}：{say_names(zeros)}。"
    return with_remark(text, now, "三（一）")


def say_deadlines(now: Submissions) -> str:
    """三（三）: the time limits that the county states, and that counts cannot show them kept."""
    rules = now.county.requirements
    if rules.interpretation_days is None:
        return say_remark(now, "三（三）", "公开时限")
    text = (
        f"政策解读应在政策公布后{rules.interpretation_days}个工作日内发布"
        f"（见{escape(rules.source)}）。统计表不记录发布日期，本期没有是否按时公开的数据。"
    )
    return with_remark(text, now, "三（三）")


def say_assessment(now: Submissions) -> str:
    """三（五）: the weight of openness in the yearly assessment, and who leads this period."""
    rules = now.county.requirements
    said = []
    if rules.assessment_share is not None:
        said.append(
            f"年度考核中，政务公开的分值占比不低于{rules.assessment_share}%"
            f"（见{escape(rules.source)}）。"
        )
    said.append(_ranked(now))
    return with_remark("".join(said), now, "三（五）")


def _ranked(now: Submissions) -> str:
    """Say who leads in each group; where there is nobody to rank, that there is no ranking."""
    if not now.total():
        return "本期没有稿件被采用，没有可供考核参考的排名。"
    scopes = [(now.of(group.id), group) for group in now.groups]
    first = "；".join(_first_three(*one) for one in scopes)
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
    ties = leaders(scope, None, 3)
    if not ties:
        return f"{label}有{len(names)}个单位并列第一，各{count}{measure}"
    only = sum(len(tied) for _, tied in ties) == 1
    return f"{label}{'最多' if only else '居前'}的是{say_ties(ties, scope.county.measure)}"
