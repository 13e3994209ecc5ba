"""A workspace copied into one file while it is used, and made again from that file."""
