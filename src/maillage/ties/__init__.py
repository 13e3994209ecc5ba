"""Who knows whom, works with whom, sends people to whom."""
