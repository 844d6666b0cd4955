"""What the report's tables and key figures hold, of the counts and of where they come from.

Those that rest on a ledger are ``evidence_tables``; ``table`` renders them all.
"""

from collections.abc import Mapping

from zhashui_stats.aggregate import Concentration, measure_concentration, units_with_none
from zhashui_stats.comparison import Change, Comparison, History
from zhashui_stats.model.names import GROUP_HEADER, SERIAL_HEADER, TOTAL, UNIT_HEADER
from zhashui_stats.model.submissions import SOURCE_MARK, Submissions
from zhashui_stats.model.units import Unit
from zhashui_stats.narrative.numbers import say_decimal, say_percent
from zhashui_stats.narrative.wording import say_annex
from zhashui_stats.page.table import Header, KeyFigures, Row, Table

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

_NONE = "—"
_MOVERS = 5  # so many units each way, ties aside
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
    """Give the totals and the categories, each with its change, and how many units have any."""
    now, measure = history.now, history.now.county.measure
    figures = [("采用总量", str(now.total()), measure, _against_previous(history, None))]
    if len(now.county.categories) > 1:
        figures += [
            (
                category.wording,
                str(now.total(category.id)),
                measure,
                _against_previous(history, category.id),
            )
            for category in now.county.categories
        ]
    active = len(now.units) - len(units_with_none(now))
    figures.append(("有稿件采用的单位", str(active), "个", f"共{len(now.units)}个单位"))
    return KeyFigures(tuple(figures))


def _against_previous(history: History, category: str | None) -> str:
    for term, _, against in history.compared:  # The nearest one at hand.
        difference = against.change(category).difference
        return f"{term}{_signed(difference) if difference else '持平'}"
    if category is None or not history.now.total():
        return ""
    return f"占{say_percent(100 * history.now.total(category) / history.now.total())}"


# --- The period ---------------------------------------------------------------------------------


def totals_table(now: Submissions) -> Table:
    """Tabulate each group's total in each category (篇)."""
    rows = tuple((group.label, *_sums(now.of(group.id))) for group in now.groups)
    return Table(
        f"各组采用数量（{now.county.measure}）",
        (GROUP_HEADER, *_columns(now)),
        rows,
        ((TOTAL, *_sums(now)),) if len(rows) > 1 else (),
    )


def annex_table(now: Submissions, group: str) -> Table:
    """Tabulate a group as its annex does: number, unit, categories; with a total per unit."""
    scope = now.of(group)
    annex, label = say_annex(now.county, group), now.county.group(group).label
    return Table(
        f"{annex}　{now.period.label}{label}信息采编情况统计表（{now.county.measure}）",
        (SERIAL_HEADER, UNIT_HEADER, *_columns(now)),
        tuple(_annex_row(scope, number, unit) for number, unit in enumerate(scope.units, 1)),
        (("", TOTAL, *_sums(scope)),),
        row_header=1,
    )


def _annex_row(scope: Submissions, number: int, unit: Unit) -> Row:
    counts = scope.counts[unit.name]
    return (number, unit.name, *counts.values(), sum(counts.values()))


def _columns(now: Submissions) -> tuple[Header, ...]:
    return (*(category.label for category in now.county.categories), TOTAL)


def _sums(scope: Submissions) -> Row:
    return (*(scope.total(category.id) for category in scope.county.categories), scope.total())


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
        found.most,
        _NONE if middle is None else say_decimal(middle, 0 if middle.is_integer() else 1),
        *(_NONE if share is None else say_percent(share) for share in found.shares),
        _NONE if coefficient is None else say_decimal(coefficient, 2),
    )


# --- Against earlier periods --------------------------------------------------------------------


def changes_tables(history: History) -> tuple[Table, ...]:
    """Tabulate the totals against each earlier period at hand, one table for each."""
    return tuple(_changes_table(term, against) for term, _, against in history.compared)


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
    return (change.after, change.before, _signed(change.difference), _rate(change))


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
            (name, change.after, change.before, _signed(change.difference))
            for name, change in moved
        ),
    )


def _rate(change: Change) -> str:
    if change.percent is None:
        return _NONE
    sign = "+" if change.percent > 0 else ""
    return f"{sign}{say_percent(change.percent)}".replace("-", "−")


def _signed(difference: int) -> str:
    return f"{difference:+d}".replace("-", "−") if difference else "0"


def history_table(history: History) -> Table:
    """Tabulate every period at hand: units, categories and total (篇); nothing for a single one."""
    rows = tuple((then.period.label, len(then.units), *_sums(then)) for then in history.series)
    return Table(
        f"历期采用数量（{history.now.county.measure}）",
        ("期次", "单位数", *_columns(history.now)),
        rows if len(rows) > 1 else (),
    )


# --- Where it comes from ------------------------------------------------------------------------


def source_table(now: Submissions) -> Table:
    """Tabulate where the figures come from, as ``source.toml`` says; of a sum, its parts' ones."""
    said = {key: value for key, value in now.source.items() if value.strip()}
    rows = tuple((_source_label(now, key), value) for key, value in said.items())
    return Table(f"{now.period.label}数据来源", ("项目", "内容"), rows, numeric=False, fine=True)


def _source_label(now: Submissions, key: str) -> str:
    part, own = now.split_source_key(key)
    label = _SOURCE_LABELS.get(own, own)
    return f"{part}{SOURCE_MARK}{label}" if part else label


def files_table(history: History) -> Table:
    """Tabulate the input files of all periods used, with the hash of each."""
    files = {file.path: file for then in history.series for file in then.files}
    return Table(
        "输入文件及其校验值（SHA-256）",
        ("文件", "校验值"),
        tuple((path, files[path].sha256) for path in sorted(files)),
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
