"""A ledger of many files on Dask's cluster: the same answers as pandas in one process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import dask.dataframe as dd
import pandas as pd
import pytest
from distributed import Client, LocalCluster

from ledger.by_hand import QUIET_DASK
from zhashui_stats import assessment
from zhashui_stats.ledger import Ledger, count_articles
from zhashui_stats.model.articles import DATES, Column
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster
from zhashui_stats.synthetic import Article, synthesize

PARTS = 2


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Two workers of one thread each, on this machine only, without a dashboard."""
    scratch = str(tmp_path_factory.mktemp("dask"))
    with (
        dask.config.set({"temporary-directory": scratch}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def parts_of(frame: pd.DataFrame, folder: Path) -> str:
    """Write a frame as several Parquet files; return what names them all."""
    length = -(-len(frame) // PARTS)
    for number in range(PARTS):
        part = frame.iloc[number * length : (number + 1) * length]
        part.to_parquet(folder / f"part-{number}.parquet", index=False)
    return str(folder / "part-*.parquet")


def evidence(ledger: Ledger) -> dict[str, Any]:
    """All that counting and assessment tell of a ledger."""
    timely, rushed = assessment.timeliness(ledger, 3), assessment.rush(ledger)
    return {
        "count": count_articles(ledger),
        "adoption": dict(assessment.adoption(ledger)),
        "reasons": list(assessment.rejection_reasons(ledger).items()),
        "chain": dict(assessment.review_chain(ledger)),
        "disclosure": dict(assessment.disclosure(ledger)),
        "timeliness": (dict(timely), timely.unknown_years),
        "forms": assessment.forms(ledger),
        "by unit": assessment.monthly_counts(ledger),
        "idle": assessment.idle_months(ledger),
        "active": assessment.regular_units(ledger),
        "rush": (dict(rushed.judged), rushed.named),
    }


def table_of(rows: list[Article]) -> pd.DataFrame:
    """Make a frame with typed dates."""
    frame = pd.DataFrame([{column.label: row[column] or None for column in Column} for row in rows])
    days = {column.label: pd.to_datetime(frame[column.label]) for column in DATES}
    return frame.assign(**days, row=range(2, len(rows) + 2))


@pytest.mark.filterwarnings(QUIET_DASK)
def test_a_cluster_agrees_with_pandas(client: Client, h1: Submissions, tmp_path: Path) -> None:
    """Two files on two workers give the counts and the evidence of one frame."""
    frame = table_of(synthesize(h1))
    parts = dd.read_parquet(parts_of(frame, tmp_path))
    ours, theirs = (
        Ledger.of(given, h1.county, Roster(h1.units), h1.period) for given in (frame, parts)
    )

    assert (PARTS, 2) == (parts.npartitions, len(client.scheduler_info()["workers"]))
    assert evidence(ours) == evidence(theirs)
