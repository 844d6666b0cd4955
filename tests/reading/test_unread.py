"""What lies in a period's folder under a name that is not its own: told, or noted."""

import pytest
from data_folders import TOWNS, counts, faults, put, read_file

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.loading import load_period

FOLDER = "2022H1"
MISNAMED = FaultKind.MISNAMED_FILE


def misnamed(name, expected):
    return Fault(f"{FOLDER}/{name}", None, None, MISNAMED, name, expected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("remarks.md.txt", "改名为 remarks.md"),
        ("Remarks.md", "改名为 remarks.md"),
        ("remarks.txt", "纯文本文件 remarks.md"),
        ("remarks.docx", "纯文本文件 remarks.md"),
        ("source.toml.txt", "改名为 source.toml"),
        ("Source.TOML", "改名为 source.toml"),
        ("台账.xlsx", "改名为 ledger.xlsx"),
        ("ledger(1).xlsx", "改名为 ledger.xlsx"),
        ("ledger （2）.csv", "改名为 ledger.csv"),
        ("Ledger.csv", "改名为 ledger.csv"),
        ("ledger.txt", "另存为 ledger.xlsx 或 ledger.csv"),
        ("台账.wps", "另存为 ledger.xlsx 或 ledger.csv"),
        ("circular.docx.docx", "改名为 circular.docx"),
        ("通报.docx", "改名为 circular.docx"),
        ("通报 - 副本 (2).pdf", "改名为 circular.pdf"),
        ("circular.doc", "另存为 circular.docx 或 circular.pdf"),
        ("通报.ofd", "另存为 circular.docx 或 circular.pdf"),
    ],
)
def test_an_optional_file_under_another_name(data, name, expected):
    """It is told with the name that it should have, as nothing else would miss it."""
    (data / FOLDER / name).write_text("x", "utf-8")

    assert [misnamed(name, expected)] == faults(data)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("towns.xlsx.xlsx", "改名为 towns.xlsx"),
        ("towns - 副本.csv", "改名为 towns.csv"),
        ("Towns.csv", "改名为 towns.csv"),
        ("副本towns.csv", "改名为 towns.csv"),
        ("镇办(1).xlsx", "改名为 towns.xlsx"),
        ("towns.csv.txt", "改名为 towns.csv"),
        ("镇办.txt", "另存为 towns.csv 或 towns.xlsx"),
        ("某县镇办统计表.xlsx", "改名为 towns.xlsx"),
    ],
)
def test_a_table_under_another_name(data, name, expected):
    """It is told in place of the table that would be missing, and no more is said."""
    (data / FOLDER / "towns.csv").rename(data / FOLDER / name)

    assert [misnamed(name, expected)] == faults(data)


@pytest.mark.parametrize("name", ["镇办.csv", "镇办.xlsx"])
def test_a_table_named_by_its_label(data, name):
    """A group's label is as good as its id."""
    (data / FOLDER / "towns.csv").unlink()
    put(data, TOWNS, name)

    assert {"东河镇": (1, 2), "西山镇": (3, 4), "南坪镇": (5, 6)} == counts(data)


def test_a_table_named_twice(data):
    """By its id and by its label: which one is meant is not guessed."""
    put(data, TOWNS, "镇办.xlsx")
    found, expected = "towns.csv、镇办.xlsx", "同一张表只留一个文件"

    assert [
        Fault(f"{FOLDER}/towns.csv", None, None, FaultKind.AMBIGUOUS_FILE, found, expected)
    ] == faults(data)


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("towns - 副本.csv", "没有读取，读的是 towns.csv"),
        ("说明.pdf", "没有读取"),
        ("towns.csv.bak", "没有读取"),
        ("2022年上半年投稿台账.xlsx", "没有读取；如果要用，请改名为 ledger.xlsx"),
        ("关于下半年的通报.docx", "没有读取；如果要用，请改名为 circular.docx"),
    ],
)
def test_what_else_is_there_is_noted(data, name, note):
    """Copies, drafts and other papers are no fault; that they are not read is said."""
    (data / FOLDER / name).write_text("x", "utf-8")

    assert (note,) == read_file(data, name).notes


def test_a_folder_is_noted(data):
    """It has no content to hash."""
    (data / FOLDER / "原始资料").mkdir()
    file = read_file(data, "原始资料")

    assert (("没有读取",), "") == (file.notes, file.sha256)


@pytest.mark.parametrize("name", [".~lock.towns.csv#", "~$towns.xlsx", "Thumbs.db", ".DS_Store"])
def test_what_systems_leave_is_passed_over(data, name):
    """Locks, previews and settings of a folder are nobody's work."""
    (data / FOLDER / name).write_text("x", "utf-8")

    assert f"{FOLDER}/{name}" not in [file.path for file in load_period(FOLDER, data).files]


@pytest.mark.parametrize("name", ["units.csv.txt", "Units.csv", "units(1).csv"])
def test_a_roster_under_another_name(data, name):
    """What is missing is told with the file that it may be."""
    (data / "units.csv").rename(data / name)
    found, expected = f"有 {name}", "单位名册 units.csv"

    assert [Fault("units.csv", None, None, FaultKind.MISSING_FILE, found, expected)] == faults(data)
