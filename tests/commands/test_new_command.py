"""`new` on the command line: what it says, and what it leaves alone."""

from pathlib import Path

import pytest

from zhashui_stats.cli import main


def test_new_says_what_to_do_next(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the files to fill in, then the commands in their order."""
    monkeypatch.chdir(data.parent)
    main(["new", "2022H2"])
    said = capsys.readouterr().out

    assert "在 departments.csv、towns.csv 中填入数字" in said
    assert "source.toml" in said
    assert said.splitlines()[-2:] == [
        "4. 核对：zhashui-stats check 2022H2",
        "5. 出报告：zhashui-stats report 2022H2",
    ]


def test_new_repeats_the_folder_in_its_commands(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who works on another folder gets commands that do so too."""
    main(["new", "2022H2", "--data-dir", str(data)])

    assert capsys.readouterr().out.endswith(f"zhashui-stats report 2022H2 --data-dir {data}\n")


def test_new_makes_a_period_that_reads(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new folder holds the roster with blanks, and reads as zeros."""
    assert main(["new", "2022H2", "--data-dir", str(data)]) == 0
    assert "zhashui-stats report 2022H2" in capsys.readouterr().out
    assert main(["check", "2022H2", "--data-dir", str(data)]) == 1
    assert "65个单位，合计0篇" in capsys.readouterr().out


def test_new_leaves_what_is_there(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A period that is there is not touched, exit 1."""
    before = {path: path.read_bytes() for path in (data / "2022H1").iterdir()}
    status = main(["new", "2022H1", "--data-dir", str(data)])

    assert status == 1
    assert "2022H1" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (data / "2022H1").iterdir()} == before
