"""Files: written whole or not at all, hashed, and what a page calls them."""

import contextlib
import hashlib
import os
import platform
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from zhashui_stats.errors import OutputError, say_os_error

__all__ = [
    "check_writable",
    "fill_folder",
    "folder_name",
    "hash_file",
    "last_part",
    "replace_file",
    "replace_files",
    "staged_file",
    "staged_folder",
    "writing",
]

_PART = re.compile(r"\.zs-([0-9a-f]{8})-(\d+)-[0-9a-f]{16}\.part")
_REFUSED = "无法写入“{path}”（{reason}）；请检查路径和权限，或用 --out 另指定一个文件夹"


def check_writable(folder: Path) -> None:
    """Make a folder if need be, and hold that it can be written before anything runs.

    Raises:
        OutputError: It cannot.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass


@contextlib.contextmanager
def writing(path: Path, refused: str = _REFUSED) -> Iterator[None]:
    """Say in Chinese why a place cannot be written.

    Args:
        path: The place.
        refused: What is said then, with ``{path}`` and ``{reason}``.

    Raises:
        OutputError: It cannot; one that the block raises goes on as it is.
    """
    try:
        yield
    except OutputError:
        raise
    except (OSError, UnicodeError) as error:
        reason = say_os_error(error) if isinstance(error, OSError) else "系统的编码写不出这个名称"
        raise OutputError(refused.format(path=path, reason=reason)) from error


# --- One file -----------------------------------------------------------------------------------


def replace_file(path: Path, content: str | bytes) -> str:
    """Write a file whole, in place of an earlier one, or not at all.

    Returns:
        SHA-256 of its bytes, hexadecimal.

    Raises:
        OutputError: It cannot be written; an earlier one stays as it was.
    """
    with writing(path):
        written = content.encode("utf-8") if isinstance(content, str) else content
        with staged_file(path) as place, place.open("wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
    return hashlib.sha256(written).hexdigest()


@contextlib.contextmanager
def staged_file(path: Path) -> Iterator[Path]:
    """Give an empty file beside ``path`` to write to, which then takes its place.

    Raises:
        OSError: It cannot; what stood there stays as it was, also where the block fails.
    """
    with _beside(path) as place:
        place.touch(exist_ok=False)
        yield place
        place.chmod(0o644)
        place.replace(path)


def hash_file(path: Path) -> str:
    """Return SHA-256 of a file of any size, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- Several files ------------------------------------------------------------------------------


def replace_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Replace files of a folder, all of them or none.

    Args:
        files: Name -> content; whether there is an earlier one or not.
        folder: Where they stand.

    Raises:
        OSError: One cannot be replaced, as while Excel has it open; the others are again as they
            were.
    """
    before = {name: _content(folder / name) for name in files}
    with contextlib.ExitStack() as stack:
        beside = {name: stack.enter_context(_beside(folder / name)) for name in files}
        # Everything is written beside its place first: a full disk is told before anything changes.
        for name, place in beside.items():
            place.write_bytes(files[name])
        replaced: list[str] = []
        try:
            for name, place in beside.items():
                place.replace(folder / name)
                replaced.append(name)
        except BaseException:
            _restore({name: before[name] for name in replaced}, folder)
            raise


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _restore(before: Mapping[str, bytes | None], folder: Path) -> None:
    for name, content in before.items():
        if content is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(content)


@contextlib.contextmanager
def staged_folder(folder: Path) -> Iterator[Path]:
    """Give a new folder beside ``folder``, for the block to fill and to move into its place.

    Whatever has not been moved when the block ends is cleared away.

    Raises:
        OSError: It cannot be made.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _beside(folder) as place:
        place.mkdir()
        yield place


def fill_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write new files into a folder, each with the folders above it.

    Args:
        folder: Where.
        files: Paths below it, with ``/``, and what they hold.
    """
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a hidden name beside a path; whatever bears it at the end is cleared away."""
    _clear_left(path.parent)
    place = path.parent / f".zs-{_here()}-{os.getpid()}-{secrets.token_hex(8)}.part"
    try:
        yield place
    finally:
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)


def _clear_left(folder: Path) -> None:
    """Clear away what runs that were killed left in a folder; those still at work keep theirs.

    On a shared disk, another machine's processes cannot be told: its files are let alone.
    """
    try:
        found = [(path, _PART.fullmatch(path.name)) for path in folder.iterdir()]
    except OSError:
        return
    for path, match in found:
        if match and match[1] == _here() and not _is_running(int(match[2])):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    path.unlink()


def _here() -> str:
    """Return what tells this machine from others that share a disk."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _is_running(process: int) -> bool:
    """Tell whether a process is there; where that cannot be told, it is taken to be."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


# --- Names --------------------------------------------------------------------------------------


def folder_name(folder: str) -> str:
    """Return what a page calls the data folder: its own name, wherever it is."""
    return last_part(os.path.abspath(folder)) or "data"  # noqa: PTH100 -- links keep their names


def last_part(path: str) -> str:
    r"""Return a path's own name, also where another system wrote the path.

    >>> last_part("data/2022H1/"), last_part(r"D:\通报\通报.docx")
    ('2022H1', '通报.docx')
    """
    return re.split(r"[\\/]", path.rstrip("\\/"))[-1]
