"""Run the test suites of nbclient and jupyter_client over the commands' kernel manager.

    .venv/bin/python tests/peers/compare.py

fetches their sources, in the versions that are installed, and runs every test twice: with Jupyter's
asynchronous kernel manager, and with the commands' own in its place. A table at the end tells how
many pass in each way, and how many end otherwise.

Nobody but the commands uses that manager. What this shows is that to nbclient, on which papermill
stands, it does what Jupyter's does: cells, errors, interruptions, deaths, a pool of processes; of
nbclient's suite every test ends in the same way. The manager knows one kernel only, this Python,
and takes no name, port or key of another; tests of jupyter_client that ask for those have to
differ. They stand in ``BY_DESIGN``, each with its reason.

Exit status 0: nothing else ended otherwise. 1: something did, also when it was run once more, and
is printed as new: either the manager broke a promise, or the library asks for one more thing of a
kind that the manager does not have, which then joins ``BY_DESIGN``. 2: a suite did not run.

To the pytest that runs a suite this module is a plugin.
"""

import os
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import venv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jupyter_client.manager
import pytest

from zhashui_stats.publish.kernels.manager import ReportKernelManager

ROOT = Path(__file__).parents[2]
PEERS = ("nbclient", "jupyter_client")
SECONDS = 100  # a test that hangs fails, and the others are run
RAN = {
    pytest.ExitCode.OK,
    pytest.ExitCode.TESTS_FAILED,
    pytest.ExitCode.NO_TESTS_COLLECTED,  # a test may be there in one of the two ways only
}

BY_DESIGN: Mapping[str, tuple[str, ...]] = {
    "a test asks for another kernel than this Python": (
        "tests/test_client.py::TestAsyncKernelClient::test_execute_interactive",
        "tests/test_kernelmanager.py::TestKernelManagerShutDownGracefully::test_async_signal",
        "tests/test_kernelmanager.py::TestKernelManager::test_signal_kernel_subprocesses",
        "tests/test_kernelmanager.py::TestKernelManager::test_templated_kspec_env",
        "tests/test_kernelmanager.py::TestAsyncKernelManager::test_signal_kernel_subprocesses",
        "tests/test_multikernelmanager.py::TestAsyncKernelManager::test_bad_kernelspec",
        "tests/test_restarter.py::test_async_restarter_gives_up",
    ),
    "a test asks for TCP ports": (
        "tests/test_multikernelmanager.py::TestAsyncKernelManager::test_tcp_cinfo",
    ),
    "a test asks for Curve keys": (
        "tests/test_provisioning.py::TestRuntime::test_local_provisioner_pre_launch_generates_curve_keys",
    ),
    "a test asks for another provisioner": (
        "tests/test_provisioning.py::TestRuntime::test_existing",
        "tests/test_provisioning.py::TestRuntime::test_new",
        "tests/test_provisioning.py::TestRuntime::test_default_provisioner_config",
    ),
}
"""Why tests have to end otherwise -> how their names begin."""

OUTCOMES = "PEERS_OUTCOMES"
"""Names the file in which the plugin tells how each test ended."""
ONLY = "PEERS_ONLY"
"""Names a file of the tests that are wanted, a line each; unset: all."""
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
        Manager.__name__ = "AsyncKernelManager"  # tests are named by it
        jupyter_client.AsyncKernelManager = jupyter_client.manager.AsyncKernelManager = Manager


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not wanted."""
    if ONLY in os.environ:
        wanted = set(Path(os.environ[ONLY]).read_text("utf-8").splitlines())
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in wanted])
        items[:] = [item for item in items if item.nodeid in wanted]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Tell how a test ended; what failed before or after it counts as well."""
    if report.when == "call" or report.outcome != "passed":
        with open(os.environ[OUTCOMES], "a", encoding="utf-8") as file:  # noqa: PTH123 -- some mock Path
            file.write(f"{report.outcome} {report.nodeid}\n")


class SuiteFailed(RuntimeError):
    """pytest did not come to its end; this is what it said."""


@dataclass(frozen=True)
class Comparison:
    """How the tests of a suite ended, each in both ways.

    Attributes:
        suite: Name and version.
        theirs: With Jupyter's manager: test -> outcome.
        ours: With the commands'.
    """

    suite: str
    theirs: Mapping[str, str]
    ours: Mapping[str, str]

    @property
    def differing(self) -> list[str]:
        """The tests that ended otherwise, or in one way only."""
        tests = self.theirs.keys() | self.ours.keys()
        return sorted(test for test in tests if self.theirs.get(test) != self.ours.get(test))

    @property
    def new(self) -> list[str]:
        """Those of them that do not have to."""
        return [test for test in self.differing if not reason_of(test)]

    def with_another_run(self, theirs: Mapping[str, str], ours: Mapping[str, str]) -> "Comparison":
        """Take what was run once more as it ended then."""
        return Comparison(self.suite, {**self.theirs, **theirs}, {**self.ours, **ours})


def reason_of(test: str) -> str:
    """Say why a test has to end otherwise; empty where it has not."""
    return next((reason for reason, names in BY_DESIGN.items() if test.startswith(names)), "")


def main() -> int:
    """Compare both ways, and print what differs."""
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            python = set_up(Path(name))
            comparisons = [compare(python, fetch(peer, Path(name))) for peer in PEERS]
    except (SuiteFailed, subprocess.CalledProcessError) as error:
        print(f"a suite did not run: {error}", file=sys.stderr)
        return 2
    tell(comparisons)
    return int(any(comparison.new for comparison in comparisons))


def compare(python: Path, tests: Path) -> Comparison:
    """Run a suite in both ways; once more what differs for no known reason."""
    first = Comparison(tests.name, *(run(python, tests, is_ours=ours) for ours in (False, True)))
    if not first.new:
        return first
    again = (run(python, tests, *first.new, is_ours=ours) for ours in (False, True))
    return first.with_another_run(*again)


def tell(comparisons: Iterable[Comparison]) -> None:
    """Print a table, the differences that have to be with their reasons, and the new ones."""
    print(f"\n{'suite':24}{'tests':>8}{'pass':>8}{'ours':>8}{'by design':>12}{'new':>8}")
    for found in comparisons:
        numbers = (len(found.theirs), count(found.theirs), count(found.ours))
        expected = len(found.differing) - len(found.new)
        print(f"{found.suite:24}{numbers[0]:8}{numbers[1]:8}{numbers[2]:8}", end="")
        print(f"{expected:12}{len(found.new):8}")
    differing = [test for found in comparisons for test in found.differing]
    for reason, names in BY_DESIGN.items():
        number = sum(reason_of(test) == reason for test in differing)
        print(f"by design, {reason}: {number}")
        for name in names:
            if not any(test.startswith(name) for test in differing):
                print(f"  ended alike, and need not be listed: {name}")
    for found in comparisons:
        for test in found.new:
            print(f"new: {test}: {found.theirs.get(test)}, ours {found.ours.get(test)}")


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
    options = ("--quiet", "--no-deps", "--no-binary", peer, "--dest", folder)
    subprocess.run([sys.executable, "-m", "pip", "download", *options, wanted], check=True)
    (archive,) = folder.glob(f"{peer}-*.tar.gz")
    with tarfile.open(archive) as sources:
        sources.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


def run(python: Path, tests: Path, *names: str, is_ours: bool) -> dict[str, str]:
    """Run a suite, or some of its tests; return how each ended."""
    print(f"{tests.name}{', ours' * is_ours}: running {len(names) or 'all'}", flush=True)
    outcomes = tests / "outcomes"
    only = tests / "only"
    outcomes.write_text("", "utf-8")
    only.write_text("\n".join(names), "utf-8")
    env = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)]),
        OUTCOMES: str(outcomes),
        **({ONLY: str(only)} if names else {}),
        **({OURS: "1"} if is_ours else {}),
    }
    # Unset, pytest-asyncio warns, and to these suites a warning is an error.
    scope = "asyncio_default_fixture_loop_scope=function"
    timeout = (f"--timeout={SECONDS}", "--timeout-method=signal")
    options = ("-q", "--color=no", "-p", "compare", "-o", scope, *timeout)
    command = [python, "-m", "pytest", *options]
    with (tests / "said").open("w+", encoding="utf-8") as said:
        ended = subprocess.run(command, cwd=tests, env=env, stdout=said, stderr=said, check=False)
        said.seek(0)
        if ended.returncode not in RAN:
            raise SuiteFailed("".join(said.readlines()[-30:]))
    lines = outcomes.read_text("utf-8").splitlines()
    return {test: outcome for outcome, test in (line.split(" ", 1) for line in lines)}


def count(outcomes: Mapping[str, str]) -> int:
    """Count the tests that pass."""
    return sum(outcome == "passed" for outcome in outcomes.values())


if __name__ == "__main__":
    sys.exit(main())
