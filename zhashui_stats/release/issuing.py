"""Releasing a period: from its data to the folder that an office issues from.

A later release keeps the earlier ones, and says what it changed and why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhashui_stats.comparison import History
from zhashui_stats.errors import MissingReason, NotFilledIn
from zhashui_stats.loading import load_series
from zhashui_stats.model.periods import Period
from zhashui_stats.model.revisions import Revision, find_revision
from zhashui_stats.model.submissions import SourceFile, Submissions
from zhashui_stats.release.composing import compose_circular, compose_definitions
from zhashui_stats.release.files import Release, document_programs, figures_of, make_files
from zhashui_stats.release.folder import ReleaseFolder, read_release, write_folder

__all__ = ["Outcome", "changed_inputs", "compose_release", "release_period"]

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
    release = compose_release(series, is_final=is_final)
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
    blank = [f"{file.path} {alert}" for file in now.files for alert in file.alerts]
    if blank:
        listed = "\n".join(f"  {alert}" for alert in blank)
        raise NotFilledIn(f"{now.period.label}的数据还没有填好，不能发布；请补齐后重试：\n{listed}")


def compose_release(series: Sequence[Submissions], *, is_final: bool) -> Release:
    """Make a period, the last of a series, a first release: circular, sources, definitions."""
    now = series[-1]
    return Release(
        now,
        compose_circular(History(tuple(series))),
        _sources(series),
        compose_definitions(now.county),
        is_final=is_final,
    )


def _sources(series: Sequence[Submissions]) -> tuple[SourceFile, ...]:
    files = {file.path: file for period in series for file in period.files}
    return tuple(files[path] for path in sorted(files))


def _is_new(earlier: ReleaseFolder, release: Release, revision: Revision) -> bool:
    """Tell whether anything differs that a reader or a verifier would look at.

    Another version of the program may set the same words in other bytes.
    """
    return bool(
        revision.cells
        or revision.sentences
        or release.is_final != earlier.is_final
        or earlier.metadata["made_with"] != document_programs()
        or list(changed_inputs(earlier.metadata["sources"], release.sources))
    )


def _revise(earlier: ReleaseFolder, release: Release, reason: str) -> Revision:
    revision = find_revision(
        earlier.number + 1,
        " ".join(reason.split()),
        (earlier.figures, figures_of(release.now)),
        (earlier.lines, list(release.circular.lines())),
    )
    if revision.cells and not revision.reason:
        listed = "\n".join(f"  {cell}" for cell in revision.cells[:_SHOWN])
        more = f"\n  ……共{len(revision.cells)}处" if len(revision.cells) > _SHOWN else ""
        raise MissingReason(
            f"与第{earlier.number}次发布相比，有{len(revision.cells)}个数不同；"
            f"请用 --reason 写明修订原因后重试：\n{listed}{more}"
        )
    return revision


def changed_inputs(
    recorded: Sequence[dict[str, str]], sources: Sequence[SourceFile]
) -> Iterator[str]:
    """Say which inputs are not those that a release was made from, in Chinese, a line each.

    Args:
        recorded: Path and SHA-256 of each input, as the release's metadata have them.
        sources: The inputs as they are now.
    """
    before = {file["path"]: file["sha256"] for file in recorded}
    now = {file.path: file.sha256 for file in sources}
    for path in sorted(before.keys() | now.keys()):
        if path not in now:
            yield f"输入文件 {path}：发布后已删除，无法重新生成"
        elif path not in before:
            yield f"输入文件 {path}：发布后新增，无法重新生成"
        elif before[path] != now[path]:
            yield f"输入文件 {path}：发布后已改动，无法重新生成"
