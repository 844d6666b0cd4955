"""What a report may read: rather a file too many than one too few."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, copy_data

from zhashui_stats.commands.group_tables import format_group_tables, write_group_tables
from zhashui_stats.errors import PeriodError
from zhashui_stats.loading import load_period, load_series
from zhashui_stats.making.inputs import input_files
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster
from zhashui_stats.synthetic import synthesize, write_ledger

LACKING = chr(0x1F600)  # a character that the font does not have
WATCHED = """
import json, os, sys
from pathlib import Path

folder, opened = os.path.realpath(sys.argv[2]), set()


def watch(event, arguments):
    if event in ("open", "sqlite3.connect") and isinstance(arguments[0], (str, os.PathLike)):
        path = os.path.realpath(arguments[0])
        if path.startswith(folder + os.sep) and not os.path.isdir(path):
            opened.add(os.path.relpath(path, folder))


sys.addaudithook(watch)

from zhashui_stats.audit.circulars import audit_period
from zhashui_stats.loading import load_series
from zhashui_stats.making.glyphs import find_missing_glyphs

series = load_series(sys.argv[1], sys.argv[2])
faults = find_missing_glyphs(series, sys.argv[2])
audit = audit_period(series, sys.argv[2])
print(json.dumps([sorted(opened), len(faults), audit is not None]))
"""


def named(period: str, data: Path) -> list[str]:
    """Return the input files by their names below the data folder."""
    return [path.relative_to(data).as_posix() for path in input_files(period, data)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with 2022H1."""
    return copy_data(tmp_path)


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of halves, with ledgers in three formats; 2022 has tables of its own as well."""
    data = copy_data(tmp_path_factory.mktemp("years"))
    h1 = data / "2022H1"
    for name in ("2021H1", "2021H2", "2022H2"):
        shutil.copytree(h1, data / name)
    for file in ("2021H1/ledger.parquet", "2022H1/ledger.csv", "2022H2/ledger.xlsx"):
        path = data / file
        write_ledger(list(synthesize(load_period(path.parent.name, data), 7)), path)
    whole = load_period("2022", data)
    tables = format_group_tables(whole.county, Roster(whole.units), whole.counts)
    write_group_tables(tables, data / "2022")
    (data / "2022" / "remarks.md").write_text(f"## 一（三）\n\n{LACKING}\n", "utf-8")
    shutil.copy(ROOT / "tests/audit/restated-2022H1.txt", data / "2022" / "circular.txt")
    return data


@pytest.mark.parametrize(
    ("period", "expected"), [("2022", [1, True]), ("2022H2", [0, False]), ("2021", [0, False])]
)
def test_whatever_is_opened_is_an_input(years: Path, period: str, expected: list[object]) -> None:
    """Python opens no file of the data folder that is not named, whatever the report needs."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, period, str(years)],
        capture_output=True,
        text=True,
        check=True,
    )
    opened, *found = json.loads(done.stdout)

    assert expected == found
    assert set(opened) >= {"county.toml", "units.csv", f"{period[:4]}H2/towns.csv"}
    assert set() == set(opened) - set(named(period, years))


@pytest.mark.parametrize("period", ["2021", "2022", "2021H1", "2022H1", "2022H2"])
def test_whatever_a_period_rests_on_is_an_input(years: Path, period: str) -> None:
    """What the engine of ledgers opens is named too: every file that the series accounts for."""
    files = {file.path for before in load_series(period, years) for file in before.files}

    assert set() == files - set(named(period, years))


def test_inputs_are_the_settings_and_the_folder(data: Path) -> None:
    """A first period rests on the settings, the roster and its own folder, in order."""
    own = [f"2022H1/{name}" for name in ("departments.csv", "remarks.md", "source.toml")]

    assert [*own, "2022H1/towns.csv", "county.toml", "units.csv"] == named("2022H1", data)


@pytest.mark.parametrize(
    ("period", "folders"),
    [
        ("2022H1", {"2021H1", "2021H2", "2022H1"}),
        ("2021H2", {"2021H1", "2021H2"}),
        ("2022", {"2021H1", "2021H2", "2022", "2022H1", "2022H2"}),
        ("2021", {"2021H1", "2021H2"}),
        ("2022Q3", set()),
        ("2022-01..09", {"2021H1", "2021H2", "2022H1"}),
    ],
)
def test_only_periods_with_a_say_count(years: Path, period: str, folders: set[str]) -> None:
    """Later periods and those of another kind have none, but the parts of what is longer do."""
    assert folders == {name.split("/")[0] for name in named(period, years) if "/" in name}


def test_a_period_is_also_a_value(data: Path) -> None:
    """A period may be given parsed."""
    assert input_files("2022H1", data) == input_files(Period.parse("2022H1"), data)


def test_other_folders_have_no_say(data: Path) -> None:
    """What is no period's folder is passed over, a file that is called like one too."""
    before = input_files("2022H1", data)
    (data / "backup").mkdir()
    (data / "backup" / "towns.csv").touch()
    (data / "2021H1").touch()
    (data / "README.md").touch()

    assert before == input_files("2022H1", data)


@pytest.mark.parametrize("name", ["circular.docx", "ledger.db-wal", "notes", "TOWNS.XLS"])
def test_any_new_file_of_the_folder_counts(data: Path, name: str) -> None:
    """Whatever comes into a period's folder is an input."""
    (data / "2022H1" / name).touch()

    assert f"2022H1/{name}" in named("2022H1", data)


@pytest.mark.parametrize("name", [".DS_Store", "~$towns.xlsx", ".~lock.towns.csv#", "drafts"])
def test_hidden_files_locks_and_folders_do_not_count(data: Path, name: str) -> None:
    """What readers never look at is no input."""
    before = input_files("2022H1", data)
    (data / "2022H1" / name).mkdir()

    assert before == input_files("2022H1", data)


@pytest.mark.parametrize("group", [".towns", "~$towns"])
def test_a_table_that_begins_like_a_hidden_file_counts(data: Path, group: str) -> None:
    """A group's id names its table, however it begins."""
    settings = (data / "county.toml").read_text("utf-8").replace('"towns"', f'"{group}"')
    roster = (data / "units.csv").read_text("utf-8").replace(",towns,", f",{group},")
    (data / "county.toml").write_text(settings, "utf-8")
    (data / "units.csv").write_text(roster, "utf-8")
    (data / "2022H1" / "towns.csv").rename(data / "2022H1" / f"{group}.csv")

    assert f"2022H1/{group}.csv" in {file.path for file in load_period("2022H1", data).files}
    assert f"2022H1/{group}.csv" in named("2022H1", data)


def test_a_folder_without_files_stands_for_itself(data: Path) -> None:
    """An earlier period's folder that comes empty is a fault, and so an input."""
    (data / "2021H1").mkdir()

    assert "2021H1" in named("2022H1", data)


def test_a_folder_in_the_place_of_a_file_counts(data: Path) -> None:
    """A folder that is called like a table is refused by the readers, and so an input."""
    (data / "2022H1" / "ledger.csv").mkdir()

    assert "2022H1/ledger.csv" in named("2022H1", data)


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_links_count_also_where_they_lead_nowhere(data: Path) -> None:
    """A link is an input under its own name; one that leads nowhere or to itself no less."""
    (data / "2022H1" / "circular.txt").symlink_to(data / "county.toml")
    (data / "2022H1" / "ledger.csv").symlink_to("nowhere")
    (data / "2022H1" / "loop.csv").symlink_to("loop.csv")
    (data / "2021H1").symlink_to(data / "2022H1", target_is_directory=True)

    found = named("2022H1", data)

    expected = {"circular.txt", "ledger.csv", "loop.csv"}
    assert expected <= {name.removeprefix("2022H1/") for name in found}
    assert "2021H1/towns.csv" in found


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00", b"name = ["])
def test_settings_are_named_whatever_their_state(tmp_path: Path, content: bytes | None) -> None:
    """A missing data folder or damaged settings are told when they are read, not here."""
    if content is not None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "county.toml").write_bytes(content)

    assert ["county.toml", "units.csv"] == named("2022H1", tmp_path / "data")


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="nothing is forbidden to root")
@pytest.mark.parametrize("forbidden", [".", "2022H1", "2022H1/towns.csv"])
def test_the_forbidden_is_no_error(data: Path, forbidden: str) -> None:
    """What may not be read is named as far as it is seen."""
    (data / forbidden).chmod(0)

    found = named("2022H1", data)

    (data / forbidden).chmod(0o700)
    assert {"county.toml", "units.csv"} <= set(found)
    assert forbidden in (".", *found)


def test_a_wrong_period_is_an_error(data: Path) -> None:
    """A period that cannot be read has no inputs."""
    with pytest.raises(PeriodError):
        input_files("上半年", data)
