"""Who knows whom, as it is drawn, listed and told."""
