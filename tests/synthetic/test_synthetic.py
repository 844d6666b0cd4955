"""Made-up ledgers: they add up, say what they are, and hold the faults that were planted."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
from openpyxl import load_workbook

from zhashui_stats.errors import FaultKind, OutputError
from zhashui_stats.ledger import count_articles, open_ledger
from zhashui_stats.ledger.checking import find_faults
from zhashui_stats.ledger.expressions import first_unit
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.model.articles import (
    CHAIN,
    DATES,
    PROOFREADS,
    REVIEWS,
    Attribute,
    Column,
    Form,
    Status,
)
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster
from zhashui_stats.synthetic import (
    Article,
    Planted,
    plant_faults,
    synthesize,
    write_ledger,
)

ENDINGS = [".csv", ".xlsx", ".parquet"]


def interpreting(now: Submissions, category: str | None) -> Submissions:
    """Return the period in a county that names its category of interpretations, or none."""
    rules = replace(now.county.ledger, interpretation=category)
    return replace(now, county=replace(now.county, ledger=rules))


@pytest.fixture(scope="module")
def now(h1: Submissions) -> Submissions:
    """The first half of 2022."""
    return interpreting(h1, "interpretation")


@pytest.fixture(scope="module")
def rows(now: Submissions) -> list[Article]:
    """A ledger for it."""
    return synthesize(now)


def of(rows: list[Article], status: Status) -> list[Article]:
    return [row for row in rows if row[Column.STATUS] == status.label]


def is_within(row: Article, now: Submissions) -> bool:
    return now.period.start <= date.fromisoformat(row[Column.PUBLISHED]) <= now.period.end


def read(path: Path, now: Submissions) -> Ledger:
    return open_ledger(path, now.county, Roster(now.units), now.period, file=path.name)


def days_of(row: Article, columns: tuple[Column, ...]) -> list[str]:
    return [row[column] for column in columns if row[column]]


# --- Articles -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, 1, 2022])
def test_counted_articles_add_up(now: Submissions, seed: int) -> None:
    """Adopted articles of the period are as many as its counts, by unit and category."""
    tally = Counter(
        (first_unit(row[Column.UNIT]), row[Column.CATEGORY])
        for row in of(synthesize(now, seed), Status.ADOPTED)
        if is_within(row, now)
    )
    expected = {
        (unit.name, category.label): count
        for unit in now.units
        for category in now.county.categories
        if (count := now.count(unit.name, category.id))
    }

    assert expected == tally


@pytest.mark.parametrize("period", ["2022", "2022Q2", "2022-02"])
def test_any_kind_of_period(build, period: str) -> None:
    """Years, quarters and months have their ledgers too, with articles around their ends."""
    now = build({"镇办": {"甲镇": (3, 0, 40), "乙镇": (0, 0, 0)}}, period)
    adopted = of(synthesize(now), Status.ADOPTED)

    assert 43 == sum(is_within(row, now) for row in adopted)
    assert len(adopted) > 43


def test_seed_decides(now: Submissions, rows: list[Article]) -> None:
    """The same seed gives the same ledger, another seed another one."""
    assert rows == synthesize(now, 0)
    assert rows != synthesize(now, 1)


def test_nothing_sent_and_nobody_there(build) -> None:
    """Where nothing was sent, what was not counted still stands there; without units, nothing."""
    silent = synthesize(build({"镇办": {"甲镇": (0, 0, 0)}}))

    assert {status.label for status in Status} == {row[Column.STATUS] for row in silent}
    assert [] == synthesize(build({}))


def test_every_row_says_that_it_is_made_up(rows: list[Article]) -> None:
    """Every row has all columns; its nature and its title say 合成."""
    assert {tuple(Column)} == {tuple(row) for row in rows}
    assert {"合成"} == {row[Column.NATURE] for row in rows}
    assert [] == [row for row in rows if not row[Column.TITLE].startswith("合成稿件")]


def test_nobody_who_signs_can_exist(rows: list[Article]) -> None:
    """Every signature is one of ten stems and a number."""
    names = {row[who] for row in rows for who, _ in CHAIN} - {""}

    assert [] == [name for name in names if name[0] not in "甲乙丙丁戊己庚辛壬癸"]
    assert [] == [name for name in names if name[1:] not in tuple("一二三四五六七八九十")]


def test_no_article_stands_twice(rows: list[Article]) -> None:
    """Numbers are unique, and so are unit, title and date."""
    keys = {(row[Column.UNIT], row[Column.TITLE], row[Column.PUBLISHED]) for row in rows}

    assert len(rows) == len({row[Column.NUMBER] for row in rows})
    assert len(rows) == len(keys)


def test_rates_of_what_is_not_counted(now: Submissions, rows: list[Article]) -> None:
    """Of every hundred articles about 15 are rejected and 5 pending; a few lie just outside."""
    shares = {status: len(of(rows, status)) / len(rows) for status in Status}
    outside = [row for row in of(rows, Status.ADOPTED) if not is_within(row, now)]
    days = [date.fromisoformat(row[Column.PUBLISHED]) for row in outside]

    assert pytest.approx(0.15, abs=0.02) == shares[Status.REJECTED]
    assert pytest.approx(0.05, abs=0.02) == shares[Status.PENDING]
    assert 5 <= len(outside) <= 20
    assert 9 >= max(min(abs((day - now.period.start).days), abs((day - now.period.end).days))
                    for day in days)  # fmt: skip
    assert {True, False} == {day < now.period.start for day in days}


def test_only_adopted_articles_are_published(rows: list[Article]) -> None:
    """An adopted article has a date of publication, no other has; only rejected have a reason."""
    published = {(row[Column.STATUS], bool(row[Column.PUBLISHED])) for row in rows}
    reasons = {(row[Column.STATUS], bool(row[Column.REASON])) for row in rows}

    assert {("采用", True), ("退稿", False), ("待审", False)} == published
    assert {("采用", False), ("退稿", True), ("待审", False)} == reasons


def test_attributes(rows: list[Article]) -> None:
    """Most are public, some on request; what is withheld says why and was not adopted."""
    tally = Counter(row[Column.ATTRIBUTE] for row in rows)
    withheld = [row for row in rows if row[Column.ATTRIBUTE] == Attribute.WITHHELD.label]

    assert ["公开发布", "依申请公开", "不予公开"] == [label for label, _ in tally.most_common()]
    assert withheld == [row for row in rows if row[Column.GROUNDS]]
    assert not [row for row in withheld if row[Column.STATUS] == Status.ADOPTED.label]


def test_chain_is_signed_in_order(rows: list[Article]) -> None:
    """Reviews, then proofreads, from submission to publication; a later one never comes first."""
    columns = (Column.SUBMITTED, *(when for _, when in CHAIN), Column.PUBLISHED)

    assert [] == [row for row in rows if days_of(row, columns) != sorted(days_of(row, columns))]


def test_most_chains_are_complete(rows: list[Article]) -> None:
    """A few adopted articles lack one signature, a few were signed twice by one person."""
    adopted = of(rows, Status.ADOPTED)
    gaps = [sum(not row[who] for who, _ in CHAIN) for row in adopted]
    twice = [
        row
        for row in adopted
        for signatures in (REVIEWS, PROOFREADS)
        if len({row[who] for who, _ in signatures}) < 3
    ]

    assert {0, 1} == set(gaps)
    assert 0.02 < sum(gaps) / len(adopted) < 0.12
    assert 0.01 < len(twice) / len(adopted) < 0.10


def test_interpretations_name_their_policy(rows: list[Article]) -> None:
    """Interpretations, and nothing else, have a form and the date of a policy before them."""
    policies = [row for row in rows if row[Column.POLICY]]
    forms = {row[Column.FORM] for row in rows} - {""}

    assert policies == [row for row in rows if row[Column.CATEGORY] == "政策解读"]
    assert policies == [row for row in rows if row[Column.FORM]]
    assert forms <= {form.label for form in Form}


def test_most_interpretations_are_in_time(h1: Submissions) -> None:
    """Most appear within three days of the policy, the others weeks later."""
    rows = of(synthesize(interpreting(h1, "news")), Status.ADOPTED)
    days = [
        (date.fromisoformat(row[Column.PUBLISHED]) - date.fromisoformat(row[Column.POLICY])).days
        for row in rows
        if row[Column.POLICY]
    ]
    late = [day for day in days if day >= 21]

    assert [] == [day for day in days if not 0 <= day <= 3 and day not in late]
    assert 0.05 < len(late) / len(days) < 0.25


def test_without_a_category_of_interpretations(h1: Submissions) -> None:
    """A county that names none has no forms and no policies."""
    rows = synthesize(interpreting(h1, None))

    assert {("", "")} == {(row[Column.FORM], row[Column.POLICY]) for row in rows}


def test_some_articles_are_by_two_units(now: Submissions, rows: list[Article]) -> None:
    """Some name a second unit behind the first, both of the roster."""
    shared = [row[Column.UNIT].split("、") for row in rows if "、" in row[Column.UNIT]]
    names = {unit.name for unit in now.units}

    assert 0.02 < len(shared) / len(rows) < 0.12
    assert [] == [pair for pair in shared if len(set(pair) & names) != 2]


# --- Reading them -------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_sound_ledger_gives_the_counts(
    now: Submissions, rows: list[Article], tmp_path: Path, ending: str
) -> None:
    """Written and read again in any format, it is sound and gives the counts it was made of."""
    path = tmp_path / f"ledger{ending}"
    write_ledger(rows, path)

    assert now.counts == count_articles(read(path, now)).counts


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("seed", [0, 7])
def test_planted_faults_are_what_is_found(
    now: Submissions, rows: list[Article], tmp_path: Path, ending: str, seed: int
) -> None:
    """Reading finds every planted fault at its place, and no other."""
    faulty, planted = plant_faults(rows, 160, seed)
    path = tmp_path / f"ledger{ending}"
    write_ledger(faulty, path)

    found = find_faults(read(path, now))

    assert [(row, kind, column.label) for row, kind, column in planted] == [
        (fault.row, fault.kind, fault.column) for fault in found
    ]


# --- Planting -----------------------------------------------------------------------------------


def test_faults_are_spread_evenly(rows: list[Article]) -> None:
    """Of 160 faults, each of the sixteen kinds has ten, one a row."""
    _, planted = plant_faults(rows, 160)
    chain = {when for _, when in CHAIN}
    tally = Counter((kind, "chain" if column in chain else column) for _, kind, column in planted)
    again = {(FaultKind.NOT_A_DATE, Column.PUBLISHED), (FaultKind.UNKNOWN_VALUE, Column.STATUS)}

    assert (16, {10}) == (len(tally), set(tally.values()))
    assert again <= tally.keys()
    assert 160 == len({fault.row for fault in planted})
    assert planted == sorted(planted)


@pytest.mark.parametrize("number", [0, 1, 5, 33, 300])
def test_exactly_so_many(rows: list[Article], number: int) -> None:
    """As many faults are planted as were wanted, and no other cell changes but in doubles."""
    faulty, planted = plant_faults(rows, number)
    changed = {
        (index, column)
        for index, (now, then) in enumerate(zip(faulty, rows, strict=True), 2)
        for column in Column
        if now[column] != then[column]
    }
    doubled = {fault.row for fault in planted if fault.kind is FaultKind.DUPLICATE_ARTICLE}

    assert number == len(planted)
    assert changed >= {(row, column) for row, _, column in planted}
    assert changed - {(row, column) for row, _, column in planted} <= {
        (row, column) for row in doubled for column in Column
    }


def test_planting_leaves_the_ledger_as_it_was(now: Submissions, rows: list[Article]) -> None:
    """The faults stand in a copy; the same seed plants the same, another seed elsewhere."""
    first = plant_faults(rows, 20)

    assert rows == synthesize(now)
    assert first == plant_faults(rows, 20, 0)
    assert first != plant_faults(rows, 20, 1)


def test_planted_blanks_and_doubles_are_where_they_are_said_to_be(rows: list[Article]) -> None:
    """A missing value is blank; a double has its like in an earlier row, which is sound."""
    faulty, planted = plant_faults(rows, 160)
    spoiled = {fault.row for fault in planted}
    blanks = [
        faulty[fault.row - 2][fault.column] for fault in planted if is_kind(fault, "missing_value")
    ]
    doubles = [fault for fault in planted if is_kind(fault, "duplicate_article")]
    before = [
        [
            row
            for row, other in enumerate(faulty[: fault.row - 2], 2)
            if other[fault.column] == faulty[fault.row - 2][fault.column]
        ]
        for fault in doubles
    ]

    assert {""} == set(blanks)
    assert {1} == {len(found) for found in before}
    assert not spoiled & {found[0] for found in before}


def is_kind(fault: Planted, kind: str) -> bool:
    return fault.kind == kind


def test_what_has_no_place_leaves_its_turn(h1: Submissions) -> None:
    """Where no article interprets a policy, the other kinds of fault stand in."""
    _, planted = plant_faults(synthesize(interpreting(h1, None)), 56)
    tally = Counter(fault.column for fault in planted)

    assert 56 == len(planted)
    assert not {Column.FORM, Column.POLICY} & tally.keys()


def test_too_many_faults(rows: list[Article]) -> None:
    """A ledger holds fewer faults than rows."""
    with pytest.raises(ValueError, match=rf"{len(rows)} rows hold \d+ faults, not 1000"):
        plant_faults(rows, 1000)


# --- Files --------------------------------------------------------------------------------------


def article(**cells: str) -> Article:
    return {**dict.fromkeys(Column, ""), **{Column(key): text for key, text in cells.items()}}


def test_csv_is_as_offices_want_it(tmp_path: Path) -> None:
    """A CSV file has a BOM and CRLF, a header of labels, and dates as text."""
    path = tmp_path / "ledger.csv"
    write_ledger([article(number="1", title="甲，乙", published="2022-01-05")], path)
    header, row, rest = path.read_bytes().decode("utf-8-sig").split("\r\n")

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert ",".join(column.label for column in Column) == header
    assert "1,甲，乙,,,,2022-01-05" + "," * 19 == row
    assert "" == rest


def test_dates_of_a_workbook_are_dates(tmp_path: Path) -> None:
    """A workbook holds dates as dates, what is no date as text, and blanks as nothing."""
    path = tmp_path / "ledger.xlsx"
    write_ledger([article(title="2022-01-05", submitted="待定", published="2022-01-05")], path)
    sheet = load_workbook(path).worksheets[0]
    cells = dict(zip(Column, next(sheet.iter_rows(min_row=2, values_only=True)), strict=True))

    assert "合成台账" == sheet.title
    assert datetime(2022, 1, 5) == cells[Column.PUBLISHED]
    assert ("2022-01-05", "待定") == (cells[Column.TITLE], cells[Column.SUBMITTED])
    assert None is cells[Column.NUMBER]


@pytest.mark.parametrize("text", ["=1+1", "#REF!", "TRUE", "1"])
def test_text_of_a_workbook_is_text(tmp_path: Path, text: str) -> None:
    """What looks like a formula, an error or a number is written as text."""
    path = tmp_path / "ledger.xlsx"
    write_ledger([article(title=text)], path)
    cell = load_workbook(path).worksheets[0].cell(2, 2)

    assert (text, "s") == (cell.value, cell.data_type)


def test_dates_of_a_parquet_file_are_dates(rows: list[Article], tmp_path: Path) -> None:
    """A Parquet file holds dates as DATE, a column with anything else as text, blanks as NULL."""
    path = tmp_path / "ledger.parquet"
    write_ledger([*rows, article(submitted="待定")], path)
    described = duckdb.sql(f"DESCRIBE FROM '{path}'").fetchall()
    kinds = {name: kind for name, kind, *_ in described}
    expected = {column.label: "DATE" if column in DATES else "VARCHAR" for column in Column}
    blanks = duckdb.sql(f"SELECT count(*) FROM '{path}' WHERE 发布日期 IS NULL").fetchall()

    assert {**expected, "投稿日期": "VARCHAR"} == kinds
    assert [(1 + sum(not row[Column.PUBLISHED] for row in rows),)] == blanks


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_ledger_gives_the_same_bytes(
    rows: list[Article], tmp_path: Path, ending: str
) -> None:
    """Written twice, a file is the same."""
    first, second = tmp_path / f"first{ending}", tmp_path / f"second{ending}"
    write_ledger(rows, first)
    write_ledger(rows, second)

    assert first.read_bytes() == second.read_bytes()


def test_a_workbook_does_not_say_when_it_was_made(tmp_path: Path) -> None:
    """Neither its properties nor its archive tell the time."""
    path = tmp_path / "ledger.xlsx"
    write_ledger([article(title="甲")], path)
    with ZipFile(path) as parts:
        times = {part.date_time for part in parts.infolist()}
        properties = parts.read("docProps/core.xml").decode()

    assert {(1980, 1, 1, 0, 0, 0)} == times
    assert ["2000-01-01T00:00:00Z"] * 2 == re.findall(r"[\d-]+T[\d:]+Z", properties)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_ledger_is_written_whole_or_not_at_all(
    rows: list[Article], tmp_path: Path, ending: str
) -> None:
    """Where a row fails, the file that was there stays, and nothing is left beside it."""
    path = tmp_path / f"ledger{ending}"
    path.write_text("before")

    with pytest.raises(KeyError):
        write_ledger([*rows, {}], path)
    assert "before" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_an_ending_that_is_no_ledger(rows: list[Article], tmp_path: Path) -> None:
    """Another ending is refused, with those that there are."""
    with pytest.raises(OutputError, match=r"“台账\.xls”.*应为：\.csv、\.xlsx、\.parquet"):
        write_ledger(rows, tmp_path / "台账.xls")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_place_that_is_not_there(rows: list[Article], tmp_path: Path, ending: str) -> None:
    """A folder that is missing is told in Chinese."""
    with pytest.raises(OutputError, match="没有这个文件或文件夹"):
        write_ledger(rows, tmp_path / "missing" / f"ledger{ending}")
