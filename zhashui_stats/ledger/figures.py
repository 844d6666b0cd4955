"""What a ledger gives of the indicators that county.toml declares with ``ledger``."""

from collections.abc import Iterable, Iterator, Sequence

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.ledger.columns import ELSE_HEADED, LedgerColumn, OwnColumn
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.ledger.rules import Cells, Rule, rules_of
from zhashui_stats.model.articles import Column
from zhashui_stats.model.indicators import Fate, Indicator

__all__ = ["count_figures", "find_missing_columns"]


def count_figures(ledger: Ledger) -> tuple[dict[str, dict[str, int]], tuple[str, ...]]:
    """Count a ledger without faults for the indicators that it has all columns for.

    Returns:
        Unit name -> id of an indicator -> articles: every unit there in the period, and every such
        indicator that its group has. And what was passed over (Chinese).
    """
    rules = [rule for rule in rules_of(ledger.county) if not rule.lacking(ledger)]
    figures = {
        unit.name: {rule.indicator.id: 0 for rule in rules if rule.indicator.applies_to(unit.group)}
        for group in ledger.county.groups
        for unit in ledger.here.of(group.id)
    }
    if not rules:
        return figures, ()
    cells = Cells(ledger)
    chosen = [rule.choose(ledger, cells) for rule in rules]
    for name, *counts, articles in ledger.tally(Column.UNIT.value, *chosen):
        if unit := ledger.unit(name):
            row = figures[unit.name]
            for rule, is_counted in zip(rules, counts, strict=True):
                if is_counted and rule.indicator.id in row:
                    row[rule.indicator.id] += articles
    return figures, (*_say_undated(ledger, rules), *cells.say_passed_over())


def _say_undated(ledger: Ledger, rules: Sequence[Rule]) -> Iterator[str]:
    """Tell how many articles are of no period, as they do not say when they were submitted."""
    dated = [rule for rule in rules if rule.fate is not Fate.ADOPTED]
    if not dated:
        return
    # Whoever counts the submitted articles passes over the undated rejected ones too.
    widest = min(dated, key=lambda rule: rule.fate is Fate.REJECTED)
    undated = ledger.tally(Column.STATUS.value, where=widest.undated(ledger))
    if articles := sum(number for _, number in undated):
        labels = "、".join(rule.indicator.label for rule in dated)
        yield f"{articles}行没有填写投稿日期，未计入{labels}"


def find_missing_columns(ledger: Ledger, indicators: Iterable[Indicator]) -> tuple[Fault, ...]:
    """Tell each column that the ledger does not have and that indicators are counted by.

    Args:
        ledger: The articles.
        indicators: Those that no table gives.
    """
    wanted = {indicator.id for indicator in indicators}
    lacking: dict[LedgerColumn, list[str]] = {}
    for rule in rules_of(ledger.county):
        for column in rule.lacking(ledger) if rule.indicator.id in wanted else ():
            lacking.setdefault(column, []).append(f"“{rule.indicator.label}”")
    return tuple(
        Fault(
            ledger.file, None, column.label, FaultKind.MISSING_COLUMN,
            f"{''.join(labels)}按它统计", _say_remedy(column, "".join(labels)),
        )
        for column, labels in lacking.items()
    )  # fmt: skip


def _say_remedy(column: LedgerColumn, labels: str) -> str:
    otherwise = ELSE_HEADED
    if isinstance(column, OwnColumn):
        otherwise = "表头不同的，按台账改 county.toml 中的 ledger"
    untold = f"台账不登记的，去掉 county.toml 中{labels}的 ledger，在统计表中填写"
    return f"一列“{column.label}”；{otherwise}；{untold}"
