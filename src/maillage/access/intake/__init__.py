"""Readers of what others publish: GTFS, NeTEx."""
