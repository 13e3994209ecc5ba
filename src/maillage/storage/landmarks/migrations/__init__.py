"""The tables of lines, one step after another."""
