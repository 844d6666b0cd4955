"""What is wrong with a ledger: every row that cannot be counted, and every doubtful cell.

The engine finds the few values or rows in question; each of these is judged here once more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeAlias

import narwhals as nw

from zhashui_stats.errors import Fault, FaultKind, Labelled, UnknownUnit, say_nearest
from zhashui_stats.ledger.days import as_day, fold_day, say_serial
from zhashui_stats.ledger.expressions import among, blank, first_unit
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.model.articles import DATES, Attribute, Column, Form, Status
from zhashui_stats.model.names import drop_invisible, fold_name

__all__ = ["find_faults"]

_IsBad: TypeAlias = Callable[[str], bool]
_DAY = "日期，如 2022-01-05 或 2022年1月5日"
_LONGEST_WORD = 8
_COUNTED = (Status.ADOPTED, None)
_FORM_SEPARATOR = "、"


def find_faults(ledger: Ledger) -> tuple[Fault, ...]:
    """Return every fault of a ledger, by row where rows are known."""
    faults = [
        *_blank_titles(ledger),
        *_bad_values(ledger),
        *_bad_days(ledger),
        *_unpublished(ledger),
        *_bad_units(ledger),
        *_doubles(ledger),
    ]
    headed = [ledger.headers[column] for column in Column if ledger.has(column)]
    places = {header: place for place, header in enumerate(headed)}
    order = {f"{ledger.file}“{title}”": place for place, title in enumerate(ledger.sheets)}
    faults.sort(
        key=lambda fault: (
            order.get(fault.file, 0), fault.row or 0, places.get(fault.column or "", 0),
        )
    )  # fmt: skip
    return tuple(faults)


# --- Single cells -------------------------------------------------------------------------------


def _blank_titles(ledger: Ledger) -> Iterator[Fault]:
    for row, number in _told(ledger, blank(Column.TITLE)):
        yield ledger.fault(
            row, Column.TITLE, FaultKind.MISSING_VALUE, _of(number, ""), "稿件的标题"
        )


def _bad_values(ledger: Ledger) -> Iterator[Fault]:
    """Judge the columns that hold one of a few values; some may be left blank, some may not."""
    labels = "、".join(category.label for category in ledger.county.categories)
    yield from _bad_texts(
        ledger,
        Column.STATUS,
        lambda text: _labels(Status) + _undeclared(text),
        lambda text: not ledger.words(Status).get(fold_name(text)),
    )
    yield from _bad_texts(ledger, Column.CATEGORY, labels, _unlike(ledger.categories))
    if ledger.has(Column.ATTRIBUTE):
        is_bad = _unlike(ledger.attributes, may_be_blank=True)
        yield from _bad_texts(ledger, Column.ATTRIBUTE, f"{_labels(Attribute)}，或留空", is_bad)
    if ledger.has(Column.FORM):
        is_unlike = _unlike(ledger.forms, may_be_blank=True)
        yield from _bad_texts(
            ledger, Column.FORM, f"{_labels(Form)}（可用顿号并列），或留空",
            lambda text: any(map(is_unlike, text.split(_FORM_SEPARATOR))),
        )  # fmt: skip


def _undeclared(text: str) -> str:
    """Say how a county declares a state that it calls otherwise; nothing for what is no word."""
    word = " ".join(text.split())
    is_word = 0 < len(word) <= _LONGEST_WORD and word.isprintable() and not set(word) & set('"\\')
    if not is_word:
        return ""
    line = f'"{Status.ADOPTED.label}" = ["{word}"]'
    return f"；如果“{word}”就是其中一种，在 county.toml 的 [ledger.values] 下写一行，如 {line}"


def _labels(kind: type[Labelled]) -> str:
    return "、".join(member.label for member in kind)


def _unlike(known: Mapping[str, Any], *, may_be_blank: bool = False) -> _IsBad:
    def is_bad(text: str) -> bool:
        folded = fold_name(text)
        return folded not in known and bool(folded or not may_be_blank)

    return is_bad


def _bad_texts(
    ledger: Ledger,
    column: Column,
    expected: str | Callable[[str], str],
    is_bad: _IsBad,
    kind: FaultKind = FaultKind.UNKNOWN_VALUE,
) -> Iterator[Fault]:
    """Tell the rows whose text in a column is bad; blank ones as not filled in."""
    texts = [text for text in ledger.texts(column) if is_bad(text or "")]
    if not texts:
        return
    for row, text in ledger.rows(column.value, where=among(column, texts)):
        found = (text or "").strip()
        told = kind if found else FaultKind.MISSING_VALUE
        wanted = expected if isinstance(expected, str) else expected(found)
        yield ledger.fault(row, column, told, found, wanted)


def _bad_days(ledger: Ledger) -> Iterator[Fault]:
    for column in DATES:
        if ledger.has(column) and ledger.is_text(column):
            yield from _bad_texts(ledger, column, _say_day, _is_no_day, FaultKind.NOT_A_DATE)


def _say_day(text: str) -> str:
    """Say what should stand in place of a text, and which day it may be the number of."""
    day = say_serial(text)
    return (
        f"{_DAY}；{text.strip()} 是日期 {day} 的序号，请把这一列设为日期格式再保存" if day else _DAY
    )


def _is_no_day(text: str) -> bool:
    return bool(text.strip()) and fold_day(text) is None


def _unpublished(ledger: Ledger) -> Iterator[Fault]:
    """An adopted article says when it was published."""
    missing = ledger.undated(Column.PUBLISHED)
    for row, number in _told(ledger, ledger.with_status(Status.ADOPTED) & missing):
        found = _of(number, "状态为采用")
        yield ledger.fault(
            row, Column.PUBLISHED, FaultKind.MISSING_VALUE, found, "采用稿件的发布日期"
        )


def _told(ledger: Ledger, where: nw.Expr) -> list[tuple[Any, ...]]:
    """Return row and number of some articles; where no row is known, the number names them."""
    if ledger.has(Column.NUMBER):
        return ledger.rows(Column.NUMBER.value, where=where)
    return [(row, None) for row, _ in ledger.rows(Column.STATUS.value, where=where)]


def _of(number: str | None, found: str) -> str:
    return "，".join(filter(None, (f"编号 {number}" if number else "", found)))


# --- Units --------------------------------------------------------------------------------------


def _bad_units(ledger: Ledger) -> Iterator[Fault]:
    """Tell the units that are not on the roster; those of the period have to be there in it."""
    texts = [text for text in ledger.texts(Column.UNIT) if ledger.unit(text) is None]
    if not texts:
        return
    days = [column for column in (Column.PUBLISHED, Column.SUBMITTED) if ledger.has(column)]
    for row, text, status, *when in ledger.rows(
        Column.UNIT.value,
        Column.STATUS.value,
        *(column.value for column in days),
        where=among(Column.UNIT, texts),
    ):
        at = dict(zip(days, when, strict=True))
        what = ledger.statuses.get(status)
        if fault := _judge_unit(ledger, row, text, _day_of(what, at), counts=what in _COUNTED):
            yield fault


def _day_of(status: Status | None, at: Mapping[Column, object]) -> date | None:
    """Return the day that tells which period an article belongs to; None where it is not told."""
    column = Column.PUBLISHED if status is Status.ADOPTED else Column.SUBMITTED
    value = at.get(column)
    return as_day(fold_day(value) if isinstance(value, str) else value)


def _judge_unit(
    ledger: Ledger, row: int | None, text: str | None, day: date | None, *, counts: bool
) -> Fault | None:
    name = first_unit(text)
    if not name:
        return ledger.fault(row, Column.UNIT, FaultKind.MISSING_VALUE, "", "投稿单位的名称")
    try:
        unit = ledger.roster.resolve(name)
    except UnknownUnit:
        expected = f"名册 units.csv 中的单位{say_nearest(ledger.here.candidates(name))}"
        return ledger.fault(row, Column.UNIT, FaultKind.UNKNOWN_UNIT, name, expected)
    if not ledger.period.start <= (day or ledger.period.start) <= ledger.period.end:
        return None
    if day is None and not counts:
        return None  # It may be of any period.
    found = f"{name}，{unit.say_validity()}"
    expected = f"名册 units.csv 中 {ledger.period} 在册的单位"
    return ledger.fault(row, Column.UNIT, FaultKind.UNKNOWN_UNIT, found, expected)


# --- Doubles ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Article:
    """What tells an adopted article from another."""

    row: int | None
    title: str
    unit: str
    day: object
    number: str | None


def _doubles(ledger: Ledger) -> Iterator[Fault]:
    """An article stands once: by its number, and by its unit, title and date of publication."""
    adopted = ledger.with_status(Status.ADOPTED)
    told: set[int] = set()
    if ledger.has(Column.NUMBER):
        for fault, row in _double_numbers(ledger, adopted):
            told |= {row} if row else set()
            yield fault
    for fault, row in _double_titles(ledger, adopted):
        if row is None or row not in told:
            yield fault


def _double_numbers(ledger: Ledger, where: nw.Expr) -> Iterator[tuple[Fault, int | None]]:
    same = ledger.repeated(Column.NUMBER, where=where)
    for article, first in _repeats(_articles(ledger, same), _number):
        found = f"{article.number}，{_place(ledger, first)}已有"
        yield _double(ledger, article, Column.NUMBER, found, "每个编号只用一次")


def _double_titles(ledger: Ledger, where: nw.Expr) -> Iterator[tuple[Fault, int | None]]:
    same = ledger.repeated(Column.TITLE, Column.PUBLISHED, where=where)
    for article, first in _repeats(_articles(ledger, same), partial(_key, ledger)):
        which = "" if article.row else f"编号 {article.number or '（空）'} "
        found = (
            f"{which}“{article.title}”，{_place(ledger, first)}已有同单位、同标题、同发布日期的稿件"
        )
        yield _double(ledger, article, Column.TITLE, found, "同一稿件只登记一次")


def _articles(ledger: Ledger, where: nw.Expr | None) -> list[_Article]:
    if where is None:
        return []
    columns = [Column.TITLE.value, Column.UNIT.value, Column.PUBLISHED.value]
    columns += [Column.NUMBER.value] * ledger.has(Column.NUMBER)
    rows = ledger.rows(*columns, where=where)
    return [_Article(*row, *(None,) * (5 - len(row))) for row in rows]


def _repeats(
    articles: Iterable[_Article], key: Callable[[_Article], object]
) -> Iterator[tuple[_Article, _Article]]:
    """Pair each article that comes again with the first one like it."""
    firsts: dict[object, _Article] = {}
    for article in articles:
        if (identity := key(article)) is not None:
            first = firsts.setdefault(identity, article)
            if first is not article:
                yield article, first


def _key(ledger: Ledger, article: _Article) -> object:
    name = first_unit(article.unit)
    unit = ledger.unit(article.unit)
    day = article.day
    if not article.title or not article.title.strip() or not day:
        return None
    if isinstance(day, str) and fold_day(day) is None:
        return None
    return (unit.name if unit else fold_name(name), fold_name(article.title), as_day(day))


def _number(article: _Article) -> object:
    return drop_invisible(article.number or "").strip() or None


def _place(ledger: Ledger, first: _Article) -> str:
    sheet, row = ledger.place(first.row)
    return f"{sheet}第{row}行" if row else f"编号 {first.number or '（空）'} "


def _double(
    ledger: Ledger, article: _Article, column: Column, found: str, expected: str
) -> tuple[Fault, int | None]:
    fault = ledger.fault(article.row, column, FaultKind.DUPLICATE_ARTICLE, found, expected)
    return fault, article.row
