"""The folder of a release: read, written whole or not at all, held against its checksums.

release/               the release that is in force
circular.docx …
SHA256SUMS         of everything below, earlier releases included
previous/1/ …      earlier releases, as they were found
"""

import csv
import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhashui_stats.errors import OutputError, UnreadableRelease, say_os_error
from zhashui_stats.files import fill_folder, staged_folder, writing
from zhashui_stats.model.revisions import LOG, Figures, Revision, parse_revisions
from zhashui_stats.release.files import SUMS, say_sums
from zhashui_stats.release.open_data import INDICATORS, read_value

__all__ = ["Damage", "ReleaseFolder", "find_damage", "read_release", "write_folder"]

_PREVIOUS = "previous"
_SUM = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_MOST_BYTES = 64 << 20
_REFUSED = "无法写入 {path}（{reason}）；请关闭正打开的文件，检查路径和权限"


@dataclass(frozen=True)
class ReleaseFolder:
    """A release as it stands in its folder.

    Attributes:
        folder: Where.
        files: Its files by name, without earlier releases and the checksums.
        previous: Files of earlier releases, by their paths below the folder.
        sums: The checksums as they stood when it was read; empty where there are none.
    """

    folder: Path
    files: Mapping[str, bytes]
    previous: Mapping[str, bytes]
    sums: bytes = b""

    @property
    def metadata(self) -> dict[str, Any]:
        """What ``metadata.json`` says."""
        content = self._json("metadata.json")
        if not _is_metadata(content):
            raise self._unreadable("metadata.json")
        return dict(content)

    @property
    def number(self) -> int:
        """The number of the release, from 1."""
        return int(self.metadata["release"])

    @property
    def is_final(self) -> bool:
        """Whether its figures were declared final (最终)."""
        return self.metadata.get("status") == "final"

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """What each release after the first one changed."""
        try:
            revisions = parse_revisions(self.files[LOG]) if LOG in self.files else ()
        except ValueError:
            raise self._unreadable(LOG) from None
        told = [1, *(revision.release for revision in revisions)]
        if len(told) != self.number or told != list(range(1, len(told) + 1)):
            raise self._unreadable(LOG)
        return revisions

    @property
    def recorded(self) -> dict[str, str]:
        """The checksums that were written with the release, by file; empty where none are read."""
        return _read_sums(self.sums)

    def before(self, number: int) -> "ReleaseFolder | None":
        """Return an earlier release that it keeps; None where it does not."""
        if number == self.number:
            return self
        place = f"{_PREVIOUS}/{number}/"
        files = {
            path.removeprefix(place): content
            for path, content in self.previous.items()
            if path.startswith(place) and not path.endswith(SUMS)
        }
        return ReleaseFolder(self.folder / place, files, {}) if files else None

    @property
    def edited(self) -> Iterator[str]:
        """Its files that are not as they were released, by name."""
        recorded = self.recorded
        for name, content in self.files.items():
            if recorded.get(name) not in (None, hashlib.sha256(content).hexdigest()):
                yield name

    @property
    def figures(self) -> Figures:
        """Its figures, by the labels of group, unit and category or indicator."""
        counts = self._read("counts.csv", "category_label", lambda row: int(row["count"]))
        # Not every county has indicators; where the checksums name them, they are to be there.
        if INDICATORS not in self.files and INDICATORS not in self.recorded:
            return counts
        amounts = self._read(INDICATORS, "indicator_label", lambda row: read_value(row["value"]))
        return {**counts, **amounts}

    def _read(self, name: str, label: str, value: Callable[[dict[str, str]], int | str]) -> Figures:
        """Read a tidy table: labels of group, unit and another column -> value."""
        rows = csv.DictReader(io.StringIO(self._text(name), newline=""))
        try:
            return {(row["group_label"], row["unit"], row[label]): value(row) for row in rows}
        except (KeyError, TypeError, ValueError, csv.Error):
            raise self._unreadable(name) from None

    @property
    def lines(self) -> list[str]:
        """The lines of its circular."""
        return self._text("circular.txt").splitlines()

    def _json(self, name: str) -> Any:
        try:
            return json.loads(self._text(name))
        except (ValueError, RecursionError):
            raise self._unreadable(name) from None

    def _text(self, name: str) -> str:
        try:
            return self.files[name].decode("utf-8-sig")
        except (KeyError, UnicodeDecodeError):
            raise self._unreadable(name) from None

    def _unreadable(self, name: str) -> UnreadableRelease:
        return UnreadableRelease(
            f"{self.folder} 中的 {name} 缺失或已损坏；请从备份恢复这个文件夹，或移走后重新发布"
        )


def read_release(folder: Path) -> ReleaseFolder | None:
    """Return the release that a folder holds; None where there is none.

    Raises:
        UnreadableRelease: The folder holds something else, or cannot be read.
    """
    _recover(folder)
    if not folder.exists():
        return None
    files: dict[str, bytes] = {}
    previous: dict[str, bytes] = {}
    try:
        sums = (folder / SUMS).read_bytes() if (folder / SUMS).is_file() else b""
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and name != SUMS and not _is_lock(path):
                if path.stat().st_size > _MOST_BYTES:
                    raise UnreadableRelease(f"{path} 过大，不像是发布的文件；请移走后重试")
                (previous if name.startswith(f"{_PREVIOUS}/") else files)[name] = path.read_bytes()
    except OSError as error:
        raise UnreadableRelease(f"无法读取 {folder}（{say_os_error(error)}）") from error
    if not files and not previous:
        return None
    if "metadata.json" not in files:
        raise UnreadableRelease(f"{folder} 不是发布文件夹（没有 metadata.json）；没有改动")
    return ReleaseFolder(folder, files, previous, sums)


def _is_metadata(content: object) -> bool:
    """Tell whether everything is there that a later release or a verifier looks at."""
    if not isinstance(content, dict) or type(content.get("release")) is not int:  # nor a bool
        return False
    texts = (content.get("period"), content.get("status"))
    sources = content.get("sources")
    return (
        all(isinstance(text, str) for text in texts)
        and isinstance(content.get("made_with"), dict)
        and isinstance(sources, list)
        and all(isinstance(file, dict) and {"path", "sha256"} <= file.keys() for file in sources)
    )


def _is_lock(path: Path) -> bool:
    """Word and LibreOffice leave a file of their own beside one that is open."""
    return path.name.startswith(("~$", ".~lock."))


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not as the checksums of its release have it.

    Attributes:
        file: Its path below the release's folder.
        problem: What is wrong with it, in Chinese.
    """

    file: str
    problem: str

    def __str__(self) -> str:
        """Say it in one line.

        >>> print(Damage("counts.csv", "文件不见了"))
        counts.csv：文件不见了
        """
        return f"{self.file}：{self.problem}"


def find_damage(released: ReleaseFolder) -> Iterator[Damage]:
    """Find what in a release is not as its checksums have it."""
    there = {**released.files, **released.previous}
    listed = released.recorded
    if not listed:
        yield Damage(SUMS, "缺失或已损坏")
        return
    for name, digest in sorted(listed.items()):
        if name not in there:
            yield Damage(name, "文件不见了")
        elif hashlib.sha256(there[name]).hexdigest() != digest:
            yield Damage(name, "内容与发布时不同")
    for name in sorted(there.keys() - listed.keys()):
        yield Damage(name, f"不在 {SUMS} 中，是后来放进去的")
    yield from _edited_before(released.previous)


def _edited_before(previous: Mapping[str, bytes]) -> Iterator[Damage]:
    """Find which files of earlier releases were changed while these were in force."""
    for path, content in sorted(previous.items()):
        place, _, name = path.rpartition("/")
        if name != SUMS:
            continue
        for file, digest in sorted(_read_sums(content).items()):
            kept = previous.get(f"{place}/{file}")
            if kept is not None and hashlib.sha256(kept).hexdigest() != digest:
                yield Damage(f"{place}/{file}", "内容与当时发布的不同，是发布后改动过的")


def _read_sums(content: bytes) -> dict[str, str]:
    matches = map(_SUM.fullmatch, content.decode("utf-8", "replace").splitlines())
    return {match[2]: match[1] for match in matches if match}


def write_folder(
    folder: Path, files: Mapping[str, bytes], earlier: ReleaseFolder | None = None
) -> None:
    """Put a release into its folder; the one that stands there goes to ``previous/``.

    Raises:
        OutputError: The folder cannot be written; what stood there stays as it was.
    """
    kept = dict(earlier.previous) if earlier else {}
    if earlier:
        place = f"{_PREVIOUS}/{earlier.number}"
        kept |= {f"{place}/{name}": content for name, content in earlier.files.items()}
        # What was released, whatever somebody made of the files since.
        kept[f"{place}/{SUMS}"] = earlier.sums
    everything = {**kept, **files}
    with writing(folder, _REFUSED):
        _refuse_other(folder, earlier)
        with staged_folder(folder) as staged:
            staged.chmod(0o755)
            fill_folder(staged, (*everything.items(), (SUMS, say_sums(everything))))
            _swap(staged, folder)


def _refuse_other(folder: Path, earlier: ReleaseFolder | None) -> None:
    """Somebody may have released in the meantime; what he released is not to be lost."""
    sums = folder / SUMS
    there = sums.read_bytes() if sums.is_file() else b""
    if there != (earlier.sums if earlier else b""):
        raise OutputError(f"{folder} 刚刚被另一次发布改写，没有改动；请重试")


def _swap(staged: Path, folder: Path) -> None:
    aside = _aside(folder)
    if folder.exists():
        shutil.rmtree(aside, ignore_errors=True)
        folder.rename(aside)
    try:
        staged.rename(folder)
    except OSError:
        if aside.exists():
            aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _recover(folder: Path) -> None:
    """Put a release back that was set aside when a run was killed between two renames."""
    aside = _aside(folder)
    if aside.exists() and not folder.exists():
        aside.rename(folder)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")
