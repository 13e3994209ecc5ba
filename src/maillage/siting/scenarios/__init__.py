"""What elected officials ask around a plan: what if, what else, at what price, how sure."""
