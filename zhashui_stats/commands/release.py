"""``release``, ``verify`` and ``diff``: a period as an office issues it."""

import argparse

from zhashui_stats.commands.arguments import Commands, add_command, add_out, add_period, read_place
from zhashui_stats.commands.saying import read_period, warn_of
from zhashui_stats.model.revisions import RELEASE, Revision

__all__ = ["add_diff", "add_release", "add_verify", "run_diff", "run_release", "run_verify"]


def add_release(commands: Commands) -> None:
    """Add ``release``."""
    parser = add_command(commands, "release", run_release, "发布一期：通报、附件和开放数据")
    add_period(parser)
    add_out(parser, "写到哪里（默认 reports，即 reports/期次/release）")
    parser.add_argument(
        "--reason", default="", metavar="原因", help="修订原因；与前次发布相比数字有改动时必填"
    )
    parser.add_argument("--final", action="store_true", help="数字已最终确定（默认为初步数）")


def add_verify(commands: Commands) -> None:
    """Add ``verify``."""
    says = "校验一次发布：核对校验值，重新生成比对"
    parser = add_command(commands, "verify", run_verify, says)
    parser.add_argument(
        "folder", type=read_place, metavar="发布文件夹", help="如 reports/2022H1/release"
    )


def add_diff(commands: Commands) -> None:
    """Add ``diff``."""
    parser = add_command(commands, "diff", run_diff, "比较两次发布，列出改动的数字和文字")
    parser.add_argument("before", type=read_place, metavar="前一次", help="前一次发布的文件夹")
    parser.add_argument("after", type=read_place, metavar="后一次", help="后一次发布的文件夹")


def run_release(options: argparse.Namespace) -> None:
    """Release a period; a later release says what it revised."""
    from zhashui_stats.release.issuing import release_period  # noqa: PLC0415 -- for this command only

    warn_of(read_period(options))
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
            print("\n".join(f"  {change}" for change in changes))


def run_verify(options: argparse.Namespace) -> int:
    """Hold a release against its checksums and against its inputs; 1 where they differ."""
    from zhashui_stats.release.verifying import check_release  # noqa: PLC0415

    problems = 0
    for problem in check_release(options.folder, options.data_dir):  # told as they are found
        print(problem)
        problems += 1
    sound = "各文件与校验值一致，由同样的输入重新生成的结果也一致"
    print(f"共{problems}处问题" if problems else sound)
    return 1 if problems else 0


def run_diff(options: argparse.Namespace) -> None:
    """Tell what the second of two releases changed."""
    from zhashui_stats.release.verifying import compare_releases  # noqa: PLC0415

    _say_revision(compare_releases(options.before, options.after))
