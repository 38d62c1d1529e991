"""adadelta: steps in the units of the weights."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.optimizers._shared import epsilon
from archspec.recipes.record import Array, Optimizer, State


def begin(attributes: Attributes, weight: Array) -> State:
    import numpy as np

    return {"square": np.zeros_like(weight), "steps": np.zeros_like(weight)}


def update(
    attributes: Attributes, state: State, weight: Array, gradient: Array, rate: float
) -> Array:
    rho, small = attributes.rho, attributes.epsilon
    state["square"] = rho * state["square"] + (1 - rho) * gradient**2
    step = gradient * (state["steps"] + small) ** 0.5 / (state["square"] + small) ** 0.5
    state["steps"] = rho * state["steps"] + (1 - rho) * step**2
    found: Array = weight - rate * step
    return found


PART = Optimizer(
    name="adadelta",
    kind="optimizers",
    summary="Steps whose size comes from the steps before, so that it has the weights' unit.",
    doc=(
        "s <- rho * s + (1 - rho) * g ** 2, d = g * sqrt(u + epsilon) / sqrt(s + epsilon),"
        " u <- rho * u + (1 - rho) * d ** 2, then w <- w - rate * d. s and u begin at 0. The paper"
        " has no learning rate, which is a rate of 1."
    ),
    source="Zeiler (2012), ADADELTA, algorithm 1.",
    attributes=(
        Attribute(
            "learning_rate",
            "float",
            "learning rate before the schedule changes it",
            default=1.0,
            exclusive_minimum=0,
        ),
        Attribute(
            "rho",
            "float",
            "part of both means that is kept",
            default=0.95,
            minimum=0,
            exclusive_maximum=1,
        ),
        epsilon(1e-6, "both means, inside the roots"),
    ),
    example="optimizer: adadelta(learning_rate=1.0)",
    begin=begin,
    update=update,
)
