"""`count`: a ledger becomes the tables of a period."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from zhashui_stats.cli import main
from zhashui_stats.errors import FaultKind
from zhashui_stats.loading import load_period

from .steps import (
    HEADER,
    ROWS,
    SUMMARY,
    TABLES,
    Capture,
    check,
    count,
    everything,
    faults,
    sample,
    table,
    write,
)


def test_count_writes_the_tables(ledger: Path, data: Path, tmp_path: Path, capsys: Capture) -> None:
    """Every unit of the roster has its row; what was counted and left out is told, exit 0."""
    status = count(ledger, data, "--out", str(tmp_path / "out"))
    said = capsys.readouterr()
    written = "、".join(str(tmp_path / "out" / "2022H1" / name) for name in TABLES)

    assert status == 0
    assert said.out == f"{SUMMARY}统计表已写入 {written}\n"
    assert said.err == ""
    towns, departments = (table(tmp_path / "out", name) for name in TABLES)
    assert [line for line in towns if "0,0,0" not in line] == [
        "序号,投稿单位,政务公开,政策解读,政务动态",
        "7,红岩寺镇,0,0,2",
        ",合计,0,0,2",
    ]
    assert [line for line in departments if "0,0,0" not in line][1:] == [
        "17,应急局,1,0,0",
        ",合计,1,0,0",
    ]
    assert (len(towns), len(departments)) == (1 + 9 + 1, 1 + 56 + 1)


def test_count_says_what_it_passed_over(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """Title rows and other columns are named below the summary."""
    path = tmp_path / "台账.csv"
    path.write_text(
        "某县投稿登记\n标题,投稿单位,类别,发布日期,状态,备注\n甲,红岩寺镇,政务动态,2022-01-05,采用,x\n",
        "utf-8",
    )
    count(path, data, "--out", str(tmp_path / "out"))

    assert capsys.readouterr().out.splitlines()[1:3] == [
        "  台账.csv：第1行“某县投稿登记”在表头之上，未统计",
        "  台账.csv：第6列“备注”未统计",
    ]


LEVELS = """
[[indicators]]
id     = "city"
label  = "市级采用"
groups = ["towns"]
ledger = { "采用级别" = ["市级"] }

[[indicators]]
id     = "missed"
label  = "约稿未交"
groups = ["towns"]
"""


def test_count_writes_indicators(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """They follow the categories; what no ledger gives is left blank, to be filled in."""
    settings = data / "county.toml"
    settings.write_text(settings.read_text("utf-8") + LEVELS, "utf-8")
    rows = [
        (*row, level)
        for row, level in zip(ROWS, ("市 级", "乡级", "市级", "", "", ""), strict=True)
    ]
    ledger = write(tmp_path / "台账.csv", rows, (*HEADER, "采用级别"))

    assert count(ledger, data, "--out", str(tmp_path / "out")) == 0
    assert "  台账.csv：“采用级别”列有1种取值没有指标统计\n" in capsys.readouterr().out
    towns, departments = (table(tmp_path / "out", name) for name in TABLES)
    assert [line for line in towns if "0,0,0" not in line] == [
        "序号,投稿单位,政务公开,政策解读,政务动态,市级采用,约稿未交",
        "7,红岩寺镇,0,0,2,1,",
        ",合计,0,0,2,1,",
    ]
    assert departments[0] == "序号,投稿单位,政务公开,政策解读,政务动态"


def test_count_of_a_ledger_without_the_column(ledger: Path, data: Path, capsys: Capture) -> None:
    """The column, who is counted by it and what to do are told; nothing is written, exit 1."""
    settings = data / "county.toml"
    settings.write_text(settings.read_text("utf-8") + LEVELS, "utf-8")
    before = everything(data)

    assert count(ledger, data, "--force", "--format", "json") == 1
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert fault == {
        "file": "台账.csv", "row": None, "column": "采用级别", "kind": "missing_column",
        "found": "“市级采用”按它统计",
        "expected": "一列“采用级别”；表头不同的，按台账改 county.toml 中的 ledger；"
                    "台账不登记的，去掉 county.toml 中“市级采用”的 ledger，在统计表中填写",
    }  # fmt: skip
    assert everything(data) == before


def test_count_goes_to_the_data_folder(ledger: Path, data: Path) -> None:
    """Without --out the tables stand in the period's folder, and the period reads as counted."""
    shutil.rmtree(data / "2022H1")
    status = count(ledger, data)

    assert status == 0
    assert sorted(path.name for path in (data / "2022H1").iterdir()) == sorted(TABLES)
    assert load_period("2022H1", data).total() == 3


def test_count_finds_the_data_folder_from_below(
    ledger: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run in the notebooks' folder it writes to the project's data, not to a new folder there."""
    shutil.rmtree(data / "2022H1")
    (data.parent / "notebooks").mkdir()
    monkeypatch.chdir(data.parent / "notebooks")
    status = main(["count", str(ledger), "--period", "2022H1"])

    assert status == 0
    assert (data / "2022H1" / "towns.csv").is_file()
    assert list((data.parent / "notebooks").iterdir()) == []


def test_count_as_json(ledger: Path, data: Path, tmp_path: Path, capsys: Capture) -> None:
    """The counts as check prints them, and nothing else on stdout; the tables are written."""
    status = count(ledger, data, "--out", str(tmp_path / "out"), "--format", "json")
    said = json.loads(capsys.readouterr().out)

    assert status == 0
    assert said["faults"] == []
    assert len(said["counts"]) == 65 * 3
    assert [cell for cell in said["counts"] if cell["count"]] == [
        {"group": "towns", "unit": "红岩寺镇", "category": "news", "count": 2},
        {"group": "departments", "unit": "应急局", "category": "disclosure", "count": 1},
    ]
    assert table(tmp_path / "out")[-1] == ",合计,0,0,2"


def test_count_and_check_print_the_same_json(sampled: Path, capsys: Capture) -> None:
    """One period, one ledger: the same counts in the same order."""
    capsys.readouterr()
    check(sampled, "--format", "json")
    checked = capsys.readouterr().out
    count(
        sampled / "2022H1" / "ledger.csv", sampled,
        "--out", str(sampled.parent / "out"), "--format", "json",
    )  # fmt: skip

    assert capsys.readouterr().out == checked


@pytest.mark.parametrize(
    "expected", [("2022", 4), ("2022H2", 1), ("2022Q1", 2), ("2022-06", 1), ("2021H1", 0)]
)
def test_count_for_any_period(
    ledger: Path, data: Path, tmp_path: Path, capsys: Capture, expected: tuple[str, int]
) -> None:
    """One ledger gives the tables of any period; what was published at another time is left."""
    period, total = expected
    status = count(ledger, data, "--out", str(tmp_path), "--format", "json", period=period)
    said = json.loads(capsys.readouterr().out)

    assert status == 0
    assert sum(cell["count"] for cell in said["counts"]) == total
    assert (tmp_path / period / "towns.csv").is_file()


def test_count_replaces_nothing_unasked(ledger: Path, data: Path, capsys: Capture) -> None:
    """Tables that are there stay, byte for byte; with --force they are replaced, nothing else."""
    before = everything(data)
    status = count(ledger, data)
    said = capsys.readouterr()

    assert status == 1
    assert said.out == ""
    assert said.err == (
        f"zhashui-stats：{data / '2022H1'} 中已有 towns.csv、departments.csv，没有改动；"
        "要用台账的统计结果覆盖，请加 --force\n"
    )
    assert everything(data) == before
    assert count(ledger, data, "--force") == 0
    after = everything(data)
    assert {path.name for path in after if after[path] != before.get(path)} == set(TABLES)
    assert after.keys() == before.keys()


def test_count_of_the_periods_own_ledger(sampled: Path, capsys: Capture) -> None:
    """A ledger in the period's folder is counted beside itself, and table and ledger agree."""
    for name in TABLES:
        (sampled / "2022H1" / name).unlink()
    status = count(sampled / "2022H1" / "ledger.csv", sampled)

    assert status == 0
    assert check(sampled) == 0
    assert capsys.readouterr().out.endswith("数据没有问题。\n")


def test_nothing_is_counted_from_a_faulty_ledger(
    ledger: Path, data: Path, tmp_path: Path, capsys: Capture
) -> None:
    """Every fault is told with its place, exit 1; neither folder nor table is made."""
    write(ledger, [*ROWS, ("1", "庚", "红岩寺乡", "要闻", "2022-13-01", "录用X", "")])
    before = everything(tmp_path)
    status = count(ledger, data, "--out", str(tmp_path / "out"), "--force")
    said = capsys.readouterr()

    assert status == 1
    assert said.out == ""
    assert said.err.splitlines()[0] == "zhashui-stats：数据有 4 处问题，请逐条改正后重试："
    assert [line.partition("：")[0] for line in said.err.splitlines()[1:]] == [
        f"  {n}. 台账.csv 第8行“{column}”列"
        for n, column in enumerate(("投稿单位", "类别", "发布日期", "状态"), 1)
    ]
    assert not (tmp_path / "out").exists()
    assert everything(tmp_path) == before


def test_faults_of_a_ledger_as_json(ledger: Path, data: Path, capsys: Capture) -> None:
    """The faults as check prints them, exit 1; stderr tells them to a person."""
    write(ledger, [*ROWS, ROWS[0], ("8", "", "红岩寺镇", "政务动态", "", "采用", "")])
    status = count(ledger, data, "--format", "json")

    assert status == 1
    assert faults(capsys) == [
        ("台账.csv", 8, "编号", "duplicate_article"),
        ("台账.csv", 9, "标题", "missing_value"),
        ("台账.csv", 9, "发布日期", "missing_value"),
    ]


def test_three_thousand_faults(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """The first 200 are listed in the order of the rows, with the number of all; JSON has all."""
    rows = [
        (str(n), f"第{n}篇", f"无此局{n}", "政务动态", "2022-01-05", "采用", "")
        for n in range(3000)
    ]
    status = count(write(tmp_path / "坏.csv", rows), data)
    lines = capsys.readouterr().err.splitlines()

    assert status == 1
    assert lines[0] == "zhashui-stats：数据有 3000 处问题，请逐条改正后重试："
    assert [line.partition("：")[0] for line in lines[1:-1]] == [
        f"  {n}. 坏.csv 第{n + 1}行“投稿单位”列" for n in range(1, 201)
    ]
    assert lines[-1] == "  还有 2800 处没有列出；改正后再核对，或用 --format json 列出全部"
    count(tmp_path / "坏.csv", data, "--format", "json")
    assert len(faults(capsys)) == 3000


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("没有.csv", FaultKind.MISSING_FILE),
        ("空.csv", FaultKind.EMPTY_FILE),
        ("表头.csv", FaultKind.EMPTY_FILE),
        ("文件夹.csv", FaultKind.UNREADABLE_FILE),
        ("坏.xlsx", FaultKind.UNREADABLE_FILE),
        ("坏.parquet", FaultKind.UNREADABLE_FILE),
        ("坏.duckdb", FaultKind.UNREADABLE_FILE),
        ("旧.xls", FaultKind.UNREADABLE_FILE),
        ("无扩展名", FaultKind.UNREADABLE_FILE),
        ("别的.csv", FaultKind.MISSING_COLUMN),
    ],
)
def test_ledgers_that_cannot_be_read(
    data: Path, tmp_path: Path, capsys: Capture, name: str, kind: FaultKind
) -> None:
    """What is wrong is told by the file's name alone, exit 1; nothing is written."""
    path = tmp_path / name
    if name == "文件夹.csv":
        path.mkdir()
    elif name == "空.csv":
        path.touch()
    elif name == "表头.csv":
        write(path, [])
    elif name != "没有.csv":
        path.write_text("甲,乙\n1,2\n", "utf-8")
    status = count(path, data, "--out", str(tmp_path / "out"), "--format", "json")

    assert status == 1
    assert faults(capsys) == [(name, None, None, kind.value)]
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 不许这些文件名")
@pytest.mark.parametrize("name", ["a\nb\t.csv", "a\x1b[31m.csv", b"\xff\xfe.csv"])
def test_hostile_names_of_ledgers(
    data: Path, tmp_path: Path, capsys: Capture, name: str | bytes
) -> None:
    """Whatever a file is called, a fault is one line, and the terminal gets no control code."""
    path = write(tmp_path / os.fsdecode(name), [("", "甲", "无此局", "政务动态", "", "退稿", "")])
    status = count(path, data)
    said = capsys.readouterr().err.splitlines()

    assert status == 1
    assert len(said) == 2
    assert all(line.isprintable() for line in said)
    assert count(path, data, "--format", "json") == 1
    assert faults(capsys)[0][0].endswith(".csv")


@pytest.mark.parametrize(
    "name", ["a b'[1-9]*?\"%s{}.csv", "a b'[1-9]*?\"%s{}.parquet", "-台账.csv"]
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows 不许这些文件名")
def test_odd_names_of_ledgers(data: Path, tmp_path: Path, name: str) -> None:
    """Quotes and the marks of patterns are a part of the name; no other file is read for it."""
    path = tmp_path / name
    write(tmp_path / f"a b'5xy\"%s{{}}{path.suffix}", [("", "x", "无此局", "x", "x", "x", "")])
    assert sample(data, path) == 0

    assert count(path, data, "--out", str(tmp_path / "out")) == 0
    assert load_period("2022H1", data).total() == 329
    assert table(tmp_path / "out")[-1] == ",合计,18,0,64"


def test_count_of_a_database(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """Of two tables the one that --table names is counted; without it both are named, exit 1."""
    path = tmp_path / "台账.duckdb"
    write(tmp_path / "rows.csv")
    with duckdb.connect(str(path)) as database:
        for name in ("y2021", "y2022"):
            source = f"read_csv('{tmp_path / 'rows.csv'}', all_varchar = true, header = true)"
            limit = 1 if name == "y2021" else 6
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM {source} LIMIT {limit}")
    before = path.read_bytes()
    status = count(path, data, "--out", str(tmp_path / "out"))
    said = capsys.readouterr().err

    assert status == 1
    assert "y2021" in said
    assert "y2022" in said
    assert "--table" in said
    assert count(path, data, "--out", str(tmp_path / "out"), "--table", "y2022") == 0
    assert capsys.readouterr().out.startswith(SUMMARY)
    assert path.read_bytes() == before
    assert count(path, data, "--out", str(tmp_path / "o"), "--table", "gone") == 1


def test_a_table_of_a_text_file(ledger: Path, data: Path, capsys: Capture) -> None:
    """--table is for databases; elsewhere it is a fault, since something else was meant."""
    status = count(ledger, data, "--table", "x")

    assert status == 1
    assert "只有数据库文件才用 --table 指明表名" in capsys.readouterr().err


def test_count_without_a_data_folder(ledger: Path, tmp_path: Path, capsys: Capture) -> None:
    """It is named with what to do, exit 1; a program gets its object; nothing is made."""
    status = count(ledger, tmp_path / "gone", "--format", "json")
    said = capsys.readouterr()

    assert status == 1
    assert [fault["kind"] for fault in json.loads(said.out)["faults"]] == ["missing_period"]
    assert said.err.startswith(f"zhashui-stats：没有数据文件夹 {tmp_path / 'gone'}；")
    assert not (tmp_path / "gone").exists()


def test_count_with_a_faulty_roster(ledger: Path, data: Path, capsys: Capture) -> None:
    """The roster's own faults come first: no unit can be judged without it."""
    (data / "units.csv").write_text("name,group\n甲镇,nowhere\n", "utf-8")

    assert count(ledger, data, "--format", "json") == 1
    assert [place[:2] for place in faults(capsys)] == [("units.csv", 2)]


def test_count_for_a_period_without_units(ledger: Path, data: Path, capsys: Capture) -> None:
    """Every adopted article's unit is out of its time: a fault each, and no folder is made.

    The two rows that were not adopted bear no date, so they may be of any period.
    """
    write(ledger, ROWS[:5])
    (data / "units.csv").write_text(
        "name,group,since\n红岩寺镇,towns,2023H1\n应急局,departments,2023H1\n", "utf-8"
    )
    status = count(ledger, data, "--out", str(data / "out"))
    said = capsys.readouterr().err

    assert status == 1
    assert said.count("的有效期为自 2023H1") == 3
    assert not (data / "out").exists()


def test_count_where_nothing_can_be_written(
    ledger: Path, data: Path, tmp_path: Path, capsys: Capture
) -> None:
    """A file in the place of --out is named, exit 1, and it is left as it was."""
    out = tmp_path / "out"
    out.write_text("x", "utf-8")
    status = count(ledger, data, "--out", str(out))

    assert status == 1
    assert f"{out} 不是文件夹" in capsys.readouterr().err
    assert out.read_text("utf-8") == "x"


def test_counting_leaves_no_temporary_folder(ledger: Path, data: Path, tmp_path: Path) -> None:
    """Counted or refused, what the engine put aside is gone when the command ends."""
    place = tmp_path / "tmp"
    place.mkdir()
    bad = write(tmp_path / "坏.csv", [("", "甲", "无此局", "政务动态", "", "退稿", "")])
    for path, status in ((ledger, 0), (bad, 1)):
        done = subprocess.run(
            [sys.executable, "-m", "zhashui_stats", "count", str(path), "--period", "2022H1",
             "--data-dir", str(data), "--out", str(tmp_path / "out")],
            capture_output=True, check=False, env={**os.environ, "TMPDIR": str(place)},
        )  # fmt: skip

        assert done.returncode == status
        assert list(place.iterdir()) == []
