"""Signing in and out, and what an account is told of itself."""
