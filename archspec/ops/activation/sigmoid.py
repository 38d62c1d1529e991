"""sigmoid: 1 / (1 + exp(-x))."""

from __future__ import annotations

from archspec.ops.activation._element_wise import logistic, same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    return (logistic(call.inputs[0]),)


OP = Op(
    name="sigmoid",
    family="activation",
    summary="The logistic function.",
    doc="1 / (1 + exp(-x)), between 0 and 1.",
    source="Rumelhart et al. (1986), Learning representations by back-propagating errors.",
    attributes=(),
    shape=same_shape,
    reference=reference,
    examples=(Example("sigmoid", ((4, 4, 3),), (4, 4, 3)), Example("sigmoid", ((7,),), (7,))),
    activation=True,
    non_negative=True,
    keeps_sign=True,
)
