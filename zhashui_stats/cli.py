"""The command ``zhashui-stats``: new, check, report, audit, count, sample.

Exit status: 0 all well; 1 the data or the circular have faults or the work failed; 2 wrong usage.
"""

import argparse
import contextlib
import json
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

from zhashui_stats.command_line import ChineseParser, Usage
from zhashui_stats.errors import (
    Fault,
    FaultKind,
    FaultyData,
    MissingPeriod,
    OutputError,
    PeriodError,
    ZhashuiError,
    say_os_error,
)
from zhashui_stats.glyphs import find_missing_glyphs
from zhashui_stats.group_tables import SYNTHETIC_TITLE, format_group_tables, write_group_tables
from zhashui_stats.periods import Period
from zhashui_stats.publish.startup import without_uri_grammar
from zhashui_stats.readers import find_data, load, load_series, read_ledger
from zhashui_stats.scaffold import create_period
from zhashui_stats.submissions import Submissions

__all__ = ["main"]

_PERIOD_HELP = "期次，如 2022H1（上半年）、2022H2（下半年）、2022（全年）、2022Q3、2022-04"


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
        # What was cut off half-way complains when Python clears it away.
        warnings.simplefilter("ignore", RuntimeWarning)
        sys.unraisablehook = lambda _: None
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


# --- The commands -------------------------------------------------------------------------------


def _new(options: argparse.Namespace) -> None:
    folder = create_period(options.period, options.data_dir)
    tables = "、".join(sorted(path.name for path in folder.glob("*.csv")))
    place = "" if options.data_dir == Path("data") else f" --data-dir {options.data_dir}"
    print(
        f"已建立 {folder}。请依次：\n"
        f"1. 在 {tables} 中填入数字（空白按 0 计）；\n"
        "2. 在 source.toml 中写明数字从哪里来；\n"
        "3. 统计表反映不了的情况，可以另写 remarks.md（写法见 docs/data.zh-CN.md）；\n"
        f"4. 核对：zhashui-stats check {options.period}{place}\n"
        f"5. 出报告：zhashui-stats report {options.period}{place}"
    )


def _check(options: argparse.Namespace) -> None:
    try:
        now = _read(options)
    except FaultyData as error:
        if options.format == "json":
            _print_json([fault.as_dict() for fault in error.faults], [])
        raise
    except MissingPeriod as error:
        if options.format == "json":
            _print_json([_missing_fault(options, error).as_dict()], [])
        raise
    if options.format == "json":
        _print_json([], _counts(now))
    else:
        _say_check(now)


def _read(options: argparse.Namespace) -> Submissions:
    """Read a period with all that its report needs; every fault is told before anything runs."""
    series = load_series(options.period, options.data_dir)
    if faults := find_missing_glyphs(series, options.data_dir):
        raise FaultyData(faults)
    return series[-1]


def _missing_fault(options: argparse.Namespace, error: MissingPeriod) -> Fault:
    found, _, advice = str(error).partition("；")
    kind = FaultKind.MISSING_PERIOD
    return Fault(str(options.period), None, None, kind, found, advice)


def _say_check(now: Submissions) -> None:
    print(f"{now.period.label}：{len(now.units)}个单位，合计{now.total()}{now.county.measure}。")
    for file in now.files:
        for note in file.notes:
            if note not in file.alerts:
                print(f"  {file.path}：{note}")
    _warn_unfilled(now)
    print("数据没有问题。")


def _warn_unfilled(now: Submissions) -> None:
    for file in now.files:
        for alert in file.alerts:
            print(f"注意：{file.path} {alert}", file=sys.stderr)


def _counts(now: Submissions) -> list[dict[str, Any]]:
    return [
        {"group": unit.group, "unit": unit.name, "category": category, "count": count}
        for unit in now.units
        for category, count in now.counts[unit.name].items()
    ]


def _print_json(faults: list[dict[str, Any]], counts: list[dict[str, Any]]) -> None:
    said = {"faults": faults, "counts": counts}
    text = json.dumps(said, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:  # an old console would lose what it cannot write
        text = json.dumps(said, indent=2)
    print(text)


def _count(options: argparse.Namespace) -> None:
    from zhashui_stats.ledger import count_articles  # noqa: PLC0415 -- the engine takes its time

    try:
        ledger = read_ledger(options.ledger, options.period, options.data_dir, options.table)
        count = count_articles(ledger)
    except FaultyData as error:
        if options.format == "json":
            _print_json([fault.as_dict() for fault in error.faults], [])
        raise
    title = SYNTHETIC_TITLE if ledger.is_synthetic else ""
    files = format_group_tables(ledger.county, ledger.here, count.counts, title)
    folder = (options.out or find_data(options.data_dir)) / str(options.period)
    write_group_tables(files, folder, force=options.force)
    if options.format == "json":
        _print_json([], [
            {"group": unit.group, "unit": unit.name, "category": category, "count": number}
            for unit in ledger.here.units
            for category, number in count.counts[unit.name].items()
        ])  # fmt: skip
        return
    print(f"{ledger.period.label}：{count.summary}。")
    for note in ledger.notes:
        print(f"  {ledger.file}：{note}")
    if title:
        print(f"注意：{title}", file=sys.stderr)
    print(f"统计表已写入 {'、'.join(str(folder / name) for name in files)}")


def _sample(options: argparse.Namespace) -> None:
    from zhashui_stats.synthetic import synthesize, write_ledger  # noqa: PLC0415 -- rarely wanted

    now = load(options.period, options.data_dir)
    path = options.out
    if os.path.lexists(path) and not options.force:
        raise OutputError(f"{path} 已经存在，没有改动；要覆盖，请加 --force")
    rows = list(synthesize(now, options.seed))
    write_ledger(rows, path)
    print(
        f"合成台账已写入 {path}，共{len(rows)}行，仅供试用，不是真实情况；"
        f"其中采用稿件与{now.period.label}的统计表逐格相符"
    )


def _report(options: argparse.Namespace) -> None:
    from zhashui_stats.audit.circulars import check_circular  # noqa: PLC0415 -- a check needs none

    _warn_unfilled(_read(options))
    check_circular(options.period, options.data_dir)
    with without_uri_grammar():
        from zhashui_stats.publish.pipeline import find_notebook, publish_report  # noqa: PLC0415

    parameters = {"period": str(options.period), "data_dir": options.data_dir.as_posix()}
    folder = options.out / str(options.period)
    path = publish_report(find_notebook("half_year_report"), parameters, folder)
    print(f"报告已写入 {path}")


def _audit(options: argparse.Namespace) -> int:
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
    with without_uri_grammar():
        from zhashui_stats.publish.pipeline import find_notebook, publish_report  # noqa: PLC0415

    parameters = {
        "circular": options.circular.as_posix(),
        "period": str(options.period),
        "data_dir": options.data_dir.as_posix(),
        "against": options.against,
    }
    folder = options.out / str(options.period)
    return publish_report(find_notebook("circular_audit"), parameters, folder, "audit")


# --- Reading the command line -------------------------------------------------------------------


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("不能为空，请写明文件夹")
    return Path(text)


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
    new = _command(commands, "new", _new, "为新的一期建立文件夹和待填的统计表")
    check = _command(commands, "check", _check, "核对一期的数据，列出全部问题")
    report = _command(commands, "report", _report, "生成一期的报告（report.html 和 report.ipynb）")
    audit = _command(commands, "audit", _audit, "校核一份通报：逐个数字与统计表核对")
    for command in (new, check, report):
        command.add_argument("period", type=_period, metavar="期次", help=_PERIOD_HELP)
    audit.add_argument(
        "circular", type=Path, metavar="通报", help="通报文件（.txt、.docx、.html 或 .pdf）"
    )
    audit.add_argument("--period", type=_period, required=True, metavar="期次", help=_PERIOD_HELP)
    audit.add_argument(
        "--against", choices=("data", "annexes"), default="data",
        help="与什么核对：data 本期统计表（默认），annexes 通报自己的附件表",
    )  # fmt: skip
    count = _command(commands, "count", _count, "由投稿台账生成一期各组的统计表")
    count.add_argument(
        "ledger", type=Path, metavar="台账",
        help="台账文件（.csv、.xlsx、.parquet，或 SQLite、DuckDB 数据库）",
    )  # fmt: skip
    count.add_argument("--period", type=_period, required=True, metavar="期次", help=_PERIOD_HELP)
    count.add_argument("--table", metavar="表名", help="数据库中的哪张表（只有一张时不必写）")
    count.add_argument(
        "--out", type=_folder, metavar="文件夹", help="统计表写到哪里（默认写进数据文件夹）"
    )
    sample = _command(commands, "sample", _sample, "合成一份台账，供试用；内容是虚构的")
    sample.add_argument("period", type=_period, metavar="期次", help=_PERIOD_HELP)
    sample.add_argument(
        "--out", type=_folder, required=True, metavar="文件",
        help="写到哪个文件（.csv、.xlsx 或 .parquet）",
    )  # fmt: skip
    sample.add_argument(
        "--seed", type=int, default=0, metavar="种子", help="换一个数得到另一份（默认 0）"
    )
    for command in (count, sample):
        command.add_argument("--force", action="store_true", help="覆盖已有的文件")
    _add_format(check, "text", "json")
    _add_format(count, "text", "json")
    _add_format(audit, "text", "json", "html")
    for command in (report, audit):
        command.add_argument(
            "--out", type=_folder, default=Path("reports"), metavar="文件夹",
            help="网页写到哪里（默认 reports）",
        )  # fmt: skip
    return parser


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
        "--data-dir", type=_folder, default=Path("data"), metavar="文件夹",
        help="数据文件夹（默认 data）",
    )  # fmt: skip
    parser.set_defaults(run=run)
    return parser
