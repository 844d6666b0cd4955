"""Releasing a period: from its data to the folder that an office issues from, and back.

What joins the analysis (which composes the circular) with ``publish`` (which writes it).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhashui_stats.circular import DEFINITIONS, compose_circular
from zhashui_stats.compare import History
from zhashui_stats.errors import MissingReason, UnreadableRelease
from zhashui_stats.periods import Period
from zhashui_stats.publish.folder import Released, find_damage, read_release, write_folder
from zhashui_stats.publish.release import Release, figures_of, make_files
from zhashui_stats.readers import load_series
from zhashui_stats.revisions import Revision, find_revision
from zhashui_stats.submissions import SourceFile, Submissions

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
    """

    folder: Path
    number: int
    is_new: bool
    revision: Revision | None = None


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
        MissingReason: Figures differ and no reason is given; nothing was written.
        OutputError: The folder cannot be written; what stood there stays as it was.
    """
    release = _compose(load_series(period, data_dir), is_final=is_final)
    earlier = read_release(folder)
    if earlier is None:
        write_folder(folder, make_files(release))
        return Outcome(folder, 1, is_new=True)
    release = replace(release, is_final=is_final or earlier.is_final)
    revision = _revise(earlier, release, reason)
    if not _is_new(earlier, release, revision):
        return Outcome(folder, earlier.number, is_new=False)
    later = replace(release, number=revision.release, revisions=(*earlier.revisions, revision))
    write_folder(folder, make_files(later), earlier)
    return Outcome(folder, revision.release, is_new=True, revision=revision)


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

    Another version of the program may set the same words in other bytes: that is no release.
    """
    return bool(
        revision.cells
        or revision.sentences
        or release.is_final != earlier.is_final
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
    damage = list(find_damage(folder))
    yield from damage
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
    changed = list(_changed_inputs(metadata["sources"], release.sources))
    yield from changed
    if not changed:
        for name, content in make_files(release).items():
            if released.files.get(name, content) != content:
                yield f"{name}：与由同样的输入重新生成的不同"


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
