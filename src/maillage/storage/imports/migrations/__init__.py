"""The tables of imports, one step after another."""
