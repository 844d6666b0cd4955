"""What was made from what: a receipt (收据) for each set of output files.

It stands in the user's cache folder, in a file named by where the outputs are: making them again
replaces it, and no folder of reports holds anything but reports. A receipt takes some 500 bytes and
is never taken away; the whole folder may be deleted at any time, at the cost of one run a report.

Nothing in it is believed but that hashes are equal, and where anything is wrong with it, there is
none: a receipt, whoever wrote it, makes no file and changes none.
"""

import contextlib
import hashlib
import json
import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from zhashui_stats.files import hash_file, replace_file

__all__ = ["Receipt", "keep_receipt", "read_receipt"]

_FORMAT = 1
_MOST = 1 << 20  # bytes; a longer file is no receipt
_UNPRINTED = ("Cc", "Cf", "Cs", "Zl", "Zp")  # what steers a terminal, or would end the line


@dataclass(frozen=True, slots=True)
class Receipt:
    """That files were made from something, and are as they were written.

    Attributes:
        fingerprint: Of what they were made from, see ``fingerprint``.
        outputs: File -> SHA-256 of its bytes, hexadecimal.
        notices: What was told when they were made and is to be told again; each is one line.
    """

    fingerprint: str
    outputs: Mapping[Path, str]
    notices: tuple[str, ...] = ()


def read_receipt(outputs: Iterable[Path], fingerprint: str) -> Receipt | None:
    """Return the receipt for a set of files that need not be made again.

    Args:
        outputs: The files, in any order.
        fingerprint: Of what they would be made from now.

    Returns:
        None where they were made from something else, or one of them is missing or changed, or
        there is no receipt that can be read.
    """
    wanted = tuple(outputs)
    try:
        record = _read(_place(wanted))
        if not wanted or record["fingerprint"] != fingerprint:
            return None
        found = {path: _hash_output(path) for path in wanted}
    except (OSError, ValueError):
        return None
    if record["outputs"] != _by_name(found):
        return None
    return Receipt(fingerprint, found, tuple(map(_in_line, record["notices"])))


def keep_receipt(written: Mapping[Path, str], fingerprint: str, notices: Iterable[str]) -> None:
    """Keep a receipt, in place of an earlier one for the same files, whole or not at all.

    Where the cache cannot be written, nothing is kept and nothing said: the next run makes the
    files again.

    Args:
        written: File -> SHA-256 of the bytes that were written, hexadecimal. It is told rather
            than looked up: another run may have replaced the file meanwhile.
        fingerprint: Of what they were made from.
        notices: What is to be told again.
    """
    record = {"format": _FORMAT, "fingerprint": fingerprint, "notices": list(notices)}
    with contextlib.suppress(OSError):
        _write(_place(written), json.dumps({**record, "outputs": _by_name(written)}))


def _place(outputs: Iterable[Path]) -> Path:
    """Return where the receipt for a set of files stands.

    Raises:
        OSError: The user has no cache folder, or the working folder was deleted.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 -- only where a report is wanted

    cache = user_cache_path("zhashui-stats", appauthor=False)
    if not cache.is_absolute():  # not every version of platformdirs refuses such a setting
        raise FileNotFoundError(cache)
    key = json.dumps(sorted(map(_absolute, outputs)))
    return cache / "receipts" / f"{hashlib.sha256(key.encode('ascii')).hexdigest()}.json"


def _by_name(digests: Mapping[Path, str]) -> dict[str, str]:
    return {_absolute(path): digest for path, digest in digests.items()}


def _absolute(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 -- what a link points to may change


def _read(path: Path) -> dict[str, Any]:
    """Return a receipt's record.

    Raises:
        OSError: There is none.
        ValueError: It is none.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        content = file.read(_MOST + 1)
    if len(content) > _MOST:
        raise ValueError("too long")
    try:
        record: Any = json.loads(content)
    except RecursionError:
        raise ValueError("nested") from None
    if not _is_record(record):
        raise ValueError("no receipt")
    return record


def _is_record(record: Any) -> TypeGuard[dict[str, Any]]:
    return (
        isinstance(record, dict)
        and record.keys() == {"format", "fingerprint", "outputs", "notices"}
        and record["format"] == _FORMAT
        and isinstance(record["notices"], list)
        and all(isinstance(notice, str) for notice in record["notices"])
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(path, text)


def _hash_output(path: Path) -> str:
    """Hash an output.

    Raises:
        OSError: It is not there, or is no file.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    return hash_file(path)


def _in_line(text: str) -> str:
    r"""Drop what a terminal would obey.

    >>> _in_line("\x1b[31m注意：\n表中　有空行")
    '[31m注意：表中\u3000有空行'
    """
    return "".join(sign for sign in text if unicodedata.category(sign) not in _UNPRINTED)
