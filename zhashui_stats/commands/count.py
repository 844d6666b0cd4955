"""``count``: a ledger to the tables of a period."""

import argparse
import sys
from typing import TYPE_CHECKING

from zhashui_stats.commands.arguments import (
    Commands,
    add_command,
    add_force,
    add_format,
    add_period_option,
    read_place,
)
from zhashui_stats.commands.group_tables import (
    SYNTHETIC_TITLE,
    format_group_tables,
    write_group_tables,
)
from zhashui_stats.commands.saying import list_counts, print_faults, print_json
from zhashui_stats.errors import FaultyData, MissingPeriod
from zhashui_stats.loading import read_ledger
from zhashui_stats.reading.folder import find_data

if TYPE_CHECKING:
    from zhashui_stats.ledger import Count, Ledger

__all__ = ["add_count", "run_count"]


def add_count(commands: Commands) -> None:
    """Add ``count``."""
    parser = add_command(commands, "count", run_count, "由投稿台账生成一期各组的统计表")
    parser.add_argument(
        "ledger", type=read_place, metavar="台账",
        help="台账文件（.csv、.xlsx、.parquet，或 SQLite、DuckDB 数据库）",
    )  # fmt: skip
    add_period_option(parser)
    parser.add_argument("--table", metavar="表名", help="数据库中的哪张表（只有一张时不必写）")
    parser.add_argument(
        "--out", type=read_place, metavar="文件夹", help="统计表写到哪里（默认写进数据文件夹）"
    )
    add_force(parser, "覆盖已有的文件")
    add_format(parser, "text", "json")


def run_count(options: argparse.Namespace) -> None:
    """Count a ledger into the tables of a period."""
    try:
        ledger, count = _count(options)
    except (FaultyData, MissingPeriod) as error:
        print_faults(options, error)
        raise
    title = SYNTHETIC_TITLE if ledger.is_synthetic else ""
    files = format_group_tables(ledger.county, ledger.here, count.amounts, title)
    folder = (options.out or find_data(options.data_dir)) / str(options.period)
    write_group_tables(files, folder, force=options.force, groups=ledger.county.groups)
    if options.format == "json":
        print_json([], list_counts(ledger.here.units, count.counts))
        return
    print(f"{ledger.period.label}：{count.summary}。")
    for note in (*count.notes, *ledger.notes):
        print(f"  {ledger.file}：{note}")
    if title:
        print(f"注意：{title}", file=sys.stderr)
    print(f"统计表已写入 {'、'.join(str(folder / name) for name in files)}")


def _count(options: argparse.Namespace) -> tuple["Ledger", "Count"]:
    """Read the ledger and count it, also for every indicator that is declared to come from it."""
    from zhashui_stats.ledger import (  # noqa: PLC0415 -- the engine takes its time
        count_articles,
        find_missing_columns,
    )

    ledger = read_ledger(options.ledger, options.period, options.data_dir, options.table)
    count = count_articles(ledger)
    if faults := find_missing_columns(ledger, ledger.county.counted):
        raise FaultyData(faults)
    return ledger, count
