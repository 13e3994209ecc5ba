"""The last diagnosis of each territory, as the site shows it and gives it."""
