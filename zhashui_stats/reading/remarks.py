"""The analyst's own paragraphs: ``remarks.md``, by section of the circular."""

import re

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.model.names import fold_name

__all__ = ["SECTIONS", "read_remarks"]

SECTIONS = tuple(
    f"{part}（{number}）"
    for part, numbers in {"一": "一二三四", "二": "一二三四五", "三": "一二三四五"}.items()
    for number in numbers
)

_HEADING = re.compile(r" {0,3}(#{1,2})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_SPACELESS = re.compile(r" {0,3}(#{1,2})([一二三].*)")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_FENCE_END = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*")
_MARKUP = re.compile(r"\\.|(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)|<")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_KEY = re.compile(r"([一二三])[、,.]?\(([一二三四五])\)")


def read_remarks(text: str, file: str) -> tuple[dict[str, str], tuple[Fault, ...]]:
    r"""Return the paragraphs by section, such as 二（三）, and what is wrong with the headings.

    Raw HTML comes out as the characters that stand there, whatever renders the paragraphs;
    empty sections are left out.

    >>> read_remarks("## 二(三) 制度执行\n\n两个单位<已>整改。", "2022H1/remarks.md")[0]
    {'二（三）': '两个单位\\<已>整改。'}
    """
    reader = _Reader(file)
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        reader.read_line(number, line)
    sections = {key: "\n".join(lines).strip("\n") for key, lines in reader.sections.items()}
    kept = {key: sections[key].strip() for key in SECTIONS if sections.get(key, "").strip()}
    return kept, tuple(reader.faults)


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
        self.is_code = False
        self.after_blank = True

    def read_line(self, number: int, line: str) -> None:
        """Take one line; within a code fence a ``##`` is no heading."""
        heading = _HEADING.fullmatch(line) or _SPACELESS.fullmatch(line)
        if heading and not self.fence:
            self.current = self._section(number, heading[1], (heading[2] or "").strip())
            self.after_blank = True
            return
        is_code = self.is_code
        self._follow_fence(line)
        if self.current is None and line.strip():
            self.current = []
            expected = f"先有标题，如 ## {SECTIONS[0]}，再写段落"
            self._fault(number, line.strip()[:20], expected)
        elif self.current is not None:
            self.current.append(line if is_code and self.is_code else _literal(line))
        self.after_blank = not line.strip()

    def _follow_fence(self, line: str) -> None:
        """Tell whether the lines after this one are code, and so for every renderer.

        A fence that is set in, or follows on a line of text, may be part of a list or a link:
        what such a one holds is no heading, but is not taken for code either.
        """
        if self.fence:
            end = _FENCE_END.fullmatch(line)
            if end and end[1].startswith(self.fence):
                self.fence, self.is_code = "", False
        elif start := _FENCE.match(line):
            self.fence = start[1]
            self.is_code = self.after_blank and not line.startswith(" ")

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


def _literal(line: str) -> str:
    """Make every ``<`` of a line literal, so that it opens no HTML and no link.

    The page's own exporter reads no raw HTML, but ``jupyter nbconvert --to html`` does; so the
    backslash stands in the text itself. Within a code span it would show: a span that has a ``<``
    is written out as plain text, which looks the same on the page.
    """
    return _MARKUP.sub(_literal_part, line)


def _literal_part(match: re.Match[str]) -> str:
    if match[0] == "<":
        return r"\<"
    if match[1] and "<" in match[2]:
        return _PUNCTUATION.sub(r"\\\1", match[2].strip())
    return match[0]
