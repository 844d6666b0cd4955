"""What stands beside the sentences of a brief: its chart and tables, ready to show."""

from dataclasses import dataclass

from zhashui_stats.briefs.brief import Brief
from zhashui_stats.briefs.chart import describe_standing, plot_standing
from zhashui_stats.briefs.indicators import indicators_table
from zhashui_stats.briefs.tables import own_history_table, standing_table
from zhashui_stats.page.exhibits import Exhibit, Exhibits
from zhashui_stats.page.figure import Figure

__all__ = ["SideBySide", "show_standing"]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Exhibits that stand side by side where there is room; those that show nothing take none."""

    parts: tuple[Exhibit, ...]

    def _repr_html_(self) -> str:
        """Render the parts that show anything."""
        shown = [html for part in self.parts if (html := part._repr_html_())]
        columns = "".join(f"<div>{html}</div>" for html in shown)
        return f'<div class="zs-beside">{columns}</div>' if shown else ""


def show_standing(brief: Brief) -> Exhibits:
    """The unit within its group, as a chart and as a table; its earlier periods; its indicators.

    There is no chart of a unit that is alone, or of a group of which nothing was adopted.
    """
    tables = SideBySide((standing_table(brief), own_history_table(brief), indicators_table(brief)))
    total = brief.standing()
    if total.is_alone or not total.most:
        return Exhibits((tables,))
    caption = (
        f"{brief.name}在{total.size}个{brief.group.label}中的位置"
        f"（{brief.now.county.measure}；各行刻度相同，由左到右增多）"
    )
    chart = Figure(plot_standing(brief), caption=caption, alt=describe_standing(brief))
    return Exhibits((chart, tables))
