"""Walks the text of each definition in lockstep with all its instances."""
