"""What is looked at after an epoch, in Lightning's words."""

from __future__ import annotations

from archspec.lowering.python import number, string
from archspec.recipes import Choice, Recipe
from archspec.recipes.monitored import VALIDATION, better, labels


def validates(recipe: Recipe) -> bool:
    """Whether there is data for validation."""
    given = {} if recipe.data is None else dict(recipe.data.attributes.items())
    return recipe.validation > 0 or given.get("validation") is not None


def columns(recipe: Recipe, outputs: int) -> list[str]:
    """The table of results; `outputs` is the number of those that are always there."""
    results = ["loss", *labels(recipe.metrics, outputs)]
    checked = [f"{VALIDATION}{name}" for name in results] if validates(recipe) else []
    return [*results, *checked, "learning_rate"]


def mode(choice: Choice, recipe: Recipe, outputs: int) -> str:
    """Which way is better."""
    way = better(choice.attributes.monitor, labels(recipe.metrics, outputs))
    return string("max" if way == "higher" else "min")


def stopping(recipe: Recipe, outputs: int) -> str | None:
    """The callback that ends the training."""
    choice = recipe.early_stopping
    if choice is None:
        return None
    given = choice.attributes
    change = f"min_delta={number(given.minimum_change)}, " if given.minimum_change else ""
    return (
        f"Stopping({string(given.monitor)}, {change}patience={given.patience},"
        f" mode={mode(choice, recipe, outputs)}, check_finite=False)"
    )


def best(recipe: Recipe, outputs: int) -> str | None:
    """The callback that keeps the best weights, if they are the result of the training."""
    choice, ending = recipe.checkpoint, recipe.early_stopping
    if choice is None and ending is not None and ending.attributes.restore_best:
        choice = ending
    if choice is None:
        return None
    return (
        f'ModelCheckpoint(folder, "best", monitor={string(choice.attributes.monitor)},'
        f" mode={mode(choice, recipe, outputs)}, **kept)"
    )


def plateau(choice: Choice, recipe: Recipe, outputs: int) -> str:
    """The arguments of `ReduceLROnPlateau`.

    PyTorch waits for one epoch more than the record says, and counts the cooldown from one later.
    """
    given = choice.attributes
    found = {
        "mode": mode(choice, recipe, outputs),
        "factor": number(given.factor),
        "patience": str(given.patience - 1),
        "threshold": number(given.minimum_change),
        "threshold_mode": '"abs"',
        "eps": "0",
    }
    if given.cooldown > 1:
        found["cooldown"] = str(given.cooldown - 1)
    if given.minimum:
        found["min_lr"] = number(given.minimum)
    return ", ".join(f"{key}={value}" for key, value in found.items())
