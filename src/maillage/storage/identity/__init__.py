"""The tables of what people decided, only growing, and of the ids ever given."""
