"""The ledger (投稿台账): one row an article, and what it counts up to.

Files or frames of any library become a ``Ledger``; ``count_articles`` makes the counts of a
period from it, and ``zhashui_stats.assessment`` the evidence.
"""

from zhashui_stats.ledger.counting import Count, count_articles
from zhashui_stats.ledger.frame import Ledger
from zhashui_stats.ledger.reading import open_ledger

__all__ = ["Count", "Ledger", "count_articles", "open_ledger"]
