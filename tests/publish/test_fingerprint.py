"""What a page is made from, as one hash: every change shows, and nothing else does."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import ROOT

from zhashui_stats.publish.once.fingerprint import (
    code_fingerprint,
    environment_fingerprint,
    fingerprint,
    narrow,
)

PRINTED = """
import sys
from pathlib import Path
from zhashui_stats.publish.once.fingerprint import fingerprint

folder = Path(sys.argv[1])
names = ("county.toml", "2022H1/towns.csv", "2022H1/departments.csv")
files = {name: folder / name for name in names}
print(fingerprint(folder / "report.ipynb", {"period": "2022H1", "data_dir": "data"}, files))
"""
LIGHT = """
import sys
import zhashui_stats.publish.once.fingerprint, zhashui_stats.publish.once.receipts

heavy = ("matplotlib", "nbconvert", "nbformat", "pandas", "papermill", "jupyter_client", "duckdb")
print([name for name in heavy if name in sys.modules])
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A notebook and three files."""
    (tmp_path / "2022H1").mkdir()
    (tmp_path / "report.ipynb").write_text("{}")
    for name, content in (("county.toml", "c"), ("2022H1/towns.csv", "t")):
        (tmp_path / name).write_text(content)
    (tmp_path / "2022H1/departments.csv").write_text("d")
    return tmp_path


def of(
    project: Path, parameters: Mapping[str, str] | None = None, notebook: str = "report.ipynb"
) -> str:
    """Return the fingerprint of a project, with every file below it but the notebook."""
    paths = (path for path in project.rglob("*") if path.suffix != ".ipynb" and not path.is_dir())
    files = {path.relative_to(project).as_posix(): path for path in paths}
    return fingerprint(project / notebook, parameters or {"period": "2022H1"}, files)


def change_byte(project: Path) -> None:
    """Change one byte of a table, and nothing of its size."""
    (project / "2022H1/towns.csv").write_text("T")


def add_file(project: Path) -> None:
    """Add an empty file."""
    (project / "2022H1/circular.txt").touch()


def take_file(project: Path) -> None:
    """Take a file away."""
    (project / "2022H1/towns.csv").unlink()


def rename_file(project: Path) -> None:
    """Call a file otherwise."""
    (project / "2022H1/towns.csv").rename(project / "2022H1/towns.txt")


def move_file(project: Path) -> None:
    """Move a file to another folder."""
    (project / "2021H1").mkdir()
    (project / "2022H1/towns.csv").rename(project / "2021H1/towns.csv")


def swap_contents(project: Path) -> None:
    """Swap what two files hold."""
    (project / "2022H1/towns.csv").write_text("d")
    (project / "2022H1/departments.csv").write_text("t")


def shift_contents(project: Path) -> None:
    """Move a byte from the end of a file to the start of the next."""
    (project / "2022H1/departments.csv").write_text("")
    (project / "2022H1/towns.csv").write_text("dt")


def edit_notebook(project: Path) -> None:
    """Change the notebook."""
    (project / "report.ipynb").write_text("{ }")


@pytest.mark.parametrize(
    "change",
    [
        change_byte,
        add_file,
        take_file,
        rename_file,
        move_file,
        swap_contents,
        shift_contents,
        edit_notebook,
    ],
)
def test_every_change_of_content_shows(project: Path, change: Callable[[Path], None]) -> None:
    """A page is made again after any change of the notebook or of a file that it may read."""
    before = of(project)
    change(project)

    assert before != of(project)


def test_times_do_not_count(project: Path) -> None:
    """A file that was touched, or written again with what it held, is the same."""
    before = of(project)
    for path in project.rglob("*"):
        os.utime(path, (1, 1))
    (project / "county.toml").write_text("c")

    assert before == of(project)


def test_what_was_changed_back_is_the_same(project: Path) -> None:
    """Only the content counts, not what it was meanwhile."""
    before = of(project)
    change_byte(project)
    (project / "2022H1/towns.csv").write_text("t")

    assert before == of(project)


def test_places_do_not_count(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same project in another folder has the same fingerprint."""
    moved = tmp_path_factory.mktemp("elsewhere") / "project"
    shutil.copytree(project, moved)

    assert of(project) == of(moved)


def test_a_notebook_is_its_content(project: Path) -> None:
    """A notebook counts by its content, whatever it is called, and may be given as text."""
    (project / "copy.ipynb").write_text("{}")
    text = fingerprint("{}", {"a": "b"}, {})

    assert of(project) == of(project, notebook="copy.ipynb")
    assert text == fingerprint(project / "report.ipynb", {"a": "b"}, {})


def test_order_does_not_count(project: Path) -> None:
    """Parameters and files are the same in any order."""
    files = {name: project / name for name in ("county.toml", "2022H1/towns.csv")}
    backwards = dict(reversed(files.items()))

    assert fingerprint("", {"a": "1", "b": "2"}, files) == fingerprint(
        "", {"b": "2", "a": "1"}, backwards
    )


@pytest.mark.parametrize(
    ("some", "other"),
    [
        ({"period": "2022H1"}, {"period": "2022H2"}),
        ({"period": "2022H1"}, {"period": "2022H1", "out_dir": "reports"}),
        ({"period": "2022H1", "unit": ""}, {"period": "2022H1"}),
        ({"a": "b", "c": "d"}, {"a": 'b", "c": "d'}),
        ({"a": "b\0c", "d": ""}, {"a": "b", "c": "d"}),
        ({"ab": "c"}, {"a": "bc"}),
        ({"a": "b"}, {"b": "a"}),
    ],
)
def test_parameters_are_never_confused(some: Mapping[str, str], other: Mapping[str, str]) -> None:
    """No value of a parameter can look like another parameter."""
    assert fingerprint("", some, {}) != fingerprint("", other, {})
    assert narrow("0", some) != narrow("0", other)


def test_a_parameter_is_no_file(project: Path) -> None:
    """What stands among the parameters is never taken for a file, nor for the notebook."""
    digest = "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6"  # of the file
    as_file = fingerprint("", {}, {"county.toml": project / "county.toml"})

    assert as_file != fingerprint("", {"county.toml": digest}, {})
    assert fingerprint("x", {}, {}) != fingerprint("", {"notebook": "x"}, {})


def test_pages_that_share_all_but_a_parameter_differ(project: Path) -> None:
    """The fingerprint of one unit's page is its own, and changes with what all share."""
    before = of(project)
    change_byte(project)
    pages = [narrow(shared, {"unit": unit}) for shared in (before, of(project)) for unit in "甲乙"]

    assert 4 == len(set(pages))
    assert pages[0] == narrow(before, {"unit": "甲"})


def test_a_file_is_there_empty_absent_or_a_folder(project: Path) -> None:
    """Each of these states is another one, and stays what it is."""
    (project / "empty").touch()
    names = ("county.toml", "empty", "absent", "2022H1")

    once, again = (
        [fingerprint("", {}, {"towns.csv": project / name}) for name in names] for _ in range(2)
    )

    assert 4 == len(set(once))
    assert once == again


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_counts_by_what_it_leads_to(project: Path) -> None:
    """A link to a file is that file; a loop is a state like any other."""
    link, loop = project / "link", project / "loop"
    link.symlink_to(project / "county.toml")
    loop.symlink_to(loop)

    straight = fingerprint("", {}, {"a": project / "county.toml"})
    assert straight == fingerprint("", {}, {"a": link})
    assert straight != fingerprint("", {}, {"a": loop})
    assert fingerprint("", {}, {"a": loop}) == fingerprint("", {}, {"a": loop})


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="nothing is forbidden to root")
def test_an_unreadable_file_is_a_state_of_its_own(project: Path) -> None:
    """A file that may not be read is no error here, and differs from one that may."""
    before = of(project)
    (project / "county.toml").chmod(0)

    assert before != of(project)
    assert of(project) == of(project)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes by name")
def test_a_pipe_is_never_the_same(project: Path) -> None:
    """Nobody waits for a pipe, and whatever it may give counts as new."""
    pipe = project / "circular.txt"
    os.mkfifo(pipe)

    assert fingerprint("", {}, {"a": pipe}) != fingerprint("", {}, {"a": pipe})


def test_names_may_be_of_any_bytes(project: Path) -> None:
    """A file name that is no text has a fingerprint too, and its own."""
    path = project / "county.toml"
    names = [os.fsdecode(b"\xff.csv"), os.fsdecode(b"\xfe.csv"), "\\udcff.csv"]

    assert 3 == len({fingerprint("", {}, {name: path}) for name in names})


# --- Code ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the installed package."""
    folder = tmp_path_factory.mktemp("site") / "zhashui_stats"
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(ROOT / "zhashui_stats", folder, ignore=ignored))


@pytest.mark.parametrize(
    "name",
    [
        "page/charts.py",
        "narrative/opening.py",
        "publish/templates/zhashui/style.css",
        "publish/templates/zhashui/index.html.j2",
        "release/word/parts/styles.xml",
        "new.py",
        "audit/words.csv",
    ],
)
def test_every_file_of_the_package_counts(package: Path, name: str) -> None:
    """A module, a template, a style or a file of data is part of the code, an added one too."""
    path = package / name
    before, content = code_fingerprint(package), path.read_bytes() if path.exists() else None
    path.write_bytes((content or b"") + b"\n")
    after = code_fingerprint(package)
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    assert before != after
    assert before == code_fingerprint(package)


def test_byte_code_and_hidden_files_are_no_code(package: Path) -> None:
    """What Python or an editor leaves beside the modules does not count."""
    before = code_fingerprint(package)
    for name in ("__pycache__/charts.cpython-311.pyc", ".charts.py.swp", ".ipynb_checkpoints/a.py"):
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_text("left")

    assert before == code_fingerprint(package)


def test_renamed_module_is_other_code(package: Path) -> None:
    """Code counts with the names of its modules."""
    before = code_fingerprint(package)
    moved = (package / "comparison.py").rename(package / "contrast.py")
    after = code_fingerprint(package)
    moved.rename(package / "comparison.py")

    assert before != after


# --- Environment --------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One more place on Python's path, with a distribution in it."""
    folder = tmp_path / "site"
    (folder / "font-1.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    return folder


@pytest.mark.parametrize("name", ["font-1.1.dist-info", "fount-1.0.dist-info", "font-1.0.egg-info"])
def test_other_versions_are_another_environment(site: Path, name: str) -> None:
    """A distribution counts by its name and its version."""
    before = environment_fingerprint()
    (site / "font-1.0.dist-info").rename(site / name)

    assert before != environment_fingerprint()
    assert fingerprint("", {}, {})


def test_order_of_the_path_does_not_count(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The places of distributions are no part of it, nor what else stands on the path."""
    before = environment_fingerprint()
    (site / "font.py").touch()
    (site / "project.egg-info").mkdir()
    (site / "file").touch()
    places = ["", str(site / "missing"), str(site / "file"), *reversed(sys.path)]
    monkeypatch.setattr(sys, "path", places)

    assert before == environment_fingerprint()


def test_environment_counts(site: Path) -> None:
    """A page is made again where a distribution changed."""
    before = fingerprint("", {}, {})
    (site / "font-1.0.dist-info").rmdir()

    assert before != fingerprint("", {}, {})


# --- Other processes ----------------------------------------------------------------------------


def printed(program: str, *arguments: str, folder: Path, **environment: str) -> str:
    """Return what a program prints in another process."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_every_process_finds_the_same(project: Path) -> None:
    """Another process, another folder at work and another hash seed make no difference."""
    (project / "below").mkdir()
    found = {
        printed(PRINTED, str(project), folder=project / place, PYTHONHASHSEED=seed)
        for place, seed in ((".", "1"), ("below", "2"), ("2022H1", "random"))
    }

    assert 1 == len(found)
    assert 64 == len(found.pop())


def test_code_counts(project: Path, package: Path) -> None:
    """A page is made again where the code that runs has changed."""
    place = {"folder": project, "PYTHONPATH": str(package.parent)}
    before = printed(PRINTED, str(project), **place)  # type: ignore[arg-type]
    with (package / "charts.py").open("a") as file:
        file.write("# other\n")

    assert before != printed(PRINTED, str(project), **place)  # type: ignore[arg-type]


def test_nothing_heavy_is_imported(project: Path) -> None:
    """Who finds that nothing is to be done waits for no library."""
    assert "[]" == printed(LIGHT, folder=project)
