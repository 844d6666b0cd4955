"""Where a period's figures come from: ``source.toml``, under keys that the analyst chooses."""

from collections.abc import Mapping

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.reading.settings import read_settings

__all__ = ["TO_FILL", "read_source", "say_unfilled"]

TO_FILL = "（待填写）"
"""What ``new`` writes where the analyst is to fill in."""


def read_source(content: bytes, file: str) -> tuple[dict[str, str], tuple[Fault, ...]]:
    """Return what the file says under each key, and the values that are no text.

    Args:
        content: The bytes of the file.
        file: How faults name it.

    Raises:
        FaultyData: It is no text or no TOML.

    >>> read_source('title = "统计表"'.encode(), "2022H1/source.toml")[0]
    {'title': '统计表'}
    """
    settings = read_settings(content, file)
    texts = {key: value for key, value in settings.items() if isinstance(value, str)}
    expected = '加英文双引号的一段文字，如 "2022年7月8日"'
    return texts, tuple(
        Fault(file, None, key, FaultKind.BAD_SETTING, f"{type(value).__name__} 值", expected)
        for key, value in settings.items()
        if key not in texts
    )


def say_unfilled(source: Mapping[str, str]) -> str:
    """Say which keys are as ``new`` wrote them; empty where all are filled in."""
    unfilled = [key for key, text in source.items() if TO_FILL in text]
    return f"还没有填写：{'、'.join(unfilled)}" if unfilled else ""
