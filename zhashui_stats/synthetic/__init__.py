"""Ledgers that are made up: no county publishes its own, so samples, tests and benchmarks make one.

Every row says 合成 under 数据性质 and in its title, and nobody who signs can exist (甲一, 乙二).
The same counts, seed and versions give the same ledger.

- ``drawing``: articles that add up to the counts of a period.
- ``planting``: faults, each at a known place.
- ``writing``: a ledger as a file.
"""

from zhashui_stats.synthetic.drawing import Article, synthesize
from zhashui_stats.synthetic.planting import Planted, plant_faults
from zhashui_stats.synthetic.writing import write_ledger

__all__ = ["Article", "Planted", "plant_faults", "synthesize", "write_ledger"]
