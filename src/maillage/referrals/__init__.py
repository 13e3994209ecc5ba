"""A person sent from a desk to a structure, followed until what became of it is known."""
