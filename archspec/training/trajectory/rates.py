"""The learning rates that the recipe means, step by step."""

from __future__ import annotations

from archspec.recipes import Recipe
from archspec.recipes.monitored import better, labels
from archspec.recipes.rates import rate_at, reacting
from archspec.recipes.record import Schedule, State

MONITORED = (1.0, 0.5)
"""What the first epochs give; the later ones give the last of these again, which is no progress."""


def monitored(epoch: int) -> float:
    """The number that a schedule looks at after an epoch."""
    return MONITORED[min(epoch, len(MONITORED) - 1)]


class Rates:
    """The rate of each step; `ended` tells it what an epoch gave."""

    def __init__(self, recipe: Recipe, steps_per_epoch: int) -> None:
        self.recipe = recipe
        self.steps_per_epoch = steps_per_epoch
        self._reacting = reacting(recipe)
        self._state: State = {}
        self._reached: float | None = None

    def rate(self, step: int) -> float:
        """The learning rate of a step, counted from 0."""
        if self._reached is not None:
            return self._reached
        return rate_at(self.recipe, step, self.steps_per_epoch)

    def ended(self, epoch: int, value: float) -> None:
        """Take note of what an epoch gave, where the schedule looks at it."""
        if self._reacting is None or epoch < self._reacting[1]:
            return
        choice = self._reacting[0]
        assert isinstance(choice.record, Schedule)
        assert choice.record.react is not None
        rate = self.rate((epoch + 1) * self.steps_per_epoch)
        attributes = choice.attributes
        wanted = better(attributes.monitor, labels(self.recipe.metrics, len(self.recipe.losses)))
        assert wanted is not None
        self._reached = choice.record.react(attributes, self._state, rate, value, wanted)
