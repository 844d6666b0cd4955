"""``briefs``: a page for every unit."""

import argparse
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from zhashui_stats.commands.arguments import (
    Commands,
    add_command,
    add_force,
    add_out,
    add_period,
    read_address,
    read_positive,
)
from zhashui_stats.commands.saying import warn
from zhashui_stats.making.briefs import Result, make_briefs
from zhashui_stats.making.inputs import Inputs
from zhashui_stats.publish.startup import quick_imports

if TYPE_CHECKING:
    from zhashui_stats.publish.many.workers import Workers

__all__ = ["add_briefs", "run_briefs"]


def add_briefs(commands: Commands) -> None:
    """Add ``briefs``."""
    parser = add_command(commands, "briefs", run_briefs, "生成各单位的单页简报，附目录")
    add_period(parser)
    add_force(parser, "没有变化也重新生成")
    parser.add_argument(
        "--jobs", type=read_positive, metavar="个数", help="同时生成几个（默认比处理器个数多 1）"
    )
    parser.add_argument(
        "--scheduler", type=read_address, metavar="地址",
        help="用 Dask 集群生成，写调度器的地址，如 tcp://主机:8786",
    )  # fmt: skip
    add_out(parser, "网页写到哪里（默认 reports）")


def run_briefs(options: argparse.Namespace) -> int:
    """Make the page of every unit; 1 where one could not be made."""
    briefs = make_briefs(
        options.period, options.out, options.data_dir, partial(_workers, options),
        force=options.force, notify=warn, track=_track,
    )  # fmt: skip
    kept = f"，{len(briefs.kept)}个没有变化（要重新生成，请加 --force）" if briefs.kept else ""
    print(f"已生成{len(briefs.made)}个单位的简报{kept}，目录在 {briefs.index}")
    for cause, units in groupby(briefs.failed.items(), key=itemgetter(1)):
        print(f"未能生成 {'、'.join(unit for unit, _ in units)}：{cause}", file=sys.stderr)
    return 1 if briefs.failed else 0


def _workers(options: argparse.Namespace, inputs: Inputs) -> "AbstractContextManager[Workers]":
    """Return those who make the pages; papermill is imported while their kernels get ready."""
    from zhashui_stats.publish.kernels.fork_client import start_importing  # noqa: PLC0415

    if not options.scheduler:
        start_importing(inputs.modules)
    with quick_imports():
        from zhashui_stats.publish.many.workers import cluster_workers, local_workers  # noqa: PLC0415
    return cluster_workers(options.scheduler) if options.scheduler else local_workers(options.jobs)


def _track(results: Iterable[Result], number: int) -> Iterable[Result]:
    """Show a bar on a terminal."""
    if not sys.stderr.isatty():
        return results
    from tqdm import tqdm  # noqa: PLC0415 -- for this command only

    shown: Iterable[Result] = tqdm(results, desc="正在生成", total=number, unit="个")
    return shown
