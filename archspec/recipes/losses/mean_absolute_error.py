"""mean_absolute_error: of numbers, with less weight on outliers."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.losses._shared import OUTPUT, WEIGHT
from archspec.recipes.record import Array, Loss


def value(attributes: Attributes, outputs: Array, targets: Array) -> float:
    return float(abs(outputs - targets).mean())


def gradient(attributes: Attributes, outputs: Array, targets: Array) -> Array:
    import numpy as np

    found: Array = np.sign(outputs - targets)
    return found / outputs.size


PART = Loss(
    name="mean_absolute_error",
    kind="losses",
    summary="Mean of the absolute differences.",
    doc=(
        "|y - t|, a mean over all numbers of the output and over samples. y is the output as the"
        " network gives it, whatever it ends in. The gradient at y = t is 0."
    ),
    source="Bishop (2006), Pattern recognition and machine learning, 1.5.5, q = 1.",
    attributes=(OUTPUT, WEIGHT),
    example="loss: mean_absolute_error",
    value=value,
    gradient=gradient,
    targets="numbers",
)
