"""How a standing is said: ranks and medians, in sentences, tables and charts the same."""

from zhashui_stats.briefs.standing import Standing

__all__ = ["say_place", "say_rank"]


def say_rank(own: Standing) -> str:
    """Say a rank; of nothing and of equals there is none.

    >>> say_rank(Standing(count=4, rank=2, tied=1, size=5, median=3, most=9))
    '并列第2名'
    """
    if not own.has_rank:
        return ""
    return f"{'并列' if own.tied else ''}第{own.rank}名"


def say_place(own: Standing) -> str:
    """Say a rank within a sentence, and how many units share it.

    >>> say_place(Standing(count=4, rank=2, tied=0, size=5, median=3, most=9))
    '列第2名'
    >>> say_place(Standing(count=4, rank=2, tied=1, size=5, median=3, most=9))
    '与另1个单位并列第2名'
    """
    if not own.tied:
        return f"列第{own.rank}名"
    return f"与{'另' if own.tied == 1 else '其他'}{own.tied}个单位并列第{own.rank}名"
