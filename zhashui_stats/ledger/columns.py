"""Which column of a ledger is which: by its header, and the variants that county.toml declares."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from zhashui_stats.errors import Fault, FaultKind
from zhashui_stats.model.articles import REQUIRED, Column
from zhashui_stats.model.county import County
from zhashui_stats.model.names import NAME_HEADERS, fold_heading

__all__ = ["ELSE_HEADED", "Headers", "LedgerColumn", "OwnColumn", "Placed"]

ELSE_HEADED = "别的写法可在 county.toml 的 [ledger.headers] 中声明"
"""What to do where one of the known columns is there under another header."""

_VARIANTS = {Column.UNIT: NAME_HEADERS, Column.CATEGORY: ("栏目",)}


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column of a county's own, such as 采用级别, that its indicators are counted by.

    Attributes:
        value: Its id in code, which no other column has.
        label: Its header as ``county.toml`` writes it.
    """

    value: str
    label: str


LedgerColumn: TypeAlias = Column | OwnColumn
"""Any column of a ledger that is read."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the columns of a ledger stand.

    Attributes:
        columns: Column -> its place in a row, from 0.
        headers: Column -> its header as it stands.
        others: Headers that are nothing of ours.
        faults: Columns that are missing or that stand twice.
    """

    columns: Mapping[LedgerColumn, int] = field(default_factory=dict)
    headers: Mapping[LedgerColumn, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


class Headers:
    """What the columns of a county's ledgers may be headed; white space and brackets never matter.

    >>> from zhashui_stats.model.county import County, LedgerSettings
    >>> rules = LedgerSettings(headers={Column.TITLE: ("文章标题",)})
    >>> headers = Headers(County("甲县", "甲县政府办", "篇", (), (), ledger=rules))
    >>> headers.column("文章 标题（全称）").label
    '标题'
    """

    def __init__(self, county: County) -> None:
        """Fold the headers."""
        declared = county.ledger.headers
        self._columns: dict[str, LedgerColumn] = {
            fold_heading(header): column
            for column in Column
            for header in (column.label, *_VARIANTS.get(column, ()), *declared.get(column, ()))
        }
        for number, label in enumerate(_ruling(county)):
            self._columns.setdefault(fold_heading(label), OwnColumn(f"own_{number}", label))

    def column(self, header: str) -> LedgerColumn | None:
        """Return the column that a header heads; None for what is nothing of ours."""
        return self._columns.get(fold_heading(header)) if header.strip() else None

    def ruling(self, header: str) -> LedgerColumn:
        """Return the column that a rule of the county's indicators names."""
        return self._columns[fold_heading(header)]

    def score(self, row: Iterable[str]) -> int:
        """Count the required columns that a row would head."""
        return len({self.column(cell) for cell in row}.intersection(REQUIRED))

    def heads(self, row: Iterable[str]) -> int:
        """Count the cells of a row that head a column that is ours."""
        return sum(self.column(cell) is not None for cell in row)

    def is_complete(self, row: Iterable[str]) -> bool:
        """Tell whether a row heads every required column."""
        return self.score(row) == len(REQUIRED)

    def place(self, row: Sequence[str], file: str, number: int | None = None) -> Placed:
        """Say where each column stands in a header row.

        Args:
            row: The headers.
            file: How faults name the file.
            number: The row of the header, from 1; None where there are no rows.
        """
        columns: dict[LedgerColumn, int] = {}
        faults: list[Fault] = []
        for index, header in enumerate(row):
            column = self.column(header)
            if column in columns:
                found = f"“{row[columns[column]]}”和“{header}”指同一列"
                kind = FaultKind.DUPLICATE_COLUMN
                faults.append(Fault(file, number, header, kind, found, "只留一列"))
            elif column:
                columns[column] = index
        faults.extend(_missing(columns, row, file, number))
        headers = {column: row[index] for column, index in columns.items()}
        others = tuple(text for text in row if text.strip() and not self.column(text))
        return Placed(columns, headers, others, tuple(faults))


def _ruling(county: County) -> Iterator[str]:
    """Give the headers of the columns that indicators are counted by."""
    for indicator in county.indicators:
        if indicator.ledger:
            yield from indicator.ledger.values


def _missing(
    columns: Mapping[LedgerColumn, int], row: Sequence[str], file: str, number: int | None
) -> Iterable[Fault]:
    for column in REQUIRED:
        if column not in columns:
            found = "、".join(filter(None, row))
            expected = f"一列“{column.label}”；{ELSE_HEADED}"
            yield Fault(file, number, column.label, FaultKind.MISSING_COLUMN, found, expected)
