"""Measurements that take longer than a test, each with a report under ``docs/``. ``make bench`` runs them."""
