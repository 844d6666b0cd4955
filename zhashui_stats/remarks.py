"""The analyst's own paragraphs: ``remarks.md``, by section of the circular."""

import re

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.names import fold_name

__all__ = ["SECTIONS", "read_remarks"]

SECTIONS = tuple(
    f"{part}（{number}）"
    for part, numbers in {"一": "一二三四", "二": "一二三四五", "三": "一二三四五"}.items()
    for number in numbers
)

_HEADING = re.compile(r" {0,3}(#{1,2})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_SPACELESS = re.compile(r" {0,3}(#{1,2})([一二三].*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_KEY = re.compile(r"([一二三])[、,.]?\(([一二三四五])\)")


def read_remarks(text: str, file: str) -> tuple[dict[str, str], tuple[Fault, ...]]:
    r"""Return the paragraphs by section, such as 二（三）, and what is wrong with the headings.

    Raw HTML comes out as the characters that stand there; empty sections are left out.

    >>> read_remarks("## 二(三) 制度执行\n\n两个单位<已>整改。", "2022H1/remarks.md")[0]
    {'二（三）': '两个单位&lt;已>整改。'}
    """
    reader = _Reader(file)
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        reader.read_line(number, line)
    sections = {key: "\n".join(lines).strip("\n") for key, lines in reader.sections.items()}
    kept = {key: sections[key].strip() for key in SECTIONS if sections.get(key, "").strip()}
    return {key: text.replace("<", "&lt;") for key, text in kept.items()}, tuple(reader.faults)


class _Reader:
    """Sorts lines into sections and collects what is wrong with the headings."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sections: dict[str, list[str]] = {}
        self.starts: dict[str, int] = {}
        self.faults: list[Fault] = []
        # Lines under a faulty heading go nowhere, and are no second fault.
        self.current: list[str] | None = None
        self.fence = ""

    def read_line(self, number: int, line: str) -> None:
        """Take one line; within a code fence a ``##`` is no heading."""
        heading = _HEADING.fullmatch(line) or _SPACELESS.fullmatch(line)
        if heading and not self.fence:
            self.current = self._section(number, heading[1], (heading[2] or "").strip())
            return
        if fence := _FENCE.match(line):
            is_end = self.fence and fence[1].startswith(self.fence)
            self.fence = "" if is_end else self.fence or fence[1]
        if self.current is None and line.strip():
            self.current = []
            expected = f"先有标题，如 ## {SECTIONS[0]}，再写段落"
            self._fault(number, line.strip()[:20], expected)
        elif self.current is not None:
            self.current.append(line)

    def _section(self, number: int, level: str, title: str) -> list[str]:
        match = _KEY.match(fold_name(title))
        key = f"{match[1]}（{match[2]}）" if match else ""
        if key not in SECTIONS or level != "##":
            expected = f"## 加上其中之一：{'、'.join(SECTIONS)}"
            self._fault(number, f"{level} {title}", expected)
            return []
        if key in self.starts:
            self._fault(number, f"{key}，第{self.starts[key]}行已有", "每个段落标题只出现一次")
            return []
        self.starts[key] = number
        return self.sections.setdefault(key, [])

    def _fault(self, row: int, found: str, expected: str) -> None:
        kind = FaultKind.BAD_SECTION
        self.faults.append(Fault(self.file, row, None, kind, found, expected))
