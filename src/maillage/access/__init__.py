"""How far help is: travel times behind a protocol, coverage, catchments, equity."""
