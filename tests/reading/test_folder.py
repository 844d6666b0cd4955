"""The data folder: which files of a period are there, and what is said where several are."""

import pytest
from data_folders import bad, faults
from faults import only_fault

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.model.county import Group
from zhashui_stats.model.periods import Period
from zhashui_stats.reading.folder import (
    circular_of,
    find_circular,
    find_data,
    ledger_of,
    missing_data,
    period_folders,
    table_of,
)

HALF = Period.parse("2022H1")
TOWNS = Group("towns", "镇办")


@pytest.fixture
def folder(tmp_path):
    """The folder of 2022H1."""
    path = tmp_path / "2022H1"
    path.mkdir()
    return path


def touch(folder, *names):
    for name in names:
        (folder / name).write_text("x", encoding="utf-8")


@pytest.mark.parametrize("period", ["2022H1", "2022年上半年", Period.parse("2022H1")])
@pytest.mark.parametrize(
    "name", ["circular.txt", "circular.docx", "circular.html", "circular.htm", "circular.PDF"]
)
def test_the_circular_of_a_period(folder, period, name):
    """Any document that can be proofread; other files are none."""
    touch(folder, name, "circular.md", "circular-2.txt", "Circular.txt", "towns.csv")

    assert folder / name == find_circular(period, folder.parent)


def test_a_period_without_a_circular(folder):
    """There is none in its folder, or there is no folder."""
    touch(folder, "circular.doc")

    assert [None, None] == [find_circular(period, folder.parent) for period in ("2022H1", "2022H2")]
    assert find_circular("2022H1", folder.parent / "gone") is None


def test_two_circulars(folder):
    """Which one is meant is not guessed."""
    touch(folder, "circular.txt", "circular.docx")
    expected = Fault(
        "2022H1/circular.docx", None, None, FaultKind.AMBIGUOUS_FILE,
        "circular.docx、circular.txt", "一期的通报只留一个文件",
    )  # fmt: skip

    assert expected == only_fault(find_circular, "2022H1", folder.parent)
    assert expected == only_fault(circular_of, folder.parent, HALF)


def test_a_folder_that_is_none(folder):
    """A file in its place is told."""
    touch(folder.parent, "2022H2")
    expected = Fault(
        "2022H2",
        None,
        None,
        FaultKind.UNREADABLE_FILE,
        "路径中有一段不是文件夹",
        "可以读取的文件夹",
    )

    assert expected == only_fault(find_circular, "2022H2", folder.parent)


@pytest.mark.parametrize("name", ["towns.csv", "towns.XLSX"])
def test_the_table_of_a_group(folder, name):
    """It is named by the group's id, and its path goes from the data folder."""
    touch(folder, name, "Towns.csv", "towns.txt", "towns-2.csv", "bureaus.csv")

    assert f"2022H1/{name}" == table_of(folder.parent, HALF, TOWNS)
    assert table_of(folder.parent, HALF, Group("villages", "村")) is None


@pytest.mark.parametrize("ending", [".xlsm", ".xlsb", ".et", ".ET"])
def test_a_table_of_another_format(folder, ending):
    """It is told how to save it; beside a table that is read, it is one too many."""
    touch(folder, f"towns{ending}")
    file, advice = f"2022H1/towns{ending}", "在 Excel 或 WPS 中另存为 .xlsx 的工作簿"
    unreadable = Fault(file, None, None, FaultKind.UNREADABLE_FILE, f"{ending} 格式", advice)

    assert unreadable == only_fault(table_of, folder.parent, HALF, TOWNS)

    touch(folder, "towns.csv")
    found = "、".join(sorted(("towns.csv", f"towns{ending}")))
    several = Fault(
        "2022H1/towns.csv", None, None, FaultKind.AMBIGUOUS_FILE, found, "同一张表只留一个文件"
    )

    assert several == only_fault(table_of, folder.parent, HALF, TOWNS)


def test_the_ledger_of_a_period(folder):
    """It has an ending of a ledger, in capitals as well; a period without a folder has none."""
    touch(folder, "ledger.CSV", "ledger.txt", "ledgers.csv")

    assert "2022H1/ledger.CSV" == ledger_of(folder.parent, HALF)
    assert ledger_of(folder.parent, HALF.previous) is None


def test_folders_of_periods(folder):
    """A folder is a period's by its id as it is written; a file is none."""
    for name in ("2021", "2022Q1", "2022-04", "2022", "old", "2022H1 - 副本"):
        (folder.parent / name).mkdir()
    touch(folder.parent, "2021H2")
    expected = {Period.parse(text) for text in ("2022H1", "2021", "2022Q1", "2022-04", "2022")}

    assert expected == period_folders(folder.parent)
    assert set() == period_folders(folder.parent / "gone")


@pytest.mark.parametrize(
    ("name", "label", "right"),
    [
        ("2023h2", "2023年下半年", "2023H2"),
        ("2023年下半年", "2023年下半年", "2023H2"),
        ("2023年1—4月", "2023年1—4月", "2023-01..04"),
        ("2022上半年", "2022年上半年", "2022H1"),
        ("２０２２Ｈ１", "2022年上半年", "2022H1"),
        ("2022年", "2022年", "2022"),
        ("2022年6月", "2022年6月", "2022-06"),
    ],
)
def test_a_folder_named_as_people_write_a_period(folder, name, label, right):
    """It is told with the name that it should have, though another period is asked for."""
    (folder.parent / name).mkdir()
    expected = f"{label}的文件夹名 {right}；请改名，两个文件夹都有的请合并"

    assert Fault(name, None, None, FaultKind.BAD_FOLDER, name, expected) == only_fault(
        period_folders, folder.parent
    )


def test_where_the_data_are(tmp_path, monkeypatch):
    """A relative folder is looked for here, then above; an absolute one is taken as it is."""
    (tmp_path / "data").mkdir()
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "notebooks" / "deep")
    nowhere = find_data("data")
    touch(tmp_path / "data", "county.toml")
    above = find_data("data")
    monkeypatch.chdir(tmp_path)

    assert ("data", tmp_path / "data", "data") == (str(nowhere), above, str(find_data("data")))
    assert tmp_path / "gone" == find_data(tmp_path / "gone")


def test_no_data_at_all(tmp_path):
    """It is said where they were looked for, and how to say where they are."""
    advice = "请在项目文件夹中运行，或指明它在哪里（Python 中用 data_dir=，命令用 --data-dir）"

    assert f"没有数据文件夹 {tmp_path}；{advice}" == str(missing_data(tmp_path))


# --- Loaded ----------------------------------------------------------------------------------


def test_missing_table(data):
    """Each group has a table; its units are not called missing one by one."""
    (data / "2022H1" / "towns.csv").unlink()

    assert faults(data) == [
        bad(None, None, FaultKind.MISSING_FILE, "", "“镇办”的统计表 towns.csv 或 towns.xlsx")
    ]


@pytest.mark.parametrize("other", ["towns.xlsx", "towns.xls", "towns.CSV"])
def test_two_tables_for_a_group(data, other):
    """Which of two files counts cannot be guessed."""
    (data / "2022H1" / other).write_bytes(b"x")
    found = "、".join(sorted(["towns.csv", other]))

    assert faults(data) == [
        bad(None, None, FaultKind.AMBIGUOUS_FILE, found, "同一张表只留一个文件")
    ]


@pytest.mark.parametrize("ending", [".xlsb", ".et"])
def test_table_of_another_format(data, ending):
    """A workbook of another format is a fault that says how to save it."""
    (data / "2022H1" / "towns.csv").rename(data / "2022H1" / f"towns{ending}")

    assert faults(data) == [
        bad(None, None, FaultKind.UNREADABLE_FILE, f"{ending} 格式",
            "在 Excel 或 WPS 中另存为 .xlsx 的工作簿", f"2022H1/towns{ending}"),
    ]  # fmt: skip
