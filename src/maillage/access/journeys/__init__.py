"""Journeys of one day, door to door: every useful departure, both ways."""
