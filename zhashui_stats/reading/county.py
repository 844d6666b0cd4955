"""A county's settings from ``county.toml``, or all that is wrong with them.

The file says what is counted: the groups and categories, in the order of the annexes. It may say
more: thresholds of the circular's lists, requirements in numbers, how ledgers are written, and what
the circular says beside the figures. A key that nobody knows is a fault, as it may be misspelt.
``model.county`` holds what comes of it.
"""

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from zhashui_stats.errors import Fault, FaultKind, FaultyData, Labelled, say_nearest
from zhashui_stats.model.articles import Attribute, Column, Form, Status
from zhashui_stats.model.county import (
    Category,
    CircularSettings,
    County,
    Group,
    LedgerSettings,
    Requirements,
    Threshold,
)
from zhashui_stats.model.names import RESERVED, SAFE_NAME, fold_heading, is_safe_name
from zhashui_stats.model.periods import PeriodKind
from zhashui_stats.reading.file_names import COUNTY
from zhashui_stats.reading.settings import read_settings
from zhashui_stats.reading.sheets import read_content

__all__ = ["read_county"]

_KEYS = (
    "name", "issuer", "measure", "groups", "categories", "thresholds", "requirements",
    "ledger", "circular", "assessment",
)  # fmt: skip
_THRESHOLD_KEYS = ("group", "category", "at_least", "below", "period")
_REQUIREMENT_KEYS = ("interpretation_days", "assessment_share", "source")
_CIRCULAR_KEYS = ("subject", "addressees", "attribute")
_LEDGER_KEYS = ("headers", "values", "interpretation", "rush_days", "rush_least")
_VALUES: tuple[Labelled, ...] = (*Status, *Attribute, *Form)

_Id = TypeVar("_Id", bound=Labelled)


def read_county(path: Path) -> County:
    """Read ``county.toml``.

    Raises:
        FaultyData: The file is missing, cannot be read, or a setting is wrong; all faults at once.
    """
    content = read_content(path, COUNTY, "数据文件夹中的县级设置文件")
    settings = read_settings(content, COUNTY)
    parser = _Settings()
    county = parser.county(settings)
    if parser.faults:
        raise FaultyData(parser.faults)
    return county


class _Settings:
    """Turns the parsed TOML into a County and collects what is wrong with it."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def county(self, settings: Mapping[str, Any]) -> County:
        """Read the whole file; where there are faults, the result is not to be used."""
        self._known_keys(settings, "", _KEYS)
        groups = tuple(
            self._group(table, where)
            for where, table in self._tables(settings, "groups", required=True)
        )
        categories = tuple(
            self._category(table, where)
            for where, table in self._tables(settings, "categories", required=True)
        )
        self._distinct("groups", groups)
        self._distinct("categories", categories)
        self._distinct_headers(categories)
        return County(
            name=self._text(settings, "name", ""),
            issuer=self._text(settings, "issuer", ""),
            measure=self._text(settings, "measure", ""),
            groups=groups,
            categories=categories,
            thresholds=tuple(
                self._threshold(table, where, groups, categories)
                for where, table in self._tables(settings, "thresholds")
            ),
            requirements=self._requirements(settings),
            ledger=self._ledger(settings, categories),
            circular=self._circular(settings),
        )

    def _group(self, table: Mapping[str, Any], where: str) -> Group:
        self._known_keys(table, where, ("id", "label"))
        group = Group(self._id(table, where), self._text(table, "label", where))
        self._unreserved(f"{where}.label", group.label)
        return group

    def _category(self, table: Mapping[str, Any], where: str) -> Category:
        self._known_keys(table, where, ("id", "label", "headers"))
        label = self._text(table, "label", where)
        headers = self._texts(table, "headers", where)
        self._unreserved(f"{where}.label", label)
        for header in headers:
            self._unreserved(f"{where}.headers", header)
        return Category(self._id(table, where), label, headers)

    def _threshold(
        self,
        table: Mapping[str, Any],
        where: str,
        groups: tuple[Group, ...],
        categories: tuple[Category, ...],
    ) -> Threshold:
        group = self._one_of(table, "group", where, _ids(groups))
        category = self._one_of(table, "category", where, _ids(categories))
        bounds = {key: self._count(table, key, where, 1) for key in ("at_least", "below")}
        if sum(key in table for key in bounds) != 1:
            self._fault(where, "", "at_least（以上）与 below（以下）二者取一")
        kinds = {kind.value: kind for kind in PeriodKind}
        kind = table.get("period")
        if kind is not None:
            kind = kinds.get(self._one_of(table, "period", where, list(kinds)))
        self._known_keys(table, where, _THRESHOLD_KEYS)
        return Threshold(group, category, bounds["at_least"], bounds["below"], kind)

    def _requirements(self, settings: Mapping[str, Any]) -> Requirements:
        where = "requirements"
        table = self._table(settings, where, "")
        self._known_keys(table, where, _REQUIREMENT_KEYS)
        return Requirements(
            self._count(table, "interpretation_days", where),
            self._count(table, "assessment_share", where),
            self._text(table, "source", where) if table else "",
        )

    def _circular(self, settings: Mapping[str, Any]) -> CircularSettings:
        table = self._table(settings, "circular", "")
        self._known_keys(table, "circular", _CIRCULAR_KEYS)
        texts = {key: self._text(table, key, "circular") for key in _CIRCULAR_KEYS if key in table}
        return CircularSettings(**texts)

    def _ledger(
        self, settings: Mapping[str, Any], categories: tuple[Category, ...]
    ) -> LedgerSettings:
        where = "ledger"
        table = self._table(settings, where, "")
        self._known_keys(table, where, _LEDGER_KEYS)
        kind = None
        if "interpretation" in table:
            kind = self._one_of(table, "interpretation", where, _ids(categories))
        days, least = (self._count(table, key, where, 1) for key in ("rush_days", "rush_least"))
        default = LedgerSettings()
        return LedgerSettings(
            self._variants(table, "headers", tuple(Column)),
            self._variants(table, "values", _VALUES),
            kind,
            default.rush_days if days is None else days,
            default.rush_least if least is None else least,
        )

    def _variants(
        self, ledger: Mapping[str, Any], key: str, known: tuple[_Id, ...]
    ) -> dict[_Id, tuple[str, ...]]:
        """Read label -> variants; no variant stands for two labels."""
        where = f"ledger.{key}"
        table = self._table(ledger, key, "ledger")
        labels = {meaning.label: meaning for meaning in known}
        self._known_keys(table, where, tuple(labels))
        owners = {fold_heading(label): label for label in labels}
        variants = {label: self._texts(table, label, where) for label in table if label in labels}
        for label, texts in variants.items():
            for variant in texts:
                owner = owners.setdefault(fold_heading(variant), label)
                if owner != label:
                    found = f"“{variant}”也指“{owner}”"
                    self._fault(f"{where}.{label}", found, "每种写法只有一个意思")
        return {labels[label]: variants[label] for label in labels if label in variants}

    def _table(self, settings: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
        path = f"{where}.{key}" if where else key
        table = settings.get(key, {})
        if isinstance(table, Mapping):
            return table
        self._fault(path, _shown(table), f"[{path}] 开头的一节")
        return {}

    def _tables(
        self, settings: Mapping[str, Any], key: str, *, required: bool = False
    ) -> list[tuple[str, Mapping[str, Any]]]:
        tables = settings.get(key, [])
        is_list = isinstance(tables, list) and all(isinstance(table, Mapping) for table in tables)
        if not is_list or (required and not tables):
            self._fault(key, "" if is_list else str(tables), f"至少一节 [[{key}]]")
            return []
        return [(f"{key}[{number}]", table) for number, table in enumerate(tables, 1)]

    def _id(self, table: Mapping[str, Any], where: str) -> str:
        text = self._text(table, "id", where)
        if text and not is_safe_name(text):
            self._fault(f"{where}.id", repr(text), SAFE_NAME)
        return text

    def _text(self, table: Mapping[str, Any], key: str, where: str) -> str:
        value = table.get(key)
        if isinstance(value, str) and value.strip() and value.isprintable():
            return value.strip()
        self._fault(f"{where}.{key}" if where else key, _shown(value), "一段不为空的文字")
        return ""

    def _texts(self, table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(text, str) for text in value):
            return tuple(value)
        self._fault(f"{where}.{key}", _shown(value), '一组文字，如 ["甲", "乙"]')
        return ()

    def _count(self, table: Mapping[str, Any], key: str, where: str, least: int = 0) -> int | None:
        value = table.get(key)
        if value is None or (type(value) is int and value >= least):
            return value
        expected = "正整数" if least else "0 或正整数"
        self._fault(f"{where}.{key}", _shown(value), expected)
        return None

    def _one_of(self, table: Mapping[str, Any], key: str, where: str, known: list[str]) -> str:
        value = table.get(key)
        if isinstance(value, str) and value in known:
            return value
        self._fault(f"{where}.{key}", _shown(value), f"其中之一：{'、'.join(known)}")
        return ""

    def _distinct(self, key: str, declared: Iterable[Group | Category]) -> None:
        seen: set[str] = set()
        for name in (name for item in declared for name in dict.fromkeys((item.id, item.label))):
            if name and name in seen:
                self._fault(key, name, "互不相同的 id 和 label")
            seen.add(name)

    def _distinct_headers(self, categories: Iterable[Category]) -> None:
        """One header never stands for two categories, however it is written."""
        owners: dict[str, Category] = {}
        for number, category in enumerate(categories, 1):
            for header in filter(None, (category.label, *category.headers)):
                owner = owners.setdefault(fold_heading(header), category)
                if owner.id != category.id:
                    found = f"“{header}”也是“{owner.label}”的表头"
                    self._fault(f"categories[{number}].headers", found, "每种表头只归一个类别")

    def _unreserved(self, where: str, text: str) -> None:
        if fold_heading(text) in RESERVED:
            expected = f"不与表中的固定用语相同（{'、'.join(sorted(RESERVED))}）"
            self._fault(where, text, expected)

    def _known_keys(self, table: Mapping[str, Any], where: str, known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                hint = say_nearest(difflib.get_close_matches(key, known, n=1))
                column = f"{where}.{key}" if where else key
                self._fault(column, "不认识的键", f"其中之一：{'、'.join(known)}{hint}")

    def _fault(self, where: str, found: str, expected: str) -> None:
        self.faults.append(Fault(COUNTY, None, where, FaultKind.BAD_SETTING, found, expected))


def _ids(declared: Iterable[Group | Category]) -> list[str]:
    return [item.id for item in declared]


def _shown(value: object) -> str:
    if isinstance(value, int) and abs(value) > 10**18:
        return "过大的整数"  # Python refuses to write out the longest ones.
    return "没有填写" if value is None else repr(value)
