"""Wraps written Python as formatters do: lines of at most 100 columns."""

from archspec.lowering.layout.module import layout

__all__ = ["layout"]
