"""The document's own annexes: what the note and the annex pages call them, and their tables."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from zhashui_stats.audit.document.flow import Document, TextTable
from zhashui_stats.errors import Fault, FaultKind, FaultyData, UnreadableDocument
from zhashui_stats.model.county import County, Group
from zhashui_stats.model.names import fold_name
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import SourceFile, Submissions
from zhashui_stats.model.units import Roster
from zhashui_stats.reading.annex import Annex, Names, missing_units, read_annex
from zhashui_stats.reading.blocks import Headings
from zhashui_stats.reading.sheets import HEADER_SCORE, SheetCell, SheetRow

__all__ = ["AnnexTitle", "AnnexTitles", "annex_titles", "read_annexes"]

_NUMERALS = "一二三四五六七八九十"
_DIGIT = f"[{_NUMERALS[:-1]}]"
_ORDINAL = rf"(?:[0-9０-９]{{1,2}}(?![0-9０-９])|{_DIGIT}?十{_DIGIT}?|{_DIGIT})"
_ANNEX = re.compile(
    rf"[ \t\f\u3000\xa0]*(?:[-*•·][ \t]*)?附[ \u3000\xa0]*件[ \u3000\xa0]*"
    rf"(?P<number>{_ORDINAL})?(?P<gap>[ \u3000\xa0]*)(?P<mark>[:：.．、]?)[ \t\u3000\xa0]*"
    r"(?P<rest>[^\n]*?)[ \t\u3000\xa0]*$"
)
_ITEM = re.compile(rf"(?:^|(?<=[\s;；]))(?P<number>{_ORDINAL})[ \u3000\xa0]*[.．、:：)）]\s*")
# A title that ends so is whole; one that does not may go on in the next line.
_WHOLE = re.compile(r"[表单册录案法则图见知报函划稿准书；;。）)]$")
_CLOSING = re.compile(
    r"^[（(【]|^\d{4}\s*年|^[二〇○零一三四五六七八九]{4}年"
    r"|(?:政府|办公室|局|委|委员会|中心|厅|处|院|会|室)$"
)
_MEASURE = re.compile(r"^[（(]?\s*(?:计量)?单位\s*[:：]|^填报|^制表|^截[至止]|^统计(?:时间|日期)")
_SENTENCE = re.compile(r"[，。；）)]")
_BLANK = " \t\f\r\u3000\xa0;；。"
_LINE = re.compile(r"[^\n]+")
_LONGEST_LINE = 300
_LONGEST_NAME = 60
_MOST_LINES = 3
# An annex page shows its table within so many lines of its heading.
_NEAR = 4
_MOST_WORDS = 8
_DEEPEST_HEADER = 12
_MOST_ROWS = 3000
_REVISED = re.compile(r"\s*\[r\]$")


@dataclass(frozen=True, slots=True)
class AnnexTitle:
    """What one annex is called in one place.

    Attributes:
        number: Its number; None where it has none.
        title: Its title, line breaks taken out.
        start: First character of the title in the text.
        end: Behind its last character.
    """

    number: int | None
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnnexTitles:
    """What the annexes are called.

    Attributes:
        noted: In the 附件 note at the end of the body.
        headed: On the annex pages themselves.
    """

    noted: tuple[AnnexTitle, ...]
    headed: tuple[AnnexTitle, ...]


def annex_titles(document: Document) -> AnnexTitles:
    """Return the annexes' titles as the note gives them, and as the annex pages do."""
    lines = _lines(document)
    places = [place for place, line in enumerate(lines) if line.annex]
    noted: list[AnnexTitle | None] = []
    headed: list[AnnexTitle | None] = []
    for place, after in pairwise([*places, len(lines)]):
        part = lines[place:after]
        if _is_heading(part):
            headed.append(_heading(part))
        elif not headed:  # Behind the first annex page stands no note.
            noted.extend(_note(part))
    return AnnexTitles(tuple(filter(None, noted)), tuple(filter(None, headed)))


@dataclass(frozen=True, slots=True)
class _TextLine:
    """A line of the text outside tables; a table counts as one line without text."""

    start: int
    text: str
    annex: re.Match[str] | None = None
    is_table: bool = False


def _lines(document: Document) -> list[_TextLine]:
    found: list[_TextLine] = []
    place = 0
    for table in (*document.tables, None):
        end = table.start if table else len(document.text)
        for match in _LINE.finditer(document.text, place, end):
            if not match[0].isspace():
                found.append(_TextLine(match.start(), match[0], _annex(match[0])))
        if table:
            found.append(_TextLine(table.start, "", is_table=True))
            place = table.end
    return found


def _annex(line: str) -> re.Match[str] | None:
    """Return the parts of a line that names an annex; None for any other line."""
    match = _ANNEX.match(line) if len(line) <= _LONGEST_LINE else None
    if match and match["rest"] and not match["mark"]:
        # A clause broken before the word begins alike.
        is_title = match["number"] and match["gap"] and not _SENTENCE.search(match["rest"])
        return match if is_title else None
    return match


def _is_heading(part: Sequence[_TextLine]) -> bool:
    """Tell an annex page's heading from the note, which may begin alike."""
    has_table = any(line.is_table for line in part[: _NEAR + 1])
    annex = part[0].annex
    if annex is None or (_is_list(part) and not has_table):
        return False
    return has_table or not (annex["rest"] or annex["mark"])


def _is_list(part: Sequence[_TextLine]) -> bool:
    """Tell whether a numbered list follows, in this line or in the next."""
    annex = part[0].annex
    if annex is None or annex["number"]:
        return False
    first = annex["rest"] or next((line.text for line in part[1:2]), "")
    match = _ITEM.match(first.strip())
    return match is not None and _number(match["number"]) == 1


def _heading(part: Sequence[_TextLine]) -> AnnexTitle | None:
    pieces = _first_piece(part)
    has_table = any(line.is_table for line in part)
    for line in part[1:]:
        is_whole = pieces and (_WHOLE.search(pieces[-1][1].strip()) or not has_table)
        if line.is_table or is_whole or len(pieces) == _MOST_LINES:
            break
        if not _MEASURE.search(line.text.strip()):
            pieces.append((line.start, line.text))
    return _title(_own_number(part), pieces)


def _note(part: Sequence[_TextLine]) -> Iterator[AnnexTitle | None]:
    """Return the titles of the note: one, or a numbered list that may run over lines."""
    number = _own_number(part)
    is_list = _is_list(part)
    pieces: list[tuple[int, str]] = []
    following = [(line.start, line.text) for line in part[1:] if not line.is_table]
    for place, text in [*_first_piece(part), *following]:
        items = list(_items(text, (number or 0) + 1)) if is_list else []
        is_item = bool(items) and not text[: items[0][1]].strip()
        if pieces and not is_item and _ends(pieces, text):
            break
        begin = 0
        for own, start, end in items:
            yield _title(number, [*pieces, (place + begin, text[begin:start])])
            number, pieces, begin = own, [], end
        pieces.append((place + begin, text[begin:]))
    yield _title(number, pieces)


def _items(text: str, expected: int) -> Iterator[tuple[int, int, int]]:
    """Return number, start and end of each list mark, as long as they count on."""
    for match in _ITEM.finditer(text):
        if _number(match["number"]) == expected:
            yield expected, match.start(), match.end()
            expected += 1


def _first_piece(part: Sequence[_TextLine]) -> list[tuple[int, str]]:
    annex = part[0].annex
    if annex is None or not annex["rest"]:
        return []
    return [(part[0].start + annex.start("rest"), annex["rest"])]


def _own_number(part: Sequence[_TextLine]) -> int | None:
    annex = part[0].annex
    return _number(annex["number"]) if annex and annex["number"] else None


def _ends(pieces: Sequence[tuple[int, str]], line: str) -> bool:
    """Tell whether a title is whole, or the next line is the signature, the date or a remark."""
    return (
        len(pieces) == _MOST_LINES
        or bool(_WHOLE.search(pieces[-1][1].strip()))
        or bool(_CLOSING.search(line.strip()))
    )


def _title(number: int | None, pieces: Iterable[tuple[int, str]]) -> AnnexTitle | None:
    filled = [(place, text) for place, text in pieces if text.strip(_BLANK)]
    if not filled:
        return None
    (first, begin), (last, end) = filled[0], filled[-1]
    return AnnexTitle(
        number,
        "".join(text.strip() for _, text in filled).rstrip(_BLANK),
        first + len(begin) - len(begin.lstrip()),
        last + len(end.rstrip(_BLANK)),
    )


def _number(text: str) -> int:
    """Read an ordinal in Arabic or Chinese numerals.

    >>> [_number(text) for text in ("１", "十", "十二", "二十")]
    [1, 10, 12, 20]
    """
    folded = unicodedata.normalize("NFKC", text)
    if folded.isdecimal():
        return int(folded)
    tens, ten, ones = folded.rpartition("十")
    digits = [_NUMERALS.index(part) + 1 if part else 0 for part in (tens, ones)]
    return (digits[0] or 1) * 10 + digits[1] if ten else digits[1]


def read_annexes(document: Document, county: County, roster: Roster, period: Period) -> Submissions:
    """Read the document's own annex tables; each belongs to the group whose units it names.

    Counts alone are read: what stands in the columns of indicators is nothing to the audit.

    Raises:
        UnreadableDocument: No table names any unit, or they are longer than any annex.
        FaultyData: Every fault of these tables; a row is a line of the text.
    """
    names = Names(roster, period)
    tables = _AnnexTables(document, Headings(county), names.here)
    county = county.counts_alone
    headings = Headings(county)
    annexes: dict[str, Annex] = {}
    faults: list[Fault] = []
    for group in county.groups:
        if rows := tables.rows(group):
            annexes[group.id] = read_annex(rows, document.name, group, headings, names)
            faults.extend(annexes[group.id].faults)
        elif names.here.of(group.id):
            expected = f"附件中有“{group.label}”的统计表"
            kind = FaultKind.MISSING_FILE
            faults.append(Fault(document.name, None, None, kind, "缺少附件", expected))
    if not annexes:
        advice = "请换成带附件统计表的文档，或先把数据录入数据文件夹"
        raise UnreadableDocument(document.name, "里面没有各单位的附件统计表", advice)
    if faults := [*faults, *missing_units(annexes, names.here)]:
        raise FaultyData(faults)
    return _submissions(document, county, names, annexes)


def _submissions(
    document: Document, county: County, names: Names, annexes: Mapping[str, Annex]
) -> Submissions:
    units = tuple(unit for group in county.groups for unit in names.here.of(group.id))
    counts = {name: row for annex in annexes.values() for name, row in annex.counts.items()}
    digest = sha256(document.text.encode()).hexdigest()
    totals = sum(annex.totals for annex in annexes.values())
    file = SourceFile(document.name, digest, len(counts), totals)
    source = {"transcribed_from": f"{document.name}的附件"}
    return Submissions(county, names.period, units, counts, source, files=(file,))


class _AnnexTables:
    """The tables of a document by group, their rows placed by the lines of its text."""

    def __init__(self, document: Document, headings: Headings, here: Roster) -> None:
        self.document = document
        self.headings = headings
        self.groups = {fold_name(name): unit.group for unit in here.units for name in unit.names}
        self.tables: dict[str, list[TextTable]] = {}
        for table in document.tables:
            if group := self._group_of(table):
                self.tables.setdefault(group, []).append(table)

    def rows(self, group: Group) -> tuple[SheetRow, ...]:
        """Return the rows of a group's tables; ``rows[n - 1]`` is line ``n`` of the text."""
        tables = self.tables.get(group.id, [])
        if sum(len(table.rows) for table in tables) > _MOST_ROWS:
            advice = f"请核对附件；一个附件不应超过 {_MOST_ROWS} 行"
            raise UnreadableDocument(self.document.name, "附件的统计表过长", advice)
        placed: dict[int, SheetRow] = {}
        for table in self._headed(tables):
            first = self.document.line_of(table.start)
            rows = (tuple(map(_unmarked, row)) for row in table.rows)
            placed.update(enumerate(rows, first))
            if header := self._wrapped_header(table):
                start = first + self._first_unit(table)
                placed.update(dict.fromkeys(range(first, start), ()))
                placed[start - 1] = header
        return tuple(placed.get(line, ()) for line in range(1, max(placed, default=0) + 1))

    def _group_of(self, table: TextTable) -> str | None:
        """Return the group most of whose units a table names; None where it names none."""
        votes = Counter(
            filter(None, (self._unit_group(cell) for row in table.rows for cell in row))
        )
        return votes.most_common(1)[0][0] if votes else None

    def _unit_group(self, cell: str) -> str | None:
        name = fold_name(cell) if len(cell) <= _LONGEST_NAME else ""
        return self.groups.get(name) or (name and self.groups.get(name[1:])) or None

    def _headed(self, tables: Sequence[TextTable]) -> list[TextTable]:
        """Leave out what is no annex: a table of ranks or points has none of our headers.

        A table without a header goes on with the one before, from the page before.
        """
        kept: list[TextTable] = []
        for table in tables:
            goes_on = bool(kept) and max(map(len, table.rows)) == max(map(len, kept[-1].rows))
            has_header = self._score(table) >= HEADER_SCORE or self._wrapped_header(table)
            if has_header or goes_on:
                kept.append(table)
        return kept or list(tables)

    def _score(self, table: TextTable) -> int:
        return max(map(self.headings.score, table.rows))

    def _first_unit(self, table: TextTable) -> int:
        return next(n for n, row in enumerate(table.rows) if any(map(self._unit_group, row)))

    def _wrapped_header(self, table: TextTable) -> SheetRow:
        """Put a header together whose cells were broken over the lines above the first row."""
        if self._score(table) > len(self.headings.county.categories):
            return ()  # Names and all categories are there.
        above = [row for row in table.rows[: self._first_unit(table)] if row]
        start = table.start
        while len(above) < _DEEPEST_HEADER and start > 0:
            end = start - 1
            start = self.document.text.rfind("\n", max(0, end - _LONGEST_LINE), end) + 1
            line = self.document.text[start:end]
            if _annex(line) or not start < end:
                break
            above.insert(0, tuple(line.split()))
        width = max(map(len, table.rows))
        return self._by_column(above, width) or self._by_word(above, width)

    def _by_column(self, above: Sequence[tuple[str, ...]], width: int) -> SheetRow:
        """The lines of the header's cells stand side by side."""
        for height in range(1, len(above) + 1):
            lines = above[-height:]
            if any(len(line) != width for line in lines):
                break
            header = tuple("".join(column) for column in zip(*lines, strict=True))
            if all(map(self.headings.role, header)):
                return header
        return ()

    def _by_word(self, above: Iterable[Sequence[str]], width: int) -> SheetRow:
        """The header's cells stand one after the other, each over several lines."""
        words = [word for line in above for word in line]
        header: list[str] = []
        place = 0
        while place < len(words):
            for end in range(min(place + _MOST_WORDS, len(words)), place, -1):
                if self.headings.role(cell := "".join(words[place:end])):
                    header.append(cell)
                    place = end
                    break
            else:
                header.clear()
                place += 1
        return tuple(header) if len(header) == width else ()


def _unmarked(cell: SheetCell) -> SheetCell:
    """Take the mark of a revised count, 21[r], off."""
    return _REVISED.sub("", cell) if isinstance(cell, str) else cell
