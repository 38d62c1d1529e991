"""Writes a plan as classes: modules in the constructor, values in the forward pass."""
