"""Releasing a period: from its data to the folder that an office issues from, and back.

What joins the analysis (which composes the circular) with ``publish`` (which writes it).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhashui_stats.compare import History
from zhashui_stats.errors import MissingReason, NotFilledIn, UnreadableRelease
from zhashui_stats.loading import load_series
from zhashui_stats.model.periods import Period
from zhashui_stats.model.revisions import Revision, find_revision
from zhashui_stats.model.submissions import SourceFile, Submissions
from zhashui_stats.release.composing import DEFINITIONS, compose_circular
from zhashui_stats.release.files import Release, figures_of, made_with, make_files
from zhashui_stats.release.folder import Released, find_damage, read_release, write_folder

__all__ = ["Outcome", "check_release", "compare_releases", "release_period"]

_SHOWN = 10  # so many changes a message lists


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wish to release.

    Attributes:
        folder: Where the release stands.
        number: Its number.
        is_new: Whether anything was written.
        revision: What it changed; None for a first release, or where nothing was written.
        edited: Files of the release before that somebody changed since.
    """

    folder: Path
    number: int
    is_new: bool
    revision: Revision | None = None
    edited: tuple[str, ...] = ()


def release_period(
    period: Period | str,
    folder: Path,
    data_dir: str | Path = "data",
    *,
    reason: str = "",
    is_final: bool = False,
) -> Outcome:
    """Release a period; a later release keeps the earlier ones and says what it changed.

    Args:
        period: Which.
        folder: Where the release stands, such as ``reports/2022H1/release``.
        data_dir: The data folder.
        reason: Why figures differ from the release before; needed where they do.
        is_final: Whether the figures are final (最终); once they are, they stay so.

    Raises:
        MissingPeriod: There is no data of it.
        FaultyData: The data has faults.
        UnreadableRelease: The folder holds something else, or a damaged release.
        NotFilledIn: A table or source.toml is as ``new`` made it; nothing was written.
        MissingReason: Figures differ and no reason is given; nothing was written.
        OutputError: The folder cannot be written; what stood there stays as it was.
    """
    folder = folder.resolve()  # a link stays a link
    series = load_series(period, data_dir)
    _refuse_unfilled(series[-1])
    release = _compose(series, is_final=is_final)
    earlier = read_release(folder)
    edited = tuple(earlier.edited) if earlier else ()
    if earlier is None:
        write_folder(folder, make_files(release))
        return Outcome(folder, 1, is_new=True)
    release = replace(release, is_final=is_final or earlier.is_final)
    revision = _revise(earlier, release, reason)
    if not _is_new(earlier, release, revision):
        return Outcome(folder, earlier.number, is_new=False, edited=edited)
    later = replace(release, number=revision.release, revisions=(*earlier.revisions, revision))
    write_folder(folder, make_files(later), earlier)
    return Outcome(folder, revision.release, is_new=True, revision=revision, edited=edited)


def _refuse_unfilled(now: Submissions) -> None:
    """A form that was never filled in is no news for a county's leaders."""
    blank = [f"{file.path} {one}" for file in now.files for one in file.alerts]
    if blank:
        listed = "\n".join(f"  {one}" for one in blank)
        raise NotFilledIn(f"{now.period.label}的数据还没有填好，不能发布；请补齐后重试：\n{listed}")


def _compose(series: Sequence[Submissions], *, is_final: bool) -> Release:
    now = series[-1]
    return Release(
        now,
        compose_circular(History(tuple(series))),
        _sources(series),
        DEFINITIONS,
        is_final=is_final,
    )


def _sources(series: Sequence[Submissions]) -> tuple[SourceFile, ...]:
    files = {file.path: file for one in series for file in one.files}
    return tuple(files[path] for path in sorted(files))


def _is_new(earlier: Released, release: Release, revision: Revision) -> bool:
    """Tell whether anything differs that a reader or a verifier would look at.

    Another version of the program may set the same words in other bytes.
    """
    return bool(
        revision.cells
        or revision.sentences
        or release.is_final != earlier.is_final
        or earlier.metadata["made_with"] != made_with()
        or list(_changed_inputs(earlier.metadata["sources"], release.sources))
    )


def _revise(earlier: Released, release: Release, reason: str) -> Revision:
    revision = find_revision(
        earlier.number + 1,
        " ".join(reason.split()),
        (earlier.figures, figures_of(release.now)),
        (earlier.lines, list(release.circular.lines())),
    )
    if revision.cells and not revision.reason:
        listed = "\n".join(f"  {one}" for one in revision.cells[:_SHOWN])
        more = f"\n  ……共{len(revision.cells)}处" if len(revision.cells) > _SHOWN else ""
        raise MissingReason(
            f"与第{earlier.number}次发布相比，有{len(revision.cells)}个数不同；"
            f"请用 --reason 写明修订原因后重试：\n{listed}{more}"
        )
    return revision


def check_release(folder: Path, data_dir: str | Path = "data") -> Iterator[str]:
    """Say what is wrong with a release, in Chinese, a line each.

    Its files are held against their checksums, and then against what the same inputs give when
    the release is made once more.

    Raises:
        MissingPeriod: The data of its period is not there.
        FaultyData: The data has faults.
        UnreadableRelease: The folder holds no release.
    """
    folder = folder.resolve()
    damage = list(find_damage(folder))
    yield from damage
    told = {one.partition("：")[0] for one in damage}
    released = read_release(folder)
    if released is None:
        return
    metadata = released.metadata
    series = load_series(str(metadata["period"]), data_dir)
    release = replace(
        _compose(series, is_final=metadata["status"] == "final"),
        number=released.number,
        revisions=released.revisions,
    )
    yield from _forged_revisions(released)
    changed = list(_changed_inputs(metadata["sources"], release.sources))
    yield from changed
    if changed:
        return
    if metadata["made_with"] != made_with():
        used = "、".join(f"{name} {one}" for name, one in metadata["made_with"].items())
        yield f"发布时用的程序（{used}）与现在的版本不同，重新生成的文件可能不一致"
    files = make_files(release)
    for name in sorted(files.keys() | released.files.keys()):
        if released.files.get(name) != files.get(name) and name not in told:
            yield f"{name}：与按同样的输入重新生成的内容不一致"


def _forged_revisions(released: Released) -> Iterator[str]:
    """Hold the log against the releases that are kept: what it says they changed, they did."""
    for number, revision in enumerate(released.revisions, 2):
        before, after = released.before(number - 1), released.before(number)
        if before is None or after is None:
            yield f"previous：第{number - 1}次发布没有保存在文件夹中"
            continue
        found = find_revision(
            number, revision.reason, (before.figures, after.figures), (before.lines, after.lines)
        )
        if found != revision:
            yield f"revisions.json：第{number}次发布的修订记录与前后两次发布的差别不符"


def _changed_inputs(
    recorded: Sequence[dict[str, str]], sources: Sequence[SourceFile]
) -> Iterator[str]:
    before = {one["path"]: one["sha256"] for one in recorded}
    now = {one.path: one.sha256 for one in sources}
    for path in sorted(before.keys() | now.keys()):
        if path not in now:
            yield f"输入文件 {path}：发布后已删除，无法重新生成"
        elif path not in before:
            yield f"输入文件 {path}：发布后新增，无法重新生成"
        elif before[path] != now[path]:
            yield f"输入文件 {path}：发布后已改动，无法重新生成"


def compare_releases(one: Path, other: Path) -> Revision:
    """Return what the second of two releases changed.

    Raises:
        UnreadableRelease: One of the folders holds no release.
    """
    before, now = (_read(folder) for folder in (one, other))
    return find_revision(now.number, "", (before.figures, now.figures), (before.lines, now.lines))


def _read(folder: Path) -> Released:
    released = read_release(folder)
    if released is None:
        raise UnreadableRelease(f"{folder} 中没有发布的文件")
    return released
