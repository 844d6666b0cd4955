"""Text from data as Markdown shows it: literally."""

import re

__all__ = ["escape"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+!|~$&^=-])")
_LIST_NUMBER = re.compile(r"^(\d+)([.)])")


def escape(text: str) -> str:
    r"""Make text from data literal in Markdown: no markup, no HTML, no link.

    >>> print(escape("<b>农*行*</b>"))
    \<b\>农\*行\*\</b\>
    >>> print(escape("2. 乙镇"))  # At the start of a line it would begin a list.
    2\. 乙镇
    """
    marked = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return _LIST_NUMBER.sub(r"\1\\\2", marked)
