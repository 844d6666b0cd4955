"""A release (发布): the circular as a document, the annexes as a workbook, open data, revisions."""
