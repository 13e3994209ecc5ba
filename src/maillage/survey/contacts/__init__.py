"""Whom to hear: the list, the calls, who is still missing and what that does to the results."""
