"""The command ``zhashui-stats``: one command a verb.

Exit status: 0 all well; 1 the data or the circular have faults or the work failed; 2 wrong usage.
"""

import argparse
import contextlib
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from threading import current_thread, main_thread

from zhashui_stats import commands as run
from zhashui_stats.command_line import ChineseParser, Usage
from zhashui_stats.errors import (
    PeriodError,
    ZhashuiError,
    say_os_error,
)
from zhashui_stats.periods import Period

__all__ = ["main"]

_PERIOD_HELP = "期次，如 2022H1（上半年）、2022H2（下半年）、2022（全年）、2022Q3、2022-04"
_LONGEST = 18  # digits


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _open_streams()
    _speak_utf8()
    try:
        with _interruptible():
            status = _run(arguments)
            sys.stdout.flush()
            return status
    except KeyboardInterrupt:
        _hush()
        _complain("已中断；原有的报告保持完整")
        return 130
    except BrokenPipeError:  # who reads the pipe, such as head, has seen enough
        _drop_output()
        return 1
    except OSError as error:
        _drop_output()
        place = f"“{error.filename}”" if error.filename else "文件或输出"
        _complain(f"无法读写{place}（{say_os_error(error)}）；请检查所在文件夹、磁盘空间和权限")
        return 1


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options) or 0)
    except Usage as error:
        _complain(str(error))
        return 2
    except ZhashuiError as error:
        _complain(str(error))
        return 2 if isinstance(error, PeriodError) else 1


def _hush() -> None:
    """What was cut off half-way complains, in English, when Python clears it away."""
    import logging  # noqa: PLC0415 -- asyncio logs what nobody waits for any more

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore", RuntimeWarning)
    sys.unraisablehook = lambda _: None


def _complain(text: str) -> None:
    with contextlib.suppress(OSError):  # where nothing can be said, the exit status still tells
        print(f"zhashui-stats：{text}", file=sys.stderr)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """End as tidily on SIGTERM, which a service manager sends, as on Ctrl-C."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _open_streams() -> None:
    """Open what the shell closed (``>&-``): no other file may take the number of a stream."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 -- for good
            setattr(sys, name, stream)


def _drop_output() -> None:
    """Send what is still to be written nowhere, or Python tries again when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Say Chinese also on a console whose code page lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


# --- Reading the command line -------------------------------------------------------------------


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _place(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("不能为空，请写明路径")
    return Path(text)


def _whole(text: str) -> int:
    # A seed has no sign: Python draws the same from a number and its negative.
    if not text.isdecimal() or len(text) > _LONGEST:
        raise argparse.ArgumentTypeError(f"应为 0 或正整数，不能是“{text}”")
    return int(text)


def _number(text: str) -> int:
    if not (number := _whole(text)):
        raise argparse.ArgumentTypeError("应为正整数，不能是“0”")
    return number


def _address(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("不能为空，请写明地址")
    return text


def _parser() -> ChineseParser:
    parser = ChineseParser(
        prog="zhashui-stats",
        description="由各单位投稿统计表生成政务公开信息采编情况报告，并校核通报。",
        epilog="退出状态：0 正常；1 数据或通报有问题，或未能完成；2 用法有误。",
    )
    parser.add_argument(
        "--version", action="version", version=version("zhashui-stats"), help="显示版本号"
    )
    commands = parser.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=ChineseParser
    )
    new = _command(commands, "new", run.run_new, "为新的一期建立文件夹和待填的统计表")
    check = _command(commands, "check", run.run_check, "核对一期的数据，列出全部问题")
    report = _command(commands, "report", run.run_report, "生成一期的报告（report.html）")
    briefs = _command(commands, "briefs", run.run_briefs, "生成各单位的单页简报，附目录")
    audit = _command(commands, "audit", run.run_audit, "校核一份通报：逐个数字与统计表核对")
    for command in (new, check, report, briefs):
        command.add_argument("period", type=_period, metavar="期次", help=_PERIOD_HELP)
    audit.add_argument(
        "circular", type=Path, metavar="通报", help="通报文件（.txt、.docx、.html 或 .pdf）"
    )
    audit.add_argument("--period", type=_period, required=True, metavar="期次", help=_PERIOD_HELP)
    audit.add_argument(
        "--against", choices=("data", "annexes"), default="data",
        help="与什么核对：data 本期统计表（默认），annexes 通报自己的附件表",
    )  # fmt: skip
    count = _command(commands, "count", run.run_count, "由投稿台账生成一期各组的统计表")
    count.add_argument(
        "ledger", type=_place, metavar="台账",
        help="台账文件（.csv、.xlsx、.parquet，或 SQLite、DuckDB 数据库）",
    )  # fmt: skip
    count.add_argument("--period", type=_period, required=True, metavar="期次", help=_PERIOD_HELP)
    count.add_argument("--table", metavar="表名", help="数据库中的哪张表（只有一张时不必写）")
    count.add_argument(
        "--out", type=_place, metavar="文件夹", help="统计表写到哪里（默认写进数据文件夹）"
    )
    sample = _command(commands, "sample", run.run_sample, "合成一份台账，供试用；内容是虚构的")
    sample.add_argument("period", type=_period, metavar="期次", help=_PERIOD_HELP)
    sample.add_argument(
        "--out", type=_place, required=True, metavar="文件",
        help="写到哪个文件（.csv、.xlsx 或 .parquet）",
    )  # fmt: skip
    sample.add_argument(
        "--seed", type=_whole, default=0, metavar="种子", help="换一个数得到另一份（默认 0）"
    )
    sample.add_argument(
        "--faults", type=_whole, default=0, metavar="处数", help="有意写错多少处（默认 0）"
    )
    for command in (count, sample):
        command.add_argument("--force", action="store_true", help="覆盖已有的文件")
    for command in (report, briefs):
        command.add_argument("--force", action="store_true", help="没有变化也重新生成")
    briefs.add_argument(
        "--jobs", type=_number, metavar="个数", help="同时生成几个（默认比处理器个数多 1）"
    )
    briefs.add_argument(
        "--scheduler",
        type=_address,
        metavar="地址",
        help="用 Dask 集群生成，写调度器的地址，如 tcp://主机:8786",
    )
    _add_release_commands(commands)
    _add_format(check, "text", "json")
    _add_format(count, "text", "json")
    _add_format(audit, "text", "json", "html")
    for command in (report, briefs, audit):
        command.add_argument(
            "--out", type=_place, default=Path("reports"), metavar="文件夹",
            help="网页写到哪里（默认 reports）",
        )  # fmt: skip
    return parser


def _add_release_commands(commands: "argparse._SubParsersAction[ChineseParser]") -> None:
    release = _command(commands, "release", run.run_release, "发布一期：通报、附件和开放数据")
    release.add_argument("period", type=_period, metavar="期次", help=_PERIOD_HELP)
    release.add_argument(
        "--out", type=_place, default=Path("reports"), metavar="文件夹",
        help="写到哪里（默认 reports，即 reports/期次/release）",
    )  # fmt: skip
    release.add_argument(
        "--reason", default="", metavar="原因", help="修订原因；与前次发布相比数字有改动时必填"
    )
    release.add_argument("--final", action="store_true", help="数字已最终确定（默认为初步数）")
    verify = _command(commands, "verify", run.run_verify, "校验一次发布：核对校验值，重新生成比对")
    verify.add_argument(
        "folder", type=_place, metavar="发布文件夹", help="如 reports/2022H1/release"
    )
    diff = _command(commands, "diff", run.run_diff, "比较两次发布，列出改动的数字和文字")
    diff.add_argument("before", type=_place, metavar="前一次", help="前一次发布的文件夹")
    diff.add_argument("after", type=_place, metavar="后一次", help="后一次发布的文件夹")


def _add_format(command: ChineseParser, *formats: str) -> None:
    command.add_argument("--format", choices=formats, default="text", help="输出格式（默认 text）")


def _command(
    commands: "argparse._SubParsersAction[ChineseParser]",
    name: str,
    run: Callable[[argparse.Namespace], int | None],
    says: str,
) -> ChineseParser:
    parser = commands.add_parser(name, help=says, description=f"{says}。")
    parser.add_argument(
        "--data-dir", type=_place, default=Path("data"), metavar="文件夹",
        help="数据文件夹（默认 data）",
    )  # fmt: skip
    parser.set_defaults(run=run)
    return parser
