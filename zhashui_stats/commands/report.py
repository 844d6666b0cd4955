"""``report``: the page of a period."""

import argparse

from zhashui_stats.commands.arguments import Commands, add_command, add_force, add_out, add_period
from zhashui_stats.commands.saying import warn
from zhashui_stats.making.report import report_period

__all__ = ["add_report", "run_report"]


def add_report(commands: Commands) -> None:
    """Add ``report``."""
    parser = add_command(commands, "report", run_report, "生成一期的报告（report.html）")
    add_period(parser)
    add_force(parser, "没有变化也重新生成")
    add_out(parser, "网页写到哪里（默认 reports）")


def run_report(options: argparse.Namespace) -> None:
    """Publish the report of a period, where anything has changed."""
    page, is_new = report_period(
        options.period, options.out, options.data_dir, warn, force=options.force
    )
    kept = f"没有变化，报告仍是原来的 {page}（要重新生成，请加 --force）"
    print(f"报告已写入 {page}" if is_new else kept)
