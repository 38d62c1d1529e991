"""tanh: the hyperbolic tangent."""

from __future__ import annotations

from archspec.ops.activation._element_wise import same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    return (np.tanh(call.inputs[0]),)


OP = Op(
    name="tanh",
    family="activation",
    summary="The hyperbolic tangent.",
    doc="(exp(x) - exp(-x)) / (exp(x) + exp(-x)), between -1 and 1.",
    source="LeCun et al. (1998), Efficient backprop, 4.4.",
    attributes=(),
    shape=same_shape,
    reference=reference,
    examples=(Example("tanh", ((4, 4, 3),), (4, 4, 3)), Example("tanh", ((7,),), (7,))),
    activation=True,
    keeps_sign=True,
)
