"""The command line: what it prints, what it returns, and that it speaks Chinese."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zhashui_stats.cli import main


@pytest.fixture
def data(tmp_path: Path, root: Path) -> Path:
    """A copy of the data folder to spoil."""
    return Path(shutil.copytree(root / "data", tmp_path / "data"))


SOUND = "一、工作情况\n2022年上半年，各镇办发布政务动态信息64篇，其中红岩寺镇50篇。\n"
SPOILT = SOUND.replace("50", "60")


@pytest.fixture
def circular(tmp_path: Path) -> Path:
    """A short circular whose figures agree with the tables."""
    path = tmp_path / "通报.txt"
    path.write_text(SOUND, "utf-8")
    return path


def test_check_of_sound_data(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sound data: a line with the totals, exit 0."""
    status = main(["check", "2022H1", "--data-dir", str(data)])

    assert status == 0
    assert capsys.readouterr().out == "2022年上半年：65个单位，合计329篇。\n数据没有问题。\n"


def test_check_tells_every_fault(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Faults of several files come together, each with its place, exit 1."""
    towns, departments = data / "2022H1/towns.csv", data / "2022H1/departments.csv"
    towns.write_text(towns.read_text("utf-8").replace("下梁镇,2,0,7", "下粱镇,2,0,七"), "utf-8")
    departments.write_text(departments.read_text("utf-8").replace("139", "138"), "utf-8")
    status = main(["check", "2022H1", "--data-dir", str(data)])
    said = capsys.readouterr().err

    assert status == 1
    assert "数据有 3 处问题" in said
    assert "2022H1/towns.csv 第4行“投稿单位”列" in said
    assert "下梁镇" in said
    assert "2022H1/towns.csv 第4行“政务动态信息（篇）”列" in said
    assert "2022H1/departments.csv 第30行“政务动态信息”列" in said


def test_check_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sound data as JSON: no fault, and every unit × category."""
    main(["check", "2022H1", "--data-dir", str(data), "--format", "json"])
    said = json.loads(capsys.readouterr().out)

    assert said["faults"] == []
    assert len(said["counts"]) == 195
    assert {"group": "towns", "unit": "红岩寺镇", "category": "news", "count": 50} in said["counts"]


def test_faults_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault as JSON carries its place and kind."""
    towns = data / "2022H1/towns.csv"
    towns.write_text(
        towns.read_text("utf-8").replace("红岩寺镇,2,0,50", "红岩寺镇,2,0,-50"), "utf-8"
    )
    status = main(["check", "2022H1", "--data-dir", str(data), "--format", "json"])
    said = json.loads(capsys.readouterr().out)

    assert status == 1
    assert [(one["file"], one["row"], one["kind"]) for one in said["faults"]] == [
        ("2022H1/towns.csv", 8, "negative"),
    ]
    assert said["counts"] == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "缺少参数：命令"),
        (["report"], "缺少参数：期次"),
        (["report", "2022H3"], "看不懂的期次“2022H3”"),
        (["report", "../2022H1"], "看不懂的期次“../2022H1”"),
        (["check", "2022H1", "--format", "xml"], "--format 不能是 'xml'"),
        (["check", "2022H1", "--no-such"], "不认识的参数：--no-such"),
        (["check", "2022H1", "--data-dir"], "--data-dir 后面要跟一个值"),
        (["frobnicate"], "命令 不能是 'frobnicate'"),
        (["audit"], "缺少参数：通报, --period"),
        (["audit", "c.txt"], "缺少参数：--period"),
        (["audit", "c.txt", "--period", "2022H3"], "看不懂的期次“2022H3”"),
        (["audit", "c.txt", "--period", "2022H1", "--format", "pdf"], "--format 不能是 'pdf'"),
        (["audit", "c.txt", "--period", "2022H1", "--against", "x"], "--against 不能是 'x'"),
    ],
)
def test_wrong_usage(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage is told in Chinese, with the way to the help, exit 2."""
    status = main(arguments)
    said = capsys.readouterr().err

    assert status == 2
    assert expected in said
    assert "--help 查看用法" in said


@pytest.mark.parametrize("command", [[], ["new"], ["check"], ["report"], ["audit"]])
def test_help_is_chinese(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Help has no English heading left, and ends with exit 0."""
    with pytest.raises(SystemExit) as end:
        main([*command, "--help"])
    said = capsys.readouterr().out

    assert end.value.code == 0
    assert said.startswith("用法：zhashui-stats")
    for english in ("usage", "options", "positional", "show this", "default"):
        assert english not in said.lower()


def test_missing_period(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A period without a folder: which there are, and how to make one, exit 1."""
    status = main(["report", "2023H1", "--data-dir", str(data)])
    said = capsys.readouterr().err

    assert status == 1
    assert "已有的期次：2022H1" in said
    assert "zhashui-stats new 2023H1" in said


def test_new_makes_a_period_that_reads(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new folder holds the roster with blanks, and reads as zeros."""
    assert main(["new", "2022H2", "--data-dir", str(data)]) == 0
    assert "zhashui-stats report 2022H2" in capsys.readouterr().out
    assert main(["check", "2022H2", "--data-dir", str(data)]) == 0
    assert "65个单位，合计0篇" in capsys.readouterr().out


def test_new_leaves_what_is_there(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A period that is there is not touched, exit 1."""
    before = {path: path.read_bytes() for path in (data / "2022H1").iterdir()}
    status = main(["new", "2022H1", "--data-dir", str(data)])

    assert status == 1
    assert "2022H1" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (data / "2022H1").iterdir()} == before


@pytest.mark.parametrize(
    "command", [["check", "2022H1"], ["audit", "CIRCULAR", "--period", "2022H1"]]
)
def test_checking_is_light(command: list[str], circular: Path, root: Path) -> None:
    """A check or an audit imports neither pandas nor matplotlib nor papermill."""
    arguments = [str(circular) if one == "CIRCULAR" else one for one in command]
    program = (
        f"import sys; from zhashui_stats.cli import main; main({arguments!r}); "
        "print(sorted({'pandas', 'matplotlib', 'papermill', 'openpyxl'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, encoding="utf-8", check=True
    )

    assert run.stdout.splitlines()[-1] == "[]"


# --- The audit ----------------------------------------------------------------------------------


def audit(circular: Path, data: Path, *options: str) -> int:
    """Audit a circular on 2022H1."""
    return main(["audit", str(circular), "--period", "2022H1", "--data-dir", str(data), *options])


def test_audit_of_a_sound_circular(
    circular: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All agrees: exit 0, and the closing line says so."""
    assert audit(circular, data) == 0
    assert capsys.readouterr().out.endswith("\n\n结论：能够核对的全部相符。\n")


def test_audit_finds_a_wrong_figure(
    circular: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One figure differs: exit 1, with what is claimed and what the table says."""
    circular.write_text(SPOILT, "utf-8")
    status = audit(circular, data)
    said = capsys.readouterr().out

    assert status == 1
    assert "红岩寺镇60篇" in said
    assert "   核对：50" in said


def test_audit_as_json(circular: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON names its schema, and spans count characters of the text as read."""
    circular.write_text(SPOILT, "utf-8")
    status = audit(circular, data, "--format", "json")
    said = json.loads(capsys.readouterr().out)
    differing = [one for one in said["findings"] if one["verdict"] == "differs"]

    assert status == 1
    assert said["schema"] == "zhashui-stats/audit/1"
    assert ["60" in SPOILT[one["start"] : one["end"]] for one in differing] == [True]


def test_audit_of_what_cannot_be_read(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A circular that is not there, or is empty: one line on stderr, nothing on stdout, exit 1."""
    (tmp_path / "空.txt").touch()
    for name in ("没有.txt", "空.txt"):
        status = audit(tmp_path / name, data, "--format", "json")
        said = capsys.readouterr()

        assert status == 1
        assert said.out == ""
        assert said.err.startswith(f"zhashui-stats：无法读取“{name}”：")


def test_audit_without_the_periods_data(
    circular: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a folder for the period: exit 1, and the way to hold it against its own annexes."""
    status = main(["audit", str(circular), "--period", "2021H1", "--data-dir", str(data)])

    assert status == 1
    assert "--against annexes" in capsys.readouterr().err


def test_two_circulars_are_a_fault(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A period has one circular: a check tells of two together with the other faults."""
    for name in ("circular.txt", "circular.docx"):
        (data / "2022H1" / name).write_text(SOUND, "utf-8")
    status = main(["check", "2022H1", "--data-dir", str(data)])

    assert status == 1
    assert (
        "2022H1/circular.docx：不知以哪个文件为准（circular.docx、circular.txt）"
        in capsys.readouterr().err
    )


def test_a_closed_pipe_is_no_error(circular: Path, root: Path) -> None:
    """Where the reader of the pipe stops, there is no traceback."""
    circular.write_text(SPOILT * 3000, "utf-8")
    command = [sys.executable, "-m", "zhashui_stats", "audit", str(circular), "--period", "2022H1"]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()

        assert process.stderr.read() == b""
