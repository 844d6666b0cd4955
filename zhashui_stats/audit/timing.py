"""Periods and dates that a circular names, against the period that it is on."""

import re
from collections.abc import Sequence
from datetime import date

from zhashui_stats.audit.encoding import Encoded
from zhashui_stats.audit.findings import Finding, Verdict
from zhashui_stats.audit.numerals import Look, Numeral
from zhashui_stats.errors import PeriodError
from zhashui_stats.model.periods import Period, PeriodKind

__all__ = ["check_dates", "clause_period", "compared_with", "mistaken_period", "period_of"]

_COMPARED = re.compile("同比|环比|相比|比(?![重例率])|较(?!为|多|好)|同期|上年|去年")
_TITLE = re.compile("通报|情况|统计表|报告")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_WITHIN = ("底", "末", "初", "前", "起", "以", "中", "日")
_FUTURE = re.compile("计划|打算|力争|目标|将|拟|起|继续")


def period_of(encoded: Encoded, period: Period) -> Period | None:
    """Return the other period that a sentence is on; None where it is on the circular's own."""
    named = _periods(encoded)
    if not named or _COMPARED.search(encoded.text):
        return None
    first = named[0][1]
    if any(other == period or _covers(other, period) for _, other in named) or _covers(
        period, first
    ):
        return None
    return first if all(other == first for _, other in named) else None


def clause_period(  # noqa: PLR0911 -- one a way to name a period
    encoded: Encoded, place: int, period: Period
) -> Period | str | None:
    """Return the other period that a clause names before a place.

    Returns:
        The period; its words where they name none that can be read; None for the circular's own.
    """
    start = max(encoded.text.rfind(mark, 0, place) for mark in ",;。:(") + 1
    for at in range(place - 1, start - 1, -1):
        sign = encoded.signs[at]
        if sign and isinstance(sign.meaning, Numeral) and sign.meaning.look is Look.PERIOD:
            if encoded.text[at + 1 : at + 2] in _WITHIN or encoded.text[at + 1 : at + 3] == "以来":
                return None
            return _other_period(encoded.sentence.text[sign.start : sign.end], period)
    words = encoded.text[start:place]
    before = re.search(
        "(?:^|[;。])(去年同期|上年同期|去年|上年|上期|上月|\ue007),$", encoded.text[:start]
    )
    if before:  # 去年同期，全县共发布…: the words before the comma set the period
        return clause_period(encoded, start - 1, period)
    if re.search("去年同期|上年同期|去年|上年", words):
        return period.year_before
    if re.search("上期|上个月|上月|上个?季度|上个半年", words):
        return period.previous or words
    if period.kind is PeriodKind.HALF and (half := re.search("(?<!今年)([上下])半年", words)):
        number = "上下".index(half.group(1)) + 1
        named = Period.nth(period.year, PeriodKind.HALF, number)
        return None if named == period else named
    return None


def compared_with(encoded: Encoded) -> Period | None:
    """Return the period that a sentence names to compare with: 与上年同期（2021年上半年）相比."""
    place = encoded.text.find("相比")
    named = [period for at, period in _periods(encoded) if at < place]
    return named[-1] if named else None


def _other_period(words: str, period: Period) -> Period | str | None:
    is_span = re.fullmatch(r"(?:\d{4}年)?\d{1,2}月?\D+(?:\d{4}年)?\d{1,2}月份?", words)
    try:
        named = Period.parse(words if "年" in words else f"{period.year}年{words}")
    except PeriodError:
        return words if is_span else None
    # A year may be named for its half; months that are written out are meant.
    is_own = named == period or (not is_span and _covers(named, period))
    return None if is_own else named


def check_dates(encoded: Sequence[Encoded], period: Period) -> list[Finding]:
    """Check the periods that title and opening name, and the document's date."""
    return [*_wrong_periods(encoded, period), *_wrong_date(encoded, period)]


def mistaken_period(encoded: Encoded, period: Period) -> Finding:
    """Say that a sentence names another period, but gives this period's figures."""
    place, other = _periods(encoded)[0]
    return _differs(encoded, place, "period", other.label, period.label)


def _periods(encoded: Encoded) -> list[tuple[int, Period]]:
    named = []
    for place, numeral in encoded.numerals():
        if numeral.look is Look.PERIOD and (period := _as_period(encoded, numeral)):
            named.append((place, period))
    return named


def _as_period(encoded: Encoded, numeral: Numeral) -> Period | None:
    try:
        return Period.parse(encoded.sentence.text[numeral.start : numeral.end])
    except PeriodError:
        return None


def _covers(longer: Period, shorter: Period) -> bool:
    return longer != shorter and longer.start <= shorter.start and shorter.end <= longer.end


def _wrong_periods(encoded: Sequence[Encoded], own: Period) -> list[Finding]:
    """The title and the opening name the period that the circular is on."""
    wrong = []
    for phrase in encoded:
        if phrase.sentence.chapter or phrase.sentence.is_heading or not _TITLE.search(phrase.text):
            continue
        if _COMPARED.search(phrase.text) or _FUTURE.search(re.split("现将", phrase.text)[0]):
            continue
        for place, period in _periods(phrase):
            if period != own and period.kind is own.kind:
                wrong.append(_differs(phrase, place, "period", period.label, own.label))
    return wrong


def _differs(encoded: Encoded, place: int, kind: str, claimed: str, actual: str) -> Finding:
    start, end = encoded.span(place, place + 1)
    words = encoded.words(place, place + 1)
    reason = "文中的期次与所校核的期次不一致"
    section = encoded.sentence.section
    return Finding(kind, section, start, end, words, claimed, actual, Verdict.DIFFERS, reason)


def _wrong_date(encoded: Sequence[Encoded], period: Period) -> list[Finding]:
    """A circular is not dated before its period ends: the last full date that ends a sentence."""
    for phrase in reversed(encoded):
        for place, numeral in reversed(phrase.numerals()):
            text = phrase.sentence.text[numeral.start : numeral.end]
            match = _DATE.fullmatch(text)
            behind = phrase.text[place + 1 : place + 2]
            if not match or behind not in ("", "("):
                continue
            try:
                day = date(*map(int, match.groups()))
            except ValueError:
                return [_differs(phrase, place, "date", text, "没有这一天")]
            if day <= period.end and day.year >= period.start.year - 1:
                actual = f"应在{period.end.year}年{period.end.month}月{period.end.day}日之后"
                return [_differs(phrase, place, "date", text, actual)]
            return []
    return []
