"""数据质量: what was checked before a number was counted."""

from zhashui_stats.comparison import History
from zhashui_stats.model.periods import say_parts
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.prose import prose

__all__ = ["say_checks"]


@prose
def say_checks(history: History) -> str:
    """数据质量: what was checked and what was found; a report is only made from sound data."""
    now = history.now
    files = {
        file.path: file for submissions in history.series for file in submissions.files
    }.values()
    text = _articles(now) if now.ledger else ""
    text += _tables(now) if _read_units(now) else ""
    notes = [f"- {escape(file.path)}：{escape(note)}" for file in files for note in file.notes]
    if notes:
        return f"{text}未发现差错。读表时作了如下处理：\n\n" + "\n".join(notes)
    return f"{text}未发现差错。"


def _read_units(now: Submissions) -> int:
    """Count the units' rows in tables; the roster, which lies beside the periods, gives none."""
    return sum(file.units for file in now.files if "/" in file.path)


def _tables(now: Submissions) -> str:
    units = _read_units(now) if now.summed or now.ledger else len(now.units)
    cells = units * len(now.county.categories)
    whole = f"由{say_parts(now.parts)}相加，" if now.summed else ""
    totals = sum(file.totals for file in now.files)
    checked = "与台账逐格一致" if now.ledger else "各数均为不小于0的整数"
    text = (
        f"本期{whole}共核对{units if now.ledger else len(now.units)}个单位、"
        f"{len(now.county.categories)}个类别的{cells}个数：单位与名册一一对应，{checked}。"
    )
    if totals:
        return f"{text}表中写明的{totals}个合计数与各行之和一致。"
    return f"{text}表中没有写明合计数，无从核对。"


def _articles(now: Submissions) -> str:
    return (
        f"本期各数由台账逐篇计数得出，共{len(now.units)}个单位、{len(now.county.categories)}个类别。"
        "台账各行的必填项均已填写，单位都在名册中，日期有效，采用的稿件没有重复。"
    )
