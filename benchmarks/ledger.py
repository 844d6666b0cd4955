"""Time counting a long ledger against the same answer in bare DuckDB and in plain pandas.

``make bench`` runs it with 10 million made-up articles, which takes some minutes; ``--all`` adds
100 million, which takes most of an hour; pandas would need more memory there than most machines
have and is left out. Every way is a process of its own and they take turns, so that whatever else
the machine does weighs on all; a ratio is the median of the pairwise ones. All give counts by unit
and category, and look for articles that stand twice.
Exit status 1: a bound is broken, or the answers differ.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PERIOD = "2022H1"
START, END = "2022-01-01", "2022-06-30"

MOST_TIME = 1.3  # of the time that bare DuckDB takes
OURS, BARE, COUNTING, PANDAS = "zhashui-stats count", "bare DuckDB", "… counting only", "pandas"

Command = Sequence[str]


@dataclass(frozen=True)
class Size:
    """How long a ledger is, and what counting it may take."""

    rows: int
    rounds: int
    megabytes: int
    ways: tuple[str, ...]


SMALL = Size(10_000_000, 5, 600, (OURS, BARE, COUNTING, PANDAS))
LARGE = Size(100_000_000, 3, 2000, (OURS, BARE, COUNTING))


@dataclass(frozen=True)
class Run:
    """What one process took, of the clock and of all processors, and how many it counted."""

    seconds: float
    busy: float
    megabytes: float
    counted: int


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and return the exit status; or be one of the processes."""
    if arguments and arguments[0] in CHILDREN:
        print(CHILDREN[arguments[0]](*arguments[1:]))
        return 0
    sizes = (SMALL, LARGE) if "--all" in arguments else (SMALL,)
    broken = [_is_broken(size) for size in sizes]
    return int(any(broken))


def _is_broken(size: Size) -> bool:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        runs = measure(_commands(folder, size), folder, size.rounds)
    print(f"{size.rows:,} articles, {size.rounds} rounds")
    for way, all_runs in runs.items():
        print(_row(way, all_runs))
    peak = max(run.megabytes for run in runs[OURS])
    ratios = {way: _ratios(runs[OURS], runs[way]) for way in runs if way != OURS}
    for way, found in ratios.items():
        bound = f", at most {MOST_TIME}" if way == BARE else ""
        spread = f"({min(found):.2f}–{max(found):.2f})"
        print(f"  time of {way:18}{median(found):10.2f} ×  {spread}{bound}")
    print(f"  {'peak':26}{peak:10,.0f} MB, at most {size.megabytes:,}")
    answers = {run.counted for all_runs in runs.values() for run in all_runs}
    if len(answers) > 1:
        print(f"  the answers differ: {sorted(answers)}")
    return median(ratios[BARE]) > MOST_TIME or peak > size.megabytes or len(answers) > 1


def measure(commands: Mapping[str, Command], folder: Path, rounds: int) -> dict[str, list[Run]]:
    """Run all in turns, once to warm up and then ``rounds`` times."""
    turns = [
        {way: _run(command, folder) for way, command in commands.items()} for _ in range(rounds + 1)
    ]
    return {way: [turn[way] for turn in turns[1:]] for way in commands}


def _commands(folder: Path, size: Size) -> dict[str, Command]:
    """Make the ledger and a data folder; return how each way is run on them."""
    ledger, data = str(folder / "ledger.parquet"), folder / "data"
    data.mkdir()
    for name in ("county.toml", "units.csv"):
        shutil.copy(ROOT / "data" / name, data)
    # In a process of its own: a child's peak is never told as less than its parent's.
    _run(_child("write", ledger, str(size.rows)), folder)
    ours = [
        str(BIN / "zhashui-stats"), "count", ledger, "--period", PERIOD, "--force",
        "--data-dir", str(data), "--out", str(folder / "out"), "--format", "json",
    ]  # fmt: skip
    known = {
        OURS: ours,
        BARE: _child("bare", ledger),
        COUNTING: _child("counting", ledger),
        PANDAS: _child("pandas", ledger),
    }
    return {way: known[way] for way in size.ways}


def _child(*arguments: str) -> Command:
    return [sys.executable, __file__, *arguments]


def _run(command: Command, folder: Path) -> Run:
    """Run a command in a folder, which also takes what it cannot hold in memory."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{text}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    busy = usage.ru_utime + usage.ru_stime
    return Run(seconds, busy, kilobytes / 1024, _counted(text))


def _counted(text: str) -> int:
    """Return how many articles were counted: ours says it unit by unit."""
    said = json.loads(text)
    return said if isinstance(said, int) else sum(row["count"] for row in said["counts"])


def _ratios(ours: Sequence[Run], theirs: Sequence[Run]) -> list[float]:
    return [one.seconds / other.seconds for one, other in zip(ours, theirs, strict=True)]


def _row(way: str, runs: Sequence[Run]) -> str:
    times = [run.seconds for run in runs]
    spread = f"({min(times):.2f}–{max(times):.2f})"
    peak = max(run.megabytes for run in runs)
    busy = median(run.busy for run in runs)
    return f"  {way:26}{median(times):10.2f} s  {spread:16}{busy:10.2f} s busy{peak:10,.0f} MB"


# --- The other ways, each a process of its own that imports what it needs ------------------------


def _write(path: str, rows: str) -> int:
    from zhashui_stats.readers import load  # noqa: PLC0415
    from zhashui_stats.synthetic import write_big  # noqa: PLC0415

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
