"""Verifying a release, and comparing two: what the commands ``verify`` and ``diff`` tell."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from zhashui_stats.errors import UnreadableRelease
from zhashui_stats.loading import load_series
from zhashui_stats.model.revisions import LOG, Revision, find_revision
from zhashui_stats.release.files import document_programs, make_files
from zhashui_stats.release.folder import ReleaseFolder, find_damage, read_release
from zhashui_stats.release.issuing import changed_inputs, compose_release

__all__ = ["check_release", "compare_releases"]


def check_release(folder: Path, data_dir: str | Path = "data") -> Iterator[str]:
    """Say what is wrong with a release, in Chinese, a line each.

    Its files are held against their checksums, and then against what the same inputs give when
    the release is made once more.

    Raises:
        MissingPeriod: The data of its period is not there.
        FaultyData: The data has faults.
        UnreadableRelease: The folder holds something else, or cannot be read.
    """
    released = read_release(folder.resolve())
    if released is None:
        yield _say_nothing_there(folder.resolve())
        return
    damage = list(find_damage(released))
    yield from map(str, damage)
    metadata = released.metadata
    series = load_series(str(metadata["period"]), data_dir)
    release = replace(
        compose_release(series, is_final=metadata["status"] == "final"),
        number=released.number,
        revisions=released.revisions,
    )
    yield from _forged_revisions(released)
    changed = list(changed_inputs(metadata["sources"], release.sources))
    yield from changed
    if changed:
        return
    if metadata["made_with"] != document_programs():
        used = "、".join(f"{name} {version}" for name, version in metadata["made_with"].items())
        yield f"发布时用的程序（{used}）与现在的版本不同，重新生成的文件可能不一致"
    files, told = make_files(release), {part.file for part in damage}
    for name in sorted(files.keys() | released.files.keys()):
        if released.files.get(name) != files.get(name) and name not in told:
            yield f"{name}：与按同样的输入重新生成的内容不一致"


def _forged_revisions(released: ReleaseFolder) -> Iterator[str]:
    """Hold the log against the releases that are kept: what it says they changed, they did."""
    for number, revision in enumerate(released.revisions, 2):
        before, after = released.before(number - 1), released.before(number)
        if before is None:
            yield f"previous：第{number - 1}次发布没有保存在文件夹中"
        if before is None or after is None:  # a later one that is missing is told in its turn
            continue
        found = find_revision(
            number, revision.reason, (before.figures, after.figures), (before.lines, after.lines)
        )
        if found != revision:
            yield f"{LOG}：第{number}次发布的修订记录与前后两次发布的差别不符"


def compare_releases(earlier: Path, later: Path) -> Revision:
    """Return what the second of two releases changed.

    Raises:
        UnreadableRelease: One of the folders holds no release.
    """
    before, now = _read(earlier), _read(later)
    return find_revision(now.number, "", (before.figures, now.figures), (before.lines, now.lines))


def _read(folder: Path) -> ReleaseFolder:
    released = read_release(folder)
    if released is None:
        raise UnreadableRelease(_say_nothing_there(folder))
    return released


def _say_nothing_there(folder: Path) -> str:
    return f"{folder} 中没有发布的文件"
