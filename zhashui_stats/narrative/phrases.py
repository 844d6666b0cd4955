"""Words for numbers and lists: the bricks of every sentence in a report."""

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from zhashui_stats.compare import Change
from zhashui_stats.model.county import County

__all__ = [
    "escape",
    "say_annex",
    "say_category",
    "say_change",
    "say_count",
    "say_decimal",
    "say_names",
    "say_percent",
    "say_ties",
]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+!|~$&^=-])")
_LIST_NUMBER = re.compile(r"^(\d+)([.)])")
_NEWS = "信息"


def escape(text: str) -> str:
    r"""Make text from data literal in Markdown: no markup, no HTML, no link.

    >>> print(escape("<b>农*行*</b>"))
    \<b\>农\*行\*\</b\>
    >>> print(escape("2. 乙镇"))  # At the start of a line it would begin a list.
    2\. 乙镇
    """
    marked = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return _LIST_NUMBER.sub(r"\1\\\2", marked)


def say_names(names: Iterable[str]) -> str:
    """List names as Chinese does.

    >>> say_names(["营盘镇", "凤凰镇"])
    '营盘镇、凤凰镇'
    """
    return "、".join(escape(name) for name in names)


def say_category(label: str) -> str:
    """Name what a category counts; a label that says 信息 itself is not told so twice.

    >>> say_category("政务动态"), say_category("公开信息")
    ('政务动态信息', '公开信息')
    """
    return label if label.endswith(_NEWS) else f"{label}{_NEWS}"


def say_annex(county: County, group: str) -> str:
    """Name the annex that holds a group, which goes by its id or label."""
    return f"附件{county.groups.index(county.group(group)) + 1}"


def say_count(name: str, count: int, measure: str, *, each: bool = False) -> str:
    """Say a count after its name; brackets keep a name's own digits or letters apart from it.

    Args:
        name: What is counted; the last of several names.
        count: How many (篇).
        measure: The measure word, 篇.
        each: Whether several names share the count.

    >>> say_count("下梁镇", 9, "篇"), say_count("专班2", 5, "篇", each=True)
    ('下梁镇9篇', '专班2（各5篇）')
    """
    said = f"{'各' if each else ''}{count}{measure}"
    runs_on = name[-1:].isdigit() or (name[-1:].isascii() and name[-1:].isalpha())
    return f"{name}（{said}）" if runs_on else f"{name}{said}"


def say_ties(ties: Sequence[tuple[int, Sequence[str]]], measure: str) -> str:
    """Say counts with their units, ties under one count.

    Args:
        ties: Counts (篇), each with the names that share it.
        measure: The measure word, 篇.

    >>> say_ties([(50, ["红岩寺镇"]), (11, ["司法局", "税务局"])], "篇")
    '红岩寺镇50篇，司法局、税务局各11篇'
    """
    said = []
    for count, (*others, last) in ties:
        counted = escape(say_count(last, count, measure, each=bool(others)))
        said.append("、".join([*map(escape, others), counted]))
    return "，".join(said)


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


def say_change(change: Change, measure: str, term: str = "") -> str:
    """Say a change of a count: by how much and by how many per cent.

    Args:
        change: The count (篇) before and after.
        measure: The measure word, 篇.
        term: Kind of comparison, 同比 or 环比, named with the percentage; empty: not named.

    >>> say_change(Change(200, 203), "篇", "同比"), say_change(Change(0, 2), "篇")
    ('增加3篇，同比增长1.5%', '增加2篇（基数为0，不计增幅）')
    """
    if not change.difference:
        return "持平"
    verb, trend = ("增加", "增长") if change.difference > 0 else ("减少", "下降")
    difference = f"{verb}{abs(change.difference)}{escape(measure)}"
    if change.percent is None:
        return f"{difference}（基数为0，不计增幅）"
    return f"{difference}，{term}{trend}{say_percent(abs(change.percent))}"
