"""What the report's tables and key figures hold, of the counts and of where they come from.

Those that rest on a ledger are ``evidence_tables``; ``table`` renders them all.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from zhashui_stats.aggregate import (
    Concentration,
    indicators_in,
    joint_scopes,
    measure_concentration,
    units_with_none,
)
from zhashui_stats.comparison import Change, Comparison, History
from zhashui_stats.errors import UndefinedFigure
from zhashui_stats.model.amounts import UNDEFINED, Amount, show_amount
from zhashui_stats.model.county import County
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.names import ADOPTED_TOTAL, SERIAL_HEADER, TOTAL, UNIT_HEADER
from zhashui_stats.model.submissions import SOURCE_MARK, Submissions, split_source_key
from zhashui_stats.model.units import Unit
from zhashui_stats.narrative.figures import told_figures
from zhashui_stats.narrative.numbers import say_decimal, say_half, say_percent
from zhashui_stats.narrative.wording import say_annex
from zhashui_stats.page.table import Cell, Header, KeyFigures, Row, Table
from zhashui_stats.rating import GRADE, RANK, Rating, rate_units

__all__ = [
    "annex_table",
    "changes_tables",
    "concentration_table",
    "files_table",
    "history_table",
    "key_figures",
    "movers_table",
    "provenance_table",
    "source_table",
    "totals_table",
]

_MOVERS = 5  # so many units each way, ties aside
_IN_LINE = 5  # so many key figures stand side by side on a page
_WIDE = 8  # so many columns have room in a page's usual type
_Indicators: TypeAlias = tuple[Indicator, ...]

_SOURCE_LABELS = {
    "title": "文件",
    "issuer": "发文单位",
    "date": "日期",
    "transcribed_from": "录入依据",
    "transcribed_by": "录入人",
    "note": "说明",
}


# --- Key figures --------------------------------------------------------------------------------


def key_figures(history: History) -> KeyFigures:
    """Give the totals and the categories, each with its change, and how many units have any.

    Indicators that are told beside the total stand with them, as many as there is room for.
    """
    now = history.now
    columns: list[str | None] = [None]
    if len(now.county.categories) > 1:
        columns += [category.id for category in now.county.categories]
    told = [indicator.id for indicator in told_figures(now)]
    columns += told[: max(0, 2 * _IN_LINE - 1 - len(columns))]
    figures = tuple(_key_figure(history, column) for column in columns)
    if told and len(figures) == _IN_LINE:
        return KeyFigures(figures)
    active = len(now.units) - len(units_with_none(now))
    participation = ("有稿件采用的单位", str(active), "个", f"共{len(now.units)}个单位")
    return KeyFigures((*figures, participation))


def _key_figure(history: History, column: str | None) -> tuple[str, str, str, str]:
    county, amount = history.now.county, history.now.total_amount(column)
    label = ADOPTED_TOTAL if column is None else county.figure(column).wording
    unit = "" if amount is None else county.unit_of(column)
    return label, county.show(column, amount), unit, _against_previous(history, column)


def _against_previous(history: History, column: str | None) -> str:
    county = history.now.county
    for term, _, against in history.compared:  # The nearest one at hand.
        try:
            difference = against.change(column).difference
        except UndefinedFigure:
            return ""
        return f"{term}{_signed(county, column, difference) if difference else '持平'}"
    if column is None or county.indicator(column) or not history.now.total():
        return ""
    return f"占{say_percent(100 * history.now.total(column) / history.now.total())}"


# --- The period ---------------------------------------------------------------------------------


def totals_table(now: Submissions) -> Table:
    """Tabulate the totals of each group, of several under one name, and of all."""
    scopes = [(scope.label, part) for scope, part in joint_scopes(now).items()]
    indicators = indicators_in(now)
    rows = tuple((group.label, *_sums(now.of(group.id), indicators)) for group in now.groups)
    sums = tuple((label, *_sums(part, indicators)) for label, part in (*scopes, (TOTAL, now)))
    header = ("组别", *_columns(now.county, indicators))
    return Table(
        f"各组采用数量（{now.county.measure}）",
        header,
        rows,
        sums if len(rows) > 1 else (),
        wide=_is_wide(now.county, header),
    )


def _is_wide(county: County, header: Sequence[Header]) -> bool:
    """Tell whether indicators make a table too wide for the usual type."""
    return bool(county.indicators) and len(header) > _WIDE


def annex_table(now: Submissions, group: str) -> Table:
    """Tabulate a group as its annex does: number, unit, categories, total, then indicators.

    Where the county says how units are assessed, rank and grade follow.
    """
    scope, indicators = now.of(group), now.county.indicators_of(now.county.group(group).id)
    annex, label = say_annex(now.county, group), now.county.group(group).label
    assessed = _assessed_columns(now.county)
    header = (SERIAL_HEADER, UNIT_HEADER, *_columns(now.county, indicators), *assessed)
    return Table(
        f"{annex}　{now.period.label}{label}信息采编情况统计表（{now.county.measure}）",
        header,
        tuple(
            (
                number,
                *_unit_row(scope, unit, indicators),
                *_rating_cells(rate_units(now).get(unit.name))[: len(assessed)],
            )
            for number, unit in enumerate(scope.units, 1)
        ),
        (("", TOTAL, *_sums(scope, indicators), *[""] * len(assessed)),),
        row_header=1,
        wide=_is_wide(now.county, header),
    )


def _unit_row(scope: Submissions, unit: Unit, indicators: _Indicators) -> Row:
    counts = scope.counts[unit.name]
    amounts = (_cell(indicator, scope.amount(unit.name, indicator.id)) for indicator in indicators)
    return (unit.name, *counts.values(), sum(counts.values()), *amounts)


def _assessed_columns(county: County) -> tuple[str, ...]:
    if county.assessment is None:
        return ()
    return (RANK, GRADE) if county.assessment.grades else (RANK,)


def _rating_cells(rating: Rating | None) -> tuple[str, str]:
    """Give rank and grade; a dash where the assessed figure is undefined, or no grade reached."""
    if rating is None:
        return UNDEFINED, UNDEFINED
    return str(rating.rank or UNDEFINED), rating.grade.label if rating.grade else UNDEFINED


def _columns(county: County, indicators: _Indicators) -> tuple[Header, ...]:
    """Head the columns; an indicator of another unit than the counts says which."""
    heads = (
        f"{indicator.label}（{indicator.unit}）"
        if indicator.unit != county.measure
        else indicator.label
        for indicator in indicators
    )
    return (*(category.label for category in county.categories), TOTAL, *heads)


def _sums(scope: Submissions, indicators: _Indicators) -> Row:
    """Give the totals of a scope; nothing of an indicator that no group of it has."""
    here = indicators_in(scope)
    amounts = (
        _cell(indicator, scope.total_amount(indicator.id)) if indicator in here else ""
        for indicator in indicators
    )
    counts = (scope.total(category.id) for category in scope.county.categories)
    return (*counts, scope.total(), *amounts)


def _cell(indicator: Indicator | None, amount: Amount | None) -> Cell:
    """Show an amount without its unit; a whole 0 as a count, which is muted."""
    shown = indicator.show(amount) if indicator else show_amount(amount)
    return 0 if shown == "0" else shown


def concentration_table(now: Submissions) -> Table:
    """Tabulate how unevenly the units of each group, and all of them, fare; nothing for one."""
    measure = now.county.measure
    is_told = now.total() and len(now.units) > 1
    return Table(
        "采用总量的集中程度",
        (
            "范围",
            "单位数",
            f"最多（{measure}）",
            f"中位数（{measure}）",
            ("第1名", "占比"),
            ("前3名", "占比"),
            ("前5名", "占比"),
            ("基尼", "系数"),
        ),
        tuple(map(_concentration_row, measure_concentration(now))) if is_told else (),
    )


def _concentration_row(found: Concentration) -> Row:
    middle, coefficient = found.median, found.gini
    return (
        found.label,
        found.size,
        show_amount(found.most),
        UNDEFINED if middle is None else say_half(middle),
        *(UNDEFINED if share is None else say_percent(share) for share in found.shares),
        UNDEFINED if coefficient is None else say_decimal(coefficient, 2),
    )


# --- Against earlier periods --------------------------------------------------------------------


def changes_tables(history: History) -> tuple[Table, ...]:
    """Tabulate the totals against each earlier period at hand; a table for each, and indicators."""
    tables = [
        table
        for term, _, against in history.compared
        for table in (_changes_table(term, against), _indicator_changes_table(term, against))
    ]
    return tuple(table for table in tables if table.rows)


def _changes_table(term: str, against: Comparison) -> Table:
    now, before = against.now, against.before
    names: list[tuple[str | None, str]] = [
        *((category.id, category.label) for category in now.county.categories),
        (None, TOTAL),
    ]
    rows = tuple((label, *_change_cells(against, category)) for category, label in names)
    return Table(
        f"{term}：与{before.period.label}比较（{now.county.measure}）",
        ("类别", now.period.label, before.period.label, (term, "增减"), (term, "%")),
        rows[:-1],
        rows[-1:] if len(rows) > 2 else (),
    )


def _change_cells(against: Comparison, category: str | None) -> Row:
    change = against.change(category)
    signed = _signed(against.now.county, category, change.difference)
    return (*_after_before(change), signed, _rate(change))


def _indicator_changes_table(term: str, against: Comparison) -> Table:
    """Tabulate the indicators that are told beside the total, each in its own unit."""
    now, before = against.now, against.before
    return Table(
        f"{term}：其他指标与{before.period.label}比较",
        ("指标", now.period.label, before.period.label, (term, "增减"), (term, "%")),
        tuple(_indicator_change(against, indicator) for indicator in told_figures(now)),
    )


def _indicator_change(against: Comparison, indicator: Indicator) -> Row:
    sides = (then.total_amount(indicator.id) for then in (against.now, against.before))
    said = (indicator.label, *map(indicator.say, sides))
    try:
        change = against.change(indicator.id)
    except UndefinedFigure:
        return (*said, UNDEFINED, UNDEFINED)
    signed = _signed(against.now.county, indicator.id, change.difference)
    return (*said, signed, UNDEFINED if indicator.is_rate else _rate(change))


def movers_table(history: History) -> Table:
    """Tabulate the units that rose and fell most since the nearest earlier period at hand (篇)."""
    if not history.compared:
        return Table("", (), ())
    term, _, against = history.compared[0]
    now, before = against.now, against.before
    moved = [*against.risen(_MOVERS), *reversed(against.fallen(_MOVERS))]
    return Table(
        f"采用总量变化最大的单位（{term}，{now.county.measure}）",
        (UNIT_HEADER, now.period.label, before.period.label, (term, "增减")),
        tuple(
            (name, *_after_before(change), _signed(now.county, None, change.difference))
            for name, change in moved
        ),
    )


def _after_before(change: Change) -> Row:
    """Give the count now, then the one before."""
    return _cell(None, change.after), _cell(None, change.before)


def _rate(change: Change) -> str:
    if change.percent is None:
        return UNDEFINED
    sign = "+" if change.percent > 0 else ""
    return f"{sign}{say_percent(change.percent)}".replace("-", "−")


def _signed(county: County, column: str | None, difference: Amount) -> str:
    """Show a difference with its sign; that of a rate in 百分点."""
    indicator = county.indicator(column)
    points = "个百分点" if indicator and indicator.is_rate else ""
    return f"{'+' if difference > 0 else ''}{county.show(column, difference)}{points}"


def history_table(history: History) -> Table:
    """Tabulate every period at hand: units, categories, total, indicators; nothing for one."""
    indicators = indicators_in(history.now)
    rows = tuple(
        (then.period.label, len(then.units), *_sums(then, indicators)) for then in history.series
    )
    county = history.now.county
    header = ("期次", "单位数", *_columns(county, indicators))
    return Table(
        f"历期采用数量（{county.measure}）",
        header,
        rows if len(rows) > 1 else (),
        wide=_is_wide(county, header),
    )


# --- Where it comes from ------------------------------------------------------------------------


def source_table(now: Submissions) -> Table:
    """Tabulate where the figures come from, as ``source.toml`` says; of a sum, its parts' ones."""
    said = {key: value for key, value in now.source.items() if value.strip()}
    rows = tuple((_source_label(now, key), value) for key, value in said.items())
    return Table(f"{now.period.label}数据来源", ("项目", "内容"), rows, numeric=False, fine=True)


def _source_label(now: Submissions, key: str) -> str:
    part, own = split_source_key(now, key)
    label = _SOURCE_LABELS.get(own, own)
    return f"{part}{SOURCE_MARK}{label}" if part else label


def files_table(history: History) -> Table:
    """Tabulate the input files of all periods used, with the hash of each."""
    files = {file.path: file for then in history.series for file in then.files}
    return Table(
        "输入文件及其校验值（SHA-256）",
        ("文件", "校验值"),
        tuple((path, files[path].sha256 or UNDEFINED) for path in sorted(files)),
        numeric=False,
        fine=True,
    )


def provenance_table(made_with: Mapping[str, str]) -> Table:
    """Tabulate what a report was made with.

    Args:
        made_with: Label -> value, as ``provenance.made_with`` returns it.
    """
    rows = tuple(made_with.items())
    return Table("生成环境", ("项目", "内容"), rows, numeric=False, fine=True)
