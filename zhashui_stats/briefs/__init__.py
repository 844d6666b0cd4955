"""A unit's page (单位简报): its figures, sentences, tables and chart."""
