"""What analysts get of cases: rows without identity, and figures."""
