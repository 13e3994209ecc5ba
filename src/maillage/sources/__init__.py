"""Public sources: declared once, read from a mirror, a cache or their live addresses."""
