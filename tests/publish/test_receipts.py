"""What was made from what: kept out of the reports, and believed only as far as hashes agree."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from zhashui_stats.publish.once.receipts import Receipt, keep_receipt, read_receipt

MADE_FROM = "f" * 64


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder, which is not there yet."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home" / "cache"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / "cache"))
    return tmp_path / "home"


@pytest.fixture
def outputs(tmp_path: Path) -> list[Path]:
    """A page and its notebook, as written."""
    folder = tmp_path / "reports" / "2022H1"
    folder.mkdir(parents=True)
    paths = [folder / "report.html", folder / "report.ipynb"]
    for path in paths:
        path.write_text(f"made: {path.name}", "utf-8")
    return paths


def digests(outputs: list[Path]) -> dict[Path, str]:
    """Return the hashes of files."""
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in outputs}


def keep(outputs: list[Path], *notices: str, made_from: str = MADE_FROM) -> None:
    """Keep a receipt for files as they stand."""
    keep_receipt(digests(outputs), made_from, notices)


def kept(cache: Path) -> list[Path]:
    """Return every file of the cache."""
    return sorted(path for path in cache.rglob("*") if not path.is_dir())


def test_what_is_unchanged_has_a_receipt(outputs: list[Path]) -> None:
    """A receipt that was kept is read again, with its notices."""
    keep(outputs, "注意：data/2022H1/source.toml 还没有填写：date", "另一条")

    expected = Receipt(
        MADE_FROM,
        digests(outputs),
        ("注意：data/2022H1/source.toml 还没有填写：date", "另一条"),
    )
    assert expected == read_receipt(outputs, MADE_FROM)


def test_nothing_is_known_of_what_was_never_made(outputs: list[Path]) -> None:
    """Without a receipt there is none."""
    assert read_receipt(outputs, MADE_FROM) is None


def test_no_outputs_have_no_receipt() -> None:
    """Nothing at all was never made."""
    keep([])

    assert read_receipt([], MADE_FROM) is None


def test_other_inputs_have_no_receipt(outputs: list[Path]) -> None:
    """A receipt holds for one fingerprint only."""
    keep(outputs)

    assert read_receipt(outputs, "0" * 64) is None


def test_other_outputs_have_no_receipt(outputs: list[Path]) -> None:
    """A receipt holds for a whole set of files, not for a part of it."""
    keep(outputs)

    assert read_receipt(outputs[:1], MADE_FROM) is None


def test_the_same_files_elsewhere_have_no_receipt(outputs: list[Path], tmp_path: Path) -> None:
    """Files that were copied to another folder are made again there, and each have their own."""
    keep(outputs)
    copies = [tmp_path / path.name for path in outputs]
    for path, copy in zip(outputs, copies, strict=True):
        copy.write_bytes(path.read_bytes())
    found = read_receipt(copies, MADE_FROM)
    keep(copies)

    assert found is None
    assert read_receipt(outputs, MADE_FROM) is not None
    assert read_receipt(copies, MADE_FROM) is not None


def cut_off(path: Path) -> None:
    """Drop the last byte."""
    path.write_bytes(path.read_bytes()[:-1])


def edit(path: Path) -> None:
    """Change a byte, and nothing of the size or the time."""
    before = path.stat()
    path.write_bytes(b"M" + path.read_bytes()[1:])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def make_folder(path: Path) -> None:
    """Put a folder in its place."""
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("spoil", [Path.unlink, cut_off, edit, make_folder])
def test_a_spoilt_output_is_made_again(
    outputs: list[Path], number: int, spoil: Callable[[Path], None]
) -> None:
    """An output that is deleted, cut off or edited, whichever it is, has no receipt."""
    keep(outputs)
    spoil(outputs[number])

    assert read_receipt(outputs, MADE_FROM) is None


def test_swapped_outputs_are_made_again(outputs: list[Path]) -> None:
    """Each output is held against its own hash."""
    keep(outputs)
    page, notebook = (path.read_bytes() for path in outputs)
    outputs[0].write_bytes(notebook)
    outputs[1].write_bytes(page)

    assert read_receipt(outputs, MADE_FROM) is None


def test_what_another_run_put_there_has_no_receipt(outputs: list[Path]) -> None:
    """The receipt is for what was written, not for what stands there by the time it is kept."""
    written = digests(outputs)
    outputs[0].write_text("of another run")
    keep_receipt(written, MADE_FROM, ())

    assert read_receipt(outputs, MADE_FROM) is None


def test_times_do_not_count(outputs: list[Path]) -> None:
    """An output that was touched is as good."""
    keep(outputs)
    os.utime(outputs[0], (1, 1))

    assert read_receipt(outputs, MADE_FROM) is not None


def test_the_last_receipt_stays(outputs: list[Path], cache: Path) -> None:
    """Made again from something else, the same files have the new receipt only."""
    keep(outputs)
    keep(outputs, made_from="0" * 64)

    assert read_receipt(outputs, MADE_FROM) is None
    assert read_receipt(outputs, "0" * 64) is not None
    assert 1 == len(kept(cache))


def test_order_and_spelling_do_not_count(
    outputs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outputs are the same in any order, and from any folder."""
    keep(outputs)
    monkeypatch.chdir(outputs[0].parent)

    found = read_receipt([Path(path.name) for path in reversed(outputs)], MADE_FROM)

    assert found is not None
    assert digests(outputs) == {path.absolute(): digest for path, digest in found.outputs.items()}


def test_reports_hold_no_receipt(outputs: list[Path], cache: Path) -> None:
    """The folder of the reports holds what it held; the receipt stands in the user's cache."""
    keep(outputs)

    assert outputs == sorted(outputs[0].parent.iterdir())
    assert [".json"] == [path.suffix for path in kept(cache)]


def test_a_receipt_is_small(outputs: list[Path], cache: Path) -> None:
    """What piles up over the years takes no room."""
    keep(outputs)

    assert kept(cache)[0].stat().st_size < 1024


# --- A receipt that is none ---------------------------------------------------------------------


def record(**changes: object) -> Callable[[str], bytes]:
    """Return a change of a receipt's record."""
    return lambda text: json.dumps({**json.loads(text), **changes}).encode()


SPOILT: dict[str, Callable[[str], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda text: text[:-5].encode(),
    "no text": lambda _: b"\xff\xfe\x00",
    "a list": lambda _: b"[]",
    "null": lambda _: b"null",
    "nested": lambda _: b"[" * 100_000,
    "a long number": lambda _: b"1" * 10_000,
    "too long": lambda text: text.encode() + b" " * (1 << 20),
    "another format": record(format=2),
    "a part missing": lambda text: text.replace("notices", "notes").encode(),
    "a part too many": record(more=1),
    "notices of no text": record(notices=[1]),
    "notices of no list": record(notices="text"),
    "a fingerprint of no text": record(fingerprint=None),
    "outputs of no kind": record(outputs=None),
    "no outputs": record(outputs={}),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_receipt_is_none(
    outputs: list[Path], cache: Path, spoil: Callable[[str], bytes]
) -> None:
    """A receipt that is damaged or of another version is as if there were none, and is replaced."""
    keep(outputs)
    (path,) = kept(cache)
    path.write_bytes(spoil(path.read_text("ascii")))
    found = read_receipt(outputs, MADE_FROM)
    keep(outputs)

    assert found is None
    assert read_receipt(outputs, MADE_FROM) is not None


def test_a_folder_is_no_receipt(outputs: list[Path], cache: Path) -> None:
    """Where a folder stands in its place, there is no receipt and none is kept."""
    keep(outputs)
    (path,) = kept(cache)
    make_folder(path)
    keep(outputs)

    assert read_receipt(outputs, MADE_FROM) is None
    assert [path] == list(path.parent.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
@pytest.mark.parametrize("device", ["/dev/full", "/dev/zero", "nowhere"])
def test_a_link_to_a_device_is_no_receipt(outputs: list[Path], cache: Path, device: str) -> None:
    """A link to a device is not followed; a new receipt takes its place."""
    keep(outputs)
    (path,) = kept(cache)
    path.unlink()
    path.symlink_to(device)
    found = read_receipt(outputs, MADE_FROM)
    keep(outputs)

    assert found is None
    assert read_receipt(outputs, MADE_FROM) is not None
    assert not path.is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes by name")
def test_nobody_waits_for_a_pipe(outputs: list[Path], cache: Path) -> None:
    """A pipe in the place of the receipt or of an output is as if nothing were there."""
    keep(outputs)
    outputs[1].unlink()
    os.mkfifo(outputs[1])
    without_output = read_receipt(outputs, MADE_FROM)
    (path,) = kept(cache)
    path.unlink()
    os.mkfifo(path)

    assert without_output is None
    assert read_receipt(outputs, MADE_FROM) is None


@pytest.mark.parametrize("place", ["", "cache", "cache/zhashui-stats/receipts"])
def test_where_nothing_can_be_written_nothing_is_kept(
    outputs: list[Path], cache: Path, place: str
) -> None:
    """A file in the way of the cache folder, wherever it stands, is no error."""
    path = cache / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    keep(outputs)

    assert read_receipt(outputs, MADE_FROM) is None
    assert path.is_file()


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_cache_is_no_error(outputs: list[Path], cache: Path) -> None:
    """Where the cache may not be written, nothing is kept and nothing said."""
    cache.mkdir()
    cache.chmod(0o500)
    keep(outputs)

    assert read_receipt(outputs, MADE_FROM) is None


def test_a_relative_cache_is_none(outputs: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder that depends on the folder at work would end up among the reports."""
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    monkeypatch.setenv("LOCALAPPDATA", "cache")
    monkeypatch.chdir(outputs[0].parent)
    keep(outputs)

    assert outputs == sorted(outputs[0].parent.iterdir())


def test_a_deleted_working_folder_is_no_error(
    outputs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where relative outputs are nowhere, they have no receipt."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    written = {Path(path.name): digest for path, digest in digests(outputs).items()}
    keep_receipt(written, MADE_FROM, ())

    assert read_receipt(written, MADE_FROM) is None


def test_nothing_is_left_beside_a_receipt(outputs: list[Path], cache: Path) -> None:
    """A receipt is written whole, and what it was written in is gone."""
    for notice in ("一", "二", "三"):
        keep(outputs, notice)

    assert 1 == len(kept(cache))


# --- Notices ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notice", "told"),
    [
        ("注意：data/units.csv　有 3 行", "注意：data/units.csv　有 3 行"),
        ("\x1b[31m红\x1b[0m", "[31m红[0m"),
        ("一\r\n二\u2028三\x85", "一二三"),
        ("甲\u202e乙\ufeff", "甲乙"),
        ("\udcff丙", "丙"),
        ("𠮷", "𠮷"),
    ],
)
def test_notices_steer_no_terminal(outputs: list[Path], notice: str, told: str) -> None:
    """A notice is one line of text, whatever the cache says; its characters are as they were."""
    keep(outputs, notice)
    found = read_receipt(outputs, MADE_FROM)

    assert found is not None
    assert (told,) == found.notices
