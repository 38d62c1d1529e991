"""Optimizers: how gradients move weights."""
