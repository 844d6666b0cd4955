"""Merged cells of a ledger: one unit, or one date, that stands for the rows of several articles."""

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator

from zhashui_stats.ledger.headed_rows import NumberedRow, RowReader
from zhashui_stats.reading.grid import Area

__all__ = ["fill_merged", "say_merged"]

_SHOWN = 5


def fill_merged(records: RowReader, areas: Iterable[Area]) -> RowReader:
    """Give each row of a merged cell its value; where no cell is merged, the rows as they are."""
    tall = [area for area in areas if area.bottom > area.top]
    if not tall:
        return records
    starting: defaultdict[int, list[Area]] = defaultdict(list)
    for area in tall:
        starting[area.top].append(area)

    def filled() -> Generator[NumberedRow, None, None]:
        held: dict[Area, str] = {}
        for number, cells in records():
            held = {area: text for area, text in held.items() if number <= area.bottom}
            row = list(cells)
            for area, text in held.items():
                row += [""] * (area.left - len(row))
                row[area.left - 1] = row[area.left - 1] or text
            for area in starting.get(number, ()):
                if area.left <= len(row):
                    held[area] = row[area.left - 1]
            yield number, row

    return filled


def say_merged(areas: Iterable[Area], header: int) -> Iterator[str]:
    """Say which merged cells below the header stand for several rows (Chinese)."""
    tall = sorted({(area.top, area.bottom) for area in areas if area.bottom > area.top > header})
    if tall:
        first = "、".join(f"{top}—{bottom}" for top, bottom in tall[:_SHOWN])
        more = f"等{len(tall)}处" * (len(tall) > _SHOWN)
        yield f"第{first}行{more}有合并的单元格，合并的值各行都算"
