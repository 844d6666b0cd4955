"""From notebooks to what is sent: the pipeline, the exporter with its template, provenance."""
