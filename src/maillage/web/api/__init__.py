"""The open interface: what the public pages show, as data."""
