"""The tables of background work, one step after another."""
