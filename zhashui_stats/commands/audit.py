"""``audit``: proofread a circular."""

import argparse
from pathlib import Path

from zhashui_stats.commands.arguments import (
    Commands,
    add_command,
    add_format,
    add_out,
    add_period_option,
    read_place,
)
from zhashui_stats.making.modules import modules_for
from zhashui_stats.publish.startup import quick_imports

__all__ = ["add_audit", "run_audit"]


def add_audit(commands: Commands) -> None:
    """Add ``audit``."""
    parser = add_command(commands, "audit", run_audit, "校核一份通报：逐个数字与统计表核对")
    parser.add_argument(
        "circular", type=read_place, metavar="通报", help="通报文件（.txt、.docx、.html 或 .pdf）"
    )
    add_period_option(parser)
    parser.add_argument(
        "--against", choices=("data", "annexes"), default="data",
        help="与什么核对：data 本期统计表（默认），annexes 通报自己的附件表",
    )  # fmt: skip
    add_format(parser, "text", "json", "html")
    add_out(parser, "网页写到哪里（默认 reports）")


def run_audit(options: argparse.Namespace) -> int:
    """Proofread a circular; 1 where it differs from the tables."""
    from zhashui_stats.audit.circulars import audit_file  # noqa: PLC0415 -- for this command only
    from zhashui_stats.audit.findings import Verdict  # noqa: PLC0415
    from zhashui_stats.audit.report import say_audit, say_json, summarise  # noqa: PLC0415

    period, data_dir = options.period, options.data_dir
    audit = audit_file(options.circular, period, data_dir, options.against).audit
    if options.format == "html":
        print(f"校核结果已写入 {_audit_page(options)}：{summarise(audit)}")
    else:
        print(say_json(audit) if options.format == "json" else say_audit(audit))
    return 1 if audit.of(Verdict.DIFFERS) else 0


def _audit_page(options: argparse.Namespace) -> Path:
    with quick_imports():
        from zhashui_stats.publish.notebooks import find_notebook  # noqa: PLC0415
        from zhashui_stats.publish.pipeline import publish_report  # noqa: PLC0415

    parameters = {
        "circular": options.circular.as_posix(),
        "period": str(options.period),
        "data_dir": options.data_dir.as_posix(),
        "against": options.against,
    }
    notebook, folder = find_notebook("circular_audit"), options.out / str(options.period)
    modules = modules_for(has_ledger=False)
    return next(iter(publish_report(notebook, parameters, folder, "audit", modules)))
