"""softplus: log(1 + exp(x))."""

from __future__ import annotations

from archspec.ops.activation._element_wise import same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    return (np.logaddexp(call.inputs[0], 0),)


OP = Op(
    name="softplus",
    family="activation",
    summary="The smooth rectifier.",
    doc="log(1 + exp(x)), computed so that large values neither overflow nor lose digits.",
    source="Dugas et al. (2001), Incorporating second-order functional knowledge, 3.",
    attributes=(),
    shape=same_shape,
    reference=reference,
    examples=(Example("softplus", ((4, 4, 3),), (4, 4, 3)), Example("softplus", ((7,),), (7,))),
    activation=True,
    non_negative=True,
    keeps_sign=True,
)
