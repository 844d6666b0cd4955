"""What a page is made from, as one hash: where nothing of it changed, the page is the same.

Content counts, never a time stamp; no path of the machine has a part in it, but where the notebook
is given one as a parameter and so states it.
"""

import hashlib
import json
import os
import platform
import secrets
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zhashui_stats.files import hash_file

__all__ = ["code_fingerprint", "environment_fingerprint", "fingerprint", "narrow"]

_FORMAT = 1
_PACKAGE = Path(__file__).parents[2]
_BYTE_CODE = "__pycache__"
_RECORDS = (".dist-info", ".egg-info")


def fingerprint(
    notebook: Path | str, parameters: Mapping[str, str], files: Mapping[str, Path]
) -> str:
    """Return the hash of all that a page is made from, code and environment included.

    Args:
        notebook: The notebook's file, or its content.
        parameters: The values of its parameters, by name.
        files: Every file that it may read, by its name below its folder. A file may be absent or
            unreadable: each is a state of its own, and its opposite is a change.

    Returns:
        SHA-256, hexadecimal. A pipe or a device among the files gives another one each time: to
        look what it holds would empty it.
    """
    return _hash({
        "format": _FORMAT,
        "notebook": _state(notebook) if isinstance(notebook, Path) else _digest(notebook),
        "parameters": dict(parameters),
        "files": {name: _state(path) for name, path in files.items()},
        "code": code_fingerprint(),
        "environment": environment_fingerprint(),
    })  # fmt: skip


def narrow(whole: str, parameters: Mapping[str, str]) -> str:
    """Return the fingerprint of one page of many that differ in parameters only.

    Args:
        whole: What they share, as ``fingerprint`` gives it: taken once, however many they are.
        parameters: What is this one's own.
    """
    return _hash({"format": _FORMAT, "whole": whole, "parameters": dict(parameters)})


def code_fingerprint(package: Path = _PACKAGE) -> str:
    """Return the hash of every file of the package: modules, templates, styles.

    Args:
        package: The package's folder.
    """
    return _hash({path.relative_to(package).as_posix(): _state(path) for path in _sources(package)})


def environment_fingerprint() -> str:
    """Return the hash of the Python that runs, its platform and what is installed for it.

    Of what is installed, names and versions count; the font is one of the distributions.
    """
    return _hash({
        "python": [sys.implementation.name, *map(str, sys.version_info)],
        "platform": [sys.platform, platform.machine()],
        "installed": sorted({name for place in sys.path for name in _installed(place)}),
    })  # fmt: skip


def _sources(package: Path) -> Iterator[Path]:
    for folder, below, names in os.walk(package):
        below[:] = [name for name in below if name != _BYTE_CODE and not name.startswith(".")]
        yield from (Path(folder, name) for name in names if not name.startswith("."))


def _installed(place: str) -> Iterator[str]:
    """Give the records of distributions, whose names hold the versions.

    The record that a source tree keeps in itself has no version, and is there or not by the folder
    at work.
    """
    try:
        names = os.listdir(place) if place else []  # noqa: PTH208 -- names are all that is asked
    except OSError:  # what is no folder, such as python311.zip, may stand on the path
        return
    yield from (name for name in names if name.endswith(_RECORDS) and "-" in Path(name).stem)


def _state(path: Path) -> str:
    """Return the hash of a file's content, or what there is in its place."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            return hash_file(path)
        return "folder" if stat.S_ISDIR(mode) else f"once {secrets.token_hex()}"
    except OSError as error:
        return f"error {error.errno}"


def _hash(made_from: Any) -> str:
    """Hash a value in one unambiguous spelling; what is no Unicode in names is spelt out too."""
    return _digest(json.dumps(made_from, sort_keys=True))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
