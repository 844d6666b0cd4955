"""Help and wrong usage of every command: in Chinese, with the way on."""

import re

import pytest

from zhashui_stats.cli import main


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
def test_wrong_usage(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage is told in Chinese, with the way to the help, exit 2."""
    status = main(arguments)
    said = capsys.readouterr().err

    assert status == 2
    assert expected in said
    assert "--help 查看用法" in said


@pytest.mark.parametrize(
    "command", [[], ["new"], ["check"], ["report"], ["audit"], ["count"], ["sample"]]
)
def test_help_is_chinese(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Help has no English heading left, and ends with exit 0."""
    with pytest.raises(SystemExit) as end:
        main([*command, "--help"])
    said = capsys.readouterr().out

    assert end.value.code == 0
    assert said.startswith(" ".join(["用法：zhashui-stats", *command]))
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


def test_help_lists_the_commands_under_their_title(capsys: pytest.CaptureFixture[str]) -> None:
    """The group's title has a full-width colon and is not said twice."""
    with pytest.raises(SystemExit):
        main(["--help"])

    assert "\n\n命令：\n  new    " in capsys.readouterr().out


def test_no_circular_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """A blank in place of the circular is told as any blank path is."""
    status = main(["audit", "", "--period", "2022H1"])

    assert (2, "zhashui-stats：通报 不能为空，请写明路径") == (
        status,
        capsys.readouterr().err.splitlines()[0],
    )
