"""People sent to structures: cases and their events, names sealed apart, letters that wait."""
