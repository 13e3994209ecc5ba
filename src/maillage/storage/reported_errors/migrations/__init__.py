"""Each step of the tables of what readers say is wrong."""
