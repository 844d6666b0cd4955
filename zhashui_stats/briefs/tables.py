"""Tables of the units' briefs, and of the index that leads to them."""

import hashlib
from collections.abc import Mapping

from zhashui_stats.briefs.brief import Brief
from zhashui_stats.briefs.chart import standing_rows
from zhashui_stats.briefs.standing import Standing, standing
from zhashui_stats.briefs.words import say_half, say_rank
from zhashui_stats.compare import History
from zhashui_stats.model.submissions import SOURCE_MARK, SourceFile, Submissions
from zhashui_stats.narrative.wording import say_category
from zhashui_stats.page.table import Cell, KeyFigures, Link, Row, Table

__all__ = [
    "briefs_table",
    "combined_hash",
    "own_figures",
    "own_history_table",
    "own_provenance_table",
    "standing_table",
]

_TOTAL, _NONE = "合计", "—"
_MISSING = "（未能生成）"
_UNRANKED = "名次为“—”的，没有稿件被采用，或各单位相同。"
_LATEST = 5  # so many periods stand beside the standing, on the one page that there is


# --- Figures ------------------------------------------------------------------------------------


def own_figures(brief: Brief) -> KeyFigures:
    """Give the unit's total with its rank, and each category with its rank or its distance."""
    measure, total = brief.now.county.measure, brief.standing()
    figures = [("采用总量", str(total.count), measure, _total_note(brief, total))]
    categories = brief.now.county.categories
    if len(categories) > 1:
        figures += [
            (say_category(one.label), str(own.count), measure, _note(own, measure))
            for one in categories
            for own in (brief.standing(one.id),)
        ]
    return KeyFigures(tuple(figures))


def _total_note(brief: Brief, total: Standing) -> str:
    among = f"共{total.size}个{brief.group.label}"
    if not total.count:
        return "没有稿件被采用"
    if total.has_rank:
        return f"{say_rank(total)}，{among}"
    return _note(total, brief.now.county.measure)


def _note(one: Standing, measure: str) -> str:
    if one.is_alone:
        return ""
    if one.all_equal:
        return "各单位相同"
    if one.has_rank:
        return say_rank(one)
    more = f"比中位数少{say_half(-one.distance)}{measure}"
    return more if one.distance else "等于中位数"


# --- Tables -------------------------------------------------------------------------------------


def standing_table(brief: Brief) -> Table:
    """Tabulate where the unit stands in its group; nothing where it is alone in it."""
    measure, total, rows = brief.now.county.measure, brief.standing(), standing_rows(brief)
    cells = tuple((label, *_cells(one)) for label, one in rows.items())
    several = len(cells) > 1
    return Table(
        f"在{total.size}个{brief.group.label}中的位置（{measure}）",
        ("类别", "采用", "名次", "组中位数", "与中位数相差", "组内最多"),
        () if total.is_alone else cells[:-1] if several else cells,
        cells[-1:] if several else (),
        note="" if all(one.has_rank for one in rows.values()) else _UNRANKED,
    )


def _cells(one: Standing) -> Row:
    rank = f"{'并列' if one.tied else ''}{one.rank}" if one.has_rank else _NONE
    return (one.count, rank, say_half(one.median), _signed(one.distance), one.most)


def own_history_table(brief: Brief) -> Table:
    """Tabulate the unit's counts (篇) in the latest periods at hand; nothing for a single one."""
    shown = brief.series[-_LATEST:]
    categories = brief.now.county.categories
    rows = tuple((one.period.label, *_period_cells(one)) for one in shown)
    return Table(
        f"历期采用数量（{brief.now.county.measure}）",
        ("期次", *(one.label for one in categories), *[_TOTAL] * (len(categories) > 1)),
        rows if len(rows) > 1 else (),
        note=_history_note(brief, shown),
    )


def _period_cells(one: Submissions) -> tuple[Cell, ...]:
    categories = one.county.categories
    counts = [one.total(category.id) for category in categories]
    counts += [one.total()] if len(categories) > 1 else []
    return tuple(counts) if one.units else (_NONE,) * len(counts)


def _history_note(brief: Brief, shown: tuple[Submissions, ...]) -> str:
    notes = [f"只列最近{len(shown)}期"] if len(shown) < len(brief.series) else []
    notes += ["“—”为名册中没有本单位"] if any(not one.units for one in shown) else []
    merged = {unit.name for one in shown for unit in one.units if unit.name != brief.name}
    notes += ["含并入前的单位"] if merged else []
    return f"{'；'.join(notes)}。" if notes else ""


def own_provenance_table(brief: Brief, made_with: Mapping[str, str]) -> Table:
    """Tabulate what the brief rests on and what it was made with, in one small table.

    Args:
        brief: Whose.
        made_with: Label -> value, as ``publish.provenance.made_with`` returns it.
    """
    files = _files(brief.history)
    inputs = f"{len(files)}个文件，合并校验值（SHA-256）{combined_hash(brief.history)}"
    source = _say_source(brief.now)
    rows = [("数据来源", source)] if source else []
    rows += [("输入文件", inputs), *_in_pairs(made_with)]
    return Table("出处", ("项目", "内容"), tuple(rows), fine=True)


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
        part, _, own = key.rpartition(SOURCE_MARK) if now.summed else ("", "", key)
        said.setdefault(part, {})[own] = value.strip()
    told = (_say_title(one) for one in said.values())
    return "；".join(filter(None, told))


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
    return {file.path: file for one in history.series for file in one.files}


# --- The index ----------------------------------------------------------------------------------


def briefs_table(now: Submissions, group: str, hrefs: Mapping[str, str | None]) -> Table:
    """Tabulate the units of a group with their totals and ranks, each with a link to its brief.

    Args:
        now: The period, of all units.
        group: Id or label.
        hrefs: Unit name -> address of its brief, percent-encoded; None: it could not be made.
    """
    scope, label = now.of(group), now.county.group(group).label
    rows = [_brief_row(scope, unit.name, hrefs.get(unit.name)) for unit in scope.units]
    return Table(
        f"{now.period.label}{label}信息采编情况简报（{now.county.measure}）",
        ("投稿单位", *(one.label for one in now.county.categories), _TOTAL, "名次"),
        tuple(rows),
        row_header=0,
    )


def _brief_row(scope: Submissions, name: str, href: str | None) -> Row:
    total = standing(scope, name)
    rank = f"{'并列' if total.tied else ''}{total.rank}" if total.has_rank else _NONE
    head = Link(name, href) if href else f"{name}{_MISSING}"
    return (head, *scope.counts[name].values(), total.count, rank)


# --- Words --------------------------------------------------------------------------------------


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{say_half(abs(value))}"
