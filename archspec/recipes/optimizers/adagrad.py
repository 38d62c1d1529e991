"""adagrad: gradients divided by the root of the sum of all their squares."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.optimizers._shared import RATE, epsilon
from archspec.recipes.record import Array, Optimizer, State


def begin(attributes: Attributes, weight: Array) -> State:
    import numpy as np

    return {"sum": np.full_like(weight, attributes.initial_accumulator)}


def update(
    attributes: Attributes, state: State, weight: Array, gradient: Array, rate: float
) -> Array:
    state["sum"] = state["sum"] + gradient**2
    found: Array = weight - rate * gradient / (state["sum"] ** 0.5 + attributes.epsilon)
    return found


PART = Optimizer(
    name="adagrad",
    kind="optimizers",
    summary="Gradients divided by the root of the sum of all their squares.",
    doc=(
        "s <- s + g ** 2, then w <- w - rate * g / (sqrt(s) + epsilon). s begins at"
        " `initial_accumulator`. epsilon is outside the root, as in the paper and in PyTorch;"
        " Keras has it inside, and begins at 0.1."
    ),
    source="Duchi et al. (2011), Adaptive subgradient methods, 1.1 and figure 1.",
    attributes=(
        RATE,
        Attribute(
            "initial_accumulator",
            "float",
            "what the sum of squares begins with",
            default=0.0,
            minimum=0,
        ),
        epsilon(1e-10, "the root of the sum"),
    ),
    example="optimizer: adagrad(learning_rate=0.01)",
    begin=begin,
    update=update,
)
