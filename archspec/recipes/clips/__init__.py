"""Bounds on gradients."""
