"""Asking: the public form, the interviewer's screen, the quick entry of paper."""
