"""A structure keeps its own page, by its account or by a campaign link; who to call for what."""
