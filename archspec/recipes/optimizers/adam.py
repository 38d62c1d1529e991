"""adam: steps of about the size of the rate, from running means of gradients and squares."""

from __future__ import annotations

from archspec.recipes.optimizers._shared import (
    BETA_1,
    BETA_2,
    RATE,
    adam_update,
    epsilon,
    moments,
)
from archspec.recipes.record import Optimizer

PART = Optimizer(
    name="adam",
    kind="optimizers",
    summary="Running means of gradients and of their squares, both corrected for their start.",
    doc=(
        "m <- beta_1 * m + (1 - beta_1) * g, v <- beta_2 * v + (1 - beta_2) * g ** 2, then"
        " w <- w - rate * m' / (sqrt(v') + epsilon) with m' = m / (1 - beta_1 ** t) and v' = v /"
        " (1 - beta_2 ** t), t counting steps from 1. epsilon is added after the correction and"
        " outside the root, as in PyTorch; Keras adds it before the correction."
    ),
    source="Kingma and Ba (2015), Adam, algorithm 1.",
    attributes=(RATE, BETA_1, BETA_2, epsilon(1e-8, "the root of the mean of squares")),
    example="optimizer: adam(learning_rate=0.001)",
    begin=moments,
    update=adam_update,
)
