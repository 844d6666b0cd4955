"""Title and opening: whose report, on what, and what it rests on."""

from zhashui_stats.model.periods import say_parts
from zhashui_stats.model.submissions import Submissions, blank_tables
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.prose import prose

__all__ = ["say_basis", "say_briefs", "say_title", "with_notice"]

_SYNTHETIC = "本页由合成数据生成，仅供试用，不是真实情况。"
_BLANK = "统计表还没有填写：{files}；以下按0计，不是真实情况。"


@prose
def say_title(now: Submissions) -> str:
    """Title: whose report, on which period, on what; and whether any of it is made up."""
    title = f"# {escape(now.county.name)}{now.period.label}政务公开信息采编情况报告"
    return with_notice(title, now)


def with_notice(title: str, now: Submissions) -> str:
    """Say under a title that the data are made up, or were never filled in, where any were."""
    notices = [_SYNTHETIC] * now.is_synthetic
    if blank := "、".join(blank_tables(now.files)):
        notices.append(_BLANK.format(files=escape(blank)))
    return "\n\n".join((title, *(f"> **{notice}**" for notice in notices)))


def say_briefs(now: Submissions) -> str:
    """Title and opening of the index of all units' briefs (单位简报)."""
    title = f"# {escape(now.county.name)}{now.period.label}各单位信息采编情况简报"
    size = len(now.units)
    units = f"共{size}个单位，每个单位一页" if size > 1 else "只有一个单位"
    return f"{with_notice(title, now)}\n\n{units}；点单位名称打开它的简报。"


@prose
def say_basis(now: Submissions) -> str:
    """Opening: what the report rests on, where the circular names its addressees and its aim."""
    scope = "、".join(
        f"{escape(group.label)}{len(now.of(group.id).units)}个" for group in now.groups
    )
    if len(now.units) == 1:
        scope = escape(now.units[0].name)
    total = f"，共{len(now.units)}个投稿单位" if len(now.groups) > 1 else ""
    quoted = "引用经办人说明，没有说明的注明本期没有数据"
    if now.ledger:
        return (
            f"本报告依据本期投稿台账编写，统计范围为{scope}{total}。文中数字均由台账逐篇算出。"
            f"台账没有登记的情况{quoted}。"
        )
    parts = say_parts(now.parts)
    summed = f"由{parts}的统计表相加得出" if parts else "依据本期统计表编写"
    others = f"见{parts}的报告" if parts else quoted
    return (
        f"本报告{summed}，统计范围为{scope}{total}。文中数字均由统计表逐项算出。"
        f"统计表只反映采用数量，其他情况{others}。"
    )
