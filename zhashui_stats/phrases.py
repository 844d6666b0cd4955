"""Words for numbers and lists: the bricks of every sentence in a report."""

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from zhashui_stats.compare import Change

__all__ = [
    "escape",
    "say_all",
    "say_change",
    "say_decimal",
    "say_names",
    "say_numeral",
    "say_percent",
    "say_ties",
]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+!|~$&^=-])")
_NUMERALS = "〇一二三四五六七八九"


def escape(text: str) -> str:
    r"""Make text from data literal in Markdown: no markup, no HTML, no link.

    >>> print(escape("<b>农*行*</b>"))
    \<b\>农\*行\*\</b\>
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def say_names(names: Iterable[str]) -> str:
    """List names as Chinese does.

    >>> say_names(["营盘镇", "凤凰镇"])
    '营盘镇、凤凰镇'
    """
    return "、".join(escape(name) for name in names)


def say_all(noun: str, count: int) -> str:
    """Name all of a few things, one thing without “all”.

    >>> say_all("镇办", 9), say_all("镇办", 1)
    ('9个镇办', '1个镇办')
    """
    return f"{count}个{escape(noun)}"


def say_ties(ties: Sequence[tuple[int, Sequence[str]]], measure: str) -> str:
    """Say counts with their units, ties under one count.

    Args:
        ties: Counts (篇), each with the names that share it.
        measure: The measure word, 篇.

    >>> say_ties([(50, ["红岩寺镇"]), (11, ["司法局", "税务局"])], "篇")
    '红岩寺镇50篇，司法局、税务局各11篇'
    """
    return "，".join(
        f"{say_names(names)}{'各' if len(names) > 1 else ''}{count}{escape(measure)}"
        for count, names in ties
    )


def say_decimal(value: float, digits: int) -> str:
    """Round half up, as official figures are rounded, and keep the trailing zeros.

    >>> say_decimal(12.25, 1), say_decimal(0.5, 2), say_decimal(-0.04, 1)
    ('12.3', '0.50', '0.0')
    """
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return str(abs(rounded) if rounded == 0 else rounded)


def say_percent(value: float) -> str:
    """Say a share in per cent, with one decimal.

    >>> say_percent(100 / 3)
    '33.3%'
    """
    return f"{say_decimal(value, 1)}%"


def say_change(change: Change, measure: str) -> str:
    """Say a change of a count: by how much and by how many per cent.

    >>> say_change(Change(200, 203), "篇"), say_change(Change(0, 2), "篇")
    ('增加3篇，增长1.5%', '增加2篇，基数为0，不计增幅')
    """
    if not change.difference:
        return "持平"
    verb, trend = ("增加", "增长") if change.difference > 0 else ("减少", "下降")
    difference = f"{verb}{abs(change.difference)}{escape(measure)}"
    if change.percent is None:
        return f"{difference}，基数为0，不计增幅"
    return f"{difference}，{trend}{say_percent(abs(change.percent))}"


def say_numeral(number: int) -> str:
    """Write a small number in Chinese numerals, as headings are numbered.

    >>> say_numeral(5), say_numeral(12), say_numeral(20)
    ('五', '十二', '二十')
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    head = "" if tens == 1 else _NUMERALS[tens]
    return f"{head}十{_NUMERALS[ones] if ones else ''}"
