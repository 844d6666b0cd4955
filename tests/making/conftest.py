"""Fixtures of the tests of what is made once: a project, and what stands on the disk."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from small_county import write_county

from zhashui_stats.cli import main

Written = tuple[int, int, bytes]
"""When a file was written, where it is on the disk, and what it holds."""

Make = Callable[[str], Path]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for a project and what is made of it."""
    return tmp_path_factory.mktemp("project")


@pytest.fixture
def make(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Make:
    """Runs a command on 2022H1 in the project, which is the folder at work from then on."""

    def run(command: str) -> Path:
        monkeypatch.chdir(project)
        assert main([command, "2022H1"]) == 0
        capsys.readouterr()
        return project

    return run


def write_data_afresh(folder: Path) -> None:
    """Write the data of a small county in place of those and of the notebooks that stand there."""
    for name in ("data", "notebooks"):
        shutil.rmtree(folder / name, ignore_errors=True)
    write_county(folder)


def stamps(paths: Iterable[Path]) -> dict[Path, Written]:
    """Return how each file stands on the disk."""
    return {
        path: (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes()) for path in paths
    }
