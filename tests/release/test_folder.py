"""The folder of a release: what is read of it, what is refused, what its checksums tell."""

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest

from zhashui_stats.errors import OutputError, UnreadableRelease
from zhashui_stats.release.folder import ReleaseFolder, find_damage, read_release, write_folder

METADATA = {
    "release": 1, "period": "2022H1", "status": "final", "made_with": {"x": "1"},
    "sources": [{"path": "units.csv", "sha256": "0"}],
}  # fmt: skip
HEADER = "group_label,unit,category_label,count\r\n"
FILES = {
    "counts.csv": f"{HEADER}镇办,甲镇,政务动态,3\r\n".encode("utf-8-sig"),
    "circular.txt": "标题\r\n正文。\r\n".encode("utf-8-sig"),
    "metadata.json": json.dumps(METADATA).encode(),
}


def sum_of(content):
    """Return the checksum of a file's content."""
    return hashlib.sha256(content).hexdigest()


def sums_of(files):
    """Return the checksums of files as a release has them."""
    lines = (f"{sum_of(content)}  {name}\n" for name, content in sorted(files.items()))
    return "".join(lines).encode()


def numbered(number, **more):
    """Return the files of a release by its number."""
    return FILES | {"metadata.json": json.dumps(METADATA | {"release": number}).encode(), **more}


@pytest.fixture
def folder(tmp_path):
    """The folder of a period's release."""
    return tmp_path / "reports" / "2022H1" / "release"


@pytest.fixture
def thrice(folder):
    """A folder after three releases."""
    for number in (1, 2, 3):
        write_folder(folder, numbered(number), read_release(folder))
    return folder


def contents(folder):
    """Return what every file of a folder holds, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def damage(folder):
    """Return what is told of a folder's checksums."""
    return [str(found) for found in find_damage(read_release(folder))]


def without(name):
    """Return files without one of them."""
    return {kept: content for kept, content in FILES.items() if kept != name}


# --- Reading ------------------------------------------------------------------------------------


def test_release_is_read_as_it_was_written(folder):
    """Files, metadata, figures, lines and checksums come back."""
    write_folder(folder, FILES)
    released = read_release(folder)

    assert (folder, FILES, {}) == (released.folder, released.files, released.previous)
    assert (METADATA, 1, True) == (released.metadata, released.number, released.is_final)
    assert {("镇办", "甲镇", "政务动态"): 3} == released.figures
    assert ["标题", "正文。"] == released.lines
    assert () == released.revisions
    assert {name: sum_of(content) for name, content in FILES.items()} == released.recorded


@pytest.mark.parametrize("status", ["provisional", "最终"])
def test_only_final_is_final(status):
    """Any other status is not taken for a final one."""
    files = FILES | {"metadata.json": json.dumps(METADATA | {"status": status}).encode()}

    assert not ReleaseFolder(Path("x"), files, {}).is_final


def test_nothing_there(folder):
    """Where there is no folder, or nothing in it, there is no release."""
    assert read_release(folder) is None
    folder.mkdir(parents=True)
    (folder / "~$rcular.docx").write_bytes(b"x")
    (folder / ".~lock.annexes.xlsx#").write_bytes(b"x")

    assert read_release(folder) is None


@pytest.mark.parametrize("name", ["照片.jpg", "previous/1/metadata.json"])
def test_folder_of_something_else_is_refused(folder, name):
    """Other files are no release, and earlier releases alone are none that is in force."""
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(b"{}")
    with pytest.raises(UnreadableRelease) as caught:
        read_release(folder)

    assert f"{folder} 不是发布文件夹（没有 metadata.json）；没有改动" == str(caught.value)


def test_earlier_releases_are_kept_apart(thrice):
    """Each is found by its number, with its own files; one that is not kept is none."""
    released = read_release(thrice)
    first, second = released.before(1), released.before(2)

    assert released is released.before(3)
    assert (thrice / "previous" / "1", numbered(1), {}) == (
        Path(first.folder), first.files, first.previous,
    )  # fmt: skip
    assert (1, 2) == (first.number, second.number)
    assert released.before(4) is None
    assert numbered(3) == released.files


def test_release_twelve_is_not_release_one(folder):
    """Numbers of several digits are told from their beginnings."""
    files = {"previous/12/metadata.json": b"{}"}

    assert ReleaseFolder(folder, numbered(13), files).before(1) is None


METADATA_LACKS = [
    {"release": "1"}, {"release": 1.5}, {"release": None}, {"release": True}, {"period": 2022},
    {"status": None}, {"made_with": []}, {"sources": {}}, {"sources": [{"path": "x"}]},
    {"sources": [{"sha256": ""}]}, {"sources": ["path, sha256"]},
]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [json.dumps(METADATA | lacks) for lacks in METADATA_LACKS]
    + [json.dumps({key: METADATA[key] for key in METADATA if key != name}) for name in METADATA]
    + ["", "[]", "{", "\ud800", "[" * 100_000],
)
def test_metadata_are_whole_or_damaged(folder, content):
    """A number that is none, texts that are none and parts that are missing are told as damage."""
    files = FILES | {"metadata.json": content.encode("utf-8", "surrogatepass")}
    with pytest.raises(UnreadableRelease) as caught:
        print(ReleaseFolder(folder, files, {}).metadata)

    assert (
        f"{folder} 中的 metadata.json 缺失或已损坏；请从备份恢复这个文件夹，或移走后重新发布"
        == (str(caught.value))
    )


@pytest.mark.parametrize(
    ("name", "content", "attribute"),
    [
        ("counts.csv", "组别,单位,数\n镇办,甲镇,3".encode(), "figures"),
        ("counts.csv", f"{HEADER}镇办,甲镇,政务动态,三".encode(), "figures"),
        ("counts.csv", f"{HEADER}镇办,甲镇,政务动态".encode(), "figures"),
        ("counts.csv", f"{HEADER}{'甲' * 200_000}".encode(), "figures"),
        ("counts.csv", b"\xff", "figures"),
        ("circular.txt", b"\xff", "lines"),
        ("revisions.json", b"{}1", "revisions"),
    ],
)
def test_damaged_file_is_named(folder, name, content, attribute):
    """What cannot be read is told by its file."""
    with pytest.raises(UnreadableRelease, match=f"中的 {name} 缺失或已损坏"):
        getattr(ReleaseFolder(folder, FILES | {name: content}, {}), attribute)


@pytest.mark.parametrize(
    ("name", "attribute"), [("counts.csv", "figures"), ("circular.txt", "lines")]
)
def test_missing_file_is_named(folder, name, attribute):
    """What is not there is told by its name."""
    with pytest.raises(UnreadableRelease, match=f"中的 {name} 缺失或已损坏"):
        getattr(ReleaseFolder(folder, without(name), {}), attribute)


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, [2]), (2, []), (2, [2, 3]), (2, [3]), (3, [2, 2]), (3, [3, 2]), (3, None), (0, [])],
)
def test_log_tells_of_every_release_after_the_first(folder, number, told):
    """A log that lacks one, or tells of one too many, in whatever order, is damaged."""
    log = [
        {"release": release, "reason": "", "cells": [], "sentences": []} for release in told or ()
    ]
    logged = {} if told is None else {"revisions.json": json.dumps(log).encode()}
    with pytest.raises(UnreadableRelease, match=r"中的 revisions\.json 缺失或已损坏"):
        print(ReleaseFolder(folder, numbered(number, **logged), {}).revisions)


def test_huge_file_is_not_read(folder):
    """A file beyond 64 MiB is none of a release: it is told before it fills the memory."""
    write_folder(folder, FILES)
    scan = folder / "扫描件.pdf"
    with scan.open("wb") as file:
        file.truncate(64 << 20)
    assert scan.name in read_release(folder).files
    with scan.open("wb") as file:
        file.truncate((64 << 20) + 1)
    with pytest.raises(UnreadableRelease) as caught:
        read_release(folder)

    assert f"{scan} 过大，不像是发布的文件；请移走后重试" == str(caught.value)


def test_folder_that_cannot_be_read(folder, monkeypatch):
    """What the system says is passed on in Chinese, with the folder."""
    write_folder(folder, FILES)

    def deny(path):
        raise PermissionError(13, "denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", deny)
    with pytest.raises(UnreadableRelease) as caught:
        read_release(folder)

    assert f"无法读取 {folder}（没有权限）" == str(caught.value)


def test_edited_files_are_those_that_differ_from_their_sums(folder):
    """A file that was added later was never released: it is not edited."""
    write_folder(folder, FILES)
    (folder / "counts.csv").write_bytes(b"x")
    (folder / "扫描件.pdf").write_bytes(b"x")

    assert ["counts.csv"] == [*read_release(folder).edited]


# --- Checksums ----------------------------------------------------------------------------------


def test_sound_folder_has_no_damage(thrice):
    """After three releases every file is as it was written."""
    assert [] == damage(thrice)


@pytest.mark.parametrize("content", [None, b"", b"\xff\n", b"0123  counts.csv\n"])
def test_missing_checksums_are_one_line(folder, content):
    """Without checksums nothing can be told of the files, but that."""
    write_folder(folder, FILES)
    (folder / "SHA256SUMS").unlink()
    if content is not None:
        (folder / "SHA256SUMS").write_bytes(content)

    assert ["SHA256SUMS：缺失或已损坏"] == damage(folder)


def test_damage_is_told_in_order(thrice):
    """First what was released and is gone or changed, then what was added, then earlier edits."""
    (thrice / "counts.csv").write_bytes(b"x")
    (thrice / "circular.txt").unlink()
    (thrice / "乙.txt").write_bytes(b"x")
    (thrice / "previous" / "2" / "甲.txt").write_bytes(b"x")
    (thrice / "previous" / "1" / "counts.csv").write_bytes(b"x")

    assert [
        "circular.txt：文件不见了",
        "counts.csv：内容与发布时不同",
        "previous/1/counts.csv：内容与发布时不同",
        "previous/2/甲.txt：不在 SHA256SUMS 中，是后来放进去的",
        "乙.txt：不在 SHA256SUMS 中，是后来放进去的",
        "previous/1/counts.csv：内容与当时发布的不同，是发布后改动过的",
    ] == damage(thrice)


def test_document_that_was_edited_in_force_is_told(folder):
    """It was kept as it was found, so that its own release's checksums tell it, and no others."""
    write_folder(folder, numbered(1, **{"b.txt": b"1", "a.txt": b"1", "c.txt": b"1"}))
    for name in ("b.txt", "a.txt"):
        (folder / name).write_bytes(b"2")
    (folder / "c.txt").unlink()
    write_folder(folder, numbered(2), read_release(folder))

    assert [
        f"previous/1/{name}：内容与当时发布的不同，是发布后改动过的" for name in ("a.txt", "b.txt")
    ] == damage(folder)


def test_checksums_of_another_tool_are_read(folder):
    """Sums of binary files have an asterisk; lines that are no sums are passed over."""
    write_folder(folder, FILES)
    lines = [f"{sum_of(content)} *{name}" for name, content in FILES.items()]
    (folder / "SHA256SUMS").write_text("\n".join(["# 说明", *lines]), encoding="utf-8")

    assert [] == damage(folder)


# --- Writing ------------------------------------------------------------------------------------


def test_folder_whole(thrice):
    """The release in force, those before it with their checksums, and checksums of it all."""
    expected = {}
    for number in (1, 2):
        files = numbered(number)
        sums = sums_of(expected | files)
        expected |= {f"previous/{number}/{name}": content for name, content in files.items()}
        expected[f"previous/{number}/SHA256SUMS"] = sums
    expected |= numbered(3)

    assert expected | {"SHA256SUMS": sums_of(expected)} == contents(thrice)
    assert 0o755 == stat.S_IMODE(thrice.stat().st_mode)
    assert ["release"] == [path.name for path in thrice.parent.iterdir()]


def fail_once(monkeypatch, is_failing):
    """Let the first renaming fail that is such a one; those after it succeed."""

    def wrap(move):
        def moved(source, target, **options):
            if is_failing(Path(source), Path(target)):
                monkeypatch.undo()
                raise PermissionError(13, "denied")
            return move(source, target, **options)

        return moved

    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, wrap(getattr(os, name)))


@pytest.mark.parametrize("is_first", [True, False])
def test_failed_renaming_leaves_the_release_as_it_was(folder, monkeypatch, is_first):
    """Whether the old release cannot be set aside or the new one not be put there: nothing is lost.

    Nothing else stays beside the folder, and the reason is told with what to do.
    """
    write_folder(folder, numbered(1))
    before, earlier = contents(folder), read_release(folder)
    fail_once(monkeypatch, lambda source, target: (source if is_first else target) == folder)
    with pytest.raises(OutputError) as caught:
        write_folder(folder, numbered(2), earlier)

    assert f"无法写入 {folder}（没有权限）；请关闭正打开的文件，检查路径和权限" == str(caught.value)
    assert before == contents(folder)
    assert ["release"] == [path.name for path in folder.parent.iterdir()]


def test_first_release_that_cannot_be_put_there(folder, monkeypatch):
    """Where there was none before, there is none afterwards, and no rest of it."""
    fail_once(monkeypatch, lambda _, target: target == folder)
    with pytest.raises(OutputError):
        write_folder(folder, FILES)

    assert [] == [*folder.parent.iterdir()]


@pytest.mark.parametrize("is_known", [True, False])
def test_release_of_somebody_else_is_not_replaced(folder, is_known):
    """Who released in the meantime keeps what he released; the second is asked to try again."""
    write_folder(folder, numbered(1))
    known = read_release(folder) if is_known else None
    write_folder(folder, numbered(2), read_release(folder))
    before = contents(folder)
    with pytest.raises(OutputError) as caught:
        write_folder(folder, numbered(2), known)

    assert f"{folder} 刚刚被另一次发布改写，没有改动；请重试" == str(caught.value)
    assert before == contents(folder)


def test_what_a_killed_run_left_is_put_back_or_cleared(folder):
    """A release that was set aside comes back where there is none, and goes where there is."""
    write_folder(folder, numbered(1))
    aside = folder.with_name(".release.old")
    folder.rename(aside)
    assert 1 == read_release(folder).number

    aside.mkdir()
    (aside / "metadata.json").write_bytes(b"x")
    assert 1 == read_release(folder).number
    write_folder(folder, numbered(2), read_release(folder))

    assert 2 == read_release(folder).number
    assert ["release"] == [path.name for path in folder.parent.iterdir()]
