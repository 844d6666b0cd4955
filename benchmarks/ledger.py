"""Time counting a long ledger against the same answer in bare DuckDB and in plain pandas.

``make bench`` runs it with 10 million made-up articles, which takes some minutes; ``--all`` adds
100 million, which takes most of an hour; pandas would need more memory there than most machines
have and is left out. Every way is a process of its own and they take turns, so that whatever else
the machine does weighs on all; a ratio is the median of the pairwise ones. All give counts by unit
and category, and look for articles that stand twice.
Exit status 1: a bound is broken, or the answers differ.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparing import Comparison, Limit, compare, limit
from measuring import Command, Run, Way, measure, run
from page import publish

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PERIOD = "2022H1"
START, END = "2022-01-01", "2022-06-30"

MOST_TIME = 1.3  # of the time that bare DuckDB takes
OURS, BARE, COUNTING, PANDAS = "`zhashui-stats count`", "bare DuckDB", "… counting only", "pandas"


@dataclass(frozen=True)
class Size:
    """How long a ledger is, and what counting it may take."""

    rows: int
    rounds: int
    megabytes: int
    ways: tuple[str, ...]


SMALL = Size(10_000_000, 5, 600, (OURS, BARE, COUNTING, PANDAS))
LARGE = Size(100_000_000, 3, 2000, (OURS, BARE, COUNTING))


def main(arguments: Sequence[str]) -> int:
    """Measure, publish, and return the exit status; or be one of the processes."""
    if arguments and arguments[0] in CHILDREN:
        print(CHILDREN[arguments[0]](*arguments[1:]))
        return 0
    sizes = (SMALL, LARGE) if "--all" in arguments else (SMALL,)
    told = [_tell(size) for size in sizes]
    lines = [line for part, _ in told for line in part]
    publish("ledger", lines, ("duckdb", "narwhals", "pandas", "pyarrow"))
    return int(any(is_broken for _, is_broken in told))


def _tell(size: Size) -> tuple[list[str], bool]:
    """Measure with one ledger; return what there is to say, and whether a bound is broken."""
    with tempfile.TemporaryDirectory() as place:
        runs = measure(_ways(Path(place), size), size.rounds)
    comparisons = [
        Comparison(OURS, way, MOST_TIME if way == BARE else None)
        for way in size.ways
        if way != OURS
    ]
    limits = [_peak(way, runs[way], size) for way in size.ways]
    answers = {_counted(process.said) for way in size.ways for process in runs[way]}
    lines = [
        f"{size.rows:,} articles, {size.rounds} rounds.",
        "",
        *compare(comparisons, runs),
        *limit(limits),
        *([f"**The answers differ**: {sorted(answers)}.", ""] if len(answers) > 1 else []),
    ]
    broken = [comparison.is_broken(runs) for comparison in comparisons] + [
        figure.is_broken() for figure in limits
    ]
    return lines, any(broken) or len(answers) > 1


def _peak(way: str, runs: Sequence[Run], size: Size) -> Limit:
    """Each way is one process, so that the system itself knows its peak."""
    bound = size.megabytes if way == OURS else None
    return Limit(f"peak memory of {way}", max(process.megabytes for process in runs), "MB", bound)


def _ways(folder: Path, size: Size) -> list[Way]:
    """Make the ledger and a data folder; return how each way is run on them."""
    ledger, data = str(folder / "ledger.parquet"), folder / "data"
    data.mkdir()
    for name in ("county.toml", "units.csv"):
        shutil.copy(ROOT / "data" / name, data)
    # In a process of its own: a child's peak is never told as less than its parent's.
    run(Way("write", [_child("write", ledger, str(size.rows))], folder))
    commands: Mapping[str, Command] = {
        OURS: [
            str(BIN / "zhashui-stats"), "count", ledger, "--period", PERIOD, "--force",
            "--data-dir", str(data), "--out", str(folder / "out"), "--format", "json",
        ],
        BARE: _child("bare", ledger),
        COUNTING: _child("counting", ledger),
        PANDAS: _child("pandas", ledger),
    }  # fmt: skip
    # The folder also takes what a way cannot hold in memory.
    return [Way(way, [commands[way]], folder) for way in size.ways]


def _child(*arguments: str) -> Command:
    return [sys.executable, __file__, *arguments]


def _counted(text: str) -> int:
    """Return how many articles were counted: ours says it unit by unit."""
    said = json.loads(text)
    return said if isinstance(said, int) else sum(row["count"] for row in said["counts"])


# --- The other ways, each a process of its own that imports what it needs ------------------------


def _write(path: str, rows: str) -> int:
    from big import write_big  # noqa: PLC0415

    from zhashui_stats.loading import load  # noqa: PLC0415

    write_big(Path(path), int(rows), load(PERIOD, ROOT / "data"))
    return int(rows)


def _bare(path: str) -> int:
    for keys in ("编号", "投稿单位, 标题, 发布日期"):
        if _query(
            f"SELECT {keys} FROM '{path}' WHERE 状态 = '采用' GROUP BY ALL HAVING count(*) > 1"
        ):
            raise SystemExit("an article stands twice")
    return _counting(path)


def _counting(path: str) -> int:
    counts = _query(
        f"SELECT 投稿单位, 类别, count(*) FROM '{path}' WHERE 状态 = '采用' "
        f"AND 发布日期 BETWEEN DATE '{START}' AND DATE '{END}' GROUP BY ALL"
    )
    return sum(count for _, _, count in counts)


def _query(query: str) -> list[Any]:
    import duckdb  # noqa: PLC0415

    return duckdb.connect().execute(query).fetchall()


def _pandas(path: str) -> int:
    import pandas as pd  # noqa: PLC0415

    columns = ["编号", "标题", "投稿单位", "类别", "发布日期", "状态"]
    ledger = pd.read_parquet(path, columns=columns)
    adopted = ledger[ledger["状态"] == "采用"]
    for keys in (["编号"], ["投稿单位", "标题", "发布日期"]):
        if adopted.duplicated(keys).any():
            raise SystemExit("an article stands twice")
    published = pd.to_datetime(adopted["发布日期"])
    counts = adopted[published.between(START, END)].groupby(["投稿单位", "类别"]).size()
    return int(counts.sum())


CHILDREN: dict[str, Callable[..., int]] = {
    "write": _write,
    "bare": _bare,
    "counting": _counting,
    "pandas": _pandas,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
