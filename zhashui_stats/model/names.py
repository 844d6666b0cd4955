"""Names as people write them: white space and full-width forms folded, and what is reserved."""

import difflib
import re
import unicodedata
from collections.abc import Mapping

__all__ = [
    "ADOPTED_TOTAL",
    "DASHES",
    "FOLDED",
    "GROUP_HEADER",
    "INVISIBLE",
    "NAME_HEADERS",
    "RESERVED",
    "SAFE_NAME",
    "SERIAL_HEADER",
    "SUBTOTAL",
    "TOTAL",
    "TOTALS",
    "UNIT_HEADER",
    "drop_invisible",
    "find_nearest",
    "fold_heading",
    "fold_name",
    "is_safe_name",
]

UNIT_HEADER = "投稿单位"
NAME_HEADERS = (UNIT_HEADER, "单位", "单位名称", "报送单位")
"""What the column of the units' names may be headed; the first is what ours is."""

DASHES = "-‐‑‒–—―−─━"
"""What people type for a dash or a minus, full-width forms folded."""

GROUP_HEADER = "组别"
SERIAL_HEADER = "序号"
SUBTOTAL = "小计"
TOTAL = "合计"
TOTALS = frozenset((TOTAL, "总计", "共计"))
ADOPTED_TOTAL = "采用总量"
"""What sentences call the total."""

RESERVED = frozenset((*NAME_HEADERS, SERIAL_HEADER, SUBTOTAL, *TOTALS))
"""What has its meaning in every table and so names no group and no category."""

SAFE_NAME = "不含斜杠和控制字符、不以 = + - @ 开头的名称"
"""What ``is_safe_name`` asks for, as faults say it."""

_BRACKETED = re.compile(r"[(\[{【〔〈《][^)\]}】〕〉》]*(?:[)\]}】〕〉》]|$)")
_BRACKETS = re.compile(r"[()\[\]{}【】〔〕〈〉《》]")
_UNSAFE_START = tuple("=+-@＝＋－＠")
_UNSAFE_ANYWHERE = frozenset("/\\／＼")


# What NFKC leaves as it is: radicals that PDF and old fonts give in place of the character.
_RADICALS = dict(zip(
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺌⺍⺎⺐⺒⺓⺔⺕⺖⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲"
    "⺶⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂刀刂卜小小兀尢巳幺彑彐忄扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒"
    "羊耂肀聿肉臼艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
    strict=True,
))  # fmt: skip
INVISIBLE = (
    "\u00ad\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef"
)
"""What takes no place on paper, as the inside of a character class."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
FOLDED = str.maketrans(_RADICALS)
"""For ``str.translate``: look-alikes that NFKC does not fold."""


def drop_invisible(text: str) -> str:
    """Drop what takes no place on paper: zero-width blanks, marks of direction, byte order marks.

    >>> drop_invisible("营盘镇\u200b")
    '营盘镇'
    """
    return _INVISIBLE.sub("", text)


def fold_name(name: str) -> str:
    """Fold full-width forms and look-alikes; drop all white space and what nobody sees.

    >>> fold_name(" 农 行（Ａ）"), fold_name("\u200b人⺠医院")
    ('农行(A)', '人民医院')
    """
    plain = unicodedata.normalize("NFKC", drop_invisible(name)).translate(FOLDED)
    return re.sub(r"\s+", "", plain)


def fold_heading(text: str) -> str:
    """Fold a header: white space and what stands in brackets never matter.

    >>> fold_heading("政务公开 类信息（篇）")
    '政务公开类信息'
    """
    folded = fold_name(text)
    return _BRACKETED.sub("", folded) or _BRACKETS.sub("", folded)


def find_nearest(name: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Find up to three names that come nearest to what somebody wrote, best first.

    Args:
        name: As it was written.
        known: Each name there is, folded -> what it is told as.

    >>> find_nearest("财政 厅", {"财政局": "财政局", "农行": "农行"})
    ('财政局',)
    """
    near = difflib.get_close_matches(fold_name(name), known, n=6, cutoff=0.4)
    return tuple(dict.fromkeys(known[folded] for folded in near))[:3]


def is_safe_name(name: str) -> bool:
    r"""Tell whether a name can stand in a file name and in a spreadsheet cell.

    Control characters, slashes of both kinds and a leading ``= + - @`` are refused.

    >>> [is_safe_name(name) for name in ("应急局", "a/b", "=1+1", "应急局\n")]
    [True, False, False, False]
    """
    return (
        name.isprintable()
        and not name.startswith(_UNSAFE_START)
        and not _UNSAFE_ANYWHERE.intersection(name)
        and name.strip() not in ("", ".", "..")
    )
