"""What the tables and key figures of a brief hold, and those of the index that leads to all."""

import hashlib
from collections.abc import Mapping

from zhashui_stats.briefs.brief import Brief
from zhashui_stats.briefs.indicators import (
    assessed_cells,
    assessed_headers,
    own_rating,
    say_rating,
)
from zhashui_stats.briefs.standing import Standing, standing
from zhashui_stats.briefs.standing_words import say_rank
from zhashui_stats.comparison import History
from zhashui_stats.model.amounts import UNDEFINED, Amount, show_amount
from zhashui_stats.model.names import ADOPTED_TOTAL, TOTAL, UNIT_HEADER
from zhashui_stats.model.submissions import SourceFile, Submissions, split_source_key
from zhashui_stats.narrative.numbers import say_half
from zhashui_stats.page.table import KeyFigures, Link, Row, Table
from zhashui_stats.rating import assessed_column

__all__ = [
    "briefs_table",
    "combined_hash",
    "own_figures",
    "own_history_table",
    "own_provenance_table",
    "standing_table",
]

_RANK = ("名", "次")
_MISSING = "（未能生成）"
_UNRANKED = "名次为“—”的，没有稿件被采用，或各单位相同。"
_LATEST = 5  # so many periods stand beside the standing, on the one page that there is


# --- Figures ------------------------------------------------------------------------------------


def own_figures(brief: Brief) -> KeyFigures:
    """Give the unit's total with its rank, and each category with its rank or its distance."""
    measure, total = brief.now.county.measure, brief.standing()
    figures = [(ADOPTED_TOTAL, str(total.count), measure, _total_note(brief, total))]
    categories = brief.now.county.categories
    if len(categories) > 1:
        figures += [
            (category.wording, str(own.count), measure, _note(own, measure))
            for category in categories
            for own in (brief.standing(category.id),)
        ]
    return KeyFigures((*figures, *_assessed_figure(brief)))


def _assessed_figure(brief: Brief) -> list[tuple[str, str, str, str]]:
    """Give the assessed figure with rank and grade, where it is not the total itself."""
    county, rating = brief.now.county, own_rating(brief)
    column = assessed_column(county)
    if rating is None or column is None:
        return []
    amount = county.show(column, rating.amount)
    return [(county.label(column), amount, county.unit_of(column), say_rating(rating))]


def _total_note(brief: Brief, total: Standing) -> str:
    among = f"共{total.size}个{brief.group.label}"
    if not total.count:
        return "没有稿件被采用"
    if total.has_rank:
        return f"{say_rank(total)}，{among}"
    return _note(total, brief.now.county.measure)


def _note(own: Standing, measure: str) -> str:
    if own.is_alone:
        return ""
    if own.all_equal:
        return "各单位相同"
    if own.has_rank:
        return say_rank(own)
    fewer = f"比中位数少{say_half(-own.distance)}{measure}"
    return fewer if own.distance else "等于中位数"


# --- Tables -------------------------------------------------------------------------------------


def standing_table(brief: Brief) -> Table:
    """Tabulate where the unit stands in its group; nothing where it is alone in it."""
    measure, total = brief.now.county.measure, brief.standing()
    rows = tuple((label, *_standing_cells(own)) for label, own in brief.standings.items())
    several = len(rows) > 1
    return Table(
        f"在{total.size}个{brief.group.label}中的位置（{measure}）",
        ("类别", "采用", _RANK, ("组", "中位数"), ("与中位数", "相差"), ("组内", "最多")),
        () if total.is_alone else rows[:-1] if several else rows,
        rows[-1:] if several else (),
        note="" if all(own.has_rank for own in brief.standings.values()) else _UNRANKED,
    )


def _standing_cells(own: Standing) -> Row:
    return (
        show_amount(own.count), _rank(own), say_half(own.median), _signed(own.distance),
        show_amount(own.most),
    )  # fmt: skip


def own_history_table(brief: Brief) -> Table:
    """Tabulate the unit's counts (篇) in the latest periods at hand; nothing for a single one."""
    shown = brief.series[-_LATEST:]
    categories = brief.now.county.categories
    rows = tuple((then.period.label, *_period_cells(then)) for then in shown)
    return Table(
        f"历期采用数量（{brief.now.county.measure}）",
        ("期次", *(category.label for category in categories), *[TOTAL] * (len(categories) > 1)),
        rows if len(rows) > 1 else (),
        note=_history_note(brief, shown),
    )


def _period_cells(then: Submissions) -> Row:
    categories = then.county.categories
    counts = [then.total(category.id) for category in categories]
    counts += [then.total()] if len(categories) > 1 else []
    return tuple(counts) if then.units else (UNDEFINED,) * len(counts)


def _history_note(brief: Brief, shown: tuple[Submissions, ...]) -> str:
    notes = [f"只列最近{len(shown)}期"] if len(shown) < len(brief.series) else []
    notes += ["“—”为名册中没有本单位"] if any(not then.units for then in shown) else []
    merged = {unit.name for then in shown for unit in then.units if unit.name != brief.name}
    notes += ["含并入前的单位"] if merged else []
    return f"{'；'.join(notes)}。" if notes else ""


# --- Provenance ---------------------------------------------------------------------------------


def own_provenance_table(brief: Brief, made_with: Mapping[str, str]) -> Table:
    """Tabulate what the brief rests on and what it was made with, in one small table.

    Args:
        brief: Whose.
        made_with: Label -> value, as ``page.provenance.made_with`` returns it.
    """
    files = _files(brief.history)
    inputs = f"{len(files)}个文件，合并校验值（SHA-256）{combined_hash(brief.history)}"
    source = _say_source(brief.now)
    rows = [("数据来源", source)] if source else []
    rows += [("输入文件", inputs), *_in_pairs(made_with)]
    return Table("出处", ("项目", "内容"), tuple(rows), numeric=False, fine=True)


def _in_pairs(made_with: Mapping[str, str]) -> list[tuple[str, str]]:
    """Set two entries in a line: a brief is one sheet."""
    entries = list(made_with.items())
    pairs = (entries[at : at + 2] for at in range(0, len(entries), 2))
    return [
        ("、".join(key for key, _ in two), "；".join(value for _, value in two)) for two in pairs
    ]


def _say_source(now: Submissions) -> str:
    """Say the title and the date of the source; of a sum, those of its parts."""
    said: dict[str, dict[str, str]] = {}
    for key, value in now.source.items():
        part, own = split_source_key(now, key)
        said.setdefault(part, {})[own] = value.strip()
    return "；".join(filter(None, map(_say_title, said.values())))


def _say_title(source: Mapping[str, str]) -> str:
    title, date = source.get("title", ""), source.get("date", "")
    return f"{title}（{date}）" if title and date else title or date


def combined_hash(history: History) -> str:
    """Return one SHA-256 for all input files: that of their lines of hash, two blanks and path.

    The lines stand in the order of the paths, each with a line feed, as ``sha256sum`` writes
    them.
    """
    lines = "".join(f"{file.sha256}  {path}\n" for path, file in sorted(_files(history).items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _files(history: History) -> dict[str, SourceFile]:
    return {file.path: file for then in history.series for file in then.files}


# --- The index ----------------------------------------------------------------------------------


def briefs_table(now: Submissions, group: str, hrefs: Mapping[str, str | None]) -> Table:
    """Tabulate the units of a group with their totals and ranks, each with a link to its brief.

    Args:
        now: The period, of all units.
        group: Id or label.
        hrefs: Unit name -> address of its brief, percent-encoded; None: it could not be made.
    """
    scope, label = now.of(group), now.county.group(group).label
    rows = [
        (*_brief_row(scope, unit.name, hrefs.get(unit.name)), *assessed_cells(now, unit.name))
        for unit in scope.units
    ]
    return Table(
        f"{now.period.label}{label}信息采编情况简报（{now.county.measure}）",
        (
            UNIT_HEADER,
            *(category.label for category in now.county.categories),
            TOTAL,
            _RANK,
            *assessed_headers(now.county),
        ),
        tuple(rows),
    )


def _brief_row(scope: Submissions, name: str, href: str | None) -> Row:
    total = standing(scope, name)
    head = Link(name, href) if href else f"{name}{_MISSING}"
    return (head, *scope.counts[name].values(), scope.count(name), _rank(total))


# --- Cells --------------------------------------------------------------------------------------


def _rank(own: Standing) -> str:
    return f"{'并列' if own.tied else ''}{own.rank}" if own.has_rank else UNDEFINED


def _signed(value: Amount) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{say_half(max(value, -value))}"
