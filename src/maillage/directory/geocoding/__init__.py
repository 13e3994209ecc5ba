"""Addresses taken apart, and found on the map by engines that share one protocol."""
