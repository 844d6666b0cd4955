"""Tables in plain text: runs of lines with tabs, and of lines of names and whole numbers.

The second kind is what copying a table out of a PDF leaves: ``1 营盘镇 2 0 0``, two blocks of
columns side by side, a name with a space within. Prose never becomes a table: names hold no
punctuation, and two lines of the same shape are needed at least.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from zhashui_stats.audit.document.flow import TableRows, TextTable

__all__ = ["Entry", "find_text_tables", "split_entries"]

_LONGEST_NAME = 20
_LONGEST_CELL = 100
_NUMBER = re.compile(r"[0-9０-９]{1,9}|[0-9]{1,3}(?:[,，][0-9]{3})+|[-—－–/]")
_PROSE = re.compile(r"[，。、；：？！“”‘’《》%％,;:?!\"]")
_SENTENCE = re.compile(r"[。；！？]")
# A line with a tab, or one that ends with a number and holds nothing that only prose does.
_CANDIDATE = re.compile(
    r"^(?:[^\n\t]{0,600}\t[^\n]{0,600}"
    r"|[^\n，。、；：]{3,300}(?<=[0-9０-９/—－–-])[ \t\r\u3000\xa0]{0,9})$",
    re.MULTILINE,
)
_PAGE = re.compile(r"[-—－–·]?\s*[0-9０-９]{1,4}\s*[-—－–·]?|第\s*\d{1,4}\s*页.{0,12}")
_HEADING = re.compile(
    r"^[ \t\f\u3000\xa0]*附[ \u3000\xa0]?件[ \u3000\xa0]?"
    r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})?"
    r"[ \t\r\u3000\xa0]*$",
    re.MULTILINE,
)
_LINE = re.compile(r"[^\n]+")
# An annex's title takes no more lines.
_HIGHEST_TITLE = 3
# Fewer numbers below an annex's heading make no table.
_FEWEST_NUMBERS = 6
_TITLE = re.compile(r"附\s*件|.{6,}[表单册]$")
# So many lines that give nothing (page numbers, repeated headers, blank ones) may part a table.
_WIDEST_GAP = 6
_LONGEST_GAP = 300
_HIGHEST_HEADER = 3
_FEWEST_ROWS = 2
# One number a name is as much as a broken line of prose may show: more must speak for a table.
_FEWEST_PAIRS = 3

_Kind: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with the numbers behind it, and the serial number before it where there is one."""

    serial: str
    name: str
    numbers: tuple[str, ...]


@dataclass
class _LineRun:
    """Lines of one kind, as far as they are read."""

    kind: _Kind
    start: int
    end: int
    lines: list[str] = field(default_factory=list)


def find_text_tables(text: str, tables: Sequence[TextTable] = ()) -> tuple[TextTable, ...]:
    """Return the tables of a text: those known already, and the runs of lines between them."""
    found = list(tables)
    start = 0
    for end, after in [*((table.start, table.end) for table in tables), (len(text), len(text))]:
        for run in _runs(text, start, end):
            if _is_table(run, text):
                found.append(_table(run, text))
        start = after
    found.sort(key=lambda table: table.start)
    return tuple(sorted([*found, *_remains(text, found)], key=lambda table: table.start))


def _remains(text: str, tables: Sequence[TextTable]) -> Iterator[TextTable]:
    """Return what copying left of an annex's table where cells were broken over lines.

    Below the heading of an annex, short lines without punctuation are no prose.
    """
    known = iter([*tables, TextTable(len(text), len(text), ())])
    table = next(known)
    for heading in _HEADING.finditer(text):
        kept: list[tuple[int, int]] = []
        above = within = numbers = 0
        for line in _LINE.finditer(text, heading.end()):
            while table.end <= line.start():
                table = next(known)
            if "\t" in line[0]:
                numbers = 0  # Copying out of a PDF leaves no tabs: this table is whole.
                break
            if table.start <= line.start():
                above, within = _HIGHEST_TITLE, _FEWEST_NUMBERS
            elif above and _is_fragment(line[0]):
                kept.append(line.span())
                numbers += sum(map(str.isdecimal, line[0].split()))
            elif not line[0].strip():
                continue
            elif kept or above == _HIGHEST_TITLE or _HEADING.match(line[0]):
                break
            else:
                above += 1
        if numbers and numbers + within >= _FEWEST_NUMBERS:
            yield from _pieces(text, kept)


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[TextTable]:
    """Join lines that follow one another."""
    start = end = -1
    for begin, stop in [*spans, (len(text) + 2, len(text) + 2)]:
        if begin == end + 1:
            end = stop
            continue
        if start >= 0:
            rows = tuple(tuple(line.split()) for line in text[start:end].split("\n"))
            yield TextTable(start, end, rows)
        start, end = begin, stop


def _is_fragment(line: str) -> bool:
    """A line that may be a part of a table: short words and numbers."""
    words = [word for word in line.split() if not _NUMBER.fullmatch(word)]
    return (
        not _PROSE.search(line)
        and not _TITLE.match(line.strip())
        and max(map(len, words), default=0) <= _LONGEST_NAME
    )


def split_entries(line: str) -> tuple[Entry, ...]:
    """Read a line as names with equally many numbers behind each; empty where it is not.

    >>> [entry.name for entry in split_entries("农 行 0 0 0 应急局 2 0 21")]
    ['农 行', '应急局']
    >>> split_entries("1 甲镇 2 0 3 乙镇 4 5")[1]
    Entry(serial='3', name='乙镇', numbers=('4', '5'))
    >>> split_entries("其中红岩寺镇 50 篇")
    ()
    """
    before, pairs = _pairs(line.split())
    if not pairs or len(before) > 1 or not all(_is_name(name) for name, _ in pairs):
        return ()
    serials = before or [""]
    numbers = [list(given) for _, given in pairs]
    for behind in numbers[:-1] if before else ():
        serials.append(behind.pop())
    serials += [""] * (len(pairs) - len(serials))
    if len({len(given) for given in numbers}) > 1 or not numbers[0]:
        return ()
    rows = zip(serials, pairs, numbers, strict=True)
    return tuple(Entry(serial, name, tuple(own)) for serial, (name, _), own in rows)


def _pairs(tokens: Sequence[str]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Return the numbers before the first name, and each name with the numbers behind it."""
    before: list[str] = []
    pairs: list[tuple[str, list[str]]] = []
    for token in tokens:
        if _NUMBER.fullmatch(token):
            (pairs[-1][1] if pairs else before).append(token)
        elif pairs and not pairs[-1][1]:
            pairs[-1] = (f"{pairs[-1][0]} {token}", [])
        else:
            pairs.append((token, []))
    return before, pairs


def _is_name(name: str) -> bool:
    return (
        len(name) <= _LONGEST_NAME
        and not _PROSE.search(name)
        and sum(map(str.isalpha, name)) >= _FEWEST_ROWS
    )


def _runs(text: str, start: int, end: int) -> Iterator[_LineRun]:
    run: _LineRun | None = None
    for match in _CANDIDATE.finditer(text, start, end):
        kind = _kind(match[0])
        if kind is None:
            continue
        if run and _goes_on(run, kind, text[run.end : match.start()]):
            run.end = match.end()
        else:
            if run:
                yield run
            run = _LineRun(kind, match.start(), match.end())
        run.lines.append(match[0])
    if run:
        yield run


def _kind(line: str) -> _Kind | None:
    """Say whether a line is a row with tabs, with how many cells, or with so many numbers."""
    if "\t" in line.strip():
        cells = line.split("\t")
        is_row = sum(bool(cell.strip()) for cell in cells) > 1 and not _SENTENCE.search(line)
        return ("tabs", len(cells)) if is_row and max(map(len, cells)) <= _LONGEST_CELL else None
    entries = split_entries(line)
    return ("spaces", len(entries[0].numbers)) if entries else None


def _goes_on(run: _LineRun, kind: _Kind, gap: str) -> bool:
    if run.kind[0] != kind[0] or len(gap) > _LONGEST_GAP:
        return False
    lines = gap.split("\n")[1:-1]
    if kind[0] == "tabs":
        are_blank = all(_is_nothing(line) or _is_sparse(line) for line in lines)
        return are_blank and (not lines or run.kind == kind)
    return (
        run.kind == kind
        and len(lines) <= _WIDEST_GAP
        and all(_is_nothing(line) or _is_header(line) or _is_sparse(line) for line in lines)
    )


def _is_nothing(line: str) -> bool:
    return not line.strip() or bool(_PAGE.fullmatch(line.strip()))


def _is_header(line: str) -> bool:
    tokens = line.split()
    return (
        len(tokens) >= 2
        and not _PROSE.search(line)
        and not any(_NUMBER.fullmatch(token) for token in tokens)
        and not _TITLE.match(line.strip())
    )


def _is_sparse(line: str) -> bool:
    """A row of which only some cells are filled in."""
    if "\t" in line:
        return len(line) <= _LONGEST_CELL and not _SENTENCE.search(line)
    before, pairs = _pairs(line.split())
    is_row = len(pairs) == 1 and len(before) <= 1 and _is_name(pairs[0][0])
    return is_row and not _TITLE.match(pairs[0][0])


def _is_table(run: _LineRun, text: str) -> bool:
    if run.kind[0] == "tabs":
        widths = Counter(line.count("\t") for line in run.lines)
        return max(widths.values()) >= _FEWEST_ROWS
    rows = len(run.lines)
    if run.kind[1] > 1:
        return rows >= _FEWEST_ROWS
    has_serials = all(split_entries(line)[0].serial for line in run.lines)
    return rows >= _FEWEST_PAIRS and (has_serials or _header_start(run, text) < run.start)


def _header_start(run: _LineRun, text: str) -> int:
    """Return where the header above the first row begins; the row itself where there is none."""
    start = place = run.start
    for _ in range(_HIGHEST_HEADER):
        above = text.rfind("\n", max(0, place - _LONGEST_GAP), max(0, place - 1)) + 1
        line = text[above : max(0, place - 1)]
        if above == 0 and place > _LONGEST_GAP:
            break
        if _is_header(line):
            start = above
        elif line.strip():
            break
        place = above
    return start


def _table(run: _LineRun, text: str) -> TextTable:
    start = run.start if run.kind[0] == "tabs" else _header_start(run, text)
    lines = text[start : run.end].split("\n")
    if run.kind[0] == "tabs":
        rows = tuple(
            () if _is_nothing(line) else tuple(cell.strip() for cell in line.split("\t"))
            for line in lines
        )
    else:
        rows = _aligned(lines)
    return TextTable(start, run.end, rows)


def _aligned(lines: Sequence[str]) -> TableRows:
    """Give every number of a run its column, with one for the serial numbers if there are any."""
    entries = [split_entries(line) or _sparse_entry(line) for line in lines]
    has_serials = any(entry.serial for row in entries for entry in row)
    rows: list[tuple[str, ...]] = []
    for line, row in zip(lines, entries, strict=True):
        cells: list[str] = []
        for entry in row:
            cells += [entry.serial] * has_serials + [entry.name, *entry.numbers]
        rows.append(tuple(cells) or (() if _is_nothing(line) else tuple(line.split())))
    return tuple(rows)


def _sparse_entry(line: str) -> tuple[Entry, ...]:
    """With cells missing, nobody can tell which: what numbers there are stay in one cell."""
    if _is_nothing(line) or not _is_sparse(line) or _is_header(line):
        return ()
    before, pairs = _pairs(line.split())
    name, numbers = pairs[0]
    return (Entry("".join(before), name, (" ".join(numbers),)),)
