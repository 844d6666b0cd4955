"""Settings in TOML, in every encoding that an office's editor writes: county.toml, source.toml."""

import re
import tomllib
from decimal import Decimal
from typing import Any

from zhashui_stats.errors import Fault, FaultKind, FaultyData
from zhashui_stats.reading.sheets import decode

__all__ = ["read_settings"]


def read_settings(content: bytes, file: str) -> dict[str, Any]:
    """Return the keys of a TOML file in UTF-8 (with or without BOM), UTF-16 or GB18030.

    Numbers with a point are decimals, by their digits.

    Args:
        content: The bytes of the file.
        file: How the fault names it.

    Raises:
        FaultyData: It is no text or no TOML; the fault names the row where it is known.
    """
    text = decode(content, file).removeprefix("\ufeff")
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        row = _row(str(error), text)
        lines = text.splitlines()
        line = lines[row - 1].strip() if row and row <= len(lines) else ""
        found = f"不合 TOML 语法：{line}" if line else "不合 TOML 语法"
        kind = FaultKind.UNREADABLE_FILE
        raise FaultyData([Fault(file, row, None, kind, found, _advise(line))]) from None


def _advise(line: str) -> str:
    """Say how to mend a line that is no TOML, by the slips that people make."""
    if re.search("[“”‘’＂]", line):
        return '英文双引号：键 = "内容"；这一行用了中文引号'
    if "\\" in line:
        return "写成 / 的斜杠；引号内不能直接写 \\"
    return '每行一项：键 = "内容"；中文的键也加引号'


def _row(message: str, text: str) -> int | None:
    if line := re.search(r"line (\d+)", message):
        return int(line[1])
    return len(text.splitlines()) if "end of document" in message else None
