"""Files to values, with every fault.

- ``folder``, ``file_names``: where the data folder is, which periods and files it has, and what
  they are called.
- ``sheets``: a file as rows of cells; ``refusals``: why one is not read.
- ``blocks``: the parts of a table, each under its header; ``cells``: what a single cell holds.
- ``annex``: one group's table, its declared totals checked.
- ``settings``: TOML as an office writes it: ``county`` has the county's, ``source`` says where a
  period's figures come from.
- ``roster``: the units and their names.
- ``remarks``: the analyst's own paragraphs.
"""
