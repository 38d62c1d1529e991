"""Ops that are random in training and do nothing in inference."""
