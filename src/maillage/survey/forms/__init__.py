"""Questionnaires: XLSForms read, run, printed and given back."""
