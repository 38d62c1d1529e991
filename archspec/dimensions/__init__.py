"""Sizes of values: shapes, windows, and sizes that are still expressions."""

from archspec.dimensions.shape import Shape, axis, elements, show

__all__ = ["Shape", "axis", "elements", "show"]
