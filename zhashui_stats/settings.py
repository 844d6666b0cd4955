"""Settings in TOML, in every encoding that an office's editor writes: county.toml, source.toml."""

import re
import tomllib
from typing import Any

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.sheets import decode

__all__ = ["read_settings"]


def read_settings(content: bytes, file: str) -> dict[str, Any]:
    """Return the keys of a TOML file in UTF-8 (with or without BOM), UTF-16 or GB18030.

    Args:
        content: The bytes of the file.
        file: How the fault names it.

    Raises:
        FaultyData: It is no text or no TOML; the fault names the row where it is known.
    """
    text = decode(content, file).removeprefix("\ufeff")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        fault = Fault(
            file, _row(str(error), text), None, FaultKind.UNREADABLE_FILE, "不合 TOML 语法",
            '每行一项：键 = "内容"；中文的键也加引号',
        )  # fmt: skip
        raise FaultyData([fault]) from None


def _row(message: str, text: str) -> int | None:
    if line := re.search(r"line (\d+)", message):
        return int(line[1])
    return len(text.splitlines()) if "end of document" in message else None
