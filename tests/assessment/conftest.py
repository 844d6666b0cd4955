"""Small ledgers made by hand, in every library that a ledger may come in."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import dask.dataframe as dd
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from zhashui_stats.assessment import monthly_counts
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.model.county import LedgerSettings
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster
from zhashui_stats.reading.county import read_county
from zhashui_stats.reading.roster import read_roster

Cells = dict[str, Any]
Maker = Callable[..., Ledger]

ARTICLE = {
    "投稿单位": "应急局",
    "类别": "政务动态",
    "发布日期": "2022-03-01",
    "状态": "采用",
}
ENGINES = {
    "pandas": lambda frame: frame,
    "polars": lambda frame: pl.from_arrow(pa.Table.from_pandas(frame)).lazy(),
    "duckdb": lambda frame: duckdb.connect().from_arrow(pa.Table.from_pandas(frame)),
    "pyarrow": pa.Table.from_pandas,
    "dask": lambda frame: dd.from_pandas(frame, npartitions=3),
}


DASK = pytest.param(
    "dask", marks=pytest.mark.filterwarnings("ignore:Dask support is moving:FutureWarning")
)
LIBRARIES = [*list(ENGINES)[:-1], DASK]


@pytest.fixture(params=LIBRARIES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each library in turn."""
    return request.param


@pytest.fixture(scope="session")
def make(root: Path) -> Maker:
    """A builder of ledgers: ``make([{"状态": "退稿"}, {}])`` has two articles of 应急局."""
    county = read_county(root / "data" / "county.toml")
    units = read_roster(root / "data" / "units.csv", county)

    def build(
        articles: Sequence[Cells] | pd.DataFrame,
        period: str = "2022H1",
        engine: str = "pandas",
        roster: Roster = units,
        **settings: Any,
    ) -> Ledger:
        if not isinstance(articles, pd.DataFrame):
            titled = [
                {"标题": f"第{n}篇", **ARTICLE, **article} for n, article in enumerate(articles)
            ]
            articles = pd.DataFrame(titled, columns=None if titled else ["标题", *ARTICLE])
        judged = replace(county, ledger=LedgerSettings(**settings))
        return Ledger.of(ENGINES[engine](articles), judged, roster, period)

    return build


@pytest.fixture
def names(make: Maker) -> list[str]:
    """The units' names, so that each case of a test can have a unit to itself."""
    return [unit.name for unit in make([]).here.units]


def by_month(ledger: Ledger) -> dict[Period, int]:
    """Add up all units' articles sent in (篇) in each month."""
    counts = monthly_counts(ledger)
    months = next(iter(counts.values()))
    return {month: sum(unit[month] for unit in counts.values()) for month in months}
