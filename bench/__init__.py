"""Benchmarks on real data: ``make bench``. Times mean little alone; compare in one run."""
