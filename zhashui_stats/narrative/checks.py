"""数据质量: what was checked before a number was counted."""

from zhashui_stats.compare import History
from zhashui_stats.phrases import escape

__all__ = ["say_checks"]


def say_checks(history: History) -> str:
    """数据质量: what was checked and what was found; a report is only made from sound data."""
    now = history.now
    files = {file.path: file for one in history.series for file in one.files}.values()
    # The roster lies beside the periods' folders, and what it gives is no count.
    read = sum(file.units for file in now.files if "/" in file.path)
    cells = (read if now.summed else len(now.units)) * len(now.county.categories)
    whole = "由上、下半年相加，" if now.summed else ""
    totals = sum(file.totals for file in now.files)
    text = (
        f"本期{whole}共核对{len(now.units)}个单位、{len(now.county.categories)}个类别的{cells}个数："
        "单位与名册一一对应，各数均为不小于0的整数。"
    )
    if totals:
        text += f"表中写明的{totals}个合计数与各行之和一致。"
    else:
        text += "表中没有写明合计数，无从核对。"
    notes = [f"- {escape(file.path)}：{escape(note)}" for file in files for note in file.notes]
    if notes:
        return f"{text}未发现差错。读表时作了如下处理：\n\n" + "\n".join(notes)
    return f"{text}未发现差错。"
