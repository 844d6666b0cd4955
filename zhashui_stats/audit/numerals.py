"""Every numeric token of a sentence, Arabic or Chinese, and what it can be by its looks alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

__all__ = ["Look", "Numeral", "find_numerals", "read_chinese"]


class Look(Enum):
    """What a numeral is by its looks."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    ORDINAL = "ordinal"
    PERIOD = "period"
    NO_CLAIM = "no_claim"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeric token of a folded sentence.

    Attributes:
        start: First character, of sign words such as 第 or 百分之 too.
        end: Behind the last character, of % too.
        look: What it is by its looks.
        value: Its value; 0 for periods and where it is no claim.
        step: The value of its last printed digit: 1 for 21, 1/10 for 3.5, 1000 for 1.2万.
        reason: Why it is no claim (Chinese).
        digits: The spans of the single numbers in it, such as year and month of a date.
    """

    start: int
    end: int
    look: Look
    value: Fraction = Fraction(0)
    step: Fraction = Fraction(1)
    reason: str = ""
    digits: tuple[tuple[int, int], ...] = ()


_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_C = "[零〇一二两三四五六七八九十百千]+"
_CN_YEAR = "[零〇一二三四五六七八九]{4}"
_YEAR = rf"(?:\d{{4}}|{_CN_YEAR})"
_QUARTER = "第?[一二三四1-4]季度"
# The number of an item; white space is gone, so a year may follow it closely.
_ITEM = r"\d{1,2}[.、](?:(?!\d)|(?=(?:19|20)\d{2}年))"
_MONTHS = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月"
# After these words a Chinese numeral counts something; 一 before 个, 批, 些 … often does not.
_COUNTED = (
    "个|家|篇|条|期|件|则|份|名|位|次|项|处|类|种|大|方面|分|倍|成|万|年|天|日|周|月|人|场|县|镇|乡"
)

_TOKENS = (
    ("quoted", r"《[^《》]{0,80}》", "文件名称"),
    ("reference", r"[〔\[(](?:19|20)\d{2}[〕\])]第?\d+号", "文号"),
    ("clause", rf"第(?:{_C}|\d+)[条款项章节号期批届次轮](?!信息)", "条款或序数"),
    ("phone", r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9})(?!\d)", "电话号码"),
    ("site", r"(?:https?://|www\.)[!-~]+|[\w.-]+@[\w.-]+", "网址"),
    ("span", rf"{_YEAR}年(?:\d{{1,2}}月?)?(?:\d{{1,2}}日)?[-—~至到]{{1,2}}(?:{_YEAR}年)?\d{{1,2}}月(?:\d{{1,2}}日|份)?", ""),
    ("period", rf"{_YEAR}年(?:度|全年|[上下]半年|{_QUARTER}|{_MONTHS}份?(?:\d{{1,2}}日)?)?", ""),
    ("months", r"\d{1,2}月?[-—~至到]{1,2}\d{1,2}月(?:份)?", ""),
    ("day", rf"{_MONTHS}\d{{1,2}}日|{_MONTHS}(?:份|底|末|初|中旬|上旬|下旬)?(?!以)", ""),
    ("quarter", _QUARTER, ""),
    ("fraction", rf"百分之(?P<of_hundred>{_C}(?:点{_C})?|\d+(?:\.\d+)?)", ""),
    ("points", rf"(?P<point>{_N})个百分点", ""),
    ("percent", rf"(?P<hundredth>{_N})[%％]", ""),
    ("permille", rf"(?P<thousandth>{_N})‰", ""),
    ("tenths", "(?P<tenth>[一二三四五六七八九])成(?![立为员熟绩效果功])", ""),
    ("half", "(?P<half>一半|半数)(?!以上的(?:时间))", ""),
    ("rank", rf"第(?P<rank>{_C}|\d+)(?=[,。;、)(名位]|$|的)", ""),
    ("double", "翻了?(?P<times>[一两二三四五])番", ""),
    ("mark", rf"^(?:{_C}、|\({_C}\)|{_C}是|{_ITEM}|\(\d{{1,2}}\))|(?<=[:;。,]){_C}是", "序号"),
    ("inner", rf"(?<=[:;。])(?:{_ITEM}|\(\d{{1,2}}\)|\([一二三四五六七八九十]{{1,3}}\))", "序号"),
    ("annex", r"(?<=附件)\s*(?:\d{1,2}|[一二三四五六七八九十])[.、:]?", "附件序号"),
    ("circled", "[①-⑳]", "序号"),
    ("word", r"[A-Za-z][A-Za-z\d.+-]*\d[A-Za-z\d]*", "代号"),
    ("term", f"{_C}[审校](?:{_C}[审校])*|(?<=[网政平])[一二三两]+(?=[微端])|[两二](?=期(?:名册|相比|可比|数据))", "术语"),
    ("duration", rf"(?:{_C}|\d+)个(?:工作日|自然日|月|小时|季度|星期)", "期限"),
    ("range", r"\d+[-—~至到]{1,2}\d+(?=[篇条件期个家份则])", "区间"),
    ("arabic", rf"(?P<arabic>{_N})(?P<wan>[万亿])?", ""),
    ("chinese", rf"(?P<chinese>{_C}万?)(?={_COUNTED})|(?<=前)(?P<first>{_C})(?=[,。;、]|$)", ""),
)  # fmt: skip
_TOKEN = re.compile("|".join(f"(?P<{name}_>{pattern})" for name, pattern, _ in _TOKENS))
_REASONS = {f"{name}_": reason for name, _, reason in _TOKENS if reason}
_PERIODS = {"span_", "period_", "months_", "day_", "quarter_"}
_DIGITS = re.compile(rf"\d+(?:[.,]\d+)*|{_C}")
_MOST_DIGITS = 40  # a run that no count can be is cut, not computed with
_VALUES = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}


def find_numerals(text: str) -> Iterator[Numeral]:
    """Find the numeric tokens of a folded sentence, from left to right."""
    for match in _TOKEN.finditer(text):
        name = next(name for name, found in match.groupdict().items() if found and name[-1] == "_")
        if not (name == "quoted_" and not _DIGITS.search(match.group())):
            yield _numeral(name, match)


def _numeral(name: str, match: re.Match[str]) -> Numeral:
    start, end = match.span()
    digits = tuple(
        (start + found.start(), start + found.end()) for found in _DIGITS.finditer(match.group())
    )
    if name in _REASONS:
        return Numeral(start, end, Look.NO_CLAIM, reason=_REASONS[name], digits=digits)
    if name in _PERIODS:
        return Numeral(start, end, Look.PERIOD, reason="日期或期次", digits=digits)
    for part in ("of_hundred", "point"):  # the 百 of 百分之 and 百分点 is no number
        if match[part]:
            digits = (match.span(part),)
    look, value, step = _value(match)
    return Numeral(start, end, look, value, step, digits=digits)


def _value(match: re.Match[str]) -> tuple[Look, Fraction, Fraction]:  # noqa: PLR0911 -- one a form
    found = {name: text for name, text in match.groupdict().items() if text and name[-1] != "_"}
    if (text := found.get("arabic")) is not None:
        scale = {"万": 10_000, "亿": 100_000_000}.get(found.get("wan", ""), 1)
        return Look.COUNT, _decimal(text) * scale, _step(text) * scale
    if (text := found.get("chinese") or found.get("first")) is not None:
        return Look.COUNT, Fraction(read_chinese(text)), Fraction(1)
    if (text := found.get("point")) is not None:
        return Look.POINTS, _decimal(text), _step(text)
    if (text := found.get("rank")) is not None:
        return Look.ORDINAL, _any_number(text), Fraction(1)
    if (text := found.get("times")) is not None:
        return Look.PERCENT, Fraction(100 * (2 ** read_chinese(text) - 1)), Fraction(1)
    if "half" in found:
        return Look.PERCENT, Fraction(50), Fraction(1)
    if (text := found.get("tenth")) is not None:
        return Look.PERCENT, Fraction(10 * read_chinese(text)), Fraction(10)
    if (text := found.get("thousandth")) is not None:
        return Look.PERCENT, _decimal(text) / 10, _step(text) / 10
    text = found.get("hundredth") or found["of_hundred"]
    return Look.PERCENT, _any_number(text), _step(text)


def _any_number(text: str) -> Fraction:
    if text[0].isascii():
        return _decimal(text)
    whole, _, fraction = text.partition("点")
    digits = "".join(str(_VALUES[character]) for character in fraction)
    behind = Fraction(int(digits), 10 ** len(digits)) if digits else Fraction(0)
    return read_chinese(whole) + behind


def _decimal(text: str) -> Fraction:
    return Fraction(text.replace(",", "")[:_MOST_DIGITS])


def _step(text: str) -> Fraction:
    """Return the value of the last digit printed."""
    return Fraction(1, 10 ** len(re.split("[.点]", text + ".")[1]))


def read_chinese(text: str) -> int:
    """Read a Chinese numeral.

    >>> [read_chinese(text) for text in ("五", "十", "二十一", "一百零五", "两千三百", "三万")]
    [5, 10, 21, 105, 2300, 30000]
    """
    if text.endswith("万"):
        return read_chinese(text[:-1]) * 10_000
    if not _POWERS.keys() & set(text):
        return int("".join(str(_VALUES[sign]) for sign in text[:_MOST_DIGITS]))
    total = digit = 0
    for character in text:
        if character in _POWERS:
            total += (digit or 1) * _POWERS[character]
            digit = 0
        else:
            digit = _VALUES[character]
    return total + digit
