"""decoupled: weight decay beside the optimizer."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.decays._shared import ATTRIBUTES, no_loss, nothing
from archspec.recipes.record import Array, Decay


def shrink(attributes: Attributes, weight: Array, rate: float) -> Array:
    found: Array = rate * attributes.rate * weight
    return found


PART = Decay(
    name="decoupled",
    kind="decays",
    summary="A part of each weight is taken away at each step, past the optimizer.",
    doc=(
        "At each step w loses rate * w times the learning rate of the step, with w from before the"
        " step: w <- optimizer(w) - learning rate * rate * w. The loss and the gradient do not see"
        " it. With `sgd` without momentum it is the same as `l2`, with the adaptive optimizers it"
        " is not."
    ),
    source="Loshchilov and Hutter (2019), Decoupled weight decay regularization, 2.",
    attributes=ATTRIBUTES,
    example="weight_decay: decoupled(0.05, on=kernels)",
    loss=no_loss,
    gradient=nothing,
    shrink=shrink,
    decoupled=True,
)
