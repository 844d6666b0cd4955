"""The command ``zhashui-stats``: one command a verb.

Exit status: 0 all well; 1 the data or the circular have faults or the work failed; 2 wrong usage.
"""

import contextlib
import os
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from threading import current_thread, main_thread

from zhashui_stats.commands.audit import add_audit
from zhashui_stats.commands.briefs import add_briefs
from zhashui_stats.commands.check import add_check
from zhashui_stats.commands.chinese_parser import ChineseParser, Usage
from zhashui_stats.commands.count import add_count
from zhashui_stats.commands.new import add_new
from zhashui_stats.commands.release import add_diff, add_release, add_verify
from zhashui_stats.commands.report import add_report
from zhashui_stats.commands.sample import add_sample
from zhashui_stats.errors import PeriodError, ZhashuiError, say_os_error

__all__ = ["main"]

_COMMANDS = (
    add_new,
    add_check,
    add_report,
    add_briefs,
    add_audit,
    add_count,
    add_sample,
    add_release,
    add_verify,
    add_diff,
)
"""In the order in which the help lists them."""


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
    for add in _COMMANDS:
        add(commands)
    return parser
