"""Headers of several rows: a heading above its parts, merged cells, units of measure below."""

import re
from collections.abc import Callable, Hashable, Sequence
from itertools import zip_longest
from typing import TypeAlias

from zhashui_stats.reading.grid import SheetCell, SheetRow, say_cell

__all__ = ["Role", "is_unit_row", "join_headings"]

Role: TypeAlias = Callable[[SheetCell], Hashable | None]
"""What a cell heads; None for what is nothing of ours."""

_UNIT = re.compile(r"\D{1,4}")


def join_headings(upper: Sequence[SheetCell], lower: Sequence[SheetCell], role: Role) -> SheetRow:
    """Return two rows as one header; nothing where the lower one is no part of it.

    It is where it heads columns that the upper one leaves open, and heads none twice.

    >>> known = {"单位", "公开", "动态"}
    >>> join_headings(("单位", "篇数"), ("", "公开", "动态"), lambda cell: cell in known or None)
    ('单位', '公开', '动态')
    >>> join_headings(("单位", "公开"), ("甲镇", "7"), lambda cell: cell in known or None)
    ()
    """
    joined: list[SheetCell] = []
    is_part = False
    for above, below in zip_longest(upper, lower):
        mine = role(below)
        if role(above) is not None and say_cell(below) and mine != role(above):
            return ()
        is_part = is_part or (mine is not None and role(above) is None)
        has_number = any(map(str.isdigit, say_cell(below)))
        if mine is None and has_number:
            return ()
        joined.append(above if role(above) is not None or not say_cell(below) else below)
    return tuple(joined) if is_part else ()


def is_unit_row(row: Sequence[SheetCell], figures: Sequence[int]) -> bool:
    """Tell whether a row holds units of measure and nothing else.

    Args:
        row: What stands below a header.
        figures: The columns of its figures, from 0; nothing stands in any other.

    >>> is_unit_row(("", "（篇）", "篇"), [1, 2]), is_unit_row(("甲镇", "", ""), [1, 2])
    (True, False)
    """
    said = [say_cell(cell) for cell in row]
    filled = {index for index, text in enumerate(said) if text}
    return (
        bool(filled)
        and filled <= set(figures)
        and all(
            (_UNIT.fullmatch(said[index].strip("()（）")) and any(map(str.isalpha, said[index])))
            or said[index].strip("()（）") in ("%", "％")
            for index in filled
        )
    )
