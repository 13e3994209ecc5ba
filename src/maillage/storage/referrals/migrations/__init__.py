"""The tables of cases, one step after another."""
