"""rmsprop: gradients divided by the root of their running mean square."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.optimizers._shared import RATE, epsilon
from archspec.recipes.record import Array, Optimizer, State


def begin(attributes: Attributes, weight: Array) -> State:
    import numpy as np

    return {"square": np.zeros_like(weight), "velocity": np.zeros_like(weight)}


def update(
    attributes: Attributes, state: State, weight: Array, gradient: Array, rate: float
) -> Array:
    rho = attributes.rho
    state["square"] = rho * state["square"] + (1 - rho) * gradient**2
    step = rate * gradient / (state["square"] + attributes.epsilon) ** 0.5
    state["velocity"] = attributes.momentum * state["velocity"] + step
    found: Array = weight - state["velocity"]
    return found


PART = Optimizer(
    name="rmsprop",
    kind="optimizers",
    summary="Gradients divided by the root of their running mean square.",
    doc=(
        "s <- rho * s + (1 - rho) * g ** 2, v <- momentum * v + rate * g / sqrt(s + epsilon), then"
        " w <- w - v. Both begin at 0. epsilon is inside the root and the rate inside v, as in"
        " Keras; PyTorch has both outside, and rho (its alpha) at 0.99."
    ),
    source="Hinton et al. (2012), Neural networks for machine learning, lecture 6e.",
    attributes=(
        RATE,
        Attribute(
            "rho",
            "float",
            "part of the mean of squared gradients that is kept",
            default=0.9,
            minimum=0,
            exclusive_maximum=1,
        ),
        Attribute(
            "momentum",
            "float",
            "part of the velocity that is kept",
            default=0.0,
            minimum=0,
            exclusive_maximum=1,
        ),
        epsilon(1e-7, "the mean of squares, inside the root"),
    ),
    example="optimizer: rmsprop(learning_rate=0.001)",
    begin=begin,
    update=update,
)
