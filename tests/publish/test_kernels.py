"""A forked kernel is what an ordinary one is, and every one is as new."""

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from publish.warm_kernels import MODULES, run_cells, run_outputs, specify
from zhashui_stats.publish.kernels import provisioner
from zhashui_stats.publish.kernels.fork_client import CAN_FORK, close_parents
from zhashui_stats.publish.pipeline import make_page

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="这个系统不能分叉进程")

# An ordinary kernel first imports what a forked one has: importing may add filters and the like.
IMPORTS = f"import {', '.join(MODULES)}\nimport json, os, signal, sys"
PLACES = ("JPY_PARENT_PID", "PYTEST_CURRENT_TEST")
QUESTIONS = {
    "path": "sys.path",
    "arguments": "[sys.argv[0], len(sys.argv), sys.orig_argv[:-1]]",
    "flags": "str(sys.flags)",
    "folder": "os.getcwd()",
    "main": "[__name__, sys.modules['__main__'].__dict__ is globals()]",
    "names": "sorted(globals())",
    "environment": f"{{k: v for k, v in os.environ.items() if k not in {PLACES}}}",
    "signals": "{int(n): repr(signal.getsignal(n)) for n in signal.valid_signals()}",
    "blocked signals": "list(signal.pthread_sigmask(signal.SIG_BLOCK, []))",
    "end of input": "os.read(0, 1).decode()",
    "streams": "[s.encoding for s in (sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__)]",
    "inheritable files": "[n for n in range(200) if _is_inheritable(n)]",
    "sockets": "_count('socket:')",
    "backend": "matplotlib.get_backend()",
    "chart settings": "{k: str(v) for k, v in matplotlib.rcParams.items()}",
    "warnings": "sorted(map(str, warnings.filters))",
    "session": "[os.getsid(0) == os.getpid(), os.getpgrp() == os.getpid()]",
    "mask": "[os.umask(0o77), os.umask(0o22)][0]",
    "limits": "[resource.getrlimit(getattr(resource, n)) for n in dir(resource) if 'LIMIT_' in n]",
    "nice": "os.nice(0)",
    "memory": "[gc.isenabled(), gc.get_threshold(), sys.getrecursionlimit()]",
    "hooks": "[str(type(h)) for h in (sys.displayhook, sys.excepthook, threading.excepthook)]",
    "tracing": "[sys.gettrace(), sys.getprofile(), faulthandler.is_enabled()]",
    "threads": "sorted(t.name.rstrip('0123456789') for t in threading.enumerate())",
    "loop": "[str(type(asyncio.get_running_loop())), str(type(asyncio.get_event_loop_policy()))]",
    "log": "[str(logging.root), str(logging.root.handlers), logging.root.manager.disable]",
    "language": "[locale.setlocale(locale.LC_ALL), time.tzname, tempfile.gettempdir()]",
    "prompt": "[ip.execution_count, ip.profile_dir.location, str(ip.history_manager.hist_file)]",
    "extensions": "sorted(ip.extension_manager.loaded)",
    "magics": "{k: sorted(v) for k, v in ip.magics_manager.magics.items()}",
    "formats": "[f for f in ip.display_formatter.formatters]",
    "events": "{k: [f.__qualname__ for f in v] for k, v in ip.events.callbacks.items()}",
    "algebra": "round(float(numpy.linalg.svd(numpy.ones((300, 300)))[1][0]), 6)",
}
HELPERS = """
import asyncio, faulthandler, gc, locale, logging, resource, tempfile, threading, time, warnings
import matplotlib, numpy
ip = get_ipython()

def _is_inheritable(number):
    try:
        return os.get_inheritable(number)
    except OSError:
        return False

def _count(kind):
    links = (f"/proc/self/fd/{n}" for n in os.listdir("/proc/self/fd"))
    return sum(os.readlink(link).startswith(kind) for link in links if os.path.lexists(link))
"""


@pytest.fixture(scope="module", autouse=True)
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A kernel specification, and IPython's own folder; parents end with the module's tests."""
    folder = tmp_path_factory.mktemp("jupyter")
    specify(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        patch.delenv("MPLBACKEND", raising=False)
        yield folder
    close_parents()


def ask(folder: Path) -> dict[str, object]:
    """Ask a new kernel everything."""
    questions = ", ".join(f"{name!r}: {source}" for name, source in QUESTIONS.items())
    show = f"print(json.dumps({{{questions}}}, default=str))"
    return dict(json.loads("".join(run_cells(IMPORTS, HELPERS, show, cwd=folder))))


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], ...]:
    """What an ordinary kernel says, and what a forked one says."""
    folder = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(provisioner, "CAN_FORK", False)
        ordinary = ask(folder)
    return ordinary, ask(folder)


def run_ordinary(*sources: str) -> list[str]:
    """Run cells in an ordinary kernel."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(provisioner, "CAN_FORK", False)
        return run_cells(*sources)


def test_kernels_are_forked() -> None:
    """Kernels come from a parent that has imported the modules: what follows tests those."""
    ask_modules = f"import sys; print({MODULES[1]!r} in sys.modules)"

    assert run_cells(ask_modules) == ["True"]
    assert run_ordinary(ask_modules) == ["False"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_forked_kernel_sees_what_an_ordinary_one_sees(
    answers: tuple[dict[str, object], ...], question: str
) -> None:
    """The same question, the same answer."""
    ordinary, forked = answers

    assert ordinary[question] == forked[question]


def test_a_module_beside_the_notebook(tmp_path: Path) -> None:
    """The notebook's own folder is where its modules are found, and those of the parent are not."""
    (tmp_path / "beside.py").write_text("word = '在旁边'", "utf-8")
    (tmp_path / "zhashui_stats.py").write_text("raise ImportError", "utf-8")

    assert run_cells("import beside; print(beside.word)", cwd=tmp_path) == ["在旁边"]


def test_a_file_in_the_working_folder_is_no_module_of_the_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies about where the command runs is not taken for a library."""
    for name in ("socket", "runpy", "ipykernel", "matplotlib"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('不该导入')", "utf-8")
    close_parents()
    monkeypatch.chdir(tmp_path)

    assert run_cells("print(1)", cwd=ROOT) == ["1"]


def test_charts_appear_as_in_jupyterlab() -> None:
    """Where nobody says how to draw, a chart is shown below its cell as a PNG."""
    outputs = run_outputs("import matplotlib.pyplot as plt", "plt.plot([1, 2]); None")
    charts = [output for output in outputs if output.output_type == "display_data"]

    assert [["image/png", "text/plain"]] == [sorted(chart.data) for chart in charts]


@pytest.mark.parametrize("backend", ["agg", "svg"])
def test_the_backend_that_was_asked_for(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel draws with the backend of its own environment, whatever others have."""
    monkeypatch.setenv("MPLBACKEND", backend)

    assert run_cells("import matplotlib; print(matplotlib.get_backend())") == [backend]


def test_the_time_zone_that_was_asked_for(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel has the time zone of its own environment, whatever others have."""
    specify(places, ())
    found = []
    for zone in ("Asia/Shanghai", "America/Lima"):
        monkeypatch.setenv("TZ", zone)
        found += run_cells("import time; print(time.timezone // 3600)")
    specify(places)

    assert found == ["-8", "5"]


CHANGE = """
import json, os, random, sys, warnings, matplotlib, importlib, numpy
import zhashui_stats.narrative.numbers as numbers
mine = 1
os.environ["MINE"] = "1"
os.umask(0o77)
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


def test_two_kernels_draw_different_numbers() -> None:
    """Python's and NumPy's generators start afresh in each kernel."""
    draw = "import random, numpy; print(random.random()); print(numpy.random.random())"
    first, second, third = (run_cells(draw) for _ in range(3))

    for numbers in zip(first, second, third, strict=True):
        assert 3 == len(set(numbers))


def test_the_parents_own_signals_stay_with_it() -> None:
    """A kernel's cell is interrupted by SIGINT, and its children are reaped as usual."""
    handlers = "print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGCHLD))"
    child = "print(subprocess.run(['sh', '-c', 'exit 3']).returncode, signal.set_wakeup_fd(-1))"
    lines = run_cells(f"import signal, subprocess\n{handlers}\n{child}")

    assert [f"{signal.default_int_handler} {signal.Handlers.SIG_DFL}", "3 -1"] == lines


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


def test_python_itself_is_the_same() -> None:
    """The interpreter, its prefix and its packages are those of whoever asks."""
    lines = run_cells("import sys, os; print(sys.executable); print(sys.prefix, os.getppid() > 1)")

    assert [sys.executable, f"{sys.prefix} True"] == lines
