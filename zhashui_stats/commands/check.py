"""``check``: hold a period's data good, or list every fault."""

import argparse
from collections.abc import Iterator

from zhashui_stats.commands.arguments import Commands, add_command, add_format, add_period
from zhashui_stats.commands.saying import (
    list_counts,
    list_figures,
    print_faults,
    print_json,
    read_period,
    warn_of,
)
from zhashui_stats.errors import FaultyData, MissingPeriod
from zhashui_stats.model.submissions import Submissions, blank_tables

__all__ = ["add_check", "run_check"]


def add_check(commands: Commands) -> None:
    """Add ``check``."""
    parser = add_command(commands, "check", run_check, "核对一期的数据，列出全部问题")
    add_period(parser)
    add_format(parser, "text", "json")


def run_check(options: argparse.Namespace) -> int:
    """Check a period's data and tell every fault.

    Returns:
        1 where a table was never filled in, though it has no fault.
    """
    try:
        now = read_period(options)
    except (FaultyData, MissingPeriod) as error:
        print_faults(options, error)
        raise
    if options.format == "json":
        print_json([], list_counts(now.units, now.counts), list_figures(now))
    else:
        _say_check(now)
    return int(bool(blank_tables(now.files)))


def _say_check(now: Submissions) -> None:
    print(f"{now.period.label}：{len(now.units)}个单位，合计{now.total()}{now.county.measure}。")
    if now.county.indicators:
        print(f"  {'，'.join(_totals(now))}。")
    for file in now.files:
        for note in file.notes:
            if note not in file.alerts:
                print(f"  {file.path}：{note}")
    warn_of(now)
    if blank := "、".join(blank_tables(now.files)):
        print(f"统计表还没有填写：{blank}；没有投稿的单位请填 0。")
    else:
        print("数据没有问题。")


def _totals(now: Submissions) -> Iterator[str]:
    for indicator in now.county.indicators:
        yield f"{indicator.label}{indicator.say(now.total_amount(indicator.id))}"
