"""A fictional agglomeration, complete and messy, made by a seeded generator."""
