"""Files to values, with every fault.

- ``folder``, ``file_names``: where the data folder is, which periods and files it has, and what
  they are called; ``unread``: what lies there under a name that is not its own.
- ``sheets``: a file as rows of cells; ``grid``: what those are; ``refusals``: why it is not read.
- ``open_xml`` (.xlsx), ``open_document`` (.ods), ``old_excel`` (.xls, in a ``compound_file``): the
  kinds of workbook; ``number_formats``: how they show numbers.
- ``blocks``: the parts of a table, each under its header; ``stacked``: headers of several rows;
  ``cells``: what a single cell holds; ``figure_cells``: what those of a row hold; ``strays``:
  numbers without a header; ``total_rows``: what adds others up; ``declared_totals``: whether it
  does; ``passed_over``: what is nothing of ours.
- ``annex``: one group's table, its declared totals checked; ``cross_checks``: its figures against
  each other.
- ``settings``: TOML as an office writes it; ``setting_table``: one table of it, its values taken by
  key. ``county`` has the county's, ``indicators`` a part of them; ``source`` says where a period's
  figures come from.
- ``roster``: the units and their names.
- ``remarks``: the analyst's own paragraphs.
"""
