"""Commands of python -m maillage.web."""
