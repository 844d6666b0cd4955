"""Blocks: the parts of a table that stand under one header, side by side or stacked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, cached_property
from typing import TypeAlias

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.model.county import County, Figure
from zhashui_stats.model.names import NAME_HEADERS, SERIAL_HEADER, TOTALS
from zhashui_stats.reading.cells import fold_header
from zhashui_stats.reading.sheets import HEADER_SCORE, SheetCell, SheetRow, say_cell
from zhashui_stats.reading.stacked import is_unit_row, join_headings

__all__ = ["Block", "Headings", "TableColumn", "find_blocks"]


class _Role(Enum):
    NAME = "name"
    SERIAL = "serial"
    TOTAL = "total"


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


@dataclass(frozen=True)
class Block:
    """The rows under one header, within one set of its columns.

    Attributes:
        header: Row of the header, from 1.
        last: The last row that stands under it.
        name: The column of the units' names.
        serial: The column 序号, if there is one.
        categories: Category id -> its column; a category may be missing, which is a fault.
        indicators: Id of a counted indicator -> its column, as far as there is one.
        formulas: Id of an indicator that follows from others -> its column, likewise.
        top: The first row of a header of several rows; ``header`` is its last.
        heading: The header as one row.
        total: The column that adds up the categories, if there is one.
    """

    header: int
    last: int
    name: TableColumn | None
    serial: TableColumn | None
    categories: Mapping[str, TableColumn]
    indicators: Mapping[str, TableColumn] = field(default_factory=dict)
    formulas: Mapping[str, TableColumn] = field(default_factory=dict)
    top: int = field(default=0, compare=False)
    heading: SheetRow = field(default=(), compare=False)
    total: TableColumn | None = field(default=None, compare=False)

    @cached_property
    def columns(self) -> tuple[TableColumn, ...]:
        """Every column that is ours."""
        columns = (self.name, self.serial, *self.figures.values(), self.total)
        return tuple(column for column in columns if column)

    @cached_property
    def counted(self) -> Mapping[str, TableColumn]:
        """The columns that give something, rather than being held against the others."""
        return {**self.categories, **self.indicators}

    @cached_property
    def figures(self) -> Mapping[str, TableColumn]:
        """The columns of all figures."""
        return {**self.counted, **self.formulas}


class Headings:
    """What the columns of a county's tables may be headed.

    Attributes:
        county: What is counted.
        needed_indicators: Those that must have a column, beside the categories.
    """

    def __init__(
        self, county: County, group: str | None = None, given: Collection[str] = ()
    ) -> None:
        """Fold the headers that county.toml declares.

        Args:
            county: What is counted.
            group: Whose table it is (id): the indicators of other groups are nothing to it. None:
                any group's, where no indicator needs a column.
            given: Ids of the indicators that need no column, as a ledger gives them.
        """
        self.county = county
        indicators = county.indicators if group is None else county.indicators_of(group)
        self.needed_indicators = tuple(
            indicator
            for indicator in indicators
            if group is not None and indicator.is_counted and indicator.id not in given
        )
        roles: dict[str, _AnyRole] = {fold_header(name): _Role.NAME for name in NAME_HEADERS}
        roles[fold_header(SERIAL_HEADER)] = _Role.SERIAL
        roles |= {name: _Role.TOTAL for total in TOTALS for name in (total, f"{total}数")}
        figures: tuple[Figure, ...] = (*county.categories, *indicators)
        for figure in figures:
            for header in (figure.label, *figure.headers):
                roles[fold_header(header)] = figure.id
        self._categories = frozenset(category.id for category in county.categories)
        # Most cells of a table are a few figures, and all are looked up once for each separator.
        self._role = cache(lambda text: roles.get(fold_header(text)))
        self._scoring = {_Role.NAME, *self._categories}

    @property
    def needed(self) -> tuple[Figure, ...]:
        """The figures that must have a column."""
        return (*self.county.categories, *self.needed_indicators)

    def role(self, cell: SheetCell) -> _AnyRole | None:
        """Return what a header heads, None for what is nothing of ours."""
        return self._role(cell) if isinstance(cell, str) else None

    def score(self, row: SheetRow) -> int:
        """Count the different columns of names and categories that a row would head.

        Indicators do not make a header: beside names alone they stand in other tables too.
        """
        return len(self._scoring.intersection(map(self.role, row)))

    def joined(self, upper: SheetRow, lower: SheetRow) -> SheetRow:
        """Return two rows as one header; nothing where they are none."""
        joined = join_headings(upper, lower, self.role)
        more = (self._heads(joined) > self._heads(row) for row in (upper, lower))
        return joined if all(more) else ()

    def _heads(self, row: SheetRow) -> int:
        return sum(self.role(cell) is not None for cell in row)

    def is_complete(self, row: SheetRow) -> bool:
        """Tell whether a row heads all that a table needs."""
        needed = {_Role.NAME, *(figure.id for figure in self.needed)}
        return needed.issubset(map(self.role, row))

    def is_figure(self, cell: SheetCell) -> bool:
        """Tell whether a header is that of a figure."""
        return isinstance(self.role(cell), str)

    def is_category(self, role: _AnyRole) -> bool:
        """Tell whether a role is that of a category."""
        return role in self._categories

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
    headers = list(_headers(rows, starts, headings))
    ends = [*(header.top - 1 for header in headers[1:]), len(rows)]
    blocks = [
        block
        for header, last in zip(headers, ends, strict=True)
        for block in builder.blocks(header, last)
    ]
    return tuple(blocks), tuple(builder.faults)


@dataclass(frozen=True, slots=True)
class _Header:
    """A header: its first row and its last, and what it is as one row."""

    top: int
    bottom: int
    cells: SheetRow


def _headers(
    rows: Sequence[SheetRow], starts: Iterable[int], headings: Headings
) -> Iterator[_Header]:
    """Join the header rows with what belongs to them above and below."""
    bottom = 0
    for start in starts:
        if start <= bottom:
            continue
        top, bottom, cells = start, start, rows[start - 1]
        while top > 1 and not headings.is_complete(cells):
            joined = headings.joined(rows[top - 2], cells)
            if not joined:
                break
            top, cells = top - 1, joined
        while bottom < len(rows) and (joined := headings.joined(cells, rows[bottom])):
            bottom, cells = bottom + 1, joined
        figures = [index for index, cell in enumerate(cells) if headings.is_figure(cell)]
        if bottom < len(rows) and is_unit_row(rows[bottom], figures):
            bottom += 1
        yield _Header(top, bottom, cells)


def _no_header(rows: Sequence[SheetRow], headings: Headings, file: str) -> Fault:
    first = next((row for row in rows if any(map(say_cell, row))), ())
    labels = "、".join(figure.label for figure in headings.needed)
    expected = f"一行表头：{NAME_HEADERS[0]}、{labels}"
    return Fault(file, None, None, FaultKind.MISSING_COLUMN, _joined(first), expected)


class _Builder:
    """Turns header rows into blocks and collects what is wrong with them."""

    def __init__(self, headings: Headings, file: str) -> None:
        self.headings = headings
        self.file = file
        self.faults: list[Fault] = []

    def blocks(self, header: _Header, last: int) -> list[Block]:
        row = header.cells
        known = [
            (role, TableColumn(index, say_cell(cell)))
            for index, cell in enumerate(row)
            if (role := self.headings.role(cell)) is not None
        ]
        parts = _parts(known, self.headings)
        return [self._block(part, header, last) for part in parts]

    def _block(
        self, part: Iterable[tuple[_AnyRole, TableColumn]], header: _Header, last: int
    ) -> Block:
        row, number = header.cells, header.bottom
        columns: dict[_AnyRole, TableColumn] = {}
        for role, column in part:
            if role in columns and role is not _Role.TOTAL:
                found = f"“{columns[role].header}”和“{column.header}”指同一列"
                self._fault(number, column.header, FaultKind.DUPLICATE_COLUMN, found, "只留一列")
            columns.setdefault(role, column)
        if _Role.NAME not in columns:
            expected = f"一列“{NAME_HEADERS[0]}”（或{'、'.join(NAME_HEADERS[1:])}）"
            self._fault(number, NAME_HEADERS[0], FaultKind.MISSING_COLUMN, _joined(row), expected)
        for figure in self.headings.needed:
            if figure.id not in columns:
                others = f"（或{'、'.join(figure.headers)}）" if figure.headers else ""
                expected = f"一列“{figure.label}”{others}"
                self._fault(number, figure.label, FaultKind.MISSING_COLUMN, _joined(row), expected)
        return self._sorted(columns, header, last)

    def _sorted(self, columns: Mapping[_AnyRole, TableColumn], header: _Header, last: int) -> Block:
        figures = {role: column for role, column in columns.items() if isinstance(role, str)}
        counted = {indicator.id for indicator in self.headings.county.counted}
        categories = {name: figures[name] for name in figures if self.headings.is_category(name)}
        indicators = {name: figures[name] for name in figures if name in counted}
        others = figures.keys() - categories.keys() - counted
        formulas = {name: figures[name] for name in figures if name in others}
        name, serial = columns.get(_Role.NAME), columns.get(_Role.SERIAL)
        return Block(
            header.bottom, last, name, serial, categories, indicators, formulas,
            top=header.top, heading=header.cells, total=columns.get(_Role.TOTAL),
        )  # fmt: skip

    def _fault(self, row: int, column: str, kind: FaultKind, found: str, expected: str) -> None:
        self.faults.append(Fault(self.file, row, column, kind, found, expected))


def _parts(
    known: list[tuple[_AnyRole, TableColumn]], headings: Headings
) -> list[list[tuple[_AnyRole, TableColumn]]]:
    """Cut a header row into its blocks: there are as many as name columns.

    A block starts with its name, or with the 序号 before it; it ends with its name where the
    row starts with a figure. A part without categories is no block but a double column.
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
        is_block = all(
            any(headings.is_category(role) for role, _ in beside) for beside in (part, *parts[-1:])
        )
        if is_block or not parts:
            parts.append(part)
        else:
            parts[-1].extend(part)
    return parts


def _joined(row: SheetRow) -> str:
    return "、".join(filter(None, map(say_cell, row)))[:80]
