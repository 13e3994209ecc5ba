"""What desks record of their work: requests that nobody could answer, and how often they search."""
