"""Indicators in a release: open data, figures that are compared, revisions, verification."""

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from conftest import copy_data
from csvw import CSVW
from hypothesis import given
from hypothesis import strategies as st

from release.indicated import COUNTY, INDICATORS, SMALL
from zhashui_stats.comparison import History
from zhashui_stats.errors import MissingReason, UnreadableRelease
from zhashui_stats.model.articles import MADE_UP
from zhashui_stats.model.revisions import CellChange, Revision
from zhashui_stats.model.submissions import SourceFile
from zhashui_stats.release.composing import compose_circular, compose_definitions
from zhashui_stats.release.files import Release, figures_of, make_files
from zhashui_stats.release.folder import ReleaseFolder, read_release, write_folder
from zhashui_stats.release.issuing import compose_release, release_period
from zhashui_stats.release.open_data import (
    INDICATOR_COLUMNS,
    write_counts_csv,
    write_indicators_csv,
    write_indicators_csvw,
)
from zhashui_stats.release.verifying import check_release, compare_releases

ADDED = {"indicators.csv", "indicators.csv-metadata.json"}


def rows_of(content):
    """Return the rows of a table as text."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def validated(folder, now):
    """Read table and metadata by an independent library, as it finds them side by side."""
    (folder / "indicators.csv").write_bytes(write_indicators_csv(now))
    metadata = folder / "indicators.csv-metadata.json"
    metadata.write_bytes(write_indicators_csvw(now))
    return CSVW(str(folder / "indicators.csv"), md_url=str(metadata), validate=True)


def released(now, **more):
    """Return the files of a period's release."""
    return make_files(replace(compose_release([now], is_final=True), **more))


# --- Open data ----------------------------------------------------------------------------------


def test_one_row_for_every_unit_and_indicator_that_it_has():
    """In the order of the annexes, with the decimals that are printed; empty where undefined."""
    header, *rows = rows_of(write_indicators_csv(SMALL))
    first = ["2022H1", "towns", "镇办", "甲镇"]

    assert [*INDICATOR_COLUMNS] == header
    assert 3 * 8 + 3 * 9 == len(rows)
    assert [
        [*first, "submitted", "报送", "条", "8"],
        [*first, "rate", "采用率", "%", "37.5"],
        [*first, "points", "得分", "分", "6.28"],
    ] == rows[:3]
    assert ["2022H1", "towns", "镇办", "乙镇", "rate", "采用率", "%", ""] == rows[9]
    assert ["2022H1", "bureaus", "部门单位", "丁局", "bonus", "加分", "分", "-0.5"] == rows[27]


def test_counts_keep_their_table():
    """Whoever reads counts.csv finds what was there before: categories alone."""
    rows = rows_of(write_counts_csv(SMALL))

    assert {"category", "open", "news"} == {row[4] for row in rows}


def test_independent_library_gives_the_same_values(tmp_path):
    """Another implementation of CSVW finds the table valid: decimals, and none where undefined."""
    told = validated(tmp_path, SMALL)
    table = told.tablegroup.tables[0]

    assert told.is_valid
    assert [] == told.warnings
    assert table.check_primary_key()
    values = [row["value"] for row in table.iterdicts(strict=True)]
    assert [Decimal(8), Decimal("37.5"), Decimal("6.28")] == values[:3]
    assert values[9] is None
    assert Decimal("-0.5") == values[27]


def test_metadata_explain_each_indicator():
    """Unit, meaning in words and the formula itself stand in the notes; titles in both tongues."""
    metadata = json.loads(write_indicators_csvw(SMALL, status="最终"))
    columns = metadata["tableSchema"]["columns"]

    assert ("indicators.csv", "某县2022年上半年各单位各项指标", "最终") == (
        metadata["url"], metadata["dc:title"], metadata["schema:creativeWorkStatus"],
    )  # fmt: skip
    assert [*INDICATOR_COLUMNS] == [column["titles"]["en"] for column in columns]
    assert ("decimal", False) == (columns[-1]["datatype"], columns[-1]["required"])
    assert {
        "dc:identifier": "rate",
        "dc:title": "采用率",
        "dc:description": "采用率＝100×合计÷报送；合计按各项的合计数用同一公式计算；"
        "除数为0的没有意义，记作“—”，不是0；保留1位小数，四舍五入",
        "schema:unitText": "%",
        "schema:measurementTechnique": "100*total/submitted",
    } == metadata["notes"][1]
    assert "schema:measurementTechnique" not in metadata["notes"][0]


def test_made_up_indicators_are_said():
    """As those of the counts, the metadata say that figures are made up."""
    files = (SourceFile("towns.csv", "0" * 64, is_synthetic=True),)

    assert (
        MADE_UP == json.loads(write_indicators_csvw(replace(SMALL, files=files)))["dc:description"]
    )


@pytest.mark.parametrize("text", ["=1+1", "+甲", "-1", "@SUM(A1)", "＝1", '=甲,"乙"', "<b>&\n甲"])
def test_hostile_labels_and_units(text, tmp_path):
    """What a spreadsheet would calculate is guarded; whatever else it is, the table stays valid."""
    indicators = (replace(INDICATORS[0], label=text, unit=text), *INDICATORS[1:])
    now = replace(SMALL, county=replace(COUNTY, indicators=indicators))
    shown = text if text.startswith("<") else f"'{text}"

    assert {(shown, shown)} == {
        (row[5], row[6]) for row in rows_of(write_indicators_csv(now)) if row[4] == "submitted"
    }
    assert validated(tmp_path, now).is_valid


# --- The files ----------------------------------------------------------------------------------


def test_files_of_a_county_with_indicators():
    """Two files more, named in the metadata with what each indicator is; else none."""
    files = released(SMALL)
    plain = replace(
        SMALL, county=replace(COUNTY, indicators=(), assessment=None), figures={}
    )  # fmt: skip
    metadata = json.loads(files["metadata.json"])

    assert ADDED == files.keys() - released(plain).keys()
    assert files.keys() == metadata["files"].keys()
    assert [each.id for each in INDICATORS] == [each["id"] for each in metadata["indicators"]]
    assert "indicators" not in json.loads(released(plain)["metadata.json"])


def test_what_the_assessment_is_is_defined():
    """By which figure, within which units, from how much on; a county without has the others."""
    plain, assessed = (
        compose_definitions(replace(COUNTY, assessment=each)) for each in (None, COUNTY.assessment)
    )

    assert (
        ("考核名次", "按得分在各组内排列，并列的占同一名次，其后空出；没有意义的不排名次"),
        ("考核等次", "优秀：12.00分以上；良好：5.00分以上"),
    ) == assessed[len(plain):]  # fmt: skip
    assert plain == assessed[: len(plain)]


@given(st.integers(-(10**6), 10**6), st.integers(0, 99))
def test_figures_come_back_as_they_are_compared(tenths, submitted):
    """What is read of a release is what the same period gives: no revision without a change."""
    figures = {
        name: {**row, "submitted": submitted, **({"bonus": Fraction(tenths, 7)} if "bonus" in row
                                                 else {})}
        for name, row in SMALL.figures.items()
    }  # fmt: skip
    now = replace(SMALL, figures=figures)
    files = {
        "counts.csv": write_counts_csv(now), "indicators.csv": write_indicators_csv(now),
    }  # fmt: skip

    assert figures_of(now) == ReleaseFolder(Path("x"), files, {}).figures


@pytest.mark.parametrize("value", ["八", "1e3", "1_000", "--1", "1."])
def test_damaged_value_is_told(value):
    """A value that no release has written is none."""
    table = f"group_label,unit,indicator_label,value\n镇办,甲镇,得分,{value}\n".encode()
    files = {"counts.csv": write_counts_csv(SMALL), "indicators.csv": table}

    with pytest.raises(UnreadableRelease, match=r"indicators\.csv 缺失或已损坏"):
        _ = ReleaseFolder(Path("x"), files, {}).figures


def test_table_that_is_gone_is_told(tmp_path):
    """Where the checksums name it, a release without it has not simply no indicators."""
    folder = tmp_path / "release"
    write_folder(folder, released(SMALL))
    (folder / "indicators.csv").unlink()

    with pytest.raises(UnreadableRelease, match=r"indicators\.csv 缺失或已损坏"):
        _ = read_release(folder).figures


# --- Revisions ----------------------------------------------------------------------------------


def test_changed_indicator_is_marked_and_listed():
    """The annex's cell in Word and workbook bears the mark; the log keeps what was printed."""
    change = CellChange("镇办", "甲镇", "采用率", "—", "37.5")
    release = Release(
        SMALL, compose_circular(History((SMALL,))), (), number=2,
        revisions=(Revision(2, "补报", (change,)),),
    )  # fmt: skip
    files = make_files(release)
    book = openpyxl.load_workbook(io.BytesIO(files["annexes.xlsx"]))
    annex = release.marked.annexes[0]

    assert {(0, annex.figures.index("采用率"))} == annex.revised
    assert '0.0"[r]"' == book["附件1"]["G2"].number_format
    assert (2, "镇办 甲镇 采用率", "—", "37.5", "补报") == tuple(
        cell.value for cell in book["修订记录"][2]
    )
    assert [Revision(2, "补报", (change,))] == [
        Revision.of(record) for record in json.loads(files["revisions.json"])
    ]
    assert "镇办 甲镇 采用率：— → 37.5" == str(change)


@pytest.fixture
def data(tmp_path):
    """A data folder whose county has points by a formula, and grades."""
    folder = copy_data(tmp_path)
    add_points(folder, "2 * disclosure + 0.5 * news")
    return folder


def add_points(data, formula):
    """Declare points by a formula in county.toml, in the place of those before."""
    path = data / "county.toml"
    text = path.read_text(encoding="utf-8").split("\n# 考核\n")[0]
    path.write_text(
        f'{text}\n# 考核\n[[indicators]]\nid = "points"\nlabel = "得分"\nunit = "分"\n'
        f'decimals = 1\nformula = "{formula}"\n[assessment]\nby = "points"\n',
        encoding="utf-8",
    )


def test_indicator_is_released_revised_verified_and_compared(data, tmp_path):
    """A changed figure needs a reason as a changed count does; verify and diff hold it too."""
    folder = tmp_path / "release"
    release_period("2022H1", folder, data)
    assert [] == list(check_release(folder, data))
    add_points(data, "2 * disclosure + max(0.5 * news, 1)")
    with pytest.raises(MissingReason, match=r"镇办 .* 得分：.* → "):
        release_period("2022H1", folder, data)
    done = release_period("2022H1", folder, data, reason="计分办法调整")

    assert {"得分"} == {cell.category for cell in done.revision.cells}
    assert done.revision.cells == compare_releases(folder / "previous" / "1", folder).cells
    assert [] == list(check_release(folder, data))


def test_verify_tells_an_edited_indicator(data, tmp_path):
    """A value that somebody changed by hand is not what was released."""
    folder = tmp_path / "release"
    release_period("2022H1", folder, data)
    path = folder / "indicators.csv"
    path.write_bytes(path.read_bytes().replace(b",points,", b",p,", 1))

    assert ["indicators.csv：内容与发布时不同"] == list(check_release(folder, data))


def test_indicators_that_are_new_need_a_reason(tmp_path):
    """A release before had none: each figure came, and that is told."""
    data, folder = copy_data(tmp_path), tmp_path / "release"
    release_period("2022H1", folder, data)
    add_points(data, "disclosure")
    with pytest.raises(MissingReason, match="得分：（无） → "):
        release_period("2022H1", folder, data)


# --- Counties without indicators ----------------------------------------------------------------


EXPECTED = {
    "tables": ["f1294bef170e6907", "9b07e164df0fa045"],
    "sheets": ["615b12d2f55f2b15", "268bfecabb0d7055"],
    "data": ["54d9117cb7446d54", "96103d329598372b"],
}
"""Checksums' beginnings, taken before annexes could show indicators."""


def digest(content):
    """Return the beginning of a checksum."""
    return hashlib.sha256(content).hexdigest()[:16]


def test_county_without_indicators_gets_what_it_got(h1):
    """Annex tables, sheets and open data of 2022H1 are, byte for byte, those of before."""
    files = make_files(compose_release([h1], is_final=False))
    word = zipfile.ZipFile(io.BytesIO(files["circular.docx"])).read("word/document.xml")
    book = zipfile.ZipFile(io.BytesIO(files["annexes.xlsx"]))
    tables = re.findall(rb"<w:tbl>.*?</w:tbl>", word, re.DOTALL)
    sheets = [book.read(f"xl/worksheets/sheet{number}.xml") for number in (3, 4)]

    assert EXPECTED == {
        "tables": [*map(digest, tables)],
        "sheets": [*map(digest, sheets)],
        "data": [digest(files[name]) for name in ("counts.csv", "counts.csv-metadata.json")],
    }
