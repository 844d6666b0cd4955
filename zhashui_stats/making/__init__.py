"""Making the report and the briefs: joins the analysis with ``publish``, apart from each other.

- ``report``: the page of a period.
- ``briefs``, ``page_names``: the pages of all units, and what they are called as files.
- ``inputs``: the files that pages rest on, and the counts read from them.
- ``glyphs``: what the font lacks, told before anything runs.
- ``modules``: what the notebooks import.
"""
