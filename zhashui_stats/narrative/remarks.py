"""The analyst's own paragraphs, quoted: in place of a section, or below what the tables give."""

from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.prose import prose

__all__ = ["quote_remark", "say_remark", "with_remark"]


@prose
def say_remark(now: Submissions, section: str, topic: str) -> str:
    """Any section that the tables cannot show: the analyst's paragraphs, or that there are none.

    Args:
        now: The period.
        section: Key of the section, such as 一（二）.
        topic: What the section is about, as a noun.
    """
    if section not in now.remarks:
        return f"本期没有{topic}方面的数据。"
    return f"> 经办人说明：\n>\n{quote_remark(now, section)}"


def quote_remark(now: Submissions, section: str) -> str:
    """Any section: the analyst's paragraphs alone, as the circular has them."""
    return "\n".join(f"> {line}".rstrip() for line in now.remarks[section].splitlines())


def with_remark(text: str, now: Submissions, section: str) -> str:
    """Add the analyst's paragraphs on a section, where there are any."""
    return f"{text}\n\n{say_remark(now, section, '')}" if section in now.remarks else text
