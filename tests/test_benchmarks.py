"""What the benchmarks are run on: made-up ledgers of any length, drawn in constant memory."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from big import write_big

from zhashui_stats.ledger import count_articles, open_ledger
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster


@pytest.fixture(scope="module")
def now(h1: Submissions) -> Submissions:
    """The first half of 2022, in a county that names its category of interpretations."""
    rules = replace(h1.county.ledger, interpretation="interpretation")
    return replace(h1, county=replace(h1.county, ledger=rules))


def read_big(path: Path, now: Submissions) -> Ledger:
    return open_ledger(path, now.county, Roster(now.units), now.period, file=path.name)


@pytest.fixture(scope="module")
def big(now: Submissions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Parquet ledger of fifty thousand articles."""
    path = tmp_path_factory.mktemp("big") / "it's big.parquet"
    write_big(path, 50_000, now)
    return path


def test_a_big_ledger_is_sound(now: Submissions, big: Path) -> None:
    """It has no fault, every unit and category, and articles of every fate."""
    count = count_articles(read_big(big, now))

    assert 50_000 == count.rows
    assert pytest.approx(0.8, abs=0.01) == (count.adopted + count.elsewhen) / count.rows
    assert 0 < count.elsewhen < 0.03 * count.rows
    assert 0 < min(number for row in count.counts.values() for number in row.values())


def test_a_big_ledger_says_that_it_is_made_up(now: Submissions, big: Path) -> None:
    """Every row and title says 合成."""
    marked = duckdb.read_parquet(str(big)).filter("数据性质 = '合成' AND 标题 LIKE '合成稿件%'")

    assert 50_000 == len(marked.fetchall())
    assert read_big(big, now).is_synthetic


def test_a_big_ledger_depends_on_its_seed(now: Submissions, big: Path, tmp_path: Path) -> None:
    """The same seed gives the same bytes, another seed other articles."""
    same, other = tmp_path / "same.parquet", tmp_path / "other.parquet"
    write_big(same, 50_000, now)
    write_big(other, 50_000, now, seed=1)

    assert big.read_bytes() == same.read_bytes()
    assert big.read_bytes() != other.read_bytes()
