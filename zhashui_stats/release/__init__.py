"""A release (发布): what an office issues and publishes of a period, and what it revised later.

From the figures to the folder, in the order of the work:

- ``composing`` makes a circular (通报) of the report's sentences; ``circular`` is what it makes:
  the document as data.
- ``files`` makes each file of a release as bytes: the Word document (``word``), the annexes as a
  workbook (``workbook``, with ``cell_text`` for what a cell may hold, ``cell_formulas`` for what
  follows from others, ``indicator_notes`` for what an indicator is), the figures as open data
  (``open_data``), and what is said of them all.
- ``folder`` reads a release from its folder, and writes it whole or not at all.
- ``issuing`` and ``verifying`` are what the commands ask for: a release; whether one is as it was,
  and what it changed.

What one release changed against another is ``model.revisions``.
"""
