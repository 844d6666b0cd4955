"""Check and report of a period that has a ledger."""

import shutil
from pathlib import Path

import pytest
from conftest import copy_project

from zhashui_stats.cli import main
from zhashui_stats.loading import load_period

from .steps import (
    BANNER,
    NOTICE,
    ROWS,
    TABLES,
    TITLE,
    Capture,
    check,
    count,
    faults,
    sample,
    table,
    write,
)


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
    """A ledger.et is not passed over in silence: it has to be saved as .xlsx."""
    (data / "2022H1" / "ledger.et").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    status = check(data)

    assert status == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        "  1. 2022H1/ledger.et：文件无法读取（不支持 .et 格式）；"
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
