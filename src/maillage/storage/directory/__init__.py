"""The tables of the directory: the four nouns, and where each was told."""
