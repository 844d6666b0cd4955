"""What each command does, once its line is read; a command that finds faults returns 1."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhashui_stats.briefing import Result, make_briefs
from zhashui_stats.errors import (
    Fault,
    FaultKind,
    FaultyData,
    MissingPeriod,
    OutputError,
)
from zhashui_stats.group_tables import SYNTHETIC_TITLE, format_group_tables, write_group_tables
from zhashui_stats.publish.startup import without_extras
from zhashui_stats.readers import find_data, load, read_ledger
from zhashui_stats.reporting import Inputs, read_for_report, report_period, say_notices
from zhashui_stats.revisions import RELEASE, Revision
from zhashui_stats.scaffold import create_period
from zhashui_stats.submissions import Submissions
from zhashui_stats.units import Unit

if TYPE_CHECKING:
    from zhashui_stats.publish.workers import Workers

__all__ = [
    "run_audit",
    "run_briefs",
    "run_check",
    "run_count",
    "run_diff",
    "run_new",
    "run_release",
    "run_report",
    "run_sample",
    "run_verify",
]


def run_new(options: argparse.Namespace) -> None:
    """Make the folder of a new period."""
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


def run_check(options: argparse.Namespace) -> None:
    """Check a period's data and tell every fault."""
    try:
        now = _read(options)
    except (FaultyData, MissingPeriod) as error:
        _print_faults(options, error)
        raise
    if options.format == "json":
        _print_json([], _counts(now.units, now.counts))
    else:
        _say_check(now)


def _read(options: argparse.Namespace) -> Submissions:
    return read_for_report(options.period, options.data_dir)[-1]


def _print_faults(options: argparse.Namespace, error: FaultyData | MissingPeriod) -> None:
    """Give a program an object whatever is wrong."""
    if options.format != "json":
        return
    if isinstance(error, FaultyData):
        _print_json([fault.as_dict() for fault in error.faults], [])
    else:
        _print_json([_missing_fault(options, error).as_dict()], [])


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
    _warn_of(now)
    print("数据没有问题。")


def _warn_of(now: Submissions) -> None:
    for notice in say_notices(now):
        _warn(notice)


def _warn(notice: str) -> None:
    print(f"注意：{notice}", file=sys.stderr)


def _counts(units: Iterable[Unit], counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    return [
        {"group": unit.group, "unit": unit.name, "category": category, "count": count}
        for unit in units
        for category, count in counts[unit.name].items()
    ]


def _print_json(faults: list[dict[str, Any]], counts: list[dict[str, Any]]) -> None:
    said = {"faults": faults, "counts": counts}
    text = json.dumps(said, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:  # an old console would lose what it cannot write
        text = json.dumps(said, indent=2)
    print(text)


def run_count(options: argparse.Namespace) -> None:
    """Count a ledger into the tables of a period."""
    from zhashui_stats.ledger import count_articles  # noqa: PLC0415 -- the engine takes its time

    try:
        ledger = read_ledger(options.ledger, options.period, options.data_dir, options.table)
        count = count_articles(ledger)
    except (FaultyData, MissingPeriod) as error:
        _print_faults(options, error)
        raise
    title = SYNTHETIC_TITLE if ledger.is_synthetic else ""
    files = format_group_tables(ledger.county, ledger.here, count.counts, title)
    folder = (options.out or find_data(options.data_dir)) / str(options.period)
    write_group_tables(files, folder, force=options.force)
    if options.format == "json":
        _print_json([], _counts(ledger.here.units, count.counts))
        return
    print(f"{ledger.period.label}：{count.summary}。")
    for note in ledger.notes:
        print(f"  {ledger.file}：{note}")
    if title:
        print(f"注意：{title}", file=sys.stderr)
    print(f"统计表已写入 {'、'.join(str(folder / name) for name in files)}")


def run_sample(options: argparse.Namespace) -> None:
    """Make up a ledger that adds up to a period's tables."""
    from zhashui_stats.synthetic import (  # noqa: PLC0415 -- rarely wanted
        plant_faults,
        synthesize,
        write_ledger,
    )

    now = load(options.period, options.data_dir)
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


def run_report(options: argparse.Namespace) -> None:
    """Publish the report of a period, where anything has changed."""
    page, is_new = report_period(
        options.period, options.out, options.data_dir, _warn, force=options.force
    )
    kept = f"没有变化，报告仍是原来的 {page}（要重新生成，请加 --force）"
    print(f"报告已写入 {page}" if is_new else kept)


def run_briefs(options: argparse.Namespace) -> int:
    """Make the page of every unit; 1 where one could not be made."""
    briefs = make_briefs(
        options.period, options.out, options.data_dir, partial(_workers, options),
        force=options.force, notify=_warn, track=_track,
    )  # fmt: skip
    kept = f"，{len(briefs.kept)}个没有变化（要重新生成，请加 --force）" if briefs.kept else ""
    print(f"已生成{len(briefs.made)}个单位的简报{kept}，目录在 {briefs.index}")
    for cause, units in groupby(briefs.failed.items(), key=lambda one: one[1]):
        print(f"未能生成 {'、'.join(unit for unit, _ in units)}：{cause}", file=sys.stderr)
    return 1 if briefs.failed else 0


def _workers(options: argparse.Namespace, inputs: Inputs) -> "AbstractContextManager[Workers]":
    """Return those who make the pages; papermill is imported while their kernels get ready."""
    from zhashui_stats.publish.kernels.environment import start_importing  # noqa: PLC0415

    if not options.scheduler:
        start_importing(has_ledger=inputs.has_ledger)
    with without_extras():
        from zhashui_stats.publish.workers import (  # noqa: PLC0415
            cluster_workers,
            local_workers,
        )
    return cluster_workers(options.scheduler) if options.scheduler else local_workers(options.jobs)


def _track(results: Iterable[Result], number: int) -> Iterable[Result]:
    """Show a bar on a terminal."""
    if not sys.stderr.isatty():
        return results
    from tqdm import tqdm  # noqa: PLC0415 -- for this command only

    shown: Iterable[Result] = tqdm(results, desc="正在生成", total=number, unit="个")
    return shown


def run_release(options: argparse.Namespace) -> None:
    """Release a period; a later release says what it revised."""
    from zhashui_stats.releasing import release_period  # noqa: PLC0415 -- for this command only

    _warn_of(_read(options))
    folder = options.out / str(options.period) / RELEASE
    done = release_period(
        options.period, folder, options.data_dir, reason=options.reason, is_final=options.final
    )
    edited = "、".join(done.edited)
    if not done.is_new:
        print(f"统计数字和文字与第{done.number}次发布相同，没有改动 {folder}")
        if edited:
            print(f"{edited} 在发布后有人改动过，原样保留")
        return
    print(f"第{done.number}次发布已写入 {folder}：通报 circular.docx、附件 annexes.xlsx 等")
    if done.revision:
        _say_revision(done.revision)
        kept = folder / "previous" / str(done.number - 1)
        print(f"前一次发布保存在 {kept}")
        if edited:
            print(f"注意：{edited} 在发布后有人改动过，这些改动没有带入本次发布，见 {kept}")


def _say_revision(revision: Revision) -> None:
    if not revision.cells and not revision.sentences:
        print("数字和文字没有不同")
    for title, changes in (("数字", revision.cells), ("文字", revision.sentences)):
        if changes:
            print(f"{title}改动{len(changes)}处：")
            print("\n".join(f"  {one}" for one in changes))


def run_verify(options: argparse.Namespace) -> int:
    """Hold a release against its checksums and against its inputs; 1 where they differ."""
    from zhashui_stats.releasing import check_release  # noqa: PLC0415

    problems = 0
    for problem in check_release(options.folder, options.data_dir):  # told as they are found
        print(problem)
        problems += 1
    sound = "各文件与校验值一致，由同样的输入重新生成的结果也一致"
    print(f"共{problems}处问题" if problems else sound)
    return 1 if problems else 0


def run_diff(options: argparse.Namespace) -> None:
    """Tell what the second of two releases changed."""
    from zhashui_stats.releasing import compare_releases  # noqa: PLC0415

    _say_revision(compare_releases(options.before, options.after))


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
    with without_extras():
        from zhashui_stats.publish.notebooks import find_notebook  # noqa: PLC0415
        from zhashui_stats.publish.pipeline import publish_report  # noqa: PLC0415

    parameters = {
        "circular": options.circular.as_posix(),
        "period": str(options.period),
        "data_dir": options.data_dir.as_posix(),
        "against": options.against,
    }
    folder = options.out / str(options.period)
    return next(iter(publish_report(find_notebook("circular_audit"), parameters, folder, "audit")))
