"""Run the test suites of nbclient and jupyter_client over the commands' kernel manager.

    .venv/bin/python tests/peers/compare.py

fetches their sources, in the versions that are installed, and runs every test twice: with Jupyter's
asynchronous kernel manager, and with the commands' own in its place. What ends otherwise, also when
it is run once more, is printed; exit status 1: something did.

Nobody but the commands uses that manager. What this shows is that to nbclient, on which papermill
stands, it does what Jupyter's does: cells, errors, interruptions, deaths, a pool of processes. It
knows one kernel only, this Python, and takes no name, port or key of another: tests that ask for
those have to differ, as many of jupyter_client's do; some wait for theirs until the time is out.

To the pytest that runs a suite this module is a plugin.
"""

import os
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import venv
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jupyter_client.manager
import pytest

from zhashui_stats.publish.kernels.manager import ReportKernelManager

ROOT = Path(__file__).parents[2]
PEERS = ("nbclient", "jupyter_client")
SECONDS = 100  # a test that hangs fails, and the others are run

OUTCOMES = "PEERS_OUTCOMES"
"""Names the file in which the plugin tells how each test ended."""
OURS = "PEERS_OURS"
"""Set: whoever asks Jupyter for its asynchronous kernel manager gets the commands' own."""


class Manager(ReportKernelManager):
    """The commands' manager; each has a folder of its own, as each run of theirs has."""

    def __init__(self, **kwargs: Any) -> None:
        """Make the folder."""
        place = Path(os.environ[OUTCOMES]).parents[1]  # it goes with the comparison
        self.staging = Path(tempfile.mkdtemp(prefix="zs-", dir=place))
        super().__init__(**kwargs)


def pytest_configure() -> None:
    """Replace the manager before any test module looks for it."""
    if OURS in os.environ:
        jupyter_client.AsyncKernelManager = jupyter_client.manager.AsyncKernelManager = Manager


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Tell how a test ended; what failed before or after it counts as well."""
    if report.when == "call" or report.outcome != "passed":
        with open(os.environ[OUTCOMES], "a", encoding="utf-8") as file:  # noqa: PTH123 -- some mock Path
            file.write(f"{report.outcome} {report.nodeid}\n")


def main() -> int:
    """Compare both ways, and print what differs."""
    differs = False
    with tempfile.TemporaryDirectory() as name:
        python = set_up(Path(name))
        for peer in PEERS:
            tests = fetch(peer, Path(name))
            theirs, ours = (run(python, tests, is_ours=is_ours) for is_ours in (False, True))
            again = sorted(differing(theirs, ours))
            if again:
                theirs |= run(python, tests, *again, is_ours=False)
                ours |= run(python, tests, *again, is_ours=True)
            print(f"{tests.name}: {len(theirs)} tests, {count(theirs)} pass; ours: {count(ours)}")
            for test in sorted(differing(theirs, ours)):
                print(f"  {test}: {theirs.get(test)}, ours {ours.get(test)}")
                differs = True
    return int(differs)


def set_up(folder: Path) -> Path:
    """Make an environment that has this one's packages and what the suites need beside them."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    packages = subprocess.check_output(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    )
    Path(packages.strip(), "this.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    needed = ("pytest-timeout", *(f"{peer}[test]=={version(peer)}" for peer in PEERS))
    subprocess.run([python, "-m", "pip", "install", "--quiet", *needed], check=True)
    return python


def fetch(peer: str, folder: Path) -> Path:
    """Return the unpacked sources of an installed package."""
    wanted = f"{peer}=={version(peer)}"
    options = ("--quiet", "--no-deps", "--no-binary", ":all:", "--dest", folder)
    subprocess.run([sys.executable, "-m", "pip", "download", *options, wanted], check=True)
    (archive,) = folder.glob(f"{peer}-*.tar.gz")
    with tarfile.open(archive) as sources:
        sources.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


def run(python: Path, tests: Path, *names: str, is_ours: bool) -> dict[str, str]:
    """Run a suite, or some of its tests; return how each ended."""
    outcomes = tests / "outcomes"
    outcomes.unlink(missing_ok=True)
    env = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)]),
        OUTCOMES: str(outcomes),
        **({OURS: "1"} if is_ours else {}),
    }
    # Unset, pytest-asyncio warns, and to these suites a warning is an error.
    scope = "asyncio_default_fixture_loop_scope=function"
    timeout = (f"--timeout={SECONDS}", "--timeout-method=signal")
    options = ("-q", "-p", "compare", "-o", scope, *timeout)
    command = [python, "-m", "pytest", *options, *names]
    subprocess.run(command, cwd=tests, env=env, stdout=subprocess.DEVNULL, check=False)
    lines = outcomes.read_text("utf-8").splitlines()
    return {test: outcome for outcome, test in (line.split(" ", 1) for line in lines)}


def differing(theirs: Mapping[str, str], ours: Mapping[str, str]) -> set[str]:
    """Return the tests that ended otherwise, or in one way only."""
    return {test for test in theirs.keys() | ours.keys() if theirs.get(test) != ours.get(test)}


def count(outcomes: Mapping[str, str]) -> int:
    """Count the tests that pass."""
    return sum(outcome == "passed" for outcome in outcomes.values())


if __name__ == "__main__":
    sys.exit(main())
