"""三（五） where ``county.toml`` says how units are assessed: by what, ranks, grades, who moved."""

from collections.abc import Iterator

from zhashui_stats.aggregate import Tie, first_ties, ranked, units_undefined
from zhashui_stats.comparison import Change, Comparison, compare
from zhashui_stats.model.county import County
from zhashui_stats.model.grading import Grade
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.enumerations import say_names
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.figures import say_size
from zhashui_stats.narrative.lists import has_room
from zhashui_stats.narrative.numbers import say_amount
from zhashui_stats.narrative.wording import NAMED, NO_AMOUNT, name_figure, say_measured
from zhashui_stats.rating import (
    assessed_column,
    explained,
    grade_units,
    rate_units,
    rated_scopes,
    term_labels,
)

__all__ = ["ASSESSED", "say_assessed"]

ASSESSED = 3
"""About so many units of each group are told for the assessment."""


def say_assessed(now: Submissions, before: Submissions | None) -> str:
    """三（五）: by which figure, the ranks, the grades, and who gained and lost most.

    Args:
        now: The period, whole.
        before: The earlier one that it is compared with; None: none is at hand.
    """
    paragraphs = [
        f"{_say_basis(now.county)}{_say_scope(now.county)}",
        _say_ranks(now),
        f"{_say_grades(now)}{_say_use(now)}",
        _say_moves(compare(now, before)) if before else "",
    ]
    return "\n\n".join(filter(None, paragraphs))


# --- By which figure ----------------------------------------------------------------------------


def _say_basis(county: County) -> str:
    """Say by which figure units are assessed, and how it is made up, down to what is counted."""
    label, labels = name_figure(county, assessed_column(county)), term_labels(county)
    formulas = [
        f"{escape(indicator.label)}＝{escape(formula.say(labels))}"
        for indicator, formula in explained(county)
    ]
    text = f"本期考核以{label}为准"
    if not formulas:
        return f"{text}。"
    inner = f"；其中，{'；'.join(formulas[1:])}" if formulas[1:] else ""
    return f"{text}，{formulas[0]}{inner}。"


def _say_scope(county: County) -> str:
    within = county.assessment is not None and county.assessment.within_groups
    if len(county.groups) == 1:
        return ""
    return "名次在各组内排列。" if within else "名次在全部单位中排列。"


# --- Ranks --------------------------------------------------------------------------------------


def _say_ranks(now: Submissions) -> str:
    said = [_say_scope_ranks(now, label, scope) for label, scope in rated_scopes(now).items()]
    return "".join(f"{text}。" for text in said)


def _say_scope_ranks(now: Submissions, label: str, scope: Submissions) -> str:
    """Say who stands first and who last within a scope; what is undefined stands apart."""
    column = assessed_column(scope.county)
    figure, ties = name_figure(scope.county, column), ranked(scope, column)
    who = escape(label)
    if not ties:
        return f"{who}{figure}均{NO_AMOUNT}，不排名次"
    amount, names = ties[0]
    said = say_measured(scope.county, column, amount)
    if len(scope.units) == 1:
        return f"{who}只有{say_names(names)}，{figure}{said}"
    if len(ties) == len(names) == 1:
        return f"{who}只有{say_names(names)}的{figure}可以计算，为{said}{_say_undefined(scope)}"
    if len(ties) == 1:
        some = f"可以计算的{len(names)}个单位" if units_undefined(scope, column) else ""
        return f"{who}{some}{figure}均为{said}，名次相同{_say_undefined(scope)}"
    places = "，".join([*_say_first(now, scope), *_say_last(now, scope)])
    return f"{who}{places}{_say_undefined(scope)}"


def _say_first(now: Submissions, scope: Submissions) -> Iterator[str]:
    column = assessed_column(scope.county)
    if not _first(scope):
        amount, names = ranked(scope, column)[0]
        said = say_measured(scope.county, column, amount)
        yield f"有{len(names)}个单位并列第1名，各{said}"
    yield from (_say_place(now, tie) for tie in _first(scope))


def _first(scope: Submissions) -> list[Tie]:
    return first_ties(scope, assessed_column(scope.county), ASSESSED)


def _say_last(now: Submissions, scope: Submissions) -> Iterator[str]:
    """Say the last place, but where it is among the first."""
    column = assessed_column(scope.county)
    last = ranked(scope, column)[-1]
    if last in _first(scope):
        return
    amount, names = last
    if len(names) > NAMED:
        said, rank = say_measured(scope.county, column, amount), rate_units(now)[names[0]].rank
        yield f"居末的有{len(names)}个单位，并列第{rank}名，各{said}"
    else:
        yield f"居末的是{_say_place(now, last)}"


def _say_place(now: Submissions, tie: Tie) -> str:
    """Say a place with who holds it: 第1名甲镇9.5分, or 第2名乙镇、丙镇各8.0分."""
    amount, (*others, last) = tie
    said = now.county.say(assessed_column(now.county), amount)
    held = "、".join([*map(escape, others), escape(say_amount(last, said, each=bool(others)))])
    return f"第{rate_units(now)[last].rank}名{held}"


def _say_undefined(scope: Submissions) -> str:
    column = assessed_column(scope.county)
    names, figure = units_undefined(scope, column), name_figure(scope.county, column)
    if not names:
        return ""
    who = say_names(names) if len(names) <= NAMED else f"另有{len(names)}个单位"
    return f"；{who}{figure}{NO_AMOUNT}，不排名次"


# --- Grades -------------------------------------------------------------------------------------


def _say_grades(now: Submissions) -> str:
    graded = grade_units(now)
    if set(graded) == {None} or not any(graded.values()):
        return ""
    said = [_say_grade(now.county, grade, names) for grade, names in graded.items() if grade]
    if below := graded[None]:
        said.append(f"未达到以上等次的有{_list(below)}")
    return f"从等次看，{'；'.join(said)}。"


def _say_use(now: Submissions) -> str:
    if not any(rating.rank for rating in rate_units(now).values()):
        return ""
    graded = "和等次" if _say_grades(now) else ""
    return f"以上名次{graded}作为年度考核的参考。"


def _say_grade(county: County, grade: Grade, names: tuple[str, ...]) -> str:
    label, bound = escape(grade.label), ""
    if grade.at_least is not None:
        said = say_measured(county, assessed_column(county), grade.at_least)
        bound = f"（{said}以上）"
    return f"{label}{bound}的有{_list(names)}" if names else f"没有{label}{bound}的单位"


def _list(names: tuple[str, ...]) -> str:
    return f"{len(names)}个{f'：{say_names(names)}' if has_room(names) else '，见附件'}"


# --- Against the period before ------------------------------------------------------------------


def _say_moves(against: Comparison) -> str:
    """Say who gained and who lost most; who moved in the total alone is told in 一."""
    column = assessed_column(against.now.county)
    if column is None:
        return ""
    changes = against.changes_by_unit(column)
    if len(changes) < 2:
        return ""
    head = f"与{against.before.period.label}相比，{name_figure(against.now.county, column)}"
    said = [_say_most_moved(against.now.county, changes, sign) for sign in (1, -1)]
    told = "；".join(filter(None, said))
    return f"{head}{told}。" if told else f"{head}各单位均无变化。"


def _say_most_moved(county: County, changes: dict[str, Change], sign: int) -> str:
    most = max(sign * change.difference for change in changes.values())
    if most <= 0:
        return ""
    names = [name for name, change in changes.items() if sign * change.difference == most]
    verb = "提高" if sign > 0 else "下降"
    moved = f"{verb}{say_size(county, assessed_column(county), most)}"
    if len(names) > NAMED:
        return f"有{len(names)}个单位{verb}最多，各{moved}"
    return f"{verb}最多的是{say_names(names)}，{'各' if len(names) > 1 else ''}{moved}"
