"""adamw: adam with weight decay beside it."""

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
    name="adamw",
    kind="optimizers",
    summary="`adam` with weight decay that does not pass through its means.",
    doc=(
        "The update of `adam`. The decay is stated where every optimizer has it, in"
        " `weight_decay: decoupled(…)`, which must be there: without it the name would promise"
        " what does not happen."
    ),
    source="Loshchilov and Hutter (2019), Decoupled weight decay regularization, algorithm 2.",
    attributes=(RATE, BETA_1, BETA_2, epsilon(1e-8, "the root of the mean of squares")),
    example="optimizer: adamw(learning_rate=0.001)",
    begin=moments,
    update=adam_update,
    without="adam",
)
