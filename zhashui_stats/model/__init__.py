"""What everything speaks of, parsed once and frozen.

- ``periods``: half-years first; quarters, months, years and spans too.
- ``county``: what a county counts: its groups, categories and thresholds; ``indicators``: figures
  beside the parts of the total, some by ``formulas``; ``grading``: how units are assessed.
- ``amounts``: what a figure comes to, exact until it is shown.
- ``units``: the units and their roster.
- ``submissions``: the one table at the centre: every unit, every category, one period.
- ``articles``: what a ledger says of one article.
- ``revisions``: what one release changed against another.
- ``names``: how names are folded and looked for, and what is reserved.
- ``rounding``: as official figures are rounded.
"""
