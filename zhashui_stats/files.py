"""Files that are written whole or not at all."""

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from zhashui_stats.errors import OutputError, say_os_error

__all__ = ["check_writable", "folder_name", "last_part", "replace_file", "writing"]


def check_writable(folder: Path) -> None:
    """Make a folder if need be, and hold that it can be written before anything runs.

    Raises:
        OutputError: It cannot.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass


def replace_file(path: Path, text: str) -> str:
    """Write a file whole, in place of an earlier one, or not at all.

    Returns:
        SHA-256 of its bytes, hexadecimal.

    Raises:
        OutputError: It cannot be written; an earlier one stays as it was.
    """
    with writing(path):
        content = text.encode("utf-8")
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".zs-", suffix=".part")
        staged = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            staged.chmod(0o644)
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)
    return sha256(content).hexdigest()


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in Chinese why a place cannot be written."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        reason = say_os_error(error) if isinstance(error, OSError) else "系统的编码写不出这个名称"
        raise OutputError(
            f"无法写入“{path}”（{reason}）；请检查路径和权限，或用 --out 另指定一个文件夹"
        ) from error


def folder_name(folder: str) -> str:
    """Return what a page calls the data folder: its own name, wherever it is."""
    return last_part(os.path.abspath(folder)) or "data"  # noqa: PTH100 -- links keep their names


def last_part(path: str) -> str:
    r"""Return a path's own name, also where another system wrote the path.

    >>> last_part("data/2022H1/"), last_part(r"D:\通报\通报.docx")
    ('2022H1', '通报.docx')
    """
    return re.split(r"[\\/]", path.rstrip("\\/"))[-1]
