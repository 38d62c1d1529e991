"""A compiler for neural-network architectures: one spec, checked facts, code for two frameworks."""

__version__ = "0.1.0"
