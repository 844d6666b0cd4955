"""A county with indicators as a folder: files become figures, in every shape of a table."""

import io

import pytest
from data_folders import write_table
from openpyxl import Workbook

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.loading import load

COUNTY = """\
name = "某县"
issuer = "某办"
measure = "篇"
[[groups]]
id = "towns"
label = "镇办"
[[groups]]
id = "bureaus"
label = "部门"
[[categories]]
id = "open"
label = "公开"
[[categories]]
id = "news"
label = "动态"
[[indicators]]
id = "sent"
label = "报送"
headers = ["报送数"]
unit = "条"
includes = "total"
[[indicators]]
id = "rate"
label = "采用率"
unit = "%"
decimals = 1
formula = "100 * total / sent"
[[indicators]]
id = "bonus"
label = "加分"
unit = "分"
decimals = 1
negative = true
groups = ["bureaus"]
"""
UNITS = "name,group,since\n甲镇,towns,\n乙镇,towns,\n丙局,bureaus,\n丁局,bureaus,2022H2\n"
TOWNS = [["单位", "公开", "动态", "报送"], ["甲镇", 1, 2, 8], ["乙镇", 0, 0, 0]]
BUREAUS = [["单位", "公开", "动态", "报送", "加分"], ["丙局", 5, 4, 9, -0.5]]


@pytest.fixture
def data(tmp_path):
    """A data folder with one period."""
    (tmp_path / "county.toml").write_text(COUNTY, "utf-8")
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    add_period(tmp_path, "2022H1")
    return tmp_path


def add_period(data, period, towns=TOWNS, bureaus=BUREAUS):
    (data / period).mkdir()
    write_table(data / period / "towns.csv", towns)
    write_table(data / period / "bureaus.csv", bureaus)


def told(data, period="2022H1"):
    with pytest.raises(FaultyData) as caught:
        load(period, data)
    return list(caught.value.faults)


def figures(data, period="2022H1"):
    now = load(period, data)
    return {name: [*map(str, row.values())] for name, row in now.figures.items()}


EXPECTED = {"甲镇": ["8"], "乙镇": ["0"], "丙局": ["9", "-1/2"]}


def test_figures_of_a_period(data):
    """Each unit has the counted indicators of its group; formulas are worked out."""
    assert EXPECTED == figures(data)
    assert "38" == f"{float(load('2022H1', data).amount('甲镇', '采用率')):.0f}"


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_pasted_as_it_stands(data, separator, encoding):
    """Title, blocks side by side, full-width signs, total row, remarks: in any encoding."""
    rows = [
        ["附件1"], ["镇办报送采用情况统计表"],
        ["序号", "单位", "报送数（条）", "公开", "动态", "采用率（%）",
         "单位", "报送", "公开", "动态", "采用率", "备注"],
        ["1", "甲镇", "８", "1", "2", "37.5", "乙镇", "", "—", "/", "—", "无"],
        ["", "合计", "8", "1", "2", "37.5％"], ["注：采用率为采用数占报送数的比重。"],
    ]  # fmt: skip
    write_table(data / "2022H1" / "towns.csv", rows, encoding, separator)

    assert EXPECTED == figures(data)


def test_workbook_with_percentages_and_binary_noise(data):
    """A cell shown in % reads as it is shown, and 0.1 + 0.2 as Excel shows it."""
    book = Workbook()
    book.active.append(["单位", "公开", "动态", "报送", "采用率", "加分"])
    book.active.append(["丙局", 5, 4, 16, 9 / 16, 0.1 + 0.2])
    book.active.append(["合计", 5, 4, 16, 0.5625, 0.3])
    book.active["E2"].number_format = book.active["E3"].number_format = "0.0%"
    stream = io.BytesIO()
    book.save(stream)
    (data / "2022H1" / "bureaus.csv").unlink()
    (data / "2022H1" / "bureaus.xlsx").write_bytes(stream.getvalue())

    assert ["16", "3/10"] == figures(data)["丙局"]


def test_faults_name_the_file_the_row_and_the_column(data):
    """All of them at once, in the order of the rows."""
    rows = [BUREAUS[0] + ["采用率"], ["丙局", 5, 4, 8, "0.25", "90%"], ["合计", 5, 4, 9, "", ""]]
    write_table(data / "2022H1" / "bureaus.csv", rows)
    file = "2022H1/bureaus.csv"

    assert [
        Fault(file, 2, "加分", FaultKind.TOO_MANY_DECIMALS, "0.25",
              "数，至多1位小数，没有的可以留空"),
        Fault(file, 2, "采用率", FaultKind.FORMULA_DIFFERS, "90", "112.5%，即100×合计÷报送"),
        Fault(file, 2, "报送", FaultKind.BELOW_PART, "8条", "不小于“合计”的9篇"),
        Fault(file, 3, "报送", FaultKind.TOTAL_DIFFERS, "9", "8"),
    ] == told(data)  # fmt: skip


def test_a_year_adds_its_halves_up(data):
    """So do its indicators; a unit that was not there yet adds nothing."""
    add_period(data, "2022H2", bureaus=[*BUREAUS, ["丁局", 0, 0, 3, 1.5]])
    whole = {"甲镇": ["16"], "乙镇": ["0"], "丙局": ["18", "-1"], "丁局": ["3", "3/2"]}

    assert whole == figures(data, "2022")


def test_a_year_is_held_against_its_halves(data):
    """By its own table: the place of the cell, or of the unit that has none."""
    bureaus = [*BUREAUS, ["丁局", 0, 0, 3, 1.5]]
    add_period(data, "2022H2", bureaus=bureaus)
    twice = [[cell * 2 if isinstance(cell, float | int) else cell for cell in row] for row in TOWNS]
    whole = [BUREAUS[0], ["丙局", 10, 8, 18, "−1.5"], ["丁局", 0, 0, 3, 1.5]]
    add_period(data, "2022", towns=twice, bureaus=whole)

    assert [
        Fault("2022/bureaus.csv", 2, "加分", FaultKind.SUM_DIFFERS, "丙局 加分 −1.5",
              "−1.0，即上、下半年之和")
    ] == told(data, "2022")  # fmt: skip


# --- Beside a ledger --------------------------------------------------------------------------

LEDGER = [
    ["标题", "投稿单位", "类别", "发布日期", "状态"],
    ["一", "丙局", "公开", "2022-01-05", "采用"],
]


def put_ledger(data):
    write_table(data / "2022H1" / "ledger.csv", LEDGER)
    for name in ("towns.csv", "bureaus.csv"):
        (data / "2022H1" / name).unlink()


def test_what_no_ledger_gives_needs_a_table(data):
    """Counts come from the ledger; an indicator without a rule has no other place."""
    put_ledger(data)

    assert [
        Fault(f"2022H1/{group}.csv", None, None, FaultKind.MISSING_FILE, "",
              f"“{label}”的统计表 {group}.csv 或 {group}.xlsx")
        for group, label in (("towns", "镇办"), ("bureaus", "部门"))
    ] == told(data)  # fmt: skip


def test_a_faulty_ledger_asks_for_no_column(data):
    """What it gives is not known yet: only its own faults are told."""
    text = COUNTY.replace('unit = "条"', 'unit = "条"\nledger = "submitted"')
    (data / "county.toml").write_text(text, "utf-8")
    put_ledger(data)
    write_table(data / "2022H1" / "bureaus.csv", [[*row[:3], *row[4:]] for row in BUREAUS])
    write_table(data / "2022H1" / "ledger.csv", [*LEDGER, ["二", "丙局", "公开", "x", "采用"]])

    assert ["2022H1/ledger.csv"] == [fault.file for fault in told(data)]


def put_sent(data, *, without=()):
    """Let the ledger give 报送: what it holds is what both tables say, but for 乙镇's four."""
    text = COUNTY.replace('unit = "条"', 'unit = "条"\nledger = "submitted"')
    (data / "county.toml").write_text(text, "utf-8")
    sums = {"甲镇": (1, 2, 5), "乙镇": (0, 0, 4), "丙局": (5, 4, 0)}
    fates = (("公开", "采用"), ("动态", "采用"), ("动态", "退稿"))
    cells = [
        (unit, category, status)
        for unit, numbers in sums.items()
        for (category, status), number in zip(fates, numbers, strict=True)
        for _ in range(number)
    ]
    rows = [
        [f"第{n}篇", unit, category, "2022-01-05" if status == "采用" else "", status, "2022-01-04"]
        for n, (unit, category, status) in enumerate(cells)
    ]
    ledger = [[*LEDGER[0], "投稿日期"], *rows]
    kept = [place for place, header in enumerate(ledger[0]) if header not in without]
    write_table(data / "2022H1" / "ledger.csv", [[row[place] for place in kept] for row in ledger])


def test_what_a_ledger_gives_is_held_against_the_table(data):
    """Where there is no column it is taken; where there is one, each difference is told."""
    put_sent(data)
    write_table(data / "2022H1" / "bureaus.csv", [[*row[:3], *row[4:]] for row in BUREAUS])

    assert [
        Fault("2022H1/towns.csv", 3, "报送", FaultKind.LEDGER_DIFFERS, "乙镇 报送 0",
              "4，即台账中的条数；请核对统计表和台账")
    ] == told(data)  # fmt: skip
    (data / "2022H1" / "towns.csv").unlink()
    assert {"甲镇": ["8"], "乙镇": ["4"], "丙局": ["9", "-1/2"]} == figures(data)


def test_a_ledger_may_lack_what_the_tables_give(data):
    """Its column is missed only by units that have the indicator in no table."""
    put_sent(data, without=["投稿日期"])

    assert EXPECTED == figures(data)
    lacking = Fault(
        "2022H1/ledger.csv", None, "投稿日期", FaultKind.MISSING_COLUMN, "“报送”按它统计",
        "一列“投稿日期”；别的写法可在 county.toml 的 [ledger.headers] 中声明；"
        "台账不登记的，去掉 county.toml 中“报送”的 ledger，在统计表中填写",
    )  # fmt: skip
    towns = data / "2022H1" / "towns.csv"
    write_table(towns, [row[:3] for row in TOWNS])
    assert [lacking] == told(data)
    towns.unlink()
    assert [lacking] == told(data)


def test_a_table_with_faults_is_not_missed_for_its_columns(data):
    """What its columns are is not known; only its own fault is told."""
    put_sent(data, without=["投稿日期"])
    (data / "2022H1" / "towns.csv").write_bytes(b"")

    assert [FaultKind.EMPTY_FILE] == [fault.kind for fault in told(data)]


def test_what_counts_for_no_indicator_is_told(data):
    """Beside the summary of the ledger, for the report's 数据质量."""
    put_sent(data)
    towns = data / "2022H1" / "towns.csv"
    towns.unlink()
    ledger = data / "2022H1" / "ledger.csv"
    ledger.write_text(ledger.read_text("utf-8").replace("2022-01-04", "", 1), "utf-8")
    notes = [note for file in load("2022H1", data).files for note in file.notes]

    assert "1行没有填写投稿日期，未计入报送" in notes


def test_groups_without_the_indicator_need_no_column(data):
    """Neither in their tables nor in the ledger."""
    put_sent(data, without=["投稿日期"])
    settings = (data / "county.toml").read_text("utf-8")
    limited = settings.replace('ledger = "submitted"', 'ledger = "submitted"\ngroups = ["towns"]')
    (data / "county.toml").write_text(limited, "utf-8")

    assert {**EXPECTED, "丙局": ["-1/2"]} == figures(data)
    write_table(data / "2022H1" / "bureaus.csv", [[*row[:3], *row[4:]] for row in BUREAUS])
    assert {**EXPECTED, "丙局": ["-1/2"]} == figures(data)
