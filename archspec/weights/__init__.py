"""Weights without a framework: initial values, test values, and files."""

from archspec.weights.files import metadata, read, store
from archspec.weights.initial import initial
from archspec.weights.perturbed import perturbed

__all__ = ["initial", "metadata", "perturbed", "read", "store"]
