"""One file per source: its rows become records of the national schema, with findings."""
