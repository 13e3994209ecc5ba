"""The national vocabularies, verbatim and versioned: mednum v1.0.2 and data·inclusion v1."""
