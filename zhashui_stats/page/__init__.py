"""What a page shows beside its sentences: tables, charts with their text alternatives, type."""
