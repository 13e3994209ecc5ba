"""The tables of diagnoses, one step after another."""
