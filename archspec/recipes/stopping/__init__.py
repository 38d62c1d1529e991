"""Reasons to stop before the last epoch."""
