"""Losses: how far outputs are from their targets."""
