"""Timetables of public transport: the network as published, and the connections of one day."""
