"""Merged cells of a ledger, and rows that count though nobody sees them."""

import pytest
from data_folders import COUNTS, COUNTY, UNITS, counts, put, read_file
from office import COVERED, Cell, Row, save_by_office
from openpyxl import Workbook

from zhashui_stats.loading import load_period

HEAD = ["标题", "投稿单位", "类别", "发布日期", "状态"]


@pytest.fixture
def ledgers(tmp_path):
    """A data folder with a period that has no tables."""
    (tmp_path / "county.toml").write_text(COUNTY, "utf-8")
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    (tmp_path / "2022H1").mkdir()
    return tmp_path


def article(title, unit, category="政务公开", day="2022-01-05"):
    return [title, unit, category, day, "采用"]


@pytest.mark.parametrize("more", [[], ["=1+1"], ["#N/A"]])
def test_a_unit_merged_over_its_articles(ledgers, more):
    """The merged value holds for each of its rows, however the workbook is read."""
    book = Workbook()
    for row in (
        HEAD, article("甲", "东河镇"), article("乙", None, None), article("丙", None, "政务动态"),
        article("丁", "西山镇", None),
    ):  # fmt: skip
        book.active.append([*row, *more])
    for area in ("B2:B4", "C2:C3", "C4:C5", "A1:A1"):
        book.active.merge_cells(area)
    book.save(ledgers / "2022H1/ledger.xlsx")
    now = load_period("2022H1", ledgers)
    [note] = [note for note in read_file(ledgers, "ledger.xlsx").notes if "合并" in note]

    assert ((2, 1), (0, 1)) == tuple(
        tuple(now.counts[unit].values()) for unit in ("东河镇", "西山镇")
    )
    assert "第2—3、2—4、4—5行有合并的单元格，合并的值各行都算" == note


def test_a_ledger_of_libreoffice(ledgers):
    """Merged units, dates in Chinese, a filter that hides a row."""
    day = Cell("2022-01-05", shown="chinese")
    save_by_office(ledgers / "2022H1/ledger.xlsx", {"台账": [
        [Cell("某县投稿台账", across=5), *[COVERED] * 4], HEAD,
        article("甲", Cell("东河镇", down=2), day=day), article("乙", COVERED, day=day),
        Row(article("丙", "西山镇", day=Cell("2022-02-06", shown="weekday")), "filter"),
    ]}, filtered="台账.A2:台账.E5")  # fmt: skip
    now = load_period("2022H1", ledgers)

    assert ((2, 0), (1, 0)) == tuple(
        tuple(now.counts[unit].values()) for unit in ("东河镇", "西山镇")
    )
    assert {"第3—4行有合并的单元格，合并的值各行都算", "第5行被筛选或隐藏，照样计入"} <= set(
        read_file(ledgers, "ledger.xlsx").notes
    )


@pytest.mark.parametrize(("hidden", "note"), [
    ([3], "第3行是隐藏的，照样计入"), ([2, 4], "第2、4行是隐藏的，照样计入"), ([1, 9], None),
])  # fmt: skip
def test_hidden_rows_of_a_table(data, hidden, note):
    """They count, and are named; rows without anything are not."""
    (data / "2022H1/towns.csv").unlink()
    book = Workbook()
    for row in ([HEAD[1], "政务公开", "政务动态"], *([name, *COUNTS[name]] for name in COUNTS)):
        book.active.append(row)
    for number in hidden:
        book.active.row_dimensions[number].hidden = True
    book.save(data / "2022H1/towns.xlsx")

    assert COUNTS == counts(data)
    assert ((note,) if note else ()) == read_file(data, "towns.xlsx").notes


def test_a_table_without_a_layout(data):
    """A text has none."""
    put(data, [["投稿单位", "政务公开", "政务动态"], *([name, *COUNTS[name]] for name in COUNTS)])

    assert () == read_file(data, "towns.csv").notes
