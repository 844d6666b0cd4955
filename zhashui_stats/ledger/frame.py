"""A ledger as one lazy frame with known columns, whatever library holds the rows.

Everything that is asked of a ledger is a grouping in the engine that holds it (pandas, Polars,
DuckDB, PyArrow, Dask, PySpark, by way of Narwhals); what comes back is small, and only that is
looked at in Python.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import narwhals as nw

from zhashui_stats.errors import Fault, FaultKind, FaultyData, Labelled, UnknownUnit
from zhashui_stats.ledger.columns import Headers, LedgerColumn
from zhashui_stats.ledger.days import fold_day
from zhashui_stats.ledger.engine import engine_faults
from zhashui_stats.ledger.expressions import (
    among,
    blank,
    first_unit,
    known,
    plain,
    plain_day,
    typed,
)
from zhashui_stats.ledger.headed_rows import SHEET_STEP
from zhashui_stats.model.articles import DATES, SYNTHETIC, Attribute, Column, Form, Status
from zhashui_stats.model.county import County
from zhashui_stats.model.names import fold_name
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster, Unit
from zhashui_stats.reading.grid import cell_name

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame, IntoLazyFrame

__all__ = ["ROW", "ROW_HASHES", "Ledger"]

ROW = "row"
"""The column that holds the row as a spreadsheet shows it, where rows are known."""

ROW_HASHES = {
    (Column.NUMBER,): "number_hash",
    (Column.TITLE, Column.PUBLISHED): "article_hash",
}
"""Columns -> the whole number that may stand for their cells: equal cells, equal numbers."""

_MOST_GROUPS = 2_000_000
_MOST_DAYS = 1000  # ways to write a day; the engine is told each of them by itself
_Answer = TypeVar("_Answer")
_KEY = "key"
_CLOCK = r"\d{1,2}(:\d{1,2}){1,2}(\.\d+)?\s*$"


@dataclass(frozen=True, eq=False)
class Ledger:
    """The articles of a ledger, one a row, and whom and when they are to be counted for.

    Attributes:
        frame: The columns that are there, by their ids, and ``row`` where rows are known. Dates
            are dates, times, or ISO text; everything else is text.
        headers: Column -> its header as it stands; a column that is missing is missing here.
        county: What is counted.
        roster: Every unit, ended ones and those to come included.
        period: When.
        file: How faults name the ledger.
        notes: How it was read, in Chinese.
        sheets: The sheets of a workbook that its rows are from; none where there is but one.
        places: Of a workbook, header -> its column, from 0.
    """

    frame: "nw.LazyFrame[Any]"
    headers: Mapping[LedgerColumn, str]
    county: County
    roster: Roster
    period: Period
    file: str = "台账"
    notes: tuple[str, ...] = ()
    _resources: Any = field(default=None, repr=False)
    sheets: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        frame: "IntoFrame | IntoLazyFrame",
        county: County,
        roster: Roster,
        period: Period | str,
        *,
        file: str = "台账",
        notes: tuple[str, ...] = (),
        resources: object = None,
        sheets: tuple[str, ...] = (),
        places: Mapping[str, int] = MappingProxyType({}),
    ) -> Self:
        """Take a frame of any library that Narwhals reads, with the headers of a ledger.

        Args:
            frame: One row an article. Dates as dates, times or text such as 2022-01-05; every
                other column as text. A column ``row`` of whole numbers tells the row for faults.
                Times with a zone are taken as Beijing's; DuckDB's stand as its connection shows
                them.
            county: What is counted.
            roster: Every unit.
            period: When.
            file: How faults name the ledger.
            notes: How it was read, in Chinese.
            resources: What has to live as long as the frame does.
            sheets: The sheets that its rows are from, which ``SHEET_STEP`` tells apart.
            places: Of a workbook, header -> its column, from 0.

        Raises:
            PeriodError: The period cannot be read.
            FaultyData: A required column is missing or one stands twice.
        """
        given, schema = _distinct(frame, file)
        placed = Headers(county).place(tuple(map(str, schema)), file)
        if placed.faults:
            raise FaultyData(placed.faults)
        columns = [
            (plain_day if column in DATES else plain)(given, header).alias(column.value)
            for column, header in placed.headers.items()
        ]
        columns += [nw.col(ROW)] * (ROW in schema and schema[ROW].is_integer())
        columns += [nw.col(name) for name in ROW_HASHES.values() if name in schema]
        wanted = Period.of(period)
        selected = given.select(*columns)
        ledger = cls(
            selected, placed.headers, county, roster, wanted, file, notes, resources,
            sheets, places,
        )  # fmt: skip
        return ledger.with_plain_days()

    def with_plain_days(self) -> Self:
        """Return the ledger with every date in text that can be read as ISO text."""
        ledger = self
        for column in DATES:
            if self.has(column) and self.is_text(column):
                ledger = ledger._with_plain(column)
        return ledger

    def _with_plain(self, column: Column) -> Self:
        raw = nw.col(column.value)
        ledger = self
        texts = self._collect(self.frame.select(raw).unique().head(_MOST_DAYS + 1))
        if len(texts) > _MOST_DAYS:
            # With the time in them, the engine would take hours to be told the day of each.
            is_timed = raw.str.contains(rf"^\s*\d{{4}}.*[日号T ]{_CLOCK}")
            timeless = nw.when(is_timed).then(raw.str.replace_all(rf"[T ]*{_CLOCK}", ""))
            frame = self.frame.with_columns(timeless.otherwise(raw).alias(column.value))
            ledger = replace(self, frame=frame)
            texts = [(text,) for text in ledger.texts(column)]
        days = {text: day for (text,) in texts if text and (day := fold_day(text)) and day != text}
        if not days:
            return ledger
        iso = raw.replace_strict(days, default=raw, return_dtype=nw.String)
        return replace(ledger, frame=ledger.frame.with_columns(iso))

    def has(self, *columns: LedgerColumn) -> bool:
        """Tell whether the ledger has all of these columns."""
        return all(column in self.headers for column in columns)

    def ask(self, question: "Callable[[Ledger], _Answer]") -> _Answer:
        """Return what a question finds in this ledger; asked again, the answer is at hand.

        The engine takes tens of milliseconds for one, and several sentences rest on one answer.
        Whoever asks shares it, so it is not to be changed.
        """
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("_Answer", self._answers[question])

    @cached_property
    def _answers(self) -> "dict[Callable[[Ledger], Any], Any]":
        # Not a field: a ledger with another frame, made from this one, begins without answers.
        return {}

    def tally(
        self, *keys: "str | nw.Expr", where: "nw.Expr | None" = None
    ) -> list[tuple[Any, ...]]:
        """Group the articles and count each group, in the engine.

        Args:
            keys: Columns, or named expressions, to group by.
            where: Which articles; None: all.

        Returns:
            The groups in any order, each as its keys and the number of its articles.

        Raises:
            FaultyData: There are more groups than any ledger has.
        """
        frame = self.frame if where is None else self.frame.filter(where)
        names = [key if isinstance(key, str) else f"key_{n}" for n, key in enumerate(keys)]
        named = zip(keys, names, strict=True)
        made = [key.alias(name) for key, name in named if not isinstance(key, str)]
        frame = frame.with_columns(*made) if made else frame
        counted = frame.group_by(*names).agg(nw.len().alias("articles")).head(_MOST_GROUPS)
        rows = self._collect(counted.select(*names, "articles"))
        if len(rows) == _MOST_GROUPS:
            found = f"超过{_MOST_GROUPS}种不同的取值"
            raise FaultyData([Fault(
                self.file, None, "、".join(names), FaultKind.UNREADABLE_FILE, found, "一份投稿台账"
            )])  # fmt: skip
        return rows

    def repeated(self, *columns: Column, where: "nw.Expr") -> "nw.Expr | None":
        """Choose, among some articles, those that share these cells with another one.

        White space and the width of marks never matter in the first of them. A few others may be
        chosen with them; None: no cells come twice. Where a file brings a hash of these columns,
        that is grouped by instead of the longer texts.
        """
        first, others = typed(columns[0]), columns[1:]
        if ROW_HASHES[columns] in self.frame.collect_schema():
            first, others = nw.col(ROW_HASHES[columns]), ()
        keyed = self.frame.filter(where).with_columns(first.alias(_KEY))
        counted = keyed.group_by(_KEY, *others).agg(nw.len().alias("articles"))
        groups = self._collect(counted.filter(nw.col("articles") > 1).select(_KEY, *others))
        firsts = sorted({key for key, *rest in groups if key not in (None, "") and all(rest)})
        return where & first.is_in(firsts) if firsts else None

    def texts(self, column: LedgerColumn) -> list[str | None]:
        """Return the different texts of a column, None for nothing, in any order."""
        return [text for text, _ in self.tally(column.value)]

    def rows(self, *columns: "str", where: "nw.Expr") -> list[tuple[Any, ...]]:
        """Return some articles, by row where rows are known: the row (or None), then columns."""
        known = ROW in self.frame.collect_schema()
        names = [ROW, *columns] if known else list(columns)
        rows = self._collect(self.frame.filter(where).select(*names))
        if known:
            return sorted(rows, key=lambda row: (row[0] is None, row[0] or 0))
        return sorted(((None, *row) for row in rows), key=str)

    def _collect(self, frame: "nw.LazyFrame[Any]") -> list[tuple[Any, ...]]:
        """Fetch a small frame as rows; DuckDB's need no other library for that."""
        native = frame.to_native()
        if not hasattr(native, "fetchall"):
            return [tuple(map(known, row)) for row in frame.collect().iter_rows()]
        with engine_faults(self.file, "文件中有损坏的内容", "完好的文件，请重新导出"):
            return cast("list[tuple[Any, ...]]", native.fetchall())

    def fault(
        self, row: int | None, column: Column, kind: FaultKind, found: str, expected: str
    ) -> Fault:
        """Return a fault of this ledger; the row is None where rows are not known."""
        sheet, number = self.place(row)
        header = self.headers[column]
        is_placed = number is not None and header in self.places
        cell = cell_name(number or 0, self.places[header]) if is_placed else ""
        return Fault(f"{self.file}{sheet}", number, header, kind, found, expected, cell)

    def place(self, row: int | None) -> tuple[str, int | None]:
        """Return where a row stands: its sheet in “”, where there are several, and its number."""
        if row is None or not self.sheets:
            return "", row
        sheet, number = divmod(row, SHEET_STEP)
        return f"“{self.sheets[sheet]}”", number

    # --- What the values mean ---------------------------------------------------------------

    @cached_property
    def here(self) -> Roster:
        """The units that are there in the period."""
        return self.roster.valid_in(self.period)

    @cached_property
    def statuses(self) -> Mapping[str | None, Status | None]:
        """What each text that stands under 状态 means; None: nothing that is known."""
        words = self.words(Status)
        return {text: words.get(fold_name(text or "")) for text in self.texts(Column.STATUS)}

    def words(self, *kinds: type[Labelled]) -> Mapping[str, Any]:
        """Return folded text -> Status, Attribute or Form, with the county's variants."""
        return {
            fold_name(text): meaning
            for kind in kinds
            for meaning in kind
            for text in (meaning.label, *self.county.ledger.values.get(meaning, ()))
        }

    @cached_property
    def attributes(self) -> Mapping[str, Attribute]:
        """Folded text -> the disclosure attribute that it means."""
        return self.words(Attribute)

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Folded text -> the form of interpretation that it means."""
        return self.words(Form)

    @cached_property
    def categories(self) -> Mapping[str, str]:
        """Folded text -> the id of the category that it means."""
        return {
            fold_name(text): category.id
            for category in reversed(self.county.categories)
            for text in (*category.headers, category.label)
        }

    def unit(self, text: str | None) -> Unit | None:
        """Return the unit, there in the period, that an article counts for; None: no such unit."""
        return self._units(first_unit(text))

    @cached_property
    def _units(self) -> "_Resolver":
        return _Resolver(self.here)

    # --- Which articles ---------------------------------------------------------------------

    def with_status(self, status: Status) -> "nw.Expr":
        """Choose the articles of one status."""
        texts = [text for text, meaning in self.statuses.items() if meaning is status]
        return among(Column.STATUS, texts)

    def within(self, column: Column, start: date | None = None) -> "nw.Expr":
        """Choose the articles whose date lies within the period, ends included.

        Args:
            column: Which of its dates.
            start: A later first day than the period's own.
        """
        day = self.day(column)
        first = (start or self.period.start).isoformat()
        return (day >= first) & (day <= self.period.end.isoformat())

    def day(self, column: Column) -> "nw.Expr":
        """Return a date as ISO text, which compares and sorts as the date does; empty for none."""
        day = nw.col(column.value)
        text = day if self.is_text(column) else day.dt.to_string("%Y-%m-%d")
        return text.fill_null("")  # comparisons with nothing differ by engine

    def undated(self, column: Column) -> "nw.Expr":
        """Choose the articles where one of their dates is not given."""
        return blank(column, is_text=self.is_text(column))

    def is_text(self, column: Column) -> bool:
        """Tell whether a column of dates holds text."""
        return self.frame.collect_schema()[column.value] == nw.String

    @property
    def adopted(self) -> "nw.Expr":
        """Choose the articles that count: adopted, and published within the period."""
        return self.with_status(Status.ADOPTED) & self.within(Column.PUBLISHED)

    @property
    def not_adopted(self) -> "nw.Expr":
        """Choose the rejected and pending articles of the period, by 投稿日期 where it is given."""
        others = self.with_status(Status.REJECTED) | self.with_status(Status.PENDING)
        if not self.has(Column.SUBMITTED):
            return others
        return others & (self.undated(Column.SUBMITTED) | self.within(Column.SUBMITTED))

    @cached_property
    def is_synthetic(self) -> bool:
        """Whether any of its rows says that it was made up."""
        if not self.has(Column.NATURE):
            return False
        return any(text and SYNTHETIC in text for text, _ in self.tally(Column.NATURE))


class _Resolver:
    """Finds units by name, each name once."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self.known: dict[str, Unit | None] = {}

    def __call__(self, name: str) -> Unit | None:
        if name not in self.known:
            try:
                self.known[name] = self._roster.resolve(name)
            except UnknownUnit:
                self.known[name] = None
        return self.known[name]


def _distinct(
    frame: "IntoFrame | IntoLazyFrame", file: str
) -> "tuple[nw.LazyFrame[Any], nw.Schema]":
    """Return a frame and its columns, which have to differ."""
    try:
        given = nw.from_native(frame).lazy()
        return given, given.collect_schema()
    except nw.exceptions.DuplicateError:
        kind = FaultKind.DUPLICATE_COLUMN
        raise FaultyData([Fault(file, None, None, kind, "", "互不相同的表头")]) from None
