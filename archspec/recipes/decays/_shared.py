"""What both forms of weight decay share: their attributes, and doing nothing."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Array

ATTRIBUTES = (
    Attribute("rate", "float", "strength", exclusive_minimum=0),
    Attribute(
        "on",
        "choice",
        "`kernels`: weights with two or more axes that no `weight` op made; `all`: every weight"
        " that is trained, biases and normalisations too",
        choices=("kernels", "all"),
    ),
    Attribute("layers", "paths", "layers or blocks that it is kept to", default=None),
    Attribute("except", "paths", "layers or blocks that are left out", default=None),
)


def nothing(attributes: Attributes, weight: Array) -> Array:
    """No gradient."""
    return 0 * weight


def no_loss(attributes: Attributes, weight: Array) -> float:
    """Nothing is added to the loss."""
    return 0.0


def no_shrink(attributes: Attributes, weight: Array, rate: float) -> Array:
    """Nothing is taken away from the weight."""
    return 0 * weight
