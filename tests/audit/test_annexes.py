"""A document's own annexes: their titles in both places, and their tables as a period."""

from dataclasses import replace
from pathlib import Path

import pytest

from zhashui_stats.audit.annexes import annex_titles, read_annexes
from zhashui_stats.audit.check import audit_circular
from zhashui_stats.audit.document import Document, read_document
from zhashui_stats.audit.findings import Verdict
from zhashui_stats.errors import FaultyData, UnreadableDocument
from zhashui_stats.model.county import Category, County, Group, Threshold
from zhashui_stats.model.formulas import Formula
from zhashui_stats.model.grading import Assessment
from zhashui_stats.model.indicators import Indicator
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading.county import read_county
from zhashui_stats.reading.roster import read_roster

PERIOD = Period.parse("2024H1")
SYNTHETIC = Path(__file__).parent / "synthetic.pdf"
COUNTY = County(
    "某县",
    "某县办公室",
    "篇",
    (Group("towns", "镇办"), Group("departments", "部门")),
    (
        Category("disclosure", "政务公开", ("政务公开类信息",)),
        Category("news", "政务动态", ("政务动态信息",)),
    ),
)
TOWNS = Roster((Unit("甲镇", "towns"), Unit("乙街办", "towns")))
ROSTER = Roster(
    (
        *TOWNS.units,
        *(Unit(name, "departments") for name in ("发改局", "水利局", "农行", "退役军人事务局")),
    )
)

TABLES = """\
附件1
镇办统计表
序号\t投稿单位\t政务公开类信息（篇）\t政务动态信息（篇）
1\t甲镇\t2\t3
2\t乙街办\t\t4
3\t合计\t2\t7
附件2
部门统计表
投稿单位\t政务公开\t政务动态\t投稿单位\t政务公开\t政务动态
发改局\t5\t1\t农 行\t0\t0
县水利局\t1\t0\t退役军人事务局\t2\t6
\t\t\t合计\t8\t7
"""
COUNTS = {
    "甲镇": (2, 3),
    "乙街办": (0, 4),
    "发改局": (5, 1),
    "水利局": (1, 0),
    "农行": (0, 0),
    "退役军人事务局": (2, 6),
}


def document(folder: Path, text: str) -> Document:
    path = folder / "通报.txt"
    path.write_text(text, "utf-8")
    return read_document(path)


INDICATED = replace(
    COUNTY,
    indicators=(
        Indicator("sent", "报送", "条", includes="total"),
        Indicator("rate", "采用率", "%", formula=Formula.parse("100 * total / sent")),
    ),
    thresholds=(Threshold("towns", "sent", at_least=3), Threshold("towns", "news", at_least=3)),
    assessment=Assessment("rate"),
)


@pytest.mark.parametrize("columns", [(), ("报送", "采用率"), ("报送",), ("采用率",)])
def test_indicators_are_nothing_to_the_audit(tmp_path: Path, columns: tuple[str, ...]) -> None:
    """Their columns may be there or not, and hold what they will: counts alone are read."""
    lines = TABLES.splitlines()
    cells = [columns, *[("不详",) * len(columns)] * 3]
    lines[2:6] = ["\t".join((line, *more)) for line, more in zip(lines[2:6], cells, strict=True)]
    points = "附件3\n得分表\n投稿单位\t得分\t采用率\n甲镇\t3\t90%\n乙街办\t5\t99%\n"
    circular = document(tmp_path, "\n".join(lines) + "\n" + points)
    now = read_annexes(circular, INDICATED, ROSTER, PERIOD)
    audit = audit_circular(circular, now, roster=ROSTER, county=INDICATED, period=PERIOD)

    assert {name: tuple(row.values()) for name, row in now.counts.items()} == COUNTS
    assert (now.county.indicators, now.county.assessment) == ((), None)
    assert now.county.thresholds == INDICATED.thresholds[1:]
    assert not [found for found in audit.findings if found.verdict is Verdict.DIFFERS]


def read(folder: Path, text: str) -> Submissions:
    return read_annexes(document(folder, text), COUNTY, ROSTER, PERIOD)


def counts(submissions: Submissions) -> dict[str, tuple[int, ...]]:
    return {unit: tuple(row.values()) for unit, row in submissions.counts.items()}


def titles(folder: Path, text: str) -> tuple[list[tuple[int | None, str]], ...]:
    """Return number and title of the noted and of the headed annexes; spans must be exact."""
    read = document(folder, text)
    found = annex_titles(read)
    for title in (*found.noted, *found.headed):
        words = "".join(read.text[title.start : title.end].split("\n"))
        assert title.title == words.replace("\u3000", "")
    return tuple(
        [(entry.number, entry.title) for entry in part] for part in (found.noted, found.headed)
    )


# --- Titles -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("附件：1. 镇办统计表\n2. 部门统计表\n", [(1, "镇办统计表"), (2, "部门统计表")]),
        ("- 附件：1.2024年镇办表\n2.部门统计表\n", [(1, "2024年镇办表"), (2, "部门统计表")]),
        ("　　附件:１．镇办统计表\n　　２．部门统计表\n", [(1, "镇办统计表"), (2, "部门统计表")]),
        ("附件：\n1、镇办统计表\n2、部门统计表\n", [(1, "镇办统计表"), (2, "部门统计表")]),
        ("附件：1. 镇办统计表  2. 部门统计表\n", [(1, "镇办统计表"), (2, "部门统计表")]),
        ("附件1：镇办统计表\n附件2：部门统计表\n", [(1, "镇办统计表"), (2, "部门统计表")]),
        ("附件一：镇办统计表\n附件二：部门统计表\n", [(1, "镇办统计表"), (2, "部门统计表")]),
        ("附件：镇办统计表\n", [(None, "镇办统计表")]),
        ("附件：1. 镇办情\n况表\n\n2. 部门统\n计表\n", [(1, "镇办情况表"), (2, "部门统计表")]),
        ("附件：1. 镇办采用情况\n2. 部门采用情况\n", [(1, "镇办采用情况"), (2, "部门采用情况")]),
        ("", []),
    ],
)  # fmt: skip
def test_note(note, expected, tmp_path):
    """The note gives numbers and titles, however it is set; signature and date end it."""
    text = f"正文见\n附件1）。\n{note}某县办公室\n2024年7月1日\n"

    assert (expected, []) == titles(tmp_path, text)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("附件1\n镇办统计表\n", (1, "镇办统计表")),
        ("附 件 １\n\n　　镇办统计表\n（单位：篇）\n", (1, "镇办统计表")),
        ("附件一\n镇办统计表\n", (1, "镇办统计表")),
        ("附件\n镇办统计表\n", (None, "镇办统计表")),
        ("附件：\n镇办统计表\n", (None, "镇办统计表")),
        ("\f附件1：镇办统计表\n", (1, "镇办统计表")),
        ("附件1 2024年镇办统计表\n", (1, "2024年镇办统计表")),
        ("附件1\n2024年镇办\n统计表\n单位：篇\n", (1, "2024年镇办统计表")),
    ],
)  # fmt: skip
def test_annex_page(heading, expected, tmp_path):
    """The annex page gives its number, alone on its line or with the title, and its title."""
    table = "单位\t政务公开\t政务动态\n甲镇\t2\t3\n乙街办\t0\t4\n"
    text = f"附件：1. 镇办表\n\n某县办公室\n2024年7月1日\n\n{heading}{table}"

    assert ([(1, "镇办表")], [expected]) == titles(tmp_path, text)


def test_annex_without_table(tmp_path):
    """An annex of prose has the first line below its number for a title."""
    text = "附件：1. 考核办法\n\n附件1\n考核办法\n第一条 为做好工作，制定本办法。\n"

    assert ([(1, "考核办法")], [(1, "考核办法")]) == titles(tmp_path, text)


# --- Tables -------------------------------------------------------------------------------------


def test_tables_as_a_period(tmp_path):
    """Each table counts for the group whose units it names; blanks are 0, totals are checked."""
    submissions = read(tmp_path, f"正文\n\n{TABLES}")

    assert COUNTS == counts(submissions)
    assert PERIOD == submissions.period
    assert "通报.txt的附件" == submissions.source["transcribed_from"]
    assert [("通报.txt", 6, 4)] == [
        (file.path, file.units, file.totals) for file in submissions.files
    ]


def test_tables_copied_from_pdf(tmp_path):
    """The tables read as well where copying left spaces for tabs."""
    filled = TABLES.replace("\t\t4", "\t0\t4").replace("\t\t\t合计", "合计")

    assert COUNTS == counts(read(tmp_path, filled.replace("\t", " ")))


@pytest.mark.parametrize(
    "header",
    [
        "序 投稿 政务公开 政务动态\n号 单位 类信息 信息\n",
        "序号\n投稿单位\n政务公开\n类信息\n（篇）\n政务动态信息（篇）\n",
    ],
)
def test_header_broken_over_lines(header, tmp_path):
    """A header whose cells copying broke is put together, side by side or one below another."""
    text = f"附件1\n镇办统计表\n{header}1 甲镇 2 3\n2 乙街办 0 4\n合计 2 7\n"
    submissions = read_annexes(document(tmp_path, text), COUNTY, TOWNS, PERIOD)

    assert {"甲镇": (2, 3), "乙街办": (0, 4)} == counts(submissions)


def test_table_goes_on_after_a_page_break(tmp_path):
    """A table without a header goes on with the one before; a table of ranks is no annex."""
    row = "县水利局\t1\t0\t退役军人事务局\t2\t6\n"
    ranks = "名次\t单位\t得分\n1\t发改局\t99\n2\t水利局\t98\n"
    text = TABLES.replace(row, f"\n续表\n{row}") + f"附件3\n得分表\n{ranks}"

    assert COUNTS == counts(read(tmp_path, text))


def test_pdf():
    """The annex of a PDF reads by its rules."""
    submissions = read_annexes(read_document(SYNTHETIC), COUNTY, TOWNS, PERIOD)

    assert {"甲镇": (2, 3), "乙街办": (3, 4)} == counts(submissions)


def test_remains_of_a_broken_table_are_no_prose(tmp_path):
    """What cannot be put together is left out of the prose, and its units are told as missing."""
    text = (
        "附件1\n镇办统计表\n序号 投稿单位 政务公开 政务动态\n1 甲镇 2 3\n2 丙镇 1 1\n"
        "3\n乙街\n办\n0 4\n\n说明：数据截至6月底。\n"
    )
    read_text = document(tmp_path, text)
    with pytest.raises(FaultyData, match="缺少单位（乙街办）"):
        read_annexes(read_text, COUNTY, TOWNS, PERIOD)

    last = read_text.tables[-1]
    assert "3\n乙街\n办\n0 4" == read_text.text[last.start : last.end]


def test_faults_name_the_line(tmp_path):
    """All faults of the tables come at once, each with the line of the text."""
    text = f"正文\n\n{TABLES}".replace("甲镇\t2", "甲镇\t9").replace("发改局\t5", "发展局\t5")
    with pytest.raises(FaultyData) as caught:
        read(tmp_path, text)

    expected = [
        ("通报.txt", 8, "政务公开类信息（篇）", "total_differs"),
        ("通报.txt", 12, "投稿单位", "unknown_unit"),
    ]
    faults = [
        (fault.file, fault.row, fault.column, fault.kind.value) for fault in caught.value.faults
    ]
    assert expected == faults


def test_missing_annex(tmp_path):
    """A group without a table is a fault; a document without any table cannot be read so."""
    with pytest.raises(FaultyData, match="附件中有“部门”的统计表"):
        read(tmp_path, TABLES[: TABLES.index("附件2")])
    with pytest.raises(UnreadableDocument, match="里面没有各单位的附件统计表"):
        read(tmp_path, "正文，没有附件。")


def test_endless_table(tmp_path):
    """A table longer than any annex is refused."""
    with pytest.raises(UnreadableDocument, match="附件的统计表过长"):
        read(tmp_path, TABLES + "甲镇\t1\t1\t乙街办\t1\t1\n" * 4000)


# --- The real circular --------------------------------------------------------------------------


def test_real_circular(h1, root):
    """The published circular's annexes give the counts that were transcribed by hand."""
    path = root.parent / "shared" / "seed" / "zhashui-2022H1-circular.txt"
    if not path.is_file():
        pytest.skip("the published circular is not at hand")
    county = read_county(root / "data" / "county.toml")
    roster = read_roster(root / "data" / "units.csv", county)
    circular = read_document(path)
    found = annex_titles(circular)

    assert h1.counts == read_annexes(circular, county, roster, h1.period).counts
    assert (
        [1, 2]
        == [title.number for title in found.noted]
        == [title.number for title in found.headed]
    )
    noted, headed = found.noted[0].title, found.headed[0].title
    assert "网络" in noted
    assert noted.replace("网络", "网站") == headed
