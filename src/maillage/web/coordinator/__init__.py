"""The coordinator's pages. Every page asks for a right in its territory."""
