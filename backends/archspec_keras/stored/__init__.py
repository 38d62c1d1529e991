"""Readers of the files that Keras writes."""
