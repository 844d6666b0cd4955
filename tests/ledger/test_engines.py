"""The same ledger gives the same counts and the same faults, whatever holds it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from ledger.by_hand import ENGINES, QUIET_DASK
from zhashui_stats.errors import Fault
from zhashui_stats.ledger import Count, Ledger, count_articles
from zhashui_stats.ledger.checking import find_faults
from zhashui_stats.loading import read_ledger
from zhashui_stats.model.articles import DATES, Column
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.reading.county import read_county
from zhashui_stats.reading.roster import read_roster
from zhashui_stats.synthetic import Article, Planted, plant_faults, synthesize, write_ledger

LENGTH = 400
FAULTS = 60
FILES = [".csv", ".xlsx", ".parquet", ".duckdb", ".sqlite"]
ALL = [*ENGINES, *FILES]


@pytest.fixture(scope="module")
def sound(h1: Submissions) -> list[Article]:
    """The first 400 articles of a made-up ledger."""
    return synthesize(h1)[:LENGTH]


@pytest.fixture(scope="module")
def planted(sound: list[Article]) -> tuple[list[Article], list[Planted]]:
    """The same with sixty faults."""
    return plant_faults(sound, FAULTS, seed=60)


@pytest.fixture(scope="module")
def expected(planted: tuple[list[Article], list[Planted]], root: Path) -> list[str]:
    """What is told of them where pandas holds them."""
    return named(find_faults(opened("pandas", planted[0], root, root / "data")))


def table_of(articles: list[Article], *, typed: bool = False) -> pd.DataFrame:
    """Make a frame; typed dates are times of day, where all of a column are dates."""
    frame = pd.DataFrame(
        [{column.label: article[column] for column in Column} for article in articles]
    )
    frame = frame.replace("", None)
    for column in DATES if typed else ():
        frame[column.label] = pd.to_datetime(frame[column.label]) + pd.Timedelta(hours=8)
    return frame.assign(row=range(2, len(frame) + 2))


def write(articles: list[Article], path: Path) -> None:
    """Write a file in the format that its ending names."""
    if path.suffix not in (".duckdb", ".sqlite"):
        write_ledger(articles, path)
        return
    names = ", ".join(f'"{column.label}"' for column in Column)
    rows = [[article[column] or None for column in Column] for article in articles]
    connect: Callable[[Path], Any] = duckdb.connect if path.suffix == ".duckdb" else sqlite3.connect
    with closing(connect(path)) as connection:
        connection.execute(f"CREATE TABLE 台账 ({names.replace(',', ' VARCHAR,')} VARCHAR)")
        marks = ", ".join("?" * len(Column))
        connection.executemany(f"INSERT INTO 台账 VALUES ({marks})", rows)
        connection.commit()


def opened(kind: str, articles: list[Article], folder: Path, data: Path, **how: bool) -> Ledger:
    """Hold the articles in a frame of a library, or read them from a file of a format."""
    if kind in ENGINES:
        county = read_county(data / "county.toml")
        roster = read_roster(data / "units.csv", county)
        frame = ENGINES[kind](table_of(articles, **how))
        return Ledger.of(frame, county, roster, "2022H1", file="台账")
    path = folder / f"台账{kind}"
    write(articles, path)
    return read_ledger(path, "2022H1", data)


def named(faults: tuple[Fault, ...]) -> list[str]:
    """Show faults without the name of the file."""
    return [str(replace(fault, cell="")).removeprefix(fault.file) for fault in faults]


@pytest.fixture
def places(tmp_path: Path, root: Path) -> tuple[Path, Path]:
    """Where files may be written, and the data folder."""
    return tmp_path, root / "data"


@pytest.fixture(scope="module")
def counted(sound: list[Article], root: Path) -> Count:
    """What pandas counts."""
    return count_articles(opened("pandas", sound, root, root / "data"))


@pytest.mark.filterwarnings(QUIET_DASK)
@pytest.mark.parametrize(
    ("kind", "typed"), [*product(ENGINES, (False, True)), *product(FILES, (False,))]
)
def test_the_same_counts(
    kind: str, typed: bool, sound: list[Article], counted: Count, places: tuple[Path, Path]
) -> None:
    """Four hundred sound articles, dates as text or as times, are counted alike."""
    assert LENGTH == counted.rows
    assert counted.adopted > LENGTH / 2
    assert counted == count_articles(opened(kind, sound, *places, typed=typed))


@pytest.mark.filterwarnings(QUIET_DASK)
@pytest.mark.parametrize("kind", ALL)
def test_the_same_faults(
    kind: str,
    planted: tuple[list[Article], list[Planted]],
    expected: list[str],
    tmp_path: Path,
    root: Path,
) -> None:
    """Sixty planted faults are told in the same words, and nothing else is."""
    articles, places = planted
    faults = find_faults(opened(kind, articles, tmp_path, root / "data"))

    assert [(row, kind, column.label) for row, kind, column in places] == [
        (fault.row, fault.kind, fault.column) for fault in faults
    ]
    assert expected == named(faults)


@pytest.mark.parametrize("kind", FILES)
def test_padded_numbers_of_files(
    kind: str, sound: list[Article], tmp_path: Path, root: Path
) -> None:
    """A number with white space around it is the same number, in every format."""
    adopted = [article for article in sound if article[Column.STATUS] == "采用"][:5]
    padded = [dict(article) for article in adopted]
    for place, white in ((2, "{} "), (3, "　{}"), (4, "{}\t")):
        padded[place][Column.NUMBER] = white.format(padded[0][Column.NUMBER])
    faults = find_faults(opened(kind, padded, tmp_path, root / "data"))

    assert [(row, "编号") for row in (4, 5, 6)] == [(fault.row, fault.column) for fault in faults]


def test_a_column_row_in_the_file(sound: list[Article], tmp_path: Path, root: Path) -> None:
    """A file may have a column ``row`` of its own; faults tell the rows of the file."""
    frame = table_of(sound[:3]).assign(row=["x", "y", "z"])
    frame.loc[1, "标题"] = None
    frame.to_csv(tmp_path / "甲.csv", index=False)
    frame.to_parquet(tmp_path / "甲.parquet", index=False)
    for name in ("甲.csv", "甲.parquet"):
        faults = find_faults(read_ledger(tmp_path / name, "2022H1", root / "data"))

        assert [(3, "标题")] == [(fault.row, fault.column) for fault in faults]
