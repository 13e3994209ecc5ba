"""Feasible visits: get there while it is open, be served, and be home again."""
