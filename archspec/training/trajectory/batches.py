"""Batches for comparing steps: inputs that let no mistake hide, and targets that fit the loss."""

from __future__ import annotations

from collections.abc import Callable

from archspec.dimensions import Shape
from archspec.ir import Graph
from archspec.lowering.targets import targets_of
from archspec.recipes import Recipe
from archspec.recipes.record import Loss
from archspec.verification.trial import Arrays, inputs
from archspec.weights.draw import Array, Generator, generator

BATCH = 4
"""Samples in a batch."""

Draw = Callable[[Generator, Shape], Array]


def batch(graph: Graph, recipe: Recipe, seed: int, number: int) -> tuple[Arrays, list[Array]]:
    """Inputs by name, and the targets of each output with a loss, of one step; channels last.

    Targets are of the kind that the data of the recipe give: numbers of classes (N, …) as int64,
    or float64 in the shape of the outputs. Outputs for training only share those of the first.
    """
    losses = {one.attributes.output or graph.output_names[0]: one.record for one in recipe.losses}
    drawn = []
    for name, value in zip(graph.output_names, graph.outputs, strict=True):
        loss = losses.get(name)
        if isinstance(loss, Loss):
            random = generator(seed, f"targets {number} of {name}")
            kind = targets_of(loss, recipe, graph)
            drawn.append(_DRAWS[kind](random, (BATCH, *value.shape)))
    return inputs(graph, seed, f"step {number}", BATCH), drawn


def _labels(random: Generator, shape: Shape) -> Array:
    return random.integers(0, shape[-1], shape[:-1])


def _distributions(random: Generator, shape: Shape) -> Array:
    """Of the first sample one class is certain, since the logarithm of 0 is a case of its own."""
    found = random.gamma(1.0, size=shape)
    found[0] *= found[0] == found[0].max(axis=-1, keepdims=True)
    made: Array = found / found.sum(axis=-1, keepdims=True)
    return made


def _bits(random: Generator, shape: Shape) -> Array:
    return random.integers(0, 2, shape).astype("float64")


def _numbers(random: Generator, shape: Shape) -> Array:
    return random.normal(size=shape)


_DRAWS: dict[str, Draw] = {
    "classes": _labels,
    "distributions": _distributions,
    "labels": _labels,
    "bits": _bits,
    "numbers": _numbers,
}
