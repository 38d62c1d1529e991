"""What a recipe can say and Keras cannot do exactly."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.ir import Graph
from archspec.lowering.decayed import decayed
from archspec.recipes import Choice, Recipe
from archspec_keras.training import losses, metrics, optimizers, schedules


def refused(graph: Graph, recipe: Recipe) -> Iterator[tuple[Choice, str]]:
    """The settings that are refused, each with its reason."""
    outputs = losses.trained(graph, recipe)
    main = [one for one in outputs if not one.auxiliary]
    for one in outputs:
        if one.record.name not in losses.LOSSES:
            yield one.loss, "it has no lowering for this loss"
        if one.auxiliary and len(main) != 1:
            yield one.loss, "outputs for training only go with one other output"
        elif one.auxiliary and one.targets != main[0].targets:
            yield one.loss, "an output for training only takes the targets of the other output"
    for metric in recipe.metrics:
        if metric.name not in metrics.METRICS:
            yield metric, metrics.REASONS.get(metric.name, "it has no lowering for this metric")
    if recipe.optimizer.name not in optimizers.NAMES:
        yield recipe.optimizer, "it has no lowering for this optimizer"
    if recipe.clip is not None and recipe.clip.name not in optimizers.CLIPS:
        yield recipe.clip, "it has no lowering for this clipping"
    last = recipe.schedule.then or recipe.schedule
    if last.name not in schedules.NAMES:
        yield last, "it has no lowering for this schedule"
    yield from _decays(graph, recipe)


def _decays(graph: Graph, recipe: Recipe) -> Iterator[tuple[Choice, str]]:
    """An optimizer of Keras has one rate of decoupled weight decay."""
    strengths: dict[str, float] = {}
    last = None
    for choice in recipe.weight_decay:
        if choice.name not in ("l2", "decoupled"):
            yield choice, "it has no lowering for this weight decay"
        if choice.name == "decoupled":
            last = choice
            for name in decayed(graph, choice):
                strengths[name] = strengths.get(name, 0.0) + choice.attributes.rate
    if last is not None and len(set(strengths.values())) > 1:
        yield last, "its optimizers have one rate of decoupled weight decay for all weights"
