"""The callbacks of a script: what is watched, kept and changed after an epoch."""

from __future__ import annotations

from archspec.recipes import Choice, Recipe
from archspec.recipes.monitored import better, labels
from archspec_keras.training.call import Source, call
from archspec_keras.training.losses import Trained

_PLATEAU = '''\
class ReduceLROnPlateau(keras.callbacks.ReduceLROnPlateau):
    """Looks at no epoch of the warm-up."""

    def on_epoch_end(self, epoch, logs=None):
        if epoch >= {epochs}:
            super().on_epoch_end(epoch, logs)
'''


class Watched:
    """Names of results in the logs of Keras and in our table, and which way is better."""

    def __init__(self, recipe: Recipe, outputs: list[Trained]) -> None:
        self.recipe = recipe
        main = [one for one in outputs if not one.auxiliary]
        self.metrics = labels(recipe.metrics, len(main))
        self.columns = ["loss", *self.metrics]

    def options(self, choice: Choice) -> dict[str, object]:
        """The arguments `monitor` and `mode`."""
        monitored = str(choice.attributes.monitor)
        plain = monitored.removeprefix("validation_")
        name = plain if plain == monitored else f"val_{plain}"
        return {
            "monitor": name,
            "mode": "max" if better(monitored, self.metrics) == "higher" else "min",
        }


def plateau(recipe: Recipe, watched: Watched) -> str | None:
    """The callback that lowers the rate, if the recipe has one."""
    schedule = recipe.schedule.then or recipe.schedule
    if schedule.name != "reduce_on_plateau":
        return None
    attributes = schedule.attributes
    return call(
        "ReduceLROnPlateau" if recipe.schedule.then else "keras.callbacks.ReduceLROnPlateau",
        **watched.options(schedule),
        factor=attributes.factor,
        patience=attributes.patience,
        min_delta=attributes.minimum_change,
        cooldown=attributes.cooldown,
        min_lr=attributes.minimum,
    )


def plateau_class(recipe: Recipe) -> list[str]:
    """The callback after a warm-up."""
    then = recipe.schedule.then
    if then is None or then.name != "reduce_on_plateau":
        return []
    return [_PLATEAU.format(epochs=recipe.schedule.attributes.epochs)]


def early_stopping(recipe: Recipe, watched: Watched) -> str | None:
    """The callback that ends the training, if the recipe has one."""
    choice = recipe.early_stopping
    if choice is None:
        return None
    attributes = choice.attributes
    return call(
        "keras.callbacks.EarlyStopping",
        **watched.options(choice),
        patience=attributes.patience,
        min_delta=attributes.minimum_change or None,
    )


def best(recipe: Recipe, watched: Watched) -> str | None:
    """The callback that keeps the best weights, if they are the result of the training."""
    choice = recipe.checkpoint
    stopping = recipe.early_stopping
    if choice is None and stopping is not None and stopping.attributes.restore_best:
        choice = stopping
    if choice is None:
        return None
    path = Source('checkpoints / "best.weights.h5"')
    return call("Best", path, **watched.options(choice))
