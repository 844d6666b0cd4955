"""Made-up ledgers of any length, drawn by the engine in constant memory."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zhashui_stats.ledger.engine import literal
from zhashui_stats.model.articles import SYNTHETIC, Attribute, Column, Status
from zhashui_stats.synthetic.drawing import LONGEST, ON_REQUEST, PENDING, REASONS, REJECTED, TITLE
from zhashui_stats.synthetic.writing import open_database, staged_ledger, write_query

if TYPE_CHECKING:
    from zhashui_stats.model.submissions import Submissions

__all__ = ["write_big"]

_BIG = """
WITH drawn AS (
    SELECT
        i,
        hash(i, 1, {seed}) % 100 AS fate,
        DATE '{start}' + (hash(i, 2, {seed}) % {days})::INTEGER AS submitted
    FROM range({rows}) AS numbers(i)
)
SELECT
    printf('HC{period}-%09d', i) AS {number},
    printf('{name}%09d', i) AS {title},
    {units}[1 + (hash(i, 3, {seed}) % {many_units})::INTEGER] AS {unit},
    {categories}[1 + (hash(i, 4, {seed}) % {many_categories})::INTEGER] AS {category},
    submitted AS {submitted},
    CASE WHEN fate >= {refused} THEN
        submitted + (hash(i, 5, {seed}) % {gaps})::INTEGER END AS {published},
    CASE WHEN fate >= {refused} THEN '{ADOPTED}'
        WHEN fate >= {waiting} THEN '{REJECTED}' ELSE '{PENDING}' END AS {status},
    CASE WHEN fate >= {waiting} AND fate < {refused} THEN
        {reasons}[1 + (hash(i, 6, {seed}) % {many_reasons})::INTEGER] END AS {reason},
    CASE WHEN hash(i, 7, {seed}) % 100 < {on_request}
        THEN '{ON_REQUEST}' ELSE '{PUBLIC}' END AS {attribute},
    '{nature_text}' AS {nature}
FROM drawn
"""


def write_big(path: Path, rows: int, now: "Submissions", seed: int = 0) -> None:
    """Write a Parquet ledger of any length in constant memory, for benchmarks.

    It has the columns that matter for counting, and no fault. Units and categories are those of
    ``now`` in equal shares: its counts are not.

    Args:
        path: Where to.
        rows: How many articles.
        now: Whose units and categories, and which period.
        seed: Another seed gives other articles.

    Raises:
        OutputError: The place cannot be written.
    """
    with staged_ledger(path) as place, open_database() as database:
        write_query(database, _query(rows, now, seed), place)


def _query(rows: int, now: "Submissions", seed: int) -> str:
    words = {member.name: member.label for member in (*Status, *Attribute)}
    lists = {
        "units": [unit.name for unit in now.units],
        "categories": [category.label for category in now.county.categories],
        "reasons": REASONS,
    }
    return _BIG.format(
        rows=rows, seed=seed, start=now.period.start, period=now.period, name=TITLE,
        days=(now.period.end - now.period.start).days + 1, gaps=LONGEST + 1,
        waiting=round(PENDING * 100), refused=round((PENDING + REJECTED) * 100),
        on_request=round(ON_REQUEST * 100), nature_text=SYNTHETIC,
        **{column.value: f'"{column.label}"' for column in Column}, **words,
        **{key: _listed(texts) for key, texts in lists.items()},
        **{f"many_{key}": len(texts) for key, texts in lists.items()},
    )  # fmt: skip


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(literal, texts))}]"
