"""A county's settings from ``county.toml``, or all that is wrong with them.

The file says what is counted: the groups and categories, in the order of the annexes. It may say
more: indicators, scopes, thresholds of the circular's lists, requirements in numbers, the yearly
assessment, how ledgers are written, and what the circular says beside the figures. A key that
nobody knows is a fault, as it may be misspelt. ``model.county`` holds what comes of it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from zhashui_stats.errors import Fault, FaultyData, Labelled
from zhashui_stats.model.articles import Attribute, Column, Form, Status
from zhashui_stats.model.county import (
    Category,
    CircularSettings,
    County,
    Figure,
    Group,
    LedgerSettings,
    Requirements,
    Scope,
    Threshold,
)
from zhashui_stats.model.formulas import TOTAL_ID
from zhashui_stats.model.grading import Assessment, Grade
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.names import fold_heading
from zhashui_stats.model.periods import PeriodKind
from zhashui_stats.reading.file_names import COUNTY
from zhashui_stats.reading.indicators import read_indicators
from zhashui_stats.reading.setting_table import SettingTable
from zhashui_stats.reading.settings import read_settings
from zhashui_stats.reading.sheets import read_content

__all__ = ["read_county"]

_KEYS = (
    "name", "issuer", "measure", "groups", "categories", "indicators", "scopes", "thresholds",
    "requirements", "ledger", "circular", "assessment",
)  # fmt: skip
_THRESHOLD_KEYS = ("group", "scope", "category", "indicator", "at_least", "below", "period")
_REQUIREMENT_KEYS = ("interpretation_days", "assessment_share", "source")
_CIRCULAR_KEYS = ("subject", "addressees", "attribute")
_LEDGER_KEYS = ("headers", "values", "interpretation", "rush_days", "rush_least")
_VALUES: tuple[Labelled, ...] = (*Status, *Attribute, *Form)
_ONE_MEANING = "每种写法只有一个意思"

_Id = TypeVar("_Id", bound=Labelled)
_Named = Group | Scope | Figure


def read_county(path: Path) -> County:
    """Read ``county.toml``.

    Raises:
        FaultyData: The file is missing, cannot be read, or a setting is wrong; all faults at once.
    """
    content = read_content(path, COUNTY, "数据文件夹中的县级设置文件")
    faults: list[Fault] = []
    county = _county(SettingTable(read_settings(content, COUNTY), "", faults))
    if faults:
        raise FaultyData(faults)
    return county


def _county(settings: SettingTable) -> County:
    settings.hold_keys(*_KEYS)
    group_tables = settings.tables("groups", required=True)
    groups = tuple(map(_group, group_tables))
    category_tables = settings.tables("categories", required=True)
    categories = tuple(map(_category, category_tables))
    measure = settings.value("measure")
    indicator_tables = settings.tables("indicators")
    indicators = read_indicators(
        indicator_tables, groups, categories, measure if isinstance(measure, str) else ""
    )
    scope_tables = settings.tables("scopes")
    scopes = tuple(_scope(table, groups) for table in scope_tables)
    figures: tuple[Figure, ...] = (*categories, *indicators)
    _hold_ids(settings, "groups", groups)
    _hold_ids(settings, "categories", categories)
    _hold_ids(settings, "indicators", figures, already=len(categories))
    _hold_ids(settings, "scopes", (*groups, *scopes), already=len(groups))
    figure_tables = [*category_tables, *indicator_tables]
    _hold_headers(figure_tables, figures)
    _hold_words(figure_tables, figures)
    _hold_words([*group_tables, *scope_tables], (*groups, *scopes))
    return County(
        name=settings.text("name"),
        issuer=settings.text("issuer"),
        measure=settings.text("measure"),
        groups=groups,
        categories=categories,
        thresholds=tuple(
            _threshold(table, (*groups, *scopes), categories, indicators)
            for table in settings.tables("thresholds")
        ),
        requirements=_requirements(settings.table("requirements")),
        ledger=_ledger(settings.table("ledger"), categories),
        circular=_circular(settings.table("circular")),
        indicators=indicators,
        scopes=scopes,
        assessment=_assessment(settings, figures),
    )


# --- Groups, categories, scopes ------------------------------------------------------------------


def _group(table: SettingTable) -> Group:
    table.hold_keys("id", "label", "words")
    group = Group(table.id(), table.text("label"), table.texts("words"))
    table.hold_unreserved("label", [group.label])
    return group


def _category(table: SettingTable) -> Category:
    table.hold_keys("id", "label", "headers", "words")
    label, headers = table.text("label"), table.texts("headers")
    category = Category(table.id(), label, headers, table.texts("words"))
    table.hold_unreserved("label", [label])
    table.hold_unreserved("headers", headers)
    return category


def _scope(table: SettingTable, groups: tuple[Group, ...]) -> Scope:
    table.hold_keys("label", "groups", "words")
    scope = Scope(table.text("label"), table.choices("groups", _ids(groups)), table.texts("words"))
    table.hold_unreserved("label", [scope.label])
    if not scope.groups:
        table.fault("groups", "没有组别", "至少一个组别的 id")
    return scope


def _hold_ids(
    settings: SettingTable, key: str, declared: Sequence[_Named], already: int = 0
) -> None:
    """No two go by one id or label.

    Args:
        settings: The whole file.
        key: Its sections of which faults are told.
        declared: What is declared, earlier sections included.
        already: How many of these are of the earlier sections, of which no fault is told.
    """
    seen: set[str] = set()
    for number, named in enumerate(declared):
        for name in dict.fromkeys((named.id, named.label)):
            if name and name in seen and number >= already:
                settings.fault(key, name, "互不相同的 id 和 label")
            seen.add(name)


def _hold_headers(tables: Sequence[SettingTable], figures: Sequence[Figure]) -> None:
    """One header never stands for two figures, however it is written."""
    owners: dict[str, Figure] = {}
    for table, figure in zip(tables, figures, strict=True):
        for header in filter(None, (figure.label, *figure.headers)):
            owner = owners.setdefault(fold_heading(header), figure)
            if owner.id != figure.id:
                found = f"“{header}”也是“{owner.label}”的表头"
                what = "类别" if isinstance(owner, Category) else "类别或指标"
                table.fault("headers", found, f"每种表头只归一个{what}")


def _hold_words(tables: Sequence[SettingTable], declared: Sequence[_Named]) -> None:
    """A word never stands for two groups, or two figures."""
    owners = {fold_heading(name): named for named in declared for name in (named.id, named.label)}
    for table, named in zip(tables, declared, strict=True):
        for word in named.words:
            owner = owners.setdefault(fold_heading(word), named)
            if owner.id != named.id:
                table.fault("words", f"“{word}”也指“{owner.label}”", _ONE_MEANING)


# --- Thresholds, requirements, the assessment ----------------------------------------------------


def _threshold(
    table: SettingTable,
    groups: Sequence[Group | Scope],
    categories: tuple[Category, ...],
    indicators: tuple[Indicator, ...],
) -> Threshold:
    group = table.choice("scope" if "scope" in table else "group", _ids(groups))
    key = "indicator" if "indicator" in table else "category"
    figure = table.choice(key, [*_ids(categories), *_ids(indicators), TOTAL_ID])
    is_count = figure not in _ids(indicators)
    bounds = {
        bound: table.count(bound, 1) if is_count else table.amount(bound)
        for bound in ("at_least", "below")
    }
    if sum(bound in table for bound in bounds) != 1:
        table.fault("", "", "at_least（以上）与 below（以下）二者取一")
    for first, second in (("group", "scope"), ("category", "indicator")):
        if first in table and second in table:
            table.fault(second, f"与 {first} 同时填写", f"{first} 与 {second} 二者取一")
    kinds = {kind.name.lower(): kind for kind in PeriodKind}
    kind = kinds.get(table.choice("period", kinds)) if "period" in table else None
    table.hold_keys(*_THRESHOLD_KEYS)
    column = None if figure == TOTAL_ID else figure
    return Threshold(group, column, bounds["at_least"], bounds["below"], kind)


def _requirements(table: SettingTable) -> Requirements:
    table.hold_keys(*_REQUIREMENT_KEYS)
    return Requirements(
        table.count("interpretation_days"),
        table.count("assessment_share"),
        table.text("source") if list(table) else "",
    )


def _assessment(settings: SettingTable, figures: Sequence[Figure]) -> Assessment | None:
    if "assessment" not in settings:
        return None
    table = settings.table("assessment")
    table.hold_keys("by", "within", "grades")
    by = table.choice("by", [*_ids(figures), TOTAL_ID], TOTAL_ID)
    within = table.choice("within", ("groups", "all"), "groups")
    grades = _grades(table.tables("grades"))
    return Assessment(None if by == TOTAL_ID else by, within == "groups", grades)


def _grades(tables: list[SettingTable]) -> tuple[Grade, ...]:
    """Read the grades, from the best down; only the last one may have no bound."""
    grades: list[Grade] = []
    for table in tables:
        table.hold_keys("label", "at_least")
        grade = Grade(table.text("label"), table.amount("at_least"))
        if grade.label in {above.label for above in grades}:
            table.fault("label", grade.label, "互不相同的 label")
        if grades:
            _hold_below(table, grade, grades[-1])
        grades.append(grade)
    return tuple(grades)


def _hold_below(table: SettingTable, grade: Grade, above: Grade) -> None:
    if above.at_least is None:
        found = f"排在没有下限的“{above.label}”之后"
        table.fault("", found, "没有 at_least 的等次排在最后")
    elif grade.at_least is not None and grade.at_least >= above.at_least:
        expected = f"由高到低：低于“{above.label}”的下限"
        table.fault("at_least", str(table.value("at_least")), expected)


# --- The circular and the ledger -----------------------------------------------------------------


def _circular(table: SettingTable) -> CircularSettings:
    table.hold_keys(*_CIRCULAR_KEYS)
    return CircularSettings(**{key: table.text(key) for key in _CIRCULAR_KEYS if key in table})


def _ledger(table: SettingTable, categories: tuple[Category, ...]) -> LedgerSettings:
    table.hold_keys(*_LEDGER_KEYS)
    kind = None
    if "interpretation" in table:
        kind = table.choice("interpretation", _ids(categories))
    days, least = (table.count(key, 1) for key in ("rush_days", "rush_least"))
    default = LedgerSettings()
    return LedgerSettings(
        _variants(table.table("headers"), tuple(Column)),
        _variants(table.table("values"), _VALUES),
        kind,
        default.rush_days if days is None else days,
        default.rush_least if least is None else least,
    )


def _variants(table: SettingTable, known: tuple[_Id, ...]) -> dict[_Id, tuple[str, ...]]:
    """Read label -> variants; no variant stands for two labels."""
    labels = {meaning.label: meaning for meaning in known}
    table.hold_keys(*labels)
    owners = {fold_heading(label): label for label in labels}
    variants = {label: table.texts(label) for label in table if label in labels}
    for label, texts in variants.items():
        for variant in texts:
            owner = owners.setdefault(fold_heading(variant), label)
            if owner != label:
                table.fault(label, f"“{variant}”也指“{owner}”", _ONE_MEANING)
    return {labels[label]: variants[label] for label in labels if label in variants}


def _ids(declared: Iterable[_Named]) -> list[str]:
    return [named.id for named in declared]
