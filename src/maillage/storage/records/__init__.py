"""The tables of what the directory is made of: every row read, and which of them are alike."""
