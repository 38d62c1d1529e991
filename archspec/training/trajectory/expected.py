"""What one optimizer step makes of weights and gradients, by the definitions in NumPy."""

from __future__ import annotations

from typing import Any

from archspec.ir import Graph
from archspec.lowering.decayed import decayed
from archspec.recipes import Recipe
from archspec.recipes.record import Clip, Decay, Optimizer
from archspec.verification.trial import Arrays


class Expected:
    """The optimizer of a recipe, with what it keeps from step to step for each weight.

    It is given each side's own gradients, so that a side is judged by its optimizer alone.
    """

    def __init__(self, graph: Graph, recipe: Recipe) -> None:
        self.recipe = recipe
        self._decayed = [(one, decayed(graph, one)) for one in recipe.weight_decay]
        self._states: dict[str, dict[str, Any]] = {}

    def step(self, weights: Arrays, gradients: Arrays, rate: float) -> Arrays:
        """The trained weights after a step from `weights`; `gradients` hold the terms of l2."""
        optimizer, attributes = self.recipe.optimizer.record, self.recipe.optimizer.attributes
        assert isinstance(optimizer, Optimizer)
        made = {}
        for name, gradient in self._clipped(gradients).items():
            weight = weights[name]
            if name not in self._states:
                self._states[name] = optimizer.begin(attributes, weight)
            state = self._states[name]
            moved = optimizer.update(attributes, state, weight, gradient, rate)
            made[name] = moved - self._shrunk(name, weight, rate)
        return made

    def _clipped(self, gradients: Arrays) -> Arrays:
        clip = self.recipe.clip
        if clip is None:
            return gradients
        assert isinstance(clip.record, Clip)
        return clip.record.clip(clip.attributes, gradients)

    def _shrunk(self, name: str, weight: Any, rate: float) -> Any:
        shrunk: Any = 0.0
        for choice, names in self._decayed:
            assert isinstance(choice.record, Decay)
            if name in names:
                shrunk = shrunk + choice.record.shrink(choice.attributes, weight, rate)
        return shrunk
