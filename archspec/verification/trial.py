"""The numbers of one trial: weights, inputs and cotangents that let no mistake hide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.dimensions import elements
from archspec.ir import Graph
from archspec.verification import tensors
from archspec.verification.limits import SHAKE, SHAKES
from archspec.weights.draw import generator
from archspec.weights.perturbed import perturbed

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

Arrays = dict[str, Array]
BATCH = 3
"""More than one sample, so that mixing samples up is seen; odd, so that halving it is."""

ENOUGH = 8
"""Values from which a batch statistic is taken, at least. The variance of three values is near 0
by chance, and a chain of 30 such layers makes 1e-6 of a rounding error of 1e-16."""


@dataclass(slots=True)
class Trial:
    """Everything is float64, but already rounded to float32: both dtypes get the same numbers."""

    weights: Arrays
    inputs: Arrays
    cotangents: Arrays

    def store(self, path: Path) -> None:
        """Write it where the frameworks' processes read it."""
        groups = {"weights": self.weights, "inputs": self.inputs, "cotangents": self.cotangents}
        tensors.write(
            path, {(kind, name): one for kind, of in groups.items() for name, one in of.items()}
        )


def make(graph: Graph, seed: int) -> Trial:
    """The trial of that seed."""
    names = (*graph.output_names, *graph.training_output_names)
    values = (*graph.outputs, *graph.training_outputs)
    batch = samples(graph)
    return Trial(
        {name: _rounded(one) for name, one in perturbed(graph, seed).items()},
        inputs(graph, seed, "input", batch),
        {
            name: _normal(seed, f"cotangent {name}", (batch, *value.shape), 0.0)
            for name, value in zip(names, values, strict=True)
        },
    )


def samples(graph: Graph) -> int:
    """How many samples a trial has: an odd number, more where statistics are those of few cells."""
    cells = [
        elements(node.inputs[0].shape[:-1])
        for node in graph.nodes
        if any(not weight.trainable for weight in node.weights.values())
    ]
    return max(BATCH, ENOUGH // min(cells) | 1) if cells else BATCH


def many(graph: Graph, seed: int) -> Trial:
    """The same weights with inputs of many samples, to see what is left to chance."""
    size = sum(elements(value.shape) for value in graph.inputs)
    batch = max(BATCH, min(200, 1_000_000 // max(size, 1)))
    weights = {name: _rounded(one) for name, one in perturbed(graph, seed).items()}
    return Trial(weights, inputs(graph, seed, "many", batch), {})


def shaken(trial: Trial, seed: int, number: int) -> Trial:
    """The same trial with weights and inputs moved by about what rounding to float32 adds up to."""
    random = generator(seed, f"shake {number}")
    distance = SHAKE * 2.0 ** min(number, SHAKES - 1)

    def moved(arrays: Arrays) -> Arrays:
        return {
            name: one * (1 + distance * random.uniform(-1, 1, one.shape))
            for name, one in sorted(arrays.items())
        }

    return Trial(moved(trial.weights), moved(trial.inputs), trial.cotangents)


def calibrate(graph: Graph, trial: Trial, seed: int, train: Callable[[Trial], Arrays]) -> None:
    """Move the running statistics to what they would be after training on other, similar data.

    Statistics that are far off let the values of a deep network grow until its outputs are all
    0 or 1 and hide every mistake. `train` makes one pass in training mode and returns the new
    statistics, `kept * old + (1 - kept) * batch`. Two passes from different old statistics tell
    `kept` and `batch` for each of them, whatever op they belong to.
    """
    import numpy as np

    names = [name for name, weight in graph.weights.items() if not weight.trainable]
    old = {name: trial.weights[name] for name in names}
    other = {name: one + 1.0 for name, one in old.items()}
    drawn = inputs(graph, seed, "calibration", _enough(graph))
    first = train(Trial(trial.weights, drawn, {}))
    second = train(Trial({**trial.weights, **other}, drawn, {}))
    for name in names:
        kept = second[name] - first[name]
        moving = np.abs(1 - kept) > 1e-3
        batch = (first[name] - kept * old[name]) / np.where(moving, 1 - kept, 1.0)
        trial.weights[name] = _rounded(np.where(moving, batch, old[name]))


def _enough(graph: Graph) -> int:
    """Samples for statistics: many where inputs are small, since then each has few places."""
    size = sum(elements(value.shape) for value in graph.inputs)
    return max(BATCH, min(24, 300_000 // max(size, 1)))


def inputs(graph: Graph, seed: int, purpose: str, batch: int) -> Arrays:
    """Inputs with a mean far from 0, above it or below in turns of samples and of channels.

    A window that sees only negative numbers shows whether padding of 0 took part in a maximum.
    """
    import numpy as np

    found = {}
    for name, value in zip(graph.input_names, graph.inputs, strict=True):
        drawn = _normal(seed, f"{purpose} {name}", (batch, *value.shape), 0.75)
        samples = np.arange(batch).reshape(-1, *[1] * len(value.shape))
        found[name] = drawn * np.where((samples + np.arange(value.shape[-1])) % 2, -1.0, 1.0)
    return found


def _normal(seed: int, name: str, shape: tuple[int, ...], mean: float) -> Array:
    return _rounded(generator(seed, name).normal(mean, 1.0, shape))


def _rounded(array: Array) -> Array:
    return array.astype("float32").astype("float64")
