"""What a release says of each indicator: its unit, where it comes from, how it adds up."""

from collections.abc import Iterator
from dataclasses import dataclass

from zhashui_stats.model.county import County
from zhashui_stats.model.formulas import TOTAL_ID
from zhashui_stats.model.indicators import Fate, Indicator, LedgerRule

__all__ = ["IndicatorNote", "explain_indicators"]

_FATES = {
    Fate.ADOPTED: "本期采用并发布的稿件",
    Fate.SUBMITTED: "本期投稿的全部稿件，不论是否采用",
    Fate.REJECTED: "本期投稿而退稿的稿件",
}


@dataclass(frozen=True, slots=True)
class IndicatorNote:
    """What is to be known of one indicator.

    Attributes:
        id: Its id in formulas.
        label: Its Chinese name.
        unit: Its measure word.
        source: Where it comes from: 统计, 台账 or 公式.
        meaning: What it counts, or its formula in words, and what holds of it.
        formula: The formula as ``county.toml`` has it; empty: it is counted.
    """

    id: str
    label: str
    unit: str
    source: str
    meaning: str
    formula: str = ""


def explain_indicators(county: County) -> tuple[IndicatorNote, ...]:
    """Explain every indicator that a county declares, in the order of its columns."""
    return tuple(_explain(county, indicator) for indicator in county.indicators)


def _explain(county: County, indicator: Indicator) -> IndicatorNote:
    formula = indicator.formula
    source = "公式" if formula else "台账" if indicator.ledger else "统计"
    return IndicatorNote(
        indicator.id,
        indicator.label,
        indicator.unit,
        source,
        "；".join(_statements(county, indicator)),
        formula.text.strip() if formula else "",
    )


def _statements(county: County, indicator: Indicator) -> Iterator[str]:
    """Say what it is, what holds of it, how it adds up, how it is shown."""
    labels = {figure.id: figure.label for figure in county.figures}
    labels[TOTAL_ID] = county.label(None)
    if indicator.formula:
        yield f"{indicator.label}＝{indicator.formula.say(labels)}"
    elif indicator.ledger:
        yield _say_rule(indicator.ledger)
    else:
        yield "各单位统计表中的一列"
    if indicator.groups:
        yield f"只统计{'、'.join(county.group(group).label for group in indicator.groups)}"
    if indicator.includes:
        yield f"不少于{labels[indicator.includes]}"
    if indicator.partition:
        yield f"按{indicator.partition}划分的一部分，各部分之和等于{labels[indicator.of]}"
    yield "合计为各单位之和" if indicator.adds_up else "合计按各项的合计数用同一公式计算"
    if indicator.formula and indicator.formula.divides:
        yield "除数为0的没有意义，记作“—”，不是0"
    if indicator.decimals:
        yield f"保留{indicator.decimals}位小数，四舍五入"


def _say_rule(rule: LedgerRule) -> str:
    conditions = "，".join(
        f"“{column}”为{'、'.join(values)}" for column, values in rule.values.items()
    )
    return f"台账中{_FATES[rule.fate]}" + (f"，其中{conditions}的" if conditions else "")
