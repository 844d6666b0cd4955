"""However a command ends, no kernel and no parent of kernels outlives it."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from running import BIN, PATIENCE, wait_until
from small_county import TOWNS, write_county, write_notebook

from publish.own_kernels import marked, parent_of, parents_of
from zhashui_stats.publish.kernels.fork_client import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="这个系统不能分叉进程")

PROGRAM = str(BIN / "zhashui-stats")
NOTEBOOKS = {"report": "half_year_report", "briefs": "unit_brief"}
PARAMETERS = "period: str = ''\nunit: str = ''\ndata_dir: str = ''"
# The first kernel that comes to its last cell stays there until it may go on.
LINGER = """
import os, time
try:
    os.close(os.open({flag!r}, os.O_CREAT | os.O_EXCL))
except FileExistsError:
    pass
else:
    while not os.path.exists({flag!r} + "-go"):
        time.sleep(0.02)
"""
UNITS = (*TOWNS, "丁镇")


@dataclass
class Command:
    """A running command whose processes all know a folder of its own, for temporary files."""

    process: "subprocess.Popen[str]"
    place: Path
    flag: Path

    def wait_for(self, moment: str) -> None:
        """Wait until the parent is there and imports, has forked a kernel, or a cell runs."""
        is_there = {
            "import": lambda: parents_of(self.process.pid),
            "kernel": lambda: any(parent.children() for parent in parents_of(self.process.pid)),
            "cell": self.flag.exists,
        }[moment]

        assert wait_until(lambda: self.process.poll() is not None or is_there())
        assert self.process.poll() is None, self.process.communicate()

    def let_go(self) -> None:
        """Let the cell end that lingers, now or later."""
        Path(f"{self.flag}-go").touch()

    def end(self) -> tuple[int, str]:
        """Wait for the end; return the status, and what was said."""
        said, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for temporary files, in which sockets can be named."""
    folder = Path(tempfile.mkdtemp(prefix="t-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of an analyst in a county of four units."""
    folder = tmp_path_factory.mktemp("project")
    write_county(folder, UNITS)
    return folder


@pytest.fixture
def start(project: Path, tmp_path: Path, place: Path) -> Iterator["Start"]:
    """Starts a command whose notebook stays in its last cell."""
    yield (starter := Start(project, tmp_path, place))
    starter.kill()


class Start:
    """Starts commands, and sees that none is left over from a failed test."""

    def __init__(self, project: Path, folder: Path, place: Path) -> None:
        """Keep the project, a folder for pages, and one for temporary files."""
        self.project, self.folder, self.place = project, folder, place
        self.started: list[Command] = []

    def __call__(self, command: str, *words: str) -> Command:
        """Start one, on a notebook whose last cell lingers."""
        flag = self.folder / "lingers"
        source = LINGER.format(flag=str(flag))
        write_notebook(self.project, NOTEBOOKS[command], PARAMETERS, source)
        process = subprocess.Popen(
            [PROGRAM, command, "2022H1", "--force", "--out", str(self.folder / "out"), *words],
            cwd=self.project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
            env={**os.environ, "TMPDIR": str(self.place)},
        )  # fmt: skip
        self.started.append(Command(process, self.place, flag))
        return self.started[-1]

    def kill(self) -> None:
        """End what still runs."""
        for command in self.started:
            command.let_go()
            with command.process as process:  # closes the pipe, waits
                process.kill()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_after_a_normal_end(start: "Start", place: Path, name: str) -> None:
    """Command, parent and kernel run, and have files; when the command has ended, neither."""
    command = start(name)
    command.wait_for("cell")

    assert len(marked(place)) >= 3
    assert len(list(place.iterdir())) >= 2

    command.let_go()
    status, said = command.end()

    assert status == 0, said
    assert marked(place) == []
    assert list(place.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "moment", "kind"),
    [
        ("report", "import", signal.SIGTERM),
        ("report", "kernel", signal.SIGTERM),
        ("report", "cell", signal.SIGINT),
        ("briefs", "cell", signal.SIGINT),
    ],
)
def test_after_an_interruption(
    start: "Start", place: Path, name: str, moment: str, kind: signal.Signals
) -> None:
    """The command says so in one line; nothing runs any more, nothing is left."""
    command = start(name)
    command.wait_for(moment)
    command.process.send_signal(kind)

    assert command.end() == (130, "zhashui-stats：已中断；原有的报告保持完整\n")
    assert wait_until(lambda: not marked(place))
    assert list(place.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "moment"),
    [("report", "import"), ("report", "kernel"), ("briefs", "cell")],
)
def test_after_the_command_was_killed(start: "Start", place: Path, name: str, moment: str) -> None:
    """Parent and kernels notice by themselves; at most staging folders of the run remain."""
    command = start(name)
    command.wait_for(moment)
    command.process.kill()
    command.end()

    assert wait_until(lambda: not marked(place))
    assert [] == [path for path in place.rglob("s") if path.is_socket()]
    assert len(list(place.iterdir())) <= (2 if name == "briefs" else 1)


def test_the_parent_is_killed_while_it_imports(start: "Start", place: Path) -> None:
    """The report is made all the same: by another parent, or in the ordinary way."""
    command = start("report")
    command.wait_for("import")
    parent_of(command.process.pid).kill()
    command.wait_for("cell")
    command.let_go()
    status, said = command.end()

    assert status == 0, said
    assert marked(place) == []
    assert list(place.iterdir()) == []


def test_the_parent_is_killed_while_briefs_are_made(start: "Start", place: Path) -> None:
    """What was on its way fails, each with a clear word; the others are made by another parent."""
    command = start("briefs", "--jobs", "2")
    command.wait_for("cell")
    parent_of(command.process.pid).kill()
    status, said = command.end()
    failed = [line for line in said.splitlines() if line.startswith("未能生成 ")]

    assert status == 1
    assert 1 <= len(failed) <= 2
    assert all("：计算进程" in line and line.endswith("，请重试。") for line in failed)
    assert wait_until(lambda: not marked(place))
    assert list(place.iterdir()) == []
