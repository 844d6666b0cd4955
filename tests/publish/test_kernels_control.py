"""A warm kernel obeys whoever started it; where there can be none, an ordinary one serves."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import psutil
import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel
from nbclient.exceptions import DeadKernelError
from running import BIN, PATIENCE, wait_until

from publish.warm_kernels import MODULES, NAME, jupyter_in, run_cells
from zhashui_stats.publish.kernels.fork_client import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="这个系统不能分叉进程")

IS_FORKED = f"import sys; print({MODULES[1]!r} in sys.modules)"
Kernel = tuple[KernelManager, BlockingKernelClient]


@pytest.fixture(scope="module", autouse=True)
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A kernel specification, and IPython's own folder; parents end with the module's tests."""
    with jupyter_in(tmp_path_factory.mktemp("jupyter")) as folder:
        yield folder


@pytest.fixture
def start() -> Iterator[Callable[[], Kernel]]:
    """Starts kernels with Jupyter's own manager; they end with the test."""
    started: list[Kernel] = []

    def start_kernel() -> Kernel:
        started.append(start_new_kernel(kernel_name=NAME, startup_timeout=PATIENCE))
        return started[-1]

    yield start_kernel
    for manager, client in started:
        client.stop_channels()
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
        manager.context.destroy()


def say(client: BlockingKernelClient, source: str) -> str:
    """Run a cell and return what it printed."""
    said: list[str] = []

    def keep(message: dict[str, dict[str, str]]) -> None:
        said.append(message["content"].get("text", ""))

    client.execute_interactive(source, timeout=PATIENCE, output_hook=keep)
    return "".join(said).strip()


def process_of(client: BlockingKernelClient) -> psutil.Process:
    """Return the kernel's process."""
    return psutil.Process(int(say(client, "import os; print(os.getpid())")))


def begin(client: BlockingKernelClient, source: str) -> str:
    """Begin to run a cell, and wait until it prints something."""
    request = client.execute(f"print(1, flush=True)\n{source}")
    while client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
        pass
    return str(request)


def reply_to(client: BlockingKernelClient, request: str) -> dict[str, str]:
    """Return what came of a cell."""
    while True:
        reply = client.get_shell_msg(timeout=PATIENCE)
        if reply["parent_header"].get("msg_id") == request:
            return dict(reply["content"])


def test_a_running_cell_is_interrupted(start: Callable[[], Kernel]) -> None:
    """An interrupted cell ends as by Ctrl-C, and the kernel goes on with what it had."""
    manager, client = start()
    say(client, "kept = 5")
    request = begin(client, "import time; time.sleep(600)")
    manager.interrupt_kernel()

    assert reply_to(client, request)["ename"] == "KeyboardInterrupt"
    assert say(client, "print(kept)") == "5"


@pytest.mark.parametrize("now", [True, False])
def test_a_kernel_is_started_again(start: Callable[[], Kernel], now: bool) -> None:
    """Restarted, at once or gracefully, it is another process that has forgotten all."""
    manager, client = start()
    before = process_of(client)
    say(client, "kept = 5")
    manager.restart_kernel(now=now)
    client.wait_for_ready(timeout=PATIENCE)

    assert say(client, "print('kept' in globals())") == "False"
    assert process_of(client).pid != before.pid
    assert say(client, IS_FORKED) == "True"
    assert wait_until(lambda: not before.is_running())


@pytest.mark.parametrize("now", [True, False])
def test_a_kernel_is_shut_down(start: Callable[[], Kernel], now: bool) -> None:
    """Shut down, at once or gracefully, its process is gone, and the manager knows."""
    manager, client = start()
    process = process_of(client)
    manager.shutdown_kernel(now=now)

    assert not manager.is_alive()
    assert wait_until(lambda: not process.is_running())


def test_what_a_kernel_started_ends_with_it(start: Callable[[], Kernel]) -> None:
    """A kernel that is killed takes along the programs that its cells started."""
    manager, client = start()
    program = "import subprocess; print(subprocess.Popen(['sleep', '600']).pid)"
    child = psutil.Process(int(say(client, program)))
    manager.shutdown_kernel(now=True)

    assert wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


DEATHS = {
    "ends itself": "import os; os._exit(7)",
    "kills itself": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "crashes": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
}


@pytest.mark.parametrize("death", DEATHS)
def test_a_kernels_death_is_noticed(start: Callable[[], Kernel], death: str) -> None:
    """The manager sees that it is dead, and starts it again on demand."""
    manager, client = start()
    client.execute(DEATHS[death])

    assert wait_until(lambda: not manager.is_alive())

    manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=PATIENCE)

    assert say(client, "print(1)") == "1"


def test_nbclient_notices_a_death() -> None:
    """A notebook whose kernel dies ends with nbclient's own error."""
    with pytest.raises(DeadKernelError):
        run_cells(DEATHS["kills itself"])


def test_two_kernels_do_not_disturb_each_other(start: Callable[[], Kernel], tmp_path: Path) -> None:
    """One is interrupted, then killed, while a cell of the other runs, which has its own state."""
    (manager, ended), (_, other) = start(), start()
    say(ended, "name = 'ended'")
    say(other, "name = 'other'")
    go = tmp_path / "go"
    waiting = f"while not os.path.exists({str(go)!r}): time.sleep(0.02)"
    request = begin(other, f"import os, time\n{waiting}")
    manager.interrupt_kernel()
    manager.shutdown_kernel(now=True)
    go.touch()

    assert reply_to(other, request)["status"] == "ok"
    assert say(other, "print(name)") == "other"


def test_papermills_command(tmp_path: Path) -> None:
    """Papermill runs a notebook in such a kernel, with its parameters."""
    cells = [
        nbformat.v4.new_code_cell("period = ''", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(f"print(period)\n{IS_FORKED}"),
    ]
    metadata = {"kernelspec": {"name": NAME, "display_name": "热", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.write(notebook, tmp_path / "in.ipynb")
    command = [BIN / "papermill", "in.ipynb", "out.ipynb", "-p", "period", "2022H1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, text=True)

    assert done.returncode == 0, done.stderr
    made = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert made.cells[-1].outputs[0].text == "2022H1\nTrue\n"
