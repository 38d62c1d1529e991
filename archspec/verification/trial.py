"""The numbers of one trial: weights, inputs and cotangents that let no mistake hide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.ir import Graph, Value
from archspec.verification import tensors
from archspec.weights import perturbed
from archspec.weights.draw import generator

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

Arrays = dict[str, Array]
BATCH = 3
"""More than one sample, so that mixing samples up is seen; odd, so that halving it is."""


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
    """The trial of that seed. Inputs have both signs and a mean far from 0."""

    def normal(kind: str, name: str, value: Value, mean: float, spread: float) -> Array:
        random = generator(seed, f"{kind} {name}")
        return _rounded(random.normal(mean, spread, (BATCH, *value.shape)))

    outputs = zip(
        (*graph.output_names, *graph.training_output_names),
        (*graph.outputs, *graph.training_outputs),
        strict=True,
    )
    return Trial(
        {name: _rounded(one) for name, one in perturbed(graph, seed).items()},
        {
            name: normal("input", name, value, 0.75, 1.0)
            for name, value in zip(graph.input_names, graph.inputs, strict=True)
        },
        {name: normal("cotangent", name, value, 0.0, 1.0) for name, value in outputs},
    )


def calibrate(graph: Graph, trial: Trial, seed: int, train: Callable[[Trial], Arrays]) -> None:
    """Move the running statistics to where the data have them, with some noise on top.

    Statistics that are far off let the values of a deep network grow until its outputs are all
    0 or 1 and hide every mistake. `train` makes one pass in training mode and returns the new
    statistics `kept * old + (1 - kept) * batch`. Two passes from different old statistics tell
    `kept` and `batch` for each of them, whatever op they belong to.
    """
    import numpy as np

    names = [name for name, weight in graph.weights.items() if not weight.trainable]
    old = {name: trial.weights[name] for name in names}
    other = {name: one + 1.0 for name, one in old.items()}
    first = train(trial)
    second = train(Trial({**trial.weights, **other}, trial.inputs, trial.cotangents))
    for name in names:
        kept = second[name] - first[name]
        moving = np.abs(1 - kept) > 1e-3
        batch = (first[name] - kept * old[name]) / np.where(moving, 1 - kept, 1.0)
        noise = generator(seed, f"calibrated {name}").uniform(0.8, 1.25, batch.shape)
        trial.weights[name] = _rounded(np.where(moving, batch * noise, old[name]))


def _rounded(array: Array) -> Array:
    return array.astype("float32").astype("float64")
