"""The group tables (附件) of a period as files: blank for ``new``, filled in by ``count``."""

import csv
import io
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from zhashui_stats.errors import OutputError, say_os_error
from zhashui_stats.files import fill_folder, replace_files, staged_folder
from zhashui_stats.model.amounts import Amount, Amounts, write_amount
from zhashui_stats.model.articles import SYNTHETIC
from zhashui_stats.model.county import County, Figure, Group
from zhashui_stats.model.names import SERIAL_HEADER, TOTAL, UNIT_HEADER
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading.file_names import OTHER_TABLE_ENDINGS, TABLE_ENDINGS

__all__ = ["SYNTHETIC_TITLE", "format_group_table", "format_group_tables", "write_group_tables"]

SYNTHETIC_TITLE = f"{SYNTHETIC}数据：由合成台账统计而成，仅供试用，不是真实情况"
"""Stands above the header of a table that was counted from a made-up ledger."""

_TABLES = (*TABLE_ENDINGS, *OTHER_TABLE_ENDINGS)


def format_group_tables(
    county: County,
    roster: Roster,
    counts: Amounts | None = None,
    title: str = "",
) -> dict[str, bytes]:
    """Return file name -> content, one table for each group that has units.

    Args:
        county: What is counted.
        roster: The units of the period.
        counts: Unit name -> id of a category or counted indicator -> amount; what is not there
            leaves its column blank, and None all of them.
        title: Stands above the header.
    """
    return {
        f"{group.id}.csv": format_group_table(county, units, counts, title)
        for group in county.groups
        if (units := roster.of(group.id))
    }


def format_group_table(
    county: County,
    units: tuple[Unit, ...],
    counts: Amounts | None = None,
    title: str = "",
) -> bytes:
    """Return one table as CSV; its BOM tells Excel and WPS that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    counted = [found for found in county.counted if found.applies_to(units[0].group)]
    figures: list[Figure] = [*county.categories, *counted]
    decimals = [*(0 for _ in county.categories), *(indicator.decimals for indicator in counted)]
    if title:
        writer.writerow([title])
    writer.writerow([SERIAL_HEADER, UNIT_HEADER, *(figure.label for figure in figures)])
    rows = [
        [(counts or {}).get(unit.name, {}).get(figure.id) for figure in figures] for unit in units
    ]
    for number, (unit, row) in enumerate(zip(units, rows, strict=True), 1):
        writer.writerow([number, unit.name, *map(_cell, row, decimals)])
    sums = map(_sum, zip(*rows, strict=True))
    writer.writerow(["", TOTAL, *map(_cell, sums, decimals)])
    return text.getvalue().encode("utf-8-sig")


def _cell(amount: Amount | None, decimals: int) -> str:
    return "" if amount is None else write_amount(amount, decimals)


def _sum(amounts: Iterable[Amount | None]) -> Amount | None:
    """Add up a column; a blank one has no sum."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def write_group_tables(
    files: Mapping[str, bytes],
    folder: Path,
    *,
    force: bool = False,
    groups: Iterable[Group] = (),
) -> None:
    """Write the tables of a period: all of them or none.

    Args:
        files: File name -> content.
        folder: The period's folder; made where it is not there.
        force: Whether tables that are there already are replaced.
        groups: Whose tables they are: one that bears a group's label is there already, too.

    Raises:
        OutputError: A table is there already, or the folder cannot be written.
    """
    is_new = not os.path.lexists(folder)
    try:
        if is_new:
            with staged_folder(folder) as staged:
                fill_folder(staged, files.items())
                staged.rename(folder)
        else:
            stems = {Path(name).stem for name in files}
            labels = {group.label for group in groups if group.id in stems}
            _refuse_to_replace(files, folder, stems | labels, force=force)
            replace_files(files, folder)
    except OutputError:
        raise
    except OSError as error:
        what = f"新建 {folder}" if is_new else f"写入 {error.filename2 or folder}"
        said = f"无法{what}（{_say_reason(error, folder)}）；请检查磁盘空间和写入权限"
        raise OutputError(said) from error


def _say_reason(error: OSError, folder: Path) -> str:
    """Where a file stands in the way, the system says only that something is there."""
    return f"{folder.parent} 不是文件夹" if folder.parent.is_file() else say_os_error(error)


def _refuse_to_replace(
    files: Mapping[str, bytes], folder: Path, stems: Collection[str], *, force: bool
) -> None:
    there = [name for name in files if os.path.lexists(folder / name)]
    if there and not force:
        said = f"{folder} 中已有 {'、'.join(there)}，没有改动；要用台账的统计结果覆盖，请加 --force"
        raise OutputError(said)
    if blocked := next((folder / name for name in there if (folder / name).is_dir()), None):
        raise OutputError(f"{blocked} 是文件夹，不是统计表；请先把它移走")
    others = [
        path.name
        for path in sorted(folder.iterdir())
        if path.stem in stems and path.suffix.lower() in _TABLES and path.name not in files
    ]
    if others:
        said = f"{folder} 中已有 {'、'.join(others)}，同一张表只能有一个文件；请先把它移走"
        raise OutputError(said)
