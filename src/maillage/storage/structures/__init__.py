"""What structures say of themselves: full, what they ask to change, who is of them, their links."""
