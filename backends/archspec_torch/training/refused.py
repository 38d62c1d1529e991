"""What a recipe can say and PyTorch cannot do exactly."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.ir import Graph
from archspec.recipes import Choice, Recipe
from archspec_torch.training import clips, losses, metrics, optimizers, schedule
from archspec_torch.training.outputs import main_outputs, outputs


def refused(graph: Graph, recipe: Recipe) -> Iterator[tuple[Choice, str]]:
    """The settings that are refused, each with its reason."""
    known = (
        (recipe.losses, losses.NAMES),
        (recipe.metrics, metrics.NAMES),
        ((recipe.optimizer,), optimizers.NAMES),
        ((recipe.schedule, schedule.follows(recipe)), schedule.NAMES),
        (() if recipe.clip is None else (recipe.clip,), clips.NAMES),
        (recipe.weight_decay, ("l2", "decoupled")),
    )
    for choices, names in known:
        for choice in choices:
            if choice.name not in names:
                yield choice, "it has no lowering there"
    yield from _auxiliary(graph, recipe)


def _auxiliary(graph: Graph, recipe: Recipe) -> Iterator[tuple[Choice, str]]:
    """Data has targets for the outputs that are always there."""
    found = outputs(graph, recipe)
    main = main_outputs(found)
    for one in found:
        if one.training and len(main) > 1:
            yield one.loss, "an output for training only goes with one other output"
        elif one.training and one.targets != main[0].targets:
            yield one.loss, "an output for training only takes the targets of the other output"
