"""What a `train` section can say: records of losses, optimizers, schedules and the rest."""

from __future__ import annotations

from archspec.recipes.recipe import Choice, Recipe
from archspec.recipes.record import Part

__all__ = ["Choice", "Part", "Recipe"]
