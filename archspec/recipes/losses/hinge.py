"""hinge: the margin loss of support vector machines."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.losses._shared import OUTPUT, WEIGHT
from archspec.recipes.record import Array, Loss


def value(attributes: Attributes, outputs: Array, targets: Array) -> float:
    import numpy as np

    return float(np.maximum(1 - (2 * targets - 1) * outputs, 0).mean())


def gradient(attributes: Attributes, outputs: Array, targets: Array) -> Array:
    import numpy as np

    sides = 2 * targets - 1
    found: Array = np.where(1 - sides * outputs > 0, -sides, 0)
    return found / outputs.size


PART = Loss(
    name="hinge",
    kind="losses",
    summary="Distance from the right side of a margin.",
    doc=(
        "max(0, 1 - s * y), a mean over all numbers of the output and over samples. s is 1 where"
        " the target is 1, and -1 where it is 0. y is the output as the network gives it; it must"
        " be able to become negative, so no softmax, sigmoid or relu may stand last. The gradient"
        " on the margin itself is 0."
    ),
    source="Cortes and Vapnik (1995), Support-vector networks, 3.",
    attributes=(OUTPUT, WEIGHT),
    example="loss: hinge",
    value=value,
    gradient=gradient,
    targets="bits",
    signed=True,
)
