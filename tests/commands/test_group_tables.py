"""The group tables as files: their format, and that all of them are written or none."""

import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhashui_stats.commands.group_tables import (
    SYNTHETIC_TITLE,
    format_group_table,
    format_group_tables,
    write_group_tables,
)
from zhashui_stats.errors import OutputError
from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading.annex import Names, read_annex
from zhashui_stats.reading.blocks import Headings
from zhashui_stats.reading.sheets import read_sheet

COUNTY = County(
    "某县", "某县政府办", "篇",
    groups=(Group("towns", "镇办"), Group("bureaus", "部门")),
    categories=(Category("open", "政务公开"), Category("news", "政务动态")),
)  # fmt: skip
TOWNS = (Unit("甲镇", "towns"), Unit('乙,"镇"', "towns"))
ROSTER = Roster((*TOWNS, Unit("A局", "bureaus")))
COUNTS = {
    "甲镇": {"open": 1, "news": 20},
    '乙,"镇"': {"open": 0, "news": 3},
    "A局": {"news": 5, "open": 4},
}
NEW = {"towns.csv": b"new towns", "bureaus.csv": b"new bureaus"}
OLD = {"towns.csv": b"old towns", "bureaus.csv": b"old bureaus"}


def contents(folder: Path) -> dict[str, bytes]:
    """Return name -> content of all that stands in a folder, hidden files included."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def names(folder: Path) -> list[str]:
    """Return the names of all that stands in a folder, hidden ones included."""
    return sorted(path.name for path in folder.iterdir())


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    """Make a folder with some files."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_a_counted_table() -> None:
    """Numbered units in the roster's order, categories in the county's, and a total row."""
    lines = format_group_table(COUNTY, TOWNS, COUNTS).decode("utf-8-sig").split("\r\n")

    assert lines == [
        "序号,投稿单位,政务公开,政务动态",
        "1,甲镇,1,20",
        '2,"乙,""镇""",0,3',
        ",合计,1,23",
        "",
    ]


def test_a_blank_table() -> None:
    """Without counts no cell holds a figure, nor does the total row declare one."""
    lines = format_group_table(COUNTY, TOWNS[:1]).decode("utf-8-sig").split("\r\n")

    assert lines == ["序号,投稿单位,政务公开,政务动态", "1,甲镇,,", ",合计,,", ""]


INDICATED = replace(
    COUNTY,
    indicators=(
        Indicator("sent", "报送", "条"),
        Indicator("rate", "采用率", "%", formula=Formula.parse("100 * total / sent")),
        Indicator("bonus", "加分", "分", decimals=2, negative=True, groups=("towns",)),
        Indicator("visits", "走访", "次", groups=("bureaus",)),
    ),
)


def test_columns_of_indicators() -> None:
    """The counted ones of the group, after the categories; formulas are not filled in."""
    files = format_group_tables(INDICATED, ROSTER)

    assert {
        name: content.decode("utf-8-sig").split("\r\n")[:2] for name, content in files.items()
    } == {
        "towns.csv": ["序号,投稿单位,政务公开,政务动态,报送,加分", "1,甲镇,,,,"],
        "bureaus.csv": ["序号,投稿单位,政务公开,政务动态,报送,走访", "1,A局,,,,"],
    }


def test_amounts_of_indicators() -> None:
    """What is known is written in plain decimals and added up; the other columns stay blank."""
    sums = {name: {**row, "bonus": Fraction(-5, 4), "rate": 3} for name, row in COUNTS.items()}
    lines = format_group_table(INDICATED, TOWNS, sums).decode("utf-8-sig").split("\r\n")

    assert lines[1:] == [
        "1,甲镇,1,20,,-1.25", '2,"乙,""镇""",0,3,,-1.25', ",合计,1,23,,-2.50", "",
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(-999, 999)), min_size=2, max_size=2))
def test_a_table_reads_back(amounts: list[tuple[int, int]]) -> None:
    """Counts and amounts come back as they were, and the total row agrees."""
    units = (Unit("甲镇", "towns"), Unit("乙镇", "towns"))
    rows = {
        unit.name: {"open": 1, "news": 2, "sent": sent, "bonus": Fraction(bonus, 100)}
        for unit, (sent, bonus) in zip(units, amounts, strict=True)
    }
    content, group = format_group_table(INDICATED, units, rows), INDICATED.groups[0]
    headings, names = Headings(INDICATED, group.id), Names(Roster(units), Period.parse("2022"))
    sheet = read_sheet(content, "towns.csv", headings.score)
    annex = read_annex(sheet.rows, "towns.csv", group, headings, names)

    assert annex.faults == []
    assert rows == {name: {**annex.counts[name], **annex.figures[name]} for name in annex.counts}
    assert annex.totals == 4


@pytest.mark.parametrize("counts", [None, COUNTS])
@pytest.mark.parametrize("title", ["", SYNTHETIC_TITLE])
def test_excel_opens_it_as_utf8(counts: dict[str, dict[str, int]] | None, title: str) -> None:
    """A BOM, which stands once and first, tells the encoding; every line ends with CRLF."""
    content = format_group_table(COUNTY, TOWNS, counts, title)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == 4 + bool(title)


def test_a_title_stands_above_the_header() -> None:
    """What is made up says so in the first line."""
    lines = format_group_table(COUNTY, TOWNS, COUNTS, SYNTHETIC_TITLE).decode("utf-8-sig")

    assert lines.split("\r\n")[:2] == [
        "合成数据：由合成台账统计而成，仅供试用，不是真实情况",
        "序号,投稿单位,政务公开,政务动态",
    ]


def test_one_table_for_each_group() -> None:
    """They are named by the groups' ids, in the order of the annexes; each adds up on its own."""
    files = format_group_tables(COUNTY, ROSTER, COUNTS)

    assert list(files) == ["towns.csv", "bureaus.csv"]
    assert files["towns.csv"] == format_group_table(COUNTY, TOWNS, COUNTS)
    assert files["bureaus.csv"].decode("utf-8-sig").endswith("1,A局,4,5\r\n,合计,4,5\r\n")


def test_a_group_without_units_has_no_table() -> None:
    """Nothing is written for it."""
    assert list(format_group_tables(COUNTY, Roster(TOWNS), COUNTS)) == ["towns.csv"]


def test_a_new_folder(tmp_path: Path) -> None:
    """The folder is made, with those above it, and nothing else is left beside."""
    folder = tmp_path / "out" / "deep" / "2022H1"
    write_group_tables(NEW, folder)

    assert contents(folder) == NEW
    assert names(folder.parent) == ["2022H1"]


def test_a_folder_that_holds_other_files(tmp_path: Path) -> None:
    """They stay as they are; the tables come beside them without ``force``."""
    folder = fill(tmp_path / "2022H1", {"ledger.csv": b"x", "remarks.md": b"y"})
    write_group_tables(NEW, folder)

    assert contents(folder) == {**NEW, "ledger.csv": b"x", "remarks.md": b"y"}


def test_tables_that_are_there_are_kept(tmp_path: Path) -> None:
    """One is enough for none to be written; the message names it and the way to replace it."""
    folder = fill(tmp_path / "2022H1", {"bureaus.csv": b"old"})
    with pytest.raises(OutputError) as caught:
        write_group_tables(NEW, folder)

    assert str(caught.value) == (
        f"{folder} 中已有 bureaus.csv，没有改动；要用台账的统计结果覆盖，请加 --force"
    )
    assert contents(folder) == {"bureaus.csv": b"old"}


def test_tables_are_replaced_by_force(tmp_path: Path) -> None:
    """With ``force`` all are new, and no temporary file stays."""
    folder = fill(tmp_path / "2022H1", OLD)
    write_group_tables(NEW, folder, force=True)

    assert contents(folder) == NEW


@pytest.mark.parametrize(
    "name", ["towns.xlsx", "towns.XLS", "bureaus.et", "towns.CSV", "镇办.xlsx"]
)
@pytest.mark.parametrize("force", [False, True])
def test_the_same_table_in_another_file(tmp_path: Path, name: str, *, force: bool) -> None:
    """Two files for one group would be a fault of the data: nothing is written, even by force."""
    folder = fill(tmp_path / "2022H1", {name: b"old"})
    if (folder / "towns.csv").exists():
        pytest.skip("这个文件系统不分大小写")
    groups = [Group("towns", "镇办"), Group("bureaus", "部门")]
    with pytest.raises(OutputError) as caught:
        write_group_tables(NEW, folder, force=force, groups=groups)

    assert str(caught.value) == (f"{folder} 中已有 {name}，同一张表只能有一个文件；请先把它移走")
    assert contents(folder) == {name: b"old"}


def test_a_folder_in_the_place_of_a_table(tmp_path: Path) -> None:
    """It is named and nothing is changed, not even the table that could be replaced."""
    folder = fill(tmp_path / "2022H1", {"towns.csv": b"old"})
    (folder / "bureaus.csv").mkdir()
    with pytest.raises(OutputError) as caught:
        write_group_tables(NEW, folder, force=True)

    assert str(caught.value) == f"{folder / 'bureaus.csv'} 是文件夹，不是统计表；请先把它移走"
    assert (folder / "towns.csv").read_bytes() == b"old"
    assert names(folder) == ["bureaus.csv", "towns.csv"]


@pytest.mark.parametrize("place", ["2022H1", "file/2022H1", "link"])
def test_no_folder_can_stand_there(tmp_path: Path, place: str) -> None:
    """A file on the way, or a link to nowhere, is left alone, and the message says what it is."""
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    (tmp_path / "2022H1").write_text("x", "utf-8")
    before = names(tmp_path)
    with pytest.raises(OutputError, match=r"^无法(新建|写入) .*（.+）；请检查磁盘空间和写入权限$"):
        write_group_tables(NEW, tmp_path / place)

    assert names(tmp_path) == before
    assert (tmp_path / "file").read_text("utf-8") == "x"


def test_the_file_on_the_way_is_named(tmp_path: Path) -> None:
    """Where --out is a file, it is not the period's folder that is in the way."""
    out = tmp_path / "out"
    out.write_text("x", "utf-8")
    with pytest.raises(OutputError) as caught:
        write_group_tables(NEW, out / "2022H1")

    assert str(caught.value) == (
        f"无法新建 {out / '2022H1'}（{out} 不是文件夹）；请检查磁盘空间和写入权限"
    )


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    """What fails at the second table leaves neither the first nor a folder."""
    files = {"towns.csv": b"new", f"{'b' * 300}.csv": b"new"}
    with pytest.raises(OutputError, match="名称或路径过长"):
        write_group_tables(files, tmp_path / "2022H1")

    assert names(tmp_path) == []


@pytest.mark.parametrize("force", [False, True])
def test_a_name_that_is_too_long_for_a_folder_that_is_there(tmp_path: Path, *, force: bool) -> None:
    """What fails at the second table leaves the first as it was, and no temporary file."""
    folder = fill(tmp_path / "2022H1", {"towns.csv": b"old"} if force else {})
    before = contents(folder)
    with pytest.raises(OutputError, match="名称或路径过长"):
        write_group_tables({"towns.csv": b"new", f"{'b' * 300}.csv": b"new"}, folder, force=force)

    assert contents(folder) == before


PROGRAM = """
import sys
from pathlib import Path
from zhashui_stats.errors import OutputError
from zhashui_stats.commands.group_tables import write_group_tables
try:
    write_group_tables({"towns.csv": b"new", "bureaus.csv": b"new"}, Path("2022H1"), force=True)
except OutputError as error:
    sys.exit(str(error))
"""
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有这些权限")


def run_restrained(folder: Path) -> str:
    """Write to 2022H1 as one whom permissions bind, also where root runs the tests; say what."""
    setpriv = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner"]
    command = [*(setpriv if os.geteuid() == 0 else []), sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.stderr


@needs_posix
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    """The tables in it stay, and the reason is told."""
    folder = fill(tmp_path / "2022H1", OLD)
    folder.chmod(0o555)
    said = run_restrained(tmp_path)
    folder.chmod(0o755)

    assert said == "无法写入 2022H1（没有权限）；请检查磁盘空间和写入权限\n"
    assert contents(folder) == OLD


@needs_posix
def test_a_place_where_no_folder_may_be_made(tmp_path: Path) -> None:
    """No folder, and no part of one, is left."""
    tmp_path.chmod(0o555)
    said = run_restrained(tmp_path)
    tmp_path.chmod(0o755)

    assert said == "无法新建 2022H1（没有权限）；请检查磁盘空间和写入权限\n"
    assert names(tmp_path) == []


@needs_posix
@pytest.mark.parametrize("before", [OLD, {"bureaus.csv": OLD["bureaus.csv"]}])
def test_a_table_that_is_held(tmp_path: Path, before: dict[str, bytes]) -> None:
    """Where the second table cannot be replaced, the first is again as it was, or is not there."""
    if os.geteuid() != 0:
        pytest.skip("只有管理员能把文件交给别人")
    folder = fill(tmp_path / "2022H1", before)
    # In a folder with the sticky bit, only its owner replaces a file.
    folder.chmod(0o1777)
    for path in (folder, folder / "bureaus.csv"):
        os.chown(path, 1, 1)
    said = run_restrained(tmp_path)

    assert said == "无法写入 2022H1/bureaus.csv（系统不允许这样做）；请检查磁盘空间和写入权限\n"
    assert contents(folder) == before
