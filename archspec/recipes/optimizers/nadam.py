"""nadam: adam with Nesterov's look ahead."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.optimizers._shared import BETA_1, BETA_2, RATE, epsilon, moments
from archspec.recipes.record import Array, Optimizer, State


def begin(attributes: Attributes, weight: Array) -> State:
    return {**moments(attributes, weight), "product": 1.0}


def _momentum(attributes: Attributes, step: int) -> float:
    found: float = attributes.beta_1 * (1 - 0.5 * 0.96**step)
    return found


def update(
    attributes: Attributes, state: State, weight: Array, gradient: Array, rate: float
) -> Array:
    first, second = attributes.beta_1, attributes.beta_2
    state["step"] += 1
    now = _momentum(attributes, state["step"])
    after = _momentum(attributes, state["step"] + 1)
    state["product"] *= now
    state["mean"] = first * state["mean"] + (1 - first) * gradient
    state["square"] = second * state["square"] + (1 - second) * gradient**2
    mean = after * state["mean"] / (1 - state["product"] * after)
    mean = mean + (1 - now) * gradient / (1 - state["product"])
    square = state["square"] / (1 - second ** state["step"])
    found: Array = weight - rate * mean / (square**0.5 + attributes.epsilon)
    return found


PART = Optimizer(
    name="nadam",
    kind="optimizers",
    summary="`adam` with Nesterov's look ahead.",
    doc=(
        "The means m and v of `adam`, and w <- w - rate * n / (sqrt(v') + epsilon) with v' = v /"
        " (1 - beta_2 ** t) and n = mu' * m / (1 - p * mu') + (1 - mu) * g / (1 - p). mu is"
        " beta_1 * (1 - 0.5 * 0.96 ** t), mu' the same for t + 1, and p the product of all mu so"
        " far. This is PyTorch's NAdam with momentum_decay=1.0."
    ),
    source=(
        "Dozat (2016), Incorporating Nesterov momentum into Adam, algorithm 8; the momentum's"
        " schedule: Sutskever et al. (2013), as in the author's technical report."
    ),
    attributes=(RATE, BETA_1, BETA_2, epsilon(1e-8, "the root of the mean of squares")),
    example="optimizer: nadam(learning_rate=0.002)",
    begin=begin,
    update=update,
)
