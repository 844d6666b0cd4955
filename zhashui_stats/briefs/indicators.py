"""What a unit has of the county's indicators (指标), and how it fares in the assessment (考核).

A county that declares none has nothing of it. Rules stand in ``docs/methodology.md``; the words are
those of the report's own sections.
"""

from collections.abc import Iterator

from zhashui_stats.aggregate import EVERY_UNIT, middle_amount, ranked
from zhashui_stats.briefs.brief import Brief
from zhashui_stats.errors import UndefinedFigure
from zhashui_stats.model.amounts import UNDEFINED, Amount
from zhashui_stats.model.county import County
from zhashui_stats.model.grading import Grade
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.changes import say_change
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.figures import say_figure_change, told_figures
from zhashui_stats.narrative.numbers import say_amount
from zhashui_stats.narrative.wording import NO_AMOUNT, name_figure, name_group, say_measured
from zhashui_stats.page.table import Row, Table
from zhashui_stats.rating import (
    GRADE,
    RANK,
    Rating,
    assessed_column,
    parts_of,
    rate_units,
    rated_scopes,
)

__all__ = [
    "assessed_cells",
    "assessed_headers",
    "indicators_table",
    "own_rating",
    "say_own_indicators",
    "say_own_place",
    "say_rating",
]

_RANK = tuple(RANK)  # in a narrow column, a character a line


# --- Sentences ----------------------------------------------------------------------------------


def say_own_indicators(brief: Brief) -> str:
    """What stands beside the unit's total, then its assessment: parts, rank, grade, change."""
    return "\n\n".join(filter(None, (_beside(brief), _assessed(brief))))


def _beside(brief: Brief) -> str:
    said = [_own_amount(brief, indicator) for indicator in told_figures(brief.own)]
    return f"{'，'.join(said)}。" if said else ""


def _own_amount(brief: Brief, indicator: Indicator) -> str:
    """Say an amount; of a rate, where it places the unit among those that have one."""
    amount = brief.own.total_amount(indicator.id)
    if amount is None:
        return f"{escape(indicator.label)}{NO_AMOUNT}"
    said = escape(say_amount(indicator.label, indicator.say(amount)))
    rank = _rank_in(brief.scope, indicator.id, amount) if indicator.is_rate else ""
    return f"{said}（{escape(brief.group.label)}中{rank}）" if rank else said


def _assessed(brief: Brief) -> str:
    rating, county = own_rating(brief), brief.now.county
    if rating is None:
        return ""
    label = name_figure(county, assessed_column(county))
    if rating.amount is None:
        return f"{label}{NO_AMOUNT}，不排名次。"
    said = [
        f"{say_measured(county, assessed_column(county), rating.amount)}{_made_up(brief)}",
        say_own_place(brief, rating),
        *_grade(county, rating),
    ]
    return f"{label}{'，'.join(said)}。{_moved(brief)}"


def _made_up(brief: Brief) -> str:
    """Say the parts that add up to the assessed figure; nothing where it is no sum."""
    county = brief.now.county
    said = [
        (escape(part.label), say_measured(county, assessed_column(county), amount))
        for part in parts_of(county)
        if (amount := part.of(brief.now, brief.name)) is not None
    ]
    # A term that ends in a figure, such as a cap, would run into its amount.
    as_list = any("，" in label or label[-1].isdigit() for label, _ in said)
    colon, comma = ("：", "；") if as_list else ("", "，")
    return f"（{comma.join(f'{label}{colon}{amount}' for label, amount in said)}）" if said else ""


def say_own_place(brief: Brief, rating: Rating) -> str:
    """Say the unit's rank in the assessment, and among whom."""
    label, scope = _rated_scope(brief)
    among = name_group(brief.group, scope) if label != EVERY_UNIT else f"{len(scope.units)}个单位"
    if len(scope.units) == 1:
        return "没有其他单位可比"
    return f"在{among}中{_rank_in(scope, assessed_column(scope.county), rating.amount or 0)}"


def _rated_scope(brief: Brief) -> tuple[str, Submissions]:
    """Return the scope that the unit is ranked within, with its label."""
    return next(
        (label, scope)
        for label, scope in rated_scopes(brief.now).items()
        if brief.name in scope.counts
    )


def _rank_in(scope: Submissions, column: str | None, amount: Amount) -> str:
    """Say a rank by the competition rule, such as 并列第2名; of equals there is none."""
    levels = ranked(scope, column)
    if len(levels) == 1:
        return "与各单位相同" if len(levels[0][1]) > 1 else ""
    rank = 1 + sum(len(names) for level, names in levels if level > amount)
    tied = next(len(names) for level, names in levels if level == amount) > 1
    return f"{'并列' if tied else '列'}第{rank}名"


def _grade(county: County, rating: Rating) -> Iterator[str]:
    """Say the grade, and how much the next one takes."""
    grades = county.assessment.grades if county.assessment else ()
    if not grades:
        return
    yield f"等次为{escape(rating.grade.label)}" if rating.grade else "没有达到列入等次的下限"
    if (above := _next_grade(grades, rating)) and above.at_least is not None:
        column = assessed_column(county)
        bound = say_measured(county, column, above.at_least)
        short = say_measured(county, column, above.at_least - (rating.amount or 0))
        yield f"距{escape(above.label)}（{bound}）还差{short}"


def _next_grade(grades: tuple[Grade, ...], rating: Rating) -> Grade | None:
    """Return the grade just above the unit's; None where it has the best."""
    above = grades[: grades.index(rating.grade)] if rating.grade else grades
    return above[-1] if above else None


def _moved(brief: Brief) -> str:
    """Say what became of the assessed figure since the nearest whole period at hand."""
    column = assessed_column(brief.now.county)
    whole = [change for change in brief.changes if not change.is_new and not change.partial]
    if column is None or not whole:
        return ""
    indicator, label = brief.now.county.indicator(column), name_figure(brief.now.county, column)
    try:
        change = whole[0].against.change(column)
    except UndefinedFigure:
        return ""
    measure = brief.now.county.measure
    said = say_figure_change(change, indicator) if indicator else say_change(change, measure)
    return f"与{whole[0].name}相比，{label}{said}。"


def own_rating(brief: Brief) -> Rating | None:
    """Return how the unit fares; None where its county or group is not assessed by figures."""
    return rate_units(brief.now).get(brief.name)


def say_rating(rating: Rating) -> str:
    """Say rank and grade beside a figure, such as 第2名，良好."""
    rank = "" if rating.rank is None else f"第{rating.rank}名"
    return "，".join(filter(None, (rank, rating.grade.label if rating.grade else "")))


# --- Tables -------------------------------------------------------------------------------------


def indicators_table(brief: Brief) -> Table:
    """Tabulate the unit's indicators beside those of its group; nothing where there are none."""
    rows = tuple(
        _indicator_row(brief, indicator)
        for indicator in brief.now.county.indicators_of(brief.unit.group)
    )
    return Table(
        f"其他指标（{len(brief.scope.units)}个{brief.group.label}）",
        ("指标", "本单位", ("组", "中位数"), ("组内", "最多")),
        rows,
    )


def _indicator_row(brief: Brief, indicator: Indicator) -> Row:
    levels = ranked(brief.scope, indicator.id)
    return (
        f"{indicator.label}（{indicator.unit}）",
        indicator.show(brief.own.total_amount(indicator.id)),
        indicator.show_median(middle_amount(brief.scope, indicator.id)),
        indicator.show(levels[0][0]) if levels else UNDEFINED,
    )


def assessed_headers(county: County) -> tuple[str | tuple[str, ...], ...]:
    """Head the columns of the assessment in a table of units; nothing where there is none."""
    column = assessed_column(county)
    if county.assessment is None or column is None:
        return ()
    grades = (GRADE,) if county.assessment.grades else ()
    label = county.label(column)
    unit = county.unit_of(column)
    return (label if unit == county.measure else f"{label}（{unit}）", _RANK, *grades)


def assessed_cells(now: Submissions, name: str) -> Row:
    """Give a unit's amount, rank and grade, as ``assessed_headers`` heads them."""
    headers = assessed_headers(now.county)
    if not headers:
        return ()
    rating = rate_units(now).get(name, Rating(None, None, None))
    cells = (
        now.county.show(assessed_column(now.county), rating.amount),
        UNDEFINED if rating.rank is None else str(rating.rank),
        rating.grade.label if rating.grade else UNDEFINED,
    )
    return cells[: len(headers)]
