"""counts.csv and its CSVW metadata: what stands in them, and that an independent reader agrees."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from conftest import build_submissions
from csvw import CSVW
from hypothesis import given, settings
from hypothesis import strategies as st

from release.released import read_counts_csv
from zhashui_stats.model.articles import MADE_UP
from zhashui_stats.model.submissions import SourceFile
from zhashui_stats.model.units import Roster
from zhashui_stats.release.open_data import guard_text, write_counts_csv, write_csvw

GRID = {"镇办": {"甲镇": (1, 0, 2)}, "部门单位": {"乙局": (0, 0, 30)}}


def rows_of(content):
    """Return the rows of a table as text."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def validated(folder, now, content=None):
    """Read table and metadata by an independent library, as it finds them side by side."""
    (folder / "counts.csv").write_bytes(content or write_counts_csv(now))
    metadata = folder / "counts.csv-metadata.json"
    metadata.write_bytes(write_csvw(now))
    return CSVW(str(folder / "counts.csv"), md_url=str(metadata), validate=True)


# --- The table ----------------------------------------------------------------------------------


def test_one_row_for_every_unit_and_category(build):
    """The table is tidy and complete, zeros included, in the order of the annexes."""
    header, *rows = rows_of(write_counts_csv(build(GRID)))

    assert [
        "period",
        "group",
        "group_label",
        "unit",
        "category",
        "category_label",
        "count",
    ] == header
    assert [
        ["2022H1", "镇办", "镇办", "甲镇", "政务公开", "政务公开", "1"],
        ["2022H1", "镇办", "镇办", "甲镇", "政策解读", "政策解读", "0"],
        ["2022H1", "镇办", "镇办", "甲镇", "政务动态", "政务动态", "2"],
        ["2022H1", "部门单位", "部门单位", "乙局", "政务公开", "政务公开", "0"],
        ["2022H1", "部门单位", "部门单位", "乙局", "政策解读", "政策解读", "0"],
        ["2022H1", "部门单位", "部门单位", "乙局", "政务动态", "政务动态", "30"],
    ] == rows


def test_ids_and_labels_are_told_apart(h1):
    """A program takes the ids, a reader the labels."""
    _, first, *rest = rows_of(write_counts_csv(h1))

    assert ["2022H1", "towns", "镇办", "营盘镇", "disclosure", "政务公开", "2"] == first
    assert 65 * 3 == len(rest) + 1


def test_table_opens_in_an_office(build):
    """UTF-8 with BOM and CRLF at the end of each line."""
    content = write_counts_csv(build(GRID))

    assert content.startswith(b"\xef\xbb\xbfperiod,")
    assert 7 == content.count(b"\r\n") == content.count(b"\n")
    assert content.endswith(b",30\r\n")


@pytest.mark.parametrize("start", "=+-@＝＋－＠\t\r\n")
def test_each_start_of_a_formula_is_guarded(start):
    """Half and full width, and what some programs skip before they look: nothing else is."""
    assert f"'{start}甲" == guard_text(f"{start}甲")
    assert f"甲{start}" == guard_text(f"甲{start}")


@pytest.mark.parametrize("label", ["=1+1", "+甲", "-1", "@SUM(A1)", "＝1", '=甲,"乙"'])
def test_labels_like_formulas_are_guarded(build, tmp_path, label):
    """A label that a spreadsheet would calculate is led by an apostrophe, and read back so."""
    now = build({label: {"甲镇": (1, 0, 2)}}, categories=("政务公开", label, "政务动态"))
    path = tmp_path / "counts.csv"
    path.write_bytes(write_counts_csv(now))
    cells = [cell for row in rows_of(path.read_bytes()) for cell in row]

    assert f"'{label}" in cells
    assert label not in cells
    county = replace(
        now.county,
        groups=(replace(now.county.groups[0], id="g"),),
        categories=tuple(
            replace(category, id=f"c{n}") for n, category in enumerate(now.county.categories)
        ),
    )  # fmt: skip
    units = tuple(replace(unit, group="g") for unit in now.units)
    counts = {"甲镇": {"c0": 1, "c1": 0, "c2": 2}}
    safe = replace(now, county=county, units=units, counts=counts)
    path.write_bytes(write_counts_csv(safe))
    assert counts == read_counts_csv(path, county, Roster(units), now.period)


COUNTS = st.lists(
    st.tuples(*[st.integers(0, 999_999_999)] * 3), min_size=1, max_size=8
)  # fmt: skip


@settings(max_examples=40)
@given(COUNTS, COUNTS)
def test_our_reader_reads_it_back(tmp_path, towns, departments):
    """The table gives the counts that it was written from."""
    now = build_submissions({
        "镇办": {f"镇{n}": row for n, row in enumerate(towns)},
        "部门单位": {f'{n}局,"甲"': row for n, row in enumerate(departments)},
    })  # fmt: skip
    path = tmp_path / "counts.csv"
    path.write_bytes(write_counts_csv(now))

    assert now.counts == read_counts_csv(path, now.county, Roster(now.units), now.period)


# --- The metadata -------------------------------------------------------------------------------


def test_independent_library_gives_the_same_rows(h1, tmp_path):
    """Another implementation of CSVW finds the table valid and counts the same."""
    told = validated(tmp_path, h1)
    table = told.tablegroup.tables[0]

    assert told.is_valid
    assert [] == told.warnings
    assert table.check_primary_key()
    expected = [
        (unit.group, unit.name, category.id, h1.counts[unit.name][category.id])
        for unit in h1.units
        for category in h1.county.categories
    ]
    assert expected == [
        (row["group"], row["unit"], row["category"], row["count"])
        for row in table.iterdicts(strict=True)
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (",30\r\n", ",-30\r\n", "must be an integer between 0"),
        (",30\r\n", ",三十\r\n", "invalid lexical value"),
        (",30\r\n", ",\r\n", "required column value is missing"),
        ("乙局,政务动态", "乙局,政务公开", "duplicate primary key"),
        ("period,", "期,", "missing required columns {'period'}"),
    ],
)
def test_metadata_find_a_damaged_table(build, tmp_path, old, new, told):
    """Types, required cells, the key and the header are stated, so that others can check."""
    now = build(GRID)
    content = write_counts_csv(now).decode("utf-8").replace(old, new).encode("utf-8")
    table = validated(tmp_path, now, content).tablegroup.tables[0]

    with pytest.raises(ValueError, match=re.escape(told)):
        list(table.iterdicts(strict=True)) and table.check_primary_key()


def column(name, title, description, datatype="string"):
    """Return a column as CSVW describes it."""
    return {
        "name": name,
        "titles": {"en": name, "zh": title},
        "datatype": datatype,
        "required": True,
        "dc:description": description,
    }


def test_metadata_whole(build):
    """Context, statements, dialect, columns and key, in this order, indented, each word of them."""
    source = {"title": "某通报", "date": "2022年7月8日", "license": " CC BY 4.0\n"}
    files = (SourceFile("towns.csv", "0" * 64, is_synthetic=True),)
    now = replace(build(GRID), source=source, files=files)
    expected = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": "data/counts.csv",
        "dc:title": "某县2022年上半年各单位投稿数量",
        "dc:description": f"{MADE_UP}\n试行",
        "dc:publisher": "某县人民政府办公室",
        "dc:issued": {"@value": "2022-07-08", "@type": "xsd:date"},
        "dc:temporal": "2022-01-01/2022-06-30",
        "dc:language": "zh",
        "dc:source": "某通报",
        "dc:license": "CC BY 4.0",
        "schema:creativeWorkStatus": "初步",
        "dialect": {
            "encoding": "utf-8",
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
            "headerRowCount": 1,
            "lineTerminators": ["\r\n"],
            "commentPrefix": None,
        },
        "tableSchema": {
            "columns": [
                column(
                    "period",
                    "期次",
                    "统计的时段，如 2022H1 为2022年上半年，2022Q3 为第三季度，"
                    "2022-01..04 为1—4月。",
                ),
                column("group", "组别代码", "单位所在的组，即一张附件。"),
                column("group_label", "组别", "组的名称。"),
                column("unit", "投稿单位", "单位的名称，同附件；名册中本期在册的单位都在内。"),
                column("category", "类别代码", "统计的类别，即附件的一列。"),
                column("category_label", "类别", "类别的名称。"),
                column(
                    "count", "数量", "本期采用并发布的数量（篇）；0 即没有。", "nonNegativeInteger"
                ),
            ],
            "primaryKey": ["period", "unit", "category"],
        },
    }
    text = json.dumps(expected, ensure_ascii=False, indent=2) + "\n"

    assert text == write_csvw(now, status="初步", note="试行", url="data/counts.csv").decode()


def test_metadata_of_bare_figures(build):
    """What is not on record is left out, and the table lies beside its metadata."""
    assert [
        "@context", "url", "dc:title", "dc:publisher", "dc:temporal", "dc:language",
        "dialect", "tableSchema",
    ] == list(json.loads(write_csvw(build(GRID))))  # fmt: skip
    assert "counts.csv" == json.loads(write_csvw(build(GRID)))["url"]


@pytest.mark.parametrize(
    ("terms", "stated"),
    [
        ("http://example.org/", {"@id": "http://example.org/"}),
        (" https://example.org/ ", {"@id": "https://example.org/"}),
        ("https://example.org/ 注明出处", "https://example.org/ 注明出处"),
        ("见 https://example.org/", "见 https://example.org/"),
        (" \n", None),
    ],
)
def test_terms_of_use_are_an_address_or_words(build, terms, stated):
    """White space around them is no part of them; blank ones are none."""
    now = replace(build(GRID), source={"license": terms})

    assert stated == json.loads(write_csvw(now)).get("dc:license")


def test_columns_are_described_in_chinese(build):
    """Every column has a Chinese title and description; the English title is the header's."""
    now = build(GRID)
    columns = json.loads(write_csvw(now))["tableSchema"]["columns"]
    header = rows_of(write_counts_csv(now))[0]

    assert header == [column["name"] for column in columns]
    assert header == [column["titles"]["en"] for column in columns]
    assert all(not column["titles"]["zh"].isascii() for column in columns)
    assert all(not column["dc:description"].isascii() for column in columns)
    assert "篇" in columns[-1]["dc:description"]


def test_metadata_say_what_is_on_record(build):
    """Title, publisher, date, source and licence come from the data; nothing is made up."""
    source = {"title": "某通报", "date": "2022年7月8日", "license": "https://example.org/licence"}
    full = json.loads(write_csvw(replace(build(GRID), source=source), status="最终", note="试行"))
    bare = json.loads(write_csvw(build(GRID)))

    assert "某县2022年上半年各单位投稿数量" == full["dc:title"]
    assert "某县人民政府办公室" == full["dc:publisher"]
    assert {"@value": "2022-07-08", "@type": "xsd:date"} == full["dc:issued"]
    assert ("某通报", "2022-01-01/2022-06-30") == (full["dc:source"], full["dc:temporal"])
    assert {"@id": "https://example.org/licence"} == full["dc:license"]
    assert ("最终", "试行") == (full["schema:creativeWorkStatus"], full["dc:description"])
    for key in ("dc:issued", "dc:source", "dc:license", "dc:description"):
        assert key not in bare


def test_licence_in_words_stays_words(build):
    """Only an address is given as one."""
    now = replace(build(GRID), source={"license": "可自由使用，注明出处"})

    assert "可自由使用，注明出处" == json.loads(write_csvw(now))["dc:license"]


@pytest.mark.parametrize("note", ["", "试行", "合成数据，仅供试用，不是真实情况"])
def test_made_up_figures_are_said(build, note):
    """The metadata say once that figures are made up, whatever else is to be said."""
    now = replace(build(GRID), files=(SourceFile("towns.csv", "0" * 64, is_synthetic=True),))
    said = json.loads(write_csvw(now, note=note))["dc:description"]

    assert 1 == said.count("合成")
    assert note in said


PRINT_BOTH = """
import sys
from conftest import build_submissions
from release.test_open_data import GRID
from zhashui_stats.release.open_data import write_counts_csv, write_csvw
now = build_submissions(GRID)
sys.stdout.buffer.write(write_counts_csv(now) + write_csvw(now))
"""


def test_same_bytes_in_every_process(root):
    """The hashes of a process change no byte; the text is UTF-8 and ends with its line."""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PRINT_BOTH],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root / "tests")},
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip

    assert 1 == len(outputs)
    content = outputs.pop()
    assert "各单位投稿数量".encode() in content
    assert content.endswith(b"\n}\n")
