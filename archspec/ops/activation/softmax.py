"""softmax: exp(x), divided by its sum over the last axis."""

from __future__ import annotations

from archspec.ops.activation._element_wise import same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    x = call.inputs[0]
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return (powers / powers.sum(axis=-1, keepdims=True),)


OP = Op(
    name="softmax",
    family="activation",
    summary="Probabilities over the last axis.",
    doc=(
        "exp(x) / sum(exp(x)), the sum over the last axis (the channels), so the outputs are"
        " positive and add up to 1. The maximum is taken away first, which changes nothing but"
        " the overflow."
    ),
    source="Bridle (1990), Training stochastic model recognition algorithms as networks, 3.",
    attributes=(),
    shape=same_shape,
    reference=reference,
    examples=(Example("softmax", ((4, 4, 3),), (4, 4, 3)), Example("softmax", ((7,),), (7,))),
    non_negative=True,
    keeps_sign=True,
)
