"""The same sheet in every format of workbook that is read, as LibreOffice saves it."""

from datetime import date, datetime

import pytest
from data_folders import COUNTS, bad, counts, faults, put
from faults import only_fault
from office import COVERED, Cell, Row, save_by_office

from zhashui_stats.errors import FaultKind
from zhashui_stats.loading import load_period
from zhashui_stats.reading.grid import Area, Percentage
from zhashui_stats.reading.sheets import read_sheet, read_workbook

ENDINGS = [".xlsx", ".xls", ".ods"]
HEAD = ["投稿单位", "政务公开", "政务动态"]
TABLE = [HEAD, *([name, *COUNTS[name]] for name in COUNTS)]


def as_day(cell):
    return cell.date() if isinstance(cell, datetime) else cell


@pytest.mark.parametrize("ending", ENDINGS)
def test_all_that_a_sheet_may_hold(tmp_path, ending):
    """Merged cells, hidden rows, dates in Chinese, formulas, errors, per cents, blank cells."""
    rows = [
        [Cell("台账", across=3), COVERED, COVERED],
        ["标题\u3000甲", None, "数"],
        Row(["甲", Cell("2022-01-05", shown="chinese"), Cell(2, formula="1+1")]),
        ["乙", Cell("2022-01-05", shown="weekday"), Cell(0.875, shown="percent")],
        [],
        ["丙", Cell("2022-01-05", shown="day"), "7"],
        ["丁", Cell(0, formula="1/0"), -1.5],
    ]
    path = save_by_office(tmp_path / f"a{ending}", {"表": rows, "空": [[]]})
    [sheet, blank] = read_workbook(path.read_bytes(), path.name)
    day = date(2022, 1, 5)

    assert [
        ("台账",), ("标题\u3000甲", None, "数"), ("甲", day, 2), ("乙", day, 0.875), (),
        ("丙", day, "7"), ("丁", "#DIV/0!", -1.5),
    ] == [tuple(map(as_day, row)) for row in sheet.rows]  # fmt: skip
    assert ("表", (), (3,)) == (sheet.title, blank.rows, sheet.layout.hidden)
    assert (Area(1, 1, 1, 3),) == sheet.layout.merged
    assert isinstance(sheet.rows[3][2], Percentage)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", ["towns", "镇办"])
def test_a_table(data, ending, name):
    """It is read as a .csv is."""
    (data / "2022H1/towns.csv").unlink()
    save_by_office(data / f"2022H1/{name}{ending}", {"镇办": TABLE})

    assert COUNTS == counts(data)


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_error_is_no_zero(data, ending):
    """What a formula could not work out is a fault in every format."""
    (data / "2022H1/towns.csv").unlink()
    rows = [*TABLE[:-1], ["南坪镇", Cell(0, formula="1/0"), 6]]
    save_by_office(data / f"2022H1/towns{ending}", {"镇办": rows})
    [fault] = faults(data)

    assert (4, "政务公开", "#DIV/0!") == (fault.row, fault.column, fault.found)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_ledger(data, ending):
    """Units merged over their articles, a hidden row, dates."""
    for name in ("towns.csv", "bureaus.csv"):
        (data / "2022H1" / name).unlink()
    day = Cell("2022-01-05", shown="chinese")
    save_by_office(data / f"2022H1/ledger{ending}", {"台账": [
        ["标题", "投稿单位", "类别", "发布日期", "状态"],
        ["甲", Cell("东河镇", down=2), "政务公开", day, "采用"],
        ["乙", COVERED, "政务动态", day, "采用"],
        Row(["丙", "西山镇", "政务动态", day, "采用"]),
    ]})  # fmt: skip
    now = load_period("2022H1", data)

    assert (3, (1, 1)) == (now.total(), tuple(now.counts["东河镇"].values()))


def test_a_workbook_under_another_ending(data, tmp_path):
    """What it is, its content says: offices rename rather than save anew."""
    path = save_by_office(tmp_path / "a.xls", {"镇办": TABLE})
    (data / "2022H1/towns.csv").unlink()
    path.rename(data / "2022H1/towns.xlsx")

    assert COUNTS == counts(data)


@pytest.mark.parametrize("ending", [".et", ".xlsb", ".xlsm"])
def test_formats_that_are_not_read(data, ending):
    """They are told with how to save them."""
    (data / "2022H1/towns.csv").rename(data / f"2022H1/towns{ending}")
    expected = "在 Excel 或 WPS 中另存为 .xlsx 的工作簿"

    assert [
        bad(
            None,
            None,
            FaultKind.UNREADABLE_FILE,
            f"{ending} 格式",
            expected,
            f"2022H1/towns{ending}",
        )
    ] == faults(data)


@pytest.mark.parametrize("cut", [8, 100, 513, 3000])
def test_a_damaged_old_workbook(tmp_path, cut):
    """It is refused in one sentence."""
    path = save_by_office(tmp_path / "a.xls", {"镇办": TABLE})
    content = path.read_bytes()[:cut]

    assert "加密的或旧版的工作簿" == only_fault(read_sheet, content, "a.xls", lambda _: 2).found


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_cell_is_named(data, ending):
    """The message gives it beside row and column; a text has no such names."""
    (data / "2022H1/towns.csv").unlink()
    rows = [["某县"], *TABLE[:-1], ["南坪镇", "x", 6]]
    save_by_office(data / f"2022H1/towns{ending}", {"镇办": rows})
    [fault] = faults(data)

    assert f"towns{ending} 第5行“政务公开”列（B5）：不是整数（x）" in str(fault)
    assert "cell" not in fault.as_dict()


def test_the_cell_of_two_blocks_and_of_a_ledger(data):
    """Of two columns with one header it is that where the thing stands; of a ledger as well."""
    (data / "2022H1/towns.csv").unlink()
    put(data, [[*HEAD, *HEAD], [*TABLE[1], "西山镇", "x", 4], TABLE[3]], "towns.xlsx")
    put(data, [
        ["标题", "投稿单位", "类别", "发布日期", "状态"],
        ["甲", "东河镇", "政务公开", "2022-02-30", "采用"],
    ], "ledger.xlsx")  # fmt: skip

    assert {"E2", "D2"} == {fault.cell for fault in faults(data)}
