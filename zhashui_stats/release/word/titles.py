"""Long titles, broken into lines as offices do: words stay whole, the lines form a trapezoid."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from zhashui_stats.release.word.text import width

__all__ = ["break_title"]

# Words of every circular's title; between other characters a line breaks where nothing else fits.
_TOKEN = re.compile(
    r"(?:\d+年(?:[上下]半年|第[一二三四]季度|\d+(?:—\d+)?月)?|（[^（）]{1,12}）|[A-Za-z0-9]+"
    r"|(?:人民政府)?办公室|人民政府|关于|全[省市县区]|政务公开|政务动态|政策解读"
    r"|[省市县区]?政府(?:网站|网络)|网站|网络|部门单位|信息|报送|采编|采集编?|汇总"
    r"|(?:的?情况)?的?(?:通报|通知|统计表)|的?情况|.)[，。、；：）》”]*",
    re.DOTALL,
)
_LEADING = re.compile(r"全[省市县区]|暨|和|与|及")  # a line begins well with these
_TRAILING = re.compile(r"半年$|季度$|\d[年月]$|网站$|网络$|、$")  # and ends well with those
# A line that ends so reads as a whole title, or hangs on the next one.
_UNFIT = re.compile(r"(?:[表单册录案法则图见知报函划稿准书）暨和与及]|关于)$")
_MOST_LINES = 4
_MOST_BREAKS = 40
# What a break costs, in squares of the characters by which lines differ from their mean.
_AFTER_ISSUER, _BETWEEN_PARTS, _BETWEEN_WORDS, _IN_A_WORD, _BAD_END = -60.0, 0.0, 10.0, 40.0, 400.0
_HOLLOW = 60.0  # a line that is shorter than both its neighbours


def break_title(title: str, room: float) -> tuple[str, ...]:
    """Return the lines of a title.

    Args:
        title: In one line.
        room: How many Chinese characters a line holds.

    Returns:
        The title itself where it fits, or where it is longer than any title: Word wraps it then.

    >>> for line in break_title("某县人民政府办公室关于2022年上半年政务公开情况的通报", 20):
    ...     print(line)
    某县人民政府办公室
    关于2022年上半年政务公开情况的通报
    """
    if width(title) <= room or width(title) > room * _MOST_LINES:
        return (title,)
    tokens = _TOKEN.findall(title)
    for count in range(2, _MOST_LINES + 1):
        fitting = [
            lines for lines in _layouts(tokens, count) if all(width(line) <= room for line in lines)
        ]
        if fitting:
            return min(fitting, key=_cost)
    return (title,)


def _layouts(tokens: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    """Give each way to lay the tokens out on so many lines."""
    places = _best_places(tokens)
    for cuts in combinations(places, count - 1):
        edges = pairwise((0, *cuts, len(tokens)))
        yield tuple("".join(tokens[start:end]) for start, end in edges)


def _best_places(tokens: Sequence[str]) -> list[int]:
    """Return where a line may begin, between words if they suffice: few enough to try them all."""
    places = range(1, len(tokens))
    ranked = sorted(places, key=lambda place: _cut_cost(tokens[place - 1], tokens[place]))
    return sorted(ranked[:_MOST_BREAKS])


def _cost(lines: Sequence[str]) -> float:
    widths = [width(line) for line in lines]
    even = sum(widths) / len(widths)
    spread = sum((length - even) ** 2 for length in widths)
    hollow = any(b < a and b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))
    tokens = [_TOKEN.findall(line) for line in lines]
    cuts = sum(_cut_cost(above[-1], below[0]) for above, below in pairwise(tokens))
    return spread + cuts + _HOLLOW * hollow


def _cut_cost(above: str, below: str) -> float:
    if _UNFIT.search(above):
        return _BAD_END
    if below == "关于":
        return _AFTER_ISSUER
    if _LEADING.match(below) or _TRAILING.search(above):
        return _BETWEEN_PARTS
    return _IN_A_WORD if len(above) == 1 and len(below) == 1 else _BETWEEN_WORDS
