"""`audit` on the command line: what it prints of a circular, and what it refuses."""

import json
from pathlib import Path

import pytest

from zhashui_stats.cli import main

from .steps import SOUND, SPOILT


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
