"""Blocks: the parts of a table that stand under one header, side by side or stacked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.model.county import County
from zhashui_stats.model.names import NAME_HEADERS, SERIAL_HEADER, UNIT_HEADER
from zhashui_stats.reading.cells import fold_header
from zhashui_stats.reading.sheets import HEADER_SCORE, SheetCell, SheetRow, say_cell

__all__ = ["Block", "Headings", "TableColumn", "find_blocks"]


class _Role(Enum):
    NAME = "name"
    SERIAL = "serial"


_AnyRole: TypeAlias = _Role | str


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table.

    Attributes:
        index: Its place in a row, from 0.
        header: Its header as it stands.
    """

    index: int
    header: str

    def of(self, row: SheetRow) -> SheetCell:
        """Return the cell of this column; None beyond the row's end."""
        return row[self.index] if self.index < len(row) else None


@dataclass(frozen=True, slots=True)
class Block:
    """The rows under one header, within one set of its columns.

    Attributes:
        header: Row of the header, from 1.
        last: The last row that stands under it.
        name: The column of the units' names.
        serial: The column 序号, if there is one.
        categories: Category id -> its column; a category may be missing, which is a fault.
    """

    header: int
    last: int
    name: TableColumn | None
    serial: TableColumn | None
    categories: Mapping[str, TableColumn]

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """Every column that is ours."""
        columns = (self.name, self.serial, *self.categories.values())
        return tuple(column for column in columns if column)


class Headings:
    """What the columns of a county's tables may be headed."""

    def __init__(self, county: County) -> None:
        """Fold the headers that county.toml declares."""
        self.county = county
        self._roles: dict[str, _AnyRole] = {fold_header(name): _Role.NAME for name in NAME_HEADERS}
        self._roles[fold_header(SERIAL_HEADER)] = _Role.SERIAL
        for category in county.categories:
            for header in (category.label, *category.headers):
                self._roles[fold_header(header)] = category.id

    def role(self, cell: SheetCell) -> _AnyRole | None:
        """Return what a header heads, None for what is nothing of ours."""
        return self._roles.get(fold_header(cell)) if isinstance(cell, str) else None

    def score(self, row: SheetRow) -> int:
        """Count the different columns that a row would head, 序号 aside."""
        return len({self.role(cell) for cell in row} - {None, _Role.SERIAL})

    def header_rows(self, rows: Sequence[SheetRow]) -> list[int]:
        """Return the numbers of the header rows; else of the one row that comes nearest."""
        scores = [(self.score(row), number) for number, row in enumerate(rows, 1)]
        headers = [number for score, number in scores if score >= HEADER_SCORE]
        if headers:
            return headers
        best = max((score for score, _ in scores), default=0)
        return [next(number for score, number in scores if score == best)] if best else []


def find_blocks(
    rows: Sequence[SheetRow], headings: Headings, file: str
) -> tuple[tuple[Block, ...], tuple[Fault, ...]]:
    """Return the blocks of a table, and what is wrong with their headers."""
    starts = headings.header_rows(rows)
    if not starts:
        return (), (_no_header(rows, headings, file),)
    builder = _Builder(headings, file)
    ends = [*(start - 1 for start in starts[1:]), len(rows)]
    blocks = [
        block
        for start, last in zip(starts, ends, strict=True)
        for block in builder.blocks(rows[start - 1], start, last)
    ]
    return tuple(blocks), tuple(builder.faults)


def _no_header(rows: Sequence[SheetRow], headings: Headings, file: str) -> Fault:
    first = next((row for row in rows if any(map(say_cell, row))), ())
    labels = "、".join(category.label for category in headings.county.categories)
    expected = f"一行表头：{UNIT_HEADER}、{labels}"
    return Fault(file, None, None, FaultKind.MISSING_COLUMN, _joined(first), expected)


class _Builder:
    """Turns header rows into blocks and collects what is wrong with them."""

    def __init__(self, headings: Headings, file: str) -> None:
        self.headings = headings
        self.file = file
        self.faults: list[Fault] = []

    def blocks(self, row: SheetRow, number: int, last: int) -> list[Block]:
        known = [
            (role, TableColumn(index, say_cell(cell)))
            for index, cell in enumerate(row)
            if (role := self.headings.role(cell)) is not None
        ]
        return [self._block(part, row, number, last) for part in _parts(known)]

    def _block(
        self, part: Iterable[tuple[_AnyRole, TableColumn]], row: SheetRow, number: int, last: int
    ) -> Block:
        columns: dict[_AnyRole, TableColumn] = {}
        for role, column in part:
            if role in columns:
                found = f"“{columns[role].header}”和“{column.header}”指同一列"
                self._fault(number, column.header, FaultKind.DUPLICATE_COLUMN, found, "只留一列")
            columns.setdefault(role, column)
        if _Role.NAME not in columns:
            expected = f"一列“{UNIT_HEADER}”（或{'、'.join(NAME_HEADERS[1:])}）"
            self._fault(number, UNIT_HEADER, FaultKind.MISSING_COLUMN, _joined(row), expected)
        for category in self.headings.county.categories:
            if category.id not in columns:
                others = f"（或{'、'.join(category.headers)}）" if category.headers else ""
                expected = f"一列“{category.label}”{others}"
                self._fault(
                    number, category.label, FaultKind.MISSING_COLUMN, _joined(row), expected
                )
        categories = {role: column for role, column in columns.items() if isinstance(role, str)}
        name, serial = columns.get(_Role.NAME), columns.get(_Role.SERIAL)
        return Block(number, last, name, serial, categories)

    def _fault(self, row: int, column: str, kind: FaultKind, found: str, expected: str) -> None:
        self.faults.append(Fault(self.file, row, column, kind, found, expected))


def _parts(known: list[tuple[_AnyRole, TableColumn]]) -> list[list[tuple[_AnyRole, TableColumn]]]:
    """Cut a header row into its blocks: there are as many as name columns.

    A block starts with its name, or with the 序号 before it; it ends with its name where the
    row starts with a category. A part without categories is no block but a double column.
    """
    roles = [role for role, _ in known]
    names = [place for place, role in enumerate(roles) if role is _Role.NAME]
    if isinstance(roles[0], str) and roles[-1] is _Role.NAME:
        cuts = [place + 1 for place in names[:-1]]
    else:
        cuts = [place - (roles[place - 1] is _Role.SERIAL) for place in names[1:]]
    parts: list[list[tuple[_AnyRole, TableColumn]]] = []
    for start, end in zip([0, *cuts], [*cuts, len(known)], strict=True):
        part = known[start:end]
        if parts and not (_has_category(part) and _has_category(parts[-1])):
            parts[-1].extend(part)
        else:
            parts.append(part)
    return parts


def _has_category(part: Iterable[tuple[_AnyRole, TableColumn]]) -> bool:
    return any(isinstance(role, str) for role, _ in part)


def _joined(row: SheetRow) -> str:
    return "、".join(filter(None, map(say_cell, row)))[:80]
