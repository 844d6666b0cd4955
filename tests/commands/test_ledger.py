"""Ledgers on the command line: count, sample, and check and report of a period that has one."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest
from conftest import copy_data, copy_project

from zhashui_stats.cli import main
from zhashui_stats.errors import FaultKind
from zhashui_stats.loading import load_period

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


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder as it stands, to add ledgers to."""
    return copy_data(tmp_path)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A small ledger of 2022H1 beside the data folder."""
    return write(tmp_path / "台账.csv")


@pytest.fixture
def sampled(data: Path) -> Path:
    """The data folder with a made-up ledger in the period, which agrees with the tables."""
    assert sample(data, data / "2022H1" / "ledger.csv") == 0
    return data


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


# --- count --------------------------------------------------------------------------------------


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
    """All are told, each in one line and in the order of the rows."""
    rows = [
        (str(n), f"第{n}篇", f"无此局{n}", "政务动态", "2022-01-05", "采用", "")
        for n in range(3000)
    ]
    status = count(write(tmp_path / "坏.csv", rows), data)
    lines = capsys.readouterr().err.splitlines()

    assert status == 1
    assert lines[0] == "zhashui-stats：数据有 3000 处问题，请逐条改正后重试："
    assert [line.partition("：")[0] for line in lines[1:]] == [
        f"  {n}. 坏.csv 第{n + 1}行“投稿单位”列" for n in range(1, 3001)
    ]


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


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["count"], "缺少参数：台账, --period"),
        (["count", "a.csv"], "缺少参数：--period"),
        (["count", "a.csv", "--period", "2022H3"], "看不懂的期次“2022H3”"),
        (["count", "", "--period", "2022H1"], "台账 不能为空"),
        (["count", "a.csv", "--period", "2022H1", "--out", ""], "--out 不能为空"),
        (
            ["count", "a.csv", "--period", "2022H1", "--format", "html"],
            "--format 不能是“html”；可用的有：text、json",
        ),
        (["count", "a.csv", "b.csv", "--period", "2022H1"], "不认识的参数：b.csv"),
        (["count", "a.csv", "--period", "2022H1", "--table"], "--table 后面要跟一个值"),
        (["sample", "2022H1"], "缺少参数：--out"),
        (["sample", "--out", "a.csv"], "缺少参数：期次"),
        (["sample", "2022H1", "--out", " "], "--out 不能为空"),
        *(
            (
                ["sample", "2022H1", "--out", "a.csv", "--seed", seed],
                f"--seed 应为 0 或正整数，不能是“{seed}”",
            )
            for seed in ("x", "-1", "1.5", "9" * 5000, "")
        ),
        (["sample", "2022H1", "--out", "a.csv", "--force=1"], "--force 后面不跟值"),
    ],
)
def test_wrong_usage(arguments: list[str], expected: str, capsys: Capture) -> None:
    """Wrong usage is told in Chinese, exit 2."""
    status = main(arguments)

    assert status == 2
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize("command", ["count", "sample"])
def test_help_is_chinese(command: str, capsys: Capture) -> None:
    """Help has no English heading left, and ends with exit 0."""
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    said = capsys.readouterr().out

    assert end.value.code == 0
    assert said.startswith(f"用法：zhashui-stats {command}")
    for english in ("usage", "options", "positional", "show this", "default"):
        assert english not in said.lower()


# --- sample -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".CSV"])
def test_a_sample_counts_up_to_its_tables(
    data: Path, tmp_path: Path, capsys: Capture, ending: str
) -> None:
    """In every format the tables that are counted from it are those that it was made from."""
    path = tmp_path / f"合成{ending}"
    status = sample(data, path)

    assert status == 0
    assert capsys.readouterr().out == (
        f"合成台账已写入 {path}，共426行，仅供试用，不是真实情况；"
        "其中采用稿件与2022年上半年的统计表逐格相符\n"
    )
    assert count(path, data, "--out", str(tmp_path / "out")) == 0
    for name in ("county.toml", "units.csv"):
        shutil.copy(data / name, tmp_path / "out")
    assert load_period("2022H1", tmp_path / "out").counts == load_period("2022H1", data).counts


def test_seeds(data: Path, tmp_path: Path) -> None:
    """One seed gives one ledger, byte for byte; 0 is the seed unless another is given."""
    made = []
    for options in ([], ["--seed", "0"], ["--seed", "1"]):
        assert sample(data, tmp_path / "a.csv", "--force", *options) == 0
        made.append((tmp_path / "a.csv").read_bytes())

    assert made[0] == made[1] != made[2]


def test_a_sample_replaces_nothing_unasked(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """A file of that name stays, exit 1; with --force it is replaced."""
    path = tmp_path / "a.csv"
    path.write_text("x", "utf-8")
    status = sample(data, path)

    assert status == 1
    assert capsys.readouterr().err == (
        f"zhashui-stats：{path} 已经存在，没有改动；要覆盖，请加 --force\n"
    )
    assert path.read_text("utf-8") == "x"
    assert sample(data, path, "--force") == 0
    assert path.read_text("utf-8-sig").startswith("编号,标题,")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.txt", "“a.txt”的扩展名不是台账的格式；应为：.csv、.xlsx、.parquet，请改名后重试"),
        ("gone/a.csv", "（没有这个文件或文件夹）；请检查文件夹、磁盘空间和权限"),
        ("dir.csv", "（是文件夹）；请检查文件夹、磁盘空间和权限"),
    ],
)
def test_places_for_no_sample(
    data: Path, tmp_path: Path, capsys: Capture, name: str, said: str
) -> None:
    """The reason is told, exit 1, and nothing is left there."""
    (tmp_path / "dir.csv").mkdir()
    before = sorted(tmp_path.rglob("*"))
    status = sample(data, tmp_path / name, "--force")

    assert status == 1
    assert capsys.readouterr().err.endswith(f"{said}\n")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_sample_of_a_missing_period(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """It needs the period's tables, exit 1."""
    status = sample(data, tmp_path / "a.csv", period="2023H1")

    assert status == 1
    assert "已有的期次：2022H1" in capsys.readouterr().err
    assert not (tmp_path / "a.csv").exists()


# --- A period with a ledger ---------------------------------------------------------------------


def test_ledger_and_tables_that_agree(sampled: Path, capsys: Capture) -> None:
    """The totals, what the ledger left out, and that it is made up, exit 0."""
    capsys.readouterr()
    status = check(sampled)
    said = capsys.readouterr()

    assert status == 0
    assert said.out == (
        "2022年上半年：65个单位，合计329篇。\n"
        "  2022H1/ledger.csv：台账426行，采用并在本期发布的329行计入；"
        "未计入：退稿63行、待审22行、采用但不在本期发布12行\n"
        "数据没有问题。\n"
    )
    assert said.err == NOTICE


@pytest.mark.parametrize("kept", [(), ("towns.csv",), ("departments.csv",)])
def test_a_ledger_gives_what_tables_lack(
    sampled: Path, capsys: Capture, kept: tuple[str, ...]
) -> None:
    """With a ledger either table may be missing, or both: the counts are the same."""
    capsys.readouterr()
    check(sampled, "--format", "json")
    before = capsys.readouterr().out
    for name in TABLES:
        if name not in kept:
            (sampled / "2022H1" / name).unlink()
    status = check(sampled, "--format", "json")

    assert status == 0
    assert capsys.readouterr().out == before


def test_a_real_ledger_is_not_called_made_up(data: Path, capsys: Capture) -> None:
    """Where no row says 合成, nothing is warned of."""
    for name in TABLES:
        (data / "2022H1" / name).unlink()
    write(data / "2022H1" / "ledger.csv")
    status = check(data)
    said = capsys.readouterr()

    assert status == 0
    assert said.out.startswith("2022年上半年：65个单位，合计3篇。\n")
    assert said.err == ""


def test_a_table_that_differs(sampled: Path, capsys: Capture) -> None:
    """The cell that differs is told by its row and header, with both figures; no report is made."""
    towns = sampled / "2022H1" / "towns.csv"
    text = towns.read_text("utf-8").replace("红岩寺镇,2,0,50", "红岩寺镇,2,0,49")
    towns.write_text(text.replace("18,0,64", "18,0,63"), "utf-8")
    capsys.readouterr()
    said = (
        "zhashui-stats：数据有 1 处问题，请逐条改正后重试：\n"
        "  1. 2022H1/towns.csv 第8行“政务动态信息（篇）”列：统计表与台账不符"
        "（红岩寺镇 政务动态 49）；应为：50，即台账中的篇数；请核对统计表和台账\n"
    )
    out = sampled.parent / "reports"

    assert check(sampled) == 1
    assert capsys.readouterr().err == said
    assert main(["report", "2022H1", "--data-dir", str(sampled), "--out", str(out)]) == 1
    assert capsys.readouterr().err == said
    assert not out.exists()


def test_a_ledger_with_faults(sampled: Path, capsys: Capture) -> None:
    """Its faults are those of the period, beside those of the tables; nothing is compared."""
    ledger = sampled / "2022H1" / "ledger.csv"
    write(ledger, [*ROWS, ("7", "庚", "无此局", "政务动态", "2022-01-05", "采用", "")])
    towns = sampled / "2022H1" / "towns.csv"
    towns.write_text(
        towns.read_text("utf-8").replace("红岩寺镇,2,0,50", "红岩寺镇,2,0,-1"), "utf-8"
    )
    capsys.readouterr()
    status = check(sampled, "--format", "json")

    assert status == 1
    assert faults(capsys) == [
        ("2022H1/ledger.csv", 8, "投稿单位", "unknown_unit"),
        ("2022H1/towns.csv", 8, "政务动态信息（篇）", "negative"),
    ]


def test_two_ledgers(sampled: Path, capsys: Capture) -> None:
    """Which one counts is for the analyst to say."""
    shutil.copy(sampled / "2022H1" / "ledger.csv", sampled / "2022H1" / "ledger.xls")
    status = check(sampled)

    assert status == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        "  1. 2022H1/ledger.csv：不知以哪个文件为准（ledger.csv、ledger.xls）；"
        "应为：一期的台账只留一个文件"
    )


def test_a_ledger_of_an_old_format(data: Path, capsys: Capture) -> None:
    """A ledger.xls is not passed over in silence: it has to be saved as .xlsx."""
    (data / "2022H1" / "ledger.xls").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    status = check(data)

    assert status == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        "  1. 2022H1/ledger.xls：文件无法读取（不支持 .xls 格式）；"
        "应为：另存为 .xlsx 或 .csv 的台账，或 .parquet、.duckdb、.db、.sqlite 文件"
    )


def test_tables_of_a_made_up_ledger_say_so(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """The first line of each table says it, and ``count`` and ``check`` warn of it."""
    sample(data, tmp_path / "合成.csv")
    capsys.readouterr()
    status = count(tmp_path / "合成.csv", data, "--force")

    assert status == 0
    assert capsys.readouterr().err == f"注意：{TITLE}\n"
    assert [table(data, name)[0] for name in TABLES] == [TITLE, TITLE]
    assert check(data) == 0
    assert capsys.readouterr().err == "".join(
        f"注意：2022H1/{name} 是合成数据，仅供试用，不是真实情况\n" for name in TABLES
    )
    assert load_period("2022H1", data).is_synthetic


def test_a_real_count_takes_the_label_away(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """Where tables of a made-up ledger are replaced by those of a real one, nothing is warned."""
    sample(data, tmp_path / "合成.csv")
    count(tmp_path / "合成.csv", data, "--force")
    count(write(tmp_path / "真.csv"), data, "--force")
    capsys.readouterr()

    assert check(data) == 0
    assert capsys.readouterr().err == ""
    assert not load_period("2022H1", data).is_synthetic


def test_one_made_up_row_is_enough(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """A ledger is made up as soon as one of its rows is, though it may not be counted."""
    rows = [*ROWS, ("7", "庚", "应急局", "政务公开", "", "退稿", "合成")]
    count(write(tmp_path / "混.csv", rows), data, "--out", str(tmp_path / "out"))

    assert capsys.readouterr().err == f"注意：{TITLE}\n"
    assert table(tmp_path / "out")[0] == TITLE


# --- Reports ------------------------------------------------------------------------------------


REPORT = "reports/2022H1"


def test_a_report_says_that_it_is_made_up(made_up: Path) -> None:
    """Below the title and above every figure."""
    page = (made_up / REPORT / "report.html").read_text("utf-8")

    assert page.count(BANNER) == 1
    assert page.index("</h1>") < page.index(BANNER) < page.index('class="zs-keyfigures"')


def test_a_report_from_counted_tables_says_so_too(
    made_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """The label goes from the ledger to the tables, and from these to the page."""
    folder = copy_project(tmp_path)
    ledger = made_up / "data" / "2022H1" / "ledger.csv"
    assert count(ledger, folder / "data", "--force") == 0
    capsys.readouterr()
    monkeypatch.chdir(folder)
    status = main(["report", "2022H1"])
    page = (folder / REPORT / "report.html").read_text("utf-8")

    assert status == 0
    assert capsys.readouterr().err.count("是合成数据，仅供试用，不是真实情况") == 2
    assert page.index("</h1>") < page.index(BANNER) < page.index('class="zs-keyfigures"')


def test_a_report_with_a_ledger_is_reproducible(
    made_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second run, by however many threads, gives the same notebook and the same page."""
    monkeypatch.chdir(made_up)
    assert main(["report", "2022H1", "--out", str(tmp_path)]) == 0

    for name in ("report.html", "report.ipynb"):
        assert (tmp_path / "2022H1" / name).read_bytes() == (made_up / REPORT / name).read_bytes()


def test_a_sample_with_faults(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """As many faults are planted as are asked for, and ``count`` tells each of them."""
    path = tmp_path / "台账.csv"
    options = ["--data-dir", str(data)]
    assert main(["sample", "2022H1", "--out", str(path), "--faults", "32", *options]) == 0
    assert "有意写错32处" in capsys.readouterr().out
    assert main(["count", str(path), "--period", "2022H1", *options]) == 1
    assert "数据有 32 处问题" in capsys.readouterr().err


def test_a_sample_with_too_many_faults(data: Path, tmp_path: Path, capsys: Capture) -> None:
    """A ledger cannot hold more faults than rows; nothing is written."""
    path = tmp_path / "台账.csv"
    options = ["--faults", "9999", "--data-dir", str(data)]

    assert main(["sample", "2022H1", "--out", str(path), *options]) == 1
    assert "放不下9999处差错" in capsys.readouterr().err
    assert not path.exists()
