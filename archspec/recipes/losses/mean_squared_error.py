"""mean_squared_error: of numbers."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.losses._shared import OUTPUT, WEIGHT
from archspec.recipes.record import Array, Loss


def value(attributes: Attributes, outputs: Array, targets: Array) -> float:
    return float(((outputs - targets) ** 2).mean())


def gradient(attributes: Attributes, outputs: Array, targets: Array) -> Array:
    return 2 * (outputs - targets) / outputs.size


PART = Loss(
    name="mean_squared_error",
    kind="losses",
    summary="Mean of the squared differences.",
    doc=(
        "(y - t) ** 2, a mean over all numbers of the output and over samples. y is the output as"
        " the network gives it, whatever it ends in."
    ),
    source="Bishop (2006), Pattern recognition and machine learning, 3.1.1.",
    attributes=(OUTPUT, WEIGHT),
    example="loss: mean_squared_error",
    value=value,
    gradient=gradient,
    targets="numbers",
)
