"""Making the report and the briefs: joins the analysis with ``publish``, apart from each other."""
