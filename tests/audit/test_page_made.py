"""The audit's page made by the command with a real kernel, and the half-year report's section."""

import shutil
import subprocess
import sys
from hashlib import sha256
from html import escape
from pathlib import Path

import pytest
from ecosystem import publish_as_jupyter_does

from zhashui_stats.cli import main

BIN = Path(sys.executable).parent
RESTATED = Path(__file__).parent / "restated-2022H1.txt"
COMMAND = ("zhashui-stats", "audit", "通报.txt", "--period", "2022H1", "--format", "html")


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run one of the installed commands as a user does."""
    program, *arguments = command
    words = [str(BIN / program), *arguments]
    return subprocess.run(words, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """An analyst's folder with a circular in it, audited once."""
    folder = tmp_path_factory.mktemp("work")
    for name in ("data", "notebooks"):
        shutil.copytree(root / name, folder / name)
    shutil.copy(RESTATED, folder / "通报.txt")
    done = run(*COMMAND, cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("校核结果已写入 reports")
    assert "：有4处不符，请改正后再印发。" in done.stdout
    return folder


@pytest.fixture
def with_circular(tmp_path: Path, root: Path) -> Path:
    """An analyst's folder whose period holds a circular."""
    for name in ("data", "notebooks"):
        shutil.copytree(root / name, tmp_path / name)
    shutil.copy(RESTATED, tmp_path / "data" / "2022H1" / "circular.txt")
    return tmp_path


def test_the_page_of_the_command(work: Path) -> None:
    """Title, findings and provenance stand on it; page and notebook are all that is written."""
    folder = work / "reports" / "2022H1"
    made = (folder / "audit.html").read_text("utf-8")

    assert sorted(path.name for path in folder.iterdir()) == ["audit.html", "audit.ipynb"]
    assert "<title>2022年上半年通报校核</title>" in made
    assert made.count('<li id="card-') == 4
    assert sha256(RESTATED.read_bytes()).hexdigest() in made
    command = "zhashui-stats audit '通报.txt' --period 2022H1 --against data --format html"
    assert escape(command) in made
    assert str(work) not in made


def test_the_ecosystems_own_way_gives_the_same_page(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Papermill, and then nbconvert's exporter zhashui_html: the same bytes."""
    monkeypatch.chdir(work)
    notebook = Path("notebooks/circular_audit.ipynb")
    page = publish_as_jupyter_does(notebook, tmp_path / "out.ipynb", {"circular": "通报.txt"})

    assert page == (work / "reports" / "2022H1" / "audit.html").read_bytes()


def test_the_half_year_report_ends_with_the_summary(
    with_circular: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the period has a circular, its audit is summed up and its hash stands at the end."""
    monkeypatch.chdir(with_circular)
    status = main(["report", "2022H1"])
    made = (with_circular / "reports" / "2022H1" / "report.html").read_text("utf-8")

    assert status == 0
    assert '">通报校核</h2>' in made
    assert "有4处不符，请改正后再印发。" in made
    digest = sha256(RESTATED.read_bytes()).hexdigest()
    assert f'<th scope="row">2022H1/circular.txt</th><td>{digest}</td>' in made


def test_no_section_without_a_circular(root: Path) -> None:
    """The sample has no circular, and so neither heading nor trace of an audit."""
    assert "通报校核" not in (root / "reports" / "2022H1" / "report.html").read_text("utf-8")


def test_a_circular_that_cannot_be_read_stops_the_report(
    with_circular: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told before anything runs, and nothing is written."""
    (with_circular / "data" / "2022H1" / "circular.txt").write_bytes(b"%PDF-1.7")
    monkeypatch.chdir(with_circular)

    assert main(["report", "2022H1"]) == 1
    assert capsys.readouterr().err.startswith("zhashui-stats：无法读取“circular.txt”：")
    assert not (with_circular / "reports").exists()
