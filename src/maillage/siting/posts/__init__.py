"""Posts that hold half-days at venues: which ones, for whom, and how sure that is."""
