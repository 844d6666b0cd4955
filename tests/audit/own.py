"""Random periods of random counties, for the circular that the project itself composes of them.

Beyond what ``counties.py`` draws: a group of one unit, one category, everything equal, nothing at
all, most of a category nothing, remarks, requirements, and a ledger made up to fit the counts.
"""

from dataclasses import dataclass, replace
from random import Random

import pandas as pd

from zhashui_stats.audit.check import audit_circular
from zhashui_stats.audit.findings import Audit
from zhashui_stats.comparison import History
from zhashui_stats.ledger import Ledger
from zhashui_stats.model.county import (
    Category,
    County,
    Group,
    LedgerSettings,
    Requirements,
    Threshold,
)
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.release.composing import compose_circular
from zhashui_stats.synthetic import synthesize

from .counties import World, make_world
from .trials import to_document

__all__ = ["Own", "audit_own", "compose", "draw", "with_ledger"]

_REMARKS = {
    "一（二）": "稿件质量总体较好，差错减少。",
    "一（三）": "信息公开审查、依申请公开等制度已经建立。",
    "二（一）": "个别单位没有明确专人负责。",
    "二（四）": "部分单位重发布、轻解读，须尽快补齐。",
    "三（三）": "各单位要在每季度末自查一次。",
    "三（五）": "考核结果年底公布。",
}
_OTHER_PERIODS = ("2022H1", "2023", "2024Q2", "2023-04")


@dataclass(frozen=True)
class Own:
    """A period with what came before it, and the circular composed of it.

    Attributes:
        history: The periods.
        roster: All units.
        text: The circular's lines.
    """

    history: History
    roster: Roster
    text: str


def draw(rng: Random) -> Own:
    """Draw a county, a period, earlier ones now and then, and compose the circular."""
    world = make_world(rng)
    county = _county(rng, world.county)
    units = _units(rng, world, county)
    period = Period.parse(rng.choice(_OTHER_PERIODS)) if rng.random() < 0.3 else world.now.period
    now = _now(rng, world, county, units, period)
    earlier = [_earlier(rng, now, forerunner) for forerunner in _forerunners(rng, period)]
    roster = Roster(
        tuple({unit.name: unit for table in (*earlier, now) for unit in table.units}.values())
    )
    return compose(History((*earlier, now)), roster)


def with_ledger(own: Own, seed: int) -> Own:
    """Give the period a ledger that adds up to its counts, and compose the circular anew."""
    now, roster = own.history.now, own.roster
    rows = synthesize(now, seed)
    frame = pd.DataFrame([{key.label: text for key, text in row.items()} for row in rows])
    ledger = Ledger.of(frame.astype(str), now.county, roster, now.period, file="台账")
    *earlier, _ = own.history.series
    return compose(History((*earlier, replace(now, ledger=ledger))), roster)


def audit_own(own: Own, text: str | None = None) -> Audit:
    """Audit the circular, or a changed copy of it, against the period that it was made of."""
    *earlier, now = own.history.series
    return audit_circular(
        to_document(own.text if text is None else text),
        now,
        county=now.county,
        roster=own.roster,
        period=now.period,
        earlier=earlier,
    )


def compose(history: History, roster: Roster) -> Own:
    """Compose the circular of a history's last period."""
    return Own(history, roster, "\n".join(compose_circular(history).lines()))


def _county(rng: Random, county: County) -> County:
    groups = county.groups[: 1 if rng.random() < 0.15 else None]
    categories = county.categories[: 1 if rng.random() < 0.15 else None]
    thresholds = tuple(
        _threshold(rng, group, category)
        for group in groups
        for category in categories
        if rng.random() < 0.4
    )
    rules = Requirements(3, 4, f"{county.issuer}通报") if rng.random() < 0.6 else Requirements()
    return replace(
        county,
        groups=groups,
        categories=categories,
        thresholds=thresholds,
        requirements=rules,
        ledger=LedgerSettings(interpretation=_interpretation(rng, categories)),
    )


def _threshold(rng: Random, group: Group, category: Category) -> Threshold:
    bound = rng.choice((1, 2, 5, 10, 20))
    if rng.random() < 0.25:
        return Threshold(group.id, category.id, below=bound)
    return Threshold(group.id, category.id, at_least=bound)


def _interpretation(rng: Random, categories: tuple[Category, ...]) -> str | None:
    named = [category.id for category in categories if "解读" in category.label]
    return named[0] if named and rng.random() < 0.8 else None


def _units(rng: Random, world: World, county: County) -> tuple[Unit, ...]:
    units: list[Unit] = []
    for group in county.groups:
        here = world.roster.of(group.id)
        size = 1 if rng.random() < 0.1 else 2 if rng.random() < 0.1 else len(here)
        units += here[:size]
    return tuple(units)


def _now(
    rng: Random, world: World, county: County, units: tuple[Unit, ...], period: Period
) -> Submissions:
    counts = {
        unit.name: {own.id: world.now.count(unit.name, own.id) for own in county.categories}
        for unit in units
    }
    manner = rng.random()
    for row in counts.values():
        if manner < 0.04:  # nothing at all
            row.update(dict.fromkeys(row, 0))
        elif manner < 0.1:  # everybody the same
            row.update(dict.fromkeys(row, 3))
    for group in county.groups:
        for category in county.categories:
            kind = rng.random()
            names = [unit.name for unit in units if unit.group == group.id]
            few = rng.sample(names, min(len(names), rng.randint(1, 3)))
            for name in names if kind < 0.3 else ():
                counts[name][category.id] = (
                    0 if kind < 0.1 else int(name in few) * rng.randint(1, 3)
                )
    said = {key: text for key, text in _REMARKS.items() if rng.random() < 0.4}
    source = {"date": f"{period.end.year + 1}年1月8日"} if rng.random() < 0.5 else {}
    return Submissions(county, period, units, counts, source=source, remarks=said)


def _forerunners(rng: Random, period: Period) -> list[Period]:
    wanted = dict.fromkeys((period.year_before, period.previous))
    return [forerunner for forerunner in wanted if rng.random() < 0.4]


def _earlier(rng: Random, now: Submissions, period: Period) -> Submissions:
    """The period before: often the same units, else one came, one went, or two merged."""
    units, manner = list(now.units), rng.random()
    former = Unit("旧日办", units[-1].group, until=period)
    if len(units) > 3 and manner < 0.15:
        units.remove(rng.choice(units))
    elif manner < 0.3:
        units.append(former)
    elif manner < 0.45 and _heirs(now):
        units.append(replace(former, name=_heirs(now)[0]))
    counts = {
        unit.name: {
            category.id: _then(rng, now.counts.get(unit.name, {}).get(category.id, 2))
            for category in now.county.categories
        }
        for unit in units
    }
    return Submissions(now.county, period, tuple(units), counts)


def _heirs(now: Submissions) -> list[str]:
    """Names that units of the period bore before, as units that were merged into them."""
    return [alias for unit in now.units for alias in unit.aliases if alias != unit.name]


def _then(rng: Random, count: int) -> int:
    return max(0, count + rng.choice((0, 0, rng.randint(-3, 4))))
