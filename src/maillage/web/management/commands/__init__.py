"""One file a command of python -m maillage.web."""
