"""The command line: what it prints, what it returns, and that it speaks Chinese."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import copy_data

from zhashui_stats.cli import main


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data folder to spoil."""
    return copy_data(tmp_path)


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


INDICATORS = """
[[indicators]]
id = "sent"
label = "报送"
unit = "条"
groups = ["towns"]
[[indicators]]
id = "rate"
label = "采用率"
unit = "%"
decimals = 1
formula = "100 * news / sent"
"""


@pytest.fixture
def indicated(data: Path) -> Path:
    """A copy of the data folder in which towns have an indicator more; the first one sent 80."""
    settings, towns = data / "county.toml", data / "2022H1/towns.csv"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("[[thresholds]]", f"{INDICATORS}[[thresholds]]", 1), "utf-8")
    first, *rows = towns.read_text("utf-8").splitlines()
    lines = [f"{first},报送", *(f"{row},{80 * row.startswith('1,')}" for row in rows[:-1])]
    towns.write_text("\n".join(lines), "utf-8")
    return data


def test_check_of_indicators(indicated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Totals of indicators stand below those of counts; a rate is of the groups that have it."""
    status = main(["check", "2022H1", "--data-dir", str(indicated)])

    assert status == 0
    assert capsys.readouterr().out == (
        "2022年上半年：65个单位，合计329篇。\n  报送80条，采用率80.0%。\n数据没有问题。\n"
    )


def test_indicators_as_json(indicated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each indicator of each unit that has it: exact decimals, null where it is undefined."""
    main(["check", "2022H1", "--data-dir", str(indicated), "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    figures = [tuple(figure.values()) for figure in said["figures"]]

    assert list(said["figures"][0]) == ["group", "unit", "indicator", "value"]
    assert figures[:4] == [
        ("towns", "营盘镇", "sent", "80"), ("towns", "营盘镇", "rate", "0.0"),
        ("towns", "乾佑街办", "sent", "0"), ("towns", "乾佑街办", "rate", None),
    ]  # fmt: skip
    assert len(figures) == 9 * 2 + 56


def test_faults_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault as JSON carries its place and kind."""
    towns = data / "2022H1/towns.csv"
    towns.write_text(
        towns.read_text("utf-8").replace("红岩寺镇,2,0,50", "红岩寺镇,2,0,-50"), "utf-8"
    )
    status = main(["check", "2022H1", "--data-dir", str(data), "--format", "json"])
    said = json.loads(capsys.readouterr().out)

    assert status == 1
    assert [(fault["file"], fault["row"], fault["kind"]) for fault in said["faults"]] == [
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
        (["check", "2022H1", "--format", "xml"], "--format 不能是“xml”；可用的有：text、json"),
        (["check", "2022H1", "--no-such"], "不认识的参数：--no-such"),
        (["check", "2022H1", "--data-dir"], "--data-dir 后面要跟一个值"),
        (["frobnicate"], "没有“frobnicate”这个命令；可用的命令：new、check、report、briefs、audit"),
        (["check", "2022H1", "--data-dir", ""], "--data-dir 不能为空"),
        (["report", "2022H1", "--out", " "], "--out 不能为空"),
        (["audit"], "缺少参数：通报, --period"),
        (["audit", "c.txt"], "缺少参数：--period"),
        (["audit", "c.txt", "--period", "2022H3"], "看不懂的期次“2022H3”"),
        (
            ["audit", "c.txt", "--period", "2022H1", "--format", "pdf"],
            "--format 不能是“pdf”；可用的有：text、json、html",
        ),
        (
            ["audit", "c.txt", "--period", "2022H1", "--against", "x"],
            "--against 不能是“x”；可用的有：data、annexes",
        ),
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


def test_help_stands_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """Every explanation begins at the same column, a Chinese character taking two."""
    with pytest.raises(SystemExit):
        main(["report", "--help"])
    lines = re.findall(r"^(  \S.*? {2,})\S", capsys.readouterr().out, re.MULTILINE)
    widths = {sum(1 + (ord(character) > 0x2000) for character in line) for line in lines}

    assert len(lines) == 5
    assert len(widths) == 1


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


def test_help_lists_the_commands_under_their_title(capsys: pytest.CaptureFixture[str]) -> None:
    """The group's title has a full-width colon and is not said twice."""
    with pytest.raises(SystemExit):
        main(["--help"])

    assert "\n\n命令：\n  new    " in capsys.readouterr().out


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
    arguments = [str(circular) if word == "CIRCULAR" else word for word in command]
    program = (
        f"import sys; from zhashui_stats.cli import main; main({arguments!r}); "
        "print(sorted({'pandas', 'matplotlib', 'papermill', 'openpyxl'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, encoding="utf-8", check=True
    )

    assert run.stdout.splitlines()[-1] == "[]"


def test_missing_period_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A program gets an object also where there is nothing to check, exit 1."""
    status = main(["check", "2023H1", "--data-dir", str(data), "--format", "json"])

    assert status == 1
    assert json.loads(capsys.readouterr().out) == {
        "faults": [
            {
                "file": "2023H1",
                "row": None,
                "column": None,
                "kind": "missing_period",
                "found": f"没有文件夹 {data / '2023H1'}",
                "expected": "已有的期次：2022H1。可用 zhashui-stats new 2023H1 新建",
            }
        ],
        "counts": [],
    }


def test_check_tells_what_a_report_would_refuse(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report looks back: faults of an earlier period are told by their path."""
    main(["new", "2022H2", "--data-dir", str(data)])
    (data / "2022H1" / "towns.csv").write_bytes(b"")
    status = main(["check", "2022H2", "--data-dir", str(data)])

    assert status == 1
    assert "1. 2022H1/towns.csv：文件是空的" in capsys.readouterr().err


def test_check_warns_of_what_is_not_filled_in(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fresh period reads as zeros; that it was not filled in stands on stderr."""
    main(["new", "2022H2", "--data-dir", str(data)])
    capsys.readouterr()
    status = main(["check", "2022H2", "--data-dir", str(data)])
    said = capsys.readouterr()

    assert status == 0
    assert said.out == "2022年下半年：65个单位，合计0篇。\n数据没有问题。\n"
    assert said.err == (
        "注意：2022H2/towns.csv 全部27个数都是空白，一律按0计，像是还没有填写\n"
        "注意：2022H2/departments.csv 全部168个数都是空白，一律按0计，像是还没有填写\n"
        "注意：2022H2/source.toml 还没有填写：date、transcribed_from、transcribed_by\n"
    )


def test_check_finds_characters_without_a_glyph(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the font cannot show is a fault with its file and row, before any report runs."""
    for path in (data / "units.csv", data / "2022H1" / "towns.csv"):
        path.write_text(path.read_text("utf-8").replace("小岭镇", "小岭\U0001f600镇"), "utf-8")
    (data / "2022H1" / "remarks.md").write_text("## 一（二）\n\n好\U0001f600。\n", "utf-8")
    status = main(["check", "2022H1", "--data-dir", str(data)])
    found = "字体中没有的字符（“\U0001f600”U+1F600）"

    assert status == 1
    assert [line.split("；")[0] for line in capsys.readouterr().err.splitlines()[1:]] == [
        f"  1. 2022H1/remarks.md 第3行：{found}",
        f"  2. units.csv 第5行：{found}",
    ]


def test_an_earlier_periods_remarks_do_not_matter(data: Path) -> None:
    """A report shows its own remarks only: what stands in older ones is no fault of this period."""
    main(["new", "2022H2", "--data-dir", str(data)])
    (data / "2022H1" / "remarks.md").write_text("## 一（二）\n\n好\U0001f600。\n", "utf-8")

    assert main(["check", "2022H2", "--data-dir", str(data)]) == 0
    assert main(["check", "2022H1", "--data-dir", str(data)]) == 1


# --- The surroundings ---------------------------------------------------------------------------

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有这些权限和设备")


def run_in(
    folder: Path, script: str, *, restrained: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run the command in a shell, where ``Z`` stands for it; root may be held to permissions."""
    prefix = "setpriv --bounding-set -dac_override,-dac_read_search " if restrained else ""
    command = f"{prefix}{sys.executable} -m zhashui_stats"
    return subprocess.run(
        ["sh", "-c", script.replace("Z", command)],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@needs_posix
@pytest.mark.parametrize(
    ("redirect", "status", "said"),
    [
        (">/dev/full", 1, "无法读写文件或输出（磁盘空间不足）；请检查所在文件夹、磁盘空间和权限"),
        (">&-", 0, ""),
        ("<&- >&- 2>&-", 0, ""),
    ],
)
def test_output_that_goes_nowhere(root: Path, redirect: str, status: int, said: str) -> None:
    """A full disk is one line in Chinese; a closed stream is none at all."""
    done = run_in(root, f"Z check 2022H1 {redirect}")

    assert done.returncode == status
    assert done.stderr == (f"zhashui-stats：{said}\n" if said else "")


@needs_posix
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("data/2022H1", "  1. 2022H1：文件无法读取（没有权限）；应为：可以读取的文件夹\n"),
        ("data", "zhashui-stats：无法读取数据文件夹 data（没有权限）；请检查它的权限\n"),
    ],
)
def test_folders_that_may_not_be_read(data: Path, place: str, said: str) -> None:
    """Missing permission is told by place, without a traceback."""
    folder = data.parent / place
    folder.chmod(0)
    try:
        done = run_in(data.parent, "Z check 2022H1", restrained=os.geteuid() == 0)
    finally:
        folder.chmod(0o755)

    assert done.returncode == 1
    assert done.stderr.endswith(said)
    assert "Traceback" not in done.stderr


@needs_posix
def test_deleted_working_folder(tmp_path: Path) -> None:
    """Where the working folder is gone, the data are missing: no traceback."""
    done = run_in(tmp_path, "mkdir gone && cd gone && rmdir ../gone && Z check 2022H1")

    assert done.returncode == 1
    assert done.stderr == (
        "zhashui-stats：没有数据文件夹 data；"
        "请在项目文件夹中运行，或指明它在哪里（Python 中用 data_dir=，命令用 --data-dir）\n"
    )


def test_json_on_an_old_console(root: Path) -> None:
    """Where the stream cannot hold Chinese, the JSON escapes it instead of losing it."""
    done = subprocess.run(
        [sys.executable, "-m", "zhashui_stats", "check", "2022H1", "--format", "json"],
        cwd=root, capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip

    assert "红岩寺镇" in {cell["unit"] for cell in json.loads(done.stdout)["counts"]}
    assert done.stdout.isascii()


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
    differing = [finding for finding in said["findings"] if finding["verdict"] == "differs"]

    assert status == 1
    assert said["schema"] == "zhashui-stats/audit/1"
    assert ["60" in SPOILT[finding["start"] : finding["end"]] for finding in differing] == [True]


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


def test_no_circular_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """A blank in place of the circular is told as any blank path is."""
    status = main(["audit", "", "--period", "2022H1"])

    assert (2, "zhashui-stats：通报 不能为空，请写明路径") == (
        status,
        capsys.readouterr().err.splitlines()[0],
    )
