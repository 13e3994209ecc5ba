"""People sent to structures: the desk, the structure that is asked, and time."""
