"""The ledger (投稿台账): one row an article, and what it counts up to.

Files or frames of any library become a ``Ledger``; ``count_articles`` makes the counts of a
period from it, and ``zhashui_stats.assessment`` the evidence. What is where, from the file on:

- ``reading`` is the door, a file and a period to a ``Ledger``; ``sources`` opens any format.
- ``text_files``, ``workbooks`` and ``databases`` read one kind of file each: ``headed_rows`` is
  what they all come down to, unless DuckDB reads the file where it is.
- ``merged`` gives each row of a merged cell its value.
- ``staged_csv`` takes rows into DuckDB, ``engine`` keeps that within its memory and off the
  network, and ``row_hashes`` lets it find doubles faster.
- ``columns`` tells which column is which, ``days`` reads dates as offices write them, and
  ``expressions`` asks of cells what every library answers alike.
- ``frame`` is the ``Ledger``: one lazy frame of any library, and what may be asked of it.
- ``checking`` finds every fault, ``counting`` counts what has none.
- ``rules`` tells which articles count for an indicator, ``figures`` counts them.
"""

from zhashui_stats.ledger.counting import Count, count_articles
from zhashui_stats.ledger.figures import find_missing_columns
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.ledger.reading import open_ledger

__all__ = ["Count", "Ledger", "count_articles", "find_missing_columns", "open_ledger"]
