"""A file becomes a Ledger."""

from pathlib import Path

from zhashui_stats.ledger.columns import Headers
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.ledger.row_hashes import add_row_hashes
from zhashui_stats.ledger.sources import open_source
from zhashui_stats.model.county import County
from zhashui_stats.model.periods import Period
from zhashui_stats.model.units import Roster

__all__ = ["open_ledger"]


def open_ledger(
    path: Path,
    county: County,
    roster: Roster,
    period: Period,
    *,
    file: str,
    table: str | None = None,
) -> Ledger:
    """Open a ledger of any format; big ones are read by the engine and never loaded whole.

    Args:
        path: Where it is.
        county: What is counted.
        roster: Every unit.
        period: When.
        file: How faults name the file.
        table: The table of a database file; None: its only one.

    Raises:
        FaultyData: It cannot be read, or its header has faults.
    """
    headers = Headers(county)
    source = open_source(path, file, headers, table)
    return Ledger.of(
        add_row_hashes(source.relation, headers), county, roster, period,
        file=file, notes=source.notes, resources=source.resources,
        sheets=source.sheets, places=source.places,
    )  # fmt: skip
