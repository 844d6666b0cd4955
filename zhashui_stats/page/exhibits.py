"""What stands beside the report's prose: tables, and charts with caption and text alternative.

One function a place in the report; where a period gives nothing to show, it shows nothing.
"""

from dataclasses import dataclass
from typing import Protocol

from zhashui_stats.comparison import History
from zhashui_stats.model.periods import PeriodKind
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.page.charts import (
    plot_changes,
    plot_composition,
    plot_concentration,
    plot_months,
    plot_ranking,
    plot_trend,
)
from zhashui_stats.page.descriptions import (
    describe_changes,
    describe_composition,
    describe_concentration,
    describe_history,
    describe_months,
    describe_ranking,
)
from zhashui_stats.page.evidence_tables import months_tables, outcome_tables, reasons_table
from zhashui_stats.page.figure import Figure
from zhashui_stats.page.points import describe_points, plot_points
from zhashui_stats.page.selection import months_by_group
from zhashui_stats.page.tables import annex_table, changes_tables, history_table, totals_table
from zhashui_stats.rating import assessed_column, rated_scopes

__all__ = [
    "Exhibit",
    "Exhibits",
    "show_annex",
    "show_assessment",
    "show_changes",
    "show_composition",
    "show_concentration",
    "show_history",
    "show_ledger",
    "show_months",
    "show_rankings",
    "show_rejections",
]


class Exhibit(Protocol):
    """Whatever shows itself as HTML: a chart, a table, several of them."""

    def _repr_html_(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Exhibits:
    """Charts and tables that stand together; none shows nothing."""

    parts: tuple[Exhibit, ...] = ()

    def _repr_html_(self) -> str:
        """Render all parts, one under the other."""
        return "\n".join(part._repr_html_() for part in self.parts)


def show_composition(now: Submissions) -> Exhibits:
    """一、工作开展情况: totals as a table, and what each group's are made of."""
    if not now.total():
        return Exhibits((totals_table(now),))
    caption = f"{now.period.label}采用稿件的类别构成（{now.county.measure}，占比）"
    chart = Figure(plot_composition(now), caption=caption, alt=describe_composition(now))
    return Exhibits((totals_table(now), chart))


def show_changes(history: History) -> Exhibits:
    """一、工作开展情况: against earlier periods; nothing for a period without forerunner."""
    if not history.compared:
        return Exhibits()
    caption = f"{history.now.period.label}与以前各期比较（{history.now.county.measure}）"
    chart = Figure(plot_changes(history), caption=caption, alt=describe_changes(history))
    return Exhibits((*changes_tables(history), chart))


def show_history(history: History) -> Exhibits:
    """一、工作开展情况: all periods at hand, in the order of time.

    Nothing for a single period, and nothing where there are two and the changes compare them.
    """
    if len(history.series) < 2 + len(history.compared[:1]):
        return Exhibits()
    caption = f"历期采用数量（{history.now.county.measure}）"
    chart = Figure(plot_trend(history), caption=caption, alt=describe_history(history))
    return Exhibits((history_table(history), chart))


def show_rankings(now: Submissions) -> Exhibits:
    """一（一）: the units of each group, best first."""
    scopes = (now.of(group.id) for group in now.groups)
    return Exhibits(
        tuple(
            Figure(
                plot_ranking(scope),
                caption=f"{scope.groups[0].label}采用总量排名（{now.county.measure}）"
                "，只列有稿件被采用的单位",
                alt=describe_ranking(scope),
            )
            for scope in scopes
            if scope.total()
        )
    )


def show_months(now: Submissions) -> Exhibits:
    """一（四）: when in the period articles were sent in; nothing without a ledger that tells."""
    if now.period.kind is PeriodKind.MONTH or not any(map(sum, months_by_group(now).values())):
        return Exhibits()
    caption = f"逐月投稿数量（{now.county.measure}，按投稿日期，含退稿和待审）"
    return Exhibits((Figure(plot_months(now), caption=caption, alt=describe_months(now)),))


def show_rejections(now: Submissions) -> Exhibits:
    """二（五）: why articles were rejected; nothing without a ledger that tells."""
    return Exhibits((reasons_table(now),))


def show_concentration(now: Submissions) -> Exhibits:
    """二（四）: how far the submissions come from few units; nothing where no group has several."""
    if not now.total() or not any(len(now.of(group.id).units) > 1 for group in now.groups):
        return Exhibits()
    caption = "采用总量的集中程度（洛伦兹曲线：曲线离对角线越远，越不均衡）"
    return Exhibits(
        (Figure(plot_concentration(now), caption=caption, alt=describe_concentration(now)),)
    )


def show_assessment(now: Submissions) -> Exhibits:
    """三（五）: the assessed figure, unit by unit, in the terms that add up to it.

    Nothing where a category or the total is assessed: 一（一） shows them.
    """
    indicator = now.county.indicator(assessed_column(now.county))
    if indicator is None:
        return Exhibits()
    return Exhibits(
        tuple(
            Figure(
                plot_points(scope, indicator),
                caption=f"{label}{indicator.label}排名（{indicator.unit}）",
                alt=describe_points(scope, indicator),
            )
            for label, scope in rated_scopes(now).items()
        )
    )


def show_annex(now: Submissions) -> Exhibits:
    """附件: one table for each group, in the order of the annexes."""
    return Exhibits(tuple(annex_table(now, group.id) for group in now.groups))


def show_ledger(now: Submissions) -> Exhibits:
    """附表: unit by unit, what the period's ledger shows; nothing without one."""
    return Exhibits((*outcome_tables(now), *months_tables(now)))
