"""A unit's page (单位简报), and the index that leads to all of them.

``brief`` is what a page is about: one unit in one period. ``standing`` is its place in its group,
``standing_words`` how that is said. ``sentences`` are the unit's own figures in words,
``mentions`` the circular's lists that it is on (``name_search``: whether a remark names it), and
``own_ledger`` what a ledger shows of it; ``indicators`` is what the unit has of the county's
indicators, and how it fares in the assessment. ``tables`` and ``chart`` show figures and standing,
``exhibits`` puts these side by side.
"""
