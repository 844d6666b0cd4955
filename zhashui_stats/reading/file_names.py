"""What the files of a data folder are called; whatever looks for one has its name from here.

``county.toml`` and ``units.csv`` lie in the folder itself, the others in the folder of a period,
such as ``2022H1``. The table of a group bears the group's id, such as ``towns.csv``.
"""

__all__ = [
    "CIRCULAR",
    "CIRCULAR_ENDINGS",
    "COUNTY",
    "LEDGER",
    "LEDGER_ENDINGS",
    "OTHER_TABLE_ENDINGS",
    "REMARKS",
    "ROSTER",
    "SOURCE",
    "TABLE_ENDINGS",
]

COUNTY = "county.toml"
ROSTER = "units.csv"
SOURCE = "source.toml"
REMARKS = "remarks.md"

TABLE_ENDINGS = (".csv", ".xlsx")
"""The endings of the tables that are read."""

OTHER_TABLE_ENDINGS = (".xls", ".xlsm", ".xlsb", ".et", ".ods")
"""Those of tables that are not: the analyst is told to save them as one that is."""

LEDGER = "ledger"
"""The name of a ledger (台账), before any of its endings."""

LEDGER_ENDINGS = (".csv", ".xlsx", ".parquet", ".duckdb", ".db", ".sqlite", ".sqlite3")

CIRCULAR = "circular"
"""The name of a circular (通报), before any of its endings."""

CIRCULAR_ENDINGS = (".txt", ".docx", ".html", ".htm", ".pdf")
