"""Answers to a questionnaire, from whichever channel they came."""
