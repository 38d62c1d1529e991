"""sgd: stochastic gradient descent, with momentum and Nesterov's look ahead."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.optimizers._shared import RATE
from archspec.recipes.record import Array, Optimizer, State


def begin(attributes: Attributes, weight: Array) -> State:
    import numpy as np

    return {"velocity": np.zeros_like(weight)}


def update(
    attributes: Attributes, state: State, weight: Array, gradient: Array, rate: float
) -> Array:
    step = rate * gradient
    velocity = state["velocity"] = attributes.momentum * state["velocity"] - step
    ahead = attributes.momentum * velocity - step if attributes.nesterov else velocity
    found: Array = weight + ahead
    return found


PART = Optimizer(
    name="sgd",
    kind="optimizers",
    summary="Stochastic gradient descent, with momentum.",
    doc=(
        "v <- momentum * v - rate * g, then w <- w + v; with `nesterov` w <- w + momentum * v"
        " - rate * g, with the new v. v begins at 0. The rate is inside v, as in the AlexNet"
        " paper and in Keras: after a drop of the rate the old velocity goes on at its old size."
        " PyTorch multiplies by the rate outside, which is the same only at a constant rate."
    ),
    source=(
        "Krizhevsky et al. (2012), ImageNet classification with deep convolutional neural"
        " networks, 5; Nesterov's form: Sutskever et al. (2013), On the importance of"
        " initialization and momentum, 2."
    ),
    attributes=(
        RATE,
        Attribute(
            "momentum",
            "float",
            "part of the velocity that is kept",
            default=0.0,
            minimum=0,
            exclusive_maximum=1,
        ),
        Attribute(
            "nesterov", "bool", "whether the step looks ahead by the velocity", default=False
        ),
    ),
    example="optimizer: sgd(learning_rate=0.01, momentum=0.9)",
    begin=begin,
    update=update,
)
