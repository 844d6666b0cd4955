"""Files are written whole or not at all; nothing hidden is left beside them."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from zhashui_stats.errors import OutputError
from zhashui_stats.files import (
    fill_folder,
    replace_file,
    replace_files,
    staged_file,
    staged_folder,
    writing,
)


def contents(folder: Path) -> dict[str, bytes]:
    """Return path -> content of all files below a folder, hidden ones included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("content", ["新\n", "新\n".encode()])
def test_a_file_is_replaced_and_its_hash_returned(tmp_path: Path, content: str | bytes) -> None:
    """Text is written as UTF-8, with its line ends as they are; bytes stay what they are."""
    path = tmp_path / "a.txt"
    path.write_text("old", "utf-8")
    digest = replace_file(path, content)

    assert digest == sha256("新\n".encode()).hexdigest()
    assert contents(tmp_path) == {"a.txt": "新\n".encode()}


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """Where a text is no Unicode, nothing is begun: the earlier file stays."""
    path = tmp_path / "a.txt"
    path.write_text("old", "utf-8")
    with pytest.raises(OutputError):
        replace_file(path, "\ud800")

    assert contents(tmp_path) == {"a.txt": b"old"}


def fail_half_way(folder: Path, name: str) -> None:
    """Write a file and fail."""
    fill_folder(folder, [(name, b"half")])
    raise ZeroDivisionError


def test_a_block_that_fails_leaves_the_earlier_file(tmp_path: Path) -> None:
    """What it had written until then is gone with the hidden file."""
    (tmp_path / "a.txt").write_text("old", "utf-8")
    with pytest.raises(ZeroDivisionError), staged_file(tmp_path / "a.txt") as place:
        fail_half_way(place.parent, place.name)

    assert contents(tmp_path) == {"a.txt": b"old"}


def test_files_are_all_replaced_or_none(tmp_path: Path) -> None:
    """Where the last cannot be written, the first is as it was and the second is not there."""
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileNotFoundError):
        replace_files({"a": b"new", "b": b"new", "no such folder/c": b"new"}, tmp_path)

    assert contents(tmp_path) == {"a": b"old"}


def test_a_block_that_fails_leaves_no_folder(tmp_path: Path) -> None:
    """Neither the folder that it was to make, nor the hidden one."""
    with pytest.raises(ZeroDivisionError), staged_folder(tmp_path / "new") as staged:
        fail_half_way(staged, "deep/a")

    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_filled_and_moved(tmp_path: Path) -> None:
    """It stands in its place with all that is below it, and the folders above it are made."""
    folder = tmp_path / "above" / "new"
    with staged_folder(folder) as staged:
        fill_folder(staged, [("a", b"1"), ("deep/b", b"2")])
        staged.rename(folder)

    assert contents(tmp_path) == {"above/new/a": b"1", "above/new/deep/b": b"2"}


def test_who_writes_says_what_is_told() -> None:
    """Braces in a path are no part of the message's form."""
    with (
        pytest.raises(OutputError, match=r"^no \{x\} \(没有权限\)$"),
        writing(Path("{x}"), "no {path} ({reason})"),
    ):
        raise PermissionError(13, "denied")


def test_what_is_told_already_goes_on() -> None:
    """A reason that was put into words within is not put into others."""
    with pytest.raises(OutputError, match=r"^刚刚被改写$"), writing(Path("x")):
        raise OutputError("刚刚被改写")


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    """The next run removes files and folders of a process that is gone, and no others."""
    with staged_file(tmp_path / "a.txt") as own:
        alive = own.name
        gone = subprocess.run(
            [sys.executable, "-c", "import os; print(os.getpid())"],
            capture_output=True, text=True, check=True,
        ).stdout.strip()  # fmt: skip
        left = alive.replace(str(os.getpid()), gone)
        elsewhere = left.replace(left[4:12], "0" * 8)
        for name in (left, elsewhere, ".zs-0123456789abcdef.part", "b.part"):
            (tmp_path / name).write_text("x", "utf-8")
        (tmp_path / left.replace(left[-21:-5], "0" * 16)).mkdir()
        replace_file(tmp_path / "b.txt", "b")
        names = {path.name for path in tmp_path.iterdir()}

    assert {alive, elsewhere, ".zs-0123456789abcdef.part", "b.part", "b.txt"} == names
