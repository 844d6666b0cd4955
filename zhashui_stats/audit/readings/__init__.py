"""What a matched pattern says, and whether the tables agree: one reader for each kind of claim.

A reader returns None where the words turn out to be no such claim. Where words leave something
out, all natural readings are given; the most favourable one decides.

- ``totals``: totals, partitions and single counts; ``shares``: of a whole, and rates.
- ``units``: counts of single units, and counts of units; ``zeros``: who sent nothing.
- ``ranks``: the first, the last, and the order between them; ``thresholds``: who is above a bound
  or below it.
- ``changes``: against earlier periods.
- ``lists``: lists that announce their length.
- ``parts``: what all readers share.
"""

from zhashui_stats.audit.readings.changes import (
    against_named,
    both_halves,
    change,
    doubled,
    earlier_count,
    from_to,
    half_count,
    later_change,
    part_of_earlier,
    several_changes,
    unchanged,
    unit_change,
)
from zhashui_stats.audit.readings.lists import announced_list
from zhashui_stats.audit.readings.ranks import (
    extremum,
    later_rank,
    listed_ranks,
    rank,
    rank_list,
    respective_ranks,
    superlative,
    tied_extremum,
    top_sum,
)
from zhashui_stats.audit.readings.shares import listed_shares, rate, respective_shares, share
from zhashui_stats.audit.readings.thresholds import (
    each_bound,
    group_bound,
    head_bound,
    nobody_at_bound,
    range_count,
    rest_bound,
    threshold_count,
    threshold_list,
)
from zhashui_stats.audit.readings.totals import (
    approximate,
    average,
    comparison,
    count,
    difference,
    respective_totals,
    same,
    unit_difference,
)
from zhashui_stats.audit.readings.units import (
    active_number,
    each_count,
    exact_list,
    group_count,
    list_size,
    respective_again,
    respective_counts,
    rest_count,
    unit_number,
    unit_part,
)
from zhashui_stats.audit.readings.zeros import (
    zero_all,
    zero_change,
    zero_complete,
    zero_count,
    zero_list,
)

__all__ = [
    "active_number",
    "against_named",
    "announced_list",
    "approximate",
    "average",
    "both_halves",
    "change",
    "comparison",
    "count",
    "difference",
    "doubled",
    "each_bound",
    "each_count",
    "earlier_count",
    "exact_list",
    "extremum",
    "from_to",
    "group_bound",
    "group_count",
    "half_count",
    "head_bound",
    "later_change",
    "later_rank",
    "list_size",
    "listed_ranks",
    "listed_shares",
    "nobody_at_bound",
    "part_of_earlier",
    "range_count",
    "rank",
    "rank_list",
    "rate",
    "respective_again",
    "respective_counts",
    "respective_ranks",
    "respective_shares",
    "respective_totals",
    "rest_bound",
    "rest_count",
    "same",
    "several_changes",
    "share",
    "superlative",
    "threshold_count",
    "threshold_list",
    "tied_extremum",
    "top_sum",
    "unchanged",
    "unit_change",
    "unit_difference",
    "unit_number",
    "unit_part",
    "zero_all",
    "zero_change",
    "zero_complete",
    "zero_count",
    "zero_list",
]
