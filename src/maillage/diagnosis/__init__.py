"""Judgement: what exists, who is far from it, where it is missing, how sure that is."""
