"""Sections whose title follows from the figures, as their text does."""

from dataclasses import dataclass

from zhashui_stats.model.submissions import Submissions
from zhashui_stats.narrative.remarks import with_remark

__all__ = ["TitledSection"]


@dataclass(frozen=True, slots=True)
class TitledSection:
    """A section of the circular: the report shows it under its number, a release numbers it anew.

    Attributes:
        key: Its place in the circular, such as 一（一）.
        title: Markdown, without the number.
        text: Markdown.
    """

    key: str
    title: str
    text: str

    def say(self, now: Submissions) -> str:
        """Give it as the report has it, with the analyst's remark."""
        return with_remark(f"### {self.key[1:]}{self.title}\n\n{self.text}", now, self.key)
