"""A table reads back the same in whatever of the accepted shapes it is written."""

import csv
import io
import itertools

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from zhashui_stats.model.county import Category, County, Group
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading.annex import Names, read_annex
from zhashui_stats.reading.blocks import Headings
from zhashui_stats.reading.sheets import read_sheet

LABELS = ("政务公开", "政策解读", "政务动态")
UNITS = tuple(f"{letter}{kind}" for letter in "东西南北中" for kind in ("河镇", "山镇"))
TOWNS = Group("towns", "镇办")
COUNTY = County(
    "某县", "某县政府办", "篇", (TOWNS,), tuple(Category(label, label) for label in LABELS)
)
HEADINGS = Headings(COUNTY, "towns")
NAMES = Names(Roster(tuple(Unit(name, "towns") for name in UNITS), "某县"), Period.parse("2022H1"))

COUNTS = st.lists(
    st.lists(st.integers(0, 99_999), min_size=3, max_size=3), min_size=10, max_size=10
)
SHAPES = st.fixed_dictionaries({
    "serial": st.booleans(), "split": st.booleans(), "total": st.booleans(),
    "blocks": st.booleans(), "title": st.booleans(), "unit_row": st.booleans(),
    "declared": st.sampled_from(["", "合计", "共计", "全县合计", "镇办合计"]),
    "name": st.sampled_from(["{}", "某县{}", "{}\u200b", " {} ", "县{}"]),
    "write": st.sampled_from([str, "{:,}".format, "{}.0".format, "{}\u200e".format, int]),
    "ending": st.sampled_from([",", "\t", ";", ".xlsx"]),
    "encoding": st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
})  # fmt: skip


def grid(counts, shape):
    """Lay counts out as rows of cells."""
    lines = []
    for number, (name, row) in enumerate(zip(UNITS, counts, strict=True), 1):
        cells = [shape["name"].format(name), *map(shape["write"], row)]
        lines.append([*[number] * shape["serial"], *cells, *[sum(row)] * shape["total"]])
    lead = ["序号"] * shape["serial"]
    top = [*lead, "投稿单位", *LABELS, *["合计"] * shape["total"]]
    blank = [""] * len(top)
    headers = [top]
    if shape["split"]:
        upper = [cell if cell not in LABELS else "" for cell in top]
        lower = [cell if cell in LABELS else "" for cell in top]
        upper[len(lead) + 1] = "报送篇数"
        headers = [upper, lower]
    if shape["unit_row"]:
        headers.append([cell and "篇" if cell in LABELS else "" for cell in top])
    if shape["blocks"]:
        headers = [header * 2 for header in headers]
        lines = [[*left, *right] for left, right in zip(lines[:5], lines[5:], strict=True)]
    rows = [["某县统计表"]] * shape["title"] + headers + lines
    if shape["declared"]:
        sums = [sum(column) for column in zip(*counts, strict=True)]
        row = [*[""] * shape["serial"], shape["declared"], *sums, *[sum(sums)] * shape["total"]]
        rows.append([*row, *blank] if shape["blocks"] else row)
    return rows


def written(rows, shape):
    """Write rows as a text or a workbook."""
    if shape["ending"] == ".xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue(), "towns.xlsx"
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=shape["ending"]).writerows(rows)
    return text.getvalue().encode(shape["encoding"]), "towns.csv"


@given(COUNTS, SHAPES)
def test_every_shape_reads_back(counts, shape):
    """Serial numbers, headers over rows, blocks, totals and spellings change no count."""
    content, file = written(grid(counts, shape), shape)
    sheet = read_sheet(content, file, HEADINGS.score)
    annex = read_annex(
        sheet.rows, file, TOWNS, HEADINGS, NAMES, widths=sheet.widths, layout=sheet.layout
    )

    assert [] == annex.faults
    assert {name: tuple(row) for name, row in zip(UNITS, counts, strict=True)} == {
        name: tuple(row.values()) for name, row in annex.counts.items()
    }


@given(COUNTS, SHAPES, st.integers(0, 9), st.integers(0, 2), st.integers(1, 9))
def test_a_changed_count_is_told_where_totals_are(counts, shape, unit, column, more):
    """With a declared total, or a column of totals, no other count passes unseen."""
    shape |= {"declared": shape["declared"] or "合计"}
    rows = grid(counts, shape)
    told = [list(row) for row in counts]
    told[unit][column] += more
    changed = grid(told, shape)
    # The totals are those of the sound counts.
    last = rows[-1] if shape["declared"] else changed[-1]
    content, file = written([*changed[:-1], last], shape)
    sheet = read_sheet(content, file, HEADINGS.score)
    annex = read_annex(sheet.rows, file, TOWNS, HEADINGS, NAMES, widths=sheet.widths)

    assert "total_differs" in {fault.kind.value for fault in annex.faults}


def test_all_flags_together():
    """Every combination of layouts is tried, with plain cells."""
    counts = [[number, 2 * number, 0] for number in range(10)]
    flags = ("serial", "split", "total", "blocks", "title", "unit_row")
    for chosen in itertools.product([False, True], repeat=len(flags)):
        shape = dict(zip(flags, chosen, strict=True))
        shape |= {
            "declared": "共计",
            "name": "{}",
            "write": str,
            "ending": ",",
            "encoding": "utf-8",
        }
        content, file = written(grid(counts, shape), shape)
        sheet = read_sheet(content, file, HEADINGS.score)
        annex = read_annex(sheet.rows, file, TOWNS, HEADINGS, NAMES, widths=sheet.widths)

        assert ([], 10) == (annex.faults, len(annex.counts)), shape
