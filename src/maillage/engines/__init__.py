"""Outside engines, one file each, imported only when asked for."""
