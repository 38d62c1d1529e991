"""Which weights a weight decay is about."""

from __future__ import annotations

from archspec.elaborate.recipe.decayed import decayed

__all__ = ["decayed"]
