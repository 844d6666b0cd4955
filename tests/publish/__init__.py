"""What is sent: documents, workbooks and data."""
