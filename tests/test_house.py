"""The house: set-up, versions, commands in the READMEs, notebooks, public names."""

import csv
import doctest
import importlib
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import cache_from_source
from itertools import chain
from pathlib import Path
from shutil import copy, which
from types import ModuleType
from typing import Any

import nbformat
import pytest
import yaml
from conftest import copy_data, copy_project
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from running import BIN

import zhashui_stats as zs
from zhashui_stats.cli import main
from zhashui_stats.errors import FaultKind
from zhashui_stats.model.articles import REQUIRED, Attribute, Column, Form, Status
from zhashui_stats.reading.remarks import SECTIONS
from zhashui_stats.reading.source import TO_FILL
from zhashui_stats.release.issuing import release_period
from zhashui_stats.release.open_data import COLUMNS, INDICATOR_COLUMNS

CHINESE, ENGLISH = "README.zh-CN.md", "README.md"

# conda-forge's names where they are not PyPI's.
FROM_CONDA = {
    "python-duckdb": "duckdb",
    "matplotlib-base": "matplotlib",
    "nbconvert-core": "nbconvert",
}
NOT_OURS = {"tests", ".git", ".venv", ".hypothesis", "__pycache__", "build", "dist", "wheelhouse"}


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, without what the make that runs the tests hands down."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))
    }
    return subprocess.run(
        command,
        cwd=folder,
        env={**kept, **environment},
        text=True,
        capture_output=True,
        check=False,
    )


# --- Versions -----------------------------------------------------------------------------------


def declared(root: Path) -> dict[str, str]:
    """Return the specifier of every dependency, extras included, by canonical name."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    requirements = map(Requirement, lines)
    return {canonicalize_name(needed.name): str(needed.specifier) for needed in requirements}


def conda_set(root: Path) -> dict[str, str]:
    """Return what environment.yml installs, by PyPI's canonical name."""
    lines: list[Any] = yaml.safe_load((root / "environment.yml").read_text("utf-8"))["dependencies"]
    pip = next(line["pip"] for line in lines if isinstance(line, dict))
    plain = [line for line in lines if isinstance(line, str) and line != "pip"]
    requirements = map(Requirement, [*plain, *(line for line in pip if not line.startswith("-"))])
    return {
        canonicalize_name(FROM_CONDA.get(needed.name, needed.name)): str(needed.specifier)
        for needed in requirements
    }


def pins(root: Path) -> dict[str, tuple[str, int]]:
    """Return version and number of hashes of everything locked, by canonical name."""
    text = (root / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
    found = re.findall(r"^([\w.-]+)==([\w.!+]+)(.*)$", text, re.MULTILINE)
    return {
        canonicalize_name(name): (version, rest.count("--hash=sha256:"))
        for name, version, rest in found
    }


def test_conda_gives_the_same_set(root: Path) -> None:
    """environment.yml names the dependencies of pyproject.toml, with the same bounds."""
    expected = {**declared(root), "python": ">=3.11"}

    assert expected == conda_set(root)


def test_conda_installs_the_project_itself(root: Path) -> None:
    """environment.yml ends with the project, editable, from conda-forge alone."""
    environment = yaml.safe_load((root / "environment.yml").read_text("utf-8"))

    assert "--editable ." == environment["dependencies"][-1]["pip"][-1]
    assert ["conda-forge"] == environment["channels"]
    assert "zhashui-stats" == environment["name"]


def test_lock_covers_every_dependency(root: Path) -> None:
    """Every declared dependency is locked to a version within its bounds."""
    locked = pins(root)

    outside = [
        name
        for name, bounds in declared(root).items()
        if name not in locked or locked[name][0] not in Requirement(f"{name}{bounds}").specifier
    ]

    assert [] == outside


def test_lock_has_hashes(root: Path) -> None:
    """Everything locked has a hash, so that pip takes nothing else."""
    locked = pins(root)

    assert [] == [name for name, (_, hashes) in locked.items() if not hashes]
    assert len(locked) > len(declared(root))


def test_lock_holds_no_address(root: Path) -> None:
    """Every line of the lock is a pin or a hash: no index, no address, no path."""
    pin = r"[a-z0-9._-]+==[\w.!+]+( ; [^\\/@]+)?( \\)?"
    digest = r"    --hash=sha256:[0-9a-f]{64}( \\)?"
    lines = (root / "requirements.lock").read_text("utf-8").splitlines()

    assert [] == [line for line in lines if not re.fullmatch(f"{pin}|{digest}", line)]


def test_lock_is_for_every_platform(root: Path) -> None:
    """The lock holds what only Windows or only macOS needs, behind markers."""
    text = (root / "requirements.lock").read_text("utf-8")

    assert re.search(r"^pywinpty==\S+ ; .*(win32|nt)", text, re.MULTILINE)
    assert re.search(r"^appnope==\S+ ; .*darwin", text, re.MULTILINE)


def test_version_is_told_once(root: Path) -> None:
    """pyproject.toml, the package and the changelog name the same version."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == zs.__version__
    assert f"\n## {zs.__version__} " in (root / "CHANGELOG.md").read_text("utf-8")


# --- Set-up -------------------------------------------------------------------------------------

INTERPRETER = """#!/bin/sh
case "$*" in
    "-m ${BREAKS:-nothing}"*) exit 1 ;;
    "-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
esac
"""


@pytest.fixture
def clone(root: Path, tmp_path: Path) -> Path:
    """What set-up reads, and an interpreter that only pretends to install."""
    if not which("make"):
        pytest.skip("make is not here: the set-up is for systems that have it")
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        copy(root / name, tmp_path)
    (tmp_path / "python").write_text(INTERPRETER)
    (tmp_path / "python").chmod(0o755)
    return tmp_path


def test_set_up_is_done_once(clone: Path) -> None:
    """After a set-up nothing is left to do."""
    done = run(["make", "setup", "PYTHON=./python"], clone)

    assert (0, "") == (done.returncode, done.stdout)
    assert 0 == run(["make", "-q", "setup"], clone).returncode


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_changed_dependencies_are_set_up(clone: Path, name: str) -> None:
    """A newer lock or project file asks for a set-up."""
    run(["make", "setup", "PYTHON=./python"], clone)
    later = (clone / ".venv/.ready").stat().st_mtime + 10
    os.utime(clone / name, (later, later))

    assert 1 == run(["make", "-q", "setup", "PYTHON=./python"], clone).returncode


def test_moved_checkout_is_set_up_anew(clone: Path) -> None:
    """Scripts of an environment hold its path, so that another path asks for a set-up."""
    run(["make", "setup", "PYTHON=./python"], clone)
    moved = clone.rename(clone.with_name(f"{clone.name}-moved"))

    assert 1 == run(["make", "-q", "setup", "PYTHON=./python"], moved).returncode


@pytest.mark.parametrize("step", ["venv", "pip install --quiet", "compileall"])
def test_broken_set_up_leaves_no_stamp(clone: Path, step: str) -> None:
    """A set-up that stops half-way counts for nothing, also where there was one before."""
    run(["make", "setup", "PYTHON=./python"], clone)
    moved = clone.rename(clone.with_name(f"{clone.name}-moved"))

    done = run(["make", "setup", "PYTHON=./python"], moved, BREAKS=step)

    assert 2 == done.returncode
    assert not (moved / ".venv/.ready").exists()


@pytest.mark.parametrize("interpreter", ["", "false"])
def test_missing_python_is_said(clone: Path, interpreter: str) -> None:
    """Without a Python of at least 3.11 one line says what to do."""
    done = run(["make", "setup", f"PYTHON={interpreter}"], clone)

    assert 2 == done.returncode
    assert done.stderr.startswith("需要 Python 3.11 或更新的版本；请安装后重试")


@pytest.mark.skipif(
    not Path(sys.prefix, ".ready").exists(), reason="not an environment that make set up"
)
def test_installed_packages_are_compiled() -> None:
    """Every installed module has its byte code beside it."""
    site = Path(sys.prefix, "lib")

    missing = [path for path in site.rglob("*.py") if not Path(cache_from_source(path)).exists()]

    assert [] == missing


def test_ci_runs_make_test(root: Path) -> None:
    """CI makes the checks of ``make test``, and pytest speaks last."""
    script = (root / ".ci/run").read_text("utf-8").splitlines()
    recipe = re.search(r"^test:.*\n((?:\t.*\n)+)", (root / "Makefile").read_text("utf-8"), re.M)

    assert "make test" == script[-1]
    assert recipe is not None
    assert "-m pytest" in recipe[1].splitlines()[-1]


# --- Commands in the READMEs --------------------------------------------------------------------


def command_lines(path: Path) -> list[str]:
    """Return the lines of every fenced block of commands."""
    blocks = re.findall(
        r"^ *```(?:sh|powershell)\n(.*?)^ *```", path.read_text("utf-8"), re.M | re.S
    )
    return [line.strip() for block in blocks for line in block.splitlines()]


def test_both_readmes_name_the_same_commands(root: Path) -> None:
    """The English and the Chinese README show the same commands in the same order."""
    assert command_lines(root / ENGLISH) == command_lines(root / CHINESE)


def test_readme_targets_exist(root: Path) -> None:
    """Every ``make`` of the README is a target of the Makefile."""
    makefile = (root / "Makefile").read_text("utf-8")
    text = (root / CHINESE).read_text("utf-8")

    named = set(re.findall(r"\bmake ([a-z]+)", "\n".join(command_lines(root / CHINESE)) + text))

    assert {"report", "test", "setup", "lab"} == named
    assert named <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def test_readme_subcommands_exist(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every ``zhashui-stats`` line of the README is understood, short of running it."""
    named = {
        line.split("zhashui-stats ")[1].split()[0]
        for line in command_lines(root / CHINESE)
        if "zhashui-stats " in line
    }

    expected = {
        "new", "check", "report", "briefs", "audit", "count", "sample", "release", "verify", "diff",
    }  # fmt: skip

    assert expected == named
    for name in expected:
        with pytest.raises(SystemExit) as end:
            main([name, "--help"])

        assert 0 == end.value.code
        assert capsys.readouterr().out.startswith(f"用法：zhashui-stats {name}")


@pytest.mark.parametrize(
    "name",
    [
        CHINESE, ENGLISH, "CONTRIBUTING.md", "docs/architecture.md", "docs/big-ledgers.md",
        "docs/data.md", "docs/data.zh-CN.md", "docs/release.md", "docs/release.zh-CN.md",
    ],
)  # fmt: skip
def test_links_lead_somewhere(root: Path, name: str) -> None:
    """Every link to a file of the project finds it."""
    path = root / name
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    local = [link for link in links if "://" not in link]

    assert local
    assert [] == [link for link in local if not (path.parent / link).exists()]


def test_the_house_is_described(root: Path) -> None:
    """The architecture's table has a row for each folder and module of the package, no other."""
    text = (root / "docs" / "architecture.md").read_text("utf-8")
    table = text.partition("| --- | --- |\n")[2].partition("\n\n")[0]
    named = re.findall(r"`(\w+)/?`", " ".join(row.split("|")[1] for row in table.splitlines()))
    places = (path for path in (root / "zhashui_stats").iterdir() if path.name != "py.typed")
    expected = {path.stem for path in places if not path.name.startswith("_")}

    assert expected == set(named)
    assert len(expected) == len(named)


def packages(root: Path) -> list[Path]:
    """Return every folder of modules within the package."""
    return sorted(path.parent for path in (root / "zhashui_stats").glob("*/**/__init__.py"))


def modules_of(folder: Path) -> set[str]:
    """Return what a folder is made of: its modules, and the folders below."""
    names = {path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()}
    return {name for name in names if name.isidentifier() and not name.startswith("_")}


def test_each_folder_says_what_its_modules_are(root: Path) -> None:
    """Its docstring names every module in it, and none that is nowhere."""
    elsewhere = modules_of(root / "zhashui_stats")
    for folder in packages(root):
        package = importlib.import_module(".".join(folder.relative_to(root).parts))
        named = set(re.findall(r"``([a-z]\w*)/?``", package.__doc__ or ""))
        public = set(getattr(package, "__all__", ()))

        assert modules_of(folder) <= named, folder
        assert named <= modules_of(folder) | public | elsewhere, folder


def test_no_module_hides_a_public_name(root: Path) -> None:
    """A folder's public name is never a module, also once the module of that name is imported."""
    for folder in [root / "zhashui_stats", *packages(root)]:
        place = ".".join(folder.relative_to(root).parts)
        package = importlib.import_module(place)
        for name in modules_of(folder).intersection(getattr(package, "__all__", ())):
            importlib.import_module(f"{place}.{name}")

            assert not isinstance(getattr(package, name), ModuleType), f"{place}.{name}"


def test_places_in_the_documentation_are_there(root: Path) -> None:
    """Every file and folder of the package that architecture and decisions name is there."""
    pages = [root / "docs" / "architecture.md", *(root / "docs" / "decisions").glob("*.md")]
    named = {
        name
        for page in pages
        for name in re.findall(r"`((?:\w+/)+(?:[\w.]+)?)`", page.read_text("utf-8"))
        if (root / "zhashui_stats" / name.partition("/")[0]).is_dir()
    }

    assert named
    assert set() == {name for name in named if not (root / "zhashui_stats" / name).exists()}


def fill_in(table: Path) -> None:
    """Do what the analyst does in Excel or WPS: a number for every unit; the total stays blank."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    assert any("" in row for row in rows)
    filled = [row if "合计" in row else [cell or "3" for cell in row] for row in rows]
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *filled])


def test_new_period_of_the_readme(root: Path, tmp_path: Path) -> None:
    """The commands of the new period's four steps lead to a report that compares itself."""
    copy_project(tmp_path)
    lines = command_lines(root / CHINESE)
    walk = [line for line in lines if re.match("zhashui-stats .* 2022H2", line)]

    outcomes = []
    for line in dict.fromkeys(walk):
        outcomes.append(run([str(BIN / "zhashui-stats"), *line.split()[1:]], tmp_path))
        if line.split()[1] == "new":
            for group in ("towns", "departments"):
                fill_in(tmp_path / f"data/2022H2/{group}.csv")
            source = tmp_path / "data/2022H2/source.toml"
            source.write_text(source.read_text("utf-8").replace(TO_FILL, "某处"), "utf-8")

    assert ["new", "check", "report", "check"] == [line.split()[1] for line in walk]
    assert [""] * 4 == [done.stderr for done in outcomes]
    assert [0] * 4 == [done.returncode for done in outcomes]
    page = (tmp_path / "reports/2022H2/report.html").read_text("utf-8")
    assert "2022年下半年" in page
    assert "2022年上半年" in page


def test_try_out_of_the_readme(root: Path, tmp_path: Path) -> None:
    """The README's made-up ledger counts up to the tables that it was made from, and says so."""
    copy_project(tmp_path)
    walk = [line for line in command_lines(root / CHINESE) if "合成台账" in line]

    outcomes = [run([str(BIN / "zhashui-stats"), *line.split()[1:]], tmp_path) for line in walk]

    assert ["sample", "count"] == [line.split()[1] for line in walk]
    assert [0, 0] == [done.returncode for done in outcomes]
    for name in ("county.toml", "units.csv"):
        copy(tmp_path / "data" / name, tmp_path / "试用")
    given = zs.load("2022H1", tmp_path / "data")
    with pytest.warns(zs.ZhashuiWarning, match="是合成数据"):
        counted = zs.load("2022H1", tmp_path / "试用")
    assert given.counts == counted.counts
    assert (False, True) == (given.is_synthetic, counted.is_synthetic)


def test_release_of_the_readme(root: Path, tmp_path: Path) -> None:
    """The README's lines release, revise with a reason where a count changed, verify, compare."""
    copy_project(tmp_path)
    table = tmp_path / "data/2022H1/towns.csv"
    lines = [shlex.split(line)[1:] for line in command_lines(root / CHINESE) if "zhashui" in line]
    walk = [line for line in lines if line[0] in ("release", "verify", "diff")]

    outcomes = []
    for line in walk:
        if "--reason" in line:
            counts = table.read_text("utf-8").replace("营盘镇,2,", "营盘镇,3,")
            table.write_text(counts.replace("合计,18,", "合计,19,"), "utf-8")
        outcomes.append(run([str(BIN / "zhashui-stats"), *line], tmp_path))

    assert ["release", "release", "verify", "diff"] == [line[0] for line in walk]
    assert [0] * 4 == [done.returncode for done in outcomes]
    assert "镇办 营盘镇 政务公开：2 → 3" in outcomes[1].stdout
    assert "镇办 营盘镇 政务公开：2 → 3" in outcomes[3].stdout


# --- Documents ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["docs/data.md", "docs/data.zh-CN.md"])
def test_every_column_of_the_ledger_is_documented(root: Path, name: str) -> None:
    """Both languages name each column of a ledger and each value that it may hold."""
    text = (root / name).read_text("utf-8")
    labels = [member.label for kind in (Column, Status, Attribute, Form) for member in kind]

    assert [] == [label for label in labels if label not in text]


@pytest.mark.parametrize(
    ("name", "needed"), [("docs/data.md", "yes"), ("docs/data.zh-CN.md", "是")]
)
def test_needed_columns_are_marked(root: Path, name: str, needed: str) -> None:
    """The columns without which no ledger is read are marked as such, and no others."""
    rows = re.findall(rf"^\| `(\w+)` \| {needed} \|", (root / name).read_text("utf-8"), re.M)

    assert [column.label for column in REQUIRED] == rows


@pytest.mark.parametrize("name", ["docs/data.md", "docs/data.zh-CN.md"])
def test_every_kind_of_fault_is_documented(root: Path, name: str) -> None:
    """Both languages have a row for each kind of fault, with a message that shows its label."""
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", (root / name).read_text("utf-8"), re.M)
    kinds = [(row, message) for row, message in rows if row in set(FaultKind)]

    assert [kind.value for kind in FaultKind] == [row for row, _ in kinds]
    assert [] == [row for row, message in kinds if f"：{FaultKind(row).label}" not in message]


def test_both_languages_name_the_same_settings(root: Path) -> None:
    """The Chinese reference of the data folder has the sections and the keys of the English."""
    english, chinese = (
        (root / "docs" / name).read_text("utf-8") for name in ("data.md", "data.zh-CN.md")
    )
    for pattern in (r"^\| `([^`]+)` \|", r"^(```\w*)$", r"^## (\w+\.\w+)$"):
        found = re.findall(pattern, english, re.M)

        assert found
        assert found == re.findall(pattern, chinese, re.M)


@pytest.mark.parametrize("name", ["docs/release.md", "docs/release.zh-CN.md"])
def test_files_and_columns_of_a_release_are_documented(
    root: Path, tmp_path: Path, name: str
) -> None:
    """Both languages have a row for each file of a revised release, and for each open column."""
    copy_data(tmp_path)
    folder = tmp_path / "release"
    for is_final in (False, True):
        release_period("2022H1", folder, tmp_path / "data", is_final=is_final)
    release_period("2023H2", tmp_path / "points", root / "examples" / "points")
    places = (*folder.iterdir(), *(tmp_path / "points").iterdir())
    files = {path.name + "/" * path.is_dir() for path in places}

    rows = re.findall(r"^\| `([^`]+)` \|", (root / name).read_text("utf-8"), re.M)

    further = [column for column in INDICATOR_COLUMNS if column not in COLUMNS]
    assert sorted([*files, *COLUMNS, *further]) == sorted(rows)


def test_every_section_of_remarks_is_listed(root: Path) -> None:
    """The analyst finds each heading of remarks.md, to copy it."""
    text = (root / "docs/data.zh-CN.md").read_text("utf-8")

    assert list(SECTIONS) == re.findall(r"^\| ## ([一二三]（[一二三四五]）)", text, re.M)


def test_lab_is_started_for_whoever_starts_it(root: Path) -> None:
    """As root it needs a flag that nobody else gets; in Chinese and without asking for news."""
    if not which("make"):
        pytest.skip("make is not here")
    told = run(["make", "-n", "lab"], root).stdout

    assert ("--allow-root" in told.splitlines()[-1]) == (os.getuid() == 0)
    settings = json.loads(re.findall(r"'(\{.*\})'", told)[-1])
    assert "zh_CN" == settings["@jupyterlab/translation-extension:plugin"]["locale"]
    assert "false" == settings["@jupyterlab/apputils-extension:notification"]["fetchNews"]


def test_lab_is_started_at_the_projects_root(root: Path) -> None:
    """It opens the notebook for exploring, and its file browser the folder of data and reports."""
    if not which("make"):
        pytest.skip("make is not here")
    flags = shlex.split(run(["make", "-n", "lab"], root).stdout.splitlines()[-1])
    address = "/lab/tree/notebooks/explore.ipynb?file-browser-path=/"

    assert f"--ServerApp.root_dir={root}" in flags
    assert f"--LabApp.default_url={address}" in flags


def test_worked_examples_come_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of the methodology gives the figures that stand there."""
    monkeypatch.chdir(root)

    outcome = doctest.testfile(
        str(root / "docs/methodology.md"),
        module_relative=False,
        optionflags=doctest.NORMALIZE_WHITESPACE,
    )

    assert 0 == outcome.failed
    assert outcome.attempted > 10


# Narwhals announces that its part for Dask moves to a package of its own.
@pytest.mark.filterwarnings("ignore:Dask support is moving:FutureWarning")
def test_frames_of_every_library_come_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of the big ledgers gives what stands there."""
    monkeypatch.chdir(root)

    outcome = doctest.testfile(str(root / "docs/big-ledgers.md"), module_relative=False)

    assert 0 == outcome.failed
    assert outcome.attempted > 20


# --- Notebooks and names ------------------------------------------------------------------------


def notebooks(root: Path) -> Iterator[Any]:
    """Read every notebook of the project."""
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        yield nbformat.read(path, as_version=4)


def test_notebooks_are_stripped(root: Path) -> None:
    """No notebook holds outputs or execution counts."""
    cells = [cell for book in notebooks(root) for cell in book.cells if cell.cell_type == "code"]

    assert cells
    assert [] == [cell.source for cell in cells if cell.outputs or cell.execution_count]


def test_public_names_are_frozen() -> None:
    """The package's public names are these; people's notebooks rely on them."""
    expected = [
        "Period",
        "ZhashuiError",
        "ZhashuiWarning",
        "at_least",
        "below",
        "compare_periods",
        "composition",
        "concentration",
        "gini",
        "history",
        "load",
        "median",
        "participation",
        "periods",
        "plot_composition",
        "plot_ranking",
        "plot_trend",
        "ranking",
        "rankings",
        "read_ledger",
        "threshold_lists",
        "top_share",
        "totals",
        "trend",
        "zero_units",
    ]

    assert expected == sorted(zs.__all__)
    assert set(zs.__all__) == set(zs._HOMES)
    assert [] == [name for name in expected if not hasattr(zs, name)]


def test_no_place_of_one_machine(root: Path) -> None:
    """No file holds an absolute path of the machine it was made on; tests may make some up."""
    place = re.compile(
        r"(?<![\w:.~*])/(?:home|root|Users|work|srv|mnt)/\w|[A-Z]:\\Users\\|file:/{3}"
    )
    found = []
    for folder, names, files in os.walk(root):
        names[:] = [
            name
            for name in names
            if name not in NOT_OURS and not name.endswith(("_cache", ".egg-info"))
        ]
        # A worktree's .git is a file.
        for path in (Path(folder, file) for file in files if file not in NOT_OURS):
            if place.search(path.read_text("utf-8", errors="ignore")):
                found.append(path.relative_to(root).as_posix())

    assert [] == found
