"""What everything speaks of, parsed once and frozen: periods, county, units, submissions."""
