"""Batches for comparing steps: inputs that let no mistake hide, and targets that fit the loss."""

from __future__ import annotations

from collections.abc import Callable

from archspec.dimensions import Shape
from archspec.ir import Graph
from archspec.recipes import Recipe
from archspec.recipes.record import Loss
from archspec.verification.trial import Arrays, inputs
from archspec.weights.draw import Array, Generator, generator

BATCH = 4
"""Samples in a batch."""

Draw = Callable[[Generator, Shape], Array]


def batch(graph: Graph, recipe: Recipe, seed: int, number: int) -> tuple[Arrays, Array]:
    """Inputs by name, and the targets of all outputs, of one step; channels last.

    Targets are numbers of classes (N, …) as int64, or float64 in the shape of the outputs.
    """
    loss = recipe.losses[0].record
    assert isinstance(loss, Loss)
    random = generator(seed, f"targets {number}")
    drawn = _DRAWS[loss.targets](random, (BATCH, *graph.outputs[0].shape))
    return inputs(graph, seed, f"step {number}", BATCH), drawn


def _labels(random: Generator, shape: Shape) -> Array:
    return random.integers(0, shape[-1], shape[:-1])


def _bits(random: Generator, shape: Shape) -> Array:
    return random.integers(0, 2, shape).astype("float64")


def _numbers(random: Generator, shape: Shape) -> Array:
    return random.normal(size=shape)


_DRAWS: dict[str, Draw] = {
    "classes": _labels,
    "labels": _labels,
    "bits": _bits,
    "numbers": _numbers,
}
