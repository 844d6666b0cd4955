"""Small ledgers made by hand, for a county of six units, in any library."""

from collections.abc import Callable
from typing import Any

import dask.dataframe as dd
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from zhashui_stats.errors import Fault
from zhashui_stats.ledger import Ledger
from zhashui_stats.ledger.checking import find_faults
from zhashui_stats.model.articles import Column, Form, Status
from zhashui_stats.model.county import Category, County, Group, LedgerSettings
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit

COUNTY = County(
    "某县",
    "某县政府办",
    "篇",
    groups=(Group("towns", "镇办"), Group("departments", "部门单位")),
    categories=(
        Category("disclosure", "政务公开", ("政务公开信息",)),
        Category("interpretation", "政策解读"),
        Category("news", "政务动态"),
    ),
    ledger=LedgerSettings(
        headers={Column.TITLE: ("稿件名称",)},
        values={Status.ADOPTED: ("录用",), Status.REJECTED: ("退回",), Form.TEXT: ("文稿",)},
    ),
)
ROSTER = Roster(
    (
        Unit("甲镇", "towns", full_name="甲镇人民政府", aliases=("甲乡",)),
        Unit("乙镇", "towns"),
        Unit("甲局", "departments"),
        Unit("撤局", "departments", until=Period.parse("2021H2")),
        Unit("并局", "departments", until=Period.parse("2021H2")),
        Unit("新局", "departments", aliases=("并局",), since=Period.parse("2022H1")),
    )
)
ARTICLE = {"投稿单位": "甲镇", "类别": "政务动态", "发布日期": "2022-03-01", "状态": "采用"}

ENGINES: dict[str, Callable[[pd.DataFrame], Any]] = {
    "pandas": lambda frame: frame,
    "polars": lambda frame: pl.from_arrow(pa.Table.from_pandas(frame)),
    "lazy": lambda frame: pl.from_arrow(pa.Table.from_pandas(frame)).lazy(),
    "pyarrow": pa.Table.from_pandas,
    "duckdb": lambda frame: duckdb.connect().from_arrow(pa.Table.from_pandas(frame)),
    "dask": lambda frame: dd.from_pandas(frame, npartitions=3),
}
QUIET_DASK = "ignore:Dask support is moving:FutureWarning"
LIBRARIES = [
    pytest.param(engine, marks=pytest.mark.filterwarnings(QUIET_DASK))
    if engine == "dask"
    else engine
    for engine in ENGINES
]

Place = tuple[int | None, str | None, str, str, str]


def frame_of(*articles: dict[str, Any]) -> pd.DataFrame:
    """Make a frame of adopted articles, each with what differs from ``ARTICLE``, from row 2 on."""
    rows = [
        {"row": row, "标题": f"第{row}行", **ARTICLE, **article}
        for row, article in enumerate(articles, 2)
    ]
    return pd.DataFrame(rows, columns=None if rows else ["row", "标题", *ARTICLE])


def ledger_of(frame: Any, engine: str = "pandas", county: County = COUNTY) -> Ledger:
    """Make the ledger of the first half of 2022."""
    return Ledger.of(ENGINES[engine](frame), county, ROSTER, "2022H1")


def places(faults: tuple[Fault, ...]) -> list[Place]:
    """Show faults as tuples: row, column, kind, found, expected."""
    return [
        (fault.row, fault.column, fault.kind.value, fault.found, fault.expected) for fault in faults
    ]


def told(*articles: dict[str, Any], engine: str = "pandas") -> list[Place]:
    """Return the faults of some articles."""
    return places(find_faults(ledger_of(frame_of(*articles), engine)))
