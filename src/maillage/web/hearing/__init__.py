"""Surveys as the coordination runs them: waves, who to hear, what was said, who knows whom."""
