"""The tables of structures, one step after another."""
