"""What the files of a data folder are called; whatever looks for one has its name from here.

``county.toml`` and ``units.csv`` lie in the folder itself, the others in the folder of a period,
such as ``2022H1``. The table of a group bears the group's id, such as ``towns.csv``.
"""

import re
import unicodedata
from pathlib import PurePath

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
    "WORKBOOK_ENDINGS",
    "fold_file_name",
    "plain_name",
]

COUNTY = "county.toml"
ROSTER = "units.csv"
SOURCE = "source.toml"
REMARKS = "remarks.md"

WORKBOOK_ENDINGS = (".xlsx", ".xls", ".ods")
"""The endings of the workbooks that are read; what they are, their content says."""

TABLE_ENDINGS = (".csv", *WORKBOOK_ENDINGS)
"""The endings of the tables that are read."""

OTHER_TABLE_ENDINGS = (".xlsm", ".xlsb", ".et", ".ett", ".numbers")
"""Those of tables that are not: the analyst is told to save them as one that is."""

LEDGER = "ledger"
"""The name of a ledger (台账), before any of its endings."""

LEDGER_ENDINGS = (".csv", *WORKBOOK_ENDINGS, ".parquet", ".duckdb", ".db", ".sqlite", ".sqlite3")

CIRCULAR = "circular"
"""The name of a circular (通报), before any of its endings."""

CIRCULAR_ENDINGS = (".txt", ".docx", ".html", ".htm", ".pdf")

_OTHER_ENDINGS = (".txt", ".md", ".toml", ".doc", ".wps", ".ofd", ".rtf", ".odt")
_ENDINGS = frozenset(
    (*TABLE_ENDINGS, *OTHER_TABLE_ENDINGS, *LEDGER_ENDINGS, *CIRCULAR_ENDINGS, *_OTHER_ENDINGS)
)
_COPY = re.compile(
    r"^(?:副本|复件|copy of)[ _-]*|[ _-]*(?:副本|拷贝|copy)$|[ _-]*\(\d+\)$", re.IGNORECASE
)


def plain_name(name: str) -> tuple[str, str]:
    """Return a file's name without endings and marks of copies, and the innermost ending.

    >>> plain_name("Remarks.md.txt"), plain_name("台账 - 副本（2）.XLSX")
    (('remarks', '.md'), ('台账', '.xlsx'))
    """
    stem, ending = _without_endings(fold_file_name(name), "")
    while (less := _COPY.sub("", stem).strip()) not in ("", stem):
        stem, ending = _without_endings(less, ending)
    return stem, ending


def fold_file_name(name: str) -> str:
    """Fold what some systems tell apart in a name and others do not."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _without_endings(stem: str, ending: str) -> tuple[str, str]:
    while (path := PurePath(stem)).suffix in _ENDINGS and path.stem:
        stem, ending = path.stem.rstrip(), path.suffix
    return stem, ending
