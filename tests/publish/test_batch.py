"""Many pages at once: the same on threads, on processes and on a cluster; none holds up another."""

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import nbformat
import psutil
import pytest
from distributed import Client, LocalCluster
from running import wait_until
from small_county import write_county

from zhashui_stats.cli import main
from zhashui_stats.errors import OutputError, ReportFailed
from zhashui_stats.publish.many.batch import Job, Parcel, run_job, run_jobs
from zhashui_stats.publish.many.workers import Workers, cluster_workers, local_workers
from zhashui_stats.publish.pipeline import make_page

NAMES = ("甲", "乙", "丙")
SOURCE = """
from pathlib import Path
from IPython.display import Markdown
if unit == "坏": raise ValueError("坏了")
if unit == "死": import os; os._exit(1)
Markdown(f"# {unit}\\n\\n" + Path(data_dir, "2022H1", "表.txt").read_text("utf-8"))
"""


def write_notebook(source: str = SOURCE) -> str:
    """Return a notebook that shows its unit and a file of the data folder."""
    parameters = 'unit: str = ""\ndata_dir: str = "data"'
    cells = [
        nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(source),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return str(nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=metadata)))


def jobs_of(*names: str) -> dict[str, Job]:
    return {name: Job(write_notebook(), {"unit": name}) for name in names}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one file."""
    folder = tmp_path / "data"
    (folder / "2022H1").mkdir(parents=True)
    (folder / "2022H1" / "表.txt").write_text("一句话。", "utf-8")
    return folder


@pytest.fixture
def files(data: Path) -> dict[str, Path]:
    """What of the folder is sent."""
    return {"2022H1/表.txt": data / "2022H1" / "表.txt"}


@pytest.fixture
def pages(data: Path) -> dict[str, str]:
    """The pages as they are made one by one, here."""
    return {
        name: make_page(write_notebook(), {"unit": name, "data_dir": data.as_posix()})
        for name in NAMES
    }


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """A Dask cluster on this machine, its workers processes in a folder of their own."""
    folder = tmp_path_factory.mktemp("cluster")
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0",
        local_directory=str(folder), silence_logs=50,
    ) as cluster:  # fmt: skip
        yield cluster


def run_on(executor: Executor, data: object) -> dict[str, str | Exception]:
    return dict(run_jobs(executor, jobs_of(*NAMES), data))


@pytest.mark.parametrize("number", [1, 3])
def test_threads(data: Path, files: dict[str, Path], pages: dict[str, str], number: int) -> None:
    """Threads of this process make the pages that a single run makes, from the data where it is."""
    with local_workers(number) as workers:
        sent = workers.send(data, files)

        assert sent == data
        assert run_on(workers.executor, sent) == pages


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("start", ["spawn", "fork"])
def test_processes(data: Path, files: dict[str, Path], pages: dict[str, str], start: str) -> None:
    """Processes that share no disk make the same; the data is gone before they start.

    So do those that were forked from this one, in which kernels have run before.
    """
    with ProcessPoolExecutor(2, multiprocessing.get_context(start)) as executor:
        workers = Workers(executor, Parcel.pack)
        sent = workers.send(data, files)
        shutil.rmtree(data)

        assert run_on(workers.executor, sent) == pages


def test_a_cluster(
    cluster: LocalCluster, data: Path, files: dict[str, Path], pages: dict[str, str]
) -> None:
    """A cluster makes the same, the data gone once it is handed over; no kernel is left there."""
    with Client(cluster, set_as_default=False) as client:
        pids = list(client.run(os.getpid).values())
    with cluster_workers(cluster.scheduler_address) as workers:
        sent = workers.send(data, files)
        found = run_on(workers.executor, sent)
        started = servers_below(pids)

    assert found == pages
    assert started
    assert wait_until(lambda: not servers_below(pids))


def servers_below(pids: list[int]) -> list[psutil.Process]:
    """Return the parents of kernels that processes have started."""
    below = [child for pid in pids for child in psutil.Process(pid).children(recursive=True)]
    return [child for child in below if "kernels.fork_server" in " ".join(child.cmdline())]


def test_any_executor_of_a_cluster(
    cluster: LocalCluster, data: Path, files: dict[str, Path], pages: dict[str, str]
) -> None:
    """Dask's own executor does as any other does."""
    with Client(cluster, set_as_default=False) as client:
        workers = Workers(client.get_executor(pure=False), Parcel.pack)

        assert run_on(workers.executor, workers.send(data, files)) == pages


@pytest.mark.parametrize("kind", ["坏", "死"])
def test_one_that_fails(data: Path, pages: dict[str, str], kind: str) -> None:
    """A failing page is told as such, and all others are made; so is one whose kernel dies."""
    expected = {
        "坏": "“开头”一节出错：ValueError：坏了",
        "死": "计算进程意外退出（可能是内存不足），请重试。",
    }
    with ThreadPoolExecutor(2) as executor:
        found = dict(run_jobs(executor, jobs_of(kind, *NAMES), data))
    failed = found.pop(kind)

    assert found == pages
    assert isinstance(failed, ReportFailed)
    assert str(failed) == expected[kind]


def test_one_that_fails_far_away(
    cluster: LocalCluster, data: Path, files: dict[str, Path], pages: dict[str, str]
) -> None:
    """What went wrong on a cluster comes back in the same words."""
    with cluster_workers(cluster.scheduler_address) as workers:
        sent = workers.send(data, files)
        found = dict(run_jobs(workers.executor, jobs_of("坏", *NAMES), sent))
    failed = found.pop("坏")

    assert found == pages
    assert str(failed) == "“开头”一节出错：ValueError：坏了"


def test_a_worker_that_is_killed(data: Path, files: dict[str, Path]) -> None:
    """Where a worker's process is killed, the batch ends, and says of what it has not made."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
        worker = executor.submit(os.getpid).result()
        source = f"if unit == '杀':\n    import os\n    os.kill({worker}, 9)\n{SOURCE}"
        jobs = {name: Job(write_notebook(source), {"unit": name}) for name in ("杀", *NAMES)}
        found = dict(run_jobs(executor, jobs, Parcel.pack(data, files)))

    assert found.keys() == {"杀", *NAMES}
    assert isinstance(found["杀"], Exception)


def test_another_program(data: Path, files: dict[str, Path]) -> None:
    """A worker whose program is another one refuses: its page would not be the same."""
    parcel = replace(Parcel.pack(data, files), program="0" * 64)

    with pytest.raises(ReportFailed, match="计算节点上的程序或组件版本与本机不同"):
        run_job(jobs_of("甲")["甲"], parcel)


@pytest.mark.parametrize("name", ["../外.txt", "/外.txt", "2022H1/../../外.txt"])
def test_a_parcel_stays_in_its_folder(data: Path, name: str) -> None:
    """What would be laid out elsewhere is refused."""
    parcel = replace(Parcel.pack(data, {}), files={name: b""})

    with pytest.raises(ReportFailed, match="不在数据文件夹内的文件"), parcel.unpacked():
        pass


def test_a_parcel_holds_what_is_there(data: Path) -> None:
    """Folders without files come along, what is neither file nor folder does not."""
    (data / "2021年").mkdir()
    os.mkfifo(data / "管")
    names = ("2022H1/表.txt", "2021年", "管", "没有.txt")
    parcel = Parcel.pack(data, {name: data / name for name in names})

    with parcel.unpacked() as folder:
        found = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}

    assert found == {"2022H1", "2022H1/表.txt", "2021年"}


def test_nobody_schedules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no scheduler answers, however long is waited for it, one line says so."""
    monkeypatch.setattr("zhashui_stats.publish.many.workers._CONNECT_SECONDS", 0.1)
    with (
        pytest.raises(OutputError, match=r"无法连接集群调度器 tcp://127\.0\.0\.1:1；请检查地址"),
        cluster_workers("tcp://127.0.0.1:1"),
    ):
        pass


def test_the_command_on_a_cluster(
    cluster: LocalCluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """``briefs --scheduler`` makes the very pages that ``briefs`` makes here."""
    write_county(tmp_path)
    monkeypatch.chdir(tmp_path)
    for out, more in (("here", []), ("there", ["--scheduler", cluster.scheduler_address])):
        status = main(["briefs", "2022H1", "--out", out, *more])

        assert (status, capfd.readouterr().err) == (0, "")
    made = {
        out: {path.name: path.read_bytes() for path in (tmp_path / out).rglob("*.html")}
        for out in ("here", "there")
    }

    assert len(made["here"]) == 4
    assert made["here"] == made["there"]
