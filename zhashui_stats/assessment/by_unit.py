"""What is known of every unit: a complete mapping, in the order of the annexes, and its table."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, cast

from zhashui_stats.model.articles import Column
from zhashui_stats.model.county import County
from zhashui_stats.model.names import GROUP_HEADER, UNIT_HEADER
from zhashui_stats.model.units import Unit

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd

    from zhashui_stats.ledger.frame import Ledger

__all__ = ["ByUnit", "Record", "tally_units", "units_of"]

Keys = tuple[Any, ...]


@dataclass(frozen=True)
class Record:
    """Base of what is counted for one unit: a dataclass whose fields are all counts (篇).

    Attributes:
        labels: The columns of its row, in Chinese; one that ends in % holds a share.
    """

    labels: ClassVar[tuple[str, ...]] = ()

    @property
    def row(self) -> tuple[float | None, ...]:
        """Its row in a table; its counts, where it gives nothing else."""
        return astuple(self)


_Kind = TypeVar("_Kind", bound=Record)


@dataclass(frozen=True, eq=False, repr=False)
class ByUnit(Mapping[str, _Kind], Generic[_Kind]):
    """Unit name -> record: every unit of the scope, in the order of the annexes.

    It equals any mapping with the same items.

    Attributes:
        kind: What each record is.
        county: What is counted, and in which groups.
        units: The units of the scope.
        records: Unit name -> record.
    """

    kind: type[_Kind]
    county: County
    units: tuple[Unit, ...]
    records: Mapping[str, _Kind]

    def __getitem__(self, name: str) -> _Kind:
        """Return the record of a unit, by its own name."""
        return self.records[name]

    def __iter__(self) -> Iterator[str]:
        """Give the units' names, in the order of the annexes."""
        return (unit.name for unit in self.units)

    def __len__(self) -> int:
        """Count the units."""
        return len(self.units)

    def __repr__(self) -> str:
        """Say what it is in one line, such as ``<ByUnit Adoption: 65 units>``."""
        return f"<{type(self).__name__} {self.kind.__name__}: {len(self)} units>"

    def _repr_html_(self) -> str:
        """Show the whole table in JupyterLab."""
        return str(self.table.to_html(max_rows=80))

    def of(self, group: str) -> Self:
        """Return the part of one group, named by its id or label.

        Raises:
            UnknownLabel: The county declares no such group.
        """
        wanted = self.county.group(group).id
        units = tuple(unit for unit in self.units if unit.group == wanted)
        return replace(self, units=units, records={unit.name: self[unit.name] for unit in units})

    @property
    def total(self) -> _Kind:
        """The sum over the units of the scope; a count that is None for one is None."""
        rows = [astuple(record) for record in self.values()] or [(0,) * len(fields(self.kind))]
        sums = (None if None in column else sum(column) for column in zip(*rows, strict=True))
        return cast("_Kind", cast("Any", self.kind)(*sums))

    @property
    def table(self) -> "pd.DataFrame":
        """The records as a table for analysis.

        Rows: one a unit, index ``组别`` × ``投稿单位``; columns: the record's labels; 篇, or %
        where the label says so; missing where a figure is undefined.
        """
        import pandas as pd  # noqa: PLC0415 -- counting a ledger does not need pandas

        labels = {group.id: group.label for group in self.county.groups}
        index = pd.MultiIndex.from_arrays(
            [[labels[unit.group] for unit in self.units], list(self)],
            names=[GROUP_HEADER, UNIT_HEADER],
        )
        rows = [record.row for record in self.values()]
        return pd.DataFrame(
            {
                label: pd.array(
                    [row[place] for row in rows], "Float64" if label.endswith("%") else "Int64"
                )
                for place, label in enumerate(self.kind.labels)
            },
            index=index,
        )


def units_of(ledger: "Ledger") -> tuple[Unit, ...]:
    """Return the units that are there in the ledger's period, in the order of the annexes."""
    order = {group.id: place for place, group in enumerate(ledger.county.groups)}
    return tuple(sorted(ledger.here.units, key=lambda unit: order[unit.group]))


def tally_units(
    ledger: "Ledger", *keys: "str | nw.Expr", where: "nw.Expr | None" = None
) -> dict[str, Counter[Keys]]:
    """Count articles (篇) by unit and by further keys, in the engine.

    Returns:
        Unit name -> (the keys' values -> 篇): every unit, also those without an article.
    """
    counts: dict[str, Counter[Keys]] = {unit.name: Counter() for unit in units_of(ledger)}
    for text, *values, articles in ledger.tally(Column.UNIT.value, *keys, where=where):
        if unit := ledger.unit(text):
            counts[unit.name][tuple(values)] += int(articles)
    return counts
