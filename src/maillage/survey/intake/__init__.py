"""Answers as files: read from any tool, given back the same."""
