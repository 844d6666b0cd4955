"""A forked kernel of a command is what an ordinary one is, and every one is as new."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from publish.own_kernels import IS_FORKED, MODULES, run_cells
from zhashui_stats.publish.kernels import provisioner
from zhashui_stats.publish.kernels.fork_client import CAN_FORK, close_parent
from zhashui_stats.publish.pipeline import make_page

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="这个系统不能分叉进程")

# An ordinary kernel first imports what a forked one has: importing may add filters and the like.
IMPORTS = f"import {', '.join(MODULES)}\nimport json, os, signal, sys"
# What is of one run, and what the debugger leaves, which a forked kernel does without.
OWN = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JPY_PARENT_PID", "PYTEST_CURRENT_TEST")
OWN += ("PYDEVD_USE_FRAME_EVAL",)
QUESTIONS = {
    "python": "[sys.executable, sys.prefix, str(sys.flags), sys.path]",
    "arguments": "[sys.argv[0], len(sys.argv)]",
    "folder": "os.getcwd()",
    "main": "[__name__, sys.modules['__main__'].__dict__ is globals()]",
    "names": "sorted(globals())",
    "environment": f"{{k: v for k, v in os.environ.items() if k not in {OWN}}}",
    "signals": "{int(n): repr(signal.getsignal(n)) for n in signal.valid_signals()}",
    "blocked signals": "list(signal.pthread_sigmask(signal.SIG_BLOCK, []))",
    "end of input": "os.read(0, 1).decode()",
    "streams": "[s.encoding for s in (sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__)]",
    "open files": "[[n for n in range(200) if _is_inheritable(n)], _shared_sockets()]",
    "charts": "[matplotlib.get_backend(), {k: str(v) for k, v in matplotlib.rcParams.items()}]",
    "warnings": "sorted(map(str, warnings.filters))",
    "session": "[os.getsid(0) == os.getpid(), os.getpgrp() == os.getpid()]",
    "memory": "[gc.isenabled(), gc.get_threshold(), sys.getrecursionlimit()]",
    "hooks": "[str(type(h)) for h in (sys.displayhook, sys.excepthook, threading.excepthook)]",
    "tracing": "[sys.gettrace(), sys.getprofile(), faulthandler.is_enabled()]",
    "threads": "sorted(t.name.rstrip('0123456789') for t in threading.enumerate())",
    "loop": "[str(type(asyncio.get_running_loop())), str(type(asyncio.get_event_loop_policy()))]",
    "log": "[str(logging.root), str(logging.root.handlers), logging.root.manager.disable]",
    "language": "[locale.setlocale(locale.LC_ALL), time.tzname, tempfile.gettempdir()]",
    "prompt": "[ip.execution_count, str(ip.history_manager.hist_file)]",
    "magics": "[sorted(ip.extension_manager.loaded), sorted(ip.magics_manager.magics['line'])]",
    "formats": "[f for f in ip.display_formatter.formatters]",
    "events": "{k: [f.__qualname__ for f in v] for k, v in ip.events.callbacks.items()}",
    "algebra": "round(float(numpy.linalg.svd(numpy.ones((300, 300)))[1][0]), 6)",
    "hashes": "hash('a')",
}
HELPERS = """
import asyncio, faulthandler, gc, locale, logging, tempfile, threading, time, warnings
import matplotlib, numpy
ip = get_ipython()

def _is_inheritable(number):
    try:
        return os.get_inheritable(number)
    except OSError:
        return False

def _sockets(process):
    links = [f"/proc/{process}/fd/{n}" for n in os.listdir(f"/proc/{process}/fd")]
    targets = {os.readlink(link) for link in links if os.path.lexists(link)}
    return {target for target in targets if target.startswith("socket:")}

def _shared_sockets():
    return sorted(_sockets("self") & _sockets(os.getppid()))
"""


@pytest.fixture(scope="module", autouse=True)
def parent() -> Iterator[None]:
    """A parent with these modules, for these tests alone."""
    close_parent()
    yield
    close_parent()


def ask() -> dict[str, object]:
    """Ask a new kernel everything."""
    questions = ", ".join(f"{name!r}: {source}" for name, source in QUESTIONS.items())
    show = f"print(json.dumps({{{questions}}}, default=str))"
    return dict(json.loads("".join(run_cells(IMPORTS, HELPERS, show))))


@pytest.fixture(scope="module")
def answers() -> tuple[dict[str, object], ...]:
    """What an ordinary kernel says, and what a forked one says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(provisioner, "CAN_FORK", False)
        ordinary = ask()
    return ordinary, ask()


@pytest.mark.parametrize("can_fork", [True, False])
def test_kernels_are_forked(monkeypatch: pytest.MonkeyPatch, can_fork: bool) -> None:
    """Kernels come from a parent that has imported the modules, or else have imported nothing."""
    monkeypatch.setattr(provisioner, "CAN_FORK", can_fork)

    assert run_cells(IS_FORKED) == [str(can_fork)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_forked_kernel_sees_what_an_ordinary_one_sees(
    answers: tuple[dict[str, object], ...], question: str
) -> None:
    """The same question, the same answer."""
    ordinary, forked = answers

    assert ordinary[question] == forked[question]


def test_a_file_in_the_working_folder_is_no_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies about where a command runs is not taken for a library, nor is a changed folder."""
    for name in ("socket", "runpy", "ipykernel", "matplotlib"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('不该导入')", "utf-8")
    close_parent()
    monkeypatch.chdir(tmp_path)

    assert run_cells(f"{IS_FORKED}; import matplotlib, os; print(os.getcwd())") == [
        "True",
        str(tmp_path),
    ]


CHANGE = """
import json, os, sys, warnings, matplotlib
import zhashui_stats.narrative.numbers as numbers
mine = 1
os.environ["MINE"] = "1"
os.chdir("/")
sys.path.append("/mine")
sys.mine = 1
numbers.mine = 1
json.dumps.mine = 1
matplotlib.rcParams["font.size"] = 99
warnings.simplefilter("ignore")
import colorsys
get_ipython().user_ns["also_mine"] = 1
"""
LOOK = """
import json, os, sys, warnings, matplotlib
import zhashui_stats.narrative.numbers as numbers
print("mine" in globals(), "also_mine" in globals(), "MINE" in os.environ, os.getcwd() == "/")
print("/mine" in sys.path, hasattr(sys, "mine"), hasattr(numbers, "mine"))
print(hasattr(json.dumps, "mine"), matplotlib.rcParams["font.size"] == 99)
print("colorsys" in sys.modules, warnings.filters[0][:3] == ("ignore", None, Warning))
"""


def test_nothing_of_one_run_is_seen_in_the_next() -> None:
    """Variables, environment, paths, patched modules, settings, loaded modules: all as new."""
    changed = run_cells(CHANGE, LOOK)
    fresh = run_cells(LOOK)

    assert {"True"} == set(" ".join(changed).split())
    assert {"False"} == set(" ".join(fresh).split())


@pytest.mark.parametrize(
    ("notebook", "parameters"),
    [
        ("half_year_report", {"period": "2022H1"}),
        ("unit_brief", {"period": "2022H1", "unit": "应急局"}),
    ],
)
def test_the_same_page(
    notebook: str, parameters: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page from a forked kernel and one from an ordinary kernel are the same, byte for byte."""
    source = (ROOT / "notebooks" / f"{notebook}.ipynb").read_text("utf-8")
    everything = {**parameters, "data_dir": (ROOT / "data").as_posix()}
    forked = make_page(source, everything)
    monkeypatch.setattr(provisioner, "CAN_FORK", False)

    assert make_page(source, everything) == forked
    assert "应急局" in forked
