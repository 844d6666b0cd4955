"""What of a period's own words the font cannot show, told with its place before a report runs."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.page.fonts import lacking
from zhashui_stats.reading.blocks import Headings
from zhashui_stats.reading.file_names import COUNTY, REMARKS, ROSTER, SOURCE, TABLE_ENDINGS
from zhashui_stats.reading.folder import find_data
from zhashui_stats.reading.sheets import decode, read_content, read_sheet, say_cell

__all__ = ["find_missing_glyphs"]

_EXPECTED = "字体已有的字；生僻字可改用通行的写法"
_TEXTS = (".toml", ".md")


def find_missing_glyphs(
    series: Sequence[Submissions], data_dir: str | Path = "data"
) -> tuple[Fault, ...]:
    """Tell the characters that a report on the last period of a series would need in vain.

    Args:
        series: As ``load_series`` gives it.
        data_dir: Where it was read from; the rows are looked up there.
    """
    shared = (pair for period in series for pair in _shared(period))
    shown = dict.fromkeys((*_own(series[-1]), *shared))
    if not lacking("".join(text for _, text in shown)):
        return ()
    data, county = find_data(data_dir), Headings(series[-1].county)
    return tuple(
        dict.fromkeys(
            _fault(file, _row(data, file, character, county), character)
            for file, text in shown
            for character in lacking(text)
        )
    )


def _fault(file: str, row: int | None, character: str) -> Fault:
    shown = f"“{character}”" if character.isprintable() else ""
    found = f"{shown}U+{ord(character):04X}"
    return Fault(file, row, None, FaultKind.MISSING_GLYPH, found, _EXPECTED)


def _shared(now: Submissions) -> Iterator[tuple[str, str]]:
    """Give what a report shows of an earlier period too, with the file in which it stands."""
    yield ROSTER, "".join(unit.name for unit in now.units)
    for file in now.files:
        yield file.path, "".join(file.notes)


def _own(now: Submissions) -> Iterator[tuple[str, str]]:
    """Give what a report shows of its own period only, with the file in which it stands."""
    county = now.county
    settings = [county.name, county.issuer, county.measure, county.requirements.source]
    settings += [group.label for group in county.groups]
    settings += [category.label for category in county.categories]
    yield COUNTY, "".join(settings)
    yield f"{now.period}/{SOURCE}", "".join((*now.source, *now.source.values()))
    yield f"{now.period}/{REMARKS}", "".join(now.remarks.values())
    if now.ledger:
        from zhashui_stats.page.selection import listed_reasons  # noqa: PLC0415 -- ledgers are rare

        reasons, _, _ = listed_reasons(now)
        yield now.ledger.file, "".join(reason or "" for reason in reasons)


def _row(data: Path, file: str, character: str, headings: Headings) -> int | None:
    """Return the first row in which a character stands; None where it is written otherwise.

    None as well in a database or a Parquet file, which have no rows that a person could look up.
    """
    if not file.lower().endswith((*TABLE_ENDINGS, *_TEXTS)):
        return None
    try:
        content = read_content(data / file, file, "")
        if file.lower().endswith(TABLE_ENDINGS):
            rows: Iterable[str] = (
                "".join(map(say_cell, row))
                for row in read_sheet(content, file, headings.score).rows
            )
        else:
            rows = decode(content, file).splitlines()
    except FaultyData:
        return None
    return next((number for number, row in enumerate(rows, 1) if character in row), None)
