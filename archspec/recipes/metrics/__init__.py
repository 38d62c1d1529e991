"""Metrics: numbers about a pass over data."""
