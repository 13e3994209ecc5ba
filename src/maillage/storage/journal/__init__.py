"""The journal of the directory: one line per change, never rewritten."""
