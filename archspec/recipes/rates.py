"""rate_at: the learning rate of a step, by the recipe's schedule."""

from __future__ import annotations

from archspec.recipes.recipe import Choice, Recipe
from archspec.recipes.record import Schedule


def rate_at(recipe: Recipe, step: int, steps_per_epoch: int) -> float:
    """The learning rate of step number `step`, 0 for the first of the training.

    A schedule that looks at results gives what it begins with; what it makes of them is in
    `Schedule.react`.
    """
    base: float = recipe.optimizer.attributes.learning_rate
    return _rate(recipe.schedule, base, step, steps_per_epoch)


def _rate(choice: Choice, base: float, step: int, steps_per_epoch: int) -> float:
    record, attributes = choice.record, choice.attributes
    assert isinstance(record, Schedule)
    if choice.then is None:
        return record.rate(attributes, base, step, steps_per_epoch)
    length = attributes.epochs * steps_per_epoch
    if step < length:
        first = _rate(choice.then, base, 0, steps_per_epoch)
        return record.rate(attributes, first, step, steps_per_epoch)
    return _rate(choice.then, base, step - length, steps_per_epoch)


def reacting(recipe: Recipe) -> tuple[Choice, int] | None:
    """The schedule that looks at results, and the number of epochs before it; None if none does."""
    choice, before = recipe.schedule, 0
    while choice.then is not None:
        before += choice.attributes.epochs
        choice = choice.then
    assert isinstance(choice.record, Schedule)
    return None if choice.record.react is None else (choice, before)
