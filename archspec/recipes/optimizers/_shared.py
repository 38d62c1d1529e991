"""What optimizers share: their common attributes, and a state of zeros."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Array, State

RATE = Attribute(
    "learning_rate",
    "float",
    "learning rate before the schedule changes it",
    exclusive_minimum=0,
)
BETA_1 = Attribute(
    "beta_1",
    "float",
    "part of the mean of gradients that is kept",
    default=0.9,
    minimum=0,
    exclusive_maximum=1,
)
BETA_2 = Attribute(
    "beta_2",
    "float",
    "part of the mean of squared gradients that is kept",
    default=0.999,
    minimum=0,
    exclusive_maximum=1,
)


def epsilon(default: float, place: str) -> Attribute:
    """The attribute `epsilon`; `place` says where it is added."""
    return Attribute("epsilon", "float", f"added to {place}", default=default, exclusive_minimum=0)


def moments(attributes: Attributes, weight: Array) -> State:
    """No step yet, and both means zero."""
    import numpy as np

    return {"step": 0, "mean": np.zeros_like(weight), "square": np.zeros_like(weight)}


def adam_update(
    attributes: Attributes, state: State, weight: Array, gradient: Array, rate: float
) -> Array:
    """Algorithm 1 of Kingma and Ba (2015)."""
    first, second = attributes.beta_1, attributes.beta_2
    state["step"] += 1
    state["mean"] = first * state["mean"] + (1 - first) * gradient
    state["square"] = second * state["square"] + (1 - second) * gradient**2
    mean = state["mean"] / (1 - first ** state["step"])
    square = state["square"] / (1 - second ** state["step"])
    found: Array = weight - rate * mean / (square**0.5 + attributes.epsilon)
    return found
