"""A data folder of a small county with a faultless period, and what loading it gives."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.loading import load_period
from zhashui_stats.model.submissions import SourceFile

Rows = Sequence[Sequence[object]]

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]

COUNTY = """\
name = "某县"
issuer = "某县人民政府办公室"
measure = "篇"
[[groups]]
id = "towns"
label = "镇办"
[[groups]]
id = "bureaus"
label = "部门"
[[categories]]
id = "open"
label = "政务公开"
headers = ["政务公开信息"]
[[categories]]
id = "news"
label = "政务动态"
headers = ["政务动态信息", "政务动态信"]
"""
UNITS = """\
name,group,full_name,aliases,since,until
东河镇,towns,,,,
西山镇,towns,,西山乡,,
南坪镇,towns,,,,
财政局,bureaus,某县财政局,,,
农行,bureaus,,,,
旧粮站,bureaus,,,,2021H2
新数据局,bureaus,,,2023H1,
大数据办,bureaus,,信息办,,
信息办,bureaus,,,,2021H2
"""
TOWNS = [["投稿单位", "政务公开", "政务动态"], ["东河镇", 1, 2], ["西山镇", 3, 4], ["南坪镇", 5, 6]]
BUREAUS = [
    ["投稿单位", "政务公开", "政务动态"],
    ["财政局", 1, 0],
    ["农 行", 0, 0],
    ["大数据办", 7, 8],
]
NAMES = ["东河镇", "西山镇", "南坪镇"]
COUNTS = {"东河镇": (1, 2), "西山镇": (3, 4), "南坪镇": (5, 6)}


def as_csv(rows: Rows, separator: str = ",") -> str:
    """Return rows as the text of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


def write_table(path: Path, rows: Rows, encoding: str = "utf-8", separator: str = ",") -> None:
    """Write rows in the format that the path's ending names."""
    if path.suffix.lower() == ".csv":
        path.write_bytes(as_csv(rows, separator).encode(encoding))
        return
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)


def make_data(folder: Path) -> Path:
    """Write the settings, the roster and the tables of 2022H1 to a folder."""
    (folder / "county.toml").write_text(COUNTY, encoding="utf-8")
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    add_period(folder, "2022H1")
    return folder


def add_period(folder: Path, period: str, towns: Rows = TOWNS, bureaus: Rows = BUREAUS) -> None:
    """Write the two tables of a period."""
    (folder / period).mkdir(exist_ok=True)
    write_table(folder / period / "towns.csv", towns)
    write_table(folder / period / "bureaus.csv", bureaus)


def put(data: Path, rows: Rows, name: str = "towns.csv", **how: str) -> None:
    """Write a table of 2022H1 in place of what is there."""
    write_table(data / "2022H1" / name, rows, **how)


def faults(
    data: Path, period: str = "2022H1", read: Callable[..., Any] = load_period
) -> list[Fault]:
    """Return what is wrong with a period."""
    with pytest.raises(FaultyData) as caught:
        read(period, data)
    return list(caught.value.faults)


def counts(data: Path, group: str = "towns", period: str = "2022H1") -> dict[str, tuple[int, ...]]:
    """Return the counts of a group by unit, in the order of the categories."""
    now = load_period(period, data).of(group)
    return {unit.name: tuple(now.counts[unit.name].values()) for unit in now.units}


def bad(  # noqa: PLR0917, RUF100
    row: int | None,
    column: str | None,
    kind: FaultKind,
    found: str,
    expected: str,
    file: str = "2022H1/towns.csv",
) -> Fault:
    """Make a fault of a table."""
    return Fault(file, row, column, kind, found, expected)


def read_file(data: Path, name: str) -> SourceFile:
    """Return the record of a file of 2022H1."""
    return next(file for file in load_period("2022H1", data).files if file.path == f"2022H1/{name}")
