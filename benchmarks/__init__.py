"""Measures what is deployed against what else could be, side by side in one run. ``make bench`` writes the report."""
