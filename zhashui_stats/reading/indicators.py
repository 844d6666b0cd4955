"""The sections ``[[indicators]]`` of ``county.toml``: further columns, formulas, partitions."""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from zhashui_stats.model.county import Category, Group
from zhashui_stats.model.formulas import FUNCTIONS, TOTAL_ID, Formula, FormulaError
from zhashui_stats.model.indicators import Fate, Indicator, LedgerRule
from zhashui_stats.reading.setting_table import SettingTable

__all__ = ["read_indicators"]

_KEYS = (
    "id", "label", "unit", "headers", "words", "decimals", "negative", "groups", "includes",
    "partition", "of", "ledger", "formula",
)  # fmt: skip
_FATES = {"submitted": Fate.SUBMITTED, "rejected": Fate.REJECTED}
_MOST_DECIMALS = 6
_LEDGER = '"submitted"、"rejected"，或各列的取值，如 { "采用级别" = ["市级"] }'


def read_indicators(
    tables: list[SettingTable],
    groups: tuple[Group, ...],
    categories: tuple[Category, ...],
    measure: str,
) -> tuple[Indicator, ...]:
    """Read the indicators, and hold what they say of each other against each other.

    Args:
        tables: Their sections.
        groups: The county's groups.
        categories: The county's categories, which formulas may name.
        measure: The measure word of an indicator that gives none.
    """
    reader = _Reader(tuple(group.id for group in groups), measure)
    read = [(table, reader.read(table)) for table in tables]
    ids = [TOTAL_ID, *(category.id for category in categories)]
    ids += [indicator.id for _, indicator in read if indicator.id]
    for table, indicator in read:
        _hold_references(table, indicator, ids)
    if read:
        _hold_partitions(read)
        _refuse_circles(read)
    return tuple(indicator for _, indicator in read)


class _Reader:
    """Reads one section after the other."""

    def __init__(self, groups: tuple[str, ...], measure: str) -> None:
        self.groups = groups
        self.measure = measure

    def read(self, table: SettingTable) -> Indicator:
        table.hold_keys(*_KEYS)
        name = table.id()
        if name in (TOTAL_ID, *FUNCTIONS):
            table.fault("id", repr(name), f"不是公式中的固定用语（{TOTAL_ID}、min、max）")
        formula = _formula(table)
        if formula and "ledger" in table:
            table.fault(
                "ledger", "与 formula 同时填写", "formula（由其他指标算出）与 ledger 二者取一"
            )
        label, headers = table.text("label"), table.texts("headers")
        table.hold_unreserved("label", [label])
        table.hold_unreserved("headers", headers)
        return Indicator(
            name,
            label,
            table.text("unit", self.measure),
            headers,
            table.texts("words"),
            _decimals(table),
            table.flag("negative"),
            table.choices("groups", self.groups),
            table.text("includes") if "includes" in table else None,
            table.text("partition", ""),
            table.text("of", TOTAL_ID),
            _ledger_rule(table),
            formula,
        )


def _decimals(table: SettingTable) -> int:
    decimals = table.count("decimals") or 0
    if decimals > _MOST_DECIMALS:
        table.fault("decimals", str(decimals), f"0 至 {_MOST_DECIMALS}")
    return decimals


def _formula(table: SettingTable) -> Formula | None:
    if "formula" not in table or not (text := table.text("formula")):
        return None
    try:
        return Formula.parse(text)
    except FormulaError as error:
        table.fault("formula", error.found, error.expected)
        return None


def _ledger_rule(table: SettingTable) -> LedgerRule | None:
    match table.value("ledger"):
        case None:
            return None
        case str() as fate if fate in _FATES:
            return LedgerRule(_FATES[fate], {})
        case Mapping():
            return _ledger_values(table.table("ledger"))
        case value:
            table.fault("ledger", repr(value), _LEDGER)
            return None


def _ledger_values(table: SettingTable) -> LedgerRule:
    values = {column: table.texts(column) for column in table}
    for column, texts in values.items():
        if not texts or not all(text.strip() for text in texts):
            table.fault(column, repr(list(texts)), "至少一种取值，都不为空")
    if not values:
        table.fault("", "没有列", _LEDGER)
    return LedgerRule(Fate.ADOPTED, values)


# --- What indicators say of each other ----------------------------------------------------------


def _hold_references(table: SettingTable, indicator: Indicator, ids: list[str]) -> None:
    """Refuse names of figures that nobody declares."""
    others = [name for name in ids if name != indicator.id]
    if indicator.formula:
        for name in indicator.formula.names:
            if name not in ids:
                expected = f"公式中可用：{'、'.join(others)}"
                table.fault("formula", f"公式中有不认识的名称“{name}”", expected)
    if indicator.includes is not None:
        table.choice("includes", others)
    if "of" in table:
        table.choice("of", others)
        if not indicator.partition:
            table.fault("of", "没有填写 partition", "与 partition（属于哪种划分）一起填写")


def _hold_partitions(read: Iterable[tuple[SettingTable, Indicator]]) -> None:
    """Hold that the parts of one partition are parts of one figure, which is none of them."""
    wholes: dict[str, str] = {}
    for table, indicator in read:
        if not indicator.partition:
            continue
        whole = wholes.setdefault(indicator.partition, indicator.of)
        if whole != indicator.of:
            found = f"“{indicator.partition}”的另一部分属于 {whole}"
            table.fault("of", found, "同一种划分（partition）的各部分属于同一个数")
    for table, indicator in read:
        if indicator.id and indicator.id == wholes.get(indicator.partition):
            table.fault("partition", repr(indicator.partition), "整体不是自己的一部分")


def _refuse_circles(read: Iterable[tuple[SettingTable, Indicator]]) -> None:
    """Refuse formulas that rest on each other."""
    tables = {indicator.id: table for table, indicator in read}
    needs = {indicator.id: list(_needs(indicator, tables)) for _, indicator in read}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle = error.args[1]
        found = f"公式互相引用：{' → '.join(reversed(circle))}"
        tables[circle[0]].fault("formula", found, "公式不直接或间接地引用自己")


def _needs(indicator: Indicator, tables: Mapping[str, SettingTable]) -> Iterator[str]:
    for name in indicator.formula.names if indicator.formula else ():
        if name in tables:
            yield name
