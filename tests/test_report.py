"""The whole way with a real kernel: reproducible, whole or not at all, clear when it fails."""

import contextlib
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest
from conftest import copy_project
from nbclient import NotebookClient
from nbformat.sign import NotebookNotary
from papermill import inspect_notebook
from running import BIN, PATIENCE, run
from small_county import write_county
from small_county import write_notebook as write_own_notebook

from zhashui_stats.cli import main
from zhashui_stats.errors import OutputError, ReportFailed, UnknownLabel
from zhashui_stats.publish.kernels import places
from zhashui_stats.publish.kernels.fork_client import close_parent
from zhashui_stats.publish.notebooks import find_notebook
from zhashui_stats.publish.pipeline import publish_report, render_page


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of an analyst that the tests leave as it is."""
    return copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def made(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of 2022H1, made once by the command."""
    out = tmp_path_factory.mktemp("reports")
    done = run("zhashui-stats", "report", "2022H1", "--out", out, cwd=project)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return out / "2022H1"


@pytest.fixture(scope="module")
def made_twice(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same report, made by two runs at once in one place."""
    out = tmp_path_factory.mktemp("twice")
    command = [str(BIN / "zhashui-stats"), "report", "2022H1", "--out", str(out)]
    runs = [subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in runs] == [0, 0]
    return out / "2022H1"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder of an analyst: data and notebooks, nothing else."""
    return copy_project(tmp_path)


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """A small notebook with one parameter and a section."""
    return write_notebook(tmp_path, "print(period)")


def write_notebook(folder: Path, source: str) -> Path:
    """Write a notebook whose section 甲 runs some code."""
    cells = [
        nbformat.v4.new_code_cell('period: str = "2022H1"', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_markdown_cell("# 标题\n\n## 甲、某一节"),
        nbformat.v4.new_code_cell(source),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    path = folder / "small.ipynb"
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
    return path


def write_small_project(folder: Path, source: str) -> None:
    """Write a small county, and a notebook of its own in place of the program's, that runs code."""
    write_county(folder)
    write_own_notebook(folder, "half_year_report", 'period: str = ""\ndata_dir: str = ""', source)


def test_the_sample_is_what_the_command_makes(made: Path, root: Path) -> None:
    """The committed sample is made again, byte for byte."""
    sample = root / "reports" / "2022H1" / "report.html"

    assert (made / "report.html").read_bytes() == sample.read_bytes()


def test_the_ecosystems_own_way_gives_the_same_page(made: Path, work: Path) -> None:
    """Papermill and then jupyter nbconvert --to zhashui_html: the same bytes."""
    notebook = work / "notebooks" / "half_year_report.ipynb"
    first = run("papermill", notebook, "out.ipynb", "-p", "period", "2022H1", cwd=work)
    second = run("jupyter", "nbconvert", "--to", "zhashui_html", "out.ipynb", cwd=work)

    assert first.returncode == 0, first.stderr
    assert second.returncode == 0, second.stderr
    assert (work / "out.html").read_bytes() == (made / "report.html").read_bytes()


def test_nbconvert_alone_gives_the_same_page(made: Path, work: Path) -> None:
    """``jupyter nbconvert --execute`` runs the notebook as it stands on the way: same bytes."""
    command = ("jupyter", "nbconvert", "--execute", "--to", "zhashui_html")
    done = run(*command, "notebooks/half_year_report.ipynb", cwd=work)

    assert done.returncode == 0, done.stderr
    page = work / "notebooks" / "half_year_report.html"
    assert page.read_bytes() == (made / "report.html").read_bytes()


@pytest.mark.parametrize(
    ("period", "said"),
    [("2022H9", "PeriodError：看不懂的期次“2022H9”"), ("2031H1", "MissingPeriod：")],
)
def test_nbconvert_alone_on_a_period_that_is_not_there(work: Path, period: str, said: str) -> None:
    """The period that stands in the notebook is told to be wrong in one line, and no page made."""
    notebook = work / "notebooks" / "half_year_report.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace('\\"2022H1', f'\\"{period}'), "utf-8")
    command = ("jupyter", "nbconvert", "--execute", "--to", "zhashui_html")
    done = run(*command, notebook, cwd=work)

    assert done.returncode == 1
    assert re.search(rf"ERROR \| 第\d+个单元格（.*）出错（{said}", done.stderr)
    assert "Traceback" not in done.stderr
    assert not notebook.with_suffix(".html").exists()


def test_papermill_knows_the_parameters(root: Path) -> None:
    """Papermill tells them with their types, as its --help-notebook lists them."""
    found = inspect_notebook(root / "notebooks" / "half_year_report.ipynb")

    assert {"period": "str", "data_dir": "str", "out_dir": "str"} == {
        name: parameter["inferred_type_name"] for name, parameter in found.items()
    }


def test_the_executed_notebook_is_reproducible(made: Path, made_twice: Path) -> None:
    """Another run gives the same notebook and the same page."""
    for name in ("report.html", "report.ipynb"):
        assert (made_twice / name).read_bytes() == (made / name).read_bytes()


def test_two_runs_at_once(made_twice: Path) -> None:
    """Two runs on one period do not disturb each other, and leave nothing else behind."""
    assert sorted(path.name for path in made_twice.iterdir()) == ["report.html", "report.ipynb"]


def is_trusted(path: Path) -> bool:
    """Ask Jupyter, as JupyterLab does when it opens a notebook."""
    notary = NotebookNotary()
    with contextlib.closing(notary.store):
        return bool(notary.check_signature(nbformat.read(path, as_version=4)))


def test_the_notebook_is_trusted(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JupyterLab shows its charts to whoever made it, and takes no other notebook for it."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    publish_report(notebook, {"period": "2022H1"}, tmp_path / "out")
    made = tmp_path / "out" / "report.ipynb"

    assert is_trusted(made)
    assert not is_trusted(notebook)
    assert "signature" not in made.read_text("utf-8")


def test_trust_is_not_vital(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Jupyter's own folder cannot be made, the report is written all the same."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "file" / "jupyter"))
    page, _ = publish_report(notebook, {"period": "2022H1"}, tmp_path / "out")

    assert page.exists()
    assert page.with_suffix(".ipynb").exists()


def test_the_page_tells_no_place_and_no_time(made: Path, root: Path, project: Path) -> None:
    """Neither the checkout's path nor the home folder nor the machine stands in the outputs."""
    for name in ("report.html", "report.ipynb"):
        text = re.sub(r"base64,[^)]*", "", (made / name).read_text("utf-8"))

        assert str(root) not in text
        assert str(project) not in text
        assert str(Path.home()) + "/" not in text
        assert not re.search(rf"\b{re.escape(platform.node())}\b", text)


def test_a_new_half_year_compares_itself(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New, fill in, report: the analyst's whole work, and the report looks back."""
    monkeypatch.chdir(work)
    assert main(["new", "2022H2"]) == 0
    for group in ("towns", "departments"):
        table = work / "data" / "2022H2" / f"{group}.csv"
        rows = table.read_text("utf-8-sig").splitlines()
        filled = [rows[0], *(f"{row.rstrip(',')},3,1,2" for row in rows[1:] if "合计" not in row)]
        table.write_text("\n".join(filled), "utf-8-sig")
    status = main(["report", "2022H2"])
    page = (work / "reports" / "2022H2" / "report.html").read_text("utf-8")

    assert status == 0
    assert "与上个半年（2022年上半年，329篇）相比，采用总量增加61篇，环比增长18.5%。" in page
    assert "没有2021年下半年的数据，本期不作同比比较" in page


@pytest.mark.parametrize(
    ("folders", "period", "said"),
    [
        (
            ["2022-01..04", "2023-01..04"],
            "2023-01..04",
            ["柞水县2023年1—4月政务公开信息采编情况报告", "与上年同期（2022年1—4月，329篇）相比"],
        ),
        (
            ["2023-01", "2023-02", "2023-03"],
            "2023Q1",
            ["本报告由1—3月各月的统计表相加得出", "县政府网站共采用各单位稿件987篇"],
        ),
    ],
)
def test_a_span_and_a_quarter_of_months(
    work: Path, folders: list[str], period: str, said: list[str]
) -> None:
    """Periods of any months have their report, in the folder of their id."""
    for folder in folders:
        shutil.copytree(work / "data" / "2022H1", work / "data" / folder)
    done = run("zhashui-stats", "report", period, cwd=work)
    page = (work / "reports" / period / "report.html").read_text("utf-8")

    assert (0, "") == (done.returncode, done.stderr)
    assert [] == [sentence for sentence in said if sentence not in page]


def test_faulty_data_render_nothing(work: Path) -> None:
    """Faults end with exit 1 before anything runs; there is no report folder afterwards."""
    (work / "data" / "2022H1" / "towns.csv").write_bytes(b"")
    done = run("zhashui-stats", "report", "2022H1", cwd=work)

    assert done.returncode == 1
    assert "2022H1/towns.csv：文件是空的" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (work / "reports").exists()


def test_an_unknown_parameter_runs_nothing(notebook: Path, tmp_path: Path) -> None:
    """What papermill would warn about is refused, with the parameters that there are."""
    with pytest.raises(UnknownLabel, match="没有名为“peroid”的参数，可用的有：period"):
        publish_report(notebook, {"peroid": "2022H1"}, tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_failing_cell(tmp_path: Path) -> None:
    """The heading and the cause are told, the executed notebook is kept, the old report stays."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "report.html").write_text("昨天的报告", "utf-8")
    notebook = write_notebook(tmp_path, 'raise ValueError("坏了")')

    with pytest.raises(ReportFailed, match="“甲、某一节”一节出错：ValueError：坏了"):
        publish_report(notebook, {"period": "2022H1"}, folder)

    assert (folder / "report.html").read_text("utf-8") == "昨天的报告"
    assert sorted(path.name for path in folder.iterdir()) == ["report.failed.ipynb", "report.html"]
    assert "坏了" in (folder / "report.failed.ipynb").read_text("utf-8")


def test_a_failing_cell_under_a_computed_heading(tmp_path: Path) -> None:
    """The heading is the report's, also a computed one, and never a question to the analyst."""
    notebook = write_notebook(
        tmp_path,
        "from IPython.display import Markdown\nMarkdown('### （一）算出的标题\\n\\n一段。')",
    )
    content = nbformat.read(notebook, as_version=4)
    guide = nbformat.v4.new_markdown_cell("# 问题？", metadata={"tags": ["guide"]})
    content.cells += [guide, nbformat.v4.new_code_cell("1 / 0")]
    nbformat.write(content, notebook)

    with pytest.raises(ReportFailed) as caught:
        publish_report(notebook, {"period": "2022H1"}, tmp_path / "out")

    assert str(caught.value) == (
        "“（一）算出的标题”一节出错：ZeroDivisionError：division by zero\n"
        f"运行到出错处的笔记本保存在 {tmp_path / 'out' / 'report.failed.ipynb'}"
    )


def test_a_dying_kernel(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A kernel that is killed ends the run with a clear word, and nothing in English beside."""
    notebook = write_notebook(tmp_path, "import os; os._exit(1)")

    with pytest.raises(ReportFailed, match="计算进程意外退出"):
        publish_report(notebook, {"period": "2022H1"}, tmp_path / "out")

    assert capfd.readouterr().err == ""


def test_a_kernel_that_does_not_start(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Python itself cannot be started, the run ends with a clear word."""
    close_parent()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))

    with pytest.raises(
        ReportFailed, match=r"计算进程无法启动或中途断开（没有这个文件或文件夹），请重试。"
    ):
        publish_report(notebook, {"period": "2022H1"}, tmp_path / "out")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 IPC 套接字")
def test_a_long_temporary_folder(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place in which no socket can be named is passed over; nothing stays behind there."""
    place = tmp_path / ("x" * 100)
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    page, _ = publish_report(notebook, {"period": "2022H1"}, tmp_path / "out")

    assert page.exists()
    assert list(place.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 IPC 套接字")
def test_no_place_for_a_socket(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no place will do, the message says what to set."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("x" * 100)))
    monkeypatch.setattr(places, "_SHORT_PLACE", str(tmp_path / "gone"))

    with pytest.raises(ReportFailed, match=r"没有可用的临时文件夹.*TMPDIR"):
        publish_report(notebook, {"period": "2022H1"}, tmp_path / "out")


@pytest.mark.skipif(sys.platform == "win32", reason="cmd 不能关闭标准输出")
def test_closed_streams(tmp_path: Path) -> None:
    """A run without any standard stream writes its report as any other."""
    write_small_project(tmp_path, "print(period)")
    program = f'exec "{BIN}/zhashui-stats" report 2022H1 <&- >&- 2>&-'
    done = subprocess.run(["sh", "-c", program], cwd=tmp_path, check=False)

    assert done.returncode == 0
    assert (tmp_path / "reports" / "2022H1" / "report.html").exists()


def test_the_notebook_at_work_goes_first(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project's own notebook is run rather than the one beside the program."""
    (work / "data" / "deep").mkdir()
    monkeypatch.chdir(work / "data" / "deep")

    assert find_notebook("half_year_report") == work / "notebooks" / "half_year_report.ipynb"


def test_an_unfilled_period_says_so(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report on blank tables warns in the terminal and on the page."""
    monkeypatch.chdir(work)
    assert main(["new", "2022H2"]) == 0
    status = main(["report", "2022H2"])
    said = capsys.readouterr().err
    page = (work / "reports" / "2022H2" / "report.html").read_text("utf-8")

    assert status == 0
    assert "注意：2022H2/towns.csv 全部27个数都是空白，一律按0计，像是还没有填写\n" in said
    assert "2022H2/towns.csv：全部27个数都是空白，一律按0计，像是还没有填写" in page
    assert "2022H2/source.toml：还没有填写：date" in page
    files = "2022H2/towns.csv、2022H2/departments.csv"
    assert f"<strong>统计表还没有填写：{files}；以下按0计，不是真实情况。</strong>" in page


def test_the_kernel_listens_on_no_port(tmp_path: Path) -> None:
    """Kernels talk over IPC (on Windows, which has none, over loopback)."""
    source = (
        "import json, ipykernel; print(json.loads(ipykernel.get_connection_info())['transport'])"
    )
    publish_report(write_notebook(tmp_path, source), {"period": "2022H1"}, tmp_path / "out")
    executed = nbformat.read(tmp_path / "out" / "report.ipynb", as_version=4)
    expected = "tcp" if sys.platform == "win32" else "ipc"

    assert executed.cells[-1].outputs[0].text.strip() == expected


def test_the_users_startup_files_have_no_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a user runs at every IPython start does not reach a report."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "mine.py").write_text("period = mine = 1", "utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    publish_report(
        write_notebook(tmp_path, "print('mine' in globals())"),
        {"period": "2022H1"},
        tmp_path / "out",
    )
    executed = nbformat.read(tmp_path / "out" / "report.ipynb", as_version=4)

    assert executed.cells[-1].outputs[0].text == "False\n"


def test_a_place_that_cannot_be_written(notebook: Path, tmp_path: Path) -> None:
    """Where a file stands in the way, nothing runs and the file stays."""
    blocked = tmp_path / "file"
    blocked.write_text("x", "utf-8")

    with pytest.raises(OutputError, match="无法写入"):
        publish_report(notebook, {"period": "2022H1"}, blocked / "2022H1")

    assert blocked.read_text("utf-8") == "x"


YESTERDAY = {"report.html": "昨天的网页", "report.ipynb": "昨天的笔记本"}
# The process is killed just before something happens: an event of Python's, of a file or of any.
KILLED = """
import os, signal, sys
from zhashui_stats.cli import main

event, file = sys.argv[1:]


def kill(name, arguments):
    if name == event and any(str(argument).endswith(file) for argument in arguments):
        os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(kill)
main(["report", "2022H1"])
"""
KILLS_THE_COMMAND = """
import os, signal, time, psutil
os.kill(psutil.Process(os.getppid()).ppid(), signal.SIGKILL)
while True: time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 SIGKILL")
@pytest.mark.parametrize(
    ("event", "file", "source", "replaced"),
    [
        ("subprocess.Popen", "", "1", set()),
        ("never", "", KILLS_THE_COMMAND, set()),
        ("os.rename", "report.ipynb", "1", set()),
        ("os.rename", "report.html", "1", {"report.ipynb"}),
    ],
    ids=["a kernel starts", "a cell runs", "the notebook is written", "the page is written"],
)
def test_a_killed_run_leaves_the_earlier_report(
    tmp_path: Path, event: str, file: str, source: str, replaced: set[str]
) -> None:
    """Killed at any moment, the page that was there is still there, whole; so is the notebook."""
    write_small_project(tmp_path, source)
    folder = tmp_path / "reports" / "2022H1"
    folder.mkdir(parents=True)
    for name, text in YESTERDAY.items():
        (folder / name).write_text(text, "utf-8")
    done = subprocess.run([sys.executable, "-c", KILLED, event, file], cwd=tmp_path, check=False)
    left = {name: (folder / name).read_text("utf-8") for name in YESTERDAY}

    assert done.returncode == -signal.SIGKILL
    assert replaced == {name for name, text in left.items() if text != YESTERDAY[name]}
    for name in replaced:
        nbformat.validate(nbformat.read(folder / name, as_version=4))


def run_all(project: Path, name: str, folder: str) -> nbformat.NotebookNode:
    """Run all cells of a notebook as JupyterLab does, in a folder of the project."""
    notebook = nbformat.read(project / "notebooks" / f"{name}.ipynb", as_version=4)
    there = {"metadata": {"path": str(project / folder)}}
    NotebookClient(notebook, timeout=int(PATIENCE), resources=there).execute()
    return notebook


def test_run_all_gives_the_same_page(made: Path, project: Path) -> None:
    """Run by hand at the project's root, the notebook finds the data, and shows them alike.

    In its own folder, as JupyterLab runs it, nbconvert runs it above.
    """
    page = render_page(run_all(project, "half_year_report", "."))

    assert page == (made / "report.html").read_text("utf-8")


@pytest.mark.parametrize("folder", ["notebooks", "."])
def test_exploring_works_in_either_folder(project: Path, folder: str) -> None:
    """Every cell runs, wherever the kernel starts."""
    notebook = run_all(project, "explore", folder)

    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
