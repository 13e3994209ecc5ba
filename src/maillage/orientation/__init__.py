"""Orientation: from a need told in plain words to a few permanences, with reasons."""
