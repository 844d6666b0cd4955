"""Fixtures shared by all tests: the real period, and small constructed ones."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from running import run

from zhashui_stats.loading import load
from zhashui_stats.model.county import Category, County, Group, Requirements, Threshold
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Unit
from zhashui_stats.publish.startup import quick_imports
from zhashui_stats.synthetic import synthesize, write_ledger

with quick_imports():  # a second for each process that runs tests
    import nbformat  # noqa: F401

ROOT = Path(__file__).parent.parent

# A busy machine is slow and not wrong, so no example has a deadline; what fails can be repeated.
# Fixtures hold for all examples of a test: those that write do so to the same place each time.
settings.register_profile(
    "unhurried",
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("unhurried")

Grid = Mapping[str, Mapping[str, tuple[int, ...]]]
Builder = Callable[..., Submissions]


def pytest_configure(config: pytest.Config) -> None:
    """Keep the receipts of the tests' reports, and of the commands that they run, to themselves."""
    cache = tempfile.TemporaryDirectory(prefix="zs-cache-")
    config.add_cleanup(cache.cleanup)
    os.environ["XDG_CACHE_HOME"] = cache.name


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


def copy_data(folder: Path) -> Path:
    """Copy settings, roster and 2022H1 to ``folder``/data; whatever periods came later stay out."""
    data = folder / "data"
    data.mkdir()
    for name in ("county.toml", "units.csv"):
        shutil.copy(ROOT / "data" / name, data)
    shutil.copytree(ROOT / "data" / "2022H1", data / "2022H1")
    return data


def copy_project(folder: Path) -> Path:
    """Copy what an analyst works with to a folder: the data as of 2022H1, and the notebooks."""
    copy_data(folder)
    (folder / "notebooks").mkdir()
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(path, folder / "notebooks")
    return folder


@pytest.fixture(scope="session")
def h1() -> Submissions:
    """The first half of 2022 as transcribed from the circular's annexes."""
    return load("2022H1", ROOT / "data")


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of an analyst whose period has a made-up ledger and no tables, and its report.

    Tests only read it.
    """
    folder = copy_project(tmp_path_factory.mktemp("made_up"))
    period = folder / "data" / "2022H1"
    write_ledger(synthesize(load("2022H1", folder / "data")), period / "ledger.csv")
    for name in ("towns.csv", "departments.csv"):
        (period / name).unlink()
    done = run("zhashui-stats", "report", "2022H1", cwd=folder)
    notice = "注意：2022H1/ledger.csv 是合成数据，仅供试用，不是真实情况\n"
    assert (0, notice) == (done.returncode, done.stderr)
    return folder


@pytest.fixture
def build() -> Builder:
    """A builder of constructed periods.

    ``build({"镇办": {"甲镇": (1, 0, 2)}})`` gives the counts by group, unit and category.
    """
    return build_submissions


def build_submissions(
    grid: Grid,
    period: str = "2022H1",
    *,
    categories: tuple[str, ...] = ("政务公开", "政策解读", "政务动态"),
    thresholds: tuple[Threshold, ...] = (),
    requirements: Requirements | None = None,
    aliases: Mapping[str, tuple[str, ...]] | None = None,
    remarks: Mapping[str, str] | None = None,
    summed: bool = False,
) -> Submissions:
    """Build Submissions of a constructed county; ids are the labels themselves."""
    county = County(
        name="某县",
        issuer="某县人民政府办公室",
        measure="篇",
        groups=tuple(Group(label, label) for label in grid),
        categories=tuple(Category(label, label) for label in categories),
        thresholds=thresholds,
        requirements=requirements or Requirements(),
    )
    units = tuple(
        Unit(name, group, aliases=(aliases or {}).get(name, ()))
        for group, rows in grid.items()
        for name in rows
    )
    counts = {
        name: dict(zip(categories, row, strict=True))
        for rows in grid.values()
        for name, row in rows.items()
    }
    when = Period.parse(period)
    parts = when.parts if summed else ()
    return Submissions(county, when, units, counts, remarks=remarks or {}, parts=parts)
