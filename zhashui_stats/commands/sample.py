"""``sample``: a made-up ledger to try things with."""

import argparse
import os

from zhashui_stats.commands.arguments import (
    Commands,
    add_command,
    add_force,
    add_period,
    read_place,
    read_whole,
)
from zhashui_stats.errors import OutputError
from zhashui_stats.loading import load_period

__all__ = ["add_sample", "run_sample"]


def add_sample(commands: Commands) -> None:
    """Add ``sample``."""
    parser = add_command(commands, "sample", run_sample, "合成一份台账，供试用；内容是虚构的")
    add_period(parser)
    parser.add_argument(
        "--out", type=read_place, required=True, metavar="文件",
        help="写到哪个文件（.csv、.xlsx 或 .parquet）",
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=read_whole, default=0, metavar="种子", help="换一个数得到另一份（默认 0）"
    )
    parser.add_argument(
        "--faults", type=read_whole, default=0, metavar="处数", help="有意写错多少处（默认 0）"
    )
    add_force(parser, "覆盖已有的文件")


def run_sample(options: argparse.Namespace) -> None:
    """Make up a ledger that adds up to a period's tables."""
    from zhashui_stats.synthetic import plant_faults, synthesize, write_ledger  # noqa: PLC0415 -- rarely wanted

    now = load_period(options.period, options.data_dir)
    path = options.out
    if os.path.lexists(path) and not options.force:
        raise OutputError(f"{path} 已经存在，没有改动；要覆盖，请加 --force")
    rows = list(synthesize(now, options.seed))
    try:
        rows, planted = plant_faults(rows, options.faults, options.seed)
    except ValueError:
        said = f"这一期的合成台账只有{len(rows)}行，放不下{options.faults}处差错；请减少 --faults"
        raise OutputError(said) from None
    write_ledger(rows, path)
    agreed = f"其中采用稿件与{now.period.label}的统计表逐格相符"
    spoilt = f"其中有意写错{len(planted)}处，用 zhashui-stats count 可以逐处查出"
    print(
        f"合成台账已写入 {path}，共{len(rows)}行，仅供试用，不是真实情况；"
        f"{spoilt if planted else agreed}"
    )
