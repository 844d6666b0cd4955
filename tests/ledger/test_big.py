"""A hundred and twenty-five thousand articles with five hundred faults: all are told, no other."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from zhashui_stats.errors import FaultyData
from zhashui_stats.ledger import count_articles, open_ledger
from zhashui_stats.model.articles import CHAIN, Column
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster
from zhashui_stats.synthetic import Article, Planted, plant_faults, synthesize, write_ledger

LENGTH = 125_000  # more than DuckDB puts into one group of rows, and than old workbooks held
DRAWN = 5_000  # the others are like these: drawing them all takes longer than checking them
FAULTS = 500
KINDS = 16
GROWTH = 12

Faulty = tuple[list[Article], list[Planted]]


@pytest.fixture(scope="module")
def faulty(h1: Submissions) -> Faulty:
    """The first half of 2022 as if everybody had sent 300 times as much, with faults.

    Below each article that was drawn, and may have a fault, stand as many sound ones like it.
    """
    counts = {
        name: {category: GROWTH * count for category, count in row.items()}
        for name, row in h1.counts.items()
    }
    sound = synthesize(replace(h1, counts=counts))[:DRAWN]
    drawn, planted = plant_faults(sound, FAULTS, seed=500)
    times = LENGTH // DRAWN
    rows = [
        article
        for first, other in zip(drawn, sound, strict=True)
        for article in (first, *(like(other, number) for number in range(1, times)))
    ]
    return rows, [place._replace(row=2 + times * (place.row - 2)) for place in planted]


def like(article: Article, number: int) -> Article:
    """Make another article that has everything but number and title from one."""
    own = {column: f"{article[column]}-{number}" for column in (Column.NUMBER, Column.TITLE)}
    return {**article, **own}


def write_workbook(rows: list[Article], path: Path) -> None:
    """Write a workbook of texts by hand, which takes a tenth of the time that openpyxl takes."""
    main = "http://schemas.openxmlformats.org"
    kind = f"{main}/officeDocument/2006/relationships"
    package = f"{main}/package/2006"
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{content}.sheet.main+xml"/>'
            f'<Override PartName="/xl/a.xml" ContentType="{content}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r" Type="{kind}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r" Type="{kind}/worksheet" Target="a.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}/spreadsheetml/2006/main" xmlns:r="{kind}">'
            '<sheets><sheet name="合成" sheetId="1" r:id="r"/></sheets></workbook>'
        ),
    }
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in parts.items():
            book.writestr(name, head + text)
        with book.open("xl/a.xml", "w") as sheet:
            opening = f'<worksheet xmlns="{main}/spreadsheetml/2006/main"><sheetData>'
            sheet.write((head + opening).encode())
            sheet.write(_line(1, [column.label for column in Column]))
            for number, row in enumerate(rows, 2):
                sheet.write(_line(number, [row[column] for column in Column]))
            sheet.write(b"</sheetData></worksheet>")


def _line(number: int, cells: list[str]) -> bytes:
    texts = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for letter, cell in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", cells, strict=False)
        if cell
    )
    return f'<row r="{number}">{texts}</row>'.encode()


WRITERS: dict[str, Callable[[list[Article], Path], None]] = {
    ".csv": write_ledger,
    ".xlsx": write_workbook,
}


def test_every_kind_is_planted(faulty: Faulty) -> None:
    """The faults are of all sixteen kinds, about as many of each."""
    rows, planted = faulty
    chain = {when for _, when in CHAIN}
    tally = Counter((kind, "chain" if place in chain else place) for _, kind, place in planted)

    assert (LENGTH, FAULTS, KINDS) == (len(rows), len(planted), len(tally))
    assert min(tally.values()) >= FAULTS // KINDS


@pytest.mark.parametrize("ending", WRITERS)
def test_all_are_told_and_nothing_else(
    ending: str, faulty: Faulty, h1: Submissions, tmp_path: Path
) -> None:
    """Each fault is told once, at its row and column, and nothing is counted."""
    rows, planted = faulty
    path = tmp_path / f"台账{ending}"
    WRITERS[ending](rows, path)
    ledger = open_ledger(path, h1.county, Roster(h1.units), h1.period, file=path.name)
    with pytest.raises(FaultyData) as caught:
        count_articles(ledger)

    assert [(row, kind, column.label) for row, kind, column in planted] == [
        (fault.row, fault.kind, fault.column) for fault in caught.value.faults
    ]
