"""What a recipe can say and Keras cannot do exactly."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.ir import Graph
from archspec.recipes import Choice, Recipe
from archspec_keras.training import losses, metrics, optimizers, schedules


def refused(graph: Graph, recipe: Recipe) -> Iterator[tuple[Choice, str]]:
    """The settings that are refused, each with its reason."""
    last = recipe.schedule.then or recipe.schedule
    known = (
        (recipe.losses, losses.LOSSES, "loss"),
        (recipe.metrics, metrics.METRICS, "metric"),
        ((recipe.optimizer,), optimizers.NAMES, "optimizer"),
        (() if recipe.clip is None else (recipe.clip,), optimizers.CLIPS, "clipping"),
        ((last,), schedules.NAMES, "schedule"),
        (recipe.weight_decay, ("l2", "decoupled"), "weight decay"),
    )
    for choices, names, kind in known:
        for choice in choices:
            if choice.name not in names:
                yield choice, f"it has no lowering for this {kind}"
    yield from _auxiliary(graph, recipe)


def _auxiliary(graph: Graph, recipe: Recipe) -> Iterator[tuple[Choice, str]]:
    """Data has targets for the outputs that are always there."""
    outputs = losses.trained(graph, recipe)
    main = [one for one in outputs if not one.auxiliary]
    for one in outputs:
        if one.auxiliary and len(main) != 1:
            yield one.loss, "outputs for training only go with one other output"
        elif one.auxiliary and one.targets != main[0].targets:
            yield one.loss, "an output for training only takes the targets of the other output"
