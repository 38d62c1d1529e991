"""Convolutions of every rank."""
