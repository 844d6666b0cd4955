"""Full disks, closed pipes, missing permissions: one line in Chinese, or none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .steps import SPOILT

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
