"""The report's tables of what a ledger shows: unit by unit, month by month, reason by reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhashui_stats.assessment import Adoption, ByUnit, Disclosure, Evidence, ReviewChain
from zhashui_stats.model.amounts import UNDEFINED
from zhashui_stats.model.county import Group
from zhashui_stats.model.names import TOTAL, UNIT_HEADER
from zhashui_stats.model.periods import Period, PeriodKind
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.numbers import say_percent
from zhashui_stats.page.selection import listed_reasons
from zhashui_stats.page.table import Cell, Header, Table

__all__ = ["months_tables", "outcome_tables", "reasons_table"]

_UNWRITTEN = "未写明"
_NOTE = (
    "采用按发布日期计，退稿和待审按投稿日期计。"
    "采用率为采用占采用与退稿之和的比例，没有审结稿件的记“—”。"
)
_MONTHS_NOTE = "没有登记投稿日期的、投稿日期不在本期的稿件未计入。"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of the articles and what they lack, as far as the ledger has the columns."""

    adoption: ByUnit[Adoption]
    chains: ByUnit[ReviewChain] | None
    disclosure: ByUnit[Disclosure] | None

    def of(self, group: str) -> "_Outcome":
        """Return the part of one group."""
        chains, marked = self.chains, self.disclosure
        return _Outcome(
            self.adoption.of(group), chains and chains.of(group), marked and marked.of(group)
        )

    @property
    def header(self) -> tuple[Header, ...]:
        """The columns beside the units' names."""
        chained, marked = self.chains is not None, self.disclosure is not None
        return (
            "采用", "退稿", "待审", "采用率",
            *[("审校", "不合", "要求")] * chained, *[("未标", "公开", "属性")] * marked,
        )  # fmt: skip

    def row(self, name: str) -> tuple[Cell, ...]:
        """The row of a unit."""
        chain = self.chains[name] if self.chains else None
        marked = self.disclosure[name] if self.disclosure else None
        return _cells(self.adoption[name], chain, marked)

    @property
    def total(self) -> tuple[Cell, ...]:
        """The row of all units."""
        chain = self.chains.total if self.chains else None
        marked = self.disclosure.total if self.disclosure else None
        return _cells(self.adoption.total, chain, marked)


def outcome_tables(now: Submissions) -> tuple[Table, ...]:
    """Tabulate each group's articles: what became of them, and what they lack (篇).

    Nothing where rejected articles cannot be placed in the period, as 投稿日期 is missing.
    """
    evidence = Evidence(now.ledger)
    if evidence.adoption is None:
        return ()
    outcome = _Outcome(evidence.adoption, evidence.chains, evidence.disclosure)
    return tuple(_outcome_table(now, group, outcome.of(group.id), _NOTE) for group in now.groups)


def _outcome_table(now: Submissions, group: Group, outcome: _Outcome, note: str) -> Table:
    what = "投稿去向和审校情况" if outcome.chains else "投稿去向"
    return Table(
        f"{now.period.label}{group.label}{what}（{now.county.measure}）",
        (UNIT_HEADER, *outcome.header),
        tuple((name, *outcome.row(name)) for name in outcome.adoption),
        _totals(outcome.total, len(outcome.adoption)),
        note=note,
    )


def _cells(
    outcome: Adoption, chain: ReviewChain | None, marks: Disclosure | None
) -> tuple[Cell, ...]:
    rate = UNDEFINED if outcome.rate is None else say_percent(outcome.rate)
    cells: list[Cell] = [outcome.adopted, outcome.rejected, outcome.pending, rate]
    cells += [chain.articles - chain.sound] if chain else []
    cells += [marks.unmarked] if marks else []
    return tuple(cells)


def _totals(sums: Iterable[Cell], rows: int) -> tuple[tuple[Cell, ...], ...]:
    """Make the footer; the total of a single row would be that row again."""
    return ((TOTAL, *sums),) if rows > 1 else ()


def months_tables(now: Submissions) -> tuple[Table, ...]:
    """Tabulate each group's articles sent in (篇), one column a month; zeros are the idle ones.

    Nothing where no article says when it was sent in.
    """
    sent = Evidence(now.ledger).regularity
    if sent is None or not sent.any_sent:
        return ()
    return tuple(_months_table(now, group, sent.months) for group in now.groups)


def _months_table(
    now: Submissions, group: Group, sent: Mapping[str, Mapping[Period, int]]
) -> Table:
    units = [unit.name for unit in now.of(group.id).units]
    header = [f"{month.first}月" for month in sent[units[0]]]
    rows = [list(sent[name].values()) for name in units]
    if now.period.kind is not PeriodKind.MONTH:  # The total of one month is that month again.
        header.append(TOTAL)
        rows = [[*row, sum(row)] for row in rows]
    sums = [sum(column) for column in zip(*rows, strict=True)]
    return Table(
        f"{now.period.label}{group.label}逐月投稿（{now.county.measure}，按投稿日期，含退稿和待审）",
        (UNIT_HEADER, *header),
        tuple((name, *row) for name, row in zip(units, rows, strict=True)),
        _totals(sums, len(rows)),
        note=_MONTHS_NOTE,
    )


def reasons_table(now: Submissions) -> Table:
    """Tabulate why articles were rejected (篇), most first; nothing where none was."""
    reasons, others, left = listed_reasons(now)
    total = sum(reasons.values()) + left
    counts = [(reason or _UNWRITTEN, number) for reason, number in reasons.items()]
    counts += [(f"其余{others}种", left)] if others else []
    return Table(
        f"{now.period.label}退稿原因（{now.county.measure}，占比）",
        ("退稿原因", "退稿", "占比"),
        tuple((reason, number, say_percent(100 * number / total)) for reason, number in counts),
        _totals((total, say_percent(100)), len(counts)),
    )
