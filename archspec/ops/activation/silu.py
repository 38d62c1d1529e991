"""silu: x * sigmoid(x)."""

from __future__ import annotations

from archspec.ops.activation._element_wise import logistic, same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    x = call.inputs[0]
    return (x * logistic(x),)


OP = Op(
    name="silu",
    family="activation",
    summary="The sigmoid linear unit, also called swish.",
    doc="x * sigmoid(x) = x / (1 + exp(-x)).",
    source="Elfwing et al. (2018), Sigmoid-weighted linear units for reinforcement learning, 2.",
    attributes=(),
    shape=same_shape,
    reference=reference,
    examples=(Example("silu", ((4, 4, 3),), (4, 4, 3)), Example("silu", ((7,),), (7,))),
    activation=True,
    keeps_sign=True,
)
