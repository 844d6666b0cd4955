"""Files to values, with every fault: tables, settings, the roster, remarks, the period's folder."""
