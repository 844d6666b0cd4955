"""What the tests of commands share: a small ledger, a short circular, commands in a word."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from zhashui_stats.cli import main

__all__ = [
    "BANNER",
    "HEADER",
    "NOTICE",
    "ROWS",
    "SOUND",
    "SPOILT",
    "SUMMARY",
    "TABLES",
    "TITLE",
    "Capture",
    "Row",
    "check",
    "count",
    "everything",
    "faults",
    "sample",
    "table",
    "write",
]

HEADER = ("编号", "标题", "投稿单位", "类别", "发布日期", "状态", "数据性质")
ROWS = [
    ("1", "甲", "红岩寺镇", "政务动态", "2022-01-05", "采用", ""),
    ("2", "乙", "红岩寺镇", "政务动态", "2022年6月30日", "采用", ""),
    ("3", "丙", "县应急局、气象局", "政务公开", "2022/3/1", "采用", ""),
    ("4", "丁", "应急局", "政务公开", "", "退稿", ""),
    ("5", "戊", "应急局", "政务公开", "", "待审", ""),
    ("6", "己", "应急局", "政务公开", "2022-07-01", "采用", ""),
]
SUMMARY = (
    "2022年上半年：台账6行，采用并在本期发布的3行计入；"
    "未计入：退稿1行、待审1行、采用但不在本期发布1行。\n"
)
TITLE = "合成数据：由合成台账统计而成，仅供试用，不是真实情况"
BANNER = "本页由合成数据生成，仅供试用，不是真实情况。"
NOTICE = "注意：2022H1/ledger.csv 是合成数据，仅供试用，不是真实情况\n"
TABLES = ("towns.csv", "departments.csv")
Row = tuple[str, ...]
Capture = pytest.CaptureFixture[str]


def write(path: Path, rows: Iterable[Row] = ROWS, header: Row = HEADER) -> Path:
    """Write a ledger as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def sample(data: Path, out: Path, *options: str, period: str = "2022H1") -> int:
    """Make a ledger up."""
    return main(["sample", period, "--data-dir", str(data), "--out", str(out), *options])


def count(ledger: Path | str, data: Path, *options: str, period: str = "2022H1") -> int:
    """Count a ledger."""
    return main(["count", str(ledger), "--period", period, "--data-dir", str(data), *options])


def check(data: Path, *options: str) -> int:
    """Check 2022H1."""
    return main(["check", "2022H1", "--data-dir", str(data), *options])


def faults(capsys: Capture) -> list[tuple[str, int | None, str | None, str]]:
    """Return file, row, column and kind of each fault that was printed as JSON."""
    said = json.loads(capsys.readouterr().out)
    assert said["counts"] == []
    keys = ("file", "row", "column", "kind")
    return [tuple(fault[key] for key in keys) for fault in said["faults"]]


def table(folder: Path, name: str = "towns.csv") -> list[str]:
    """Return the lines of a written table."""
    return (folder / "2022H1" / name).read_text("utf-8-sig").splitlines()


def everything(folder: Path) -> dict[Path, bytes]:
    """Return the content of every file below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


SOUND = "一、工作情况\n2022年上半年，各镇办发布政务动态信息64篇，其中红岩寺镇50篇。\n"
SPOILT = SOUND.replace("50", "60")
